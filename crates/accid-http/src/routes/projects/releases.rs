//! `/api/projects/{id}/releases/{env}`, `…/deployments/{env}` and `…/rollback/{env}`: what was online, what was done,
//! and the way back.

use accid_access::{Publish, Read};
use accid_studio::{Deployment, ReleaseView, RollbackRequest};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, Work},
    input::{Asked, At, OptionalInput},
    links,
    listing::{ListQuery, Listed},
    openapi::PublishAnswer,
    permission::{Allowed, needs},
    problem::Failure,
    routes::jobs::{WaitQuery, answer_work},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_releases)))
        .routes(needs::<Read>(routes!(list_deployments)))
        .routes(needs::<Publish>(routes!(roll_back)))
}

/// Lists the releases of an environment that can be gone back to, newest first.
#[utoipa::path(get, path = "/api/projects/{id}/releases/{env}", tag = "publishing", params(ListQuery),
    responses(Many<ReleaseView>))]
async fn list_releases(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, env)): At<(String, String)>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = links::within(&id, &format!("releases/{env}"))
        .and("rollback", &format!("/projects/{id}/rollback/{env}"));
    let releases = state.run(move |studio| studio.publishing().releases(&may, &id, &env)).await?;
    query.answer(&releases, links)
}

/// Lists what was done in an environment, newest first.
#[utoipa::path(get, path = "/api/projects/{id}/deployments/{env}", tag = "publishing", params(ListQuery),
    responses(Many<Deployment>))]
async fn list_deployments(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, env)): At<(String, String)>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = links::within(&id, &format!("deployments/{env}"))
        .and("publish", &format!("/projects/{id}/publish/{env}"));
    let deployments = state.run(move |studio| studio.publishing().deployments(&may, &id, &env)).await?;
    query.answer(&deployments, links)
}

/// Brings an earlier release back online, or says with `dry_run` what that would do.
#[utoipa::path(post, path = "/api/projects/{id}/rollback/{env}", tag = "publishing", params(WaitQuery),
    request_body = ref("#/components/schemas/RollbackRequest"), responses(Work<PublishAnswer>))]
async fn roll_back(
    (may, look): (Allowed<Publish>, Allowed<Read>),
    State(state): State<HttpState>,
    At((id, env)): At<(String, String)>,
    Asked(wait): Asked<WaitQuery>,
    OptionalInput(request): OptionalInput<RollbackRequest>,
) -> Result<Response, Failure> {
    if request.dry_run {
        let links = links::within(&id, &format!("releases/{env}"))
            .and("rollback", &format!("/projects/{id}/rollback/{env}"));
        let planned =
            move |studio: &accid_studio::Studio| studio.publishing().plan_rollback(&may, &id, &env, &request);
        return Ok(Answer::of(state.run(planned).await?, links).into_response());
    }
    let job = state.run(move |studio| studio.publishing().roll_back(&may, &id, &env, &request)).await?;
    answer_work(&state, look, job, wait).await
}
