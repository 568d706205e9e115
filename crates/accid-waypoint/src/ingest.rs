//! Taking files in: a picture becomes a photo, a file of notes (`.xmp`) is read into the photo it belongs to. An original
//! is stored once by its hash and never changed.

use std::sync::Arc;

use accid_base::{ContentHash, ErrorCode, Explain as _, Id, Problem, RelativePath, locked, plain_file_name};
use accid_media::{Digest, MediaError, Notes, Picture, probe};
use accid_model::{
    Fields, Glance, Location, Photo, PhotoExif, PlaceSource, Privacy, WaypointSettings, to_value,
};
use accid_store::{Project, Transaction, Write};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    StoredPhoto, Waypoint, WaypointError, sidecar,
    taken::{Facts, settle},
};

/// A file to be taken in.
#[derive(Debug, Clone)]
pub struct NewPhoto<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// What became of a file.
#[derive(Debug)]
pub enum Ingested {
    /// It is now a photo of the project.
    Photo(Arc<StoredPhoto>),
    /// It held notes, which were read into this photo.
    Notes(Arc<StoredPhoto>),
    /// The very same picture was there already.
    Known {
        /// As which photo.
        photo: Id,
        /// That in words.
        problem: Box<Problem>,
    },
    /// It was not taken in; says why and what to do.
    Refused(Box<Problem>),
}

fn refused(name: &str, error: &MediaError) -> Problem {
    let problem = error.problem();
    let what = format!("\"{name}\" was not taken in.");
    Problem::new(problem.code, what).because(problem.what).fix(problem.fix)
}

fn known(name: &str, twin: &StoredPhoto) -> Ingested {
    let what = format!("\"{name}\" was not taken in again.");
    let why = format!("The same picture is in the project as \"{}\".", twin.photo.filename);
    let problem = Problem::new(ErrorCode::NameTaken, what).because(why).fix("Use that one.");
    Ingested::Known { photo: twin.photo.id.clone(), problem: Box::new(problem) }
}

/// A file, without its bytes.
struct Original<'a> {
    name: &'a str,
    bytes: u64,
    hash: ContentHash,
}

/// An original that is being taken in; nobody else takes the same one in meanwhile.
struct Coming<'a> {
    waypoint: &'a Waypoint,
    key: (Id, ContentHash),
}

impl Drop for Coming<'_> {
    fn drop(&mut self) {
        locked(&self.waypoint.coming).remove(&self.key);
    }
}

impl Waypoint {
    /// The photo a file would become; nothing is stored.
    ///
    /// # Errors
    /// When it is no picture ACCID can read.
    pub fn describe(&self, new: &NewPhoto<'_>) -> Result<Photo, Problem> {
        let name = plain_file_name(new.name, "picture");
        let picture = probe(new.bytes).map_err(|error| refused(&name, &error))?;
        let of = Original { name: &name, bytes: new.bytes.len() as u64, hash: ContentHash::of(new.bytes) };
        Ok(self.photo_of(&of, &picture, &WaypointSettings::default()))
    }

