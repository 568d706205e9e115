#!/usr/bin/env python3
"""Makes the font files of this folder, and prints what `src/fonts.rs` says of them.

Usage: make.py PACKAGES OUT [NAME…], for all fonts or these, where PACKAGES holds the unpacked npm packages @fontsource-variable/… as folders named like
the package, and arimo, tinos, cousine (@fontsource/…) and dejavu (dejavu-fonts-ttf) to measure against.
Needs fonttools and brotli from PyPI.
"""

import io
import pathlib
import sys

from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PACKAGES, OUT, ONLY = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]

# What most pages of western Europe need. Everything else of Latin is in a second file, which is loaded when used.
CORE = sorted({*range(0x20, 0x7F), 0xA0, *map(ord, "‘’‚“”„–—…•·«»‹›°©€£²³×−½§′″ßœ"), *range(0xC0, 0x100)})
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl"]
TEXT = (
    "We sailed an old sloop up the Windward Islands and took all winter over it. These are the places, the advice we "
    "should have followed, and the picture we would have missed in a faster boat. It began with a calculation on the "
    "back of a boatyard bill. From Saint George’s to Saint-Pierre is 182 miles by the way we would go."
)

# Name, package, file, axes, stand-ins: the font like Arial and the one like DejaVu of the same weight and slope.
FACES = [
    ("bricolage-650", "bricolage-grotesque", "latin{}-wght-normal", {"wght": 650}, ("arimo/700-normal", "DejaVuSans-Bold")),
    ("source-serif-400", "source-serif-4", "latin{}-wght-normal", {"wght": 400}, ("tinos/400-normal", "DejaVuSerif")),
    ("source-serif-700", "source-serif-4", "latin{}-wght-normal", {"wght": 700}, ("tinos/700-normal", "DejaVuSerif-Bold")),
    ("source-serif-400-italic", "source-serif-4", "latin{}-wght-italic", {"wght": 400}, ("tinos/400-italic", "DejaVuSerif-Italic")),
    ("cormorant-500", "cormorant", "latin{}-wght-normal", {"wght": 500}, ("tinos/400-normal", "DejaVuSerif")),
    ("cormorant-500-italic", "cormorant", "latin{}-wght-italic", {"wght": 500}, ("tinos/400-italic", "DejaVuSerif-Italic")),
    ("instrument-sans-400", "instrument-sans", "latin{}-wght-normal", {"wght": 400}, ("arimo/400-normal", "DejaVuSans")),
    ("instrument-sans-600", "instrument-sans", "latin{}-wght-normal", {"wght": 600}, ("arimo/700-normal", "DejaVuSans-Bold")),
    ("instrument-sans-400-italic", "instrument-sans", "latin{}-wght-italic", {"wght": 400}, ("arimo/400-italic", "DejaVuSans-Oblique")),
    ("archivo-400", "archivo", "latin{}-wght-normal", {"wght": 400}, ("arimo/400-normal", "DejaVuSans")),
    ("archivo-700", "archivo", "latin{}-wght-normal", {"wght": 700}, ("arimo/700-normal", "DejaVuSans-Bold")),
    ("archivo-400-italic", "archivo", "latin{}-wght-italic", {"wght": 400}, ("arimo/400-italic", "DejaVuSans-Oblique")),
    ("archivo-condensed-780", "archivo", "latin{}-standard-normal", {"wdth": 62, "wght": 780}, ("arimo/700-normal", "DejaVuSans-Bold")),
    ("spline-mono-400", "spline-sans-mono", "latin{}-wght-normal", {"wght": 400}, ("cousine/400-normal", "DejaVuSansMono")),
    ("spline-mono-600", "spline-sans-mono", "latin{}-wght-normal", {"wght": 600}, ("cousine/700-normal", "DejaVuSansMono-Bold")),
    ("spline-mono-400-italic", "spline-sans-mono", "latin{}-wght-italic", {"wght": 400}, ("cousine/400-italic", "DejaVuSansMono-Oblique")),
    ("archivo-expanded-820", "archivo", "latin{}-standard-normal", {"wdth": 118, "wght": 820}, ("arimo/700-normal", "DejaVuSans-Bold")),
    ("fraunces-600", "fraunces", "latin{}-full-normal", {"opsz": 60, "wght": 600, "SOFT": 70, "WONK": 0}, ("tinos/700-normal", "DejaVuSerif-Bold")),
    ("nunito-400", "nunito", "latin{}-wght-normal", {"wght": 440}, ("arimo/400-normal", "DejaVuSans")),
    ("nunito-700", "nunito", "latin{}-wght-normal", {"wght": 750}, ("arimo/700-normal", "DejaVuSans-Bold")),
    ("nunito-400-italic", "nunito", "latin{}-wght-italic", {"wght": 440}, ("arimo/400-italic", "DejaVuSans-Oblique")),
    ("nunito-black-880", "nunito", "latin{}-wght-normal", {"wght": 880}, ("arimo/700-normal", "DejaVuSans-Bold")),
    ("hanken-grotesk-400", "hanken-grotesk", "latin{}-wght-normal", {"wght": 420}, ("arimo/400-normal", "DejaVuSans")),
    ("hanken-grotesk-600", "hanken-grotesk", "latin{}-wght-normal", {"wght": 600}, ("arimo/700-normal", "DejaVuSans-Bold")),
    ("hanken-grotesk-400-italic", "hanken-grotesk", "latin{}-wght-italic", {"wght": 420}, ("arimo/400-italic", "DejaVuSans-Oblique")),
    ("bodoni-moda-600", "bodoni-moda", "latin{}-standard-normal", {"opsz": 26, "wght": 600}, ("tinos/700-normal", "DejaVuSerif-Bold")),
    ("bodoni-moda-500-italic", "bodoni-moda", "latin{}-standard-italic", {"opsz": 18, "wght": 500}, ("tinos/400-italic", "DejaVuSerif-Italic")),
]


