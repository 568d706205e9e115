//! What of a place is published. The one filter that every export goes through; pure.
//!
//! **Rule:** the photo's own word counts; where it says nothing, the strictest of its albums; where none says anything,
//! the project's. A home zone is never loosened: inside it, nothing is shown more exactly than the zone says. A hidden
//! photo has no place at all.

use std::collections::HashMap;

use accid_base::Id;
use accid_geo::{Atlas, Coordinate, geodesic_m};
use accid_model::{Album, HomeShown, Location, Photo, Privacy, Track, TrackPoint, WaypointSettings};

/// A place as it is published.
#[derive(Debug, Clone, PartialEq)]
pub enum PublishedPlace {
    /// As it is.
    Exact(Location),
    /// Only the town: where it lies, and its name.
    Town(Location, String),
    /// Nothing.
    Hidden,
}

impl PublishedPlace {
    /// Where it is on a map.
    pub fn location(&self) -> Option<Location> {
        match self {
            Self::Exact(location) | Self::Town(location, _) => Some(*location),
            Self::Hidden => None,
        }
    }
}

/// What the albums say of their photos, gathered once for all of them: of those a photo is in, the strictest word.
#[derive(Debug, Default)]
pub struct AlbumPrivacy<'a>(HashMap<&'a Id, Privacy>);

impl<'a> AlbumPrivacy<'a> {
    /// What all albums of a project say.
    pub fn of(albums: impl IntoIterator<Item = &'a Album>) -> Self {
        let mut said = HashMap::new();
        for album in albums {
            for photo in &album.photos {
                let strictest: &mut Privacy = said.entry(photo).or_default();
                *strictest = album.privacy.max(*strictest);
            }
        }
        Self(said)
    }
}

/// What of a photo's place is published.
pub fn published(
    photo: &Photo,
    albums: &AlbumPrivacy<'_>,
    settings: &WaypointSettings,
    atlas: &Atlas,
) -> PublishedPlace {
    let Some(location) = photo.location.filter(|_| !photo.hidden) else { return PublishedPlace::Hidden };
    let Ok(place) = Coordinate::new(location.lat, location.lon) else { return PublishedPlace::Hidden };
    let of_albums = albums.0.get(&photo.id).copied().unwrap_or_default();
    let said = [photo.privacy, of_albums, settings.privacy];
    let said = said.into_iter().find(|privacy| !privacy.is_inherited()).unwrap_or(Privacy::Exact);
    match said.max(at_home(place, settings)) {
        Privacy::Hidden => PublishedPlace::Hidden,
        Privacy::Inherited | Privacy::Exact => PublishedPlace::Exact(location),
        Privacy::Town => town_of(place, atlas).unwrap_or(PublishedPlace::Hidden),
    }
}

/// Whether a photo is published at all.
pub fn is_published(photo: &Photo) -> bool {
    !photo.hidden
}

/// The segments of a track that are published: none of a hidden one, none where the project shows no exact places, and of
/// the others what lies outside home zones.
pub fn published_segments(track: &Track, settings: &WaypointSettings) -> Vec<Vec<TrackPoint>> {
    if track.hidden || matches!(settings.privacy, Privacy::Town | Privacy::Hidden) {
        return Vec::new();
    }
    let mut segments = Vec::new();
    for segment in &track.segments {
        let mut open = Vec::new();
        for point in segment {
            let place = Coordinate::new(point.lat, point.lon);
            if place.is_ok_and(|place| at_home(place, settings) == Privacy::Exact) {
                open.push(*point);
            } else if !open.is_empty() {
                segments.push(std::mem::take(&mut open));
            }
        }
        segments.push(open);
    }
    segments.retain(|segment| segment.len() > 1);
    segments
}

/// How exactly a place may be shown because of the home zones it lies in.
pub(crate) fn at_home(place: Coordinate, settings: &WaypointSettings) -> Privacy {
    let zones = settings.home_zones.iter().filter(|home| {
        let middle = Coordinate::new(home.lat, home.lon);
        middle.is_ok_and(|middle| geodesic_m(middle, place) <= home.radius)
    });
    let shown = zones.map(|home| match home.show {
        HomeShown::Town => Privacy::Town,
        HomeShown::Hidden => Privacy::Hidden,
    });
    shown.max().unwrap_or(Privacy::Exact)
}

