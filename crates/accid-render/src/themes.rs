//! The built-in themes. Owns: their names, tokens and style sheets. Must not know modules or a site's choice.

use accid_model::ThemeMode;
use serde::{Serialize, Serializer};

/// A built-in theme.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Theme {
    /// Name in files.
    pub name: &'static str,
    /// Name for people.
    pub title: &'static str,
    /// What it looks like.
    pub description: &'static str,
    /// The side it is shown from until the owner of a site decides: as the visitor's system says, light or dark.
    pub mode: ThemeMode,
    /// Its design tokens and their values, which a site may replace. `dark-…` are those of the dark side.
    #[serde(serialize_with = "as_map")]
    pub tokens: &'static [(&'static str, &'static str)],
    /// What it says on top of the style sheet all themes share.
    #[serde(skip)]
    pub(crate) sheet: &'static str,
}

fn as_map<S: Serializer>(tokens: &[(&str, &str)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(tokens.iter().copied())
}

const THEMES: &[Theme] = &[
    Theme {
        name: "harbour",
        title: "Harbour",
        description: "Ink, sea green and clear air: a lively grotesque for headings over a book face for reading.",
        mode: ThemeMode::Auto,
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
            ("font-label", "bricolage"),
            ("size-text", "18px"),
            ("radius", "6px"),
        ],
        sheet: "",
    },
    Theme {
        name: "atelier",
        title: "Atelier",
        description: "A white room for pictures: a fine, high serif for titles, a quiet sans for reading, thin rules, \
                      captions like the labels on a gallery's wall.",
        mode: ThemeMode::Auto,
        tokens: &[
            ("color-background", "#fdfcfa"),
            ("color-surface", "#f3f0ea"),
            ("color-text", "#1f1b18"),
            ("color-muted", "#655d56"),
            ("color-accent", "#7c2b23"),
            ("color-deep", "#2a2421"),
            ("color-line", "#d9d2c8"),
            ("color-signal", "#b1492f"),
            ("dark-color-background", "#171412"),
            ("dark-color-surface", "#221e1b"),
            ("dark-color-text", "#f3ede5"),
            ("dark-color-muted", "#b9aea3"),
            ("dark-color-accent", "#e5a692"),
            ("dark-color-deep", "#39302b"),
            ("dark-color-line", "#413934"),
            ("dark-color-signal", "#e0795c"),
            ("font-heading", "cormorant"),
            ("font-body", "instrument-sans"),
            ("font-label", "instrument-sans"),
            ("size-text", "17px"),
            ("radius", "0px"),
        ],
        sheet: include_str!("../assets/css/theme-atelier.css"),
    },
    Theme {
        name: "darkroom",
        title: "Darkroom",
        description: "Made in the dark, for photographs: narrow capitals, a tight grid, notes in typewriter letters and \
                      the red of a safelight.",
        mode: ThemeMode::Dark,
        tokens: &[
            ("color-background", "#f6f5f2"),
            ("color-surface", "#e9e7e2"),
            ("color-text", "#151413"),
            ("color-muted", "#57534d"),
            ("color-accent", "#b1240e"),
            ("color-deep", "#1c1a19"),
            ("color-line", "#cbc7bf"),
            ("color-signal", "#d9361b"),
            ("dark-color-background", "#0d0c0c"),
            ("dark-color-surface", "#191817"),
            ("dark-color-text", "#eeebe6"),
            ("dark-color-muted", "#a8a39c"),
            ("dark-color-accent", "#ff6a4d"),
            ("dark-color-deep", "#8a1d0d"),
            ("dark-color-line", "#34312f"),
            ("dark-color-signal", "#ff4a2b"),
            ("font-heading", "archivo-condensed"),
            ("font-body", "archivo"),
            ("font-label", "spline-mono"),
            ("size-text", "16px"),
            ("radius", "2px"),
        ],
        sheet: include_str!("../assets/css/theme-darkroom.css"),
    },
];

/// The built-in themes; the first is the one of a site that has not chosen.
pub fn themes() -> &'static [Theme] {
    THEMES
}

/// The theme a site is shown in that names this one; the first when there is none of that name.
pub fn theme_named(name: &str) -> &'static Theme {
    THEMES.iter().find(|theme| theme.name == name).unwrap_or(&THEMES[0])
}
