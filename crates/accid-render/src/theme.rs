//! The style sheet of a site's choice of theme. Owns: which tokens are good. Must not know modules.

use std::collections::BTreeMap;

use accid_base::{Finding, Severity};
use accid_model::{ThemeChoice, ThemeMode};

use crate::{
    colour::Colour,
    fonts::{Font, font},
    palette::Palette,
    style::length,
    themes::{Theme, themes},
};

const SHEETS: &[&str] = &[
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/layout.css"),
    include_str!("../assets/css/modules.css"),
    include_str!("../assets/css/media.css"),
];

/// What is said of paper, after all else.
const PRINT: &str = include_str!("../assets/css/print.css");

/// The finished style sheet of a site.
pub(crate) struct ThemeCss {
    /// The whole of `assets/site.css`.
    pub css: String,
    /// Ground of the light side, as a hexadecimal colour.
    pub light_background: String,
    /// Ground of the dark side, as a hexadecimal colour.
    pub dark_background: String,
    /// Accent of the side that is shown first.
    pub accent: Colour,
    /// The fonts it uses, each once.
    pub fonts: Vec<&'static Font>,
    /// Values that could not be used, and colours that are hard to read.
    pub findings: Vec<Finding>,
}

impl ThemeCss {
    /// Makes the style sheet of a choice.
    pub fn new(choice: &ThemeChoice) -> Self {
        let theme = themes().iter().find(|theme| theme.name == choice.name).unwrap_or(&themes()[0]);
        let mut findings = Vec::new();
        if !choice.name.is_empty() && choice.name != theme.name {
            let name: String = choice.name.chars().take(40).collect();
            let message = format!("There is no theme \"{name}\"; the site is shown in \"{}\".", theme.title);
            findings.push(Finding::new(Severity::Warning, "theme.unknown", message).at("/theme/name"));
        }
        let tokens = resolve(theme, &choice.tokens, &mut findings);
        let light = Palette::new(&tokens, "", &choice.tokens);
        let dark = Palette::new(&tokens, "dark-", &choice.tokens);
        for (palette, side) in [(&light, "light"), (&dark, "dark")] {
            palette.check(side, &mut findings);
        }
        let mut css = String::with_capacity(24_000);
        // In a layer, so that a module's own style, which is in none, wins whatever its selector.
        css.push_str("@layer theme{:root{");
        let scheme = match choice.mode {
            ThemeMode::Auto => "light dark",
            ThemeMode::Light => "light",
            ThemeMode::Dark => "dark",
        };
        css.push_str(&format!("color-scheme:{scheme};"));
        let mut fonts: Vec<&Font> = Vec::new();
        for token in ["font-heading", "font-body", "font-label"] {
            let Some(font) = font(&tokens[token]) else { continue };
            css.push_str(&format!("--{token}:{};", font.list()));
            if fonts.iter().all(|other| other.name != font.name) {
                fonts.push(font);
            }
        }
        css.push_str(&format!("--size-text:{};--radius-m:{};", tokens["size-text"], tokens["radius"]));
        css.push_str(&if choice.mode == ThemeMode::Dark { dark.css() } else { light.css() });
        css.push_str("}\n");
        if choice.mode == ThemeMode::Auto {
            css.push_str(&format!("@media (prefers-color-scheme:dark){{:root{{{}}}}}\n", dark.css()));
        }
        fonts.iter().for_each(|font| css.push_str(&font.rules()));
        SHEETS.iter().chain([&theme.sheet, &PRINT]).for_each(|sheet| append_lean(sheet, &mut css));
        css.push_str("}\n");
        Self {
            css,
            light_background: light.background.to_hex(),
            dark_background: dark.background.to_hex(),
            accent: if choice.mode == ThemeMode::Dark { dark.deep } else { light.deep },
            fonts,
            findings,
        }
    }
}

/// All tokens of a theme with their values.
pub(crate) type Tokens = BTreeMap<&'static str, String>;

