//! `/api/gallery/{id}/photos/{photo}` and `/api/gallery/{id}/waypoints`: one photo, its pictures, and the points on it.

use accid_access::{Read, Write};
use accid_model::Marker;
use accid_studio::{PhotoChanges, PhotoView, TrashView, WaypointsChange};
use axum::{extract::State, response::Response};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, One, json_response},
    conditional::IfMatch,
    input::{At, Input},
    links::{self, Links, ROOT},
    permission::{Allowed, needs},
    problem::Failure,
    served,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(get_photo)))
        .routes(needs::<Write>(routes!(update_photo)))
        .routes(needs::<Write>(routes!(delete_photo)))
        .routes(needs::<Read>(routes!(get_photo_picture)))
        .routes(needs::<Read>(routes!(get_photo_original)))
        .routes(needs::<Read>(routes!(get_photo_annotations)))
        .routes(needs::<Read>(routes!(write_photo_sidecar)))
        .routes(needs::<Write>(routes!(save_waypoints)))
        .routes(needs::<Read>(routes!(get_waypoints)))
}

/// Reads a photo, by id or file name.
#[utoipa::path(get, path = "/api/gallery/{id}/photos/{photo}", tag = "photos", responses(One<PhotoView>))]
async fn get_photo(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, photo)): At<(String, String)>,
) -> Result<Answer<PhotoView>, Failure> {
    let project = id.clone();
    let found = state.run(move |studio| studio.photos().get(&may, &id, &photo)).await?;
    Ok(answer(&project, found))
}

/// Changes what is said of a photo: words, stars, time, place, privacy, and what of it stays in sight when it is cut; what
/// is not named stays. The original is never changed.
#[utoipa::path(put, path = "/api/gallery/{id}/photos/{photo}", tag = "photos", params(IfMatch),
    request_body = ref("#/components/schemas/PhotoChanges"), responses(One<PhotoView>))]
async fn update_photo(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, photo)): At<(String, String)>,
    IfMatch(seen): IfMatch,
    Input(changes): Input<PhotoChanges>,
) -> Result<Answer<PhotoView>, Failure> {
    let project = id.clone();
    let changed = state.run(move |studio| studio.photos().update(&may, &id, &photo, &changes, seen)).await?;
    Ok(answer(&project, changed))
}

/// Moves a photo to the trash; its original stays until the trash is emptied.
#[utoipa::path(delete, path = "/api/gallery/{id}/photos/{photo}", tag = "photos", responses(One<TrashView>))]
async fn delete_photo(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At((id, photo)): At<(String, String)>,
) -> Result<Answer<TrashView>, Failure> {
    let links = links::trashed(&id).and("collection", &format!("/gallery/{id}/photos"));
    Ok(Answer::of(state.run(move |studio| studio.photos().remove(&may, &id, &photo)).await?, links))
}

/// A smaller picture of a photo, upright and without metadata: 320, 1280 or 2048 pixels on its longest side. JPEG, or WebP
/// where something shines through.
#[utoipa::path(get, path = "/api/gallery/{id}/photos/{photo}/picture/{size}", tag = "photos",
    responses((status = 200, description = "The picture.", content_type = "image/jpeg", body = String)))]
async fn get_photo_picture(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, photo, size)): At<(String, String, u32)>,
) -> Result<Response, Failure> {
    let picture = state.run(move |studio| studio.photos().picture(&may, &id, &photo, size)).await?;
    Ok(served::bytes(picture.bytes, picture.media_type, None))
}

/// The original of a photo, byte for byte as it came, with everything its camera wrote.
#[utoipa::path(get, path = "/api/gallery/{id}/photos/{photo}/original", tag = "photos",
    responses((status = 200, description = "The file.", content_type = "application/octet-stream", body = String)))]
async fn get_photo_original(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, photo)): At<(String, String)>,
) -> Result<Response, Failure> {
    let original = state
        .run(move |studio| {
            let view = studio.photos().get(&may, &id, &photo)?;
            Ok((studio.photos().original(&may, &id, &photo)?, view.photo.filename))
        })
        .await?;
    Ok(served::bytes(original.0.bytes, original.0.media_type, Some(&original.1)))
}

