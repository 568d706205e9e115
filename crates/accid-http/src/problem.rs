//! Failures on the wire: the one place where a [`Problem`] becomes a status and `application/problem+json` (RFC 9457).
//! Must not decide what is a failure; the floors below do.

use accid_base::{Category, ErrorCode, Explain, FieldError, Problem};
use axum::{
    body::Body,
    http::{HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// Content type of every failure.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// A failure on its way out of a handler; anything that can explain itself becomes one with `?`.
#[derive(Debug)]
pub struct Failure(pub Problem);

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.problem())
    }
}

/// A failure as it is sent.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "Problem")]
pub struct ProblemDocument<'a> {
    /// Address of the description of this kind of failure.
    #[serde(rename = "type")]
    kind: String,
    /// What this kind of failure is.
    title: &'a str,
    /// The HTTP status.
    status: u16,
    /// What is wrong, why, and what to do.
    detail: &'a str,
    /// The same sentence as `detail`.
    error: &'a str,
    /// A stable name of the kind of failure; programs may rely on it.
    code: &'a str,
    /// The values that are not acceptable.
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    #[schemars(with = "Vec<FieldErrorDocument>")]
    errors: &'a [FieldError],
    /// More for programs, such as the current state of an object that changed meanwhile.
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    details: &'a serde_json::Value,
}

/// One value that is not acceptable.
#[derive(schemars::JsonSchema)]
#[schemars(rename = "FieldError")]
#[expect(dead_code, reason = "only its schema is used: it describes accid_base::FieldError")]
struct FieldErrorDocument {
    /// Where, as a JSON pointer (RFC 6901) into the body that was sent.
    pointer: String,
    /// What is wrong and what would be right.
    message: String,
}

/// The status of a failure. This is the only table of it.
pub fn status(code: ErrorCode) -> StatusCode {
    match (code, code.category()) {
        (ErrorCode::NotPaired, _) => StatusCode::UNAUTHORIZED,
        (ErrorCode::MethodNotAllowed, _) => StatusCode::METHOD_NOT_ALLOWED,
        (ErrorCode::UnsupportedMediaType, _) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        (ErrorCode::RequestTimeout, _) => StatusCode::REQUEST_TIMEOUT,
        (_, Category::Malformed) => StatusCode::BAD_REQUEST,
        (_, Category::Invalid) => StatusCode::UNPROCESSABLE_ENTITY,
        (_, Category::NotFound) => StatusCode::NOT_FOUND,
        (_, Category::Denied) => StatusCode::FORBIDDEN,
        (_, Category::Stale) => StatusCode::PRECONDITION_FAILED,
        (_, Category::Conflict) => StatusCode::CONFLICT,
        (_, Category::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
        (_, Category::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        (_, Category::Internal) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What a person gets to read: faults of ACCID itself are told in the log, not to the caller; of a fault of the disk
/// the caller learns what failed and what to do, not where.
fn sentence(problem: &Problem) -> String {
    match problem.code {
        ErrorCode::Internal => {
            "ACCID could not do this because of a fault of its own. Nothing was lost; try again, and \
                                look into ACCID's log if it happens again."
                .to_owned()
        }
        ErrorCode::Storage => Problem { why: String::new(), ..problem.clone() }.sentence(),
        _ => problem.sentence(),
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        let status = status(problem.code);
        let hidden = problem.code.category() == Category::Internal;
        if hidden {
            tracing::error!(code = problem.code.as_str(), details = %problem.details, "{}", problem.sentence());
        }
        let sentence = sentence(&problem);
        let document = ProblemDocument {
            kind: format!("/api/docs#problem-{}", problem.code.as_str()),
            title: problem.code.description().trim(),
            status: status.as_u16(),
            detail: &sentence,
            error: &sentence,
            code: problem.code.as_str(),
            errors: &problem.errors,
            details: if hidden { &serde_json::Value::Null } else { &problem.details },
        };
        let body = serde_json::to_vec(&document).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        response
    }
}

/// The answer to an address that does not exist.
pub fn unknown_route(path: &str) -> Failure {
    Failure(
        Problem::new(ErrorCode::RouteNotFound, format!("There is nothing at \"{}\".", shorten(path)))
            .fix("See /api/docs for every address there is."),
    )
}

/// The answer to an address that exists, but not for this method.
pub async fn method_not_allowed(method: Method, uri: Uri) -> Failure {
    Failure(
        Problem::new(
            ErrorCode::MethodNotAllowed,
            format!("\"{}\" does not take {method}.", shorten(uri.path())),
        )
        .fix("The header \"Allow\" names the methods it takes; see also /api/docs."),
    )
}

/// The answer to a handler that panicked; what it said stands in the log only.
pub fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let said =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    let problem =
        Problem::new(ErrorCode::Internal, format!("A handler panicked: {}.", said.unwrap_or("no message")));
    Failure(problem).into_response()
}

/// At most 120 characters of a text that a stranger chose.
pub fn shorten(text: &str) -> String {
    text.chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    #[test]
    fn every_code_has_its_status() {
        let mut table = String::new();
        for code in ErrorCode::ALL {
            writeln!(table, "{} {}", status(*code).as_u16(), code.as_str()).unwrap();
        }
        insta::assert_snapshot!(table);
    }

    async fn body_of(problem: Problem) -> serde_json::Value {
        let response = Failure(problem).into_response();
        assert_eq!(response.headers()[header::CONTENT_TYPE], PROBLEM_JSON);
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[tokio::test]
    async fn a_fault_of_accid_itself_tells_the_caller_no_detail() {
        let problem =
            Problem::new(ErrorCode::Internal, "thread panicked at src/secret.rs").because("/home/ada/x");
        let body = body_of(problem).await;
        assert_eq!(body["status"], 500);
        assert!(!body.to_string().contains("secret.rs") && !body.to_string().contains("ada"));
    }

    #[tokio::test]
    async fn a_full_disk_is_told_without_its_path() {
        let problem = Problem::new(ErrorCode::Storage, "The page was not saved.")
            .because("/home/ada/accid.lock: no space left.")
            .fix("Free some space.");
        let body = body_of(problem).await;
        assert_eq!(body["detail"], "The page was not saved. Free some space.");
    }

    #[tokio::test]
    async fn a_failure_carries_its_sentence_code_and_errors() {
        let errors = vec![FieldError { pointer: "/name".into(), message: "is empty".into() }];
        let problem = Problem::new(ErrorCode::InvalidValue, "The name is empty.").with_errors(errors);
        insta::assert_json_snapshot!(body_of(problem).await);
    }
}
