//! Mystery dots: dots on a map or a picture, behind each of which photos and a piece of the story are found; below, the
//! whole story in order. Dots open without a script. Must not know the other templates.

use accid_model::StoryTemplate;

use crate::{
    base_map::write_credit,
    pictures::is_showable,
    place::{Loading, Place},
    renderer::Renderer,
    rich_text::RichText,
    site::Site,
    spatial_map::Sheet,
    spatial_pins::{is_on, percent},
    story::{StoryChapter, StoryContent, StoryPhoto, StoryPlan, image},
    story_parts::{Click, Columns, way_words, write_figure, write_intro, write_rows, write_text},
    story_words::StoryWords,
};

/// Photos nearer than this to a dot are behind it, in units of the sheet.
const TOGETHER: f64 = 44.0;

/// A dot and what is behind it.
struct Dot {
    /// Where it is, in units of the sheet.
    at: (f64, f64),
    label: String,
    /// Chapter and photo, by their places.
    photos: Vec<(usize, usize)>,
    /// The chapters whose text is behind it.
    chapters: Vec<usize>,
    text: RichText,
}

/// The dots of a story, on a sheet of this size.
#[derive(Default)]
pub(crate) struct Dots {
    all: Vec<Dot>,
    size: (f64, f64),
}

/// Finds the dots of a story.
pub(crate) fn dots(site: &Site, content: &StoryContent, sheet: Option<&Sheet>, words: &StoryWords) -> Dots {
    debug_assert!(content.template == StoryTemplate::MysteryDots, "dots are of one template");
    match (&content.picture, sheet) {
        (Some(picture), _) => on_picture(site, content, picture),
        (None, Some(sheet)) => on_map(content, sheet, words),
        (None, None) => Dots::default(),
    }
}

fn on_picture(site: &Site, content: &StoryContent, picture: &str) -> Dots {
    let Some(photo) = site.photo(picture).filter(|photo| is_showable(photo)) else { return Dots::default() };
    let size = (100.0, 100.0 * f64::from(photo.height) / f64::from(photo.width.max(1)));
    let find = |wanted: &String| {
        content.chapters.iter().enumerate().find_map(|(index, chapter)| {
            chapter.photos.iter().position(|told| told.photo == *wanted).map(|at| (index, at))
        })
    };
    let dot = |dot: &crate::story::StoryContentDot| Dot {
        at: (dot.x.clamp(0.0, 100.0), size.1 * dot.y.clamp(0.0, 100.0) / 100.0),
        label: dot.label.clone(),
        photos: dot.photos.iter().filter_map(find).collect(),
        chapters: Vec::new(),
        text: dot.text.clone(),
    };
    Dots { all: content.dots.iter().map(dot).collect(), size }
}

fn on_map(content: &StoryContent, sheet: &Sheet, words: &StoryWords) -> Dots {
    let mut all: Vec<Dot> = Vec::new();
    for (index, chapter) in content.chapters.iter().enumerate() {
        let mut told = false;
        for (number, photo) in chapter.photos.iter().enumerate() {
            let Some([lat, lon]) = photo.at else { continue };
            let at = sheet.at((lat, lon));
            let near = all.iter_mut().find(|dot| (dot.at.0 - at.0).hypot(dot.at.1 - at.1) < TOGETHER);
            let dot = if let Some(dot) = near {
                dot
            } else {
                let label = [photo.place.trim(), chapter.heading(words, index).as_str()]
                    .into_iter()
                    .find(|label| !label.is_empty())
                    .unwrap_or_default()
                    .to_owned();
                let none = RichText::default();
                all.push(Dot { at, label, photos: Vec::new(), chapters: Vec::new(), text: none });
                let Some(dot) = all.last_mut() else { continue };
                dot
            };
            dot.photos.push((index, number));
            if !told && !chapter.text.is_empty() {
                dot.chapters.push(index);
                told = true;
            }
        }
    }
    let size = sheet.size();
    all.retain(|dot| is_on(dot.at, size));
    Dots { all, size }
}

impl Dots {
    /// Where they stand.
    pub fn rules(&self) -> String {
        let (width, height) = self.size;
        let dots = self.all.iter().enumerate();
        dots.map(|(index, dot)| {
            let (x, y) = (percent(dot.at.0, width), percent(dot.at.1, height));
            // Each breathes in its own time.
            format!(".dot-{}{{left:{x}%;top:{y}%;animation-delay:-{}ms}}", index + 1, index * 730 % 2_600)
        })
        .collect()
    }
}

