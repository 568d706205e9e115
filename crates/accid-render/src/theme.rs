//! The style sheet of a site's choice of theme. Owns: which tokens are good. Must not know modules.

use std::collections::BTreeMap;

use accid_base::{Finding, Severity};
use accid_model::{ThemeChoice, ThemeMode};

use crate::{
    colour::Colour,
    fonts::{Font, font},
    palette::Palette,
    style::length,
    themes::{Theme, theme_named},
};

const SHEETS: &[&str] = &[
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/layout.css"),
    include_str!("../assets/css/modules.css"),
    include_str!("../assets/css/media.css"),
    include_str!("../assets/css/code.css"),
    include_str!("../assets/css/tools.css"),
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
    /// Paths of the font files that the first lines of every page need.
    pub first_fonts: Vec<String>,
    /// Values that could not be used, and colours that are hard to read.
    pub findings: Vec<Finding>,
}

impl ThemeCss {
    /// Makes the style sheet of a choice.
    pub fn new(choice: &ThemeChoice) -> Self {
        let theme = theme_named(&choice.name);
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
            first_fonts: first_fonts(&tokens),
            fonts,
            findings,
        }
    }
}

impl ThemeCss {
    /// Adds a sheet that only some sites need, in the layer of the theme.
    pub fn push_layer(&mut self, sheet: &str) {
        self.css.push_str("@layer theme{\n");
        append_lean(sheet, &mut self.css);
        self.css.push_str("}\n");
    }
}

/// The upright cut of titles and the one of texts; what else a page needs comes later.
fn first_fonts(tokens: &Tokens) -> Vec<String> {
    let files =
        ["font-heading", "font-body"].into_iter().filter_map(|token| font(&tokens[token])?.first_file());
    let mut files: Vec<String> = files.collect();
    files.dedup();
    files
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
pub(crate) fn append_lean(sheet: &str, css: &mut String) {
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
mod tests;
