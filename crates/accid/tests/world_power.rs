//! The power fails: the program saves onto a file system in an image, is stopped at a random moment, and what had
//! reached the disk until then — the image, copied without a sync — is mounted again as after a power cut. What was
//! acknowledged is there, and nobody has to repair anything. Fifty cuts each on ext4, xfs and btrfs, in the long form
//! and as root; in every run `accid-store/tests/power.rs` does the same to a disk in memory at every call.
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
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc,
    thread,
};

use accid_test::{Dice, Quality, Sandbox, Server, long_form};
use serde_json::json;

const CUTS: u64 = 50;

const FOUND: Quality = Quality {
    suite: "power",
    head: "# Power cuts\n\nThe program saves as fast as it can onto a file system in an image. At a random moment it stands \
           still, and the image is copied as it is, without a sync: what was on its way to the disk is lost, as in a power \
           cut. The copy is mounted and the program starts on it: the last acknowledged save must be there, and all checks \
           of the folder must pass without a repair.\n\n\
           | file system | cuts | acknowledged saves | of them lost | repairs |\n|---|---|---|---|---|\n",
};

fn run(words: &[&str]) -> Result<String, String> {
    let output = Command::new(words[0]).args(&words[1..]).output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned()),
        false => Err(format!("{words:?}: {said}")),
    }
}

/// A mounted image; unmounted when dropped.
struct Mounted {
    device: String,
    at: PathBuf,
}

impl Mounted {
    fn new(system: &str, image: &Path, at: &Path) -> Result<Self, String> {
        fs::create_dir_all(at).unwrap();
        let device = run(&["losetup", "-f", "--show", "--direct-io=on", image.to_str().unwrap()])?;
        let mounted = Self { device, at: at.to_path_buf() };
        let options = if system == "xfs" { "nouuid" } else { "defaults" };
        run(&["mount", "-t", system, "-o", options, &mounted.device, at.to_str().unwrap()])?;
        Ok(mounted)
    }

    /// How many writes the device has taken.
    fn writes(&self) -> String {
        let name = self.device.trim_start_matches("/dev/");
        let text = fs::read_to_string(format!("/sys/block/{name}/stat")).unwrap_or_default();
        text.split_whitespace().nth(4).unwrap_or_default().to_owned()
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(run(&["umount", "-l", self.at.to_str().unwrap()]));
        drop(run(&["losetup", "-d", &self.device]));
    }
}

/// Saves until it is stopped after so many; the title of the last save that was acknowledged, and of the last tried.
fn save(server: Server, from: u64, stop_after: u64, at_the_stop: impl FnOnce()) -> (u64, u64) {
    let call = server.caller();
    let (sender, saved) = mpsc::channel();
    let saving = thread::spawn(move || {
        for title in from + 1.. {
            let body = json!({"title": title.to_string()});
            match call("PUT", "/api/projects/boat/pages/index", &body) {
                Ok(answer) if answer.status == 200 => drop(sender.send(title)),
                _ => return title,
            }
        }
        from
    });
    let mut last = from;
    for _ in 0..stop_after {
        last = saved.recv().unwrap();
    }
    let process = server.process().to_string();
    run(&["kill", "-STOP", &process]).unwrap();
    at_the_stop();
    server.kill();
    let tried = saving.join().unwrap();
    for title in saved {
        last = title;
    }
    (last, tried)
}

/// Gives how many saves were acknowledged.
fn cut_power(system: &str, folder: &Path) -> Result<u64, String> {
    let (image, copy) = (folder.join("disk"), folder.join("after"));
    run(&["truncate", "-s", "400M", image.to_str().unwrap()])?;
    let force = if system == "ext4" { "-F" } else { "-f" };
    run(&[&format!("mkfs.{system}"), "-q", force, image.to_str().unwrap()])?;
    let program = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
    let (at, then) = (folder.join("live"), folder.join("again"));
    let (live, again) = (at.join("data"), then.join("data"));
    let mut dice = Dice::new(system.len() as u64);
    let (mut title, mut saves) = (0, 0);
    for cut in 0..CUTS {
        let mounted = Mounted::new(system, &image, &at)?;
        if cut == 0 {
            program.run(&["new", "Boat", "--data", live.to_str().unwrap()]).good();
        }
        let server = program.start(&["up", "--data", live.to_str().unwrap()]);
        let (acknowledged, tried) = save(server, title, 1 + dice.below(30), || {
            loop {
                // What the kernel writes by itself during the copy would be of another moment.
                let before = mounted.writes();
                run(&["cp", "--sparse=always", image.to_str().unwrap(), copy.to_str().unwrap()]).unwrap();
                if mounted.writes() == before {
                    break;
                }
            }
        });
        saves += acknowledged - title;
        title = tried;
        drop(mounted);
        let context = format!("{system}, cut {cut}");
        let mounted = Mounted::new(system, &copy, &then).map_err(|error| format!("{context}: {error}"))?;
        let server = program.start(&["up", "--data", again.to_str().unwrap()]);
        let found = server.get("/api/projects/boat/pages/index").data()["title"].as_str().unwrap().to_owned();
        let number: u64 = found.parse().unwrap_or(0);
        assert!(
            number >= acknowledged && number <= tried,
            "{context}: {found}, {acknowledged} was acknowledged"
        );
        let sound = server.get("/api/validation/run").data();
        let errors =
            sound["findings"].as_array().into_iter().flatten().filter(|one| one["severity"] == "error");
        assert_eq!(errors.count(), 0, "{context}: {sound}");
        server.kill();
        drop(mounted);
    }
    Ok(saves)
}

#[test]
fn after_a_power_cut_every_acknowledged_save_is_there_and_nothing_needs_repair() {
    if !long_form() {
        return;
    }
    let mut done = 0;
    for system in ["ext4", "xfs", "btrfs"] {
        let folder = tempfile::Builder::new().prefix("accid-power").tempdir().unwrap();
        let possible = run(&[
            "sh",
            "-c",
            &format!("command -v mkfs.{system} && command -v losetup && [ $(id -u) = 0 ]"),
        ]);
        if possible.is_err() {
            eprintln!("{system} cannot be made or mounted here; power cuts on it were NOT tested.");
            continue;
        }
        let saves = cut_power(system, folder.path()).unwrap_or_else(|error| panic!("{error}"));
        FOUND.keep(system, &format!("| {system} | {CUTS} | {saves} | 0 | 0 |"));
        done += 1;
    }
    assert!(done > 0 || run(&["id", "-u"]).as_deref() != Ok("0"), "not one file system could be tried");
}
