//! Conditional requests (RFC 9110 §13): `If-Match` for writes, `ETag` and `If-None-Match` for reads, for every
//! route in one place. Must not know what is read or written.

use accid_base::ContentHash;
use axum::{
    body::{Body, Bytes},
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::Response,
};
use http_body_util::BodyExt;
use utoipa::openapi::{
    ObjectBuilder, Required,
    path::{Parameter, ParameterBuilder, ParameterIn},
    schema::Type,
};

use crate::problem::Failure;

/// The state of the object that the caller has seen: `If-Match` with the `ETag` of its last answer. Without it, or
/// with `*`, whatever is there now is changed.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(pub Option<ContentHash>);

impl utoipa::IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text =
            "The `ETag` of the state that the caller has seen; without it, whatever is there now is changed.";
        let parameter = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(text))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)));
        vec![parameter.build()]
    }
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        Ok(Self(wanted(&parts.headers)))
    }
}

/// A tag that ACCID never gave out matches nothing, so it becomes a hash that no object has.
fn wanted(headers: &HeaderMap) -> Option<ContentHash> {
    let text = headers.get(header::IF_MATCH)?.to_str().unwrap_or("unreadable").trim();
    if text == "*" {
        return None;
    }
    let bare = text.trim_matches('"');
    Some(bare.parse().unwrap_or_else(|_| ContentHash::of(text.as_bytes())))
}

/// Gives every JSON answer to a `GET` its tag, and answers 304 when the caller has it already.
pub async fn answer_conditionally(request: Request, next: Next) -> Response {
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !reading || response.status() != StatusCode::OK {
        return response;
    }
    let response = tag(response).await;
    let matches = match (&known, response.headers().get(header::ETAG)) {
        (Some(known), Some(tag)) => knows(known, tag),
        _ => false,
    };
    if matches { not_modified(response) } else { response }
}

async fn tag(response: Response) -> Response {
    let is_json = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !is_json || response.headers().contains_key(header::ETAG) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes =
        body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_else(|_| Bytes::new());
    if let Ok(tag) = HeaderValue::try_from(ContentHash::of(&bytes).etag()) {
        parts.headers.insert(header::ETAG, tag);
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Weak comparison (RFC 9110 §8.8.3.2), as `If-None-Match` asks for.
fn knows(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else {
        return false;
    };
    let strong = |text: &str| text.trim().trim_start_matches("W/").to_owned();
    known.trim() == "*" || known.split(',').any(|one| strong(one) == strong(tag))
}

fn not_modified(response: Response) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.status = StatusCode::NOT_MODIFIED;
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    Response::from_parts(parts, Body::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Option<ContentHash> {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_MATCH, HeaderValue::from_str(text).unwrap());
        wanted(&headers)
    }

    #[test]
    fn if_match_is_read_and_a_foreign_tag_matches_nothing() {
        let hash = ContentHash::of(b"x");
        assert_eq!(asked(&hash.etag()), Some(hash));
        assert_eq!(asked(&hash.to_string()), Some(hash));
        assert_eq!(asked("*"), None);
        assert_eq!(wanted(&HeaderMap::new()), None);
        assert!(asked("\"abc\"").is_some_and(|found| found != hash));
        assert!(
            asked(&format!("W/{}", hash.etag())).is_some_and(|found| found != hash),
            "weak tags never match"
        );
    }

    #[test]
    fn if_none_match_compares_weakly_and_takes_lists() {
        let tag = HeaderValue::from_static("\"a\"");
        for known in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(knows(&HeaderValue::from_static(known), &tag), "{known}");
        }
        assert!(!knows(&HeaderValue::from_static("\"b\""), &tag));
    }
}
