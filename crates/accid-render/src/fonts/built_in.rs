//! The fonts themselves: their files, what they measure, what stands in for them. Must not know themes.

use super::{Face, Font};

/// Fonts of the same measure each, one group like Arial and one like DejaVu, that stand on visitors' machines.
type StandIns = [&'static [&'static str]; 2];
const SANS: StandIns =
    [&["Arial", "Liberation Sans", "Arimo", "Helvetica", "Roboto"], &["DejaVu Sans", "Verdana"]];
const SANS_BOLD: StandIns = [
    &["Arial Bold", "Liberation Sans Bold", "Arimo Bold", "Helvetica Bold", "Roboto Bold"],
    &["DejaVu Sans Bold", "Verdana Bold"],
];
const SANS_ITALIC: StandIns = [
    &["Arial Italic", "Liberation Sans Italic", "Arimo Italic", "Helvetica Oblique", "Roboto Italic"],
    &["DejaVu Sans Oblique", "Verdana Italic"],
];
const SERIF: StandIns = [&["Times New Roman", "Liberation Serif", "Tinos", "Times"], &["DejaVu Serif"]];
const SERIF_BOLD: StandIns =
    [&["Times New Roman Bold", "Liberation Serif Bold", "Tinos Bold", "Times Bold"], &["DejaVu Serif Bold"]];
const SERIF_ITALIC: StandIns = [
    &["Times New Roman Italic", "Liberation Serif Italic", "Tinos Italic", "Times Italic"],
    &["DejaVu Serif Italic"],
];
const MONO: StandIns = [&["Courier New", "Liberation Mono", "Cousine"], &["DejaVu Sans Mono", "Menlo"]];
const MONO_ITALIC: StandIns = [
    &["Courier New Italic", "Liberation Mono Italic", "Cousine Italic"],
    &["DejaVu Sans Mono Oblique", "Menlo Italic"],
];
const MONO_BOLD: StandIns =
    [&["Courier New Bold", "Liberation Mono Bold", "Cousine Bold"], &["DejaVu Sans Mono Bold", "Menlo Bold"]];

/// A cut whose files have this name.
macro_rules! face {
    ($name:literal, $weights:literal, $style:literal, [$ascent:literal, $descent:literal], $widths:expr, $stand_ins:expr) => {
        Face {
            name: $name,
            core: include_bytes!(concat!("../../assets/fonts/", $name, ".woff2")),
            more: include_bytes!(concat!("../../assets/fonts/", $name, "-ext.woff2")),
            weights: $weights,
            style: $style,
            ascent: $ascent,
            descent: $descent,
            widths: $widths,
            stand_ins: &$stand_ins,
        }
    };
}

/// The licence of a font, by the name of its files.
macro_rules! licence {
    ($name:literal) => {
        Some((
            concat!("assets/fonts/", $name, "-LICENSE.txt"),
            include_bytes!(concat!("../../assets/fonts/LICENSE-", $name, ".txt")),
        ))
    };
}

