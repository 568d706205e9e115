//! `/api/trash`: everything that was removed, of all projects.

use accid_access::{Administer, Read};
use accid_studio::{EmptiedView, TrashView};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, One},
    links::Links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_trash)))
        .routes(needs::<Administer>(routes!(empty_trash)))
}

/// Lists everything that was removed and can be brought back.
#[utoipa::path(get, path = "/api/trash", tag = "trash", params(ListQuery), responses(Many<TrashView>))]
async fn list_trash(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let entries = state.run(move |studio| studio.trash().list_all(&may)).await?;
    query.answer(&entries, Links::to("/trash").and("empty", "/trash/empty"))
}

/// Removes everything in the trash for good.
#[utoipa::path(delete, path = "/api/trash/empty", tag = "trash", responses(One<EmptiedView>))]
async fn empty_trash(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
) -> Result<Answer<EmptiedView>, Failure> {
    let emptied = state.run(move |studio| studio.trash().empty(&may)).await?;
    Ok(Answer::of(emptied, Links::to("/trash")))
}
