//! A folder of photographs comes in through the program: again and again killed in the middle, nothing is lost and nothing
//! comes twice; and a second time, nothing is sent at all.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::{collections::BTreeSet, fs, path::Path, process::Stdio};

use accid_test::{Dice, Photograph, Quality, Sandbox, long_form};
use serde_json::Value;

/// Writes so many photographs into folders of twenty, and one file that is none.
fn folder_of(sandbox: &Sandbox, count: u64) -> String {
    let folder = sandbox.path("holiday");
    for number in 0..count {
        let day = folder.join(format!("day {}", number / 20));
        fs::create_dir_all(&day).unwrap();
        let minute = number % 60;
        let photograph = Photograph {
            seed: number + 1,
            date: format!("2026:03:{:02} 14:{minute:02}:00", 1 + number / 60),
            place: (number % 3 > 0).then_some((14.0 + number as f64 / 1_000.0, -61.0)),
            ..Photograph::default()
        };
        fs::write(day.join(format!("IMG_{number:04}.jpg")), photograph.jpeg()).unwrap();
    }
    fs::write(folder.join("broken.jpg"), b"no picture").unwrap();
    folder.to_str().unwrap().to_owned()
}

/// How many originals are stored already: each is, before its photo is acknowledged.
fn originals_on_disk(project: &Path) -> usize {
    fs::read_dir(project.join("media")).map_or(0, Iterator::count)
}

fn listed(sandbox: &Sandbox) -> Vec<Value> {
    let server = sandbox.start(&["up"]);
    let mut photos = Vec::new();
    for page in 1.. {
        let list = server.get(&format!("/api/gallery/trip/photos?page={page}&perPage=200")).data();
        let items = list["items"].as_array().unwrap();
        if items.is_empty() {
            break;
        }
        photos.extend(items.iter().cloned());
    }
    photos
}

#[test]
fn an_import_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing() {
    let (count, kills) = if long_form() { (300, 12) } else { (90, 4) };
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
    sandbox.run(&["new", "Trip", "--type", "gallery"]).good();
    let folder = folder_of(&sandbox, count);
    let project = sandbox.project_folder("trip");
    let mut dice = Dice::new(5);
    let mut most = 0;
    for _ in 0..kills {
        let mut child = sandbox
            .command(&["photos", "add", "trip", &folder])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Killed once some more are there: the moment within a file's way is left to chance.
        let enough = originals_on_disk(&project) + 1 + dice.below(12) as usize;
        while originals_on_disk(&project) < enough && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let photos = listed(&sandbox);
        assert!(photos.len() >= most, "what was there is there: {} of {most}", photos.len());
        most = photos.len();
        let originals: BTreeSet<_> = photos.iter().map(|photo| photo["hash"].as_str().unwrap()).collect();
        assert_eq!(originals.len(), photos.len(), "nothing is there twice");
    }
    assert!(most < count as usize, "it was never killed in the middle, which tests nothing");

    let added = sandbox.json(&["photos", "add", "trip", &folder]);
    let added_now = added["items"].as_array().unwrap().len();
    assert_eq!(added_now + added["known"].as_u64().unwrap() as usize, count as usize, "{added}");
    assert_eq!(added["refused"].as_array().map(Vec::len), Some(1), "{}", added["refused"]);
    let photos = listed(&sandbox);
    let originals: BTreeSet<_> = photos.iter().map(|photo| photo["hash"].as_str().unwrap()).collect();
    assert_eq!((photos.len(), originals.len()), (count as usize, count as usize));
    for photo in &photos {
        let media = format!("media/{}.jpg", photo["hash"].as_str().unwrap());
        assert_eq!(fs::metadata(project.join(media)).unwrap().len(), photo["bytes"].as_u64().unwrap());
        assert!(photo["glance"]["thumbhash"].is_string() && photo["taken"]["at"].is_string());
    }

    let row = format!("| import of {count} photos, killed | {kills} | 0 of {count} | 0 |");
    Quality::FAULTS.keep("4-import", &row);

    // Nothing is new, from wherever the folder is named, and what is derived may be gone.
    let again = sandbox.json(&["photos", "add", "trip", &format!("{folder}/.")]);
    assert_eq!((again["items"].as_array().map(Vec::len), again["known"].as_u64()), (Some(0), Some(count)));
    fs::remove_dir_all(project.join("derived")).unwrap();
    let again = sandbox.json(&["photos", "add", "trip", &folder]);
    assert_eq!((again["items"].as_array().map(Vec::len), again["known"].as_u64()), (Some(0), Some(count)));
}
