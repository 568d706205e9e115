//! A story as the main part of a page: what is told, and which template tells it. Must not know how photos became a
//! story, or what is private: what is in a [`StoryContent`] is shown.

use accid_model::{BaseMap, DistanceUnit, ImageRef, Page, Photo, StoryTemplate};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    links,
    picture_style::{Ground, PictureStyle, Shown},
    renderer::Renderer,
    rich_text::RichText,
    site::Site,
    spatial_map::{Sheet, SheetRequest},
    spatial_pins::{Pin, Pins},
    story_dots::{self, Dots},
    story_grid, story_map, story_slideshow, story_timeline,
    story_words::{StoryWords, story_words},
    style::Rules,
};

/// A story, ready to be shown. Every place in it may be told.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StoryContent {
    /// Its title.
    pub title: String,
    /// A line below the title.
    pub subtitle: String,
    /// The way it is told.
    pub template: StoryTemplate,
    /// What distances are told in.
    pub unit: DistanceUnit,
    /// Text before the first chapter.
    pub intro: RichText,
    /// The photo that stands for it.
    pub cover: Option<String>,
    /// Its chapters, in their order.
    pub chapters: Vec<StoryChapter>,
    /// The ways of its tracks: segments of latitude and longitude.
    pub ways: Vec<Vec<[f64; 2]>>,
    /// How far it went in all, in metres; 0 when nothing is known.
    pub travelled_m: f64,
    /// The photo its dots stand on, instead of a map.
    pub picture: Option<String>,
    /// The dots on it.
    pub dots: Vec<StoryContentDot>,
    /// A map made elsewhere, below its pins.
    pub base_map: Option<BaseMap>,
}

/// A chapter of a story.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StoryChapter {
    /// Its id.
    pub id: String,
    /// Its heading; the place or the day stands there when empty.
    pub title: String,
    /// Text before its photos.
    pub text: RichText,
    /// Its day.
    pub day: Option<Date>,
    /// Where it was.
    pub place: String,
    /// Where it was, as latitude and longitude.
    pub at: Option<[f64; 2]>,
    /// Its photos, in their order.
    pub photos: Vec<StoryPhoto>,
    /// The way to it and through it, from the last place of the chapter before.
    pub way: Vec<[f64; 2]>,
    /// How long that way is, in metres; 0 when nothing is known.
    pub travelled_m: f64,
    /// How long it took, in seconds.
    pub under_way_s: Option<i64>,
}

/// A photo of a chapter.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StoryPhoto {
    /// Its id.
    pub photo: String,
    /// Where it was taken, as latitude and longitude.
    pub at: Option<[f64; 2]>,
    /// The name of that place.
    pub place: String,
    /// The time of day, such as `14:05`.
    pub time: String,
}

/// A dot on the picture of a story.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StoryContentDot {
    /// Percent from the left.
    pub x: f64,
    /// Percent from the top.
    pub y: f64,
    /// What stands there.
    pub label: String,
    /// The photos behind it.
    pub photos: Vec<String>,
    /// Text behind it.
    pub text: RichText,
}

/// What a story page needs to know of itself before it is written.
pub(crate) struct StoryPlan {
    pub sheet: Option<Sheet>,
    pub pins: Pins,
    pub dots: Dots,
}

impl StoryContent {
    /// Whether it writes the page's first heading itself.
    pub(crate) fn has_own_title(&self) -> bool {
        self.template == StoryTemplate::Slideshow
    }

    fn places(&self) -> Vec<(f64, f64)> {
        let photos = self.chapters.iter().flat_map(|chapter| &chapter.photos).filter_map(|photo| photo.at);
        let chapters = self.chapters.iter().filter_map(|chapter| chapter.at);
        photos
            .chain(chapters)
            .chain(self.ways.iter().flatten().copied())
            .map(|[lat, lon]| (lat, lon))
            .collect()
    }

    /// First and last day.
    pub(crate) fn days(&self) -> Option<(Date, Date)> {
        let days = || self.chapters.iter().filter_map(|chapter| chapter.day);
        Some((days().min()?, days().max()?))
    }

    /// What people are told of it as a whole, each a name and a value.
    pub(crate) fn facts(&self, words: &StoryWords) -> Vec<(&'static str, String)> {
        let photos: usize = self.chapters.iter().map(|chapter| chapter.photos.len()).sum();
        let mut places: Vec<&str> = self.chapters.iter().map(|chapter| chapter.place.trim()).collect();
        places.retain(|place| !place.is_empty());
        places.sort_unstable();
        places.dedup();
        let mut facts = Vec::new();
        if let Some((first, last)) = self.days() {
            let days = i64::from(first.until(last).map_or(0, |span| span.get_days())) + 1;
            if days > 1 {
                facts.push((words.days_label, days.to_string()));
            }
        }
        if places.len() > 1 {
            facts.push((words.places_label, places.len().to_string()));
        }
        if self.travelled_m >= 1_000.0 {
            facts.push((words.distance_label, words.distance(self.travelled_m, self.unit)));
        }
        if photos > 1 {
            facts.push((words.photos_label, photos.to_string()));
        }
        facts
    }
}

impl StoryChapter {
    /// The id in HTML of the chapter; names in addresses never have an underscore.
    pub(crate) fn anchor(&self) -> String {
        format!("c_{}", links::anchor(&self.id))
    }

    /// Its heading: what somebody wrote, else the place, else the day.
    pub(crate) fn heading(&self, words: &StoryWords, index: usize) -> String {
        let written = [self.title.trim(), self.place.trim()].into_iter().find(|text| !text.is_empty());
        match (written, self.day) {
            (Some(text), _) => text.to_owned(),
            (None, Some(day)) => words.long_day(day),
            (None, None) => format!("{} {}", words.chapter, index + 1),
        }
    }

