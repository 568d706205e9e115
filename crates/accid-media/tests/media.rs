//! Pictures made by hand: every orientation, every format, damage of every kind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use accid_media::{
    MediaError, OutputFormat, PictureFormat, Recipe, glance, probe, render_each, render_renditions,
};
use image::{ExtendedColorType, ImageEncoder, codecs::gif::GifEncoder, codecs::png::PngEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use proptest::prelude::*;

const RED: [u8; 3] = [220, 30, 30];
const GREEN: [u8; 3] = [30, 180, 40];
const BLUE: [u8; 3] = [30, 50, 210];
const WHITE: [u8; 3] = [245, 245, 245];

/// The picture every orientation must come back to: red and green above, blue and white below.
fn upright(x: u32, y: u32, width: u32, height: u32) -> [u8; 3] {
    match (x < width / 2, y < height / 2) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => WHITE,
    }
}

fn paint(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).flat_map(|(x, y)| colour(x, y)).collect()
}

struct Exif {
    orientation: u16,
    date: &'static [u8; 20],
    latitude: [u32; 6],
    latitude_reference: u8,
}

impl Exif {
    const fn turned(orientation: u16) -> Self {
        Self {
            orientation,
            date: b"2026:02:14 17:45:09\0",
            latitude: [12, 1, 2, 1, 294, 10],
            latitude_reference: b'N',
        }
    }

    /// A TIFF block as cameras write it (TIFF 6.0 §2): IFD 0, EXIF IFD, GPS IFD, then the values.
    fn bytes(&self) -> Vec<u8> {
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            let mut bytes = tag.to_le_bytes().to_vec();
            bytes.extend_from_slice(&kind.to_le_bytes());
            bytes.extend_from_slice(&count.to_le_bytes());
            bytes.extend_from_slice(&value.to_le_bytes());
            bytes
        };
        let ifd = |entries: &[Vec<u8>]| {
            let mut bytes = u16::try_from(entries.len()).unwrap().to_le_bytes().to_vec();
            entries.iter().for_each(|entry| bytes.extend_from_slice(entry));
            bytes.extend_from_slice(&[0; 4]);
            bytes
        };
        let (exif_at, gps_at) = (8 + 6 + 5 * 12, 8 + 6 + 5 * 12 + 6 + 12);
        let values = gps_at + 6 + 4 * 12;
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        bytes.extend(ifd(&[
            entry(0x010f, 2, 6, values),
            entry(0x0110, 2, 12, values + 6),
            entry(0x0112, 3, 1, u32::from(self.orientation)),
            entry(0x8769, 4, 1, exif_at),
            entry(0x8825, 4, 1, gps_at),
        ]));
        bytes.extend(ifd(&[entry(0x9003, 2, 20, values + 18)]));
        bytes.extend(ifd(&[
            entry(1, 2, 2, u32::from(self.latitude_reference)),
            entry(2, 5, 3, values + 38),
            entry(3, 2, 2, u32::from(b'W')),
            entry(4, 5, 3, values + 62),
        ]));
        bytes.extend_from_slice(b"Nikon\0NIKON D7200\0"[..18].as_ref());
        bytes.extend_from_slice(self.date);
        for number in self.latitude.into_iter().chain([61, 1, 45, 1, 0, 1]) {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes
    }
}

fn jpeg(width: u32, height: u32, pixels: &[u8], exif: Option<&Exif>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    if let Some(exif) = exif {
        encoder.add_exif_metadata(&exif.bytes()).unwrap();
    }
    encoder.encode(pixels, width.try_into().unwrap(), height.try_into().unwrap(), ColorType::Rgb).unwrap();
    bytes
}

fn png(width: u32, height: u32, pixels: &[u8], colour: ExtendedColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(pixels, width, height, colour).unwrap();
    bytes
}

