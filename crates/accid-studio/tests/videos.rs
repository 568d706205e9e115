//! Films: taken in, shown in a hero, published without their notes, removed.
#![allow(clippy::unwrap_used, reason = "tests")]
mod common;

use accid_base::ErrorCode;
use accid_studio::{Served, UploadedFile};
use common::{bench, read, write};
use serde_json::json;

fn atom(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len() + 8).unwrap().to_be_bytes()[..], name, content].concat()
}

/// The smallest film there is: one track of pictures, and where it was made.
fn film() -> Vec<u8> {
    let mut header = vec![0; 4 + 20 + 16 + 36];
    header.extend_from_slice(&(640_u32 << 16).to_be_bytes());
    header.extend_from_slice(&(360_u32 << 16).to_be_bytes());
    let handler = atom(b"mdia", &atom(b"hdlr", b"\0\0\0\0\0\0\0\0vide"));
    let track = atom(b"trak", &[atom(b"tkhd", &header), handler].concat());
    let place = atom(b"udta", b"+12.0000-061.7500/");
    [atom(b"ftyp", b"isom"), atom(b"moov", &[track, place].concat()), atom(b"mdat", b"waves")].concat()
}

#[test]
fn a_film_plays_in_a_hero_and_is_published_without_its_place() {
    let bench = bench();
    let site = bench.site("Surf");
    let file = UploadedFile { name: "C:\\films\\The Surf.MP4".to_owned(), bytes: film() };
    let taken = bench.studio.videos().upload(&write(), &site, &file).unwrap();
    assert_eq!((taken.video.filename.as_str(), taken.video.width), ("The Surf.MP4", 640));
    assert!(taken.path.starts_with("videos/the-surf-") && taken.path.ends_with(".mp4"), "{}", taken.path);
    let again = bench.studio.videos().upload(&write(), &site, &file).unwrap();
    assert_eq!(again.video.id, taken.video.id, "it is there already");

    let id = taken.video.id.as_str();
    bench.module(&site, "index", "hero", json!({"title": "T", "layout": "cover", "video": id}));
    let report = bench.export(&site, "/out");
    let html = bench.file("/out/index.html");
    assert!(
        html.contains(&format!("<video class=\"film\" src=\"{}\" preload=\"none\"", taken.path)),
        "{html}"
    );
    assert!(!html.contains("autoplay") && html.contains("assets/film.js"), "{html}");
    let published = bench.vfs.files()[std::path::Path::new(&format!("/out/{}", taken.path))].clone();
    assert_eq!(published.len(), film().len());
    assert!(!String::from_utf8_lossy(&published).contains("-061.7500"));
    assert_eq!(bench.export(&site, "/out")["written"], 0, "{report}");
    let served = bench.studio.pages().canvas(&read(), &site, &taken.path, "n").unwrap();
    assert!(matches!(served, Served::File { bytes, .. } if bytes == published));

    let refused = bench.studio.videos().remove(&write(), &site, id).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NameTaken);
    let modules = bench.studio.modules().list(&read(), &site, Some("index")).unwrap();
    let hero = modules.iter().find(|module| module.module.props.contains_key("video")).unwrap();
    bench.studio.modules().remove(&write(), &site, hero.module.id.as_str(), None).unwrap();
    bench.studio.videos().remove(&write(), &site, id).unwrap();
    assert!(bench.studio.videos().list(&read(), &site).unwrap().is_empty());
}

#[test]
fn what_is_no_film_is_refused_with_what_to_do() {
    let bench = bench();
    let site = bench.site("Surf");
    let file = UploadedFile { name: "surf.mp4".to_owned(), bytes: b"not a film".to_vec() };
    let refused = bench.studio.videos().upload(&write(), &site, &file).unwrap_err();
    assert!(refused.sentence().contains("MP4") && refused.fix.contains("Export"), "{refused}");
}
