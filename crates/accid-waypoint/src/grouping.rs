//! Puts photos together to albums: by day, town, country, or by place and time. Pure but for the two methods.

use std::{collections::BTreeMap, sync::Arc};

use accid_base::Id;
use accid_geo::{Coordinate, geodesic_m};
use accid_model::{Album, AlbumKind, Photo, to_value};
use accid_store::{Project, Transaction, Write};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{StoredAlbum, StoredPhoto, Waypoint, WaypointError, albums::all_albums, order};

/// By what photos are put together.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Grouping {
    /// By day, town, country or cluster.
    pub by: AlbumKind,
    /// For clusters: how far the next photo may be from the one before, in metres; 5000 when missing.
    pub metres: Option<f64>,
    /// For clusters: how many hours may lie between a photo and the next; 6 when missing.
    pub hours: Option<f64>,
}

/// An album as it could be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProposedAlbum {
    /// Its title.
    pub title: String,
    /// By what its photos belong together.
    pub by: AlbumKind,
    /// Its photos, in the order of time.
    pub photos: Vec<Id>,
}

/// `2026-03-01` as `1 March 2026`.
fn day_in_words(day: &str) -> String {
    day.parse::<jiff::civil::Date>()
        .map_or_else(|_| day.to_owned(), |day| day.strftime("%-d %B %Y").to_string())
}

fn day_of(photo: &Photo) -> &str {
    photo.taken.as_ref().map(accid_model::Taken::day).unwrap_or_default()
}

impl Waypoint {
    /// The albums that could be made of the photos. Those without a time or place, where it is asked for, are in none.
    ///
    /// # Errors
    /// When photos are to be put together by hand, which nobody can propose, or a number cannot be used.
    pub fn propose_albums(
        &self,
        project: &Project,
        grouping: &Grouping,
    ) -> Result<Vec<ProposedAlbum>, WaypointError> {
        const REFUSED: &str = "No albums were proposed.";
        let photos = order::by_time(&self.shelf(project).list);
        let place = |stored: &StoredPhoto| {
            let location = stored.photo.location.as_ref()?;
            Some(self.places.name(self.atlas(), location))
        };
        let by_name = |name: &dyn Fn(&StoredPhoto) -> Option<String>| {
            // Albums in the order of their first photos.
            let mut albums: Vec<ProposedAlbum> = Vec::new();
            for stored in &photos {
                let Some(title) = name(stored).filter(|title| !title.is_empty()) else { continue };
                match albums.iter_mut().find(|album| album.title == title) {
                    Some(album) => album.photos.push(stored.photo.id.clone()),
                    None => albums.push(ProposedAlbum {
                        title,
                        by: grouping.by,
                        photos: vec![stored.photo.id.clone()],
                    }),
                }
            }
            albums
        };
        match grouping.by {
            AlbumKind::Hand => {
                Err(WaypointError::invalid(REFUSED, "/by", "it is day, town, country or cluster"))
            }
            AlbumKind::Day => Ok(by_name(&|stored| Some(day_in_words(day_of(&stored.photo))))),
            AlbumKind::Town => Ok(by_name(&|stored| Some(place(stored)?.line()))),
            AlbumKind::Country => Ok(by_name(&|stored| Some(place(stored)?.country_name.clone()))),
            AlbumKind::Cluster => {
                let metres = grouping.metres.unwrap_or(5_000.0);
                let hours = grouping.hours.unwrap_or(6.0);
                if !(metres > 0.0 && hours > 0.0 && metres.is_finite() && hours.is_finite()) {
                    return Err(WaypointError::invalid(
                        REFUSED,
                        "/metres",
                        "metres and hours are more than 0",
                    ));
                }
                Ok(self.clusters(&photos, metres, hours))
            }
        }
    }

    fn clusters(&self, photos: &[Arc<StoredPhoto>], metres: f64, hours: f64) -> Vec<ProposedAlbum> {
        let clusters = split(photos, metres, hours);
        let mut titles: BTreeMap<String, usize> = BTreeMap::new();
        clusters
            .into_iter()
            .map(|members| {
                let located = members.iter().find_map(|index| photos[*index].photo.location.as_ref());
                let near = located.map(|location| self.places.name(self.atlas(), location).line());
                let day = day_in_words(day_of(&photos[members[0]].photo));
                let parts = [near.unwrap_or_default(), day];
                let words: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                let mut title = if words.is_empty() { "Photos".to_owned() } else { words.join(", ") };
                let count = titles.entry(title.clone()).or_default();
                *count += 1;
                if *count > 1 {
                    title = format!("{title} ({count})");
                }
                let photos = members.into_iter().map(|index| photos[index].photo.id.clone()).collect();
                ProposedAlbum { title, by: AlbumKind::Cluster, photos }
            })
            .collect()
    }

