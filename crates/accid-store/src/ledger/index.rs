//! What all segments say, in memory: records in their order, and for each object the chain of its contents. Must not
//! write.

use std::{collections::HashMap, path::Path, sync::Arc};

use accid_base::{ContentHash, Id, RelativePath, Vfs};
use jiff::Timestamp;

use super::{
    codec,
    record::{KeptVersion, RecordKind},
    segment_file,
};
use crate::StoreError;

/// Where the content after a change lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payload {
    /// The object was removed.
    None,
    /// As a whole, compressed.
    Full(Span),
    /// As a difference from the content before.
    Delta(Span),
}

impl Payload {
    /// How many bytes it takes.
    pub(crate) const fn length(self) -> u64 {
        match self {
            Self::None => 0,
            Self::Full(span) | Self::Delta(span) => span.length as u64,
        }
    }
}

/// Bytes in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub segment: u32,
    pub at: usize,
    pub length: usize,
}

/// What one record did to one object.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub path: RelativePath,
    /// The hash before, as far as it is known: `None` also when a damaged record stands between.
    pub before: Option<ContentHash>,
    pub after: Option<ContentHash>,
    pub payload: Payload,
}

/// One record.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub id: Id,
    pub at: Timestamp,
    pub author: Arc<str>,
    pub note: Arc<str>,
    pub kind: RecordKind,
    pub version: Option<KeptVersion>,
    pub changes: Vec<Change>,
}

/// All records.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    pub records: Vec<Record>,
    /// For each object the records that touched it, with the place of the change in the record.
    chains: HashMap<RelativePath, Vec<(usize, usize)>>,
    places: HashMap<Id, usize>,
    /// So many records the files are known to have followed.
    pub followed: usize,
}

impl Index {
    pub(crate) fn push(&mut self, record: Record) {
        let place = self.records.len();
        for (number, change) in record.changes.iter().enumerate() {
            self.chains.entry(change.path.clone()).or_default().push((place, number));
        }
        self.places.insert(record.id.clone(), place);
        self.records.push(record);
    }

    pub(crate) fn place_of(&self, id: &Id) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Where the records after one begin; 0 when none is named, and by its time when it is not known any more.
    pub(crate) fn behind(&self, id: Option<&Id>) -> usize {
        let Some(id) = id else { return 0 };
        match self.place_of(id) {
            Some(place) => place + 1,
            None => self.records.partition_point(|record| record.id <= *id),
        }
    }

    /// An object and the record that made it this content.
    pub(crate) fn place_of_content(&self, hash: &ContentHash) -> Option<(RelativePath, usize)> {
        let made = |(place, record): (usize, &Record)| {
            let change = record.changes.iter().find(|change| change.after.as_ref() == Some(hash))?;
            Some((change.path.clone(), place))
        };
        self.records.iter().enumerate().rev().find_map(made)
    }

    fn change(&self, (record, number): (usize, usize)) -> Option<&Change> {
        self.records.get(record)?.changes.get(number)
    }

    /// The last change of an object.
    pub(crate) fn last_change(&self, path: &RelativePath) -> Option<&Change> {
        self.change(*self.chains.get(path)?.last()?)
    }

    /// The hash of an object after all records; `None` when it does not exist.
    pub(crate) fn latest(&self, path: &RelativePath) -> Option<ContentHash> {
        self.last_change(path)?.after
    }

    /// All objects any record ever touched.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &RelativePath> {
        self.chains.keys()
    }

    /// Changes of an object that its file may not have followed yet, newest first. What another program wrote was
    /// on disk already, so nothing before it counts.
    pub(crate) fn tail_of(&self, path: &RelativePath) -> Vec<&Change> {
        let chain = self.chains.get(path).map_or(&[][..], Vec::as_slice);
        let by_us = |(record, _): &&(usize, usize)| {
            *record >= self.followed
                && self.records.get(*record).is_some_and(|record| record.kind != RecordKind::Outside)
        };
        chain.iter().rev().take_while(by_us).filter_map(|place| self.change(*place)).collect()
    }

    /// How many differences follow the last whole content of an object in that segment; `None` when there is no
    /// content there that a difference could be built on.
    pub(crate) fn deltas_in(&self, path: &RelativePath, segment: u32) -> Option<usize> {
        let chain = self.chains.get(path)?;
        let mut deltas = 0;
        for place in chain.iter().rev() {
            match self.change(*place)?.payload {
                Payload::Full(span) if span.segment == segment => return Some(deltas),
                Payload::Delta(span) if span.segment == segment => deltas += 1,
                _ => return None,
            }
        }
        None
    }

    /// The change that made an object what it was after that record; `None` when it did not exist then.
    pub(crate) fn change_at(&self, path: &RelativePath, record: usize) -> Option<&Change> {
        let chain = self.chains.get(path)?;
        let behind = chain.partition_point(|(place, _)| *place <= record);
        self.change(*chain.get(behind.checked_sub(1)?)?).filter(|change| change.after.is_some())
    }

    /// Where the content of an object after that record is put together from: a whole content, then differences.
    pub(crate) fn recipe(&self, path: &RelativePath, record: usize) -> Option<Recipe> {
        let chain = self.chains.get(path)?;
        let behind = chain.partition_point(|(place, _)| *place <= record);
        let mut spans = Vec::new();
        let after = self.change(*chain.get(behind.checked_sub(1)?)?)?.after?;
        for place in chain[..behind].iter().rev() {
            match self.change(*place)?.payload {
                Payload::None => return None,
                Payload::Delta(span) => spans.push(span),
                Payload::Full(span) => {
                    spans.push(span);
                    spans.reverse();
                    return Some(Recipe { after, spans });
                }
            }
        }
        None
    }
}

