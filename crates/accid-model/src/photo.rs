//! `photos/<id>.json`: one picture of a project; its original lies in `media/`.

use accid_base::{ContentHash, Id};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Document, Fields, Migration};

/// A picture as a module refers to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ImageRef {
    /// The photo's id; nothing chosen yet when empty.
    #[schemars(extend("x-accid-editor" = "photo"))]
    pub photo: String,
    /// What the picture shows, for people who do not see it. When empty, what the photo itself says is read to them.
    pub alt: String,
    /// Whether the picture is mere decoration here, which nobody has to be told about.
    #[serde(skip_serializing_if = "is_false")]
    #[schemars(extend("x-accid-editor" = "decorative"))]
    pub decorative: bool,
    /// What is kept in sight when the picture is cut to other proportions; the photo's own point when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-accid-editor" = "focus"))]
    pub focus: Option<Focus>,
}

impl ImageRef {
    /// Whether nothing is chosen and nothing said.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
pub(crate) const fn is_false(value: &bool) -> bool {
    !*value
}

/// The point of a picture that is kept in sight when it is cut to other proportions; the middle when nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Focus {
    /// Distance from the left edge, in percent of the width.
    #[schemars(range(min = 0, max = 100))]
    pub x: f64,
    /// Distance from the top edge, in percent of the height.
    #[schemars(range(min = 0, max = 100))]
    pub y: f64,
}

impl Default for Focus {
    fn default() -> Self {
        Self { x: 50.0, y: 50.0 }
    }
}

/// What a photo looks like from afar, measured when it came in. It follows from the original alone, and rendering a
/// page needs no pixel because of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Glance {
    /// Its ThumbHash (<https://evanw.github.io/thumbhash/>) as Base64: what stands in its place while it loads.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub thumbhash: String,
    /// How bright its brightest part is, from 0 for black to 255 for white: how much a text on it needs a shade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak: Option<u8>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Glance {
    /// Whether nothing was measured.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A place on Earth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// Latitude in degrees, north positive (WGS 84).
    pub lat: f64,
    /// Longitude in degrees, east positive (WGS 84).
    pub lon: f64,
}

/// A labelled point on a photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Marker {
    /// Distance from the left edge, in percent of the width.
    pub x: f64,
    /// Distance from the top edge, in percent of the height.
    pub y: f64,
    /// What stands there.
    pub label: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// What the camera wrote into the file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PhotoExif {
    /// Make and model of the camera.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub camera: String,
    /// When the picture was taken, as the camera's clock said (`2026-03-01T14:05:00`, with offset when known).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// One picture of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Photo {
    /// Identity of the photo.
    pub id: Id,
    /// Format of this file.
    pub schema_version: u32,
    /// Name the file came with; published pictures are named after it.
    pub filename: String,
    /// Content hash of the original, which lies at `media/<hash>.<extension>`.
    pub hash: ContentHash,
    /// Ending of the original's name, such as `jpg`.
    pub extension: String,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// Size of the original in bytes.
    pub bytes: u64,
    /// When it came into the project.
    pub added_at: Timestamp,
    /// What the picture shows, for people who do not see it; modules may say it differently.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// Whether it is mere decoration wherever it stands, so that no description is missing.
    #[serde(default, skip_serializing_if = "is_false")]
    pub decorative: bool,
    /// A line under the picture.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// What is kept in sight when it is cut to other proportions; modules may say it differently.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus: Option<Focus>,
    /// What it looks like from afar.
    #[serde(default, skip_serializing_if = "Glance::is_empty")]
    pub glance: Glance,
    /// Where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// What the camera wrote.
    #[serde(default)]
    pub exif: PhotoExif,
    /// Labelled points on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waypoints: Vec<Marker>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Photo {
    /// Folder of the photos in a project.
    pub const FOLDER: &'static str = "photos";

    /// Folder of the originals in a project.
    pub const MEDIA: &'static str = "media";

    /// Where the original lies, in the project.
    pub fn media_file(&self) -> String {
        format!("{}/{}.{}", Self::MEDIA, self.hash, self.extension)
    }
}

impl Document for Photo {
    const NAME: &'static str = "photo";
    const VERSION: u32 = 1;
    const MIGRATIONS: &'static [Migration] = &[];
}
