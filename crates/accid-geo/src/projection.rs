//! Map projections and their inverses: degrees to pixels and back.
//!
//! Formulas, all on the sphere: Mercator, equirectangular, Albers' equal-area conic and Lambert's conformal conic from
//! J. P. Snyder, "Map Projections: A Working Manual" (USGS Professional Paper 1395, 1987); Natural Earth from B. Šavrič,
//! B. Jenny, T. Patterson, D. Petrovič and L. Hurni, "A Polynomial Equation for the Natural Earth Projection" (2011).
//! The same as d3-geo's, whose points they match to a hundredth of a pixel.

use std::f64::consts::{FRAC_PI_2, PI};

use serde::{Deserialize, Serialize};

use crate::{Coordinate, coordinate::turned};

/// A kind of map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProjectionKind {
    /// Straight courses and right angles, as sea charts have it; large areas near the poles grow.
    Mercator,
    /// Degrees as squares.
    Equirectangular,
    /// A whole world with rounded corners, made for looking at.
    NaturalEarth,
    /// Right angles for a part of the middle latitudes (Lambert).
    ConicConformal,
    /// True areas for a part of the middle latitudes (Albers).
    ConicEqualArea,
}

impl ProjectionKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Mercator,
        Self::Equirectangular,
        Self::NaturalEarth,
        Self::ConicConformal,
        Self::ConicEqualArea,
    ];

    /// Its name as it is written in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mercator => "mercator",
            Self::Equirectangular => "equirectangular",
            Self::NaturalEarth => "natural-earth",
            Self::ConicConformal => "conic-conformal",
            Self::ConicEqualArea => "conic-equal-area",
        }
    }

    /// The kind with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// A point of a map in pixels, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// Beyond this latitude Mercator is cut, so that the world is a square.
pub(crate) const MERCATOR_LATITUDE: f64 = 85.051_128_779_806_6;

/// A projection with its place on the picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Projection {
    /// Its kind.
    pub kind: ProjectionKind,
    /// The meridian in the middle, in degrees.
    pub meridian: f64,
    /// The two parallels on which a conic projection is true, in degrees; of no meaning to others.
    pub parallels: [f64; 2],
    /// Pixels per radian, d3's scale.
    pub scale: f64,
    /// Where the middle meridian meets the equator, in pixels.
    pub translate: [f64; 2],
}

/// The constants of a cone: which depend on the parallels alone.
enum Cone {
    Conformal {
        n: f64,
        f: f64,
    },
    EqualArea {
        n: f64,
        c: f64,
        r0: f64,
    },
    /// Parallels on either side of the equator: the cone is a cylinder.
    Mercator,
    Cylinder {
        cosine: f64,
    },
}

impl Projection {
    /// A projection of one pixel per radian with its origin at the corner.
    pub fn unit(kind: ProjectionKind, meridian: f64, parallels: [f64; 2]) -> Self {
        Self { kind, meridian, parallels, scale: 1.0, translate: [0.0, 0.0] }
    }

    /// Where a place is on the map. Mercator holds latitudes to ±85.05°.
    pub fn project(&self, place: Coordinate) -> Point {
        self.project_degrees(place.longitude() - self.meridian, place.latitude())
    }

    /// Where degrees are, given from the middle meridian and not turned into ±180: for lines that leave the map.
    pub(crate) fn project_degrees(&self, from_meridian: f64, latitude: f64) -> Point {
        let turned =
            if (-180.0..=180.0).contains(&from_meridian) { from_meridian } else { turned(from_meridian) };
        let [x, y] = self.raw(turned.to_radians(), latitude.to_radians());
        Point { x: self.translate[0] + self.scale * x, y: self.translate[1] - self.scale * y }
    }

