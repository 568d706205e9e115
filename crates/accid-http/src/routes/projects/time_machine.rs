//! `/api/projects/{id}/time-machine/…`: versions, snapshots, going back.

mod keeping;

use accid_access::{Read, Write};
use accid_studio::{
    ChangesView, MarkVersion, Restore, RestoreFile, RestoredView, Snapshot, TimelineView, VersionView,
};
use axum::extract::State;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, New, One},
    input::{At, Input, OptionalInput},
    links::{self, Links},
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Write>(routes!(create_snapshot)))
        .routes(needs::<Read>(routes!(list_versions)))
        .routes(needs::<Write>(routes!(mark_version)))
        .routes(needs::<Read>(routes!(get_timeline)))
        .routes(needs::<Read>(routes!(list_changes)))
        .routes(needs::<Write>(routes!(restore_file)))
        .routes(needs::<Write>(routes!(restore_version)))
        .merge(keeping::routes())
}

/// Gives the present state a name; a named version is always kept.
#[utoipa::path(post, path = "/api/projects/{id}/time-machine/snapshot", tag = "time machine",
    request_body = ref("#/components/schemas/Snapshot"), responses(New<VersionView>))]
async fn create_snapshot(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    OptionalInput(request): OptionalInput<Snapshot>,
) -> Result<Answer<VersionView>, Failure> {
    let links = links_of(&id);
    let version = state.run(move |studio| studio.history().snapshot(&may, &id, &request.message)).await?;
    Ok(Answer::created(version, links))
}

/// Lists the versions of a project, newest first.
#[utoipa::path(get, path = "/api/projects/{id}/time-machine/snapshots", tag = "time machine", params(ListQuery),
    responses(Many<VersionView>))]
async fn list_versions(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = links_of(&id);
    let Some(places) = query.places() else {
        let versions = state.run(move |studio| studio.history().versions(&may, &id)).await?;
        return query.answer(&versions, links);
    };
    let (some, total) =
        state.run(move |studio| studio.history().some_versions(&may, &id, places.clone())).await?;
    query.answer_part(&some, total, links)
}

/// Says when each version was made, with those that people named or pinned: the whole history at a glance.
#[utoipa::path(get, path = "/api/projects/{id}/time-machine/timeline", tag = "time machine",
    responses(One<TimelineView>))]
async fn get_timeline(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<TimelineView>, Failure> {
    let links = links_of(&id);
    Ok(Answer::of(state.run(move |studio| studio.history().timeline(&may, &id)).await?, links))
}

/// Names, pins or annotates a version, which is then never thinned out; what is not named stays.
#[utoipa::path(put, path = "/api/projects/{id}/time-machine/snapshots/{version}", tag = "time machine",
    request_body = ref("#/components/schemas/MarkVersion"), responses(One<VersionView>))]
async fn mark_version(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, version)): At<(String, String)>,
    Input(request): Input<MarkVersion>,
) -> Result<Answer<VersionView>, Failure> {
    let links = links_of(&id);
    Ok(Answer::of(
        state.run(move |studio| studio.history().mark(&may, &id, &version, &request)).await?,
        links,
    ))
}

/// Says what differs between a version and today, page by page and module by module.
#[utoipa::path(get, path = "/api/projects/{id}/time-machine/snapshots/{version}/changes", tag = "time machine",
    responses(One<ChangesView>))]
async fn list_changes(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, version)): At<(String, String)>,
) -> Result<Answer<ChangesView>, Failure> {
    let links = links_of(&id);
    Ok(Answer::of(state.run(move |studio| studio.history().changes(&may, &id, &version)).await?, links))
}

/// Brings one file back as it was; this is itself a version.
#[utoipa::path(post, path = "/api/projects/{id}/time-machine/restore-file", tag = "time machine",
    request_body = ref("#/components/schemas/RestoreFile"), responses(One<RestoredView>))]
async fn restore_file(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(request): Input<RestoreFile>,
) -> Result<Answer<RestoredView>, Failure> {
    let links = links_of(&id);
    Ok(Answer::of(state.run(move |studio| studio.history().restore_file(&may, &id, &request)).await?, links))
}

/// Brings a module, a page, the look or the whole project back as it was; this is itself a version.
#[utoipa::path(post, path = "/api/projects/{id}/time-machine/restore", tag = "time machine",
    request_body = ref("#/components/schemas/Restore"), responses(One<RestoredView>))]
async fn restore_version(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(request): Input<Restore>,
) -> Result<Answer<RestoredView>, Failure> {
    let links = links_of(&id);
    Ok(Answer::of(state.run(move |studio| studio.history().restore(&may, &id, &request)).await?, links))
}

fn links_of(project: &str) -> Links {
    let at = format!("/projects/{project}/time-machine");
    links::within(project, "time-machine/snapshots")
        .and("restore", &format!("{at}/restore"))
        .and("restore_file", &format!("{at}/restore-file"))
        .and("snapshot", &format!("{at}/snapshot"))
        .and("timeline", &format!("{at}/timeline"))
        .and("retention", &format!("{at}/retention"))
}