fn gif(width: u32, height: u32) -> Vec<u8> {
    let pixels = paint(width, height, |x, y| upright(x, y, width, height));
    let mut bytes = Vec::new();
    GifEncoder::new(&mut bytes).encode(&pixels, width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}

fn webp(width: u32, height: u32) -> Vec<u8> {
    let pixels = paint(width, height, |x, y| upright(x, y, width, height));
    webp::Encoder::from_rgb(&pixels, width, height).encode(90.0).to_vec()
}

/// A small real file of each format.
fn samples() -> Vec<Vec<u8>> {
    let pixels = paint(48, 32, |x, y| upright(x, y, 48, 32));
    vec![
        jpeg(48, 32, &pixels, Some(&Exif::turned(6))),
        png(48, 32, &pixels, ExtendedColorType::Rgb8),
        gif(48, 32),
        webp(48, 32),
        render_renditions(&jpeg(48, 32, &pixels, None), &[Recipe::new(48, OutputFormat::Jpeg)])
            .unwrap()
            .remove(0),
    ]
}

/// Decodes by way of a lossless rendition in the picture's own size.
fn pixels_of(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let png = render_renditions(bytes, &[Recipe::new(u32::MAX, OutputFormat::Png)]).unwrap().remove(0);
    let picture = image::load_from_memory(&png).unwrap().into_rgb8();
    (picture.width(), picture.height(), picture.into_raw())
}

fn pixel(picture: &(u32, u32, Vec<u8>), x: u32, y: u32) -> [u8; 3] {
    let at = ((y * picture.0 + x) * 3) as usize;
    picture.2[at..at + 3].try_into().unwrap()
}

fn is_near(left: [u8; 3], right: [u8; 3]) -> bool {
    left.iter().zip(right).all(|(left, right)| left.abs_diff(right) < 30)
}

/// Where the stored pixel (column, row) stands in the upright picture of 64 × 32, from the table of the EXIF
/// standard: "the 0th row is at the visual … of the picture, the 0th column at the visual …".
fn visual(orientation: u16, column: u32, row: u32) -> (u32, u32) {
    let (right, bottom) = (63, 31);
    match orientation {
        1 => (column, row),                  // top, left
        2 => (right - column, row),          // top, right
        3 => (right - column, bottom - row), // bottom, right
        4 => (column, bottom - row),         // bottom, left
        5 => (row, column),                  // left, top
        6 => (right - row, column),          // right, top
        7 => (right - row, bottom - column), // right, bottom
        _ => (row, bottom - column),         // left, bottom
    }
}

#[test]
fn all_eight_orientations_land_upright_in_every_format() {
    for orientation in 1..=8 {
        let (width, height) = if orientation < 5 { (64, 32) } else { (32, 64) };
        let pixels = paint(width, height, |column, row| {
            let (x, y) = visual(orientation, column, row);
            upright(x, y, 64, 32)
        });
        let stored = jpeg(width, height, &pixels, Some(&Exif::turned(orientation)));
        let picture = probe(&stored).unwrap();
        assert_eq!((picture.width, picture.height), (64, 32));
        assert_eq!(picture.notes.orientation.map(u16::from), Some(orientation));
        for format in [OutputFormat::Jpeg, OutputFormat::WebP, OutputFormat::Png] {
            let rendition = render_renditions(&stored, &[Recipe::new(32, format)]).unwrap().remove(0);
            let shown = pixels_of(&rendition);
            assert_eq!((shown.0, shown.1), (32, 16), "orientation {orientation}");
            for (x, y) in [(8, 4), (24, 4), (8, 12), (24, 12)] {
                let (got, wanted) = (pixel(&shown, x, y), upright(x, y, 32, 16));
                assert!(
                    is_near(got, wanted),
                    "orientation {orientation} as {format:?}: {got:?}, not {wanted:?}"
                );
            }
        }
    }
}

#[test]
fn camera_date_and_place_are_read() {
    let pixels = paint(16, 16, |_, _| BLUE);
    let notes = probe(&jpeg(16, 16, &pixels, Some(&Exif::turned(1)))).unwrap().notes;
    assert_eq!(notes.camera(), "NIKON D7200");
    assert_eq!(notes.date, "2026-02-14T17:45:09");
    assert_eq!(notes.position.map(|position| (position.lat, position.lon)), Some((12.041_5, -61.75)));
}

#[test]
fn dates_of_zeros_or_blanks_count_as_unknown() {
    let pixels = paint(16, 16, |_, _| BLUE);
    for date in [
        b"0000:00:00 00:00:00\0",
        b"    :  :     :  :  \0",
        b"2026:13:01 00:00:00\0",
        b"xxxxxxxxxxxxxxxxxxx\0",
    ] {
        let picture = probe(&jpeg(16, 16, &pixels, Some(&Exif { date, ..Exif::turned(1) }))).unwrap();
        assert_eq!(picture.notes.date, "");
        assert_eq!(picture.notes.model, "NIKON D7200");
    }
}

#[test]
fn a_place_that_cannot_be_is_left_out() {
    let pixels = paint(16, 16, |_, _| BLUE);
    let place = |latitude, latitude_reference| {
        let exif = Exif { latitude, latitude_reference, ..Exif::turned(1) };
        let position = probe(&jpeg(16, 16, &pixels, Some(&exif))).unwrap().notes.position;
        position.map(|position| (position.lat, position.lon))
    };
    assert_eq!(place([12, 0, 30, 1, 0, 1], b'N'), None);
    assert_eq!(place([95, 1, 0, 1, 0, 1], b'N'), None);
    assert_eq!(place([12, 1, 30, 1, 0, 1], b'Q'), None);
    assert_eq!(place([12, 1, 30, 1, 0, 0], b'S'), Some((-12.5, -61.75)));
}

#[test]
fn every_format_is_read_and_written() {
    let formats = [PictureFormat::Jpeg, PictureFormat::Png, PictureFormat::Gif, PictureFormat::WebP];
    for (bytes, format) in samples().iter().zip(formats) {
        let picture = probe(bytes).unwrap();
        assert_eq!(picture.format, format);
        let wanted = if format == PictureFormat::Jpeg { (32, 48) } else { (48, 32) };
        assert_eq!((picture.width, picture.height), wanted);
        let recipes = [
            Recipe::new(16, OutputFormat::Jpeg),
            Recipe::new(16, OutputFormat::WebP),
            Recipe::new(16, OutputFormat::Png),
        ];
        let renditions = render_renditions(bytes, &recipes).unwrap();
        let found: Vec<_> = renditions.iter().map(|rendition| probe(rendition).unwrap().format).collect();
        assert_eq!(found, [PictureFormat::Jpeg, PictureFormat::WebP, PictureFormat::Png]);
    }
}

#[test]
fn a_rendition_is_never_wider_than_its_original() {
    let rendition =
        render_renditions(&webp(48, 32), &[Recipe::new(4000, OutputFormat::Jpeg)]).unwrap().remove(0);
    let picture = probe(&rendition).unwrap();
    assert_eq!((picture.width, picture.height), (48, 32));
}

#[test]
fn a_rendition_does_not_depend_on_what_else_is_asked_for() {
    let original = webp(200, 120);
    let recipe = |width| Recipe::new(width, OutputFormat::WebP);
    let together = render_renditions(&original, &[recipe(160), recipe(80), recipe(80), recipe(33)]).unwrap();
    for (index, width) in [160, 80, 80, 33].into_iter().enumerate() {
        assert_eq!(together[index], render_renditions(&original, &[recipe(width)]).unwrap()[0]);
    }
}

#[test]
fn renditions_hold_no_metadata() {
    let pixels = paint(64, 64, |x, y| upright(x, y, 64, 64));
    let original = jpeg(64, 64, &pixels, Some(&Exif::turned(3)));
    assert!(original.windows(4).any(|window| window == b"Exif"));
    for format in [OutputFormat::Jpeg, OutputFormat::WebP, OutputFormat::Png] {
        let rendition = render_renditions(&original, &[Recipe::new(48, format)]).unwrap().remove(0);
        for needle in [&b"Exif"[..], b"EXIF", b"eXIf", b"NIKON", b"ICC", b"iCCP", b"http://ns.adobe"] {
            assert!(
                !rendition.windows(needle.len()).any(|window| window == needle),
                "{format:?} holds {needle:?}"
            );
        }
        let picture = probe(&rendition).unwrap();
        assert_eq!(picture.notes, accid_media::Notes::default());
    }
}

#[test]
fn what_is_transparent_stays_so_and_is_white_in_a_jpeg() {
    let pixels: Vec<u8> =
        (0..32 * 32).flat_map(|index| [0, 0, 0, if index % 32 < 16 { 0 } else { 255 }]).collect();
    let original = png(32, 32, &pixels, ExtendedColorType::Rgba8);
    assert!(probe(&original).unwrap().transparent);
    let recipes =
        [OutputFormat::Jpeg, OutputFormat::WebP, OutputFormat::Png].map(|format| Recipe::new(16, format));
    let renditions = render_renditions(&original, &recipes).unwrap();
    assert!(is_near(pixel(&pixels_of(&renditions[0]), 2, 8), [255; 3]));
    assert!(is_near(pixel(&pixels_of(&renditions[0]), 13, 8), [0; 3]));
    for rendition in &renditions[1..] {
        assert!(probe(rendition).unwrap().transparent);
    }
    let opaque: Vec<u8> = (0..32 * 32).flat_map(|_| [9, 9, 9, 255]).collect();
    let opaque = png(32, 32, &opaque, ExtendedColorType::Rgba8);
    let rendition = render_renditions(&opaque, &[Recipe::new(16, OutputFormat::WebP)]).unwrap().remove(0);
    assert!(!probe(&rendition).unwrap().transparent);
}

#[test]
fn the_first_frame_of_a_moving_webp_is_shown() {
    let frame = webp(40, 20);
    let mut encoder = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0".to_vec();
    encoder.extend_from_slice(&[39, 0, 0, 19, 0, 0]);
    encoder.extend_from_slice(b"ANIM\x06\0\0\0\0\0\0\0\0\0");
    for _ in 0..2 {
        encoder.extend_from_slice(b"ANMF");
        encoder.extend_from_slice(&u32::try_from(frame.len() - 12 + 16).unwrap().to_le_bytes());
        encoder.extend_from_slice(&[0, 0, 0, 0, 0, 0, 39, 0, 0, 19, 0, 0, 100, 0, 0, 0]);
        encoder.extend_from_slice(&frame[12..]);
    }
    let size = u32::try_from(encoder.len() - 8).unwrap();
    encoder[4..8].copy_from_slice(&size.to_le_bytes());
    let picture = probe(&encoder).unwrap();
    assert!(picture.animated);
    assert!(is_near(pixel(&pixels_of(&encoder), 5, 5), RED));
}

#[test]
fn a_png_that_unpacks_to_more_than_it_says_or_less_is_no_danger() {
    // 100 megapixels of zeros are 100 kB packed: taken. One row more is refused before anything is unpacked.
    let pixels = paint(16, 16, |_, _| WHITE);
    let mut bomb = png(16, 16, &pixels, ExtendedColorType::Rgb8);
    bomb[16..20].copy_from_slice(&20_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&5_001_u32.to_be_bytes());
    let refused = render_renditions(&bomb, &[Recipe::new(16, OutputFormat::Jpeg)]).unwrap_err();
    assert_eq!(refused, MediaError::TooLarge { width: 20_000, height: 5_001 });
    bomb[20..24].copy_from_slice(&16_u32.to_be_bytes());
    let refused = render_renditions(&bomb, &[Recipe::new(16, OutputFormat::Jpeg)]).unwrap_err();
    assert!(matches!(refused, MediaError::Damaged { format: PictureFormat::Png, .. }), "{refused:?}");
}

#[test]
fn every_beginning_of_a_picture_is_read_or_refused_but_never_a_panic() {
    let recipes = [Recipe::new(16, OutputFormat::Jpeg)];
    for sample in samples() {
        for end in 0..sample.len() {
            let head = &sample[..end];
            if probe(head).is_err() {
                assert!(render_renditions(head, &recipes).is_err());
            } else {
                drop(render_renditions(head, &recipes));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pictures_with_bytes_changed_are_read_or_refused_but_never_a_panic(
        which in 0_usize..5,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = samples().remove(which);
        for (index, value) in changes {
            let at = index.index(bytes.len());
            bytes[at] = value;
        }
        drop(probe(&bytes));
        // A changed size may be legal and large; the limit on the size keeps that a matter of memory, not of luck.
        if probe(&bytes).is_ok_and(|picture| picture.width * picture.height < 4_000_000) {
            drop(render_renditions(&bytes, &[Recipe::new(16, OutputFormat::Jpeg)]));
        }
    }
}

/// A picture like a photo: soft forms, and some grain.
fn photo_like(width: u32, height: u32) -> Vec<u8> {
    let grain = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).rotate_left(7) % 23;
    let channel = |value: u32| u8::try_from(value % 256).unwrap();
    let pixels = paint(width, height, |x, y| {
        let (sky, sea) = (220 - y * 120 / height, 60 + x * 80 / width);
        [channel(sky + grain(x, y)), channel(sea + sky / 3 + grain(y, x)), channel(90 + y * 100 / height)]
    });
    jpeg(width, height, &pixels, None)
}

/// Width and height of an AVIF, from its `ispe` property (ISO/IEC 23008-12 §6.5.3).
fn avif_size(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(&bytes[4..12], b"ftypavif");
    let at = bytes.windows(4).position(|window| window == b"ispe").unwrap() + 8;
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(at), number(at + 4))
}

#[test]
fn an_avif_is_smaller_than_the_webp_and_always_the_same() {
    let original = photo_like(320, 200);
    let recipes = [Recipe::new(240, OutputFormat::WebP), Recipe::new(240, OutputFormat::Avif)];
    let both = render_renditions(&original, &recipes).unwrap();
    assert_eq!(avif_size(&both[1]), (240, 150));
    assert!(both[1].len() < both[0].len(), "{} of {} bytes", both[1].len(), both[0].len());
    assert_eq!(render_renditions(&original, &recipes[1..]).unwrap()[0], both[1]);
}

#[test]
fn an_avif_keeps_what_is_transparent() {
    let pixels: Vec<u8> =
        (0..64 * 64).flat_map(|at| [200, 40, 40, if at % 64 < 32 { 0 } else { 255 }]).collect();
    let original = png(64, 64, &pixels, ExtendedColorType::Rgba8);
    let avif = render_renditions(&original, &[Recipe::new(64, OutputFormat::Avif)]).unwrap().remove(0);
    assert_eq!(avif_size(&avif), (64, 64));
    // ISO/IEC 23000-22 §4: an auxiliary item of its own.
    let kind = b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha";
    assert!(avif.windows(kind.len()).any(|window| window == kind));
}

#[test]
fn renditions_are_handed_over_one_by_one_until_somebody_has_had_enough() {
    let recipes = [32, 24, 16].map(|width| Recipe::new(width, OutputFormat::Jpeg));
    let mut seen = Vec::new();
    let ended = render_each(&webp(48, 32), &recipes, |index, bytes| {
        seen.push((index, probe(&bytes).unwrap().width));
        if index == 1 { Err(MediaError::Empty) } else { Ok(()) }
    });
    assert_eq!(ended, Err(MediaError::Empty));
    assert_eq!(seen, [(0, 32), (1, 24)]);
}

#[test]
fn from_afar_a_picture_is_a_few_bytes_and_its_brightest_part() {
    let dark = jpeg(300, 200, &paint(300, 200, |_, _| [20, 30, 40]), None);
    let lamp =
        jpeg(300, 200, &paint(300, 200, |x, y| if x < 30 && y < 30 { [255; 3] } else { [20, 30, 40] }), None);
    let (dark, lamp) = (glance(&dark).unwrap(), glance(&lamp).unwrap());
    assert!(dark.peak < 60 && lamp.peak > 240, "{} {}", dark.peak, lamp.peak);
    assert!((6..=30).contains(&lamp.thumbhash.len()), "{}", lamp.thumbhash.len());
    assert_ne!(dark.thumbhash, lamp.thumbhash);
    // Turned as the camera held it, and in proportions that no small picture has.
    let turned = jpeg(96, 4, &paint(96, 4, |x, y| upright(x, y, 96, 4)), Some(&Exif::turned(6)));
    assert!(glance(&turned).is_ok());
    let line = png(1, 3000, &paint(1, 3000, |_, _| WHITE), ExtendedColorType::Rgb8);
    assert!(glance(&line).unwrap().peak > 230);
    assert!(glance(b"no picture").is_err());
}
