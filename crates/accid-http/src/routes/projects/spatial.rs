//! `/api/projects/{id}/pages/{pid}/spatial`: a page whose canvas is a map.

use accid_access::{Read, Write};
use accid_model::Spatial;
use accid_render::SpatialMap;
use accid_studio::SpatialView;
use axum::extract::State;
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, One},
    conditional::IfMatch,
    input::{At, Input, OptionalInput},
    links::Links,
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(get_spatial)))
        .routes(needs::<Write>(routes!(update_spatial)))
        .routes(needs::<Read>(routes!(get_page_map)))
        .routes(needs::<Read>(routes!(draw_page_map)))
}

fn links_of(project: &str, page: &str) -> Links {
    Links::to(&format!("/projects/{project}/pages/{page}/spatial"))
        .and("page", &format!("/projects/{project}/pages/{page}"))
        .and("map", &format!("/projects/{project}/pages/{page}/spatial/map"))
}

fn answer(project: &str, view: SpatialView) -> Answer<SpatialView> {
    let (links, etag) = (links_of(project, view.page.as_str()), view.etag);
    Answer::of(view, links).tagged(etag)
}

/// Reads what makes a page a map, and where its modules stand.
#[utoipa::path(get, path = "/api/projects/{id}/pages/{pid}/spatial", tag = "maps", responses(One<SpatialView>))]
async fn get_spatial(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, pid)): At<(String, String)>,
) -> Result<Answer<SpatialView>, Failure> {
    let project = id.clone();
    Ok(answer(&project, state.run(move |studio| studio.spatial_pages().get(&may, &id, &pid)).await?))
}

/// Makes a page a map, or changes which; null makes it an ordinary page again. Modules keep their places.
#[utoipa::path(put, path = "/api/projects/{id}/pages/{pid}/spatial", tag = "maps", params(IfMatch),
    request_body = ref("#/components/schemas/Spatial"), responses(One<SpatialView>))]
async fn update_spatial(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, pid)): At<(String, String)>,
    IfMatch(seen): IfMatch,
    Input(spatial): Input<Option<Spatial>>,
) -> Result<Answer<SpatialView>, Failure> {
    let project = id.clone();
    let saved =
        state.save(move |studio| studio.spatial_pages().put(&may, &id, &pid, spatial.as_ref(), seen)).await?;
    Ok(answer(&project, saved))
}

/// Draws the map of a page exactly as the page shows it, with the numbers of its projection and its pins.
#[utoipa::path(get, path = "/api/projects/{id}/pages/{pid}/spatial/map", tag = "maps", responses(One<SpatialMap>))]
async fn get_page_map(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, pid)): At<(String, String)>,
) -> Result<Answer<SpatialMap>, Failure> {
    let links = links_of(&id, &pid);
    Ok(Answer::of(state.run(move |studio| studio.spatial_pages().map(&may, &id, &pid, None)).await?, links))
}

/// Draws the map of a draft of a page; nothing is written.
#[utoipa::path(post, path = "/api/projects/{id}/pages/{pid}/spatial/map", tag = "maps",
    request_body = ref("#/components/schemas/Page"), responses(One<SpatialMap>))]
async fn draw_page_map(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, pid)): At<(String, String)>,
    OptionalInput(draft): OptionalInput<Option<Value>>,
) -> Result<Answer<SpatialMap>, Failure> {
    let links = links_of(&id, &pid);
    let map = state.run(move |studio| studio.spatial_pages().map(&may, &id, &pid, draft.as_ref())).await?;
    Ok(Answer::of(map, links))
}
