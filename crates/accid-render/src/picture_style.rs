//! What a page's style says of its pictures: what stands in their place while they load, which point stays in sight
//! when they are cut, and how dark the shade under a text on them has to be. Must not know modules.
//!
//! Pictures carry classes that say it all, so that a picture's HTML does not depend on the page it stands on: `p-` and
//! the original's hash, `f-` and a point in percent, `k-` and a strength in percent, `ar-` and a width in percent of the
//! height.

use std::collections::BTreeSet;

use accid_model::{Focus, ImageRef, Photo};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::style::Rules;

/// How many pictures of a page get a tiny picture in their place; the others get a colour, so that the style of a page
/// with hundreds stays small.
const MOST_TINY: usize = 24;

/// The brightest grey under which the quiet text of every theme's covers has a contrast of 4.5:1.
const DARK_ENOUGH: f64 = 104.0;
/// The grey of the brightest shade of the themes.
const SHADE: f64 = 26.0;

/// A picture that a module shows.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub image: ImageRef,
    pub ground: Ground,
}

/// What stands on a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// Nothing.
    Free,
    /// A text, readable by a shade between them.
    OfText,
    /// Nothing; the picture stands in a row of pictures that are all as high as it is.
    InRow,
}

impl Shown {
    /// A picture with nothing on it.
    pub fn free(image: &ImageRef) -> Self {
        Self { image: image.clone(), ground: Ground::Free }
    }
}

/// Writes the rules of a page's pictures, each once.
#[derive(Default)]
pub(crate) struct PictureStyle {
    written: BTreeSet<String>,
    tiny: usize,
}

impl PictureStyle {
    /// Adds what a picture needs; the photo is the one it shows.
    pub fn add(&mut self, shown: &Shown, photo: &Photo, rules: &mut Rules) {
        if let (Some(class), Some(look)) = (placeholder_class(photo), Look::of(photo))
            && self.written.insert(class.clone())
        {
            self.tiny += 1;
            let background = if self.tiny <= MOST_TINY { look.tiny() } else { look.colour() };
            rules.push(&format!(".{class}{{background:{background}}}"));
        }
        if let Some((x, y)) = point(&shown.image, photo)
            && self.written.insert(format!("f-{x}-{y}"))
        {
            rules.push(&format!(".f-{x}-{y}{{object-position:{x}% {y}%}}"));
        }
        if let (Ground::OfText, Some(strength)) = (shown.ground, shade(photo))
            && self.written.insert(format!("k-{strength}"))
        {
            let (high, low) = (f64::from(strength) / 100.0, f64::from((strength + 15).min(86)) / 100.0);
            rules.push(&format!(".k-{strength}{{--shade-high:{high};--shade-low:{low}}}"));
        }
        let ratio = ratio_class(photo);
        if shown.ground == Ground::InRow && self.written.insert(ratio.clone()) {
            rules.push(&format!(".{ratio}{{--ar:{}}}", f64::from(percent_of_height(photo)) / 100.0));
        }
    }
}

/// The class of what holds a picture in a row of pictures of equal height.
pub(crate) fn ratio_class(photo: &Photo) -> String {
    format!("ar-{}", percent_of_height(photo))
}

/// How wide the picture is, in percent of its height; the most extreme ones count as less extreme.
fn percent_of_height(photo: &Photo) -> u32 {
    let percent = u64::from(photo.width) * 100 / u64::from(photo.height.max(1));
    u32::try_from(percent).unwrap_or(u32::MAX).clamp(20, 600)
}

/// The classes of a picture's `img`; empty when it has none.
pub(crate) fn picture_classes(image: &ImageRef, photo: &Photo) -> String {
    let focus = point(image, photo).map(|(x, y)| format!("f-{x}-{y}"));
    placeholder_class(photo).into_iter().chain(focus).collect::<Vec<_>>().join(" ")
}

/// The class of what holds a picture that a text stands on; empty when nobody measured the picture, and then the shade
/// is strong enough for any.
pub(crate) fn shade_class(photo: Option<&Photo>) -> String {
    photo.and_then(shade).map_or_else(String::new, |strength| format!("k-{strength}"))
}

