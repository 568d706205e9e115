//! What a project tells besides its pages: its stories as pages, the ways on its maps, and the public configuration that
//! is published. Everything here went through the privacy filter of Waypoint. Must not know HTML.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use accid_base::{ContentHash, RelativePath, Slug};
use accid_builder::{StoredPage, Telling};
use accid_model::{Blotter, Dropper, Location, Page, Photo, ProjectType, Story, StoryTemplate, to_value};
use accid_render::{
    RichText, SiteFile, StoryChapter, StoryContent, StoryContentDot, StoryPhoto, Told, TrackLines,
};
use accid_store::Documents;
use accid_waypoint::{
    StoredStory, StoryPhotoSource, ToldChapter, ToldStory, published_photo, published_track,
};
use serde_json::{Value, json};

use crate::Inner;

/// Most points of a way that a page shows; longer ones are thinned out by how they look on the map.
const DRAWN_M: f64 = 25.0;

fn pair(at: &Location) -> [f64; 2] {
    // A hundred-thousandth of a degree is about a metre; more would only make pages longer.
    [at.lat, at.lon].map(|value| (value * 1e5).round() / 1e5)
}

fn rich(value: &Value) -> RichText {
    if value.is_object() { RichText(value.clone()) } else { RichText::default() }
}

fn chapter(told: ToldChapter) -> StoryChapter {
    StoryChapter {
        id: told.chapter.id.to_string(),
        title: told.chapter.title.clone(),
        text: rich(&told.chapter.text),
        day: told.day,
        place: told.place,
        at: told.at.as_ref().map(pair),
        photos: told
            .photos
            .into_iter()
            .map(|photo| StoryPhoto {
                photo: photo.id.to_string(),
                at: photo.at.as_ref().map(pair),
                place: photo.place,
                time: photo.time,
            })
            .collect(),
        way: told.way.iter().map(pair).collect(),
        travelled_m: told.travelled_m.round(),
        under_way_s: told.under_way_s,
    }
}

/// The dots of a story's picture: those that were put there, and the points marked on the photo itself.
fn dots(story: &Story, told: &ToldStory, sources: &[StoryPhotoSource]) -> Vec<StoryContentDot> {
    let of_chapter = |id: &accid_base::Id| {
        told.chapters.iter().find(|chapter| chapter.chapter.id == *id).map(|chapter| {
            let photos: Vec<String> = chapter.photos.iter().map(|photo| photo.id.to_string()).collect();
            (photos, chapter.chapter.title.clone(), rich(&chapter.chapter.text))
        })
    };
    let mut dots = Vec::new();
    for dot in &story.dots {
        let (mut photos, mut label, mut text) = (Vec::new(), dot.label.clone(), RichText::default());
        photos.extend(dot.photo.as_ref().map(ToString::to_string));
        if let Some((of_it, title, words)) = dot.chapter.as_ref().and_then(of_chapter) {
            photos.extend(of_it);
            text = words;
            if label.is_empty() {
                label = title;
            }
        }
        dots.push(StoryContentDot { x: dot.x, y: dot.y, label, photos, text });
    }
    let picture = story.picture.as_ref();
    let photo = sources.iter().map(StoryPhotoSource::photo).find(|photo| Some(&photo.id) == picture);
    for marker in photo.into_iter().flat_map(|photo| &photo.waypoints) {
        dots.push(StoryContentDot {
            x: marker.x,
            y: marker.y,
            label: marker.label.clone(),
            photos: Vec::new(),
            text: rich(&marker.text),
        });
    }
    dots
}

