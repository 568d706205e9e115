//! What EXIF says (CIPA DC-008), read leniently: a value that cannot be read is left out, and the rest stays.

use crate::{
    dates,
    notes::{Notes, Position, decoded, line, lines},
    tiff::{Directory, Entry, Group, Tiff},
};

/// What cameras write as a description when nobody described anything.
const NO_DESCRIPTION: &[&str] = &[
    "OLYMPUS DIGITAL CAMERA",
    "SAMSUNG DIGITAL CAMERA",
    "MINOLTA DIGITAL CAMERA",
    "SONY DSC",
    "DCIM",
    "DEFAULT",
    "UNTITLED",
    "DIGITAL CAMERA",
    "EXIF_JPEG_PICTURE",
];

/// Values by their directory and tag.
struct Values<'a> {
    tiff: Tiff<'a>,
    directories: Vec<Directory>,
}

impl<'a> Values<'a> {
    fn entry(&self, group: Group, tag: u16) -> Option<&Entry> {
        let mut own = self.directories.iter().filter(|directory| directory.group == group);
        own.find_map(|directory| directory.get(tag))
    }

    fn bytes(&self, group: Group, tag: u16) -> Option<&'a [u8]> {
        self.entry(group, tag).map(|entry| self.tiff.data(entry))
    }

    fn text(&self, group: Group, tag: u16) -> String {
        self.bytes(group, tag).map(decoded).unwrap_or_default()
    }

    fn line(&self, group: Group, tag: u16) -> String {
        line(&self.text(group, tag), 120)
    }

    /// A line that stands with the picture; some phones write it beside how it was taken.
    fn camera(&self, tag: u16) -> String {
        let main = self.line(Group::Main, tag);
        if main.is_empty() { self.line(Group::Exif, tag) } else { main }
    }

    fn number(&self, group: Group, tag: u16) -> Option<u32> {
        self.tiff.number(self.entry(group, tag)?)
    }

    fn fractions(&self, group: Group, tag: u16) -> Vec<(f64, f64)> {
        self.entry(group, tag).map(|entry| self.tiff.fractions(entry, 3)).unwrap_or_default()
    }

    /// Fractions, also where a phone wrote them as text: then the first three numbers in it, as ExifTool takes them.
    fn parts(&self, group: Group, tag: u16) -> Vec<(f64, f64)> {
        if !self.entry(group, tag).is_some_and(Entry::is_text) {
            return self.fractions(group, tag);
        }
        let text = self.text(group, tag);
        let numbers = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
        numbers.filter_map(|number| number.parse().ok()).map(|number| (number, 1.0)).take(3).collect()
    }

    /// A fraction that is a number.
    fn fraction(&self, group: Group, tag: u16) -> Option<f64> {
        let (above, below) = *self.fractions(group, tag).first()?;
        let value = above / below;
        value.is_finite().then_some(value)
    }

    /// Text of Windows: UTF-16, little end first.
    fn wide(&self, tag: u16) -> String {
        let units = self.bytes(Group::Main, tag).unwrap_or_default().chunks_exact(2);
        let units = units.map(|two| u16::from_le_bytes([two[0], two[1]])).take_while(|unit| *unit != 0);
        char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
    }
}

/// What EXIF says, given as a TIFF structure, and apart from it when the file was last changed, which is worth less than
/// what anybody else says of when it was taken. Canon's newer raw files keep each directory in a structure of its own,
/// where it is the main one.
pub(crate) fn read(bytes: &[u8]) -> (Notes, Notes) {
    let Some(tiff) = Tiff::open(bytes) else { return Default::default() };
    let values = Values { tiff, directories: tiff.directories() };
    let loose = |group: Group, mark: u16| {
        let apart = values.entry(group, mark).is_none() && values.entry(Group::Main, mark).is_some();
        if apart { Group::Main } else { group }
    };
    let (taken, placed) = (loose(Group::Exif, 0x829a), loose(Group::Gps, 0x0004));
    let changed = Notes { date: date(&values, taken, &CHANGED), ..Notes::default() };
    let words = Notes {
        title: lines(&values.wide(0x9c9b), 300),
        caption: caption(&values),
        keywords: values
            .wide(0x9c9e)
            .split(';')
            .map(|word| line(word, 80))
            .filter(|word| !word.is_empty())
            .collect(),
        rating: values
            .number(Group::Main, 0x4746)
            .and_then(|stars| u8::try_from(stars).ok())
            .filter(|stars| (1..=5).contains(stars)),
        creator: values.line(Group::Main, 0x013b),
        copyright: line(&values.text(Group::Main, 0x8298), 300),
        ..Notes::default()
    };
    let notes = Notes {
        orientation: values
            .number(Group::Main, 0x0112)
            .and_then(|value| u8::try_from(value).ok())
            .filter(|value| (1..=8).contains(value)),
        make: values.camera(0x010f),
        model: values.camera(0x0110),
        lens: values.line(taken, 0xa434),
        date: date(&values, taken, &TAKEN),
        shutter: values.fraction(taken, 0x829a).map(shutter).unwrap_or_default(),
        aperture: values
            .fraction(taken, 0x829d)
            .filter(|number| *number > 0.0)
            .map(|number| rounded(number, 100.0)),
        iso: iso(&values, taken),
        focal_length: values
            .fraction(taken, 0x920a)
            .filter(|length| *length > 0.0)
            .map(|length| rounded(length, 100.0)),
        position: position(&values, placed),
        ..words
    };
    (notes, changed)
}

