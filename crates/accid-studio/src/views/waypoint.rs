//! Photos. Must not know HTTP.

use accid_base::ContentHash;
use accid_model::Photo;
use schemars::JsonSchema;
use serde::Serialize;

/// A picture of a project.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PhotoView {
    /// The photo.
    #[serde(flatten)]
    pub photo: Photo,
    /// A small rendition, as a path below `/canvas/{project}/`.
    pub thumbnail: String,
    /// Content hash of the photo's document.
    pub etag: ContentHash,
}

/// A file that was not taken in.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Refused {
    /// Its name.
    pub name: String,
    /// Why, and what to do.
    pub reason: String,
}

/// What an upload brought.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct UploadView {
    /// The photos that are now in the project.
    pub items: Vec<PhotoView>,
    /// The files that were not taken in.
    pub refused: Vec<Refused>,
}
