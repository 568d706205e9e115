//! What a picture looks like from afar: its ThumbHash and how bright its brightest part is. Must not know pages.

use crate::{
    MediaError, PictureFormat,
    decode::{Raster, decode},
    metadata::read_metadata,
    orient::turned_size,
    probe::turn_of,
    rendition::upright_at,
};

/// Longest side of the picture that is looked at, in pixels. ThumbHash takes no more than 100; a pixel of it is about as
/// wide as a stroke of a title on the whole picture.
const SIDE: u32 = 96;

/// What a picture looks like from afar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// Its ThumbHash (<https://evanw.github.io/thumbhash/>), about 25 bytes.
    pub thumbhash: Vec<u8>,
    /// How bright its brightest part is: 0 for black, 255 for white. Between them, the grey of the same relative
    /// luminance (WCAG 2.2).
    pub peak: u8,
}

/// Looks at a picture from afar. The same bytes give the same answer.
///
/// # Errors
/// When the picture cannot be read (see [`crate::probe`]).
pub fn glance(bytes: &[u8]) -> Result<Glance, MediaError> {
    let original = decode(bytes)?;
    let format = PictureFormat::sniff(bytes)?;
    glance_at(&original, turn_of(format, &read_metadata(format, bytes)))
}

/// Looks from afar at a picture that stands upright.
pub(crate) fn glance_of(upright: &Raster) -> Result<Glance, MediaError> {
    glance_at(upright, 1)
}

fn glance_at(original: &Raster, orientation: u8) -> Result<Glance, MediaError> {
    let (width, height) = turned_size(original.width, original.height, orientation);
    let longest = width.max(height).max(1);
    let small = u64::from(width) * u64::from(SIDE.min(longest)) / u64::from(longest);
    let mut raster = upright_at(original, orientation, u32::try_from(small).unwrap_or(SIDE).max(1))?;
    // Something 1 pixel wide and 30,000 high cannot be that small in its own proportions.
    raster.height = raster.height.min(SIDE);
    raster.pixels.truncate(raster.width as usize * raster.height as usize * raster.channels());
    let pixels = with_alpha(&raster);
    let thumbhash = thumbhash::rgba_to_thumb_hash(raster.width as usize, raster.height as usize, &pixels);
    let peak = pixels.chunks_exact(4).map(grey_of).max().unwrap_or(255);
    Ok(Glance { thumbhash, peak })
}

fn with_alpha(raster: &Raster) -> Vec<u8> {
    if raster.alpha {
        return raster.pixels.clone();
    }
    raster.pixels.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect()
}

/// The grey that is as bright as this pixel; what shines through may be white.
fn grey_of(pixel: &[u8]) -> u8 {
    let opaque = f64::from(pixel[3]) / 255.0;
    let linear = |channel: u8| {
        let value = (f64::from(channel) * opaque + 255.0 * (1.0 - opaque)) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * linear(pixel[0]) + 0.7152 * linear(pixel[1]) + 0.0722 * linear(pixel[2]);
    // Found among the 256 greys, so that no rounding of a root differs between machines.
    (0..=254_u8).find(|grey| linear_grey(*grey) >= luminance - 1e-9).unwrap_or(255)
}

fn linear_grey(grey: u8) -> f64 {
    let value = f64::from(grey) / 255.0;
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grey_is_as_bright_as_itself_and_what_is_transparent_may_be_white() {
        for grey in [0, 1, 10, 11, 117, 200, 254, 255] {
            assert_eq!(grey_of(&[grey, grey, grey, 255]), grey);
        }
        assert_eq!(grey_of(&[0, 0, 0, 0]), 255);
        assert!(grey_of(&[0, 0, 255, 255]) < grey_of(&[0, 255, 0, 255]));
    }
}
