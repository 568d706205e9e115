//! What the camera wrote: EXIF (CIPA DC-008) in JPEG, PNG and WebP. Whatever is damaged is left out.

use std::io::Cursor;

use exif::{DateTime, Exif, In, Rational, Reader, Tag, Value};

/// What is known from the metadata.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Metadata {
    pub(crate) orientation: u8,
    pub(crate) camera: String,
    pub(crate) date: String,
    pub(crate) location: Option<(f64, f64)>,
}

impl Default for Metadata {
    fn default() -> Self {
        Self { orientation: 1, camera: String::new(), date: String::new(), location: None }
    }
}

/// Reads the metadata as far as it can be read.
pub(crate) fn read_metadata(bytes: &[u8]) -> Metadata {
    let read = Reader::new()
        .continue_on_error(true)
        .read_from_container(&mut Cursor::new(bytes))
        .or_else(|error| error.distill_partial_result(|_| {}));
    let Ok(exif) = read else {
        return Metadata::default();
    };
    Metadata {
        orientation: read_orientation(&exif),
        camera: read_camera(&exif),
        date: read_date(&exif),
        location: read_location(&exif),
    }
}

fn read_orientation(exif: &Exif) -> u8 {
    let value = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    value.and_then(|value| u8::try_from(value).ok()).filter(|value| (1..=8).contains(value)).unwrap_or(1)
}

fn read_ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(parts) => parts.first().map(Vec::as_slice),
        _ => None,
    }
}

/// A line of text as cameras write it: padded with blanks and zeros, in whatever encoding.
fn read_line(exif: &Exif, tag: Tag) -> String {
    let text = String::from_utf8_lossy(read_ascii(exif, tag).unwrap_or_default()).into_owned();
    let text: String = text.chars().filter(|character| !character.is_control()).take(80).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_camera(exif: &Exif) -> String {
    let (make, model) = (read_line(exif, Tag::Make), read_line(exif, Tag::Model));
    let first_word = make.split(' ').next().unwrap_or_default().to_lowercase();
    if model.is_empty() || make.is_empty() || model.to_lowercase().starts_with(&first_word) {
        return if model.is_empty() { make } else { model };
    }
    format!("{make} {model}")
}

fn read_date(exif: &Exif) -> String {
    let tags = [
        (Tag::DateTimeOriginal, Tag::OffsetTimeOriginal),
        (Tag::DateTimeDigitized, Tag::OffsetTimeDigitized),
        (Tag::DateTime, Tag::OffsetTime),
    ];
    for (tag, offset_tag) in tags {
        let date = read_ascii(exif, tag).and_then(|text| DateTime::from_ascii(text).ok());
        let Some(mut date) = date.filter(is_a_date) else { continue };
        if let Some(offset) = read_ascii(exif, offset_tag) {
            // An offset that cannot be read is as good as none.
            drop(date.parse_offset(offset));
        }
        return write_date(&date);
    }
    String::new()
}

fn is_a_date(date: &DateTime) -> bool {
    date.year >= 1800
        && (1..=12).contains(&date.month)
        && (1..=31).contains(&date.day)
        && date.hour < 24
        && date.minute < 60
        && date.second < 60
}

fn write_date(date: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, second, .. } = date;
    let mut text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    if let Some(offset) = date.offset.filter(|minutes| minutes.abs() <= 14 * 60) {
        let sign = if offset < 0 { '-' } else { '+' };
        text.push_str(&format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60));
    }
    text
}

fn read_location(exif: &Exif) -> Option<(f64, f64)> {
    let latitude = read_angle(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, *b"NS")?;
    let longitude = read_angle(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, *b"EW")?;
    let on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    // Cameras without a fix write zeros; nobody takes pictures in the sea at 0° 0°.
    (on_earth && (latitude, longitude) != (0.0, 0.0)).then_some((latitude, longitude))
}

/// Degrees, minutes and seconds as one number of degrees, to the seventh decimal (about a centimetre).
fn read_angle(exif: &Exif, tag: Tag, reference: Tag, [positive, negative]: [u8; 2]) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let side = read_ascii(exif, reference)?.first()?.to_ascii_uppercase();
    let sign = if side == positive { 1.0 } else { -1.0 };
    if side != positive && side != negative {
        return None;
    }
    let part = |index: usize| match parts.get(index) {
        None | Some(Rational { num: 0, .. }) => Some(0.0),
        Some(Rational { denom: 0, .. }) => None,
        Some(value) => Some(value.to_f64()),
    };
    if parts.first()?.denom == 0 {
        return None;
    }
    let degrees = part(0)? + part(1)? / 60.0 + part(2)? / 3600.0;
    Some((sign * degrees * 1e7).round() / 1e7)
}
