//! `videos/<id>.json`: one film of a project; its original lies in `media/`.

use accid_base::{ContentHash, Id};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Document, Fields, Migration};

/// One film of a project, as it came: ACCID publishes it without its notes, such as where it was made, and never makes
/// another film of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Video {
    /// Identity of the film.
    pub id: Id,
    /// Format of this file.
    pub schema_version: u32,
    /// Name the file came with; the published film is named after it.
    pub filename: String,
    /// Content hash of the original, which lies at `media/<hash>.<extension>`.
    pub hash: ContentHash,
    /// Ending of the original's name: `mp4` or `webm`.
    pub extension: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// How long it is, in seconds; 0 when the file does not say.
    #[serde(default)]
    pub seconds: f64,
    /// Size of the original in bytes.
    pub bytes: u64,
    /// When it came into the project.
    pub added_at: Timestamp,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Video {
    /// Folder of the films in a project.
    pub const FOLDER: &'static str = "videos";
}

impl Document for Video {
    const NAME: &'static str = "video";
    const VERSION: u32 = 1;
    const MIGRATIONS: &'static [Migration] = &[];
}