/// The fonts; the first is used when a token names none.
pub(super) const FONTS: &[Font] = &[
    Font {
        name: "bricolage",
        family: "Bricolage",
        generic: "system-ui,sans-serif",
        faces: &[face!("bricolage-650", "200 800", "normal", [0.93, 0.27], [1.009, 0.841], SANS_BOLD)],
        licence: licence!("bricolage-grotesque"),
    },
    Font {
        name: "source-serif",
        family: "Source Serif",
        generic: "Georgia,serif",
        faces: &[
            face!("source-serif-400", "100 560", "normal", [1.036, 0.335], [1.172, 0.924], SERIF),
            face!("source-serif-700", "561 900", "normal", [1.036, 0.335], [1.142, 0.866], SERIF_BOLD),
            face!(
                "source-serif-400-italic",
                "100 900",
                "italic",
                [1.036, 0.335],
                [1.075, 0.85],
                SERIF_ITALIC
            ),
        ],
        licence: licence!("source-serif-4"),
    },
    Font {
        name: "cormorant",
        family: "Cormorant",
        generic: "Georgia,serif",
        faces: &[
            face!("cormorant-500", "100 900", "normal", [0.924, 0.287], [0.967, 0.762], SERIF),
            face!("cormorant-500-italic", "100 900", "italic", [0.924, 0.287], [0.881, 0.697], SERIF_ITALIC),
        ],
        licence: licence!("cormorant"),
    },
    Font {
        name: "instrument-sans",
        family: "Instrument Sans",
        generic: "system-ui,sans-serif",
        faces: &[
            face!("instrument-sans-400", "100 540", "normal", [0.97, 0.25], [1.014, 0.891], SANS),
            face!("instrument-sans-600", "541 900", "normal", [0.97, 0.25], [0.973, 0.811], SANS_BOLD),
            face!(
                "instrument-sans-400-italic",
                "100 900",
                "italic",
                [0.97, 0.25],
                [1.013, 0.89],
                SANS_ITALIC
            ),
        ],
        licence: licence!("instrument-sans"),
    },
    Font {
        name: "archivo",
        family: "Archivo",
        generic: "system-ui,sans-serif",
        faces: &[
            face!("archivo-400", "100 560", "normal", [0.878, 0.21], [0.977, 0.859], SANS),
            face!("archivo-700", "561 900", "normal", [0.878, 0.21], [0.978, 0.815], SANS_BOLD),
            face!("archivo-400-italic", "100 900", "italic", [0.878, 0.21], [0.98, 0.861], SANS_ITALIC),
        ],
        licence: licence!("archivo"),
    },
    Font {
        name: "archivo-condensed",
        family: "Archivo Condensed",
        generic: "\"Arial Narrow\",sans-serif",
        faces: &[face!(
            "archivo-condensed-780",
            "100 900",
            "normal",
            [0.878, 0.21],
            [0.677, 0.605],
            SANS_BOLD
        )],
        licence: licence!("archivo"),
    },
    Font {
        name: "spline-mono",
        family: "Spline Sans Mono",
        generic: "ui-monospace,monospace",
        faces: &[
            face!("spline-mono-400", "100 460", "normal", [0.9635, 0.2365], [1.0, 0.997], MONO),
            face!("spline-mono-600", "461 900", "normal", [0.9635, 0.2365], [1.0, 0.997], MONO_BOLD),
            face!("spline-mono-400-italic", "100 900", "italic", [0.9635, 0.2365], [1.0, 0.996], MONO_ITALIC),
        ],
        licence: licence!("spline-sans-mono"),
    },
    Font {
        name: "archivo-expanded",
        family: "Archivo Expanded",
        generic: "Verdana,sans-serif",
        faces: &[face!(
            "archivo-expanded-820",
            "100 900",
            "normal",
            [0.878, 0.21],
            [1.229, 1.031],
            SANS_BOLD
        )],
        licence: licence!("archivo"),
    },
    Font {
        name: "fraunces",
        family: "Fraunces",
        generic: "Georgia,serif",
        faces: &[face!("fraunces-600", "100 900", "normal", [0.978, 0.255], [1.061, 0.81], SERIF_BOLD)],
        licence: licence!("fraunces"),
    },
    Font {
        name: "nunito",
        family: "Nunito",
        generic: "system-ui,sans-serif",
        faces: &[
            face!("nunito-400", "100 580", "normal", [1.011, 0.353], [1.017, 0.892], SANS),
            face!("nunito-700", "581 900", "normal", [1.011, 0.353], [0.997, 0.831], SANS_BOLD),
            face!("nunito-400-italic", "100 900", "italic", [1.011, 0.353], [1.017, 0.892], SANS_ITALIC),
        ],
        licence: licence!("nunito"),
    },
    Font {
        name: "nunito-black",
        family: "Nunito Black",
        generic: "system-ui,sans-serif",
        faces: &[face!("nunito-black-880", "100 900", "normal", [1.011, 0.353], [1.023, 0.859], SANS_BOLD)],
        licence: licence!("nunito"),
    },
    Font {
        name: "hanken-grotesk",
        family: "Hanken Grotesk",
        generic: "system-ui,sans-serif",
        faces: &[
            face!("hanken-grotesk-400", "100 520", "normal", [1.0, 0.303], [1.006, 0.882], SANS),
            face!("hanken-grotesk-600", "521 900", "normal", [1.0, 0.303], [0.947, 0.794], SANS_BOLD),
            face!("hanken-grotesk-400-italic", "100 900", "italic", [1.0, 0.303], [1.016, 0.89], SANS_ITALIC),
        ],
        licence: licence!("hanken-grotesk"),
    },
    Font {
        name: "bodoni-moda",
        family: "Bodoni Moda",
        generic: "Georgia,serif",
        faces: &[
            face!("bodoni-moda-600", "100 900", "normal", [1.125, 0.4], [1.099, 0.839], SERIF_BOLD),
            face!("bodoni-moda-500-italic", "100 900", "italic", [1.125, 0.4], [1.086, 0.852], SERIF_ITALIC),
        ],
        licence: licence!("bodoni-moda"),
    },
    system("system-sans", "system-ui,\"Segoe UI\",Roboto,\"Helvetica Neue\",sans-serif"),
    system("system-serif", "Georgia,Cambria,\"Times New Roman\",serif"),
    system("system-mono", "ui-monospace,\"Cascadia Mono\",Menlo,Consolas,monospace"),
];

const fn system(name: &'static str, generic: &'static str) -> Font {
    Font { name, family: "", generic, faces: &[], licence: None }
}
