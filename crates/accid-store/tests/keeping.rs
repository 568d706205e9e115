//! What people mark is kept, rules of age and size hold, and long histories are told in parts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeMap;

use accid_base::Vfs;
use accid_store::{Retention, StoreError, VersionKind, VersionMark};
use common::{World, page, path, put};

/// A year of days, each with one version of some length.
fn year() -> World {
    let world = World::new();
    for day in 0..365 {
        let title = format!("Day {day} {}", blake(day));
        put(&world.project, "pages/a.json", page("a", &title)).unwrap();
        world.minutes(24 * 60);
    }
    world
}

/// Text that does not compress.
fn blake(seed: u32) -> String {
    (0..40_u32).map(|step| format!("{:08x}", (seed * 7919 + step).wrapping_mul(2_654_435_761))).collect()
}

#[test]
fn what_a_person_marked_outlives_every_rule_and_a_restart() {
    let world = year();
    let versions = world.project.versions();
    let (pinned, named, noted) = (&versions[200], &versions[250], &versions[300]);
    let mark = |pinned: bool, name: Option<&str>, note: &str| VersionMark {
        name: name.map(str::to_owned),
        note: note.to_owned(),
        pinned,
    };
    world.project.set_mark(&pinned.id, mark(true, None, "")).unwrap();
    world.project.set_mark(&named.id, mark(false, Some(" Regatta "), "")).unwrap();
    world.project.set_mark(&noted.id, mark(false, None, "The blue one")).unwrap();
    let rules = Retention { automatic: 1, daily_days: 0, max_days: 1, max_megabytes: 1 };
    world.project.compact(&rules).unwrap();
    let world = world.restart();
    let kept = world.project.versions();
    let find = |id: &accid_base::Id| {
        kept.iter().find(|version| version.id == *id).expect("a marked version is kept")
    };
    assert!(find(&pinned.id).pinned && find(&pinned.id).message == pinned.message);
    assert_eq!((find(&named.id).kind, find(&named.id).message.as_str()), (VersionKind::Named, "Regatta"));
    assert_eq!(find(&noted.id).note, "The blue one");
    assert!(kept.len() < 8, "{} versions", kept.len());
    assert_eq!(world.project.tree_at(&pinned.id).unwrap().len(), 3);
    let gone = world.project.set_mark(&versions[100].id, mark(true, None, "")).unwrap_err();
    assert!(matches!(gone, StoreError::VersionNotFound(_)));

    // Taken back, it goes with the others; the marks say nothing of it any more.
    world.project.set_mark(&pinned.id, VersionMark::default()).unwrap();
    world.project.compact(&rules).unwrap();
    assert!(world.project.version(&pinned.id).is_err());
    assert!(!world.read(".accid/history.json").contains(pinned.id.as_str()));
}

#[test]
fn marks_that_cannot_be_read_are_kept_aside_and_named() {
    let world = World::new();
    let version = world.project.versions()[0].id.clone();
    world.project.set_mark(&version, VersionMark { pinned: true, ..VersionMark::default() }).unwrap();
    world.write_outside(".accid/history.json", "{ half");
    let world = world.restart();
    assert!(!world.project.mark(&version).pinned);
    assert!(world.project.findings().iter().any(|finding| finding.code == "history.marks-broken"));
    assert_eq!(world.read(".accid/quarantine/history.json"), "{ half");
}

#[test]
fn what_thinning_out_would_do_is_what_it_does() {
    let world = year();
    let before = world.project.versions();
    let rules = Retention { automatic: 5, daily_days: 60, max_days: 40, ..Retention::default() };
    let planned = world.project.plan_compaction(&rules).unwrap();
    assert_eq!(world.project.versions(), before, "a plan changes nothing");
    let done = world.project.compact(&rules).unwrap();
    assert_eq!(done.versions, planned.versions);
    let near = done.after_bytes.abs_diff(planned.after_bytes);
    assert!(near < 4096, "planned {}, became {}", planned.after_bytes, done.after_bytes);
    let kept = world.project.versions();
    assert!(kept.len() <= 41, "{} versions", kept.len());
    for gone in &planned.goes {
        assert!(before.contains(gone) && !kept.iter().any(|version| version.id == gone.id));
    }
    assert_eq!(kept.len() + planned.goes.len(), before.len());
    let nothing = world.project.plan_compaction(&rules).unwrap();
    assert!(nothing.goes.is_empty() && nothing.after_bytes == nothing.before_bytes);
}

