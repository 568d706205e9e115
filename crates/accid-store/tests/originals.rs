//! Originals go when nothing uses them any more: no document, nothing in the trash, no version that is kept.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod common;

use std::{path::Path, sync::Barrier, thread};

use accid_base::{ContentHash, Vfs};
use accid_store::{Committed, FreedOriginals, Project, Retention, StoreError, VersionMark, Write};
use common::{World, create, page, path, put, write};
use serde_json::json;

const DAY: i64 = 24 * 60;

fn photo(hash: &ContentHash) -> serde_json::Value {
    json!({"id": "photo-1", "hash": hash, "extension": "jpg", "filename": "boat.jpg"})
}

fn remove(project: &Project, name: &str) -> Result<Committed, StoreError> {
    write(project, Write::remove(path(name)))
}

fn is_there(world: &World, hash: &ContentHash) -> bool {
    world.vfs.exists(&world.project.folder().join(format!("media/{hash}.jpg")))
}

/// Nothing old is kept but what is marked.
fn strict() -> Retention {
    Retention { automatic: 1, daily_days: 0, max_days: 0, max_megabytes: 0 }
}

#[test]
fn an_original_stays_while_a_document_the_trash_or_a_kept_version_names_it() {
    let world = World::new();
    let hash = world.project.put_media(b"a boat", "jpg").unwrap();
    put(&world.project, "photos/photo-1.json", photo(&hash)).unwrap();
    world.minutes(DAY);
    assert_eq!(world.project.remove_unused_originals().unwrap(), FreedOriginals::default(), "it is shown");

    remove(&world.project, "photos/photo-1.json").unwrap();
    put(&world.project, "trash/entry.json", json!({"id": "entry", "object": {"document": photo(&hash)}}))
        .unwrap();
    world.minutes(DAY);
    assert_eq!(world.project.remove_unused_originals().unwrap().files, 0, "it is in the trash");

    remove(&world.project, "trash/entry.json").unwrap();
    world.minutes(3 * DAY);
    put(&world.project, "pages/a.json", page("a", "Later")).unwrap();
    assert_eq!(world.project.remove_unused_originals().unwrap().files, 0, "earlier versions have it");

    let shown = world.project.versions().into_iter().find(|version| {
        world.project.tree_at(&version.id).unwrap().contains_key(&path("photos/photo-1.json"))
    });
    let pin = VersionMark { pinned: true, ..VersionMark::default() };
    world.project.set_mark(&shown.as_ref().unwrap().id, pin).unwrap();
    assert_eq!(
        world.project.plan_compaction(&strict()).unwrap().originals.files,
        0,
        "a pinned version has it"
    );
    world.project.compact(&strict()).unwrap();
    assert_eq!(world.project.remove_unused_originals().unwrap().files, 0);
    assert!(is_there(&world, &hash));

    world.project.set_mark(&shown.unwrap().id, VersionMark::default()).unwrap();
    let planned = world.project.plan_compaction(&strict()).unwrap();
    assert_eq!(planned.originals, FreedOriginals { files: 1, bytes: 6 });
    assert!(is_there(&world, &hash), "a plan takes nothing");
    world.project.compact(&strict()).unwrap();
    assert_eq!(world.project.remove_unused_originals().unwrap(), planned.originals);
    assert!(!is_there(&world, &hash));
}

#[test]
fn one_of_two_photos_of_the_same_original_can_go_without_it() {
    let world = World::new();
    let hash = world.project.put_media(b"a boat", "jpg").unwrap();
    let spare = world.project.put_media(b"another boat", "jpg").unwrap();
    put(&world.project, "photos/photo-1.json", photo(&hash)).unwrap();
    put(&world.project, "photos/photo-2.json", photo(&hash)).unwrap();
    put(
        &world.project,
        "pages/p.json",
        json!({"id": "p", "role": "pattern", "picture": format!("media/{spare}.jpg")}),
    )
    .unwrap();
    world.minutes(3 * DAY);
    remove(&world.project, "photos/photo-2.json").unwrap();
    world.minutes(3 * DAY);
    put(&world.project, "pages/a.json", page("a", "Later")).unwrap();
    world.project.compact(&strict()).unwrap();
    assert_eq!(world.project.remove_unused_originals().unwrap().files, 0);
    assert!(is_there(&world, &hash) && is_there(&world, &spare), "a pattern names its picture by the file");
}

