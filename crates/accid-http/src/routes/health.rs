//! `/api/health` and `/healthz`: flat, without the envelope, for tools that look for an ACCID.

use axum::{extract::State, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{HttpState, answer::json_response, permission::open, problem::Failure};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(open(routes!(get_health))).routes(open(routes!(get_healthz)))
}

/// Says that this ACCID is well, and which tools it has.
#[utoipa::path(get, path = "/api/health", tag = "system",
    responses((status = 200, description = "Well.", body = ref("#/components/schemas/HealthView"))))]
async fn get_health(State(state): State<HttpState>) -> Result<Response, Failure> {
    let health = state.studio().system().health();
    let body = serde_json::to_vec(&health).map_err(|error| {
        accid_base::Problem::new(accid_base::ErrorCode::Internal, format!("The health answer: {error}."))
    })?;
    Ok(json_response(body))
}

/// Says that this process answers.
#[utoipa::path(get, path = "/healthz", tag = "system",
    responses((status = 200, description = "Well.", body = ref("#/components/schemas/Alive"))))]
async fn get_healthz() -> Response {
    json_response(br#"{"status":"ok"}"#.to_vec())
}
