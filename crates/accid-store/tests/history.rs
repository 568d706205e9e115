//! Going back in time: versions, restores, thinning out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;

use accid_base::{Explain, Vfs};
use accid_store::{Restore, Retention, StoreError, VersionKind};
use common::{World, newest, page, path, put, title};
use serde_json::json;

#[test]
fn a_whole_project_and_a_single_file_go_back_and_forth() {
    let world = World::new();
    put(&world.project, "pages/a.json", page("a", "A")).unwrap();
    let first = newest(&world.project);
    world.minutes(10);
    put(&world.project, "pages/a.json", page("a", "AA")).unwrap();
    put(&world.project, "pages/b.json", page("b", "B")).unwrap();
    let second = newest(&world.project);
    world.minutes(10);
    world.project.restore(&first, &Restore::Project, "owner").unwrap();
    assert_eq!(title(&world.project, "pages/a.json").as_deref(), Some("A"));
    assert_eq!(title(&world.project, "pages/b.json"), None);
    let restored = world.project.versions()[0].clone();
    assert!(restored.message.starts_with("Restored the state of 2026-03-01T10:00:"), "{}", restored.message);
    world.project.restore(&second, &Restore::File(path("pages/b.json")), "owner").unwrap();
    assert_eq!(title(&world.project, "pages/b.json").as_deref(), Some("B"));
    assert_eq!(title(&world.project, "pages/a.json").as_deref(), Some("A"));
    let world = world.restart();
    assert_eq!(world.project.versions().len(), 4, "each restore is a version of its own");
    world.project.restore(&second, &Restore::Project, "owner").unwrap();
    assert_eq!(title(&world.project, "pages/a.json").as_deref(), Some("AA"), "and can be undone");
    assert_eq!(world.project.get_at(&first, &path("pages/a.json")).unwrap().unwrap().value["title"], "A");
    assert_eq!(world.project.get_at(&first, &path("pages/b.json")).unwrap(), None);
}

#[test]
fn a_restore_never_touches_credentials_media_or_keys_and_the_ledger_never_sees_them() {
    let world = World::new();
    let before = newest(&world.project);
    let hash = world.project.put_media(b"picture", "jpg").unwrap();
    world.write_outside("security/known_hosts", "host key");
    world.minutes(10);
    let mut blotter = (*world.project.blotter().unwrap().value).clone();
    blotter["credentials"] = json!({"production": {"secret": "TOPSECRET"}});
    blotter["name"] = json!("New name");
    put(&world.project, "accid_blotter.json", blotter.clone()).unwrap();
    assert!(world.read("accid_blotter.json").contains("TOPSECRET"), "credentials are in the file at once");
    world.project.restore(&before, &Restore::Project, "owner").unwrap();
    world.store.flush().unwrap();
    let now = world.project.blotter().unwrap().value;
    assert_eq!(now["name"], "Yacht Adventures");
    assert_eq!(now["credentials"], blotter["credentials"]);
    assert_eq!(world.read("security/known_hosts"), "host key");
    assert_eq!(world.project.read_media(&hash, "jpg").unwrap(), b"picture");
    let world = world.restart();
    assert_eq!(world.project.blotter().unwrap().value["credentials"], blotter["credentials"]);
    assert!(world.project.versions().iter().all(|version| version.kind != VersionKind::Outside));
    for version in world.project.versions() {
        let tree = world.project.tree_at(&version.id).unwrap();
        assert!(tree.values().all(|value| value.get("credentials").is_none()));
    }
    let mut changed = (*world.project.blotter().unwrap().value).clone();
    changed["credentials"]["production"]["secret"] = json!("OTHERSECRET");
    let committed = put(&world.project, "accid_blotter.json", changed).unwrap();
    assert_eq!(committed.change, None, "a change of credentials alone is not in the history");
    let world = world.restart();
    assert_eq!(world.project.blotter().unwrap().value["credentials"]["production"]["secret"], "OTHERSECRET");
}

#[test]
fn any_of_three_hundred_versions_is_restored_exactly_and_quickly() {
    let world = World::new();
    let text = |number: usize| {
        let mut value = page("long", &format!("Version {number}"));
        let lines: Vec<_> =
            (0..40).map(|line| json!({"id": line, "text": format!("Line {line} of the page")})).collect();
        value["modules"] = lines.into();
        value["modules"][number % 40]["text"] = json!(format!("Changed in version {number}"));
        value
    };
    let mut saved = Vec::new();
    for number in 0..300 {
        world.minutes(6);
        let change = put(&world.project, "pages/long.json", text(number)).unwrap().change.unwrap();
        saved.push((change, text(number)));
    }
    let world = world.restart();
    for (number, (id, value)) in saved.iter().enumerate() {
        let stored = world.project.get_at(id, &path("pages/long.json")).unwrap().unwrap();
        assert_eq!(*stored.value, *value, "version {number}");
        if number % 10 == 0 {
            world.project.restore(id, &Restore::Project, "owner").unwrap();
            assert_eq!(*world.project.get(&path("pages/long.json")).unwrap().value, *value);
        }
    }
}

