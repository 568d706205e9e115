//! Everything else: the studio's own web pages.

use axum::body::Body;
use serde_json::json;

use crate::support::{TestApp, request};

#[tokio::test]
async fn the_pages_route_themselves_and_their_files_are_cached_well() {
    let app = TestApp::new();
    for path in ["/", "/projects/yacht/builder", "/settings"] {
        let page = app.get(path).await;
        assert_eq!(
            (page.status.as_u16(), page.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{path}"
        );
        assert_eq!(page.header("cache-control"), "no-cache");
        assert!(page.header("content-security-policy").contains("script-src 'self'"));
        assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    }
    let script = app.get("/assets/app-1a2b3c.js").await;
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert!(script.header("cache-control").contains("immutable"));
    for path in [
        "/assets/old-ffffff.js",
        "/favicon.ico",
        "/assets/..%2f..%2fCargo.toml",
        "/assets//x.js",
        "/%2e%2e/x",
    ] {
        app.get(path).await.is_problem(404, "route_not_found");
    }
    app.post("/", json!({})).await.is_problem(404, "route_not_found");
}

#[tokio::test]
async fn only_the_page_that_sends_a_test_of_a_form_may_send_to_other_hosts() {
    let app = TestApp::new();
    let policy = app.get("/form-test.html").await.header("content-security-policy").to_owned();
    for allowed in [
        "form-action https: http: mailto:",
        "connect-src https: http:",
        "script-src 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(allowed), "{allowed}");
    }
    let studio = app.get("/").await;
    assert!(studio.header("content-security-policy").contains("form-action 'self'"));
    assert!(studio.header("content-security-policy").contains("connect-src 'self'"));
}

#[tokio::test]
async fn the_files_are_compressed_for_those_who_ask() {
    let app = TestApp::new();
    let asked = request("GET", "/assets/app-1a2b3c.js")
        .header("accept-encoding", "gzip")
        .body(Body::empty())
        .unwrap();
    let reply = app.send(asked).await;
    assert_eq!(
        (reply.header("content-encoding"), reply.header("vary")),
        ("gzip", "accept-encoding"),
        "{reply:?}"
    );
    assert_eq!(app.get("/assets/app-1a2b3c.js").await.header("content-encoding"), "");
}
