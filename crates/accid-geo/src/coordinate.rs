//! A place on the Earth and a box around places: what is a valid latitude and longitude is decided here alone.

use serde::{Deserialize, Serialize};

use crate::GeoError;

/// A place on the Earth in degrees of WGS 84, as GPS gives it. Always valid.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Coordinate {
    latitude: f64,
    longitude: f64,
}

/// A coordinate as it is written in JSON.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Written {
    lat: f64,
    lon: f64,
}

impl TryFrom<Written> for Coordinate {
    type Error = GeoError;

    fn try_from(written: Written) -> Result<Self, GeoError> {
        Self::new(written.lat, written.lon)
    }
}

impl From<Coordinate> for Written {
    fn from(coordinate: Coordinate) -> Self {
        Self { lat: coordinate.latitude, lon: coordinate.longitude }
    }
}

impl Coordinate {
    /// The place at `latitude` degrees north and `longitude` degrees east.
    ///
    /// # Errors
    /// [`GeoError::Latitude`] or [`GeoError::Longitude`] when one is not finite, or beyond ±90 or ±180 degrees.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, GeoError> {
        if !(-90.0..=90.0).contains(&latitude) {
            return Err(GeoError::Latitude(latitude.to_string()));
        }
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(GeoError::Longitude(longitude.to_string()));
        }
        Ok(Self { latitude, longitude })
    }

    /// The nearest valid place: latitude held between the poles, longitude turned into ±180; what is no number is 0.
    pub fn held(latitude: f64, longitude: f64) -> Self {
        let latitude = if latitude.is_nan() { 0.0 } else { latitude.clamp(-90.0, 90.0) };
        Self { latitude, longitude: turned(longitude) }
    }

    /// Degrees north of the equator, -90 to 90.
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east of Greenwich, -180 to 180.
    pub fn longitude(self) -> f64 {
        self.longitude
    }
}

/// Any longitude as one between -180 and 180.
pub(crate) fn turned(longitude: f64) -> f64 {
    if (-180.0..=180.0).contains(&longitude) {
        return longitude;
    }
    let turned = (longitude + 180.0).rem_euclid(360.0) - 180.0;
    if turned.is_finite() { turned } else { 0.0 }
}

/// A box of parallels and meridians. `east` is more than 180 when the box crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BoundingBox {
    /// Western edge, -180 to 180.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge, `west` to `west` + 360.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

impl BoundingBox {
    /// The smallest box around `places`; across the antimeridian when that is smaller. Nothing around nothing.
    pub fn around(places: impl IntoIterator<Item = Coordinate>) -> Option<Self> {
        let places: Vec<Coordinate> = places.into_iter().collect();
        let spans: Vec<[f64; 2]> = places.iter().map(|place| [place.longitude, place.longitude]).collect();
        let [west, east] = narrowest(spans)?;
        let south = places.iter().map(|place| place.latitude).fold(f64::INFINITY, f64::min);
        let north = places.iter().map(|place| place.latitude).fold(f64::NEG_INFINITY, f64::max);
        Some(Self { west, south, east, north })
    }

    /// Whether a place lies in it, edges included.
    pub fn contains(&self, place: Coordinate) -> bool {
        let latitude = (self.south..=self.north).contains(&place.latitude);
        let within = |longitude: f64| (self.west..=self.east).contains(&longitude);
        latitude && (within(place.longitude) || within(place.longitude + 360.0))
    }

    /// The middle of the box.
    pub fn center(&self) -> Coordinate {
        Coordinate::held(f64::midpoint(self.south, self.north), f64::midpoint(self.west, self.east))
    }

    /// The box with `degrees` more on each side, within the world.
    #[must_use]
    pub fn grown(&self, degrees: f64) -> Self {
        let width = (self.east - self.west + 2.0 * degrees).clamp(0.0, 360.0);
        let middle = f64::midpoint(self.west, self.east);
        let west = if width >= 360.0 { -180.0 } else { turned(middle - width / 2.0) };
        Self {
            west,
            south: (self.south - degrees).clamp(-90.0, 90.0),
            east: west + width,
            north: (self.north + degrees).clamp(-90.0, 90.0),
        }
    }
}

/// The narrowest span of longitudes that holds every given span (each `[west, east]`, west in ±180, east not before
/// it): all around the world but the widest gap.
pub(crate) fn narrowest(mut spans: Vec<[f64; 2]>) -> Option<[f64; 2]> {
    spans.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let first = *spans.first()?;
    let (mut reach, mut widest, mut start) = (first[1], f64::NEG_INFINITY, first[0]);
    for span in &spans {
        if span[0] - reach > widest {
            (widest, start) = (span[0] - reach, span[0]);
        }
        reach = reach.max(span[1]);
    }
    let gap_behind = first[0] + 360.0 - reach;
    if gap_behind >= widest {
        return Some([first[0], reach.min(first[0] + 360.0)]);
    }
    let end = start - widest;
    Some([start, if end < start { end + 360.0 } else { end }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_place_is_refused_with_its_number() {
        assert_eq!(Coordinate::new(90.01, 0.0), Err(GeoError::Latitude("90.01".to_owned())));
        assert_eq!(Coordinate::new(f64::NAN, 0.0), Err(GeoError::Latitude("NaN".to_owned())));
        assert_eq!(Coordinate::new(0.0, 180.5), Err(GeoError::Longitude("180.5".to_owned())));
        assert_eq!(Coordinate::new(0.0, f64::INFINITY), Err(GeoError::Longitude("inf".to_owned())));
        assert!(Coordinate::new(-90.0, -180.0).is_ok());
        assert!(serde_json::from_str::<Coordinate>(r#"{"lat":91,"lon":0}"#).is_err());
    }

    #[test]
    fn a_box_takes_the_short_way_across_the_antimeridian() {
        let fiji = [(-17.7, 177.4), (-16.8, -179.9)].map(|(lat, lon)| Coordinate::new(lat, lon).unwrap());
        let around = BoundingBox::around(fiji).unwrap();
        assert_eq!((around.west, around.east), (177.4, 180.1));
        assert!(around.contains(fiji[0]) && around.contains(fiji[1]));
        assert!(!around.contains(Coordinate::new(-17.0, 0.0).unwrap()));
        let one = BoundingBox::around([fiji[0]]).unwrap();
        assert_eq!((one.west, one.east), (177.4, 177.4));
        assert_eq!(BoundingBox::around([]), None);
    }

    #[test]
    fn the_narrowest_span_joins_what_overlaps() {
        assert_eq!(narrowest(vec![[-10.0, 20.0], [5.0, 8.0], [30.0, 40.0]]), Some([-10.0, 40.0]));
        assert_eq!(narrowest(vec![[27.0, 190.0], [-178.0, -170.0]]), Some([27.0, 190.0]));
        assert_eq!(narrowest(vec![[-125.0, -66.0], [172.0, 180.0]]), Some([172.0, 294.0]));
        assert_eq!(narrowest(vec![[-180.0, 180.0]]), Some([-180.0, 180.0]));
    }

    #[test]
    fn a_grown_box_stays_within_the_world() {
        let world = BoundingBox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        assert_eq!(world.grown(5.0), world);
        let fiji = BoundingBox { west: 177.0, south: -19.0, east: 181.0, north: -16.0 }.grown(4.0);
        assert_eq!((fiji.west, fiji.east), (173.0, 185.0));
    }
}
