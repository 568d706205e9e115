//! `/api/openapi.json` and `/api/docs`: the description of this interface, for programs and for people.

use axum::{
    extract::State,
    response::{Html, Response},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{HttpState, answer::json_response, docs, openapi::openapi, permission::open};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(open(routes!(get_openapi))).routes(open(routes!(get_docs)))
}

/// Describes this interface as OpenAPI 3.1.
#[utoipa::path(get, path = "/api/openapi.json", tag = "system",
    responses((status = 200, description = "The description.", content_type = "application/json", body = Object)))]
async fn get_openapi(State(state): State<HttpState>) -> Response {
    json_response(state.description().as_bytes().to_vec())
}

/// Describes this interface as one page for people; it needs no network and no script.
#[utoipa::path(get, path = "/api/docs", tag = "system",
    responses((status = 200, description = "The page.", content_type = "text/html", body = String)))]
async fn get_docs() -> Html<String> {
    Html(docs::page(&openapi()))
}
