//! `/api/gallery/{id}/…`: all photos together: rows for grid and map, counts, groups that look alike, settings, and places
//! as files.

use accid_access::{Read, Write};
use accid_studio::{Alike, Catalogue, Facets, PhotoSettingsView, PlaceFormat, WaypointSettings};
use axum::{extract::State, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::within;
use crate::{
    HttpState,
    answer::{Answer, Many, One},
    conditional::IfMatch,
    input::{At, Input},
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
    served,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(get_photo_index)))
        .routes(needs::<Read>(routes!(get_photo_facets)))
        .routes(needs::<Read>(routes!(list_duplicates)))
        .routes(needs::<Read>(routes!(get_photo_settings)))
        .routes(needs::<Write>(routes!(update_photo_settings)))
        .routes(needs::<Read>(routes!(get_places_gpx)))
        .routes(needs::<Read>(routes!(get_places_kml)))
        .routes(needs::<Read>(routes!(get_places_geojson)))
}

/// Compact rows of all photos in the order of the story, for a grid and a map of thousands: `columns` says what the values
/// of a row are. The bits of `flags`: 1 hidden, 2 has waypoints, 4 has a caption, 8 its place is not published exactly, 16
/// is in an album, 32 its place was set by hand.
#[utoipa::path(get, path = "/api/gallery/{id}/index", tag = "photos", responses(One<Catalogue>))]
async fn get_photo_index(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<Catalogue>, Failure> {
    let links = within(&id, "index");
    Ok(Answer::of(state.run(move |studio| studio.gallery().catalogue(&may, &id)).await?, links))
}

/// Counts photos by day, country, town, camera, rating and album, and those without place or time.
#[utoipa::path(get, path = "/api/gallery/{id}/facets", tag = "photos", responses(One<Facets>))]
async fn get_photo_facets(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<Facets>, Failure> {
    let links = within(&id, "facets");
    Ok(Answer::of(state.run(move |studio| studio.gallery().facets(&may, &id)).await?, links))
}

/// Lists groups of photos that look alike or were taken in a burst; of each group, the one to keep comes first.
#[utoipa::path(get, path = "/api/gallery/{id}/duplicates", tag = "photos", params(ListQuery), responses(Many<Alike>))]
async fn list_duplicates(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let links = within(&id, "duplicates");
    let groups = state.run(move |studio| studio.gallery().duplicates(&may, &id)).await?;
    query.answer(&groups, links)
}

/// Reads what holds for all photos: order, clocks, time zone, home zones, privacy, online map.
#[utoipa::path(get, path = "/api/gallery/{id}/settings", tag = "photos", responses(One<PhotoSettingsView>))]
async fn get_photo_settings(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Answer<PhotoSettingsView>, Failure> {
    let links = within(&id, "settings");
    let found = state.run(move |studio| studio.gallery().settings(&may, &id)).await?;
    Ok(tagged(found, links))
}

/// Sets what holds for all photos. Times that follow from the cameras' clocks and the time zone change with them, in the
/// same step of the history.
#[utoipa::path(put, path = "/api/gallery/{id}/settings", tag = "photos", params(IfMatch),
    request_body = ref("#/components/schemas/WaypointSettings"), responses(One<PhotoSettingsView>))]
async fn update_photo_settings(
    may: Allowed<Write>,
    State(state): State<HttpState>,
    At(id): At<String>,
    IfMatch(seen): IfMatch,
    Input(changed): Input<WaypointSettings>,
) -> Result<Answer<PhotoSettingsView>, Failure> {
    let links = within(&id, "settings");
    let settings =
        state.run(move |studio| studio.gallery().update_settings(&may, &id, &changed, seen)).await?;
    Ok(tagged(settings, links))
}

fn tagged(view: PhotoSettingsView, links: crate::links::Links) -> Answer<PhotoSettingsView> {
    match view.etag {
        Some(etag) => Answer::of(view, links).tagged(etag),
        None => Answer::of(view, links),
    }
}

/// The places of photos and the tracks as GPX 1.1, as far as they are published: what is hidden or blurred is so here too.
#[utoipa::path(get, path = "/api/gallery/{id}/places.gpx", tag = "photos",
    responses((status = 200, description = "The file.", content_type = "application/gpx+xml", body = String)))]
async fn get_places_gpx(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Response, Failure> {
    places(may, &state, id, PlaceFormat::Gpx).await
}

/// The places of photos and the tracks as KML 2.2, as far as they are published: what is hidden or blurred is so here too.
#[utoipa::path(get, path = "/api/gallery/{id}/places.kml", tag = "photos",
    responses((status = 200, description = "The file.", content_type = "application/vnd.google-earth.kml+xml", body = String)))]
async fn get_places_kml(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Response, Failure> {
    places(may, &state, id, PlaceFormat::Kml).await
}

/// The places of photos and the tracks as GeoJSON, as far as they are published: what is hidden or blurred is so here too.
#[utoipa::path(get, path = "/api/gallery/{id}/places.geojson", tag = "photos",
    responses((status = 200, description = "The file.", content_type = "application/geo+json", body = String)))]
async fn get_places_geojson(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(id): At<String>,
) -> Result<Response, Failure> {
    places(may, &state, id, PlaceFormat::GeoJson).await
}

async fn places(
    may: Allowed<Read>,
    state: &HttpState,
    id: String,
    format: PlaceFormat,
) -> Result<Response, Failure> {
    let file = state.run(move |studio| studio.gallery().places(&may, &id, format)).await?;
    let name = format!("places.{}", format.extension());
    Ok(served::bytes(file.bytes, file.media_type, Some(&name)))
}