#[test]
fn thinning_out_keeps_what_it_promises_and_every_kept_version_exact() {
    let world = World::new();
    let mut saved = Vec::new();
    for day in 0..40 {
        for hour in 0..3 {
            let change = put(&world.project, "pages/a.json", page("a", &format!("{day} {hour}"))).unwrap();
            saved.push((change.change.unwrap(), format!("{day} {hour}")));
            world.minutes(60);
        }
        if day == 2 {
            world.project.snapshot("owner", "Launch").unwrap();
        }
        world.minutes(21 * 60);
    }
    let before = world.project.versions();
    let compacted =
        world.project.compact(&Retention { automatic: 10, daily_days: 30, ..Retention::default() }).unwrap();
    assert!(compacted.after_bytes < compacted.before_bytes);
    let kept = world.project.versions();
    assert_eq!(kept.len(), compacted.versions);
    assert!(kept.len() < before.len() && kept.len() >= 30);
    for version in &kept {
        let same = before.iter().find(|old| old.id == version.id).expect("a kept version keeps its id");
        assert_eq!((&same.at, same.kind, same.changes), (&version.at, version.kind, version.changes));
        assert_eq!(same.message, version.message);
        let tree = world.project.tree_at(&version.id).unwrap();
        if let Some((_, title)) = saved.iter().find(|(id, _)| *id == version.id) {
            assert_eq!(tree[&path("pages/a.json")]["title"], title.as_str());
        }
    }
    let launch = kept.iter().find(|version| version.kind == VersionKind::Named).unwrap();
    assert_eq!(launch.message, "Launch");
    let gone = saved.iter().find(|(id, _)| !kept.iter().any(|version| version.id == *id)).unwrap();
    let error = world.project.tree_at(&gone.0).unwrap_err();
    assert!(matches!(error, StoreError::VersionNotFound(_)) && error.problem().why.contains("thinned out"));
    let again =
        world.project.compact(&Retention { automatic: 10, daily_days: 30, ..Retention::default() }).unwrap();
    assert_eq!(again.versions, compacted.versions, "thinning out twice thins out no more");
    let world = world.restart();
    assert_eq!(world.project.versions(), kept);
    assert!(world.project.findings().is_empty());
    let segments = world.vfs.list(&world.file(".accid/ledger")).unwrap();
    assert_eq!(segments.len(), 2, "{segments:?}");
}

#[test]
fn the_last_day_is_never_thinned_out() {
    let world = World::new();
    for number in 0..50 {
        put(&world.project, "pages/a.json", page("a", &number.to_string())).unwrap();
        world.minutes(20);
    }
    let before = world.project.versions();
    world.project.compact(&Retention { automatic: 1, daily_days: 0, ..Retention::default() }).unwrap();
    assert_eq!(world.project.versions(), before);
}

#[test]
fn saves_go_on_while_the_history_is_thinned_out() {
    let world = World::new();
    for number in 0..200 {
        put(&world.project, "pages/a.json", page("a", &number.to_string())).unwrap();
        world.minutes(600);
    }
    std::thread::scope(|scope| {
        let project = &world.project;
        let saving = scope.spawn(move || {
            for number in 0..300 {
                put(project, "pages/b.json", page("b", &number.to_string())).unwrap();
                project.tree_at(&newest(project)).unwrap();
            }
        });
        for _ in 0..10 {
            project.compact(&Retention { automatic: 5, daily_days: 0, ..Retention::default() }).unwrap();
        }
        saving.join().unwrap();
    });
    let world = world.restart();
    assert_eq!(title(&world.project, "pages/a.json").as_deref(), Some("199"));
    assert_eq!(title(&world.project, "pages/b.json").as_deref(), Some("299"));
}

#[test]
fn a_migration_can_be_planned_done_in_one_change_and_undone() {
    let world = World::new();
    put(&world.project, "pages/old.json", json!({"id": "o", "slug": "old", "name": "Old", "in_menu": false}))
        .unwrap();
    let plan: Vec<_> = world.project.documents().into_iter().filter(|one| one.schema_version == 1).collect();
    assert_eq!(
        plan.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(),
        ["accid_blotter.json", "pages/old.json"]
    );
    let migrated = json!({"id": "o", "slug": "old", "title": "Old", "schema_version": 2});
    let write = accid_store::Write::put(path("pages/old.json"), migrated);
    world.project.rewrite("accid", "Migrate to format 2", vec![write]).unwrap();
    let before =
        world.project.versions().into_iter().find(|version| version.kind == VersionKind::Named).unwrap();
    assert_eq!(before.message, "Before: Migrate to format 2");
    world.project.restore(&before.id, &Restore::Project, "owner").unwrap();
    assert_eq!(world.project.get(&path("pages/old.json")).unwrap().value["name"], "Old");
}
