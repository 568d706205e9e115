//! What other programs write is kept, whatever it is and whenever it comes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;

use accid_base::Vfs;
use accid_store::{Expect, StoreError, VersionKind};
use common::{World, page, path, put, put_expecting, title};
use serde_json::Value;

fn text(value: &Value) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn an_edit_while_accid_runs_becomes_a_version_and_the_state() {
    let world = World::new();
    world.store.flush().unwrap();
    world.write_outside("pages/index.json", &text(&page("index", "By hand")));
    world.write_outside("pages/new.json", &text(&page("new", "New by hand")));
    assert_eq!(world.project.reconcile().unwrap(), []);
    assert_eq!(title(&world.project, "pages/index.json").as_deref(), Some("By hand"));
    assert_eq!(title(&world.project, "pages/new.json").as_deref(), Some("New by hand"));
    assert_eq!(
        world.read("pages/index.json"),
        text(&page("index", "By hand")),
        "their bytes stay as they are"
    );
    let newest = &world.project.versions()[0];
    assert_eq!((newest.kind, newest.changes, newest.author.as_str()), (VersionKind::Outside, 2, "outside"));
    world.vfs.remove_file(&world.file("pages/new.json")).unwrap();
    world.project.reconcile().unwrap();
    assert_eq!(title(&world.project, "pages/new.json"), None);
}

#[test]
fn own_writes_are_never_taken_for_somebody_elses() {
    let world = World::new();
    for number in 0..5 {
        put(&world.project, "pages/index.json", page("index", &number.to_string())).unwrap();
        world.project.reconcile().unwrap();
        world.store.flush().unwrap();
        world.project.reconcile().unwrap();
    }
    assert!(world.project.versions().iter().all(|version| version.kind != VersionKind::Outside));
}

#[test]
fn a_save_over_an_unseen_edit_is_refused_and_the_edit_is_a_version() {
    let world = World::new();
    world.store.flush().unwrap();
    let read = world.project.get(&path("pages/index.json")).unwrap();
    world.write_outside("pages/index.json", &text(&page("index", "By hand")));
    let late =
        put_expecting(&world.project, "pages/index.json", page("index", "Mine"), Expect::Hash(read.hash));
    let Err(StoreError::Stale { current: Some(current), .. }) = late else { panic!("{late:?}") };
    assert_eq!(current.value["title"], "By hand");
    assert_eq!(world.read("pages/index.json"), text(&page("index", "By hand")));
    put_expecting(&world.project, "pages/index.json", page("index", "Both"), Expect::Hash(current.hash))
        .unwrap();
    let by_hand =
        world.project.versions().into_iter().find(|version| version.kind == VersionKind::Outside).unwrap();
    assert_eq!(world.project.tree_at(&by_hand.id).unwrap()[&path("pages/index.json")]["title"], "By hand");
}

#[test]
fn an_edit_that_meets_a_save_on_its_way_is_kept_and_the_save_stands_beside_it() {
    let world = World::new();
    world.store.flush().unwrap();
    let saved = put(&world.project, "pages/index.json", page("index", "Mine")).unwrap().change.unwrap();
    world.write_outside("pages/index.json", &text(&page("index", "By hand")));
    world.store.flush().unwrap();
    assert_eq!(world.read("pages/index.json"), text(&page("index", "By hand")));
    assert_eq!(title(&world.project, "pages/index.json").as_deref(), Some("By hand"));
    assert_eq!(world.project.tree_at(&saved).unwrap()[&path("pages/index.json")]["title"], "Mine");
    assert_eq!(world.project.findings()[0].code, "document.met-outside-edit");
}

#[test]
fn an_older_state_that_is_checked_out_between_two_starts_is_somebodys_edit() {
    let world = World::new();
    world.store.flush().unwrap();
    let old = world.read("pages/index.json");
    let saved = put(&world.project, "pages/index.json", page("index", "Newer")).unwrap().change.unwrap();
    world.store.flush().unwrap();
    world.write_outside("pages/index.json", &old);
    let world = world.restart();
    assert_eq!(world.read("pages/index.json"), old);
    assert_eq!(title(&world.project, "pages/index.json").as_deref(), Some("Home"));
    assert_eq!(world.project.versions()[0].kind, VersionKind::Outside);
    assert_eq!(world.project.tree_at(&saved).unwrap()[&path("pages/index.json")]["title"], "Newer");
}

#[test]
fn a_broken_file_is_quarantined_and_named_and_the_last_saved_state_serves() {
    for broken in ["", "{\"id\": \"page-index\", \"tit", "\0\0\0\0\0\0"] {
        let world = World::new();
        put(&world.project, "pages/index.json", page("index", "Saved")).unwrap();
        world.store.flush().unwrap();
        world.write_outside("pages/index.json", broken);
        world.write_outside("pages/unknown.json", broken);
        let world = world.restart();
        assert_eq!(title(&world.project, "pages/index.json").as_deref(), Some("Saved"));
        assert!(world.read("pages/index.json").contains("Saved"));
        assert_eq!(world.read(".accid/quarantine/pages__index.json"), broken);
        assert_eq!(world.read(".accid/quarantine/pages__unknown.json"), broken);
        let findings = world.project.findings();
        assert!(findings.iter().all(|finding| finding.code == "document.quarantined"), "{findings:?}");
        assert!(findings[0].message.contains(".accid/quarantine/pages__index.json"));
        assert_eq!(world.project.get(&path("pages/unknown.json")), None);
    }
}

#[test]
fn a_broken_or_missing_blotter_comes_back_from_the_history() {
    for broken in [Some("{"), None] {
        let world = World::new();
        world.store.flush().unwrap();
        match broken {
            Some(text) => world.write_outside("accid_blotter.json", text),
            None => world.vfs.remove_file(&world.file("accid_blotter.json")).unwrap(),
        }
        let world = world.restart();
        assert_eq!(world.project.blotter().unwrap().value["name"], "Yacht Adventures");
        assert!(world.read("accid_blotter.json").contains("Yacht Adventures"));
        assert_eq!(world.project.findings().len(), 1);
    }
}

#[test]
fn a_folder_that_was_copied_in_without_its_history_opens_and_begins_one() {
    let world = World::new();
    world.store.flush().unwrap();
    let other = std::path::Path::new("/data/projects/copied");
    world.vfs.create_folders(&other.join("pages")).unwrap();
    let blotter = common::blotter("id-copied", "copied");
    world.vfs.write(&other.join("accid_blotter.json"), text(&blotter).as_bytes()).unwrap();
    world.vfs.write(&other.join("pages/index.json"), text(&page("index", "Copied")).as_bytes()).unwrap();
    let project = world.store.project("copied").unwrap();
    assert_eq!(title(&project, "pages/index.json").as_deref(), Some("Copied"));
    assert_eq!(project.versions()[0].kind, VersionKind::Outside);
    put(&project, "pages/index.json", page("index", "Edited")).unwrap();
    project.flush().unwrap();
}