/// Where the picture is kept in sight, in whole percent; nothing for the middle.
fn point(image: &ImageRef, photo: &Photo) -> Option<(u8, u8)> {
    let Focus { x, y } = image.focus.or(photo.focus)?;
    let percent = |value: f64| {
        let value = if value.is_finite() { value.clamp(0.0, 100.0).round() } else { 50.0 };
        (0..=100_u8).find(|whole| f64::from(*whole) >= value).unwrap_or(50)
    };
    Some((percent(x), percent(y))).filter(|point| *point != (50, 50))
}

/// How much of the shade a text on the picture needs, in steps of 5 percent: with it, the brightest part of the picture
/// is dark enough.
fn shade(photo: &Photo) -> Option<u8> {
    let peak = f64::from(photo.glance.peak?);
    let needed = if peak <= DARK_ENOUGH { 0.0 } else { (peak - DARK_ENOUGH) / (peak - SHADE) };
    (0..=20_u8).map(|step| step * 5).find(|percent| f64::from(*percent) / 100.0 >= needed)
}

fn placeholder_class(photo: &Photo) -> Option<String> {
    Look::of(photo).map(|_| format!("p-{}", &photo.hash.to_string()[..8]))
}

/// A photo as its ThumbHash remembers it.
struct Look {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Look {
    /// Nothing for a picture that is transparent, for what stands behind it would shine through for good, or that
    /// moves.
    fn of(photo: &Photo) -> Option<Self> {
        if photo.glance.thumbhash.is_empty() || photo.extension.eq_ignore_ascii_case("gif") {
            return None;
        }
        let hash =
            STANDARD.decode(&photo.glance.thumbhash).ok().filter(|hash| (6..=64).contains(&hash.len()))?;
        let transparent = hash[2] & 0x80 != 0;
        let (width, height, pixels) = thumbhash::thumb_hash_to_rgba(&hash).ok()?;
        let whole = !transparent && width >= 4 && height >= 4 && pixels.len() == width * height * 4;
        whole.then_some(Self { width, height, pixels })
    }

    /// The mean of a part, as red, green, blue; a part is the `column`th of `columns` and the `row`th of `rows`.
    fn mean(&self, (column, columns): (usize, usize), (row, rows): (usize, usize)) -> [u8; 3] {
        let (mut sum, mut count) = ([0_usize; 3], 0);
        for y in row * self.height / rows..(row + 1) * self.height / rows {
            for x in column * self.width / columns..(column + 1) * self.width / columns {
                let at = (y * self.width + x) * 4;
                for (channel, value) in sum.iter_mut().zip(&self.pixels[at..at + 3]) {
                    *channel += usize::from(*value);
                }
                count += 1;
            }
        }
        sum.map(|channel| u8::try_from(channel / count.max(1)).unwrap_or(u8::MAX))
    }

