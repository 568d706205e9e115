//! Photos at a glance: filtered lists, compact rows for a grid and a map of ten thousand, and how many there are of what.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use accid_model::{Photo, Taken};
use accid_store::Project;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{AlbumPrivacy, PlaceName, StoredPhoto, Waypoint, albums::all_albums, order};

/// Whether photos have something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// They have none.
    None,
    /// They have one.
    Any,
}

/// The order of a list of photos.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PhotoOrder {
    /// As they came.
    #[default]
    Added,
    /// By the time they were taken.
    Taken,
    /// By file name.
    Name,
    /// As the story has them: by hand, then by time.
    Order,
}

/// Which photos are asked for; what is missing does not matter.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PhotoFilter {
    /// Those of an album, by its id.
    pub album: Option<String>,
    /// Those taken in a country, by ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Those whose nearest town this is.
    pub town: Option<String>,
    /// Those of a camera.
    pub camera: Option<String>,
    /// Those with at least so many stars.
    pub rating: Option<u8>,
    /// Those taken on this local day or later, such as `2026-03-01`.
    pub from: Option<String>,
    /// Those taken on this local day or earlier.
    pub to: Option<String>,
    /// Those with or without a place.
    pub place: Option<Presence>,
    /// Those in whose words, name or place this text occurs.
    pub q: Option<String>,
    /// Their order.
    pub sort: PhotoOrder,
    /// Turns the order around.
    pub descending: bool,
}

/// Compact rows of all photos, in the order of the story.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Catalogue {
    /// What the values of a row are, in their order.
    pub columns: Vec<String>,
    /// One row for each photo.
    #[schemars(with = "Vec<Vec<Value>>")]
    pub rows: Vec<Value>,
}

/// How many photos there are of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Count {
    /// What a filter takes for it.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// How many photos.
    pub count: usize,
}

/// How many photos there are of what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Facets {
    /// All photos.
    pub total: usize,
    /// Those without a place.
    pub without_place: usize,
    /// Those without a time.
    pub without_time: usize,
    /// Those that are hidden.
    pub hidden: usize,
    /// By local day, earliest first.
    pub days: Vec<Count>,
    /// By country, most first.
    pub countries: Vec<Count>,
    /// By nearest town, most first.
    pub towns: Vec<Count>,
    /// By camera, most first.
    pub cameras: Vec<Count>,
    /// By stars, most stars first.
    pub ratings: Vec<Count>,
    /// By album, in the order of the albums.
    pub albums: Vec<Count>,
}

/// What the bits of `flags` mean.
mod flag {
    pub(super) const HIDDEN: u32 = 1;
    pub(super) const HAS_WAYPOINTS: u32 = 2;
    pub(super) const HAS_CAPTION: u32 = 4;
    pub(super) const PLACE_NOT_EXACT: u32 = 8;
    pub(super) const IN_ALBUM: u32 = 16;
    pub(super) const PLACE_BY_HAND: u32 = 32;
}

impl Waypoint {
    /// What a photo's place is called.
    pub fn place_name(&self, photo: &Photo) -> Option<Arc<PlaceName>> {
        photo.location.as_ref().map(|location| self.places.name(self.atlas(), location))
    }

    /// The photos a filter lets through, in its order.
    pub fn filtered(&self, project: &Project, filter: &PhotoFilter) -> Vec<Arc<StoredPhoto>> {
        let all = self.photos(project);
        let mut photos = match filter.sort {
            PhotoOrder::Added => all,
            PhotoOrder::Taken => order::by_time(&all),
            PhotoOrder::Order => order::in_order(&all, &self.settings(project).0),
            PhotoOrder::Name => {
                let mut named = all;
                named.sort_by_cached_key(|stored| stored.photo.filename.to_lowercase());
                named
            }
        };
        let members = filter.album.as_ref().map(|id| {
            let album = self.album(project, id).map(|stored| stored.album.photos).unwrap_or_default();
            album.into_iter().collect::<HashSet<_>>()
        });
        photos.retain(|stored| {
            members.as_ref().is_none_or(|members| members.contains(&stored.photo.id))
                && self.matches(filter, &stored.photo)
        });
        if filter.descending {
            photos.reverse();
        }
        photos
    }

    fn matches(&self, filter: &PhotoFilter, photo: &Photo) -> bool {
        let day = photo.taken.as_ref().map(Taken::day).unwrap_or_default();
        let from = filter.from.as_deref().is_none_or(|from| !day.is_empty() && day >= from);
        let to = filter.to.as_deref().is_none_or(|to| !day.is_empty() && day <= to);
        let place = match filter.place {
            Some(Presence::None) => photo.location.is_none(),
            Some(Presence::Any) => photo.location.is_some(),
            None => true,
        };
        let camera = filter.camera.as_ref().is_none_or(|camera| photo.exif.camera == *camera);
        let rating = filter.rating.is_none_or(|least| photo.rating.unwrap_or_default() >= least);
        if !(from && to && place && camera && rating) {
            return false;
        }
        if filter.country.is_none() && filter.town.is_none() && filter.q.is_none() {
            return true;
        }
        let name = self.place_name(photo).unwrap_or_default();
        let country = filter.country.as_ref().is_none_or(|code| name.country.eq_ignore_ascii_case(code));
        let town = filter.town.as_ref().is_none_or(|town| name.town == *town);
        country && town && filter.q.as_ref().is_none_or(|text| says(photo, &name, text))
    }

