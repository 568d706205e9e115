//! Files of places: GPX, KML and GeoJSON, read and written. Bytes come from anywhere: sizes, depths and numbers of
//! points are bounded, document types and entities are not followed, and nothing here fails because of one bad point.

pub mod geojson;
pub mod gpx;
pub mod kml;
mod xml;

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::{Coordinate, GeoError, coordinate::turned};

/// Most bytes of a file that is read: 64 MB.
pub const MOST_BYTES: usize = 64 << 20;

/// Most points of a file that is read.
pub const MOST_POINTS: usize = 2_000_000;

/// Counts points, so that no file can hold more than are read.
#[derive(Debug)]
struct Count {
    format: &'static str,
    points: usize,
}

impl Count {
    fn one(&mut self) -> Result<(), GeoError> {
        self.points += 1;
        if self.points > MOST_POINTS {
            return Err(GeoError::TooLarge { format: self.format, what: "points", most: MOST_POINTS });
        }
        Ok(())
    }
}

fn check_size(format: &'static str, bytes: &[u8]) -> Result<(), GeoError> {
    if bytes.len() > MOST_BYTES {
        return Err(GeoError::TooLarge { format, what: "bytes", most: MOST_BYTES });
    }
    Ok(())
}

/// A place as devices write it: also with longitudes up to 360.
fn coordinate(latitude: f64, longitude: f64) -> Option<Coordinate> {
    let longitude = if (180.0..=360.0).contains(&longitude) { turned(longitude) } else { longitude };
    Coordinate::new(latitude, longitude).ok()
}

/// A number that is one.
fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|value| value.is_finite())
}

/// A time of RFC 3339; without a zone it is UTC, as GPX and KML have it.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let civil = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(civil)
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Degrees as they are written: seven digits after the point, a centimetre, without needless zeros.
fn degrees(value: f64) -> String {
    let rounded = (value * 1e7).round() / 1e7;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// Metres as they are written: to the centimetre.
fn metres(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0)
}
