//! Photos as chapters: one for each day, or for each stay at a place, and those that somebody put together. Pure; must
//! not know how a story is shown or stored.

use std::{collections::HashMap, sync::Arc};

use accid_base::Id;
use accid_geo::{Coordinate, haversine_m};
use accid_model::{ArrangedBy, Chapter, Fields, Photo, Story};
use jiff::Timestamp;
use serde_json::Value;

use crate::{PublishedPlace, StoredPhoto};

/// A stay ends where the next photo is farther away than this, in metres.
const STAY_M: f64 = 5_000.0;

/// A photo as stories see it.
#[derive(Debug, Clone)]
pub struct StoryPhotoSource {
    /// The photo.
    pub stored: Arc<StoredPhoto>,
    /// When it was taken, as far as that is known.
    pub moment: Option<Timestamp>,
    /// What of its place may be told.
    pub place: PublishedPlace,
    /// The name of that place; empty when none may be told.
    pub name: String,
}

impl StoryPhotoSource {
    /// The photo's document.
    pub fn photo(&self) -> &Photo {
        &self.stored.photo
    }

    /// The local day it was taken on; empty when nobody knows.
    pub(crate) fn day(&self) -> &str {
        self.photo().taken.as_ref().map(accid_model::Taken::day).unwrap_or_default()
    }

    fn coordinate(&self) -> Option<Coordinate> {
        let location = self.photo().location?;
        Coordinate::new(location.lat, location.lon).ok()
    }
}

fn chapter(id: Id, day: &str) -> Chapter {
    Chapter {
        id,
        title: String::new(),
        text: Value::Null,
        photos: Vec::new(),
        date: day.to_owned(),
        place: String::new(),
        hidden: false,
        extra: Fields::new(),
    }
}

/// The id of the chapter of a day or of the stay that begins with a photo: always the same for the same photos, so that
/// links to it last.
fn chapter_id(by: ArrangedBy, source: &StoryPhotoSource) -> Option<Id> {
    let own = match by {
        ArrangedBy::Day if source.day().is_empty() => "undated".to_owned(),
        ArrangedBy::Day => format!("day-{}", source.day()),
        ArrangedBy::Place | ArrangedBy::Hand => {
            let id = source.photo().id.as_str();
            format!("at-{}", id.get(id.len().saturating_sub(40)..).unwrap_or(id))
        }
    };
    own.parse().ok()
}

/// Arranges all photos anew. Chapters that were there keep their id, title and text: by day those of the same day, by
/// place the one that has most of the same photos. What was written is never lost: a chapter with words that no photos
/// belong to stays at the end.
pub fn arranged(story: &Story, sources: &[StoryPhotoSource], by: ArrangedBy) -> Vec<Chapter> {
    let mut fresh: Vec<Chapter> = Vec::new();
    let mut last: Option<Coordinate> = None;
    for source in sources {
        let here = source.coordinate();
        let starts = match by {
            ArrangedBy::Day => fresh.last().is_none_or(|open| open.date != source.day()),
            ArrangedBy::Place => {
                fresh.is_empty()
                    || here.zip(last).is_some_and(|(here, last)| haversine_m(here, last) > STAY_M)
            }
            ArrangedBy::Hand => fresh.is_empty(),
        };
        last = here.or(last);
        let known = match by {
            ArrangedBy::Day => fresh.iter().position(|open| open.date == source.day()),
            _ => None,
        };
        match known {
            Some(index) => fresh[index].photos.push(source.photo().id.clone()),
            None if starts => {
                let Some(id) = chapter_id(by, source) else { continue };
                let mut begun = chapter(id, source.day());
                begun.photos.push(source.photo().id.clone());
                fresh.push(begun);
            }
            None => {
                if let Some(open) = fresh.last_mut() {
                    open.photos.push(source.photo().id.clone());
                }
            }
        }
    }
    keep_words(&mut fresh, &story.chapters, by);
    fresh
}