impl Inner {
    /// A story ready to be shown.
    pub(crate) fn story_content(
        &self,
        of: Documents<'_>,
        story: &Story,
        sources: &[StoryPhotoSource],
        template: Option<StoryTemplate>,
    ) -> StoryContent {
        let shown = self.waypoint.shown_tracks(of);
        let mut tracks = Vec::new();
        for id in &story.tracks {
            tracks.extend(
                shown.iter().filter(|(known, _)| known == id).flat_map(|(_, way)| way.iter().cloned()),
            );
        }
        let told = accid_waypoint::told(story, sources, &tracks);
        let is_there = |id: &accid_base::Id| sources.iter().any(|source| source.photo().id == *id);
        StoryContent {
            title: story.title.clone(),
            subtitle: story.subtitle.clone(),
            template: template.unwrap_or(story.template),
            unit: story.unit,
            intro: rich(&story.intro),
            cover: told.cover.as_ref().map(ToString::to_string),
            ways: told.ways.iter().map(|way| way.iter().map(pair).collect()).collect(),
            travelled_m: told.travelled_m.round(),
            picture: story.picture.clone().filter(is_there).map(|id| id.to_string()),
            dots: dots(story, &told, sources),
            base_map: self.waypoint.settings(of).0.base_map,
            chapters: told.chapters.into_iter().map(chapter).collect(),
        }
    }

    /// The ways that pages of a project may show.
    fn track_lines(&self, of: Documents<'_>) -> TrackLines {
        let mut lines = BTreeMap::new();
        for (id, segments) in self.waypoint.shown_tracks(of) {
            let thin = |segment: &Vec<accid_model::TrackPoint>| {
                let places: Vec<_> =
                    segment.iter().map(|point| accid_geo::Coordinate::held(point.lat, point.lon)).collect();
                let kept = accid_geo::simplify(&places, DRAWN_M).into_iter();
                kept.map(|place| pair(&Location::at(place.latitude(), place.longitude()))).collect()
            };
            lines.insert(id.to_string(), segments.iter().map(thin).collect());
        }
        lines
    }

    /// What a project tells besides its pages. A gallery tells its stories; photos that are hidden are not in it.
    pub(crate) fn tell(&self, of: Documents<'_>, blotter: &Blotter, pages: &[StoredPage]) -> Telling {
        let tracks = self.track_lines(of);
        if blotter.project_type != ProjectType::Gallery {
            let bases = pages.iter().filter_map(|stored| stored.page.spatial.as_ref()?.base_map.as_ref());
            let archives = self.archives(of, bases);
            return Telling { told: Told { tracks, archives, ..Told::default() }, ..Telling::default() };
        }
        self.tell_gallery(of, blotter, pages, None).unwrap_or_default()
    }

    /// The same for a gallery; with a choice, that story alone, told so.
    pub(crate) fn tell_gallery(
        &self,
        of: Documents<'_>,
        blotter: &Blotter,
        pages: &[StoredPage],
        only: Option<(&str, StoryTemplate)>,
    ) -> Option<Telling> {
        let sources = self.waypoint.story_photos(of);
        let mut stories = self.waypoint.stories(of);
        match only {
            Some((id, _)) => stories.retain(|stored| stored.story.id.as_str() == id),
            None => stories.retain(|stored| !stored.story.hidden),
        }
        let mut telling = Telling::default();
        let mut taken: Vec<Slug> = pages.iter().map(|stored| stored.page.slug.clone()).collect();
        let many = stories.len() + pages.iter().filter(|stored| stored.page.is_published()).count() > 1;
        for stored in &stories {
            let template = only.map(|(_, template)| template);
            let content = self.story_content(of, &stored.story, &sources, template);
            let page = page_of(&stored.story, &content, &mut taken, many)?;
            let hash = ContentHash::of(to_value(&content).to_string().as_bytes());
            telling.told.stories.insert(page.id.to_string(), content);
            let file: RelativePath = Story::file(&stored.story.id).ok()?;
            telling.pages.push(StoredPage { page: Arc::new(page), hash, file, findings: Vec::new() });
        }
        let photos: Vec<Photo> = sources.iter().map(published_photo).collect();
        telling.told.tracks = self.track_lines(of);
        telling.told.archives = self.archives(of, self.waypoint.settings(of).0.base_map.iter());
        let dropper = self.public_dropper(of, blotter, pages, &sources);
        let bytes = crate::stories::dropper_bytes(&dropper);
        telling.told.files.push(SiteFile { path: Dropper::FILE.to_owned(), bytes: Cow::Owned(bytes) });
        telling.photos = Some(photos);
        Some(telling)
    }

