//! Layout, style per breakpoint and visibility: what every module has besides its content.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Fields, ImageRef};

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
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
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
    /// A gradient behind: two or three colours, with an angle before them if you like, such as `accent, surface` or
    /// `45deg, #0b6270, #f5a524`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub background_gradient: String,
    /// A picture behind, shaded so that text stays readable. Its point of focus stays in sight.
    #[serde(skip_serializing_if = "ImageRef::is_default")]
    pub background_image: ImageRef,
    /// Width of the border: a token (`none`, `s`, `m`, `l`) or a length such as `1px`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub border_width: String,
    /// Colour of the border: a token (`text`, `muted`, `accent`, `background`, `surface`) or a colour such as `#cbd5e1`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub border_color: String,
    /// Shadow: a token (`none`, `s`, `m`, `l`), or two to four lengths and a colour such as `0 4px 12px #00000033`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub shadow: String,
    /// Font of the text: the theme's font of titles (`heading`), of texts (`body`) or of labels (`label`).
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-choices" = ["", "heading", "body", "label"]))]
    pub font_family: String,
    /// Weight of the text: a token (`light`, `normal`, `medium`, `bold`) or a number from 100 to 900.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub font_weight: String,
    /// Height of a line: a token (`tight`, `normal`, `loose`) or a number from 0.8 to 3.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub line_height: String,
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
    #[serde(skip_serializing_if = "StyleValues::is_default")]
    pub desktop: StyleValues,
    /// What differs on screens up to 1023 px wide.
    #[serde(skip_serializing_if = "StyleValues::is_default")]
    pub tablet: StyleValues,
    /// What differs on screens up to 639 px wide.
    #[serde(skip_serializing_if = "StyleValues::is_default")]
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

impl Layout {
    /// Whether nothing is set.
    pub fn is_default(&self) -> bool {
        self.width.is_empty() && self.align.is_empty() && self.extra.is_empty()
    }
}

impl StyleValues {
    fn texts(&self) -> [&String; 18] {
        [
            &self.padding_top,
            &self.padding_bottom,
            &self.padding_inline,
            &self.margin_top,
            &self.margin_bottom,
            &self.gap,
            &self.text_align,
            &self.font_size,
            &self.color,
            &self.background,
            &self.radius,
            &self.background_gradient,
            &self.border_width,
            &self.border_color,
            &self.shadow,
            &self.font_family,
            &self.font_weight,
            &self.line_height,
        ]
    }

    /// Whether nothing is set.
    pub fn is_default(&self) -> bool {
        self.texts().into_iter().all(String::is_empty)
            && self.background_image.is_default()
            && self.extra.is_empty()
    }
}

/// Nearly all values of nearly all modules are empty, and whole pages are compared at every save. Empty texts are not
/// handed to the C library: where it compares with masked vectors, a comparison of nothing at no address costs a
/// fault that is suppressed, hundreds of times the price of the lengths.
impl PartialEq for StyleValues {
    fn eq(&self, other: &Self) -> bool {
        let same = |(left, right): (&String, &String)| {
            left.len() == right.len() && (left.is_empty() || left == right)
        };
        self.texts().into_iter().zip(other.texts()).all(same)
            && self.background_image == other.background_image
            && self.extra == other.extra
    }
}

impl Style {
    /// Whether nothing is set.
    pub fn is_default(&self) -> bool {
        [&self.desktop, &self.tablet, &self.phone].into_iter().all(StyleValues::is_default)
            && self.extra.is_empty()
    }
}

impl Visibility {
    /// Whether it is shown everywhere.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_value_of_a_style_counts_when_styles_are_compared() {
        let none = StyleValues::default();
        let value = serde_json::to_value(schemars::schema_for!(StyleValues)).unwrap();
        let names: Vec<&String> = value["properties"].as_object().unwrap().keys().collect();
        // The picture is the one value that is no text.
        assert_eq!(names.len(), none.texts().len() + 1);
        for name in names.into_iter().map(String::as_str).chain(["of a newer ACCID"]) {
            let written = |value: &str| {
                if name == "background_image" { json!({"photo": value}) } else { json!(value) }
            };
            let set =
                |value: &str| serde_json::from_value::<StyleValues>(json!({name: written(value)})).unwrap();
            assert!(!set("m").is_default() && set("m") != none && none != set("m"), "{name}");
            assert!(set("m") == set("m") && set("m") != set("s"), "{name}");
        }
        assert!(none.is_default() && none == StyleValues::default());
    }
}
