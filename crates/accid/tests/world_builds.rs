//! A folder with a real build command, through the program itself: it runs on the owner's word alone, its output is a
//! version that is published, and however a build is ended, nothing that it started goes on.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    os::unix::fs::PermissionsExt as _,
    process::Command,
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use accid_test::{Sandbox, Server, long_form};
use serde_json::{Value, json};

/// Longest wait for anything; nothing is measured.
const PATIENCE: Duration = Duration::from_secs(30);
/// Makes a site of what stands in `source`.
const MAKES: &str = "/bin/mkdir -p dist/assets
echo \"<h1>$(/bin/cat source)</h1>\" > dist/index.html
echo 'one()' > dist/assets/app.js
echo ran >> runs
echo made the site";
/// Starts a program and waits for it; both hold the pipe `life` open as long as they live.
const WAITS: &str = "trap '' TERM
exec 3> life
echo started >&3
/bin/sleep 3000 &
wait
/bin/sleep 3000";

fn sandbox(script: &str) -> Sandbox {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
    fs::create_dir(sandbox.path("shop")).unwrap();
    sandbox.write(&sandbox.path("shop/source"), "One");
    write_script(&sandbox, script);
    let folder = sandbox.text("shop");
    let recipe = ["--folder", &folder, "--command", "./build.sh", "--output", "dist", "--minutes", "1"];
    sandbox.run(&[&["new", "Shop", "--type", "react"], &recipe[..]].concat()).good();
    sandbox
}

fn write_script(sandbox: &Sandbox, script: &str) {
    let file = sandbox.path("shop/build.sh");
    sandbox.write(&file, &format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
}

/// The owner's word, as a program gives it that has read the command.
fn approve(sandbox: &Sandbox) -> String {
    let refused = sandbox.run(&["build", "shop"]).refused();
    let (_, fingerprint) = refused.split_once("--approve ").expect("the command is shown and asked for");
    assert!(refused.contains("./build.sh"), "{refused}");
    fingerprint.trim().to_owned()
}

#[test]
fn a_command_runs_on_the_owners_word_and_what_it_wrote_is_published() {
    let sandbox = sandbox(MAKES);
    let word = approve(&sandbox);
    assert!(!sandbox.path("shop/runs").exists(), "nothing ran before the owner's word");
    assert!(
        sandbox.run(&["build", "shop", "--approve", "0123456789ab"]).refused().contains("Nothing was run")
    );
    assert!(!sandbox.path("shop/runs").exists(), "a word for another command runs nothing");
    let said = sandbox.run(&["build", "shop", "--approve", &word]).good();
    assert!(said.starts_with("Built shop: 2 files"), "{said}");
    let one = sandbox.json(&["snapshot", "shop", "-m", "One"]);

    let url = format!("file://{}", sandbox.text("www"));
    sandbox.run(&["env", "set", "shop", "production", "--url", &url]).good();
    sandbox.run(&["deploy", "shop", "production"]).good();
    let published = || {
        let files = Sandbox::files(&sandbox.path("www")).into_iter();
        let own = sandbox.path("www/.accid");
        let mut shown: Vec<(String, String)> = files
            .filter(|(path, _)| !path.starts_with(&own))
            .map(|(path, bytes)| {
                let name = path.strip_prefix(sandbox.path("www")).unwrap().display().to_string();
                (name, String::from_utf8(bytes).unwrap())
            })
            .collect();
        shown.sort();
        shown
    };
    let site = |title: &str| {
        [("assets/app.js", "one()\n".to_owned()), ("index.html", format!("<h1>{title}</h1>\n"))]
            .map(|(name, text)| (name.to_owned(), text))
    };
    assert_eq!(published(), site("One"));

    sandbox.write(&sandbox.path("shop/source"), "Two");
    sandbox.run(&["build", "shop"]).good();
    assert_eq!(published(), site("One"), "a build publishes nothing by itself");
    sandbox.run(&["deploy", "shop", "production"]).good();
    assert_eq!(published(), site("Two"));
    sandbox.run(&["rollback", "shop", "production"]).good();
    assert_eq!(published(), site("One"));
    sandbox.run(&["deploy", "shop", "production"]).good();
    assert_eq!(published(), site("Two"));
    let words = ["restore", "shop", one["id"].as_str().unwrap(), "--path", "builds/site.json"];
    sandbox.run(&words).good();
    sandbox.run(&["deploy", "shop", "production"]).good();
    assert_eq!(published(), site("One"), "each output is a version that can be brought back");
    // A publish takes what was built, and runs nothing.
    assert_eq!(sandbox.read(&sandbox.path("shop/runs")), "ran\nran\n");
}

#[test]
fn a_failing_command_is_told_with_its_exit_code_and_last_lines_and_keeps_nothing() {
    let sandbox = sandbox(MAKES);
    let word = approve(&sandbox);
    sandbox.run(&["build", "shop", "--approve", &word]).good();
    let lines = "for number in 1 2 3 4 5 6 7; do echo \"line $number\"; done; echo half > dist/index.html";
    write_script(&sandbox, &format!("{lines}\necho 'no module app' >&2\nexit 7"));
    let said = sandbox.run(&["build", "shop"]);
    assert_eq!(said.code, 1, "{}", said.out);
    assert!(said.err.contains("exit code 7") && said.err.contains("\"no module app\""), "{}", said.err);
    assert!(said.err.contains("\"line 7\"") && !said.err.contains("\"line 1\""), "{}", said.err);
    let url = format!("file://{}", sandbox.text("www"));
    sandbox.run(&["env", "set", "shop", "production", "--url", &url]).good();
    sandbox.run(&["deploy", "shop", "production"]).good();
    assert_eq!(sandbox.read(&sandbox.path("www/index.html")), "<h1>One</h1>\n", "the last whole build stays");

    write_script(&sandbox, "/bin/rm -r dist; /bin/ln -s /etc dist");
    let said = sandbox.run(&["build", "shop"]);
    assert!(said.code == 1 && said.err.contains("link"), "{}", said.err);
}

/// A server that builds, and what says that all of the build is gone: the end of a pipe which its processes hold open.
struct Running {
    sandbox: Sandbox,
    server: Server,
    job: String,
    gone: Receiver<()>,
}

fn running() -> Running {
    let sandbox = sandbox(WAITS);
    let pipe = sandbox.path("shop/life");
    assert!(Command::new("/usr/bin/mkfifo").arg(&pipe).status().unwrap().success());
    let server = sandbox.start(&["up"]);
    let command = server.get("/api/projects/shop/build-command").data();
    let word = json!({"fingerprint": command["fingerprint"]});
    server.call("POST", "/api/projects/shop/build-command/approve", &word).data();
    let job = server.call("POST", "/api/projects/shop/build", &json!({})).data();
    let (started, wait) = mpsc::channel();
    let (ended, gone) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(fs::File::open(&pipe).unwrap());
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        started.send(line).unwrap();
        reader.read_to_end(&mut Vec::new()).unwrap();
        ended.send(()).unwrap_or_default();
    });
    assert_eq!(wait.recv_timeout(PATIENCE).unwrap(), "started\n");
    assert!(gone.try_recv().is_err(), "the build runs");
    Running { sandbox, server, job: job["id"].as_str().unwrap().to_owned(), gone }
}

