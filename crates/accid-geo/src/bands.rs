//! Which outlines hold a point, and how far the nearest one is: lines cut into bands of latitude.
//!
//! Owns: the index. Must not know: what the outlines are of. Works on the plane of longitude and latitude with the
//! even-odd rule, so that it does not matter which way round a ring was drawn.

use crate::{
    distance::{DEGREE_M, to_segment_m},
    pack::UNITS_PER_DEGREE,
};

/// Height of a band in degrees.
const BAND: f64 = 0.2;
const BANDS: usize = 900;

/// The outline on one side of a line.
pub(crate) type Owner = u32;

/// No outline on that side.
pub(crate) const NOBODY: Owner = u32::MAX;

/// A piece of one line within one band: its points `from..=to`.
#[derive(Debug, Clone, Copy)]
struct Run {
    line: u32,
    from: u32,
    to: u32,
    west: i32,
    east: i32,
}

/// Lines and who owns them, by bands of latitude.
#[derive(Debug)]
pub(crate) struct Bands {
    lines: Vec<Vec<[i32; 2]>>,
    owners: Vec<[Owner; 2]>,
    /// Runs of all bands, one band after the other.
    runs: Vec<Run>,
    /// Where each band's runs start; one more at the end.
    starts: Vec<u32>,
    /// The easternmost longitude there is, in units.
    east: i32,
}

/// The nearest line to a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Nearest {
    /// How far it is, in metres.
    pub distance_m: f64,
    /// Whose line it is.
    pub owner: Owner,
}

fn band_of(latitude: f64) -> usize {
    (((latitude + 90.0) / BAND) as usize).min(BANDS - 1)
}

fn units(degrees: f64) -> f64 {
    degrees * UNITS_PER_DEGREE
}

impl Bands {
    /// The index of `lines`, each with its owners on either side. Rings are closed: their first point is the last.
    pub fn new(lines: Vec<Vec<[i32; 2]>>, owners: Vec<[Owner; 2]>) -> Self {
        let mut by_band: Vec<Vec<Run>> = vec![Vec::new(); BANDS];
        let mut open: Vec<usize> = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            open.clear();
            for (from, pair) in line.windows(2).enumerate() {
                let band = |point: [i32; 2]| band_of(f64::from(point[1]) / UNITS_PER_DEGREE);
                let (low, high) = (band(pair[0]).min(band(pair[1])), band(pair[0]).max(band(pair[1])));
                let (west, east) = (pair[0][0].min(pair[1][0]), pair[0][0].max(pair[1][0]));
                for runs in &mut by_band[low..=high] {
                    match runs.last_mut() {
                        Some(run) if run.line == number as u32 && run.to == from as u32 => {
                            run.to += 1;
                            run.west = run.west.min(west);
                            run.east = run.east.max(east);
                        }
                        _ => runs.push(Run {
                            line: number as u32,
                            from: from as u32,
                            to: from as u32 + 1,
                            west,
                            east,
                        }),
                    }
                }
            }
        }
        let mut starts = vec![0];
        let mut runs = Vec::with_capacity(by_band.iter().map(Vec::len).sum());
        for band in by_band {
            runs.extend(band);
            starts.push(runs.len() as u32);
        }
        let east = lines.iter().flatten().map(|point| point[0]).max().unwrap_or(0);
        Self { lines, owners, runs, starts, east }
    }

    /// The points of a line.
    pub fn line(&self, line: usize) -> &[[i32; 2]] {
        &self.lines[line]
    }

    fn band(&self, band: usize) -> &[Run] {
        &self.runs[self.starts[band] as usize..self.starts[band + 1] as usize]
    }

    fn points(&self, run: &Run) -> &[[i32; 2]] {
        &self.lines[run.line as usize][run.from as usize..=run.to as usize]
    }

    /// Every outline that holds the point, in no order; the same one never twice.
    pub fn holding(&self, latitude: f64, longitude: f64) -> Vec<Owner> {
        let mut found = Vec::new();
        self.crossings(latitude, longitude, &mut found);
        if units(longitude + 360.0) <= f64::from(self.east) {
            self.crossings(latitude, longitude + 360.0, &mut found);
        }
        found
    }

    /// Counts for each outline how often a ray to the east crosses it, and adds those with an odd count.
    fn crossings(&self, latitude: f64, longitude: f64, found: &mut Vec<Owner>) {
        let (x, y) = (units(longitude), units(latitude));
        let mut odd: Vec<Owner> = Vec::new();
        for run in self.band(band_of(latitude)) {
            if f64::from(run.east) <= x {
                continue;
            }
            let points = self.points(run);
            let crossed = if f64::from(run.west) > x {
                points.first().map(|point| f64::from(point[1]) > y)
                    != points.last().map(|point| f64::from(point[1]) > y)
            } else {
                points.windows(2).filter(|pair| crosses(pair[0], pair[1], x, y)).count() % 2 == 1
            };
            if crossed {
                for owner in self.owners[run.line as usize] {
                    toggle(&mut odd, owner);
                }
            }
        }
        found.extend(odd);
    }

    /// The nearest line within `most_m` metres of a place; none when there is none or the place is farther.
    pub fn nearest(&self, latitude: f64, longitude: f64, most_m: f64) -> Option<Nearest> {
        let narrowing = latitude.to_radians().cos().max(0.02);
        let mut best = Nearest { distance_m: most_m, owner: NOBODY };
        let middle = band_of(latitude);
        for away in 0..BANDS {
            // A line in a band `away` bands from here is at least `away - 1` bands away.
            if (away.saturating_sub(1)) as f64 * BAND * DEGREE_M > best.distance_m {
                break;
            }
            let (below, above) = (middle.checked_sub(away), Some(middle + away));
            let above = above.filter(|band| away > 0 && *band < BANDS);
            for band in [below, above].into_iter().flatten() {
                self.nearest_in(band, [longitude, latitude], narrowing, &mut best);
                if longitude.abs() > 150.0 {
                    let turned = longitude - 360.0 * longitude.signum();
                    self.nearest_in(band, [turned, latitude], narrowing, &mut best);
                }
            }
        }
        (best.owner != NOBODY).then_some(best)
    }

    fn nearest_in(&self, band: usize, place: [f64; 2], narrowing: f64, best: &mut Nearest) {
        for run in self.band(band) {
            let reach = units(best.distance_m / DEGREE_M / narrowing) + 1.0;
            let x = units(place[0]);
            if f64::from(run.west) - reach > x || f64::from(run.east) + reach < x {
                continue;
            }
            let [owner, other] = self.owners[run.line as usize];
            let owner = if owner == NOBODY { other } else { owner };
            for pair in self.points(run).windows(2) {
                let degrees = |point: [i32; 2]| point.map(|value| f64::from(value) / UNITS_PER_DEGREE);
                let distance_m = to_segment_m(place, degrees(pair[0]), degrees(pair[1]), narrowing);
                if distance_m < best.distance_m {
                    *best = Nearest { distance_m, owner };
                }
            }
        }
    }
}

