//! Maps of countries and regions, and what there are.

use accid_access::{Permit, Read};
use accid_base::{ContentHash, Problem};
use accid_geo::{Area, BoundingBox, Detail, ProjectionKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Inner, Served, explain};

/// Width of a map when none is asked for, in pixels.
const WIDTH: u32 = 1_000;

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
}
