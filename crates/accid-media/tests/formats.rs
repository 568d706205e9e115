//! Every format and every form of metadata, made by program; and what hostile files do.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

#[path = "../../accid-test/src/photograph.rs"]
mod photograph;

use std::io::Cursor;

use accid_media::{
    DERIVED_SIZES, MediaError, OutputFormat, PictureFormat, RawKind, Recipe, bits_apart, digest, probe,
    render_renditions,
};
use image::{ExtendedColorType, ImageEncoder, codecs::tiff::TiffEncoder};
use photograph::Photograph;

const WIDTH: u16 = 96;
const HEIGHT: u16 = 64;

fn pixels_of(bytes: &[u8]) -> Vec<u8> {
    let png = render_renditions(bytes, &[Recipe::new(u32::MAX, OutputFormat::Png)]).unwrap().remove(0);
    image::load_from_memory(&png).unwrap().into_rgb8().into_raw()
}

/// Mean difference of two pictures of one size, of 255.
fn apart(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let sum: u64 = one.iter().zip(other).map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
    sum as f64 / one.len() as f64
}

/// A soft picture, which every codec gives back nearly as it was.
fn soft() -> Vec<u8> {
    let colour = |x: u32, y: u32| [(x * 255 / 95) as u8, (y * 255 / 63) as u8, ((x + y) * 255 / 158) as u8];
    (0..64).flat_map(|y| (0..96).flat_map(move |x| colour(x, y))).collect()
}

fn heic() -> Vec<u8> {
    let options = heifer::EncodeOptions::default();
    heifer::encode_rgb8(WIDTH.into(), HEIGHT.into(), &soft(), &options).unwrap()
}

fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(&soft(), WIDTH.into(), HEIGHT.into(), ExtendedColorType::Rgb8).unwrap();
    bytes
}

fn tiff() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let encoder = TiffEncoder::new(&mut bytes);
    encoder.write_image(&soft(), WIDTH.into(), HEIGHT.into(), ExtendedColorType::Rgb8).unwrap();
    bytes.into_inner()
}

fn avif() -> Vec<u8> {
    render_renditions(&png(), &[Recipe { width: 96, format: OutputFormat::Avif, quality: 92 }])
        .unwrap()
        .remove(0)
}

#[test]
fn heic_avif_and_tiff_show_what_went_in() {
    for (bytes, format) in
        [(heic(), PictureFormat::Heic), (avif(), PictureFormat::Avif), (tiff(), PictureFormat::Tiff)]
    {
        let picture = probe(&bytes).unwrap();
        assert_eq!((picture.format, picture.width, picture.height), (format, 96, 64));
        let difference = apart(&pixels_of(&bytes), &soft());
        assert!(difference < 4.0, "{format:?} differs by {difference}");
    }
}

/// A raw file as most makers build it: a TIFF with raw data in one directory and a JPEG in another.
fn raw(make: &str, more: &[(u16, u32)]) -> Vec<u8> {
    let jpeg = Photograph { width: WIDTH, height: HEIGHT, ..Photograph::default() }.jpeg();
    let entries = 7 + more.len();
    let (make_at, sub_at) = (8 + 2 + entries * 12 + 4, 8 + 2 + entries * 12 + 4 + 20);
    let jpeg_at = sub_at + 2 + 2 * 12 + 4;
    let mut values = vec![
        (0x010f_u16, 2_u16, 20_u32, make_at as u32),
        (0x0112, 3, 1, 6),
        (0x0100, 4, 1, 160),
        (0x0101, 4, 1, 120),
        (0x0201, 4, 1, jpeg_at as u32),
        (0x0202, 4, 1, jpeg.len() as u32),
        (0x014a, 4, 1, sub_at as u32),
    ];
    values.extend(more.iter().map(|(tag, value)| (*tag, 4, 1, *value)));
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    let write = |values: &[(u16, u16, u32, u32)], bytes: &mut Vec<u8>| {
        bytes.extend_from_slice(&(values.len() as u16).to_le_bytes());
        for (tag, kind, count, value) in values {
            bytes.extend_from_slice(&tag.to_le_bytes());
            bytes.extend_from_slice(&kind.to_le_bytes());
            bytes.extend_from_slice(&count.to_le_bytes());
            bytes.extend_from_slice(&value.to_le_bytes());
        }
        bytes.extend_from_slice(&[0; 4]);
    };
    write(&values, &mut bytes);
    let mut name = make.as_bytes().to_vec();
    name.resize(20, 0);
    bytes.extend(name);
    write(&[(0x0106, 3, 1, 32_803), (0x0103, 3, 1, 1)], &mut bytes);
    assert_eq!(bytes.len(), jpeg_at);
    bytes.extend(jpeg);
    bytes
}

