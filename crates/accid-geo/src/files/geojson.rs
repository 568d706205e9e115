//! GeoJSON (RFC 7946): points as waypoints, lines as routes or tracks.

use serde_json::{Map, Value, json};

use super::{Count, check_size, coordinate, filled, time};
use crate::{Coordinate, GeoError, Route, Track, TrackFile, TrackPoint, Waypoint};

const FORMAT: &str = "GeoJSON";

/// A place and its height in metres.
type Position = (Coordinate, Option<f64>);

/// Reads a GeoJSON file: a feature, a collection of them, or a bare geometry. Points become waypoints, lines tracks;
/// a line whose property `kind` is `route` becomes a route. Polygons are passed over.
///
/// # Errors
/// [`GeoError::Unreadable`] when it is no JSON or no GeoJSON; [`GeoError::TooLarge`] beyond 64 MB or 2,000,000 points.
pub fn read(bytes: &[u8]) -> Result<TrackFile, GeoError> {
    check_size(FORMAT, bytes)?;
    let json: Value = serde_json::from_slice(bytes)
        .map_err(|error| GeoError::Unreadable { format: FORMAT, reason: error.to_string() })?;
    let mut file = TrackFile::default();
    let mut count = Count { format: FORMAT, points: 0 };
    let nothing = Map::new();
    match json["type"].as_str() {
        Some("FeatureCollection") => {
            for feature in json["features"].as_array().into_iter().flatten() {
                let properties = feature["properties"].as_object().unwrap_or(&nothing);
                geometry(&feature["geometry"], properties, &mut file, &mut count)?;
            }
        }
        Some("Feature") => {
            let properties = json["properties"].as_object().unwrap_or(&nothing);
            geometry(&json["geometry"], properties, &mut file, &mut count)?;
        }
        Some(_) => geometry(&json, &nothing, &mut file, &mut count)?,
        None => {
            return Err(GeoError::Unreadable { format: FORMAT, reason: "it has no type".to_owned() });
        }
    }
    Ok(file)
}

fn words(properties: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| properties.get(*key)?.as_str().and_then(filled))
}

