//! The colours of one side of a theme, light or dark, and their CSS. Must not know the tokens of other kinds.

use std::collections::BTreeMap;

use accid_base::{Finding, Severity};

use crate::{colour::Colour, theme::Tokens};

/// The colours of one side.
pub(crate) struct Palette {
    pub background: Colour,
    surface: Colour,
    text: Colour,
    muted: Colour,
    accent: Colour,
    pub deep: Colour,
    line: Colour,
    signal: Colour,
}

impl Palette {
    pub fn new(tokens: &Tokens, side: &str, chosen: &BTreeMap<String, String>) -> Self {
        let colour = |name: &str| {
            let value = tokens.get(format!("{side}color-{name}").as_str());
            value.and_then(|value| Colour::from_hex(value)).unwrap_or(Colour::INK)
        };
        let background = colour("background");
        let mut palette = Self {
            background,
            surface: colour("surface"),
            text: colour("text"),
            muted: colour("muted"),
            accent: colour("accent"),
            deep: colour("deep"),
            line: colour("line"),
            signal: colour("signal"),
        };
        // A site that chooses an accent and nothing else gets it on the dark side too, and deep grounds that fit it.
        if let Some(accent) = chosen.get("color-accent").and_then(|value| Colour::from_hex(value.trim())) {
            if !chosen.contains_key(&format!("{side}color-accent")) {
                palette.accent = accent.readable_on(background, 3.0);
            }
            if !chosen.contains_key(&format!("{side}color-deep")) {
                palette.deep = accent.readable_on(Colour::WHITE, 9.0);
            }
        }
        palette
    }

    pub fn check(&self, side: &str, findings: &mut Vec<Finding>) {
        let pairs = [
            ("text", self.text, self.background),
            ("text", self.text, self.surface),
            ("muted", self.muted, self.background),
            ("muted", self.muted, self.surface),
            ("deep", self.deep, Colour::WHITE),
        ];
        for (name, colour, ground) in pairs {
            let ratio = colour.contrast(ground);
            if ratio < 4.5 {
                let message = format!(
                    "On the {side} side, the colour \"{name}\" has a contrast of {ratio:.1}:1 with {}; many people \
                     cannot read less than 4.5:1. Choose a darker or lighter one.",
                    ground.to_hex()
                );
                findings.push(Finding::new(Severity::Warning, "theme.contrast", message).at("/theme/tokens"));
            }
        }
    }

    pub fn css(&self) -> String {
        let colours = [
            ("background", self.background),
            ("surface", self.surface),
            ("text", self.text),
            ("muted", self.muted),
            ("on-accent", self.accent.ink()),
            ("line", self.line),
        ];
        let set = |(name, colour): &(&str, Colour)| {
            let hex = colour.to_hex();
            format!("--color-{name}:{hex};--fill-{name}:{hex};")
        };
        let mut css: String = colours.iter().map(set).collect();
        // As a ground the accent is what the site chose; as a text it is the nearest colour that can be read.
        let accent = self.accent.readable_on(self.surface, 4.5).readable_on(self.background, 4.5);
        css.push_str(&format!(
            "--color-accent:{0};--fill-link:{0};--fill-accent:{1};",
            accent.to_hex(),
            self.accent.to_hex()
        ));
        css.push_str(&format!("--fill-deep:{};--color-signal:{};", self.deep.to_hex(), self.signal.to_hex()));
        css
    }
}
