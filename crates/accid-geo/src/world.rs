//! The outlines in memory: which country a place is in, what land is nearest, and where a country lies.

use std::collections::BTreeMap;

use crate::{
    BoundingBox, GeoError,
    bands::{Bands, NOBODY, Nearest, Owner},
    coordinate::{narrowest, turned},
    pack::{Line, Shape, Territory, UNITS_PER_DEGREE, WorldData},
};

/// A piece of land and the box around it.
#[derive(Debug)]
pub(crate) struct Land {
    /// Index of its territory.
    pub territory: usize,
    /// Its rings, the outer one first; `!index` is a line walked backwards.
    pub rings: Vec<Vec<i32>>,
    /// `[west, south, east, north]` in units.
    pub bounds: [i32; 4],
    /// Its area in square degrees, holes not counted, narrowed by its latitude.
    pub area: f64,
}

/// All outlines.
#[derive(Debug)]
pub(crate) struct World {
    /// Territories, by alpha-2.
    pub territories: Vec<Territory>,
    /// Pieces of land.
    pub lands: Vec<Land>,
    /// How much each point of each line matters; the points are in `land`.
    weights: Vec<Vec<u8>>,
    land: Bands,
    waters: Bands,
    waters_of: Vec<usize>,
    codes: BTreeMap<String, usize>,
}

impl World {
    /// Reads `world.zst`, unpacked.
    pub fn read(bytes: &[u8]) -> Result<Self, GeoError> {
        let data = WorldData::read(bytes)?;
        let lands: Vec<Land> = data.shapes.iter().map(|shape| land(shape, &data.lines)).collect();
        let mut owners = vec![[NOBODY; 2]; data.lines.len()];
        for (index, shape) in data.shapes.iter().enumerate() {
            for reference in shape.rings.iter().flatten() {
                let sides = &mut owners[line_of(*reference)];
                let free = usize::from(sides[0] != NOBODY);
                sides[free] = index as Owner;
            }
        }
        let (points, weights) = data.lines.into_iter().map(|line| (line.points, line.weights)).unzip();
        let mut rings = Vec::new();
        let mut water_owners = Vec::new();
        let waters_of = data.waters.iter().map(|waters| waters.territory).collect();
        for (index, waters) in data.waters.into_iter().enumerate() {
            for ring in waters.rings {
                rings.push(ring);
                water_owners.push([index as Owner, NOBODY]);
            }
        }
        let codes = codes(&data.territories);
        Ok(Self {
            lands,
            land: Bands::new(points, owners),
            waters: Bands::new(rings, water_owners),
            waters_of,
            codes,
            weights,
            territories: data.territories,
        })
    }

    /// The territory on whose land a place lies.
    pub fn land_at(&self, latitude: f64, longitude: f64) -> Option<usize> {
        let holding = self.land.holding(latitude, longitude);
        holding.iter().min().map(|shape| self.lands[*shape as usize].territory)
    }

    /// The territory in whose area, land and waters, a place lies. When two claim it, the one on whose outline it is,
    /// else the first by code.
    pub fn area_at(&self, latitude: f64, longitude: f64, land: Option<usize>) -> Option<usize> {
        let holding = self.waters.holding(latitude, longitude);
        let mut claims = holding.iter().map(|waters| self.waters_of[*waters as usize]);
        let first = claims.clone().min();
        land.filter(|land| claims.any(|claim| claim == *land)).or(first)
    }

    /// The nearest coast or border within `most_m` metres: how far, and of which territory.
    pub fn nearest_land(&self, latitude: f64, longitude: f64, most_m: f64) -> Option<(f64, usize)> {
        let Nearest { distance_m, owner } = self.land.nearest(latitude, longitude, most_m)?;
        Some((distance_m, self.lands[owner as usize].territory))
    }

    /// The territory with an ISO code: alpha-2, alpha-3 or numeric, in any case.
    pub fn by_code(&self, code: &str) -> Option<usize> {
        self.codes.get(&code.to_ascii_uppercase()).copied()
    }

    /// The pieces of land of a territory.
    pub fn lands_of(&self, territory: usize) -> impl Iterator<Item = &Land> + Clone {
        self.lands.iter().filter(move |land| land.territory == territory)
    }

    /// The points of a ring, without its closing one, as `[longitude, latitude]` in units; of each line only the
    /// points that weigh at least `weight`.
    pub fn ring(&self, ring: &[i32], weight: u8) -> Vec<[i32; 2]> {
        let mut points: Vec<[i32; 2]> = Vec::new();
        for reference in ring {
            let line = line_of(*reference);
            let kept = self
                .land
                .line(line)
                .iter()
                .zip(&self.weights[line])
                .filter(|(_, matters)| **matters >= weight);
            let kept = kept.map(|(point, _)| *point);
            if *reference < 0 {
                points.extend(kept.rev());
            } else {
                points.extend(kept);
            }
            points.pop();
        }
        points
    }