fn caption(values: &Values<'_>) -> String {
    let text = lines(&values.text(Group::Main, 0x010e), 2_000);
    let said = !NO_DESCRIPTION.contains(&text.to_uppercase().as_str());
    if said && !text.is_empty() { text } else { lines(&values.wide(0x9c9c), 2_000) }
}

fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

/// Exposure time as people write it.
pub(crate) fn shutter(seconds: f64) -> String {
    if seconds <= 0.0 {
        return String::new();
    }
    if seconds < 0.250_01 {
        return format!("1/{}", (1.0 / seconds).round());
    }
    format!("{}", rounded(seconds, 10.0))
}

fn iso(values: &Values<'_>, group: Group) -> Option<u32> {
    // 65535 says that it does not fit, and that it stands in one of the tags for larger ones.
    let usual = values.number(group, 0x8827).filter(|iso| (1..65_535).contains(iso));
    usual.or_else(|| {
        [0x8833, 0x8832, 0x8831].into_iter().find_map(|tag| values.number(group, tag)).filter(|iso| *iso > 0)
    })
}

/// A date with its offset and its fraction of a second.
type DateTags = (u16, u16, u16);
/// When it was taken, else when it was digitised.
const TAKEN: [DateTags; 2] = [(0x9003, 0x9011, 0x9291), (0x9004, 0x9012, 0x9292)];
/// When the file was last changed.
const CHANGED: [DateTags; 1] = [(0x0132, 0x9010, 0x9290)];

fn date(values: &Values<'_>, group: Group, tags: &[DateTags]) -> String {
    for (tag, offset, fraction) in tags.iter().copied() {
        let holder = if tag == CHANGED[0].0 { Group::Main } else { group };
        let Some(mut written) = dates::date(&values.text(holder, tag)) else { continue };
        if written.len() == 19 {
            written.push_str(&dates::fraction(&values.text(group, fraction)));
        }
        if crate::notes::offset_of(&written).is_none()
            && let Some(offset) = dates::offset(&values.text(group, offset))
        {
            written.push_str(&offset);
        }
        return written;
    }
    String::new()
}

fn position(values: &Values<'_>, group: Group) -> Option<Position> {
    let lat = angle(values, group, 2, 1, *b"NS")?;
    let lon = angle(values, group, 4, 3, *b"EW")?;
    let direction = values.fraction(group, 0x11).filter(|degrees| (0.0..=360.0).contains(degrees));
    let below = values.number(group, 5) == Some(1);
    let altitude = values.fraction(group, 6).filter(|metres| metres.abs() < 100_000.0);
    on_earth(Position {
        lat,
        lon,
        altitude: altitude.map(|metres| rounded(if below { -metres.abs() } else { metres }, 100.0)),
        direction: direction.map(|degrees| rounded(degrees % 360.0, 100.0)),
    })
}

/// A position, if it is one. Cameras without a fix write zeros; nobody takes pictures in the sea at 0° 0°.
pub(crate) fn on_earth(position: Position) -> Option<Position> {
    let Position { lat, lon, .. } = position;
    (lat.abs() <= 90.0 && lon.abs() <= 180.0 && (lat, lon) != (0.0, 0.0)).then_some(position)
}

/// Degrees, minutes and seconds as one number of degrees, to the seventh decimal (about a centimetre).
fn angle(values: &Values<'_>, group: Group, tag: u16, reference: u16, sides: [u8; 2]) -> Option<f64> {
    let parts = values.parts(group, tag);
    let side = values.bytes(group, reference)?.first()?.to_ascii_uppercase();
    let sign = if side == sides[0] { 1.0 } else { -1.0 };
    if !sides.contains(&side) || parts.first().is_none_or(|(_, below)| *below == 0.0) {
        return None;
    }
    // A part without a denominator says nothing; the parts before it still do.
    let part = |index: usize| {
        parts.get(index).filter(|(_, below)| *below != 0.0).map_or(0.0, |(above, below)| above / below)
    };
    Some(degrees(sign * (part(0) + part(1) / 60.0 + part(2) / 3600.0)))
}

/// Degrees to the seventh decimal.
pub(crate) fn degrees(value: f64) -> f64 {
    (value * 1e7).round() / 1e7
}
