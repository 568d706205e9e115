//! The Time Machine as a whole: its outline, how much of it is kept, the space it takes. Must not know HTTP.

use std::collections::BTreeMap;

use accid_base::Id;
use accid_model::Retention;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::VersionView;

/// A whole history at a glance: enough to draw it and to ask for the part that is looked at.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TimelineView {
    /// When each version was made, in seconds since 1970, newest first.
    pub moments: Vec<i64>,
    /// Those that a person named or pinned.
    pub marked: Vec<MarkedMoment>,
}

/// A version that a person named or pinned.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MarkedMoment {
    /// Its place in the history, 0 for the newest version.
    pub place: usize,
    /// Its name; empty when it is only pinned.
    pub name: String,
    /// Whether it is pinned.
    pub pinned: bool,
}

/// How many versions of a project are kept.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RetentionView {
    /// The rules in force.
    pub rules: Retention,
    /// Whether they are the project's own; else they are those of the settings.
    pub own: bool,
    /// The rules of the settings, for projects that have none of their own.
    pub settings: Retention,
}

/// What rules would do to the history, or did.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ThinningView {
    /// Size of the history now, in bytes.
    pub before_bytes: u64,
    /// Size of the history afterwards, in bytes.
    pub after_bytes: u64,
    /// How many versions there would be.
    pub versions: usize,
    /// How many would go.
    pub going: usize,
    /// The oldest of those that would go, at most 50.
    pub goes: Vec<VersionView>,
    /// Originals that nothing would use any more, or that went: no page or album, nothing in the trash, no version that
    /// is kept.
    pub originals: FreedView,
}

/// Originals that nothing uses.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub struct FreedView {
    /// How many.
    pub files: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
}

impl From<accid_store::FreedOriginals> for FreedView {
    fn from(freed: accid_store::FreedOriginals) -> Self {
        Self { files: freed.files, bytes: freed.bytes }
    }
}

/// The space that a project's history takes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HistorySpaceView {
    /// Number of versions.
    pub versions: usize,
    /// Size of the history on disk, in bytes.
    pub bytes: u64,
    /// Compressed bytes of the documents of each collection, such as `pages`; `accid_blotter.json` are the settings.
    pub collections: BTreeMap<String, u64>,
    /// What the rules in force would free of the history now, in bytes.
    pub to_free: u64,
    /// Originals that thinning out now would free: nothing would use them any more.
    pub originals_to_free: FreedView,
    /// The oldest version that is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest: Option<Timestamp>,
}

/// What of a project was written as a git repository.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GitExportView {
    /// Where.
    pub path: String,
    /// Number of commits: one for each version.
    pub commits: usize,
    /// Number of files in the last one.
    pub files: usize,
    /// Size of the packed history, in bytes.
    pub bytes: u64,
    /// Name of the last commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
}

/// What a project takes and how it is: what costs time to find out, for one project at a time.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ProjectFactsView {
    /// The project.
    pub id: Id,
    /// Bytes on disk by kind: `documents`, `originals`, `history`, `releases`, `derived`, `other`.
    pub bytes: BTreeMap<String, u64>,
    /// All of them together.
    pub total_bytes: u64,
    /// What there is to look at, by how much it matters.
    pub health: crate::CheckCounts,
}