def part(package, file, axes, wanted):
    """One static cut of a font file with these letters only; none when it has none of them."""
    path = PACKAGES / package / "files" / f"{package}-{file}.woff2"
    font = TTFont(path)
    font.flavor = None
    letters = set(font.getBestCmap()) & wanted if wanted else set(font.getBestCmap())
    if not letters:
        return None
    options = subset.Options()
    options.layout_features, options.hinting, options.name_IDs = FEATURES, False, [1, 2, 3, 4, 6, 13, 14]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    return instancer.instantiateVariableFont(font, {axis: value for axis, value in axes.items() if axis in {a.axisTag for a in font["fvar"].axes}})


def write(font, name):
    font.flavor = "woff2"
    font.save(OUT / name)
    return (OUT / name).stat().st_size


def joined(fonts):
    """One font of several."""
    if len(fonts) == 1:
        return fonts[0]
    paths = []
    for number, font in enumerate(fonts):
        font.flavor = None
        path = OUT / f".part-{number}.ttf"
        font.save(path)
        paths.append(path)
    font = merge.Merger().merge([str(path) for path in paths])
    for path in paths:
        path.unlink()
    return font


def width(font, text):
    letters, metrics, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return sum(metrics[letters[ord(letter)]][0] for letter in text) / em


def stand_in(name):
    if "/" in name:
        package, cut = name.split("/")
        return TTFont(PACKAGES / package / "files" / f"{package}-latin-{cut}.woff2")
    return TTFont(PACKAGES / "dejavu" / "ttf" / f"{name}.ttf")


for name, package, file, axes, likes in FACES:
    if ONLY and name not in ONLY:
        continue
    core = part(package, file.format(""), axes, set(CORE))
    head, em = core["hhea"], core["head"].unitsPerEm
    # The condensed cut is there for titles in capitals.
    text = TEXT.upper() if "condensed" in name else TEXT
    ratios = [width(core, text) / width(stand_in(like), text) for like in likes]
    more = set(TTFont(PACKAGES / package / "files" / f"{package}-{file.format('')}.woff2").getBestCmap()) - set(CORE)
    rest = [cut for cut in (part(package, file.format(""), axes, more), part(package, file.format("-ext"), axes, None)) if cut]
    small, large = write(core, f"{name}.woff2"), write(joined(rest), f"{name}-ext.woff2")
    print(f"{name}: ascent {head.ascent / em:.4g} descent {-head.descent / em:.4g} widths [{ratios[0]:.3f}, {ratios[1]:.3f}] {small} + {large} bytes")
