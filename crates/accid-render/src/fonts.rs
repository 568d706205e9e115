//! The fonts a theme can name, and their style sheets. Owns: the font files, their licences, their stand-ins. Must not
//! know themes or colours.

use std::fmt::Write as _;

/// A font a token can name.
#[derive(Debug)]
pub(crate) struct Font {
    /// Name in tokens.
    pub name: &'static str,
    /// Name in style sheets; empty for the fonts of the visitor's own machine.
    family: &'static str,
    /// What follows it in a list of fonts.
    generic: &'static str,
    /// Its files.
    faces: &'static [Face],
    /// Path of its licence in the site, and the text.
    licence: Option<(&'static str, &'static [u8])>,
}

/// A file of a font, and what it measures.
#[derive(Debug)]
struct Face {
    file: &'static str,
    bytes: &'static [u8],
    /// Weights in the file, as `font-weight` of a font-face rule.
    weights: &'static str,
    style: &'static str,
    /// Height above and depth below the base line, in parts of the size.
    ascent: f64,
    descent: f64,
    /// How wide a text is compared with the first and the second stand-in.
    widths: [f64; 2],
    stand_ins: &'static [&'static [&'static str]; 2],
}

/// Fonts of the same measure each, one group like Arial and one like DejaVu, that stand on visitors' machines.
const SANS: [&[&str]; 2] =
    [&["Arial", "Liberation Sans", "Arimo", "Helvetica", "Roboto"], &["DejaVu Sans", "Verdana"]];
const SERIF: [&[&str]; 2] = [&["Times New Roman", "Liberation Serif", "Tinos", "Times"], &["DejaVu Serif"]];
const MONO: [&[&str]; 2] = [&["Courier New", "Liberation Mono", "Cousine"], &["DejaVu Sans Mono", "Menlo"]];

/// The fonts; the first is used when a token names none.
const FONTS: &[Font] = &[
    Font {
        name: "bricolage",
        family: "Bricolage",
        generic: "system-ui,sans-serif",
        faces: &[Face {
            file: "bricolage-grotesque.woff2",
            bytes: include_bytes!("../assets/fonts/bricolage-grotesque.woff2"),
            weights: "200 800",
            style: "normal",
            ascent: 0.93,
            descent: 0.27,
            widths: [1.1, 0.965],
            stand_ins: &SANS,
        }],
        licence: Some((
            "assets/fonts/bricolage-grotesque-LICENSE.txt",
            include_bytes!("../assets/fonts/LICENSE-bricolage-grotesque.txt"),
        )),
    },
    Font {
        name: "source-serif",
        family: "Source Serif",
        generic: "Georgia,serif",
        faces: &[
            Face {
                file: "source-serif-4.woff2",
                bytes: include_bytes!("../assets/fonts/source-serif-4.woff2"),
                weights: "200 900",
                style: "normal",
                ascent: 1.036,
                descent: 0.335,
                widths: [1.178, 0.924],
                stand_ins: &SERIF,
            },
            Face {
                file: "source-serif-4-italic.woff2",
                bytes: include_bytes!("../assets/fonts/source-serif-4-italic.woff2"),
                weights: "200 900",
                style: "italic",
                ascent: 1.036,
                descent: 0.335,
                widths: [1.084, 0.851],
                stand_ins: &SERIF,
            },
        ],
        licence: Some((
            "assets/fonts/source-serif-4-LICENSE.txt",
            include_bytes!("../assets/fonts/LICENSE-source-serif-4.txt"),
        )),
    },
    Font {
        name: "cormorant",
        family: "Cormorant",
        generic: "Georgia,serif",
        faces: &[
            Face {
                file: "cormorant.woff2",
                bytes: include_bytes!("../assets/fonts/cormorant.woff2"),
                weights: "300 700",
                style: "normal",
                ascent: 0.924,
                descent: 0.287,
                widths: [0.976, 0.755],
                stand_ins: &SERIF,
            },
            Face {
                file: "cormorant-italic.woff2",
                bytes: include_bytes!("../assets/fonts/cormorant-italic.woff2"),
                weights: "300 700",
                style: "italic",
                ascent: 0.924,
                descent: 0.287,
                widths: [0.887, 0.696],
                stand_ins: &SERIF,
            },
        ],
        licence: Some((
            "assets/fonts/cormorant-LICENSE.txt",
            include_bytes!("../assets/fonts/LICENSE-cormorant.txt"),
        )),
    },
    Font {
        name: "instrument-sans",
        family: "Instrument Sans",
        generic: "system-ui,sans-serif",
        faces: &[Face {
            file: "instrument-sans.woff2",
            bytes: include_bytes!("../assets/fonts/instrument-sans.woff2"),
            weights: "400 700",
            style: "normal",
            ascent: 0.97,
            descent: 0.25,
            widths: [1.014, 0.891],
            stand_ins: &SANS,
        }],
        licence: Some((
            "assets/fonts/instrument-sans-LICENSE.txt",
            include_bytes!("../assets/fonts/LICENSE-instrument-sans.txt"),
        )),
    },
    Font {
        name: "archivo",
        family: "Archivo",
        generic: "system-ui,sans-serif",
        faces: &[Face {
            file: "archivo.woff2",
            bytes: include_bytes!("../assets/fonts/archivo.woff2"),
            weights: "100 900",
            style: "normal",
            ascent: 0.878,
            descent: 0.21,
            widths: [0.977, 0.858],
            stand_ins: &SANS,
        }],
        licence: Some((
            "assets/fonts/archivo-LICENSE.txt",
            include_bytes!("../assets/fonts/LICENSE-archivo.txt"),
        )),
    },
    Font {
        name: "archivo-condensed",
        family: "Archivo Condensed",
        generic: "\"Arial Narrow\",sans-serif",
        faces: &[Face {
            file: "archivo-condensed.woff2",
            bytes: include_bytes!("../assets/fonts/archivo-condensed.woff2"),
            weights: "400 800",
            style: "normal",
            ascent: 0.878,
            descent: 0.21,
            widths: [0.703, 0.66],
            stand_ins: &SANS,
        }],
        licence: Some((
            "assets/fonts/archivo-LICENSE.txt",
            include_bytes!("../assets/fonts/LICENSE-archivo.txt"),
        )),
    },
    Font {
        name: "spline-mono",
        family: "Spline Sans Mono",
        generic: "ui-monospace,monospace",
        faces: &[Face {
            file: "spline-sans-mono.woff2",
            bytes: include_bytes!("../assets/fonts/spline-sans-mono.woff2"),
            weights: "300 700",
            style: "normal",
            ascent: 0.9635,
            descent: 0.2365,
            widths: [1.0, 0.997],
            stand_ins: &MONO,
        }],
        licence: Some((
            "assets/fonts/spline-sans-mono-LICENSE.txt",
            include_bytes!("../assets/fonts/LICENSE-spline-sans-mono.txt"),
        )),
    },
    system("system-sans", "system-ui,\"Segoe UI\",Roboto,\"Helvetica Neue\",sans-serif"),
    system("system-serif", "Georgia,Cambria,\"Times New Roman\",serif"),
    system("system-mono", "ui-monospace,\"Cascadia Mono\",Menlo,Consolas,monospace"),
];

const fn system(name: &'static str, generic: &'static str) -> Font {
    Font { name, family: "", generic, faces: &[], licence: None }
}

/// The font of this name.
pub(crate) fn font(name: &str) -> Option<&'static Font> {
    FONTS.iter().find(|font| font.name == name)
}

