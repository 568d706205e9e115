//! `/api/gallery/{id}/tracks`: ways that were gone or drawn, and photos along them.

use accid_access::{Read, Write};
use accid_studio::{PlaceProposals, PlacingRequest, Refused, TrackChanges, TrackView, TrashView};
use axum::{
    extract::{DefaultBodyLimit, FromRequest, Request, State},
    http::header,
};
use schemars::JsonSchema;
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{read_file, read_multipart, unreadable_upload, within};
use crate::{
    HttpState,
    answer::{Answer, Many, One},
    conditional::IfMatch,
    input::{At, Input},
    limits::TRACK_BYTES,
    links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Largest single file of tracks, in bytes.
const FILE_BYTES: usize = 64_000_000;

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    let (schemas, paths, upload) = needs::<Write>(routes!(add_tracks));
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_tracks)))
        .routes((schemas, paths, upload.layer(DefaultBodyLimit::max(TRACK_BYTES))))
        .routes(needs::<Read>(routes!(propose_places)))
        .routes(needs::<Read>(routes!(get_track)))
        .routes(needs::<Write>(routes!(update_track)))
        .routes(needs::<Write>(routes!(delete_track)))
}

/// Lists the tracks of a project, by name.
#[utoipa::path(get, path = "/api/gallery/{id}/tracks", tag = "tracks", params(ListQuery), responses(Many<TrackView>))]
async fn list_tracks(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = within(&id, "tracks").and("place", &format!("/gallery/{id}/tracks/place"));
    let tracks = state.run(move |studio| studio.tracks().list(&may, &id)).await?;
    query.answer(&tracks, links)
}

/// What files of tracks brought.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AddedTracks {
    /// The tracks.
    pub items: Vec<TrackView>,
    /// The files that could not be read.
    pub refused: Vec<Refused>,
}

/// Adds tracks: `multipart/form-data` with GPX, KML, KMZ or GeoJSON files in fields `files`, or, as
/// `application/json`, a route that was drawn (`TrackChanges`: `{"name", "segments": [[{"lat", "lon"}]]}`).
#[utoipa::path(post, path = "/api/gallery/{id}/tracks", tag = "tracks",
    request_body(content = ref("#/components/schemas/Upload"), content_type = "multipart/form-data"),
    responses(One<AddedTracks>))]
async fn add_tracks(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    request: Request,
) -> Result<Answer<AddedTracks>, Failure> {
    let links = within(&id, "tracks");
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("application/json")) {
        let Input(drawn) = Input::<TrackChanges>::from_request(request, &state).await?;
        let track = state.run(move |studio| studio.tracks().draw(&may, &id, &drawn)).await?;
        return Ok(Answer::of(AddedTracks { items: vec![track], refused: Vec::new() }, links));
    }
    let mut form = read_multipart(request).await?;
    let (mut files, mut refused) = (Vec::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|error| unreadable_upload(&error))? {
        match read_file(field, FILE_BYTES).await? {
            Ok(file) => files.push(file),
            Err(too_large) => refused.push(too_large),
        }
    }
    let (items, more) = state.run(move |studio| studio.tracks().import(&may, &id, &files)).await?;
    refused.extend(more);
    Ok(Answer::of(AddedTracks { items, refused }, links))
}

/// Says where photos without a place may have been taken: along tracks by time, with the cameras' clocks put right by an
/// offset that is given or found, or between the photos before and after. Nothing is stored; confirm with
/// `PUT …/locations/update`.
#[utoipa::path(post, path = "/api/gallery/{id}/tracks/place", tag = "tracks",
    request_body = ref("#/components/schemas/PlacingRequest"), responses(One<PlaceProposals>))]
async fn propose_places(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Input(request): Input<PlacingRequest>,
) -> Result<Answer<PlaceProposals>, Failure> {
    let links = within(&id, "tracks/place").and("confirm", &format!("/gallery/{id}/locations/update"));
    Ok(Answer::of(state.run(move |studio| studio.tracks().propose_places(&may, &id, &request)).await?, links))
}

/// Reads a track with its points.
#[utoipa::path(get, path = "/api/gallery/{id}/tracks/{track}", tag = "tracks", responses(One<TrackView>))]
async fn get_track(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, track)): At<(String, String)>,
) -> Result<Answer<TrackView>, Failure> {
    let links = track_links(&id, &track);
    let found = state.run(move |studio| studio.tracks().get(&may, &id, &track)).await?;
    let etag = found.etag;
    Ok(Answer::of(found, links).tagged(etag))
}

/// Changes a track: name, points, waypoints, whether it is hidden; `simplify` drops points within so many metres. What is
/// not named stays.
#[utoipa::path(put, path = "/api/gallery/{id}/tracks/{track}", tag = "tracks", params(IfMatch),
    request_body = ref("#/components/schemas/TrackChanges"), responses(One<TrackView>))]
async fn update_track(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, track)): At<(String, String)>,
    IfMatch(seen): IfMatch,
    Input(changes): Input<TrackChanges>,
) -> Result<Answer<TrackView>, Failure> {
    let links = track_links(&id, &track);
    let changed = state.run(move |studio| studio.tracks().update(&may, &id, &track, &changes, seen)).await?;
    let etag = changed.etag;
    Ok(Answer::of(changed, links).tagged(etag))
}

/// Moves a track to the trash.
#[utoipa::path(delete, path = "/api/gallery/{id}/tracks/{track}", tag = "tracks", params(IfMatch),
    responses(One<TrashView>))]
async fn delete_track(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, track)): At<(String, String)>,
    IfMatch(seen): IfMatch,
) -> Result<Answer<TrashView>, Failure> {
    let links = links::trashed(&id).and("collection", &format!("/gallery/{id}/tracks"));
    Ok(Answer::of(state.run(move |studio| studio.tracks().remove(&may, &id, &track, seen)).await?, links))
}

fn track_links(project: &str, track: &str) -> links::Links {
    within(project, &format!("tracks/{track}")).and("collection", &format!("/gallery/{project}/tracks"))
}
