//! The description: committed, complete, and leading nowhere that does not exist.

use std::collections::HashSet;

use serde_json::Value;

use crate::support::TestApp;

#[test]
#[expect(clippy::disallowed_methods, reason = "a test that compares a committed file")]
fn the_committed_description_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");
    let now = accid_http::openapi_text();
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == now,
        "openapi.json is stale: run `cargo xtask gen`, or this test with UPDATE_OPENAPI=1"
    );
}

#[test]
fn the_description_is_the_same_every_time() {
    assert_eq!(accid_http::openapi_text(), accid_http::openapi_text());
}

fn walk<'a>(value: &'a Value, visit: &mut dyn FnMut(&'a Value)) {
    visit(value);
    match value {
        Value::Object(fields) => fields.values().for_each(|value| walk(value, visit)),
        Value::Array(items) => items.iter().for_each(|value| walk(value, visit)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_referred_to_or_stored() {
    let document = accid_http::openapi();
    walk(&document, &mut |value| {
        if let Some(path) = value.get("$ref").and_then(Value::as_str) {
            let pointer = path.strip_prefix('#').unwrap_or_else(|| panic!("{path} leaves the document"));
            assert!(document.pointer(pointer).is_some(), "{path} leads nowhere");
        }
    });
}

#[test]
fn every_operation_is_described_and_named_once() {
    let document = accid_http::openapi();
    let tags: HashSet<&str> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    let mut names = HashSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        assert!(!path.starts_with("/api/") || path.starts_with("/api/v1/"), "{path} is not canonical");
        assert!(!path.contains("/project/"), "{path} is not canonical");
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} twice");
            assert!(operation["summary"].as_str().is_some_and(|text| text.ends_with('.')), "{method} {path}");
            let tag = operation["tags"][0].as_str().unwrap();
            assert!(tags.contains(tag), "{method} {path}: {tag}");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(
                    parameter["description"].as_str().is_some_and(|text| !text.is_empty()),
                    "{path} {parameter}"
                );
            }
            assert!(operation["responses"]["default"].is_object());
        }
    }
}

#[tokio::test]
async fn the_named_routes_of_the_specification_exist() {
    let app = TestApp::new();
    let (id, pid, mid) = app.site().await;
    for (method, path) in [
        ("GET", "/api/health".to_owned()),
        ("GET", "/healthz".to_owned()),
        ("GET", "/api/system/performance".to_owned()),
        ("GET", "/api/validation/run".to_owned()),
        ("GET", "/api/projects".to_owned()),
        ("POST", "/api/projects".to_owned()),
        ("POST", "/api/create-project".to_owned()),
        ("GET", format!("/api/projects/{id}")),
        ("PUT", format!("/api/projects/{id}")),
        ("POST", format!("/api/project/{id}/time-machine/snapshot")),
        ("GET", format!("/api/project/{id}/time-machine/snapshots")),
        ("POST", format!("/api/project/{id}/time-machine/restore-file")),
        ("POST", format!("/api/project/{id}/publish/staging")),
        ("POST", format!("/api/project/{id}/deploy")),
        ("GET", format!("/api/project/{id}/modules")),
        ("POST", format!("/api/project/{id}/modules")),
        ("PUT", format!("/api/project/{id}/modules/{mid}")),
        ("GET", "/api/module-types".to_owned()),
        ("GET", format!("/api/project/{id}/pages")),
        ("POST", format!("/api/project/{id}/pages")),
        ("PUT", format!("/api/project/{id}/pages/{pid}")),
        ("POST", format!("/api/project/{id}/build")),
        ("POST", format!("/api/html-builder/{id}/export-static")),
        ("POST", "/api/html-builder/save".to_owned()),
        ("POST", format!("/api/gallery/{id}/photos/upload")),
        ("GET", format!("/api/gallery/{id}/photos")),
        ("GET", "/api/openapi.json".to_owned()),
        ("GET", "/api/docs".to_owned()),
        ("DELETE", format!("/api/project/{id}/modules/{mid}")),
        ("DELETE", format!("/api/project/{id}/pages/{pid}")),
        ("POST", format!("/api/project/{id}/trash")),
        ("POST", format!("/api/project/{id}/restore")),
        ("DELETE", format!("/api/project/{id}/remove")),
        ("DELETE", "/api/trash/empty".to_owned()),
    ] {
        let request = crate::support::request(method, &path).body(axum::body::Body::empty()).unwrap();
        let reply = app.send(request).await;
        let code =
            serde_json::from_slice::<Value>(&reply.body).map_or(Value::Null, |body| body["code"].clone());
        assert!(code != "route_not_found" && reply.status != 405, "{method} {path}: {reply:?}");
    }
}

#[tokio::test]
async fn the_description_and_its_page_are_served() {
    let app = TestApp::new();
    for path in ["/api/openapi.json", "/api/v1/openapi.json"] {
        assert_eq!(app.get(path).await.json()["openapi"], "3.1.0");
    }
    let page = app.get("/api/docs").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
}
