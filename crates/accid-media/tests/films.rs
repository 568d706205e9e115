//! Films: what they say of themselves, and what is left of their notes.
#![allow(clippy::unwrap_used, reason = "tests")]

use accid_media::{FilmError, FilmFormat, film_without_notes, probe_film};

fn atom(name: &[u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let length = u32::try_from(content.len() + 8).unwrap();
    [&length.to_be_bytes()[..], name, &content].concat()
}

/// A track header of version 0 with this matrix and these edges.
fn track_header(matrix: [u32; 4], width: u32, height: u32) -> Vec<u8> {
    let mut matrix9 =
        [matrix[0], matrix[1], 0, matrix[2], matrix[3], 0, 0, 0, 0x4000_0000].map(u32::to_be_bytes).concat();
    let mut header = vec![0; 4 + 20 + 16];
    header.append(&mut matrix9);
    header.extend_from_slice(&(width << 16).to_be_bytes());
    header.extend_from_slice(&(height << 16).to_be_bytes());
    header
}

fn mp4(matrix: [u32; 4]) -> Vec<u8> {
    let handler = atom(b"hdlr", &[&[0; 8], b"vide", &[0; 12]]);
    let sound = atom(b"trak", &[&atom(b"mdia", &[&atom(b"hdlr", &[&[0; 8], b"soun", &[0; 12]])])]);
    let place = atom(b"udta", &[&atom(b"\xa9xyz", &[b"\0\x12\x15\xc7+12.0000-061.7500/"])]);
    let track = atom(
        b"trak",
        &[&atom(b"tkhd", &[&track_header(matrix, 1280, 720)]), &atom(b"mdia", &[&handler]), &place],
    );
    let mut length = vec![0; 12];
    length.extend_from_slice(&1000_u32.to_be_bytes());
    length.extend_from_slice(&8500_u32.to_be_bytes());
    let moov = atom(b"moov", &[&atom(b"mvhd", &[&length]), &sound, &track, &place]);
    [atom(b"ftyp", &[b"isom\0\0\0\0"]), moov, atom(b"mdat", &[b"the pictures, +12.0000"])].concat()
}

fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).unwrap();
    assert!(length < 127);
    [id, &[0x80 | length], content].concat()
}

fn webm() -> Vec<u8> {
    let video =
        element(&[0xe0], &[element(&[0xb0], &640_u16.to_be_bytes()), element(&[0xba], &[1, 104])].concat());
    let tracks = element(&[0x16, 0x54, 0xae, 0x6b], &element(&[0xae], &video));
    let info = element(&[0x15, 0x49, 0xa9, 0x66], &element(&[0x44, 0x89], &2500_f32.to_be_bytes()));
    let tags = element(&[0x12, 0x54, 0xc3, 0x67], b"LOCATION +12.0000-061.7500");
    let segment = [info, tracks, tags, element(&[0x1f, 0x43, 0xb6, 0x75], b"pictures")].concat();
    // A segment of unknown length, as a stream has it.
    [
        element(&[0x1a, 0x45, 0xdf, 0xa3], b"webm"),
        vec![0x18, 0x53, 0x80, 0x67, 0x01, 255, 255, 255, 255, 255, 255, 255],
        segment,
    ]
    .concat()
}

#[test]
fn a_film_says_how_large_and_how_long_it_is() {
    let film = probe_film(&mp4([0x1_0000, 0, 0, 0x1_0000])).unwrap();
    assert_eq!((film.format, film.width, film.height, film.seconds), (FilmFormat::Mp4, 1280, 720, 8.5));
    let upright = probe_film(&mp4([0, 0x1_0000, 0xffff_0000, 0])).unwrap();
    assert_eq!((upright.width, upright.height), (720, 1280), "a phone was held upright");
    let film = probe_film(&webm()).unwrap();
    assert_eq!((film.format, film.width, film.height, film.seconds), (FilmFormat::WebM, 640, 360, 2.5));
}

#[test]
fn what_was_noted_beside_a_film_is_gone_and_the_film_stays_where_it_was() {
    for film in [mp4([0x1_0000, 0, 0, 0x1_0000]), webm()] {
        let bare = film_without_notes(&film);
        assert_eq!(bare.len(), film.len());
        let text = String::from_utf8_lossy(&bare).into_owned();
        assert!(!text.contains("-061.7500"), "{text}");
        assert_eq!(probe_film(&bare), probe_film(&film));
        let tail = film.len() - 8;
        assert_eq!(bare[tail..], film[tail..]);
        assert_eq!(film_without_notes(&bare), bare, "once is enough");
    }
}

#[test]
fn what_is_no_film_or_ends_early_is_refused_and_nothing_panics() {
    assert_eq!(probe_film(b""), Err(FilmError::Unknown));
    assert_eq!(probe_film(b"\xff\xd8\xff a picture"), Err(FilmError::Unknown));
    assert_eq!(probe_film(&atom(b"ftyp", &[b"isom"])), Err(FilmError::Damaged));
    for film in [mp4([0x1_0000, 0, 0, 0x1_0000]), webm()] {
        for end in 0..film.len() {
            let _ = (probe_film(&film[..end]), film_without_notes(&film[..end]));
        }
        for at in 0..film.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut broken = film.clone();
                broken[at] = value;
                assert_eq!(film_without_notes(&broken).len(), broken.len());
                let _ = probe_film(&broken);
            }
        }
    }
}
