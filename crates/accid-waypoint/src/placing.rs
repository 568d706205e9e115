//! Places for photos that have none: along a track by time, or between the photos before and after. Proposals only; what
//! is confirmed is written as any other place.

use std::sync::Arc;

use accid_base::Id;
use accid_geo::{Coordinate, TrackFile, along, geodesic_m, place_at_time};
use accid_model::{Location, PlaceSource};
use accid_store::Project;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{StoredPhoto, Waypoint, WaypointError, order, tracks::geo_track};

/// By what a place is found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PlacingHow {
    /// Along tracks, by time.
    #[default]
    Track,
    /// Between the photos before and after, by time.
    Neighbours,
}

/// Which places are asked for.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct PlacingRequest {
    /// The tracks to look along, by id; all when missing.
    pub tracks: Option<Vec<String>>,
    /// Only these photos, by id; all without a place when missing.
    pub photos: Option<Vec<String>>,
    /// Seconds to add to the cameras' clocks; found when missing.
    pub offset_seconds: Option<i64>,
    /// By what places are found.
    pub how: PlacingHow,
    /// How far the nearest point of a track, or the nearest neighbour, may be in time, in minutes; 10 along tracks and 180
    /// between neighbours when missing.
    pub max_gap_minutes: Option<f64>,
}

/// A place that a photo may have.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlaceProposal {
    /// The photo.
    pub photo: Id,
    /// Its file name.
    pub filename: String,
    /// Latitude in degrees, north positive (WGS 84).
    pub lat: f64,
    /// Longitude in degrees, east positive (WGS 84).
    pub lon: f64,
    /// How far the nearest point or neighbour is in time, in seconds.
    pub difference_seconds: i64,
    /// By what it was found; the `source` to confirm it with.
    pub how: PlacingHow,
    /// What is called so there: the town or island, and the country.
    pub place: String,
}

/// Places that photos may have.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlaceProposals {
    /// The places.
    pub items: Vec<PlaceProposal>,
    /// Photos for which none was found, by id.
    pub without: Vec<Id>,
    /// Seconds that were added to the cameras' clocks: as asked for, or as found.
    pub offset_seconds: i64,
    /// By what they were found.
    pub how: PlacingHow,
}

/// Most that two clocks are taken to be apart, in seconds.
const FARTHEST: i64 = 14 * 3_600;
/// Clocks are mostly wrong by whole quarters of an hour, which is what zones differ by.
const STEP: i64 = 900;

impl Waypoint {
    /// Places that photos without one may have.
    ///
    /// # Errors
    /// When a track or photo is missing or a number cannot be used.
    pub fn propose_places(
        &self,
        project: &Project,
        request: &PlacingRequest,
    ) -> Result<PlaceProposals, WaypointError> {
        let minutes = request.max_gap_minutes.unwrap_or(match request.how {
            PlacingHow::Track => 10.0,
            PlacingHow::Neighbours => 180.0,
        });
        if !(0.0..=100_000.0).contains(&minutes) {
            let message = "it is a number of minutes up to 100000";
            return Err(WaypointError::invalid("No places were proposed.", "/maxGapMinutes", message));
        }
        let most = SignedDuration::from_secs((minutes * 60.0) as i64);
        let photos = order::by_time(&self.shelf(project).list);
        let moments = order::moments(&photos);
        let wanted = self.wanted(project, request, &photos)?;
        let (offset, found) = match request.how {
            PlacingHow::Neighbours => (0, between(&photos, &moments, &wanted, most)),
            PlacingHow::Track => {
                let points = self.timed_points(project, request.tracks.as_deref())?;
                let offset =
                    request.offset_seconds.unwrap_or_else(|| find_offset(&photos, &moments, &points, most));
                (offset, along_track(&moments, &wanted, &points, offset, most))
            }
        };
        let (mut items, mut without) = (Vec::new(), Vec::new());
        for (index, place) in wanted.into_iter().zip(found) {
            let photo = &photos[index].photo;
            let Some((place, apart)) = place else {
                without.push(photo.id.clone());
                continue;
            };
            let (lat, lon) = (rounded(place.latitude()), rounded(place.longitude()));
            items.push(PlaceProposal {
                photo: photo.id.clone(),
                filename: photo.filename.clone(),
                lat,
                lon,
                difference_seconds: apart.as_secs(),
                how: request.how,
                place: self.places.name(self.atlas(), &Location::at(lat, lon)).line(),
            });
        }
        Ok(PlaceProposals { items, without, offset_seconds: offset, how: request.how })
    }

