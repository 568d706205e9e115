//! Width and height of a picture from its first bytes, before anything is decoded. Own readers, because what they
//! check is what decoders must not be trusted with.
//!
//! Sources: JPEG ITU-T T.81 annex B; PNG (Third Edition) §11.2.1; GIF89a §18; WebP RFC 9649 §2; TIFF 6.0 §8; HEIF
//! ISO/IEC 23008-12 §6.5.3.

use crate::{MediaError, PictureFormat, heif, raw, tiff::Tiff};

/// What the header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    /// Width as stored, in pixels.
    pub(crate) width: u32,
    /// Height as stored, in pixels.
    pub(crate) height: u32,
    /// Whether some of it may be transparent.
    pub(crate) alpha: bool,
    /// Whether it has more than one frame.
    pub(crate) animated: bool,
    /// Whether it is a JPEG of the kind that holds raw data and no browser shows.
    pub(crate) lossless: bool,
}

impl Header {
    /// A picture of that size, opaque and still.
    pub(crate) const fn sized(width: u32, height: u32) -> Self {
        Self { width, height, alpha: false, animated: false, lossless: false }
    }
}

/// Reads the header of a picture of that format.
pub(crate) fn read_header(format: PictureFormat, bytes: &[u8]) -> Result<Header, MediaError> {
    let (header, expected) = match format {
        PictureFormat::Jpeg => (read_jpeg(bytes), "it has no frame header"),
        PictureFormat::Png => (read_png(bytes), "it has no image header"),
        PictureFormat::Gif => (read_gif(bytes), "it has no screen size"),
        PictureFormat::WebP => (read_webp(bytes), "it has no image chunk"),
        PictureFormat::Heic | PictureFormat::Avif => (heif::read_header(bytes), "it has no size"),
        PictureFormat::Tiff => (read_tiff(bytes), "it has no image directory"),
        PictureFormat::Raw(kind) => {
            (raw::preview(kind, bytes).and_then(read_jpeg), "it holds no JPEG that could be shown")
        }
    };
    let damaged = |reason: &str| MediaError::Damaged { format, reason: reason.to_owned() };
    match header {
        None => Err(damaged(expected)),
        Some(header) if header.width == 0 || header.height == 0 => Err(damaged("its width or height is 0")),
        Some(header) => Ok(header),
    }
}

fn big_16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn little_16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn little_32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn big_32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn little_24(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 3)?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]))
}

/// Width and height of a JPEG, by the first frame in it.
pub(crate) fn read_jpeg(bytes: &[u8]) -> Option<Header> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            at += 1;
            continue;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // Fill bytes and markers without content.
            0xff => at += 1,
            0x00 | 0x01 | 0xd0..=0xd8 => at += 2,
            // End of image, or start of scan before any frame.
            0xd9 | 0xda => return None,
            // Start of frame, all kinds but the tables that share the range.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let (height, width) = (big_16(bytes, at + 5)?, big_16(bytes, at + 7)?);
                let lossless = !matches!(marker, 0xc0..=0xc2);
                return Some(Header { lossless, ..Header::sized(width, height) });
            }
            _ => at += 2 + usize::try_from(big_16(bytes, at + 2)?).ok()?.max(2),
        }
    }
}

fn read_png(bytes: &[u8]) -> Option<Header> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let (width, height) = (big_32(bytes, 16)?, big_32(bytes, 20)?);
    let mut alpha = matches!(bytes.get(25)?, 4 | 6);
    // The chunks between the header and the first data may name a transparent colour.
    let mut at = 33;
    while let (Some(length), Some(kind)) = (big_32(bytes, at), bytes.get(at + 4..at + 8)) {
        match kind {
            b"tRNS" => alpha = true,
            b"IDAT" | b"IEND" => break,
            _ => {}
        }
        at = at.saturating_add(12).saturating_add(usize::try_from(length).ok()?);
        if at > bytes.len() {
            break;
        }
    }
    Some(Header { alpha, ..Header::sized(width, height) })
}

fn read_gif(bytes: &[u8]) -> Option<Header> {
    let (width, height) = (little_16(bytes, 6)?, little_16(bytes, 8)?);
    // A loop count is what animated GIFs have; finding the second frame would mean to read the whole file.
    let animated = bytes.windows(11).take(4096).any(|window| window == b"NETSCAPE2.0");
    Some(Header { alpha: true, animated, ..Header::sized(width, height) })
}

fn read_webp(bytes: &[u8]) -> Option<Header> {
    let still = |width, height, alpha| Header { alpha, ..Header::sized(width, height) };
    match bytes.get(12..16)? {
        b"VP8 " => {
            if bytes.get(23..26)? != [0x9d, 0x01, 0x2a] {
                return None;
            }
            Some(still(little_16(bytes, 26)? & 0x3fff, little_16(bytes, 28)? & 0x3fff, false))
        }
        b"VP8L" => {
            if *bytes.get(20)? != 0x2f {
                return None;
            }
            let bits = little_32(bytes, 21)?;
            Some(still((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1, bits >> 28 & 1 == 1))
        }
        b"VP8X" => {
            let flags = *bytes.get(20)?;
            let (width, height) = (little_24(bytes, 24)? + 1, little_24(bytes, 27)? + 1);
            let (alpha, animated) = (flags & 0x10 != 0, flags & 0x02 != 0);
            Some(Header { alpha, animated, ..Header::sized(width, height) })
        }
        _ => None,
    }
}

fn read_tiff(bytes: &[u8]) -> Option<Header> {
    let tiff = Tiff::open(bytes)?;
    let directories = tiff.directories();
    let main = directories.first()?;
    let number = |tag| main.get(tag).and_then(|entry| tiff.number(entry));
    Some(Header { alpha: main.get(0x0152).is_some(), ..Header::sized(number(0x0100)?, number(0x0101)?) })
}

/// The first frame of an animated WebP as a WebP file of its own, when it covers the whole canvas.
pub(crate) fn first_webp_frame(bytes: &[u8], header: Header) -> Option<Vec<u8>> {
    let mut at = 12;
    loop {
        let kind = bytes.get(at..at + 4)?;
        let length = usize::try_from(little_32(bytes, at + 4)?).ok()?;
        let content = bytes.get(at + 8..at.checked_add(8)?.checked_add(length)?)?;
        if kind == b"ANMF" {
            let size = (little_24(content, 6)? + 1, little_24(content, 9)? + 1);
            if size != (header.width, header.height) {
                return None;
            }
            let frame = content.get(16..)?;
            let mut file = Vec::with_capacity(frame.len() + 30);
            file.extend_from_slice(b"RIFF");
            file.extend_from_slice(&u32::try_from(frame.len() + 22).ok()?.to_le_bytes());
            file.extend_from_slice(b"WEBPVP8X\x0a\0\0\0");
            file.extend_from_slice(&[
                if frame.starts_with(b"ALPH") || header.alpha { 0x10 } else { 0 },
                0,
                0,
                0,
            ]);
            file.extend_from_slice(&(header.width - 1).to_le_bytes()[..3]);
            file.extend_from_slice(&(header.height - 1).to_le_bytes()[..3]);
            file.extend_from_slice(frame);
            return Some(file);
        }
        at = at.checked_add(8)?.checked_add(length)?.checked_add(length & 1)?;
    }
}
