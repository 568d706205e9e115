//! Use cases about photos: taking in, listing, changing one or many.

use std::sync::Arc;

use accid_access::{Permit, Read, Write};
use accid_base::{ContentHash, Problem};
use accid_store::Project;
use accid_waypoint::{
    ChangedPhotos, DerivedPicture, Ingested, KnownSource, LocationChange, NewPhoto, PhotoChanges,
    PhotoFilter, StoredPhoto, WaypointsChange,
};
use serde_json::Value;

use crate::{Inner, KnownView, PhotoView, Refused, Role, TrashView, UploadView, UploadedFile, explain};

/// Use cases about photos.
pub struct Photos<'a>(pub(crate) &'a Arc<Inner>);

/// A photo as people see it.
pub(crate) fn view(inner: &Inner, stored: &StoredPhoto) -> PhotoView {
    let thumbnail = accid_render::smallest_picture(&stored.photo).map_or_else(String::new, |file| file.path);
    let place = inner.waypoint.place_name(&stored.photo).map(|name| (*name).clone());
    PhotoView { thumbnail, place, photo: stored.photo.clone(), etag: stored.hash }
}

/// What became of a file, as people see it.
pub(crate) fn ingested(inner: &Inner, name: &str, ingested: Ingested) -> Result<PhotoView, Refused> {
    let refused =
        |problem: &Problem, photo| Refused { name: name.to_owned(), reason: problem.sentence(), photo };
    match ingested {
        Ingested::Photo(stored) | Ingested::Notes(stored) => Ok(view(inner, &stored)),
        Ingested::Known { photo, problem } => Err(refused(&problem, Some(photo))),
        Ingested::Refused(problem) => Err(refused(&problem, None)),
    }
}

