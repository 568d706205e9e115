//! Parts that several templates of a story share: facts, photos in rows, the head of a chapter, the way between two.
//! Must not know any template.

use crate::{
    base_map::write_credit,
    picture_style::ratio_class,
    pictures::is_showable,
    place::{Loading, Place},
    renderer::Renderer,
    story::{StoryChapter, StoryContent, StoryPhoto, StoryPlan, beside, image},
    story_words::StoryWords,
};
use crate::{
    spatial_map::{arrows, write_line},
    spatial_pins::Names,
};

/// How many photos stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Columns {
    /// As many as there are, up to so many; a single one is as wide as its place.
    UpTo(usize),
    /// As many as would fit if there were so many.
    Always(usize),
}

/// What a click on a photo does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Click {
    /// Opens the large picture itself.
    Opens,
    /// Shows it large over the page, with a script.
    Enlarges,
}

/// Writes what is told of the story as a whole.
pub(crate) fn write_facts(to: &mut Renderer<'_>, content: &StoryContent, words: &StoryWords) {
    let facts = content.facts(words);
    if facts.is_empty() {
        return;
    }
    to.html.open("dl").class("story-facts");
    for (name, value) in facts {
        to.html.open("div").leaf("dt", "", name).leaf("dd", "", &value).close();
    }
    to.html.close();
}

/// Writes the text before the first chapter.
pub(crate) fn write_intro(to: &mut Renderer<'_>, content: &StoryContent) {
    if !content.intro.is_empty() {
        to.html.open("div").class("story-intro rich has-lead");
        content.intro.render(to, "intro");
        to.html.close();
    }
}

/// Writes a chapter's text.
pub(crate) fn write_text(to: &mut Renderer<'_>, chapter: &StoryChapter) {
    if !chapter.text.is_empty() {
        to.html.open("div").class("chapter-text rich");
        chapter.text.render(to, "text");
        to.html.close();
    }
}

/// What is told of the way to a chapter; nothing when nothing is known of it.
pub(crate) fn way_words(
    chapter: &StoryChapter,
    content: &StoryContent,
    words: &StoryWords,
) -> Option<String> {
    if chapter.travelled_m < 1_000.0 {
        return None;
    }
    let distance = words.distance(chapter.travelled_m, content.unit);
    Some(match chapter.under_way_s.filter(|seconds| *seconds >= 600) {
        Some(seconds) => format!("{distance} · {} {}", words.duration(seconds), words.under_way),
        None => distance,
    })
}

/// Writes the photos of a chapter in full rows.
pub(crate) fn write_rows(
    to: &mut Renderer<'_>,
    chapter: &StoryChapter,
    words: &StoryWords,
    columns: Columns,
    place: Place,
    click: Click,
) {
    let photos: Vec<&StoryPhoto> = chapter.photos.iter().filter(|told| is_there(to, told)).collect();
    if photos.is_empty() {
        return;
    }
    let columns = match columns {
        // Rows are as high as if one photo more stood in them, so that with the gaps all of them fit.
        Columns::UpTo(_) if photos.len() == 1 => 1,
        Columns::UpTo(most) => photos.len().min(most) + 1,
        Columns::Always(columns) => columns,
    };
    to.html.open("div").class(&format!("m-gallery is-justified cols-{columns}"));
    to.html.open("ul").class("tiles");
    if click == Click::Enlarges {
        let words = to.strings;
        to.html.attr("data-lightbox", "").attr("data-close", words.close);
        to.html.attr("data-previous", words.previous).attr("data-next", words.next);
    }
    let place = if columns > 1 { place.part((1.4 / columns as f64).min(1.0)) } else { place };
    for told in photos {
        let class = to.site.photo(&told.photo).map(ratio_class).unwrap_or_default();
        to.html.open("li").attr_unless_empty("class", &class);
        write_figure(to, chapter, told, words, place, Loading::Lazy);
        to.html.close();
    }
    to.html.close().close();
}

