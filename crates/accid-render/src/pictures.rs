//! Which renditions of a photo are published, and their names. Must not know pixels: it only names what is wanted.
//!
//! **Invariant:** a name is a pure function of the original's content and the recipe, so a name never changes its
//! content, and [`image_file`] finds the recipe back from the name.

use accid_base::{ContentHash, Id, Slug};
use accid_model::{Avif, Photo};
use serde::Serialize;

/// Widths renditions come in, in pixels.
const WIDTHS: [u32; 4] = [480, 960, 1600, 2400];

/// The folder of published pictures.
const FOLDER: &str = "images/";

/// How a rendition is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImageFormat {
    /// JPEG, for every browser.
    Jpeg,
    /// WebP, for today's browsers.
    WebP,
    /// AVIF, smaller still, for the screens the site's settings name.
    Avif,
    /// The original's bytes: animated pictures would lose their motion otherwise.
    Original,
}

/// One published picture: which original, how wide, in which format, and the path it gets in the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ImageFile {
    /// Path in the site: `images/<name>-<first 8 digits of the hash>-<width>.<ending>`.
    pub path: String,
    /// The photo it is of.
    pub photo: Id,
    /// Content hash of the original.
    pub hash: ContentHash,
    /// Ending of the original's name.
    pub extension: String,
    /// Width in pixels; never more than the original's.
    pub width: u32,
    /// Encoding.
    pub format: ImageFormat,
}

/// The widths of a photo's renditions, in pixels, from small to large; none is wider than the original.
pub fn picture_widths(original: u32) -> Vec<u32> {
    let largest = original.clamp(1, WIDTHS[3]);
    let smaller = WIDTHS.into_iter().filter(|width| width * 23 / 20 <= largest);
    let mut widths: Vec<_> = smaller.collect();
    if widths.last() != Some(&largest) {
        widths.push(largest);
    }
    widths
}

/// The widths that are also written as JPEG: a middle one and one for large screens, for browsers without WebP and
/// for social cards.
fn jpeg_widths(original: u32) -> Vec<u32> {
    let widths: Vec<_> = picture_widths(original).into_iter().filter(|width| *width <= 1600).collect();
    match widths.as_slice() {
        [] => vec![original.clamp(1, WIDTHS[3])],
        [only] => vec![*only],
        [.., middle, large] => vec![*middle, *large],
    }
}

/// Width in pixels that is enough for a phone: about 400 points of two pixels each.
const PHONE_WIDTH: u32 = 800;
/// Below this width in pixels, a file is too small for AVIF to be worth its time.
const LEAST_AVIF_WIDTH: u32 = 320;
/// Below so many bytes of the original for a thousand pixels it is a drawing in flat colours, of which nothing is left to
/// save.
const LEAST_AVIF_BYTES: u64 = 20;

/// Whether AVIF is worth its time for this photo.
fn is_worth_avif(photo: &Photo) -> bool {
    let pixels = u64::from(photo.width) * u64::from(photo.height);
    !is_animation(photo)
        && photo.width >= LEAST_AVIF_WIDTH
        && photo.bytes.saturating_mul(1000) >= pixels.saturating_mul(LEAST_AVIF_BYTES)
}

/// The AVIF renditions of a photo that a site shows, from small to large.
pub(crate) fn avif_renditions(photo: &Photo, screens: Avif) -> Vec<ImageFile> {
    let mut files = renditions(photo, ImageFormat::Avif);
    match screens {
        Avif::All => {}
        Avif::Phones => {
            let enough = files.iter().position(|file| file.width >= PHONE_WIDTH);
            files.truncate(enough.map_or(files.len(), |last| last + 1));
        }
        Avif::Off => files.clear(),
    }
    files
}

/// Whether the photo can be shown: SVG is refused (it can hold scripts), and so is a picture without a size.
pub(crate) fn is_showable(photo: &Photo) -> bool {
    !photo.extension.eq_ignore_ascii_case("svg") && photo.width > 0 && photo.height > 0
}

fn is_animation(photo: &Photo) -> bool {
    photo.extension.eq_ignore_ascii_case("gif")
}

/// All renditions of a photo in one format, from small to large; none when the photo does not come in that format.
pub(crate) fn renditions(photo: &Photo, format: ImageFormat) -> Vec<ImageFile> {
    let widths = match (format, is_animation(photo)) {
        (ImageFormat::Original, true) => vec![photo.width],
        (ImageFormat::WebP, false) => picture_widths(photo.width),
        (ImageFormat::Jpeg, false) => jpeg_widths(photo.width),
        (ImageFormat::Avif, false) if is_worth_avif(photo) => picture_widths(photo.width),
        _ => Vec::new(),
    };
    let stem = photo.filename.rsplit_once('.').map_or(photo.filename.as_str(), |(stem, _)| stem);
    let stem = Slug::from_text(stem, "picture");
    let hash = photo.hash.to_string();
    let ending = match format {
        ImageFormat::Jpeg => "jpg",
        ImageFormat::WebP => "webp",
        ImageFormat::Avif => "avif",
        ImageFormat::Original => "gif",
    };
    let file = |width| ImageFile {
        path: format!("{FOLDER}{stem}-{}-{width}.{ending}", &hash[..8]),
        photo: photo.id.clone(),
        hash: photo.hash,
        extension: photo.extension.clone(),
        width,
        format,
    };
    widths.into_iter().map(file).collect()
}

