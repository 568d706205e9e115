//! What a handler's caller may do: [`Allowed`] gives the handler its permit, [`needs`] writes the same permission into
//! the API's description. Must not know roles; `accid-access` does.

use std::ops::Deref;

use accid_access::{Action, Caller, Permit};
use axum::{extract::FromRequestParts, http::request::Parts};
use utoipa_axum::router::UtoipaMethodRouter;

use crate::{HttpState, problem::Failure};

/// Field of an operation in the API's description that names the permission it needs.
pub const PERMISSION: &str = "x-accid-permission";

/// Proof that the caller of this request may do `A`. Put it first among a handler's arguments, so that a caller who
/// may not is told before anything else is read.
#[derive(Debug, Clone)]
pub struct Allowed<A>(Permit<A>);

impl<A> Deref for Allowed<A> {
    type Target = Permit<A>;

    fn deref(&self) -> &Permit<A> {
        &self.0
    }
}

impl<A: Action, S: Sync> FromRequestParts<S> for Allowed<A> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        Ok(Self(caller_of(parts).permit::<A>()?))
    }
}

/// Who sent this request, for handlers whose permission depends on what is asked.
#[derive(Debug, Clone)]
pub struct Sender(pub Caller);

impl<S: Sync> FromRequestParts<S> for Sender {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        Ok(Self(caller_of(parts)))
    }
}

/// Who sent a request that passed the gate.
pub fn caller_of(parts: &Parts) -> Caller {
    parts.extensions.get().cloned().unwrap_or(Caller::Nobody)
}

/// Declares which permission these operations need.
pub fn needs<A: Action>(routes: UtoipaMethodRouter<HttpState>) -> UtoipaMethodRouter<HttpState> {
    declare(routes, A::NAME)
}

/// Declares that anybody who passes the gate may call these operations: they tell nothing about the user's content.
pub fn open(routes: UtoipaMethodRouter<HttpState>) -> UtoipaMethodRouter<HttpState> {
    declare(routes, "none")
}

fn declare(
    (schemas, mut paths, methods): UtoipaMethodRouter<HttpState>,
    name: &str,
) -> UtoipaMethodRouter<HttpState> {
    for item in paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            operation.extensions.get_or_insert_default().insert(PERMISSION.to_owned(), name.into());
        }
    }
    (schemas, paths, methods)
}
