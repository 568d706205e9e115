//! A story as it is told: its chapters with names, places, the way between them and how long it was. Everything in it
//! went through the privacy filter. Pure but for the methods that read.

use std::collections::{HashMap, HashSet};

use accid_base::Id;
use accid_geo::{Coordinate, geodesic_m};
use accid_model::{Chapter, Location, Photo, Story, Track, TrackPoint, WaypointSettings};
use accid_store::Documents;
use jiff::{Timestamp, civil::Date};

use crate::{
    AlbumPrivacy, PublishedPlace, StoryPhotoSource, Waypoint, albums::all_albums, chapters_now, is_published,
    order, published, published_segments,
};

/// Faster than this somebody was under way, in metres a second: about half a knot.
const MOVING_M_S: f64 = 0.3;
/// A longer pause between two points of a track is none of the time under way, in seconds.
const LONGEST_GAP_S: f64 = 1_800.0;
/// Tracks are drawn without the points that lie within so many metres of the line.
const DRAWN_M: f64 = 25.0;
/// A move shorter than this is no way, in metres.
const LEAST_M: f64 = 50.0;

/// A story ready to be shown.
#[derive(Debug, Clone, Default)]
pub struct ToldStory {
    /// Its chapters, those that are hidden left out.
    pub chapters: Vec<ToldChapter>,
    /// The ways of its tracks.
    pub ways: Vec<Vec<Location>>,
    /// How far it went in all, in metres.
    pub travelled_m: f64,
    /// The photo that stands for it.
    pub cover: Option<Id>,
}

/// A chapter of it.
#[derive(Debug, Clone)]
pub struct ToldChapter {
    /// The chapter.
    pub chapter: Chapter,
    /// Its day.
    pub day: Option<Date>,
    /// Where it was, as far as that may be told.
    pub place: String,
    /// The place its pin stands at.
    pub at: Option<Location>,
    /// Its photos.
    pub photos: Vec<ToldPhoto>,
    /// The way to it and through it.
    pub way: Vec<Location>,
    /// How long that way is, in metres.
    pub travelled_m: f64,
    /// How long somebody was under way, in seconds, when a track tells.
    pub under_way_s: Option<i64>,
}

/// A photo of it.
#[derive(Debug, Clone)]
pub struct ToldPhoto {
    /// Its id.
    pub id: Id,
    /// Where it was taken, as far as that may be told.
    pub at: Option<Location>,
    /// The name of that place.
    pub place: String,
    /// The time of day, such as `14:05`.
    pub time: String,
}

fn coordinate(at: &Location) -> Coordinate {
    Coordinate::held(at.lat, at.lon)
}

fn metres(way: &[Location]) -> f64 {
    way.windows(2).map(|leg| geodesic_m(coordinate(&leg[0]), coordinate(&leg[1]))).sum()
}

/// Tells a story. `tracks` are those of the story, already filtered.
pub fn told(story: &Story, sources: &[StoryPhotoSource], tracks: &[Vec<TrackPoint>]) -> ToldStory {
    let known: HashMap<&Id, &StoryPhotoSource> = sources.iter().map(|one| (&one.photo().id, one)).collect();
    let (mut last, mut since): (Option<Location>, Option<Timestamp>) = (None, None);
    let mut chapters = Vec::new();
    for chapter in chapters_now(story, sources).into_iter().filter(|chapter| !chapter.hidden) {
        let members: Vec<&StoryPhotoSource> =
            chapter.photos.iter().filter_map(|id| known.get(id).copied()).collect();
        let mut way: Vec<Location> = last.into_iter().collect();
        for at in members.iter().filter_map(|member| member.place.location()) {
            let near =
                way.last().is_some_and(|known| geodesic_m(coordinate(known), coordinate(&at)) < LEAST_M);
            if !near {
                way.push(at);
            }
        }
        last = way.last().copied().or(last);
        let until = members.iter().filter_map(|member| member.moment).max();
        let (mut travelled_m, mut under_way_s) = (metres(&way), None);
        if let Some((way_m, seconds)) = along_tracks(tracks, since, until) {
            (travelled_m, under_way_s) = (way_m, Some(seconds));
        }
        since = until.or(since);
        let at = members.iter().rev().find_map(|member| member.place.location());
        let written = chapter.place.trim();
        chapters.push(ToldChapter {
            day: chapter.date.parse().ok(),
            place: if written.is_empty() { names(&members) } else { written.to_owned() },
            at,
            photos: members.iter().map(|member| told_photo(member)).collect(),
            way: if way.len() > 1 { way } else { Vec::new() },
            travelled_m,
            under_way_s,
            chapter,
        });
    }
    let ways: Vec<Vec<Location>> =
        if story.no_route { Vec::new() } else { tracks.iter().map(|way| drawn(way)).collect() };
    let of_tracks: f64 = tracks
        .iter()
        .map(|way| metres(&way.iter().map(|point| Location::at(point.lat, point.lon)).collect::<Vec<_>>()))
        .sum();
    let of_chapters = chapters.iter().map(|chapter| chapter.travelled_m).sum();
    if story.no_route {
        chapters.iter_mut().for_each(|chapter| chapter.way.clear());
    }
    let is_there = |id: &Id| known.contains_key(id);
    let first = chapters.iter().flat_map(|chapter| &chapter.photos).map(|photo| photo.id.clone()).next();
    let cover = story.cover.clone().filter(is_there).or(first);
    ToldStory { chapters, ways, travelled_m: if of_tracks > 0.0 { of_tracks } else { of_chapters }, cover }
}

