//! `photos/<id>.json`: one picture of a project; its original lies in `media/`.

use accid_base::{ContentHash, Id};
use jiff::{Timestamp, civil::DateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Document, Fields, Migration};

/// A picture as a module refers to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ImageRef {
    /// The photo's id; nothing chosen yet when empty.
    #[schemars(extend("x-accid-editor" = "photo"))]
    pub photo: String,
    /// What the picture shows, for people who do not see it. When empty, what the photo itself says is read to them.
    pub alt: String,
    /// Whether the picture is mere decoration here, which nobody has to be told about.
    #[serde(skip_serializing_if = "is_false")]
    #[schemars(extend("x-accid-editor" = "decorative"))]
    pub decorative: bool,
    /// What is kept in sight when the picture is cut to other proportions; the photo's own point when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-accid-editor" = "focus"))]
    pub focus: Option<Focus>,
}

impl ImageRef {
    /// Whether nothing is chosen and nothing said.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
pub(crate) const fn is_false(value: &bool) -> bool {
    !*value
}

/// The point of a picture that is kept in sight when it is cut to other proportions; the middle when nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Focus {
    /// Distance from the left edge, in percent of the width.
    #[schemars(range(min = 0, max = 100))]
    pub x: f64,
    /// Distance from the top edge, in percent of the height.
    #[schemars(range(min = 0, max = 100))]
    pub y: f64,
}

impl Default for Focus {
    fn default() -> Self {
        Self { x: 50.0, y: 50.0 }
    }
}

/// What a photo looks like from afar, measured when it came in. It follows from the original alone, and rendering a
/// page needs no pixel because of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Glance {
    /// Its ThumbHash (<https://evanw.github.io/thumbhash/>) as Base64: what stands in its place while it loads.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub thumbhash: String,
    /// How bright its brightest part is, from 0 for black to 255 for white: how much a text on it needs a shade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak: Option<u8>,
    /// A fingerprint of what it shows, 64 bits as 16 hexadecimal digits: pictures that look alike differ in few bits.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub fingerprint: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Glance {
    /// Whether nothing was measured.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How a place is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceSource {
    /// Nobody noted it.
    #[default]
    #[serde(rename = "")]
    Unknown,
    /// The camera wrote it into the file.
    Gps,
    /// By time, along a track.
    Track,
    /// By time, between the photos before and after.
    Neighbours,
    /// Somebody put it there.
    Hand,
}

impl PlaceSource {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
    fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }
}

/// A place on Earth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// Latitude in degrees, north positive (WGS 84).
    pub lat: f64,
    /// Longitude in degrees, east positive (WGS 84).
    pub lon: f64,
    /// Height above the sea in metres; below it negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub altitude: Option<f64>,
    /// Where the camera looked: degrees from true north, clockwise, from 0 up to 360.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<f64>,
    /// How the place is known.
    #[serde(default, skip_serializing_if = "PlaceSource::is_unknown")]
    pub source: PlaceSource,
}

impl Location {
    /// A place by its degrees alone.
    pub fn at(lat: f64, lon: f64) -> Self {
        Self { lat, lon, ..Self::default() }
    }
}

/// How the time of a photo is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TimeSource {
    /// The camera's clock, corrected as the project says; the zone is the project's, or unknown.
    #[default]
    Clock,
    /// The camera wrote its offset from UTC too.
    Offset,
    /// The camera's clock, and the time zone of the place.
    Place,
    /// By the place, along a track.
    Track,
    /// From the notes of a photo program (XMP), in the file or beside it.
    Xmp,
    /// Somebody wrote it.
    Hand,
}

/// When a photo was taken, as it is put in order and shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Taken {
    /// Local time with its offset from UTC, such as `2026-03-01T14:05:00-04:00`; without an offset when no zone is
    /// known.
    pub at: String,
    /// IANA name of the time zone, such as `America/St_Lucia`; empty when only an offset or nothing is known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub zone: String,
    /// How it is known.
    pub source: TimeSource,
}

impl Taken {
    /// The moment, when its offset is known.
    pub fn moment(&self) -> Option<Timestamp> {
        self.at.parse().ok()
    }

    /// The local time, with or without an offset.
    pub fn local(&self) -> Option<DateTime> {
        self.at.parse().ok()
    }

    /// The local day, such as `2026-03-01`; empty when the time cannot be read.
    pub fn day(&self) -> &str {
        if self.local().is_some() { self.at.get(..10).unwrap_or_default() } else { "" }
    }
}

/// How exactly a place is published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Privacy {
    /// As what stands above it says: the photo's album, then the project.
    #[default]
    #[serde(rename = "")]
    Inherited,
    /// As it is.
    Exact,
    /// Only the town.
    Town,
    /// Not at all.
    Hidden,
}

impl Privacy {
    /// Whether nothing is said here.
    pub fn is_inherited(&self) -> bool {
        *self == Self::Inherited
    }
}

