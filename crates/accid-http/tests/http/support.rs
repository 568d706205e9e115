//! The harness: an ACCID on a disk in memory, and a client that speaks to its router.

use std::sync::Arc;

use accid_access::{Caller, Role};
use accid_base::{ContentHash, FixedClock, MemoryVfs, SequenceRandom};
use accid_http::{Gate, HttpOptions, HttpState, StudioFile, router};
use accid_store::Background;
use accid_studio::{LogBook, Roles, Studio, StudioOptions};
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Request, StatusCode, header, request::Builder},
};
use serde_json::{Value, json};
use tower::ServiceExt;

/// The name under which the tests call.
pub const HOST: &str = "localhost:9847";

/// Names the caller of a request: `nobody`, `viewer`, `maintainer`; the owner when it is missing.
pub const CALLER: &str = "x-test-caller";

/// An ACCID to be called.
pub struct TestApp {
    pub router: Router,
    pub state: HttpState,
    pub studio: Studio,
    pub clock: Arc<FixedClock>,
    pub vfs: Arc<MemoryVfs>,
    pub log: Arc<LogBook>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl TestApp {
    pub fn new() -> Self {
        Self::with_roles(Roles::all())
    }

    pub fn with_roles(roles: Roles) -> Self {
        let clock = Arc::new(FixedClock::at("2026-03-01T12:00:00Z"));
        let vfs = Arc::new(MemoryVfs::new());
        let log = Arc::new(LogBook::default());
        let studio = Studio::open(StudioOptions {
            root: "/data".into(),
            vfs: vfs.clone(),
            clock: clock.clone(),
            random: Arc::new(SequenceRandom::default()),
            background: Background::Off,
            roles,
            log: Arc::clone(&log),
        })
        .unwrap();
        let state = HttpState::new(HttpOptions {
            studio: studio.clone(),
            gate: Gate::local(9847),
            authenticator: Arc::new(|parts| {
                match parts.headers.get(CALLER).map(|name| name.to_str().unwrap()) {
                    None => Caller::Owner,
                    Some("viewer") => Caller::Person { name: "Vera".into(), role: Role::Viewer },
                    Some("panic") => panic!("a secret of src/secret.rs"),
                    Some("maintainer") => Caller::Person { name: "Max".into(), role: Role::Maintainer },
                    Some(_) => Caller::Nobody,
                }
            }),
            random: Arc::new(SequenceRandom::default()),
            files: studio_file,
        });
        Self { router: router(state.clone()), state, studio, clock, vfs, log }
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 64 << 20).await.unwrap();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(request("DELETE", path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(json_request("POST", path, &body)).await
    }

    pub async fn post_bytes(&self, path: &str, body: Vec<u8>) -> Reply {
        let sent = request("POST", path).header("content-type", "application/octet-stream");
        self.send(sent.body(Body::from(body)).unwrap()).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.send(json_request("PUT", path, &body)).await
    }

    /// A project with one page of one module, as (project, page, module).
    pub async fn site(&self) -> (String, String, String) {
        let project = self.post("/api/projects", json!({"name": "Yacht", "type": "html"})).await;
        assert_eq!(project.status, 201, "{project:?}");
        let project = project.data()["id"].as_str().unwrap().to_owned();
        let at = format!("/api/projects/{project}");
        let page = self.post(&format!("{at}/pages"), json!({"title": "About us"})).await;
        assert_eq!(page.status, 201, "{page:?}");
        let page = page.data()["id"].as_str().unwrap().to_owned();
        let module = self.post(&format!("{at}/modules"), json!({"page": page, "type": "hero"})).await;
        assert_eq!(module.status, 201, "{module:?}");
        (project, page, module.data()["id"].as_str().unwrap().to_owned())
    }
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn data(&self) -> Value {
        let envelope = self.json();
        assert_eq!(envelope["success"], true, "{envelope}");
        assert_eq!((&envelope["version"], &envelope["api_version"]), (&json!("2.0"), &json!("v1")));
        assert!(envelope["links"]["self"].is_string(), "{envelope}");
        envelope["data"].clone()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Checks that this is a failure as every failure is, with that status and code.
    #[track_caller]
    pub fn is_problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["error"], problem["detail"]);
        assert!(problem["error"].as_str().is_some_and(|sentence| sentence.ends_with('.')), "{problem}");
        assert!(problem["type"].is_string() && problem["title"].is_string());
        problem
    }
}

/// A request of a program on this machine.
pub fn request(method: &str, path: &str) -> Builder {
    Request::builder().method(method).uri(path).header(header::HOST, HOST)
}

pub fn json_request(method: &str, path: &str, body: &Value) -> Request<Body> {
    request(method, path)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap()
}

/// A small web page instead of the built one.
fn studio_file(path: &str) -> Option<StudioFile> {
    let bytes: &'static [u8] = match path {
        "index.html" => b"<!doctype html><title>Studio</title>",
        "form-test.html" => b"<!doctype html><title>A test of a form</title>",
        "assets/app-1a2b3c.js" => {
            b"console.log('the studio the studio the studio the studio the studio the studio')"
        }
        _ => return None,
    };
    Some(StudioFile { bytes: bytes.into(), hash: ContentHash::of(bytes) })
}
