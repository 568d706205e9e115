//! Every class of damage is found, explained and mended, and nothing is thrown away.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;

use std::path::Path;

use accid_base::Vfs;
use accid_store::{Damage, DamageKind};
use common::{World, page, path, put, title};

/// Ends the store, lets `harm` do its work, starts anew without opening the project, and expects just that damage;
/// after the repair nothing may be left.
fn check(kind: DamageKind, expected_path: &str, harm: impl FnOnce(&World)) -> (World, Damage) {
    let world = World::new();
    put(&world.project, "pages/a.json", page("a", "One")).unwrap();
    put(&world.project, "pages/a.json", page("a", "Two")).unwrap();
    put(&world.project, "pages/b.json", page("b", "B")).unwrap();
    world.project.put_media(b"picture", "jpg").unwrap();
    world.store.flush().unwrap();
    harm(&world);
    let World { vfs, clock, store, project } = world;
    drop((store, project));
    let store = common::open_on(std::sync::Arc::new(vfs.clone()), &clock, Path::new(common::ROOT)).unwrap();
    let found = store.inspect().damages;
    let damage =
        found.iter().find(|damage| damage.kind == kind).unwrap_or_else(|| panic!("{found:?}")).clone();
    assert!(damage.path.contains(expected_path), "{damage:?}");
    for sentence in [&damage.what, &damage.why, &damage.repair] {
        assert!(sentence.ends_with('.') && sentence.len() > 8, "{damage:?}");
    }
    assert_eq!(found.len(), 1, "{found:?}");
    let repaired = store.repair().unwrap();
    assert_eq!(repaired.iter().map(|one| one.kind).collect::<Vec<_>>(), [kind], "{repaired:?}");
    assert_eq!(store.inspect().damages, [], "nothing is left after the repair");
    let project = store.project("boat").unwrap();
    (World { vfs, clock, store, project }, damage)
}

fn quarantined(world: &World) -> Vec<Vec<u8>> {
    world
        .vfs
        .files()
        .into_iter()
        .filter(|(path, _)| path.to_string_lossy().contains("quarantine"))
        .map(|(_, bytes)| bytes)
        .collect()
}

#[test]
fn a_document_that_is_cut_off() {
    let (world, damage) = check(DamageKind::UnreadableDocument, "pages/a.json", |world| {
        let text = world.read("pages/a.json");
        world.write_outside("pages/a.json", &text[..text.len() / 2]);
    });
    assert!(damage.why.contains("cut off"));
    assert_eq!(title(&world.project, "pages/a.json").as_deref(), Some("Two"));
    assert_eq!(quarantined(&world).len(), 1);
}

#[test]
fn a_document_of_zeroes() {
    let (world, damage) = check(DamageKind::UnreadableDocument, "pages/a.json", |world| {
        world.vfs.write(&world.file("pages/a.json"), &[0; 300]).unwrap();
    });
    assert!(damage.why.contains("zeroes"));
    assert_eq!(title(&world.project, "pages/a.json").as_deref(), Some("Two"));
}

#[test]
fn a_document_that_is_gone() {
    let (world, _) = check(DamageKind::MissingDocument, "pages/a.json", |world| {
        world.vfs.remove_file(&world.file("pages/a.json")).unwrap();
    });
    assert_eq!(title(&world.project, "pages/a.json").as_deref(), Some("Two"));
    assert!(world.read("pages/a.json").contains("Two"));
}

#[test]
fn a_blotter_that_is_gone() {
    let (world, _) = check(DamageKind::MissingBlotter, "accid_blotter.json", |world| {
        world.vfs.remove_file(&world.file("accid_blotter.json")).unwrap();
    });
    assert!(world.read("accid_blotter.json").contains("Yacht"));
}

fn segment(world: &World) -> std::path::PathBuf {
    world.file(".accid/ledger/000001.log")
}

#[test]
fn a_history_with_a_torn_tail() {
    let (world, _) = check(DamageKind::TornLedger, ".accid/ledger/000001.log", |world| {
        let mut bytes = world.vfs.read(&segment(world)).unwrap();
        bytes.extend_from_slice(&[0xAC, 0x1D, 1, 200, 0, 0, 0, 1, 2, 3, 4, 5]);
        world.vfs.write(&segment(world), &bytes).unwrap();
    });
    assert_eq!(title(&world.project, "pages/a.json").as_deref(), Some("Two"));
    assert!(quarantined(&world).is_empty(), "a save that was cut short was never acknowledged");
}

