//! What people say of photos: one or many, in one step. Originals stay as they are.

use std::{collections::BTreeMap, sync::Arc};

use accid_base::{ContentHash, FieldError, Problem};
use accid_model::{
    Focus, Location, Photo, PhotoTranslation, PlaceSource, Privacy, Taken, TimeSource, to_value,
};
use accid_store::{Expect, Project, Transaction, Write};
use jiff::{SignedDuration, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::{StoredPhoto, Waypoint, WaypointError, taken};

/// Changes of a photo; what is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PhotoChanges {
    /// What the picture shows, for people who do not see it.
    pub alt: Option<String>,
    /// Whether it is mere decoration wherever it stands.
    pub decorative: Option<bool>,
    /// Its title.
    pub title: Option<String>,
    /// A line under the picture.
    pub caption: Option<String>,
    /// Words it is found by; all of them.
    pub keywords: Option<Vec<String>>,
    /// Words that are added to those it has.
    pub add_keywords: Option<Vec<String>>,
    /// Words that are taken from those it has.
    pub remove_keywords: Option<Vec<String>>,
    /// How good it is, from 0 to 5 stars; null for none.
    #[serde(deserialize_with = "present")]
    pub rating: Option<Option<u8>>,
    /// Who made the picture.
    pub creator: Option<String>,
    /// Whose the picture is.
    pub copyright: Option<String>,
    /// Whether it is left out of what is published.
    pub hidden: Option<bool>,
    /// How exactly its place is published.
    pub privacy: Option<Privacy>,
    /// When it was taken; null for what the camera said.
    #[serde(deserialize_with = "present")]
    pub taken: Option<Option<Taken>>,
    /// Seconds by which the time it was taken is moved.
    pub shift_seconds: Option<i64>,
    /// Where it was taken; null for nowhere.
    #[serde(deserialize_with = "present")]
    pub location: Option<Option<Location>>,
    /// What is kept in sight when it is cut to other proportions.
    pub focus: Option<Focus>,
    /// What is said of it in the site's other languages, by their tags; a language that is not named stays.
    pub translations: Option<BTreeMap<String, PhotoTranslation>>,
}

/// A place for a photo.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LocationChange {
    /// The photo, by id or file name.
    pub photo: String,
    /// Latitude in degrees, north positive (WGS 84).
    pub lat: Option<f64>,
    /// Longitude in degrees, east positive (WGS 84).
    pub lon: Option<f64>,
    /// Height above the sea in metres.
    pub altitude: Option<f64>,
    /// Degrees from true north, clockwise.
    pub direction: Option<f64>,
    /// How the place is known; by hand when missing.
    pub source: PlaceSource,
    /// The place as one value; `null`, like missing degrees, takes the photo's place away.
    pub location: Option<Location>,
}

/// What is there, also when it is null.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// Photos as they are after a change of many.
#[derive(Debug)]
pub struct ChangedPhotos {
    /// The photos.
    pub photos: Vec<Arc<StoredPhoto>>,
    /// What was named and is no photo, with why.
    pub missing: Vec<(String, Problem)>,
}

/// Most words a photo is found by.
const MOST_KEYWORDS: usize = 200;
/// Most characters of a text.
const LONGEST_TEXT: usize = 20_000;

