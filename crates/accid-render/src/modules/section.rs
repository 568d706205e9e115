//! The section: a band of the page with modules inside. Must not know other kinds.

use accid_model::ImageRef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    choices::choices,
    kind::{Check, Claims, ModuleKind, Words},
    picture_style::Shown,
    place::{Place, Spot}, renderer::Renderer,
};

choices! {
    Tone {
        None "none" "As the page",
        Surface "surface" "Lightly tinted",
        Accent "accent" "Deep colour",
        Image "image" "On a picture",
    }
}

choices! {
    EdgeShape {
        Straight "straight" "Straight",
        Slant "slant" "Slanted",
        SlantBack "slant-back" "Slanted the other way",
        Curve "curve" "A curve",
        Scallop "scallop" "Scallops",
        Zigzag "zigzag" "Zigzag",
    }
}

/// A band of the page that holds other modules, with a title and a ground of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Section {
    /// Title of the section; none when empty.
    pub title: String,
    /// One or two sentences below the title.
    #[schemars(extend("x-accid-editor" = "multiline"))]
    pub text: String,
    /// The ground the section stands on.
    pub tone: Tone,
    /// The picture behind, for the ground that is a picture. It is shaded so that text stays readable.
    #[schemars(extend("x-accid-when" = json!({"tone": ["image"]})))]
    pub image: ImageRef,
    /// A line above the section.
    pub divider: bool,
    /// Shape of the upper edge, for sections with a ground of their own.
    #[schemars(extend("x-accid-group" = "Look", "x-accid-when" = json!({"tone": ["surface", "accent", "image"]})))]
    pub top_edge: EdgeShape,
    /// Shape of the lower edge, for sections with a ground of their own.
    #[schemars(extend("x-accid-group" = "Look", "x-accid-when" = json!({"tone": ["surface", "accent", "image"]})))]
    pub bottom_edge: EdgeShape,
    /// A reusable part that the section shows instead of modules of its own: what changes in the part changes wherever
    /// it is shown.
    #[schemars(extend("x-accid-editor" = "part"))]
    pub part: String,
}

impl ModuleKind for Section {
    const KIND: &'static str = "section";
    const TITLE: &'static str = "Section";
    const ICON: &'static str = "square-dashed";
    const NESTS: bool = true;

    fn example() -> Self {
        Self {
            title: "The route".to_owned(),
            text: "Nine islands, four countries, one anchor.".to_owned(),
            tone: Tone::Surface,
            ..Self::default()
        }
    }

    fn check(&self, check: &mut Check) {
        if self.tone == Tone::Image && self.image.photo.is_empty() {
            check.note("section.image-missing", "image/photo", "The ground is a picture, but none is chosen yet.");
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        let titled = !self.title.trim().is_empty();
        let tone = format!("is-{}", self.tone.as_str());
        let name = if titled { "section" } else { "div" };
        let edge = |side: &str, shape: EdgeShape| match (self.tone, shape) {
            (Tone::None, _) | (_, EdgeShape::Straight) => String::new(),
            (_, shape) => format!("has-{side} {side}-{}", shape.as_str()),
        };
        let (top, bottom) = (edge("top", self.top_edge), edge("bottom", self.bottom_edge));
        to.root(name, spot, &[&tone, if self.divider { "has-divider" } else { "" }, &top, &bottom]);
        if self.tone == Tone::Image {
            to.html.open("div").class("section-picture");
            let loading = to.loading(spot.module);
            to.picture(&self.image, spot.content(), loading, "image/photo");
            to.html.close();
        }
        if titled || !self.text.trim().is_empty() {
            to.html.open("div").class("section-head");
            to.heading_prop(spot.place.level, "section-title", "title", &self.title);
            to.text_prop("p", "lead", "text", &self.text);
            to.html.close();
        }
        to.html.open("div").class("flow");
        if self.part.trim().is_empty() {
            to.html.mark_slot(spot.module.id.as_str());
        } else {
            to.html.mark_part(self.part.trim());
        }
        to.children(|index| self.inside(spot.content(), index));
        to.html.close().close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.title).add(&self.text);
    }

    fn width(&self) -> &'static str {
        "full"
    }

    fn inside(&self, place: Place, _index: usize) -> Place {
        let deeper = u8::from(!self.title.trim().is_empty());
        Place { level: (place.level + deeper).min(4), ..place }
    }

    fn pictures(&self) -> Vec<Shown> {
        vec![Shown::free(&self.image)]
    }

    fn claims(&self) -> Claims {
        Claims { picture: self.tone == Tone::Image && !self.image.photo.is_empty(), ..Claims::default() }
    }
}
