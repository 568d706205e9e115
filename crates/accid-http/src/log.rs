//! One line a request: method, path without its query, status, milliseconds. Nothing of the content, no secret.

use std::time::Instant;

use axum::{extract::Request, middleware::Next, response::Response};

use crate::problem::shorten;

/// Writes the line when the answer begins.
pub async fn log_request(request: Request, next: Next) -> Response {
    let (method, path, begun) = (request.method().clone(), shorten(request.uri().path()), Instant::now());
    let response = next.run(request).await;
    let (status, milliseconds) = (response.status().as_u16(), begun.elapsed().as_secs_f64() * 1e3);
    if status < 300 && path.ends_with("/connected/hello") {
        // Paired tools call every second; only what goes wrong is worth a line.
        tracing::debug!(%method, path, status, "request");
        return response;
    }
    tracing::info!(%method, path, status, milliseconds = (milliseconds * 10.0).round() / 10.0, "request");
    response
}
