//! Small files that claim to be enormous, in every format: refused with a sentence, and little memory is spent on them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::io::{Cursor, Write as _};

use accid_media::{MediaError, OutputFormat, Recipe, digest, probe, render_renditions};
use image::{ExtendedColorType, ImageEncoder as _, codecs};
use miniz_oxide::deflate::compress_to_vec_zlib;

const SIDE: u32 = 50_000;
/// What a process may have used at most after all of them, in bytes: far less than one such picture would need.
const MOST_MEMORY: u64 = 300 << 20;

fn grey() -> Vec<u8> {
    vec![128; 64 * 64 * 3]
}

fn encoded(write: impl FnOnce(&mut Cursor<Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    write(&mut bytes);
    bytes.into_inner()
}

fn made_by(format: OutputFormat) -> Vec<u8> {
    let png = encoded(|to| {
        codecs::png::PngEncoder::new(to).write_image(&grey(), 64, 64, ExtendedColorType::Rgb8).unwrap();
    });
    render_renditions(&png, &[Recipe::new(64, format)]).unwrap().remove(0)
}

fn at(bytes: &[u8], sign: &[u8]) -> usize {
    bytes.windows(sign.len()).position(|window| window == sign).expect("the sign is in the file")
}

fn jpeg() -> Vec<u8> {
    let mut bytes = made_by(OutputFormat::Jpeg);
    let frame =
        bytes.windows(2).position(|pair| pair[0] == 0xff && (0xc0..=0xc2).contains(&pair[1])).unwrap();
    let side = u16::try_from(SIDE).unwrap().to_be_bytes();
    bytes[frame + 5..frame + 7].copy_from_slice(&side);
    bytes[frame + 7..frame + 9].copy_from_slice(&side);
    bytes
}

fn png() -> Vec<u8> {
    let mut bytes = made_by(OutputFormat::Png);
    bytes[16..20].copy_from_slice(&SIDE.to_be_bytes());
    bytes[20..24].copy_from_slice(&SIDE.to_be_bytes());
    bytes
}

fn gif() -> Vec<u8> {
    let mut bytes = encoded(|to| {
        let mut encoder = codecs::gif::GifEncoder::new(to);
        encoder.encode(&grey(), 64, 64, ExtendedColorType::Rgb8).unwrap();
    });
    let side = u16::try_from(SIDE).unwrap().to_le_bytes();
    let frame = at(&bytes, &[0x2c, 0, 0, 0, 0, 64, 0, 64, 0]);
    for place in [6, frame + 5] {
        bytes[place..place + 2].copy_from_slice(&side);
        bytes[place + 2..place + 4].copy_from_slice(&side);
    }
    bytes
}

/// The canvas of an extended file has 24 bits for each side.
fn webp() -> Vec<u8> {
    let inner = made_by(OutputFormat::WebP);
    let mut bytes = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
    let side = (SIDE - 1).to_le_bytes();
    bytes.extend_from_slice(&side[..3]);
    bytes.extend_from_slice(&side[..3]);
    bytes.extend_from_slice(&inner[12..]);
    let size = u32::try_from(bytes.len() - 8).unwrap();
    bytes[4..8].copy_from_slice(&size.to_le_bytes());
    bytes
}

/// The largest sides its own header can say: 14 bits each.
fn lossless_webp() -> Vec<u8> {
    let mut bytes = b"RIFF\0\0\0\0WEBPVP8L\x20\0\0\0\x2f".to_vec();
    bytes.extend_from_slice(&0x0fff_ffff_u32.to_le_bytes());
    bytes.resize(12 + 8 + 32, 0);
    let size = u32::try_from(bytes.len() - 8).unwrap();
    bytes[4..8].copy_from_slice(&size.to_le_bytes());
    bytes
}

fn tiff() -> Vec<u8> {
    let mut bytes = encoded(|to| {
        codecs::tiff::TiffEncoder::new(to).write_image(&grey(), 64, 64, ExtendedColorType::Rgb8).unwrap();
    });
    for tag in [256_u16, 257] {
        let entry = bytes
            .windows(12)
            .position(|entry| {
                entry[..2] == tag.to_le_bytes() && entry[4..8] == [1, 0, 0, 0] && entry[8..] == [64, 0, 0, 0]
            })
            .unwrap();
        bytes[entry + 8..entry + 12].copy_from_slice(&SIDE.to_le_bytes());
    }
    bytes
}

/// Every box that says how large the picture is.
fn in_boxes(mut bytes: Vec<u8>) -> Vec<u8> {
    let places: Vec<_> = (0..bytes.len() - 16).filter(|at| &bytes[*at..at + 4] == b"ispe").collect();
    for place in places {
        bytes[place + 8..place + 12].copy_from_slice(&SIDE.to_be_bytes());
        bytes[place + 12..place + 16].copy_from_slice(&SIDE.to_be_bytes());
    }
    bytes
}

fn heic() -> Vec<u8> {
    in_boxes(heifer::encode_rgb8(64, 64, &grey(), &heifer::EncodeOptions::default()).unwrap())
}

fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

#[test]
fn fifty_thousand_pixels_square_are_refused_in_every_format_before_memory_is_spent() {
    let bombs = [
        ("JPEG", jpeg()),
        ("PNG", png()),
        ("GIF", gif()),
        ("WebP", webp()),
        ("lossless WebP", lossless_webp()),
        ("TIFF", tiff()),
        ("AVIF", in_boxes(made_by(OutputFormat::Avif))),
        ("HEIC", heic()),
    ];
    for (name, bytes) in bombs {
        for refused in [probe(&bytes).map(drop), digest(&bytes, &[320]).map(drop)] {
            assert!(matches!(refused, Err(MediaError::TooLarge { .. })), "{name}: {refused:?}");
        }
    }
    assert!(most_memory().is_none_or(|bytes| bytes < MOST_MEMORY), "{:?} bytes", most_memory());
}

/// A chunk of a PNG.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    let mut summed = kind.to_vec();
    summed.extend_from_slice(data);
    bytes.extend_from_slice(&summed);
    bytes.extend_from_slice(&crc32(&summed).to_be_bytes());
    bytes
}

/// The check of PNG, bit by bit (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

#[test]
fn texts_and_profiles_that_unpack_to_a_gigabyte_cost_little_and_the_picture_is_shown() {
    let zeros = vec![b'0'; 64 << 20];
    // Packed twice over: what is unpacked is bounded, whatever is behind it.
    let packed = compress_to_vec_zlib(&zeros, 9);
    drop(zeros);
    let plain = made_by(OutputFormat::Png);
    let behind_header = 8 + 4 + 4 + 13 + 4;
    for (kind, head) in [
        (b"iTXt", &b"XML:com.adobe.xmp\0\x01\0\0\0"[..]),
        (b"zTXt", &b"Raw profile type exif\0\0"[..]),
        (b"iCCP", &b"colours\0\0"[..]),
    ] {
        let mut bytes = plain[..behind_header].to_vec();
        for _ in 0..16 {
            bytes.write_all(&chunk(kind, &[head, &packed].concat())).unwrap();
        }
        bytes.extend_from_slice(&plain[behind_header..]);
        let name = String::from_utf8_lossy(kind).into_owned();
        match digest(&bytes, &[32]) {
            Ok(seen) => assert_eq!(seen.pictures.len(), 1, "{name}"),
            Err(error) => assert!(matches!(error, MediaError::Damaged { .. }), "{name}: {error:?}"),
        }
    }
    assert!(most_memory().is_none_or(|bytes| bytes < MOST_MEMORY), "{:?} bytes", most_memory());
}
