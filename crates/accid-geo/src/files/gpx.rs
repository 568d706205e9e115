//! GPX 1.0 and 1.1 (<https://www.topografix.com/GPX/1/1/>): waypoints, routes and tracks.

use super::{
    Count, check_size, coordinate, degrees, filled, metres, number, time,
    xml::{Sheet, Step, Walk, decoded},
};
use crate::{GeoError, Route, Track, TrackFile, TrackPoint, Waypoint};

const FORMAT: &str = "GPX";

/// Reads a GPX file. Points that are no places on the Earth are left out and counted; what comes before a file's
/// sudden end is kept.
///
/// # Errors
/// [`GeoError::Unreadable`] when it is not GPX or no XML; [`GeoError::TooLarge`] beyond 64 MB or 2,000,000 points.
pub fn read(bytes: &[u8]) -> Result<TrackFile, GeoError> {
    check_size(FORMAT, bytes)?;
    let text = decoded(bytes);
    let mut walk = Walk::new(FORMAT, &text);
    let count = Count { format: FORMAT, points: 0 };
    let mut reading =
        Reading { file: TrackFile::default(), path: Vec::new(), point: None, rooted: false, count };
    loop {
        match walk.step()? {
            Step::Open(name, attributes) => reading.open(name, &attributes)?,
            Step::Close(name, text) => reading.close(&name, &text),
            Step::End { truncated } => {
                reading.file.truncated = truncated;
                break;
            }
        }
    }
    if !reading.rooted {
        return Err(GeoError::Unreadable { format: FORMAT, reason: "it has no element gpx".to_owned() });
    }
    Ok(reading.file)
}

struct Reading {
    file: TrackFile,
    path: Vec<String>,
    /// The point that is open; `None` within a point that is no place.
    point: Option<Waypoint>,
    rooted: bool,
    count: Count,
}

impl Reading {
    fn open(&mut self, name: String, attributes: &[(String, String)]) -> Result<(), GeoError> {
        if self.path.is_empty() {
            if name != "gpx" {
                let reason = format!("it begins with {name} instead of gpx");
                return Err(GeoError::Unreadable { format: FORMAT, reason });
            }
            self.rooted = true;
        }
        match name.as_str() {
            "rte" => self.file.routes.push(Route::default()),
            "trk" => self.file.tracks.push(Track::default()),
            "trkseg" => {
                if let Some(track) = self.file.tracks.last_mut() {
                    track.segments.push(Vec::new());
                }
            }
            "wpt" | "rtept" | "trkpt" => {
                self.count.one()?;
                let value = |key: &str| {
                    attributes.iter().find(|(known, _)| known == key).and_then(|(_, value)| number(value))
                };
                let place = value("lat").zip(value("lon")).and_then(|(lat, lon)| coordinate(lat, lon));
                self.point = place.map(Waypoint::at);
                if place.is_none() {
                    self.file.skipped += 1;
                }
            }
            _ => {}
        }
        self.path.push(name);
        Ok(())
    }

    fn close(&mut self, name: &str, text: &str) {
        self.path.pop();
        let parent = self.path.last().map_or("", String::as_str);
        match (parent, name) {
            (_, "wpt") => self.file.waypoints.extend(self.point.take()),
            (_, "rtept") => {
                if let Some(route) = self.file.routes.last_mut() {
                    route.points.extend(self.point.take());
                }
            }
            (_, "trkpt") => {
                let segment = self.file.tracks.last_mut().and_then(|track| track.segments.last_mut());
                if let (Some(point), Some(segment)) = (self.point.take(), segment) {
                    let Waypoint { place, elevation_m, time, .. } = point;
                    segment.push(TrackPoint { place, elevation_m, time });
                }
            }
            ("wpt" | "rtept" | "trkpt", _) => {
                if let Some(point) = &mut self.point {
                    fill(point, name, text);
                }
            }
            ("metadata" | "gpx", "name") => self.file.name = filled(text),
            ("metadata" | "gpx", "desc") => self.file.description = filled(text),
            ("rte", _) => {
                if let Some(route) = self.file.routes.last_mut() {
                    name_or_description(name, text, &mut route.name, &mut route.description);
                }
            }
            ("trk", _) => {
                if let Some(track) = self.file.tracks.last_mut() {
                    name_or_description(name, text, &mut track.name, &mut track.description);
                }
            }
            _ => {}
        }
    }
}

fn name_or_description(
    element: &str,
    text: &str,
    name: &mut Option<String>,
    description: &mut Option<String>,
) {
    match element {
        "name" => *name = filled(text),
        "desc" => *description = filled(text),
        "cmt" if description.is_none() => *description = filled(text),
        _ => {}
    }
}

fn fill(point: &mut Waypoint, element: &str, text: &str) {
    match element {
        "ele" => point.elevation_m = number(text),
        "time" => point.time = time(text),
        "sym" => point.symbol = filled(text),
        _ => name_or_description(element, text, &mut point.name, &mut point.description),
    }
}

/// Writes a GPX 1.1 file.
pub fn write(file: &TrackFile) -> String {
    let mut sheet = Sheet::new();
    sheet.open(
        "gpx",
        "version=\"1.1\" creator=\"ACCID\" xmlns=\"http://www.topografix.com/GPX/1/1\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd\"",
    );
    if file.name.is_some() || file.description.is_some() {
        sheet.open("metadata", "");
        sheet.optional("name", file.name.as_deref());
        sheet.optional("desc", file.description.as_deref());
        sheet.close();
    }
    for waypoint in &file.waypoints {
        write_point(&mut sheet, "wpt", waypoint);
    }
    for route in &file.routes {
        sheet.open("rte", "");
        sheet.optional("name", route.name.as_deref());
        sheet.optional("desc", route.description.as_deref());
        for point in &route.points {
            write_point(&mut sheet, "rtept", point);
        }
        sheet.close();
    }
    for track in &file.tracks {
        sheet.open("trk", "");
        sheet.optional("name", track.name.as_deref());
        sheet.optional("desc", track.description.as_deref());
        for segment in &track.segments {
            sheet.open("trkseg", "");
            for point in segment {
                let TrackPoint { place, elevation_m, time } = *point;
                write_point(&mut sheet, "trkpt", &Waypoint { elevation_m, time, ..Waypoint::at(place) });
            }
            sheet.close();
        }
        sheet.close();
    }
    sheet.finish()
}

/// A point with its children in the order that the schema asks for.
fn write_point(sheet: &mut Sheet, name: &'static str, point: &Waypoint) {
    let (latitude, longitude) = (degrees(point.place.latitude()), degrees(point.place.longitude()));
    sheet.open(name, &format!("lat=\"{latitude}\" lon=\"{longitude}\""));
    sheet.optional("ele", point.elevation_m.map(metres).as_deref());
    sheet.optional("time", point.time.map(|time| time.to_string()).as_deref());
    sheet.optional("name", point.name.as_deref());
    sheet.optional("desc", point.description.as_deref());
    sheet.optional("sym", point.symbol.as_deref());
    sheet.close();
}