#[test]
fn raw_files_are_known_by_what_is_in_them_and_show_the_jpeg_in_them() {
    let patched = |from: &[u8], magic: &[u8]| {
        let mut bytes = from.to_vec();
        bytes[..magic.len()].copy_from_slice(magic);
        bytes
    };
    let plain = raw("SOMEBODY", &[]);
    let mut fuji = b"FUJIFILMCCD-RAW 0201".to_vec();
    fuji.resize(84, 0);
    let jpeg = Photograph { orientation: 6, ..Photograph::default() }.jpeg();
    fuji.extend_from_slice(&92_u32.to_be_bytes());
    fuji.extend_from_slice(&(jpeg.len() as u32).to_be_bytes());
    fuji.extend(jpeg);
    for (bytes, kind) in [
        (raw("NIKON CORPORATION", &[]), RawKind::Nef),
        (raw("SONY", &[]), RawKind::Arw),
        (raw("Leica", &[(0xc612, 1)]), RawKind::Dng),
        (patched(&plain, b"IIRO"), RawKind::Orf),
        (patched(&plain, b"IIU\0"), RawKind::Rw2),
        (fuji, RawKind::Raf),
    ] {
        let picture = probe(&bytes).unwrap();
        assert_eq!(picture.format, PictureFormat::Raw(kind));
        // Turned a quarter, as the raw file says.
        assert_eq!((picture.width, picture.height, picture.notes.orientation), (64, 96, Some(6)), "{kind:?}");
        let seen = digest(&bytes, &[320]).unwrap();
        assert_eq!(probe(&seen.pictures[0]).map(|small| (small.width, small.height)), Ok((64, 96)));
    }
}

#[test]
fn a_raw_file_without_a_jpeg_says_so() {
    let mut bytes = raw("SONY", &[]);
    bytes.truncate(260);
    let refused = probe(&bytes).unwrap_err();
    assert!(matches!(refused, MediaError::Damaged { .. }), "{refused:?}");
}

#[test]
fn exif_in_four_hemispheres_is_what_another_reader_finds() {
    let mut dice = photograph::Chance(7);
    for number in 0..200_u64 {
        let part =
            |dice: &mut photograph::Chance, most: f64| (dice.below(2_000_001) as f64 / 1e6 - 1.0) * most;
        let (latitude, longitude) = (part(&mut dice, 89.9), part(&mut dice, 179.9));
        let photograph = Photograph {
            seed: number,
            width: 16,
            height: 16,
            place: Some((latitude, longitude)),
            altitude: Some(part(&mut dice, 3_000.0).round()),
            direction: Some(dice.below(36_000) as f64 / 100.0),
            orientation: 1 + (number % 8) as u16,
            offset: ["", "-04:00", "+05:45", "+00:00"][number as usize % 4].to_owned(),
            ..Photograph::default()
        };
        let bytes = photograph.jpeg();
        let notes = probe(&bytes).unwrap().notes;
        let position = notes.position.unwrap();
        assert!((position.lat - latitude).abs() < 1e-5 && (position.lon - longitude).abs() < 1e-5);
        assert_eq!(position.altitude, photograph.altitude);
        assert_eq!(position.direction, photograph.direction);
        assert_eq!(notes.date, format!("2026-03-01T14:05:00{}", photograph.offset));
        let peer = exif::Reader::new().read_from_container(&mut Cursor::new(&bytes)).unwrap();
        let field = |tag| peer.get_field(tag, exif::In::PRIMARY).unwrap();
        assert_eq!(field(exif::Tag::Orientation).value.get_uint(0), notes.orientation.map(u32::from));
        assert_eq!(field(exif::Tag::Make).display_value().to_string(), format!("\"{}\"", notes.make));
        assert_eq!(field(exif::Tag::ExposureTime).display_value().to_string(), notes.shutter);
        assert_eq!((notes.aperture, notes.iso, notes.focal_length), (Some(2.8), Some(200), Some(35.0)));
    }
}

