//! `/api/projects/{id}/publish/{env}` and `/api/projects/{id}/deploy`: bringing a site to where visitors see it.

use accid_access::{Publish, Read};
use accid_base::{ErrorCode, FieldError, Problem};
use accid_studio::PublishRequest;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Work},
    input::{Asked, At, Input, OptionalInput},
    links,
    openapi::PublishAnswer,
    permission::{Allowed, needs},
    problem::Failure,
    routes::jobs::{WaitQuery, answer_work},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Publish>(routes!(publish_project)))
        .routes(needs::<Publish>(routes!(deploy_project)))
}

/// Publishes a project to an environment, or says with `dry_run` what that would do.
#[utoipa::path(post, path = "/api/projects/{id}/publish/{env}", tag = "publishing", params(WaitQuery),
    request_body = ref("#/components/schemas/PublishRequest"), responses(Work<PublishAnswer>))]
async fn publish_project(
    (may, look): (Allowed<Publish>, Allowed<Read>),
    State(state): State<HttpState>,
    At((id, env)): At<(String, String)>,
    Asked(wait): Asked<WaitQuery>,
    OptionalInput(request): OptionalInput<PublishRequest>,
) -> Result<Response, Failure> {
    if request.dry_run {
        let links =
            links::within(&id, "environments").and("publish", &format!("/projects/{id}/publish/{env}"));
        let plan = state.run(move |studio| studio.publishing().plan(&may, &id, &env)).await?;
        return Ok(Answer::of(plan, links).into_response());
    }
    let job = state.run(move |studio| studio.publishing().start(&may, &id, &env)).await?;
    answer_work(&state, look, job, wait).await
}

/// Publishes a project to the environment that the body names.
#[utoipa::path(post, path = "/api/projects/{id}/deploy", tag = "publishing", params(WaitQuery),
    request_body = ref("#/components/schemas/PublishRequest"), responses(Work<PublishAnswer>))]
async fn deploy_project(
    permits: (Allowed<Publish>, Allowed<Read>),
    state: State<HttpState>,
    At(id): At<String>,
    wait: Asked<WaitQuery>,
    Input(request): Input<PublishRequest>,
) -> Result<Response, Failure> {
    let Some(env) = request.environment.clone() else {
        let message = "names the environment to publish to, such as \"production\"".to_owned();
        let errors = vec![FieldError { pointer: "/environment".to_owned(), message }];
        let what = "The body does not say where to publish to.";
        return Err(Failure(
            Problem::new(ErrorCode::InvalidValue, what).fix("Add \"environment\".").with_errors(errors),
        ));
    };
    publish_project(permits, state, At((id, env)), wait, OptionalInput(request)).await
}
