//! Maps as SVG: a country or region, its neighbours, its small islands as dots. No tiles, no fonts, nothing from
//! elsewhere; colours are CSS variables with defaults, so that a page's theme reaches in.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::{
    Atlas, BoundingBox, Coordinate, Frame, GeoError, Island, ProjectionKind,
    distance::DEGREE_M,
    outline::{UNITS_PER_PIXEL, on_picture, twice_area, write_ring},
    pack::UNITS_PER_DEGREE,
    regions,
    world::{Land, World},
};

/// Narrowest and widest map, in pixels.
const WIDTHS: std::ops::RangeInclusive<u32> = 16..=8_192;

/// Below this many square pixels a piece of land is left out when its territory has a larger one on the map.
const SPECK: i64 = (1.5 * UNITS_PER_PIXEL * UNITS_PER_PIXEL) as i64;

/// From how many pixels per degree on small islands without an outline get a dot.
const DOTS_FROM: f64 = 12.0;

/// Smallest and largest radius of a dot, in pixels.
const DOT: [f64; 2] = [1.5, 4.0];

/// How exactly outlines are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Detail {
    /// Bends smaller than about 3 pixels are left out: for small pictures.
    Low,
    /// Bends smaller than about a pixel are left out.
    #[default]
    Medium,
    /// Bends smaller than half a pixel are left out: for printing and zooming in.
    High,
    /// Every point there is.
    Full,
}

impl Detail {
    /// Every detail.
    pub const ALL: &[Self] = &[Self::Low, Self::Medium, Self::High, Self::Full];

    /// Its name as it is written in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Full => "full",
        }
    }

    /// The detail with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|detail| detail.name() == name)
    }

    /// The smallest triangle of an outline that is drawn, in square pixels.
    const fn triangle(self) -> f64 {
        match self {
            Self::Low => 2.0,
            Self::Medium => 0.4,
            Self::High => 0.1,
            Self::Full => 0.0,
        }
    }
}

/// What a map shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Area {
    /// Its code: alpha-2, or that of a region.
    pub code: String,
    /// Its English name.
    pub name: String,
    /// The part of the world the map shows.
    pub bounds: BoundingBox,
    /// The projection its map has when none is named.
    pub projection: ProjectionKind,
    /// Whether it is a country or dependent territory; else a region.
    pub is_country: bool,
}

impl Area {
    /// A part of the world that has no code, in the projection that suits it. The name is what is read to those who do
    /// not see its map.
    pub fn of(bounds: BoundingBox, name: &str) -> Self {
        let projection = fitting_projection(&bounds);
        Self { code: String::new(), name: name.to_owned(), bounds, projection, is_country: false }
    }
}

/// A map: its frame and its picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Where places are on it.
    pub frame: Frame,
    /// Alpha-2 of every territory that can be seen, in order.
    pub territories: Vec<String>,
    /// A whole `<svg>` element.
    pub svg: String,
}

impl Atlas {
    /// What a code names: ISO 3166-1 alpha-2, alpha-3 or numeric, or a region such as `lesser-antilles`.
    ///
    /// # Errors
    /// [`GeoError::UnknownArea`], or [`GeoError::NoOutline`] for a territory too small for the outlines.
    pub fn area(&self, code: &str) -> Result<Area, GeoError> {
        if let Some(region) = regions::by_code(code) {
            let (code, name) = (region.code.to_owned(), region.name.to_owned());
            return Ok(Area {
                code,
                name,
                bounds: region.bounds,
                projection: region.projection,
                is_country: false,
            });
        }
        let world = self.world()?;
        let index = world.by_code(code).ok_or_else(|| GeoError::UnknownArea(code.to_owned()))?;
        let territory = &world.territories[index];
        let main = main_part(&territory.alpha2).or_else(|| world.main_bounds(index));
        let bounds = main.ok_or_else(|| GeoError::NoOutline(territory.name.clone()))?;
        let side = (bounds.east - bounds.west).max(bounds.north - bounds.south);
        let bounds = bounds.grown((side * 0.05).max(0.02));
        let projection = fitting_projection(&bounds);
        Ok(Area {
            code: territory.alpha2.clone(),
            name: territory.name.clone(),
            bounds,
            projection,
            is_country: true,
        })
    }

    /// Every area that a map can be drawn of: countries by alpha-2, then regions.
    ///
    /// # Errors
    /// [`GeoError::DamagedData`].
    pub fn areas(&self) -> Result<Vec<Area>, GeoError> {
        let codes = self.territories()?.iter().map(|territory| territory.alpha2.as_str());
        let codes = codes.chain(regions::regions().iter().map(|region| region.code));
        let mut areas = Vec::new();
        for code in codes {
            match self.area(code) {
                Err(GeoError::NoOutline(_)) => {}
                area => areas.push(area?),
            }
        }
        Ok(areas)
    }

