//! Requests that only a Vault can answer, sent to a tool that runs without one: they are let through to the Vault that
//! the tool is paired with, as a person here asked. Must not know what they do.

use accid_access::{Publish, Read};
use accid_base::{ErrorCode, Problem};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    HttpState, limits::JSON_BYTES, pairing::publishes, permission::caller_of, problem::Failure, roots,
};

/// Lets what belongs to the Vault through to it.
pub async fn forward_to_vault(State(state): State<HttpState>, request: Request, next: Next) -> Response {
    if !state.studio().connection().is_elsewhere() || !belongs_there(&state, &request) {
        return next.run(request).await;
    }
    pass(state, request).await.unwrap_or_else(IntoResponse::into_response)
}

fn belongs_there(state: &HttpState, request: &Request) -> bool {
    let path = request.uri().path();
    let path = roots::canonical(path).unwrap_or_else(|| path.to_owned());
    let reads = *request.method() == Method::GET;
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        ["api", "projects", _, rest @ ..] => publishes(rest, reads),
        ["api", "jobs", job] => !state.studio().jobs().is_known(job),
        _ => false,
    }
}

async fn pass(state: HttpState, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let caller = caller_of(&parts);
    if parts.method == Method::GET {
        caller.permit::<Read>()?;
    } else {
        caller.permit::<Publish>()?;
    }
    let body = axum::body::to_bytes(body, JSON_BYTES).await.map_err(|_| {
        Problem::new(ErrorCode::TooLarge, "The body is too large, or ended early.")
            .fix("Send less at a time.")
    })?;
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let method = parts.method.as_str().to_owned();
    let passed = state.run(move |studio| studio.connection().pass(&method, &path, body.to_vec())).await?;
    let mut response = Response::new(Body::from(passed.body));
    *response.status_mut() = StatusCode::from_u16(passed.status).unwrap_or(StatusCode::BAD_GATEWAY);
    if let Ok(kind) = HeaderValue::try_from(passed.kind) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    Ok(response)
}
