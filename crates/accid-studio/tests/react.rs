//! A project that stands for a folder: its command runs on the owner's word alone, what it writes is a version, and what
//! could lead out of the folder is refused.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "tests on the real disk too"
)]

mod common;

use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use accid_base::{ErrorCode, MemoryVfs, Problem, Progress, Vfs as _};
use accid_model::ProjectType;
use accid_studio::{
    ApproveBuild, BuildCommandView, BuildEnd, BuildOrder, BuildRunner, CreateProject, SetBuildCommand,
};
use common::{Bench, administer, bench, publish, read, write};

const SHOP: &str = "/home/ada/shop";

/// Writes files as a build would, and remembers what it was told to run.
struct Maker {
    vfs: MemoryVfs,
    files: Mutex<Vec<(&'static str, String)>>,
    end: Mutex<BuildEnd>,
    runs: AtomicUsize,
}

impl BuildRunner for Maker {
    fn run(&self, order: &BuildOrder, progress: &dyn Progress) -> Result<BuildEnd, String> {
        assert_eq!(order.folder, Path::new(SHOP));
        self.runs.fetch_add(1, Ordering::Relaxed);
        progress.line("\u{1b}[32mvite\u{1b}[0m building");
        for (name, text) in self.files.lock().unwrap().iter() {
            let file = Path::new(SHOP).join("dist").join(name);
            self.vfs.create_folders(file.parent().unwrap()).unwrap();
            self.vfs.write(&file, text.as_bytes()).unwrap();
        }
        Ok(self.end.lock().unwrap().clone())
    }