fn is_there(to: &Renderer<'_>, told: &StoryPhoto) -> bool {
    to.site.photo(&told.photo).is_some_and(is_showable)
}

/// Writes a photo with the line under it.
pub(crate) fn write_figure(
    to: &mut Renderer<'_>,
    chapter: &StoryChapter,
    told: &StoryPhoto,
    words: &StoryWords,
    place: Place,
    loading: Loading,
) {
    let Some(photo) = to.site.photo(&told.photo) else { return };
    let (caption, when) = beside(photo, told, chapter);
    let image = image(&told.photo);
    to.html.open("figure").mark_module(&told.photo);
    match to.large(&image) {
        Some(href) => {
            to.html.open("a").class("frame").attr("href", &href);
            if photo.alt.trim().is_empty() {
                let name = [caption.as_str(), words.photo].into_iter().find(|name| !name.is_empty());
                to.html.attr("aria-label", name.unwrap_or_default());
            }
        }
        None => {
            to.html.open("div").class("frame");
        }
    }
    to.picture(&image, place, loading, "photo");
    to.html.close();
    write_caption(to, &caption, &when);
    to.html.close();
}

/// Writes the line under a photo, unless there is nothing to say.
pub(crate) fn write_caption(to: &mut Renderer<'_>, caption: &str, when: &str) {
    if caption.is_empty() && when.is_empty() {
        return;
    }
    to.html.open("figcaption");
    to.html.text(caption);
    if !when.is_empty() {
        if !caption.is_empty() {
            to.html.text(" ");
        }
        to.html.leaf("span", "when", when);
    }
    to.html.close();
}

/// Writes the map of a story with pins that lead to its chapters.
pub(crate) fn write_sheet(
    to: &mut Renderer<'_>,
    content: &StoryContent,
    plan: &StoryPlan,
    words: &StoryWords,
) {
    let Some(sheet) = &plan.sheet else { return };
    let mut over = String::new();
    if content.ways.is_empty() {
        for (index, chapter) in content.chapters.iter().enumerate() {
            let points: Vec<_> = chapter.way.iter().map(|[lat, lon]| sheet.at((*lat, *lon))).collect();
            if points.len() > 1 {
                let mut path = String::new();
                write_line(&mut path, &points);
                let stop = pin_number(content, index);
                over.push_str(&format!(
                    "<g class=\"geo-route leg-{stop}\"><path d=\"{path}\" pathLength=\"1\"/>"
                ));
                over.push_str(&format!("<path class=\"geo-arrows\" d=\"{}\"/></g>", arrows(&points)));
            }
        }
    } else {
        let mut path = String::new();
        let tolerance = accid_geo::EARTH_RADIUS_M / sheet.frame.projection.scale;
        for way in &content.ways {
            let places: Vec<_> =
                way.iter().map(|[lat, lon]| accid_geo::Coordinate::held(*lat, *lon)).collect();
            let places = accid_geo::simplify(&places, tolerance);
            let points: Vec<_> =
                places.iter().map(|place| sheet.at((place.latitude(), place.longitude()))).collect();
            write_line(&mut path, &points);
        }
        over.push_str(&format!("<g class=\"geo-route is-whole\"><path d=\"{path}\" pathLength=\"1\"/></g>"));
    }
    over.push_str(&plan.pins.leads());
    to.html.open("div").class("geo").open("div").class("geo-sheet");
    let tiles = sheet.tiles(&to.site.told().archives, to.view.root());
    to.html.trusted(&sheet.svg(&tiles, &over));
    plan.pins.write(&mut to.html, words.places_on_map, Names::Shown);
    to.html.close();
    write_credit(&mut to.html, sheet);
    to.html.close();
}

/// The number of a chapter's pin: how many chapters up to it have a place.
pub(crate) fn pin_number(content: &StoryContent, index: usize) -> usize {
    content.chapters[..=index].iter().filter(|chapter| chapter.at.is_some()).count()
}
