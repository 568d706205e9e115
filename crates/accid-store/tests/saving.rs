//! Saving, reading, listing, restarting: what the tools rely on every day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use accid_base::{ErrorCode, Explain, Vfs};
use accid_store::{EventKind, Expect, StoreError, StoreEvent, Transaction, Write};
use common::{World, page, path, put, put_expecting, title, write};
use serde_json::json;

#[test]
fn a_save_is_read_back_at_once_and_after_a_restart_and_its_file_follows() {
    let world = World::new();
    put(&world.project, "pages/about.json", page("about", "About us")).unwrap();
    assert_eq!(title(&world.project, "pages/about.json").as_deref(), Some("About us"));
    assert!(!world.vfs.exists(&world.file("pages/about.json")), "the file follows off the path of the save");
    let world = world.restart();
    assert_eq!(title(&world.project, "pages/about.json").as_deref(), Some("About us"));
    assert!(world.read("pages/about.json").contains("\"title\": \"About us\""));
    assert!(world.project.findings().is_empty(), "{:?}", world.project.findings());
}

#[test]
fn a_save_that_changes_nothing_changes_no_byte() {
    let world = World::new();
    world.store.flush().unwrap();
    let before = world.vfs.files();
    let mut same = page("index", "Home");
    same.as_object_mut().unwrap().sort_keys();
    let committed = put(&world.project, "pages/index.json", same).unwrap();
    world.store.flush().unwrap();
    assert_eq!(committed.change, None);
    assert_eq!(
        committed.objects[0].1,
        world.project.get(&path("pages/index.json")).map(|stored| stored.hash)
    );
    assert_eq!(world.vfs.files(), before);
}

