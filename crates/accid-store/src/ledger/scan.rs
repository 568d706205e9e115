//! Reads segments at start: what is whole goes into the index, what is not becomes a finding. Must not write.

use std::{collections::HashMap, path::Path, sync::Arc};

use accid_base::{Finding, Severity, Vfs, vfs::Kind};

use super::{
    frame::{FrameKind, Piece, scan},
    index::{Change, Index, Payload, Record, Span},
    record::{BEFORE_DIGITS, CheckpointHeader, DICTIONARY, Header, RecordKind, SegmentHeader, open_body},
    segment_file,
};
use crate::{StoreError, disk, moments::time_of};

/// What reading all segments gave.
#[derive(Default)]
pub(crate) struct Scanned {
    pub index: Index,
    /// The newest segment, with the length up to which it is whole, and whether anything in it is damaged.
    pub last: Option<LastSegment>,
    /// Segments that a later one replaces; they can be removed.
    pub replaced: Vec<u32>,
    pub findings: Vec<Finding>,
}

/// The newest segment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LastSegment {
    pub number: u32,
    /// Bytes up to the end of the last whole frame.
    pub length: usize,
    /// Bytes in the file.
    pub size: usize,
    /// Whether the bytes beyond `length` look like a whole record that decayed.
    pub decayed: bool,
    /// Whether something before `length` is damaged: nothing more should be appended to it.
    pub damaged: bool,
}

/// Numbers of the segments in the folder, rising.
pub(crate) fn numbers(vfs: &dyn Vfs, folder: &Path) -> Result<Vec<u32>, StoreError> {
    let names = disk::names(vfs, folder, Kind::File)?;
    let number = |name: &String| name.strip_suffix(".log").filter(|digits| digits.len() >= 6)?.parse().ok();
    let mut numbers: Vec<u32> = names.iter().filter_map(number).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Reads all segments of the folder. Damage never makes it fail; only a disk that refuses to read does.
pub(crate) fn read_all(vfs: &dyn Vfs, folder: &Path) -> Result<Scanned, StoreError> {
    let mut segments = Vec::new();
    for number in numbers(vfs, folder)? {
        let file = segment_file(folder, number);
        segments.push((number, vfs.read(&file).map_err(StoreError::io("read", &file))?));
    }
    let replaced = |bytes: &[u8]| segment_header(&scan(bytes)).map_or(0, |header| header.replaces);
    let below = segments
        .iter()
        .map(|(number, bytes)| replaced(bytes).min(number.saturating_sub(1)))
        .max()
        .unwrap_or(0);
    let mut scanned = Scanned::default();
    let mut reader = Reader { scanned: &mut scanned, texts: HashMap::new() };
    for (number, bytes) in &segments {
        if *number <= below {
            reader.scanned.replaced.push(*number);
        } else {
            reader.segment(*number, bytes);
        }
    }
    Ok(scanned)
}

fn segment_header(pieces: &[Piece<'_>]) -> Option<SegmentHeader> {
    match pieces.first()? {
        Piece::Frame { kind, body, .. } if *kind == FrameKind::Segment as u8 => {
            serde_json::from_slice(body).ok()
        }
        _ => None,
    }
}

struct Reader<'a> {
    scanned: &'a mut Scanned,
    /// Authors and notes repeat: each is kept once.
    texts: HashMap<String, Arc<str>>,
}

impl Reader<'_> {
    fn text(&mut self, text: String) -> Arc<str> {
        self.texts.entry(text).or_insert_with_key(|text| Arc::from(text.as_str())).clone()
    }

    fn finding(&mut self, number: u32, message: &str) {
        let path = format!("{}/{number:06}.log", crate::paths::LEDGER);
        self.scanned.findings.push(Finding::new(Severity::Warning, "ledger.damaged", message).in_path(path));
    }

    fn segment(&mut self, number: u32, bytes: &[u8]) {
        let pieces = scan(bytes);
        let dictionary =
            segment_header(&pieces).map_or_else(|| DICTIONARY.to_owned(), |header| header.dictionary);
        let mut last =
            LastSegment { number, length: bytes.len(), size: bytes.len(), decayed: false, damaged: false };
        for (place, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Frame { kind, body_at, body } => {
                    let known = self.frame(number, *kind, *body_at, body, &dictionary);
                    if !known || (place == 0) != (*kind == FrameKind::Segment as u8) {
                        last.damaged = true;
                        self.finding(
                            number,
                            "A record of the history cannot be read, or was written by a newer ACCID. \
                             It is left as it is; the other records are used.",
                        );
                    }
                }
                Piece::Damage { .. } => {
                    last.damaged = true;
                    self.finding(
                        number,
                        "Some bytes of the history are damaged. What stands before and behind them \
                         is used; single versions may be missing.",
                    );
                }
                Piece::Torn { at, complete } => {
                    last.length = *at;
                    last.decayed = *complete;
                }
            }
        }
        self.scanned.last = Some(last);
    }

    /// Takes a frame into the index; says whether it was understood.
    fn frame(&mut self, segment: u32, kind: u8, body_at: usize, body: &[u8], dictionary: &str) -> bool {
        match FrameKind::of(kind) {
            Some(FrameKind::Segment) => true,
            Some(FrameKind::Checkpoint) => {
                let through = open_body(body, dictionary)
                    .and_then(|(json, _)| serde_json::from_slice::<CheckpointHeader>(&json).ok());
                let Some(checkpoint) = through else { return false };
                let place = self.scanned.index.place_of(&checkpoint.through);
                self.scanned.index.followed = place.map_or(self.scanned.index.followed, |place| place + 1);
                true
            }
            Some(kind @ (FrameKind::Transaction | FrameKind::Snapshot)) => {
                let Some((json, payloads_at)) = open_body(body, dictionary) else { return false };
                let Ok(mut header) = serde_json::from_slice::<Header>(&json) else { return false };
                if kind == FrameKind::Snapshot {
                    header.kind = RecordKind::Snapshot;
                }
                self.record(segment, header, body_at + payloads_at, body_at + body.len())
            }
            None => false,
        }
    }

    fn record(&mut self, segment: u32, header: Header, mut at: usize, end: usize) -> bool {
        let mut changes = Vec::with_capacity(header.objects.len());
        for object in header.objects {
            let length = object.full.or(object.delta).unwrap_or(0) as usize;
            let span = Span { segment, at, length };
            at += length;
            if at > end {
                return false;
            }
            let payload = match (object.after, object.full, object.delta) {
                (Some(_), Some(_), None) => Payload::Full(span),
                (Some(_), None, Some(_)) => Payload::Delta(span),
                (None, None, None) => Payload::None,
                _ => return false,
            };
            let known = self.scanned.index.latest(&object.path);
            let follows = |digits: &str| {
                known.filter(|hash| !digits.is_empty() && hash.to_string().starts_with(digits))
            };
            let before = match object.before.flatten().as_deref() {
                _ if object.delta.is_some() => known,
                Some(digits) => follows(digits.get(..BEFORE_DIGITS.min(digits.len())).unwrap_or_default()),
                None => None,
            };
            changes.push(Change { path: object.path, before, after: object.after, payload });
        }
        let record = Record {
            at: time_of(&header.id),
            author: self.text(header.author),
            note: self.text(header.note),
            kind: header.kind,
            version: header.version,
            changes,
            id: header.id,
        };
        self.scanned.index.push(record);
        true
    }
}
