//! No published picture says where it was made: every file of an export is read as its format says, and searched.
#![allow(clippy::unwrap_used, reason = "tests")]
mod common;

use std::{collections::BTreeMap, path::Path};

use accid_studio::UploadedFile;
use common::{Bench, bench, write};
use serde_json::json;

const XMP: &[u8] =
    b"<x:xmpmeta><rdf:Description exif:GPSLatitude=\"12,36.0N\" exif:GPSLongitude=\"61,27.6W\"/></x:xmpmeta>";

/// A TIFF block with a place (EXIF 2.32 §4.6.6): IFD 0 leads to a GPS IFD with a latitude and a longitude.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let ifd = |entries: &[Vec<u8>]| {
        let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
        [&count[..], &entries.concat(), &[0; 4]].concat()
    };
    let angle =
        |degrees: u32, minutes: u32| [degrees, 1, minutes, 1, 0, 1].into_iter().flat_map(u32::to_le_bytes);
    let angles: Vec<u8> = angle(12, 36).chain(angle(61, 27)).collect();
    let (latitude, longitude) = (26 + 54, 26 + 54 + 24);
    let gps = ifd(&[
        entry(1, 2, 2, u32::from(b'N')),
        entry(2, 5, 3, latitude),
        entry(3, 2, 2, u32::from(b'W')),
        entry(4, 5, 3, longitude),
    ]);
    [&b"II*\0\x08\0\0\0"[..], &ifd(&[entry(0x8825, 4, 1, 26)]), &gps, &angles].concat()
}

/// A JPEG as a telephone writes it, with its place in EXIF and in XMP.
fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.add_exif_metadata(&exif()).unwrap();
    encoder.add_app_segment(1, [b"http://ns.adobe.com/xap/1.0/\0", XMP].concat()).unwrap();
    let pixels: Vec<u8> = (0..600 * 400).flat_map(|pixel| [(pixel % 251) as u8, 120, 160]).collect();
    encoder.encode(&pixels, 600, 400, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// A GIF that moves, with its place in XMP.
fn gif() -> Vec<u8> {
    let frame = b"\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    let trailer: Vec<u8> = [1].into_iter().chain((0..=255).rev()).chain([0]).collect();
    let xmp = [b"\x21\xff\x0bXMP DataXMP", XMP, &trailer].concat();
    let screen = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    [screen.as_slice(), &xmp, frame, frame, b"\x3b"].concat()
}

/// The parts of a picture that are not pixels, by their names in its format; none when it is no known picture.
fn parts(bytes: &[u8]) -> Option<Vec<String>> {
    let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if bytes.starts_with(&[0xff, 0xd8]) {
        return Some(
            segments(bytes)
                .into_iter()
                .map(|(marker, body)| format!("{marker:x} {}", name(&body[..body.len().min(30)])))
                .collect(),
        );
    }
    if bytes.starts_with(b"RIFF") {
        let (mut parts, mut at) = (Vec::new(), 12);
        while let Some(head) = bytes.get(at..at + 8) {
            parts.push(name(&head[..4]));
            let length = u32::from_le_bytes(head[4..].try_into().unwrap()) as usize;
            at += 8 + length + length % 2;
        }
        return Some(parts);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        // The items of an AVIF file are listed in `infe` boxes: version 2 or 3 has a type of four letters (ISO/IEC
        // 23008-12 §6; 14496-12 §8.11.6).
        let types = bytes.windows(4).enumerate().filter(|(_, window)| *window == b"infe");
        return Some(types.map(|(at, _)| name(&bytes[at + 12..at + 16])).collect());
    }
    let signs: [&[u8]; 2] = [b"GIF8", b"\x89PNG"];
    signs.iter().any(|sign| bytes.starts_with(sign)).then(Vec::new)
}

/// The segments of a JPEG before its pixels: markers and bodies (ITU-T T.81 annex B).
fn segments(bytes: &[u8]) -> Vec<(u8, &[u8])> {
    let (mut found, mut at) = (Vec::new(), 2);
    while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
        let length = usize::from(u16::from_be_bytes([high, low]));
        found.push((marker, &bytes[at + 4..at + 2 + length]));
        if marker == 0xda {
            break;
        }
        at += 2 + length;
    }
    found
}

