//! From rings to path data: cut to the window, projected, cut to the frame, and written short.
//!
//! Owns: clipping and the writing of SVG paths. Must not know which country a ring belongs to.

use std::fmt::Write as _;

use crate::{Frame, Point, ProjectionKind};

/// How far beyond the frame outlines go, in pixels, so that where they were cut is not seen.
const MARGIN: f64 = 1.0;

/// Longest step between two points before a projection that bends lines, in degrees.
const STEP: f64 = 1.0;

/// Units of a path per pixel: paths are written in tenths of pixels.
pub(crate) const UNITS_PER_PIXEL: f64 = 10.0;

/// The part of a ring within `[west, south, east, north]`, by Sutherland and Hodgman's method: one edge of the window
/// after the other. Rings are without their closing point.
pub(crate) fn clipped(ring: &[[f64; 2]], window: [f64; 4]) -> Vec<[f64; 2]> {
    let mut ring = ring.to_vec();
    for (axis, limit, sign) in
        [(0, window[0], 1.0), (1, window[1], 1.0), (0, window[2], -1.0), (1, window[3], -1.0)]
    {
        let inside = |point: &[f64; 2]| (point[axis] - limit) * sign >= 0.0;
        if ring.iter().all(inside) {
            continue;
        }
        let mut kept = Vec::with_capacity(ring.len());
        let mut before = ring.last().copied();
        for point in &ring {
            if let Some(before) = before
                && inside(&before) != inside(point)
            {
                let part = (limit - before[axis]) / (point[axis] - before[axis]);
                let mut crossing = [0, 1].map(|axis| before[axis] + part * (point[axis] - before[axis]));
                crossing[axis] = limit;
                kept.push(crossing);
            }
            if inside(point) {
                kept.push(*point);
            }
            before = Some(*point);
        }
        ring = kept;
    }
    ring
}

/// A ring of degrees, longitudes from the middle meridian, as whole units of the picture; empty when nothing of it can
/// be seen.
pub(crate) fn on_picture(ring: &[[f64; 2]], frame: &Frame, window: [f64; 4]) -> Vec<[i32; 2]> {
    let ring = clipped(ring, window);
    let bends = !matches!(frame.projection.kind, ProjectionKind::Mercator | ProjectionKind::Equirectangular);
    let mut points = Vec::with_capacity(ring.len());
    for (index, point) in ring.iter().enumerate() {
        let before = ring[(index + ring.len() - 1) % ring.len()];
        if bends {
            let longest = (point[0] - before[0]).abs().max((point[1] - before[1]).abs());
            let steps = (longest / STEP).ceil().max(1.0);
            for step in 1..steps as u32 {
                let part = f64::from(step) / steps;
                let between = [0, 1].map(|axis| before[axis] + part * (point[axis] - before[axis]));
                points.push(pixels(frame, between));
            }
        }
        points.push(pixels(frame, *point));
    }
    let edges = [-MARGIN, -MARGIN, frame.width + MARGIN, frame.height + MARGIN];
    let mut whole: Vec<[i32; 2]> = clipped(&points, edges)
        .iter()
        .map(|point| point.map(|value| (value * UNITS_PER_PIXEL).round() as i32))
        .collect();
    whole.dedup();
    while whole.len() > 1 && whole.first() == whole.last() {
        whole.pop();
    }
    if whole.len() < 3 { Vec::new() } else { whole }
}

fn pixels(frame: &Frame, degrees: [f64; 2]) -> [f64; 2] {
    let Point { x, y } = frame.projection.project_degrees(degrees[0], degrees[1]);
    [x, y]
}

/// Twice the area of a ring, in units of the picture.
pub(crate) fn twice_area(ring: &[[i32; 2]]) -> i64 {
    let cross = |index: usize| {
        let [a, b] = [ring[index], ring[(index + 1) % ring.len()]].map(|point| point.map(i64::from));
        a[0] * b[1] - b[0] * a[1]
    };
    (0..ring.len()).map(cross).sum::<i64>().abs()
}

/// Appends a closed ring to path data, each point as its step from the one before.
pub(crate) fn write_ring(path: &mut String, ring: &[[i32; 2]]) {
    let mut before = [0, 0];
    for (index, point) in ring.iter().enumerate() {
        let step = [point[0] - before[0], point[1] - before[1]];
        before = *point;
        if index == 0 {
            path.push('M');
            number(path, step[0], true);
            number(path, step[1], false);
            path.push('l');
        } else {
            number(path, step[0], index == 1);
            number(path, step[1], false);
        }
    }
    path.push('z');
}

/// A number with the space before it that it needs: none after a letter, none before a minus.
fn number(path: &mut String, value: i32, first: bool) {
    if !first && value >= 0 {
        path.push(' ');
    }
    // Writing to a string cannot fail.
    let _ = write!(path, "{value}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_cut_to_the_window() {
        let square = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]];
        let cut = clipped(&square, [1.0, -1.0, 3.0, 2.0]);
        let area: f64 = (0..cut.len())
            .map(|index| {
                let (a, b) = (cut[index], cut[(index + 1) % cut.len()]);
                a[0] * b[1] - b[0] * a[1]
            })
            .sum();
        assert!((area / 2.0 - 4.0).abs() < 1e-9);
        assert_eq!(clipped(&square, [-1.0, -1.0, 5.0, 5.0]), square);
        assert!(clipped(&square, [5.0, 5.0, 6.0, 6.0]).is_empty());
        assert!(clipped(&[], [0.0, 0.0, 1.0, 1.0]).is_empty());
    }

    #[test]
    fn paths_are_short_and_relative() {
        let mut path = String::new();
        write_ring(&mut path, &[[10, 20], [15, 18], [12, 30]]);
        assert_eq!(path, "M10 20l5-2-3 12z");
        assert_eq!(twice_area(&[[0, 0], [10, 0], [10, 10], [0, 10]]), 200);
    }
}
