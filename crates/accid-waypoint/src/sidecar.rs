//! Files of notes beside pictures (`.xmp`): read into the photo of the same name, and written from what ACCID knows.

use std::sync::Arc;

use accid_base::{ErrorCode, Problem};
use accid_media::{Notes, Position};
use accid_model::{Photo, Taken, TimeSource};
use accid_store::Project;

use crate::{
    Ingested, PhotoChanges, StoredPhoto, Waypoint, WaypointError, ingest,
    taken::{Facts, settle},
};

/// Whether a file of that name holds notes.
pub(crate) fn is_sidecar(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("xmp"))
}

/// Whether these notes belong to that photo: `IMG_1.xmp` and `IMG_1.CR2.xmp` do to `IMG_1.CR2`.
pub(crate) fn belongs(name: &str, photo: &Photo) -> bool {
    let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    let notes = stem(name);
    notes == photo.filename.to_lowercase() || notes == stem(&photo.filename)
}

impl Waypoint {
    /// Reads a file of notes into the photo it belongs to; what it does not say stays.
    pub(crate) fn read_sidecar(
        &self,
        project: &Project,
        author: &str,
        name: &str,
        bytes: &[u8],
    ) -> Result<Ingested, WaypointError> {
        let what = format!("\"{name}\" was not read.");
        let Some(stored) = self.photos(project).into_iter().rev().find(|stored| belongs(name, &stored.photo))
        else {
            let problem = Problem::new(ErrorCode::ObjectNotFound, what)
                .because("It holds notes on a picture, and there is no photo of that name.")
                .fix("Add the picture first, then the notes.");
            return Ok(Ingested::Refused(Box::new(problem)));
        };
        let notes = accid_media::read_sidecar(bytes);
        if notes == Notes::default() {
            let problem = Problem::new(ErrorCode::UnreadablePicture, what)
                .because("It is no XMP, or says nothing that ACCID reads.")
                .fix("Write it anew with the photo program it came from.");
            return Ok(Ingested::Refused(Box::new(problem)));
        }
        let changes = self.changes_of(project, &stored.photo, notes);
        let note = format!("Notes on \"{}\" read", stored.photo.filename);
        self.change_photos(project, author, vec![(Arc::clone(&stored), changes)], &note)?;
        Ok(Ingested::Notes(self.photo(project, stored.photo.id.as_str())?))
    }

    fn changes_of(&self, project: &Project, photo: &Photo, notes: Notes) -> PhotoChanges {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let location = ingest::location_of(&notes);
        let place = location.or(photo.location);
        let camera = &photo.exif.camera;
        let facts = Facts { date: &notes.date, camera: "", location: place, edited: true };
        let taken = settle(&facts, &self.settings(project).0, self.atlas());
        // The same time as the camera's own is no correction.
        let own = photo.exif.date.get(..19).filter(|own| notes.date.starts_with(own) && !camera.is_empty());
        PhotoChanges {
            title: text(&notes.title),
            caption: text(&notes.caption),
            keywords: Some(notes.keywords).filter(|words| !words.is_empty()),
            rating: notes.rating.map(Some),
            creator: text(&notes.creator),
            copyright: text(&notes.copyright),
            location: location.map(Some),
            taken: taken.filter(|_| own.is_none()).map(Some),
            ..PhotoChanges::default()
        }
    }

    /// What ACCID knows of a photo as an XMP file, which photo programs read when it lies beside the original.
    ///
    /// # Errors
    /// When there is no such photo.
    pub fn write_sidecar(
        &self,
        project: &Project,
        id: &str,
    ) -> Result<(Arc<StoredPhoto>, String), WaypointError> {
        let stored = self.photo(project, id)?;
        let photo = &stored.photo;
        let date =
            photo.taken.as_ref().map_or_else(|| photo.exif.date.clone(), |taken: &Taken| taken.at.clone());
        let notes = Notes {
            date_is_edited: photo.taken.as_ref().is_some_and(|taken| taken.source == TimeSource::Hand),
            date,
            position: photo.location.map(|at| Position {
                lat: at.lat,
                lon: at.lon,
                altitude: at.altitude,
                direction: at.direction,
            }),
            title: photo.title.clone(),
            caption: photo.caption.clone(),
            keywords: photo.keywords.clone(),
            rating: photo.rating,
            creator: photo.creator.clone(),
            copyright: photo.copyright.clone(),
            ..Notes::default()
        };
        let text = accid_media::write_sidecar(&notes);
        Ok((stored, text))
    }
}