fn told_photo(source: &StoryPhotoSource) -> ToldPhoto {
    let taken = source.photo().taken.as_ref().and_then(accid_model::Taken::local);
    ToldPhoto {
        id: source.photo().id.clone(),
        at: source.place.location().map(|at| Location::at(at.lat, at.lon)),
        place: source.name.clone(),
        time: taken.map(|taken| format!("{:02}:{:02}", taken.hour(), taken.minute())).unwrap_or_default(),
    }
}

/// The first and the last place of a chapter, as far as they may be told.
fn names(members: &[&StoryPhotoSource]) -> String {
    let mut names = members.iter().map(|member| member.name.as_str()).filter(|name| !name.is_empty());
    let Some(first) = names.next() else { return String::new() };
    match names.next_back() {
        Some(last) if last != first => format!("{first} – {last}"),
        _ => first.to_owned(),
    }
}

fn drawn(way: &[TrackPoint]) -> Vec<Location> {
    let places: Vec<Coordinate> = way.iter().map(|point| Coordinate::held(point.lat, point.lon)).collect();
    let kept = accid_geo::simplify(&places, DRAWN_M);
    kept.into_iter().map(|place| Location::at(place.latitude(), place.longitude())).collect()
}

/// Metres and seconds under way between two moments, along the tracks; nothing when no track tells of that time.
fn along_tracks(
    tracks: &[Vec<TrackPoint>],
    since: Option<Timestamp>,
    until: Option<Timestamp>,
) -> Option<(f64, i64)> {
    let until = until?;
    let (mut way, mut seconds, mut any) = (0.0, 0.0, false);
    for pair in tracks.iter().flat_map(|track| track.windows(2)) {
        let (Some(start), Some(end)) = (pair[0].time, pair[1].time) else { continue };
        if end > until || since.is_some_and(|since| end <= since) {
            continue;
        }
        any = true;
        let (from, to) = (&pair[0], &pair[1]);
        let leg = geodesic_m(Coordinate::held(from.lat, from.lon), Coordinate::held(to.lat, to.lon));
        let took = end.duration_since(start).as_secs_f64();
        way += leg;
        if took > 0.0 && took < LONGEST_GAP_S && leg / took > MOVING_M_S {
            seconds += took;
        }
    }
    any.then_some((way, seconds.round() as i64))
}

/// The name by which a place is told: the island, the town, or the country.
fn short_name(name: &crate::PlaceName) -> &str {
    let island =
        Some(name.island.as_str()).filter(|island| !island.is_empty() && *island != name.country_name);
    island.or(Some(name.town.as_str()).filter(|town| !town.is_empty())).unwrap_or(&name.country_name)
}

impl Waypoint {
    /// The photos of a project as stories see them, in the order of the story; hidden ones are left out.
    pub fn story_photos<'a>(&self, of: impl Into<Documents<'a>>) -> Vec<StoryPhotoSource> {
        let of = of.into();
        let (settings, _) = self.settings(of);
        let albums = all_albums(of);
        let privacy = AlbumPrivacy::of(&albums);
        let photos = order::in_order(&self.photos_of(of), &settings);
        let hidden: HashSet<&Id> =
            albums.iter().filter(|album| album.hidden).flat_map(|album| &album.photos).collect();
        let moments = order::moments(&photos);
        let mut sources = Vec::new();
        for (stored, moment) in photos.iter().zip(moments) {
            if !is_published(&stored.photo) || hidden.contains(&stored.photo.id) {
                continue;
            }
            let place = published(&stored.photo, &privacy, &settings, self.atlas());
            let name = match &place {
                PublishedPlace::Exact(at) => short_name(&self.places.name(self.atlas(), at)).to_owned(),
                PublishedPlace::Town(_, name) => name.clone(),
                PublishedPlace::Hidden => String::new(),
            };
            sources.push(StoryPhotoSource { stored: std::sync::Arc::clone(stored), moment, place, name });
        }
        sources
    }

    /// The tracks of a project that may be shown, cut around homes, by their ids.
    pub fn shown_tracks<'a>(&self, of: impl Into<Documents<'a>>) -> Vec<(Id, Vec<Vec<TrackPoint>>)> {
        let of = of.into();
        let (settings, _) = self.settings(of);
        let tracks = self.tracks(of).into_iter();
        let shown =
            tracks.map(|stored| (stored.track.id.clone(), published_segments(&stored.track, &settings)));
        shown.filter(|(_, segments)| !segments.is_empty()).collect()
    }
}

