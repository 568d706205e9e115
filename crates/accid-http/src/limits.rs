//! How large a request may be and how long it may take. Must not know what it does.

use std::time::Duration;

use accid_base::{ErrorCode, Problem};
use axum::{
    extract::Request,
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{input::too_large, problem::Failure, roots};

/// Largest JSON body, in bytes.
pub const JSON_BYTES: usize = 10_000_000;

/// Largest upload, in bytes: all files of one request together.
pub const UPLOAD_BYTES: usize = 512_000_000;

/// Largest upload of tracks, in bytes: all files of one request together.
pub const TRACK_BYTES: usize = 128_000_000;

/// Largest part of an upload in parts, in bytes.
pub const PART_BYTES: usize = 32_000_000;

/// How long an ordinary request may take until its answer begins.
const ORDINARY: Duration = Duration::from_secs(60);

/// How long an upload, or a request that waits for a job, may take.
const LONG: Duration = Duration::from_secs(3_600);

struct Limit {
    bytes: usize,
    time: Duration,
}

fn limit_of(request: &Request) -> Limit {
    let path = request.uri().path();
    let path = roots::canonical(path).unwrap_or_else(|| path.to_owned());
    let film = path.starts_with("/api/projects/") && path.ends_with("/videos");
    if film || (path.starts_with("/api/gallery/") && path.ends_with("/photos/upload")) {
        return Limit { bytes: UPLOAD_BYTES, time: LONG };
    }
    if path.starts_with("/api/connected/") {
        let bytes = if path.contains("/media/") { UPLOAD_BYTES } else { JSON_BYTES };
        return Limit { bytes, time: LONG };
    }
    if path.starts_with("/api/gallery/") {
        if path.ends_with("/tracks") {
            return Limit { bytes: TRACK_BYTES, time: ORDINARY };
        }
        if path.contains("/uploads/") {
            return Limit { bytes: PART_BYTES, time: ORDINARY };
        }
    }
    let waits = request.uri().query().is_some_and(|query| query.split('&').any(|part| part == "wait=true"));
    Limit { bytes: JSON_BYTES, time: if waits { LONG } else { ORDINARY } }
}

/// Refuses what says that it is too large before a byte of it is read, and ends what takes too long. Bodies that do
/// not say their length are counted while they are read, by the handler's extractor.
pub async fn keep_limits(request: Request, next: Next) -> Response {
    let limit = limit_of(&request);
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if length.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > limit.bytes as u64)
    {
        return Failure(too_large(limit.bytes)).into_response();
    }
    match tokio::time::timeout(limit.time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let what = format!("The request took longer than {} seconds.", limit.time.as_secs());
            Failure(Problem::new(ErrorCode::RequestTimeout, what).fix("Send it again.")).into_response()
        }
    }
}