    /// Compact rows of all photos, in the order of the story.
    pub fn catalogue(&self, project: &Project) -> Catalogue {
        let (settings, _) = self.settings(project);
        let albums = all_albums(project);
        let privacy = AlbumPrivacy::of(&albums);
        let in_albums: HashSet<_> = albums.iter().flat_map(|album| &album.photos).collect();
        let row = |stored: &Arc<StoredPhoto>| {
            let photo = &stored.photo;
            let name = self.place_name(photo).unwrap_or_default();
            let flags = self.flags(photo, &privacy, &settings, in_albums.contains(&photo.id));
            json!([
                photo.id,
                photo.taken.as_ref().map(|taken| &taken.at),
                photo.width,
                photo.height,
                photo.location.map(|at| at.lat),
                photo.location.map(|at| at.lon),
                photo.rating,
                flags,
                photo.exif.camera,
                name.country,
                name.town,
                photo.glance.thumbhash,
                photo.filename,
            ])
        };
        let columns = [
            "id",
            "taken",
            "width",
            "height",
            "lat",
            "lon",
            "rating",
            "flags",
            "camera",
            "country",
            "town",
            "thumbhash",
            "name",
        ];
        Catalogue {
            columns: columns.map(ToOwned::to_owned).to_vec(),
            rows: order::in_order(&self.photos(project), &settings).iter().map(row).collect(),
        }
    }

    fn flags(
        &self,
        photo: &Photo,
        albums: &AlbumPrivacy<'_>,
        settings: &accid_model::WaypointSettings,
        in_album: bool,
    ) -> u32 {
        let restricted = photo.location.is_some()
            && !matches!(
                crate::published(photo, albums, settings, self.atlas()),
                crate::PublishedPlace::Exact(_)
            );
        let by_hand = photo.location.is_some_and(|at| at.source == accid_model::PlaceSource::Hand);
        [
            (photo.hidden, flag::HIDDEN),
            (!photo.waypoints.is_empty(), flag::HAS_WAYPOINTS),
            (!photo.caption.is_empty(), flag::HAS_CAPTION),
            (restricted, flag::PLACE_NOT_EXACT),
            (in_album, flag::IN_ALBUM),
            (by_hand, flag::PLACE_BY_HAND),
        ]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, bit)| bit)
        .sum()
    }

    /// How many photos there are of what.
    pub fn facets(&self, project: &Project) -> Facets {
        let photos = self.photos(project);
        let mut facets = Facets { total: photos.len(), ..Facets::default() };
        let mut days: BTreeMap<String, usize> = BTreeMap::new();
        let mut countries: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut towns: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut cameras: BTreeMap<String, usize> = BTreeMap::new();
        let mut ratings: BTreeMap<u8, usize> = BTreeMap::new();
        for stored in &photos {
            let photo = &stored.photo;
            match photo.taken.as_ref().map(Taken::day).filter(|day| !day.is_empty()) {
                Some(day) => *days.entry(day.to_owned()).or_default() += 1,
                None => facets.without_time += 1,
            }
            match self.place_name(photo) {
                Some(name) => {
                    if !name.country.is_empty() {
                        let country = (name.country.clone(), name.country_name.clone());
                        *countries.entry(country).or_default() += 1;
                    }
                    if !name.town.is_empty() {
                        *towns.entry((name.town.clone(), name.line())).or_default() += 1;
                    }
                }
                None => facets.without_place += 1,
            }
            if !photo.exif.camera.is_empty() {
                *cameras.entry(photo.exif.camera.clone()).or_default() += 1;
            }
            if let Some(stars) = photo.rating {
                *ratings.entry(stars).or_default() += 1;
            }
            facets.hidden += usize::from(photo.hidden);
        }
        let count = |value: String, label: String, count| Count { value, label, count };
        facets.days = days.into_iter().map(|(day, photos)| count(day.clone(), day, photos)).collect();
        let named = |counts: BTreeMap<(String, String), usize>| {
            let all = counts.into_iter().map(|((value, label), photos)| count(value, label, photos));
            most_first(all.collect())
        };
        facets.countries = named(countries);
        facets.towns = named(towns);
        let cameras = cameras.into_iter().map(|(camera, photos)| count(camera.clone(), camera, photos));
        facets.cameras = most_first(cameras.collect());
        facets.ratings = ratings
            .into_iter()
            .rev()
            .map(|(stars, photos)| count(stars.to_string(), stars.to_string(), photos))
            .collect();
        let known: HashSet<_> = photos.iter().map(|stored| &stored.photo.id).collect();
        facets.albums = self
            .albums(project)
            .into_iter()
            .map(|stored| {
                let there = stored.album.photos.iter().filter(|id| known.contains(id)).count();
                count(stored.album.id.to_string(), stored.album.title, there)
            })
            .collect();
        facets
    }
}

fn most_first(mut counts: Vec<Count>) -> Vec<Count> {
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts
}

/// Whether a text occurs in what is said of a photo.
fn says(photo: &Photo, place: &PlaceName, text: &str) -> bool {
    let text = text.to_lowercase();
    let words = [
        &photo.filename,
        &photo.title,
        &photo.caption,
        &photo.alt,
        &photo.creator,
        &photo.exif.camera,
        &place.town,
        &place.country_name,
        &place.island,
        &place.region,
    ];
    let labels = photo.waypoints.iter().map(|marker| &marker.label);
    words.into_iter().chain(&photo.keywords).chain(labels).any(|word| word.to_lowercase().contains(&text))
}