    /// Makes the albums that could be made, in one step. One that is there with the same photos is not made again.
    ///
    /// # Errors
    /// As [`Self::propose_albums`], or when the store refuses.
    pub fn make_albums(
        &self,
        project: &Project,
        author: &str,
        grouping: &Grouping,
    ) -> Result<Vec<StoredAlbum>, WaypointError> {
        let proposed = self.propose_albums(project, grouping)?;
        let present = all_albums(project);
        let mut order = present.iter().map(|album| album.order + 1).max().unwrap_or_default();
        let (mut ids, mut writes) = (Vec::new(), Vec::new());
        for one in proposed {
            if present.iter().any(|album| album.by == one.by && album.photos == one.photos) {
                continue;
            }
            let album =
                Album { by: one.by, photos: one.photos, order, ..Album::new(self.new_id(), &one.title) };
            order += 1;
            writes.push(Write::put(album.file()?, to_value(&album)).if_absent());
            ids.push(album.id);
        }
        if !writes.is_empty() {
            let note = format!("{} albums made", writes.len());
            project.commit(Transaction { author: author.to_owned(), note, writes })?;
        }
        Ok(self.albums(project).into_iter().filter(|stored| ids.contains(&stored.album.id)).collect())
    }
}

/// Runs of photos in which neither the way nor the time from one to the next is long.
fn split(photos: &[Arc<StoredPhoto>], metres: f64, hours: f64) -> Vec<Vec<usize>> {
    let moments = order::moments(photos);
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let (mut last_place, mut last_moment): (Option<Coordinate>, Option<jiff::Timestamp>) = (None, None);
    for (index, stored) in photos.iter().enumerate() {
        let location = stored.photo.location.as_ref();
        let place = location.and_then(|at| Coordinate::new(at.lat, at.lon).ok());
        let Some(moment) = moments[index] else { continue };
        let far = place.zip(last_place).is_some_and(|(here, there)| geodesic_m(here, there) > metres);
        let late = last_moment.is_none_or(|last| moment.duration_since(last).as_secs_f64() > hours * 3_600.0);
        if far || late {
            runs.push(Vec::new());
            last_place = None;
        }
        if let Some(run) = runs.last_mut() {
            run.push(index);
        }
        last_place = place.or(last_place);
        last_moment = Some(moment);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use accid_base::ContentHash;
    use serde_json::json;

    #[test]
    fn a_run_ends_where_the_way_or_the_pause_is_long() {
        let photo = |at: &str, lat: Option<f64>| {
            let location = lat.map(|lat| json!({"lat": lat, "lon": -61.0}));
            let photo = serde_json::from_value(json!({"id": format!("p{}", at.replace(':', "")), "schema_version": 1,
                "filename": at, "hash": ContentHash::of(at.as_bytes()), "extension": "jpg", "width": 3, "height": 2,
                "bytes": 1, "added_at": "2026-01-01T00:00:00Z", "location": location,
                "taken": {"at": format!("2026-03-01T{at}:00-04:00")}}))
            .unwrap();
            Arc::new(StoredPhoto {
                photo,
                hash: ContentHash::of(b""),
                file: "photos/x.json".parse().unwrap(),
            })
        };
        let photos = [
            ("08:00", Some(14.0)),
            ("08:10", None),
            ("08:20", Some(14.01)),
            ("09:00", Some(14.2)),
            ("17:00", None),
        ]
        .map(|(at, lat)| photo(at, lat));
        assert_eq!(split(&photos, 5_000.0, 6.0), vec![vec![0, 1, 2], vec![3], vec![4]]);
        assert_eq!(split(&photos, 50_000.0, 24.0), vec![vec![0, 1, 2, 3, 4]]);
    }

    #[test]
    fn a_day_is_said_in_words() {
        assert_eq!(day_in_words("2026-03-01"), "1 March 2026");
        assert_eq!(day_in_words(""), "");
    }
}
