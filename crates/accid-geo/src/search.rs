//! Places by name. Owns: the index of folded names. Must not know outlines.

use serde::Serialize;

use crate::{Atlas, Coordinate, GeoError, folded, towns::Towns};

/// What a found place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A country or dependent territory.
    Country,
    /// A region of the sea or of a continent that maps are drawn of.
    Region,
    /// An island.
    Island,
    /// A city, town or village.
    Town,
}

/// A place that was found by its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoundPlace {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Alpha-2 of its country or territory; empty for a region.
    pub country: String,
    /// The code that a map of it has, for a country or a region.
    pub code: Option<String>,
    /// The region of its country that it is in, if known.
    pub region: Option<String>,
    /// Where it is; its middle.
    pub place: Coordinate,
}

/// How well a name fits what was typed; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Start,
    Word,
}

/// Folded names, a line each, and whose they are.
#[derive(Debug)]
pub(crate) struct NameIndex {
    text: String,
    starts: Vec<u32>,
    whose: Vec<Whose>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    Country(u32),
    Region(u32),
    Island(u32),
    Town(u32),
}

impl NameIndex {
    fn new<'a>(names: impl Iterator<Item = (&'a str, Whose)>) -> Self {
        let (mut text, mut starts, mut whose) = (String::from("\n"), Vec::new(), Vec::new());
        for (name, owner) in names {
            starts.push(text.len() as u32);
            text.push_str(&folded(name));
            text.push('\n');
            whose.push(owner);
        }
        Self { text, starts, whose }
    }

    /// Every name in which a word begins with `query`, and how it fits.
    fn matches(&self, query: &str) -> impl Iterator<Item = (Fit, Whose)> {
        let bytes = self.text.as_bytes();
        self.text.match_indices(query).filter_map(move |(at, _)| {
            let before = bytes[at - 1];
            let fit = match (before, bytes.get(at + query.len())) {
                (b'\n', Some(b'\n')) => Fit::Whole,
                (b'\n', _) => Fit::Start,
                (b' ', _) => Fit::Word,
                _ => return None,
            };
            let line = self.starts.partition_point(|start| *start as usize <= at) - 1;
            Some((fit, self.whose[line]))
        })
    }
}

impl Atlas {
    /// Places whose name, or a word of it, begins with what was typed; accents, capitals and punctuation do not
    /// count. Whole names come first, then names that begin so; among those countries, then what is larger. At most
    /// `most`; nothing for less than two letters.
    ///
    /// # Errors
    /// [`GeoError::DamagedData`].
    pub fn find_place(&self, typed: &str, most: usize) -> Result<Vec<FoundPlace>, GeoError> {
        let query = folded(typed);
        if query.len() < 2 {
            return Ok(Vec::new());
        }
        let towns = self.towns()?;
        let mut found = Vec::new();
        for (fit, whose) in self.names()?.matches(&query) {
            found.push((fit, std::cmp::Reverse(self.importance(whose, towns)?), whose));
        }
        found.sort_unstable();
        let mut places: Vec<FoundPlace> = Vec::new();
        for (_, _, whose) in found {
            if places.len() == most {
                break;
            }
            let place = self.described(whose, towns)?;
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Ok(places)
    }

    pub(crate) fn build_names(&self) -> Result<NameIndex, GeoError> {
        let (world, islands, towns) = (self.world()?, self.islands()?, self.towns()?);
        let with_land = |index: &usize| world.lands_of(*index).next().is_some();
        let countries = (0..world.territories.len()).filter(with_land);
        let countries =
            countries.map(|index| (world.territories[index].name.as_str(), Whose::Country(index as u32)));
        let regions = (0..).zip(crate::regions()).map(|(index, region)| (region.name, Whose::Region(index)));
        let islands = (0..).zip(islands).map(|(index, island)| (island.short_name(), Whose::Island(index)));
        let towns = towns.names().map(|(name, town)| (name, Whose::Town(town)));
        Ok(NameIndex::new(countries.chain(regions).chain(islands).chain(towns)))
    }

    /// Orders what fits alike: countries, regions, then islands and towns by size.
    fn importance(&self, whose: Whose, towns: &Towns) -> Result<u32, GeoError> {
        Ok(match whose {
            Whose::Country(_) => u32::MAX,
            Whose::Region(_) => u32::MAX - 1,
            // An island of 10 km from end to end counts like a town of 10,000.
            Whose::Island(index) => (self.islands()?[index as usize].radius_m * 2.0) as u32,
            Whose::Town(town) => towns.population(town),
        })
    }

    fn described(&self, whose: Whose, towns: &Towns) -> Result<FoundPlace, GeoError> {
        let world = self.world()?;
        Ok(match whose {
            Whose::Country(index) => {
                let territory = &world.territories[index as usize];
                let bounds = world.main_bounds(index as usize);
                FoundPlace {
                    name: territory.name.clone(),
                    kind: PlaceKind::Country,
                    country: territory.alpha2.clone(),
                    code: Some(territory.alpha2.clone()),
                    region: None,
                    place: bounds.map_or_else(|| Coordinate::held(0.0, 0.0), |bounds| bounds.center()),
                }
            }
            Whose::Region(index) => {
                let region = &crate::regions()[index as usize];
                FoundPlace {
                    name: region.name.to_owned(),
                    kind: PlaceKind::Region,
                    country: String::new(),
                    code: Some(region.code.to_owned()),
                    region: None,
                    place: region.bounds.center(),
                }
            }
            Whose::Island(index) => {
                let island = &self.islands()?[index as usize];
                FoundPlace {
                    name: island.short_name().to_owned(),
                    kind: PlaceKind::Island,
                    country: island.country.to_owned(),
                    code: None,
                    region: None,
                    place: island.place,
                }
            }
            Whose::Town(town) => FoundPlace {
                name: towns.name(town).to_owned(),
                kind: PlaceKind::Town,
                country: towns.country(town).to_owned(),
                code: None,
                region: Some(towns.region(town).to_owned()).filter(|region| !region.is_empty()),
                place: towns.place(town),
            },
        })
    }
}