    fn colour(&self) -> String {
        let [red, green, blue] = self.mean((0, 1), (0, 1));
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// The mean colour and, on it, a picture of about 4 by 3 pixels, which browsers scale up smoothly.
    fn tiny(&self) -> String {
        let (columns, rows) = match self.width.cmp(&self.height) {
            std::cmp::Ordering::Greater => (4, 3),
            std::cmp::Ordering::Less => (3, 4),
            std::cmp::Ordering::Equal => (3, 3),
        };
        let bmp = self.bmp(columns, rows);
        format!("{} url(data:image/bmp;base64,{}) 0/100% 100%", self.colour(), STANDARD.encode(bmp))
    }

    /// A Windows bitmap with the short header (`BITMAPCOREHEADER`): the smallest picture file there is without a code,
    /// and its head is the same for all, so that it compresses away.
    fn bmp(&self, columns: u8, rows: u8) -> Vec<u8> {
        let stride = (usize::from(columns) * 3).div_ceil(4) * 4;
        let mut file = b"BM".to_vec();
        let length = u8::try_from(26 + stride * usize::from(rows)).unwrap_or(u8::MAX);
        file.extend([length, 0, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0]);
        file.extend([12, 0, 0, 0, columns, 0, rows, 0, 1, 0, 24, 0]);
        for row in (0..rows).rev() {
            let begin = file.len();
            for column in 0..columns {
                let part = |index: u8, count: u8| (usize::from(index), usize::from(count));
                let [red, green, blue] = self.mean(part(column, columns), part(row, rows));
                file.extend([blue, green, red]);
            }
            file.resize(begin + stride, 0);
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(more: serde_json::Value) -> Photo {
        let mut value = serde_json::json!({"id": "p", "schema_version": 1, "filename": "bay.jpg",
            "hash": accid_base::ContentHash::of(b"bay"), "extension": "jpg", "width": 1200, "height": 800,
            "bytes": 90_000, "added_at": "2026-01-01T00:00:00Z"});
        value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(value).unwrap()
    }

    /// A picture whose upper half is light blue and whose lower half is dark red.
    fn thumbhash(alpha: u8) -> String {
        let pixels: Vec<u8> = (0..24 * 16)
            .flat_map(|at| if at < 24 * 8 { [120, 170, 250, alpha] } else { [90, 20, 10, 255] })
            .collect();
        STANDARD.encode(thumbhash::rgba_to_thumb_hash(24, 16, &pixels))
    }

    fn rules(photo: &Photo, image: serde_json::Value, ground: Ground) -> String {
        let mut rules = Rules::default();
        let shown = Shown { image: serde_json::from_value(image).unwrap(), ground };
        PictureStyle::default().add(&shown, photo, &mut rules);
        rules.finish()
    }

    #[test]
    fn what_stands_in_for_a_picture_is_small_and_looks_like_it() {
        let photo = photo(serde_json::json!({"glance": {"thumbhash": thumbhash(255)}}));
        let css = rules(&photo, serde_json::json!({}), Ground::Free);
        assert!(css.starts_with(&format!(".p-{}{{background:#", &photo.hash.to_string()[..8])), "{css}");
        assert!(css.len() <= 200, "{} bytes", css.len());
        let data = css.split("base64,").nth(1).and_then(|rest| rest.split(')').next()).unwrap();
        let bmp = STANDARD.decode(data).unwrap();
        // Rows of a bitmap begin below; its colours are blue, green, red.
        let (below, above) = (&bmp[26..29], &bmp[26 + 24..26 + 27]);
        assert!(above[0] > 180 && above[2] < 160, "{above:?}");
        assert!(below[2] > 50 && below[0] < 60, "{below:?}");
        assert_eq!(usize::from(bmp[2]), bmp.len());
    }

    #[test]
    fn nothing_stands_behind_a_transparent_picture_or_a_broken_hash() {
        for hash in [
            thumbhash(40),
            String::new(),
            "!!".to_owned(),
            STANDARD.encode([0xff; 5]),
            STANDARD.encode([0; 9]),
        ] {
            let photo = photo(serde_json::json!({"glance": {"thumbhash": hash}}));
            assert_eq!(rules(&photo, serde_json::json!({}), Ground::Free), "", "{hash}");
            assert_eq!(picture_classes(&ImageRef::default(), &photo), "");
        }
    }

    #[test]
    fn a_module_says_what_stays_in_sight_and_else_the_photo_does() {
        let photo = photo(serde_json::json!({"focus": {"x": 30.4, "y": 120}}));
        assert_eq!(
            rules(&photo, serde_json::json!({}), Ground::Free),
            ".f-30-100{object-position:30% 100%}\n"
        );
        let own = serde_json::json!({"focus": {"x": 80, "y": 10}});
        assert_eq!(rules(&photo, own, Ground::Free), ".f-80-10{object-position:80% 10%}\n");
        let middle = serde_json::json!({"focus": {"x": 50, "y": 50}});
        assert_eq!(rules(&photo, middle, Ground::Free), "");
    }

    #[test]
    fn the_shade_on_a_picture_is_as_dark_as_its_brightest_part_asks_for() {
        let strength = |peak: u8| shade(&photo(serde_json::json!({"glance": {"peak": peak}}))).unwrap();
        assert_eq!([0, 104, 120, 180, 255].map(strength), [0, 0, 20, 50, 70]);
        for peak in 0..=255_u8 {
            let part = f64::from(strength(peak)) / 100.0;
            assert!(f64::from(peak) * (1.0 - part) + SHADE * part <= DARK_ENOUGH, "{peak}");
        }
        assert_eq!(shade_class(Some(&photo(serde_json::json!({})))), "");
        let css = rules(
            &photo(serde_json::json!({"glance": {"peak": 120}})),
            serde_json::json!({}),
            Ground::OfText,
        );
        assert_eq!(css, ".k-20{--shade-high:0.2;--shade-low:0.35}\n");
    }
}
