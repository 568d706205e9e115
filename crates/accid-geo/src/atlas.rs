//! The atlas: the packed data, unpacked when it is first asked for, and the questions about places.
//!
//! Owns: when data is loaded, and which of the sources answers. Must not know files: the data is part of the program.

use std::sync::OnceLock;

use crate::{
    Coordinate, GeoError, Island,
    distance::DEGREE_M,
    islands,
    pack::{Territory, decompress},
    search::NameIndex,
    towns::Towns,
    world::World,
};

const WORLD: &[u8] = include_bytes!("../data/world.zst");
const TOWNS: &[u8] = include_bytes!("../data/towns.zst");

/// How far from the nearest coast a place at sea still has a country: 100 km.
pub const NEAREST_LAND_M: f64 = 100_000.0;

/// How far off the outlines a place may be and still count as on land: 1,500 m. Outlines at 1:10,000,000 are that
/// coarse, and a photo of the beach is not one of the sea.
pub const SHORE_M: f64 = 1_500.0;

/// Countries, towns, islands and maps of the whole world, without a network. Cheap to make: each part of the data is
/// unpacked when it is first needed, once. Share one.
#[derive(Debug, Default)]
pub struct Atlas {
    world: OnceLock<Result<World, GeoError>>,
    towns: OnceLock<Result<Towns, GeoError>>,
    islands: OnceLock<Result<Vec<Island>, GeoError>>,
    names: OnceLock<Result<NameIndex, GeoError>>,
}

/// How a place's country is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// On the country's land, or within [`SHORE_M`] of it.
    Land,
    /// In the waters around its islands and coasts.
    Waters,
    /// On the open sea; the country is that of the nearest land, within [`NEAREST_LAND_M`].
    Sea,
}

/// The country of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountryAt<'a> {
    /// The country or dependent territory.
    pub country: &'a Territory,
    /// How it is known.
    pub standing: Standing,
    /// How far the nearest land is, in metres; 0 on land.
    pub offshore_m: f64,
}

impl Atlas {
    /// An atlas with nothing unpacked yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The one atlas of this process: its data is unpacked once, however many ask.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Atlas> = OnceLock::new();
        SHARED.get_or_init(Self::new)
    }

    pub(crate) fn world(&self) -> Result<&World, GeoError> {
        let read = || World::read(&decompress("world.zst", WORLD)?);
        self.world.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    pub(crate) fn towns(&self) -> Result<&Towns, GeoError> {
        let read = || Towns::read(&decompress("towns.zst", TOWNS)?);
        self.towns.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// Islands that have a name, in no particular order.
    ///
    /// # Errors
    /// [`GeoError::DamagedData`].
    pub fn islands(&self) -> Result<&[Island], GeoError> {
        self.islands.get_or_init(islands::read).as_deref().map_err(Clone::clone)
    }

    pub(crate) fn names(&self) -> Result<&NameIndex, GeoError> {
        self.names.get_or_init(|| self.build_names()).as_ref().map_err(Clone::clone)
    }

    /// Every country and dependent territory of ISO 3166-1, and Kosovo, by alpha-2.
    ///
    /// # Errors
    /// [`GeoError::DamagedData`].
    pub fn territories(&self) -> Result<&[Territory], GeoError> {
        Ok(&self.world()?.territories)
    }

    /// The country or territory with a code: alpha-2, alpha-3 or numeric, in any case.
    ///
    /// # Errors
    /// [`GeoError::UnknownArea`] when there is none.
    pub fn territory(&self, code: &str) -> Result<&Territory, GeoError> {
        let world = self.world()?;
        let index = world.by_code(code).ok_or_else(|| GeoError::UnknownArea(code.to_owned()))?;
        Ok(&world.territories[index])
    }

    /// The country of a place: the one in whose area it lies, land and the waters around it; else the one on whose
    /// outline it lies; else that of the nearest land within [`NEAREST_LAND_M`]. None far out at sea.
    ///
    /// Areas come first because their borders are finer where people live: of GeoNames' 23,900 towns within 3 km of a
    /// border or coast they place 99.5 % rightly, the outlines at 1:10,000,000 alone 83.8 %.
    ///
    /// # Errors
    /// [`GeoError::DamagedData`].
    pub fn country_at(&self, place: Coordinate) -> Result<Option<CountryAt<'_>>, GeoError> {
        let world = self.world()?;
        let (latitude, longitude) = (place.latitude(), place.longitude());
        let land = world.land_at(latitude, longitude);
        let area = world.area_at(latitude, longitude, land);
        if let (Some(_), Some(index)) = (land, area.or(land)) {
            let country = &world.territories[index];
            return Ok(Some(CountryAt { country, standing: Standing::Land, offshore_m: 0.0 }));
        }
        let near = world.nearest_land(latitude, longitude, NEAREST_LAND_M);
        let Some(index) = area.or(near.map(|(_, territory)| territory)) else { return Ok(None) };
        let offshore_m = self.offshore_m(place, near.map(|(distance, _)| distance))?;
        let standing = match area {
            _ if offshore_m <= SHORE_M => Standing::Land,
            Some(_) => Standing::Waters,
            None => Standing::Sea,
        };
        Ok(Some(CountryAt { country: &world.territories[index], standing, offshore_m }))
    }

    /// How far the nearest land is: an outline, or an island that is too small for one.
    fn offshore_m(&self, place: Coordinate, outline_m: Option<f64>) -> Result<f64, GeoError> {
        let outline_m = outline_m.unwrap_or(NEAREST_LAND_M);
        let small = self.islands()?.iter().filter(|island| {
            island.radius_m <= 5_000.0
                && (island.place.latitude() - place.latitude()).abs() * DEGREE_M < outline_m + island.radius_m
        });
        let apart = |island: &Island| (crate::haversine_m(island.place, place) - island.radius_m).max(0.0);
        Ok(small.map(apart).fold(outline_m, f64::min))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_beside_borders_and_coasts_have_the_country_that_geonames_gives_them() {
        let atlas = Atlas::new();
        let (world, towns) = (atlas.world().unwrap(), atlas.towns().unwrap());
        let (mut asked, mut wrong) = (0, Vec::new());
        for town in (0..towns.len() as u32).step_by(7) {
            let place = towns.place(town);
            if world.nearest_land(place.latitude(), place.longitude(), 3_000.0).is_none() {
                continue;
            }
            asked += 1;
            let found = atlas.country_at(place).unwrap().map(|found| found.country.alpha2.as_str());
            if found != Some(towns.country(town)) {
                wrong.push(format!("{} {} {found:?}", towns.name(town), towns.country(town)));
            }
        }
        println!("{} of {asked} right; wrong: {wrong:?}", asked - wrong.len());
        assert!(asked >= 3_000, "{asked}");
        assert!(wrong.len() * 100 <= asked, "{} of {asked}: {wrong:?}", wrong.len());
    }
}