    /// A map of a country or region as one `<svg>` element `width` pixels wide.
    ///
    /// # Errors
    /// As [`Atlas::area`], and [`GeoError::Width`] outside 16 to 8192 pixels.
    pub fn country_svg(
        &self,
        code: &str,
        detail: Detail,
        width: u32,
        projection: Option<ProjectionKind>,
    ) -> Result<String, GeoError> {
        Ok(self.map(&self.area(code)?, detail, width, projection)?.svg)
    }

    /// A map of an area, with its frame for laying markers and routes over it.
    ///
    /// # Errors
    /// [`GeoError::Width`] outside 16 to 8192 pixels.
    pub fn map(
        &self,
        area: &Area,
        detail: Detail,
        width: u32,
        projection: Option<ProjectionKind>,
    ) -> Result<Map, GeoError> {
        if !WIDTHS.contains(&width) {
            return Err(GeoError::Width(width));
        }
        let frame = Frame::fitting(area.bounds, width, projection.unwrap_or(area.projection));
        let world = self.world()?;
        let own = world.by_code(&area.code).filter(|_| area.is_country);
        let drawn = draw(world, &frame, detail, own);
        let dots = self.dots(&frame, &drawn)?;
        let territories = territories(world, &drawn, &dots);
        Ok(Map { svg: write_svg(world, area, &frame, &drawn, &dots), territories, frame })
    }

    /// Small islands on the map that no outline shows.
    fn dots(&self, frame: &Frame, drawn: &[Drawn]) -> Result<Vec<&Island>, GeoError> {
        let pixels_per_degree = pixels_per_degree(frame);
        if pixels_per_degree < DOTS_FROM {
            return Ok(Vec::new());
        }
        let shown = |island: &Island| {
            let point = frame.project(island.place);
            let reach = (island.radius_m / DEGREE_M * pixels_per_degree).max(2.0);
            let near = |corner: &[i32; 2]| {
                let [x, y] = corner.map(|value| f64::from(value) / UNITS_PER_PIXEL);
                (x - point.x).hypot(y - point.y) <= reach
            };
            drawn.iter().any(|drawn| drawn.rings.iter().flatten().any(near))
        };
        let small =
            self.islands()?.iter().filter(|island| island.radius_m <= 5_000.0 && frame.shows(island.place));
        Ok(small.filter(|island| !shown(island)).collect())
    }
}

/// One territory on the picture.
struct Drawn {
    territory: usize,
    own: bool,
    rings: Vec<Vec<[i32; 2]>>,
}

/// The part of a large country that its map shows, where its outlines alone do not say.
fn main_part(alpha2: &str) -> Option<BoundingBox> {
    let [west, south, east, north] = match alpha2 {
        "US" => [-125.0, 24.4, -66.9, 49.5],
        "NZ" => [166.3, -47.4, 178.7, -34.3],
        "AU" => [112.9, -43.8, 153.7, -10.5],
        "AQ" => [-180.0, -85.0, 180.0, -62.0],
        _ => return None,
    };
    Some(BoundingBox { west, south, east, north })
}

/// Mercator for what is small or near the equator, a cone in the middle latitudes, a round world for what is wide.
fn fitting_projection(bounds: &BoundingBox) -> ProjectionKind {
    let (width, height) = (bounds.east - bounds.west, bounds.north - bounds.south);
    let middle = f64::midpoint(bounds.south, bounds.north).abs();
    if width > 170.0 {
        ProjectionKind::NaturalEarth
    } else if middle > 25.0 && width.max(height) > 8.0 {
        ProjectionKind::ConicConformal
    } else {
        ProjectionKind::Mercator
    }
}

/// Pixels of a degree of latitude in the middle of the map, nearly.
fn pixels_per_degree(frame: &Frame) -> f64 {
    let stretched = frame.projection.kind == ProjectionKind::Mercator;
    let narrowing = frame.bounds.center().latitude().to_radians().cos().max(0.2);
    frame.projection.scale.to_radians() / if stretched { narrowing } else { 1.0 }
}

/// The weight from which on a point is drawn: that of a triangle of so many square pixels.
fn least_weight(frame: &Frame, detail: Detail) -> u8 {
    if detail == Detail::Full {
        return 0;
    }
    let latitude = match frame.projection.kind {
        ProjectionKind::Mercator | ProjectionKind::Equirectangular => frame.bounds.center().latitude(),
        _ => 0.0,
    };
    let metres_per_pixel = crate::EARTH_RADIUS_M * latitude.to_radians().cos() / frame.projection.scale;
    let area = detail.triangle() * metres_per_pixel * metres_per_pixel;
    (2.0 * area.max(1.0).log2()).round().clamp(0.0, 254.0) as u8
}