    /// The photos that get a place, as places in the list: those that are named, or those that have none.
    fn wanted(
        &self,
        project: &Project,
        request: &PlacingRequest,
        photos: &[Arc<StoredPhoto>],
    ) -> Result<Vec<usize>, WaypointError> {
        let Some(named) = &request.photos else {
            return Ok((0..photos.len()).filter(|index| photos[*index].photo.location.is_none()).collect());
        };
        let mut wanted = Vec::new();
        for name in named {
            let id = self.photo(project, name)?.photo.id.clone();
            wanted.extend(photos.iter().position(|stored| stored.photo.id == id));
        }
        Ok(wanted)
    }

    fn timed_points(
        &self,
        project: &Project,
        tracks: Option<&[String]>,
    ) -> Result<Vec<(Timestamp, Coordinate)>, WaypointError> {
        let chosen = match tracks {
            None => self.tracks(project),
            Some(ids) => ids.iter().map(|id| self.track(project, id)).collect::<Result<_, _>>()?,
        };
        let tracks = chosen.iter().map(|stored| geo_track(&stored.track)).collect();
        Ok(TrackFile { tracks, ..TrackFile::default() }.timed_points())
    }
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

type Found = Option<(Coordinate, SignedDuration)>;

fn shifted(moment: Option<Timestamp>, seconds: i64) -> Option<Timestamp> {
    moment?.checked_add(SignedDuration::from_secs(seconds)).ok()
}

fn along_track(
    moments: &[Option<Timestamp>],
    wanted: &[usize],
    points: &[(Timestamp, Coordinate)],
    offset: i64,
    most: SignedDuration,
) -> Vec<Found> {
    let place = |index: &usize| {
        let found = place_at_time(points, shifted(moments[*index], offset)?, most)?;
        Some((found.place, found.apart))
    };
    wanted.iter().map(place).collect()
}

/// By how much the cameras' clocks differ from the track's. Photos that know their place say it exactly: the offset at
/// which they lie nearest to the track. Without any, the offset at which most photos lie on the track's time, and of
/// those the smallest.
fn find_offset(
    photos: &[Arc<StoredPhoto>],
    moments: &[Option<Timestamp>],
    points: &[(Timestamp, Coordinate)],
    most: SignedDuration,
) -> i64 {
    if points.is_empty() {
        return 0;
    }
    let known: Vec<(Timestamp, Coordinate)> = photos
        .iter()
        .zip(moments)
        .filter(|(stored, _)| stored.photo.location.is_some_and(|at| at.source == PlaceSource::Gps))
        .filter_map(|(stored, moment)| {
            let at = stored.photo.location?;
            Some(((*moment)?, Coordinate::new(at.lat, at.lon).ok()?))
        })
        .take(200)
        .collect();
    let away = |offset: i64| {
        // How far the photos that know their place are from the track at that time, each counted up to 50 km.
        let one = |(moment, place): &(Timestamp, Coordinate)| {
            let found = shifted(Some(*moment), offset).and_then(|moment| place_at_time(points, moment, most));
            found.map_or(50_000.0, |found| geodesic_m(found.place, *place).min(50_000.0))
        };
        known.iter().map(one).sum::<f64>() / known.len().max(1) as f64
    };
    let met = |offset: i64| {
        let on = |moment: &Option<Timestamp>| {
            shifted(*moment, offset).is_some_and(|moment| place_at_time(points, moment, most).is_some())
        };
        moments.iter().filter(|moment| on(moment)).count()
    };
    let steps = || (-FARTHEST / STEP..=FARTHEST / STEP).map(|step| step * STEP);
    if known.is_empty() {
        let best = steps().max_by_key(|offset| (met(*offset), -offset.abs()));
        return best.unwrap_or_default();
    }
    let nearest = |offsets: &mut dyn Iterator<Item = i64>| {
        offsets.min_by(|one, other| {
            (away(*one).round(), one.abs())
                .partial_cmp(&(away(*other).round(), other.abs()))
                .unwrap_or(std::cmp::Ordering::Equal)
        })
    };
    let coarse = nearest(&mut steps()).unwrap_or_default();
    let fine = nearest(&mut (-60..=60).map(|step| coarse + step * 15)).unwrap_or(coarse);
    nearest(&mut (-15..=15).map(|step| fine + step)).unwrap_or(fine)
}

/// Between the photos before and after that know where they were taken.
fn between(
    photos: &[Arc<StoredPhoto>],
    moments: &[Option<Timestamp>],
    wanted: &[usize],
    most: SignedDuration,
) -> Vec<Found> {
    let anchors: Vec<(usize, Timestamp, Coordinate)> = (0..photos.len())
        .filter(|index| !wanted.contains(index))
        .filter_map(|index| {
            let at = photos[index].photo.location?;
            Some((index, moments[index]?, Coordinate::new(at.lat, at.lon).ok()?))
        })
        .collect();
    let place = |index: &usize| {
        let moment = moments[*index]?;
        let next = anchors.partition_point(|(anchor, ..)| anchor < index);
        let before = next
            .checked_sub(1)
            .map(|index| anchors[index])
            .map(|(_, at, place)| (moment.duration_since(at).abs(), place));
        let after = anchors.get(next).map(|(_, at, place)| (at.duration_since(moment).abs(), *place));
        let (apart, place) = match (before, after) {
            (Some((gone, start)), Some((left, end))) if gone.max(left) <= most => {
                let whole = (gone + left).as_secs_f64().max(1e-9);
                (gone.min(left), along(start, end, gone.as_secs_f64() / whole))
            }
            (before, after) => before.into_iter().chain(after).min_by_key(|(apart, _)| *apart)?,
        };
        (apart <= most).then_some((place, apart))
    };
    wanted.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use accid_base::ContentHash;
    use serde_json::json;

    fn photo(second: i64, lat: Option<f64>) -> Arc<StoredPhoto> {
        let at = Timestamp::from_second(1_000_000_000 + second).unwrap();
        let location = lat.map(|lat| json!({"lat": lat, "lon": -61.0, "source": "gps"}));
        let photo = serde_json::from_value(json!({"id": format!("p{second}"), "schema_version": 1,
            "filename": "x", "hash": ContentHash::of(b"x"), "extension": "jpg", "width": 3, "height": 2, "bytes": 1,
            "added_at": "2026-01-01T00:00:00Z", "location": location, "taken": {"at": at.to_string()}}))
        .unwrap();
        Arc::new(StoredPhoto { photo, hash: ContentHash::of(b""), file: "photos/x.json".parse().unwrap() })
    }

    /// A boat that sails north, a point each minute for an hour.
    fn track() -> Vec<(Timestamp, Coordinate)> {
        let point = |minute: i64| {
            let at = Timestamp::from_second(1_000_000_000 + minute * 60).unwrap();
            (at, Coordinate::new(14.0 + minute as f64 * 0.002, -61.0).unwrap())
        };
        (0..=60).map(point).collect()
    }

    const GAP: SignedDuration = SignedDuration::from_secs(600);

    #[test]
    fn the_offset_is_found_by_photos_that_know_their_place_to_the_second_or_two() {
        // The camera is 2 h 3 min 20 s ahead.
        let wrong = 7_400;
        let photos: Vec<_> =
            (0..8).map(|n| photo(wrong + n * 400, Some(14.0 + (n * 400) as f64 / 60.0 * 0.002))).collect();
        let moments = order::moments(&photos);
        let found = find_offset(&photos, &moments, &track(), GAP);
        assert!((found + wrong).abs() <= 2, "{found}");
    }

    #[test]
    fn without_places_the_smallest_offset_that_fits_most_is_taken() {
        let photos: Vec<_> = (0..8).map(|n| photo(4 * 3_600 + n * 400, None)).collect();
        let moments = order::moments(&photos);
        let offset = find_offset(&photos, &moments, &track(), GAP);
        let placed = along_track(&moments, &(0..8).collect::<Vec<_>>(), &track(), offset, GAP);
        assert!(placed.iter().all(Option::is_some), "{offset}");
        let near: Vec<_> = (0..8).map(|n| photo(n * 400, None)).collect();
        assert_eq!(find_offset(&near, &order::moments(&near), &track(), GAP), 0);
    }

    #[test]
    fn a_photo_between_two_others_lies_between_them_and_far_ones_are_left_alone() {
        let photos = [photo(0, Some(14.0)), photo(300, None), photo(1_200, Some(14.4)), photo(90_000, None)];
        let moments = order::moments(&photos);
        let found = between(&photos, &moments, &[1, 3], SignedDuration::from_secs(3_600));
        let (place, apart) = found[0].unwrap();
        assert!((place.latitude() - 14.1).abs() < 1e-3);
        assert_eq!(apart.as_secs(), 300);
        assert_eq!(found[1], None);
    }
}
