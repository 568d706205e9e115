//! The three roots and both spellings are the same.

use crate::support::TestApp;

#[tokio::test]
async fn all_roots_and_spellings_answer_the_same() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    for tail in
        [String::new(), "/pages".to_owned(), format!("/pages/{page}"), "/modules?perPage=5".to_owned()]
    {
        let reference = app.get(&format!("/api/v1/projects/{project}{tail}")).await;
        assert_eq!(reference.status, 200, "{reference:?}");
        for root in ["/api/projects", "/api/project", "/api/v1/project"] {
            let reply = app.get(&format!("{root}/{project}{tail}")).await;
            assert_eq!((reply.status, &reply.body), (reference.status, &reference.body), "{root}");
        }
    }
}

#[tokio::test]
async fn a_project_and_a_page_are_found_by_slug_too() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let by_slug = app.get("/api/projects/yacht/pages/about-us").await.data();
    assert_eq!(by_slug["id"], page.as_str());
    assert_eq!(app.get("/api/project/yacht").await.data()["id"], project.as_str());
}

#[tokio::test]
async fn what_does_not_exist_is_a_problem_and_never_html() {
    let app = TestApp::new();
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/nothing",
        "/api/v2/projects",
        "/canvas",
        "/history/x",
        "/auth/x",
    ] {
        app.get(path).await.is_problem(404, "route_not_found");
    }
    app.get("/api/projects/nothing").await.is_problem(404, "project_not_found");
    let reply = app.delete("/api/projects").await;
    reply.is_problem(405, "method_not_allowed");
    assert!(reply.header("allow").contains("GET") && reply.header("allow").contains("POST"), "{reply:?}");
}

#[tokio::test]
async fn links_lead_to_answers() {
    let app = TestApp::new();
    let (project, page, module) = app.site().await;
    for path in [
        "/api/projects".to_owned(),
        format!("/api/projects/{project}"),
        format!("/api/projects/{project}/pages/{page}"),
        format!("/api/projects/{project}/modules/{module}"),
        format!("/api/projects/{project}/time-machine/snapshots"),
    ] {
        let links = app.get(&path).await.json()["links"].clone();
        for (name, link) in links.as_object().unwrap() {
            let reply = app.get(link.as_str().unwrap()).await;
            let text = String::from_utf8_lossy(&reply.body).into_owned();
            assert!(reply.status == 200 || reply.status == 405, "{path} {name} {link}: {text}");
        }
    }
}
