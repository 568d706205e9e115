//! `/api/projects/{id}/trash` and `/api/projects/{id}/restore`: removing things so that they can come back.

use accid_access::{Read, Write};
use accid_studio::{RestoreTrash, RestoredObject, TrashRequest, TrashView};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, One},
    input::{At, OptionalInput},
    links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Write>(routes!(trash_object)))
        .routes(needs::<Read>(routes!(list_project_trash)))
        .routes(needs::<Write>(routes!(restore_object)))
}

/// Moves the project, or one of its pages, modules or photos, to the trash.
#[utoipa::path(post, path = "/api/projects/{id}/trash", tag = "trash",
    request_body = ref("#/components/schemas/TrashRequest"), responses(One<TrashView>))]
async fn trash_object(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    OptionalInput(request): OptionalInput<TrashRequest>,
) -> Result<Answer<TrashView>, Failure> {
    let links = links::trashed(&id);
    Ok(Answer::of(state.run(move |studio| studio.trash().remove(&may, &id, &request)).await?, links))
}

/// Lists what was removed from a project.
#[utoipa::path(get, path = "/api/projects/{id}/trash", tag = "trash", params(ListQuery), responses(Many<TrashView>))]
async fn list_project_trash(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = links::trashed(&id);
    let entries = state.run(move |studio| studio.trash().list(&may, &id)).await?;
    query.answer(&entries, links)
}

/// Brings something back from the trash; the project itself when no entry is named.
#[utoipa::path(post, path = "/api/projects/{id}/restore", tag = "trash",
    request_body = ref("#/components/schemas/RestoreTrash"), responses(One<RestoredObject>))]
async fn restore_object(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    OptionalInput(request): OptionalInput<RestoreTrash>,
) -> Result<Answer<RestoredObject>, Failure> {
    let restored =
        state.run(move |studio| studio.trash().restore(&may, &id, request.entry.as_deref())).await?;
    let said = format!("\"{}\" is back.", restored.label);
    let links = links::project(restored.project.as_str());
    Ok(Answer::of(restored, links).saying(said))
}