fn wait_for(server: &Server, job: &str) -> Value {
    loop {
        let view = server.get(&format!("/api/jobs/{job}")).data();
        if view["state"] != "running" {
            return view;
        }
        thread::yield_now();
    }
}

#[test]
fn cancelling_a_build_ends_all_that_it_started() {
    let Running { sandbox, server, job, gone } = running();
    server.call("DELETE", &format!("/api/jobs/{job}"), &json!({})).data();
    gone.recv_timeout(PATIENCE).expect("a process of the build lives on");
    assert_eq!(wait_for(&server, &job)["state"], "cancelled");
    assert!(sandbox.json(&["history", "shop"])["items"].is_array(), "the project is free again");
}

#[test]
fn a_build_ends_with_accid_whether_it_is_asked_to_stop_or_killed() {
    let Running { sandbox: _sandbox, server, gone, .. } = running();
    let status = server.terminate(PATIENCE);
    assert!(status.is_some_and(|status| status.success()), "{status:?}");
    gone.recv_timeout(PATIENCE).expect("a process of the build outlived ACCID that was stopped");

    let Running { sandbox: _sandbox, server, gone, .. } = running();
    server.kill();
    gone.recv_timeout(PATIENCE).expect("a process of the build outlived ACCID that was killed");
}

#[test]
fn a_build_that_takes_longer_than_it_may_is_ended() {
    // The shortest limit is a minute; the runner's own tests take a shorter one every time.
    if !long_form() {
        return;
    }
    let Running { sandbox: _sandbox, server, job, gone } = running();
    gone.recv_timeout(PATIENCE * 4).expect("the build goes on");
    let view = wait_for(&server, &job);
    assert!(view["problem"].as_str().unwrap().contains("longer than 1 minute"), "{view}");
}
