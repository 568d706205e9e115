//! How much each point of a line matters: Visvalingam and Whyatt's effective area
//! (<https://doi.org/10.1179/000870493786962263>), so that a map of any scale is a choice of points.

use std::{cmp::Reverse, collections::BinaryHeap};

use accid_geo::pack::UNITS_PER_DEGREE;

/// Metres of a degree of latitude.
const DEGREE_M: f64 = 111_195.0;

/// For each point twice the binary logarithm of its effective area in square metres; 255 for the ends.
pub fn of(points: &[[i32; 2]]) -> Vec<u8> {
    let count = points.len();
    let mut weights = vec![255; count];
    let mut before: Vec<usize> = (0..count).map(|index| index.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (1..=count).collect();
    let mut areas = vec![f64::INFINITY; count];
    let mut heap = BinaryHeap::new();
    for index in 1..count.saturating_sub(1) {
        areas[index] = area(points[index - 1], points[index], points[index + 1]);
        heap.push(Reverse((areas[index].to_bits(), index)));
    }
    let mut least = 0.0_f64;
    while let Some(Reverse((bits, index))) = heap.pop() {
        if areas[index].to_bits() != bits || weights[index] != 255 {
            continue;
        }
        least = least.max(areas[index]);
        weights[index] = weight(least);
        let (left, right) = (before[index], after[index]);
        after[left] = right;
        before[right] = left;
        for neighbour in [left, right] {
            if neighbour > 0 && neighbour < count - 1 {
                areas[neighbour] =
                    area(points[before[neighbour]], points[neighbour], points[after[neighbour]]);
                heap.push(Reverse((areas[neighbour].to_bits(), neighbour)));
            }
        }
    }
    weights
}

fn weight(area: f64) -> u8 {
    (2.0 * area.max(1.0).log2()).round().clamp(0.0, 254.0) as u8
}

fn area(a: [i32; 2], b: [i32; 2], c: [i32; 2]) -> f64 {
    let narrowing = (f64::from(b[1]) / UNITS_PER_DEGREE).to_radians().cos();
    let metres = |point: [i32; 2]| {
        let [x, y] =
            [point[0] - b[0], point[1] - b[1]].map(|units| f64::from(units) / UNITS_PER_DEGREE * DEGREE_M);
        [x * narrowing, y]
    };
    let (a, c) = (metres(a), metres(c));
    (a[0] * c[1] - a[1] * c[0]).abs() / 2.0
}