    /// The place at a point of the map; none outside the world.
    pub fn unproject(&self, point: Point) -> Option<Coordinate> {
        let x = (point.x - self.translate[0]) / self.scale;
        let y = (self.translate[1] - point.y) / self.scale;
        let [longitude, latitude] = self.inverse(x, y)?.map(f64::to_degrees);
        let inside = longitude.abs() <= 180.0 + 1e-9 && latitude.abs() <= 90.0 + 1e-9;
        inside.then(|| Coordinate::held(latitude, turned(longitude + self.meridian)))
    }

    fn raw(&self, longitude: f64, latitude: f64) -> [f64; 2] {
        match self.kind {
            ProjectionKind::Mercator => mercator(longitude, latitude),
            ProjectionKind::Equirectangular => [longitude, latitude],
            ProjectionKind::NaturalEarth => natural_earth(longitude, latitude),
            ProjectionKind::ConicConformal | ProjectionKind::ConicEqualArea => match self.cone() {
                Cone::Conformal { n, f } => {
                    let nearest = FRAC_PI_2 - 1e-6;
                    let held = if f > 0.0 { latitude.max(-nearest) } else { latitude.min(nearest) };
                    let r = f / half_tangent(held).powf(n);
                    [r * (n * longitude).sin(), f - r * (n * longitude).cos()]
                }
                Cone::EqualArea { n, c, r0 } => {
                    let r = (c - 2.0 * n * latitude.sin()).max(0.0).sqrt() / n;
                    [r * (n * longitude).sin(), r0 - r * (n * longitude).cos()]
                }
                Cone::Mercator => mercator(longitude, latitude),
                Cone::Cylinder { cosine } => [longitude * cosine, latitude.sin() / cosine],
            },
        }
    }

    fn inverse(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        let found = match self.kind {
            ProjectionKind::Mercator => [x, 2.0 * y.exp().atan() - FRAC_PI_2],
            ProjectionKind::Equirectangular => [x, y],
            ProjectionKind::NaturalEarth => natural_earth_inverse(x, y),
            ProjectionKind::ConicConformal | ProjectionKind::ConicEqualArea => match self.cone() {
                Cone::Conformal { n, f } => {
                    let (angle, square) = around_apex(n, x, f - y);
                    let r = n.signum() * square.sqrt();
                    [angle / n, 2.0 * (f / r).powf(1.0 / n).atan() - FRAC_PI_2]
                }
                Cone::EqualArea { n, c, r0 } => {
                    let (angle, square) = around_apex(n, x, r0 - y);
                    let sine = (c - square * n * n) / (2.0 * n);
                    if sine.abs() > 1.0 + 1e-9 {
                        return None;
                    }
                    [angle / n, sine.clamp(-1.0, 1.0).asin()]
                }
                Cone::Mercator => [x, 2.0 * y.exp().atan() - FRAC_PI_2],
                Cone::Cylinder { cosine } => {
                    let sine = y * cosine;
                    if sine.abs() > 1.0 + 1e-9 {
                        return None;
                    }
                    [x / cosine, sine.clamp(-1.0, 1.0).asin()]
                }
            },
        };
        found.iter().all(|value| value.is_finite()).then_some(found)
    }

    fn cone(&self) -> Cone {
        let [south, north] = self.parallels.map(f64::to_radians);
        if self.kind == ProjectionKind::ConicEqualArea {
            let sine = south.sin();
            let n = f64::midpoint(sine, north.sin());
            if n.abs() < 1e-6 {
                return Cone::Cylinder { cosine: south.cos() };
            }
            let c = 1.0 + sine * (2.0 * n - sine);
            return Cone::EqualArea { n, c, r0: c.sqrt() / n };
        }
        let cosine = south.cos();
        let n = if (south - north).abs() < 1e-12 {
            south.sin()
        } else {
            (cosine / north.cos()).ln() / (half_tangent(north) / half_tangent(south)).ln()
        };
        if n.abs() < 1e-6 {
            return Cone::Mercator;
        }
        Cone::Conformal { n, f: cosine * half_tangent(south).powf(n) / n }
    }
}

