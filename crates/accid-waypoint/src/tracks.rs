//! Tracks: read from files, drawn by hand, thinned out, stored. Must not know what photos lie along them.

use accid_base::{ContentHash, FieldError, plain_file_name};
use accid_geo::{Coordinate, TrackFile, files::geojson, files::gpx, files::kml};
use accid_model::{Track, TrackPoint, TrackWaypoint, to_value};
use accid_store::{Documents, Project, Transaction, Write};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Waypoint, WaypointError, kmz, open_all};

/// A track as it is stored.
#[derive(Debug, Clone)]
pub struct StoredTrack {
    /// The track.
    pub track: Track,
    /// Content hash of its document.
    pub hash: ContentHash,
}

/// What can be said of a track in numbers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct TrackFacts {
    /// Number of its points.
    pub points: usize,
    /// Its length in metres along geodesics, without the gaps between segments.
    pub length_m: f64,
    /// Metres climbed, if heights are known.
    pub climb_m: f64,
    /// Metres descended, if heights are known.
    pub descent_m: f64,
    /// When it begins.
    pub start: Option<Timestamp>,
    /// When it ends.
    pub end: Option<Timestamp>,
}

/// A new track or changes of one; what is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TrackChanges {
    /// Its name.
    pub name: Option<String>,
    /// Its segments, each with its points in order; all of them.
    pub segments: Option<Vec<Vec<TrackPoint>>>,
    /// Places marked along it; all of them.
    pub waypoints: Option<Vec<TrackWaypoint>>,
    /// Whether it is left out of what is published.
    pub hidden: Option<bool>,
    /// Drops points that lie within so many metres of what remains.
    pub simplify: Option<f64>,
}

/// Heights tremble by so many metres without anybody climbing.
const NOISE_M: f64 = 5.0;
/// Most points of a track that is drawn.
const MOST_POINTS: usize = 200_000;

/// The track as `accid-geo` has it.
pub(crate) fn geo_track(track: &Track) -> accid_geo::Track {
    let point = |point: &TrackPoint| {
        let place = Coordinate::new(point.lat, point.lon).ok()?;
        Some(accid_geo::TrackPoint { place, elevation_m: point.altitude, time: point.time })
    };
    accid_geo::Track {
        name: Some(track.name.clone()),
        description: None,
        segments: track.segments.iter().map(|segment| segment.iter().filter_map(point).collect()).collect(),
    }
}

fn points(segment: &[accid_geo::TrackPoint]) -> Vec<TrackPoint> {
    let point = |point: &accid_geo::TrackPoint| TrackPoint {
        lat: point.place.latitude(),
        lon: point.place.longitude(),
        altitude: point.elevation_m,
        time: point.time,
    };
    segment.iter().map(point).collect()
}

impl TrackFacts {
    /// The numbers of a track.
    pub fn of(track: &Track) -> Self {
        let known = geo_track(track);
        let (climb_m, descent_m) = known.climb_m(NOISE_M);
        let times = known.times();
        Self {
            points: track.segments.iter().map(Vec::len).sum(),
            length_m: known.length_m().round(),
            climb_m: climb_m.round(),
            descent_m: descent_m.round(),
            start: times.map(|(start, _)| start),
            end: times.map(|(_, end)| end),
        }
    }
}

/// What a file of places holds, by its own first bytes.
fn read_file(bytes: &[u8]) -> Result<TrackFile, WaypointError> {
    if kmz::is_packed(bytes) {
        return Ok(kml::read(&kmz::unpack(bytes)?)?);
    }
    let head =
        String::from_utf8_lossy(bytes.get(..bytes.len().min(4_096)).unwrap_or_default()).to_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with('{') {
        return Ok(geojson::read(bytes)?);
    }
    if head.contains("<kml") { Ok(kml::read(bytes)?) } else { Ok(gpx::read(bytes)?) }
}

fn marked(waypoints: &[accid_geo::Waypoint]) -> Vec<TrackWaypoint> {
    let one = |waypoint: &accid_geo::Waypoint| TrackWaypoint {
        lat: waypoint.place.latitude(),
        lon: waypoint.place.longitude(),
        name: waypoint.name.clone().unwrap_or_default(),
        text: waypoint.description.clone().unwrap_or_default(),
        ..TrackWaypoint::default()
    };
    waypoints.iter().map(one).collect()
}

