//! Lists: paging, filter, sort, fields; and tags of what is read.

use axum::body::Body;
use serde_json::json;

use crate::support::{TestApp, request};

#[tokio::test]
async fn a_list_is_paged_sorted_filtered_and_trimmed() {
    let app = TestApp::new();
    for name in ["Cliff", "Anchor", "Buoy"] {
        app.post("/api/projects", json!({"name": name, "type": "html"})).await;
    }
    let names = async |query: &str| {
        let data = app.get(&format!("/api/projects?{query}")).await.data();
        let names: Vec<_> =
            data["items"].as_array().unwrap().iter().map(|item| item["name"].clone()).collect();
        (json!(names), data["total"].clone())
    };
    assert_eq!(names("sort=name").await, (json!(["Anchor", "Buoy", "Cliff"]), json!(3)));
    assert_eq!(names("sort=-name&perPage=1&page=2").await, (json!(["Buoy"]), json!(3)));
    assert_eq!(names("filter=name:uo").await, (json!(["Buoy"]), json!(1)));
    let trimmed = app.get("/api/projects?fields=name&perPage=1").await;
    let item = trimmed.data()["items"][0].clone();
    assert_eq!(item.as_object().unwrap().len(), 2, "{item}");
    assert!(trimmed.json()["links"]["next"].as_str().unwrap().contains("page=2"));
    app.get("/api/projects?perPage=201").await.is_problem(422, "invalid_value");
    app.get("/api/projects?page=0").await.is_problem(422, "invalid_value");
    app.get("/api/projects?page=first").await.is_problem(400, "malformed_request");
}

#[tokio::test]
async fn what_a_reader_has_already_is_not_sent_again() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    for path in [
        "/api/projects".to_owned(),
        format!("/api/projects/{project}/pages/{page}"),
        "/api/openapi.json".to_owned(),
        "/assets/app-1a2b3c.js".to_owned(),
        format!("/canvas/{project}/assets/site.css"),
    ] {
        let first = app.get(&path).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.len() > 2, "{path}: {first:?}");
        let again = request("GET", &path).header("if-none-match", &tag).body(Body::empty()).unwrap();
        let again = app.send(again).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), tag);
        let other = request("GET", &path).header("if-none-match", "\"other\"").body(Body::empty()).unwrap();
        assert_eq!(app.send(other).await.status, 200);
    }
}
