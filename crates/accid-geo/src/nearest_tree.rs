//! The nearest of many places on the globe: a balanced k-d tree over points on the unit sphere, where the chord orders
//! as the great circle does and neither the poles nor the antimeridian are special.

use crate::Coordinate;

/// A balanced tree in one array: the middle of a range splits it, by the axes in turn.
#[derive(Debug)]
pub(crate) struct NearestTree {
    points: Vec<[f32; 3]>,
    numbers: Vec<u32>,
}

/// What a search has found so far.
struct Search<'a> {
    target: [f64; 3],
    wanted: &'a dyn Fn(u32) -> bool,
    best: Option<u32>,
    square: f64,
}

fn on_sphere(latitude: f64, longitude: f64) -> [f64; 3] {
    let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}

impl NearestTree {
    /// The tree of places given as latitude and longitude in degrees; they are known by their number in that order.
    pub fn new(places: impl Iterator<Item = (f64, f64)>) -> Self {
        let sphere = |(number, (latitude, longitude)): (u32, (f64, f64))| {
            (on_sphere(latitude, longitude).map(|value| value as f32), number)
        };
        let mut entries: Vec<([f32; 3], u32)> = (0..).zip(places).map(sphere).collect();
        split(&mut entries, 0);
        Self {
            points: entries.iter().map(|entry| entry.0).collect(),
            numbers: entries.iter().map(|entry| entry.1).collect(),
        }
    }

    /// The nearest place that is `wanted` and closer than a chord of `most` (on a sphere of radius 1), with its chord.
    pub fn nearest(&self, place: Coordinate, most: f64, wanted: impl Fn(u32) -> bool) -> Option<(u32, f64)> {
        let target = on_sphere(place.latitude(), place.longitude());
        let mut search = Search { target, wanted: &wanted, best: None, square: most * most };
        self.visit(0, self.points.len(), 0, &mut search);
        search.best.map(|number| (number, search.square.sqrt()))
    }

    fn visit(&self, from: usize, to: usize, axis: usize, search: &mut Search<'_>) {
        if from >= to {
            return;
        }
        let middle = usize::midpoint(from, to);
        let point = self.points[middle].map(f64::from);
        let square: f64 = (0..3).map(|axis| (point[axis] - search.target[axis]).powi(2)).sum();
        if square < search.square && (search.wanted)(self.numbers[middle]) {
            search.square = square;
            search.best = Some(self.numbers[middle]);
        }
        let beyond = search.target[axis] - point[axis];
        let (near, far) = if beyond < 0.0 {
            ((from, middle), (middle + 1, to))
        } else {
            ((middle + 1, to), (from, middle))
        };
        self.visit(near.0, near.1, (axis + 1) % 3, search);
        if beyond * beyond < search.square {
            self.visit(far.0, far.1, (axis + 1) % 3, search);
        }
    }
}

fn split(entries: &mut [([f32; 3], u32)], axis: usize) {
    if entries.len() < 2 {
        return;
    }
    let middle = entries.len() / 2;
    let order =
        |a: &([f32; 3], u32), b: &([f32; 3], u32)| a.0[axis].total_cmp(&b.0[axis]).then(a.1.cmp(&b.1));
    let (low, _, high) = entries.select_nth_unstable_by(middle, order);
    split(low, (axis + 1) % 3);
    split(high, (axis + 1) % 3);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::haversine_m;

    #[test]
    fn the_tree_finds_what_looking_at_all_finds() {
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1_u32 << 31)
        };
        let mut place = || Coordinate::held(next() * 180.0 - 90.0, next() * 360.0 - 180.0);
        let places: Vec<Coordinate> = (0..2_000).map(|_| place()).collect();
        let tree = NearestTree::new(places.iter().map(|place| (place.latitude(), place.longitude())));
        for _ in 0..300 {
            let here = place();
            let even = |number: u32| number.is_multiple_of(2);
            let (found, chord) = tree.nearest(here, 2.1, even).unwrap();
            let by_hand =
                places.iter().step_by(2).map(|place| haversine_m(here, *place)).fold(f64::MAX, f64::min);
            let distance = haversine_m(here, places[found as usize]);
            assert!((distance - by_hand).abs() < 10.0);
            assert!((2.0 * (chord / 2.0).asin() * 6_371_008.8 - distance).abs() < 10.0);
        }
        assert_eq!(tree.nearest(places[0], 1e-9, |number| number != 0), None);
    }
}
