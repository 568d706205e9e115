//! The hero: the large opening of a page. Must not know other kinds.

use accid_model::ImageRef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::parts::Action;
use crate::{
    choices::choices,
    films,
    kind::{Check, Claims, ModuleKind, Words},
    picture_style::{Ground, Shown, shade_class},
    place::Spot, renderer::Renderer,
    scripts::FILM_SCRIPT,
};

choices! {
    HeroLayout {
        Split "split" "Text beside the picture",
        Cover "cover" "Text on the picture",
        Plain "plain" "Text alone",
    }
}

choices! {
    Overlay {
        Shade "shade" "Shaded towards the text",
        Strong "strong" "Dark all over",
        Panel "panel" "Text on a plate",
    }
}

choices! {
    HeroHeight {
        Normal "normal" "Normal",
        Low "low" "Low",
        Full "full" "The whole window",
    }
}

choices! {
    PictureSide {
        End "end" "Behind the text",
        Start "start" "Before the text",
    }
}

/// The large opening of a page: a title that says what this is about, a few words, a picture, and what to do next.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Hero {
    /// A few words above the title, such as a place or a date.
    pub eyebrow: String,
    /// The title. The title of the first hero that is not inside a
    /// section is the page's main heading.
    pub title: String,
    /// One or two sentences below the title.
    #[schemars(extend("x-accid-editor" = "multiline"))]
    pub text: String,
    /// Up to two buttons; the first is the main one.
    #[schemars(length(max = 2))]
    pub buttons: Vec<Action>,
    /// The picture, for the layouts that show one.
    #[schemars(extend("x-accid-when" = json!({"layout": ["split", "cover"]})))]
    pub image: ImageRef,
    /// A film that plays on the picture, without sound and again and again. Visitors who want no movement see the picture
    /// alone, and everybody can stop it. Choose one of a few seconds.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-editor" = "video"))]
    pub video: String,
    /// How text and picture stand to each other.
    pub layout: HeroLayout,
    /// How the text is kept readable on a picture; each choice keeps a contrast of at least 4.5:1.
    #[schemars(extend("x-accid-when" = json!({"layout": ["cover"]})))]
    pub overlay: Overlay,
    /// How high it is when the text stands on the picture.
    #[schemars(extend("x-accid-group" = "Look", "x-accid-when" = json!({"layout": ["cover"]})))]
    pub height: HeroHeight,
    /// Which side the picture takes beside the text, in reading direction.
    #[schemars(extend("x-accid-group" = "Look", "x-accid-when" = json!({"layout": ["split"]})))]
    pub picture_side: PictureSide,
}

impl ModuleKind for Hero {
    const KIND: &'static str = "hero";
    const TITLE: &'static str = "Hero";
    const ICON: &'static str = "panel-top";

    fn example() -> Self {
        Self {
            eyebrow: "Windward Islands".to_owned(),
            title: "Twelve weeks under sail".to_owned(),
            text: "From Grenada to Martinique on a small boat, with pictures of every bay on the way.".to_owned(),
            buttons: vec![Action::new("See the route", "#route"), Action::new("Write to us", "mailto:crew@example.org")],
            layout: HeroLayout::Plain,
            ..Self::default()
        }
    }

    fn check(&self, check: &mut Check) {
        if self.title.trim().is_empty() {
            check.warn("hero.title-missing", "title", "The hero has no title. Say what the page is about.");
        }
        for (index, button) in self.buttons.iter().take(2).enumerate() {
            button.check(check, &format!("buttons/{index}/"));
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        let overlay = if self.layout == HeroLayout::Cover { format!("has-{}", self.overlay.as_str()) } else { String::new() };
        let more = match (self.layout, self.height, self.picture_side) {
            (HeroLayout::Cover, HeroHeight::Low, _) => "is-low",
            (HeroLayout::Cover, HeroHeight::Full, _) => "is-whole",
            (HeroLayout::Split, _, PictureSide::Start) => "picture-first",
            _ => "",
        };
        to.root("div", spot, &[&format!("is-{}", self.layout.as_str()), &overlay, more]);
        if self.layout != HeroLayout::Plain {
            let place = if self.layout == HeroLayout::Split { spot.content().part(0.55) } else { spot.content() };
            let shade = match self.ground() {
                // How bright a film gets nobody measured.
                Ground::OfText if !self.video.is_empty() => String::new(),
                Ground::OfText => shade_class(to.site.photo(&self.image.photo)),
                Ground::Free | Ground::InRow => String::new(),
            };
            to.html.open("div").class(format!("hero-picture {shade}").trim_end());
            let loading = to.loading(spot.module);
            to.expect_alt(&self.image, "image/alt");
            to.picture(&self.image, place, loading, "image/photo");
            if !self.video.is_empty() {
                films::write(to, &self.video, "video");
            }
            to.html.close();
        }
        to.html.open("div").class("hero-text");
        to.text_prop("p", "eyebrow", "eyebrow", &self.eyebrow);
        let level = if to.view.leads(spot.module) { 1 } else { spot.place.level };
        to.heading_prop(level, "hero-title", "title", &self.title);
        to.text_prop("p", "lead", "text", &self.text);
        if self.buttons.iter().any(|button| !button.label.trim().is_empty()) {
            to.html.open("p").class("buttons");
            for (index, button) in self.buttons.iter().take(2).enumerate() {
                let class = if index == 0 { "button" } else { "button is-outline" };
                button.render(to, class, &format!("buttons/{index}/"));
            }
            to.html.close();
        }
        to.html.close().close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.eyebrow).add(&self.title).add(&self.text);
        self.buttons.iter().take(2).for_each(|button| {
            words.add(&button.label);
        });
    }

    fn width(&self) -> &'static str {
        if self.layout == HeroLayout::Cover { "full" } else { "wide" }
    }

    fn pictures(&self) -> Vec<Shown> {
        vec![Shown { image: self.image.clone(), ground: self.ground() }]
    }

    fn scripts(&self) -> &'static [&'static str] {
        if self.layout == HeroLayout::Plain || self.video.is_empty() { &[] } else { &[FILM_SCRIPT] }
    }

    fn claims(&self) -> Claims {
        Claims {
            heading: !self.title.trim().is_empty(),
            picture: self.layout != HeroLayout::Plain && !self.image.photo.is_empty(),
            ..Claims::default()
        }
    }
}

impl Hero {
    /// What stands on the picture; the other overlays do not depend on it.
    fn ground(&self) -> Ground {
        let shaded = self.layout == HeroLayout::Cover && self.overlay == Overlay::Shade;
        if shaded { Ground::OfText } else { Ground::Free }
    }
}
