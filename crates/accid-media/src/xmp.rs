//! What XMP says (ISO 16684-1), in a picture or in a file beside it. Bounded in depth and size; document types and
//! entities of its own are not followed.

use std::collections::HashMap;

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};

use crate::{
    dates,
    exif::{degrees, on_earth, shutter},
    notes::{Notes, Position, line, lines},
};

/// Deepest nesting that is read.
const DEEPEST: usize = 32;
/// Most values that are kept.
const MOST: usize = 2_000;

/// Namespaces and the names by which their properties are asked for here.
const NAMESPACES: &[(&str, &str)] = &[
    ("http://ns.adobe.com/exif/1.0/aux/", "aux"),
    ("http://ns.adobe.com/exif/1.0/", "exif"),
    ("http://cipa.jp/exif/1.0/", "exifEX"),
    ("http://ns.adobe.com/tiff/1.0/", "tiff"),
    ("http://ns.adobe.com/xap/1.0/rights/", "xmpRights"),
    ("http://ns.adobe.com/xap/1.0/", "xmp"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://ns.adobe.com/photoshop/1.0/", "photoshop"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
    ("http://www.digikam.org/ns/1.0/", "digiKam"),
];

/// Properties with their values.
#[derive(Debug, Default)]
struct Properties(HashMap<String, Vec<String>>);

impl Properties {
    fn first(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map(String::as_str).unwrap_or_default()
    }

    fn either(&self, names: &[&str]) -> &str {
        names.iter().map(|name| self.first(name)).find(|value| !value.trim().is_empty()).unwrap_or_default()
    }

    fn add(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() && self.0.len() < MOST {
            let values = self.0.entry(name.to_owned()).or_default();
            if values.len() < MOST {
                values.push(value.trim().to_owned());
            }
        }
    }
}

/// Reads an XMP packet; what is damaged ends it, and what came before stays.
pub(crate) fn read(bytes: &[u8]) -> Notes {
    let text = text_of(bytes);
    notes(&properties(&text))
}

/// UTF-8, or UTF-16 as ISO 16684-1 allows.
fn text_of(bytes: &[u8]) -> String {
    let wide = |pair: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|two| pair([two[0], two[1]]));
        char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] | [0, b'<', ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').trim_end_matches('\0').to_owned(),
    }
}

