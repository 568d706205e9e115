//! `/api/projects/{id}/environments/…`: the places a project is published to.

use accid_access::{Administer, Read};
use accid_studio::{EnvironmentView, SetEnvironment};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, One},
    input::{At, Input},
    links::{self, Links},
    listing::{ListQuery, Listed},
    openapi::Removed,
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_environments)))
        .routes(needs::<Administer>(routes!(set_environment)))
        .routes(needs::<Administer>(routes!(remove_environment)))
}

/// Lists the places a project is published to.
#[utoipa::path(get, path = "/api/projects/{id}/environments", tag = "publishing", params(ListQuery),
    responses(Many<EnvironmentView>))]
async fn list_environments(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = links::within(&id, "environments");
    let environments = state.run(move |studio| studio.publishing().environments(&may, &id)).await?;
    query.answer(&environments, links)
}

/// Says where an environment lies; makes it when there is none of that name.
#[utoipa::path(put, path = "/api/projects/{id}/environments/{env}", tag = "publishing",
    request_body = ref("#/components/schemas/SetEnvironment"), responses(One<EnvironmentView>))]
async fn set_environment(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At((id, env)): At<(String, String)>,
    Input(request): Input<SetEnvironment>,
) -> Result<Answer<EnvironmentView>, Failure> {
    let links = links_of(&id, &env);
    Ok(Answer::of(
        state.run(move |studio| studio.publishing().set_environment(&may, &id, &env, &request)).await?,
        links,
    ))
}

/// Forgets an environment; what was published there stays.
#[utoipa::path(delete, path = "/api/projects/{id}/environments/{env}", tag = "publishing", responses(One<Removed>))]
async fn remove_environment(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At((id, env)): At<(String, String)>,
) -> Result<Answer<Removed>, Failure> {
    let (links, removed) = (links::within(&id, "environments"), Removed { name: env.clone() });
    state.run(move |studio| studio.publishing().remove_environment(&may, &id, &env)).await?;
    Ok(Answer::of(removed, links))
}

/// Links of an environment.
pub fn links_of(project: &str, env: &str) -> Links {
    links::within(project, &format!("environments/{env}"))
        .and("collection", &format!("/projects/{project}/environments"))
        .and("publish", &format!("/projects/{project}/publish/{env}"))
        .and("credentials", &format!("/projects/{project}/ftp-credentials/{env}"))
        .and("releases", &format!("/projects/{project}/releases/{env}"))
        .and("deployments", &format!("/projects/{project}/deployments/{env}"))
        .and("rollback", &format!("/projects/{project}/rollback/{env}"))
}
