//! `/api/projects`, `/api/projects/{id}` and `/api/create-project`.

mod base_maps;
mod build;
mod check;
mod credentials;
mod environments;
mod modules;
pub(super) mod pages;
mod patterns;
mod publish;
mod releases;
mod spatial;
mod time_machine;
mod trash;
mod videos;

use accid_access::{Read, Write};
use accid_studio::{
    CreateProject, DuplicateProject, ProjectFactsView, ProjectView, TrashView, UpdateProject,
};
use axum::extract::State;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, New, One},
    conditional::IfMatch,
    input::{Asked, At, Input, OptionalInput},
    links::{self, Links},
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file and of what lies below a project.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_projects)))
        .routes(needs::<Write>(routes!(create_project)))
        .routes(needs::<Write>(routes!(create_project_by_name)))
        .routes(needs::<Read>(routes!(get_project)))
        .routes(needs::<Read>(routes!(get_project_facts)))
        .routes(needs::<Write>(routes!(update_project)))
        .routes(needs::<Write>(routes!(delete_project)))
        .routes(needs::<Write>(routes!(remove_project)))
        .routes(needs::<Write>(routes!(duplicate_project)))
        .merge(pages::routes())
        .merge(spatial::routes())
        .merge(modules::routes())
        .merge(patterns::routes())
        .merge(build::routes())
        .merge(check::routes())
        .merge(environments::routes())
        .merge(publish::routes())
        .merge(credentials::routes())
        .merge(releases::routes())
        .merge(time_machine::routes())
        .merge(trash::routes())
        .merge(videos::routes())
        .merge(base_maps::routes())
}

pub use pages::answer as answer_page;

/// What is searched for in projects.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct SearchQuery {
    /// Keeps projects in which this text stands: in their names, tags, pages, stories, albums or photos. `found` says
    /// where.
    #[param(required = false)]
    search: String,
}

/// Lists the projects.
#[utoipa::path(get, path = "/api/projects", tag = "projects", params(ListQuery, SearchQuery),
    responses(Many<ProjectView>))]
async fn list_projects(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
    Asked(SearchQuery { search }): Asked<SearchQuery>,
) -> Result<Answer<Listed>, Failure> {
    let projects = state.run(move |studio| studio.projects().search(&may, &search)).await?;
    query.answer(&projects, Links::to("/projects").and("create", "/projects").and("trash", "/trash"))
}

/// Makes a project.
#[utoipa::path(post, path = "/api/projects", tag = "projects",
    request_body = ref("#/components/schemas/CreateProject"), responses(New<ProjectView>))]
async fn create_project(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    Input(request): Input<CreateProject>,
) -> Result<Answer<ProjectView>, Failure> {
    let project = state.run(move |studio| studio.projects().create(&may, &request)).await?;
    let (links, etag) = (links::project(project.id.as_str()), project.etag);
    Ok(Answer::created(project, links).tagged(etag))
}

/// Makes a project; the same as `POST /api/projects`.
#[utoipa::path(post, path = "/api/create-project", tag = "projects",
    request_body = ref("#/components/schemas/CreateProject"), responses(New<ProjectView>))]
async fn create_project_by_name(
    may: Allowed<Write>,
    state: State<HttpState>,
    request: Input<CreateProject>,
) -> Result<Answer<ProjectView>, Failure> {
    create_project(may, state, request).await
}

/// Reads a project.
#[utoipa::path(get, path = "/api/projects/{id}", tag = "projects", responses(One<ProjectView>))]
async fn get_project(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<ProjectView>, Failure> {
    Ok(answer(state.run(move |studio| studio.projects().get(&may, &id)).await?))
}

/// Says what a project takes on disk, and how many things there are to look at.
#[utoipa::path(get, path = "/api/projects/{id}/facts", tag = "projects", responses(One<ProjectFactsView>))]
async fn get_project_facts(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<ProjectFactsView>, Failure> {
    let links = links::within(&id, "facts");
    Ok(Answer::of(state.run(move |studio| studio.projects().facts(&may, &id)).await?, links))
}

/// Changes a project's name, address, site, theme or tags, or puts it away; what is not named stays.
#[utoipa::path(put, path = "/api/projects/{id}", tag = "projects", params(IfMatch),
    request_body = ref("#/components/schemas/UpdateProject"), responses(One<ProjectView>))]
async fn update_project(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    IfMatch(seen): IfMatch,
    Input(changes): Input<UpdateProject>,
) -> Result<Answer<ProjectView>, Failure> {
    Ok(answer(state.run(move |studio| studio.projects().update(&may, &id, &changes, seen)).await?))
}

/// Moves a project to the trash.
#[utoipa::path(delete, path = "/api/projects/{id}", tag = "projects", params(IfMatch), responses(One<TrashView>))]
async fn delete_project(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    IfMatch(seen): IfMatch,
) -> Result<Answer<TrashView>, Failure> {
    let entry = state.run(move |studio| studio.projects().remove(&may, &id, seen)).await?;
    let restore = format!("/projects/{}/restore", entry.project);
    let said = format!("\"{}\" is in the trash.", entry.label);
    let links = Links::to("/trash").and("collection", "/projects").and("restore", &restore);
    Ok(Answer::of(entry, links).saying(said))
}

/// Moves a project to the trash; the same as `DELETE /api/projects/{id}`.
#[utoipa::path(delete, path = "/api/projects/{id}/remove", tag = "projects", params(IfMatch), responses(One<TrashView>))]
async fn remove_project(
    may: Allowed<Write>,
    state: State<HttpState>,
    id: At<String>,
    seen: IfMatch,
) -> Result<Answer<TrashView>, Failure> {
    delete_project(may, state, id, seen).await
}

/// Copies a project, with new ids and without its history.
#[utoipa::path(post, path = "/api/projects/{id}/duplicate", tag = "projects",
    request_body = ref("#/components/schemas/DuplicateProject"), responses(New<ProjectView>))]
async fn duplicate_project(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    OptionalInput(request): OptionalInput<DuplicateProject>,
) -> Result<Answer<ProjectView>, Failure> {
    let project =
        state.run(move |studio| studio.projects().duplicate(&may, &id, request.name.as_deref())).await?;
    let (links, etag) = (links::project(project.id.as_str()), project.etag);
    Ok(Answer::created(project, links).tagged(etag))
}

fn answer(project: ProjectView) -> Answer<ProjectView> {
    let (links, etag) = (links::project(project.id.as_str()), project.etag);
    Answer::of(project, links).tagged(etag)
}
