//! The frame of a map: which part of the world it shows, how large, and where a place is on it.

use serde::Serialize;

use crate::{BoundingBox, Coordinate, Point, Projection, ProjectionKind, projection::MERCATOR_LATITUDE};

/// How many points of each edge of the box are looked at to fit it.
const SAMPLES: u32 = 64;

/// A map's size and projection. Markers and routes are laid over the map with it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Frame {
    /// The part of the world that was asked for; the map shows a little more where the projection bends.
    pub bounds: BoundingBox,
    /// Degrees to pixels.
    pub projection: Projection,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
}

impl Frame {
    /// The frame in which `bounds` fills `width` pixels. The middle meridian is that of the box; a conic projection is
    /// true on the parallels a sixth from its upper and lower edge.
    pub fn fitting(bounds: BoundingBox, width: u32, kind: ProjectionKind) -> Self {
        let held = if kind == ProjectionKind::Mercator { MERCATOR_LATITUDE } else { 90.0 };
        let (south, north) = (bounds.south.max(-held), bounds.north.min(held));
        let sixth = (north - south) / 6.0;
        let meridian = f64::midpoint(bounds.west, bounds.east);
        let unit = Projection::unit(kind, meridian, [south + sixth, north - sixth]);
        let (mut least, mut most) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for step in 0..=SAMPLES {
            let part = f64::from(step) / f64::from(SAMPLES);
            let half = (bounds.east - bounds.west) / 2.0;
            let (across, up) = (-half + 2.0 * half * part, south + (north - south) * part);
            for (longitude, latitude) in [(across, south), (across, north), (-half, up), (half, up)] {
                let point = unit.project_degrees(longitude, latitude);
                for (axis, value) in [point.x, point.y].into_iter().enumerate() {
                    least[axis] = least[axis].min(value);
                    most[axis] = most[axis].max(value);
                }
            }
        }
        let width = f64::from(width);
        let scale = width / (most[0] - least[0]).max(1e-9);
        let height = ((most[1] - least[1]) * scale).clamp(1.0, 4.0 * width);
        let translate = [-least[0] * scale, -least[1] * scale];
        Self { bounds, projection: Projection { scale, translate, ..unit }, width, height }
    }

    /// Where a place is, in pixels from the upper left corner; also for places outside the frame.
    pub fn project(&self, place: Coordinate) -> Point {
        self.projection.project(place)
    }

    /// The place under a point of the map.
    pub fn unproject(&self, point: Point) -> Option<Coordinate> {
        self.projection.unproject(point)
    }

    /// Whether a place is on the map.
    pub fn shows(&self, place: Coordinate) -> bool {
        let point = self.project(place);
        (0.0..=self.width).contains(&point.x) && (0.0..=self.height).contains(&point.y)
    }

    /// The degrees that can be seen, `[west, south, east, north]`; longitudes from the middle meridian. More than the
    /// box that was asked for where meridians and parallels bend.
    pub(crate) fn window(&self) -> [f64; 4] {
        let half = (self.bounds.east - self.bounds.west) / 2.0;
        let mut window = [-half, self.bounds.south, half, self.bounds.north];
        let conic =
            matches!(self.projection.kind, ProjectionKind::ConicConformal | ProjectionKind::ConicEqualArea);
        if conic {
            for step in 0..=SAMPLES {
                let part = f64::from(step) / f64::from(SAMPLES);
                let (x, y) = (self.width * part, self.height * part);
                for (x, y) in [(x, 0.0), (x, self.height), (0.0, y), (self.width, y)] {
                    let Some(place) = self.unproject(Point { x, y }) else {
                        return [-180.0, -90.0, 180.0, 90.0];
                    };
                    let longitude = crate::coordinate::turned(place.longitude() - self.projection.meridian);
                    window[0] = window[0].min(longitude);
                    window[1] = window[1].min(place.latitude());
                    window[2] = window[2].max(longitude);
                    window[3] = window[3].max(place.latitude());
                }
            }
        }
        let grow = 0.02 * (window[2] - window[0]).max(window[3] - window[1]) + 0.05;
        [
            (window[0] - grow).max(-180.0),
            (window[1] - grow).max(-90.0),
            (window[2] + grow).min(180.0),
            (window[3] + grow).min(90.0),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_fills_the_frame_in_every_projection() {
        let bounds = BoundingBox { west: 172.0, south: 51.0, east: 231.0, north: 71.6 };
        for kind in ProjectionKind::ALL {
            let frame = Frame::fitting(bounds, 800, *kind);
            let corner = |latitude, longitude| frame.project(Coordinate::held(latitude, longitude));
            let points =
                [(51.0, 172.0), (51.0, -129.0), (71.6, 172.0), (71.6, -129.0)].map(|(a, b)| corner(a, b));
            for point in points {
                assert!((-0.01..=800.01).contains(&point.x), "{kind:?} {point:?}");
                assert!((-0.01..=frame.height + 0.01).contains(&point.y), "{kind:?} {point:?}");
            }
            assert!(frame.shows(Coordinate::held(60.0, -150.0)) && !frame.shows(Coordinate::held(20.0, 0.0)));
        }
    }

    #[test]
    fn a_pole_in_mercator_makes_no_endless_map() {
        let antarctica = BoundingBox { west: -180.0, south: -90.0, east: 180.0, north: -60.0 };
        for kind in ProjectionKind::ALL {
            let frame = Frame::fitting(antarctica, 600, *kind);
            assert!(frame.height.is_finite() && frame.height <= 2_400.0, "{kind:?} {}", frame.height);
        }
        let point = BoundingBox { west: 5.0, south: 5.0, east: 5.0, north: 5.0 };
        assert!(Frame::fitting(point, 600, ProjectionKind::Mercator).height >= 1.0);
    }
}
