//! The fonts a theme can name, and their style sheets. Owns: the font files, their licences, their stand-ins. Must not
//! know themes or colours.

use std::fmt::Write as _;

mod built_in;

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

/// One cut of a font: its files, and what it measures. The first file has the letters of [`CORE`]; the second has the
/// other Latin ones, and is loaded only by a page that uses them.
#[derive(Debug)]
struct Face {
    /// Name of its files, without their endings.
    name: &'static str,
    core: &'static [u8],
    more: &'static [u8],
    /// Weights it is shown for, as `font-weight` of a font-face rule.
    weights: &'static str,
    style: &'static str,
    /// Height above and depth below the base line, in parts of the size.
    ascent: f64,
    descent: f64,
    /// How wide a text is compared with the first and the second stand-in.
    widths: [f64; 2],
    stand_ins: &'static [&'static [&'static str]; 2],
}

/// The letters of the first files.
const CORE: &str = "U+20-7E,U+A0,U+A3,U+A7,U+A9,U+AB,U+B0,U+B2-B3,U+B7,U+BB,U+BD,U+C0-FF,U+153,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+2032-2033,U+2039-203A,U+20AC,U+2212";

/// Where the letters of the second files are; the first ones come before them.
const MORE: &str = "U+A1-36F,U+1D00-1DBF,U+1E00-1EFF,U+2020-2021,U+2030,U+2044,U+2070-20CF,U+2113,U+2116,U+2122,U+2215,\
     U+2C60-2C7F,U+A720-A7FF";

/// The font of this name.
pub(crate) fn font(name: &str) -> Option<&'static Font> {
    built_in::FONTS.iter().find(|font| font.name == name)
}

/// The content of any built-in font's file by its path in a site, whether that site uses it or not: a canvas shows
/// drafts of other looks.
pub fn font_file(path: &str) -> Option<&'static [u8]> {
    built_in::FONTS.iter().flat_map(Font::files).find(|(known, _)| known == path).map(|(_, bytes)| bytes)
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
        let family = self.family;
        for face in self.faces {
            let look = face.look();
            // Of two rules that know a letter, the later one is asked first.
            for (ending, letters) in [("-ext", MORE), ("", CORE)] {
                let _ = writeln!(
                    css,
                    "@font-face{{font-family:\"{family}\";src:url(fonts/{}{ending}.woff2) format(\"woff2\");{look}\
                     font-display:swap;unicode-range:{letters}}}",
                    face.name
                );
            }
            for (number, (names, width)) in face.stand_ins.iter().zip(face.widths).enumerate() {
                let sources: Vec<String> = names.iter().map(|name| format!("local(\"{name}\")")).collect();
                let percent = |part: f64| format!("{}%", (part * 1000.0).round() / 10.0);
                let _ = writeln!(
                    css,
                    "@font-face{{font-family:\"{family} {}\";src:{};{look}size-adjust:{};ascent-override:{};\
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
        let faces =
            self.faces.iter().flat_map(|face| [(face.path(), face.core), (face.more_path(), face.more)]);
        faces.chain(self.licence.map(|(path, text)| (path.to_owned(), text)))
    }

    /// The path of the file that the first lines of a page are set in.
    pub fn first_file(&self) -> Option<String> {
        self.faces.first().map(Face::path)
    }
}

impl Face {
    fn path(&self) -> String {
        format!("assets/fonts/{}.woff2", self.name)
    }

    fn more_path(&self) -> String {
        format!("assets/fonts/{}-ext.woff2", self.name)
    }

    fn look(&self) -> String {
        let style =
            if self.style == "normal" { String::new() } else { format!("font-style:{};", self.style) };
        format!("font-weight:{};{style}", self.weights)
    }
}

#[cfg(test)]
mod tests {
    use super::{built_in::FONTS, *};

    #[test]
    fn every_font_has_its_files_its_stand_ins_and_a_free_licence() {
        for font in FONTS.iter().filter(|font| !font.family.is_empty()) {
            let (_, licence) = font.licence.unwrap();
            assert!(String::from_utf8_lossy(licence).contains("SIL OPEN FONT LICENSE"), "{}", font.name);
            assert!(!font.faces.is_empty(), "{}", font.name);
            for face in font.faces {
                for bytes in [face.core, face.more] {
                    assert_eq!(&bytes[..4], b"wOF2", "{}", face.name);
                }
                assert!(face.core.len() < 17_000, "{}: {} bytes", face.name, face.core.len());
                assert!(font.rules().contains(&format!("/{}.woff2", face.name)), "{}", face.name);
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
