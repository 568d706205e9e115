//! `/api/gallery/{id}/photos/…`.

use axum::body::Body;
use serde_json::json;

use crate::support::{Reply, TestApp, json_request, request};

/// A picture of two pixels.
const PICTURE: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 2, 0, 0, 0, 1, 8, 2, 0, 0, 0, 123,
    64, 232, 221, 0, 0, 0, 13, 73, 68, 65, 84, 120, 156, 99, 248, 207, 0, 4, 255, 1, 7, 0, 1, 255, 226, 35,
    158, 89, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

pub async fn upload(app: &TestApp, project: &str, files: &[(&str, &[u8])]) -> Reply {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: image/png\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    let request = request("POST", &format!("/api/gallery/{project}/photos/upload"))
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(Body::from(body))
        .unwrap();
    app.send(request).await
}

#[tokio::test]
async fn good_pictures_are_taken_and_broken_ones_named() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let files: &[(&str, &[u8])] = &[
        ("sea.png", PICTURE),
        ("notes.png", b"not a picture"),
        ("../../evil.png", PICTURE),
        ("empty.png", b""),
    ];
    let reply = upload(&app, &project, files).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let data = reply.data();
    assert!(data["items"].as_array().unwrap().iter().any(|item| item["filename"] == "sea.png"), "{data}");
    let refused = data["refused"].as_array().unwrap();
    assert!(refused.iter().any(|item| item["name"] == "notes.png" && item["reason"].is_string()), "{data}");
    assert!(refused.iter().any(|item| item["name"] == "empty.png"), "{data}");
    assert!(
        app.vfs.files().keys().all(|path| !path.to_string_lossy().contains("evil.png")),
        "names never become paths"
    );

    let listed = app.get(&format!("/api/gallery/{project}/photos")).await.data();
    let photo = listed["items"][0]["id"].as_str().unwrap();
    assert_eq!(app.delete(&format!("/api/gallery/{project}/photos/{photo}")).await.status, 200);
}

#[tokio::test]
async fn an_upload_that_is_no_form_or_ends_early_is_told() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let path = format!("/api/gallery/{project}/photos/upload");
    app.post(&path, json!({})).await.is_problem(415, "unsupported_media_type");
    let cut = request("POST", &path)
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(Body::from(
            "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.png\"\r\n\r\nabc",
        ))
        .unwrap();
    app.send(cut).await.is_problem(400, "malformed_request");
    let listed = app.get(&format!("/api/gallery/{project}/photos")).await.data();
    assert_eq!(listed["total"], 0, "what was cut off on its way is not taken: {listed}");
    upload(&app, "nothing", &[("sea.png", PICTURE)]).await.is_problem(404, "project_not_found");
}

#[tokio::test]
async fn a_photo_is_described_and_an_old_tag_is_refused() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let data = upload(&app, &project, &[("sea.png", PICTURE)]).await.data();
    let path = format!("/api/gallery/{project}/photos/{}", data["items"][0]["id"].as_str().unwrap());
    let first = app.get(&path).await;
    assert_eq!(first.data()["filename"], "sea.png");
    assert!(first.data()["glance"]["thumbhash"].is_string(), "{first:?}");

    let words = json!({ "alt": " The open sea. ", "caption": "Noon", "focus": { "x": 20, "y": 75.5 } });
    let described = app.put(&path, words).await.data();
    assert_eq!(described["alt"], "The open sea.");
    assert_eq!(described["focus"], json!({ "x": 20.0, "y": 75.5 }));
    let decorative = app.put(&path, json!({ "decorative": true })).await.data();
    assert_eq!((&decorative["alt"], &decorative["caption"]), (&json!("The open sea."), &json!("Noon")));
    assert_eq!(app.get(&path).await.data()["decorative"], true);

    let mut stale = json_request("PUT", &path, &json!({ "alt": "Another sea" }));
    stale.headers_mut().insert("if-match", first.headers["etag"].clone());
    app.send(stale).await.is_problem(412, "stale");
    app.put(&path, json!({ "focus": { "x": 101, "y": 0 } })).await.is_problem(422, "invalid_value");
    app.put(&path, json!({ "alt": 5 })).await.is_problem(422, "invalid_value");
    let missing = format!("/api/gallery/{project}/photos/no-such-photo");
    app.put(&missing, json!({ "alt": "x" })).await.is_problem(404, "object_not_found");
    assert_eq!(app.get(&path).await.data()["alt"], "The open sea.");
}
