//! Fewer points for the same route: Ramer, Douglas and Peucker's method, with a tolerance in metres.

use crate::{Coordinate, distance::to_segment_m};

/// The indices of the points to keep so that no dropped point is farther than `tolerance_m` metres from the line that
/// remains. First and last are always kept; the order stays. Does not recurse, so that a track of a million points
/// needs no deep stack.
pub fn simplify_indices(places: &[Coordinate], tolerance_m: f64) -> Vec<usize> {
    let Some(last) = places.len().checked_sub(1) else { return Vec::new() };
    let points = unwrapped(places);
    let mut kept = vec![false; places.len()];
    (kept[0], kept[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let Some((farthest, distance)) = farthest(&points, from, to) else { continue };
        if distance > tolerance_m {
            kept[farthest] = true;
            open.push((from, farthest));
            open.push((farthest, to));
        }
    }
    kept.iter().enumerate().filter_map(|(index, keep)| keep.then_some(index)).collect()
}

/// The places that [`simplify_indices`] keeps.
pub fn simplify(places: &[Coordinate], tolerance_m: f64) -> Vec<Coordinate> {
    simplify_indices(places, tolerance_m).into_iter().map(|index| places[index]).collect()
}

/// `[longitude, latitude]` without a jump at the antimeridian.
fn unwrapped(places: &[Coordinate]) -> Vec<[f64; 2]> {
    let mut turns = 0.0;
    let mut before = places.first().map_or(0.0, |place| place.longitude());
    let unwrap = |place: &Coordinate| {
        let step = place.longitude() - before;
        if step.abs() > 180.0 {
            turns -= 360.0 * step.signum();
        }
        before = place.longitude();
        [place.longitude() + turns, place.latitude()]
    };
    places.iter().map(unwrap).collect()
}

/// The point between `from` and `to` that is farthest from the straight line between them, and how far.
fn farthest(points: &[[f64; 2]], from: usize, to: usize) -> Option<(usize, f64)> {
    let mut found = None;
    let mut most = f64::NEG_INFINITY;
    for index in from + 1..to {
        let narrowing = points[index][1].to_radians().cos().max(1e-9);
        let distance = to_segment_m(points[index], points[from], points[to], narrowing);
        if distance > most {
            most = distance;
            found = Some((index, distance));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> Vec<Coordinate> {
        points.iter().map(|(latitude, longitude)| Coordinate::new(*latitude, *longitude).unwrap()).collect()
    }

    #[test]
    fn points_on_the_way_go_and_corners_stay() {
        let route = line(&[(13.0, -61.0), (13.1, -61.0), (13.2, -61.0), (13.2, -60.9), (13.2, -60.8)]);
        assert_eq!(simplify_indices(&route, 10.0), [0, 2, 4]);
        assert_eq!(simplify(&route, 1e9), [route[0], route[4]]);
        assert!(simplify(&[], 1.0).is_empty());
        assert_eq!(simplify(&route[..1], 1.0), route[..1]);
    }

    #[test]
    fn a_dropped_point_is_within_the_tolerance() {
        let wave: Vec<(f64, f64)> =
            (0..500).map(|step| (f64::from(step).sin() * 0.01, f64::from(step) * 0.002)).collect();
        let route = line(&wave);
        let kept = simplify_indices(&route, 400.0);
        assert!(kept.len() < route.len() && kept.len() > 2);
        for pair in kept.windows(2) {
            for place in &route[pair[0]..pair[1]] {
                let flat = |place: Coordinate| [place.longitude(), place.latitude()];
                let off = to_segment_m(flat(*place), flat(route[pair[0]]), flat(route[pair[1]]), 1.0);
                assert!(off <= 401.0, "{off}");
            }
        }
    }

    #[test]
    fn a_route_across_the_antimeridian_is_straight() {
        let route = line(&[(-17.0, 179.0), (-17.0, 179.9), (-17.0, -179.9), (-17.0, -179.0)]);
        assert_eq!(simplify_indices(&route, 10.0), [0, 3]);
    }

    #[test]
    fn a_long_spiral_need_no_deep_stack() {
        let spiral: Vec<(f64, f64)> = (0..20_000)
            .map(|step| {
                let angle = f64::from(step) * 0.01;
                (angle.sin() * angle * 0.01, angle.cos() * angle * 0.01)
            })
            .collect();
        assert!(simplify(&line(&spiral), 100.0).len() > 100);
    }
}
