//! Backing up a project of 1 GB to a folder, for the first time and again, beside restic in the same run.

#![expect(clippy::panic, reason = "a bench that cannot measure what it should stops")]

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use accid_base::ContentHash;
use accid_test::{Dice, Sandbox};

use super::Row;

const PASSWORD: &str = "a password of the bench";
/// Originals of 5 MB, as a camera makes them: 1 GB in all.
const ORIGINALS: u64 = 200;
const ORIGINAL: usize = 5_000_000;

/// Backs up twice with both.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    sandbox.run(&["new", "Large", "--type", "gallery"]).good();
    write_originals(&sandbox.project_folder("large").join("media"));
    set(sandbox);
    let own = [accid(sandbox), accid(sandbox)];
    let Some(theirs) = restic(sandbox) else {
        return vec![Row::known(
            "backup of a project of 1 GB, first and second run (restic is not installed)",
            format!("{:.2} / {:.2} s", own[0], own[1]),
        )];
    };
    vec![
        Row::within(
            "backup of a project of 1 GB, as a multiple of restic's time",
            own[0] / theirs[0],
            1.3,
            "×",
        ),
        Row::within("the same again, nothing changed", own[1] / theirs[1], 1.0, "×"),
        Row::known(
            "the same in seconds, accid / restic: first, second",
            format!("{:.2} / {:.2}, {:.2} / {:.2} s", own[0], theirs[0], own[1], theirs[1]),
        ),
    ]
}

/// Bytes that do not compress, as those of pictures.
fn write_originals(folder: &Path) {
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut dice = Dice::new(1);
    for _ in 0..ORIGINALS {
        let bytes: Vec<u8> = (0..ORIGINAL / 8).flat_map(|_| dice.below(u64::MAX).to_le_bytes()).collect();
        let path = folder.join(format!("{}.jpg", ContentHash::of(&bytes)));
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

fn set(sandbox: &Sandbox) {
    let url = format!("file://{}", sandbox.text("backup"));
    let child = sandbox
        .command(&["backup", "set", "--url", &url, "--password-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn();
    let mut child = child.unwrap_or_else(|error| panic!("accid does not start: {error}"));
    if let Some(mut input) = child.stdin.take() {
        drop(input.write_all(PASSWORD.as_bytes()));
    }
    assert!(child.wait().is_ok_and(|ended| ended.success()), "the place is set");
}

/// Seconds of one backup, as a whole process.
fn accid(sandbox: &Sandbox) -> f64 {
    let begun = Instant::now();
    sandbox.run(&["backup"]).good();
    begun.elapsed().as_secs_f64()
}

/// Seconds of restic's first and second run over the same files; nothing when it is not installed.
fn restic(sandbox: &Sandbox) -> Option<[f64; 2]> {
    let repository = sandbox.text("restic");
    let call = |words: &[&str]| {
        let begun = Instant::now();
        let status = Command::new("restic")
            .args(["--quiet", "-r", &repository])
            .args(words)
            .env("RESTIC_PASSWORD", PASSWORD)
            .env("RESTIC_CACHE_DIR", sandbox.path("cache"))
            .stdout(Stdio::null())
            .status()
            .ok()?;
        status.success().then(|| begun.elapsed().as_secs_f64())
    };
    call(&["init"])?;
    let projects = sandbox.data().join("projects");
    let projects = projects.to_string_lossy();
    Some([call(&["backup", &projects])?, call(&["backup", &projects])?])
}