fn geometry(
    geometry: &Value,
    properties: &Map<String, Value>,
    file: &mut TrackFile,
    count: &mut Count,
) -> Result<(), GeoError> {
    let coordinates = &geometry["coordinates"];
    match geometry["type"].as_str() {
        Some("Point") => {
            let points = line(std::slice::from_ref(coordinates), file, count)?;
            file.waypoints.extend(points.into_iter().map(|(point, _)| marked(point, properties)));
        }
        Some("MultiPoint") => {
            let points = line(coordinates.as_array().map_or(&[], Vec::as_slice), file, count)?;
            file.waypoints.extend(points.into_iter().map(|(point, _)| marked(point, properties)));
        }
        Some("LineString") => lines(std::slice::from_ref(coordinates), properties, file, count)?,
        Some("MultiLineString") => {
            lines(coordinates.as_array().map_or(&[], Vec::as_slice), properties, file, count)?;
        }
        Some("GeometryCollection") => {
            for part in geometry["geometries"].as_array().into_iter().flatten() {
                // A collection within a collection is not followed: RFC 7946 advises against it.
                if part["type"] != "GeometryCollection" {
                    self::geometry(part, properties, file, count)?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// The places of a line, each with its number in it.
fn line(
    positions: &[Value],
    file: &mut TrackFile,
    count: &mut Count,
) -> Result<Vec<(Position, usize)>, GeoError> {
    let mut points = Vec::new();
    for (index, position) in positions.iter().enumerate() {
        count.one()?;
        let value = |index: usize| position.get(index).and_then(Value::as_f64);
        match value(1).zip(value(0)).and_then(|(latitude, longitude)| coordinate(latitude, longitude)) {
            Some(place) => points.push(((place, value(2)), index)),
            None => file.skipped += 1,
        }
    }
    Ok(points)
}

fn lines(
    parts: &[Value],
    properties: &Map<String, Value>,
    file: &mut TrackFile,
    count: &mut Count,
) -> Result<(), GeoError> {
    let name = words(properties, &["name", "title"]);
    let description = words(properties, &["description", "desc"]);
    // Times of a line's points, as togeojson writes them: a list for a line, a list of lists for many.
    let times = properties.get("coordTimes").or_else(|| properties.get("times")).unwrap_or(&Value::Null);
    let mut segments = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let own = if times[0].is_array() { &times[number] } else { times };
        let points = line(part.as_array().map_or(&[], Vec::as_slice), file, count)?;
        let point = |((place, elevation_m), index): (Position, usize)| TrackPoint {
            place,
            elevation_m,
            time: own[index].as_str().and_then(time),
        };
        segments.push(points.into_iter().map(point).collect::<Vec<TrackPoint>>());
    }
    if properties.get("kind").is_some_and(|kind| kind == "route") {
        for segment in segments {
            let point =
                |point: TrackPoint| Waypoint { elevation_m: point.elevation_m, ..Waypoint::at(point.place) };
            let points = segment.into_iter().map(point).collect();
            file.routes.push(Route { name: name.clone(), description: description.clone(), points });
        }
    } else {
        file.tracks.push(Track { name, description, segments });
    }
    Ok(())
}

fn marked((place, elevation_m): Position, properties: &Map<String, Value>) -> Waypoint {
    Waypoint {
        elevation_m,
        time: properties.get("time").and_then(Value::as_str).and_then(time),
        name: words(properties, &["name", "title"]),
        description: words(properties, &["description", "desc"]),
        symbol: words(properties, &["symbol", "marker-symbol"]),
        ..Waypoint::at(place)
    }
}

/// Writes a feature collection. Lines that cross the antimeridian are cut there, as RFC 7946 asks.
pub fn write(file: &TrackFile) -> Value {
    let mut features = Vec::new();
    for waypoint in &file.waypoints {
        let mut properties = json!({ "kind": "waypoint" });
        put(&mut properties, "name", waypoint.name.as_deref());
        put(&mut properties, "description", waypoint.description.as_deref());
        put(&mut properties, "symbol", waypoint.symbol.as_deref());
        put(&mut properties, "time", waypoint.time.map(|time| time.to_string()).as_deref());
        let coordinates = position(waypoint.place, waypoint.elevation_m);
        let geometry = json!({ "type": "Point", "coordinates": coordinates });
        features.push(json!({ "type": "Feature", "properties": properties, "geometry": geometry }));
    }
    for route in &file.routes {
        let still =
            |point: &Waypoint| TrackPoint { place: point.place, elevation_m: point.elevation_m, time: None };
        let segment: Vec<TrackPoint> = route.points.iter().map(still).collect();
        features.push(line_feature("route", (&route.name, &route.description), &[segment]));
    }
    for track in &file.tracks {
        features.push(line_feature("track", (&track.name, &track.description), &track.segments));
    }
    json!({ "type": "FeatureCollection", "features": features })
}

fn put(properties: &mut Value, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        properties[key] = text.into();
    }
}

fn position(place: Coordinate, height: Option<f64>) -> Value {
    let seven = |value: f64| (value * 1e7).round() / 1e7;
    let mut numbers = vec![seven(place.longitude()), seven(place.latitude())];
    numbers.extend(height);
    numbers.into()
}

fn line_feature(
    kind: &str,
    (name, description): (&Option<String>, &Option<String>),
    segments: &[Vec<TrackPoint>],
) -> Value {
    let mut properties = json!({ "kind": kind });
    put(&mut properties, "name", name.as_deref());
    put(&mut properties, "description", description.as_deref());
    let (mut coordinates, mut times) = (Vec::new(), Vec::new());
    for part in segments.iter().flat_map(|segment| cut(segment)) {
        coordinates
            .push(part.iter().map(|point| position(point.place, point.elevation_m)).collect::<Vec<_>>());
        times.push(part.iter().map(|point| point.time.map(|time| time.to_string())).collect::<Vec<_>>());
    }
    if times.iter().flatten().any(Option::is_some) {
        properties["coordTimes"] = json!(times);
    }
    let geometry = json!({ "type": "MultiLineString", "coordinates": coordinates });
    json!({ "type": "Feature", "properties": properties, "geometry": geometry })
}

/// A segment cut where it crosses the antimeridian, with a point on either side of it; parts of one point are no lines
/// and are left out.
fn cut(segment: &[TrackPoint]) -> Vec<Vec<TrackPoint>> {
    let mut parts: Vec<Vec<TrackPoint>> = vec![Vec::new()];
    let mut before: Option<TrackPoint> = None;
    for point in segment {
        if let Some(before) = before {
            let (west, east) = (before.place.longitude(), point.place.longitude());
            if (east - west).abs() > 180.0 {
                let side = 180.0 * west.signum();
                let part = (side - west) / (east + 2.0 * side - west);
                let latitude =
                    before.place.latitude() + part * (point.place.latitude() - before.place.latitude());
                let seam = |longitude| TrackPoint {
                    place: Coordinate::held(latitude, longitude),
                    elevation_m: None,
                    time: None,
                };
                if let Some(last) = parts.last_mut() {
                    last.push(seam(side));
                }
                parts.push(vec![seam(-side)]);
            }
        }
        if let Some(last) = parts.last_mut() {
            last.push(*point);
        }
        before = Some(*point);
    }
    parts.retain(|part| part.len() > 1);
    parts
}
