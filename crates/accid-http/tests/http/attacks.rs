//! Attacks of `docs/attacks.md` that `hostile.rs` does not try yet.

use axum::{body::Body, http::Request};

use crate::{
    gallery::upload,
    support::{HOST, TestApp, request},
};

#[tokio::test]
async fn two_hosts_are_none() {
    let app = TestApp::new();
    for (first, second) in [(HOST, "evil.example"), ("evil.example", HOST)] {
        let request =
            Request::get("/api/projects").header("host", first).header("host", second).body(Body::empty());
        app.send(request.unwrap()).await.is_problem(403, "foreign_request");
    }
}

#[tokio::test]
async fn a_stream_or_an_upgrade_for_a_foreign_page_is_refused() {
    let app = TestApp::new();
    for origin in ["http://evil.example", "http://localhost:3000", "https://localhost:9847", "null"] {
        for path in ["/api/events", "/api/v1/events?project=x", "/api/projects"] {
            let stream = request("GET", path).header("origin", origin).header("accept", "text/event-stream");
            app.send(stream.body(Body::empty()).unwrap()).await.is_problem(403, "foreign_request");
            let upgrade = request("GET", path)
                .header("origin", origin)
                .header("connection", "upgrade")
                .header("upgrade", "websocket")
                .header("sec-websocket-version", "13")
                .header("sec-websocket-key", "AAAAAAAAAAAAAAAAAAAAAA==");
            app.send(upgrade.body(Body::empty()).unwrap()).await.is_problem(403, "foreign_request");
        }
    }
}

/// The beginning of a PNG that says how large it is.
fn enormous(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = vec![137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13];
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let sum = crc(&header);
    bytes.extend(header);
    bytes.extend(sum.to_be_bytes());
    bytes
}

/// CRC-32 as PNG has it (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 },
        )
    })
}

#[tokio::test]
async fn a_picture_that_says_it_is_enormous_is_refused_unread() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    for (width, height) in [(50_000, 50_000), (u32::MAX, 1), (1, u32::MAX), (0, 0)] {
        let data = upload(&app, &project, &[("large.png", &enormous(width, height))]).await.data();
        assert_eq!(data["items"].as_array().map(Vec::len), Some(0), "{width} × {height}: {data}");
        assert!(data["refused"][0]["reason"].as_str().is_some_and(|reason| reason.len() > 10), "{data}");
    }
}

#[tokio::test]
async fn a_drawing_with_a_script_is_no_photo() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let drawing = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    for name in ["drawing.svg", "drawing.png", "drawing.svg.jpg"] {
        let data = upload(&app, &project, &[(name, drawing)]).await.data();
        assert_eq!(data["items"].as_array().map(Vec::len), Some(0), "{name}: {data}");
        assert_eq!(data["refused"].as_array().map(Vec::len), Some(1), "{name}: {data}");
    }
    let kept = app.vfs.files();
    assert!(kept.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("alert(1)")));
}

#[tokio::test]
async fn many_fields_and_many_parts_are_answered_and_keep_nothing() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let many: serde_json::Map<String, serde_json::Value> =
        (0..100_000).map(|number| (format!("field-{number}"), number.into())).collect();
    let reply = app.post(&format!("/api/projects/{project}/modules"), many.clone().into()).await;
    assert!(reply.status.is_client_error(), "{}", reply.status);
    let reply = app.put("/api/settings", many.into()).await;
    assert!(!reply.status.is_server_error(), "{}", reply.status);
    let parts: Vec<(String, Vec<u8>)> =
        (0..2_000_u32).map(|number| (format!("{number}.jpg"), number.to_be_bytes().to_vec())).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
    let data = upload(&app, &project, &parts).await.data();
    assert_eq!(data["items"].as_array().map(Vec::len), Some(0));
    assert_eq!(data["refused"].as_array().map(Vec::len), Some(2_000), "each is named");
    let shown = app.get(&format!("/api/projects/{project}/pages/{page}")).await.data();
    assert_eq!(shown["modules"].as_array().map(Vec::len), Some(1));
}
