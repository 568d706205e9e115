//! How far and which way: on the WGS 84 ellipsoid for what a person reads, on a sphere where only the order counts.
//!
//! Geodesics are Karney's (<https://doi.org/10.1007/s00190-012-0578-z>), exact to nanometres and without the cases in
//! which older formulas fail. The sphere has the Earth's mean radius; its distances are within 0.6 % of the geodesic.

use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

use crate::Coordinate;

/// The Earth's mean radius in metres (IUGG).
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Length of one degree of latitude on the sphere, in metres.
pub(crate) const DEGREE_M: f64 = EARTH_RADIUS_M * std::f64::consts::PI / 180.0;

/// The great-circle distance on a sphere, in metres (haversine formula). Fast; for ordering and searching.
pub fn haversine_m(from: Coordinate, to: Coordinate) -> f64 {
    let (north, south) = (from.latitude().to_radians(), to.latitude().to_radians());
    let half_latitude = ((south - north) / 2.0).sin();
    let half_longitude = ((to.longitude() - from.longitude()).to_radians() / 2.0).sin();
    let square = half_latitude.powi(2) + north.cos() * south.cos() * half_longitude.powi(2);
    2.0 * EARTH_RADIUS_M * square.sqrt().min(1.0).asin()
}

/// The length of the geodesic on WGS 84, in metres.
pub fn geodesic_m(from: Coordinate, to: Coordinate) -> f64 {
    Geodesic::wgs84().inverse(from.latitude(), from.longitude(), to.latitude(), to.longitude())
}

/// The course on which the geodesic leaves `from` for `to`: degrees clockwise from north, 0 to 360.
pub fn bearing_degrees(from: Coordinate, to: Coordinate) -> f64 {
    let (azimuth, _, _): (f64, f64, f64) =
        Geodesic::wgs84().inverse(from.latitude(), from.longitude(), to.latitude(), to.longitude());
    azimuth.rem_euclid(360.0)
}

/// Where one arrives from `from` on a course of `bearing_degrees` after `distance_m` metres.
pub fn destination(from: Coordinate, bearing_degrees: f64, distance_m: f64) -> Coordinate {
    let (latitude, longitude): (f64, f64) =
        Geodesic::wgs84().direct(from.latitude(), from.longitude(), bearing_degrees, distance_m);
    Coordinate::held(latitude, longitude)
}

/// The length of a line through `places`, in metres, along geodesics.
pub fn length_m(places: &[Coordinate]) -> f64 {
    places.windows(2).map(|leg| geodesic_m(leg[0], leg[1])).sum()
}

/// The place a part of the way from `from` to `to`: 0 is the start, 1 the end, 0.5 half way along the geodesic.
pub fn along(from: Coordinate, to: Coordinate, part: f64) -> Coordinate {
    destination(from, bearing_degrees(from, to), geodesic_m(from, to) * part)
}

/// Metres from `place` to the straight piece between two points, on a plane around `place`; good to 1 % within
/// 200 km, away from the poles. Points are `[longitude, latitude]` in degrees.
pub(crate) fn to_segment_m(place: [f64; 2], from: [f64; 2], to: [f64; 2], narrowing: f64) -> f64 {
    let plane = |point: [f64; 2]| [(point[0] - place[0]) * narrowing, point[1] - place[1]];
    let (start, end) = (plane(from), plane(to));
    let step = [end[0] - start[0], end[1] - start[1]];
    let square = step[0] * step[0] + step[1] * step[1];
    let part = if square > 0.0 {
        (-(start[0] * step[0] + start[1] * step[1]) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (start[0] + part * step[0]).hypot(start[1] + part * step[1]) * DEGREE_M
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Coordinate {
        Coordinate::new(latitude, longitude).unwrap()
    }

    #[test]
    fn geodesics_agree_with_published_lines() {
        // Karney's own example: JFK to Singapore Changi.
        let (jfk, singapore) = (at(40.639_722, -73.778_889), at(1.359_167, 103.989_444));
        assert!((geodesic_m(jfk, singapore) - 15_347_628.0).abs() < 1.5);
        // One degree of the equator, and a quarter meridian of WGS 84.
        assert!((geodesic_m(at(0.0, 0.0), at(0.0, 1.0)) - 111_319.490_793).abs() < 1e-3);
        assert!((geodesic_m(at(0.0, 0.0), at(90.0, 0.0)) - 10_001_965.729).abs() < 1e-2);
    }

    #[test]
    fn nearly_opposite_places_have_a_distance_too() {
        let distance = geodesic_m(at(0.0, 0.0), at(0.5, 179.5));
        assert!((distance - 19_936_288.579).abs() < 1e-2, "{distance}");
    }

    #[test]
    fn the_sphere_is_within_its_promise() {
        for (from, to) in [(at(13.0, -61.2), at(12.6, -61.4)), (at(60.0, 5.0), at(54.0, 18.0))] {
            let (sphere, ellipsoid) = (haversine_m(from, to), geodesic_m(from, to));
            assert!((sphere / ellipsoid - 1.0).abs() < 0.006);
        }
        assert!(haversine_m(at(0.0, 179.9), at(0.0, -179.9)) < 23_000.0);
    }

    #[test]
    fn going_there_and_looking_back_agree() {
        let start = at(-17.7, 179.5);
        let end = destination(start, 90.0, 200_000.0);
        assert!(end.longitude() < -178.0 && (geodesic_m(start, end) - 200_000.0).abs() < 1e-3);
        assert!((bearing_degrees(start, end) - 90.0).abs() < 1e-6);
        let middle = along(start, end, 0.5);
        assert!((geodesic_m(start, middle) - 100_000.0).abs() < 1e-3);
        assert!((length_m(&[start, middle, end]) - 200_000.0).abs() < 1e-3);
        assert_eq!(length_m(&[start]), 0.0);
    }
}
