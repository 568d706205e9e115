//! The built-in themes, and the CSS of a site's choice. Owns: the design tokens. Must not know modules.

use std::collections::BTreeMap;

use accid_base::{Finding, Severity};
use accid_model::{ThemeChoice, ThemeMode};
use serde::{Serialize, Serializer};

use crate::{
    colour::Colour,
    fonts::{Font, font},
    palette::Palette,
    style::length,
};

/// A built-in theme.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Theme {
    /// Name in files.
    pub name: &'static str,
    /// Name for people.
    pub title: &'static str,
    /// What it looks like.
    pub description: &'static str,
    /// Its design tokens and their values, which a site may replace. `dark-…` are those of the dark side.
    #[serde(serialize_with = "as_map")]
    pub tokens: &'static [(&'static str, &'static str)],
}

fn as_map<S: Serializer>(tokens: &[(&str, &str)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(tokens.iter().copied())
}

const THEMES: &[Theme] = &[Theme {
    name: "harbour",
    title: "Harbour",
    description: "Ink, sea green and clear air: a lively grotesque for headings over a book face for reading.",
    tokens: &[
        ("color-background", "#ffffff"),
        ("color-surface", "#edf3f2"),
        ("color-text", "#10242c"),
        ("color-muted", "#4a616b"),
        ("color-accent", "#0b6270"),
        ("color-deep", "#0d3a47"),
        ("color-line", "#c9d8d8"),
        ("color-signal", "#d9480f"),
        ("dark-color-background", "#0b171c"),
        ("dark-color-surface", "#13262d"),
        ("dark-color-text", "#e7eff0"),
        ("dark-color-muted", "#a3b8bf"),
        ("dark-color-accent", "#72cbd6"),
        ("dark-color-deep", "#103743"),
        ("dark-color-line", "#2a434c"),
        ("dark-color-signal", "#ff8a5c"),
        ("font-heading", "bricolage"),
        ("font-body", "source-serif"),
        ("size-text", "18px"),
        ("radius", "6px"),
    ],
}];

/// The built-in themes; the first is the one of a site that has not chosen.
pub fn themes() -> &'static [Theme] {
    THEMES
}

const SHEETS: &[&str] = &[
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/layout.css"),
    include_str!("../assets/css/modules.css"),
    include_str!("../assets/css/media.css"),
    include_str!("../assets/css/print.css"),
];

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
        let theme = THEMES.iter().find(|theme| theme.name == choice.name).unwrap_or(&THEMES[0]);
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
        for token in ["font-heading", "font-body"] {
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
        SHEETS.iter().for_each(|sheet| append_lean(sheet, &mut css));
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
            "font-heading" | "font-body" => font(value).is_some(),
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

    #[test]
    fn every_theme_can_be_read_on_both_sides() {
        for theme in themes() {
            let choice = ThemeChoice { name: theme.name.to_owned(), ..ThemeChoice::default() };
            assert_eq!(ThemeCss::new(&choice).findings, []);
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
    fn the_style_sheet_is_small() {
        let css = ThemeCss::new(&choice(&[])).css;
        assert!(css.len() < 36_864, "{} bytes", css.len());
        assert_eq!(css.matches('{').count(), css.matches('}').count());
        assert!(!css.contains("//") && !css.contains("@import"), "nothing is loaded from elsewhere");
    }
}
