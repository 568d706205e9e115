//! The waypoint image: a picture with labelled places on it. Must not know other kinds.

use accid_model::ImageRef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    icons::Icon,
    kind::{Check, Claims, ModuleKind, Words},
    picture_style::Shown,
    place::Spot, renderer::Renderer,
    rich_text::RichText,
    scripts::NOTES_SCRIPT,
    style::Rules,
};

/// A place on the picture.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Waypoint {
    /// Distance from the left edge, in percent of the width.
    #[schemars(range(min = 0, max = 100))]
    pub x: f64,
    /// Distance from the top edge, in percent of the height.
    #[schemars(range(min = 0, max = 100))]
    pub y: f64,
    /// What is there.
    pub label: String,
    /// A few sentences about it.
    #[schemars(extend("x-accid-editor" = "multiline"))]
    pub text: String,
    /// More about it, with headings, lists and links, in place of the few sentences.
    pub doc: RichText,
    /// A sign in place of the number.
    pub icon: Icon,
    /// Where to read more: a page of the site or a web address; nowhere when empty.
    #[schemars(extend("x-accid-editor" = "link-target"))]
    pub link: String,
}

/// A picture or map with numbered places that open a few words, and the same places as a list below.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct WaypointImage {
    /// The picture.
    pub image: ImageRef,
    /// A line under the picture.
    pub caption: String,
    /// The places on it, in the order of their numbers.
    pub markers: Vec<Waypoint>,
}

impl ModuleKind for WaypointImage {
    const KIND: &'static str = "waypoint-image";
    const TITLE: &'static str = "Waypoint image";
    const ICON: &'static str = "map-pin";

    fn example() -> Self {
        let marker = |x: f64, y: f64, label: &str, text: &str| Waypoint {
            x,
            y,
            label: label.to_owned(),
            text: text.to_owned(),
            ..Waypoint::default()
        };
        Self {
            caption: "Three bays of the south coast.".to_owned(),
            markers: vec![
                marker(22.0, 61.5, "Prickly Bay", "Good holding in sand, and the best bakery of the island."),
                marker(48.0, 40.0, "Hog Island", "Sunday barbecue under the trees."),
                marker(74.0, 55.0, "Clarkes Court", "The yard where the mast came down."),
            ],
            ..Self::default()
        }
    }

    fn check(&self, check: &mut Check) {
        for (index, marker) in self.markers.iter().enumerate() {
            if marker.label.trim().is_empty() {
                let message = "The place has no name. Say what is there.";
                check.warn("waypoint.label-missing", &format!("markers/{index}/label"), message);
            }
            if !(0.0..=100.0).contains(&marker.x) || !(0.0..=100.0).contains(&marker.y) {
                let message = "The place lies outside the picture; x and y are percent from 0 to 100. It is shown at the edge.";
                check.warn("waypoint.outside", &format!("markers/{index}"), message);
            }
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        to.root("div", spot, &[]);
        to.html.open("figure").open("div").class("map");
        let loading = to.loading(spot.module);
        to.expect_alt(&self.image, "image/alt");
        to.picture(&self.image, spot.content(), loading, "image/photo");
        for (index, marker) in self.markers.iter().enumerate() {
            let side = match (marker.x > 50.0, marker.y > 50.0) {
                (false, false) => "marker",
                (true, false) => "marker to-left",
                (false, true) => "marker to-top",
                (true, true) => "marker to-left to-top",
            };
            to.html.open("details").class(&format!("{side} n-{}", index + 1)).attr("name", &spot.part_id("places"));
            to.html.open("summary").attr("aria-label", &format!("{}: {}", index + 1, marker.name(index)));
            if marker.icon == Icon::None {
                to.html.text(&(index + 1).to_string());
            } else {
                marker.icon.draw(&mut to.html);
            }
            to.html.close();
            to.html.open("div").class("note");
            to.html.open("p").open("strong").text(&marker.name(index)).close().close();
            let (text, pointer) = (marker.words(), format!("markers/{index}"));
            if !text.is_empty() {
                to.html.leaf("p", "", &text);
            }
            if let Some(href) = to.link(&marker.link, &format!("{pointer}/link")) {
                to.html.open("p").open("a").attr("href", &href).text(&marker.name(index)).close().close();
            }
            to.html.close().close();
        }
        to.html.close();
        to.text_prop("figcaption", "", "caption", &self.caption);
        to.html.close();
        if !self.markers.is_empty() {
            let words = to.strings;
            to.html.open("ol").class("places").attr("aria-label", words.places);
            for (index, marker) in self.markers.iter().enumerate() {
                marker.render_in_list(to, index);
            }
            to.html.close();
        }
        to.html.close();
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.image.alt).add(&self.caption);
        for marker in &self.markers {
            words.add(&marker.label).add(&marker.words());
        }
    }

    fn width(&self) -> &'static str {
        "wide"
    }

    fn rules(&self, selector: &str, rules: &mut Rules) -> bool {
        for (index, marker) in self.markers.iter().enumerate() {
            let (x, y) = (percent(marker.x), percent(marker.y));
            rules.push(&format!("{selector} .n-{}{{left:{x}%;top:{y}%}}", index + 1));
        }
        !self.markers.is_empty()
    }

    fn scripts(&self) -> &'static [&'static str] {
        if self.markers.is_empty() { &[] } else { &[NOTES_SCRIPT] }
    }

    fn pictures(&self) -> Vec<Shown> {
        vec![Shown::free(&self.image)]
    }

    fn claims(&self) -> Claims {
        Claims { picture: !self.image.photo.is_empty(), ..Claims::default() }
    }
}

impl Waypoint {
    fn name(&self, index: usize) -> String {
        let label = self.label.trim();
        if label.is_empty() { (index + 1).to_string() } else { label.to_owned() }
    }

    /// Its first words, for the little note on the picture.
    fn words(&self) -> String {
        if self.doc.is_empty() {
            return self.text.trim().to_owned();
        }
        self.doc.plain().lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
    }

    fn render_in_list(&self, to: &mut Renderer<'_>, index: usize) {
        to.html.open("li");
        let pointer = format!("markers/{index}");
        let href = to.link(&self.link, &format!("{pointer}/link"));
        match &href {
            Some(href) => to.html.open("a").attr("href", href),
            None => to.html.open("strong"),
        };
        if self.label.trim().is_empty() {
            to.html.text(&self.name(index)).close();
        } else {
            to.html.mark_prop(&format!("{pointer}/label")).text(&self.label).close();
        }
        if self.doc.is_empty() {
            to.text_prop("p", "", &format!("{pointer}/text"), &self.text);
        } else {
            to.html.open("div").class("rich").mark_rich(&format!("{pointer}/doc"));
            self.doc.render(to, &format!("{pointer}/doc"));
            to.html.close();
        }
        to.html.close();
    }
}

/// A percentage from 0 to 100 with at most two decimals; what is no number is 0.
fn percent(value: f64) -> f64 {
    if value.is_finite() { (value.clamp(0.0, 100.0) * 100.0).round() / 100.0 } else { 0.0 }
}