fn town_of(place: Coordinate, atlas: &Atlas) -> Option<PublishedPlace> {
    let country = atlas.country_at(place).ok().flatten().map(|found| found.country.alpha2.clone());
    let town = atlas.nearest_town(place, country.as_deref()).ok().flatten()?;
    let at = Location::at(town.place.latitude(), town.place.longitude());
    Some(PublishedPlace::Town(at, town.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use accid_model::HomeZone;
    use serde_json::json;

    fn photo(more: serde_json::Value) -> Photo {
        let mut value = json!({"id": "p", "schema_version": 1, "filename": "a.jpg",
            "hash": accid_base::ContentHash::of(b"x"), "extension": "jpg", "width": 3, "height": 2, "bytes": 1,
            "added_at": "2026-01-01T00:00:00Z", "location": {"lat": 14.02, "lon": -61.0}});
        value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(value).unwrap()
    }

    fn album(privacy: &str) -> Album {
        let value =
            json!({"id": privacy, "schema_version": 1, "title": "A", "photos": ["p"], "privacy": privacy});
        serde_json::from_value(value).unwrap()
    }

    fn seen(photo: &Photo, albums: &[Album], settings: &WaypointSettings) -> &'static str {
        match published(photo, &AlbumPrivacy::of(albums), settings, Atlas::shared()) {
            PublishedPlace::Exact(at) => {
                assert_eq!(Some(at), photo.location);
                "exact"
            }
            PublishedPlace::Town(at, name) => {
                assert!(!name.is_empty() && Some(at) != photo.location);
                "town"
            }
            PublishedPlace::Hidden => "hidden",
        }
    }

    fn home(show: HomeShown) -> WaypointSettings {
        let zone = HomeZone {
            id: "h".into(),
            name: String::new(),
            lat: 14.021,
            lon: -61.0,
            radius: 500.0,
            show,
            extra: Default::default(),
        };
        WaypointSettings { home_zones: vec![zone], ..WaypointSettings::default() }
    }

    #[test]
    fn the_nearest_word_counts_and_of_albums_the_strictest() {
        let open = WaypointSettings::default();
        let closed = WaypointSettings { privacy: Privacy::Hidden, ..open.clone() };
        assert_eq!(seen(&photo(json!({})), &[], &open), "exact");
        assert_eq!(seen(&photo(json!({})), &[], &closed), "hidden");
        assert_eq!(seen(&photo(json!({})), &[album("exact"), album("town")], &closed), "town");
        assert_eq!(seen(&photo(json!({"privacy": "exact"})), &[album("hidden")], &closed), "exact");
        assert_eq!(seen(&photo(json!({"hidden": true, "privacy": "exact"})), &[], &open), "hidden");
        assert_eq!(seen(&photo(json!({"location": null})), &[], &open), "hidden");
    }

    #[test]
    fn a_home_zone_is_never_loosened() {
        let exact = photo(json!({"privacy": "exact"}));
        assert_eq!(seen(&exact, &[], &home(HomeShown::Town)), "town");
        assert_eq!(seen(&exact, &[], &home(HomeShown::Hidden)), "hidden");
        let far = photo(json!({"location": {"lat": 14.1, "lon": -61.0}}));
        assert_eq!(seen(&far, &[], &home(HomeShown::Hidden)), "exact");
    }

    #[test]
    fn a_track_is_cut_around_a_home() {
        let point = |lat: f64| json!({"lat": lat, "lon": -61.0});
        let lats = [14.0, 14.01, 14.02, 14.021, 14.03, 14.04];
        let track: Track = serde_json::from_value(json!({"id": "t", "schema_version": 1, "name": "T",
            "segments": [lats.map(point)]}))
        .unwrap();
        let cut = published_segments(&track, &home(HomeShown::Town));
        assert_eq!(cut.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(published_segments(&track, &WaypointSettings::default())[0].len(), 6);
        let closed = WaypointSettings { privacy: Privacy::Town, ..WaypointSettings::default() };
        assert!(published_segments(&track, &closed).is_empty());
        assert!(
            published_segments(&Track { hidden: true, ..track }, &WaypointSettings::default()).is_empty()
        );
    }
}