    /// The box around a territory's main land. What lies far off is left out when it is small: Spain is shown without
    /// the Canary Islands, Chile without Easter Island. What is left out whole elsewhere (more than a fifth of the
    /// land) is kept: Kiribati is all its islands.
    pub fn main_bounds(&self, territory: usize) -> Option<BoundingBox> {
        let mut lands: Vec<&Land> = self.lands_of(territory).collect();
        lands.sort_by(|a, b| b.area.total_cmp(&a.area));
        let all: f64 = lands.iter().map(|land| land.area).sum();
        let mut bounds = lands.first()?.bounds;
        let mut taken = vec![false; lands.len()];
        let mut grown = true;
        while grown {
            grown = false;
            for (index, land) in lands.iter().enumerate() {
                if !taken[index] && near(&bounds, &land.bounds) {
                    taken[index] = true;
                    grown = true;
                    bounds = union(&bounds, &land.bounds);
                }
            }
        }
        let main: f64 =
            lands.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(land, _)| land.area).sum();
        if main >= 0.8 * all {
            return Some(degrees_box(bounds));
        }
        self.bounds(territory)
    }

    /// The narrowest box around all of a territory's land.
    pub fn bounds(&self, territory: usize) -> Option<BoundingBox> {
        let degrees = |value: i32| f64::from(value) / UNITS_PER_DEGREE;
        let bounds: Vec<[i32; 4]> = self.lands_of(territory).map(|land| land.bounds).collect();
        let [west, east] = narrowest(bounds.iter().map(|b| [degrees(b[0]), degrees(b[2])]).collect())?;
        let south = degrees(bounds.iter().map(|b| b[1]).min()?);
        let north = degrees(bounds.iter().map(|b| b[3]).max()?);
        Some(BoundingBox { west, south, east, north })
    }
}

/// The index of the line that a reference in a ring means.
pub(crate) fn line_of(reference: i32) -> usize {
    (if reference < 0 { !reference } else { reference }) as usize
}

fn codes(territories: &[Territory]) -> BTreeMap<String, usize> {
    let mut codes = BTreeMap::new();
    for (index, territory) in territories.iter().enumerate() {
        for code in [&territory.alpha2, &territory.alpha3, &territory.numeric] {
            if !code.is_empty() {
                codes.insert(code.clone(), index);
            }
        }
    }
    codes
}

fn land(shape: &Shape, lines: &[Line]) -> Land {
    let mut bounds = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
    let mut twice = 0.0;
    for reference in shape.rings.first().into_iter().flatten() {
        let points = &lines[line_of(*reference)].points;
        let sign = if *reference < 0 { -1.0 } else { 1.0 };
        for point in points {
            bounds[0] = bounds[0].min(point[0]);
            bounds[1] = bounds[1].min(point[1]);
            bounds[2] = bounds[2].max(point[0]);
            bounds[3] = bounds[3].max(point[1]);
        }
        for pair in points.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|point| point.map(|v| f64::from(v) / UNITS_PER_DEGREE));
            twice += sign * (a[0] * b[1] - b[0] * a[1]);
        }
    }
    let latitude = (f64::from(bounds[1]) + f64::from(bounds[3])) / 2.0 / UNITS_PER_DEGREE;
    let area = (twice / 2.0).abs() * latitude.to_radians().cos().max(0.0);
    Land { territory: shape.territory, rings: shape.rings.clone(), bounds, area }
}

/// Whether a piece of land is so near a box that a map would show both: within a quarter of the box's longer side, at
/// least 1.5 degrees.
fn near(bounds: &[i32; 4], land: &[i32; 4]) -> bool {
    let side = (bounds[2] - bounds[0]).max(bounds[3] - bounds[1]);
    let reach = (side / 4).max((1.5 * UNITS_PER_DEGREE) as i32);
    let apart = |low: i32, high: i32, from: i32, to: i32| (from - high).max(low - to).max(0);
    apart(bounds[0], bounds[2], land[0], land[2]) <= reach
        && apart(bounds[1], bounds[3], land[1], land[3]) <= reach
}

fn union(a: &[i32; 4], b: &[i32; 4]) -> [i32; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn degrees_box(bounds: [i32; 4]) -> BoundingBox {
    let [west, south, east, north] = bounds.map(|value| f64::from(value) / UNITS_PER_DEGREE);
    let turn = turned(west) - west;
    BoundingBox { west: west + turn, south, east: east + turn, north }
}
