//! Raw files: whose they are, and the JPEG that the camera put into them for people to look at. Must not develop raw
//! data. Sources: TIFF 6.0, Adobe DNG 1.7, and where ExifTool's tables say each maker puts the picture.

use crate::{
    format::RawKind,
    header::{Header, read_jpeg},
    tiff::{Directory, Group, Tiff},
};

const COMPRESSION: u16 = 0x0103;
const PHOTOMETRIC: u16 = 0x0106;
const MAKE: u16 = 0x010f;
const STRIPS: u16 = 0x0111;
const STRIP_LENGTHS: u16 = 0x0117;
const TILES: u16 = 0x0144;
const JPEG_AT: u16 = 0x0201;
const JPEG_LENGTH: u16 = 0x0202;
/// Panasonic's whole JPEG, as the value of a tag.
const PANASONIC_JPEG: u16 = 0x002e;
const DNG_VERSION: u16 = 0xc612;

/// Whose raw file it is; none when it is no raw file.
pub(crate) fn kind_of(bytes: &[u8]) -> Option<RawKind> {
    match bytes.get(..4)? {
        b"FUJI" if bytes.starts_with(b"FUJIFILMCCD-RAW") => return Some(RawKind::Raf),
        b"IIU\0" => return Some(RawKind::Rw2),
        b"IIRO" | b"IIRS" | b"MMOR" => return Some(RawKind::Orf),
        b"II*\0" | b"MM\0*" => {}
        _ => return None,
    }
    if bytes.get(8..10) == Some(b"CR") {
        return Some(RawKind::Cr2);
    }
    let tiff = Tiff::open(bytes)?;
    let directories = tiff.directories();
    let main = directories.first()?;
    if main.get(DNG_VERSION).is_some() {
        return Some(RawKind::Dng);
    }
    let holds_raw = directories.iter().any(|directory| {
        let number = |tag| directory.get(tag).and_then(|entry| tiff.number(entry));
        // A colour filter array, or linear raw; and the makers' own compressions.
        matches!(number(PHOTOMETRIC), Some(32_803 | 34_892))
            || matches!(number(COMPRESSION), Some(34_713 | 32_767 | 65_535 | 32_770))
    });
    if !holds_raw {
        return None;
    }
    let make = main.get(MAKE).map(|entry| String::from_utf8_lossy(tiff.data(entry)).to_uppercase());
    let make = make.unwrap_or_default();
    let makers = [
        ("NIKON", RawKind::Nef),
        ("SONY", RawKind::Arw),
        ("PENTAX", RawKind::Pef),
        ("RICOH", RawKind::Pef),
        ("SAMSUNG", RawKind::Srw),
    ];
    Some(makers.into_iter().find(|(name, _)| make.contains(name)).map_or(RawKind::Dng, |(_, kind)| kind))
}

/// The largest JPEG in a raw file that a browser could show.
pub(crate) fn preview(kind: RawKind, bytes: &[u8]) -> Option<&[u8]> {
    let mut found: Vec<&[u8]> = match kind {
        RawKind::Raf => fuji(bytes).into_iter().collect(),
        _ => Tiff::open(bytes).map(|tiff| named_in(&tiff)).unwrap_or_default(),
    };
    found.retain(|jpeg| size(jpeg).is_some());
    let best = found.into_iter().max_by_key(|jpeg| size(jpeg));
    // Makers that hide it in their own notes, and containers that are not TIFF: looked for by its first bytes.
    best.filter(|jpeg| size(jpeg) >= Some(LEAST)).or_else(|| largest_within(bytes)).or(best)
}

/// A thumbnail is less than this, in pixels: then a larger one is looked for.
const LEAST: u64 = 640 * 400;

/// Fujifilm: the place and length of the JPEG stand in the header. As much of it as there is.
pub(crate) fn fuji(bytes: &[u8]) -> Option<&[u8]> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
    let (at, length) = (number(84)?, number(88)?);
    bytes.get(at..at.checked_add(length)?.min(bytes.len()))
}

fn named_in<'a>(tiff: &Tiff<'a>) -> Vec<&'a [u8]> {
    let mut found = Vec::new();
    for directory in tiff.directories() {
        if matches!(directory.group, Group::Exif | Group::Gps) {
            continue;
        }
        found.extend(directory.get(PANASONIC_JPEG).map(|entry| tiff.data(entry)));
        for (at, length) in [(JPEG_AT, JPEG_LENGTH), (STRIPS, STRIP_LENGTHS)] {
            found.extend(within(tiff, &directory, at, length));
        }
    }
    found
}

fn within<'a>(tiff: &Tiff<'a>, directory: &Directory, at: u16, length: u16) -> Option<&'a [u8]> {
    let numbers = |tag| directory.get(tag).map(|entry| tiff.numbers(entry, 2));
    let (at, length) = (numbers(at)?, numbers(length)?);
    let ([at], [length]) = (at.as_slice(), length.as_slice()) else { return None };
    if directory.get(TILES).is_some() {
        return None;
    }
    let (at, length) = (*at as usize, *length as usize);
    tiff.bytes.get(at..at.checked_add(length)?.min(tiff.bytes.len()))
}

/// Pixels of a JPEG that can be shown; none for what is no JPEG, and for the lossless kind that holds raw data.
fn size(jpeg: &[u8]) -> Option<u64> {
    if !jpeg.starts_with(&[0xff, 0xd8, 0xff]) {
        return None;
    }
    let Header { width, height, lossless, .. } = read_jpeg(jpeg)?;
    (!lossless && width > 0 && height > 0).then(|| u64::from(width) * u64::from(height))
}

/// The largest JPEG that begins anywhere in the file.
fn largest_within(bytes: &[u8]) -> Option<&[u8]> {
    let starts = memchr::memmem::find_iter(bytes, &[0xff, 0xd8, 0xff]).take(64);
    let parts = starts.map(|at| &bytes[at..]);
    parts.filter(|part| size(part).is_some()).max_by_key(|part| size(part))
}
