//! Writes notes as an XMP file beside a picture (ISO 16684-1), which photo programs read. Must not touch the picture.

use crate::Notes;

/// Notes as XMP; what is empty is left out. [`crate::read_sidecar`] reads back what is written here.
pub fn write_sidecar(notes: &Notes) -> String {
    let mut text = String::from(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n  \
         <rdf:Description rdf:about=\"\"\n    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n    \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n    xmlns:exif=\"http://ns.adobe.com/exif/1.0/\"\n    \
         xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\">\n",
    );
    let mut leaf = |name: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&format!("   <{name}>{}</{name}>\n", escaped(value)));
        }
    };
    leaf("xmp:Rating", &notes.rating.map(|stars| stars.to_string()).unwrap_or_default());
    leaf("exif:DateTimeOriginal", &notes.date);
    leaf("photoshop:DateCreated", &notes.date);
    if let Some(position) = notes.position {
        leaf("exif:GPSLatitude", &angle(position.lat, ['N', 'S']));
        leaf("exif:GPSLongitude", &angle(position.lon, ['E', 'W']));
        if let Some(metres) = position.altitude {
            leaf("exif:GPSAltitude", &format!("{}/100", (metres.abs() * 100.0).round()));
            leaf("exif:GPSAltitudeRef", if metres < 0.0 { "1" } else { "0" });
        }
        if let Some(degrees) = position.direction {
            leaf("exif:GPSImgDirection", &format!("{}/100", (degrees * 100.0).round()));
            leaf("exif:GPSImgDirectionRef", "T");
        }
    }
    alternatives(&mut text, "dc:title", &notes.title);
    alternatives(&mut text, "dc:description", &notes.caption);
    alternatives(&mut text, "dc:rights", &notes.copyright);
    list(&mut text, "dc:subject", "rdf:Bag", &notes.keywords);
    list(&mut text, "dc:creator", "rdf:Seq", std::slice::from_ref(&notes.creator));
    text.push_str("  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>\n");
    text
}

/// A text that may stand in several languages; here in one.
fn alternatives(text: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        let value = escaped(value);
        text.push_str(&format!(
            "   <{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt></{name}>\n"
        ));
    }
}

fn list(text: &mut String, name: &str, kind: &str, values: &[String]) {
    let items: String = values
        .iter()
        .filter(|value| !value.is_empty())
        .map(|value| format!("<rdf:li>{}</rdf:li>", escaped(value)))
        .collect();
    if !items.is_empty() {
        text.push_str(&format!("   <{name}><{kind}>{items}</{kind}></{name}>\n"));
    }
}

/// `12,36.5000000N`: degrees and minutes, to less than a millimetre.
fn angle(degrees: f64, [positive, negative]: [char; 2]) -> String {
    let side = if degrees < 0.0 { negative } else { positive };
    let whole = degrees.abs().trunc();
    let minutes = (degrees.abs() - whole) * 60.0;
    format!("{whole},{minutes:.8}{side}")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() && letter != '\n' => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Position, read_sidecar};

    #[test]
    fn what_is_written_is_read_back() {
        let notes = Notes {
            date: "2026-03-01T14:05:00.25-04:00".to_owned(),
            date_is_edited: true,
            position: Some(Position {
                lat: -13.91,
                lon: 60.975_123_4,
                altitude: Some(-3.5),
                direction: Some(270.0),
            }),
            title: "Tom & <Ana>".to_owned(),
            caption: "Two\nlines".to_owned(),
            keywords: vec!["boat".to_owned(), "sea".to_owned()],
            rating: Some(0),
            creator: "Ana".to_owned(),
            copyright: "© Ana".to_owned(),
            ..Notes::default()
        };
        assert_eq!(read_sidecar(write_sidecar(&notes).as_bytes()), notes);
        let empty = Notes::default();
        assert_eq!(read_sidecar(write_sidecar(&empty).as_bytes()), empty);
    }
}
