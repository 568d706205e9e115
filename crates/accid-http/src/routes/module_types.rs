//! `/api/module-types` and `/api/themes`: what pages can be made of.

use accid_access::Read;
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many},
    links::Links,
    listing::{ListQuery, Listed},
    openapi::{ModuleTypeView, ThemeView},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_module_types)))
        .routes(needs::<Read>(routes!(list_themes)))
}

/// Lists the kinds of modules, each with the JSON Schema of its properties and an example.
#[utoipa::path(get, path = "/api/module-types", tag = "modules", params(ListQuery), responses(Many<ModuleTypeView>))]
async fn list_module_types(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let types = state.run(move |studio| studio.modules().types(&may)).await?;
    query.answer(&types, Links::to("/module-types"))
}

/// Lists the built-in themes with their design tokens.
#[utoipa::path(get, path = "/api/themes", tag = "modules", params(ListQuery), responses(Many<ThemeView>))]
async fn list_themes(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let themes = state.run(move |studio| studio.modules().themes(&may)).await?;
    query.answer(&themes, Links::to("/themes"))
}
