//! `/api/opened-folders`: projects whose folders lie elsewhere on the disk. `/api/projects/{id}/move`: where one lies.

use accid_access::{Administer, Read};
use accid_studio::{FolderRequest, MoveProject, OpenedFolderView, ProjectView};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, New, One},
    input::{At, Input, OptionalInput},
    links::{self, Links},
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_opened_folders)))
        .routes(needs::<Administer>(routes!(open_folder)))
        .routes(needs::<Administer>(routes!(close_folder)))
        .routes(needs::<Administer>(routes!(find_folder)))
        .routes(needs::<Administer>(routes!(move_project)))
}

/// Lists the project folders that were opened elsewhere on the disk, and whether they are still there.
#[utoipa::path(get, path = "/api/opened-folders", tag = "projects", params(ListQuery),
    responses(Many<OpenedFolderView>))]
async fn list_opened_folders(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let folders = state.run(move |studio| studio.projects().opened_folders(&may)).await?;
    query.answer(&folders, Links::to("/opened-folders").and("projects", "/projects"))
}

/// Opens the project in a folder anywhere on this machine; from now on ACCID works in that folder.
#[utoipa::path(post, path = "/api/opened-folders", tag = "projects",
    request_body = ref("#/components/schemas/FolderRequest"), responses(New<ProjectView>))]
async fn open_folder(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    Input(request): Input<FolderRequest>,
) -> Result<Answer<ProjectView>, Failure> {
    let project = state.run(move |studio| studio.projects().open_folder(&may, &request.path)).await?;
    let (links, etag) = (links::project(project.id.as_str()), project.etag);
    Ok(Answer::created(project, links).tagged(etag))
}

/// Closes a project whose folder lies elsewhere: the folder stays as it is.
#[utoipa::path(delete, path = "/api/opened-folders/{id}", tag = "projects", responses(One<OpenedFolderView>))]
async fn close_folder(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<OpenedFolderView>, Failure> {
    let closed = state.run(move |studio| studio.projects().close_folder(&may, &id)).await?;
    let said = format!("\"{}\" is closed. Its folder stays at {}.", closed.name, closed.path);
    Ok(Answer::of(closed, Links::to("/opened-folders").and("open", "/opened-folders")).saying(said))
}

/// Finds a project's folder again that was moved: the named folder, or one at most four levels below it.
#[utoipa::path(post, path = "/api/opened-folders/{id}/find", tag = "projects",
    request_body = ref("#/components/schemas/FolderRequest"), responses(One<ProjectView>))]
async fn find_folder(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(request): Input<FolderRequest>,
) -> Result<Answer<ProjectView>, Failure> {
    let project = state.run(move |studio| studio.projects().find_folder(&may, &id, &request.path)).await?;
    let (links, etag) = (links::project(project.id.as_str()), project.etag);
    Ok(Answer::of(project, links).tagged(etag))
}

/// Moves a project's folder to another place on this machine, or back below ACCID's own data.
#[utoipa::path(post, path = "/api/projects/{id}/move", tag = "projects",
    request_body = ref("#/components/schemas/MoveProject"), responses(One<ProjectView>))]
async fn move_project(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(id): At<String>,
    OptionalInput(request): OptionalInput<MoveProject>,
) -> Result<Answer<ProjectView>, Failure> {
    let project = state.run(move |studio| studio.projects().move_folder(&may, &id, &request)).await?;
    let (links, etag) = (links::project(project.id.as_str()), project.etag);
    Ok(Answer::of(project, links).tagged(etag))
}
