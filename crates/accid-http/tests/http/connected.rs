//! Tools that are paired with this Vault: what they may reach, and what is refused.

use accid_studio::{Role, Roles};
use axum::{body::Body, extract::ConnectInfo, http::Request};
use serde_json::{Value, json};

use crate::support::{Reply, TestApp, request};

async fn as_tool(app: &TestApp, token: &str, method: &str, path: &str, body: Value) -> Reply {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "192.168.1.5:9847")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .extension(ConnectInfo(std::net::SocketAddr::from(([192, 168, 1, 7], 40_000))));
    app.send(request.body(Body::from(body.to_string())).unwrap()).await
}

async fn pair(app: &TestApp, name: &str) -> String {
    let paired = app.post("/api/vault/pairings", json!({"name": name})).await;
    assert_eq!(paired.status, 201, "{paired:?}");
    paired.data()["token"].as_str().unwrap().to_owned()
}

const PROJECT: &str = "019c0000-0000-7000-8000-000000000001";

fn delivery(name: &str, record: &str) -> Value {
    let blotter = json!({
        "id": PROJECT, "schema_version": 1, "slug": "far", "name": name, "type": "html",
        "created_at": "2026-02-28T12:00:00Z", "site": {"title": name, "language": "en"},
    });
    let text = serde_json::to_string_pretty(&blotter).unwrap() + "\n";
    let hash = accid_base::ContentHash::of(text.as_bytes()).to_string();
    json!({
        "project": PROJECT, "slug": "far", "contents": {hash.clone(): text},
        "records": [{
            "id": record, "author": "owner", "note": "Made", "kind": "change",
            "objects": [{"path": "accid_blotter.json", "after": hash}],
        }],
    })
}

const FIRST: &str = "019ca000-0000-7000-8000-000000000001";

#[tokio::test]
async fn a_tool_hands_a_project_over_once_and_reaches_nothing_else() {
    let app = TestApp::new();
    let token = pair(&app, "Builder").await;
    let hello =
        as_tool(&app, &token, "POST", "/api/v1/connected/hello", json!({"projects": [PROJECT]})).await;
    assert_eq!(hello.data()["projects"][0]["state"], "new");
    for taken in [1, 0] {
        let reply = as_tool(&app, &token, "POST", "/api/connected/records", delivery("Far", FIRST)).await;
        assert_eq!(reply.data(), json!({"taken": taken, "through": FIRST}));
    }
    let hello =
        as_tool(&app, &token, "POST", "/api/v1/connected/hello", json!({"projects": [PROJECT]})).await;
    assert_eq!(hello.data()["projects"][0], json!({"project": PROJECT, "state": "kept", "through": FIRST}));
    let versions = app.get(&format!("/api/projects/{PROJECT}/time-machine/snapshots")).await.data();
    assert_eq!(versions["items"][0]["id"], FIRST);
    assert_eq!(app.get(&format!("/api/projects/{PROJECT}")).await.data()["name"], "Far");
    for (method, path) in [
        ("GET", "/api/projects".to_owned()),
        ("GET", "/".to_owned()),
        ("GET", format!("/api/projects/{PROJECT}")),
        ("PUT", format!("/api/projects/{PROJECT}/environments/production")),
        ("POST", format!("/api/projects/{PROJECT}/ftp-credentials/production")),
        ("POST", "/api/vault/pairings".to_owned()),
        ("PUT", "/api/settings".to_owned()),
        ("GET", "/api/projects/other/environments".to_owned()),
        ("DELETE", "/api/trash/empty".to_owned()),
    ] {
        as_tool(&app, &token, method, &path, json!({})).await.is_problem(403, "not_allowed");
    }
    let environments =
        as_tool(&app, &token, "GET", &format!("/api/project/{PROJECT}/environments"), json!({})).await;
    assert_eq!(environments.status, 200, "{environments:?}");
    let other = pair(&app, "Another").await;
    as_tool(&app, &other, "POST", "/api/connected/records", delivery("Stolen", FIRST))
        .await
        .is_problem(409, "name_taken");
    as_tool(&app, &other, "GET", &format!("/api/projects/{PROJECT}/environments"), json!({}))
        .await
        .is_problem(403, "not_allowed");
}

