//! How large a request may be and how long it may take. Must not know what it does.

use std::time::Duration;

use accid_base::{ErrorCode, Problem};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    input::{too_large, unreadable_body},
    problem::Failure,
    roots,
};

/// Largest JSON body, in bytes.
pub const JSON_BYTES: usize = 10_000_000;

/// Largest upload, in bytes: all files of one request together.
pub const UPLOAD_BYTES: usize = 512_000_000;

/// Largest upload of tracks, in bytes: all files of one request together.
pub const TRACK_BYTES: usize = 128_000_000;

/// Largest part of an upload in parts, in bytes.
pub const PART_BYTES: usize = 32_000_000;

/// Largest picture that goes to a service, in bytes, with the form around it.
pub const IMAGE_BYTES: usize = 33_000_000;

/// Bodies up to this size, in bytes, are read before they are handled.
const SMALL: usize = 64 * 1024;

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
    if path == "/api/images/upload-imgbb" {
        return Limit { bytes: IMAGE_BYTES, time: LONG };
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
    let length = length.and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > limit.bytes as u64) {
        return Failure(too_large(limit.bytes)).into_response();
    }
    let is_small = length.is_some_and(|length| (1..=SMALL as u64).contains(&length));
    let answer = async {
        match if is_small { read_whole(request).await } else { Ok(request) } {
            Ok(request) => next.run(request).await,
            Err(failure) => failure.into_response(),
        }
    };
    in_time(limit.time, answer).await
}

/// Reads the body before it is handled. A connection on which some of it is still to come when the answer goes out is
/// closed, and whoever sends the next request on it in that moment gets no answer.
async fn read_whole(request: Request) -> Result<Request, Failure> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, SMALL).await.map_err(|_| unreadable_body(StatusCode::BAD_REQUEST))?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// The answer, or 408 when it does not begin in time: the body may come too slowly, or the work take too long.
async fn in_time(time: Duration, answer: impl Future<Output = Response>) -> Response {
    tokio::time::timeout(time, answer).await.unwrap_or_else(|_| {
        let what = format!("The request took longer than {} seconds.", time.as_secs());
        Failure(Problem::new(ErrorCode::RequestTimeout, what).fix("Send it again.")).into_response()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_sends_too_slowly_is_told_so() {
        let answer = in_time(Duration::ZERO, std::future::pending()).await;
        assert_eq!(answer.status(), 408);
        assert_eq!(in_time(ORDINARY, async { Response::default() }).await.status(), 200);
    }
}
