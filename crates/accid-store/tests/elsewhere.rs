//! A project folder anywhere on the disk: opened, moved, missing, found again, closed; and where none may be.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "tests on the real disk too"
)]

mod common;

use std::{path::Path, sync::Arc};

use accid_base::{MemoryVfs, SystemVfs, Vfs};
use accid_store::{FolderState, Store, StoreError};
use common::{ROOT, World, blotter, clock, create, open_on, page, path, put, title};

const BOATS: &str = "/home/ada/boats";

/// A project folder that some other ACCID, or a stick, brought.
fn bring(vfs: &MemoryVfs, folder: &str, id: &str, slug: &str) {
    vfs.create_folders(&Path::new(folder).join("pages")).unwrap();
    let write = |name: &str, value: &serde_json::Value| {
        vfs.write(&Path::new(folder).join(name), value.to_string().as_bytes()).unwrap();
    };
    write("accid_blotter.json", &blotter(id, slug));
    write("pages/index.json", &page("index", "From a stick"));
}

fn state(store: &Store) -> Vec<(String, FolderState)> {
    store.elsewhere().into_iter().map(|opened| (opened.path.display().to_string(), opened.state)).collect()
}

#[test]
fn a_folder_elsewhere_becomes_one_of_the_projects_and_stays_one() {
    let world = World::new();
    bring(&world.vfs, BOATS, "id-stick", "stick");
    assert!(world.store.project("stick").is_err(), "nothing is looked at before the owner says so");
    let project = world.store.open_elsewhere(Path::new(BOATS)).unwrap();
    put(&project, "pages/a.json", page("a", "Saved there")).unwrap();
    world.store.flush().unwrap();
    assert!(world.vfs.exists(Path::new("/home/ada/boats/pages/a.json")));
    assert_eq!(world.store.projects().len(), 2);
    drop(project);
    let world = world.restart();
    let project = world.store.project("stick").unwrap();
    assert_eq!(project.folder(), Path::new(BOATS));
    assert_eq!(title(&project, "pages/a.json").as_deref(), Some("Saved there"));
    assert_eq!(state(&world.store), [(BOATS.to_owned(), FolderState::Here)]);
    world.store.open_elsewhere(Path::new(BOATS)).expect("opening it again is the same");

    world.store.close_elsewhere("id-stick").unwrap();
    assert!(world.store.project("stick").is_err());
    assert!(world.vfs.exists(Path::new("/home/ada/boats/accid_blotter.json")), "closing takes nothing");
    assert!(matches!(put(&project, "pages/a.json", page("a", "Late")), Err(StoreError::ProjectClosed(_))));
}

#[test]
fn a_folder_that_was_moved_is_missing_until_it_is_found_by_its_id() {
    let world = World::new();
    bring(&world.vfs, BOATS, "id-stick", "stick");
    bring(&world.vfs, "/mnt/stick/other", "id-other", "other");
    let project = world.store.open_elsewhere(Path::new(BOATS)).unwrap();
    put(&project, "pages/a.json", page("a", "Before")).unwrap();
    world.store.flush().unwrap();
    drop(project);
    world.vfs.create_folders(Path::new("/mnt/stick/2026")).unwrap();
    world.vfs.rename(Path::new(BOATS), Path::new("/mnt/stick/2026/renamed")).unwrap();
    assert!(world.store.project("stick").is_err());
    assert_eq!(state(&world.store), [(BOATS.to_owned(), FolderState::Missing)]);
    let world = world.restart();
    assert_eq!(state(&world.store), [(BOATS.to_owned(), FolderState::Missing)], "it is remembered");
    let wrong = world.store.find_again("id-stick", Path::new("/mnt/stick/other")).err().unwrap();
    assert!(matches!(wrong, StoreError::NotFoundThere { .. }), "{wrong}");
    let found = world.store.find_again("id-stick", Path::new("/mnt/stick")).unwrap();
    assert_eq!(found.folder(), Path::new("/mnt/stick/2026/renamed"));
    assert_eq!(title(&found, "pages/a.json").as_deref(), Some("Before"));
    assert!(!world.vfs.exists(Path::new(BOATS)), "nothing is made anew where it was");
}

#[test]
fn a_project_is_moved_out_and_home_again_with_its_history() {
    let world = World::new();
    world.vfs.create_folders(Path::new("/home/ada")).unwrap();
    let before = world.project.versions().len();
    let moved = world.store.move_project("boat", Some(Path::new(BOATS))).unwrap();
    assert_eq!(moved.folder(), Path::new(BOATS));
    assert_eq!(moved.versions().len(), before);
    assert!(!world.vfs.exists(&Path::new(ROOT).join("projects/boat")));
    put(&moved, "pages/a.json", page("a", "There")).unwrap();
    let taken = world.store.move_project("boat", Some(Path::new("/home/ada"))).err().unwrap();
    assert!(matches!(taken, StoreError::NoPlace { .. }), "{taken}");
    assert_eq!(world.store.project("boat").unwrap().folder(), Path::new(BOATS), "it stays where it was");
    let home = world.store.move_project("boat", None).unwrap();
    assert_eq!(home.folder(), Path::new("/data/projects/boat"));
    assert_eq!(title(&home, "pages/a.json").as_deref(), Some("There"));
    assert!(state(&world.store).is_empty() && !world.vfs.exists(Path::new(BOATS)));
}

