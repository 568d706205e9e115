//! Patterns over HTTP: listed, looked at, put on a page.

use serde_json::json;

use crate::support::TestApp;

async fn site(app: &TestApp) -> (String, String) {
    let made = app.post("/api/projects", json!({"name": "Ada", "type": "html"})).await;
    let project = made.data()["id"].as_str().unwrap().to_owned();
    let page = app.get(&format!("/api/projects/{project}/pages/index")).await.data()["id"].clone();
    (project, page.as_str().unwrap().to_owned())
}

#[tokio::test]
async fn every_pattern_shows_itself_and_replaces_a_page_without_a_finding_but_for_what_only_its_owner_knows()
{
    let app = TestApp::new();
    let (project, page) = site(&app).await;
    let patterns = app.get("/api/patterns?perPage=200").await.data()["items"].clone();
    let patterns = patterns.as_array().unwrap();
    assert!(patterns.len() >= 36);
    for pattern in patterns {
        let id = pattern["id"].as_str().unwrap();
        let shown = app.get(&format!("/api/patterns/{id}/preview/index.html")).await;
        assert_eq!(shown.status, 200, "{id}");
        let body = json!({"pattern": id, "mode": "replace"});
        let applied = app.post(&format!("/api/project/{project}/pages/{page}/apply-pattern"), body).await;
        assert_eq!(applied.status, 200, "{id}: {applied:?}");
        let found = applied.data()["findings"].clone();
        let found: Vec<_> = found
            .as_array()
            .into_iter()
            .flatten()
            .filter(|finding| {
                // What only the owner knows: where a form sends to, and the day of an event.
                let asked = ["form.target-missing", "page.date-missing"].map(|code| finding["code"] == code);
                finding["severity"] != "info" && !asked.contains(&true)
            })
            .collect();
        assert!(found.is_empty(), "{id}: {found:?}");
        assert_eq!(app.get(&format!("/canvas/{project}/index.html")).await.status, 200, "{id}");
    }
    let photos = app.get(&format!("/api/gallery/{project}/photos?perPage=200")).await.data()["total"].clone();
    assert_eq!(photos, 10, "each picture came once, however often it is shown");
}

#[tokio::test]
async fn a_section_comes_before_the_footer_or_where_one_says_and_can_be_taken_back() {
    let app = TestApp::new();
    let (project, page) = site(&app).await;
    let address = format!("/api/project/{project}/pages/{page}");
    let apply = format!("{address}/apply-pattern");
    let kinds = |modules: &serde_json::Value| -> Vec<String> {
        let modules = modules.as_array().unwrap();
        modules.iter().map(|module| module["type"].as_str().unwrap().to_owned()).collect()
    };
    let before = app.get(&address).await;
    let old = kinds(&before.data()["modules"]);
    let applied = app.post(&apply, json!({"pattern": "call"})).await;
    let new = kinds(&applied.data()["modules"]);
    assert_eq!(new.len(), old.len() + 1);
    let inserted = app.post(&apply, json!({"pattern": "hero-words", "mode": "insert", "index": 0})).await;
    assert_eq!(kinds(&inserted.data()["modules"])[0], "hero");

    let versions = app.get(&format!("/api/project/{project}/time-machine/snapshots")).await;
    assert!(versions.data()["total"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn an_unknown_pattern_and_a_stale_page_are_refused_and_change_nothing() {
    let app = TestApp::new();
    let (project, page) = site(&app).await;
    let address = format!("/api/project/{project}/pages/{page}");
    let before = app.get(&address).await.data()["modules"].clone();
    for pattern in ["", "museum", "../pages/landing"] {
        let answer = app.post(&format!("{address}/apply-pattern"), json!({"pattern": pattern})).await;
        answer.is_problem(404, "object_not_found");
    }
    let missing = format!("/api/project/{project}/pages/nowhere/apply-pattern");
    assert_eq!(app.post(&missing, json!({"pattern": "call"})).await.status, 404);
    assert_eq!(app.get("/api/patterns/museum/preview/index.html").await.status, 404);
    assert_eq!(app.get(&address).await.data()["modules"], before);
}