/// The smallest rendition of a photo, for lists of pictures.
pub fn smallest_picture(photo: &Photo) -> Option<ImageFile> {
    let formats = [ImageFormat::WebP, ImageFormat::Original];
    formats.into_iter().flat_map(|format| renditions(photo, format)).next().filter(|_| is_showable(photo))
}

/// The largest rendition of a photo that every browser of today shows.
pub fn largest_picture(photo: &Photo) -> Option<ImageFile> {
    let formats = [ImageFormat::WebP, ImageFormat::Original];
    formats.into_iter().find_map(|format| renditions(photo, format).pop()).filter(|_| is_showable(photo))
}

/// The rendition a path in the site means, if one of these photos has it.
pub fn image_file(path: &str, photos: &[Photo]) -> Option<ImageFile> {
    let (stem, ending) = path.strip_prefix(FOLDER)?.rsplit_once('.')?;
    let (stem, _) = stem.rsplit_once('-')?;
    let (_, short_hash) = stem.rsplit_once('-')?;
    let format = match ending {
        "jpg" => ImageFormat::Jpeg,
        "webp" => ImageFormat::WebP,
        "avif" => ImageFormat::Avif,
        "gif" => ImageFormat::Original,
        _ => return None,
    };
    let candidates =
        photos.iter().filter(|photo| is_showable(photo) && photo.hash.to_string().starts_with(short_hash));
    candidates.flat_map(|photo| renditions(photo, format)).find(|file| file.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(filename: &str, width: u32) -> Photo {
        let value = serde_json::json!({"id": "p", "schema_version": 1, "filename": filename,
            "hash": ContentHash::of(filename.as_bytes()), "extension": filename.rsplit('.').next(),
            "width": width, "height": 100, "bytes": 9, "added_at": "2026-01-01T00:00:00Z"});
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn no_rendition_is_wider_than_its_original() {
        assert_eq!(picture_widths(6000), [480, 960, 1600, 2400]);
        assert_eq!(picture_widths(1600), [480, 960, 1600]);
        assert_eq!(picture_widths(1000), [480, 1000]);
        assert_eq!(picture_widths(300), [300]);
        assert_eq!(jpeg_widths(6000), [960, 1600]);
        assert_eq!(jpeg_widths(300), [300]);
    }

    #[test]
    fn avif_is_for_photos_and_as_wide_as_the_screens_need() {
        let widths = |photo: &Photo, screens| {
            avif_renditions(photo, screens).into_iter().map(|file| file.width).collect::<Vec<_>>()
        };
        let photo = |name: &str, width: u32, bytes: u64| Photo { bytes, ..photo(name, width) };
        let large = photo("bay.jpg", 4000, 300_000);
        assert_eq!(widths(&large, Avif::Phones), [480, 960]);
        assert_eq!(widths(&large, Avif::All), [480, 960, 1600, 2400]);
        assert_eq!(widths(&large, Avif::Off), [0; 0]);
        assert_eq!(widths(&photo("bay.jpg", 1000, 300_000), Avif::Phones), [480, 1000]);
        assert_eq!(widths(&photo("bay.jpg", 300, 300_000), Avif::All), [0; 0], "too small");
        assert_eq!(widths(&photo("flat.png", 4000, 7_999), Avif::All), [0; 0], "too flat");
        assert_eq!(widths(&photo("wave.gif", 4000, 300_000), Avif::All), [0; 0], "it moves");
    }

    #[test]
    fn every_name_leads_back_to_its_recipe() {
        let photos =
            [photo("Bay of Grenada.JPG", 4000), photo("bay-of-grenada.png", 700), photo("wave.gif", 320)];
        for photo in &photos {
            let photo = &Photo { bytes: 300_000, ..photo.clone() };
            let photos = std::slice::from_ref(photo);
            for format in [ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Avif, ImageFormat::Original] {
                for file in renditions(photo, format) {
                    assert_eq!(image_file(&file.path, photos), Some(file));
                }
            }
        }
        let known = &renditions(&photos[0], ImageFormat::WebP)[0].path;
        for path in
            [known.replace("480", "481"), known.replace("bay", "sea"), "images/../x.jpg".into(), "x".into()]
        {
            assert_eq!(image_file(&path, &photos), None, "{path}");
        }
    }
}
