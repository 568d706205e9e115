//! A project as one zip: what goes in comes out again with its history, and a hostile archive is refused whole.

use std::{
    collections::BTreeMap,
    io::{Cursor, Write as _},
    path::Path,
};

use accid_base::Vfs as _;
use serde_json::{Value, json};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::support::TestApp;

const ID: &str = "019ca8b4-2d80-7000-8000-0000000000aa";

/// Every file of a project that is no secret and cannot be made again.
fn files(app: &TestApp, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let below = |(path, bytes): (std::path::PathBuf, Vec<u8>)| {
        let name = path.strip_prefix(folder).ok()?.to_string_lossy().into_owned();
        let left_out =
            name.starts_with("derived/") || name.contains("dropper") || name.contains("derived.json");
        (!left_out).then_some((name, bytes))
    };
    app.vfs.files().into_iter().filter_map(below).collect()
}

async fn import(app: &TestApp, file: &str) -> crate::support::Reply {
    app.post("/api/import/project-zip?wait=true", json!({ "file": file })).await
}

#[tokio::test]
async fn a_zip_brings_a_project_to_another_studio_with_documents_and_history() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let at = format!("/api/projects/{project}");
    app.post(&format!("{at}/time-machine/snapshot"), json!({"message": "Regatta"})).await.data();
    let media = accid_base::ContentHash::of(b"an original");
    app.vfs.create_folders(Path::new("/data/projects/yacht/media")).unwrap();
    app.vfs.write(Path::new(&format!("/data/projects/yacht/media/{media}.jpg")), b"an original").unwrap();
    let made = app.post(&format!("{at}/zip?wait=true"), json!({"file": "/out/yacht.zip"})).await;
    assert_eq!(made.status, 200, "{made:?}");
    let twice = app.post(&format!("{at}/zip?wait=true"), json!({"file": "/out/yacht.zip"})).await;
    twice.is_problem(400, "invalid_path");
    app.studio.close().unwrap();
    let other = TestApp::new();
    other.vfs.write(Path::new("/in.zip"), &app.vfs.read(Path::new("/out/yacht.zip")).unwrap()).unwrap();
    let taken = import(&other, "/in.zip").await.data();
    assert_eq!((&taken["copy"], &taken["project"]), (&json!(false), &json!("yacht")), "{taken}");
    let same = other.get(&format!("{at}/pages/{page}")).await.data();
    assert_eq!(same, app.get(&format!("{at}/pages/{page}")).await.data());
    let versions = other.get(&format!("{at}/time-machine/snapshots")).await.data();
    assert_eq!(versions, app.get(&format!("{at}/time-machine/snapshots")).await.data());
    other.studio.close().unwrap();
    let (before, after) = (files(&app, "/data/projects/yacht"), files(&other, "/data/projects/yacht"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, bytes) in before {
        assert!(after[&name].starts_with(&bytes), "{name}");
    }
    let copy = import(&other, "/in.zip").await.data();
    assert_eq!(copy["copy"], true, "{copy}");
    assert_eq!(other.get("/api/projects").await.data()["total"], 2);
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn hostile_archives_are_refused_with_a_sentence_and_nothing_is_written() {
    let app = TestApp::new();
    let blotter: Value = json!({"id": ID, "slug": "x", "name": "X", "type": "html"});
    let blotter = serde_json::to_vec(&blotter).unwrap();
    let own = ("accid_blotter.json", blotter.as_slice());
    let secret = format!(r#"{{"id": "{ID}", "credentials": {{"production": {{}}}}}}"#);
    let zeros = vec![0; 140_000_000];
    let media = format!("media/{}.jpg", "ab".repeat(32));
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("no archive", b"PK but not really".to_vec()),
        ("no project", archive(&[("index.html", b"x")])),
        ("leads out", archive(&[own, ("../outside.json", b"{}")])),
        ("absolute", archive(&[own, ("/etc/passwd", b"x")])),
        ("backslash", archive(&[own, ("pages\\..\\..\\x.json", b"{}")])),
        ("device", archive(&[own, ("pages/con.json", b"{}")])),
        ("twice by case", archive(&[own, ("pages/A.json", b"{}"), ("pages/a.json", b"{}")])),
        ("secrets", archive(&[own, ("keys/tokens/x.json", b"{}")])),
        ("passwords", archive(&[("accid_blotter.json", secret.as_bytes())])),
        ("broken blotter", archive(&[("accid_blotter.json", b"{ half")])),
        ("wrong original", archive(&[own, (&media, b"another")])),
        ("bomb", archive(&[own, ("pages/zeros.txt", &zeros)])),
    ];
    let before = app.vfs.files();
    for (what, bytes) in cases {
        app.vfs.write(Path::new("/in.zip"), &bytes).unwrap();
        let reply = import(&app, "/in.zip").await;
        let problem = reply.is_problem(422, "invalid_value");
        assert!(problem["error"].as_str().unwrap().contains("nothing was written"), "{what}: {problem}");
        let mut after = app.vfs.files();
        after.remove(Path::new("/in.zip"));
        assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "{what}");
    }
}
