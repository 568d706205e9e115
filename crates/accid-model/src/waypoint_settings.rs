//! `settings/waypoint.json`: what holds for all photos of a project: their order, the cameras' clocks, what is private.

use accid_base::{Id, RelativePath};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{BaseMap, Document, Fields, Migration, Privacy};

/// By how much a camera's clock was wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClockCorrection {
    /// Make and model of the camera, as its photos name it.
    pub camera: String,
    /// Seconds to add to what its clock said.
    pub seconds: i64,
}

/// What is shown of places near a home.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HomeShown {
    /// Only the town.
    Town,
    /// Nothing.
    #[default]
    Hidden,
}

/// A circle around a home, whose places are not published exactly.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HomeZone {
    /// Its identity.
    pub id: String,
    /// Its name, for its owner alone.
    #[serde(default)]
    pub name: String,
    /// Latitude of its middle in degrees, north positive (WGS 84).
    pub lat: f64,
    /// Longitude of its middle in degrees, east positive (WGS 84).
    pub lon: f64,
    /// Its radius in metres.
    #[schemars(range(min = 1, max = 100_000))]
    pub radius: f64,
    /// What is shown of places in it.
    #[serde(default)]
    pub show: HomeShown,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// What holds for all photos of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct WaypointSettings {
    /// Format of this file.
    pub schema_version: u32,
    /// The order of the story by hand: photos by id. Those that are not named follow by time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<Id>,
    /// By how much the cameras' clocks were wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<ClockCorrection>,
    /// IANA name of the time zone of photos that have neither an offset nor a place; unknown when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub zone: String,
    /// Circles around homes, whose places are not published exactly.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub home_zones: Vec<HomeZone>,
    /// How exactly places are published where neither the photo nor an album says it; exactly when empty.
    #[serde(skip_serializing_if = "Privacy::is_inherited")]
    pub privacy: Privacy,
    /// A map made elsewhere below the pins of stories, for those who want it; none when missing, and then nothing is
    /// ever fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_map: Option<BaseMap>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Default for WaypointSettings {
    fn default() -> Self {
        Self {
            schema_version: Self::VERSION,
            order: Vec::new(),
            clocks: Vec::new(),
            zone: String::new(),
            home_zones: Vec::new(),
            privacy: Privacy::Inherited,
            base_map: None,
            extra: Fields::new(),
        }
    }
}

impl WaypointSettings {
    /// Folder of the file in a project.
    pub const FOLDER: &'static str = "settings";

    /// The file in the project's folder.
    pub const FILE: &'static str = "settings/waypoint.json";

    /// The file, as the store names it.
    pub fn file() -> Option<RelativePath> {
        Self::FILE.parse().ok()
    }
}

impl Document for WaypointSettings {
    const NAME: &'static str = "waypoint-settings";
    const VERSION: u32 = 1;
    const MIGRATIONS: &'static [Migration] = &[];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_without_the_file_has_settings_that_write_only_their_version() {
        let value = crate::to_value(&WaypointSettings::default());
        assert_eq!(value, serde_json::json!({"schema_version": 1}));
        assert_eq!(crate::open::<WaypointSettings>(&value).unwrap().document, WaypointSettings::default());
        assert_eq!(WaypointSettings::file().unwrap().as_str(), WaypointSettings::FILE);
    }
}