impl PhotoChanges {
    /// What of it cannot be used.
    fn errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut wrong = |pointer: &str, message: &str| {
            errors.push(FieldError { pointer: pointer.to_owned(), message: message.to_owned() })
        };
        if let Some(Focus { x, y }) = self.focus
            && ![x, y].iter().all(|part| (0.0..=100.0).contains(part))
        {
            wrong("/focus", "x and y are percent from 0 to 100");
        }
        if self.rating.flatten().is_some_and(|stars| stars > 5) {
            wrong("/rating", "it is a number of stars from 0 to 5");
        }
        if let Some(Some(place)) = self.location
            && !is_on_earth(&place)
        {
            wrong("/location", "latitude is from -90 to 90, longitude from -180 to 180");
        }
        if let Some(Some(taken)) = &self.taken {
            if taken::parts(&taken.at).is_none() {
                wrong("/taken/at", "it is a time such as 2026-03-01T14:05:00-04:00");
            }
            if !taken.zone.is_empty() && TimeZone::get(&taken.zone).is_err() {
                wrong("/taken/zone", "it is no IANA name of a time zone");
            }
        }
        if self.shift_seconds.is_some_and(|seconds| seconds.unsigned_abs() > 200 * 366 * 86_400) {
            wrong("/shift_seconds", "it is less than 200 years");
        }
        let texts = [&self.alt, &self.title, &self.caption, &self.creator, &self.copyright];
        if texts.into_iter().flatten().any(|text| text.len() > LONGEST_TEXT) {
            wrong("", "a text is longer than 20000 characters");
        }
        if self.keywords.as_ref().is_some_and(|words| words.len() > MOST_KEYWORDS) {
            wrong("/keywords", "there are more than 200");
        }
        errors
    }

    fn apply(&self, photo: &mut Photo) {
        let texts = [
            (&self.alt, &mut photo.alt),
            (&self.title, &mut photo.title),
            (&self.caption, &mut photo.caption),
            (&self.creator, &mut photo.creator),
            (&self.copyright, &mut photo.copyright),
        ];
        for (said, own) in texts {
            if let Some(text) = said {
                text.trim().clone_into(own);
            }
        }
        if let Some(words) = &self.keywords {
            photo.keywords = words.clone();
        }
        photo.keywords.extend(self.add_keywords.iter().flatten().cloned());
        let gone = |word: &String| !self.remove_keywords.iter().flatten().any(|other| other.trim() == word);
        photo.keywords = distinct(&photo.keywords).into_iter().filter(gone).take(MOST_KEYWORDS).collect();
        photo.decorative = self.decorative.unwrap_or(photo.decorative);
        photo.hidden = self.hidden.unwrap_or(photo.hidden);
        photo.privacy = self.privacy.unwrap_or(photo.privacy);
        photo.rating = self.rating.unwrap_or(photo.rating);
        photo.focus = self.focus.or(photo.focus).filter(|focus| *focus != Focus::default());
        for (language, said) in self.translations.iter().flatten() {
            if *said == PhotoTranslation::default() {
                photo.translations.remove(language);
            } else {
                photo.translations.insert(language.clone(), said.clone());
            }
        }
        if let Some(location) = self.location {
            photo.location = location.map(by_hand);
        }
    }
}

/// A place that somebody sent is by hand, unless it says otherwise.
fn by_hand(location: Location) -> Location {
    let source = if location.source == PlaceSource::Unknown { PlaceSource::Hand } else { location.source };
    Location { source, ..location }
}

fn is_on_earth(place: &Location) -> bool {
    let fine = |value: Option<f64>| value.is_none_or(f64::is_finite);
    place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0 && fine(place.altitude) && fine(place.direction)
}

fn distinct(words: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for word in words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
        if !kept.iter().any(|known| known == word) {
            kept.push(word.to_owned());
        }
    }
    kept
}

impl Waypoint {
    /// Changes what is said of a photo; its original stays as it is.
    ///
    /// # Errors
    /// When there is none, it is not as `seen`, a value cannot be used, or the store refuses.
    pub fn update_photo(
        &self,
        project: &Project,
        author: &str,
        id: &str,
        changes: &PhotoChanges,
        seen: Option<ContentHash>,
    ) -> Result<Arc<StoredPhoto>, WaypointError> {
        let stored = self.photo(project, id)?;
        if seen.is_some_and(|seen| seen != stored.hash) {
            let current = to_value(&stored.photo);
            return Err(WaypointError::Stale { name: stored.photo.filename.clone(), current });
        }
        let note = format!("Photo \"{}\" described", stored.photo.filename);
        self.change_photos(project, author, vec![(Arc::clone(&stored), changes.clone())], &note)?;
        self.photo(project, stored.photo.id.as_str())
    }

    /// Changes many photos in the same way, in one step; those that are missing are named.
    ///
    /// # Errors
    /// When a value cannot be used or the store refuses; then nothing was changed.
    pub fn update_photos(
        &self,
        project: &Project,
        author: &str,
        ids: &[String],
        changes: &PhotoChanges,
    ) -> Result<ChangedPhotos, WaypointError> {
        let (found, refused) = self.named(project, ids.iter());
        let each = found.iter().map(|stored| (Arc::clone(stored), changes.clone())).collect();
        let note = format!("{} photos described", found.len());
        self.change_photos(project, author, each, &note)?;
        Ok(ChangedPhotos { photos: self.read_again(project, &found), missing: refused })
    }