#[test]
fn a_project_elsewhere_goes_to_the_trash_and_comes_back_to_where_it_was() {
    let world = World::new();
    bring(&world.vfs, BOATS, "id-stick", "stick");
    drop(world.store.open_elsewhere(Path::new(BOATS)).unwrap());
    world.store.trash_project("id-stick", "owner").unwrap();
    assert!(!world.vfs.exists(Path::new(BOATS)) && state(&world.store).is_empty());
    let back = world.store.restore_project("id-stick").unwrap();
    assert_eq!(back.folder(), Path::new(BOATS));
    assert_eq!(state(&world.store), [(BOATS.to_owned(), FolderState::Here)]);
}

#[test]
fn two_accids_never_work_on_one_folder() {
    let world = World::new();
    bring(&world.vfs, BOATS, "id-stick", "stick");
    let project = world.store.open_elsewhere(Path::new(BOATS)).unwrap();
    let other = open_on(Arc::new(world.vfs.clone()), &world.clock, Path::new("/other")).unwrap();
    let refused = other.open_elsewhere(Path::new(BOATS)).err().unwrap();
    assert!(matches!(refused, StoreError::FolderInUse { .. }), "{refused}");
    assert!(other.elsewhere().is_empty(), "what was refused is not remembered");
    drop(project);
    world.store.close_elsewhere("id-stick").unwrap();
    drop(other.open_elsewhere(Path::new(BOATS)).unwrap());
    let in_data = other.open_elsewhere(Path::new("/data/projects/boat")).err().unwrap();
    assert!(in_data.to_string().contains("another ACCID"), "{in_data}");
}

#[test]
fn a_folder_that_may_be_none_is_refused_with_a_reason() {
    let world = World::new();
    bring(&world.vfs, BOATS, "id-stick", "stick");
    bring(&world.vfs, "/home/ada/boats/inner", "id-inner", "inner");
    bring(&world.vfs, "/home/ada/copy", "id-boat", "boat");
    bring(&world.vfs, "/etc/site", "id-etc", "etc");
    bring(&world.vfs, "/data/mine", "id-mine", "mine");
    world.vfs.create_folders(Path::new("/home/ada/empty")).unwrap();
    drop(world.store.open_elsewhere(Path::new(BOATS)).unwrap());
    for (folder, reason) in [
        ("boats", "in full"),
        ("/home/ada/../../etc/site", "in full"),
        ("/etc/site", "system"),
        ("/", "many people"),
        ("/home", "many people"),
        ("/data/mine", "own data"),
        ("/home/ada/boats/inner", "another project"),
        ("/home/ada/empty", "accid_blotter.json"),
        ("/home/ada/nowhere", "accid_blotter.json"),
        ("/home/ada/copy", "same project"),
    ] {
        let error = world.store.open_elsewhere(Path::new(folder)).err().unwrap();
        assert!(error.to_string().contains(reason), "{folder}: {error}");
    }
    assert_eq!(state(&world.store).len(), 1);
}

#[test]
fn a_project_whose_address_is_taken_gets_another() {
    let world = World::new();
    bring(&world.vfs, BOATS, "id-stick", "boat");
    let project = world.store.open_elsewhere(Path::new(BOATS)).unwrap();
    assert_eq!(project.blotter().unwrap().value["slug"], "boat-2");
    assert_eq!(world.store.project("boat").unwrap().id(), world.project.id());
}

#[cfg(unix)]
#[test]
fn a_link_is_no_project_folder_and_a_link_above_is_followed_once() {
    let disk = tempfile::tempdir().unwrap();
    let base = disk.path().canonicalize().unwrap();
    let store = open_on(Arc::new(SystemVfs), &clock(), &base.join("data")).unwrap();
    drop(create(&store, "boat").unwrap());
    std::fs::create_dir_all(base.join("real/site")).unwrap();
    let text = blotter("id-site", "site").to_string();
    std::fs::write(base.join("real/site/accid_blotter.json"), text).unwrap();
    std::os::unix::fs::symlink(base.join("real/site"), base.join("link")).unwrap();
    std::os::unix::fs::symlink(base.join("real"), base.join("above")).unwrap();
    std::os::unix::fs::symlink(base.join("data/projects"), base.join("inside")).unwrap();
    let link = store.open_elsewhere(&base.join("link")).err().unwrap();
    assert!(link.to_string().contains("it is a link"), "{link}");
    let inside = store.open_elsewhere(&base.join("inside/boat")).err().unwrap();
    assert!(inside.to_string().contains("own data"), "{inside}");
    let project = store.open_elsewhere(&base.join("above/site")).unwrap();
    assert_eq!(project.folder(), base.join("real/site"));

    // Replaced by a link while nobody looks, it is missing, not followed.
    drop(project);
    store.close().unwrap();
    std::fs::rename(base.join("real/site"), base.join("real/moved")).unwrap();
    std::os::unix::fs::symlink(base.join("real/moved"), base.join("real/site")).unwrap();
    let store = open_on(Arc::new(SystemVfs), &clock(), &base.join("data")).unwrap();
    assert_eq!(store.elsewhere()[0].state, FolderState::Missing);
    assert!(store.find_again("id-site", &base.join("real")).unwrap().folder().ends_with("moved"));
    assert!(store.project("site").unwrap().get(&path("accid_blotter.json")).is_some());
}