    /// Takes a file in. A file that is no picture, or is there already, is refused with a sentence; nothing else is.
    /// When this returns a photo, it and its original survive a power cut.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn ingest(
        &self,
        project: &Project,
        author: &str,
        new: &NewPhoto<'_>,
    ) -> Result<Ingested, WaypointError> {
        let name = plain_file_name(new.name, "picture");
        if sidecar::is_sidecar(&name) {
            return self.read_sidecar(project, author, &name, new.bytes);
        }
        let hash = ContentHash::of(new.bytes);
        if let Some(twin) = self.shelf(project).of_original(&hash) {
            return Ok(known(&name, twin));
        }
        let picture = match probe(new.bytes) {
            Ok(picture) => picture,
            Err(error) => return Ok(Ingested::Refused(Box::new(refused(&name, &error)))),
        };
        let Some(_coming) = self.begin(project, hash) else {
            let problem = Problem::new(ErrorCode::NameTaken, format!("\"{name}\" was not taken in again."))
                .because("The same picture is being taken in right now.")
                .fix("Look for it in the list of photos in a moment.");
            return Ok(Ingested::Refused(Box::new(problem)));
        };
        let settings = self.settings(project).0;
        let of = Original { name: &name, bytes: new.bytes.len() as u64, hash };
        let mut photo = self.photo_of(&of, &picture, &settings);
        // Before anything is stored and with nothing held, so that nobody's save waits for the decoding.
        match self.digest(&picture, new.bytes) {
            Ok(digest) => {
                photo.glance = seen(&digest);
                self.keep_derived(project, &photo, &digest);
            }
            Err(error) => return Ok(Ingested::Refused(Box::new(refused(&name, &error)))),
        }
        project.put_media(new.bytes, &photo.extension)?;
        let file = RelativePath::document(Photo::FOLDER, photo.id.as_str())?;
        let write = Write::put(file, to_value(&photo)).if_absent();
        let note = format!("Photo \"{name}\" added");
        {
            let _adding = locked(&self.adding);
            if let Some(twin) = self.shelf(project).of_original(&hash) {
                return Ok(known(&name, twin));
            }
            project.commit(Transaction { author: author.to_owned(), note, writes: vec![write] })?;
        }
        Ok(Ingested::Photo(self.photo(project, photo.id.as_str())?))
    }

    fn begin(&self, project: &Project, hash: ContentHash) -> Option<Coming<'_>> {
        let key = (project.id(), hash);
        locked(&self.coming).insert(key.clone()).then_some(Coming { waypoint: self, key })
    }

    fn photo_of(&self, of: &Original<'_>, picture: &Picture, settings: &WaypointSettings) -> Photo {
        let notes = &picture.notes;
        let location = location_of(notes);
        let camera = notes.camera();
        let facts = Facts { date: &notes.date, camera: &camera, location, edited: notes.date_is_edited };
        let taken = settle(&facts, settings, self.atlas());
        let date = if notes.date_is_edited { String::new() } else { notes.date.clone() };
        Photo {
            id: self.new_id(),
            schema_version: <Photo as accid_model::Document>::VERSION,
            filename: of.name.to_owned(),
            hash: of.hash,
            extension: picture.format.extension().to_owned(),
            width: picture.width,
            height: picture.height,
            bytes: of.bytes,
            added_at: self.clock.now(),
            alt: String::new(),
            decorative: false,
            title: notes.title.clone(),
            caption: notes.caption.clone(),
            keywords: notes.keywords.clone(),
            rating: notes.rating,
            creator: notes.creator.clone(),
            copyright: notes.copyright.clone(),
            hidden: false,
            privacy: Privacy::Inherited,
            taken,
            focus: None,
            glance: Glance::default(),
            location,
            exif: PhotoExif {
                camera,
                make: notes.make.clone(),
                model: notes.model.clone(),
                lens: notes.lens.clone(),
                date,
                shutter: notes.shutter.clone(),
                aperture: notes.aperture,
                iso: notes.iso,
                focal_length: notes.focal_length,
                orientation: notes.orientation,
                extra: Fields::new(),
            },
            translations: std::collections::BTreeMap::new(),
            waypoints: Vec::new(),
            extra: Fields::new(),
        }
    }
}

/// Where the notes say that it was taken.
pub(crate) fn location_of(notes: &Notes) -> Option<Location> {
    notes.position.map(|position| Location {
        altitude: position.altitude,
        direction: position.direction,
        source: PlaceSource::Gps,
        ..Location::at(position.lat, position.lon)
    })
}

fn seen(digest: &Digest) -> Glance {
    Glance {
        thumbhash: STANDARD.encode(&digest.glance.thumbhash),
        peak: Some(digest.glance.peak),
        fingerprint: format!("{:016x}", digest.fingerprint),
        extra: Fields::new(),
    }
}