    fn stop_all(&self) {}
}

fn shop() -> (Bench, Arc<Maker>, String) {
    let bench = bench();
    bench.vfs.create_folders(Path::new(SHOP)).unwrap();
    let maker = Arc::new(Maker {
        vfs: bench.vfs.clone(),
        files: Mutex::new(vec![
            ("index.html", "<h1>One</h1>".to_owned()),
            ("assets/app.js", "one()".to_owned()),
        ]),
        end: Mutex::new(BuildEnd::Done),
        runs: AtomicUsize::new(0),
    });
    bench.studio.use_runner(maker.clone());
    let request = CreateProject { name: "Shop".to_owned(), project_type: ProjectType::React, template: None };
    let slug = bench.studio.projects().create(&write(), &request).unwrap().slug.to_string();
    (bench, maker, slug)
}

fn set(bench: &Bench, command: &str, output: &str) -> Result<BuildCommandView, Problem> {
    let request = SetBuildCommand {
        folder: Some(SHOP.to_owned()),
        command: Some(command.to_owned()),
        output: Some(output.to_owned()),
        minutes: None,
    };
    bench.studio.builds().set_command(&administer(), "shop", &request)
}

fn approve(bench: &Bench, fingerprint: &str) -> Result<BuildCommandView, Problem> {
    let word = ApproveBuild { fingerprint: fingerprint.to_owned() };
    bench.studio.builds().approve(&administer(), "shop", &word)
}

fn build(bench: &Bench) -> Result<serde_json::Value, Problem> {
    let job = bench.studio.builds().start(&publish(), "shop")?;
    Ok(bench.studio.jobs().wait(&read(), job.id.as_str())?.result.unwrap())
}

#[test]
fn a_command_runs_only_after_the_owners_word_and_each_change_asks_again() {
    let (bench, maker, _) = shop();
    assert_eq!(build(&bench).unwrap_err().code, ErrorCode::BuildFailed, "no command was named");
    let shown = set(&bench, "npm run build", "dist").unwrap();
    assert_eq!((shown.line.as_str(), shown.approved), ("npm run build", false));
    let asked = build(&bench).unwrap_err();
    assert_eq!(asked.code, ErrorCode::ApprovalNeeded);
    assert_eq!(asked.details["line"], "npm run build");
    assert_eq!(approve(&bench, &"0".repeat(64)).unwrap_err().code, ErrorCode::InvalidValue);
    assert!(approve(&bench, &shown.fingerprint).unwrap().approved);
    assert_eq!(build(&bench).unwrap()["files"], 2);
    for (command, output) in [("npm run build --evil", "dist"), ("npm run build", "out")] {
        let changed = set(&bench, command, output).unwrap();
        assert!(!changed.approved, "{command} {output}");
        assert_eq!(build(&bench).unwrap_err().code, ErrorCode::ApprovalNeeded);
        assert!(approve(&bench, &shown.fingerprint).is_err(), "yes was said to another one");
    }
    assert_eq!(maker.runs.load(Ordering::Relaxed), 1);
}

#[test]
fn an_edit_from_outside_or_a_restore_never_runs_what_nobody_saw() {
    let (bench, maker, _) = shop();
    let shown = set(&bench, "npm run build", "dist").unwrap();
    approve(&bench, &shown.fingerprint).unwrap();
    let version = bench.studio.history().snapshot(&write(), "shop", "npm").unwrap();
    bench.later();
    let other = set(&bench, "make site", "dist").unwrap();
    approve(&bench, &other.fingerprint).unwrap();
    let request = serde_json::from_value(serde_json::json!({"version": version.id})).unwrap();
    bench.studio.history().restore(&write(), "shop", &request).unwrap();
    assert_eq!(bench.studio.builds().command(&read(), "shop").unwrap().line, "npm run build");
    assert_eq!(build(&bench).unwrap_err().code, ErrorCode::ApprovalNeeded);
    assert_eq!(maker.runs.load(Ordering::Relaxed), 0);
}

#[test]
fn each_build_is_a_version_and_an_earlier_one_is_exported_without_building() {
    let (bench, maker, _) = shop();
    let shown = set(&bench, "npm run build", "dist").unwrap();
    approve(&bench, &shown.fingerprint).unwrap();
    let none = bench.studio.exports().start(&publish(), "shop").unwrap();
    assert_eq!(bench.studio.jobs().wait(&read(), none.id.as_str()).unwrap_err().code, ErrorCode::BuildFailed);
    build(&bench).unwrap();
    let first = bench.studio.history().snapshot(&write(), "shop", "First build").unwrap();
    bench.later();
    *maker.files.lock().unwrap() =
        vec![("index.html", "<h1>Two</h1>".to_owned()), ("new.css", "b{}".to_owned())];
    bench.vfs.remove_folder(&Path::new(SHOP).join("dist")).unwrap();
    build(&bench).unwrap();
    let out = bench.export("shop", "/home/ada/out");
    assert_eq!(out["files"], 2);
    assert_eq!(bench.file("/home/ada/out/index.html"), "<h1>Two</h1>");

    let request = serde_json::from_value(serde_json::json!({"version": first.id})).unwrap();
    bench.studio.history().restore(&write(), "shop", &request).unwrap();
    bench.export("shop", "/home/ada/out");
    assert_eq!(bench.file("/home/ada/out/index.html"), "<h1>One</h1>");
    assert_eq!(bench.file("/home/ada/out/assets/app.js"), "one()");
    assert!(!bench.vfs.exists(Path::new("/home/ada/out/new.css")), "what is not part of it goes");
    assert_eq!(maker.runs.load(Ordering::Relaxed), 2);

    bench.vfs.write(Path::new("/home/ada/out/own.txt"), b"somebody's").unwrap();
    let refused =
        bench.studio.exports().start_into(&administer(), "shop", "/home/ada/out".into()).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidPath);
}

#[test]
fn a_build_that_fails_or_is_stopped_changes_nothing_and_its_lines_can_be_read() {
    let (bench, maker, _) = shop();
    let shown = set(&bench, "npm run build", "dist").unwrap();
    approve(&bench, &shown.fingerprint).unwrap();
    build(&bench).unwrap();
    let built = bench.studio.builds().command(&read(), "shop").unwrap().built.unwrap().at;
    bench.later();
    for (end, code) in [
        (BuildEnd::Failed(Some(2)), ErrorCode::BuildFailed),
        (BuildEnd::TooLong, ErrorCode::BuildFailed),
        (BuildEnd::Stopped, ErrorCode::Cancelled),
    ] {
        *maker.end.lock().unwrap() = end;
        let job = bench.studio.builds().start(&publish(), "shop").unwrap();
        assert_eq!(bench.studio.jobs().wait(&read(), job.id.as_str()).unwrap_err().code, code);
        let log = bench.studio.jobs().log(&read(), job.id.as_str(), 1).unwrap();
        assert_eq!(log.lines[0].text, "vite building", "colours are left out");
        assert_eq!(bench.studio.builds().command(&read(), "shop").unwrap().built.unwrap().at, built);
    }
}