/// The points on a photo as a page of W3C Web Annotations.
#[utoipa::path(get, path = "/api/gallery/{id}/photos/{photo}/annotations", tag = "photos",
    responses((status = 200, description = "The annotations.", content_type = "application/json", body = serde_json::Value)))]
async fn get_photo_annotations(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, photo)): At<(String, String)>,
) -> Result<Response, Failure> {
    let source = format!("{ROOT}/gallery/{id}/photos/{photo}/original");
    let page = state.run(move |studio| studio.photos().annotations(&may, &id, &photo, &source)).await?;
    Ok(json_response(page.to_string().into_bytes()))
}

/// Writes what ACCID knows of a photo as an XMP file, which photo programs read when it lies beside the original.
#[utoipa::path(post, path = "/api/gallery/{id}/photos/{photo}/sidecar", tag = "photos",
    responses((status = 200, description = "The file.", content_type = "application/rdf+xml", body = String)))]
async fn write_photo_sidecar(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, photo)): At<(String, String)>,
) -> Result<Response, Failure> {
    let (name, text) = state.run(move |studio| studio.photos().sidecar(&may, &id, &photo)).await?;
    Ok(served::bytes(text.into_bytes(), "application/rdf+xml", Some(&name)))
}

/// The points on a photo.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct WaypointsView {
    /// The photo.
    pub photo: accid_base::Id,
    /// Its file name.
    pub filename: String,
    /// The points, in the order of their numbers.
    pub waypoints: Vec<Marker>,
}

/// Puts labelled points on a photo in place of those it has: `{"photo" or "filename", "waypoints": […]}`, or
/// `"annotations"` as another program wrote them (W3C Web Annotations).
#[utoipa::path(put, path = "/api/gallery/{id}/waypoints/save", tag = "photos", params(IfMatch),
    request_body = ref("#/components/schemas/WaypointsChange"), responses(One<WaypointsView>))]
async fn save_waypoints(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    IfMatch(seen): IfMatch,
    Input(change): Input<WaypointsChange>,
) -> Result<Answer<WaypointsView>, Failure> {
    let project = id.clone();
    let saved = state.run(move |studio| studio.photos().save_waypoints(&may, &id, &change, seen)).await?;
    Ok(waypoints_of(&project, saved))
}

/// Reads the points on a photo, by its file name or id.
#[utoipa::path(get, path = "/api/gallery/{id}/waypoints/{filename}", tag = "photos",
    responses(One<WaypointsView>))]
async fn get_waypoints(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At((id, filename)): At<(String, String)>,
) -> Result<Answer<WaypointsView>, Failure> {
    let project = id.clone();
    let found = state.run(move |studio| studio.photos().get(&may, &id, &filename)).await?;
    Ok(waypoints_of(&project, found))
}

fn waypoints_of(project: &str, view: PhotoView) -> Answer<WaypointsView> {
    let (photo, etag) = (view.photo, view.etag);
    let links = Links::to(&format!("/gallery/{project}/waypoints/{}", photo.id))
        .and("photo", &format!("/gallery/{project}/photos/{}", photo.id))
        .and("save", &format!("/gallery/{project}/waypoints/save"))
        .and("annotations", &format!("/gallery/{project}/photos/{}/annotations", photo.id));
    let view = WaypointsView { photo: photo.id, filename: photo.filename, waypoints: photo.waypoints };
    Answer::of(view, links).tagged(etag)
}

fn answer(project: &str, photo: PhotoView) -> Answer<PhotoView> {
    let own = format!("/gallery/{project}/photos/{}", photo.photo.id);
    let links = Links::to(&own)
        .and("collection", &format!("/gallery/{project}/photos"))
        .and("project", &format!("/projects/{project}"))
        .and("picture", &format!("{own}/picture/1280"))
        .and("original", &format!("{own}/original"))
        .and("waypoints", &format!("/gallery/{project}/waypoints/{}", photo.photo.id))
        .and("sidecar", &format!("{own}/sidecar"));
    let etag = photo.etag;
    Answer::of(photo, links).tagged(etag)
}
