//! Writes what is kept of a ledger into one new segment. Must not decide what is kept.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use accid_base::{ContentHash, Id, RelativePath, Vfs};

use super::{
    frame::{FrameKind, frame},
    index::{Contents, Index},
    record::{CheckpointHeader, KeptVersion, SegmentHeader, body},
    writer::{NewObject, NewRecord, encode},
};
use crate::StoreError;

/// What becomes of the old records, oldest first.
pub(crate) enum Keep {
    /// One record of everything up to and with that one, as a version.
    Version { place: usize, version: KeptVersion, note: String },
    /// The record as it is.
    Record(usize),
}

/// What to do with a content that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Nothing may be thrown away: give up.
    Refuse,
    /// Leave that content out; what is damaged was kept aside before.
    Skip,
}

/// A segment that holds all that is kept.
pub(crate) struct Compaction {
    pub bytes: Vec<u8>,
    pub index: Index,
}

struct Builder<'a> {
    old: &'a Index,
    contents: Contents<'a>,
    number: u32,
    unreadable: Unreadable,
    bytes: Vec<u8>,
    index: Index,
    /// The objects as the last written record left them.
    tree: BTreeMap<RelativePath, (ContentHash, Vec<u8>)>,
    /// The last written record that the files have followed.
    followed: Option<Id>,
    /// Place of the last written record among the old ones.
    last: Option<usize>,
}

/// Builds segment `number`, which replaces all up to `replaces`.
///
/// # Errors
/// When a version that is kept cannot be read: then nothing may be thrown away.
pub(crate) fn build(
    vfs: &dyn Vfs,
    folder: &Path,
    old: &Index,
    keep: &[Keep],
    (number, replaces): (u32, u32),
    unreadable: Unreadable,
) -> Result<Compaction, StoreError> {
    let mut builder = Builder {
        old,
        contents: Contents::new(vfs, folder),
        number,
        unreadable,
        bytes: SegmentHeader::new(replaces).frame(),
        index: Index::default(),
        tree: BTreeMap::new(),
        followed: None,
        last: None,
    };
    let all: BTreeSet<RelativePath> = old.paths().cloned().collect();
    for step in keep {
        match step {
            Keep::Version { place, version, note } => {
                builder.write(*place, all.iter(), Some(version.clone()), Some(note))?;
            }
            Keep::Record(place) => {
                let Some(record) = old.records.get(*place) else { continue };
                let version = record.version.clone();
                if builder.follows(*place) {
                    let touched: Vec<_> = record.changes.iter().map(|change| change.path.clone()).collect();
                    builder.write(*place, touched.iter(), version, None)?;
                } else {
                    builder.write(*place, all.iter(), version, None)?;
                }
            }
        }
    }
    builder.finish(folder)
}

impl Builder<'_> {
    /// Whether the record at that place stands directly behind the last one that was written. Otherwise what was left
    /// out in between has to be made up for.
    fn follows(&self, place: usize) -> bool {
        self.last.map_or(0, |last| last + 1) == place
    }

    /// Writes one record that brings these objects to what they were after the old record at `place`.
    fn write<'p>(
        &mut self,
        place: usize,
        paths: impl Iterator<Item = &'p RelativePath>,
        version: Option<KeptVersion>,
        note: Option<&str>,
    ) -> Result<(), StoreError> {
        let Some(old) = self.old.records.get(place) else { return Ok(()) };
        let mut after = Vec::new();
        for path in paths {
            let wanted = self.old.change_at(path, place).and_then(|change| change.after);
            if wanted == self.tree.get(path).map(|(hash, _)| *hash) {
                continue;
            }
            let content = match wanted.map(|hash| (hash, self.content(path, place))) {
                None => None,
                Some((hash, Ok(content))) => Some((hash, content)),
                Some((_, Err(_))) if self.unreadable == Unreadable::Skip => continue,
                Some((_, Err(error))) => return Err(error),
            };
            after.push((path.clone(), content));
        }
        let objects = after.iter().map(|(path, content)| NewObject {
            path: path.clone(),
            base: self.tree.get(path).map(|(_, bytes)| bytes.as_slice()),
            before: self.tree.get(path).map(|(hash, _)| *hash),
            after: content.as_ref().map(|(hash, bytes)| (*hash, bytes.as_slice())),
        });
        let record = NewRecord {
            id: old.id.clone(),
            author: &old.author,
            note: note.unwrap_or(&old.note),
            kind: old.kind,
            version,
            objects: objects.collect(),
        };
        let encoded =
            encode(record, self.number, self.bytes.len(), |path| self.index.deltas_in(path, self.number));
        let encoded = encoded.map_err(StoreError::io("pack a record of", Path::new("the history")))?;
        self.bytes.extend_from_slice(&encoded.frame);
        self.index.push(encoded.record);
        self.last = Some(place);
        if place < self.old.followed {
            self.followed = Some(old.id.clone());
        }
        for (path, content) in after {
            match content {
                Some(content) => self.tree.insert(path, content),
                None => self.tree.remove(&path),
            };
        }
        Ok(())
    }

    fn content(&mut self, path: &RelativePath, place: usize) -> Result<Vec<u8>, StoreError> {
        match self.old.recipe(path, place) {
            Some(recipe) => self.contents.get(&recipe),
            None => Err(StoreError::Damaged {
                path: path.as_str().into(),
                reason: "one of its versions cannot be read, so the history is left as it is".to_owned(),
            }),
        }
    }

    fn finish(mut self, folder: &Path) -> Result<Compaction, StoreError> {
        if let Some(through) = self.followed {
            self.index.followed = self.index.place_of(&through).map_or(0, |place| place + 1);
            let body = body(&CheckpointHeader { through }, &[]);
            let body = body.map_err(StoreError::io("pack a record of", folder))?;
            self.bytes.extend_from_slice(&frame(FrameKind::Checkpoint, &body));
        }
        Ok(Compaction { bytes: self.bytes, index: self.index })
    }
}
