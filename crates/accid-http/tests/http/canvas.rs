//! `/canvas/{project}/…`.

use crate::support::TestApp;

#[tokio::test]
async fn the_canvas_runs_its_helper_only() {
    let app = TestApp::new();
    let (project, _, module) = app.site().await;
    let page = app.get(&format!("/canvas/{project}/about-us.html")).await;
    assert_eq!(
        (page.status.as_u16(), page.header("content-type")),
        (200, "text/html; charset=utf-8"),
        "{page:?}"
    );
    let html = String::from_utf8(page.body.to_vec()).unwrap();
    assert!(html.contains(&format!("data-accid-id=\"{module}\"")));
    let policy = page.header("content-security-policy");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
    assert!(nonce.len() >= 22 && html.contains(&format!("nonce=\"{nonce}\"")), "{policy}");
    assert!(policy.contains("frame-ancestors 'self'") && !policy.contains("script-src 'self'"));
    assert_eq!(page.header("cache-control"), "no-store", "a nonce is good once");
    let again = app.get(&format!("/canvas/{project}/about-us.html")).await;
    assert_ne!(again.header("content-security-policy"), policy);
}

#[tokio::test]
async fn the_canvas_has_the_files_of_the_export() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let css = app.get(&format!("/canvas/{project}/assets/site.css")).await;
    assert_eq!(
        (css.status.as_u16(), css.header("content-type")),
        (200, "text/css; charset=utf-8"),
        "{css:?}"
    );
    assert!(css.header("content-security-policy").contains("sandbox"), "a file by itself can do nothing");
    app.get(&format!("/canvas/{project}/no-such-page.html")).await.is_problem(404, "object_not_found");
    app.get("/canvas/nothing/index.html").await.is_problem(404, "project_not_found");
    let entry = app.get(&format!("/canvas/{project}/")).await;
    assert_eq!(
        (entry.status.as_u16(), entry.header("location")),
        (303, &*format!("/canvas/{project}/index.html"))
    );
}
