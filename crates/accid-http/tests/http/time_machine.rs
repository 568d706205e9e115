//! `/api/projects/{id}/time-machine/…` and `/history/…`.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn yesterday_is_named_shown_and_brought_back() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let at = format!("/api/project/{project}/time-machine");
    let named = app.post(&format!("{at}/snapshot"), json!({"message": "Before the storm"})).await;
    assert_eq!(named.status, 201, "{named:?}");
    let version = named.data();
    assert_eq!((&version["message"], &version["kind"]), (&json!("Before the storm"), &json!("named")));
    let version = version["id"].as_str().unwrap().to_owned();

    app.clock.advance_milliseconds(600_000);
    let path = format!("/api/projects/{project}/pages/{page}");
    assert_eq!(app.put(&path, json!({"title": "After the storm"})).await.status, 200);
    let versions = app.get(&format!("{at}/snapshots")).await.data();
    assert!(
        versions["items"].as_array().unwrap().iter().any(|item| item["id"] == version.as_str()),
        "{versions}"
    );

    let past = app.get(&format!("/history/{project}/{version}/about-us.html")).await;
    assert_eq!(past.status, 200, "{past:?}");
    let html = String::from_utf8(past.body.to_vec()).unwrap();
    assert!(html.contains("About us") && !html.contains("After the storm"));
    // Of scripts only the site's own files run: nothing inline, nothing from elsewhere.
    let policy = past.header("content-security-policy");
    let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap();
    assert!(scripts.trim().ends_with(&format!("/history/{project}/{version}/assets/")), "{policy}");
    assert!(scripts.contains("'nonce-") && !scripts.contains("unsafe"), "{policy}");
    let changes = app.get(&format!("{at}/snapshots/{version}/changes")).await.data();
    assert_eq!(changes["pages"][0]["change"], "changed", "{changes}");

    let back = app
        .post(&format!("{at}/restore-file"), json!({"version": version, "path": "pages/about-us.json"}))
        .await;
    assert_eq!(back.status, 200, "{back:?}");
    assert_eq!(app.get(&path).await.data()["title"], "About us");

    let unknown = app.post(&format!("{at}/restore"), json!({"version": "no-such-version"})).await;
    unknown.is_problem(404, "version_not_found");
    app.get(&format!("/history/{project}/no-such-version/index.html"))
        .await
        .is_problem(404, "version_not_found");
}
