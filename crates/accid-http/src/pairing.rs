//! Tools of other processes or machines that are paired with this Vault: they show a token, and may reach what belongs
//! to their own projects. Must not know what they hand over.
//!
//! **Invariant:** a token opens a short list of addresses and nothing else, whoever shows it.

use accid_access::{Caller, Role};
use accid_base::{ErrorCode, Problem};
use accid_studio::{Pairing, Studio};
use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    response::{IntoResponse, Response},
};

use crate::{problem::Failure, roots};

/// The tool that sent a request.
#[derive(Debug, Clone)]
pub struct Paired(pub Pairing);

impl<S: Sync> FromRequestParts<S> for Paired {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Failure(not_paired()))
    }
}

/// What a caller without a good token is told.
pub fn not_paired() -> Problem {
    Problem::new(ErrorCode::NotPaired, "This Vault does not know you.")
        .because("The token is missing, wrong, or was taken back.")
        .fix("Pair the tool anew: make a token in the Vault, with \"accid vault pair\" or in its settings.")
}

/// The refusal, with the scheme that is expected (RFC 6750 §3).
pub fn refuse() -> Response {
    let mut response = Failure(not_paired()).into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// The token of a request, if it shows one.
pub fn token_of(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Who a tool is in the history, and what it may do.
pub fn caller_of(pairing: &Pairing) -> Caller {
    Caller::Person { name: pairing.name.clone(), role: Role::Maintainer }
}

/// Whether a tool may reach an address: how the Vault is, handing over, and publishing of its own projects.
pub fn may_reach(studio: &Studio, pairing: &Pairing, request: &Request) -> bool {
    let path = request.uri().path();
    let path = roots::canonical(path).unwrap_or_else(|| path.to_owned());
    let reads = *request.method() == Method::GET;
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        ["healthz"] | ["api", "health"] => reads,
        ["api", "connected", ..] => true,
        ["api", "jobs", job] => studio.connected().owns_job(pairing, job),
        ["api", "projects", project, rest @ ..] => {
            publishes(rest, reads) && studio.connected().owns(pairing, project)
        }
        _ => false,
    }
}

/// Whether an address below a project is about publishing, without naming places or passwords.
pub fn publishes(rest: &[&str], reads: bool) -> bool {
    match rest {
        ["environments"] | ["releases" | "deployments", _] => reads,
        ["publish" | "rollback", _] | ["deploy"] => !reads,
        _ => false,
    }
}
