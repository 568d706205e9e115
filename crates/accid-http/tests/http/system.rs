//! Health, settings, validation, roles.

use accid_studio::{Role, Roles};
use axum::body::Body;
use serde_json::json;

use crate::support::{CALLER, TestApp, json_request, request};

#[tokio::test]
async fn health_is_flat_and_open() {
    let app = TestApp::new();
    for path in ["/api/health", "/api/v1/health"] {
        let health = app.get(path).await.json();
        assert_eq!(
            (&health["status"], &health["mode"], &health["version"]),
            (&json!("ok"), &json!("local_dev"), &json!("2.0"))
        );
        assert_eq!(health["roles"], json!(["vault", "builder", "waypoint"]));
        assert!(health["instance"].is_string() && health.get("success").is_none());
    }
    assert_eq!(app.get("/healthz").await.json()["status"], "ok");
    assert!(app.get("/api/system/performance").await.data()["memory"].is_number());
}

#[tokio::test]
async fn settings_are_read_and_changed_by_field() {
    let app = TestApp::new();
    let read = app.get("/api/settings").await;
    assert_eq!(read.data()["port"], 9847);
    let tag = read.header("etag").to_owned();
    let changed = app.put("/api/settings", json!({"retention": {"automatic": 20, "daily_days": 5}})).await;
    assert_eq!(
        (&changed.data()["retention"]["automatic"], &changed.data()["port"]),
        (&json!(20), &json!(9847))
    );
    let mut stale = json_request("PUT", "/api/settings", &json!({"port": 1}));
    stale.headers_mut().insert("if-match", tag.parse().unwrap());
    app.send(stale).await.is_problem(412, "stale");
    assert_eq!(app.put("/api/settings", json!({"port": "high"})).await.status, 422);
}

#[tokio::test]
async fn every_file_is_looked_at() {
    let app = TestApp::new();
    app.site().await;
    let found = app.get("/api/validation/run").await.data();
    assert!(found["files"].as_u64().unwrap() >= 2 && found["findings"].is_array(), "{found}");
    assert_eq!(app.post("/api/validation/repair", json!({})).await.data()["repaired"], json!([]));
    assert_eq!(app.get("/api/system/migrations").await.data()["total"], 0);
}

#[tokio::test]
async fn a_tool_alone_says_what_is_not_there() {
    let app = TestApp::with_roles(Roles::only(Role::Builder));
    let (project, _, _) = app.site().await;
    assert_eq!(app.get("/api/health").await.json()["roles"], json!(["builder"]));
    app.get(&format!("/api/projects/{project}/environments")).await.is_problem(503, "service_unavailable");
    app.get("/api/validation/run").await.is_problem(503, "service_unavailable");
    assert_eq!(app.get("/api/module-types").await.status, 200);
}

#[tokio::test]
async fn kinds_of_modules_and_themes_are_listed() {
    let app = TestApp::new();
    let types = app.get("/api/module-types").await.data();
    assert!(
        types["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|kind| kind["type"] == "hero" && kind["schema"].is_object())
    );
    assert!(app.get("/api/themes").await.data()["total"].as_u64().unwrap() >= 1);
}

#[tokio::test]
async fn one_is_told_who_one_is_and_what_one_may() {
    let app = TestApp::new();
    let me = app.get("/api/v1/me").await;
    assert_eq!(me.data()["name"], "owner");
    assert_eq!(me.data()["may"], json!(["read", "write", "publish", "administer"]));
    let ada = request("GET", "/api/me").header(CALLER, "viewer").body(Body::empty()).unwrap();
    assert_eq!(app.send(ada).await.data()["may"], json!(["read"]));
    let nobody = request("GET", "/api/me").header(CALLER, "nobody").body(Body::empty()).unwrap();
    app.send(nobody).await.is_problem(403, "not_allowed");
}