/// A labelled point on a photo.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Marker {
    /// Its identity among the points of the photo; empty in older files.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Distance from the left edge of the upright picture, in percent of its width.
    #[schemars(range(min = 0, max = 100))]
    pub x: f64,
    /// Distance from the top edge of the upright picture, in percent of its height.
    #[schemars(range(min = 0, max = 100))]
    pub y: f64,
    /// What stands there.
    #[serde(default)]
    pub label: String,
    /// More about it: a rich text as the text module has it (`{"type": "doc", "content": […]}`).
    #[serde(default, skip_serializing_if = "Value::is_null")]
    #[schemars(extend("x-accid-editor" = "rich-text"))]
    pub text: Value,
    /// Where to read more: a page of the site (`page:…`) or a web address; nowhere when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-editor" = "link-target"))]
    pub link: String,
    /// A sign in place of the number, by its name; none when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub icon: String,
    /// The number it shows; its place in the list when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// What the camera wrote into the file. Serial numbers and owners' names are never taken over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PhotoExif {
    /// Make and model of the camera.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub camera: String,
    /// Make of the camera, as it stands in the file.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub make: String,
    /// Model of the camera, as it stands in the file.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub model: String,
    /// Name of the lens.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lens: String,
    /// When the picture was taken, as the camera's clock said (`2026-03-01T14:05:00`, with offset when known).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// Exposure time in seconds as people write it, such as `1/250` or `2.5`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub shutter: String,
    /// Aperture as the f-number, such as 2.8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aperture: Option<f64>,
    /// Sensitivity (ISO 12232).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iso: Option<u32>,
    /// Focal length of the lens in millimetres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focal_length: Option<f64>,
    /// How the rows of the original lie (EXIF tag 0x0112): 1 upright, 2 to 8 mirrored or turned; missing when the file
    /// does not say. All sizes and points here are those of the upright picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orientation: Option<u8>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// One picture of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Photo {
    /// Identity of the photo.
    pub id: Id,
    /// Format of this file.
    pub schema_version: u32,
    /// Name the file came with; published pictures are named after it.
    pub filename: String,
    /// Content hash of the original, which lies at `media/<hash>.<extension>`.
    pub hash: ContentHash,
    /// Ending of the original's name, such as `jpg`.
    pub extension: String,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// Size of the original in bytes.
    pub bytes: u64,
    /// When it came into the project.
    pub added_at: Timestamp,
    /// What the picture shows, for people who do not see it; modules may say it differently.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// Whether it is mere decoration wherever it stands, so that no description is missing.
    #[serde(default, skip_serializing_if = "is_false")]
    pub decorative: bool,
    /// Its title; the file's name stands in its place when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// A line under the picture.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// Words it is found by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// How good it is, from 0 to 5 stars; missing when nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(max = 5))]
    pub rating: Option<u8>,
    /// Who made the picture.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub creator: String,
    /// Whose the picture is, as it is to be printed with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub copyright: String,
    /// Whether it is left out of stories and of what is published from them.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// How exactly its place is published; as its album or the project says when empty.
    #[serde(default, skip_serializing_if = "Privacy::is_inherited")]
    pub privacy: Privacy,
    /// When it was taken, for order and display; `exif.date` stays what the camera said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Taken>,
    /// What is kept in sight when it is cut to other proportions; modules may say it differently.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus: Option<Focus>,
    /// What it looks like from afar.
    #[serde(default, skip_serializing_if = "Glance::is_empty")]
    pub glance: Glance,
    /// Where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// What the camera wrote.
    #[serde(default)]
    pub exif: PhotoExif,
    /// What is said of it in the site's other languages, by their tags.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub translations: std::collections::BTreeMap<String, crate::PhotoTranslation>,
    /// Labelled points on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waypoints: Vec<Marker>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Photo {
    /// Folder of the photos in a project.
    pub const FOLDER: &'static str = "photos";

    /// Folder of the originals in a project.
    pub const MEDIA: &'static str = "media";

    /// Where the original lies, in the project.
    pub fn media_file(&self) -> String {
        format!("{}/{}.{}", Self::MEDIA, self.hash, self.extension)
    }
}

impl Document for Photo {
    const NAME: &'static str = "photo";
    const VERSION: u32 = 1;
    const MIGRATIONS: &'static [Migration] = &[];
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_photo_of_an_older_file_reads_and_is_written_back_as_it_was() {
        let value = json!({"id": "p", "schema_version": 1, "filename": "a.jpg",
            "hash": ContentHash::of(b"x"), "extension": "jpg", "width": 3, "height": 2, "bytes": 1,
            "added_at": "2026-01-01T00:00:00Z", "location": {"lat": 12.5, "lon": -61.5},
            "exif": {"camera": "Boat Cam"}, "waypoints": [{"x": 1.0, "y": 2.0, "label": "Mast", "colour": "red"}]});
        let photo = crate::open::<Photo>(&value).unwrap().document;
        assert_eq!(photo.waypoints[0].extra["colour"], "red");
        assert_eq!(crate::to_value(&photo), value);
    }

    #[test]
    fn a_time_knows_its_day_and_with_an_offset_its_moment() {
        let taken = |at: &str| Taken { at: at.to_owned(), ..Taken::default() };
        let known = taken("2026-03-01T22:05:00-04:00");
        assert_eq!(known.day(), "2026-03-01");
        assert_eq!(known.moment().unwrap().to_string(), "2026-03-02T02:05:00Z");
        assert_eq!(known.local(), taken("2026-03-01T22:05:00").local());
        assert_eq!(taken("2026-03-01T22:05:00").moment(), None);
        assert_eq!((taken("yesterday").day(), taken("yesterday").moment()), ("", None));
    }

    #[test]
    fn what_is_said_of_privacy_sorts_from_open_to_hidden() {
        assert!(Privacy::Exact < Privacy::Town && Privacy::Town < Privacy::Hidden);
        assert_eq!(serde_json::to_value(Privacy::Inherited).unwrap(), "");
        assert_eq!(serde_json::from_value::<Privacy>(json!("town")).unwrap(), Privacy::Town);
    }
}
