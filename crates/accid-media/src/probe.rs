//! What a file is: its format by its first bytes, its size by its header, what its camera wrote. Decodes no pixel.

use crate::{
    LONGEST_SIDE, MOST_PIXELS, MediaError,
    header::{Header, read_header},
    metadata::read_metadata,
    orient,
};

/// A picture format that ACCID reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureFormat {
    /// JPEG (ITU-T T.81), baseline or progressive.
    Jpeg,
    /// PNG.
    Png,
    /// GIF; of a moving one, renditions show the first frame.
    Gif,
    /// WebP; of a moving one, renditions show the first frame.
    WebP,
}

impl PictureFormat {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Jpeg, Self::Png, Self::Gif, Self::WebP];

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
        }
    }

    /// The ending of its files' names, without a dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::WebP => "webp",
        }
    }

    /// Its media type (RFC 6838).
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
        }
    }

    /// The format with these first bytes, whatever the file's name says.
    ///
    /// # Errors
    /// When they are those of no format ACCID reads.
    pub fn sniff(bytes: &[u8]) -> Result<Self, MediaError> {
        if bytes.is_empty() {
            return Err(MediaError::Empty);
        }
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            return Ok(Self::Jpeg);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Ok(Self::Png);
        }
        if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            return Ok(Self::Gif);
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Ok(Self::WebP);
        }
        Err(name_unsupported(bytes).map_or(MediaError::Unknown, MediaError::Unsupported))
    }
}

/// The name of a format that people do try, for a refusal that helps.
fn name_unsupported(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return match bytes.get(8..12)? {
            b"avif" | b"avis" => Some("AVIF"),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1" => Some("HEIC"),
            _ => Some("video"),
        };
    }
    let text = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    let text = String::from_utf8_lossy(text);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match bytes {
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Some("TIFF or camera RAW"),
        [b'B', b'M', ..] => Some("BMP"),
        [b'%', b'P', b'D', b'F', ..] => Some("PDF"),
        [b'8', b'B', b'P', b'S', ..] => Some("Photoshop"),
        [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] | [0xff, 0x0a, ..] => Some("JPEG XL"),
        _ if text.starts_with("<svg") || (text.starts_with("<?xml") && text.contains("<svg")) => Some("SVG"),
        _ => None,
    }
}

/// What a picture file says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Its format.
    pub format: PictureFormat,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// How the stored rows lie (EXIF tag 0x0112): 1 upright, 2 to 8 mirrored or turned.
    pub orientation: u8,
    /// Whether parts of it may be transparent.
    pub transparent: bool,
    /// Whether it moves; renditions show its first frame.
    pub animated: bool,
    /// Make and model of the camera; empty when unknown.
    pub camera: String,
    /// When it was taken, as the camera's clock said: `2026-03-01T14:05:00`, with the offset when that is known.
    /// Empty when unknown; dates of zeros or blanks, as cameras without a set clock write them, count as unknown.
    pub date: String,
    /// Where it was taken: latitude and longitude in degrees, north and east positive (WGS 84).
    pub location: Option<(f64, f64)>,
}

/// Reads what a picture file says of itself, without decoding it. Damaged metadata is left out, never a reason to
/// refuse a picture.
///
/// # Errors
/// When it is no picture ACCID reads, its header is damaged, or it has more than [`MOST_PIXELS`] or a side longer
/// than [`LONGEST_SIDE`].
pub fn probe(bytes: &[u8]) -> Result<Picture, MediaError> {
    let format = PictureFormat::sniff(bytes)?;
    let header = check_size(read_header(format, bytes)?)?;
    let metadata = read_metadata(bytes);
    let (width, height) = orient::turned_size(header.width, header.height, metadata.orientation);
    Ok(Picture {
        format,
        width,
        height,
        orientation: metadata.orientation,
        transparent: header.alpha,
        animated: header.animated,
        camera: metadata.camera,
        date: metadata.date,
        location: metadata.location,
    })
}

/// Refuses a picture that would need more memory than ACCID gives one.
pub(crate) fn check_size(header: Header) -> Result<Header, MediaError> {
    let Header { width, height, .. } = header;
    if width > LONGEST_SIDE || height > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(MediaError::TooLarge { width, height });
    }
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_are_not_read_are_named() {
        for (bytes, name) in [
            (&b"\0\0\0\x18ftypheic"[..], "HEIC"),
            (b"\0\0\0\x18ftypavif", "AVIF"),
            (b"II*\0xxxx", "TIFF or camera RAW"),
            (b"%PDF-1.7", "PDF"),
            (b"<?xml version='1.0'?><svg/>", "SVG"),
            (b"\xef\xbb\xbf <svg xmlns='x'/>", "SVG"),
        ] {
            assert_eq!(probe(bytes).unwrap_err(), MediaError::Unsupported(name));
        }
        assert_eq!(probe(b"hello").unwrap_err(), MediaError::Unknown);
        assert_eq!(probe(b"").unwrap_err(), MediaError::Empty);
    }

    #[test]
    fn a_picture_of_50000_by_50000_pixels_is_refused_by_its_header() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend_from_slice(&50_000_u32.to_be_bytes());
        png.extend_from_slice(&50_000_u32.to_be_bytes());
        png.extend_from_slice(&[8, 6, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(probe(&png).unwrap_err(), MediaError::TooLarge { width: 50_000, height: 50_000 });

        let jpeg = [0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0xff, 0xff, 0xff, 0xff, 3];
        assert_eq!(probe(&jpeg).unwrap_err(), MediaError::TooLarge { width: 65_535, height: 65_535 });
    }

    #[test]
    fn a_narrow_picture_is_refused_by_its_longest_side() {
        let gif = b"GIF89a\xff\xff\x01\0\0\0\0";
        assert_eq!(probe(gif).unwrap_err(), MediaError::TooLarge { width: 65_535, height: 1 });
    }
}
