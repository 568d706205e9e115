//! Attacks of `docs/attacks.md` that need the real disk: links in a project that lead out of it.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]
#![cfg(unix)]

use std::{fs, os::unix::fs::symlink};

use accid_test::Sandbox;
use serde_json::json;

#[test]
fn a_link_in_a_project_is_neither_read_nor_written_through() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
    sandbox.run(&["new", "Boat", "--type", "html"]).good();
    let (project, outside) = (sandbox.project_folder("boat"), sandbox.path("outside"));
    fs::create_dir_all(&outside).unwrap();
    let page = sandbox.read(&project.join("pages/index.json"));
    let secret = page.replace("\"slug\": \"index\"", "\"slug\": \"stolen\"").replacen(
        "\"title\": \"",
        "\"title\": \"canary ",
        1,
    );
    fs::write(outside.join("stolen.json"), &secret).unwrap();
    // A document, a whole collection, the originals.
    symlink(outside.join("stolen.json"), project.join("pages/stolen.json")).unwrap();
    for folder in ["albums", "media"] {
        if project.join(folder).exists() {
            fs::remove_dir_all(project.join(folder)).unwrap();
        }
        symlink(&outside, project.join(folder)).unwrap();
    }
    let before = Sandbox::files(&outside);
    sandbox.run(&["export", "boat", "--out", &sandbox.text("site")]).good();
    let server = sandbox.start(&["up"]);
    for path in ["pages", "pages/stolen", "modules", "time-machine/snapshots", "search?q=canary"] {
        let told = server.get(&format!("/api/projects/boat/{path}")).body.to_string();
        assert!(!told.contains("canary"), "{path}: {told}");
    }
    assert_eq!(server.get("/api/gallery/boat/albums").data()["total"], 0);
    server.call("POST", "/api/gallery/boat/albums", &json!({"title": "Through the link"}));
    server.call("POST", "/api/projects/boat/time-machine/snapshot", &json!({"message": "After"}));
    server.call("POST", "/api/system/clean-up", &json!({}));
    server.terminate(std::time::Duration::from_secs(20));
    sandbox.run(&["validate"]);
    sandbox.run(&["photos", "add", "boat", outside.to_str().unwrap()]);
    assert_eq!(Sandbox::files(&outside), before, "nothing outside was touched");
    for (path, bytes) in Sandbox::files(&sandbox.path("site")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("canary"), "{}", path.display());
    }
}
