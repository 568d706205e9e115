//! `/api/projects/{id}/check`: what there is to look at before a site is published.

use accid_access::Read;
use accid_studio::CheckView;
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, One},
    input::At,
    links,
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(needs::<Read>(routes!(check_site)))
}

/// Looks at the whole site as it would be published: broken links, missing descriptions, contrast, heavy pictures,
/// untranslated texts. Nothing is written.
#[utoipa::path(get, path = "/api/projects/{id}/check", tag = "publishing", responses(One<CheckView>))]
async fn check_site(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<CheckView>, Failure> {
    let links = links::within(&id, "check");
    Ok(Answer::of(state.run(move |studio| studio.checks().run(&may, &id)).await?, links))
}
