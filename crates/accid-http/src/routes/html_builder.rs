//! `/api/html-builder/…`: saving a whole page, exporting a site.

use accid_access::{Administer, Publish, Read, Write};
use accid_studio::{ExportRequest, PageView};
use axum::{extract::State, response::Response};
use serde::Deserialize;
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, One, Work},
    conditional::IfMatch,
    input::{Asked, At, Input, OptionalInput},
    openapi::ExportAnswer,
    permission::{Allowed, Sender, needs},
    problem::Failure,
    routes::{
        jobs::{WaitQuery, answer_work},
        projects::answer_page,
    },
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Write>(routes!(save_page)))
        .routes(needs::<Publish>(routes!(export_static)))
}

/// A whole page to be saved.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
pub struct SavePage {
    /// The project, by id or slug.
    project: String,
    /// The page's document, with its id.
    #[schemars(with = "accid_model::Page")]
    page: Value,
}

/// Saves a whole page; what the document leaves out is gone.
#[utoipa::path(post, path = "/api/html-builder/save", tag = "pages", params(IfMatch),
    request_body = ref("#/components/schemas/SavePage"), responses(One<PageView>))]
async fn save_page(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    IfMatch(seen): IfMatch,
    Input(SavePage { project, page }): Input<SavePage>,
) -> Result<Answer<PageView>, Failure> {
    let name = project.clone();
    Ok(answer_page(&name, state.save(move |studio| studio.pages().save(&may, &project, &page, seen)).await?))
}

/// Exports the site as static files. Naming a folder of this machine needs the permission `administer`.
#[utoipa::path(post, path = "/api/html-builder/{id}/export-static", tag = "export", params(WaitQuery),
    request_body = ref("#/components/schemas/ExportRequest"), responses(Work<ExportAnswer>))]
async fn export_static(
    (may, look, sender): (Allowed<Publish>, Allowed<Read>, Sender),
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(wait): Asked<WaitQuery>,
    OptionalInput(request): OptionalInput<ExportRequest>,
) -> Result<Response, Failure> {
    let job = match request.out {
        None => state.run(move |studio| studio.exports().start(&may, &id)).await?,
        Some(folder) => {
            let may_name = sender.0.permit::<Administer>()?;
            state.run(move |studio| studio.exports().start_into(&may_name, &id, folder.into())).await?
        }
    };
    answer_work(&state, look, job, wait).await
}
