//! The link: a card that leads somewhere. Must not know other kinds.

use accid_model::ImageRef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::parts::Ratio;
use crate::{
    kind::{Check, Claims, ModuleKind, Words},
    link_text,
    picture_style::Shown,
    place::Spot, renderer::Renderer,
};

crate::choices::choices! {
    CardLayout {
        Above "above" "Above the words",
        Beside "beside" "Beside the words",
    }
}

/// A card that leads to a page or a website, with a picture if you like.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Link {
    /// A few words above the title, such as a date or a kind.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub eyebrow: String,
    /// Title of the card: what is there.
    pub title: String,
    /// A sentence about it.
    #[schemars(extend("x-accid-editor" = "multiline"))]
    pub text: String,
    /// Where it leads: a page of the site, a web address, `mailto:` or `tel:`.
    #[schemars(extend("x-accid-editor" = "link-target"))]
    pub url: String,
    /// A picture above the title; none when nothing is chosen.
    pub image: ImageRef,
    /// Where the picture stands.
    #[schemars(extend("x-accid-group" = "Look"))]
    pub layout: CardLayout,
    /// Proportions the picture is cut to; wide when it is as it is.
    #[schemars(extend("x-accid-group" = "Look"))]
    pub ratio: Ratio,
}

impl ModuleKind for Link {
    const KIND: &'static str = "link";
    const TITLE: &'static str = "Link card";
    const ICON: &'static str = "square-arrow-out-up-right";

    fn example() -> Self {
        Self {
            title: "The islands of the Grenadines".to_owned(),
            text: "Thirty-two islands and cays, most of them without a road.".to_owned(),
            url: "https://example.org/grenadines".to_owned(),
            ..Self::default()
        }
    }

    fn check(&self, check: &mut Check) {
        if self.title.trim().is_empty() {
            check.warn("link.text-missing", "title", "The card has no title, so there is nothing to click on. Write one.");
        }
        if let Some(message) = link_text::complaint(&self.title) {
            check.warn("link.text-vague", "title", &message);
        }
        if self.url.trim().is_empty() {
            check.warn("link.target-missing", "url", "The card leads nowhere. Choose a page or write an address.");
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        let ratio = if self.ratio == Ratio::Original { Ratio::Wide } else { self.ratio };
        let beside = if self.layout == CardLayout::Beside { "is-beside" } else { "" };
        to.root("div", spot, &[ratio.class(), beside]);
        if !self.image.photo.is_empty() {
            to.html.open("div").class("frame");
            let loading = to.loading(spot.module);
            to.picture(&self.image, spot.content(), loading, "image/photo");
            to.html.close();
        }
        to.html.open("div").class("card-text");
        to.text_prop("p", "card-eyebrow", "eyebrow", &self.eyebrow);
        if !self.title.trim().is_empty() {
            let href = to.link(&self.url, "url");
            to.heading(spot.place.level, "title").class("card-title");
            to.html.open("a");
            if let Some(href) = href {
                to.html.attr("href", &href);
            }
            to.html.mark_prop("title").text(&self.title).close().close();
        }
        to.text_prop("p", "", "text", &self.text);
        to.html.close().close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.eyebrow).add(&self.title).add(&self.text);
    }

    fn width(&self) -> &'static str {
        "narrow"
    }

    fn pictures(&self) -> Vec<Shown> {
        vec![Shown::free(&self.image)]
    }

    fn claims(&self) -> Claims {
        Claims { picture: !self.image.photo.is_empty(), ..Claims::default() }
    }
}
