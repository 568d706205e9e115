//! A story as a page of a site: a hero, a section for each chapter with its text and photos, pins on a map where places
//! may be told. Must not know how modules are shown.

use std::collections::HashMap;

use accid_base::{Id, Problem};
use accid_model::{Photo, Story, to_value};
use accid_render::{RichText, StoryChapter, StoryContent};
use accid_store::{Project, Transaction, Write};
use accid_waypoint::{StoryPhotoSource, published_photo};
use serde_json::{Value, json};

use crate::{Inner, explain};

/// What a page of a story is made of.
pub(crate) struct MadePage {
    pub modules: Value,
    /// What makes it spatial, when places may be told.
    pub spatial: Option<Value>,
}

/// Brings the photos of a story into another project, with their originals; those that are there already are used.
/// Gives back the ids they have there.
///
/// # Errors
/// When the store refuses.
pub(crate) fn bring_photos(
    inner: &Inner,
    author: &str,
    from: &Project,
    into: &Project,
    content: &StoryContent,
    sources: &[StoryPhotoSource],
) -> Result<HashMap<String, String>, Problem> {
    let known = inner.waypoint.photos(into);
    let mut ids = HashMap::new();
    let mut writes = Vec::new();
    let told = content.chapters.iter().flat_map(|chapter| &chapter.photos).map(|told| told.photo.as_str());
    let told: Vec<&str> = told.chain(content.cover.as_deref()).collect();
    for source in sources.iter().filter(|source| told.contains(&source.photo().id.as_str())) {
        let photo = source.photo();
        if let Some(twin) = known.iter().find(|stored| stored.photo.hash == photo.hash) {
            ids.insert(photo.id.to_string(), twin.photo.id.to_string());
            continue;
        }
        let bytes = from.read_media(&photo.hash, &photo.extension).map_err(explain)?;
        into.put_media(&bytes, &photo.extension).map_err(explain)?;
        let copy = Photo { id: inner.new_id(), ..published_photo(source) };
        let path = format!("{}/{}.json", Photo::FOLDER, copy.id).parse().map_err(explain)?;
        ids.insert(photo.id.to_string(), copy.id.to_string());
        writes.push(Write::put(path, to_value(&copy)).if_absent());
    }
    if !writes.is_empty() {
        let note = format!("{} photos of a story added", writes.len());
        into.commit(Transaction { author: author.to_owned(), note, writes }).map_err(explain)?;
    }
    Ok(ids)
}

/// The modules of a story's page.
pub(crate) fn page(
    story: &Story,
    content: &StoryContent,
    photos: &HashMap<String, String>,
    new_id: &dyn Fn() -> Id,
) -> MadePage {
    let mut modules = Vec::new();
    let cover = content.cover.as_ref().and_then(|cover| photos.get(cover));
    let mut hero = json!({"title": story.title, "text": story.subtitle,
        "layout": if cover.is_some() { "cover" } else { "plain" }});
    if let (Some(fields), Some(cover)) = (hero.as_object_mut(), cover) {
        fields.insert("image".to_owned(), json!({"photo": cover, "alt": "", "decorative": true}));
    }
    modules.push(json!({"id": new_id(), "type": "hero", "props": hero}));
    if !content.intro.is_empty() {
        modules.push(text(&content.intro, new_id, true));
    }
    for (index, chapter) in content.chapters.iter().enumerate() {
        modules.push(section(chapter, index, photos, new_id));
    }
    let placed = content.chapters.iter().filter(|chapter| chapter.at.is_some()).count();
    let dated = content.chapters.iter().any(|chapter| chapter.day.is_some());
    let route = json!({"id": new_id(), "name": story.title, "arrows": true, "dates": dated && placed < 9});
    let routes = if story.no_route || placed < 2 { json!([]) } else { json!([route]) };
    let spatial = (placed > 0).then(|| json!({"routes": routes, "names": true}));
    MadePage { modules: Value::Array(modules), spatial }
}

fn text(doc: &RichText, new_id: &dyn Fn() -> Id, lead: bool) -> Value {
    json!({"id": new_id(), "type": "text", "props": {"doc": doc, "lead": lead}})
}

fn section(
    chapter: &StoryChapter,
    index: usize,
    photos: &HashMap<String, String>,
    new_id: &dyn Fn() -> Id,
) -> Value {
    let day = chapter.day.map(|day| day.to_string()).unwrap_or_default();
    let titles = [chapter.title.trim(), chapter.place.trim(), day.as_str()];
    let title = titles.into_iter().find(|title| !title.is_empty());
    let mut children = Vec::new();
    if !chapter.text.is_empty() {
        children.push(text(&chapter.text, new_id, false));
    }
    let shown: Vec<Value> = chapter
        .photos
        .iter()
        .filter_map(|told| Some(json!({"photo": photos.get(&told.photo)?, "alt": "", "caption": ""})))
        .collect();
    if !shown.is_empty() {
        let columns = shown.len().clamp(1, 3);
        let props = json!({"photos": shown, "layout": "justified", "columns": columns});
        children.push(json!({"id": new_id(), "type": "gallery", "props": props}));
    }
    let title = title.map_or_else(|| (index + 1).to_string(), ToOwned::to_owned);
    let mut module = json!({"id": new_id(), "type": "section", "props": {"title": title, "tone": "none"},
        "children": children});
    if let (Some([lat, lon]), Some(fields)) = (chapter.at, module.as_object_mut()) {
        fields.insert("place".to_owned(), json!({"lat": lat, "lon": lon, "date": day}));
    }
    module
}
