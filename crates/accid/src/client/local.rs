//! The API in this process: opens the data folder, builds the same router that a server has, and calls it.

use std::{path::Path, sync::Arc, time::Duration};

use accid_base::{SystemClock, SystemRandom, SystemVfs};
use accid_http::{HttpOptions, HttpState};
use accid_store::Background;
use accid_studio::{Roles, Studio, StudioOptions};
use axum::{Router, body::Body as HttpBody, extract::Request};
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::runtime::{self, Runtime};
use tower::ServiceExt;

use super::{ApiClient, Body, Method};
use crate::{config, failure::Failure};

/// The port in the address that calls of this process name; nothing listens at it.
const PORT: u16 = 9847;

/// Holds a data folder for the length of one command.
pub struct LocalClient {
    studio: Studio,
    router: Router,
    runtime: Runtime,
}

impl LocalClient {
    /// Takes the data folder.
    ///
    /// # Errors
    /// When another process took it, or the disk refuses.
    pub fn open(root: &Path) -> Result<Self, Failure> {
        let studio = Studio::open(StudioOptions {
            root: root.to_path_buf(),
            vfs: Arc::new(SystemVfs),
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            background: Background::On,
            roles: Roles::all(),
            log: Arc::default(),
        })
        .map_err(|problem| Failure::explain(&problem))?;
        config::open_credentials(&studio);
        config::name_services(&studio).map_err(|problem| Failure::explain(&problem))?;
        let router = accid_http::router(HttpState::new(HttpOptions::local(studio.clone(), PORT)));
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(|error| Failure::new(format!("The system gives no threads. {error}.")))?;
        Ok(Self { studio, router, runtime })
    }
}

impl ApiClient for LocalClient {
    fn send(&self, method: Method, path: &str, body: Body) -> Result<(u16, Value), Failure> {
        let mut request =
            Request::builder().method(method.as_str()).uri(path).header("Host", format!("localhost:{PORT}"));
        let body = match body.encode() {
            Some((kind, bytes)) => {
                request = request.header("Content-Type", kind);
                HttpBody::from(bytes)
            }
            None => HttpBody::empty(),
        };
        let failed = |why: String| Failure::new(format!("ACCID could not answer itself. {why}."));
        let request = request.body(body).map_err(|error| failed(error.to_string()))?;
        self.runtime.block_on(async {
            let Ok(answer) = self.router.clone().oneshot(request).await;
            let status = answer.status().as_u16();
            let bytes =
                answer.into_body().collect().await.map_err(|error| failed(error.to_string()))?.to_bytes();
            Ok((status, serde_json::from_slice(&bytes).unwrap_or(Value::Null)))
        })
    }

    fn close(self: Box<Self>) -> Result<(), Failure> {
        let Self { studio, router, runtime } = *self;
        let result = studio.close().map_err(|problem| Failure::explain(&problem));
        runtime.shutdown_timeout(Duration::from_secs(1));
        // The process ends: the system takes back the memory of all documents faster than it can be freed.
        std::mem::forget(router);
        result
    }
}
