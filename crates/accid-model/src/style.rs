//! Layout, style per breakpoint and visibility: what every module has besides its content.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Fields;

/// Where a module stands on the page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Layout {
    /// How wide: `narrow` (reading), `normal`, `wide`, `full` (edge to edge); the kind's own width when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-choices" = ["", "narrow", "normal", "wide", "full"]))]
    pub width: String,
    /// Where its content stands: `start`, `center` or `end`.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-choices" = ["", "start", "center", "end"]))]
    pub align: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// Spacing, colour and type of a module. A value is a token of the theme, or a plain CSS value of its kind; what is
/// neither is left out with a finding.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StyleValues {
    /// Space above, inside: a token (`none`, `xs`, `s`, `m`, `l`, `xl`) or a length such as `24px`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub padding_top: String,
    /// Space below, inside: a token (`none`, `xs`, `s`, `m`, `l`, `xl`) or a length such as `24px`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub padding_bottom: String,
    /// Space left and right, inside: a token (`none`, `xs`, `s`, `m`, `l`, `xl`) or a length such as `24px`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub padding_inline: String,
    /// Space to what stands above: a token (`none`, `xs`, `s`, `m`, `l`, `xl`) or a length such as `24px`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub margin_top: String,
    /// Space to what stands below: a token (`none`, `xs`, `s`, `m`, `l`, `xl`) or a length such as `24px`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub margin_bottom: String,
    /// Space between the modules inside: a token (`none`, `xs`, `s`, `m`, `l`, `xl`) or a length such as `24px`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub gap: String,
    /// How lines are set: `start`, `center` or `end`.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-choices" = ["", "start", "center", "end"]))]
    pub text_align: String,
    /// Size of the text: a token (`s`, `m`, `l`, `xl`) or a length such as `18px`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub font_size: String,
    /// Colour of the text: a token (`text`, `muted`, `accent`, `background`, `surface`) or a colour such as `#334155`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub color: String,
    /// Colour behind: a token (`background`, `surface`, `accent`, `text`) or a colour such as `#f8fafc`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub background: String,
    /// Rounding of the corners: a token (`none`, `s`, `m`, `l`) or a length such as `8px`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub radius: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// Style per breakpoint. `desktop` holds everywhere; `tablet` replaces single values up to 1023 px, `phone` up to
/// 639 px.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Style {
    /// Values for every screen.
    #[serde(skip_serializing_if = "is_default")]
    pub desktop: StyleValues,
    /// What differs on screens up to 1023 px wide.
    #[serde(skip_serializing_if = "is_default")]
    pub tablet: StyleValues,
    /// What differs on screens up to 639 px wide.
    #[serde(skip_serializing_if = "is_default")]
    pub phone: StyleValues,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// On which screens a module is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Visibility {
    /// Published at all; off keeps it as a draft that no visitor gets.
    pub published: bool,
    /// Shown up to 639 px.
    pub phone: bool,
    /// Shown from 640 px to 1023 px.
    pub tablet: bool,
    /// Shown from 1024 px.
    pub desktop: bool,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Default for Visibility {
    fn default() -> Self {
        Self { published: true, phone: true, tablet: true, desktop: true, extra: Fields::new() }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Layout {
    /// Whether nothing is set.
    pub fn is_default(&self) -> bool {
        is_default(self)
    }
}

impl Style {
    /// Whether nothing is set.
    pub fn is_default(&self) -> bool {
        is_default(self)
    }
}

impl Visibility {
    /// Whether it is shown everywhere.
    pub fn is_default(&self) -> bool {
        is_default(self)
    }
}
