//! Safe repeats: a `POST` with an `Idempotency-Key` is done once; its repeat gets the same answer. Keys live in
//! memory, the last 1,000 of them. Must not know what the request does.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
};

use accid_access::Caller;
use accid_base::{ContentHash, ErrorCode, Problem, locked};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::{HttpState, input::unreadable_body, limits::JSON_BYTES, problem::Failure};

/// Most keys that are remembered.
const MOST_KEYS: usize = 1_000;

/// Most bytes of answers that are remembered; the oldest are forgotten first.
const MOST_BYTES: usize = 16_000_000;

/// Answers by key.
#[derive(Debug, Default)]
pub struct Answers(Mutex<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    by_key: HashMap<String, Entry>,
    oldest_first: VecDeque<String>,
    bytes: usize,
}

#[derive(Debug, Clone)]
struct Entry {
    fingerprint: ContentHash,
    /// None while the first request is at work.
    answer: Option<Saved>,
}

#[derive(Debug, Clone)]
struct Saved {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answers {
    /// What is known of a key; claims it when nothing is.
    fn claim(&self, key: &str, fingerprint: ContentHash) -> Result<Option<Saved>, Problem> {
        let mut remembered = locked(&self.0);
        match remembered.by_key.get(key) {
            None => {
                remembered.oldest_first.push_back(key.to_owned());
                remembered.by_key.insert(key.to_owned(), Entry { fingerprint, answer: None });
                remembered.forget_the_oldest();
                Ok(None)
            }
            Some(entry) if entry.fingerprint != fingerprint => Err(Problem::new(
                ErrorCode::IdempotencyConflict,
                "This Idempotency-Key was used for another request.",
            )
            .fix("Use a new key for a new request.")),
            Some(Entry { answer: Some(saved), .. }) => Ok(Some(saved.clone())),
            Some(_) => Err(Problem::new(
                ErrorCode::IdempotencyConflict,
                "The first request with this Idempotency-Key is still at work.",
            )
            .fix("Send it again in a moment.")),
        }
    }

    fn settle(&self, key: &str, saved: Option<Saved>) {
        let mut remembered = locked(&self.0);
        match saved {
            Some(saved) => {
                remembered.bytes += saved.body.len();
                if let Some(entry) = remembered.by_key.get_mut(key) {
                    entry.answer = Some(saved);
                }
                remembered.forget_the_oldest();
            }
            None => {
                remembered.by_key.remove(key);
                remembered.oldest_first.retain(|known| known != key);
            }
        }
    }
}

impl Remembered {
    fn forget_the_oldest(&mut self) {
        while self.by_key.len() > MOST_KEYS || self.bytes > MOST_BYTES {
            let Some(key) = self.oldest_first.pop_front() else {
                return;
            };
            if let Some(Entry { answer: Some(saved), .. }) = self.by_key.remove(&key) {
                self.bytes = self.bytes.saturating_sub(saved.body.len());
            }
        }
    }
}

/// A key that is being worked on; freed when the work ends without an answer, as when the caller goes away.
struct Claim<'a> {
    answers: &'a Answers,
    key: String,
    settled: bool,
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        if !self.settled {
            self.answers.settle(&self.key, None);
        }
    }
}

/// Does a `POST` with a key once, and answers its repeats from memory.
pub async fn answer_repeats(State(state): State<HttpState>, request: Request, next: Next) -> Response {
    match key_of(&request) {
        Some(key) if *request.method() == Method::POST => {
            run_once(&state, key, request, next).await.unwrap_or_else(IntoResponse::into_response)
        }
        _ => next.run(request).await,
    }
}

/// The key, with who asks and for what: two callers never see each other's answers.
fn key_of(request: &Request) -> Option<String> {
    let key = request.headers().get("idempotency-key")?.to_str().ok()?;
    let caller = request.extensions().get::<Caller>()?;
    Some(format!("{caller:?} {key}"))
}

async fn run_once(state: &HttpState, key: String, request: Request, next: Next) -> Result<Response, Failure> {
    if key.len() > 400 {
        let what = "The Idempotency-Key is too long: at most 255 characters are accepted.";
        return Err(Failure(Problem::new(ErrorCode::MalformedRequest, what)));
    }
    let (request, fingerprint) = fingerprint(request).await?;
    if let Some(saved) = state.answers().claim(&key, fingerprint)? {
        let mut response = (saved.status, saved.headers, saved.body).into_response();
        response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
        return Ok(response);
    }
    let mut claim = Claim { answers: state.answers(), key, settled: false };
    let (parts, body) = next.run(request).await.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_else(|_| Bytes::new());
    if !parts.status.is_server_error() {
        let saved = Saved { status: parts.status, headers: parts.headers.clone(), body: body.clone() };
        claim.answers.settle(&claim.key, Some(saved));
        claim.settled = true;
    }
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// What makes two requests the same: address and body. An upload is not read into memory for this; its length and
/// the names in its head stand for it.
async fn fingerprint(request: Request) -> Result<(Request, ContentHash), Failure> {
    let (parts, body) = request.into_parts();
    let address = format!("{} {}", parts.method, parts.uri);
    let kind =
        parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/") {
        let length = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let hash = ContentHash::of(format!("{address} {}", length.unwrap_or("unknown")).as_bytes());
        return Ok((Request::from_parts(parts, body), hash));
    }
    let body = Limited::new(body, JSON_BYTES).collect().await.map_err(|error| {
        let too_large = error.downcast_ref::<LengthLimitError>().is_some();
        unreadable_body(if too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::BAD_REQUEST })
    })?;
    let body = body.to_bytes();
    let hash = ContentHash::of(&[address.as_bytes(), b"\n", &body].concat());
    Ok((Request::from_parts(parts, Body::from(body)), hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(bytes: usize) -> Saved {
        Saved { status: StatusCode::OK, headers: HeaderMap::new(), body: Bytes::from(vec![b'x'; bytes]) }
    }

    #[test]
    fn a_key_is_claimed_once_and_then_answers() {
        let answers = Answers::default();
        let (one, other) = (ContentHash::of(b"1"), ContentHash::of(b"2"));
        assert!(answers.claim("k", one).unwrap().is_none());
        assert!(answers.claim("k", one).is_err(), "still at work");
        answers.settle("k", Some(saved(3)));
        assert_eq!(answers.claim("k", one).unwrap().unwrap().body.len(), 3);
        assert_eq!(answers.claim("k", other).unwrap_err().code, ErrorCode::IdempotencyConflict);
        assert!(answers.claim("l", one).unwrap().is_none());
        answers.settle("l", None);
        assert!(answers.claim("l", other).unwrap().is_none(), "a failed one is free again");
    }

    #[test]
    fn what_is_remembered_stays_small() {
        let answers = Answers::default();
        for number in 0..2_000 {
            let key = number.to_string();
            answers.claim(&key, ContentHash::of(b"x")).unwrap();
            answers.settle(&key, Some(saved(20_000)));
        }
        let remembered = answers.0.lock().unwrap();
        assert!(remembered.by_key.len() <= MOST_KEYS && remembered.bytes <= MOST_BYTES);
        assert_eq!(remembered.by_key.len(), remembered.oldest_first.len());
        assert!(remembered.by_key.contains_key("1999"));
    }
}
