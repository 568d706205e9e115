//! Which format a file has, by its first bytes. Must not decode, and must not believe names.

use crate::{MediaError, raw};

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
    /// AVIF (AV1 in HEIF); of a moving one, its still picture.
    Avif,
    /// HEIC (HEVC in HEIF), as phones write it.
    Heic,
    /// TIFF, its first page.
    Tiff,
    /// What a sensor saw; the JPEG that the camera put beside it is shown.
    Raw(RawKind),
}

/// Whose raw file it is; they differ in where the JPEG lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RawKind {
    /// Adobe's digital negative, of phones, Leica, Pentax and others.
    Dng,
    /// Canon, until 2018.
    Cr2,
    /// Canon, since 2018.
    Cr3,
    /// Nikon.
    Nef,
    /// Sony.
    Arw,
    /// Olympus and OM System.
    Orf,
    /// Panasonic.
    Rw2,
    /// Fujifilm.
    Raf,
    /// Pentax.
    Pef,
    /// Samsung.
    Srw,
}

impl RawKind {
    const fn extension(self) -> &'static str {
        match self {
            Self::Dng => "dng",
            Self::Cr2 => "cr2",
            Self::Cr3 => "cr3",
            Self::Nef => "nef",
            Self::Arw => "arw",
            Self::Orf => "orf",
            Self::Rw2 => "rw2",
            Self::Raf => "raf",
            Self::Pef => "pef",
            Self::Srw => "srw",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Dng => "image/x-adobe-dng",
            Self::Cr2 => "image/x-canon-cr2",
            Self::Cr3 => "image/x-canon-cr3",
            Self::Nef => "image/x-nikon-nef",
            Self::Arw => "image/x-sony-arw",
            Self::Orf => "image/x-olympus-orf",
            Self::Rw2 => "image/x-panasonic-rw2",
            Self::Raf => "image/x-fuji-raf",
            Self::Pef => "image/x-pentax-pef",
            Self::Srw => "image/x-samsung-srw",
        }
    }
}

/// Endings of the names of files that may be pictures ACCID reads; of a folder, only these are looked at.
pub const PICTURE_ENDINGS: &[&str] = &[
    "jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "avif", "heic", "heif", "hif", "tif", "tiff", "dng",
    "cr2", "cr3", "nef", "nrw", "arw", "sr2", "orf", "rw2", "raf", "pef", "srw",
];

impl PictureFormat {
    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
            Self::Avif => "AVIF",
            Self::Heic => "HEIC",
            Self::Tiff => "TIFF",
            Self::Raw(_) => "RAW",
        }
    }

    /// The ending of its files' names, without a dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Avif => "avif",
            Self::Heic => "heic",
            Self::Tiff => "tif",
            Self::Raw(kind) => kind.extension(),
        }
    }

    /// Its media type (RFC 6838).
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Avif => "image/avif",
            Self::Heic => "image/heic",
            Self::Tiff => "image/tiff",
            Self::Raw(kind) => kind.media_type(),
        }
    }

    /// The format of these bytes, whatever the file's name says.
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
        if bytes.get(4..8) == Some(b"ftyp") {
            return heif_kind(bytes).ok_or(MediaError::Unsupported("video"));
        }
        if let Some(kind) = raw::kind_of(bytes) {
            return Ok(Self::Raw(kind));
        }
        if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
            return Ok(Self::Tiff);
        }
        Err(name_unsupported(bytes).map_or(MediaError::Unknown, MediaError::Unsupported))
    }
}

/// What a file of boxes (ISO/IEC 14496-12) holds, by its brands.
fn heif_kind(bytes: &[u8]) -> Option<PictureFormat> {
    let length = u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?) as usize;
    let brands = bytes.get(8..length.clamp(12, 256).min(bytes.len()))?;
    if brands.starts_with(b"crx ") {
        return Some(PictureFormat::Raw(RawKind::Cr3));
    }
    // The major brand first, then, behind a version, those the file is compatible with.
    let mut general = false;
    for brand in brands.chunks_exact(4) {
        match brand {
            b"avif" | b"avis" => return Some(PictureFormat::Avif),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => return Some(PictureFormat::Heic),
            b"mif1" | b"mif2" | b"msf1" => general = true,
            _ => {}
        }
    }
    general.then_some(PictureFormat::Heic)
}

/// The name of a format that people do try, for a refusal that helps.
fn name_unsupported(bytes: &[u8]) -> Option<&'static str> {
    let text = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    let text = String::from_utf8_lossy(text);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match bytes {
        [b'B', b'M', ..] => Some("BMP"),
        [b'%', b'P', b'D', b'F', ..] => Some("PDF"),
        [b'8', b'B', b'P', b'S', ..] => Some("Photoshop"),
        [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] | [0xff, 0x0a, ..] => Some("JPEG XL"),
        [b'P', b'K', 3, 4, ..] => Some("ZIP"),
        [b'I', b'I', b'+', 0, ..] | [b'M', b'M', 0, b'+', ..] => Some("BigTIFF"),
        _ if text.starts_with("<svg") || (text.starts_with("<?xml") && text.contains("<svg")) => Some("SVG"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_are_not_read_are_named() {
        for (bytes, name) in [
            (&b"\0\0\0\x18ftypisom\0\0\0\0mp41"[..], "video"),
            (b"II+\0xxxx", "BigTIFF"),
            (b"%PDF-1.7", "PDF"),
            (b"PK\x03\x04zip", "ZIP"),
            (b"<?xml version='1.0'?><svg/>", "SVG"),
            (b"\xef\xbb\xbf <svg xmlns='x'/>", "SVG"),
        ] {
            assert_eq!(PictureFormat::sniff(bytes).unwrap_err(), MediaError::Unsupported(name));
        }
        assert_eq!(PictureFormat::sniff(b"hello").unwrap_err(), MediaError::Unknown);
        assert_eq!(PictureFormat::sniff(b"").unwrap_err(), MediaError::Empty);
    }

    #[test]
    fn files_of_boxes_are_told_apart_by_their_brands() {
        let sniff = |bytes: &[u8]| PictureFormat::sniff(bytes).unwrap();
        assert_eq!(sniff(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), PictureFormat::Heic);
        assert_eq!(sniff(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif"), PictureFormat::Avif);
        assert_eq!(sniff(b"\0\0\0\x18ftypmif1\0\0\0\0heicmif1"), PictureFormat::Heic);
        assert_eq!(sniff(b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom"), PictureFormat::Raw(RawKind::Cr3));
    }
}