fn keep_words(fresh: &mut Vec<Chapter>, before: &[Chapter], by: ArrangedBy) {
    let mut used = vec![false; before.len()];
    for chapter in fresh.iter_mut() {
        let shared = |old: &Chapter| match by {
            ArrangedBy::Day => usize::from(!old.date.is_empty() && old.date == chapter.date),
            _ => old.photos.iter().filter(|photo| chapter.photos.contains(photo)).count(),
        };
        let best = (0..before.len())
            .filter(|index| !used[*index])
            .max_by_key(|index| (shared(&before[*index]), usize::MAX - index));
        if let Some(index) = best.filter(|index| shared(&before[*index]) > 0) {
            used[index] = true;
            let photos = std::mem::take(&mut chapter.photos);
            let date = std::mem::take(&mut chapter.date);
            *chapter = Chapter { photos, date, ..before[index].clone() };
        }
    }
    for (old, _) in before.iter().zip(used).filter(|(_, used)| !used) {
        if !old.title.trim().is_empty() || !old.text.is_null() {
            let taken = fresh.iter().any(|chapter| chapter.id == old.id);
            if !taken {
                fresh.push(Chapter { photos: Vec::new(), ..old.clone() });
            }
        }
    }
}

/// The chapters of a story as they are now: photos that came since join the chapters of their days, or the stay before
/// them; those that are gone are left out. By hand, nothing joins.
pub fn chapters_now(story: &Story, sources: &[StoryPhotoSource]) -> Vec<Chapter> {
    let order: HashMap<&Id, usize> = sources.iter().map(|source| &source.photo().id).zip(0..).collect();
    let mut chapters = story.chapters.clone();
    for chapter in &mut chapters {
        chapter.photos.retain(|photo| order.contains_key(photo));
    }
    if story.by == ArrangedBy::Hand {
        return chapters;
    }
    let told: Vec<Id> = chapters.iter().flat_map(|chapter| chapter.photos.iter().cloned()).collect();
    let new: Vec<StoryPhotoSource> =
        sources.iter().filter(|source| !told.contains(&source.photo().id)).cloned().collect();
    if new.is_empty() {
        return chapters;
    }
    let empty = Story { chapters: Vec::new(), ..story.clone() };
    for coming in arranged(&empty, &new, story.by) {
        let at = coming.photos.first().and_then(|photo| order.get(photo)).copied().unwrap_or(usize::MAX);
        let is_its = |chapter: &Chapter| match story.by {
            ArrangedBy::Day => chapter.date == coming.date,
            _ => chapter
                .photos
                .iter()
                .any(|photo| order.get(photo).is_some_and(|known| known.abs_diff(at) <= 1)),
        };
        if let Some(open) = chapters.iter_mut().find(|chapter| is_its(chapter)) {
            for photo in coming.photos {
                let place = order.get(&photo);
                let before = open.photos.iter().position(|known| order.get(known) > place);
                open.photos.insert(before.unwrap_or(open.photos.len()), photo);
            }
        } else {
            let first =
                |chapter: &Chapter| chapter.photos.first().and_then(|photo| order.get(photo)).copied();
            let before = chapters.iter().position(|chapter| first(chapter).is_some_and(|known| known > at));
            chapters.insert(before.unwrap_or(chapters.len()), coming);
        }
    }
    chapters
}

#[cfg(test)]
pub(crate) mod tests {
    use accid_base::ContentHash;
    use accid_model::Location;
    use serde_json::json;

    use super::*;