#[test]
fn one_changed_field_is_one_changed_line_and_unknown_fields_stay() {
    let world = World::new();
    world.store.flush().unwrap();
    let mut value = (*world.project.get(&path("pages/index.json")).unwrap().value).clone();
    value["mood"] = json!("calm");
    put(&world.project, "pages/index.json", value.clone()).unwrap();
    world.store.flush().unwrap();
    let before = world.read("pages/index.json");
    value["title"] = json!("Welcome");
    put(&world.project, "pages/index.json", value).unwrap();
    world.store.flush().unwrap();
    let after = world.read("pages/index.json");
    let changed: Vec<_> = before.lines().zip(after.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(changed, [("  \"title\": \"Home\",", "  \"title\": \"Welcome\",")]);
    assert!(after.contains("\"mood\": \"calm\""));
}

#[test]
fn a_writer_who_is_late_gets_what_is_there_now() {
    let world = World::new();
    let read = world.project.get(&path("pages/index.json")).unwrap();
    put(&world.project, "pages/index.json", page("index", "First")).unwrap();
    let late =
        put_expecting(&world.project, "pages/index.json", page("index", "Second"), Expect::Hash(read.hash));
    let Err(error @ StoreError::Stale { .. }) = late else { panic!("{late:?}") };
    let problem = error.problem();
    assert_eq!(problem.code, ErrorCode::Stale);
    assert_eq!(problem.details["current"]["title"], "First");
    let exists = put_expecting(&world.project, "pages/index.json", page("index", "x"), Expect::Absent);
    assert!(matches!(exists, Err(StoreError::Stale { current: Some(_), .. })));
    let missing = put_expecting(&world.project, "pages/new.json", page("new", "x"), Expect::Hash(read.hash));
    assert!(matches!(missing, Err(StoreError::Stale { current: None, .. })));
}

#[test]
fn several_objects_are_written_together_or_not_at_all() {
    let world = World::new();
    let both = |expect| Transaction {
        author: "owner".to_owned(),
        note: "Move".to_owned(),
        writes: vec![
            Write::put(path("pages/a.json"), page("a", "A")),
            Write::remove(path("pages/index.json")).expecting(expect),
        ],
    };
    assert!(world.project.commit(both(Expect::Absent)).is_err());
    assert!(world.project.get(&path("pages/a.json")).is_none());
    let committed = world.project.commit(both(Expect::Any)).unwrap();
    assert_eq!(committed.objects.len(), 2);
    let world = world.restart();
    assert!(world.project.get(&path("pages/index.json")).is_none());
    assert!(!world.vfs.exists(&world.file("pages/index.json")));
    assert_eq!(world.project.list("pages").len(), 1);
}

#[test]
fn of_a_hundred_writers_with_the_same_hash_exactly_one_wins() {
    let world = World::new();
    let hash = world.project.get(&path("pages/index.json")).unwrap().hash;
    let won = std::thread::scope(|scope| {
        let writer = |number: usize| {
            let project = &world.project;
            scope.spawn(move || {
                let value = page("index", &format!("Writer {number}"));
                put_expecting(project, "pages/index.json", value, Expect::Hash(hash))
                    .map_err(|error| error.problem().code)
            })
        };
        let writers: Vec<_> = (0..100).map(writer).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(won.iter().filter(|result| result.is_ok()).count(), 1);
    assert_eq!(
        won.iter().filter(|result| result.as_ref().is_err_and(|code| *code == ErrorCode::Stale)).count(),
        99
    );
}

#[test]
fn hostile_paths_and_documents_are_refused_with_a_sentence() {
    let world = World::new();
    for name in
        ["accid_dropper.json", "media/x.json", ".accid/x.json", "pages/deep/x.json", "security/key.json"]
    {
        let refused = put(&world.project, name, json!({})).unwrap_err();
        assert!(matches!(refused, StoreError::NotADocument { .. }), "{name}");
        assert!(refused.problem().sentence().ends_with('.'));
    }
    let mut deep = json!("bottom");
    for _ in 0..200 {
        deep = json!([deep]);
    }
    assert!(matches!(put(&world.project, "pages/deep.json", deep), Err(StoreError::Unstorable { .. })));
    assert!(matches!(
        write(&world.project, Write::remove(path("accid_blotter.json"))),
        Err(StoreError::Unstorable { .. })
    ));
    let twice = Transaction {
        author: "owner".to_owned(),
        note: String::new(),
        writes: vec![Write::remove(path("pages/a.json")), Write::remove(path("pages/a.json"))],
    };
    assert!(matches!(world.project.commit(twice), Err(StoreError::Unstorable { .. })));
}

#[test]
fn listeners_hear_every_change_in_order_and_streams_resume_after_a_restart() {
    let world = World::new();
    let heard: Arc<Mutex<Vec<StoreEvent>>> = Arc::default();
    let ears = heard.clone();
    world.store.subscribe(Arc::new(move |event| ears.lock().unwrap().push(event.clone())));
    let first = put(&world.project, "pages/a.json", page("a", "A")).unwrap();
    put(&world.project, "pages/a.json", page("a", "AA")).unwrap();
    world.project.snapshot("owner", "Ready").unwrap();
    let events = heard.lock().unwrap().clone();
    assert_eq!(
        events.iter().map(|event| event.kind).collect::<Vec<_>>(),
        [EventKind::Change, EventKind::Change, EventKind::Snapshot]
    );
    assert_eq!(events[0].objects[0].after, first.objects[0].1);
    assert_eq!(events[1].objects[0].before, first.objects[0].1);
    let first = first.change.unwrap();
    assert_eq!(world.store.changes_after(&first), events[1..]);
    let World { vfs, clock, store, project } = world;
    drop((store, project));
    let again = common::open_on(Arc::new(vfs), &clock, common::ROOT.as_ref()).unwrap();
    assert_eq!(again.changes_after(&first), events[1..], "without any project being open");
    again.project("boat").unwrap();
    assert_eq!(again.changes_after(&first), events[1..]);
}

#[test]
fn originals_are_stored_once_and_a_wrong_one_is_never_handed_out() {
    let world = World::new();
    let hash = world.project.put_media(b"picture", "jpg").unwrap();
    assert_eq!(world.project.put_media(b"picture", "jpg").unwrap(), hash);
    assert_eq!(world.project.read_media(&hash, "jpg").unwrap(), b"picture");
    assert!(matches!(world.project.read_media(&hash, "png"), Err(StoreError::MediaNotFound(_))));
    assert!(matches!(world.project.put_media(b"x", "../x"), Err(StoreError::Unstorable { .. })));
    let name = format!("media/{hash}.jpg");
    world.write_outside(&name, "rotten");
    assert!(matches!(world.project.read_media(&hash, "jpg"), Err(StoreError::Damaged { .. })));
    world.project.put_media(b"picture", "jpg").unwrap();
    assert_eq!(world.project.read_media(&hash, "jpg").unwrap(), b"picture");
    let kept =
        world.vfs.files().into_iter().find(|(path, _)| path.to_string_lossy().contains("quarantine/media__"));
    assert_eq!(kept.unwrap().1, b"rotten", "what was there is kept aside");
}

#[test]
fn what_is_derived_is_written_on_flush_and_only_where_it_differs() {
    let world = World::new();
    world.store.set_deriver(
        "count",
        Arc::new(|project| {
            let pages = project.list("pages").len();
            Some(vec![(path("accid_dropper.json"), format!("{{\"pages\": {pages}}}").into_bytes())])
        }),
    );
    world.store.flush().unwrap();
    assert_eq!(world.read("accid_dropper.json"), "{\"pages\": 1}");
    put(&world.project, "pages/a.json", page("a", "A")).unwrap();
    world.store.flush().unwrap();
    assert_eq!(world.read("accid_dropper.json"), "{\"pages\": 2}");
    world.store.set_deriver("document", Arc::new(|_| Some(vec![(path("pages/a.json"), Vec::new())])));
    assert!(world.store.flush().is_err(), "a document is never derived");
}

/// Counts how often it derives.
fn counting(world: &World, edition: &str, times: &Arc<AtomicUsize>) {
    let times = Arc::clone(times);
    world.store.set_deriver(
        edition,
        Arc::new(move |project| {
            times.fetch_add(1, Ordering::Relaxed);
            Some(vec![(path("accid_dropper.json"), project.list("pages").len().to_string().into_bytes())])
        }),
    );
}

#[test]
fn the_same_is_derived_again_only_when_a_document_a_derived_file_or_the_deriver_differs() {
    let mut world = World::new();
    let times = Arc::new(AtomicUsize::new(0));
    let derives = |world: &World, edition: &str| {
        counting(world, edition, &times);
        world.store.flush().unwrap();
        assert_eq!(world.read("accid_dropper.json"), world.project.list("pages").len().to_string());
        times.swap(0, Ordering::Relaxed)
    };
    assert_eq!(derives(&world, "one"), 1);
    assert_eq!(derives(&world, "one"), 0);
    world = world.restart();
    assert_eq!(derives(&world, "one"), 0);
    assert_eq!(derives(&world, "two"), 1, "another deriver");
    put(&world.project, "pages/a.json", page("a", "A")).unwrap();
    assert_eq!(derives(&world, "two"), 1, "a new document");
    world.write_outside("accid_dropper.json", "9");
    assert_eq!(derives(&world, "two"), 1, "somebody else wrote the file");
    world.vfs.remove_file(&world.file("accid_dropper.json")).unwrap();
    assert_eq!(derives(&world, "two"), 1, "somebody else removed the file");
    world.write_outside(".accid/derived.json", "{");
    assert_eq!(derives(&world, "two"), 1, "the note is broken");
    assert_eq!(derives(&world, "two"), 0);
}