#[test]
fn an_original_whose_document_is_on_its_way_stays() {
    let world = World::new();
    let hash = world.project.put_media(b"a boat", "jpg").unwrap();
    world.minutes(59);
    assert_eq!(world.project.remove_unused_originals().unwrap().files, 0);
    assert!(is_there(&world, &hash));
    world.minutes(2);
    // Stored again: whoever did is about to name it.
    world.project.put_media(b"a boat", "jpg").unwrap();
    assert_eq!(world.project.remove_unused_originals().unwrap().files, 0);
    world.minutes(61);
    assert_eq!(world.project.remove_unused_originals().unwrap().files, 1, "nobody ever named it");
}

#[test]
fn nothing_goes_while_a_version_cannot_be_read() {
    let world = World::new();
    let hash = world.project.put_media(b"a boat", "jpg").unwrap();
    put(&world.project, "photos/photo-1.json", photo(&hash)).unwrap();
    remove(&world.project, "photos/photo-1.json").unwrap();
    world.minutes(DAY);
    world.store.flush().unwrap();
    let ledger = world.project.folder().join(".accid/ledger");
    let segment =
        world.vfs.list(&ledger).unwrap().into_iter().find(|entry| entry.name.ends_with(".log")).unwrap();
    let file = ledger.join(segment.name);
    let whole = world.vfs.read(&file).unwrap();
    world.vfs.write(&file, &whole[..whole.len() / 3]).unwrap();
    assert!(world.project.remove_unused_originals().is_err());
    assert!(is_there(&world, &hash));
}

#[test]
fn what_is_derived_is_written_by_one_at_a_time() {
    let world = World::new();
    let made = std::sync::atomic::AtomicUsize::new(0);
    let made = std::sync::Arc::new(made);
    let count = made.clone();
    world.store.set_deriver(
        "numbered",
        std::sync::Arc::new(move |_| {
            let number = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Some(vec![(path("accid_dropper.json"), number.to_string().into_bytes())])
        }),
    );
    for round in 0..60 {
        put(&world.project, "pages/a.json", page("a", &format!("Round {round}"))).unwrap();
        let start = Barrier::new(8);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    start.wait();
                    world.project.flush().expect("everybody may flush at the same time");
                });
            }
        });
    }
}

#[test]
fn a_project_goes_to_the_trash_while_it_is_written_and_nothing_stays_where_it_was() {
    for round in 0..40 {
        let world = World::new();
        let project = create(&world.store, "ketch").unwrap();
        let folder = project.folder().to_path_buf();
        let start = Barrier::new(4);
        thread::scope(|scope| {
            for writer in 0..3 {
                let (project, start) = (&project, &start);
                scope.spawn(move || {
                    start.wait();
                    let saved = put(project, "pages/a.json", page("a", &format!("{round} {writer}")));
                    let stored = project.put_media(format!("{writer}").as_bytes(), "jpg");
                    let flushed = project.flush();
                    for refused in [saved.err(), stored.err(), flushed.err()].into_iter().flatten() {
                        assert!(matches!(refused, StoreError::ProjectClosed(_)), "{refused}");
                    }
                });
            }
            start.wait();
            world.store.trash_project("id-ketch", "owner").expect("removing never meets a writer");
        });
        drop(project.put_media(b"late", "jpg").unwrap_err());
        assert!(!world.vfs.exists(&folder), "{} came back", folder.display());
        assert!(world.vfs.exists(Path::new("/data/trash/projects/id-ketch/accid_blotter.json")));
    }
}
