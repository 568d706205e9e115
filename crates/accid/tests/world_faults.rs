//! A disk that refuses: the system calls of the running program fail one after the other, injected by `strace`.
//! Whatever fails, an acknowledged save is there after the next start, and the next start always succeeds.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::time::{Duration, Instant};

use accid_test::{Quality, Sandbox, long_form};
use serde_json::{Value, json};

const STRACE: &str = "/usr/bin/strace";
const SAVES: u64 = 4;

/// The files of the project that a save writes to.
const WRITTEN: &[&str] = &[
    ".accid/ledger/000001.log",
    ".accid/ledger/000002.log",
    ".accid/ledger/000003.log",
    "pages/.index.json.accid-tmp",
    ".accid_dropper.json.accid-tmp",
];

/// What became of the saves of one run.
#[derive(Debug, Default)]
struct Saves {
    acknowledged: u64,
    attempted: u64,
    refused: u64,
}

fn project() -> Sandbox {
    assert!(std::path::Path::new(STRACE).exists(), "this test needs strace: apt-get install strace");
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
    sandbox.run(&["new", "Faults"]).good();
    sandbox
}

/// Starts the program with one fault, saves a few times, kills it. How many calls of that kind there were is in the
/// trace; true while the fault came.
fn run_with_fault(sandbox: &Sandbox, calls: &str, error: &str, when: &str, saves: &mut Saves) -> bool {
    let trace = sandbox.text("trace");
    let inject = format!("inject={calls}:error={error}:when={when}");
    let traced = format!("trace={calls}");
    let mut wrapper = vec![STRACE, "-f", "-qq", "-y", "-o", &trace, "-e", &traced, "-e", &inject];
    let files: Vec<String> =
        WRITTEN.iter().map(|name| format!("{}/{name}", sandbox.text("data/projects/faults"))).collect();
    if calls == "write" {
        // Pipes, sockets and the runtime's own wake-up are no disk and do not fill up.
        wrapper.extend(files.iter().flat_map(|file| ["-P", file]));
    }
    match sandbox.start_through(&wrapper, &["up"]) {
        Ok(server) => {
            for _ in 0..SAVES {
                saves.attempted += 1;
                let body = json!({"title": saves.attempted.to_string()});
                match server.try_call("PUT", "/api/projects/faults/pages/index", Some(&body)) {
                    Ok(answer) if answer.status == 200 => saves.acknowledged = saves.attempted,
                    Ok(answer) => {
                        saves.refused += 1;
                        assert_eq!(answer.status, 500, "{}", answer.body);
                        let sentence = answer.body["error"].as_str().unwrap_or_default();
                        assert!(sentence.ends_with('.'), "{sentence}");
                    }
                    Err(_) => break,
                }
            }
            wait_for_files(sandbox, saves.acknowledged);
            server.kill();
        }
        Err(said) => assert!(
            said.contains("accid: ") || said.contains("panicked"),
            "it ended without a sentence: {said}"
        ),
    }
    sandbox.read(&sandbox.path("trace")).contains("(INJECTED)")
}

/// The files follow a moment after the saves; waits for that, or for the fault that keeps them from it.
fn wait_for_files(sandbox: &Sandbox, title: u64) {
    let file = sandbox.project_folder("faults").join("pages/index.json");
    let wanted = format!("\"title\": \"{title}\"");
    let end = Instant::now() + Duration::from_secs(3);
    while Instant::now() < end {
        if sandbox.read(&file).contains(&wanted)
            || sandbox.read(&sandbox.path("trace")).contains("(INJECTED)")
        {
            return;
        }
        std::thread::yield_now();
    }
}

/// With the disk well again: it starts, and has the last acknowledged save or one that was tried after it.
#[track_caller]
fn check(sandbox: &Sandbox, saves: &Saves, fault: &str) {
    let server = sandbox.start(&["up"]);
    let page = server.get("/api/projects/faults/pages/index").data();
    let title = page["title"].as_str().unwrap();
    let number: u64 = title.parse().unwrap_or(0);
    assert!(number >= saves.acknowledged && number <= saves.attempted, "{fault}: {title} after {saves:?}");
    drop(server);
    for (path, bytes) in Sandbox::files(&sandbox.project_folder("faults")) {
        if path.extension().is_some_and(|ending| ending == "json") {
            assert!(
                serde_json::from_slice::<Value>(&bytes).is_ok(),
                "{fault}: {} is not JSON",
                path.display()
            );
        }
    }
}

/// Lets the first, the second, the third … of these calls fail, until there are no more; in the short form not each.
fn fail_in_turn(calls: &str, error: &str) {
    let sandbox = project();
    let mut saves = Saves::default();
    let step = if long_form() { 1 } else { 5 };
    let mut faults = 0;
    for number in (1..200).step_by(step) {
        let fault = format!("{calls} number {number}");
        if !run_with_fault(&sandbox, calls, error, &number.to_string(), &mut saves) {
            break;
        }
        faults += 1;
        check(&sandbox, &saves, &fault);
    }
    let row = format!("| saves; {calls}: {error} | {faults} | 0 of {} | 0 |", saves.acknowledged);
    Quality::FAULTS.keep(&format!("1-{calls}"), &row);
    assert!(faults >= 1, "no {calls} was made at all");
    assert!(saves.acknowledged > 0, "no save was acknowledged, which tests nothing");
}

#[test]
fn no_acknowledged_save_is_lost_when_a_sync_fails() {
    fail_in_turn("fdatasync", "EIO");
    fail_in_turn("fsync", "EIO");
}

#[test]
fn no_acknowledged_save_is_lost_when_a_rename_fails() {
    fail_in_turn("rename,renameat,renameat2", "EIO");
}

#[test]
fn no_acknowledged_save_is_lost_when_a_write_fails() {
    fail_in_turn("write", "ENOSPC");
}

#[test]
fn no_acknowledged_save_is_lost_when_the_disk_is_full_from_one_moment_on() {
    let sandbox = project();
    let (mut saves, mut faults) = (Saves::default(), 0);
    for number in (1..60).step_by(if long_form() { 1 } else { 12 }) {
        run_with_fault(&sandbox, "fdatasync,fsync", "ENOSPC", &format!("{number}+"), &mut saves);
        check(&sandbox, &saves, &format!("no sync from number {number} on"));
        faults += 1;
    }
    let row =
        format!("| saves; the disk is full from one sync on | {faults} | 0 of {} | 0 |", saves.acknowledged);
    Quality::FAULTS.keep("1-full", &row);
}
