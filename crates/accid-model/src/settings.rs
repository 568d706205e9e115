//! `accid.json`: the settings of one ACCID, in its data root.

use accid_base::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Document, Fields, Migration};

/// How many versions are kept. Versions with a name, a pin or a note are always kept, and so is everything younger than
/// a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Retention {
    /// So many of the newest automatic versions.
    #[schemars(range(min = 1, max = 10_000))]
    pub automatic: u32,
    /// The last version of each day, for so many days.
    #[schemars(range(max = 36_500))]
    pub daily_days: u32,
    /// None older than so many days, whatever the other rules say; 0 for no such limit.
    #[serde(skip_serializing_if = "is_zero")]
    #[schemars(range(max = 36_500))]
    pub max_days: u32,
    /// The oldest go first until the history takes no more than so many megabytes on disk; 0 for no such limit.
    #[serde(skip_serializing_if = "is_zero")]
    #[schemars(range(max = 1_000_000))]
    pub max_megabytes: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Default for Retention {
    fn default() -> Self {
        Self { automatic: 10, daily_days: 30, max_days: 0, max_megabytes: 0 }
    }
}

/// A folder of this machine whose new pictures go into a project by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WatchedFolder {
    /// Identity of the project.
    pub project: Id,
    /// The folder, as an absolute path.
    pub path: String,
}

/// The settings of one ACCID. Environment variables (`ACCID_…`) and the command line win over them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Settings {
    /// Format of this file.
    pub schema_version: u32,
    /// Address to listen at (`ACCID_HOST`). Takes effect at the next start.
    pub host: String,
    /// Port to listen at (`ACCID_PORT`). Takes effect at the next start.
    pub port: u16,
    /// How much is logged (`ACCID_LOG`): `error`, `warn`, `info` or `debug`. Takes effect at the next start.
    #[schemars(extend("x-accid-choices" = ["error", "warn", "info", "debug"]))]
    pub log: String,
    /// How many versions are kept, unless a project says otherwise; named, pinned and annotated ones always are.
    pub retention: Retention,
    /// So many days what was removed stays in the trash; 0 keeps it until somebody empties the trash.
    #[schemars(range(max = 3_650))]
    pub trash_days: u32,
    /// Key of the Dropbox app that speaks for this ACCID (`ACCID_DROPBOX_APP_KEY`); it is no secret. Empty without one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub dropbox_app_key: String,
    /// Folders of this machine whose new pictures go into a project by themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub watch: Vec<WatchedFolder>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            schema_version: Self::VERSION,
            host: "127.0.0.1".to_owned(),
            port: 9847,
            log: "info".to_owned(),
            retention: Retention::default(),
            trash_days: 90,
            dropbox_app_key: String::new(),
            watch: Vec::new(),
            extra: Fields::new(),
        }
    }
}

impl Settings {
    /// File name in the data root.
    pub const FILE: &'static str = "accid.json";
}

impl Document for Settings {
    const NAME: &'static str = "settings";
    const VERSION: u32 = 1;
    const MIGRATIONS: &'static [Migration] = &[];
}
