//! A disk that refuses, and a program that is killed, in the middle of a command: a restore, a way into the trash and
//! out of it, an import, a publish. The system calls that change the disk fail or end the program in turn, injected by
//! `strace`. Whatever happens, the command's exit code is true, what was there before is there or what was asked for is,
//! and the next command works. Compaction is failed in the same way in `accid-store/tests/system.rs`, at every call.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::{collections::BTreeMap, fs, path::Path};

use accid_test::{Photograph, Quality, Sandbox, long_form};
use serde_json::{Value, json};

/// What changes a disk for good.
const CALLS: [&str; 4] = ["fsync,fdatasync", "rename,renameat,renameat2", "mkdir,mkdirat", "unlink,unlinkat"];

/// A command that is failed in turn.
struct Class {
    name: &'static str,
    /// Makes what the command works on, and says the command.
    prepare: fn(&Sandbox) -> Vec<String>,
    /// Looks at what is there afterwards; the second says whether the command said that it was done.
    check: fn(&Sandbox, bool, &str),
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

fn fail_in_turn(class: &Class) {
    let model = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
    let words = (class.prepare)(&model);
    let mut faults = 0;
    // The short form takes one failure and one kill of each class, the long form all there are.
    let (calls, limit): (&[&str], usize) = if long_form() { (&CALLS, 400) } else { (&CALLS[..1], 2) };
    for calls in calls {
        for fault in ["error=EIO", "signal=KILL"] {
            for when in 1..=limit {
                if !long_form() && when != 2 {
                    continue;
                }
                let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
                let here = model.text("").trim_end_matches('/').to_owned();
                let there = sandbox.text("").trim_end_matches('/').to_owned();
                copy_folder(Path::new(&here), Path::new(&there));
                let words: Vec<String> = words.iter().map(|word| word.replace(&here, &there)).collect();
                if words.iter().any(|word| word == "deploy") {
                    let url = format!("file://{}", sandbox.text("www"));
                    sandbox.run(&["env", "set", "boat", "production", "--url", &url]).good();
                }
                let (code, came) = sandbox.run_with_fault(
                    &words.iter().map(String::as_str).collect::<Vec<_>>(),
                    calls,
                    fault,
                    when,
                );
                if !came {
                    break;
                }
                faults += 1;
                let context = format!("{}: {calls} number {when}, {fault}", class.name);
                sandbox.run(&["list"]).good();
                (class.check)(&sandbox, code == Some(0), &context);
                let sound = sandbox.json(&["validate"]);
                let errors = sound["findings"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter(|one| one["severity"] == "error");
                assert_eq!(errors.count(), 0, "{context}: {sound}");
            }
        }
    }
    let row = format!("| {}: every call that changes the disk | {faults} | 0 | 0 |", class.name);
    Quality::FAULTS.keep(&format!("2-{}", class.name), &row);
    assert!(faults >= 1, "no call of {} was failed", class.name);
}

fn retitle(sandbox: &Sandbox, title: &str) {
    let path = sandbox.project_folder("boat").join("pages/index.json");
    let mut page: Value = serde_json::from_str(&sandbox.read(&path)).unwrap();
    page["title"] = title.into();
    sandbox.write(&path, &(serde_json::to_string_pretty(&page).unwrap() + "\n"));
}

fn title(sandbox: &Sandbox) -> String {
    let page = sandbox.read(&sandbox.project_folder("boat").join("pages/index.json"));
    serde_json::from_str::<Value>(&page).unwrap()["title"].as_str().unwrap().to_owned()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A project whose page was called "First" in its first version and is called "Second" now; the first version.
fn two_versions(sandbox: &Sandbox) -> String {
    sandbox.run(&["new", "Boat", "--type", "html"]).good();
    retitle(sandbox, "First");
    let first = sandbox.json(&["snapshot", "boat", "-m", "First"]);
    retitle(sandbox, "Second");
    sandbox.run(&["snapshot", "boat", "-m", "Second"]).good();
    first["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_restore_that_fails_or_is_killed_is_done_or_not_and_says_which() {
    fail_in_turn(&Class {
        name: "restore",
        prepare: |sandbox| {
            let first = two_versions(sandbox);
            words(&["restore", "boat", &first])
        },
        check: |sandbox, done, context| {
            let title = title(sandbox);
            assert!(title == "First" || (title == "Second" && !done), "{context}: {title}");
            sandbox.run(&["snapshot", "boat", "-m", "After"]).good();
            assert_eq!(self::title(sandbox), title, "{context}: it changed by itself");
        },
    });
}

/// What is in the trash, by name.
fn in_trash(sandbox: &Sandbox) -> usize {
    sandbox.json(&["trash", "list"])["items"].as_array().map_or(0, Vec::len)
}

fn trashed(sandbox: &Sandbox) -> String {
    two_versions(sandbox);
    let server = sandbox.start(&["up"]);
    server.call("DELETE", "/api/projects/boat", &json!({})).data();
    assert!(server.terminate(std::time::Duration::from_secs(5)).is_some());
    let list = sandbox.json(&["trash", "list"]);
    list["items"][0]["entry"].as_str().unwrap_or_else(|| panic!("{list}")).to_owned()
}

#[test]
fn what_comes_back_from_the_trash_is_there_or_in_the_trash() {
    fail_in_turn(&Class {
        name: "trash restore",
        prepare: |sandbox| {
            let entry = trashed(sandbox);
            words(&["trash", "restore", &entry])
        },
        check: |sandbox, done, context| {
            let listed = sandbox.json(&["list"])["items"].as_array().map_or(0, Vec::len);
            assert_eq!(listed + in_trash(sandbox), 1, "{context}");
            assert!(listed == 1 || !done, "{context}");
            if listed == 1 {
                assert_eq!(title(sandbox), "Second", "{context}");
            }
        },
    });
}

#[test]
fn emptying_the_trash_leaves_nothing_half() {
    fail_in_turn(&Class {
        name: "trash empty",
        prepare: |sandbox| {
            trashed(sandbox);
            words(&["trash", "empty"])
        },
        check: |sandbox, done, context| {
            let left = in_trash(sandbox);
            assert!(left == 0 || !done, "{context}");
            sandbox.run(&["trash", "empty"]).good();
            assert_eq!(in_trash(sandbox), 0, "{context}");
        },
    });
}

#[test]
fn an_import_of_photos_has_each_whole_or_not_and_the_next_one_finishes() {
    fail_in_turn(&Class {
        name: "import",
        prepare: |sandbox| {
            sandbox.run(&["new", "Boat", "--type", "gallery"]).good();
            fs::create_dir_all(sandbox.path("pictures")).unwrap();
            for number in 0..2 {
                let picture = Photograph { seed: number + 1, ..Photograph::default() };
                fs::write(sandbox.path(&format!("pictures/{number}.jpg")), picture.jpeg()).unwrap();
            }
            words(&["photos", "add", "boat", &sandbox.text("pictures")])
        },
        check: |sandbox, done, context| {
            let count = || {
                let folder = sandbox.project_folder("boat").join("photos");
                Sandbox::files(&folder)
                    .iter()
                    .filter(|(path, _)| path.extension().is_some_and(|it| it == "json"))
                    .count()
            };
            assert!(count() == 2 || !done, "{context}");
            sandbox.run(&["photos", "add", "boat", &sandbox.text("pictures")]).good();
            assert_eq!(count(), 2, "{context}: something is there twice or not at all");
        },
    });
}

/// Every file below a folder that visitors can get.
fn online(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = Sandbox::files(folder)
        .into_iter()
        .map(|(path, bytes)| (path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned(), bytes));
    files.filter(|(path, _)| !path.starts_with(".accid/")).collect()
}

#[test]
fn a_publish_that_fails_or_is_killed_shows_old_or_new_and_the_next_one_finishes() {
    fail_in_turn(&Class {
        name: "deploy",
        prepare: |sandbox| {
            two_versions(sandbox);
            let url = format!("file://{}", sandbox.text("www"));
            sandbox.run(&["env", "set", "boat", "production", "--url", &url]).good();
            sandbox.run(&["deploy", "boat", "production"]).good();
            copy_folder(&sandbox.path("www"), &sandbox.path("old"));
            retitle(sandbox, "Third");
            sandbox.run(&["snapshot", "boat", "-m", "Third"]).good();
            sandbox.run(&["export", "boat", "--out", &sandbox.text("new")]).good();
            words(&["deploy", "boat", "production"])
        },
        check: |sandbox, done, context| {
            let (old, new) = (online(&sandbox.path("old")), online(&sandbox.path("new")));
            for (path, bytes) in online(&sandbox.path("www")) {
                assert!(
                    old.get(&path) == Some(&bytes) || new.get(&path) == Some(&bytes),
                    "{context}: {path}"
                );
            }
            let page = |site: &BTreeMap<String, Vec<u8>>| site.get("index.html").cloned();
            assert!(page(&online(&sandbox.path("www"))).is_some(), "{context}: the page is gone");
            assert!(!done || page(&online(&sandbox.path("www"))) == page(&new), "{context}");
            sandbox.run(&["deploy", "boat", "production"]).good();
            assert_eq!(page(&online(&sandbox.path("www"))), page(&new), "{context}");
        },
    });
}