    /// Puts photos at places, or takes their places away, in one step; those that are missing are named.
    ///
    /// # Errors
    /// When a place is none or the store refuses; then nothing was changed.
    pub fn update_locations(
        &self,
        project: &Project,
        author: &str,
        items: &[LocationChange],
    ) -> Result<ChangedPhotos, WaypointError> {
        let (mut each, mut found, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for item in items {
            let (mut one, missing) = self.named(project, std::iter::once(&item.photo));
            refused.extend(missing);
            let Some(stored) = one.pop() else { continue };
            let apart = item.lat.zip(item.lon).map(|(lat, lon)| Location {
                altitude: item.altitude,
                direction: item.direction,
                source: item.source,
                ..Location::at(lat, lon)
            });
            let location = item.location.or(apart);
            each.push((
                Arc::clone(&stored),
                PhotoChanges { location: Some(location), ..PhotoChanges::default() },
            ));
            found.push(stored);
        }
        self.change_photos(project, author, each, &format!("{} photos placed", found.len()))?;
        Ok(ChangedPhotos { photos: self.read_again(project, &found), missing: refused })
    }

    fn named<'a>(
        &self,
        project: &Project,
        ids: impl Iterator<Item = &'a String>,
    ) -> (Vec<Arc<StoredPhoto>>, Vec<(String, Problem)>) {
        let shelf = self.shelf(project);
        let (mut found, mut refused): (Vec<Arc<StoredPhoto>>, Vec<_>) = (Vec::new(), Vec::new());
        for id in ids {
            match shelf.find(id) {
                Some(stored) if found.iter().any(|known| known.photo.id == stored.photo.id) => {}
                Some(stored) => found.push(Arc::clone(stored)),
                None => {
                    let missing = WaypointError::PhotoNotFound(id.chars().take(80).collect());
                    refused.push((id.clone(), accid_base::Explain::problem(&missing)));
                }
            }
        }
        (found, refused)
    }

    fn read_again(&self, project: &Project, photos: &[Arc<StoredPhoto>]) -> Vec<Arc<StoredPhoto>> {
        let shelf = self.shelf(project);
        photos.iter().filter_map(|stored| shelf.get(&stored.photo.id)).cloned().collect()
    }

    /// Changes photos in one step of the history.
    pub(crate) fn change_photos(
        &self,
        project: &Project,
        author: &str,
        each: Vec<(Arc<StoredPhoto>, PhotoChanges)>,
        note: &str,
    ) -> Result<(), WaypointError> {
        let errors: Vec<FieldError> = each.iter().flat_map(|(_, changes)| changes.errors()).collect();
        if !errors.is_empty() {
            let what =
                if each.len() == 1 { "The photo was not changed." } else { "The photos were not changed." };
            return Err(WaypointError::Invalid { what: what.to_owned(), errors });
        }
        let mut writes: Vec<Write> = Vec::new();
        for (stored, changes) in each {
            let photo = self.changed(project, &stored.photo, &changes);
            if photo == stored.photo {
                continue;
            }
            let value = Some(to_value(&photo));
            let expect = Expect::Hash(stored.hash);
            // A photo that is named twice gets what was said last.
            writes.retain(|write| write.path != stored.file);
            writes.push(Write { path: stored.file.clone(), value, expect });
        }
        if !writes.is_empty() {
            project.commit(Transaction { author: author.to_owned(), note: note.to_owned(), writes })?;
        }
        Ok(())
    }

    fn changed(&self, project: &Project, before: &Photo, changes: &PhotoChanges) -> Photo {
        let mut photo = before.clone();
        changes.apply(&mut photo);
        let settings = || self.settings(project).0;
        match &changes.taken {
            Some(Some(said)) => photo.taken = Some(self.taken_by_hand(&photo, said)),
            Some(None) => {
                photo.taken = None;
                photo.taken = taken::settled_again(&photo, &settings(), self.atlas());
            }
            // The zone may follow from the place.
            None if photo.location != before.location => {
                photo.taken = taken::settled_again(&photo, &settings(), self.atlas());
            }
            None => {}
        }
        if let Some(seconds) = changes.shift_seconds.filter(|seconds| *seconds != 0)
            && let Some(present) = &photo.taken
            && let Some((civil, offset)) = taken::parts(&present.at)
            && let Ok(moved) = civil.checked_add(SignedDuration::from_secs(seconds))
        {
            let at = taken::written(moved, offset);
            photo.taken = Some(Taken { at, zone: present.zone.clone(), source: TimeSource::Hand });
        }
        photo
    }

    /// A time that somebody wrote: without an offset it is that of the zone they named, or of the place.
    fn taken_by_hand(&self, photo: &Photo, said: &Taken) -> Taken {
        let source = if said.source == TimeSource::Clock { TimeSource::Hand } else { said.source };
        let (Some((civil, None)), false) = (taken::parts(&said.at), said.at.is_empty()) else {
            return Taken { source, ..said.clone() };
        };
        let there = || {
            let name = self.places.name(self.atlas(), photo.location.as_ref()?);
            Some(name.zone.clone())
        };
        let zone = Some(said.zone.clone()).filter(|zone| !zone.is_empty()).or_else(there).unwrap_or_default();
        match TimeZone::get(&zone).and_then(|found| civil.to_zoned(found)) {
            Ok(zoned) if !zone.is_empty() => {
                Taken { at: taken::written(zoned.datetime(), Some(zoned.offset())), zone, source }
            }
            _ => Taken { at: taken::written(civil, None), zone: String::new(), source },
        }
    }
}