#[tokio::test]
async fn whoever_has_no_good_token_gets_401_and_learns_nothing() {
    let app = TestApp::new();
    let token = pair(&app, "Builder").await;
    for wrong in ["accid-pair-", "x", &token[..token.len() - 1], &format!("{token}a")] {
        for path in ["/api/health", "/api/v1/connected/hello", "/api/projects", "/"] {
            let reply = as_tool(&app, wrong, "POST", path, json!({})).await;
            reply.is_problem(401, "not_paired");
            assert_eq!(reply.header("www-authenticate"), "Bearer");
        }
    }
    let afar = request("GET", "/api/health")
        .extension(ConnectInfo(std::net::SocketAddr::from(([192, 168, 1, 7], 40_000))))
        .body(Body::empty())
        .unwrap();
    app.send(afar).await.is_problem(401, "not_paired");
    app.post("/api/connected/hello", json!({})).await.is_problem(401, "not_paired");
    let listed = app.get("/api/vault/pairings").await;
    assert!(!String::from_utf8_lossy(&listed.body).contains(&token[11..]), "{listed:?}");
    let pairing = listed.data()["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(app.delete(&format!("/api/vault/pairings/{pairing}")).await.status, 200);
    as_tool(&app, &token, "GET", "/api/health", json!({})).await.is_problem(401, "not_paired");
}

#[tokio::test]
async fn what_a_tool_sends_is_checked_before_it_counts() {
    let app = TestApp::new();
    let token = pair(&app, "Builder").await;
    let send = |body: Value| as_tool(&app, &token, "POST", "/api/connected/records", body);
    let mut lying = delivery("Far", FIRST);
    let (hash, text) =
        lying["contents"].as_object().unwrap().iter().next().map(|(h, t)| (h.clone(), t.clone())).unwrap();
    lying["contents"] = json!({ hash.clone(): text.as_str().unwrap().replace("Far", "Lie") });
    assert_eq!(send(lying).await.status, 422);
    let mut lost = delivery("Far", FIRST);
    lost["contents"] = json!({});
    assert_eq!(send(lost).await.status, 422);
    for path in ["../escape.json", "keys/x.json", "media/x.json", ".accid/replica.json", "pages/a/b.json"] {
        let mut outside = delivery("Far", FIRST);
        outside["records"][0]["objects"].as_array_mut().unwrap().push(json!({"path": path, "after": hash}));
        let reply = send(outside).await;
        assert!(reply.status.is_client_error(), "{path}: {reply:?}");
    }
    let future = "01c00000-0000-7000-8000-000000000001";
    assert_eq!(send(delivery("Far", future)).await.status, 422);
    assert_eq!(app.get("/api/projects").await.data()["total"], 0, "nothing of it counts");
    assert_eq!(send(delivery("Far", FIRST)).await.status, 200);
    let name = format!("{}.jpg", accid_base::ContentHash::of(b"a picture"));
    for (name, status) in [(name.as_str(), 422), ("../../x.jpg", 404), ("x.jpg", 422)] {
        let path = format!("/api/connected/{PROJECT}/media/{name}");
        let reply = as_tool(&app, &token, "PUT", &path, json!("another picture")).await;
        assert_eq!(reply.status, status, "{name}: {reply:?}");
    }
}

#[tokio::test]
async fn a_tool_alone_says_what_is_missing() {
    let app = TestApp::with_roles(Roles::only(Role::Builder));
    let view = app.get("/api/system/vault").await.data();
    assert_eq!((&view["state"], &view["waiting"]), (&json!("alone"), &json!(0)));
    assert!(view["message"].as_str().unwrap().contains("publishing"), "{view}");
    let project = app.post("/api/projects", json!({"name": "Alone", "type": "html"})).await.data();
    let path = format!("/api/projects/{}/environments", project["id"].as_str().unwrap());
    app.get(&path).await.is_problem(503, "service_unavailable");
    for url in ["", "nas", "ftp://nas", "http://user:secret@nas"] {
        let body = json!({"url": url, "token": "accid-pair-x"});
        app.put("/api/system/vault", body).await.is_problem(422, "invalid_value");
    }
    app.put("/api/system/vault", json!({"url": "http://127.0.0.1:1"})).await.is_problem(422, "invalid_value");
    let whole = TestApp::new();
    assert_eq!(whole.get("/api/system/vault").await.data()["state"], "own");
    whole
        .put("/api/system/vault", json!({"url": "http://127.0.0.1:1", "token": "x"}))
        .await
        .is_problem(422, "invalid_value");
}