/// Every territory that can be seen, those of the map's own country last.
fn draw(world: &World, frame: &Frame, detail: Detail, own: Option<usize>) -> Vec<Drawn> {
    let window = frame.window();
    let weight = least_weight(frame, detail);
    let mut drawn: Vec<Drawn> = Vec::new();
    for land in &world.lands {
        let is_own = own == Some(land.territory);
        let mut rings = seen_rings(world, land, frame, window, weight);
        if rings.is_empty() {
            continue;
        }
        match drawn.iter_mut().rfind(|drawn| drawn.territory == land.territory) {
            Some(known) => known.rings.append(&mut rings),
            None => drawn.push(Drawn { territory: land.territory, own: is_own, rings }),
        }
    }
    for territory in &mut drawn {
        territory.rings.sort_by_key(|ring| std::cmp::Reverse(twice_area(ring)));
        let mut number = 0;
        territory.rings.retain(|ring| {
            number += 1;
            number == 1 || detail == Detail::Full || twice_area(ring) >= 2 * SPECK / 3
        });
    }
    drawn.sort_by_key(|drawn| (drawn.own, drawn.territory));
    drawn
}

/// The rings of a piece of land on the picture, on each turn of the world on which it can be seen.
fn seen_rings(world: &World, land: &Land, frame: &Frame, window: [f64; 4], weight: u8) -> Vec<Vec<[i32; 2]>> {
    let mut seen = Vec::new();
    let bounds = land.bounds.map(|value| f64::from(value) / UNITS_PER_DEGREE);
    for turn in [-720.0, -360.0, 0.0, 360.0] {
        let shift = turn - frame.projection.meridian;
        let apart = bounds[0] + shift > window[2]
            || bounds[2] + shift < window[0]
            || bounds[1] > window[3]
            || bounds[3] < window[1];
        if apart {
            continue;
        }
        for ring in &land.rings {
            let degrees =
                |[x, y]: [i32; 2]| [f64::from(x) / UNITS_PER_DEGREE + shift, f64::from(y) / UNITS_PER_DEGREE];
            let ring: Vec<[f64; 2]> = world.ring(ring, weight).into_iter().map(degrees).collect();
            let ring = on_picture(&ring, frame, window);
            if !ring.is_empty() {
                seen.push(ring);
            }
        }
    }
    seen
}

fn territories(world: &World, drawn: &[Drawn], dots: &[&Island]) -> Vec<String> {
    let mut codes: Vec<String> =
        drawn.iter().map(|drawn| world.territories[drawn.territory].alpha2.clone()).collect();
    codes.extend(dots.iter().map(|island| island.country.to_owned()));
    codes.sort();
    codes.dedup();
    codes
}

/// Text as it stands in XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A number with at most one digit after the point.
fn tenth(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    format!("{tenths}")
}

fn write_svg(world: &World, area: &Area, frame: &Frame, drawn: &[Drawn], dots: &[&Island]) -> String {
    let (width, height) = (tenth(frame.width), tenth(frame.height));
    let name = escaped(&area.name);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"accid-map\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{name}\" \
         data-area=\"{code}\" data-projection=\"{projection}\" data-meridian=\"{meridian}\" \
         data-parallels=\"{south} {north}\" data-scale=\"{scale}\" data-translate=\"{left} {top}\">\
         <rect class=\"accid-map-water\" width=\"100%\" height=\"100%\" fill=\"var(--accid-map-water,#d5e5ee)\"/>\
         <g class=\"accid-map-land\" transform=\"scale(.1)\" fill=\"var(--accid-map-land,#efe9db)\" \
         stroke=\"var(--accid-map-line,#8a9aa5)\" stroke-width=\"6\" stroke-linejoin=\"round\">",
        code = escaped(&area.code),
        projection = frame.projection.kind.name(),
        meridian = frame.projection.meridian,
        south = frame.projection.parallels[0],
        north = frame.projection.parallels[1],
        scale = frame.projection.scale,
        left = frame.projection.translate[0],
        top = frame.projection.translate[1],
    );
    for drawn in drawn {
        let territory = &world.territories[drawn.territory];
        let fill =
            if drawn.own { " class=\"accid-map-own\" fill=\"var(--accid-map-own,#f7d99b)\"" } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(svg, "<path data-code=\"{}\"{fill} d=\"", territory.alpha2);
        for ring in &drawn.rings {
            write_ring(&mut svg, ring);
        }
        let _ = write!(svg, "\"><title>{}</title></path>", escaped(&territory.name));
    }
    for island in dots {
        let point = frame.project(Coordinate::held(island.place.latitude(), island.place.longitude()));
        let _ = write!(
            svg,
            "<circle data-code=\"{}\" cx=\"{:.0}\" cy=\"{:.0}\" r=\"{:.0}\"><title>{}</title></circle>",
            island.country,
            point.x * UNITS_PER_PIXEL,
            point.y * UNITS_PER_PIXEL,
            (island.radius_m / DEGREE_M * pixels_per_degree(frame)).clamp(DOT[0], DOT[1]) * UNITS_PER_PIXEL,
            escaped(island.short_name()),
        );
    }
    svg.push_str("</g></svg>");
    svg
}
