//! Off-site backups from outside: the place, making one while people work, looking into it, restoring, the drill.

use std::path::Path;

use accid_base::Vfs as _;
use serde_json::{Value, json};

use crate::support::TestApp;

const PASSWORD: &str = "canary backup password";

async fn with_place() -> (TestApp, String) {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let place = json!({"url": "file:///stick/backup", "password": PASSWORD, "schedule": "daily"});
    let set = app.put("/api/backup", place).await;
    assert_eq!(set.status, 200, "{set:?}");
    assert!(!String::from_utf8_lossy(&set.body).contains("canary"));
    (app, project)
}

async fn done(app: &TestApp, path: &str, body: Value) -> Value {
    let reply = app.post(&format!("{path}?wait=true"), body).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.data()
}

#[tokio::test]
async fn a_place_is_named_and_a_backup_made_listed_looked_into_and_restored() {
    let (app, project) = with_place().await;
    assert_eq!(app.get("/api/backup/snapshots").await.data()["items"], json!([]));
    let run = done(&app, "/api/backup/run", json!({})).await;
    assert!(run["files"].as_u64().unwrap() >= 3, "{run}");
    let view = app.get("/api/backup").await.data();
    assert_eq!(view["last_good"]["snapshot"], run["snapshot"]);
    assert_eq!(view["place"]["has_password"], true);
    let again = done(&app, "/api/backup/run", json!({})).await;
    assert_eq!((&again["new"], &again["changed"]), (&json!(0), &json!(0)), "{again}");
    let items = app.get("/api/backup/snapshots").await.data()["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 2);
    let id = items[0]["id"].as_str().unwrap();
    let inside = app.get(&format!("/api/backup/snapshots/{id}/files?folder=projects")).await.data();
    assert_eq!(inside["items"][0]["path"], "projects/yacht", "{inside}");
    let back = done(&app, "/api/backup/restore", json!({"folder": "/out/all"})).await;
    assert_eq!(back["folder"], "/out/all");
    app.studio.close().unwrap();
    for (path, bytes) in app.vfs.files() {
        let Ok(below) = path.strip_prefix("/data/projects") else { continue };
        let name = below.to_string_lossy();
        if name.contains("/derived/") || name.ends_with("dropper.json") || name.ends_with("derived.json") {
            continue;
        }
        let restored = app.vfs.read(&Path::new("/out/all/projects").join(below));
        assert!(restored.is_ok_and(|restored| bytes.starts_with(&restored)), "{name}");
    }
    let one = json!({"folder": "/out/one", "path": "projects/yacht/accid_blotter.json"});
    assert_eq!(done(&app, "/api/backup/restore", one).await["files"], 1);
    let taken = app.post("/api/backup/restore?wait=true", json!({"folder": "/out/one"})).await;
    taken.is_problem(400, "invalid_path");
    assert!(app.get(&format!("/api/projects/{project}")).await.status.is_success());
}

#[tokio::test]
async fn a_project_is_restored_with_its_history_or_as_a_copy_when_it_is_here() {
    let (app, project) = with_place().await;
    let at = format!("/api/projects/{project}");
    app.post(&format!("{at}/time-machine/snapshot"), json!({"message": "Regatta"})).await.data();
    done(&app, "/api/backup/run", json!({})).await;
    let pages = app.get(&format!("{at}/pages")).await.data()["total"].clone();
    let copy = done(&app, "/api/backup/restore", json!({"project": "yacht"})).await;
    assert_eq!(copy["copy"], true, "{copy}");
    let slug = copy["project"].as_str().unwrap();
    assert_eq!(app.get(&format!("/api/projects/{slug}/pages")).await.data()["total"], pages);
    assert!(app.delete(&at).await.status.is_success());
    assert!(app.delete("/api/trash/empty").await.status.is_success());
    let back = done(&app, "/api/backup/restore", json!({"project": "yacht"})).await;
    assert_eq!((&back["copy"], &back["project"]), (&json!(false), &json!("yacht")), "{back}");
    let versions = app.get(&format!("{at}/time-machine/snapshots")).await.data();
    let named = versions["items"].as_array().unwrap().iter().any(|version| version["message"] == "Regatta");
    assert!(named, "{versions}");
    let left = app.vfs.files().into_keys().filter(|path| path.to_string_lossy().contains("incoming")).count();
    assert_eq!(left, 0, "what was put together aside is gone");
    let nowhere = app.post("/api/backup/restore?wait=true", json!({"project": "nobody"})).await;
    nowhere.is_problem(404, "backup_not_found");
}

#[tokio::test]
async fn a_restore_drill_says_when_a_backup_was_last_proved_restorable_and_leaves_nothing() {
    let (app, _) = with_place().await;
    app.post("/api/backup/drill?wait=true", json!({})).await.is_problem(404, "backup_not_found");
    done(&app, "/api/backup/run", json!({})).await;
    let drill = done(&app, "/api/backup/drill", json!({})).await;
    assert_eq!(drill["projects"], 1, "{drill}");
    let view = app.get("/api/backup").await.data();
    assert_eq!(view["last_good_drill"]["at"], "2026-03-01T12:00:00Z");
    let left = app.vfs.files().into_keys().filter(|path| path.to_string_lossy().contains("incoming")).count();
    assert_eq!(left, 0);
    let pack = app.vfs.files().into_keys().find(|path| path.starts_with("/stick/backup/data")).unwrap();
    app.vfs.write(&pack, b"not what it was").unwrap();
    for pack in app.vfs.files().into_keys().filter(|path| path.starts_with("/stick/backup/data")) {
        app.vfs.write(&pack, b"not what it was").unwrap();
    }
    app.post("/api/backup/drill?wait=true", json!({})).await.is_problem(503, "backup_failed");
    let view = app.get("/api/backup").await.data();
    assert!(view["last_drill"]["problem"].is_string(), "{view}");
    assert_eq!(view["last_good_drill"]["projects"], 1, "the last good one is still known");
}

#[tokio::test]
async fn a_wrong_password_and_wrong_places_are_told_in_sentences_and_passwords_are_nowhere() {
    let (app, _) = with_place().await;
    done(&app, "/api/backup/run", json!({})).await;
    let other = json!({"url": "file:///stick/backup", "password": "canary another password"});
    assert!(app.put("/api/backup", other).await.status.is_success());
    let refused = app.post("/api/backup/run?wait=true", json!({})).await;
    refused.is_problem(409, "backup_password_wrong");
    assert!(!String::from_utf8_lossy(&refused.body).contains("canary"));
    for url in ["", "ftp://a@b/c", "file:///data/x", "file:///", "s3://a:b@host/bucket"] {
        let reply = app.put("/api/backup", json!({"url": url, "password": PASSWORD})).await;
        assert_eq!(reply.is_problem(422, "invalid_value")["errors"][0]["pointer"], "/url", "{url}");
    }
    let short = app.put("/api/backup", json!({"url": "file:///b", "password": "short"})).await;
    short.is_problem(422, "invalid_value");
    for (path, bytes) in app.vfs.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains("canary"), "{}", path.display());
    }
    let lines = app.get("/api/system/log?most=5000").await;
    assert!(!String::from_utf8_lossy(&lines.body).contains("canary backup"));
    assert!(app.delete("/api/backup").await.status.is_success());
    assert!(app.get("/api/backup").await.data()["place"].is_null());
    app.post("/api/backup/run?wait=true", json!({})).await.is_problem(404, "backup_not_found");
}

#[tokio::test]
async fn a_backup_holds_no_passwords_of_environments_and_thinning_out_is_told_first() {
    let (app, project) = with_place().await;
    let at = format!("/api/projects/{project}");
    let environment = json!({"url": "sftp://anna@127.0.0.1:1/www"});
    assert!(app.put(&format!("{at}/environments/production"), environment).await.status.is_success());
    let login = json!({"password": "canary of the host"});
    assert!(app.post(&format!("{at}/ftp-credentials/production"), login).await.status.is_success());
    done(&app, "/api/backup/run", json!({})).await;
    done(&app, "/api/backup/restore", json!({"folder": "/out"})).await;
    let restored = app.vfs.files().into_iter().filter(|(path, _)| path.starts_with("/out"));
    for (path, bytes) in restored {
        assert!(!path.to_string_lossy().contains("/keys/"), "{}", path.display());
        assert!(!String::from_utf8_lossy(&bytes).contains("\"credentials\""), "{}", path.display());
    }
    let plan = app.get("/api/backup/thinning").await.data();
    assert_eq!((&plan["going"], &plan["staying"]), (&json!(0), &json!(1)));
    assert_eq!(done(&app, "/api/backup/thinning", json!({})).await["staying"], 1);
}
