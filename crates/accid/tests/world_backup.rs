//! Off-site backups through the program itself, on a real disk; in the long form Debian's restic is the judge.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use accid_test::{Outcome, Photograph, Sandbox, long_form};

const PASSWORD: &str = "canary backup password";

/// A data folder with a site that has a picture, and a place for backups beside it.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
    sandbox.run(&["new", "Boat"]).good();
    fs::write(sandbox.path("sail.jpg"), Photograph::default().jpeg()).unwrap();
    sandbox.run(&["photos", "add", "boat", "sail.jpg"]).good();
    set(&sandbox, PASSWORD).good();
    sandbox
}

fn set(sandbox: &Sandbox, password: &str) -> Outcome {
    let url = format!("file://{}", sandbox.text("stick/backup"));
    let words = ["backup", "set", "--url", &url, "--password-stdin", "--schedule", "daily"];
    let mut child = sandbox
        .command(&words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Outcome { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// What of a restored data folder is another thing than in the one it comes from.
fn differences(sandbox: &Sandbox, restored: &Path) -> Vec<String> {
    let mut different = Vec::new();
    let mut seen = 0;
    for (path, bytes) in Sandbox::files(restored) {
        let below = path.strip_prefix(restored).unwrap();
        seen += 1;
        if fs::read(sandbox.data().join(below)).unwrap_or_default() != bytes {
            different.push(below.display().to_string());
        }
    }
    assert!(seen >= 5, "{seen} files");
    different
}

#[test]
fn a_backup_is_made_listed_proved_and_restored_from_the_command_line() {
    let sandbox = sandbox();
    let said = sandbox.run(&["backup"]).good();
    assert!(said.contains("Backed up"), "{said}");
    let again = sandbox.json(&["backup"]);
    assert_eq!((again["new"].as_u64(), again["changed"].as_u64()), (Some(0), Some(0)), "{again}");
    let listed = sandbox.json(&["backup", "list"]);
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    let proved = sandbox.run(&["backup", "drill"]).good();
    assert!(proved.contains("can be restored"), "{proved}");
    let status = sandbox.run(&["backup", "status"]).good();
    assert!(status.contains("by themselves, daily") && status.contains("proved restorable"), "{status}");
    sandbox.run(&["restore-backup", "--out", "out"]).good();
    assert_eq!(differences(&sandbox, &sandbox.path("out")), Vec::<String>::new());
    let refused = sandbox.run(&["restore-backup", "--out", "out"]).refused();
    assert!(refused.contains("is not empty"), "{refused}");
    let copy = sandbox.run(&["restore-backup", "--project", "boat"]).good();
    assert!(copy.contains("a copy without history"), "{copy}");
    set(&sandbox, "canary another password").good();
    let wrong = sandbox.run(&["backup"]).refused();
    assert!(wrong.contains("does not open with this password"), "{wrong}");
    for (path, bytes) in Sandbox::files(&sandbox.data()) {
        assert!(!bytes.windows(6).any(|part| part == b"canary"), "{}", path.display());
    }
}

fn restic(sandbox: &Sandbox, words: &[&str]) -> String {
    let output = Command::new("restic")
        .args(["--no-cache", "-r", &sandbox.text("stick/backup")])
        .args(words)
        .env("RESTIC_PASSWORD", PASSWORD)
        .output()
        .expect("restic, which the long form of the tests needs");
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "restic {words:?}: {said}");
    said
}

#[test]
fn restic_itself_checks_and_restores_what_was_backed_up() {
    if !long_form() {
        return;
    }
    let sandbox = sandbox();
    sandbox.run(&["backup"]).good();
    sandbox.run(&["snapshot", "boat", "-m", "Regatta"]).good();
    sandbox.run(&["backup"]).good();
    let said = restic(&sandbox, &["check", "--read-data"]);
    assert!(said.contains("no errors were found"), "{said}");
    restic(&sandbox, &["restore", "latest", "--target", &sandbox.text("restored")]);
    assert_eq!(differences(&sandbox, &sandbox.path("restored/accid")), Vec::<String>::new());
    // What restic adds, ACCID leaves alone; and what ACCID thins out, restic still finds whole.
    restic(&sandbox, &["backup", &sandbox.text("sail.jpg")]);
    sandbox.run(&["backup", "set", "--keep-daily", "1", "--keep-weekly", "0", "--keep-monthly", "0"]).good();
    let thinned = sandbox.json(&["backup", "thin-out"]);
    assert_eq!((thinned["going"].as_u64(), thinned["staying"].as_u64()), (Some(1), Some(1)), "{thinned}");
    let said = restic(&sandbox, &["check", "--read-data"]);
    assert!(said.contains("no errors were found"), "{said}");
    assert!(restic(&sandbox, &["snapshots"]).contains("2 snapshots"));
}
