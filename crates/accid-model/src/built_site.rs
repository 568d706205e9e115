//! `accid_blotter.json` of a `react` project says how its folder is built; `builds/site.json` is what came of it.

use std::collections::BTreeMap;

use accid_base::{ContentHash, Id, RelativePath};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Document, Fields, Migration};

/// How a folder becomes a site: a command that is run in it, and the folder that the command writes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BuildRecipe {
    /// The folder in full, such as `/home/ada/shop`. ACCID reads it and changes nothing in it.
    pub folder: String,
    /// The command, word by word: the program, then what it is given. No shell reads it.
    pub command: Vec<String>,
    /// The folder that the command writes, below the folder, such as `dist`.
    pub output: String,
    /// How many minutes the command may take.
    pub minutes: u32,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// One file of a built site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BuiltFile {
    /// Hash of its content, which lies at `media/<hash>.<extension>`.
    pub hash: ContentHash,
    /// Ending of that file's name.
    pub extension: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// What the build command of a project made the last time. Each build is a version; bringing one back and publishing
/// needs no second build.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BuiltSite {
    /// Identity of the build.
    pub id: Id,
    /// Format of this file.
    pub schema_version: u32,
    /// The command that made it, word by word.
    pub command: Vec<String>,
    /// When it was made.
    pub built_at: Timestamp,
    /// How many seconds the command took.
    pub seconds: f64,
    /// Its files, by their paths in the output folder.
    #[schemars(with = "BTreeMap<String, BuiltFile>")]
    pub files: BTreeMap<RelativePath, BuiltFile>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl BuiltSite {
    /// Where it lies in a project.
    pub const FILE: &'static str = "builds/site.json";
}

impl Document for BuiltSite {
    const NAME: &'static str = "built-site";
    const VERSION: u32 = 1;
    const MIGRATIONS: &'static [Migration] = &[];
}
