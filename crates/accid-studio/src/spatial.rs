//! Maps of countries and regions, and what there are.

use accid_access::{Permit, Read};
use accid_base::{ContentHash, ErrorCode, Problem};
use accid_geo::{Area, BoundingBox, Detail, FoundPlace, PlaceKind, ProjectionKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Inner, Served, explain};

/// Width of a map when none is asked for, in pixels.
const WIDTH: u32 = 1_000;

/// How many places a name finds at most.
const MOST_PLACES: usize = 20;

/// Maps.
pub struct Spatial<'a>(pub(crate) &'a Inner);

/// How a map is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct MapRequest {
    /// How exactly outlines are drawn.
    pub detail: Detail,
    /// Width in pixels, 16 to 8192; 1000 when missing.
    pub width: Option<u32>,
    /// The projection; the area's own when missing.
    pub projection: Option<ProjectionKind>,
}

/// A country or region that a map can be drawn of.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AreaView {
    /// Its code: ISO 3166-1 alpha-2, or that of a region such as `lesser-antilles`.
    pub id: String,
    /// Its English name.
    pub name: String,
    /// What it is.
    pub kind: AreaKind,
    /// ISO 3166-1 alpha-3; empty for a region.
    pub alpha3: String,
    /// ISO 3166-1 numeric; empty for a region.
    pub numeric: String,
    /// Alpha-2 of the country it belongs to; empty for a region.
    pub sovereign: String,
    /// Numbers of the United Nations' regions it is in (M49), such as `029` for the Caribbean.
    pub regions: Vec<String>,
    /// The part of the world its map shows.
    pub bounds: BoundsView,
    /// The projection its map has when none is named.
    pub projection: String,
}

/// What an area is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AreaKind {
    /// A country or dependent territory of ISO 3166-1, or Kosovo.
    Country,
    /// A sea, a group of islands, a continent.
    Region,
}

/// A box of parallels and meridians, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct BoundsView {
    /// Western edge, -180 to 180.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge; beyond 180 when the map crosses the antimeridian.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

/// A place that was found by its name.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NamedPlaceView {
    /// Its name.
    pub name: String,
    /// What it is: `country`, `region`, `island` or `town`.
    pub kind: String,
    /// Alpha-2 of its country or territory; empty for a region.
    pub country: String,
    /// Name of its country or territory; empty for a region.
    pub country_name: String,
    /// The code that a map of it has, for a country or a region; else empty.
    pub code: String,
    /// Latitude of its middle in degrees, north positive (WGS 84).
    pub lat: f64,
    /// Longitude of its middle in degrees, east positive (WGS 84).
    pub lon: f64,
}

impl Spatial<'_> {
    /// Every country and region that a map can be drawn of.
    ///
    /// # Errors
    /// When the program's own map data is damaged.
    pub fn areas(&self, _: &Permit<Read>) -> Result<Vec<AreaView>, Problem> {
        let areas = self.0.atlas.areas().map_err(explain)?;
        areas.into_iter().map(|area| self.view(area)).collect()
    }

    fn view(&self, area: Area) -> Result<AreaView, Problem> {
        let BoundingBox { west, south, east, north } = area.bounds;
        let territory =
            if area.is_country { Some(self.0.atlas.territory(&area.code).map_err(explain)?) } else { None };
        Ok(AreaView {
            kind: if area.is_country { AreaKind::Country } else { AreaKind::Region },
            alpha3: territory.map(|territory| territory.alpha3.clone()).unwrap_or_default(),
            numeric: territory.map(|territory| territory.numeric.clone()).unwrap_or_default(),
            sovereign: territory.map(|territory| territory.sovereign.clone()).unwrap_or_default(),
            regions: territory.map(|territory| territory.regions.clone()).unwrap_or_default(),
            id: area.code,
            name: area.name,
            bounds: BoundsView { west, south, east, north },
            projection: area.projection.name().to_owned(),
        })
    }

    /// The map of a country or region as SVG: ISO 3166-1 alpha-2, alpha-3 or numeric, or a region's code.
    ///
    /// # Errors
    /// When there is no such code, or the width is no size for a picture.
    pub fn map(&self, _: &Permit<Read>, code: &str, request: MapRequest) -> Result<Served, Problem> {
        let area = self.0.atlas.area(code).map_err(explain)?;
        let width = request.width.unwrap_or(WIDTH);
        let map = self.0.atlas.map(&area, request.detail, width, request.projection).map_err(explain)?;
        let bytes = map.svg.into_bytes();
        Ok(Served::File { etag: ContentHash::of(&bytes), bytes, path: format!("{}.svg", area.code) })
    }

    /// The map of any part of the world as SVG.
    ///
    /// # Errors
    /// When the box has no extent or reaches beyond the world, or the width is no size for a picture.
    pub fn map_of(
        &self,
        _: &Permit<Read>,
        bounds: BoundsView,
        request: MapRequest,
    ) -> Result<Served, Problem> {
        let BoundsView { west, south, east, north } = bounds;
        let on_earth = (-180.0..=180.0).contains(&west)
            && (-90.0..=90.0).contains(&south)
            && (-90.0..=90.0).contains(&north)
            && south < north
            && west < east
            && east - west <= 360.0;
        if !on_earth {
            return Err(Problem::new(ErrorCode::InvalidValue, "There is no such part of the world.")
                .because("Its edges have no extent, or reach beyond the world.")
                .fix(
                    "Give west, south, east and north in degrees; east beyond 180 across the antimeridian.",
                ));
        }
        let area = Area::of(BoundingBox { west, south, east, north }, "Map");
        let width = request.width.unwrap_or(WIDTH);
        let map = self.0.atlas.map(&area, request.detail, width, request.projection).map_err(explain)?;
        let bytes = map.svg.into_bytes();
        Ok(Served::File { etag: ContentHash::of(&bytes), bytes, path: "map.svg".to_owned() })
    }

    /// Countries, regions, islands and towns whose name, or a word of it, begins with what was typed; the likeliest
    /// first. Nothing for less than two letters.
    ///
    /// # Errors
    /// When the program's own map data is damaged.
    pub fn places(&self, _: &Permit<Read>, typed: &str) -> Result<Vec<NamedPlaceView>, Problem> {
        let found = self.0.atlas.find_place(typed, MOST_PLACES).map_err(explain)?;
        let view = |found: FoundPlace| {
            let territory = self.0.atlas.territory(&found.country).ok();
            NamedPlaceView {
                name: found.name,
                kind: match found.kind {
                    PlaceKind::Country => "country",
                    PlaceKind::Region => "region",
                    PlaceKind::Island => "island",
                    PlaceKind::Town => "town",
                }
                .to_owned(),
                country_name: territory.map(|territory| territory.name.clone()).unwrap_or_default(),
                country: found.country,
                code: found.code.unwrap_or_default(),
                lat: found.place.latitude(),
                lon: found.place.longitude(),
            }
        };
        Ok(found.into_iter().map(view).collect())
    }
}
