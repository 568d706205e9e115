//! The towns in memory: which is nearest, which have a name. Must not know outlines.

use crate::{
    Coordinate, GeoError,
    distance::EARTH_RADIUS_M,
    haversine_m,
    nearest_tree::NearestTree,
    pack::{TownColumns, UNITS_PER_DEGREE},
};

/// Index of a town.
pub(crate) type TownIndex = u32;

/// All towns.
#[derive(Debug)]
pub(crate) struct Towns {
    columns: TownColumns,
    tree: NearestTree,
    /// Where each name starts; one more at the end.
    starts: Vec<u32>,
}

impl Towns {
    /// Reads `towns.zst`, unpacked.
    pub fn read(bytes: &[u8]) -> Result<Self, GeoError> {
        let columns = TownColumns::read(bytes)?;
        let places = columns.latitude.iter().zip(&columns.longitude);
        let tree = NearestTree::new(places.map(|(latitude, longitude)| {
            (f64::from(*latitude) / UNITS_PER_DEGREE, f64::from(*longitude) / UNITS_PER_DEGREE)
        }));
        let mut starts = vec![0];
        let breaks = columns.names.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        starts.extend(breaks.map(|(at, _)| at as u32 + 1));
        Ok(Self { columns, tree, starts })
    }

    /// The nearest town that `wanted`, within `most_m` metres, and its great-circle distance in metres.
    pub fn nearest(
        &self,
        place: Coordinate,
        most_m: f64,
        wanted: impl Fn(TownIndex) -> bool,
    ) -> Option<(TownIndex, f64)> {
        let most = (most_m / EARTH_RADIUS_M).min(std::f64::consts::PI);
        let (town, chord) = self.tree.nearest(place, 2.0 * (most / 2.0).sin(), wanted)?;
        Some((town, 2.0 * (chord / 2.0).min(1.0).asin() * EARTH_RADIUS_M))
    }

    /// How many towns there are.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.columns.country.len()
    }

    /// The nearest town of a country (alpha-2), however far, by looking at all of them.
    pub fn nearest_of(&self, place: Coordinate, country: &str) -> Option<(TownIndex, f64)> {
        let number = self.columns.countries.iter().position(|code| code == country)?;
        let of = &self.columns.country;
        let start = of.partition_point(|known| usize::from(*known) < number);
        let end = of.partition_point(|known| usize::from(*known) <= number);
        let towns =
            (start..end).map(|town| (town as TownIndex, haversine_m(place, self.place(town as TownIndex))));
        towns.min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// Its name.
    pub fn name(&self, town: TownIndex) -> &str {
        let (start, end) = (self.starts[town as usize], self.starts[town as usize + 1]);
        self.columns.names[start as usize..end as usize].trim_end_matches('\n')
    }

    /// Alpha-2 of its country.
    pub fn country(&self, town: TownIndex) -> &str {
        &self.columns.countries[usize::from(self.columns.country[town as usize])]
    }

    /// The name of its region; empty when it has none.
    pub fn region(&self, town: TownIndex) -> &str {
        &self.columns.regions[usize::from(self.columns.region[town as usize])]
    }

    /// Its IANA time zone.
    pub fn zone(&self, town: TownIndex) -> &str {
        &self.columns.zones[usize::from(self.columns.zone[town as usize])]
    }

    /// How many live there, two digits of it; 0 when unknown.
    pub fn population(&self, town: TownIndex) -> u32 {
        self.columns.population[town as usize]
    }

    /// Where it is.
    pub fn place(&self, town: TownIndex) -> Coordinate {
        let degrees = |value: i32| f64::from(value) / UNITS_PER_DEGREE;
        let (latitude, longitude) =
            (self.columns.latitude[town as usize], self.columns.longitude[town as usize]);
        Coordinate::held(degrees(latitude), degrees(longitude))
    }

    /// Every name with its town: first the names, then other names.
    pub fn names(&self) -> impl Iterator<Item = (&str, TownIndex)> {
        let names = self.columns.names.lines().zip(0..);
        names.chain(self.columns.other_names.lines().zip(self.columns.other_towns.iter().copied()))
    }
}