#[test]
fn a_recipe_that_leaves_its_folder_or_needs_a_shell_is_refused() {
    let (bench, ..) = shop();
    for (command, output) in [
        ("npm run build", "../dist"),
        ("npm run build", "/etc"),
        ("npm run build", ""),
        ("npm ci && npm run build", "dist"),
        ("", "dist"),
    ] {
        assert_eq!(
            set(&bench, command, output).unwrap_err().code,
            ErrorCode::InvalidValue,
            "{command} {output}"
        );
    }
    for folder in ["shop", "/", "/data", "/data/projects/shop", "/home/ada/nowhere", "/home/ada/../shop"] {
        let request = SetBuildCommand {
            folder: Some(folder.to_owned()),
            command: Some("make".to_owned()),
            output: Some("dist".to_owned()),
            minutes: None,
        };
        assert!(bench.studio.builds().set_command(&administer(), "shop", &request).is_err(), "{folder}");
    }
    let site = bench.site("Harbour");
    assert!(bench.studio.builds().command(&read(), &site).is_err(), "a site has no build command");
}

#[cfg(unix)]
#[test]
fn an_output_with_a_link_or_a_name_no_host_takes_is_refused() {
    use std::os::unix::fs::symlink;
    let disk = tempfile::tempdir().unwrap();
    let base = disk.path().canonicalize().unwrap();
    let folder = base.join("shop");
    std::fs::create_dir_all(folder.join("dist/assets")).unwrap();
    std::fs::write(base.join("secret"), "secret").unwrap();
    let studio = accid_studio::Studio::open(accid_studio::StudioOptions {
        root: base.join("data"),
        vfs: Arc::new(accid_base::SystemVfs),
        clock: Arc::new(accid_base::FixedClock::at("2026-03-01T08:00:00Z")),
        random: Arc::new(accid_base::SequenceRandom::default()),
        background: accid_store::Background::Off,
        roles: accid_studio::Roles::all(),
        log: Arc::default(),
    })
    .unwrap();
    struct Nothing;
    impl BuildRunner for Nothing {
        fn run(&self, _: &BuildOrder, _: &dyn Progress) -> Result<BuildEnd, String> {
            Ok(BuildEnd::Done)
        }
        fn stop_all(&self) {}
    }
    studio.use_runner(Arc::new(Nothing));
    let request = CreateProject { name: "Shop".to_owned(), project_type: ProjectType::React, template: None };
    studio.projects().create(&write(), &request).unwrap();
    let request = SetBuildCommand {
        folder: Some(folder.display().to_string()),
        command: Some("make".to_owned()),
        output: Some("dist".to_owned()),
        minutes: None,
    };
    let shown = studio.builds().set_command(&administer(), "shop", &request).unwrap();
    studio.builds().approve(&administer(), "shop", &ApproveBuild { fingerprint: shown.fingerprint }).unwrap();
    let build = || {
        let job = studio.builds().start(&publish(), "shop").unwrap();
        studio.jobs().wait(&read(), job.id.as_str())
    };
    assert!(build().unwrap_err().sentence().contains("no file"), "an empty output is no site");
    std::fs::write(folder.join("dist/index.html"), "<h1>Shop</h1>").unwrap();

    symlink(base.join("secret"), folder.join("dist/assets/leak.txt")).unwrap();
    let refused = build().unwrap_err();
    assert!(refused.sentence().contains("is a link"), "{refused}");
    std::fs::remove_file(folder.join("dist/assets/leak.txt")).unwrap();

    std::fs::write(folder.join("dist/what?.html"), "x").unwrap();
    assert!(build().unwrap_err().sentence().contains("what?.html"));
    std::fs::remove_file(folder.join("dist/what?.html")).unwrap();

    let huge = std::fs::File::create(folder.join("dist/huge.bin")).unwrap();
    huge.set_len(201 * 1024 * 1024).unwrap();
    assert!(build().unwrap_err().sentence().contains("larger than 200 MB"));
    std::fs::remove_file(folder.join("dist/huge.bin")).unwrap();
    build().unwrap();

    // The output folder itself leads elsewhere.
    std::fs::rename(folder.join("dist"), base.join("elsewhere")).unwrap();
    symlink(base.join("elsewhere"), folder.join("dist")).unwrap();
    assert!(build().unwrap_err().sentence().contains("through a link"));
    assert_eq!(studio.builds().command(&read(), "shop").unwrap().built.unwrap().files, 1);
}
