//! KML 2.2 (OGC 07-147r2) with Google's tracks (`gx:Track`): placemarks with points, lines and recorded tracks.
//!
//! A point becomes a waypoint, a line a track without times, a `gx:Track` a track with times. Lines that ACCID wrote as
//! routes say so in their `ExtendedData` and become routes again. Polygons, overlays and styles are passed over; links
//! to other files are not followed.

use jiff::Timestamp;

use super::{
    Count, check_size, coordinate, degrees, filled, metres, number, time,
    xml::{Sheet, Step, Walk, decoded},
};
use crate::{Coordinate, GeoError, Route, Track, TrackFile, TrackPoint, Waypoint};

const FORMAT: &str = "KML";
/// The name of the datum that says what a line is.
const KIND: &str = "accid-kind";

/// Reads a KML file. Points that are no places on the Earth are left out and counted.
///
/// # Errors
/// [`GeoError::Unreadable`] when it is not KML or no XML; [`GeoError::TooLarge`] beyond 64 MB or 2,000,000 points.
pub fn read(bytes: &[u8]) -> Result<TrackFile, GeoError> {
    check_size(FORMAT, bytes)?;
    let text = decoded(bytes);
    let mut walk = Walk::new(FORMAT, &text);
    let mut reading = Reading {
        file: TrackFile::default(),
        path: Vec::new(),
        mark: Placemark::default(),
        datum: String::new(),
        rooted: false,
        count: Count { format: FORMAT, points: 0 },
    };
    loop {
        match walk.step()? {
            Step::Open(name, attributes) => reading.open(name, &attributes)?,
            Step::Close(name, text) => reading.close(&name, &text)?,
            Step::End { truncated } => {
                reading.file.truncated = truncated;
                break;
            }
        }
    }
    if !reading.rooted {
        return Err(GeoError::Unreadable { format: FORMAT, reason: "it has no element kml".to_owned() });
    }
    Ok(reading.file)
}

/// A placemark as it is read.
#[derive(Default)]
struct Placemark {
    name: Option<String>,
    description: Option<String>,
    time: Option<Timestamp>,
    is_route: bool,
    points: Vec<(Coordinate, Option<f64>)>,
    lines: Vec<Vec<(Coordinate, Option<f64>)>>,
    tracks: Vec<Vec<TrackPoint>>,
    whens: Vec<Option<Timestamp>>,
    coords: Vec<Option<(Coordinate, Option<f64>)>>,
}

struct Reading {
    file: TrackFile,
    path: Vec<String>,
    mark: Placemark,
    datum: String,
    rooted: bool,
    count: Count,
}

impl Reading {
    fn open(&mut self, name: String, attributes: &[(String, String)]) -> Result<(), GeoError> {
        if self.path.is_empty() {
            // Some programs write a Document without its kml.
            if !matches!(name.as_str(), "kml" | "Document" | "Folder" | "Placemark") {
                let reason = format!("it begins with {name} instead of kml");
                return Err(GeoError::Unreadable { format: FORMAT, reason });
            }
            self.rooted = true;
        }
        match name.as_str() {
            "Placemark" => self.mark = Placemark::default(),
            "Data" => {
                let named = attributes.iter().find(|(key, _)| key == "name");
                self.datum = named.map(|(_, value)| value.clone()).unwrap_or_default();
            }
            _ => {}
        }
        self.path.push(name);
        Ok(())
    }

    fn close(&mut self, name: &str, text: &str) -> Result<(), GeoError> {
        self.path.pop();
        let parent = self.path.last().map_or("", String::as_str);
        match (parent, name) {
            ("Placemark", "name") => self.mark.name = filled(text),
            ("Placemark", "description") => self.mark.description = filled(text),
            ("Document", "name") => self.file.name = filled(text),
            ("Document", "description") => self.file.description = filled(text),
            ("TimeStamp", "when") => self.mark.time = time(text),
            ("Data", "value") if self.datum == KIND => self.mark.is_route = text.trim() == "route",
            ("Point", "coordinates") => {
                let points = self.coordinates(text)?;
                self.mark.points.extend(points);
            }
            ("LineString", "coordinates") => {
                let line = self.coordinates(text)?;
                self.mark.lines.push(line);
            }
            ("Track", "when") => self.mark.whens.push(time(text)),
            ("Track", "coord") => {
                let point = self.tuple(text.split_whitespace())?;
                self.mark.coords.push(point);
            }
            (_, "Track") => self.end_track(),
            (_, "Placemark") => self.end_placemark(),
            _ => {}
        }
        Ok(())
    }

    /// Tuples `longitude,latitude[,height]`, parted by spaces or line breaks.
    fn coordinates(&mut self, text: &str) -> Result<Vec<(Coordinate, Option<f64>)>, GeoError> {
        let mut points = Vec::new();
        for tuple in text.split_whitespace() {
            points.extend(self.tuple(tuple.split(','))?);
        }
        Ok(points)
    }