    /// The public configuration as it is published: photos that are hidden are not in it, places are as they may be
    /// told, and addresses are those of the published pictures.
    pub(crate) fn public_dropper(
        &self,
        of: Documents<'_>,
        blotter: &Blotter,
        pages: &[StoredPage],
        sources: &[StoryPhotoSource],
    ) -> Dropper {
        let (settings, _) = self.waypoint.settings(of);
        let pages: Vec<Page> = pages.iter().map(|stored| Page::clone(&stored.page)).collect();
        let photos: Vec<Photo> = sources.iter().map(published_photo).collect();
        let mut dropper = Dropper::of(blotter, &pages, &photos);
        for (published, photo) in dropper.photos.iter_mut().zip(&photos) {
            if let Some(file) = accid_render::largest_picture(photo) {
                published.url = file.path;
            }
        }
        let told: HashSet<_> = photos.iter().map(|photo| &photo.id).collect();
        let albums = self.waypoint.albums(of).into_iter().map(|stored| stored.album);
        dropper.albums = albums
            .filter(|album| !album.hidden)
            .map(|mut album| {
                album.privacy = accid_model::Privacy::Inherited;
                album.photos.retain(|id| told.contains(id));
                album.extra.clear();
                album
            })
            .collect();
        let tracks = self.waypoint.tracks(of).into_iter();
        dropper.tracks = tracks.filter_map(|stored| published_track(&stored.track, &settings)).collect();
        dropper
    }
}

/// The page of a story: its head is a hero, and a navigation when there is more than one page.
fn page_of(story: &Story, content: &StoryContent, taken: &mut Vec<Slug>, many: bool) -> Option<Page> {
    let index: Slug = "index".parse().ok()?;
    let slug = if taken.contains(&index) {
        Slug::from_text(&story.title, "story").first_free(|slug| taken.contains(slug))
    } else {
        index
    };
    taken.push(slug.clone());
    let mut modules = Vec::new();
    if many {
        modules.push(json!({"id": format!("{}-nav", short(story)), "type": "navigation", "props": {}}));
    }
    if content.template != StoryTemplate::Slideshow {
        modules.push(hero(story, content));
    }
    let image = content.cover.as_ref().map(|photo| json!({"photo": photo, "alt": ""}));
    let page = json!({
        "id": story.id, "schema_version": 2, "slug": slug, "title": story.title, "order": story.order,
        "kind": "gallery", "seo": {"description": story.subtitle, "image": image}, "modules": modules,
    });
    serde_json::from_value(page).ok()
}

fn short(story: &Story) -> &str {
    let id = story.id.as_str();
    id.get(..id.len().min(50)).unwrap_or(id)
}

/// The head of a story: its cover, its days, its title.
pub(crate) fn hero(story: &Story, content: &StoryContent) -> Value {
    let cover = content.cover.as_ref().filter(|_| {
        matches!(content.template, StoryTemplate::Timeline | StoryTemplate::Map | StoryTemplate::Grid)
    });
    let image = cover.map_or(Value::Null, |photo| json!({"photo": photo, "alt": "", "decorative": true}));
    let mut props = json!({"title": story.title, "text": story.subtitle,
        "layout": if cover.is_some() { "cover" } else { "plain" }});
    if let (Some(fields), Some(_)) = (props.as_object_mut(), cover) {
        fields.insert("image".to_owned(), image);
        let height = if content.template == StoryTemplate::Timeline { "normal" } else { "low" };
        fields.insert("height".to_owned(), height.into());
    }
    json!({"id": format!("{}-hero", short(story)), "type": "hero", "props": props})
}

/// The story with this id, or the first.
pub(crate) fn chosen(stories: Vec<StoredStory>, id: &str) -> Option<StoredStory> {
    let mut stories = stories.into_iter();
    if id.is_empty() { stories.next() } else { stories.find(|stored| stored.story.id.as_str() == id) }
}
