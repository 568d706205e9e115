//! Photos, albums, tracks. Must not know HTTP.

use accid_base::{ContentHash, Id};
use accid_model::{Album, Photo, Track, WaypointSettings};
use accid_waypoint::{PlaceName, TrackFacts};
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
    /// What its place is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceName>,
    /// Content hash of the photo's document.
    pub etag: ContentHash,
}

/// A file that was not taken in, or a photo that was not changed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Refused {
    /// Its name.
    pub name: String,
    /// Why, and what to do.
    pub reason: String,
    /// The photo it is already, when that is why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<Id>,
}

/// What an upload brought.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct UploadView {
    /// The photos that are now in the project, and those whose notes were read.
    pub items: Vec<PhotoView>,
    /// The files that were not taken in.
    pub refused: Vec<Refused>,
}

/// Where an upload in parts stands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct UploadPartView {
    /// Its identity.
    pub id: Id,
    /// Name of the file.
    pub name: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Bytes that are here.
    pub received: u64,
    /// The photo it became, with the last part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<Box<PhotoView>>,
    /// Why it was not taken in, with the last part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
}

/// Which files are photos of the project already.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct KnownView {
    /// The photo each file is, in the order they were asked for; null for one that is none.
    pub known: Vec<Option<Id>>,
}

/// An album.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AlbumView {
    /// The album.
    #[serde(flatten)]
    pub album: Album,
    /// Content hash of the album's document.
    pub etag: ContentHash,
}

/// A track.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TrackView {
    /// The track.
    #[serde(flatten)]
    pub track: Track,
    /// Its numbers.
    pub facts: TrackFacts,
    /// Content hash of the track's document.
    pub etag: ContentHash,
}

/// What holds for all photos of a project.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PhotoSettingsView {
    /// The settings.
    #[serde(flatten)]
    pub settings: WaypointSettings,
    /// Content hash of their document; missing when nothing was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<ContentHash>,
}

/// A folder of this machine whose new pictures go into a project.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WatchView {
    /// The folder.
    pub path: String,
    /// Whether it is there.
    pub found: bool,
    /// Photos that were taken in from it since the program began.
    pub taken: usize,
    /// Files of it that could not be taken in.
    pub refused: Vec<WatchRefused>,
}

/// A file of a watched folder that could not be taken in.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WatchRefused {
    /// The file.
    pub name: String,
    /// Why, and what to do.
    pub reason: String,
}
