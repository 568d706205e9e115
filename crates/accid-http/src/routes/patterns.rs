//! `/api/patterns`: ready-made pages and sections, how they look, and how one comes onto a page.

use accid_access::{Read, Write};
use accid_studio::{ApplyPattern, PageView, PatternView};
use axum::{extract::State, http::HeaderMap, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::projects::pages;
use crate::{
    HttpState,
    answer::{Answer, Many, One},
    conditional::IfMatch,
    headers::script_folder,
    input::{At, Input},
    links::Links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
    served::{on_canvas, site_path},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_patterns)))
        .routes(needs::<Read>(routes!(get_pattern_preview)))
        .routes(needs::<Write>(routes!(apply_pattern)))
}

/// Lists the patterns: whole pages first, then sections.
#[utoipa::path(get, path = "/api/patterns", tag = "patterns", params(ListQuery), responses(Many<PatternView>))]
async fn list_patterns(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let patterns = state.run(move |studio| Ok(studio.patterns().list(&may))).await?;
    query.answer(&patterns, Links::to("/patterns"))
}

/// Shows a pattern as the only page of a site, `index.html`. Nothing is written.
#[utoipa::path(get, path = "/api/patterns/{pattern}/preview/{*path}", tag = "patterns",
    responses((status = 200, description = "The page or file.", content_type = "text/html", body = String)))]
async fn get_pattern_preview(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    headers: HeaderMap,
    At((pattern, path)): At<(String, String)>,
) -> Result<Response, Failure> {
    let scripts = script_folder(&headers, &["api", "patterns", &pattern, "preview"]);
    let (path, nonce) = (site_path(&path)?, state.nonce());
    let served = state.run(move |studio| studio.patterns().preview(&may, &pattern, &path)).await?;
    Ok(on_canvas(served, &nonce, &scripts))
}

/// Puts a pattern on a page, as one change. The pictures it shows come into the project when they are not there.
#[utoipa::path(post, path = "/api/projects/{id}/pages/{pid}/apply-pattern", tag = "patterns", params(IfMatch),
    request_body = ref("#/components/schemas/ApplyPattern"), responses(One<PageView>))]
async fn apply_pattern(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, pid)): At<(String, String)>,
    IfMatch(seen): IfMatch,
    Input(request): Input<ApplyPattern>,
) -> Result<Answer<PageView>, Failure> {
    let project = id.clone();
    let page = state.save(move |studio| studio.patterns().apply(&may, &id, &pid, &request, seen)).await?;
    Ok(pages::answer(&project, page))
}
