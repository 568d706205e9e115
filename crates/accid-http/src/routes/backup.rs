//! `/api/backup/…`: off-site backups: where they go, making one, looking into one, restoring, the restore drill.

use accid_access::{Administer, Read};
use accid_studio::{
    AcceptPin, BackupItemView, BackupRestoredView, BackupRun, BackupSnapshotView, BackupThinningView,
    BackupView, DrillRun, RestoreBackup, SetBackup,
};
use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, One, Work},
    input::{Asked, At, Input},
    links::Links,
    listing::{ListQuery, Listed},
    openapi::Removed,
    permission::{Allowed, needs},
    problem::Failure,
    routes::jobs::{WaitQuery, answer_work},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(get_backup)))
        .routes(needs::<Administer>(routes!(set_backup)))
        .routes(needs::<Administer>(routes!(forget_backup)))
        .routes(needs::<Administer>(routes!(trust_backup)))
        .routes(needs::<Administer>(routes!(run_backup)))
        .routes(needs::<Read>(routes!(list_backups)))
        .routes(needs::<Read>(routes!(look_into_backup)))
        .routes(needs::<Administer>(routes!(restore_backup)))
        .routes(needs::<Administer>(routes!(run_restore_drill)))
        .routes(needs::<Read>(routes!(plan_backup_thinning)))
        .routes(needs::<Administer>(routes!(thin_out_backups)))
}

fn links() -> Links {
    Links::to("/backup")
        .and("run", "/backup/run")
        .and("snapshots", "/backup/snapshots")
        .and("restore", "/backup/restore")
        .and("drill", "/backup/drill")
        .and("thinning", "/backup/thinning")
}

/// Says where backups go, and how the last ones went.
#[utoipa::path(get, path = "/api/backup", tag = "backup", responses(One<BackupView>))]
async fn get_backup(
    may: Allowed<Read>,
    State(state): State<HttpState>,
) -> Result<Answer<BackupView>, Failure> {
    Ok(Answer::of(state.run(move |studio| studio.backups().get(&may)).await?, links()))
}

/// Says where backups go, when, and how many are kept. Passwords are never answered.
#[utoipa::path(put, path = "/api/backup", tag = "backup",
    request_body = ref("#/components/schemas/SetBackup"), responses(One<BackupView>))]
async fn set_backup(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    Input(request): Input<SetBackup>,
) -> Result<Answer<BackupView>, Failure> {
    Ok(Answer::of(state.run(move |studio| studio.backups().set(&may, &request)).await?, links()))
}

/// Forgets where backups go, with the passwords; what was backed up stays there.
#[utoipa::path(delete, path = "/api/backup", tag = "backup", responses(One<Removed>))]
async fn forget_backup(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
) -> Result<Answer<Removed>, Failure> {
    state.run(move |studio| studio.backups().forget(&may)).await?;
    Ok(Answer::of(Removed { name: "backup".to_owned() }, links()))
}

/// Knows the server by another host key from now on.
#[utoipa::path(put, path = "/api/backup/host-key", tag = "backup",
    request_body = ref("#/components/schemas/AcceptPin"), responses(One<BackupView>))]
async fn trust_backup(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    Input(request): Input<AcceptPin>,
) -> Result<Answer<BackupView>, Failure> {
    Ok(Answer::of(state.run(move |studio| studio.backups().accept_pin(&may, &request)).await?, links()))
}

/// Makes a backup now: every project with its history and originals, as they are at this moment.
#[utoipa::path(post, path = "/api/backup/run", tag = "backup", params(WaitQuery), responses(Work<BackupRun>))]
async fn run_backup(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
    Asked(wait): Asked<WaitQuery>,
) -> Result<Response, Failure> {
    let job = state.run(move |studio| studio.backups().run(&may)).await?;
    answer_work(&state, look, job, wait).await
}

/// Lists the backups, the newest first.
#[utoipa::path(get, path = "/api/backup/snapshots", tag = "backup", params(ListQuery),
    responses(Many<BackupSnapshotView>))]
async fn list_backups(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let backups = state.run(move |studio| studio.backups().snapshots(&may)).await?;
    query.answer(&backups, Links::to("/backup/snapshots").and("restore", "/backup/restore"))
}

/// Which folder of a backup is looked into.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct FolderQuery {
    /// The folder, such as `projects/travel`; its root when missing.
    #[serde(default)]
    #[param(required = false)]
    folder: String,
}

/// Lists what is directly in a folder of a backup.
#[utoipa::path(get, path = "/api/backup/snapshots/{snapshot}/files", tag = "backup",
    params(FolderQuery, ListQuery), responses(Many<BackupItemView>))]
async fn look_into_backup(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(snapshot): At<String>,
    Asked(FolderQuery { folder }): Asked<FolderQuery>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = Links::to(&format!("/backup/snapshots/{snapshot}/files")).and("restore", "/backup/restore");
    let items =
        state.run(move |studio| studio.backups().look(&may, &snapshot, folder.trim_matches('/'))).await?;
    query.answer(&items, links)
}

/// Restores a backup, or a part of it, into an empty folder or as a project.
#[utoipa::path(post, path = "/api/backup/restore", tag = "backup", params(WaitQuery),
    request_body = ref("#/components/schemas/RestoreBackup"), responses(Work<BackupRestoredView>))]
async fn restore_backup(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
    Asked(wait): Asked<WaitQuery>,
    Input(request): Input<RestoreBackup>,
) -> Result<Response, Failure> {
    let job = state.run(move |studio| studio.backups().restore(&may, &request)).await?;
    answer_work(&state, look, job, wait).await
}

/// Restores the newest backup into a folder of its own, compares every file, and takes the folder away again.
#[utoipa::path(post, path = "/api/backup/drill", tag = "backup", params(WaitQuery), responses(Work<DrillRun>))]
async fn run_restore_drill(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
    Asked(wait): Asked<WaitQuery>,
) -> Result<Response, Failure> {
    let job = state.run(move |studio| studio.backups().drill(&may)).await?;
    answer_work(&state, look, job, wait).await
}

/// Says which backups would go by the rules; nothing is written.
#[utoipa::path(get, path = "/api/backup/thinning", tag = "backup", responses(One<BackupThinningView>))]
async fn plan_backup_thinning(
    may: Allowed<Read>,
    State(state): State<HttpState>,
) -> Result<Answer<BackupThinningView>, Failure> {
    let plan = state.run(move |studio| studio.backups().plan_thinning(&may)).await?;
    Ok(Answer::of(plan, Links::to("/backup/thinning").and("backup", "/backup")))
}

/// Removes the backups that the rules do not keep, and what only they need.
#[utoipa::path(post, path = "/api/backup/thinning", tag = "backup", params(WaitQuery),
    responses(Work<BackupThinningView>))]
async fn thin_out_backups(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
    Asked(wait): Asked<WaitQuery>,
) -> Result<Response, Failure> {
    let job = state.run(move |studio| studio.backups().thin_out(&may)).await?;
    answer_work(&state, look, job, wait).await
}
