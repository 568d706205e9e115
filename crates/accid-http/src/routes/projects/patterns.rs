//! `/api/projects/{id}/patterns`: the patterns that were kept in a project.

use accid_access::{Read, Write};
use accid_studio::{PageView, PatternView, SavePattern};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::pages;
use crate::{
    HttpState,
    answer::{Answer, Many, New},
    input::{At, Input},
    links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_own_patterns)))
        .routes(needs::<Write>(routes!(save_pattern)))
}

/// Lists the patterns that were kept in a project. Each is a page with the role `pattern`, and is changed as one.
#[utoipa::path(get, path = "/api/projects/{id}/patterns", tag = "patterns", params(ListQuery),
    responses(Many<PatternView>))]
async fn list_own_patterns(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = links::within(&id, "patterns");
    let patterns = state.run(move |studio| studio.patterns().own(&may, &id)).await?;
    query.answer(&patterns, links)
}

/// Keeps a page, or one module of it with all inside, as a pattern of the project.
#[utoipa::path(post, path = "/api/projects/{id}/patterns", tag = "patterns",
    request_body = ref("#/components/schemas/SavePattern"), responses(New<PageView>))]
async fn save_pattern(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(request): Input<SavePattern>,
) -> Result<Answer<PageView>, Failure> {
    let project = id.clone();
    let page = state.save(move |studio| studio.patterns().save(&may, &id, &request)).await?;
    Ok(pages::created(&project, page))
}
