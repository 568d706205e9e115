//! Disk use, giving back what can be made again, the log, repairs one by one, and the bundle for those who help.

use std::io::Read as _;

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn disk_use_is_told_by_project_and_kind_and_the_derived_part_can_be_given_back() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let built = app.post(&format!("/api/html-builder/{project}/export-static?wait=true"), json!({})).await;
    assert!(built.status.is_success(), "{built:?}");
    let disk = app.get("/api/system/disk").await.data();
    let one = &disk["projects"][0];
    assert_eq!(one["name"], "Yacht");
    let parts = ["originals", "documents", "history", "derived", "quarantine"];
    let sum: u64 = parts.iter().map(|part| one[part].as_u64().unwrap()).sum();
    assert_eq!(one["total"].as_u64().unwrap(), sum);
    let derived = one["derived"].as_u64().unwrap();
    assert!(
        derived > 0 && one["documents"].as_u64().unwrap() > 0 && one["history"].as_u64().unwrap() > 0,
        "{one}"
    );
    let nothing = app.post("/api/system/clean-up", json!({"projects": ["another"]})).await.data();
    assert_eq!(nothing["freed"], 0);
    let cleaned = app.post("/api/system/clean-up", json!({})).await.data();
    assert_eq!(cleaned, json!({"freed": derived, "busy": []}));
    let after = app.get("/api/system/disk").await.data();
    assert_eq!(after["projects"][0]["derived"], 0);
    assert_eq!(after["projects"][0]["documents"], one["documents"]);
    let again = app.post(&format!("/api/html-builder/{project}/export-static?wait=true"), json!({})).await;
    assert!(again.status.is_success(), "it is made again: {again:?}");
    assert_eq!(app.get("/api/system/disk").await.data()["projects"][0]["derived"], derived);
}

#[tokio::test]
async fn the_log_is_read_by_level_text_and_number() {
    let app = TestApp::new();
    let at = "2026-03-01T12:00:00Z".parse().unwrap();
    app.log.write(at, "WARN", "the_log_of_this_test began", "a=1");
    app.log.write(at, "INFO", "the_log_of_this_test went on", "a=2");
    let read = |query: &str| format!("/api/system/log?q=the_log_of_this_test{query}");
    let lines = app.get(&read("")).await.data()["lines"].as_array().unwrap().clone();
    assert_eq!(lines.len(), 2, "{lines:?}");
    let grave = app.get(&read("&level=warn")).await.data();
    assert_eq!(grave["lines"].as_array().unwrap().len(), 1);
    let later = app.get(&read(&format!("&after={}", lines[0]["number"]))).await.data();
    assert_eq!(later["lines"][0]["details"], "a=2");
    app.get(&read("&level=loud")).await.is_problem(422, "invalid_value");
}

#[tokio::test]
async fn repairs_are_proposed_and_done_one_by_one() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let second = app.post(&format!("/api/projects/{project}/pages"), json!({"title": "Second"})).await;
    assert_eq!(second.status, 201);
    app.studio.close().unwrap();
    let pages: Vec<_> =
        app.vfs.files().into_keys().filter(|path| path.to_string_lossy().contains("/pages/")).collect();
    for page in &pages {
        accid_base::Vfs::write(&*app.vfs, page, b"{ cut off").unwrap();
    }
    let found = app.get("/api/validation/run").await.data();
    let proposals = found["proposals"].as_array().unwrap();
    assert_eq!(proposals.len(), pages.len(), "{found}");
    assert!(proposals[0]["repair"].as_str().unwrap().contains("last saved state"), "{found}");
    let one = json!({"proposals": [proposals[0]["id"]]});
    let done = app.post("/api/validation/repair", one).await.data();
    assert_eq!(done["repaired"].as_array().unwrap().len(), 1, "{done}");
    let left = app.get("/api/validation/run").await.data();
    assert_eq!(left["proposals"].as_array().unwrap().len(), pages.len() - 1);
    app.post("/api/validation/repair", json!({})).await.data();
    assert_eq!(app.get("/api/validation/run").await.data()["proposals"], json!([]));
}

#[tokio::test]
async fn the_support_bundle_holds_no_content_no_name_and_no_secret() {
    let app = TestApp::new();
    let project = app.post("/api/projects", json!({"name": "Canary Content", "type": "html"})).await.data();
    let at = format!("/api/projects/{}", project["id"].as_str().unwrap());
    app.post(&format!("{at}/pages"), json!({"title": "Canary Page"})).await;
    let place =
        json!({"url": "ftp://canary-user@canary.example/site", "public_url": "https://canary.example"});
    assert_eq!(app.put(&format!("{at}/environments/production"), place).await.status, 200);
    let login =
        app.post(&format!("{at}/ftp-credentials/production"), json!({"password": "canary-password"})).await;
    assert_eq!(login.status, 200, "{login:?}");
    let token = app.post("/api/vault/pairings", json!({"name": "Canary Tool"})).await.data()["token"].clone();
    let token = token.as_str().unwrap();
    let now = "2026-03-01T12:00:00Z".parse().unwrap();
    for said in [
        "canary-content",
        "Canary Content",
        token,
        "canary.example",
        "canary-user@canary.example",
        "/home/canary/x",
    ] {
        app.log.write(now, "info", &format!("said {said} here"), &format!("path={said}"));
    }
    let reply = app.get("/api/system/support-bundle").await;
    assert_eq!(reply.header("content-type"), "application/zip");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(reply.body.to_vec())).unwrap();
    assert_eq!(zip.len(), 6);
    for wanted in ["about.json", "settings.json", "projects.json", "findings.json", "machine.json", "log.txt"]
    {
        let mut text = String::new();
        zip.by_name(wanted).unwrap().read_to_string(&mut text).unwrap();
        assert!(!text.to_lowercase().contains("canary"), "{wanted}: {text}");
        assert!(!text.contains(token), "{wanted} holds the token");
    }
}