impl Waypoint {
    /// All tracks, by name.
    pub fn tracks<'a>(&self, of: impl Into<Documents<'a>>) -> Vec<StoredTrack> {
        let all = open_all(of, Track::FOLDER).into_iter();
        let mut tracks: Vec<StoredTrack> = all.map(|(track, hash)| StoredTrack { track, hash }).collect();
        tracks.sort_by(|one, other| {
            (&one.track.name, &one.track.id).cmp(&(&other.track.name, &other.track.id))
        });
        tracks
    }

    /// One track.
    ///
    /// # Errors
    /// When there is none.
    pub fn track(&self, project: &Project, id: &str) -> Result<StoredTrack, WaypointError> {
        let found = self.tracks(project).into_iter().find(|stored| stored.track.id.as_str() == id);
        found.ok_or_else(|| WaypointError::NotFound { what: "track", id: id.chars().take(80).collect() })
    }

    /// Reads a GPX, KML or GeoJSON file: every track and route in it becomes one, and its waypoints go with the first.
    /// A file that is there already with the same points is not read again.
    ///
    /// # Errors
    /// When it cannot be read, holds nothing, or the store refuses.
    pub fn import_tracks(
        &self,
        project: &Project,
        author: &str,
        name: &str,
        bytes: &[u8],
    ) -> Result<Vec<StoredTrack>, WaypointError> {
        let source = plain_file_name(name, "picture");
        let file = read_file(bytes)?;
        let stem = source.rsplit_once('.').map_or(source.as_str(), |(stem, _)| stem);
        let called = |own: &Option<String>| {
            let name = own.clone().or_else(|| file.name.clone()).filter(|name| !name.trim().is_empty());
            name.unwrap_or_else(|| stem.to_owned())
        };
        let mut tracks: Vec<Track> = Vec::new();
        for found in &file.tracks {
            let segments =
                found.segments.iter().map(|segment| points(segment)).filter(|segment| !segment.is_empty());
            tracks.push(Track {
                segments: segments.collect(),
                ..Track::new(self.new_id(), &called(&found.name))
            });
        }
        for route in &file.routes {
            let point = |point: &accid_geo::Waypoint| TrackPoint {
                lat: point.place.latitude(),
                lon: point.place.longitude(),
                altitude: point.elevation_m,
                time: point.time,
            };
            let segments = vec![route.points.iter().map(point).collect()];
            let stops: Vec<_> = route.points.iter().filter(|point| point.name.is_some()).cloned().collect();
            let waypoints = marked(&stops);
            tracks.push(Track {
                segments,
                waypoints,
                drawn: true,
                ..Track::new(self.new_id(), &called(&route.name))
            });
        }
        if tracks.is_empty() && !file.waypoints.is_empty() {
            tracks.push(Track::new(self.new_id(), &called(&None)));
        }
        if let Some(first) = tracks.first_mut() {
            first.waypoints.extend(marked(&file.waypoints));
        }
        let present = self.tracks(project);
        tracks.retain(|track| {
            !present.iter().any(|stored| {
                (&stored.track.segments, &stored.track.waypoints) == (&track.segments, &track.waypoints)
            })
        });
        if tracks.is_empty() {
            let message = "it holds no track, route or waypoint that is not here already";
            return Err(WaypointError::invalid(
                &format!("\"{source}\" was not taken in."),
                "/files",
                message,
            ));
        }
        let ids: Vec<_> = tracks.iter().map(|track| track.id.clone()).collect();
        let mut writes = Vec::new();
        for track in tracks {
            let track = Track { source: source.clone(), ..track };
            writes.push(Write::put(track.file()?, to_value(&track)).if_absent());
        }
        let note = format!("Track \"{source}\" added");
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        Ok(self.tracks(project).into_iter().filter(|stored| ids.contains(&stored.track.id)).collect())
    }

    /// Makes a track that was drawn by hand.
    ///
    /// # Errors
    /// When a value cannot be used or the store refuses.
    pub fn draw_track(
        &self,
        project: &Project,
        author: &str,
        changes: &TrackChanges,
    ) -> Result<StoredTrack, WaypointError> {
        let track = changed(Track { drawn: true, ..Track::new(self.new_id(), "Route") }, changes)?;
        let note = format!("Route \"{}\" drawn", track.name);
        let writes = vec![Write::put(track.file()?, to_value(&track)).if_absent()];
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        self.track(project, track.id.as_str())
    }

    /// Changes a track.
    ///
    /// # Errors
    /// When there is none, it is not as `seen`, a value cannot be used, or the store refuses.
    pub fn update_track(
        &self,
        project: &Project,
        author: &str,
        id: &str,
        changes: &TrackChanges,
        seen: Option<ContentHash>,
    ) -> Result<StoredTrack, WaypointError> {
        let stored = self.track(project, id)?;
        if seen.is_some_and(|seen| seen != stored.hash) {
            return Err(WaypointError::Stale {
                name: stored.track.name.clone(),
                current: to_value(&stored.track),
            });
        }
        let track = changed(stored.track.clone(), changes)?;
        if track == stored.track {
            return Ok(stored);
        }
        let note = format!("Track \"{}\" changed", track.name);
        let writes = vec![Write::put(track.file()?, to_value(&track)).if_still(stored.hash)];
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        self.track(project, id)
    }
}

fn changed(mut track: Track, changes: &TrackChanges) -> Result<Track, WaypointError> {
    let mut errors: Vec<FieldError> = Vec::new();
    let mut wrong =
        |pointer: String, message: &str| errors.push(FieldError { pointer, message: message.to_owned() });
    if let Some(name) = changes.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        track.name = name.chars().take(300).collect();
    }
    if let Some(segments) = &changes.segments {
        if segments.iter().map(Vec::len).sum::<usize>() > MOST_POINTS {
            wrong("/segments".to_owned(), "a track has at most 200000 points");
        }
        for (index, segment) in segments.iter().enumerate() {
            if segment.iter().any(|point| Coordinate::new(point.lat, point.lon).is_err()) {
                wrong(format!("/segments/{index}"), "a point is no place on the Earth");
            }
        }
        track.segments.clone_from(segments);
    }
    if let Some(waypoints) = &changes.waypoints {
        if waypoints.iter().any(|point| Coordinate::new(point.lat, point.lon).is_err()) {
            wrong("/waypoints".to_owned(), "a point is no place on the Earth");
        }
        track.waypoints.clone_from(waypoints);
    }
    track.hidden = changes.hidden.unwrap_or(track.hidden);
    match changes.simplify {
        Some(metres) if (0.1..=100_000.0).contains(&metres) => {
            let thin = geo_track(&track).simplified(metres);
            track.segments = thin.segments.iter().map(|segment| points(segment)).collect();
        }
        Some(_) => wrong("/simplify".to_owned(), "it is a number of metres from 0.1 to 100000"),
        None => {}
    }
    if errors.is_empty() {
        return Ok(track);
    }
    Err(WaypointError::Invalid { what: "The track was not saved.".to_owned(), errors })
}