    pub(crate) fn source(id: &str, at: &str, place: Option<(f64, f64)>) -> StoryPhotoSource {
        let location = place.map(|(lat, lon)| json!({"lat": lat, "lon": lon}));
        let taken = (!at.is_empty()).then(|| json!({"at": at, "source": "offset"}));
        let photo =
            serde_json::from_value(json!({"id": id, "schema_version": 1, "filename": format!("{id}.jpg"),
            "hash": ContentHash::of(id.as_bytes()), "extension": "jpg", "width": 3, "height": 2, "bytes": 1,
            "added_at": "2026-01-01T00:00:00Z", "location": location, "taken": taken}))
            .unwrap();
        let stored = StoredPhoto {
            photo,
            hash: ContentHash::of(b""),
            file: format!("photos/{id}.json").parse().unwrap(),
        };
        StoryPhotoSource {
            stored: Arc::new(stored),
            moment: at.parse().ok(),
            place: place
                .map_or(PublishedPlace::Hidden, |(lat, lon)| PublishedPlace::Exact(Location::at(lat, lon))),
            name: place.map_or_else(String::new, |(lat, _)| format!("Place {lat:.0}")),
        }
    }

    fn photos(chapters: &[Chapter]) -> Vec<String> {
        let names = |chapter: &Chapter| chapter.photos.iter().map(Id::as_str).collect::<Vec<_>>().join("");
        chapters.iter().map(names).collect()
    }

    fn trip() -> Vec<StoryPhotoSource> {
        vec![
            source("a", "2026-03-01T08:00:00-04:00", Some((12.0, -61.7))),
            source("b", "2026-03-01T23:30:00-04:00", Some((12.01, -61.7))),
            source("c", "2026-03-02T09:00:00-04:00", Some((13.0, -61.2))),
            source("d", "2026-03-02T10:00:00-04:00", None),
            source("e", "", Some((13.01, -61.2))),
        ]
    }

    #[test]
    fn a_day_is_a_chapter_by_its_local_time_and_what_has_no_time_comes_last() {
        let story = Story::new("s".parse().unwrap(), "S");
        let chapters = arranged(&story, &trip(), ArrangedBy::Day);
        assert_eq!(photos(&chapters), ["ab", "cd", "e"]);
        assert_eq!(chapters[0].date, "2026-03-01");
        assert_eq!(chapters[2].id.as_str(), "undated");
    }

    #[test]
    fn a_stay_is_a_chapter_and_what_has_no_place_stays_with_the_one_before() {
        let story = Story::new("s".parse().unwrap(), "S");
        assert_eq!(photos(&arranged(&story, &trip(), ArrangedBy::Place)), ["ab", "cde"]);
    }

    #[test]
    fn arranging_anew_keeps_what_was_written() {
        let mut story = Story::new("s".parse().unwrap(), "S");
        story.chapters = arranged(&story, &trip(), ArrangedBy::Day);
        story.chapters[1].title = "Across".to_owned();
        story.chapters.push(Chapter { title: "Afterword".to_owned(), ..chapter("end".parse().unwrap(), "") });
        let by_place = arranged(&story, &trip(), ArrangedBy::Place);
        assert_eq!(photos(&by_place), ["ab", "cde", ""]);
        assert_eq!((by_place[1].title.as_str(), by_place[2].title.as_str()), ("Across", "Afterword"));
        let again = arranged(&Story { chapters: by_place, ..story }, &trip(), ArrangedBy::Day);
        assert_eq!(photos(&again)[..2], ["ab", "cd"]);
        assert_eq!(again[1].title, "Across");
    }

    #[test]
    fn new_photos_join_their_day_at_their_time_and_none_by_hand() {
        let all = trip();
        let mut story = Story::new("s".parse().unwrap(), "S");
        story.chapters = arranged(&story, &[all[0].clone(), all[3].clone()], ArrangedBy::Day);
        assert_eq!(photos(&chapters_now(&story, &all)), ["ab", "cd", "e"]);
        let by_hand = Story { by: ArrangedBy::Hand, ..story.clone() };
        assert_eq!(photos(&chapters_now(&by_hand, &all)), ["a", "d"]);
        assert_eq!(photos(&chapters_now(&story, &all[..1])), ["a", ""], "what is gone is left out");
    }
}
