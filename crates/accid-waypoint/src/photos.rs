//! Photos: take in, list, remove. Originals are stored once by their hash and never changed.

use accid_base::{ContentHash, ErrorCode, Explain as _, Problem, RelativePath};
use accid_media::{MediaError, Picture, glance, probe};
use accid_model::{
    Document as _, Fields, Focus, Glance, Location, Page, Photo, PhotoExif, PlaceSource, Privacy, TrashEntry,
    TrashedObject, to_value,
};
use accid_store::{Expect, Project, Transaction, Write};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Waypoint, WaypointError};

/// A photo as it is stored.
#[derive(Debug, Clone)]
pub struct StoredPhoto {
    /// The photo.
    pub photo: Photo,
    /// Content hash of its document.
    pub hash: ContentHash,
    /// Its file.
    pub file: RelativePath,
}

/// A file to be taken in.
#[derive(Debug, Clone)]
pub struct NewPhoto<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// Changes of a photo; what is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PhotoChanges {
    /// What the picture shows, for people who do not see it.
    pub alt: Option<String>,
    /// Whether it is mere decoration wherever it stands.
    pub decorative: Option<bool>,
    /// A line under the picture.
    pub caption: Option<String>,
    /// What is kept in sight when it is cut to other proportions.
    pub focus: Option<Focus>,
    /// What is said of it in the site's other languages, by their tags. A language that is not named stays as it is, and
    /// one of which nothing is said is forgotten.
    pub translations: std::collections::BTreeMap<String, accid_model::PhotoTranslation>,
}

/// What became of a file.
#[derive(Debug)]
pub enum Ingested {
    /// It is now a photo of the project.
    Photo(Box<StoredPhoto>),
    /// It was not taken in; says why and what to do.
    Refused(Box<Problem>),
}

fn refused(name: &str, error: &MediaError) -> Problem {
    let problem = error.problem();
    let what = format!("\"{name}\" was not taken in.");
    Problem::new(ErrorCode::UnreadablePicture, what).because(problem.what).fix(problem.fix)
}

/// The last part of whatever name a browser or a person gave.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last.chars().filter(|character| !character.is_control()).take(120).collect();
    if clean.trim().is_empty() { "picture".to_owned() } else { clean }
}

impl Waypoint {
    /// All photos that can be read, oldest first.
    pub fn photos(&self, project: &Project) -> Vec<StoredPhoto> {
        let open = |(file, stored): (RelativePath, accid_store::Stored)| {
            let photo = accid_model::open::<Photo>(&stored.value).ok()?.document;
            Some(StoredPhoto { photo, hash: stored.hash, file })
        };
        let mut photos: Vec<_> = project.list(Photo::FOLDER).into_iter().filter_map(open).collect();
        photos.sort_by(|left, right| {
            (left.photo.added_at, &left.photo.filename).cmp(&(right.photo.added_at, &right.photo.filename))
        });
        photos
    }

    /// One photo, by id or file name.
    ///
    /// # Errors
    /// When there is none.
    pub fn photo(&self, project: &Project, id_or_name: &str) -> Result<StoredPhoto, WaypointError> {
        let photos = self.photos(project);
        let by_id = photos.iter().find(|stored| stored.photo.id.as_str() == id_or_name);
        by_id
            .or_else(|| photos.iter().find(|stored| stored.photo.filename == id_or_name))
            .cloned()
            .ok_or_else(|| WaypointError::PhotoNotFound(id_or_name.chars().take(80).collect()))
    }

    /// The photo a file would become; nothing is stored.
    ///
    /// # Errors
    /// When it is no picture ACCID can read.
    pub fn describe(&self, new: &NewPhoto<'_>) -> Result<Photo, Problem> {
        let name = plain_name(new.name);
        let picture = probe(new.bytes).map_err(|error| refused(&name, &error))?;
        Ok(self.photo_of(&name, new.bytes, ContentHash::of(new.bytes), &picture))
    }

