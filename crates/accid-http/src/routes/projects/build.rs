//! `/api/projects/{id}/build`: the site as files, in the project's own build folder; for a project that stands for a
//! folder, by the command its owner said yes to. `/api/projects/{id}/build-command`: that command.

use accid_access::{Administer, Publish, Read};
use accid_studio::{ApproveBuild, BuildCommandView, SetBuildCommand};
use axum::{extract::State, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, One, Work},
    input::{Asked, At, Input},
    links::{self, Links},
    openapi::ExportAnswer,
    permission::{Allowed, needs},
    problem::Failure,
    routes::jobs::{WaitQuery, answer_work},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Publish>(routes!(build_project)))
        .routes(needs::<Read>(routes!(get_build_command)))
        .routes(needs::<Administer>(routes!(set_build_command)))
        .routes(needs::<Administer>(routes!(approve_build_command)))
}

/// Builds the site in the project's own build folder. A `react` project runs its build command, which its owner must
/// have said yes to as it is; what the command wrote becomes a version.
#[utoipa::path(post, path = "/api/projects/{id}/build", tag = "export", params(WaitQuery),
    responses(Work<ExportAnswer>))]
async fn build_project(
    (may, look): (Allowed<Publish>, Allowed<Read>),
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(wait): Asked<WaitQuery>,
) -> Result<Response, Failure> {
    let start = move |studio: &accid_studio::Studio| match studio.builds().is_built_by_command(&may, &id)? {
        true => studio.builds().start(&may, &id),
        false => studio.exports().start(&may, &id),
    };
    let job = state.run(start).await?;
    answer_work(&state, look, job, wait).await
}

fn links_of(project: &str) -> Links {
    let at = format!("/projects/{project}");
    links::within(project, "build-command")
        .and("approve", &format!("{at}/build-command/approve"))
        .and("build", &format!("{at}/build"))
}

/// Says how a `react` project is built, and what was built last.
#[utoipa::path(get, path = "/api/projects/{id}/build-command", tag = "export", responses(One<BuildCommandView>))]
async fn get_build_command(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<BuildCommandView>, Failure> {
    let links = links_of(&id);
    Ok(Answer::of(state.run(move |studio| studio.builds().command(&may, &id)).await?, links))
}

/// Sets how a `react` project is built; what is not named stays. Nothing is run, and what differs has to be approved.
#[utoipa::path(put, path = "/api/projects/{id}/build-command", tag = "export",
    request_body = ref("#/components/schemas/SetBuildCommand"), responses(One<BuildCommandView>))]
async fn set_build_command(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(request): Input<SetBuildCommand>,
) -> Result<Answer<BuildCommandView>, Failure> {
    let links = links_of(&id);
    Ok(Answer::of(state.run(move |studio| studio.builds().set_command(&may, &id, &request)).await?, links))
}

/// The owner says yes to the build command that was shown, and to no other.
#[utoipa::path(post, path = "/api/projects/{id}/build-command/approve", tag = "export",
    request_body = ref("#/components/schemas/ApproveBuild"), responses(One<BuildCommandView>))]
async fn approve_build_command(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(request): Input<ApproveBuild>,
) -> Result<Answer<BuildCommandView>, Failure> {
    let links = links_of(&id);
    Ok(Answer::of(state.run(move |studio| studio.builds().approve(&may, &id, &request)).await?, links))
}
