//! `/api/events`: told live, resumed, ended.

use std::time::Duration;

use axum::body::Body;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{TestApp, request};

/// An open stream, read event by event.
struct Stream {
    body: Body,
    read: String,
}

#[derive(Debug)]
struct Told {
    name: String,
    id: String,
    data: Value,
}

impl Stream {
    async fn open(app: &TestApp, path: &str, last: Option<&str>) -> Self {
        let mut request = request("GET", path);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = app.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-cache");
        Self { body: response.into_body(), read: String::new() }
    }

    /// The next event, or none at the end of the stream.
    async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let line = |key: &str| {
                    event
                        .lines()
                        .find_map(|line| line.strip_prefix(key))
                        .unwrap_or_default()
                        .trim()
                        .to_owned()
                };
                let told = Told {
                    name: line("event:"),
                    id: line("id:"),
                    data: serde_json::from_str(&line("data:")).unwrap_or_default(),
                };
                self.read = rest.to_owned();
                return Some(told);
            }
            let frame = tokio::time::timeout(Duration::from_secs(20), self.body.frame())
                .await
                .expect("an event in time")?;
            self.read += std::str::from_utf8(frame.unwrap().data_ref().unwrap()).unwrap();
        }
    }
}

#[tokio::test]
async fn a_change_is_told_with_who_what_and_where() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let mut stream = Stream::open(&app, "/api/events", None).await;
    let saved = app.put(&format!("/api/projects/{project}/pages/{page}"), json!({"title": "New"})).await;
    let told = stream.next().await.unwrap();
    assert_eq!(told.name, "item-updated");
    assert_eq!(told.data["project"], project.as_str());
    assert_eq!((&told.data["collection"], &told.data["id"]), (&json!("pages"), &json!(page)));
    assert_eq!(told.data["etag"], saved.data()["etag"]);
    assert_eq!(told.data["by"], "owner");
    assert!(told.data["at"].is_string() && !told.id.is_empty());
}

#[tokio::test]
async fn a_stream_goes_on_where_it_was_cut_off() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let path = format!("/api/projects/{project}/pages/{page}");
    let mut stream = Stream::open(&app, "/api/events", None).await;
    app.put(&path, json!({"title": "One"})).await;
    let last = stream.next().await.unwrap().id;
    drop(stream);
    app.put(&path, json!({"title": "Two"})).await;
    app.put(&path, json!({"title": "Three"})).await;
    let mut stream = Stream::open(&app, "/api/events", Some(&last)).await;
    let (two, three) = (stream.next().await.unwrap(), stream.next().await.unwrap());
    assert!(two.name == "item-updated" && two.id != last && three.id != two.id, "{two:?} {three:?}");
    let four = app.put(&path, json!({"title": "Four"})).await;
    assert_eq!(stream.next().await.unwrap().data["etag"], four.data()["etag"], "told once, in order");
}

#[tokio::test]
async fn a_stream_of_one_project_tells_nothing_of_others() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let mut stream = Stream::open(&app, "/api/events?project=yacht", None).await;
    app.post("/api/projects", json!({"name": "Other", "type": "html"})).await;
    app.put(&format!("/api/projects/{project}/pages/{page}"), json!({"title": "Mine"})).await;
    let told = stream.next().await.unwrap();
    assert_eq!(told.data["project"], project.as_str(), "{told:?}");
    app.get("/api/events?project=nothing").await.is_problem(404, "project_not_found");
}

#[tokio::test]
async fn a_stream_ends_when_accid_stops() {
    let app = TestApp::new();
    let mut stream = Stream::open(&app, "/api/v1/events", None).await;
    app.state.close();
    assert!(stream.next().await.is_none());
}
