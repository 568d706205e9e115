//! `/api/system/…`: how the process does, and what an update would rewrite.

use accid_access::{Administer, Read};
use accid_studio::MigrationStep;
use axum::extract::State;
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, One},
    links::Links,
    listing::{ListQuery, Listed},
    openapi::{Migrated, Performance},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(get_performance)))
        .routes(needs::<Read>(routes!(list_migrations)))
        .routes(needs::<Administer>(routes!(run_migrations)))
}

/// Says how much of the machine this process uses.
#[utoipa::path(get, path = "/api/system/performance", tag = "system", responses(One<Performance>))]
async fn get_performance(
    may: Allowed<Read>,
    State(state): State<HttpState>,
) -> Result<Answer<Value>, Failure> {
    let performance = state.run(move |studio| studio.system().performance(&may)).await?;
    Ok(Answer::of(performance, Links::to("/system/performance")))
}

/// Lists the documents of an older format and what would be done with them.
#[utoipa::path(get, path = "/api/system/migrations", tag = "system", params(ListQuery), responses(Many<MigrationStep>))]
async fn list_migrations(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let steps = state.run(move |studio| studio.system().migration_plan(&may)).await?;
    query.answer(&steps, Links::to("/system/migrations"))
}

/// Rewrites documents of an older format; each project gets a version before.
#[utoipa::path(post, path = "/api/system/migrations", tag = "system", responses(One<Migrated>))]
async fn run_migrations(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
) -> Result<Answer<Migrated>, Failure> {
    let steps = state.run(move |studio| studio.system().migrate(&may)).await?;
    Ok(Answer::of(Migrated { steps }, Links::to("/system/migrations")))
}
