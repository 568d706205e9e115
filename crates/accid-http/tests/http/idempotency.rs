//! `Idempotency-Key`: a repeat is safe.

use serde_json::json;

use crate::support::{CALLER, TestApp, json_request};

#[tokio::test]
async fn a_repeat_gets_the_same_answer_and_makes_nothing_new() {
    let app = TestApp::new();
    let send = async |name: &str, key: &str| {
        let mut request = json_request("POST", "/api/projects", &json!({"name": name, "type": "html"}));
        request.headers_mut().insert("idempotency-key", key.parse().unwrap());
        app.send(request).await
    };
    let first = send("Sea", "k1").await;
    let repeat = send("Sea", "k1").await;
    assert_eq!((first.status, &first.body), (repeat.status, &repeat.body));
    assert_eq!(repeat.header("idempotent-replayed"), "true");
    assert_eq!(repeat.header("etag"), first.header("etag"));
    assert_eq!(app.get("/api/projects").await.data()["total"], 1);
    send("Air", "k1").await.is_problem(409, "idempotency_conflict");
    assert_eq!(send("Sea", "k2").await.status, 201);
    assert_eq!(app.get("/api/projects").await.data()["total"], 2);
}

#[tokio::test]
async fn nobody_gets_the_answer_that_another_got() {
    let app = TestApp::new();
    let mut request = json_request("POST", "/api/projects", &json!({"name": "Sea", "type": "html"}));
    request.headers_mut().insert("idempotency-key", "k".parse().unwrap());
    assert_eq!(app.send(request).await.status, 201);
    let mut other = json_request("POST", "/api/projects", &json!({"name": "Sea", "type": "html"}));
    other.headers_mut().insert("idempotency-key", "k".parse().unwrap());
    other.headers_mut().insert(CALLER, "viewer".parse().unwrap());
    app.send(other).await.is_problem(403, "not_allowed");
}
