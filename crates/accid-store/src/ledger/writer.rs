//! Appends records to the newest segment: one write, one `fdatasync`, then it counts. Must not know JSON files.

use std::{path::PathBuf, sync::Arc};

use accid_base::{ContentHash, Id, RelativePath, Vfs, vfs::AppendFile};

use super::{
    LARGEST_SEGMENT, MOST_DELTAS, codec,
    frame::{FrameKind, Piece, frame, scan},
    index::{Change, Index, Payload, Record, Span},
    record::{
        BEFORE_DIGITS, CheckpointHeader, Header, KeptVersion, ObjectHeader, RecordKind, SegmentHeader, body,
    },
    scan::{LastSegment, numbers},
    segment_file,
};
use crate::{StoreError, disk, moments::time_of};

/// A record to be written.
pub(crate) struct NewRecord<'a> {
    pub id: Id,
    pub author: &'a str,
    pub note: &'a str,
    pub kind: RecordKind,
    pub version: Option<KeptVersion>,
    pub objects: Vec<NewObject<'a>>,
}

/// One object of a record to be written.
pub(crate) struct NewObject<'a> {
    pub path: RelativePath,
    /// Content before, if the caller has it and it is what the last record says.
    pub base: Option<&'a [u8]>,
    pub before: Option<ContentHash>,
    /// Content after; `None` removes it.
    pub after: Option<(ContentHash, &'a [u8])>,
}

struct Open {
    number: u32,
    file: Box<dyn AppendFile>,
    length: u64,
    /// An append or sync failed: nothing may be appended before the segment was cut back to `length`.
    poisoned: bool,
}

/// The one who writes a project's ledger.
pub(crate) struct Writer {
    vfs: Arc<dyn Vfs>,
    folder: PathBuf,
    open: Option<Open>,
    /// The highest number any segment has or had.
    highest: u32,
}

/// A record as bytes, with what the index needs to know once its place is known.
pub(crate) struct Encoded {
    pub frame: Vec<u8>,
    pub record: Record,
}

impl Writer {
    /// A writer that goes on behind the newest segment, or begins the first one at its first record.
    pub(crate) fn new(
        vfs: Arc<dyn Vfs>,
        folder: PathBuf,
        last: Option<LastSegment>,
    ) -> Result<Self, StoreError> {
        let highest = numbers(&*vfs, &folder)?.last().copied().unwrap_or(0);
        let mut writer = Self { vfs, folder, open: None, highest };
        // What ends in a damaged stretch is left alone: a new segment is begun instead.
        if let Some(last) = last.filter(|last| last.number == highest && !last.damaged && last.length > 0) {
            // What cannot be opened or cut now is left alone too.
            writer.open = writer.reopen(last).ok();
        }
        Ok(writer)
    }

    /// Opens the newest segment again. A torn end is cut off, and what was read from it is made durable: a process
    /// that was killed may have written it without having synced it.
    fn reopen(&self, last: LastSegment) -> std::io::Result<Open> {
        let mut file = self.vfs.open_append(&segment_file(&self.folder, last.number))?;
        if last.size > last.length {
            file.truncate(last.length as u64)?;
        }
        file.sync_data()?;
        Ok(Open { number: last.number, file, length: last.length as u64, poisoned: false })
    }

    /// The segment the next record goes to; makes one when there is none or the last is full.
    fn ready(&mut self) -> Result<&mut Open, StoreError> {
        if self.open.as_ref().is_some_and(|open| open.poisoned) {
            self.recover()?;
        }
        if self.open.as_ref().is_none_or(|open| open.length >= LARGEST_SEGMENT) {
            self.begin_segment()?;
        }
        self.open.as_mut().ok_or_else(|| StoreError::Damaged {
            path: self.folder.clone(),
            reason: "no segment could be opened".to_owned(),
        })
    }

    /// Ends the newest segment and begins the next; returns the number of the one that ended.
    pub(crate) fn begin_segment(&mut self) -> Result<u32, StoreError> {
        if self.open.as_ref().is_some_and(|open| open.poisoned) {
            self.recover()?;
        }
        let number = self.highest + 1;
        let file = segment_file(&self.folder, number);
        disk::make_folder(&*self.vfs, &self.folder)?;
        let header = SegmentHeader::new(0).frame();
        disk::write(&*self.vfs, &file, &header)?;
        let append = self.vfs.open_append(&file).map_err(StoreError::io("open", &file))?;
        let ended = self.highest;
        self.highest = number;
        self.open = Some(Open { number, file: append, length: header.len() as u64, poisoned: false });
        Ok(ended)
    }

    /// Keeps a number free for a segment that compaction makes, and returns it.
    pub(crate) fn reserve_number(&mut self) -> u32 {
        self.highest += 1;
        self.highest
    }

    /// Cuts a poisoned segment back to what was acknowledged, reads it again and opens it anew.
    fn recover(&mut self) -> Result<(), StoreError> {
        let Some(open) = self.open.as_mut() else { return Ok(()) };
        let file = segment_file(&self.folder, open.number);
        let mut append = self.vfs.open_append(&file).map_err(StoreError::io("open", &file))?;
        append
            .truncate(open.length)
            .and_then(|()| append.sync_data())
            .map_err(StoreError::io("cut back", &file))?;
        let bytes = self.vfs.read(&file).map_err(StoreError::io("read", &file))?;
        let whole = scan(&bytes).iter().all(|piece| matches!(piece, Piece::Frame { .. }));
        if whole && bytes.len() as u64 == open.length {
            *open = Open { number: open.number, file: append, length: open.length, poisoned: false };
        } else {
            // What was acknowledged reads differently now: leave it as it is and go on in a new segment.
            self.open = None;
        }
        Ok(())
    }

