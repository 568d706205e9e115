//! `/api/projects/{id}/videos`: the films of a project.

use accid_access::{Read, Write};
use accid_base::{ErrorCode, Problem};
use accid_studio::{TrashView, UploadedFile, VideoView};
use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, State, rejection::BytesRejection},
    http::StatusCode,
};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many, New, One},
    input::{Asked, At, unreadable_body},
    links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
};

/// Largest film, in bytes.
const FILM_BYTES: usize = accid_studio::MOST_FILM_BYTES;

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    let (schemas, paths, upload) = needs::<Write>(routes!(upload_video));
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_videos)))
        .routes((schemas, paths, upload.layer(DefaultBodyLimit::max(FILM_BYTES))))
        .routes(needs::<Write>(routes!(delete_video)))
}

/// What a film is called.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct NameQuery {
    /// Name of the file, such as `surf.mp4`; the published film is named after it.
    #[param(required = false)]
    name: String,
}

/// Lists the films of a project.
#[utoipa::path(get, path = "/api/projects/{id}/videos", tag = "photos", params(ListQuery), responses(Many<VideoView>))]
async fn list_videos(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = links::within(&id, "videos");
    let videos = state.run(move |studio| studio.videos().list(&may, &id)).await?;
    query.answer(&videos, links)
}

/// Takes a film into a project: an MP4 or WebM of at most 100 MB, as the body. It is kept as it is, and published without
/// its notes.
#[utoipa::path(post, path = "/api/projects/{id}/videos", tag = "photos", params(NameQuery),
    request_body(content = String, content_type = "application/octet-stream"), responses(New<VideoView>))]
async fn upload_video(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(query): Asked<NameQuery>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answer<VideoView>, Failure> {
    let bytes = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure(
            Problem::new(ErrorCode::TooLarge, "The film was not taken in.")
                .because(format!(
                    "It has more than {} MB: visitors would wait for it.",
                    FILM_BYTES / 1_000_000
                ))
                .fix("Cut it to a few seconds, or export it smaller, and send that."),
        ),
        status => unreadable_body(status),
    })?;
    if bytes.is_empty() {
        return Err(Failure(
            Problem::new(ErrorCode::MalformedRequest, "There is no film in the request.")
                .fix("Send the file as the body."),
        ));
    }
    let links = links::within(&id, "videos");
    let file = UploadedFile { name: query.name, bytes: bytes.to_vec() };
    let video = state.run(move |studio| studio.videos().upload(&may, &id, &file)).await?;
    let etag = video.etag;
    Ok(Answer::created(video, links).tagged(etag))
}

/// Moves a film to the trash, unless a page still shows it.
#[utoipa::path(delete, path = "/api/projects/{id}/videos/{video}", tag = "photos", responses(One<TrashView>))]
async fn delete_video(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, video)): At<(String, String)>,
) -> Result<Answer<TrashView>, Failure> {
    let links = links::trashed(&id).and("collection", &format!("/projects/{id}/videos"));
    Ok(Answer::of(state.run(move |studio| studio.videos().remove(&may, &id, &video)).await?, links))
}
