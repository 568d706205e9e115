//! Places of photos and tracks as GPX, KML and GeoJSON. Goes out of the house, so everything passes the privacy filter.

use accid_geo::{Coordinate, TrackFile, files::geojson, files::gpx, files::kml};
use accid_model::{Blotter, Track};
use accid_store::Project;

use crate::{
    AlbumPrivacy, PublishedPlace, Waypoint, albums::all_albums, is_published, open_all, order, published,
    published_segments, tracks::geo_track,
};

/// A format of files of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceFormat {
    /// GPX 1.1.
    Gpx,
    /// KML 2.2.
    Kml,
    /// GeoJSON (RFC 7946).
    GeoJson,
}

impl PlaceFormat {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Gpx, Self::Kml, Self::GeoJson];

    /// The ending of its files' names, without a dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Gpx => "gpx",
            Self::Kml => "kml",
            Self::GeoJson => "geojson",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Gpx => "application/gpx+xml",
            Self::Kml => "application/vnd.google-earth.kml+xml",
            Self::GeoJson => "application/geo+json",
        }
    }
}

/// A file of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceFile {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
}

impl Waypoint {
    /// The places of photos and the tracks of a project, as far as they are published: what is hidden or blurred is so here
    /// too.
    pub fn place_file(&self, project: &Project, format: PlaceFormat) -> PlaceFile {
        let file = self.places_published(project);
        let text = match format {
            PlaceFormat::Gpx => gpx::write(&file),
            PlaceFormat::Kml => kml::write(&file),
            PlaceFormat::GeoJson => geojson::write(&file).to_string(),
        };
        PlaceFile { bytes: text.into_bytes(), media_type: format.media_type() }
    }

    fn places_published(&self, project: &Project) -> TrackFile {
        let (settings, _) = self.settings(project);
        let albums = all_albums(project);
        let privacy = AlbumPrivacy::of(&albums);
        let photos = order::in_order(&self.photos(project), &settings);
        let moments = order::moments(&photos);
        let mut file = TrackFile { name: name_of(project), ..TrackFile::default() };
        for (stored, moment) in photos.iter().zip(moments) {
            let photo = &stored.photo;
            if !is_published(photo) {
                continue;
            }
            let (location, town) = match published(photo, &privacy, &settings, self.atlas()) {
                PublishedPlace::Exact(location) => (location, None),
                PublishedPlace::Town(location, name) => (location, Some(name)),
                PublishedPlace::Hidden => continue,
            };
            let Ok(place) = Coordinate::new(location.lat, location.lon) else { continue };
            let name = if photo.title.is_empty() { &photo.filename } else { &photo.title };
            let said = [photo.caption.clone(), town.clone().unwrap_or_default()];
            let description: Vec<_> = said.into_iter().filter(|text| !text.is_empty()).collect();
            file.waypoints.push(accid_geo::Waypoint {
                elevation_m: location.altitude,
                time: moment,
                name: Some(name.clone()),
                description: Some(description.join("\n")).filter(|text| !text.is_empty()),
                ..accid_geo::Waypoint::at(place)
            });
        }
        for (track, _) in open_all::<Track>(project, Track::FOLDER) {
            let seen = Track { segments: published_segments(&track, &settings), ..track };
            if !seen.segments.is_empty() {
                file.tracks.push(geo_track(&seen));
            }
        }
        file
    }
}

fn name_of(project: &Project) -> Option<String> {
    let stored = project.blotter()?;
    Some(accid_model::open::<Blotter>(&stored.value).ok()?.document.name)
}
