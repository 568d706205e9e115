//! The words of the store: what is asked of it and what it answers. No behaviour.

use std::sync::Arc;

use accid_base::{ContentHash, Id, RelativePath};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A document as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Its JSON.
    pub value: Arc<Value>,
    /// Hash of its file's bytes.
    pub hash: ContentHash,
}

/// What a writer believes about an object; if that is wrong, nothing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Nothing.
    Any,
    /// It is this.
    Hash(ContentHash),
    /// It does not exist.
    Absent,
}

/// One object of a transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// Its file in the project.
    pub path: RelativePath,
    /// Its new JSON; `None` removes it.
    pub value: Option<Value>,
    /// What it must be now.
    pub expect: Expect,
}

impl Write {
    /// Writes an object, whatever it is now.
    pub fn put(path: RelativePath, value: Value) -> Self {
        Self { path, value: Some(value), expect: Expect::Any }
    }

    /// Removes an object, whatever it is now.
    pub fn remove(path: RelativePath) -> Self {
        Self { path, value: None, expect: Expect::Any }
    }

    /// The same write, but only if the object is still this one.
    #[must_use]
    pub fn if_still(self, hash: ContentHash) -> Self {
        self.expecting(Expect::Hash(hash))
    }

    /// The same write, but only if there is no such object.
    #[must_use]
    pub fn if_absent(self) -> Self {
        self.expecting(Expect::Absent)
    }

    /// The same write, but only if the object is what the writer believes.
    #[must_use]
    pub fn expecting(mut self, expect: Expect) -> Self {
        self.expect = expect;
        self
    }
}

/// Writes that happen together or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Transaction {
    /// Who.
    pub author: String,
    /// What, for the history.
    pub note: String,
    /// The objects.
    pub writes: Vec<Write>,
}

/// What became of a transaction. It survives a power cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The change; `None` when nothing differed: then not a byte was written.
    pub change: Option<Id>,
    /// When.
    pub at: Timestamp,
    /// The objects and what they are now; `None` when an object does not exist.
    pub objects: Vec<(RelativePath, Option<ContentHash>)>,
}

/// What is restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restore {
    /// All documents; media, credentials and keys are not touched.
    Project,
    /// One document.
    File(RelativePath),
}

/// An original to be put into a new project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Ending of its name, such as `jpg`.
    pub extension: String,
}

/// Why something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// Somebody saved or restored.
    Change,
    /// Somebody named a version.
    Snapshot,
    /// Another program wrote the files.
    Outside,
}

/// One object of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventObject {
    /// Its file in the project.
    pub path: RelativePath,
    /// What it was; `None` when it did not exist, or when that is not known any more.
    pub before: Option<ContentHash>,
    /// What it is; `None` when it was removed.
    pub after: Option<ContentHash>,
}

/// One record of a ledger, as listeners get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreEvent {
    /// The change.
    pub id: Id,
    /// The project it happened in.
    pub project: Id,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub author: String,
    /// What, for people.
    pub note: String,
    /// Why.
    pub kind: EventKind,
    /// The objects; none for a snapshot.
    pub objects: Vec<EventObject>,
}

/// What a person said about a version. A marked version is always kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionMark {
    /// A name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A note about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Pinned: to be found again, and never thinned out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
}

/// What thinning out would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thinning {
    /// Size of the ledger now, in bytes.
    pub before_bytes: u64,
    /// Size of the ledger afterwards, in bytes.
    pub after_bytes: u64,
    /// How many versions there would be.
    pub versions: usize,
    /// The versions that would go, oldest first.
    pub goes: Vec<crate::Version>,
    /// The originals that nothing would use any more.
    pub originals: FreedOriginals,
}

/// Originals that nothing uses: no document, nothing in the trash, no version that is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FreedOriginals {
    /// How many.
    pub files: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
}

/// What compaction did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compacted {
    /// Size of the ledger before, in bytes.
    pub before_bytes: u64,
    /// Size of the ledger now, in bytes.
    pub after_bytes: u64,
    /// How many versions there are now.
    pub versions: usize,
}

/// A document with the version of its format, for migrations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentVersion {
    /// Its folder, such as `pages`; empty for the blotter.
    pub collection: String,
    /// Its file in the project.
    pub path: RelativePath,
    /// Its `schema_version`; 1 when it has none.
    pub schema_version: u32,
}
