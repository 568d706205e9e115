//! `/api/validation/…`: a look at every file on disk, and mending.

use accid_access::{Administer, Read};
use accid_studio::{RepairRequest, RepairView, ValidationView};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, One},
    input::OptionalInput,
    links::Links,
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(run_validation)))
        .routes(needs::<Administer>(routes!(repair_files)))
}

/// Looks at every file and says what is wrong with it.
#[utoipa::path(get, path = "/api/validation/run", tag = "system", responses(One<ValidationView>))]
async fn run_validation(
    may: Allowed<Read>,
    State(state): State<HttpState>,
) -> Result<Answer<ValidationView>, Failure> {
    let found = state.run(move |studio| studio.system().validate(&may)).await?;
    Ok(Answer::of(found, Links::to("/validation/run").and("repair", "/validation/repair")))
}

/// Mends what can be mended without losing anything: all of it, or the proposals that are named.
#[utoipa::path(post, path = "/api/validation/repair", tag = "system",
    request_body = ref("#/components/schemas/RepairRequest"), responses(One<RepairView>))]
async fn repair_files(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    OptionalInput(request): OptionalInput<RepairRequest>,
) -> Result<Answer<RepairView>, Failure> {
    let repaired = state.run(move |studio| studio.system().repair(&may, &request)).await?;
    Ok(Answer::of(repaired, Links::to("/validation/repair").and("validation", "/validation/run")))
}
