//! The real disk: a process that is killed, system calls that fail, edits by other programs, speed.
//!
//! The long forms run with `ACCID_LONG=1`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "these tests are about the real disk, clock and environment")]

mod common;

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use accid_base::{Random, SystemClock, SystemRandom, SystemVfs, Vfs};
use accid_store::{Background, Restore, Retention, Store, StoreOptions, VersionKind};
use common::{create, page, path, put};
use serde_json::Value;

fn open(root: &Path, background: Background) -> Store {
    Store::open(StoreOptions {
        root: root.to_path_buf(),
        vfs: Arc::new(SystemVfs),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        background,
    })
    .unwrap()
}

/// How often something is done: seldom in the ordinary run, often in the long one.
fn times(short: usize, long: usize) -> usize {
    if std::env::var_os("ACCID_LONG").is_some() {
        return long;
    }
    println!("SKIPPED: {} of {long} rounds; the long form runs with ACCID_LONG=1", long - short);
    short
}

fn chance(below: u64) -> u64 {
    let mut bytes = [0; 8];
    SystemRandom.fill(&mut bytes);
    u64::from_le_bytes(bytes) % below
}

/// Tells the parent what was acknowledged, in one write.
fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes()).ok();
    out.flush().ok();
}

/// Not a test of its own: the process that writes, started by the tests below.
#[test]
fn the_process_that_writes() {
    let Some(root) = std::env::var_os("ACCID_TEST_ROOT") else { return };
    let root = Path::new(&root);
    match std::env::var("ACCID_TEST_WORK").as_deref() {
        Ok("save for ever") => save_for_ever(root),
        _ => do_a_bit_of_everything(root),
    }
}

fn save_for_ever(root: &Path) {
    let store = open(root, Background::On);
    let project = store.project("boat").unwrap();
    std::thread::scope(|scope| {
        for writer in 0..3 {
            let project = &project;
            scope.spawn(move || {
                let name = format!("pages/w{writer}.json");
                let last =
                    project.get(&path(&name)).and_then(|stored| stored.value["order"].as_u64()).unwrap_or(0);
                for number in last + 1.. {
                    let mut value = page("w", &"x".repeat(usize::try_from(number % 50).unwrap()));
                    value["order"] = number.into();
                    if put(project, &name, value).is_ok() {
                        tell(&format!("saved {name} {number}"));
                    }
                }
            });
        }
        for number in 0..u64::MAX {
            if number % 4 == 3 {
                drop(project.compact(&Retention { automatic: 3, daily_days: 0, ..Retention::default() }));
            }
            drop(project.put_media(format!("picture {number}").as_bytes(), "jpg"));
        }
    });
}

fn do_a_bit_of_everything(root: &Path) {
    // Any of these may fail when the test makes system calls fail; what counts is what was said to be saved.
    let store = Store::open(StoreOptions {
        root: root.to_path_buf(),
        vfs: Arc::new(SystemVfs),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        background: Background::Off,
    });
    let Ok(store) = store else { return };
    let Ok(project) = store.project("boat") else { return };
    let start = project.versions().first().map(|version| version.id.clone());
    for number in 1..=4_u64 {
        let mut value = page("w", "Title");
        value["order"] = number.into();
        if put(&project, "pages/w0.json", value).is_ok() {
            tell(&format!("saved pages/w0.json {number}"));
        }
        drop(store.flush());
    }
    drop(project.snapshot("owner", "Named"));
    drop(project.put_media(b"picture", "jpg"));
    drop(project.compact(&Retention { automatic: 1, daily_days: 0, ..Retention::default() }));
    if let Some(start) = start {
        drop(project.restore(&start, &Restore::File(path("pages/index.json")), "owner"));
    }
    let mut value = page("w", "Last");
    value["order"] = 5.into();
    if put(&project, "pages/w0.json", value).is_ok() {
        tell("saved pages/w0.json 5");
    }
    drop(store.close());
    tell("done");
}

fn writer(command: &mut Command, root: &Path, work: &str) -> Child {
    command
        .env("ACCID_TEST_ROOT", root)
        .env("ACCID_TEST_WORK", work)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

const ARGUMENTS: [&str; 3] = ["--exact", "the_process_that_writes", "--nocapture"];

/// Takes note of a line such as `saved pages/w0.json 17`.
fn note(line: &str, saved: &mut BTreeMap<String, u64>) {
    // The first line may stand behind what the test harness says.
    let words: Vec<_> = line.split_whitespace().collect();
    if let Some(at) = words.iter().position(|word| *word == "saved")
        && let [name, number] = words[at + 1..]
    {
        saved.insert(name.to_owned(), number.parse().unwrap());
    }
}

/// After whatever happened: the start succeeds, every JSON is valid, nothing acknowledged is lost, nobody is blamed.
fn check(root: &Path, saved: &BTreeMap<String, u64>, context: &str) {
    let store = open(root, Background::Off);
    let project = store.project("boat").unwrap_or_else(|error| panic!("{context}: {error}"));
    for (name, number) in saved {
        let stored = project.get(&path(name)).unwrap_or_else(|| panic!("{context}: {name} is lost"));
        let found = stored.value["order"].as_u64().unwrap();
        assert!(
            found >= *number && found <= number + 4,
            "{context}: {name} is {found}, acknowledged was {number}"
        );
    }
    project.flush().unwrap();
    for path in project.paths() {
        let bytes = SystemVfs.read(&path.below(project.folder())).unwrap();
        let value: Value =
            serde_json::from_slice(&bytes).unwrap_or_else(|_| panic!("{context}: {path} is no JSON"));
        assert_eq!(value, *project.get(&path).unwrap().value, "{context}: {path}");
    }
    for version in project.versions() {
        assert_ne!(version.kind, VersionKind::Outside, "{context}: {version:?}");
        project.tree_at(&version.id).unwrap_or_else(|error| panic!("{context}: {error}"));
    }
    assert!(project.findings().is_empty(), "{context}: {:?}", project.findings());
    store.close().unwrap();
}

#[test]
fn a_process_that_is_killed_at_any_moment_loses_no_acknowledged_save() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), Background::Off);
    create(&store, "boat").unwrap();
    store.close().unwrap();
    let mut saved = BTreeMap::new();
    let kills = times(10, 200);
    for kill in 0..kills {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = writer(command.args(ARGUMENTS), folder.path(), "save for ever");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for line in lines.by_ref().take(usize::try_from(3 + chance(60)).unwrap()) {
            note(&line.unwrap(), &mut saved);
        }
        let moment = Instant::now() + Duration::from_micros(chance(5_000));
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        lines.map_while(Result::ok).for_each(|line| note(&line, &mut saved));
        check(folder.path(), &saved, &format!("kill {kill}"));
    }
    println!("{kills} kills, last acknowledged: {saved:?}");
}

