//! The commands, run as a person would, on a data folder of their own: in this process, and through a running studio.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::{fs, path::Path};

use accid_test::Sandbox;
use serde_json::{Value, json};

fn sandbox() -> Sandbox {
    Sandbox::new(env!("CARGO_BIN_EXE_accid"))
}

/// A sandbox with one project and a page "about" in it.
fn sandbox_with_project() -> Sandbox {
    let sandbox = sandbox();
    sandbox.run(&["new", "Café au Port", "--type", "html"]).good();
    sandbox
}

/// Changes the title of the project's first page as an editor of files would, with nothing running.
fn edit_title(sandbox: &Sandbox, title: &str) {
    let path = sandbox.project_folder("cafe-au-port").join("pages/index.json");
    let mut page: Value = serde_json::from_str(&sandbox.read(&path)).unwrap();
    page["title"] = title.into();
    sandbox.write(&path, &(serde_json::to_string_pretty(&page).unwrap() + "\n"));
}

#[test]
fn a_project_is_made_and_listed() {
    let sandbox = sandbox();
    assert!(sandbox.run(&["list"]).good().contains("There are no projects yet"));
    let said = sandbox.run(&["new", "Café au Port", "--type", "html"]).good();
    assert_eq!(said.trim(), "Made the project \"Café au Port\" (cafe-au-port) of type html.");
    let listed = sandbox.json(&["list"]);
    assert_eq!(listed["items"][0]["slug"], "cafe-au-port");
    assert!(sandbox.run(&["list"]).good().contains("Café au Port"));
    assert!(sandbox.project_folder("cafe-au-port").join("accid_blotter.json").is_file());
}