#[test]
fn a_history_with_a_decayed_record_in_the_middle() {
    let (world, _) = check(DamageKind::DamagedLedger, ".accid/ledger/000001.log", |world| {
        let mut bytes = world.vfs.read(&segment(world)).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0xff;
        world.vfs.write(&segment(world), &bytes).unwrap();
    });
    assert_eq!(title(&world.project, "pages/a.json").as_deref(), Some("Two"));
    assert_eq!(quarantined(&world).len(), 1, "the damaged segment is kept");
    put(&world.project, "pages/a.json", page("a", "Three")).unwrap();
    let world = world.restart();
    assert_eq!(title(&world.project, "pages/a.json").as_deref(), Some("Three"));
    assert!(world.project.findings().is_empty(), "{:?}", world.project.findings());
    for version in world.project.versions() {
        world.project.tree_at(&version.id).unwrap();
    }
}

#[test]
fn an_original_that_decayed() {
    let (world, _) = check(DamageKind::WrongMedia, "media/", |world| {
        let hash = accid_base::ContentHash::of(b"picture");
        world.write_outside(&format!("media/{hash}.jpg"), "pictvre");
    });
    assert_eq!(quarantined(&world), [b"pictvre"]);
    world.project.put_media(b"picture", "jpg").unwrap();
}

#[test]
fn a_document_that_was_copied_with_its_id() {
    let (world, _) = check(DamageKind::IdTwice, "pages/b.json", |world| {
        put(&world.project, "pages/b.json", page("a", "B")).unwrap();
        world.store.flush().unwrap();
    });
    let id = |name: &str| world.project.get(&path(name)).unwrap().value["id"].clone();
    assert_eq!(id("pages/a.json"), "page-a");
    assert_ne!(id("pages/b.json"), "page-a");
}

#[test]
fn a_leftover_temporary_file() {
    check(DamageKind::Leftover, "pages/.a.json.accid-tmp", |world| {
        world.write_outside("pages/.a.json.accid-tmp", "{");
    });
}

#[test]
fn unreadable_settings() {
    check(DamageKind::UnreadableSettings, "accid.json", |world| {
        world.vfs.write(Path::new("/data/accid.json"), b"\0\0\0").unwrap();
    });
}

#[test]
fn a_running_project_finds_and_mends_damage_too() {
    let world = World::new();
    put(&world.project, "pages/a.json", page("a", "A")).unwrap();
    assert_eq!(world.project.validate(), [], "a file that has not followed yet is no damage");
    world.store.flush().unwrap();
    world.vfs.remove_file(&world.file("pages/a.json")).unwrap();
    world.write_outside("pages/index.json", "{");
    let kinds: Vec<_> = world.project.validate().iter().map(|damage| damage.kind).collect();
    assert_eq!(kinds, [DamageKind::UnreadableDocument, DamageKind::MissingDocument]);
    assert_eq!(world.project.repair().unwrap().len(), 2);
    assert_eq!(world.project.validate(), []);
    assert!(world.read("pages/a.json").contains("\"A\"") && world.read("pages/index.json").contains("Home"));
}

#[test]
fn every_flipped_bit_of_a_history_still_lets_the_project_open_with_its_files() {
    let world = World::new();
    put(&world.project, "pages/a.json", page("a", "One")).unwrap();
    world.project.snapshot("owner", "Named").unwrap();
    world.store.flush().unwrap();
    let good = world.vfs.read(&segment(&world)).unwrap();
    let World { vfs, clock, store, project } = world;
    let file = project.folder().join(".accid/ledger/000001.log");
    drop((store, project));
    for place in 0..good.len() {
        let mut bytes = good.clone();
        bytes[place] ^= 1 << (place % 8);
        vfs.write(&file, &bytes).unwrap();
        let store =
            common::open_on(std::sync::Arc::new(vfs.clone()), &clock, Path::new(common::ROOT)).unwrap();
        let project = store.project("boat").unwrap_or_else(|error| panic!("byte {place}: {error}"));
        assert_eq!(title(&project, "pages/a.json").as_deref(), Some("One"), "byte {place}");
        drop((project, store));
        for (path, _) in vfs.files() {
            let name = path.to_string_lossy();
            if name.contains("/ledger/") && !name.ends_with("000001.log") || name.contains("quarantine") {
                vfs.remove_file(&path).unwrap();
            }
        }
    }
}
