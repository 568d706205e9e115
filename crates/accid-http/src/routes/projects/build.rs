//! `/api/projects/{id}/build`: the site as files, in the project's own build folder.

use accid_access::{Publish, Read};
use axum::{extract::State, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::Work,
    input::{Asked, At},
    openapi::ExportAnswer,
    permission::{Allowed, needs},
    problem::Failure,
    routes::jobs::{WaitQuery, answer_work},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(needs::<Publish>(routes!(build_project)))
}

/// Builds the site in the project's own build folder.
#[utoipa::path(post, path = "/api/projects/{id}/build", tag = "export", params(WaitQuery),
    responses(Work<ExportAnswer>))]
async fn build_project(
    (may, look): (Allowed<Publish>, Allowed<Read>),
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(wait): Asked<WaitQuery>,
) -> Result<Response, Failure> {
    let job = state.run(move |studio| studio.exports().start(&may, &id)).await?;
    answer_work(&state, look, job, wait).await
}