    /// Writes a record and makes it durable; then it is in the index and counts.
    ///
    /// # Errors
    /// When the disk refuses: the record does not count.
    pub(crate) fn append(&mut self, record: NewRecord<'_>, index: &Index) -> Result<Record, StoreError> {
        let open = self.ready()?;
        let number = open.number;
        let at = usize::try_from(open.length).unwrap_or(usize::MAX);
        let encoded = encode(record, number, at, |path| index.deltas_in(path, number));
        let encoded = encoded.map_err(StoreError::io("pack a record for", &self.folder))?;
        self.append_frame(&encoded.frame, Sync::Now)?;
        Ok(encoded.record)
    }

    /// Notes that the files hold all changes up to that one. Not synced: losing it costs only time at the next start.
    pub(crate) fn checkpoint(&mut self, through: &Id) -> Result<(), StoreError> {
        let body = body(&CheckpointHeader { through: through.clone() }, &[]);
        let body = body.map_err(StoreError::io("pack a record for", &self.folder))?;
        self.ready()?;
        self.append_frame(&frame(FrameKind::Checkpoint, &body), Sync::Later)
    }

    fn append_frame(&mut self, frame: &[u8], sync: Sync) -> Result<(), StoreError> {
        let Some(open) = self.open.as_mut() else { return Ok(()) };
        let written = open.file.append(frame).and_then(|()| match sync {
            Sync::Now => open.file.sync_data(),
            Sync::Later => Ok(()),
        });
        match written {
            Ok(()) => {
                open.length += frame.len() as u64;
                Ok(())
            }
            Err(error) => {
                open.poisoned = true;
                let file = segment_file(&self.folder, open.number);
                // Best effort now; otherwise before the next record.
                drop(self.recover());
                Err(StoreError::io("write the history", &file)(error))
            }
        }
    }
}

enum Sync {
    Now,
    Later,
}

/// Packs a record for a segment, at a place in it; `deltas` says how many differences an object already has there.
pub(crate) fn encode(
    record: NewRecord<'_>,
    segment: u32,
    at: usize,
    mut deltas: impl FnMut(&RelativePath) -> Option<usize>,
) -> std::io::Result<Encoded> {
    let mut headers = Vec::with_capacity(record.objects.len());
    let mut payloads = Vec::with_capacity(record.objects.len());
    for object in &record.objects {
        let mut header = ObjectHeader {
            path: object.path.clone(),
            before: Some(object.before.map(|hash| hash.to_string()[..BEFORE_DIGITS].to_owned())),
            after: object.after.map(|(hash, _)| hash),
            full: None,
            delta: None,
        };
        if let Some((_, content)) = object.after {
            let base = object.base.filter(|_| deltas(&object.path).is_some_and(|count| count < MOST_DELTAS));
            let packed = pack(content, base)?;
            let length = u32::try_from(packed.bytes().len()).map_err(std::io::Error::other)?;
            match &packed {
                Packed::Full(_) => header.full = Some(length),
                Packed::Delta(_) => (header.before, header.delta) = (None, Some(length)),
            }
            payloads.push(packed.into_bytes());
        }
        headers.push(header);
    }
    let kind = if record.kind == RecordKind::Snapshot { FrameKind::Snapshot } else { FrameKind::Transaction };
    let header = Header {
        id: record.id.clone(),
        author: record.author.to_owned(),
        note: record.note.to_owned(),
        kind: if kind == FrameKind::Snapshot { RecordKind::Change } else { record.kind },
        version: record.version.clone(),
        objects: headers,
    };
    let bytes = frame(kind, &body(&header, &payloads)?);
    let mut payload_at = at + bytes.len() - payloads.iter().map(Vec::len).sum::<usize>();
    let mut changes = Vec::with_capacity(header.objects.len());
    for (object, new) in header.objects.into_iter().zip(&record.objects) {
        let length = object.full.or(object.delta).unwrap_or(0) as usize;
        let span = Span { segment, at: payload_at, length };
        payload_at += length;
        let payload = match (object.full, object.delta) {
            (Some(_), _) => Payload::Full(span),
            (None, Some(_)) => Payload::Delta(span),
            (None, None) => Payload::None,
        };
        changes.push(Change { path: object.path, before: new.before, after: object.after, payload });
    }
    let record = Record {
        at: time_of(&record.id),
        id: record.id,
        author: record.author.into(),
        note: record.note.into(),
        kind: record.kind,
        version: record.version,
        changes,
    };
    Ok(Encoded { frame: bytes, record })
}

enum Packed {
    Full(Vec<u8>),
    Delta(Vec<u8>),
}

impl Packed {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Full(bytes) | Self::Delta(bytes) => bytes,
        }
    }

    fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Full(bytes) | Self::Delta(bytes) => bytes,
        }
    }
}

/// Packs a content as a difference when that is possible, smaller, and proven to unfold to the same bytes.
fn pack(content: &[u8], base: Option<&[u8]>) -> std::io::Result<Packed> {
    if let Some(base) = base {
        let delta = codec::compress(content, base)?;
        let small = delta.len() < content.len() / 2;
        if small && codec::decompress(&delta, base).is_ok_and(|bytes| bytes == content) {
            return Ok(Packed::Delta(delta));
        }
    }
    let full = codec::compress(content, &[])?;
    if codec::decompress(&full, &[]).is_ok_and(|bytes| bytes == content) {
        return Ok(Packed::Full(full));
    }
    Err(std::io::Error::other("a compressed content did not unfold to what it was"))
}
