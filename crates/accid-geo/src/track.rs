//! Tracks, routes and waypoints: the one model that GPX, KML and GeoJSON are read into and written from.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Coordinate, along, geodesic_m, length_m, simplify_indices};

/// A marked place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waypoint {
    /// Where it is.
    pub place: Coordinate,
    /// Height above the sea in metres.
    pub elevation_m: Option<f64>,
    /// When it was marked.
    pub time: Option<Timestamp>,
    /// Its name.
    pub name: Option<String>,
    /// What was written to it.
    pub description: Option<String>,
    /// The name of its symbol, as the program or device that made it calls it.
    pub symbol: Option<String>,
}

impl Waypoint {
    /// A place without a word.
    pub fn at(place: Coordinate) -> Self {
        Self { place, elevation_m: None, time: None, name: None, description: None, symbol: None }
    }
}

/// A way that was planned.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Route {
    /// Its name.
    pub name: Option<String>,
    /// What was written to it.
    pub description: Option<String>,
    /// Its points in order.
    pub points: Vec<Waypoint>,
}

/// One point of a way that was gone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TrackPoint {
    /// Where.
    pub place: Coordinate,
    /// Height above the sea in metres.
    pub elevation_m: Option<f64>,
    /// When.
    pub time: Option<Timestamp>,
}

/// A way that was gone, as a device recorded it; in several segments when it was switched off between.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Track {
    /// Its name.
    pub name: Option<String>,
    /// What was written to it.
    pub description: Option<String>,
    /// Its segments, each with its points in order.
    pub segments: Vec<Vec<TrackPoint>>,
}

/// What a file of places holds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TrackFile {
    /// Its name.
    pub name: Option<String>,
    /// What was written to it.
    pub description: Option<String>,
    /// Marked places.
    pub waypoints: Vec<Waypoint>,
    /// Planned ways.
    pub routes: Vec<Route>,
    /// Ways gone.
    pub tracks: Vec<Track>,
    /// How many points were left out because they are no places on the Earth.
    #[serde(default)]
    pub skipped: usize,
    /// Whether the file ends in the middle, as after a power cut; what came before was read.
    #[serde(default)]
    pub truncated: bool,
}

/// Where somebody was at a time, by a track.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceInTime {
    /// The place, between the points before and after.
    pub place: Coordinate,
    /// How far the nearer of the two points is in time.
    pub apart: SignedDuration,
}

impl Route {
    /// Its length in metres along geodesics.
    pub fn length_m(&self) -> f64 {
        let places: Vec<Coordinate> = self.points.iter().map(|point| point.place).collect();
        length_m(&places)
    }
}

impl Track {
    /// Its length in metres along geodesics, without the gaps between segments.
    pub fn length_m(&self) -> f64 {
        let legs = self.segments.iter().flat_map(|segment| segment.windows(2));
        legs.map(|leg| geodesic_m(leg[0].place, leg[1].place)).sum()
    }

    /// Metres climbed and metres descended, by the heights that are there. A change counts once it is more than
    /// `noise_m`, so that a device's trembling does not climb mountains.
    pub fn climb_m(&self, noise_m: f64) -> (f64, f64) {
        let (mut up, mut down) = (0.0, 0.0);
        for segment in &self.segments {
            let mut heights = segment.iter().filter_map(|point| point.elevation_m);
            let Some(mut held) = heights.next() else { continue };
            for height in heights {
                let change = height - held;
                if change.abs() > noise_m {
                    if change > 0.0 {
                        up += change
                    } else {
                        down -= change
                    }
                    held = height;
                }
            }
        }
        (up, down)
    }

    /// Its first and last time.
    pub fn times(&self) -> Option<(Timestamp, Timestamp)> {
        let times = || self.segments.iter().flatten().filter_map(|point| point.time);
        Some((times().min()?, times().max()?))
    }