fn says_a_place(bytes: &[u8]) -> Option<String> {
    let parts = parts(bytes).unwrap_or_default();
    let notes = ["Exif", "EXIF", "XMP ", "mime", "e1 ", "ed "];
    if let Some(part) = parts.iter().find(|part| notes.iter().any(|note| part.starts_with(note))) {
        return Some(format!("has a part {part}"));
    }
    let words: [&[u8]; 5] = [b"Exif\0\0", b"eXIf", b"exif:", b"x:xmpmeta", b"XMP DataXMP"];
    let word = words.iter().find(|word| bytes.windows(word.len()).any(|window| window == **word));
    word.map(|word| format!("says {}", String::from_utf8_lossy(word)))
}

/// The pictures of an exported folder.
fn pictures(bench: &Bench, out: &str) -> BTreeMap<String, Vec<u8>> {
    let files = bench.vfs.files().into_iter().filter(|(path, _)| path.starts_with(out));
    let files = files.map(|(path, bytes)| (path.to_string_lossy().into_owned(), bytes));
    files.filter(|(_, bytes)| parts(bytes).is_some()).collect()
}

#[test]
fn the_search_finds_a_place_where_there_is_one() {
    for (name, bytes) in [("jpeg", jpeg()), ("gif", gif())] {
        assert!(says_a_place(&bytes).is_some(), "{name}");
    }
    let webp = [&b"RIFF\x20\0\0\0WEBPEXIF\x04\0\0\0abcd"[..]].concat();
    assert_eq!(says_a_place(&webp).unwrap(), "has a part EXIF");
    let avif = b"\0\0\0\x14ftypavif\0\0\0\0avif\0\0\0\x15infe\x02\0\0\0\0\x02\0\0Exif\0";
    assert_eq!(says_a_place(avif).unwrap(), "has a part Exif");
}

#[test]
fn no_picture_of_a_published_site_says_where_it_was_made() {
    let bench = bench();
    let site = bench.site("Places");
    let upload = |name: &str, bytes: Vec<u8>| {
        let file = UploadedFile { name: name.to_owned(), bytes };
        bench.studio.photos().upload(&write(), &site, &[file]).unwrap().items.remove(0).photo
    };
    let (photo, moving) = (upload("phone.jpg", jpeg()), upload("moving.gif", gif()));
    assert!(photo.location.is_some(), "the place is known to the owner");
    let image = json!({ "photo": photo.id, "alt": "A bay" });
    bench.module(&site, "index", "image", json!({ "image": image }));
    bench.module(&site, "index", "image", json!({ "image": { "photo": moving.id, "alt": "A flag" } }));
    bench.module(&site, "index", "gallery", json!({ "photos": [image] }));
    bench.export(&site, "/out");
    let published = pictures(&bench, "/out");
    let endings: std::collections::BTreeSet<_> =
        published.keys().filter_map(|path| Path::new(path).extension()?.to_str()).collect();
    for ending in ["avif", "gif", "jpg", "webp"] {
        assert!(endings.contains(ending), "{endings:?}");
    }
    for (path, bytes) in &published {
        assert_eq!(says_a_place(bytes), None, "{path}");
    }
    let originals = Path::new("/data/projects").join(&site);
    let kept = bench.vfs.files().into_iter().filter(|(path, _)| path.starts_with(&originals));
    assert!(kept.into_iter().any(|(_, bytes)| bytes == jpeg()), "the original is untouched");
}

#[test]
fn no_picture_of_the_published_demo_says_where_it_was_made() {
    let bench = bench();
    let demo = bench.studio.projects().create_demo(&write()).unwrap();
    bench.export(demo.slug.as_str(), "/out");
    let published = pictures(&bench, "/out");
    assert!(published.len() > 30, "{}", published.len());
    for (path, bytes) in &published {
        assert_eq!(says_a_place(bytes), None, "{path}");
    }
}
