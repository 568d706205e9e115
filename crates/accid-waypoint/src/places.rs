//! What places are called: country, town, island. Looked up once for each place and kept in memory.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use accid_base::locked;
use accid_geo::{Atlas, Coordinate};
use accid_model::Location;
use schemars::JsonSchema;
use serde::Serialize;

/// A place in words; what is not known is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlaceName {
    /// Its country, as ISO 3166-1 alpha-2.
    pub country: String,
    /// The country's English name.
    pub country_name: String,
    /// The region of the country.
    pub region: String,
    /// The nearest town of that country.
    pub town: String,
    /// The island it is on.
    pub island: String,
    /// IANA name of its time zone.
    pub zone: String,
}

impl PlaceName {
    /// The place in one line: its town or island, and its country.
    pub fn line(&self) -> String {
        let near = if self.town.is_empty() { &self.island } else { &self.town };
        let parts = [near.as_str(), self.country_name.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Most places that are kept.
const MOST: usize = 200_000;

/// The places that were looked up, by their degrees to the fourth decimal (about ten metres).
#[derive(Default)]
pub(crate) struct PlaceBook(Mutex<HashMap<(i32, i32), Arc<PlaceName>>>);

impl PlaceBook {
    /// What a place is called.
    pub(crate) fn name(&self, atlas: &Atlas, location: &Location) -> Arc<PlaceName> {
        let key = ((location.lat * 1e4).round() as i32, (location.lon * 1e4).round() as i32);
        if let Some(known) = locked(&self.0).get(&key) {
            return Arc::clone(known);
        }
        let place = Coordinate::new(location.lat, location.lon).ok();
        let found = place.and_then(|place| atlas.place_at(place).ok());
        let name = Arc::new(found.map(name_of).unwrap_or_default());
        let mut known = locked(&self.0);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, Arc::clone(&name));
        name
    }
}

fn name_of(place: accid_geo::Place) -> PlaceName {
    let (country, country_name) =
        place.country.map(|country| (country.alpha2, country.name)).unwrap_or_default();
    PlaceName {
        country,
        country_name,
        region: place.region.unwrap_or_default(),
        town: place.town.map(|town| town.name).unwrap_or_default(),
        island: place.island.unwrap_or_default(),
        zone: place.time_zone,
    }
}
