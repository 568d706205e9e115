//! Every operation of the description, called as nobody, viewer, maintainer and owner: the permission that is written
//! beside a route is the one that is asked for.

use axum::body::Body;
use serde_json::Value;

use crate::support::{CALLER, Reply, TestApp, request};

async fn call(app: &TestApp, caller: &str, method: &str, path: &str) -> Reply {
    let mut request = request(&method.to_uppercase(), path);
    if caller != "owner" {
        request = request.header(CALLER, caller);
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

/// An address of the operation that leads to nothing, so that calling it changes nothing.
fn address(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { "no-such-thing" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// Method, path and permission of every operation.
pub fn operations() -> Vec<(String, String, String)> {
    let document = accid_http::openapi();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let permission = operation[accid_http::PERMISSION].as_str();
            let permission = permission.unwrap_or_else(|| panic!("{method} {path} declares no permission"));
            all.push((method.clone(), path.clone(), permission.to_owned()));
        }
    }
    all
}

fn is_denied(reply: &Reply) -> bool {
    reply.status == 403
        && serde_json::from_slice::<Value>(&reply.body).is_ok_and(|body| body["code"] == "not_allowed")
}

#[tokio::test]
async fn every_operation_asks_for_the_permission_it_declares() {
    let app = TestApp::new();
    let all = operations();
    assert!(all.len() > 50, "{} operations", all.len());
    for (method, path, permission) in &all {
        let allowed: &[&str] = match permission.as_str() {
            "none" => &["nobody", "viewer", "maintainer", "owner"],
            "read" => &["viewer", "maintainer", "owner"],
            "write" | "publish" => &["maintainer", "owner"],
            "administer" => &["owner"],
            other => panic!("{method} {path}: no such permission as {other}"),
        };
        for caller in ["nobody", "viewer", "maintainer", "owner"] {
            if path.ends_with("/events") && allowed.contains(&caller) {
                continue; // its answer does not end; see events.rs
            }
            let reply = call(&app, caller, method, &address(path)).await;
            let expected = !allowed.contains(&caller);
            assert_eq!(is_denied(&reply), expected, "{method} {path} ({permission}) as {caller}: {reply:?}");
            assert_ne!(reply.status, 500, "{method} {path} as {caller}: {reply:?}");
        }
    }
}

#[tokio::test]
async fn a_folder_of_this_machine_is_named_by_the_owner_only() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let path = format!("/api/html-builder/{project}/export-static");
    let request = request("POST", &path)
        .header(CALLER, "maintainer")
        .header("content-type", "application/json")
        .body(Body::from(r#"{"out": "/somewhere"}"#))
        .unwrap();
    app.send(request).await.is_problem(403, "not_allowed");
}

#[tokio::test]
async fn who_changed_something_stands_in_the_history() {
    let app = TestApp::new();
    let request = request("POST", "/api/projects")
        .header(CALLER, "maintainer")
        .header("content-type", "application/json")
        .body(Body::from(r#"{"name": "Max's", "type": "html"}"#))
        .unwrap();
    let project = app.send(request).await.data()["id"].as_str().unwrap().to_owned();
    let versions = app.get(&format!("/api/projects/{project}/time-machine/snapshots")).await.data();
    assert_eq!(versions["items"][0]["author"], "Max");
}
