//! `/api/templates`: what projects can be made from.

use accid_access::Read;
use accid_studio::TemplateView;
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many},
    links::Links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(needs::<Read>(routes!(list_templates)))
}

/// Lists the templates: name one as `template` when a project is made.
#[utoipa::path(get, path = "/api/templates", tag = "projects", params(ListQuery), responses(Many<TemplateView>))]
async fn list_templates(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let templates = state.run(move |studio| studio.projects().templates(&may)).await?;
    query.answer(&templates, Links::to("/templates").and("create", "/projects"))
}
