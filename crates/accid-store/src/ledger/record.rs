//! What a record says, and its JSON header inside a frame. Must not know files.

use std::io;

use accid_base::{ContentHash, Id, RelativePath};
use serde::{Deserialize, Serialize};

use super::{
    codec,
    frame::{self, FrameKind},
};

/// Dictionary of the headers: a typical one. It stands in clear in every segment's first frame.
pub(crate) const DICTIONARY: &str = "{\"id\":\"019\",\"author\":\"outside\",\"note\":\"Changed outside ACCID\",\"kind\":\"outside\",\
     {\"id\":\"019\",\"author\":\"accid\",\"note\":\"Restored \",\"kind\":\"restore\",\"version\":{\"kind\":\"automatic\",\
     \"started\":17,\"changes\":1},\"objects\":[{\"path\":\"photos/019\",\"before\":null,\"after\":null,\"full\":1}]}\
     {\"through\":\"019\"}{\"id\":\"019\",\"author\":\"owner\",\"note\":\"Edit \",\
     \"objects\":[{\"path\":\"pages/index.json\",\"after\":\"\",\"delta\":3}]}";

/// Digits of the hash before that a record carries: enough to see whether it follows the record before it.
pub(crate) const BEFORE_DIGITS: usize = 12;

/// First frame of a segment: plain JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SegmentHeader {
    /// Always `accid-ledger`.
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// The segments up to this number are replaced by this one; 0 for none.
    #[serde(default)]
    pub replaces: u32,
    /// Dictionary of this segment's record headers.
    pub dictionary: String,
}

impl SegmentHeader {
    pub(crate) fn new(replaces: u32) -> Self {
        Self { format: "accid-ledger".to_owned(), version: 1, replaces, dictionary: DICTIONARY.to_owned() }
    }

    /// The frame at the start of the segment.
    pub(crate) fn frame(&self) -> Vec<u8> {
        // A struct of strings and numbers always becomes JSON.
        frame::frame(FrameKind::Segment, &serde_json::to_vec(self).unwrap_or_default())
    }
}

/// Why a record was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RecordKind {
    /// Somebody restored an older state.
    Restore,
    /// Another program wrote the files.
    Outside,
    /// A person named the state (its own kind of frame).
    Snapshot,
    /// Somebody saved. Kinds of a newer ACCID are read as this one.
    #[default]
    #[serde(other)]
    Change,
}

/// What a person sees of a record that compaction made out of a whole version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptVersion {
    /// `automatic`, `named` or `outside`.
    pub kind: KeptKind,
    /// Milliseconds since 1970 of its first change.
    pub started: i64,
    /// How many changes it was made of.
    pub changes: usize,
}

/// Kind of a kept version.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KeptKind {
    /// Named by a person.
    Named,
    /// Made by another program.
    Outside,
    /// Made by saves.
    #[default]
    #[serde(other)]
    Automatic,
}

/// JSON header of a transaction or snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// The change; a UUID of version 7, whose first 48 bits are its time.
    pub id: Id,
    /// Who.
    pub author: String,
    /// What, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Why; left out for an ordinary save.
    #[serde(default, skip_serializing_if = "is_change")]
    pub kind: RecordKind,
    /// Only where compaction made one record of a version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<KeptVersion>,
    /// The objects; none in a snapshot.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<ObjectHeader>,
}

fn is_change(kind: &RecordKind) -> bool {
    *kind == RecordKind::Change
}

/// One object of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ObjectHeader {
    /// Its file.
    pub path: RelativePath,
    /// First digits of the hash it had; null when it did not exist. Left out with a delta, which says the same: it can
    /// be unfolded only with the content before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Option<String>>,
    /// The hash it has now; null when it was removed.
    pub after: Option<ContentHash>,
    /// Its whole content follows, in so many bytes of zstd.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full: Option<u32>,
    /// Its content follows as zstd with the content before as dictionary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delta: Option<u32>,
}

/// JSON header of a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CheckpointHeader {
    /// The files hold all changes up to this one.
    pub through: Id,
}

fn put_length(mut length: usize, body: &mut Vec<u8>) {
    while length >= 0x80 {
        body.push(u8::try_from(length & 0x7f).unwrap_or(0) | 0x80);
        length >>= 7;
    }
    body.push(u8::try_from(length).unwrap_or(0));
}

fn take_length(body: &[u8]) -> Option<(usize, &[u8])> {
    let mut length = 0_usize;
    for (index, byte) in body.iter().enumerate().take(5) {
        length |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((length, &body[index + 1..]));
        }
    }
    None
}

/// A body: length of the compressed header (LEB128), the header, then the payloads one behind the other.
pub(crate) fn body(header: &impl Serialize, payloads: &[Vec<u8>]) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(header)?;
    let packed = codec::compress(&json, DICTIONARY.as_bytes())?;
    let mut body = Vec::with_capacity(packed.len() + 3 + payloads.iter().map(Vec::len).sum::<usize>());
    put_length(packed.len(), &mut body);
    body.extend_from_slice(&packed);
    payloads.iter().for_each(|payload| body.extend_from_slice(payload));
    Ok(body)
}

/// The JSON header of a body, and where its payloads begin in it.
pub(crate) fn open_body(body: &[u8], dictionary: &str) -> Option<(Vec<u8>, usize)> {
    let (length, rest) = take_length(body)?;
    let packed = rest.get(..length)?;
    let json = codec::decompress(packed, dictionary.as_bytes()).ok()?;
    Some((json, body.len() - rest.len() + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_goes_in_and_out() {
        let id: Id = "01970000-0000-7000-8000-000000000001".parse().unwrap();
        let header = CheckpointHeader { through: id };
        let body = body(&header, &[b"xyz".to_vec()]).unwrap();
        let (json, at) = open_body(&body, DICTIONARY).unwrap();
        assert_eq!(serde_json::from_slice::<CheckpointHeader>(&json).unwrap(), header);
        assert_eq!(&body[at..], b"xyz");
        assert!(open_body(&[0xff; 20], DICTIONARY).is_none() && open_body(&[], DICTIONARY).is_none());
    }

    #[test]
    fn lengths_of_all_sizes_are_read_back() {
        for length in [0, 1, 127, 128, 300, 70_000, 9_000_000] {
            let mut bytes = Vec::new();
            put_length(length, &mut bytes);
            assert_eq!(take_length(&bytes), Some((length, &[][..])));
        }
    }
}
