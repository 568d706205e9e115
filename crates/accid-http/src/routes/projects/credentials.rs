//! `/api/projects/{id}/ftp-credentials/{env}` and `/api/projects/{id}/environments/{env}/pin`: how an environment signs
//! in, and by what its server is known. Nothing secret is ever answered.

use accid_access::Administer;
use accid_studio::{AcceptPin, EnvironmentView, SetLogin};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, One},
    input::{At, Input},
    permission::{Allowed, needs},
    problem::Failure,
    routes::projects::environments::links_of,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Administer>(routes!(set_credentials)))
        .routes(needs::<Administer>(routes!(forget_credentials)))
        .routes(needs::<Administer>(routes!(accept_pin)))
        .routes(needs::<Administer>(routes!(forget_pin)))
}

/// Keeps the password or key of an environment, sealed.
#[utoipa::path(post, path = "/api/projects/{id}/ftp-credentials/{env}", tag = "publishing",
    request_body = ref("#/components/schemas/SetLogin"), responses(One<EnvironmentView>))]
async fn set_credentials(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At((id, env)): At<(String, String)>,
    Input(request): Input<SetLogin>,
) -> Result<Answer<EnvironmentView>, Failure> {
    let links = links_of(&id, &env);
    let kept = state.run(move |studio| studio.publishing().set_login(&may, &id, &env, &request)).await?;
    Ok(Answer::of(kept, links).saying("The credentials are kept, sealed."))
}

/// Forgets the password or key of an environment.
#[utoipa::path(delete, path = "/api/projects/{id}/ftp-credentials/{env}", tag = "publishing", responses(One<EnvironmentView>))]
async fn forget_credentials(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At((id, env)): At<(String, String)>,
) -> Result<Answer<EnvironmentView>, Failure> {
    let links = links_of(&id, &env);
    Ok(Answer::of(state.run(move |studio| studio.publishing().forget_login(&may, &id, &env)).await?, links))
}

/// Knows the server of an environment by another host key or certificate from now on.
#[utoipa::path(put, path = "/api/projects/{id}/environments/{env}/pin", tag = "publishing",
    request_body = ref("#/components/schemas/AcceptPin"), responses(One<EnvironmentView>))]
async fn accept_pin(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At((id, env)): At<(String, String)>,
    Input(request): Input<AcceptPin>,
) -> Result<Answer<EnvironmentView>, Failure> {
    let links = links_of(&id, &env);
    Ok(Answer::of(
        state.run(move |studio| studio.publishing().accept_pin(&may, &id, &env, Some(&request))).await?,
        links,
    ))
}

/// Forgets the host key or certificate of a server: the next one it shows is trusted.
#[utoipa::path(delete, path = "/api/projects/{id}/environments/{env}/pin", tag = "publishing", responses(One<EnvironmentView>))]
async fn forget_pin(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At((id, env)): At<(String, String)>,
) -> Result<Answer<EnvironmentView>, Failure> {
    let links = links_of(&id, &env);
    Ok(Answer::of(
        state.run(move |studio| studio.publishing().accept_pin(&may, &id, &env, None)).await?,
        links,
    ))
}
