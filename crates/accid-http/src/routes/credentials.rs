//! `/api/vault/credentials`: the lock of the credentials. Nothing secret is ever answered.

use accid_access::{Administer, Read};
use accid_studio::{CredentialsView, Passphrase, Protect};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, One},
    input::OptionalInput,
    links::Links,
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(get_credentials_state)))
        .routes(needs::<Administer>(routes!(unlock_credentials)))
        .routes(needs::<Administer>(routes!(lock_credentials)))
        .routes(needs::<Administer>(routes!(protect_credentials)))
}

fn links() -> Links {
    Links::to("/vault/credentials")
        .and("unlock", "/vault/credentials/unlock")
        .and("lock", "/vault/credentials/lock")
        .and("protection", "/vault/credentials/protection")
}

/// Says whether the credentials are open, and what protects them.
#[utoipa::path(get, path = "/api/vault/credentials", tag = "publishing", responses(One<CredentialsView>))]
async fn get_credentials_state(
    may: Allowed<Read>,
    State(state): State<HttpState>,
) -> Result<Answer<CredentialsView>, Failure> {
    Ok(Answer::of(state.run(move |studio| studio.credentials().status(&may)).await?, links()))
}

/// Opens the credentials with their passphrase, or again by the key file.
#[utoipa::path(post, path = "/api/vault/credentials/unlock", tag = "publishing",
    request_body = ref("#/components/schemas/Passphrase"), responses(One<CredentialsView>))]
async fn unlock_credentials(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
    OptionalInput(request): OptionalInput<Passphrase>,
) -> Result<Answer<CredentialsView>, Failure> {
    let unlocked = state.run(move |studio| {
        studio.credentials().unlock(&may, &request)?;
        studio.credentials().status(&look)
    });
    Ok(Answer::of(unlocked.await?, links()))
}

/// Locks the credentials until somebody opens them.
#[utoipa::path(post, path = "/api/vault/credentials/lock", tag = "publishing", responses(One<CredentialsView>))]
async fn lock_credentials(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
) -> Result<Answer<CredentialsView>, Failure> {
    let locked = state.run(move |studio| {
        studio.credentials().lock(&may)?;
        studio.credentials().status(&look)
    });
    Ok(Answer::of(locked.await?, links()))
}

/// Protects the credentials by another passphrase, the keyring of the system, or a key file when the body names none.
#[utoipa::path(put, path = "/api/vault/credentials/protection", tag = "publishing",
    request_body = ref("#/components/schemas/Protect"), responses(One<CredentialsView>))]
async fn protect_credentials(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
    OptionalInput(request): OptionalInput<Protect>,
) -> Result<Answer<CredentialsView>, Failure> {
    let protected = state.run(move |studio| {
        studio.credentials().protect(&may, &request)?;
        studio.credentials().status(&look)
    });
    Ok(Answer::of(protected.await?, links()))
}
