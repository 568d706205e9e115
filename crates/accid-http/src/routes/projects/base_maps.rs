//! `/api/projects/{id}/maps`: maps made elsewhere, whose tiles lie below pins.

use accid_access::Write;
use accid_base::{ErrorCode, Problem};
use accid_studio::{BaseMapView, UploadedFile};
use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, State, rejection::BytesRejection},
    http::StatusCode,
};
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, New},
    input::{Asked, At, unreadable_body},
    links,
    permission::{Allowed, needs},
    problem::Failure,
};

/// Largest archive, in bytes.
const ARCHIVE_BYTES: usize = accid_studio::MOST_ARCHIVE_BYTES;

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    let (schemas, paths, upload) = needs::<Write>(routes!(upload_base_map));
    OpenApiRouter::new().routes((schemas, paths, upload.layer(DefaultBodyLimit::max(ARCHIVE_BYTES))))
}

/// What an archive is called.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ArchiveQuery {
    /// Name of the file, such as `grenadines.pmtiles`.
    #[param(required = false)]
    name: String,
}

/// Takes an archive of map tiles (PMTiles, of pictures) into a project, as the body. A page or the settings of photos
/// name it afterwards by its hash; then the tiles that maps need are published with the site.
#[utoipa::path(post, path = "/api/projects/{id}/maps", tag = "maps", params(ArchiveQuery),
    request_body(content = String, content_type = "application/octet-stream"), responses(New<BaseMapView>))]
async fn upload_base_map(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    Asked(query): Asked<ArchiveQuery>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answer<BaseMapView>, Failure> {
    let bytes = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure(
            Problem::new(ErrorCode::TooLarge, "The map was not taken in.")
                .because(format!("It has more than {} MB.", ARCHIVE_BYTES / 1_048_576))
                .fix("Cut it to the part of the world you show: pmtiles extract does that."),
        ),
        status => unreadable_body(status),
    })?;
    let links = links::within(&id, "maps");
    let file = UploadedFile { name: query.name, bytes: bytes.to_vec() };
    Ok(Answer::created(state.run(move |studio| studio.base_maps().upload(&may, &id, &file)).await?, links))
}
