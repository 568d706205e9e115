//! Renditions: smaller copies of a picture for a website. Each is a pure function of the original and its recipe.

use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};

use crate::{
    MediaError, PictureFormat,
    decode::{Raster, decode},
    encode::encode,
    metadata::read_metadata,
    orient::{turn_upright, turned_size},
    probe::turn_of,
};

/// A format renditions are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutputFormat {
    /// Progressive JPEG; what is transparent becomes white.
    Jpeg,
    /// Lossy WebP, transparency kept.
    WebP,
    /// PNG, lossless, transparency kept.
    Png,
    /// AVIF, lossy, transparency kept; smaller than the WebP of the same width, and a hundred times slower to make.
    Avif,
}

impl OutputFormat {
    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::WebP => "WebP",
            Self::Png => "PNG",
            Self::Avif => "AVIF",
        }
    }

    /// The ending of its files' names, without a dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Png => "png",
            Self::Avif => "avif",
        }
    }

    /// The quality at which a photo looks like its original on a website, from 1 to 100.
    pub const fn usual_quality(self) -> u8 {
        match self {
            Self::Jpeg => 80,
            Self::WebP => 78,
            Self::Png => 100,
            Self::Avif => 64,
        }
    }
}

/// How a rendition is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Recipe {
    /// Width in pixels, upright; a picture that is narrower keeps its own width.
    pub width: u32,
    /// Format it is written in.
    pub format: OutputFormat,
    /// Quality from 1 to 100; without meaning for PNG.
    pub quality: u8,
}

impl Recipe {
    /// A recipe with the usual quality of the format.
    pub const fn new(width: u32, format: OutputFormat) -> Self {
        Self { width, format, quality: format.usual_quality() }
    }
}

/// Makes all renditions of a picture from one decoding, in the order of the recipes. They stand upright, are never
/// wider than the original, and hold no metadata; the same bytes and recipe give the same rendition, whichever
/// others are asked for with it.
///
/// # Errors
/// When the picture cannot be read (see [`crate::probe`]) or a rendition is longer than its format allows.
pub fn render_renditions(bytes: &[u8], recipes: &[Recipe]) -> Result<Vec<Vec<u8>>, MediaError> {
    let mut renditions = Vec::with_capacity(recipes.len());
    render_each(bytes, recipes, |_, rendition| {
        renditions.push(rendition);
        Ok::<_, MediaError>(())
    })?;
    Ok(renditions)
}

/// Makes renditions like [`render_renditions`] and hands each to `keep` with its place among the recipes as soon as it
/// is made; what is made stays made when `keep` refuses a later one.
///
/// # Errors
/// When the picture cannot be read, a rendition is longer than its format allows, or `keep` refuses.
pub fn render_each<E: From<MediaError>>(
    bytes: &[u8],
    recipes: &[Recipe],
    mut keep: impl FnMut(usize, Vec<u8>) -> Result<(), E>,
) -> Result<(), E> {
    let original = decode(bytes)?;
    let format = PictureFormat::sniff(bytes)?;
    let orientation = turn_of(format, &read_metadata(format, bytes));
    let mut resized: Option<(u32, Raster)> = None;
    for (index, recipe) in recipes.iter().enumerate() {
        let upright = turned_size(original.width, original.height, orientation);
        let width = recipe.width.clamp(1, upright.0);
        let raster = match resized.take() {
            // Recipes of one width usually stand together, one per format.
            Some((known, raster)) if known == width => raster,
            _ => upright_at(&original, orientation, width)?,
        };
        keep(index, encode(&raster, recipe.format, recipe.quality)?)?;
        resized = Some((width, raster));
    }
    Ok(())
}

/// The picture upright and of this width.
pub(crate) fn upright_at(original: &Raster, orientation: u8, width: u32) -> Result<Raster, MediaError> {
    let (upright_width, upright_height) = turned_size(original.width, original.height, orientation);
    let height = scale(upright_height, width, upright_width);
    let (stored_width, stored_height) = turned_size(width, height, orientation);
    Ok(turn_upright(resize(original, stored_width, stored_height)?, orientation))
}

fn scale(length: u32, part: u32, whole: u32) -> u32 {
    let (length, part, whole) = (u64::from(length), u64::from(part), u64::from(whole).max(1));
    u32::try_from((length * part + whole / 2) / whole).unwrap_or(u32::MAX).max(1)
}

pub(crate) fn resize(raster: &Raster, width: u32, height: u32) -> Result<Raster, MediaError> {
    if (raster.width, raster.height) == (width, height) {
        return Ok(raster.clone());
    }
    let too_large = |_| MediaError::TooLarge { width: raster.width, height: raster.height };
    let kind = if raster.alpha { PixelType::U8x4 } else { PixelType::U8x3 };
    let source =
        ImageRef::new(raster.width, raster.height, &raster.pixels, kind).map_err(|_| too_large(()))?;
    let mut target = Image::new(width, height, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&source, &mut target, &options).map_err(|_| too_large(()))?;
    Ok(Raster { width, height, alpha: raster.alpha, pixels: target.into_vec() })
}