    /// The place, when it is not the heading already.
    pub(crate) fn place_beside(&self) -> &str {
        if self.title.trim().is_empty() || self.title.trim() == self.place.trim() {
            ""
        } else {
            self.place.trim()
        }
    }
}

/// The pictures of a story as its page shows them.
pub(crate) fn image(photo: &str) -> ImageRef {
    ImageRef { photo: photo.to_owned(), ..ImageRef::default() }
}

fn sheet_of(content: &StoryContent, words: &StoryWords) -> Option<Sheet> {
    let on_map = match content.template {
        StoryTemplate::Grid | StoryTemplate::Slideshow => false,
        StoryTemplate::MysteryDots => content.picture.is_none(),
        StoryTemplate::Timeline | StoryTemplate::Map => true,
    };
    let places = content.places();
    if !on_map || places.is_empty() {
        return None;
    }
    let label = format!("{}: {}", words.map_of_places, content.title.trim());
    let request = SheetRequest {
        places: &places,
        label: &label,
        lies: content.template == StoryTemplate::MysteryDots,
        base: content.base_map.as_ref(),
        ..SheetRequest::default()
    };
    Some(Sheet::new(&request).0)
}

/// Makes the plan of a story's page, and its rules.
pub(crate) fn plan(
    site: &Site,
    page: &Page,
    language: &str,
    pictures: &mut PictureStyle,
    rules: &mut Rules,
) -> Option<StoryPlan> {
    let content = site.story(page.id.as_str())?;
    let words = story_words(language);
    let shown = content.chapters.iter().flat_map(|chapter| &chapter.photos);
    for photo in shown.filter_map(|photo| site.photo(&photo.photo)) {
        pictures.add(&Shown { image: image(photo.id.as_str()), ground: Ground::InRow }, photo, rules);
    }
    let sheet = sheet_of(content, words);
    let mut css = String::new();
    let mut pins = Vec::new();
    let dots = if content.template == StoryTemplate::MysteryDots {
        story_dots::dots(site, content, sheet.as_ref(), words)
    } else {
        if let Some(sheet) = &sheet {
            for (index, chapter) in content.chapters.iter().enumerate() {
                let Some([lat, lon]) = chapter.at else { continue };
                let (label, number) = (chapter.heading(words, index), (pins.len() + 1).to_string());
                pins.push(Pin::new(chapter.anchor(), label, number, sheet.at((lat, lon))));
            }
        }
        Dots::default()
    };
    let size = sheet.as_ref().map_or((1.0, 1.0), Sheet::size);
    if let Some(sheet) = &sheet {
        let (width, height) = sheet.size();
        css.push_str(&format!(".geo{{--ratio:{}}}", crate::spatial_pins::percent(width, height * 100.0)));
    }
    let pins = Pins::new(pins, size);
    css.push_str(&pins.rules());
    css.push_str(&dots.rules());
    rules.push(&css);
    Some(StoryPlan { sheet, pins, dots })
}

/// Writes a story after the modules of its page.
pub(crate) fn write(to: &mut Renderer<'_>, content: &StoryContent, plan: &StoryPlan) {
    let words = story_words(to.view.language());
    to.html.open("div").class(&format!("story as-{}", content.template.name()));
    if content.chapters.iter().all(|chapter| chapter.photos.is_empty() && chapter.text.is_empty()) {
        to.html.leaf("p", "story-empty", words.empty);
    }
    match content.template {
        StoryTemplate::Timeline => story_timeline::write(to, content, plan, words),
        StoryTemplate::Grid => story_grid::write(to, content, words),
        StoryTemplate::MysteryDots => story_dots::write(to, content, plan, words),
        StoryTemplate::Map => story_map::write(to, content, plan, words),
        StoryTemplate::Slideshow => story_slideshow::write(to, content, words),
    }
    to.html.close();
}

/// The paths of the style sheets a story needs.
pub(crate) fn sheets(content: &StoryContent) -> &'static [&'static str] {
    use crate::story_sheets::{MAP_SHEET, STORY_SHEET};
    match content.template {
        StoryTemplate::Grid | StoryTemplate::Slideshow => &[STORY_SHEET],
        StoryTemplate::Timeline | StoryTemplate::Map | StoryTemplate::MysteryDots => {
            &[MAP_SHEET, STORY_SHEET]
        }
    }
}

/// The paths of the scripts a story needs.
pub(crate) fn scripts(content: &StoryContent) -> &'static [&'static str] {
    use crate::scripts::{GALLERY_SCRIPT, STORY_SCRIPT};
    match content.template {
        StoryTemplate::Timeline | StoryTemplate::Grid => &[],
        StoryTemplate::Map => &[GALLERY_SCRIPT],
        StoryTemplate::MysteryDots | StoryTemplate::Slideshow => &[STORY_SCRIPT],
    }
}

/// The line under a photo: what somebody wrote, and when and where it was.
pub(crate) fn beside(photo: &Photo, told: &StoryPhoto, chapter: &StoryChapter) -> (String, String) {
    let place = told.place.trim();
    let place = if place == chapter.place.trim() || place == chapter.title.trim() { "" } else { place };
    let parts: Vec<&str> = [told.time.as_str(), place].into_iter().filter(|part| !part.is_empty()).collect();
    let caption = [photo.caption.trim(), photo.title.trim()].into_iter().find(|text| !text.is_empty());
    (caption.unwrap_or_default().to_owned(), parts.join(" · "))
}
