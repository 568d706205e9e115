//! The built-in themes. Owns: what a theme is, and which there are. Must not know modules or a site's choice.

use accid_model::ThemeMode;
use serde::{Serialize, Serializer};

mod built_in;

/// A built-in theme.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Theme {
    /// Name in files.
    pub name: &'static str,
    /// Name for people.
    pub title: &'static str,
    /// Whom it suits.
    pub audience: &'static str,
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

/// The built-in themes; the first is the one of a site that has not chosen.
pub fn themes() -> &'static [Theme] {
    built_in::THEMES
}

/// The theme a site is shown in that names this one; the first when there is none of that name.
pub fn theme_named(name: &str) -> &'static Theme {
    built_in::THEMES.iter().find(|theme| theme.name == name).unwrap_or(&built_in::THEMES[0])
}
