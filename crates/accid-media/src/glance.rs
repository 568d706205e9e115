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
    let linear: [f64; 256] = std::array::from_fn(|value| linear_of(value as f64 / 255.0));
    let peak = pixels.chunks_exact(4).map(|pixel| luminance_of(pixel, &linear)).fold(0.0, f64::max);
    let peak = grey_of(peak, &linear);
    Ok(Glance { thumbhash, peak })
}

fn with_alpha(raster: &Raster) -> Vec<u8> {
    if raster.alpha {
        return raster.pixels.clone();
    }
    raster.pixels.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect()
}

/// The grey that is as bright as this pixel; what shines through may be white.
/// The relative luminance of a pixel; what shines through may be white.
fn luminance_of(pixel: &[u8], linear: &[f64; 256]) -> f64 {
    let opaque = f64::from(pixel[3]) / 255.0;
    let channel = |value: u8| match pixel[3] {
        255 => linear[usize::from(value)],
        _ => linear_of((f64::from(value) * opaque + 255.0 * (1.0 - opaque)) / 255.0),
    };
    0.2126 * channel(pixel[0]) + 0.7152 * channel(pixel[1]) + 0.0722 * channel(pixel[2])
}

/// The grey that is as bright: found among all 256, so that no rounding of a root differs between machines.
fn grey_of(luminance: f64, linear: &[f64; 256]) -> u8 {
    let darker = linear.partition_point(|grey| *grey < luminance - 1e-9);
    u8::try_from(darker).unwrap_or(255)
}

/// From a value of sRGB to light, both 0 to 1 (IEC 61966-2-1).
fn linear_of(value: f64) -> f64 {
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grey_is_as_bright_as_itself_and_what_is_transparent_may_be_white() {
        let linear = std::array::from_fn(|value| linear_of(value as f64 / 255.0));
        let grey_of = |pixel: [u8; 4]| grey_of(luminance_of(&pixel, &linear), &linear);
        for grey in 0..=255 {
            assert_eq!(grey_of([grey, grey, grey, 255]), grey);
        }
        assert_eq!(grey_of([0, 0, 0, 0]), 255);
        assert_eq!(grey_of([0, 0, 0, 128]), 127);
        assert!(grey_of([0, 0, 255, 255]) < grey_of([0, 255, 0, 255]));
    }
}
