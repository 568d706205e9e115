//! Use cases about all photos of a project together: rows for grid and map, counts, settings, places as files, uploads in
//! parts.

use std::sync::Arc;

use accid_access::{Permit, Read, Write};
use accid_base::{ContentHash, Problem};
use accid_model::WaypointSettings;
use accid_store::Project;
use accid_waypoint::{Alike, Catalogue, Facets, PlaceFile, PlaceFormat, UploadState, UploadStep};
use serde_json::json;

use crate::{Inner, PhotoSettingsView, Photos, UploadPartView, events::Event, explain, photos::ingested};

/// Use cases about all photos of a project together.
pub struct Gallery<'a>(pub(crate) &'a Arc<Inner>);

fn part_view(state: UploadState) -> UploadPartView {
    let UploadState { id, name, bytes, received, .. } = state;
    UploadPartView { id, name, bytes, received, photo: None, refused: None }
}

impl Gallery<'_> {
    /// Compact rows of all photos, in the order of the story.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn catalogue(&self, _: &Permit<Read>, project: &str) -> Result<Catalogue, Problem> {
        Ok(self.0.waypoint.catalogue(&*self.0.project(project)?))
    }

    /// How many photos there are of what.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn facets(&self, _: &Permit<Read>, project: &str) -> Result<Facets, Problem> {
        Ok(self.0.waypoint.facets(&*self.0.project(project)?))
    }

    /// Groups of photos that look alike or were taken in a burst.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn duplicates(&self, _: &Permit<Read>, project: &str) -> Result<Vec<Alike>, Problem> {
        Ok(self.0.waypoint.duplicates(&*self.0.project(project)?))
    }

    /// The places of photos and tracks as a file, as far as they are published.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn places(&self, _: &Permit<Read>, project: &str, format: PlaceFormat) -> Result<PlaceFile, Problem> {
        Ok(self.0.waypoint.place_file(&*self.0.project(project)?, format))
    }

    fn settings_of(&self, project: &Project) -> PhotoSettingsView {
        let (settings, etag) = self.0.waypoint.settings(project);
        PhotoSettingsView { settings, etag }
    }

    /// What holds for all photos of a project.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn settings(&self, _: &Permit<Read>, project: &str) -> Result<PhotoSettingsView, Problem> {
        Ok(self.settings_of(&*self.0.project(project)?))
    }

    /// Changes what holds for all photos. Times that follow from clocks and zone change with them.
    ///
    /// # Errors
    /// When the project is missing, the settings are not as `seen`, or a value cannot be used.
    pub fn update_settings(
        &self,
        permit: &Permit<Write>,
        project: &str,
        changed: &WaypointSettings,
        seen: Option<ContentHash>,
    ) -> Result<PhotoSettingsView, Problem> {
        let project = self.0.project(project)?;
        self.0.waypoint.update_settings(&project, permit.author(), changed, seen).map_err(explain)?;
        Ok(self.settings_of(&project))
    }

    /// Begins an upload in parts; one of the same file that was cut off goes on instead.
    ///
    /// # Errors
    /// When the project is missing, or the file is empty or larger than `most_bytes`.
    pub fn begin_upload(
        &self,
        _: &Permit<Write>,
        project: &str,
        file: &crate::BeginUpload,
        most_bytes: u64,
    ) -> Result<UploadPartView, Problem> {
        let project = Photos(self.0).writable(project)?;
        let begun = self.0.waypoint.begin_upload(&project, &file.name, file.bytes, file.sha256, most_bytes);
        begun.map(part_view).map_err(explain)
    }

    /// Uploads in parts that have begun and are not whole.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn uploads(&self, _: &Permit<Write>, project: &str) -> Result<Vec<UploadPartView>, Problem> {
        let project = self.0.project(project)?;
        Ok(self.0.waypoint.uploads(&project).into_iter().map(part_view).collect())
    }

    /// Where an upload stands.
    ///
    /// # Errors
    /// When the project or upload is missing.
    pub fn upload(&self, _: &Permit<Write>, project: &str, id: &str) -> Result<UploadPartView, Problem> {
        let project = self.0.project(project)?;
        self.0.waypoint.upload(&project, id).map(part_view).map_err(explain)
    }

    /// Takes the next part of an upload, and tells how far it is; with the last one the file is taken in.
    ///
    /// # Errors
    /// When the project or upload is missing, or the part does not follow what is here.
    pub fn continue_upload(
        &self,
        permit: &Permit<Write>,
        project: &str,
        id: &str,
        offset: u64,
        bytes: &[u8],
    ) -> Result<UploadPartView, Problem> {
        let project = self.0.project(project)?;
        let step = self.0.waypoint.continue_upload(&project, permit.author(), id, offset, bytes);
        let (view, name) = match step.map_err(explain)? {
            UploadStep::Going(state) => (part_view(state), "job-progress"),
            UploadStep::Whole(state, taken) => {
                let whole = ingested(self.0, &state.name, taken);
                let refused = whole.as_ref().err().cloned();
                let photo = whole.ok().map(Box::new);
                (UploadPartView { photo, refused, ..part_view(state) }, "job-done")
            }
        };
        let state = if name == "job-done" { "done" } else { "running" };
        let data = json!({"id": view.id, "kind": "upload", "project": project.id(), "state": state,
            "done": view.received, "total": view.bytes, "message": view.name});
        self.0.bus.publish(&Event { id: None, name, project: Some(project.id()), data });
        Ok(view)
    }

    /// Gives an upload up.
    ///
    /// # Errors
    /// When the project or upload is missing.
    pub fn cancel_upload(
        &self,
        _: &Permit<Write>,
        project: &str,
        id: &str,
    ) -> Result<UploadPartView, Problem> {
        let project = self.0.project(project)?;
        self.0.waypoint.cancel_upload(&project, id).map(part_view).map_err(explain)
    }
}
