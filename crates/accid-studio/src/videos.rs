//! Use cases about films. Must not know what is inside one.

use std::sync::Arc;

use accid_access::{Permit, Read, Write};
use accid_base::{ContentHash, Problem};
use accid_builder::StoredVideo;
use accid_model::Video;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Inner, Role, TrashView, UploadedFile, explain};

/// Use cases about films.
pub struct Videos<'a>(pub(crate) &'a Arc<Inner>);

/// A film of a project.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VideoView {
    /// The film.
    #[serde(flatten)]
    pub video: Video,
    /// The file it becomes in the export.
    pub path: String,
    /// Content hash of its document.
    pub etag: ContentHash,
}

fn view(stored: StoredVideo) -> VideoView {
    VideoView { path: accid_render::film_path(&stored.video), video: stored.video, etag: stored.hash }
}

impl Videos<'_> {
    /// All films of a project, oldest first.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn list(&self, _: &Permit<Read>, project: &str) -> Result<Vec<VideoView>, Problem> {
        self.0.roles.require(Role::Builder)?;
        let project = self.0.project(project)?;
        Ok(self.0.builder.videos(&project).into_iter().map(view).collect())
    }

    /// Takes a film in, as it is.
    ///
    /// # Errors
    /// When it is no MP4 or WebM, too large, or the disk refuses.
    pub fn upload(
        &self,
        permit: &Permit<Write>,
        project: &str,
        file: &UploadedFile,
    ) -> Result<VideoView, Problem> {
        self.0.roles.require(Role::Builder)?;
        let project = self.0.project(project)?;
        let taken =
            self.0.builder.take_video(&project, permit.author(), &file.name, &file.bytes).map_err(explain)?;
        tracing::info!(project_id = %project.id(), video_id = %taken.video.id, bytes = taken.video.bytes, "video_added");
        Ok(view(taken))
    }

    /// Moves a film to the trash.
    ///
    /// # Errors
    /// When there is none, or a page still shows it.
    pub fn remove(&self, permit: &Permit<Write>, project: &str, video: &str) -> Result<TrashView, Problem> {
        self.0.roles.require(Role::Builder)?;
        let project = self.0.project(project)?;
        let entry = self.0.builder.remove_video(&project, permit.author(), video).map_err(explain)?;
        crate::trash::view(&project, &entry)
    }
}
