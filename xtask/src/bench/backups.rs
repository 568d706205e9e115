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

use super::{Row, percentile};

const PASSWORD: &str = "a password of the bench";
/// Originals of 5 MB, as a camera makes them: 1 GB in all.
const ORIGINALS: u64 = 200;
const ORIGINAL: usize = 5_000_000;

/// How often both begin anew. What a machine does besides (writing out what was written before, growing its memory) falls
/// on either of them so.
const ROUNDS: usize = 3;

/// Seconds of a first and a second run.
type Seconds = [f64; 2];

/// Backs up twice with both, in turn, each round into places that are empty, and takes the median of each.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    sandbox.run(&["new", "Large", "--type", "gallery"]).good();
    write_originals(&sandbox.project_folder("large").join("media"));
    let rounds: Vec<(Seconds, Option<Seconds>)> =
        (0..ROUNDS).map(|round| (accid(sandbox, round), restic(sandbox, round))).collect();
    let own = medians(rounds.iter().map(|round| round.0));
    let theirs: Option<Vec<Seconds>> = rounds.iter().map(|round| round.1).collect();
    let Some(theirs) = theirs.map(|all| medians(all.into_iter())) else {
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

fn medians(rounds: impl Iterator<Item = Seconds> + Clone) -> Seconds {
    [0, 1].map(|which| {
        let mut seconds: Vec<f64> = rounds.clone().map(|round| round[which]).collect();
        percentile(&mut seconds, 0.5)
    })
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

fn set(sandbox: &Sandbox, folder: &str) {
    let url = format!("file://{folder}");
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

/// Seconds of two backups into a new place, each as a whole process.
fn accid(sandbox: &Sandbox, round: usize) -> Seconds {
    let repository = sandbox.text(&format!("backup-{round}"));
    set(sandbox, &repository);
    let seconds = [(), ()].map(|()| {
        let begun = Instant::now();
        sandbox.run(&["backup"]).good();
        begun.elapsed().as_secs_f64()
    });
    drop(fs::remove_dir_all(repository));
    seconds
}

/// Seconds of restic's first and second run over the same files; nothing when it is not installed.
fn restic(sandbox: &Sandbox, round: usize) -> Option<Seconds> {
    let repository = sandbox.text(&format!("restic-{round}"));
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
    let projects = sandbox.data().join("projects");
    let projects = projects.to_string_lossy();
    // Making the repository does not count here, though it does in our own first run.
    call(&["init"])?;
    let seconds = [call(&["backup", &projects])?, call(&["backup", &projects])?];
    drop(fs::remove_dir_all(repository));
    Some(seconds)
}
