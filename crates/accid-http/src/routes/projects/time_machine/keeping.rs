//! `/api/projects/{id}/time-machine/…`: how many versions are kept, the space they take, the way out to git.

use accid_access::{Administer, Read};
use accid_studio::{
    GitExportRequest, GitExportView, HistorySpaceView, Retention, RetentionView, ThinningView,
};
use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::links_of;
use crate::{
    HttpState,
    answer::{Answer, One, Work},
    input::{Asked, At, Input},
    permission::{Allowed, needs},
    problem::Failure,
    routes::jobs::{WaitQuery, answer_work},
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(get_retention)))
        .routes(needs::<Administer>(routes!(set_retention)))
        .routes(needs::<Administer>(routes!(clear_retention)))
        .routes(needs::<Read>(routes!(preview_retention)))
        .routes(needs::<Administer>(routes!(thin_out)))
        .routes(needs::<Read>(routes!(get_space)))
        .routes(needs::<Administer>(routes!(export_git)))
}

/// Says how many versions of a project are kept.
#[utoipa::path(get, path = "/api/projects/{id}/time-machine/retention", tag = "time machine",
    responses(One<RetentionView>))]
async fn get_retention(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<RetentionView>, Failure> {
    let links = links_of(&id);
    Ok(Answer::of(state.run(move |studio| studio.history().retention(&may, &id)).await?, links))
}

/// Sets how many versions of a project are kept. Nothing is thinned out at once.
#[utoipa::path(put, path = "/api/projects/{id}/time-machine/retention", tag = "time machine",
    request_body = ref("#/components/schemas/Retention"), responses(One<RetentionView>))]
async fn set_retention(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(rules): Input<Retention>,
) -> Result<Answer<RetentionView>, Failure> {
    let links = links_of(&id);
    let kept = state.run(move |studio| studio.history().set_retention(&may, &id, Some(rules))).await?;
    Ok(Answer::of(kept, links))
}

/// Lets the settings say how many versions of a project are kept.
#[utoipa::path(delete, path = "/api/projects/{id}/time-machine/retention", tag = "time machine",
    responses(One<RetentionView>))]
async fn clear_retention(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<RetentionView>, Failure> {
    let links = links_of(&id);
    let kept = state.run(move |studio| studio.history().set_retention(&may, &id, None)).await?;
    Ok(Answer::of(kept, links))
}

/// Rules to be tried.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct RulesQuery {
    /// So many of the newest automatic versions.
    #[param(required = false, default = 10)]
    automatic: u32,
    /// The last version of each day, for so many days.
    #[param(required = false, default = 30)]
    daily_days: u32,
    /// None older than so many days; 0 for no such limit.
    #[param(required = false, default = 0)]
    max_days: u32,
    /// So many megabytes at most; 0 for no such limit.
    #[param(required = false, default = 0)]
    max_megabytes: u32,
}

impl Default for RulesQuery {
    fn default() -> Self {
        let Retention { automatic, daily_days, max_days, max_megabytes } = Retention::default();
        Self { automatic, daily_days, max_days, max_megabytes }
    }
}

/// Says what rules would do to a project's history now; nothing is written.
#[utoipa::path(get, path = "/api/projects/{id}/time-machine/retention/preview", tag = "time machine",
    params(RulesQuery), responses(One<ThinningView>))]
async fn preview_retention(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(query): Asked<RulesQuery>,
) -> Result<Answer<ThinningView>, Failure> {
    let links = links_of(&id);
    let RulesQuery { automatic, daily_days, max_days, max_megabytes } = query;
    let rules = Retention { automatic, daily_days, max_days, max_megabytes };
    Ok(Answer::of(
        state.run(move |studio| studio.history().preview_retention(&may, &id, &rules)).await?,
        links,
    ))
}

/// Thins out a project's history now, by the rules in force; what goes is gone for good.
#[utoipa::path(post, path = "/api/projects/{id}/time-machine/thin-out", tag = "time machine",
    responses(One<ThinningView>))]
async fn thin_out(
    may: Allowed<Administer>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<ThinningView>, Failure> {
    let links = links_of(&id);
    Ok(Answer::of(state.run(move |studio| studio.history().thin_out(&may, &id)).await?, links))
}

/// Says what space a project's history takes, and what the rules in force would free.
#[utoipa::path(get, path = "/api/projects/{id}/time-machine/space", tag = "time machine",
    responses(One<HistorySpaceView>))]
async fn get_space(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<HistorySpaceView>, Failure> {
    let links = links_of(&id);
    Ok(Answer::of(state.run(move |studio| studio.history().space(&may, &id)).await?, links))
}

/// Writes a project's history as a git repository into a folder of this machine: one commit a version.
#[utoipa::path(post, path = "/api/projects/{id}/time-machine/git-export", tag = "time machine", params(WaitQuery),
    request_body = ref("#/components/schemas/GitExportRequest"), responses(Work<GitExportView>))]
async fn export_git(
    (may, look): (Allowed<Administer>, Allowed<Read>),
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(wait): Asked<WaitQuery>,
    Input(request): Input<GitExportRequest>,
) -> Result<Response, Failure> {
    let job = state.run(move |studio| studio.history().export_git(&may, &id, &request.folder)).await?;
    answer_work(&state, look, job, wait).await
}
