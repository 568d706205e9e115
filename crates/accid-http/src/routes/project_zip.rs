//! `/api/projects/{id}/zip` and `/api/import/project-zip`: a project as one archive, and the way back.

use accid_access::{Administer, Read};
use accid_studio::{ProjectZipView, ZipRequest};
use axum::{extract::State, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::Work,
    input::{Asked, At, Input},
    permission::{Allowed, needs},
    problem::Failure,
    routes::jobs::{WaitQuery, answer_work},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Administer>(routes!(zip_project)))
        .routes(needs::<Administer>(routes!(import_project_zip)))
}

/// Writes a project as one zip into a file of this machine: documents, originals and history, without secrets.
#[utoipa::path(post, path = "/api/projects/{id}/zip", tag = "projects", params(WaitQuery),
    request_body = ref("#/components/schemas/ZipRequest"), responses(Work<ProjectZipView>))]
async fn zip_project(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(wait): Asked<WaitQuery>,
    Input(request): Input<ZipRequest>,
) -> Result<Response, Failure> {
    let job = state.run(move |studio| studio.project_zips().export(&may, &id, &request)).await?;
    answer_work(&state, look, job, wait).await
}

/// Takes a project in from a zip of this machine that ACCID made, with its history.
#[utoipa::path(post, path = "/api/import/project-zip", tag = "projects", params(WaitQuery),
    request_body = ref("#/components/schemas/ZipRequest"), responses(Work<ProjectZipView>))]
async fn import_project_zip(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
    Asked(wait): Asked<WaitQuery>,
    Input(request): Input<ZipRequest>,
) -> Result<Response, Failure> {
    let job = state.run(move |studio| studio.project_zips().import(&may, &request)).await?;
    answer_work(&state, look, job, wait).await
}