/// The content of any built-in font's file by its path in a site, whether that site uses it or not: a canvas shows
/// drafts of other looks.
pub fn font_file(path: &str) -> Option<&'static [u8]> {
    FONTS.iter().flat_map(Font::files).find(|(known, _)| known == path).map(|(_, bytes)| bytes)
}

impl Font {
    /// The value of `font-family`.
    pub fn list(&self) -> String {
        let Self { family, generic, .. } = self;
        if family.is_empty() {
            return (*generic).to_owned();
        }
        format!("\"{family}\",\"{family} 1\",\"{family} 2\",{generic}")
    }

    /// Its font-face rules: its files, and stand-ins of the same measure, so that nothing moves when the files arrive.
    pub fn rules(&self) -> String {
        let mut css = String::new();
        for face in self.faces {
            let (family, file, weights, style) = (self.family, face.file, face.weights, face.style);
            let style = if style == "normal" { String::new() } else { format!("font-style:{style};") };
            let _ = writeln!(
                css,
                "@font-face{{font-family:\"{family}\";src:url(fonts/{file}) format(\"woff2\");font-weight:{weights};\
                 {style}font-display:swap}}"
            );
            for (number, (names, width)) in face.stand_ins.iter().zip(face.widths).enumerate() {
                let sources: Vec<String> = names.iter().map(|name| format!("local(\"{name}\")")).collect();
                let percent = |part: f64| format!("{}%", (part * 1000.0).round() / 10.0);
                let _ = writeln!(
                    css,
                    "@font-face{{font-family:\"{family} {}\";src:{};{style}size-adjust:{};ascent-override:{};\
                     descent-override:{};line-gap-override:0%}}",
                    number + 1,
                    sources.join(","),
                    percent(width),
                    percent(face.ascent / width),
                    percent(face.descent / width),
                );
            }
        }
        css
    }

    /// Its files with their paths in the site, the licence last.
    pub fn files(&self) -> impl Iterator<Item = (String, &'static [u8])> {
        let faces = self.faces.iter().map(|face| (format!("assets/fonts/{}", face.file), face.bytes));
        faces.chain(self.licence.map(|(path, text)| (path.to_owned(), text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_has_its_files_its_stand_ins_and_a_free_licence() {
        for font in FONTS.iter().filter(|font| !font.family.is_empty()) {
            let (_, licence) = font.licence.unwrap();
            assert!(String::from_utf8_lossy(licence).contains("SIL OPEN FONT LICENSE"), "{}", font.name);
            assert!(!font.faces.is_empty(), "{}", font.name);
            for face in font.faces {
                assert_eq!(&face.bytes[..4], b"wOF2", "{}", face.file);
                assert!(font.rules().contains(face.file), "{}", face.file);
                assert!((0.5..1.5).contains(&face.widths[0]) && (0.5..1.5).contains(&face.widths[1]));
            }
            assert!(font.list().starts_with(&format!("\"{}\",", font.family)));
        }
    }

    #[test]
    fn a_font_of_the_visitor_has_no_files() {
        let font = font("system-sans").unwrap();
        assert_eq!((font.rules(), font.files().count()), (String::new(), 0));
    }

    #[test]
    fn names_of_fonts_are_unique() {
        let names: std::collections::BTreeSet<_> = FONTS.iter().map(|font| font.name).collect();
        assert_eq!(names.len(), FONTS.len());
        assert!(font("evil").is_none());
    }
}
