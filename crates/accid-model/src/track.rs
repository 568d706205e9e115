//! `tracks/<id>.json`: a way that was gone or drawn, and places marked along it. Must not know the formats it came in.

use accid_base::{Id, InvalidPath, RelativePath};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Document, Fields, Migration, photo::is_false};

/// One point of a way.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrackPoint {
    /// Latitude in degrees, north positive (WGS 84).
    pub lat: f64,
    /// Longitude in degrees, east positive (WGS 84).
    pub lon: f64,
    /// Height above the sea in metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub altitude: Option<f64>,
    /// When somebody was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
}

/// A place marked along the way.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrackWaypoint {
    /// Latitude in degrees, north positive (WGS 84).
    pub lat: f64,
    /// Longitude in degrees, east positive (WGS 84).
    pub lon: f64,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// What was written to it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// A way on the Earth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Track {
    /// Identity of the track.
    pub id: Id,
    /// Format of this file.
    pub schema_version: u32,
    /// Its name.
    pub name: String,
    /// Name of the file it came in; empty when it was drawn here.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Whether it was drawn or planned, rather than recorded under way.
    #[serde(default, skip_serializing_if = "is_false")]
    pub drawn: bool,
    /// Its segments, each with its points in order; several when the device was off in between.
    #[serde(default)]
    pub segments: Vec<Vec<TrackPoint>>,
    /// Places marked along it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waypoints: Vec<TrackWaypoint>,
    /// Whether it is left out of what is published.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Track {
    /// Folder of the tracks in a project.
    pub const FOLDER: &'static str = "tracks";

    /// A track with a name and no points.
    pub fn new(id: Id, name: &str) -> Self {
        Self {
            id,
            schema_version: Self::VERSION,
            name: name.to_owned(),
            source: String::new(),
            drawn: false,
            segments: Vec::new(),
            waypoints: Vec::new(),
            hidden: false,
            extra: Fields::new(),
        }
    }

    /// The file it is kept in.
    ///
    /// # Errors
    /// When its id cannot be a file's name; generated ids always can.
    pub fn file(&self) -> Result<RelativePath, InvalidPath> {
        RelativePath::document(Self::FOLDER, self.id.as_str())
    }
}

impl Document for Track {
    const NAME: &'static str = "track";
    const VERSION: u32 = 1;
    const MIGRATIONS: &'static [Migration] = &[];
}
