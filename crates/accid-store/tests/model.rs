//! Random workloads against a model that a child could check.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeMap;

use accid_base::{Id, Vfs};
use accid_store::{Restore, Retention, Transaction, Write};
use common::{World, page, path, put};
use proptest::prelude::*;
use serde_json::Value;

type Tree = BTreeMap<String, Value>;

#[derive(Debug, Clone)]
enum Step {
    Save(u8),
    SaveTwo(u8, u8),
    Remove(u8),
    Snapshot,
    Restore(usize),
    RestoreFile(usize, u8),
    Compact(u32),
    Flush,
    Restart,
    Minutes(i64),
    OutsideWrite(u8),
    OutsideRemove(u8),
}

fn step() -> impl Strategy<Value = Step> {
    let page = 0_u8..4;
    prop_oneof![
        6 => page.clone().prop_map(Step::Save),
        2 => (page.clone(), page.clone()).prop_map(|(one, two)| Step::SaveTwo(one, two)),
        1 => page.clone().prop_map(Step::Remove),
        1 => Just(Step::Snapshot),
        2 => any::<usize>().prop_map(Step::Restore),
        1 => (any::<usize>(), page.clone()).prop_map(|(version, page)| Step::RestoreFile(version, page)),
        1 => (1_u32..5).prop_map(Step::Compact),
        2 => Just(Step::Flush),
        2 => Just(Step::Restart),
        3 => (1_i64..2000).prop_map(Step::Minutes),
        1 => page.clone().prop_map(Step::OutsideWrite),
        1 => page.prop_map(Step::OutsideRemove),
    ]
}

fn name(page: u8) -> String {
    format!("pages/p{page}.json")
}

fn tree(world: &World) -> Tree {
    let one = |path: accid_base::RelativePath| {
        (path.to_string(), (*world.project.get(&path).unwrap().value).clone())
    };
    world.project.paths().into_iter().map(one).collect()
}

fn tree_at(world: &World, id: &Id) -> Tree {
    let states = world.project.tree_at(id).unwrap();
    states.into_iter().map(|(path, value)| (path.to_string(), (*value).clone())).collect()
}

fn save(world: &World, pages: &[u8], number: usize, model: &mut Tree) {
    let mut writes = Vec::new();
    for page_number in pages {
        let value = page("p", &format!("Title {number}"));
        model.insert(name(*page_number), value.clone());
        writes.push(Write::put(path(&name(*page_number)), value));
    }
    writes.dedup_by(|one, two| one.path == two.path);
    let transaction = Transaction { author: "owner".to_owned(), note: "Edit".to_owned(), writes };
    world.project.commit(transaction).unwrap();
}

fn run(steps: Vec<Step>) {
    let mut world = World::new();
    let mut model = tree(&world);
    for (number, step) in steps.into_iter().enumerate() {
        let versions = world.project.versions();
        match step {
            Step::Save(page) => save(&world, &[page], number, &mut model),
            Step::SaveTwo(one, two) => save(&world, &[one, two], number, &mut model),
            Step::Remove(page) => {
                model.remove(&name(page));
                common::write(&world.project, Write::remove(path(&name(page)))).unwrap();
            }
            Step::Snapshot => drop(world.project.snapshot("owner", "Named").unwrap()),
            Step::Restore(choice) => {
                let version = &versions[choice % versions.len()];
                model = tree_at(&world, &version.id);
                world.project.restore(&version.id, &Restore::Project, "owner").unwrap();
            }
            Step::RestoreFile(choice, page) => {
                let version = &versions[choice % versions.len()];
                let old = tree_at(&world, &version.id).remove(&name(page));
                let nowhere = old.is_none() && !model.contains_key(&name(page));
                match old {
                    Some(value) => model.insert(name(page), value),
                    None => model.remove(&name(page)),
                };
                let restored = world.project.restore(&version.id, &Restore::File(path(&name(page))), "owner");
                assert_eq!(restored.is_err(), nowhere);
            }
            Step::Compact(automatic) => {
                let before: BTreeMap<_, _> = versions
                    .iter()
                    .map(|version| (version.id.clone(), tree_at(&world, &version.id)))
                    .collect();
                world
                    .project
                    .compact(&Retention { automatic, daily_days: 3, ..Retention::default() })
                    .unwrap();
                for version in world.project.versions() {
                    assert_eq!(tree_at(&world, &version.id), before[&version.id], "after compaction");
                }
            }
            Step::Flush => world.store.flush().unwrap(),
            Step::Restart => world = world.restart(),
            Step::Minutes(minutes) => world.minutes(minutes),
            Step::OutsideWrite(page_number) => {
                world.store.flush().unwrap();
                let value = page("p", &format!("By hand {number}"));
                world.write_outside(&name(page_number), &serde_json::to_string(&value).unwrap());
                model.insert(name(page_number), value);
                world.project.reconcile().unwrap();
            }
            Step::OutsideRemove(page) => {
                world.store.flush().unwrap();
                drop(world.vfs.remove_file(&world.file(&name(page))));
                model.remove(&name(page));
                world.project.reconcile().unwrap();
            }
        }
        assert_eq!(tree(&world), model, "after step {number}");
        let newest = world.project.versions()[0].id.clone();
        assert_eq!(tree_at(&world, &newest), model, "the newest version is the state");
    }
    put(&world.project, "pages/last.json", page("last", "Last")).unwrap();
    model.insert("pages/last.json".to_owned(), page("last", "Last"));
    let world = world.restart();
    assert_eq!(tree(&world), model);
    assert!(world.project.findings().is_empty(), "{:?}", world.project.findings());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_store_and_the_model_agree_whatever_happens(steps in proptest::collection::vec(step(), 1..60)) {
        run(steps);
    }
}
