//! The data root: lock, list of projects, trash, settings.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;

use std::{path::Path, sync::Arc};

use accid_base::{ErrorCode, Explain, Slug, Vfs};
use accid_model::Settings;
use accid_store::{Store, StoreError};
use common::{ROOT, World, create, page, path, put, title};

#[test]
fn one_process_owns_a_data_root_and_others_learn_who() {
    let world = World::new();
    world.store.announce("http://localhost:9847").unwrap();
    let second = common::open_on(Arc::new(world.vfs.clone()), &world.clock, Path::new(ROOT));
    let Err(error) = second else { panic!("opened twice") };
    assert!(
        matches!(&error, StoreError::InUse { url, pid } if url == "http://localhost:9847" && *pid == std::process::id())
    );
    assert_eq!(error.problem().code, ErrorCode::DataInUse);
    let holder = Store::in_use(&world.vfs, Path::new(ROOT)).unwrap();
    assert_eq!(holder.url, "http://localhost:9847");
    let World { vfs, store, .. } = world;
    store.close().unwrap();
    assert_eq!(Store::in_use(&vfs, Path::new(ROOT)), None);
    assert_eq!(Store::in_use(&vfs, Path::new("/nowhere")), None);
}

#[test]
fn projects_are_found_by_id_slug_and_folder_and_a_taken_name_gets_a_number() {
    let world = World::new();
    let second = create(&world.store, "boat");
    assert!(second.is_ok(), "another project of the same wish");
    assert!(world.vfs.exists(Path::new("/data/projects/boat-2/accid_blotter.json")));
    let slugs: Vec<_> =
        world.store.projects().iter().map(|entry| entry.blotter.as_ref().unwrap()["slug"].clone()).collect();
    assert_eq!(slugs, ["boat", "boat-2"]);
    assert!(world.store.projects()[1].finding.as_ref().unwrap().message.contains("the same project"));
    let third = create(&world.store, "lake").unwrap();
    for name in ["id-lake", "lake"] {
        assert_eq!(world.store.project(name).unwrap().folder(), third.folder());
    }
    assert!(matches!(world.store.project("nothing"), Err(StoreError::ProjectNotFound(_))));
    assert!(matches!(world.store.project("../boat"), Err(StoreError::ProjectNotFound(_))));
}

#[test]
fn a_project_without_a_blotter_is_refused_and_leaves_nothing() {
    let world = World::new();
    let before = world.vfs.files();
    let documents = vec![(path("pages/index.json"), page("index", "Home"))];
    let slug = Slug::from_text("x", "x");
    assert!(world.store.create_project(&slug, documents, Vec::new(), "owner", "").is_err());
    let documents = vec![
        (path("accid_blotter.json"), common::blotter("id-x", "x")),
        (path("media/x.json"), page("index", "Home")),
    ];
    assert!(world.store.create_project(&slug, documents, Vec::new(), "owner", "").is_err());
    assert_eq!(world.vfs.files(), before);
}

#[test]
fn a_broken_blotter_without_history_is_listed_with_a_finding_and_disturbs_no_other() {
    let world = World::new();
    world.vfs.create_folders(Path::new("/data/projects/wreck")).unwrap();
    world.vfs.write(Path::new("/data/projects/wreck/accid_blotter.json"), b"{\"id\":").unwrap();
    let entries = world.store.projects();
    assert_eq!(entries.len(), 2);
    assert!(entries[0].finding.is_none());
    assert_eq!(entries[1].finding.as_ref().unwrap().code, "blotter.broken");
    assert!(world.store.project("wreck").is_err());
    create(&world.store, "lake").unwrap();
    world.store.trash_project("lake", "owner").unwrap();
    world.store.restore_project("id-lake").unwrap();
    assert_eq!(world.vfs.read(Path::new("/data/projects/wreck/accid_blotter.json")).unwrap(), b"{\"id\":");
}

#[test]
fn a_project_goes_to_the_trash_and_comes_back_with_its_history() {
    let world = World::new();
    put(&world.project, "pages/a.json", page("a", "A")).unwrap();
    let trashed = world.store.trash_project("boat", "owner").unwrap();
    assert_eq!(
        (trashed.id.as_str(), trashed.slug.as_str(), trashed.removed_by.as_str()),
        ("id-boat", "boat", "owner")
    );
    assert_eq!(trashed.project_type, "html");
    assert!(matches!(put(&world.project, "pages/a.json", page("a", "B")), Err(StoreError::ProjectClosed(_))));
    assert!(world.store.projects().is_empty());
    assert_eq!(world.store.trashed_projects(), [trashed]);
    let usurper = create(&world.store, "boat").unwrap();
    let mut blotter = (*usurper.blotter().unwrap().value).clone();
    assert_eq!(blotter["slug"], "boat");
    blotter["name"] = "Usurper".into();
    put(&usurper, "accid_blotter.json", blotter).unwrap();
    let back = world.store.restore_project("id-boat").unwrap();
    assert_eq!(back.blotter().unwrap().value["slug"], "boat-2");
    assert_eq!(title(&back, "pages/a.json").as_deref(), Some("A"));
    assert!(world.store.trashed_projects().is_empty());
    assert!(world.store.restore_project("id-boat").is_err());
}

#[test]
fn a_purged_project_is_gone_and_an_id_cannot_leave_the_trash() {
    let world = World::new();
    world.store.trash_project("boat", "owner").unwrap();
    assert!(world.store.purge_project("../../projects").is_err());
    world.store.purge_project("id-boat").unwrap();
    assert!(world.store.trashed_projects().is_empty());
    let left: Vec<_> = world.vfs.files().into_keys().filter(|path| path.starts_with("/data/trash")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn settings_keep_their_order_and_a_broken_file_is_quarantined() {
    let world = World::new();
    assert_eq!(world.store.read_settings(), (Settings::default(), Vec::new()));
    world
        .vfs
        .write(
            Path::new("/data/accid.json"),
            b"{\"port\": 9000, \"mood\": \"calm\", \"host\": \"127.0.0.1\"}",
        )
        .unwrap();
    let (mut settings, findings) = world.store.read_settings();
    assert_eq!((settings.port, findings.len()), (9000, 0));
    settings.port = 9001;
    world.store.write_settings(&settings).unwrap();
    let text = String::from_utf8(world.vfs.read(Path::new("/data/accid.json")).unwrap()).unwrap();
    assert!(
        text.starts_with("{\n  \"port\": 9001,\n  \"mood\": \"calm\",\n  \"host\": \"127.0.0.1\""),
        "{text}"
    );
    world.vfs.write(Path::new("/data/accid.json"), b"{").unwrap();
    let (settings, findings) = world.store.read_settings();
    assert_eq!((settings, findings.len()), (Settings::default(), 1));
    assert_eq!(world.vfs.read(Path::new("/data/quarantine/accid.json")).unwrap(), b"{");
}
