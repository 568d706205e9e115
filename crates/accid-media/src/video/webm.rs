//! WebM: elements in elements, each with a number and a length of as many bytes as they need (RFC 8794, RFC 9559). Must
//! not know codecs.

use std::ops::Range;

use super::{Film, FilmError, FilmFormat, number};

const EBML: u32 = 0x1A45_DFA3;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_A966;
const TIMESTAMP_SCALE: u32 = 0x2A_D7B1;
const DURATION: u32 = 0x4489;
const TRACKS: u32 = 0x1654_AE6B;
const TRACK: u32 = 0xAE;
const VIDEO: u32 = 0xE0;
const PIXEL_WIDTH: u32 = 0xB0;
const PIXEL_HEIGHT: u32 = 0xBA;
const TAGS: u32 = 0x1254_C367;
const ATTACHMENTS: u32 = 0x1941_A469;
const VOID: u8 = 0xEC;

/// Most elements that are looked at on one floor.
const MOST: usize = 100_000;

#[derive(Clone)]
struct Element {
    id: u32,
    start: usize,
    content: Range<usize>,
}

pub(super) fn is_webm(bytes: &[u8]) -> bool {
    bytes.len() > 4 && number(&bytes[..4]) == u64::from(EBML)
}

/// The element at `at`. One of unknown length, as streams have it, goes to the end.
fn element_at(bytes: &[u8], at: usize, end: usize) -> Option<Element> {
    let first = *bytes.get(at)?;
    let id_length = first.leading_zeros() as usize + 1;
    if id_length > 4 {
        return None;
    }
    let id = u32::try_from(number(bytes.get(at..at + id_length)?)).ok()?;
    let at_size = at + id_length;
    let first = *bytes.get(at_size)?;
    let length_of_size = first.leading_zeros() as usize + 1;
    if length_of_size > 8 {
        return None;
    }
    let raw = number(bytes.get(at_size..at_size + length_of_size)?);
    let mask = (1_u64 << (7 * length_of_size)) - 1;
    let begin = at_size + length_of_size;
    let stop = if raw & mask == mask { end } else { begin.checked_add(usize::try_from(raw & mask).ok()?)? };
    (stop <= end).then_some(Element { id, start: at, content: begin..stop })
}

fn elements(bytes: &[u8], range: Range<usize>) -> Vec<Element> {
    let (mut found, mut at) = (Vec::new(), range.start);
    while at < range.end && found.len() < MOST {
        let Some(next) = element_at(bytes, at, range.end) else { break };
        at = next.content.end;
        found.push(next);
    }
    found
}

fn child(bytes: &[u8], parent: &Element, id: u32) -> Option<Element> {
    elements(bytes, parent.content.clone()).into_iter().find(|inside| inside.id == id)
}

pub(super) fn probe(bytes: &[u8]) -> Result<Film, FilmError> {
    let segment = elements(bytes, 0..bytes.len()).into_iter().find(|found| found.id == SEGMENT);
    let segment = segment.ok_or(FilmError::Damaged)?;
    let tracks = child(bytes, &segment, TRACKS).ok_or(FilmError::Damaged)?;
    let videos = elements(bytes, tracks.content).into_iter().filter(|track| track.id == TRACK);
    let video = videos.filter_map(|track| child(bytes, &track, VIDEO)).next().ok_or(FilmError::NoPicture)?;
    let edge = |id| {
        let value = child(bytes, &video, id).map(|found| number(&bytes[found.content]));
        value.and_then(|value| u32::try_from(value).ok()).unwrap_or(0)
    };
    let seconds = child(bytes, &segment, INFO).and_then(|info| duration(bytes, &info)).unwrap_or(0.0);
    Ok(Film { format: FilmFormat::WebM, width: edge(PIXEL_WIDTH), height: edge(PIXEL_HEIGHT), seconds })
}

#[expect(clippy::cast_precision_loss, reason = "nanoseconds of a tick; a part of one does not matter")]
fn duration(bytes: &[u8], info: &Element) -> Option<f64> {
    let scale = child(bytes, info, TIMESTAMP_SCALE).map_or(1_000_000, |scale| number(&bytes[scale.content]));
    let raw = &bytes[child(bytes, info, DURATION)?.content];
    let ticks = match raw.len() {
        4 => f64::from(f32::from_be_bytes(raw.try_into().ok()?)),
        8 => f64::from_be_bytes(raw.try_into().ok()?),
        _ => return None,
    };
    Some(ticks * scale as f64 / 1_000_000_000.0)
}

/// Makes a void of tags and attachments: all else stays where the cues say it is.
pub(super) fn blank_notes(bytes: &mut [u8]) {
    let segments = elements(bytes, 0..bytes.len()).into_iter().filter(|found| found.id == SEGMENT);
    let notes: Vec<Element> = segments
        .flat_map(|segment| elements(bytes, segment.content))
        .filter(|found| matches!(found.id, TAGS | ATTACHMENTS))
        .collect();
    for note in notes {
        let whole = note.content.end - note.start;
        // One byte for the number, eight for the length; no element of these two is shorter.
        if let Some(rest) = whole.checked_sub(9) {
            let length = (1_u64 << 56) | rest as u64;
            bytes[note.start] = VOID;
            bytes[note.start + 1..note.start + 9].copy_from_slice(&length.to_be_bytes());
            bytes[note.start + 9..note.content.end].fill(0);
        } else {
            // Too short to hold a note.
            bytes[note.content].fill(0);
        }
    }
}