#[test]
fn a_project_is_made_from_a_template() {
    let sandbox = sandbox();
    let said = sandbox.run(&["new", "Ada Byron", "--template", "business"]).good();
    assert_eq!(
        said.trim(),
        "Made the project \"Ada Byron\" (ada-byron) of type html from the template \"business\"."
    );
    assert!(sandbox.run(&["list"]).good().contains("Ada Byron"));
    let folder = sandbox.project_folder("ada-byron");
    let pages = Sandbox::files(&folder.join("pages")).len();
    assert!(pages > 1 && !Sandbox::files(&folder.join("media")).is_empty(), "{pages} pages");
    assert!(
        sandbox.read(&folder.join("pages/index.json")).contains("Ada Byron"),
        "its texts name the project"
    );
    let refused = sandbox.run(&["new", "Nobody", "--template", "palace"]).refused();
    assert!(refused.contains("no such template") && refused.contains("portfolio"), "{refused}");
    assert_eq!(sandbox.json(&["list"])["items"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_project_that_is_not_there_gets_a_plain_sentence() {
    let sandbox = sandbox();
    for words in [
        vec!["export", "nowhere"],
        vec!["history", "nowhere"],
        vec!["snapshot", "nowhere"],
        vec!["deploy", "nowhere", "production"],
        vec!["export", "../../etc"],
    ] {
        let sentence = sandbox.run(&words).refused();
        assert!(sentence.starts_with("accid: ") && sentence.contains("project"), "{words:?}: {sentence}");
    }
}

#[test]
fn what_is_not_a_command_is_a_usage_error() {
    let outcome = sandbox().run(&["dance"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("Usage:"));
}

#[test]
fn an_export_writes_the_site_into_the_named_folder() {
    let sandbox = sandbox_with_project();
    let said = sandbox.run(&["export", "cafe-au-port", "--out", "site"]).good();
    assert!(said.starts_with("Exported cafe-au-port to "), "{said}");
    let html = sandbox.read(&sandbox.path("site/index.html"));
    assert!(html.starts_with("<!DOCTYPE html>") || html.starts_with("<!doctype html>"));
    assert!(html.contains("Café au Port"));
    let again = sandbox.json(&["export", "cafe-au-port", "--out", "site"]);
    assert!(again["files"].as_u64().unwrap() >= 2);
}

#[test]
fn yesterday_comes_back_with_snapshot_history_and_restore() {
    let sandbox = sandbox_with_project();
    edit_title(&sandbox, "Before");
    let before = sandbox.json(&["snapshot", "cafe-au-port", "-m", "Good state"]);
    assert_eq!(before["message"], "Good state");
    edit_title(&sandbox, "A mistake");
    sandbox.run(&["snapshot", "cafe-au-port", "-m", "Bad state"]).good();
    let history = sandbox.run(&["history", "cafe-au-port"]).good();
    assert!(history.contains("Good state") && history.contains("Bad state"), "{history}");

    let version = before["id"].as_str().unwrap();
    let said = sandbox.run(&["restore", "cafe-au-port", version, "--path", "pages/index.json"]).good();
    assert!(said.starts_with("Brought pages/index.json back"), "{said}");
    let path = sandbox.project_folder("cafe-au-port").join("pages/index.json");
    assert!(sandbox.read(&path).contains("\"title\": \"Before\""));

    let bad = sandbox.json(&["history", "cafe-au-port"])["items"].as_array().unwrap().clone();
    let bad = bad.iter().find(|version| version["message"] == "Bad state").unwrap()["id"].clone();
    sandbox.run(&["restore", "cafe-au-port", bad.as_str().unwrap()]).good();
    assert!(sandbox.read(&path).contains("\"title\": \"A mistake\""));
    let unknown = "0190aaaa-0000-7000-8000-000000000000";
    assert!(sandbox.run(&["restore", "cafe-au-port", unknown]).refused().contains("version"));
}

#[test]
fn the_look_alone_comes_back_and_the_words_stay() {
    let sandbox = sandbox_with_project();
    let blotter = sandbox.project_folder("cafe-au-port").join("accid_blotter.json");
    let theme = |sandbox: &Sandbox| {
        let text = sandbox.read(&blotter);
        serde_json::from_str::<serde_json::Value>(&text).unwrap()["theme"]["name"].clone()
    };
    let (first, before) = (sandbox.json(&["snapshot", "cafe-au-port", "-m", "Before"]), theme(&sandbox));
    let other = if before == "darkroom" { "atelier" } else { "darkroom" };
    sandbox.write(&blotter, &sandbox.read(&blotter).replacen(before.as_str().unwrap(), other, 1));
    edit_title(&sandbox, "New words");
    sandbox.run(&["snapshot", "cafe-au-port", "-m", "After"]).good();
    assert_eq!(theme(&sandbox), other);
    let version = first["id"].as_str().unwrap();
    let said = sandbox.run(&["restore", "cafe-au-port", version, "--theme"]).good();
    assert!(said.starts_with("Brought the look of cafe-au-port back"), "{said}");
    assert_eq!(theme(&sandbox), before);
    let page = sandbox.project_folder("cafe-au-port").join("pages/index.json");
    assert!(sandbox.read(&page).contains("New words"), "the words stay");
    let again = sandbox.run(&["restore", "cafe-au-port", version, "--theme"]).good();
    assert!(again.starts_with("Nothing to bring back"), "{again}");
    let both = ["restore", "cafe-au-port", version, "--theme", "--path", "pages/index.json"];
    assert_ne!(sandbox.run(&both).code, 0);
}

#[test]
fn a_site_is_published_to_a_folder_and_a_second_time_only_what_changed() {
    let sandbox = sandbox_with_project();
    let url = format!("file://{}", sandbox.text("www"));
    assert!(sandbox.run(&["env", "list", "cafe-au-port"]).good().contains("not published anywhere"));
    assert!(sandbox.run(&["deploy", "cafe-au-port", "production"]).refused().contains("production"));
    sandbox.run(&["env", "set", "cafe-au-port", "production", "--url", &url]).good();
    assert!(sandbox.run(&["env", "list", "cafe-au-port"]).good().contains(&url));

    let plan = sandbox.json(&["deploy", "cafe-au-port", "production", "--dry-run"]);
    assert!(plan["added"].as_array().unwrap().len() >= 2);
    assert!(!sandbox.path("www/index.html").exists(), "a dry run writes nothing");
    let said = sandbox.run(&["deploy", "cafe-au-port", "production"]).good();
    assert!(said.starts_with("Published cafe-au-port to production"), "{said}");
    assert!(sandbox.read(&sandbox.path("www/index.html")).contains("Café au Port"));

    edit_title(&sandbox, "Another title");
    let second = sandbox.json(&["deploy", "cafe-au-port", "production"]);
    assert!(second["uploaded"].as_u64().unwrap() < plan["added"].as_array().unwrap().len() as u64);
    assert!(sandbox.read(&sandbox.path("www/index.html")).contains("Another title"));

    sandbox.run(&["env", "remove", "cafe-au-port", "production"]).good();
    assert!(sandbox.path("www/index.html").is_file(), "what was published stays");
}

#[test]
fn a_place_that_cannot_be_published_to_gets_a_plain_sentence() {
    let sandbox = sandbox_with_project();
    let set = sandbox.run(&["env", "set", "cafe-au-port", "production", "--url", "gopher://example.org"]);
    assert!(set.refused().contains("gopher"));
}

#[test]
fn what_was_removed_comes_back_until_the_trash_is_emptied() {
    let sandbox = sandbox_with_project();
    assert!(sandbox.run(&["trash", "list"]).good().contains("The trash is empty"));
    let server = sandbox.start(&["up"]);
    server.call("DELETE", "/api/projects/cafe-au-port", &json!({})).data();
    let entries = sandbox.json(&["trash", "list"]);
    let entry = entries["items"][0]["entry"].as_str().unwrap().to_owned();
    assert_eq!(entries["items"][0]["kind"], "project");
    sandbox.run(&["trash", "restore", &entry]).good();
    assert_eq!(sandbox.json(&["list"])["items"][0]["slug"], "cafe-au-port");
    server.call("DELETE", "/api/projects/cafe-au-port", &json!({})).data();
    assert!(sandbox.run(&["trash", "empty"]).good().contains("1 thing removed for good"));
    assert!(sandbox.run(&["trash", "restore", &entry]).refused().contains(&entry));
}

#[test]
fn a_damaged_file_is_named_and_mended_and_nothing_is_thrown_away() {
    let sandbox = sandbox_with_project();
    sandbox.run(&["snapshot", "cafe-au-port"]).good();
    assert!(sandbox.run(&["validate"]).good().contains("all are well"));
    let page = sandbox.project_folder("cafe-au-port").join("pages/index.json");
    sandbox.write(&page, "{\"title\": \"half a fi");
    let found = sandbox.run(&["validate"]).good();
    assert!(found.contains("pages/index.json"), "{found}");
    sandbox.run(&["validate", "--repair"]).good();
    let text = sandbox.read(&page);
    assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
    let quarantined = Sandbox::files(&sandbox.project_folder("cafe-au-port"));
    assert!(
        quarantined.iter().any(|(_, bytes)| bytes == b"{\"title\": \"half a fi"),
        "the damaged file was kept"
    );
}

#[test]
fn photos_are_added_from_a_folder_and_what_is_no_picture_is_named() {
    let sandbox = sandbox_with_project();
    fs::create_dir(sandbox.path("pictures")).unwrap();
    fs::write(sandbox.path("pictures/dot.png"), PNG).unwrap();
    fs::write(sandbox.path("pictures/broken.jpg"), b"not a picture").unwrap();
    fs::write(sandbox.path("pictures/notes.txt"), b"not looked at").unwrap();
    let said = sandbox.run(&["photos", "add", "cafe-au-port", "pictures"]).good();
    assert!(said.starts_with("Added 1 photo to cafe-au-port."), "{said}");
    assert!(said.contains("broken.jpg") && !said.contains("notes.txt"), "{said}");
    assert_eq!(sandbox.json(&["list"])["items"][0]["photos"], 1);
    assert!(sandbox.run(&["photos", "add", "cafe-au-port", "nowhere.jpg"]).refused().contains("nowhere.jpg"));
}

/// The smallest PNG: one white pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00,
    0x00, 0x00, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0xF8, 0x0F, 0x00, 0x01, 0x01, 0x01, 0x00,
    0x1C, 0xB0, 0x8C, 0x99, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

#[test]
fn commands_go_through_a_running_studio() {
    let sandbox = sandbox_with_project();
    let server = sandbox.start(&["up"]);
    sandbox.run(&["new", "Made through the studio"]).good();
    let listed = server.get("/api/projects").data();
    assert_eq!(listed["total"], 2);
    sandbox.run(&["snapshot", "cafe-au-port", "-m", "While it runs"]).good();
    let versions = server.get("/api/projects/cafe-au-port/time-machine/snapshots").data();
    assert!(
        versions["items"].as_array().unwrap().iter().any(|version| version["message"] == "While it runs")
    );
    sandbox.run(&["export", "cafe-au-port", "--out", "site"]).good();
    assert!(sandbox.path("site/index.html").is_file());
    assert!(sandbox.run(&["export", "nowhere"]).refused().contains("project"));
}

#[test]
fn completions_are_printed_for_every_shell() {
    let sandbox = sandbox();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(sandbox.run(&["completions", shell]).good().contains("snapshot"), "{shell}");
    }
    assert!(!Path::new(&sandbox.data()).exists(), "printing completions touches no data");
}

/// What git says, or its complaint.
fn git(folder: &Path, words: &[&str]) -> String {
    let output = std::process::Command::new("git").arg("-C").arg(folder).args(words).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "git {words:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[test]
fn the_history_becomes_a_git_repository_that_git_finds_sound() {
    let sandbox = sandbox_with_project();
    for title in ["One", "Two & <three>"] {
        edit_title(&sandbox, title);
        sandbox.run(&["snapshot", "cafe-au-port", "-m", title]).good();
    }
    let version = sandbox.json(&["history", "cafe-au-port"])["items"][0]["id"].as_str().unwrap().to_owned();
    let marked =
        sandbox.run(&["mark", "cafe-au-port", &version, "--name", "Ünique", "--note", "Line\none"]).good();
    assert!(marked.contains("is always kept"), "{marked}");
    let versions = sandbox.json(&["history", "cafe-au-port"])["items"].as_array().unwrap().len();
    let out = sandbox.text("as-git");
    let done = sandbox.json(&["git-export", "cafe-au-port", &out]);
    assert_eq!(done["commits"].as_u64().unwrap() as usize, versions);
    let folder = Path::new(&out);
    git(folder, &["fsck", "--strict", "--full"]);
    let log = git(folder, &["log", "--format=%an|%s"]);
    assert_eq!(log.lines().count(), versions, "{log}");
    assert!(log.starts_with("owner|Ünique\n"), "{log}");
    assert_eq!(git(folder, &["status", "--porcelain"]), "", "the files are those of the last commit");
    assert!(git(folder, &["show", "HEAD:pages/index.json"]).contains("Two & <three>"));
    let head = git(folder, &["rev-parse", "HEAD"]);

    // The same versions are the same commits; one more is one more.
    sandbox.run(&["git-export", "cafe-au-port", &out]).good();
    assert_eq!(git(folder, &["rev-parse", "HEAD"]), head);
    edit_title(&sandbox, "Four");
    sandbox.run(&["git-export", "cafe-au-port", &out]).good();
    git(folder, &["fsck", "--strict", "--full"]);
    assert_eq!(git(folder, &["rev-parse", "HEAD~1"]), head);

    // A folder of somebody else's stays as it is.
    let theirs = sandbox.text("theirs");
    fs::create_dir_all(&theirs).unwrap();
    fs::write(Path::new(&theirs).join("notes.txt"), "mine").unwrap();
    let refused = sandbox.run(&["git-export", "cafe-au-port", &theirs]).refused();
    assert!(refused.contains("files that ACCID did not write"), "{refused}");
    assert_eq!(Sandbox::files(Path::new(&theirs)).len(), 1);
}

#[test]
fn how_many_versions_are_kept_is_said_changed_and_set_back() {
    let sandbox = sandbox_with_project();
    let said = sandbox.run(&["retention", "cafe-au-port"]).good();
    assert!(said.contains("By the settings") && said.contains("Nothing has to go"), "{said}");
    let said = sandbox.run(&["retention", "cafe-au-port", "--automatic", "3", "--max-age", "90"]).good();
    assert!(said.contains("By its own rules") && said.contains("older than 90 days"), "{said}");
    let said = sandbox.run(&["retention", "cafe-au-port", "--default", "--apply"]).good();
    assert!(said.contains("By the settings"), "{said}");
}
