//! From a picture file to pixels: 8 bits a channel, taken for sRGB. The codecs' generics are compiled here and in
//! `encode.rs` only.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, Limits, codecs::gif::GifDecoder, codecs::png::PngDecoder,
    codecs::tiff::TiffDecoder,
};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use crate::{
    LONGEST_SIDE, MediaError, PictureFormat,
    header::{Header, first_webp_frame, read_header},
    heif,
    probe::check_size,
    raw,
};

/// Most bytes that decoding a PNG or GIF may take: 100 megapixels of four channels and some room.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// Pixels, row by row from the top: red, green, blue and, with `alpha`, how opaque.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) alpha: bool,
    pub(crate) pixels: Vec<u8>,
}

impl Raster {
    /// Bytes of a pixel.
    pub(crate) const fn channels(&self) -> usize {
        if self.alpha { 4 } else { 3 }
    }
}

/// Decodes a picture as it is stored, not yet turned upright.
pub(crate) fn decode(bytes: &[u8]) -> Result<Raster, MediaError> {
    decode_for(bytes, u32::MAX)
}

/// Decodes a picture as it is stored, perhaps smaller, but not so small that its longest side is less than `longest`.
/// Only JPEG can be decoded smaller: at a half, a quarter or an eighth (T.81 §A.3.3 on blocks of fewer coefficients).
pub(crate) fn decode_for(bytes: &[u8], longest: u32) -> Result<Raster, MediaError> {
    let format = PictureFormat::sniff(bytes)?;
    // Whatever a decoder does with a hostile file, the next file is read.
    let guarded = std::panic::AssertUnwindSafe(|| decode_as(format, bytes, longest));
    std::panic::catch_unwind(guarded).unwrap_or_else(|_| {
        Err(MediaError::Damaged { format, reason: "the decoder gave up on it".to_owned() })
    })
}

fn decode_as(format: PictureFormat, bytes: &[u8], longest: u32) -> Result<Raster, MediaError> {
    let header = check_size(read_header(format, bytes)?)?;
    let damaged = |reason: String| MediaError::Damaged { format, reason };
    let jpeg = |bytes: &[u8]| {
        let part = part_for(header.width.max(header.height), longest);
        if part == 1 { decode_jpeg(bytes) } else { decode_smaller(bytes, header, part) }
    };
    let raster = match format {
        PictureFormat::Jpeg => jpeg(bytes).map_err(damaged)?,
        PictureFormat::Raw(kind) => {
            let preview = raw::preview(kind, bytes).ok_or("it holds no JPEG that could be shown".to_owned());
            preview.and_then(jpeg).map_err(damaged)?
        }
        PictureFormat::Heic => heif::decode_heic(bytes).map_err(|reason| damaged(one_line(&reason)))?,
        PictureFormat::Avif => heif::decode_avif(bytes).map_err(|reason| damaged(one_line(&reason)))?,
        PictureFormat::Tiff => from_image(TiffDecoder::new(Cursor::new(bytes))).map_err(damaged)?,
        PictureFormat::Png => {
            let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits());
            from_image(decoder).map_err(damaged)?
        }
        PictureFormat::Gif => from_image(GifDecoder::new(Cursor::new(bytes))).map_err(damaged)?,
        PictureFormat::WebP => decode_webp(bytes, header).map_err(damaged)?,
    };
    let expected = raster.width as usize * raster.height as usize * raster.channels();
    if raster.pixels.len() != expected || raster.pixels.is_empty() {
        return Err(damaged("it has another number of pixels than it says".to_owned()));
    }
    Ok(drop_useless_alpha(raster))
}

/// The largest of 8, 4 and 2 by which a side can be divided and still be as long as asked for.
fn part_for(side: u32, longest: u32) -> u32 {
    [8, 4, 2].into_iter().find(|part| side.div_ceil(*part) >= longest).unwrap_or(1)
}

/// Decodes a JPEG at a part of its size, which skips most of the work; what that decoder does not take is decoded whole.
fn decode_smaller(bytes: &[u8], header: Header, part: u32) -> Result<Raster, String> {
    let mut decoder = jpeg_decoder::Decoder::new(Cursor::new(bytes));
    decoder.set_max_decoding_buffer_size(usize::try_from(MOST_BYTES).unwrap_or(usize::MAX));
    let side = |length: u32| u16::try_from(length.div_ceil(part)).unwrap_or(u16::MAX);
    let decoded = decoder.scale(side(header.width), side(header.height)).and_then(|_| decoder.decode());
    let (Ok(pixels), Some(info)) = (decoded, decoder.info()) else { return decode_jpeg(bytes) };
    let pixels = match info.pixel_format {
        jpeg_decoder::PixelFormat::RGB24 => pixels,
        jpeg_decoder::PixelFormat::L8 => pixels.iter().flat_map(|grey| [*grey; 3]).collect(),
        // Colours for printing, and 16 bits.
        _ => return decode_jpeg(bytes),
    };
    Ok(Raster { width: info.width.into(), height: info.height.into(), alpha: false, pixels })
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

fn decode_jpeg(bytes: &[u8]) -> Result<Raster, String> {
    let longest = LONGEST_SIDE as usize;
    let options = DecoderOptions::default()
        .set_max_width(longest)
        .set_max_height(longest)
        .set_strict_mode(false)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().map_err(|error| one_line(&format!("{error:?}")))?;
    let (width, height) = decoder.dimensions().ok_or("it has no size")?;
    let size = |side: usize| u32::try_from(side).map_err(|_| "it is too large".to_owned());
    let (width, height) = (size(width)?, size(height)?);
    // Pictures of one channel may come back as they are.
    let count = width as usize * height as usize;
    let pixels =
        if pixels.len() == count { pixels.iter().flat_map(|grey| [*grey; 3]).collect() } else { pixels };
    Ok(Raster { width, height, alpha: false, pixels })
}

fn from_image<D: ImageDecoder>(decoder: image::ImageResult<D>) -> Result<Raster, String> {
    let decode = || {
        let mut decoder = decoder?;
        decoder.set_limits(limits())?;
        DynamicImage::from_decoder(decoder)
    };
    let picture: DynamicImage = decode().map_err(|error| one_line(&error.to_string()))?;
    let (width, height, alpha) = (picture.width(), picture.height(), picture.color().has_alpha());
    let pixels = if alpha { picture.into_rgba8().into_raw() } else { picture.into_rgb8().into_raw() };
    Ok(Raster { width, height, alpha, pixels })
}

fn decode_webp(bytes: &[u8], header: Header) -> Result<Raster, String> {
    let frame;
    let bytes = if header.animated {
        frame = first_webp_frame(bytes, header).ok_or("its first frame does not fill the picture")?;
        &frame
    } else {
        bytes
    };
    let features = webp::BitstreamFeatures::new(bytes).ok_or("its bitstream cannot be read")?;
    if (features.width(), features.height()) != (header.width, header.height) {
        return Err("its parts disagree about its size".to_owned());
    }
    let picture = webp::Decoder::new(bytes).decode().ok_or("its bitstream cannot be read")?;
    let (width, height, alpha) = (picture.width(), picture.height(), picture.is_alpha());
    Ok(Raster { width, height, alpha, pixels: picture.to_vec() })
}

/// Many pictures have an alpha channel in which every pixel is opaque; without it they are smaller and may be JPEG.
fn drop_useless_alpha(raster: Raster) -> Raster {
    if !raster.alpha || raster.pixels.chunks_exact(4).any(|pixel| pixel[3] != 255) {
        return raster;
    }
    let pixels = raster.pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    Raster { alpha: false, pixels, ..raster }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect()
}
