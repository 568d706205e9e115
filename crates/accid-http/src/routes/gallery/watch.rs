//! `/api/gallery/{id}/watch`: folders of this machine whose new pictures go into the project by themselves.

use accid_access::{Administer, Read, Write};
use accid_studio::{WatchFolder, WatchView};
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::within;
use crate::{
    HttpState,
    answer::{Answer, Many},
    input::{Asked, At, Input},
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_watched)))
        .routes(needs::<Administer>(routes!(watch_folder)))
        .routes(needs::<Administer>(routes!(unwatch_folder)))
        .routes(needs::<Write>(routes!(look_at_watched)))
}

/// Lists the watched folders, what was taken in from them, and files that could not be.
#[utoipa::path(get, path = "/api/gallery/{id}/watch", tag = "photos", params(ListQuery), responses(Many<WatchView>))]
async fn list_watched(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = within(&id, "watch");
    query.answer(&state.run(move |studio| studio.watch().list(&may, &id)).await?, links)
}

/// Watches a folder of this machine, and takes in what is in it.
#[utoipa::path(post, path = "/api/gallery/{id}/watch", tag = "photos",
    request_body = ref("#/components/schemas/WatchFolder"), responses(Many<WatchView>))]
async fn watch_folder(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
    Input(folder): Input<WatchFolder>,
) -> Result<Answer<Listed>, Failure> {
    let links = within(&id, "watch");
    query.answer(&state.run(move |studio| studio.watch().add(&may, &id, &folder.path)).await?, links)
}

/// Which folder.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct FolderQuery {
    /// The folder, as the list names it.
    path: String,
}

/// Watches a folder no longer; its photos stay.
#[utoipa::path(delete, path = "/api/gallery/{id}/watch", tag = "photos", params(FolderQuery),
    responses(Many<WatchView>))]
async fn unwatch_folder(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(folder): Asked<FolderQuery>,
) -> Result<Answer<Listed>, Failure> {
    let links = within(&id, "watch");
    let left = state.run(move |studio| studio.watch().remove(&may, &id, &folder.path)).await?;
    ListQuery::default().answer(&left, links)
}

/// Looks at the watched folders of a project at once.
#[utoipa::path(post, path = "/api/gallery/{id}/watch/look", tag = "photos", responses(Many<WatchView>))]
async fn look_at_watched(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<Listed>, Failure> {
    let links = within(&id, "watch");
    let seen = state.run(move |studio| studio.watch().look(&may, &id)).await?;
    ListQuery::default().answer(&seen, links)
}