/// Angle around a cone's apex and the square of the distance from it.
fn around_apex(n: f64, x: f64, down: f64) -> (f64, f64) {
    let mut angle = x.atan2(down.abs()) * down.signum();
    if down * n < 0.0 {
        angle -= PI * x.signum() * down.signum();
    }
    (angle, x * x + down * down)
}

fn half_tangent(latitude: f64) -> f64 {
    ((FRAC_PI_2 + latitude) / 2.0).tan()
}

fn mercator(longitude: f64, latitude: f64) -> [f64; 2] {
    let most = MERCATOR_LATITUDE.to_radians();
    [longitude, half_tangent(latitude.clamp(-most, most)).ln()]
}

fn natural_earth(longitude: f64, latitude: f64) -> [f64; 2] {
    let square = latitude * latitude;
    let fourth = square * square;
    let width = 0.8707 - 0.131_979 * square
        + fourth * (-0.013_791 + fourth * (0.003_971 * square - 0.001_529 * fourth));
    [longitude * width, natural_earth_height(latitude)]
}

fn natural_earth_height(latitude: f64) -> f64 {
    let square = latitude * latitude;
    let fourth = square * square;
    latitude
        * (1.007_226 + square * (0.015_085 + fourth * (-0.044_475 + 0.028_874 * square - 0.005_916 * fourth)))
}

/// Newton's method; the height grows with latitude, so that it finds the only answer.
fn natural_earth_inverse(x: f64, y: f64) -> [f64; 2] {
    let mut latitude = y;
    for _ in 0..25 {
        let square = latitude * latitude;
        let fourth = square * square;
        let slope = 1.007_226
            + square
                * (0.015_085 * 3.0
                    + fourth * (-0.044_475 * 7.0 + 0.028_874 * 9.0 * square - 0.005_916 * 11.0 * fourth));
        let step = (natural_earth_height(latitude) - y) / slope;
        latitude -= step;
        if step.abs() < 1e-12 {
            break;
        }
    }
    let [width, _] = natural_earth(1.0, latitude);
    [x / width, latitude]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_projected_comes_back() {
        for kind in ProjectionKind::ALL {
            for parallels in [[20.0, 50.0], [-45.0, -15.0], [-10.0, 10.0], [35.0, 35.0]] {
                let projection = Projection {
                    scale: 400.0,
                    translate: [300.0, 200.0],
                    ..Projection::unit(*kind, 170.0, parallels)
                };
                for latitude in [-75.0, -33.3, 0.0, 12.5, 60.0, 80.0] {
                    for longitude in [-179.0, -60.0, 5.0, 171.5] {
                        let place = Coordinate::new(latitude, longitude).unwrap();
                        let back = projection.unproject(projection.project(place)).unwrap();
                        let off = (back.latitude() - latitude).abs() + (back.longitude() - longitude).abs();
                        assert!(off < 1e-6, "{kind:?} {parallels:?} {latitude} {longitude}: {back:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn points_outside_the_world_are_nowhere() {
        for kind in ProjectionKind::ALL {
            let projection = Projection { scale: 100.0, ..Projection::unit(*kind, 0.0, [20.0, 50.0]) };
            // A conformal cone covers the whole plane but the wedge behind its apex.
            let conformal = *kind == ProjectionKind::ConicConformal;
            let beyond = if conformal { Point { x: 0.0, y: -5_000.0 } } else { Point { x: 5_000.0, y: 0.0 } };
            assert_eq!(projection.unproject(beyond), None, "{kind:?}");
        }
        let flat = Projection::unit(ProjectionKind::Equirectangular, 0.0, [0.0, 0.0]);
        assert_eq!(flat.unproject(Point { x: f64::NAN, y: 0.0 }), None);
    }

    #[test]
    fn names_lead_to_kinds() {
        for kind in ProjectionKind::ALL {
            assert_eq!(ProjectionKind::named(kind.name()), Some(*kind));
        }
        assert_eq!(ProjectionKind::named("gall"), None);
    }
}
