//! The image: one picture with a caption. Must not know other kinds.

use accid_base::Severity;
use accid_model::ImageRef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::parts::Ratio;
use crate::{
    kind::{Check, Claims, ModuleKind, Words},
    picture_style::Shown,
    place::Spot, renderer::{Renderer, alt_of},
};

/// One picture, with a caption and a link if you like.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Image {
    /// The picture.
    pub image: ImageRef,
    /// A line under the picture.
    pub caption: String,
    /// Where a click on the picture leads; nowhere when empty.
    #[schemars(extend("x-accid-editor" = "link-target"))]
    pub link: String,
    /// Proportions the picture is cut to.
    pub ratio: Ratio,
    /// Rounded corners.
    pub rounded: bool,
}

impl ModuleKind for Image {
    const KIND: &'static str = "image";
    const TITLE: &'static str = "Image";
    const ICON: &'static str = "image";

    fn example() -> Self {
        Self { caption: "Prickly Bay, an hour after sunrise.".to_owned(), rounded: true, ..Self::default() }
    }

    fn check(&self, _check: &mut Check) {}

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        to.root("figure", spot, &[self.ratio.class(), if self.rounded { "is-rounded" } else { "" }]);
        let href = to.link(&self.link, "link");
        let told = to.site.photo(&self.image.photo).map_or(self.image.alt.as_str(), |photo| alt_of(&self.image, photo));
        if href.is_some() && told.trim().is_empty() {
            let message = "The picture is a link and has no description, so nobody can tell where it leads. Describe it.";
            to.find(Severity::Warning, "link.text-missing", "image/alt", message.to_owned());
        }
        if let Some(href) = &href {
            to.html.open("a").attr("href", href).class("frame");
        } else {
            to.html.open("div").class("frame");
        }
        let loading = to.loading(spot.module);
        to.expect_alt(&self.image, "image/alt");
        to.picture(&self.image, spot.content(), loading, "image/photo");
        to.html.close();
        to.text_prop("figcaption", "", "caption", &self.caption);
        to.html.close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.image.alt).add(&self.caption);
    }

    fn pictures(&self) -> Vec<Shown> {
        vec![Shown::free(&self.image)]
    }

    fn claims(&self) -> Claims {
        Claims { picture: !self.image.photo.is_empty(), ..Claims::default() }
    }
}
