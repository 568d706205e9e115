//! `/api/trash` and the trash of a project.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn what_was_removed_is_listed_comes_back_or_goes_for_good() {
    let app = TestApp::new();
    let (project, page, module) = app.site().await;
    let at = format!("/api/project/{project}/trash");
    let trashed = app.post(&at, json!({"kind": "module", "id": module})).await;
    assert_eq!(trashed.data()["kind"], "module", "{trashed:?}");
    let listed = app.get(&at).await.data();
    assert_eq!((&listed["total"], &listed["items"][0]["kind"]), (&json!(1), &json!("module")));
    let entry = listed["items"][0]["entry"].clone();
    let back = app.post(&format!("/api/project/{project}/restore"), json!({"entry": entry})).await;
    assert_eq!(back.data()["id"], module.as_str(), "{back:?}");

    assert_eq!(app.post(&at, json!({"kind": "page", "id": page})).await.status, 200);
    assert_eq!(app.get("/api/trash").await.data()["total"], 1);
    assert_eq!(app.delete("/api/trash/empty").await.data()["removed"], 1);
    assert_eq!(app.get("/api/trash").await.data()["total"], 0);
    assert_eq!(app.delete("/api/trash/empty").await.data()["removed"], 0, "may be repeated");
    let gone = app.post(&format!("/api/project/{project}/restore"), json!({"entry": entry})).await;
    assert_eq!(gone.status, 404, "{gone:?}");
}