/// How a content is put together.
#[derive(Debug)]
pub(crate) struct Recipe {
    /// Hash of the result.
    pub after: ContentHash,
    spans: Vec<Span>,
}

/// Reads contents out of the segments; keeps what it read, so use one for many contents and then drop it.
pub(crate) struct Contents<'a> {
    vfs: &'a dyn Vfs,
    folder: &'a Path,
    segments: HashMap<u32, Vec<u8>>,
}

impl<'a> Contents<'a> {
    pub(crate) fn new(vfs: &'a dyn Vfs, folder: &'a Path) -> Self {
        Self { vfs, folder, segments: HashMap::new() }
    }

    /// One of segments that are still in memory.
    pub(crate) fn of(vfs: &'a dyn Vfs, folder: &'a Path, segments: HashMap<u32, Vec<u8>>) -> Self {
        Self { vfs, folder, segments }
    }

    /// Tells every content an object ever had, oldest first, each put together from the one before it.
    ///
    /// # Errors
    /// When a segment cannot be read or a content is not what was saved.
    pub(crate) fn each(
        &mut self,
        index: &Index,
        path: &RelativePath,
        mut tell: impl FnMut(&[u8]),
    ) -> Result<(), StoreError> {
        let mut content = Vec::new();
        for place in index.chains.get(path).map_or(&[][..], Vec::as_slice) {
            let Some(change) = index.change(*place) else { continue };
            let (span, dictionary) = match change.payload {
                Payload::None => {
                    content.clear();
                    continue;
                }
                Payload::Full(span) => (span, &[][..]),
                Payload::Delta(span) => (span, content.as_slice()),
            };
            let file = segment_file(self.folder, span.segment);
            let damaged = |reason: String| StoreError::Damaged { path: file, reason };
            let next = codec::decompress(self.bytes(span)?, dictionary);
            let next = match next {
                Ok(next) if change.after == Some(ContentHash::of(&next)) => next,
                Ok(_) => return Err(damaged("a version in it is not what was saved".to_owned())),
                Err(error) => return Err(damaged(error.to_string())),
            };
            tell(&next);
            content = next;
        }
        Ok(())
    }

    fn bytes(&mut self, span: Span) -> Result<&[u8], StoreError> {
        let file = segment_file(self.folder, span.segment);
        if !self.segments.contains_key(&span.segment) {
            let bytes = self.vfs.read(&file).map_err(StoreError::io("read", &file))?;
            self.segments.insert(span.segment, bytes);
        }
        let segment = self.segments.get(&span.segment).map_or(&[][..], Vec::as_slice);
        segment.get(span.at..span.at + span.length).ok_or_else(|| StoreError::Damaged {
            path: file,
            reason: "it is shorter than its records say".to_owned(),
        })
    }

    /// Puts a content together and checks its hash.
    ///
    /// # Errors
    /// When a segment cannot be read or the result is not what was saved.
    pub(crate) fn get(&mut self, recipe: &Recipe) -> Result<Vec<u8>, StoreError> {
        let mut content = Vec::new();
        for (step, span) in recipe.spans.iter().enumerate() {
            let file = segment_file(self.folder, span.segment);
            let damaged = |reason: String| StoreError::Damaged { path: file, reason };
            let frame = self.bytes(*span)?;
            let dictionary = if step == 0 { &[][..] } else { &content };
            content = codec::decompress(frame, dictionary).map_err(|error| damaged(error.to_string()))?;
        }
        if ContentHash::of(&content) == recipe.after {
            return Ok(content);
        }
        let path = recipe
            .spans
            .last()
            .map_or_else(|| self.folder.to_path_buf(), |span| segment_file(self.folder, span.segment));
        Err(StoreError::Damaged { path, reason: "a version in it is not what was saved".to_owned() })
    }
}