    fn tuple<'a>(
        &mut self,
        mut parts: impl Iterator<Item = &'a str>,
    ) -> Result<Option<(Coordinate, Option<f64>)>, GeoError> {
        self.count.one()?;
        let (longitude, latitude) = (parts.next().and_then(number), parts.next().and_then(number));
        let place = latitude.zip(longitude).and_then(|(latitude, longitude)| coordinate(latitude, longitude));
        if place.is_none() {
            self.file.skipped += 1;
        }
        let height = parts.next().and_then(number);
        Ok(place.map(|place| (place, height)))
    }

    fn end_track(&mut self) {
        let mut whens = std::mem::take(&mut self.mark.whens).into_iter();
        let coords = std::mem::take(&mut self.mark.coords);
        let timed = coords.into_iter().map(|point| (point, whens.next().flatten()));
        let points = timed.filter_map(|(point, time)| {
            point.map(|(place, elevation_m)| TrackPoint { place, elevation_m, time })
        });
        self.mark.tracks.push(points.collect());
    }

    fn end_placemark(&mut self) {
        let mark = std::mem::take(&mut self.mark);
        for (place, elevation_m) in mark.points {
            self.file.waypoints.push(Waypoint {
                elevation_m,
                time: mark.time,
                name: mark.name.clone(),
                description: mark.description.clone(),
                ..Waypoint::at(place)
            });
        }
        if mark.is_route {
            for line in mark.lines {
                let point = |(place, elevation_m)| Waypoint { elevation_m, ..Waypoint::at(place) };
                self.file.routes.push(Route {
                    name: mark.name.clone(),
                    description: mark.description.clone(),
                    points: line.into_iter().map(point).collect(),
                });
            }
            return;
        }
        let still = |(place, elevation_m)| TrackPoint { place, elevation_m, time: None };
        let lines = mark.lines.into_iter().map(|line| line.into_iter().map(still).collect());
        let segments: Vec<Vec<TrackPoint>> = lines.chain(mark.tracks).collect();
        if !segments.is_empty() {
            self.file.tracks.push(Track { name: mark.name, description: mark.description, segments });
        }
    }
}

/// Writes a KML 2.2 file. Tracks whose points all have a time are written as `gx:Track`, others as lines. Symbols and
/// the names of a route's points have no place in KML and are left out.
pub fn write(file: &TrackFile) -> String {
    let mut sheet = Sheet::new();
    sheet.open(
        "kml",
        "xmlns=\"http://www.opengis.net/kml/2.2\" xmlns:gx=\"http://www.google.com/kml/ext/2.2\"",
    );
    sheet.open("Document", "");
    sheet.optional("name", file.name.as_deref());
    sheet.optional("description", file.description.as_deref());
    for waypoint in &file.waypoints {
        placemark(&mut sheet, waypoint.name.as_deref(), waypoint.description.as_deref());
        if let Some(time) = waypoint.time {
            sheet.open("TimeStamp", "");
            sheet.leaf("when", &time.to_string());
            sheet.close();
        }
        sheet.open("Point", "");
        sheet.leaf("coordinates", &written(waypoint.place, waypoint.elevation_m, ","));
        sheet.close();
        sheet.close();
    }
    for route in &file.routes {
        placemark(&mut sheet, route.name.as_deref(), route.description.as_deref());
        sheet.open("ExtendedData", "");
        sheet.open("Data", &format!("name=\"{KIND}\""));
        sheet.leaf("value", "route");
        sheet.close();
        sheet.close();
        line(&mut sheet, route.points.iter().map(|point| (point.place, point.elevation_m)));
        sheet.close();
    }
    for track in &file.tracks {
        placemark(&mut sheet, track.name.as_deref(), track.description.as_deref());
        write_track(&mut sheet, track);
        sheet.close();
    }
    sheet.finish()
}

fn placemark(sheet: &mut Sheet, name: Option<&str>, description: Option<&str>) {
    sheet.open("Placemark", "");
    sheet.optional("name", name);
    sheet.optional("description", description);
}

fn write_track(sheet: &mut Sheet, track: &Track) {
    let timed = track.segments.iter().flatten().all(|point| point.time.is_some());
    if !timed {
        sheet.open("MultiGeometry", "");
        for segment in &track.segments {
            line(sheet, segment.iter().map(|point| (point.place, point.elevation_m)));
        }
        sheet.close();
        return;
    }
    sheet.open("gx:MultiTrack", "");
    for segment in &track.segments {
        sheet.open("gx:Track", "");
        for point in segment {
            sheet.optional("when", point.time.map(|time| time.to_string()).as_deref());
        }
        for point in segment {
            sheet.leaf("gx:coord", &written(point.place, point.elevation_m, " "));
        }
        sheet.close();
    }
    sheet.close();
}

fn line(sheet: &mut Sheet, points: impl Iterator<Item = (Coordinate, Option<f64>)>) {
    let tuples: Vec<String> = points.map(|(place, height)| written(place, height, ",")).collect();
    sheet.open("LineString", "");
    sheet.leaf("tessellate", "1");
    sheet.leaf("coordinates", &tuples.join(" "));
    sheet.close();
}

fn written(place: Coordinate, height: Option<f64>, between: &str) -> String {
    let mut parts = vec![degrees(place.longitude()), degrees(place.latitude())];
    parts.extend(height.map(metres));
    parts.join(between)
}
