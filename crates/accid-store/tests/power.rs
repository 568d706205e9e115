//! The disk fails, or the power goes, at every single call in turn: nothing that was acknowledged is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;

use std::{collections::BTreeMap, path::Path, sync::Arc};

use accid_base::{
    FixedClock, Id, Vfs,
    vfs::{Fault, FaultyVfs, Unsynced},
};
use accid_store::{Project, Restore, Retention, Store, StoreError, Transaction, VersionKind, Write};
use common::{ROOT, blotter, open_on, page, path};
use serde_json::Value;

/// The documents, by path.
type Tree = BTreeMap<String, Value>;

/// What a workload does, one after the other.
#[derive(Debug, Clone, Copy)]
enum Step {
    Create,
    Save(&'static str, &'static str),
    Remove(&'static str),
    /// Two pages change and one goes, in one transaction.
    Together(&'static str),
    Original,
    Snapshot,
    /// Goes back to the snapshot.
    Restore,
    Flush,
    Days(i64),
    Compact,
    Trash,
    Untrash,
    /// The process ends without a word and another one starts.
    Start,
}

struct Run {
    vfs: FaultyVfs,
    clock: Arc<FixedClock>,
    store: Option<Store>,
    /// All that was acknowledged.
    acknowledged: Tree,
    /// The state that the step which failed would have made.
    attempted: Option<Tree>,
    snapshot: Option<(Id, Tree)>,
    in_trash: bool,
}

impl Run {
    fn new() -> Self {
        Self {
            vfs: FaultyVfs::new(),
            clock: common::clock(),
            store: None,
            acknowledged: Tree::new(),
            attempted: None,
            snapshot: None,
            in_trash: false,
        }
    }

    fn open(&mut self) -> Result<(), StoreError> {
        self.store = None;
        self.store = Some(open_on(Arc::new(self.vfs.clone()), &self.clock, Path::new(ROOT))?);
        Ok(())
    }

    fn project(&self) -> Result<Arc<Project>, StoreError> {
        self.store.as_ref().unwrap().project("boat")
    }

    fn save(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let transaction = Transaction { author: "owner".to_owned(), note: "Edit".to_owned(), writes };
        self.project()?.commit(transaction).map(|_| ())
    }

    /// Does one step; the model knows afterwards what must and what may be there.
    fn step(&mut self, step: Step) -> Result<(), StoreError> {
        self.clock.advance_milliseconds(400_000);
        let mut after = self.acknowledged.clone();
        let result = match step {
            Step::Create => {
                after.insert("accid_blotter.json".to_owned(), blotter("id-boat", "boat"));
                after.insert("pages/index.json".to_owned(), page("index", "Home"));
                common::create(self.store.as_ref().unwrap(), "boat").map(|_| ())
            }
            Step::Save(name, title) => {
                after.insert(name.to_owned(), page("x", title));
                self.save(vec![Write::put(path(name), page("x", title))])
            }
            Step::Remove(name) => {
                after.remove(name);
                self.save(vec![Write::remove(path(name))])
            }
            Step::Together(title) => {
                after.insert("pages/index.json".to_owned(), page("index", title));
                after.insert("photos/p.json".to_owned(), page("p", title));
                after.remove("pages/a.json");
                self.save(vec![
                    Write::put(path("pages/index.json"), page("index", title)),
                    Write::put(path("photos/p.json"), page("p", title)),
                    Write::remove(path("pages/a.json")),
                ])
            }
            Step::Original => {
                self.project().and_then(|project| project.put_media(b"picture", "jpg")).map(|_| ())
            }
            Step::Snapshot => {
                self.project().and_then(|project| project.snapshot("owner", "Named")).map(|version| {
                    self.snapshot = Some((version.id, self.acknowledged.clone()));
                })
            }
            Step::Restore => match &self.snapshot {
                None => Ok(()),
                Some((id, tree)) => {
                    after.clone_from(tree);
                    self.project()
                        .and_then(|project| project.restore(id, &Restore::Project, "owner"))
                        .map(|_| ())
                }
            },
            Step::Start => self.open().and_then(|()| self.project().map(|_| ())),
            Step::Flush => self.store.as_ref().unwrap().flush(),
            Step::Days(days) => {
                self.clock.advance_milliseconds(days * 86_400_000);
                Ok(())
            }
            Step::Compact => {
                let retention = Retention { automatic: 1, daily_days: 0, ..Retention::default() };
                self.project().and_then(|project| project.compact(&retention)).map(|_| ())
            }
            Step::Trash => {
                self.store.as_ref().unwrap().trash_project("boat", "owner").map(|_| self.in_trash = true)
            }
            Step::Untrash => {
                self.store.as_ref().unwrap().restore_project("id-boat").map(|_| self.in_trash = false)
            }
        };
        match &result {
            Ok(()) => self.acknowledged = after,
            Err(_) => self.attempted = Some(after),
        }
        result
    }

    /// After a start: what was acknowledged is there, whole, in memory and in the files, and nobody is blamed for
    /// edits that nobody made.
    fn check(&mut self, context: &str) {
        self.open().unwrap_or_else(|error| panic!("{context}: the start failed: {error}"));
        let store = self.store.clone().unwrap();
        if store.project("boat").is_err() && !store.trashed_projects().is_empty() {
            store.restore_project("id-boat").unwrap_or_else(|error| panic!("{context}: {error}"));
        }
        let project = match store.project("boat") {
            Ok(project) => project,
            Err(StoreError::ProjectNotFound(_)) if self.acknowledged.is_empty() => return,
            Err(error) => panic!("{context}: {error}"),
        };
        let found = tree_of(&project);
        let allowed =
            found == self.acknowledged || self.attempted.as_ref().is_some_and(|tree| *tree == found);
        assert!(allowed, "{context}: found {found:#?}\nacknowledged {:#?}", self.acknowledged);
        project.flush().unwrap();
        for (file, value) in &found {
            let bytes =
                self.vfs.read(&project.folder().join(file)).unwrap_or_else(|_| panic!("{context}: {file}"));
            let on_disk: Value =
                serde_json::from_slice(&bytes).unwrap_or_else(|_| panic!("{context}: {file} is no JSON"));
            assert_eq!(on_disk, *value, "{context}: {file}");
        }
        for version in project.versions() {
            assert_ne!(version.kind, VersionKind::Outside, "{context}: {version:?}");
            project.tree_at(&version.id).unwrap_or_else(|error| panic!("{context}: {error}"));
        }
        if let Some((id, tree)) = &self.snapshot {
            let states = project.tree_at(id).unwrap_or_else(|error| panic!("{context}: {error}"));
            let states: Tree =
                states.into_iter().map(|(path, value)| (path.to_string(), (*value).clone())).collect();
            assert_eq!(states, *tree, "{context}: the named version");
        }
        assert!(project.findings().is_empty(), "{context}: {:?}", project.findings());
    }
}

fn tree_of(project: &Project) -> Tree {
    let one = |path: accid_base::RelativePath| Some((path.to_string(), (*project.get(&path)?.value).clone()));
    project.paths().into_iter().filter_map(one).collect()
}

/// Lets the workload fail at call 1, 2, 3, … until it passes; the steps in front of it are done without faults.
fn fail_everywhere(before: &[Step], workload: &[Step]) {
    for fault in [Fault::Crash, Fault::Error, Fault::ErrorAfterwards] {
        let mut call = 1;
        loop {
            let mut passed = true;
            for unsynced in [Unsynced::Lost, Unsynced::Mangled, Unsynced::Kept] {
                let mut run = Run::new();
                run.open().unwrap();
                for step in before {
                    run.step(*step).unwrap();
                }
                run.vfs.fail_at(call, fault);
                passed = true;
                for step in workload {
                    passed &= run.step(*step).is_ok();
                    if !passed && fault == Fault::Crash {
                        break;
                    }
                }
                passed &= run.vfs.calls() < call;
                run.vfs.cut_power(unsynced);
                let context = format!("{workload:?}, call {call}, {fault:?}, {unsynced:?}");
                run.check(&context);
                run.check(&format!("{context}, second start"));
            }
            if passed {
                break;
            }
            call += 1;
            assert!(call < 2_000, "the workload never passes");
        }
        assert!(call > 1, "the workload touches the disk");
    }
}

#[test]
fn a_project_is_made_whole_or_not_at_all() {
    fail_everywhere(&[], &[Step::Create]);
}

#[test]
fn no_acknowledged_save_is_lost() {
    let workload = [
        Step::Save("pages/a.json", "A"),
        Step::Save("pages/a.json", "AA"),
        Step::Flush,
        Step::Save("pages/b.json", "B"),
        Step::Flush,
        Step::Remove("pages/a.json"),
        Step::Save("pages/b.json", "BB"),
        Step::Flush,
    ];
    fail_everywhere(&[Step::Create], &workload);
}

#[test]
fn a_transaction_of_several_objects_is_there_as_a_whole_or_not_at_all() {
    let before = [Step::Create, Step::Save("pages/a.json", "A"), Step::Flush];
    fail_everywhere(&before, &[Step::Together("One"), Step::Flush, Step::Together("Two"), Step::Flush]);
}

#[test]
fn a_restore_is_there_as_a_whole_or_not_at_all() {
    let before =
        [Step::Create, Step::Save("pages/a.json", "A"), Step::Snapshot, Step::Together("Later"), Step::Flush];
    fail_everywhere(&before, &[Step::Restore, Step::Flush, Step::Save("pages/a.json", "B"), Step::Restore]);
}

#[test]
fn compaction_loses_nothing_at_any_step() {
    let before = [
        Step::Create,
        Step::Save("pages/a.json", "A"),
        Step::Snapshot,
        Step::Save("pages/a.json", "AA"),
        Step::Remove("pages/a.json"),
        Step::Days(3),
        Step::Save("pages/b.json", "B"),
    ];
    let workload =
        [Step::Compact, Step::Save("pages/b.json", "BB"), Step::Compact, Step::Save("pages/a.json", "C")];
    fail_everywhere(&before, &workload);
}

#[test]
fn a_start_that_fails_or_is_interrupted_at_any_step_loses_nothing() {
    let before = [
        Step::Create,
        Step::Together("One"),
        Step::Flush,
        Step::Save("pages/a.json", "A"),
        Step::Together("Two"),
    ];
    fail_everywhere(&before, &[Step::Start]);
}

#[test]
fn an_original_is_stored_whole_or_not_at_all() {
    fail_everywhere(&[Step::Create], &[Step::Original, Step::Save("photos/p.json", "P"), Step::Flush]);
}

#[test]
fn a_project_is_in_the_trash_or_not_but_never_in_between() {
    let before = [Step::Create, Step::Save("pages/a.json", "A")];
    fail_everywhere(&before, &[Step::Trash, Step::Untrash]);
}
