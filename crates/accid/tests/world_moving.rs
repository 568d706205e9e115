//! A project folder is moved to another file system by the program itself, which is killed or refused by the disk at one
//! system call after another: whatever happens, the project is one, whole, and where the list says.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::{
    fs,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

use accid_test::{Photograph, Quality, Sandbox, long_form};
use tempfile::TempDir;

/// In memory on most systems, so not the file system of temporary files. ACCID's own data is put there: no project may be
/// moved into a folder of the system.
const OTHER_DISK: &str = "/dev/shm";

/// A data folder with a project, and a folder on another file system than it.
fn two_disks() -> Option<(Sandbox, TempDir)> {
    let disk = tempfile::tempdir().unwrap();
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    let there = device(Path::new(OTHER_DISK));
    if there.is_none() || there == device(disk.path()) {
        eprintln!("not tried: this machine has no second file system at {OTHER_DISK}");
        return None;
    }
    let sandbox = Sandbox::within(env!("CARGO_BIN_EXE_accid"), Path::new(OTHER_DISK));
    sandbox.run(&["new", "Boat", "--type", "html"]).good();
    fs::write(sandbox.path("harbour.jpg"), Photograph::default().jpeg()).unwrap();
    sandbox.run(&["photos", "add", "boat", "harbour.jpg"]).good();
    sandbox.run(&["snapshot", "boat", "-m", "Before the move"]).good();
    Some((sandbox, disk))
}

/// Documents, originals and history of a project: what a move must bring there.
fn content(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = Sandbox::files(folder).into_iter();
    let inner = |path: &Path| path.strip_prefix(folder).unwrap().to_path_buf();
    let kept = files.map(|(path, bytes)| (inner(&path), bytes));
    kept.filter(|(path, _)| {
        !path.starts_with("derived") && !path.ends_with("in-use.lock") && !path.ends_with("derived.json")
    })
    .collect()
}

/// Where the one project is that the program knows; it is whole and works.
fn only_project(sandbox: &Sandbox, context: &str) -> PathBuf {
    let listed = sandbox.json(&["list"]);
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{context}: {listed}");
    let sound = sandbox.json(&["validate"]);
    let errors = sound["findings"].as_array().unwrap().iter().filter(|one| one["severity"] == "error");
    assert_eq!(errors.count(), 0, "{context}: {sound}");
    let versions = sandbox.json(&["history", "boat"]);
    let mut versions = versions["items"].as_array().unwrap().iter();
    assert!(versions.any(|version| version["message"] == "Before the move"), "{context}");
    items[0]["folder"].as_str().map_or_else(|| sandbox.project_folder("boat"), PathBuf::from)
}

/// What a listing leaves out.
fn hidden(folder: &Path) -> Vec<PathBuf> {
    let names = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    names.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with('.')).collect()
}

#[test]
fn a_project_is_moved_to_another_disk_and_home_again_with_all_it_has() {
    let Some((sandbox, disk)) = two_disks() else { return };
    let before = content(&sandbox.project_folder("boat"));
    let there = disk.path().join("boat");
    sandbox.run(&["move", "boat", there.to_str().unwrap()]).good();
    assert!(content(&there) == before, "what came is not what left");
    assert_eq!(only_project(&sandbox, "moved"), there);
    let left: Vec<_> = fs::read_dir(sandbox.data().join("projects")).unwrap().flatten().collect();
    assert!(left.is_empty(), "nothing is left behind: {left:?}");
    sandbox.run(&["move", "boat", "--home"]).good();
    assert!(content(&sandbox.project_folder("boat")) == before, "what came home is not what left");
    assert_eq!(only_project(&sandbox, "home"), sandbox.project_folder("boat"));
    assert_eq!(fs::read_dir(disk.path()).unwrap().count(), 0, "nothing is left there");
}

#[test]
fn a_move_to_another_disk_that_is_cut_off_leaves_the_project_whole_in_one_place() {
    let mut faults = 0;
    for calls in ["rename,renameat,renameat2", "unlink,unlinkat,rmdir", "fsync,fdatasync", "mkdir,mkdirat"] {
        for fault in ["signal=KILL", "error=EIO"] {
            // The short form kills it at every new name, for that is where a project could be lost, and tries a few of
            // the rest.
            let every = long_form() || (calls.starts_with("rename") && fault == "signal=KILL");
            for when in (1..200).step_by(if every { 1 } else { 9 }) {
                let Some((sandbox, disk)) = two_disks() else { return };
                let before = content(&sandbox.project_folder("boat"));
                let there = disk.path().join("boat");
                let words = ["move", "boat", there.to_str().unwrap()];
                let (code, came) = sandbox.run_with_fault(&words, calls, fault, when);
                if !came {
                    break;
                }
                faults += 1;
                let context = format!("{calls} number {when}, {fault}");
                let place = only_project(&sandbox, &context);
                for folder in [disk.path(), &sandbox.data().join("projects")] {
                    assert!(hidden(folder).is_empty(), "{context}: left over: {:?}", hidden(folder));
                }
                let said = code == Some(0);
                assert!(!said || place == there, "{context}: it said that it was moved");
                let now = content(&place);
                for (path, bytes) in before.iter().filter(|(path, _)| !path.starts_with(".accid")) {
                    assert!(now.contains(&(path.clone(), bytes.clone())), "{context}: {}", path.display());
                }
                let next = disk.path().join("again");
                sandbox.run(&["move", "boat", next.to_str().unwrap()]).good();
                assert_eq!(only_project(&sandbox, &context), next);
            }
        }
    }
    let row = format!("| move to another disk: every call that changes the disks | {faults} | 0 | 0 |");
    Quality::FAULTS.keep("3-move", &row);
    assert!(faults >= 10, "only {faults} calls were failed");
}