impl Photos<'_> {
    fn views(&self, photos: &[Arc<StoredPhoto>]) -> Vec<PhotoView> {
        photos.iter().map(|stored| view(self.0, stored)).collect()
    }

    fn changed(&self, changed: ChangedPhotos) -> UploadView {
        let ChangedPhotos { photos, missing } = changed;
        let refused =
            |(name, problem): (String, Problem)| Refused { name, reason: problem.sentence(), photo: None };
        UploadView { items: self.views(&photos), refused: missing.into_iter().map(refused).collect() }
    }

    /// All photos of a project, oldest first.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn list(&self, permit: &Permit<Read>, project: &str) -> Result<Vec<PhotoView>, Problem> {
        self.find(permit, project, &PhotoFilter::default())
    }

    /// The photos of a project that a filter lets through, in its order.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn find(
        &self,
        _: &Permit<Read>,
        project: &str,
        filter: &PhotoFilter,
    ) -> Result<Vec<PhotoView>, Problem> {
        let project = self.0.project(project)?;
        Ok(self.views(&self.0.waypoint.filtered(&project, filter)))
    }

    /// Part of what [`Self::find`] finds, and how many there are in all.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn find_some(
        &self,
        _: &Permit<Read>,
        project: &str,
        filter: &PhotoFilter,
        part: std::ops::Range<usize>,
    ) -> Result<(Vec<PhotoView>, usize), Problem> {
        let project = self.0.project(project)?;
        let found = self.0.waypoint.filtered(&project, filter);
        let end = part.end.min(found.len());
        Ok((self.views(&found[part.start.min(end)..end]), found.len()))
    }

    /// Takes picture files in; those that are no pictures, or are there already, are refused with a reason. Files of
    /// notes (`.xmp`) are read after the pictures they may belong to.
    ///
    /// # Errors
    /// When the project is missing or the disk refuses.
    pub fn upload(
        &self,
        permit: &Permit<Write>,
        project: &str,
        files: &[UploadedFile],
    ) -> Result<UploadView, Problem> {
        let project = self.writable(project)?;
        let mut answer = UploadView { items: Vec::new(), refused: Vec::new() };
        let is_notes = |file: &&UploadedFile| file.name.to_ascii_lowercase().ends_with(".xmp");
        let (notes, pictures): (Vec<_>, Vec<_>) = files.iter().partition(is_notes);
        for file in pictures.into_iter().chain(notes) {
            let new = NewPhoto { name: &file.name, bytes: &file.bytes };
            let taken = self.0.waypoint.ingest(&project, permit.author(), &new).map_err(explain)?;
            match ingested(self.0, &file.name, taken) {
                Ok(photo) => answer.items.push(photo),
                Err(refused) => answer.refused.push(refused),
            }
        }
        tracing::info!(project_id = %project.id(), photos = answer.items.len(), "photos_added");
        Ok(answer)
    }

    /// The project, if photos may be added to it in this process.
    pub(crate) fn writable(&self, project: &str) -> Result<Arc<Project>, Problem> {
        self.0.roles.require(Role::Waypoint).or_else(|_| self.0.roles.require(Role::Builder))?;
        self.0.project(project)
    }

    /// Which of these files are photos of the project already.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn known(
        &self,
        _: &Permit<Write>,
        project: &str,
        sources: &[KnownSource],
    ) -> Result<KnownView, Problem> {
        let project = self.0.project(project)?;
        Ok(KnownView { known: self.0.waypoint.known_sources(&project, sources) })
    }

    /// One photo, by id or file name.
    ///
    /// # Errors
    /// When the project or photo is missing.
    pub fn get(&self, _: &Permit<Read>, project: &str, photo: &str) -> Result<PhotoView, Problem> {
        let project = self.0.project(project)?;
        Ok(view(self.0, &*self.0.waypoint.photo(&project, photo).map_err(explain)?))
    }

    /// A smaller picture of a photo: 320, 1280 or 2048 pixels on its longest side.
    ///
    /// # Errors
    /// When the project, photo or size is missing, or the original cannot be read.
    pub fn picture(
        &self,
        _: &Permit<Read>,
        project: &str,
        photo: &str,
        size: u32,
    ) -> Result<DerivedPicture, Problem> {
        let project = self.0.project(project)?;
        let made = self.0.waypoint.derived_picture(&project, photo, size);
        made.map_err(|error| self.0.explain_of(&project, error))
    }

    /// The original of a photo.
    ///
    /// # Errors
    /// When the project or photo is missing, or the original cannot be read.
    pub fn original(&self, _: &Permit<Read>, project: &str, photo: &str) -> Result<DerivedPicture, Problem> {
        let project = self.0.project(project)?;
        self.0.waypoint.original(&project, photo).map_err(|error| self.0.explain_of(&project, error))
    }

    /// Changes what is said of a photo; its original stays as it is.
    ///
    /// # Errors
    /// When it is missing, not as `seen`, or a value cannot be used.
    pub fn update(
        &self,
        permit: &Permit<Write>,
        project: &str,
        photo: &str,
        changes: &PhotoChanges,
        seen: Option<ContentHash>,
    ) -> Result<PhotoView, Problem> {
        let project = self.0.project(project)?;
        let changed = self.0.waypoint.update_photo(&project, permit.author(), photo, changes, seen);
        Ok(view(self.0, &*changed.map_err(explain)?))
    }

    /// Changes many photos in the same way, in one step of the history.
    ///
    /// # Errors
    /// When the project is missing or a value cannot be used; then nothing was changed.
    pub fn update_many(
        &self,
        permit: &Permit<Write>,
        project: &str,
        ids: &[String],
        changes: &PhotoChanges,
    ) -> Result<UploadView, Problem> {
        let project = self.0.project(project)?;
        let changed = self.0.waypoint.update_photos(&project, permit.author(), ids, changes);
        Ok(self.changed(changed.map_err(explain)?))
    }

    /// Puts photos at places, or takes their places away, in one step of the history.
    ///
    /// # Errors
    /// When the project is missing or a place is none; then nothing was changed.
    pub fn place(
        &self,
        permit: &Permit<Write>,
        project: &str,
        items: &[LocationChange],
    ) -> Result<UploadView, Problem> {
        let project = self.0.project(project)?;
        let changed = self.0.waypoint.update_locations(&project, permit.author(), items);
        Ok(self.changed(changed.map_err(explain)?))
    }

    /// Puts photos in another order; those that are not named keep their places.
    ///
    /// # Errors
    /// When the project or a photo is missing.
    pub fn reorder(
        &self,
        permit: &Permit<Write>,
        project: &str,
        ids: &[String],
    ) -> Result<Vec<PhotoView>, Problem> {
        let project = self.0.project(project)?;
        let ordered = self.0.waypoint.reorder_photos(&project, permit.author(), ids).map_err(explain)?;
        Ok(self.views(&ordered))
    }

    /// Puts labelled points on a photo in place of those it has.
    ///
    /// # Errors
    /// When the project or photo is missing, it is not as `seen`, or a point cannot be.
    pub fn save_waypoints(
        &self,
        permit: &Permit<Write>,
        project: &str,
        change: &WaypointsChange,
        seen: Option<ContentHash>,
    ) -> Result<PhotoView, Problem> {
        let project = self.0.project(project)?;
        let saved = self.0.waypoint.save_waypoints(&project, permit.author(), change, seen);
        Ok(view(self.0, &*saved.map_err(explain)?))
    }

    /// The points on a photo as W3C Web Annotations; `source` is where the picture is found.
    ///
    /// # Errors
    /// When the project or photo is missing.
    pub fn annotations(
        &self,
        _: &Permit<Read>,
        project: &str,
        photo: &str,
        source: &str,
    ) -> Result<Value, Problem> {
        let project = self.0.project(project)?;
        self.0.waypoint.annotations(&project, photo, source).map_err(explain)
    }

    /// What ACCID knows of a photo as an XMP file: its name and its text.
    ///
    /// # Errors
    /// When the project or photo is missing.
    pub fn sidecar(&self, _: &Permit<Read>, project: &str, photo: &str) -> Result<(String, String), Problem> {
        let project = self.0.project(project)?;
        let (stored, text) = self.0.waypoint.write_sidecar(&project, photo).map_err(explain)?;
        let name = &stored.photo.filename;
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        Ok((format!("{stem}.xmp"), text))
    }

    /// Moves a photo to the trash.
    ///
    /// # Errors
    /// When there is none, or a page still shows it.
    pub fn remove(&self, permit: &Permit<Write>, project: &str, photo: &str) -> Result<TrashView, Problem> {
        let project = self.0.project(project)?;
        let entry = self.0.waypoint.remove_photo(&project, permit.author(), photo).map_err(explain)?;
        crate::trash::view(&project, &entry)
    }
}