fn resolve(theme: &'static Theme, chosen: &BTreeMap<String, String>, findings: &mut Vec<Finding>) -> Tokens {
    let mut tokens: Tokens = theme.tokens.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    for (name, value) in chosen {
        let value = value.trim();
        let good = match name.as_str() {
            _ if !tokens.contains_key(name.as_str()) => false,
            "font-heading" | "font-body" | "font-label" => font(value).is_some(),
            "size-text" => size_in_pixels(value).is_some_and(|size| (14.0..=26.0).contains(&size)),
            "radius" => length(value).is_some(),
            _ => Colour::from_hex(value).is_some(),
        };
        if good {
            if let Some(token) = tokens.get_mut(name.as_str()) {
                value.clone_into(token);
            }
        } else {
            let message = "This token is not one of the theme, or its value is not of its kind, so it is left out. \
                           Colours are written like \"#0b6270\", sizes like \"18px\".";
            let pointer = format!("/theme/tokens/{}", name.replace('~', "~0").replace('/', "~1"));
            findings.push(Finding::new(Severity::Warning, "theme.token-refused", message).at(pointer));
        }
    }
    tokens
}

fn size_in_pixels(value: &str) -> Option<f64> {
    let value = length(value)?;
    let (number, factor) = match (value.strip_suffix("px"), value.strip_suffix("rem")) {
        (Some(number), _) => (number, 1.0),
        (_, Some(number)) => (number, 16.0),
        _ => return None,
    };
    number.parse::<f64>().ok().map(|number| number * factor)
}

