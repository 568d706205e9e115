//! One decoding of a picture and all that ACCID keeps of it: what it looks like from afar, a fingerprint of what it
//! shows, and the smaller pictures that lists, maps and the viewer load. Must not know files or projects.

use crate::{
    Glance, MediaError, PictureFormat,
    decode::{Raster, decode_for},
    encode::encode_quickly,
    glance::glance_of,
    metadata::read_metadata,
    orient::turn_upright,
    probe::turn_of,
    rendition::resize,
};

/// Longest sides of the smaller pictures, in pixels.
pub const DERIVED_SIZES: [u32; 3] = [320, 1280, 2048];

/// A side may be shorter than asked for by one part in so many: then a photo of 12 megapixels is decoded at half its size,
/// for a picture of 2016 pixels in place of 2048.
const NEARLY: u32 = 50;

/// What is kept of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// What it looks like from afar.
    pub glance: Glance,
    /// A fingerprint of what it shows, 64 bits: whether each of 8 × 8 parts is darker than the one right of it. Pictures
    /// that look alike differ in few bits ([`bits_apart`]).
    pub fingerprint: u64,
    /// The smaller pictures, in the order of the sizes: JPEG, or WebP where something shines through. None is larger
    /// than the original, and none holds metadata.
    pub pictures: Vec<Vec<u8>>,
}

/// How many bits of two fingerprints differ: 0 for the same picture, up to about 10 for ones that look alike.
pub const fn bits_apart(one: u64, other: u64) -> u32 {
    (one ^ other).count_ones()
}

/// Decodes a picture once and makes all that is kept of it. `sizes` are longest sides in pixels. The same bytes and sizes
/// give the same answer.
///
/// # Errors
/// When the picture cannot be read (see [`crate::probe`]).
pub fn digest(bytes: &[u8], sizes: &[u32]) -> Result<Digest, MediaError> {
    let format = PictureFormat::sniff(bytes)?;
    let largest = sizes.iter().copied().max().unwrap_or(DERIVED_SIZES[0]);
    let original = decode_for(bytes, largest - largest / NEARLY)?;
    let turn = turn_of(format, &read_metadata(format, bytes));
    // From large to small, each from the one before: a small picture costs next to nothing then.
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(sizes[*index]));
    let mut pictures = vec![Vec::new(); sizes.len()];
    let mut present = turn_upright(fitted(original, largest)?, turn);
    for index in order {
        present = fitted(present, sizes[index])?;
        pictures[index] = encode_quickly(&present)?;
    }
    let small = fitted(present, DERIVED_SIZES[0])?;
    Ok(Digest { glance: glance_of(&small)?, fingerprint: fingerprint(&small)?, pictures })
}

/// The picture with its longest side at most so long.
fn fitted(raster: Raster, longest: u32) -> Result<Raster, MediaError> {
    let side = raster.width.max(raster.height);
    if side <= longest {
        return Ok(raster);
    }
    let part = |length: u32| {
        let scaled = (u64::from(length) * u64::from(longest) + u64::from(side) / 2) / u64::from(side);
        u32::try_from(scaled).unwrap_or(longest).max(1)
    };
    resize(&raster, part(raster.width), part(raster.height))
}

fn fingerprint(raster: &Raster) -> Result<u64, MediaError> {
    let tiny = resize(raster, 9, 8)?;
    let grey = |pixel: &[u8]| {
        let opaque = if raster.alpha { u32::from(pixel[3]) } else { 255 };
        let light = u32::from(pixel[0]) * 299 + u32::from(pixel[1]) * 587 + u32::from(pixel[2]) * 114;
        light * opaque + 255_000 * (255 - opaque)
    };
    let greys: Vec<u32> = tiny.pixels.chunks_exact(tiny.channels()).map(grey).collect();
    let mut bits = 0;
    for row in greys.chunks_exact(9) {
        for pair in row.windows(2) {
            bits = bits << 1 | u64::from(pair[0] < pair[1]);
        }
    }
    Ok(bits)
}