/// Whether a ray from `(x, y)` to the east crosses the piece between two points.
fn crosses(from: [i32; 2], to: [i32; 2], x: f64, y: f64) -> bool {
    let [from, to] = [from, to].map(|point| point.map(f64::from));
    (from[1] > y) != (to[1] > y) && x < (to[0] - from[0]) * (y - from[1]) / (to[1] - from[1]) + from[0]
}

fn toggle(odd: &mut Vec<Owner>, owner: Owner) {
    if owner == NOBODY {
        return;
    }
    match odd.iter().position(|known| *known == owner) {
        Some(place) => {
            odd.swap_remove(place);
        }
        None => odd.push(owner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<[i32; 2]> {
        let unit = |degrees: f64| (degrees * UNITS_PER_DEGREE).round() as i32;
        points.iter().chain(&points[..1]).map(|(lon, lat)| [unit(*lon), unit(*lat)]).collect()
    }

    #[test]
    fn a_ring_holds_what_is_in_it_whichever_way_it_was_drawn() {
        let square = [(10.0, 10.0), (12.0, 10.0), (12.0, 12.0), (10.0, 12.0)];
        let mut backwards = square;
        backwards.reverse();
        for points in [square, backwards] {
            let bands = Bands::new(vec![ring(&points)], vec![[7, NOBODY]]);
            assert_eq!(bands.holding(11.0, 11.0), [7]);
            assert_eq!(bands.holding(11.999, 10.001), [7]);
            for (latitude, longitude) in [(9.9, 11.0), (12.1, 11.0), (11.0, 9.9), (11.0, 12.1), (-11.0, 11.0)]
            {
                assert!(bands.holding(latitude, longitude).is_empty());
            }
        }
    }

    #[test]
    fn a_hole_is_not_held_and_neighbours_share_a_line() {
        let hole = ring(&[(10.5, 10.5), (11.5, 10.5), (11.5, 11.5), (10.5, 11.5)]);
        let outer = ring(&[(10.0, 10.0), (12.0, 10.0), (12.0, 12.0), (10.0, 12.0)]);
        let bands = Bands::new(vec![outer, hole], vec![[0, NOBODY], [0, 1]]);
        assert_eq!(bands.holding(11.0, 11.0), [1]);
        assert_eq!(bands.holding(10.2, 11.0), [0]);
    }

    #[test]
    fn land_beyond_the_antimeridian_is_found_from_both_sides() {
        let bands = Bands::new(
            vec![ring(&[(178.0, -18.0), (182.0, -18.0), (182.0, -16.0), (178.0, -16.0)])],
            vec![[3, NOBODY]],
        );
        for longitude in [178.5, 179.999, 180.0, -180.0, -179.0, -178.5] {
            assert_eq!(bands.holding(-17.0, longitude), [3], "{longitude}");
        }
        assert!(bands.holding(-17.0, -177.5).is_empty());
        let near = bands.nearest(-17.0, -177.0, 200_000.0).unwrap();
        assert!((near.distance_m - 106_337.0).abs() < 100.0, "{}", near.distance_m);
    }

    #[test]
    fn the_nearest_line_is_found_within_the_limit_only() {
        let bands = Bands::new(
            vec![
                ring(&[(10.0, 10.0), (12.0, 10.0), (12.0, 12.0)]),
                ring(&[(20.0, 0.0), (21.0, 0.0), (21.0, 1.0)]),
            ],
            vec![[0, NOBODY], [1, NOBODY]],
        );
        let near = bands.nearest(9.0, 11.0, 500_000.0).unwrap();
        assert!(near.owner == 0 && (near.distance_m - DEGREE_M).abs() < 10.0);
        assert_eq!(bands.nearest(9.0, 11.0, 100_000.0), None);
        assert_eq!(bands.nearest(0.9, 21.5, 500_000.0).map(|near| near.owner), Some(1));
    }
}
