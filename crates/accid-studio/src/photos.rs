//! Use cases about photos.

use std::sync::Arc;

use accid_access::{Permit, Read, Write};
use accid_base::{ContentHash, Problem};
use accid_waypoint::{Ingested, NewPhoto, PhotoChanges, StoredPhoto};

use crate::{Inner, PhotoView, Refused, Role, TrashView, UploadView, UploadedFile, explain};

/// Use cases about photos.
pub struct Photos<'a>(pub(crate) &'a Arc<Inner>);

fn view(stored: StoredPhoto) -> PhotoView {
    let thumbnail = accid_render::smallest_picture(&stored.photo).map_or_else(String::new, |file| file.path);
    PhotoView { thumbnail, photo: stored.photo, etag: stored.hash }
}

impl Photos<'_> {
    /// All photos of a project, oldest first.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn list(&self, _: &Permit<Read>, project: &str) -> Result<Vec<PhotoView>, Problem> {
        let project = self.0.project(project)?;
        Ok(self.0.waypoint.photos(&project).into_iter().map(view).collect())
    }

    /// Takes picture files in; those that are no pictures, or are there already, are refused with a reason.
    ///
    /// # Errors
    /// When the project is missing or the disk refuses.
    pub fn upload(
        &self,
        permit: &Permit<Write>,
        project: &str,
        files: &[UploadedFile],
    ) -> Result<UploadView, Problem> {
        self.0.roles.require(Role::Waypoint).or_else(|_| self.0.roles.require(Role::Builder))?;
        let project = self.0.project(project)?;
        let mut answer = UploadView { items: Vec::new(), refused: Vec::new() };
        for file in files {
            let new = NewPhoto { name: &file.name, bytes: &file.bytes };
            match self.0.waypoint.ingest(&project, permit.author(), &new).map_err(explain)? {
                Ingested::Photo(photo) => answer.items.push(view(*photo)),
                Ingested::Refused(problem) => {
                    answer.refused.push(Refused { name: file.name.clone(), reason: problem.sentence() });
                }
            }
        }
        tracing::info!(project_id = %project.id(), photos = answer.items.len(), "photos_added");
        Ok(answer)
    }

    /// One photo, by id or file name.
    ///
    /// # Errors
    /// When the project or photo is missing.
    pub fn get(&self, _: &Permit<Read>, project: &str, photo: &str) -> Result<PhotoView, Problem> {
        let project = self.0.project(project)?;
        Ok(view(self.0.waypoint.photo(&project, photo).map_err(explain)?))
    }

    /// Changes what is said of a photo: its description, caption, and what of it stays in sight.
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
        Ok(view(changed.map_err(explain)?))
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