    /// The track with fewer points: none dropped that is farther than `tolerance_m` from what remains.
    #[must_use]
    pub fn simplified(&self, tolerance_m: f64) -> Self {
        let thin = |segment: &Vec<TrackPoint>| {
            let places: Vec<Coordinate> = segment.iter().map(|point| point.place).collect();
            simplify_indices(&places, tolerance_m).into_iter().map(|index| segment[index]).collect()
        };
        Self { segments: self.segments.iter().map(thin).collect(), ..self.clone() }
    }
}

impl TrackFile {
    /// Every timed point of its tracks, in the order of time.
    pub fn timed_points(&self) -> Vec<(Timestamp, Coordinate)> {
        let points = self.tracks.iter().flat_map(|track| track.segments.iter().flatten());
        let mut timed: Vec<_> = points.filter_map(|point| Some((point.time?, point.place))).collect();
        timed.sort_by_key(|(time, _)| *time);
        timed
    }
}

/// Where somebody was at `time`, by points in the order of time ([`TrackFile::timed_points`]): between the two points
/// around it, or at the first or last one. None when the nearer of them is more than `most` away in time.
pub fn place_at_time(
    points: &[(Timestamp, Coordinate)],
    time: Timestamp,
    most: SignedDuration,
) -> Option<PlaceInTime> {
    let next = points.partition_point(|(at, _)| *at < time);
    let before = next.checked_sub(1).map(|index| points[index]);
    let after = points.get(next).copied();
    let (place, apart) = match (before, after) {
        (Some((from, start)), Some((to, end))) => {
            let (gone, whole) = (time.duration_since(from), to.duration_since(from));
            let part = gone.as_secs_f64() / whole.as_secs_f64().max(1e-9);
            (along(start, end, part.clamp(0.0, 1.0)), gone.min(to.duration_since(time)))
        }
        (Some((at, place)), None) => (place, time.duration_since(at)),
        (None, Some((at, place))) => (place, at.duration_since(time)),
        (None, None) => return None,
    };
    (apart <= most).then_some(PlaceInTime { place, apart })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(points: &[(f64, f64, f64, i64)]) -> Track {
        let point = |(latitude, longitude, height, second): &(f64, f64, f64, i64)| TrackPoint {
            place: Coordinate::new(*latitude, *longitude).unwrap(),
            elevation_m: Some(*height),
            time: Some(Timestamp::from_second(*second).unwrap()),
        };
        Track { segments: vec![points.iter().map(point).collect()], ..Track::default() }
    }

    #[test]
    fn length_climb_and_times_are_counted() {
        let track =
            track(&[(0.0, 0.0, 0.0, 10), (0.0, 1.0, 2.0, 20), (0.0, 2.0, 50.0, 30), (0.0, 2.0, 20.0, 40)]);
        assert!((track.length_m() - 222_638.98).abs() < 0.1);
        assert_eq!(track.climb_m(5.0), (50.0, 30.0));
        let (start, end) = track.times().unwrap();
        assert_eq!((start.as_second(), end.as_second()), (10, 40));
        assert_eq!(track.simplified(100.0).segments[0].len(), 2);
        assert_eq!(Track::default().times(), None);
    }

    #[test]
    fn a_time_between_two_points_lies_between_them() {
        let file = TrackFile {
            tracks: vec![track(&[(0.0, 0.0, 0.0, 0), (0.0, 1.0, 0.0, 100)])],
            ..TrackFile::default()
        };
        let points = file.timed_points();
        let at = |second: i64, most: i64| {
            place_at_time(&points, Timestamp::from_second(second).unwrap(), SignedDuration::from_secs(most))
        };
        let found = at(25, 60).unwrap();
        assert!((found.place.longitude() - 0.25).abs() < 1e-6);
        assert_eq!(found.apart.as_secs(), 25);
        assert_eq!(at(50, 49), None);
        assert_eq!(at(130, 60).map(|found| found.place.longitude()), Some(1.0));
        assert_eq!(at(200, 60), None);
        assert!(place_at_time(&[], Timestamp::UNIX_EPOCH, SignedDuration::from_secs(9)).is_none());
    }
}
