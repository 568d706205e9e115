//! `/api/system/…`: how the process does, what lies on the disk, the log, and what an update would rewrite.

use accid_access::{Administer, Read};
use accid_studio::{CleanUpRequest, CleanedView, DiskView, LogQuery, LogView, MigrationStep};
use axum::{extract::State, response::Response};
use serde::Deserialize;
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, One},
    input::{Asked, OptionalInput},
    links::Links,
    listing::{ListQuery, Listed},
    openapi::{Migrated, Performance},
    permission::{Allowed, needs},
    problem::Failure,
    served,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(get_performance)))
        .routes(needs::<Read>(routes!(get_disk)))
        .routes(needs::<Administer>(routes!(clean_up)))
        .routes(needs::<Administer>(routes!(read_log)))
        .routes(needs::<Administer>(routes!(make_support_bundle)))
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

/// Says how much of the disk each project takes, by kind.
#[utoipa::path(get, path = "/api/system/disk", tag = "system", responses(One<DiskView>))]
async fn get_disk(may: Allowed<Read>, State(state): State<HttpState>) -> Result<Answer<DiskView>, Failure> {
    let disk = state.run(move |studio| studio.maintenance().disk(&may)).await?;
    Ok(Answer::of(disk, Links::to("/system/disk").and("clean-up", "/system/clean-up")))
}

/// Gives back what can be made again: previews, built sites. What is being built just now is left alone.
#[utoipa::path(post, path = "/api/system/clean-up", tag = "system",
    request_body = ref("#/components/schemas/CleanUpRequest"), responses(One<CleanedView>))]
async fn clean_up(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    OptionalInput(request): OptionalInput<CleanUpRequest>,
) -> Result<Answer<CleanedView>, Failure> {
    let cleaned = state.run(move |studio| studio.maintenance().clean_up(&may, &request)).await?;
    Ok(Answer::of(cleaned, Links::to("/system/clean-up").and("disk", "/system/disk")))
}

/// Which lines of the log are wanted.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct LogParameters {
    /// At least as grave as this: `error`, `warn`, `info` or `debug`.
    #[serde(default)]
    level: Option<String>,
    /// That hold this text, in whatever case.
    #[serde(default)]
    q: Option<String>,
    /// After the line of this number.
    #[serde(default)]
    after: u64,
    /// At most so many, the newest; 500 when missing.
    #[serde(default)]
    most: Option<usize>,
}

/// Reads the last lines of the log, oldest first.
#[utoipa::path(get, path = "/api/system/log", tag = "system", params(LogParameters), responses(One<LogView>))]
async fn read_log(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    Asked(wanted): Asked<LogParameters>,
) -> Result<Answer<LogView>, Failure> {
    let LogParameters { level, q, after, most } = wanted;
    let level = level.filter(|level| !level.is_empty());
    let query = LogQuery { level, q, after, most: most.unwrap_or(500) };
    let log = state.run(move |studio| studio.maintenance().log(&may, &query)).await?;
    Ok(Answer::of(log, Links::to("/system/log")))
}

/// Makes a zip for those who help: versions, settings, findings, the machine, the end of the log. No names, no content,
/// no secrets.
#[utoipa::path(get, path = "/api/system/support-bundle", tag = "system",
    responses((status = 200, description = "The zip.", content_type = "application/zip", body = String)))]
async fn make_support_bundle(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
) -> Result<Response, Failure> {
    let bundle = state.run(move |studio| studio.maintenance().support_bundle(&may)).await?;
    Ok(served::bytes(bundle.bytes, "application/zip", Some(&bundle.name)))
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
