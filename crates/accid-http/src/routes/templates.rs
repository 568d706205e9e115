//! `/api/templates`: what projects can be made from.

use accid_access::Read;
use accid_studio::TemplateView;
use axum::{extract::State, http::HeaderMap, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many},
    headers::script_folder,
    input::At,
    links::Links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
    served::{on_canvas, site_path},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_templates)))
        .routes(needs::<Read>(routes!(get_template_preview)))
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

/// Shows the site that a project from this template would be; the path is that of the export, such as `index.html`.
/// Nothing is written.
#[utoipa::path(get, path = "/api/templates/{template}/preview/{*path}", tag = "projects",
    responses((status = 200, description = "The page or file.", content_type = "text/html", body = String)))]
async fn get_template_preview(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    headers: HeaderMap,
    At((template, path)): At<(String, String)>,
) -> Result<Response, Failure> {
    let scripts = script_folder(&headers, &["api", "templates", &template, "preview"]);
    let (path, nonce) = (site_path(&path)?, state.nonce());
    let served = state.run(move |studio| studio.projects().template_preview(&may, &template, &path)).await?;
    Ok(on_canvas(served, &nonce, &scripts))
}