fn properties(text: &str) -> Properties {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut found = Properties::default();
    let mut prefixes: HashMap<String, &'static str> =
        NAMESPACES.iter().map(|(_, name)| ((*name).to_owned(), *name)).collect();
    let mut open: Vec<(String, String)> = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                if open.len() >= DEEPEST {
                    return found;
                }
                let name = begin(&start, &mut prefixes, &mut found);
                open.push((name, String::new()));
            }
            Ok(Event::Empty(start)) => drop(begin(&start, &mut prefixes, &mut found)),
            Ok(Event::Text(text)) => append(&mut open, &text.xml10_content()),
            Ok(Event::CData(text)) => append(&mut open, &text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => append(&mut open, &meant(&reference)),
            Ok(Event::End(_)) => {
                let Some((name, text)) = open.pop() else { return found };
                let is_item = name == "rdf:li" || name.starts_with("rdf:");
                let holder = open.iter().rev().map(|(name, _)| name).find(|name| !name.starts_with("rdf:"));
                // An item of a list is a value of the property around it.
                let name = if is_item { holder.cloned() } else { Some(name) };
                if let Some(name) = name {
                    found.add(&name, &text);
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

fn append(open: &mut [(String, String)], text: &str) {
    if let Some((_, known)) = open.last_mut() {
        known.push_str(text);
    }
}

/// The element's name as it is asked for here; its attributes are properties too.
fn begin(
    start: &BytesStart<'_>,
    prefixes: &mut HashMap<String, &'static str>,
    found: &mut Properties,
) -> String {
    let attributes: Vec<(String, String)> = start
        .attributes()
        .flatten()
        .filter_map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
            Some((attribute.key.into_inner().to_owned(), value))
        })
        .take(MOST)
        .collect();
    for (name, value) in &attributes {
        if let Some(prefix) = name.strip_prefix("xmlns:")
            && let Some((_, known)) = NAMESPACES.iter().find(|(address, _)| address == value)
        {
            prefixes.insert(prefix.to_owned(), *known);
        }
    }
    let named = |name: &str| match name.split_once(':') {
        Some((prefix, local)) => {
            format!("{}:{local}", prefixes.get(prefix).copied().unwrap_or(prefix))
        }
        None => name.to_owned(),
    };
    for (name, value) in &attributes {
        if !name.starts_with("xmlns") && !name.starts_with("xml:") && !name.starts_with("rdf:") {
            found.add(&named(name), value);
        }
    }
    named(start.name().into_inner())
}

/// A character reference or one of the five entities of XML; others are kept as they are written and never followed.
fn meant(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    let name = reference.xml10_content();
    match name.as_ref() {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        _ => format!("&{name};"),
    }
}

fn notes(found: &Properties) -> Notes {
    let fraction = |name: &str| number(found.first(name));
    let date = found.either(&["exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate"]);
    let rating = fraction("xmp:Rating").filter(|stars| (0.0..=5.0).contains(stars));
    let mut keywords: Vec<String> = Vec::new();
    for word in found.0.get("dc:subject").into_iter().flatten().map(|word| line(word, 80)) {
        if !word.is_empty() && !keywords.contains(&word) {
            keywords.push(word);
        }
    }
    let date = dates::date(date).unwrap_or_default();
    Notes {
        date_is_edited: !date.is_empty(),
        orientation: found.first("tiff:Orientation").parse().ok().filter(|value| (1..=8).contains(value)),
        make: line(found.first("tiff:Make"), 120),
        model: line(found.first("tiff:Model"), 120),
        lens: line(found.either(&["exifEX:LensModel", "aux:Lens"]), 120),
        date,
        shutter: fraction("exif:ExposureTime").map(shutter).unwrap_or_default(),
        aperture: fraction("exif:FNumber").filter(|value| *value > 0.0),
        iso: found
            .either(&["exifEX:PhotographicSensitivity", "exif:ISOSpeedRatings"])
            .parse()
            .ok()
            .filter(|iso| *iso > 0),
        focal_length: fraction("exif:FocalLength").filter(|value| *value > 0.0),
        position: position(found),
        title: line(found.either(&["dc:title", "photoshop:Headline"]), 300),
        caption: lines(found.first("dc:description"), 2_000),
        keywords,
        rating: rating.map(|stars| stars.round() as u8),
        creator: line(found.first("dc:creator"), 120),
        copyright: line(found.first("dc:rights"), 300),
    }
}

/// `2.8` or `28/10`.
fn number(text: &str) -> Option<f64> {
    let value = match text.trim().split_once('/') {
        Some((above, below)) => above.trim().parse::<f64>().ok()? / below.trim().parse::<f64>().ok()?,
        None => text.trim().parse().ok()?,
    };
    value.is_finite().then_some(value)
}

fn position(found: &Properties) -> Option<Position> {
    let below = found.first("exif:GPSAltitudeRef").trim() == "1";
    let altitude = number(found.first("exif:GPSAltitude")).filter(|metres| metres.abs() < 100_000.0);
    on_earth(Position {
        lat: angle(found.first("exif:GPSLatitude"), ['N', 'S'])?,
        lon: angle(found.first("exif:GPSLongitude"), ['E', 'W'])?,
        altitude: altitude
            .map(|metres| ((if below { -metres.abs() } else { metres }) * 100.0).round() / 100.0),
        direction: number(found.first("exif:GPSImgDirection"))
            .filter(|degrees| (0.0..=360.0).contains(degrees))
            .map(|degrees| degrees % 360.0),
    })
}

/// `12,36.5N`, `12,36,30N`, or plain degrees.
fn angle(text: &str, sides: [char; 2]) -> Option<f64> {
    let text = text.trim();
    let side = text.chars().last().map(|letter| letter.to_ascii_uppercase())?;
    if !sides.contains(&side) {
        return text.parse::<f64>().ok().filter(|value| value.is_finite()).map(degrees);
    }
    let parts: Option<Vec<f64>> =
        text[..text.len() - 1].split([',', ' ']).filter(|part| !part.is_empty()).map(number).collect();
    let parts = parts.filter(|parts| (1..=3).contains(&parts.len()))?;
    let part = |index: usize| parts.get(index).copied().unwrap_or_default();
    let sign = if side == sides[0] { 1.0 } else { -1.0 };
    Some(degrees(sign * (part(0) + part(1) / 60.0 + part(2) / 3600.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<r:Description r:about="" xmlns:e="http://ns.adobe.com/exif/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:Rating="4" e:GPSLatitude="13,54.6S" e:GPSLongitude="60,58,30W"
 e:GPSAltitude="125/10" e:GPSAltitudeRef="1" e:DateTimeOriginal="2026-03-01T14:05:00.50-04:00">
<dc:title><r:Alt><r:li xml:lang="x-default">Tom &amp; Ana</r:li></r:Alt></dc:title>
<dc:subject><r:Bag><r:li>boat</r:li><r:li>sea</r:li><r:li>boat</r:li></r:Bag></dc:subject>
<dc:rights><r:Alt><r:li xml:lang="x-default">&#169; Ana</r:li></r:Alt></dc:rights>
</r:Description></r:RDF></x:xmpmeta>"#;

    #[test]
    fn attributes_and_elements_under_any_prefix_are_read() {
        let notes = read(PACKET.as_bytes());
        let position = notes.position.unwrap();
        assert!((position.lat + 13.91).abs() < 1e-7 && (position.lon + 60.975).abs() < 1e-7);
        assert_eq!(position.altitude, Some(-12.5));
        assert_eq!((notes.rating, notes.title.as_str()), (Some(4), "Tom & Ana"));
        assert_eq!(notes.keywords, ["boat", "sea"]);
        assert_eq!((notes.date.as_str(), notes.copyright.as_str()), ("2026-03-01T14:05:00.5-04:00", "© Ana"));
    }

    #[test]
    fn a_packet_cut_anywhere_and_one_in_utf_16_are_no_trouble() {
        for length in 0..PACKET.len() {
            drop(read(&PACKET.as_bytes()[..length]));
        }
        let wide: Vec<u8> = PACKET.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide).rating, Some(4));
    }

    #[test]
    fn entities_of_its_own_and_deep_nesting_are_not_followed() {
        let bomb = format!("<!DOCTYPE x [<!ENTITY a \"{}\">]>{}&a;", "z".repeat(99), "<x>".repeat(100_000));
        assert_eq!(read(bomb.as_bytes()).title, "");
    }
}