#[test]
fn what_only_xmp_or_iptc_says_is_read_and_the_cameras_own_time_comes_first() {
    let xmp = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description exif:GPSLatitude=\"12,30.0S\" \
        exif:GPSLongitude=\"61,15,36W\" xmp:Rating=\"3\" exif:DateTimeOriginal=\"2026-03-01T14:05:00-04:00\"/>\
        </rdf:RDF></x:xmpmeta>";
    let iptc = b"\x1c\x02\x05\0\x06Bequia\x1c\x02\x19\0\x04boat".to_vec();
    let whole = Photograph { xmp: xmp.to_owned(), iptc, ..Photograph::default() };
    let notes = probe(&whole.jpeg()).unwrap().notes;
    let position = notes.position.unwrap();
    assert_eq!((position.lat, position.lon), (-12.5, -61.26));
    assert_eq!((notes.rating, notes.title.as_str()), (Some(3), "Bequia"));
    assert_eq!(notes.keywords, ["boat"]);
    // The same time, and XMP knows the offset.
    assert_eq!((notes.date.as_str(), notes.date_is_edited), ("2026-03-01T14:05:00-04:00", false));
    let blank = Photograph { date: "0000:00:00 00:00:00".to_owned(), ..whole };
    let notes = probe(&blank.jpeg()).unwrap().notes;
    assert_eq!((notes.date.as_str(), notes.date_is_edited), ("2026-03-01T14:05:00-04:00", true));
}

#[test]
fn one_decoding_gives_every_size_upright_and_a_fingerprint_that_knows_its_like() {
    let photograph = |seed: u64, orientation| Photograph {
        width: 2_600,
        height: 1_700,
        seed,
        orientation,
        ..Photograph::default()
    };
    let original = photograph(3, 6).jpeg();
    let seen = digest(&original, &DERIVED_SIZES).unwrap();
    let sizes: Vec<_> = seen.pictures.iter().map(|picture| probe(picture).unwrap()).collect();
    assert_eq!(
        sizes.iter().map(|size| (size.width, size.height)).collect::<Vec<_>>(),
        [(209, 320), (837, 1280), (1339, 2048)]
    );
    assert!(
        sizes.iter().all(|size| size.notes == accid_media::Notes::default()),
        "nothing of the camera stays"
    );
    assert_eq!(digest(&original, &DERIVED_SIZES).unwrap(), seen, "the same every time");
    // The same picture smaller and in another format looks the same; another picture does not.
    let smaller = render_renditions(&original, &[Recipe::new(500, OutputFormat::WebP)]).unwrap().remove(0);
    let alike = bits_apart(seen.fingerprint, digest(&smaller, &[320]).unwrap().fingerprint);
    let other = bits_apart(seen.fingerprint, digest(&photograph(4, 6).jpeg(), &[320]).unwrap().fingerprint);
    assert!(alike <= 6 && other > 12, "{alike} and {other}");
}

#[test]
fn files_cut_and_damaged_anywhere_end_with_a_sentence_and_never_with_a_panic() {
    let mut dice = photograph::Chance(11);
    let rounds = if std::env::var_os("ACCID_LONG").is_some() { 4_000 } else { 60 };
    let rich = Photograph {
        place: Some((12.0, -61.0)),
        xmp: "<x:xmpmeta><a:b>c</a:b></x:xmpmeta>".to_owned(),
        ..Photograph::default()
    };
    for bytes in [rich.jpeg(), png(), tiff(), heic(), avif(), raw("SONY", &[])] {
        for _ in 0..rounds {
            let mut hurt = bytes.clone();
            if dice.below(2) == 0 {
                hurt.truncate(dice.below(bytes.len() as u64) as usize);
            }
            for _ in 0..dice.below(24) {
                if !hurt.is_empty() {
                    let at = dice.below(hurt.len() as u64) as usize;
                    hurt[at] = dice.below(256) as u8;
                }
            }
            let (seen, known) = (digest(&hurt, &[64]), probe(&hurt));
            if let Ok(seen) = seen {
                assert!(known.is_ok() && !seen.pictures[0].is_empty());
            }
        }
    }
}