/// Adds a style sheet without its comments, indentation and empty lines.
fn append_lean(sheet: &str, css: &mut String) {
    let mut rest = sheet;
    let mut bare = String::with_capacity(sheet.len());
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    for line in bare.lines().map(str::trim).filter(|line| !line.is_empty()) {
        css.push_str(line);
        if line.ends_with('}') {
            css.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(tokens: &[(&str, &str)]) -> ThemeChoice {
        let tokens = tokens.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        ThemeChoice { tokens, ..ThemeChoice::default() }
    }

    /// The value of a custom property of the page: a colour of the palette stands first, else the theme has the last
    /// word.
    fn property(css: &str, name: &str) -> Colour {
        let set = format!("--{name}:");
        let palette = name.starts_with("color-") || name.starts_with("fill-");
        let rest = if palette { css.split(&set).nth(1) } else { css.rsplit(&set).next() };
        let value = rest.and_then(|rest| rest.split([';', '}']).next());
        Colour::from_hex(value.unwrap()).unwrap_or_else(|| panic!("--{name} is {value:?}"))
    }

    #[test]
    fn every_theme_can_be_read_on_both_sides() {
        const GROUNDS: [&str; 2] = ["color-background", "color-surface"];
        for theme in themes() {
            for mode in [ThemeMode::Light, ThemeMode::Dark] {
                let choice = ThemeChoice { name: theme.name.to_owned(), mode, ..ThemeChoice::default() };
                let ThemeCss { css, findings, .. } = ThemeCss::new(&choice);
                assert_eq!(findings, [], "{}", theme.name);
                let check = |one: Colour, two: Colour, least: f64, what: &str| {
                    let ratio = one.contrast(two);
                    assert!(ratio >= least, "{} {mode:?}: {what} has {ratio:.2}, not {least}", theme.name);
                };
                for ground in GROUNDS {
                    let ground_colour = property(&css, ground);
                    for (name, least) in [("color-text", 7.0), ("color-muted", 4.5), ("color-accent", 4.5)] {
                        check(property(&css, name), ground_colour, least, &format!("{name} on {ground}"));
                    }
                    check(property(&css, "color-signal"), ground_colour, 3.0, &format!("signal on {ground}"));
                }
                check(property(&css, "fill-on-accent"), property(&css, "fill-accent"), 4.5, "a button");
                let deep = property(&css, "fill-deep");
                check(Colour::WHITE, deep, 7.0, "text on the deep ground");
                check(property(&css, "deep-muted"), deep, 4.5, "quiet text on the deep ground");
                check(property(&css, "deep-ink"), Colour::WHITE, 7.0, "a button on the deep ground");
                for name in ["window-text", "window-quiet", "code-key", "code-string", "code-number"] {
                    check(property(&css, name), property(&css, "window"), 4.5, name);
                }
                check(
                    property(&css, "window-quiet"),
                    property(&css, "window-bar"),
                    4.5,
                    "the language of code",
                );
                let accent = theme.tokens.iter().find(|token| match mode {
                    ThemeMode::Dark => token.0 == "dark-color-accent",
                    _ => token.0 == "color-accent",
                });
                let shown = property(&css, "color-accent").to_hex();
                assert_eq!(shown, accent.unwrap().1, "{}: its own accent needs no mending", theme.name);
            }
        }
    }

    #[test]
    fn the_themes_are_three_with_names_for_ever_and_the_same_tokens() {
        let names: Vec<_> = themes().iter().map(|theme| theme.name).collect();
        assert_eq!(names, ["harbour", "atelier", "darkroom"]);
        let tokens = |theme: &Theme| theme.tokens.iter().map(|token| token.0).collect::<Vec<_>>();
        for theme in themes() {
            assert_eq!(tokens(theme), tokens(&themes()[0]), "{}", theme.name);
            assert!(!theme.title.is_empty() && theme.description.len() < 200, "{}", theme.name);
            let own = theme.tokens.iter().map(|token| (token.0.to_owned(), token.1.to_owned())).collect();
            let choice = ThemeChoice { name: theme.name.to_owned(), tokens: own, ..ThemeChoice::default() };
            assert_eq!(ThemeCss::new(&choice).findings, [], "every value of a theme is one a site may write");
        }
    }

    #[test]
    fn a_theme_brings_its_own_fonts_and_no_others() {
        let mut looks = std::collections::BTreeSet::new();
        for theme in themes() {
            let choice = ThemeChoice { name: theme.name.to_owned(), ..ThemeChoice::default() };
            let ThemeCss { css, fonts, .. } = ThemeCss::new(&choice);
            let named: Vec<String> = fonts.iter().flat_map(|font| font.files()).map(|file| file.0).collect();
            let loaded: Vec<&str> =
                css.split("src:url(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
            assert!(!loaded.is_empty());
            for file in loaded {
                assert!(named.contains(&format!("assets/{file}")), "{}: {file}", theme.name);
            }
            let bytes: usize = fonts
                .iter()
                .flat_map(|font| font.files())
                .filter(|file| file.0.ends_with(".woff2"))
                .map(|file| file.1.len())
                .sum();
            assert!(bytes <= 150_000, "{}: {bytes} bytes of fonts", theme.name);
            assert!(looks.insert(named), "{} has fonts of its own", theme.name);
        }
    }

    #[test]
    fn an_accent_alone_can_be_read_as_text_and_is_kept_as_a_ground() {
        let css = ThemeCss::new(&choice(&[("color-accent", "#ffcc00")]));
        assert_eq!(css.findings, []);
        assert!(css.css.contains("--fill-accent:#ffcc00;"));
        let accent = css.css.split("--color-accent:").nth(1).and_then(|rest| rest.get(..7)).unwrap();
        assert!(Colour::from_hex(accent).unwrap().contrast(Colour::WHITE) >= 4.5, "{accent}");
    }

    #[test]
    fn a_token_that_is_none_is_left_out_with_a_finding() {
        for (name, value) in [
            ("color-accent", "red;}body{display:none"),
            ("color-accent", "</style><script>"),
            ("size-text", "400px"),
            ("font-body", "evil"),
            ("no-such", "1"),
        ] {
            let css = ThemeCss::new(&choice(&[(name, value)]));
            assert_eq!(css.findings[0].code, "theme.token-refused", "{name}");
            assert_eq!(css.css, ThemeCss::new(&choice(&[])).css, "{name}");
        }
    }

    #[test]
    fn a_forced_side_is_the_only_one() {
        let css = ThemeCss::new(&ThemeChoice { mode: ThemeMode::Dark, ..ThemeChoice::default() }).css;
        assert!(css.contains("color-scheme:dark;") && !css.contains("prefers-color-scheme"));
    }

    #[test]
    fn every_style_sheet_is_small_and_whole() {
        for theme in themes() {
            let css =
                ThemeCss::new(&ThemeChoice { name: theme.name.to_owned(), ..ThemeChoice::default() }).css;
            assert!(css.len() < 40_960, "{}: {} bytes", theme.name, css.len());
            let mut depth = 0_i32;
            for letter in css.chars() {
                depth += i32::from(letter == '{') - i32::from(letter == '}');
                assert!((0..=4).contains(&depth), "{}: the brackets do not match", theme.name);
            }
            assert_eq!((depth, css.matches('(').count()), (0, css.matches(')').count()), "{}", theme.name);
            assert!(!css.contains("//") && !css.contains("@import"), "nothing is loaded from elsewhere");
            assert!(!css.contains("/*") && !css.contains("transition:all"), "{}", theme.name);
        }
    }
}
