//! `/api/jobs/{job}`: long work, its progress and its end.

use accid_access::{Publish, Read};
use accid_base::{ErrorCode, Problem};
use accid_studio::{JobLogView, JobState, JobView};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, One},
    input::{Asked, At},
    links::{self, Links},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(get_job)))
        .routes(needs::<Read>(routes!(get_job_log)))
        .routes(needs::<Publish>(routes!(cancel_job)))
}

/// Says where a job stands.
#[utoipa::path(get, path = "/api/jobs/{job}", tag = "jobs", responses(One<JobView>))]
async fn get_job(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(job): At<String>,
) -> Result<Answer<JobView>, Failure> {
    let job = state.run(move |studio| studio.jobs().get(&may, &job)).await?;
    let links = links::job(job.id.as_str(), job.project.as_str());
    Ok(Answer::of(job, links))
}

/// Where to go on reading.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct LogAfterQuery {
    /// Number of the last line that is known; 0 for none.
    #[param(required = false, default = 0)]
    after: u64,
}

/// Reads what the program wrote that a job runs, such as a build command.
#[utoipa::path(get, path = "/api/jobs/{job}/log", tag = "jobs", params(LogAfterQuery), responses(One<JobLogView>))]
async fn get_job_log(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(job): At<String>,
    Asked(LogAfterQuery { after }): Asked<LogAfterQuery>,
) -> Result<Answer<JobLogView>, Failure> {
    let links = Links::to(&format!("/jobs/{job}/log")).and("job", &format!("/jobs/{job}"));
    Ok(Answer::of(state.run(move |studio| studio.jobs().log(&may, &job, after)).await?, links))
}

/// Asks a job to stop.
#[utoipa::path(delete, path = "/api/jobs/{job}", tag = "jobs", responses(One<JobView>))]
async fn cancel_job(
    may: Allowed<Publish>,
    State(state): State<HttpState>,
    At(job): At<String>,
) -> Result<Answer<JobView>, Failure> {
    let job = state.run(move |studio| studio.jobs().cancel(&may, &job)).await?;
    let links = links::job(job.id.as_str(), job.project.as_str());
    Ok(Answer::of(job, links))
}

/// Whether the caller waits for the end of the work it starts.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WaitQuery {
    /// Answers when the work is done, with what came of it, instead of at once with the job.
    #[serde(default)]
    #[param(required = false, default = false)]
    pub wait: bool,
}

/// The answer to work that was started: the job, or, when the caller waits, what came of it.
pub async fn answer_work(
    state: &HttpState,
    may: Allowed<Read>,
    started: JobView,
    WaitQuery { wait }: WaitQuery,
) -> Result<Response, Failure> {
    let links = links::job(started.id.as_str(), started.project.as_str());
    if !wait {
        return Ok(Answer::accepted(started, links).into_response());
    }
    let ended = state.run(move |studio| studio.jobs().wait(&may, started.id.as_str())).await?;
    match ended {
        JobView { state: JobState::Done, result: Some(result), .. } => {
            Ok(Answer::of(result, links).into_response())
        }
        JobView { state: JobState::Done, .. } => Ok(Answer::of(ended, links).into_response()),
        JobView { failure: Some(problem), .. } => Err(Failure(problem)),
        JobView { state: JobState::Cancelled, .. } => {
            Err(Failure(Problem::new(ErrorCode::Cancelled, "The work was cancelled.").fix("Start it again.")))
        }
        _ => Err(Failure(Problem::new(ErrorCode::Internal, "A job ended without saying how."))),
    }
}
