//! What a handler gets: JSON bodies, path parameters and query parameters, each failure of theirs as a [`Problem`].
//! Must not know any request in particular.

use accid_base::{ErrorCode, FieldError, Problem};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::problem::Failure;

/// A JSON body. Fields that are not known are left alone.
#[derive(Debug)]
pub struct Input<T>(pub T);

/// A JSON body that may be missing.
#[derive(Debug)]
pub struct OptionalInput<T>(pub T);

/// The parameters in the path.
#[derive(Debug)]
pub struct At<T>(pub T);

/// The parameters behind the `?`.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Input<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        check_content_type(request.headers())?;
        Ok(Self(read_json(&read_body(request, state).await?)?))
    }
}

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for OptionalInput<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let headers = request.headers().clone();
        let body = read_body(request, state).await?;
        if body.is_empty() {
            return Ok(Self(T::default()));
        }
        check_content_type(&headers)?;
        Ok(Self(read_json(&body)?))
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for At<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let path = Path::<T>::from_request_parts(parts, state).await.map_err(|rejection| {
            Problem::new(ErrorCode::MalformedRequest, "The address cannot be read.")
                .because(format!("{}.", rejection.body_text().trim_end_matches('.')))
        })?;
        Ok(Self(path.0))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let query = Query::<T>::from_request_parts(parts, state).await.map_err(|rejection| {
            Problem::new(ErrorCode::MalformedRequest, "The parameters behind the \"?\" cannot be read.")
                .because(format!("{}.", rejection.body_text().trim_end_matches('.')))
        })?;
        Ok(Self(query.0))
    }
}

async fn read_body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Failure> {
    Bytes::from_request(request, state).await.map_err(|rejection| unreadable_body(rejection.status()))
}

/// Why a body could not be read.
pub fn unreadable_body(status: StatusCode) -> Failure {
    Failure(match status {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(crate::limits::JSON_BYTES),
        _ => Problem::new(ErrorCode::MalformedRequest, "The body ended early or is damaged.")
            .fix("Send it again."),
    })
}

/// The body is larger than what is accepted.
pub fn too_large(limit: usize) -> Problem {
    let what = format!("The body is too large: at most {} MB are accepted here.", limit / 1_000_000);
    Problem::new(ErrorCode::TooLarge, what).fix("Send less at a time.")
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Failure> {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = sent.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json")) {
        return Ok(());
    }
    let why = if kind.is_empty() {
        "It does not say what it is.".to_owned()
    } else {
        format!("It says it is \"{kind}\".")
    };
    Err(Failure(
        Problem::new(ErrorCode::UnsupportedMediaType, "The body is not JSON.")
            .because(why)
            .fix("Send JSON with the header \"Content-Type: application/json\"."),
    ))
}

/// Reads JSON; nesting deeper than 128 is refused before it can exhaust the stack.
fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let pointer = pointer_of(error.path());
        let error = error.into_inner();
        if error.is_data() { unfitting(pointer, &error) } else { unparsable(&error) }
    })?;
    reader.end().map_err(|error| unparsable(&error))?;
    Ok(value)
}

fn unparsable(error: &serde_json::Error) -> Problem {
    Problem::new(ErrorCode::MalformedRequest, "The body is not JSON that can be read.")
        .because(format!("{error}."))
        .fix("Mend the JSON and send it again.")
}

fn unfitting(pointer: String, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
    let pointer = missing.map_or_else(|| pointer.clone(), |name| format!("{pointer}/{name}"));
    let place = if pointer.is_empty() { "The body" } else { pointer.as_str() };
    Problem::new(ErrorCode::InvalidValue, format!("{place} is not acceptable: {message}."))
        .fix("See /api/docs for what belongs there.")
        .with_errors(vec![FieldError { pointer, message }])
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Body {
        #[expect(dead_code, reason = "only its type matters")]
        list: Vec<Item>,
    }

    #[derive(Debug, serde::Deserialize)]
    struct Item {
        #[expect(dead_code, reason = "only its type matters")]
        count: u32,
    }

    #[test]
    fn a_wrong_value_is_named_by_its_pointer() {
        let problem = read_json::<Body>(br#"{"list": [{"count": 1}, {"count": "two"}]}"#).unwrap_err();
        assert_eq!(problem.code, ErrorCode::InvalidValue);
        assert_eq!(problem.errors[0].pointer, "/list/1/count");
        let problem = read_json::<Body>(br#"{"list": [{}]}"#).unwrap_err();
        assert_eq!(problem.errors[0].pointer, "/list/0/count");
    }

    #[test]
    fn very_deep_json_is_refused_and_does_not_exhaust_the_stack() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert_eq!(read_json::<Value>(deep.as_bytes()).unwrap_err().code, ErrorCode::MalformedRequest);
        let deep = r#"{"a":"#.repeat(100_000) + "1" + &"}".repeat(100_000);
        assert_eq!(read_json::<Value>(deep.as_bytes()).unwrap_err().code, ErrorCode::MalformedRequest);
    }

    #[test]
    fn something_behind_the_json_is_refused() {
        assert_eq!(read_json::<Value>(b"{} {}").unwrap_err().code, ErrorCode::MalformedRequest);
        assert_eq!(read_json::<Value>(b"").unwrap_err().code, ErrorCode::MalformedRequest);
    }

    #[test]
    fn only_json_is_taken() {
        let check = |kind: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            check_content_type(&headers)
        };
        for good in ["application/json", "application/json; charset=utf-8", "application/json-patch+json"] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in ["text/plain", "application/x-www-form-urlencoded", "text/json", "application/jsonx", ""] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
