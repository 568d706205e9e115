//! The ledger of a project: write-ahead journal and Time Machine in one. Its format is described in `docs/ledger.md`.
//!
//! Owns the segment files. Must not know what an object means, nor its JSON file.
//!
//! **Invariants:** segments only grow; each can be read alone (no difference reaches into another one); a failed
//! append or sync poisons the writer until the segment was cut back and read again.

mod codec;
mod compact;
mod frame;
mod index;
mod record;
mod scan;
mod writer;

use std::path::{Path, PathBuf};

pub(crate) use compact::{Compaction, Keep, Unreadable, build as build_compaction};
#[cfg(test)]
pub(crate) use index::Payload;
pub(crate) use index::{Change, Contents, Index, Recipe, Record};
pub(crate) use record::{KeptKind, KeptVersion, RecordKind};
pub(crate) use scan::{Scanned, numbers, read_all};
pub(crate) use writer::{NewObject, NewRecord, Writer};

/// Size at which a segment is closed and the next one begun, in bytes.
pub(crate) const LARGEST_SEGMENT: u64 = 4 * 1024 * 1024;

/// Most differences between two whole contents of an object.
pub(crate) const MOST_DELTAS: usize = 31;

/// The file of a segment.
pub(crate) fn segment_file(folder: &Path, number: u32) -> PathBuf {
    folder.join(format!("{number:06}.log"))
}
