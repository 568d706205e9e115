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
    scripts::GALLERY_SCRIPT,
};

crate::choices::choices! {
    Edge {
        None "none" "Nothing",
        Line "line" "A thin line",
        Mat "mat" "A mat, as behind glass",
        Shadow "shadow" "A soft shadow",
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// One picture, with a caption and a link if you like.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Image {
    /// The picture.
    pub image: ImageRef,
    /// A line under the picture.
    pub caption: String,
    /// Who made the picture, in small letters behind the line under it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub credit: String,
    /// Where a click on the picture leads; nowhere when empty.
    #[schemars(extend("x-accid-editor" = "link-target"))]
    pub link: String,
    /// Proportions the picture is cut to.
    pub ratio: Ratio,
    /// Rounded corners.
    pub rounded: bool,
    /// A click shows the picture large over the page, with a small script, unless it leads somewhere.
    #[serde(skip_serializing_if = "is_false")]
    pub enlarge: bool,
    /// What is around the picture.
    #[schemars(extend("x-accid-group" = "Look"))]
    pub edge: Edge,
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
        let edge = if self.edge == Edge::None { String::new() } else { format!("edge-{}", self.edge.as_str()) };
        to.root("figure", spot, &[self.ratio.class(), if self.rounded { "is-rounded" } else { "" }, &edge]);
        let mut href = to.link(&self.link, "link");
        let large = href.is_none() && self.enlarge;
        if large {
            let words = to.strings;
            to.html.attr("data-lightbox", "").attr("data-close", words.close);
            href = to.large(&self.image);
        }
        let told = to.site.photo(&self.image.photo).map_or(self.image.alt.as_str(), |photo| alt_of(&self.image, photo));
        if href.is_some() && !large && told.trim().is_empty() {
            let message = "The picture is a link and has no description, so nobody can tell where it leads. Describe it.";
            to.find(Severity::Warning, "link.text-missing", "image/alt", message.to_owned());
        }
        if let Some(href) = &href {
            to.html.open("a").attr("href", href).class("frame");
            if large && to.told(&self.image).trim().is_empty() {
                let words = to.strings;
                to.html.attr("aria-label", words.enlarge);
            }
        } else {
            to.html.open("div").class("frame");
        }
        let loading = to.loading(spot.module);
        to.expect_alt(&self.image, "image/alt");
        to.picture(&self.image, spot.content(), loading, "image/photo");
        to.html.close();
        if self.credit.trim().is_empty() {
            to.text_prop("figcaption", "", "caption", &self.caption);
        } else {
            to.html.open("figcaption");
            to.text_prop("span", "", "caption", &self.caption);
            to.html.text(" ");
            to.text_prop("small", "credit", "credit", &self.credit);
            to.html.close();
        }
        to.html.close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.image.alt).add(&self.caption).add(&self.credit);
    }

    fn scripts(&self) -> &'static [&'static str] {
        let large = self.enlarge && self.link.trim().is_empty() && !self.image.photo.is_empty();
        if large { &[GALLERY_SCRIPT] } else { &[] }
    }

    fn pictures(&self) -> Vec<Shown> {
        vec![Shown::free(&self.image)]
    }

    fn claims(&self) -> Claims {
        Claims { picture: !self.image.photo.is_empty(), ..Claims::default() }
    }
}
