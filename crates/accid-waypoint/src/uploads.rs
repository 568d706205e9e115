//! Uploads in parts, which go on where they were cut off: by a lost connection, a closed window, a restart. The parts lie
//! in `derived/`; when they are gone, an upload begins anew.

use std::path::PathBuf;

use accid_base::{ContentHash, ErrorCode, Id, Problem, locked, plain_file_name};
use accid_store::Project;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Ingested, NewPhoto, Waypoint, WaypointError};

/// Folder of unfinished uploads below `derived/`.
const FOLDER: &str = "uploads";
/// Most unfinished uploads of a project; the oldest make room.
const MOST: usize = 500;

/// Where an upload stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UploadState {
    /// Its identity.
    pub id: Id,
    /// Name of the file.
    pub name: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Bytes that are here.
    pub received: u64,
    /// Content hash (SHA-256) of the file, when it was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<ContentHash>,
}

/// What became of an upload with its last part.
#[derive(Debug)]
pub enum UploadStep {
    /// More is to come.
    Going(UploadState),
    /// All of it is here, and this became of the file.
    Whole(UploadState, Ingested),
}

fn folder(project: &Project) -> PathBuf {
    project.derived().join(FOLDER)
}

fn missing(id: &str) -> WaypointError {
    WaypointError::NotFound { what: "upload", id: id.chars().take(80).collect() }
}

fn disk(what: &'static str) -> impl Fn(std::io::Error) -> WaypointError {
    move |error| WaypointError::Disk { what, error }
}

impl Waypoint {
    /// Begins an upload. One of the same file that was cut off goes on instead.
    ///
    /// # Errors
    /// When the file is empty or larger than `most_bytes`, or the disk refuses.
    pub fn begin_upload(
        &self,
        project: &Project,
        name: &str,
        bytes: u64,
        sha256: Option<ContentHash>,
        most_bytes: u64,
    ) -> Result<UploadState, WaypointError> {
        if bytes == 0 || bytes > most_bytes {
            let message = format!("files are from 1 to {most_bytes} bytes");
            return Err(WaypointError::invalid("The upload was not begun.", "/bytes", &message));
        }
        let name = plain_file_name(name, "picture");
        let mut known = self.uploads(project);
        let same = |state: &&UploadState| (&state.name, state.bytes, state.sha256) == (&name, bytes, sha256);
        if let Some(state) = known.iter().find(same).filter(|_| sha256.is_some()) {
            return Ok(state.clone());
        }
        known.sort_by(|one, other| one.id.cmp(&other.id));
        for old in known.iter().take(known.len().saturating_sub(MOST - 1)) {
            self.forget_upload(project, &old.id);
        }
        let state = UploadState { id: self.new_id(), name, bytes, received: 0, sha256 };
        let written = self.vfs.create_folders(&folder(project)).and_then(|()| {
            self.vfs.write(&self.part(project, &state.id), &[])?;
            self.vfs.write(&self.note_of(project, &state.id), &serde_json::to_vec(&state)?)
        });
        written.map_err(disk("The upload was not begun"))?;
        Ok(state)
    }

    /// Where an upload stands.
    ///
    /// # Errors
    /// When there is none.
    pub fn upload(&self, project: &Project, id: &str) -> Result<UploadState, WaypointError> {
        let parsed: Id = id.parse().map_err(|_| missing(id))?;
        let note = self.vfs.read(&self.note_of(project, &parsed)).map_err(|_| missing(id))?;
        let mut state: UploadState = serde_json::from_slice(&note).map_err(|_| missing(id))?;
        state.received = self.vfs.metadata(&self.part(project, &parsed)).map_err(|_| missing(id))?.length;
        Ok(state)
    }

    /// Uploads that have begun and are not whole.
    pub fn uploads(&self, project: &Project) -> Vec<UploadState> {
        let entries = self.vfs.list(&folder(project)).unwrap_or_default();
        let ids = entries.iter().filter_map(|entry| entry.name.strip_suffix(".json"));
        ids.filter_map(|id| self.upload(project, id).ok()).collect()
    }

    /// Takes the next part. With the last one the file is taken in and the upload is over.
    ///
    /// # Errors
    /// When there is no such upload, the part does not follow what is here, or the disk or store refuses.
    pub fn continue_upload(
        &self,
        project: &Project,
        author: &str,
        id: &str,
        offset: u64,
        bytes: &[u8],
    ) -> Result<UploadStep, WaypointError> {
        let state = {
            // Two parts of one upload at a time would mix.
            let _noting = locked(&self.noting);
            let mut state = self.upload(project, id)?;
            let after = offset.saturating_add(bytes.len() as u64);
            if offset != state.received || after > state.bytes {
                return Err(WaypointError::OutOfStep { received: state.received, bytes: state.bytes });
            }
            let appended = self.vfs.open_append(&self.part(project, &state.id)).and_then(|mut part| {
                part.append(bytes)?;
                part.sync_data()
            });
            appended.map_err(disk("The part was not taken"))?;
            state.received = after;
            state
        };
        if state.received < state.bytes {
            return Ok(UploadStep::Going(state));
        }
        let whole =
            self.vfs.read(&self.part(project, &state.id)).map_err(disk("The upload cannot be read"))?;
        let ingested = match state.sha256 {
            Some(wanted) if wanted != ContentHash::of(&whole) => Ingested::Refused(Box::new(
                Problem::new(ErrorCode::InvalidValue, format!("\"{}\" was not taken in.", state.name))
                    .because("What came is not the file that was announced: its hash differs.")
                    .fix("Send it again from the beginning."),
            )),
            _ => self.ingest(project, author, &NewPhoto { name: &state.name, bytes: &whole })?,
        };
        self.forget_upload(project, &state.id);
        Ok(UploadStep::Whole(state, ingested))
    }

    /// Gives an upload up.
    ///
    /// # Errors
    /// When there is none.
    pub fn cancel_upload(&self, project: &Project, id: &str) -> Result<UploadState, WaypointError> {
        let state = self.upload(project, id)?;
        self.forget_upload(project, &state.id);
        Ok(state)
    }

    fn forget_upload(&self, project: &Project, id: &Id) {
        drop(self.vfs.remove_file(&self.note_of(project, id)));
        drop(self.vfs.remove_file(&self.part(project, id)));
    }

    fn part(&self, project: &Project, id: &Id) -> PathBuf {
        folder(project).join(format!("{id}.part"))
    }

    fn note_of(&self, project: &Project, id: &Id) -> PathBuf {
        folder(project).join(format!("{id}.json"))
    }
}