/// A photo as it is published: its place as it may be told and nothing else that could give it away.
pub fn published_photo(source: &StoryPhotoSource) -> Photo {
    let mut photo = source.photo().clone();
    let exact = matches!(source.place, PublishedPlace::Exact(_));
    photo.location = source.place.location();
    photo.extra.clear();
    photo.exif.extra.clear();
    photo.privacy = accid_model::Privacy::Inherited;
    if let Some(taken) = photo.taken.as_mut().filter(|_| !exact) {
        taken.zone.clear();
    }
    photo
}

/// A track as it is published: what remains of it outside homes; nothing when nothing does.
pub fn published_track(track: &Track, settings: &WaypointSettings) -> Option<Track> {
    let segments = published_segments(track, settings);
    if segments.is_empty() {
        return None;
    }
    let waypoints = track.waypoints.iter().filter(|point| {
        let place = Coordinate::new(point.lat, point.lon);
        place.is_ok_and(|place| crate::privacy::at_home(place, settings) == accid_model::Privacy::Exact)
    });
    let waypoints = waypoints
        .map(|point| accid_model::TrackWaypoint { extra: accid_model::Fields::new(), ..point.clone() })
        .collect();
    Some(Track { segments, waypoints, extra: accid_model::Fields::new(), ..track.clone() })
}

#[cfg(test)]
mod tests {
    use accid_model::ArrangedBy;

    use super::*;
    use crate::story::tests::source;

    fn trip() -> Vec<StoryPhotoSource> {
        vec![
            source("a", "2026-03-01T08:00:00-04:00", Some((12.0, -61.7))),
            source("b", "2026-03-01T16:00:00-04:00", Some((12.2, -61.6))),
            source("c", "2026-03-02T09:00:00-04:00", Some((13.0, -61.2))),
            source("d", "2026-03-02T10:00:00-04:00", None),
        ]
    }

    fn story() -> Story {
        Story { by: ArrangedBy::Day, ..Story::new("s".parse().unwrap(), "S") }
    }

    #[test]
    fn a_chapter_tells_its_way_from_the_last_place_of_the_one_before() {
        let told = told(&story(), &trip(), &[]);
        assert_eq!(told.chapters.len(), 2);
        let [first, second] = &told.chapters[..] else { unreachable!("two") };
        assert_eq!((first.place.as_str(), second.place.as_str()), ("Place 12", "Place 13"));
        assert_eq!(second.way.first().map(|at| at.lat), Some(12.2));
        let leg = geodesic_m(Coordinate::held(12.2, -61.6), Coordinate::held(13.0, -61.2));
        assert!((second.travelled_m - leg).abs() < 1.0 && second.under_way_s.is_none());
        assert!((told.travelled_m - first.travelled_m - leg).abs() < 1.0);
        assert_eq!(second.photos[0].time, "09:00");
        assert_eq!(told.cover.as_ref().map(Id::as_str), Some("a"));
    }

    #[test]
    fn a_track_tells_how_long_it_took_without_its_pauses() {
        let point =
            |time: &str, lat: f64| TrackPoint { lat, lon: -61.6, altitude: None, time: time.parse().ok() };
        let way = vec![
            point("2026-03-01T22:00:00Z", 12.2),
            point("2026-03-01T22:20:00Z", 12.25),
            point("2026-03-02T02:00:00Z", 12.25),
            point("2026-03-02T02:20:00Z", 12.3),
        ];
        let told = told(&story(), &trip(), &[way]);
        assert_eq!(told.chapters[0].under_way_s, None, "the first day's photos end before the track begins");
        assert_eq!(told.chapters[1].under_way_s, Some(2_400));
        assert!((told.chapters[1].travelled_m - 11_060.0).abs() < 50.0, "{}", told.chapters[1].travelled_m);
        assert_eq!(told.ways.len(), 1);
    }

    #[test]
    fn what_is_hidden_is_told_nowhere() {
        let mut sources = trip();
        for source in &mut sources {
            (source.place, source.name) = (PublishedPlace::Hidden, String::new());
        }
        let told = told(&story(), &sources, &[]);
        assert!(told.chapters.iter().all(|chapter| chapter.at.is_none() && chapter.way.is_empty()));
        assert!(told.chapters.iter().all(|chapter| chapter.place.is_empty()) && told.travelled_m == 0.0);
        let photo = published_photo(&sources[0]);
        assert_eq!(photo.location, None);
        assert!(!serde_json::to_string(&photo).unwrap().contains("61.7"));
    }
}
