//! `/api/spatial/…`: maps of countries, regions and any part of the world, and places by their names.

use accid_access::Read;
use accid_studio::{AreaView, BoundsView, MapDetail, MapRequest, NamedPlaceView, ProjectionKind};
use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    answer::{Answer, Many},
    input::{Asked, At},
    links::Links,
    listing::{ListQuery, Listed},
    permission::{Allowed, needs},
    problem::Failure,
    served::static_file,
};

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(needs::<Read>(routes!(list_countries)))
        .routes(needs::<Read>(routes!(get_country_map)))
        .routes(needs::<Read>(routes!(get_map)))
        .routes(needs::<Read>(routes!(find_places)))
}

/// How the map is drawn.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct MapQuery {
    /// How exactly outlines are drawn: `low`, `medium`, `high` or `full`.
    #[serde(default)]
    #[param(required = false, value_type = String, default = "medium")]
    detail: MapDetail,
    /// Width in pixels; the height follows from the area.
    #[param(required = false, minimum = 16, maximum = 8192, default = 1000)]
    width: Option<u32>,
    /// `mercator`, `equirectangular`, `natural-earth`, `conic-conformal` or `conic-equal-area`; the area's own when
    /// missing.
    #[param(required = false, value_type = String)]
    projection: Option<ProjectionKind>,
}

/// Lists the countries, dependent territories and regions that maps can be drawn of.
#[utoipa::path(get, path = "/api/spatial/countries", tag = "maps", params(ListQuery), responses(Many<AreaView>))]
async fn list_countries(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    query: ListQuery,
) -> Result<Answer<Listed>, Failure> {
    let areas = state.run(move |studio| studio.spatial().areas(&may)).await?;
    query.answer(&areas, Links::to("/spatial/countries"))
}

/// Draws a country or region as SVG. The code is ISO 3166-1 alpha-2, alpha-3 or numeric, or a region such as
/// `caribbean`, `mediterranean` or `lesser-antilles`. Each territory is a path with `data-code`; the numbers of the
/// projection are in `data-…` of the `svg` element, so that markers can be laid over it.
#[utoipa::path(get, path = "/api/spatial/countries/{code}", tag = "maps", params(MapQuery),
    responses((status = 200, description = "The map.", content_type = "image/svg+xml", body = String)))]
async fn get_country_map(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    At(code): At<String>,
    Asked(query): Asked<MapQuery>,
) -> Result<Response, Failure> {
    let MapQuery { detail, width, projection } = query;
    let request = MapRequest { detail, width, projection };
    Ok(static_file(state.run(move |studio| studio.spatial().map(&may, &code, request)).await?))
}

/// The part of the world a map shows, in degrees.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct BoundsQuery {
    /// Western edge, -180 to 180.
    #[param(example = -63.0)]
    west: f64,
    /// Southern edge.
    #[param(example = 11.5)]
    south: f64,
    /// Eastern edge; beyond 180 when the map crosses the antimeridian.
    #[param(example = -59.0)]
    east: f64,
    /// Northern edge.
    #[param(example = 15.0)]
    north: f64,
    /// How exactly outlines are drawn: `low`, `medium`, `high` or `full`.
    #[serde(default)]
    #[param(required = false, value_type = String, default = "medium")]
    detail: MapDetail,
    /// Width in pixels; the height follows from the area.
    #[param(required = false, minimum = 16, maximum = 8192, default = 1000)]
    width: Option<u32>,
    /// The projection, as for the map of a country; the one that suits when missing.
    #[param(required = false, value_type = String)]
    projection: Option<ProjectionKind>,
}

/// Draws any part of the world as SVG, as the map of a country is drawn.
#[utoipa::path(get, path = "/api/spatial/map", tag = "maps", params(BoundsQuery),
    responses((status = 200, description = "The map.", content_type = "image/svg+xml", body = String)))]
async fn get_map(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    Asked(query): Asked<BoundsQuery>,
) -> Result<Response, Failure> {
    let BoundsQuery { west, south, east, north, detail, width, projection } = query;
    let bounds = BoundsView { west, south, east, north };
    let request = MapRequest { detail, width, projection };
    Ok(static_file(state.run(move |studio| studio.spatial().map_of(&may, bounds, request)).await?))
}

/// What is typed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PlacesQuery {
    /// The beginning of a name, or of a word of it; at least two letters.
    #[param(example = "bequia")]
    q: String,
}

/// Finds countries, regions, islands and towns by their names, offline; the likeliest first.
#[utoipa::path(get, path = "/api/spatial/places", tag = "maps", params(PlacesQuery),
    responses(Many<NamedPlaceView>))]
async fn find_places(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    Asked(query): Asked<PlacesQuery>,
) -> Result<Answer<Listed>, Failure> {
    let found = state.run(move |studio| studio.spatial().places(&may, &query.q)).await?;
    ListQuery::default().answer(&found, Links::to("/spatial/places"))
}