pub(crate) fn write(to: &mut Renderer<'_>, content: &StoryContent, plan: &StoryPlan, words: &StoryWords) {
    to.html.open("div").class("story-lead");
    write_intro(to, content);
    to.html.close();
    let has_stage = plan.sheet.is_some() || content.picture.is_some();
    if has_stage {
        to.html.leaf("p", "dots-hint", words.dots_hint);
        to.html.open("div").class("stage geo").open("div").class("geo-sheet");
        match (&content.picture, &plan.sheet) {
            (Some(picture), _) => to.picture(&image(picture), Place::TOP, Loading::First, "picture"),
            (None, Some(sheet)) => {
                let tiles = sheet.tiles(&to.site.told().archives, to.view.root());
                to.html.trusted(&sheet.svg(&tiles, ""));
            }
            (None, None) => {}
        }
        to.html.close();
        to.html.open("ol").class("dots").attr("aria-label", words.places_on_map);
        for (index, dot) in plan.dots.all.iter().enumerate() {
            write_dot(to, content, dot, words, index);
        }
        to.html.close();
        if let Some(sheet) = plan.sheet.as_ref().filter(|_| content.picture.is_none()) {
            write_credit(&mut to.html, sheet);
        }
        to.html.close();
    }
    to.html.open("section").class("all-in-order");
    to.note_heading(2, "all");
    to.html.leaf("h2", "section-title", words.all_in_order);
    to.html.open("ol").class("chapters");
    for (index, chapter) in content.chapters.iter().enumerate() {
        to.html.open("li").class("chapter").attr("id", &chapter.anchor()).mark_module(&chapter.id);
        to.note_heading(3, "title");
        to.html.leaf("h3", "chapter-title", &chapter.heading(words, index));
        let day = chapter.day.filter(|_| !chapter.title.is_empty() || !chapter.place.is_empty());
        let way = way_words(chapter, content, words).filter(|_| index > 0);
        let about: Vec<String> =
            [day.map(|day| words.long_day(day)), Some(chapter.place_beside().to_owned()), way]
                .into_iter()
                .flatten()
                .filter(|part| !part.is_empty())
                .collect();
        if !about.is_empty() {
            to.html.leaf("p", "chapter-place", &about.join(" · "));
        }
        write_text(to, chapter);
        write_rows(
            to,
            chapter,
            words,
            Columns::UpTo(4),
            Place { width: Some(1056.0), ..Place::TOP },
            Click::Opens,
        );
        to.html.close();
    }
    to.html.close().close();
}

fn write_dot(to: &mut Renderer<'_>, content: &StoryContent, dot: &Dot, words: &StoryWords, index: usize) {
    to.html.open("li").open("details").class("dot").attr("name", "story_dots").attr("data-dot", "");
    to.html.open("summary");
    let number = format!("{} {}", words.place, index + 1);
    let label = if dot.label.is_empty() { number.clone() } else { format!("{number}: {}", dot.label) };
    to.html.open("span").class(&format!("dot-light dot-{}", index + 1)).close();
    to.html.leaf("span", "unseen", &label);
    to.html.open("span").class("dot-close").attr("aria-hidden", "true").text("×").close();
    to.html.close();
    to.html.open("div").class("dot-card");
    if !dot.label.is_empty() {
        to.html.leaf("p", "dot-name", &dot.label);
    }
    let photos: Vec<(&StoryChapter, &StoryPhoto)> = dot
        .photos
        .iter()
        .map(|(chapter, photo)| (&content.chapters[*chapter], &content.chapters[*chapter].photos[*photo]))
        .collect();
    if !photos.is_empty() {
        to.html.open("div").class("dot-photos");
        if photos.len() > 1 {
            to.html.attr("tabindex", "0").attr("role", "group").attr("aria-label", &label);
        }
        for (chapter, told) in photos {
            let place = Place { width: Some(420.0), share: 0.4, ..Place::TOP };
            write_figure(to, chapter, told, words, place, Loading::Lazy);
        }
        to.html.close();
    }
    for chapter in &dot.chapters {
        write_text(to, &content.chapters[*chapter]);
    }
    if !dot.text.is_empty() {
        to.html.open("div").class("chapter-text rich");
        dot.text.render(to, "dots");
        to.html.close();
    }
    to.html.close().close().close();
}
