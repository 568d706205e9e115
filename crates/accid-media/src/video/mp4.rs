//! MP4: boxes in boxes, each with its length and four letters (ISO 14496-12). Must not know codecs.

use std::ops::Range;

use super::{Film, FilmError, FilmFormat, number};

/// Boxes that hold only notes: `udta` the maker's, with `©xyz` for the place; `meta` QuickTime's keys, with the place
/// too; `uuid` what programs add, such as XMP.
const NOTES: [&[u8; 4]; 3] = [b"udta", b"meta", b"uuid"];

/// Boxes that hold others and are looked into.
const HOLDERS: [&[u8; 4]; 5] = [b"moov", b"trak", b"mdia", b"moof", b"traf"];

/// Most boxes that are looked at.
const MOST: usize = 100_000;

/// A box: its letters, where it begins, and where its content is.
#[derive(Clone)]
struct Box4 {
    name: [u8; 4],
    start: usize,
    content: Range<usize>,
}

pub(super) fn is_mp4(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
}

/// The box at `at`, which ends before `end`.
fn box_at(bytes: &[u8], at: usize, end: usize) -> Option<Box4> {
    let head = bytes.get(at..at.checked_add(8)?)?;
    let name = head[4..].try_into().ok()?;
    let (header, length) = match number(&head[..4]) {
        0 => (8, end.checked_sub(at)?),
        1 => (16, usize::try_from(number(bytes.get(at + 8..at.checked_add(16)?)?)).ok()?),
        length => (8, usize::try_from(length).ok()?),
    };
    let stop = at.checked_add(length)?;
    (length >= header && stop <= end).then(|| Box4 { name, start: at, content: at + header..stop })
}

/// The boxes in a range, until one does not fit.
fn boxes(bytes: &[u8], range: Range<usize>) -> Vec<Box4> {
    let (mut found, mut at) = (Vec::new(), range.start);
    while at < range.end && found.len() < MOST {
        let Some(next) = box_at(bytes, at, range.end) else { break };
        at = next.content.end;
        found.push(next);
    }
    found
}

fn child(bytes: &[u8], parent: &Box4, name: &[u8; 4]) -> Option<Box4> {
    boxes(bytes, parent.content.clone()).into_iter().find(|inside| inside.name == *name)
}

pub(super) fn probe(bytes: &[u8]) -> Result<Film, FilmError> {
    let moov = boxes(bytes, 0..bytes.len()).into_iter().find(|found| found.name == *b"moov");
    let moov = moov.ok_or(FilmError::Damaged)?;
    let tracks = boxes(bytes, moov.content.clone()).into_iter().filter(|found| found.name == *b"trak");
    let mut sizes =
        tracks.filter(|track| is_picture(bytes, track)).filter_map(|track| size_of(bytes, &track));
    let (width, height) =
        sizes.find(|(width, height)| *width > 0 && *height > 0).ok_or(FilmError::NoPicture)?;
    let seconds =
        child(bytes, &moov, b"mvhd").and_then(|header| duration(&bytes[header.content])).unwrap_or(0.0);
    Ok(Film { format: FilmFormat::Mp4, width, height, seconds })
}

/// Whether the handler of the track is for pictures.
fn is_picture(bytes: &[u8], track: &Box4) -> bool {
    let handler = child(bytes, track, b"mdia").and_then(|media| child(bytes, &media, b"hdlr"));
    handler.is_some_and(|handler| bytes[handler.content].get(8..12) == Some(b"vide"))
}

/// Size of a track in pixels, as it is shown: its matrix may lay it on its side.
fn size_of(bytes: &[u8], track: &Box4) -> Option<(u32, u32)> {
    let header = &bytes[child(bytes, track, b"tkhd")?.content];
    let times = if header.first()? == &1 { 32 } else { 20 };
    // After the times: reserved, layer, group, volume, reserved; then nine numbers of the matrix, width, height.
    let matrix = header.get(4 + times + 16..4 + times + 52)?;
    let edges = header.get(4 + times + 52..4 + times + 60)?;
    let edge = |bytes: &[u8]| u32::try_from(number(bytes) >> 16).ok();
    let (width, height) = (edge(&edges[..4])?, edge(&edges[4..])?);
    let lies = number(&matrix[..4]) == 0 && number(&matrix[4..8]) != 0;
    Some(if lies { (height, width) } else { (width, height) })
}

#[expect(clippy::cast_precision_loss, reason = "seconds of a film; a part of a millisecond does not matter")]
fn duration(header: &[u8]) -> Option<f64> {
    let (scale, length) = if header.first()? == &1 {
        (number(header.get(20..24)?), number(header.get(24..32)?))
    } else {
        (number(header.get(12..16)?), number(header.get(16..20)?))
    };
    (scale > 0).then(|| length as f64 / scale as f64)
}

/// Makes free space of the boxes that hold notes: all else stays where the tables say it is.
pub(super) fn blank_notes(bytes: &mut [u8]) {
    let whole = 0..bytes.len();
    let mut open = vec![whole];
    let mut notes = Vec::new();
    while let Some(range) = open.pop() {
        for found in boxes(bytes, range) {
            if NOTES.contains(&&found.name) {
                notes.push(found);
            } else if HOLDERS.contains(&&found.name) && open.len() < MOST {
                open.push(found.content);
            }
        }
    }
    for note in notes {
        bytes[note.start + 4..note.start + 8].copy_from_slice(b"free");
        bytes[note.content].fill(0);
    }
}
