//! From pixels to a file for the web: nothing but the picture is written, no EXIF, no place, no profile.

use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use rgb::FromSlice as _;

use crate::{MediaError, OutputFormat, decode::Raster};

/// Encodes a picture; quality from 1 to 100, without meaning for PNG.
pub(crate) fn encode(raster: &Raster, format: OutputFormat, quality: u8) -> Result<Vec<u8>, MediaError> {
    let quality = quality.clamp(1, 100);
    let encoded = match format {
        OutputFormat::Jpeg => encode_jpeg(raster, quality),
        OutputFormat::WebP => encode_webp(raster, quality),
        OutputFormat::Png => encode_png(raster),
        OutputFormat::Avif => encode_avif(raster, quality),
    };
    encoded.ok_or(MediaError::Unwritable { format, width: raster.width, height: raster.height })
}

/// Quality of what is made for the program's own views.
const VIEW_QUALITY: u8 = 82;

/// Encodes a picture for the program's own views, where time counts more than bytes: JPEG in one pass, or WebP where
/// something shines through.
pub(crate) fn encode_quickly(raster: &Raster) -> Result<Vec<u8>, MediaError> {
    let (format, encoded) = if raster.alpha {
        (OutputFormat::WebP, encode_webp(raster, VIEW_QUALITY))
    } else {
        (OutputFormat::Jpeg, encode_baseline(raster))
    };
    encoded.ok_or(MediaError::Unwritable { format, width: raster.width, height: raster.height })
}

fn encode_baseline(raster: &Raster) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(raster.pixels.len() / 12);
    let mut encoder = Encoder::new(&mut bytes, VIEW_QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let (width, height) = (u16::try_from(raster.width).ok()?, u16::try_from(raster.height).ok()?);
    encoder.encode(&raster.pixels, width, height, ColorType::Rgb).ok()?;
    Some(bytes)
}

fn encode_jpeg(raster: &Raster, quality: u8) -> Option<Vec<u8>> {
    let flat;
    let pixels = if raster.alpha {
        flat = lay_on_white(&raster.pixels);
        &flat
    } else {
        &raster.pixels
    };
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(if quality >= 90 { SamplingFactor::F_1_1 } else { SamplingFactor::F_2_2 });
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    let (width, height) = (u16::try_from(raster.width).ok()?, u16::try_from(raster.height).ok()?);
    encoder.encode(pixels, width, height, ColorType::Rgb).ok()?;
    Some(bytes)
}

fn encode_webp(raster: &Raster, quality: u8) -> Option<Vec<u8>> {
    // RFC 9649 §2.5: 14 bits a side.
    if raster.width > 16_383 || raster.height > 16_383 {
        return None;
    }
    let encoder = if raster.alpha {
        webp::Encoder::from_rgba(&raster.pixels, raster.width, raster.height)
    } else {
        webp::Encoder::from_rgb(&raster.pixels, raster.width, raster.height)
    };
    encoder.encode_simple(false, f32::from(quality)).ok().map(|memory| memory.to_vec())
}

/// Speed of the AVIF encoder, 1 to 10: slower ones cost two to four times the time for files 3 % smaller, and 10 makes
/// them a fifth larger. Measured on the demo's pictures.
const AVIF_SPEED: u8 = 9;
/// How much the quality falls when an AVIF is not smaller than the WebP, and how often.
const AVIF_STEP: u8 = 12;
const AVIF_TRIES: u8 = 3;

/// AVIF (AV1 still picture), at the quality asked for or, where that is not smaller than the WebP a browser would load
/// otherwise, at a lower one. One thread and one tile, so that the same pixels are the same bytes on every machine.
fn encode_avif(raster: &Raster, quality: u8) -> Option<Vec<u8>> {
    let limit = encode_webp(raster, OutputFormat::WebP.usual_quality())?.len();
    let mut smallest: Option<Vec<u8>> = None;
    for step in 0..AVIF_TRIES {
        let bytes = encode_avif_once(raster, quality.saturating_sub(step * AVIF_STEP).max(1))?;
        if smallest.as_ref().is_none_or(|known| bytes.len() < known.len()) {
            smallest = Some(bytes);
        }
        if smallest.as_ref().is_some_and(|known| known.len() < limit) {
            break;
        }
    }
    smallest
}

fn encode_avif_once(raster: &Raster, quality: u8) -> Option<Vec<u8>> {
    let (width, height) = (raster.width as usize, raster.height as usize);
    let encoder = ravif::Encoder::new()
        .with_speed(AVIF_SPEED)
        .with_quality(f32::from(quality))
        .with_alpha_quality(f32::from(quality))
        .with_bit_depth(ravif::BitDepth::Eight)
        .with_num_threads(Some(1));
    // Not `encode_rgb`: it is compiled where it is called, and the whole encoder with it. This one is compiled once,
    // in its own crate, and leaves the alpha channel out when every pixel is opaque.
    let opaque: Vec<u8>;
    let (pixels, mode) = if raster.alpha {
        (&raster.pixels, ravif::AlphaColorMode::UnassociatedClean)
    } else {
        opaque =
            raster.pixels.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect();
        (&opaque, ravif::AlphaColorMode::UnassociatedDirty)
    };
    let encoder = encoder.with_alpha_color_mode(mode);
    let encoded = encoder.encode_rgba(ravif::Img::new(pixels.as_rgba(), width, height));
    encoded.ok().map(|encoded| encoded.avif_file)
}

fn encode_png(raster: &Raster) -> Option<Vec<u8>> {
    let colour = if raster.alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&raster.pixels, raster.width, raster.height, colour).ok()?;
    Some(bytes)
}

/// JPEG has no transparency: what shines through is white, as on paper.
fn lay_on_white(pixels: &[u8]) -> Vec<u8> {
    let mut flat = Vec::with_capacity(pixels.len() / 4 * 3);
    for pixel in pixels.chunks_exact(4) {
        let opaque = u32::from(pixel[3]);
        for channel in &pixel[..3] {
            let mixed = (u32::from(*channel) * opaque + 255 * (255 - opaque) + 127) / 255;
            flat.push(u8::try_from(mixed).unwrap_or(255));
        }
    }
    flat
}