#[test]
fn the_oldest_go_until_the_history_is_small_enough_and_no_more_than_that() {
    let world = World::new();
    let long = |day: u32| (0..60).map(|part| blake(day * 100 + part)).collect::<String>();
    for day in 0..150 {
        put(&world.project, "pages/a.json", page("a", &long(day))).unwrap();
        world.minutes(24 * 60);
    }
    let all = Retention { automatic: 1_000, daily_days: 1_000, ..Retention::default() };
    let size = world.project.compact(&all).unwrap().after_bytes;
    assert!(size > 1024 * 1024, "{size} bytes");
    let before = world.project.versions();
    let done = world.project.compact(&Retention { max_megabytes: 1, ..all }).unwrap();
    let kept = world.project.versions();
    assert!(done.after_bytes <= 1024 * 1024 + 4096, "{} bytes", done.after_bytes);
    assert!(done.after_bytes > 900 * 1024, "more than needed went: {} bytes", done.after_bytes);
    assert!(kept.len() < before.len());
    let ids = |versions: &[accid_store::Version]| -> Vec<accid_base::Id> {
        versions.iter().map(|version| version.id.clone()).collect()
    };
    assert_eq!(ids(&kept), ids(&before[..kept.len()]), "the newest stay");
}

#[test]
fn rules_of_a_project_are_its_own_and_in_no_version() {
    let world = World::new();
    assert_eq!(world.project.retention(), None);
    let rules = Retention { automatic: 3, ..Retention::default() };
    let start = world.project.versions()[0].id.clone();
    world.project.set_retention(Some(rules)).unwrap();
    world.project.restore(&start, &accid_store::Restore::Project, "owner").unwrap();
    let world = world.restart();
    assert_eq!(world.project.retention(), Some(rules));
    world.project.set_retention(None).unwrap();
    assert_eq!(world.project.retention(), None);
}

#[test]
fn a_part_of_the_history_is_the_same_part_of_all_of_it() {
    let world = year();
    let all = world.project.versions();
    assert_eq!(world.project.some_versions(10..20), (all[10..20].to_vec(), all.len()));
    assert_eq!(world.project.some_versions(360..1_000), (all[360..].to_vec(), all.len()));
    assert_eq!(world.project.some_versions(5_000..5_010), (Vec::new(), all.len()));
    let moments = world.project.moments();
    assert!(moments.iter().map(|moment| moment.at).eq(all.iter().map(|version| version.at)));
    assert_eq!(world.project.changed_at(), Some(all[0].at));
}

#[test]
fn walking_through_the_versions_shows_what_each_of_them_is() {
    let world = World::new();
    for number in 0..40 {
        put(&world.project, &format!("pages/p{}.json", number % 7), page("p", &number.to_string())).unwrap();
        world.minutes(7);
    }
    common::write(&world.project, accid_store::Write::remove(path("pages/p3.json"))).unwrap();
    let mut seen = Vec::new();
    let mut tree = BTreeMap::new();
    let walked: Result<(), StoreError> = world.project.walk_versions(|version, changes| {
        for (path, bytes) in changes {
            match bytes {
                Some(bytes) => drop(tree.insert(path, bytes)),
                None => drop(tree.remove(&path)),
            }
        }
        seen.push((version.id.clone(), tree.clone()));
        Ok(())
    });
    walked.unwrap();
    assert_eq!(seen.len(), world.project.versions().len());
    for (version, tree) in &seen {
        let values: BTreeMap<_, serde_json::Value> =
            tree.iter().map(|(path, bytes)| (path.clone(), serde_json::from_slice(bytes).unwrap())).collect();
        let expected: BTreeMap<_, _> = world
            .project
            .tree_at(version)
            .unwrap()
            .into_iter()
            .map(|(path, value)| (path, (*value).clone()))
            .collect();
        assert_eq!(values, expected);
    }
    assert!(world.vfs.exists(&world.file(".accid/ledger")));
}
