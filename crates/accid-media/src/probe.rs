//! What a file is: its format by its first bytes, its size by its header, what its camera wrote. Decodes no pixel.

use crate::{
    LONGEST_SIDE, MOST_PIXELS, MediaError, Notes, PictureFormat,
    header::{Header, read_header},
    metadata::read_metadata,
    orient,
};

/// What a picture file says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Its format.
    pub format: PictureFormat,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// Whether parts of it may be transparent.
    pub transparent: bool,
    /// Whether it moves; renditions show its first frame.
    pub animated: bool,
    /// What its camera and the programs it went through wrote into it.
    pub notes: Notes,
}

/// How the rows of a picture lie, as decoders give them: HEIF files say it outside EXIF, and decoders turn them upright.
pub(crate) fn turn_of(format: PictureFormat, notes: &Notes) -> u8 {
    match format {
        PictureFormat::Heic | PictureFormat::Avif => 1,
        _ => notes.orientation.unwrap_or(1),
    }
}

/// Reads what a picture file says of itself, without decoding it. Damaged metadata is left out, never a reason to
/// refuse a picture. Of a raw file, the size is that of the JPEG in it, which is what is shown.
///
/// # Errors
/// When it is no picture ACCID reads, its header is damaged, or it has more than [`MOST_PIXELS`] or a side longer
/// than [`LONGEST_SIDE`].
pub fn probe(bytes: &[u8]) -> Result<Picture, MediaError> {
    let format = PictureFormat::sniff(bytes)?;
    let header = check_size(read_header(format, bytes)?)?;
    let notes = read_metadata(format, bytes);
    let (width, height) = orient::turned_size(header.width, header.height, turn_of(format, &notes));
    Ok(Picture { format, width, height, transparent: header.alpha, animated: header.animated, notes })
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
    fn a_picture_of_50000_by_50000_pixels_is_refused_by_its_header() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend_from_slice(&50_000_u32.to_be_bytes());
        png.extend_from_slice(&50_000_u32.to_be_bytes());
        png.extend_from_slice(&[8, 6, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(probe(&png).unwrap_err(), MediaError::TooLarge { width: 50_000, height: 50_000 });

        let jpeg = [0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0xff, 0xff, 0xff, 0xff, 3];
        assert_eq!(probe(&jpeg).unwrap_err(), MediaError::TooLarge { width: 65_535, height: 65_535 });

        let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
        for tag in [0x0100_u16, 0x0101] {
            tiff.extend_from_slice(&tag.to_le_bytes());
            tiff.extend_from_slice(&[4, 0, 1, 0, 0, 0]);
            tiff.extend_from_slice(&50_000_u32.to_le_bytes());
        }
        assert_eq!(probe(&tiff).unwrap_err(), MediaError::TooLarge { width: 50_000, height: 50_000 });
    }

    #[test]
    fn a_narrow_picture_is_refused_by_its_longest_side() {
        let gif = b"GIF89a\xff\xff\x01\0\0\0\0";
        assert_eq!(probe(gif).unwrap_err(), MediaError::TooLarge { width: 65_535, height: 1 });
    }
}
