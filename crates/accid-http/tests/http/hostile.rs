//! Requests of somebody who means harm, or of a broken program: each gets its clear error, nothing changes.

use axum::body::Body;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{CALLER, HOST, TestApp, json_request, request};

#[tokio::test]
async fn a_foreign_host_is_refused_before_any_handler() {
    let app = TestApp::new();
    for host in
        ["evil.example", "evil.example:9847", "localhost.evil:9847", "localhost.:9847", "0.0.0.0:9847", ""]
    {
        let request =
            axum::http::Request::get("/api/health").header("host", host).body(Body::empty()).unwrap();
        app.send(request).await.is_problem(403, "foreign_request");
        let request = axum::http::Request::get("/no/such").header("host", host).body(Body::empty()).unwrap();
        app.send(request).await.is_problem(403, "foreign_request");
    }
    let hostless = axum::http::Request::get("/api/health").body(Body::empty()).unwrap();
    app.send(hostless).await.is_problem(403, "foreign_request");
}

#[tokio::test]
async fn a_page_of_another_site_cannot_write_and_gets_no_cors_header() {
    let app = TestApp::new();
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("origin", "http://localhost:3000"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        for kind in ["application/json", "text/plain", "application/x-www-form-urlencoded"] {
            let request = request("POST", "/api/projects")
                .header(name, value)
                .header("content-type", kind)
                .body(Body::from(r#"{"name":"x","type":"html"}"#))
                .unwrap();
            let reply = app.send(request).await;
            reply.is_problem(403, "foreign_request");
            assert!(!reply.headers.keys().any(|name| name.as_str().starts_with("access-control")));
        }
    }
    let preflight = request("OPTIONS", "/api/projects")
        .header("origin", "http://evil.example")
        .header("access-control-request-method", "POST")
        .body(Body::empty())
        .unwrap();
    let reply = app.send(preflight).await;
    reply.is_problem(403, "foreign_request");
    assert!(!reply.headers.keys().any(|name| name.as_str().starts_with("access-control")));
    assert_eq!(app.get("/api/projects").await.data()["total"], 0);
}

#[tokio::test]
async fn a_page_of_another_site_cannot_read_nor_listen() {
    let app = TestApp::new();
    for path in ["/api/projects", "/api/events", "/canvas/x/index.html", "/assets/app-1a2b3c.js"] {
        for mode in ["cors", "no-cors", "websocket"] {
            let request = request("GET", path)
                .header("sec-fetch-site", "cross-site")
                .header("sec-fetch-mode", mode)
                .body(Body::empty())
                .unwrap();
            app.send(request).await.is_problem(403, "foreign_request");
        }
    }
}

#[tokio::test]
async fn a_request_through_a_proxy_is_not_the_owner() {
    let app = TestApp::new();
    for name in ["x-forwarded-for", "x-forwarded-host", "forwarded", "via"] {
        let request = request("GET", "/api/projects").header(name, "127.0.0.1").body(Body::empty()).unwrap();
        app.send(request).await.is_problem(403, "foreign_request");
    }
}

#[tokio::test]
async fn no_path_leads_out_of_a_project() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let before = app.vfs.files();
    for tail in [
        "../secret",
        "..%2fsecret",
        "%2e%2e/secret",
        "%2e%2e%2fsecret",
        "..%5csecret",
        "..\\secret",
        "a/../../secret",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "C:/x",
        "C%3A%5Cx",
        "con",
        "aux.html",
        "a%00b",
        "a%0ab",
        "index.html%3fraw",
        "....//secret",
        "./index.html",
        "index.html/",
        "accid_blotter.json",
        ".accid/ledger/000001.log",
    ] {
        for root in [format!("/canvas/{project}"), format!("/history/{project}/x")] {
            let Ok(request) = request("GET", &format!("{root}/{tail}")).body(Body::empty()) else {
                continue;
            };
            let reply = app.send(request).await;
            assert!([400, 404, 422].contains(&reply.status.as_u16()), "{root}/{tail}: {reply:?}");
            assert_eq!(reply.header("content-type"), "application/problem+json", "{root}/{tail}");
        }
    }
    for name in ["..", "%2e%2e", "..%2f..%2fetc", "%2e%2e%5c", "a%00", ".", "con", &"x".repeat(5_000)] {
        for path in [
            format!("/api/projects/{name}"),
            format!("/api/projects/{project}/pages/{name}"),
            format!("/api/projects/{project}/modules/{name}"),
            format!("/api/gallery/{name}/photos"),
            format!("/api/jobs/{name}"),
        ] {
            let reply = app.get(&path).await;
            assert!([400, 404, 422].contains(&reply.status.as_u16()), "{path}: {reply:?}");
            assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
        }
    }
    let file = json!({"version": "x", "path": "../../etc/passwd"});
    let reply = app.post(&format!("/api/projects/{project}/time-machine/restore-file"), file).await;
    assert!(reply.status.is_client_error(), "{reply:?}");
    assert_eq!(app.vfs.files(), before, "nothing was written anywhere");
}

#[tokio::test]
async fn a_body_that_says_it_is_too_large_is_refused_unread() {
    let app = TestApp::new();
    for (path, kind) in
        [("/api/projects", "application/json"), ("/api/gallery/x/photos/upload", "multipart/form-data")]
    {
        let request = request("POST", path)
            .header("content-type", kind)
            .header("content-length", 1_000_000_000_u64)
            .body(Body::from("{"))
            .unwrap();
        app.send(request).await.is_problem(413, "too_large");
    }
}

#[tokio::test]
async fn a_body_that_does_not_say_its_length_is_counted() {
    let app = TestApp::new();
    let chunk = axum::body::Bytes::from(vec![b' '; 1 << 20]);
    for key in [None, Some("k")] {
        let chunks = (0..64).map({
            let chunk = chunk.clone();
            move |_| Ok::<_, std::io::Error>(chunk.clone())
        });
        let mut request = request("POST", "/api/projects").header("content-type", "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let request = request.body(Body::from_stream(tokio_stream::iter(chunks))).unwrap();
        app.send(request).await.is_problem(413, "too_large");
    }
}

#[tokio::test]
async fn json_that_is_100_000_deep_is_refused() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (method, path) in [
        ("POST", "/api/projects".to_owned()),
        ("PUT", format!("/api/projects/{project}/pages/{page}")),
        ("PATCH", format!("/api/projects/{project}/pages/{page}")),
    ] {
        let body = format!(r#"{{"seo": {deep}}}"#);
        let request =
            request(method, &path).header("content-type", "application/json").body(Body::from(body)).unwrap();
        let reply = app.send(request).await;
        assert!([400, 422].contains(&reply.status.as_u16()), "{method} {path} {reply:?}");
        assert_eq!(reply.header("content-type"), "application/problem+json");
    }
}

#[tokio::test]
async fn broken_bodies_are_told_what_is_wrong() {
    let app = TestApp::new();
    let send = async |kind: &str, body: &'static str| {
        let request =
            request("POST", "/api/projects").header("content-type", kind).body(Body::from(body)).unwrap();
        app.send(request).await
    };
    send("application/json", "{\"name\": ").await.is_problem(400, "malformed_request");
    send("application/json", "").await.is_problem(400, "malformed_request");
    send("application/json", "\u{feff}{}").await.is_problem(400, "malformed_request");
    send("text/plain", "{}").await.is_problem(415, "unsupported_media_type");
    let problem =
        send("application/json", r#"{"name": 7, "type": "html"}"#).await.is_problem(422, "invalid_value");
    assert_eq!(problem["errors"][0]["pointer"], "/name");
    let problem = send("application/json", r#"{"name": "x"}"#).await.is_problem(422, "invalid_value");
    assert_eq!(problem["errors"][0]["pointer"], "/type");
    send("application/json", r#"{"name": "x", "type": "nothing"}"#).await.is_problem(422, "invalid_value");
}

#[tokio::test]
async fn unknown_fields_are_kept_and_do_no_harm() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let path = format!("/api/projects/{project}/pages/{page}");
    let body =
        json!({"title": "New", "seo": {"description": "d", "hologram": 1}, "__proto__": {"admin": true}});
    let reply = app.put(&path, body).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!((&reply.data()["seo"]["hologram"], &reply.data()["title"]), (&json!(1), &json!("New")));
    let patch = json!([{"op": "add", "path": "/hologram", "value": {"depth": 3}}]);
    assert_eq!(app.send(json_request("PATCH", &path, &patch)).await.status, 200);
    assert_eq!(app.get(&path).await.data()["hologram"], json!({"depth": 3}));
}

#[tokio::test]
async fn a_script_in_a_text_stays_text() {
    let app = TestApp::new();
    let (project, page, module) = app.site().await;
    let script = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)>\" onload=\"alert(1)";
    let at = format!("/api/projects/{project}");
    let reply = app.put(&format!("{at}/pages/{page}"), json!({"title": script})).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let reply = app.put(&format!("{at}/modules/{module}"), json!({"props": {"title": script}})).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let reply = app.put(&at, json!({"name": script})).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let path = app.get(&format!("{at}/pages/{page}")).await.data()["path"].as_str().unwrap().to_owned();
    let html = app.get(&format!("/canvas/{project}/{path}")).await;
    assert_eq!(html.status, 200, "{html:?}");
    let text = String::from_utf8(html.body.to_vec()).unwrap();
    assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{text}");
    assert!(!html.header("content-security-policy").contains("script-src 'self'"));
}

#[tokio::test]
async fn tricks_with_method_and_slash_reach_nothing_else() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let path = format!("/api/projects/{project}");
    let request_over =
        request("POST", &path).header("x-http-method-override", "DELETE").body(Body::empty()).unwrap();
    app.send(request_over).await.is_problem(405, "method_not_allowed");
    app.get(&format!("{path}/")).await.is_problem(404, "route_not_found");
    app.get("/API/projects").await.is_problem(404, "route_not_found");
    app.get("//api/projects").await.is_problem(404, "route_not_found");
    let head = app.send(request("HEAD", &path).body(Body::empty()).unwrap()).await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    for method in ["TRACE", "CONNECT", "PROPFIND"] {
        let reply = app.send(request(method, &path).body(Body::empty()).unwrap()).await;
        assert!(reply.status.is_client_error(), "{method} {reply:?}");
    }
}

#[tokio::test]
async fn a_panic_is_told_without_detail_and_with_all_headers() {
    let app = TestApp::new();
    let request = request("GET", "/api/projects").header(CALLER, "panic").body(Body::empty()).unwrap();
    let reply = app.send(request).await;
    let problem = reply.is_problem(500, "internal");
    assert!(!problem.to_string().contains("secret"), "{problem}");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
}

/// Values that a broken or ill-meaning program could send anywhere.
fn any_value() -> impl Strategy<Value = Value> {
    let text = "yacht|about-us|index|hero|html|\\.\\./\\.\\./etc/passwd|<script>|\\PC{0,20}";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    let names = "name|type|title|slug|parent|modules|id|page|module|props|index|version|path|kind|entry|out|url|\
                 environment|dry_run|message|site|theme|retention|port|op|value|order|seo|navigation|children|project";
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map(names, inner, 0..6)
                .prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_an_operation_is_asked_accid_does_not_fail(
        operation in any::<proptest::sample::Index>(),
        names in proptest::collection::vec("yacht|about-us|index|[ -~&&[^#?/ ]]{1,12}|%2e%2e|%00|%ff", 4),
        tail in "|/|\\?page=(-1|99999999999999999999|x)|\\?fields=%ff&sort=,,&filter=:",
        body in any_value(),
    ) {
        let all = crate::permissions::operations();
        let (method, path, _) = operation.get(&all);
        prop_assume!(!path.ends_with("/events"));
        let mut names = names.into_iter().cycle();
        let fill = |part: &str| if part.starts_with('{') { names.next().unwrap_or_default() } else { part.to_owned() };
        let path = path.split('/').map(fill).collect::<Vec<_>>().join("/") + &tail;
        let request = request(&method.to_uppercase(), &path).header("content-type", "application/json");
        let request = request.body(Body::from(body.to_string()));
        prop_assume!(request.is_ok());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let reply = runtime.block_on(async {
            let app = TestApp::new();
            app.site().await;
            app.send(request.unwrap()).await
        });
        prop_assert!(reply.status.as_u16() < 500, "{method} {path} {body}: {reply:?}");
    }
}

#[tokio::test]
async fn an_absolute_address_of_another_host_is_refused() {
    let app = TestApp::new();
    let other = request("GET", "http://evil.example/api/health").body(Body::empty()).unwrap();
    app.send(other).await.is_problem(403, "foreign_request");
    let own = request("GET", &format!("http://{HOST}/api/v1/health")).body(Body::empty()).unwrap();
    assert_eq!(app.send(own).await.status, 200);
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_a_browser_in_check() {
    let app = TestApp::new();
    for path in ["/api/health", "/api/projects", "/api/nothing", "/", "/api/docs", "/canvas/x/index.html"] {
        let reply = app.get(path).await;
        assert!(reply.header("content-security-policy").contains("default-src"), "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{path}");
    }
    assert_eq!(app.get("/api/projects").await.header("cache-control"), "no-store");
}