    /// Takes a file in. A file that is no picture, or is there already, is refused with a sentence; nothing else is.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn ingest(
        &self,
        project: &Project,
        author: &str,
        new: &NewPhoto<'_>,
    ) -> Result<Ingested, WaypointError> {
        let mut photo = match self.describe(new) {
            Ok(photo) => photo,
            Err(problem) => return Ok(Ingested::Refused(Box::new(problem))),
        };
        let (name, hash) = (&photo.filename, photo.hash);
        if let Some(twin) = self.photos(project).into_iter().find(|stored| stored.photo.hash == hash) {
            let what = format!("\"{name}\" was not taken in again.");
            let why = format!("The same picture is in the project as \"{}\".", twin.photo.filename);
            let fix = "Use that one.";
            return Ok(Ingested::Refused(Box::new(
                Problem::new(ErrorCode::NameTaken, what).because(why).fix(fix),
            )));
        }
        // Before anything is stored and with nothing held, so that nobody's save waits for the decoding.
        photo.glance = look_at(new.bytes);
        let name = &photo.filename;
        project.put_media(new.bytes, &photo.extension)?;
        let file = RelativePath::document(Photo::FOLDER, photo.id.as_str())?;
        let write = Write::put(file, to_value(&photo)).if_absent();
        let note = format!("Photo \"{name}\" added");
        project.commit(Transaction { author: author.to_owned(), note, writes: vec![write] })?;
        let stored = self.photo(project, photo.id.as_str())?;
        Ok(Ingested::Photo(Box::new(stored)))
    }

    fn photo_of(&self, name: &str, bytes: &[u8], hash: ContentHash, picture: &Picture) -> Photo {
        Photo {
            id: self.new_id(),
            schema_version: Photo::VERSION,
            filename: name.to_owned(),
            hash,
            extension: picture.format.extension().to_owned(),
            width: picture.width,
            height: picture.height,
            bytes: bytes.len() as u64,
            added_at: self.clock.now(),
            alt: String::new(),
            decorative: false,
            title: String::new(),
            caption: String::new(),
            keywords: Vec::new(),
            rating: None,
            creator: String::new(),
            copyright: String::new(),
            hidden: false,
            privacy: Privacy::Inherited,
            taken: None,
            focus: None,
            glance: Glance::default(),
            location: picture
                .location
                .map(|(lat, lon)| Location { source: PlaceSource::Gps, ..Location::at(lat, lon) }),
            exif: PhotoExif {
                camera: picture.camera.clone(),
                date: picture.date.clone(),
                ..PhotoExif::default()
            },
            translations: std::collections::BTreeMap::new(),
            waypoints: Vec::new(),
            extra: Fields::new(),
        }
    }

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
    ) -> Result<StoredPhoto, WaypointError> {
        let stored = self.photo(project, id)?;
        if seen.is_some_and(|seen| seen != stored.hash) {
            let current = to_value(&stored.photo);
            return Err(WaypointError::Stale { photo: stored.photo.filename, current });
        }
        if let Some(Focus { x, y }) = changes.focus
            && ![x, y].iter().all(|part| (0.0..=100.0).contains(part))
        {
            return Err(WaypointError::FocusOutside);
        }
        let mut photo = stored.photo.clone();
        if let Some(alt) = &changes.alt {
            alt.trim().clone_into(&mut photo.alt);
        }
        if let Some(caption) = &changes.caption {
            caption.trim().clone_into(&mut photo.caption);
        }
        for (language, told) in &changes.translations {
            photo.translations.insert(language.clone(), told.clone());
        }
        photo.translations.retain(|_, told| !told.alt.trim().is_empty() || !told.caption.trim().is_empty());
        photo.decorative = changes.decorative.unwrap_or(photo.decorative);
        photo.focus = changes.focus.or(photo.focus).filter(|focus| *focus != Focus::default());
        if photo == stored.photo {
            return Ok(stored);
        }
        let write = Write {
            path: stored.file.clone(),
            value: Some(to_value(&photo)),
            expect: Expect::Hash(stored.hash),
        };
        let note = format!("Photo \"{}\" described", photo.filename);
        project.commit(Transaction { author: author.to_owned(), note, writes: vec![write] })?;
        self.photo(project, photo.id.as_str())
    }

    /// Moves a photo to the trash. Its original stays in `media/`, for a kept version may show it.
    ///
    /// # Errors
    /// When there is none, or a page still shows it.
    pub fn remove_photo(
        &self,
        project: &Project,
        author: &str,
        id: &str,
    ) -> Result<TrashEntry, WaypointError> {
        let stored = self.photo(project, id)?;
        let needle = format!("\"{}\"", stored.photo.id);
        let shown: Vec<_> = project
            .list(Page::FOLDER)
            .into_iter()
            .filter(|(_, page)| page.value.to_string().contains(&needle))
            .map(|(path, _)| format!("\"{}\"", path.file_name().trim_end_matches(".json")))
            .collect();
        if !shown.is_empty() {
            return Err(WaypointError::InUse { photo: stored.photo.filename, pages: shown.join(", ") });
        }
        let removed = TrashedObject::File { path: stored.file.clone(), document: to_value(&stored.photo) };
        let label = &stored.photo.filename;
        let entry = TrashEntry::new(self.new_id(), removed, label, self.clock.now(), author);
        let writes = vec![
            Write::remove(stored.file.clone()).if_still(stored.hash),
            Write::put(entry.file()?, to_value(&entry)).if_absent(),
        ];
        let note = format!("Photo \"{}\" moved to the trash", stored.photo.filename);
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        Ok(entry)
    }
}

/// What a photo looks like from afar; nothing when its pixels cannot be read, which the export will tell.
fn look_at(bytes: &[u8]) -> Glance {
    glance(bytes).map_or_else(
        |_| Glance::default(),
        |seen| Glance {
            thumbhash: STANDARD.encode(seen.thumbhash),
            peak: Some(seen.peak),
            ..Glance::default()
        },
    )
}