/// The system calls that a save, a flush, compaction and a restore make, each failing in turn.
const CALLS: [&str; 7] = ["fdatasync", "fsync", "/^rename", "write", "ftruncate", "/^unlink", "openat"];

#[cfg(target_os = "linux")]
#[test]
fn every_failing_system_call_loses_no_acknowledged_save() {
    let tried = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    if !tried.is_ok_and(|status| status.success()) {
        println!("SKIPPED: strace is not installed or may not trace here");
        return;
    }
    let mut injected = 0;
    for call in CALLS {
        let last = times(1, 400);
        let long = last > 1;
        // In the short form one failure of each, somewhere in the middle of the work.
        let first = if long || call == "ftruncate" { 1 } else { 4 };
        for when in first..=last.max(first) {
            let folder = tempfile::tempdir().unwrap();
            let store = open(folder.path(), Background::Off);
            create(&store, "boat").unwrap();
            store.close().unwrap();
            let log = folder.path().join("strace.log");
            let mut command = Command::new("strace");
            command.args(["-f", "-qq", "-e"]).arg(format!("trace={call}")).arg("-e");
            command.arg(format!("inject={call}:error=EIO:when={when}")).arg("-o").arg(&log);
            command.arg(std::env::current_exe().unwrap()).args(ARGUMENTS);
            let output = writer(&mut command, folder.path(), "everything").wait_with_output().unwrap();
            let mut saved = BTreeMap::new();
            String::from_utf8_lossy(&output.stdout).lines().for_each(|line| note(line, &mut saved));
            check(folder.path(), &saved, &format!("{call} number {when} fails"));
            if !String::from_utf8_lossy(&SystemVfs.read(&log).unwrap()).contains("INJECTED") {
                break;
            }
            injected += 1;
        }
    }
    println!("{injected} failures of system calls");
    assert!(injected >= 5, "only {injected} system calls were made to fail");
}

/// Waits until it is true, or 20 seconds have passed.
fn eventually(mut is_true: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs(20);
    while Instant::now() < end {
        if is_true() {
            return true;
        }
        std::thread::yield_now();
    }
    false
}

#[test]
fn files_and_dropper_follow_by_themselves_and_edits_by_others_are_seen() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), Background::On);
    store.set_deriver(
        "count",
        Arc::new(|project| {
            Some(vec![(path("accid_dropper.json"), project.list("pages").len().to_string().into_bytes())])
        }),
    );
    let project = create(&store, "boat").unwrap();
    put(&project, "pages/a.json", page("a", "A")).unwrap();
    let dropper = project.folder().join("accid_dropper.json");
    assert!(eventually(|| SystemVfs.read(&dropper).is_ok_and(|bytes| bytes == b"2")));
    let file = project.folder().join("pages/a.json");
    assert!(eventually(|| SystemVfs.read(&file).is_ok()));
    let by_hand = serde_json::to_vec(&page("a", "By hand")).unwrap();
    SystemVfs.write(&file, &by_hand).unwrap();
    assert!(eventually(|| common::title(&project, "pages/a.json").as_deref() == Some("By hand")));
    SystemVfs.create_folders(&project.folder().join("albums")).unwrap();
    SystemVfs.write(&project.folder().join("albums/one.json"), &by_hand).unwrap();
    assert!(eventually(|| project.get(&path("albums/one.json")).is_some()), "a new folder is seen too");
    SystemVfs.remove_file(&file).unwrap();
    assert!(eventually(|| project.get(&path("pages/a.json")).is_none()));
    let kinds: Vec<_> = project.versions().iter().map(|version| version.kind).collect();
    assert_eq!(kinds, [VersionKind::Outside, VersionKind::Automatic]);
    store.close().unwrap();
}

#[test]
fn five_hundred_objects_and_twenty_more_projects_open_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), Background::Off);
    let mut documents = vec![(path("accid_blotter.json"), common::blotter("id-large", "large"))];
    documents.extend((0..500).map(|number| {
        let mut value = page("p", &format!("Page {number}"));
        value["text"] = "We sailed on. ".repeat(200).into();
        (path(&format!("pages/p{number}.json")), value)
    }));
    let slug = accid_base::Slug::from_text("large", "x");
    store.create_project(&slug, documents, Vec::new(), "owner", "Created").unwrap();
    for number in 0..20 {
        create(&store, &format!("boat{number}")).unwrap();
    }
    store.close().unwrap();
    let store = open(folder.path(), Background::Off);
    assert_eq!(store.projects().len(), 21);
    assert_eq!(store.project("id-large").unwrap().list("pages").len(), 500);
}
