//! All that is known of a place: country, region, town, island, time zone.

use serde::Serialize;

use crate::{
    Atlas, Coordinate, CountryAt, GeoError, Standing, atlas::NEAREST_LAND_M, geodesic_m, islands::island_at,
};

/// How far a town may be to be named for a place: 150 km.
pub const NEAREST_TOWN_M: f64 = 150_000.0;

/// A place in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// Its country; none far out at sea.
    pub country: Option<PlaceCountry>,
    /// The region of that country, by its nearest town.
    pub region: Option<String>,
    /// The nearest town of that country.
    pub town: Option<NearTown>,
    /// The island it is on, of those that have a name here.
    pub island: Option<String>,
    /// IANA name of its time zone; `Etc/GMT…` by its meridian far out at sea.
    pub time_zone: String,
}

/// The country of a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceCountry {
    /// ISO 3166-1 alpha-2.
    pub alpha2: String,
    /// ISO 3166-1 alpha-3.
    pub alpha3: String,
    /// Its English name.
    pub name: String,
    /// How it is known.
    pub standing: Standing,
    /// How far the nearest land is, in metres; 0 on land.
    pub offshore_m: f64,
}

/// A town near a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearTown {
    /// Its name.
    pub name: String,
    /// Alpha-2 of its country.
    pub country: String,
    /// The region of its country that it is in, if known.
    pub region: Option<String>,
    /// How far it is, in metres along the geodesic.
    pub distance_m: f64,
    /// How many live there, two digits of it; 0 when unknown.
    pub population: u32,
    /// Where it is.
    pub place: Coordinate,
}

impl Atlas {
    /// The nearest town to a place within [`NEAREST_TOWN_M`], of one country (alpha-2) if one is named.
    ///
    /// # Errors
    /// [`GeoError::DamagedData`].
    pub fn nearest_town(
        &self,
        place: Coordinate,
        country: Option<&str>,
    ) -> Result<Option<NearTown>, GeoError> {
        let towns = self.towns()?;
        let wanted = |town| country.is_none_or(|country| towns.country(town) == country);
        let Some((town, _)) = towns.nearest(place, NEAREST_TOWN_M, wanted) else { return Ok(None) };
        Ok(Some(NearTown {
            name: towns.name(town).to_owned(),
            country: towns.country(town).to_owned(),
            region: Some(towns.region(town).to_owned()).filter(|region| !region.is_empty()),
            distance_m: geodesic_m(place, towns.place(town)),
            population: towns.population(town),
            place: towns.place(town),
        }))
    }

    /// The IANA time zone of a place: that of the nearest town of its country, else of any town within 300 km; far out at sea the nautical zone of its meridian, such as `Etc/GMT+4` for 60° west.
    ///
    /// # Errors
    /// [`GeoError::DamagedData`].
    pub fn time_zone_at(&self, place: Coordinate) -> Result<String, GeoError> {
        self.zone_of(place, self.country_at(place)?)
    }

    fn zone_of(&self, place: Coordinate, country: Option<CountryAt<'_>>) -> Result<String, GeoError> {
        let Some(found) = country.filter(|found| found.offshore_m <= NEAREST_LAND_M) else {
            return Ok(nautical_zone(place.longitude()));
        };
        let towns = self.towns()?;
        let own = |town| towns.country(town) == found.country.alpha2;
        let town = towns
            .nearest(place, NEAREST_TOWN_M, own)
            .or_else(|| towns.nearest_of(place, &found.country.alpha2))
            .or_else(|| towns.nearest(place, 2.0 * NEAREST_TOWN_M, |_| true));
        Ok(town.map_or_else(|| nautical_zone(place.longitude()), |(town, _)| towns.zone(town).to_owned()))
    }

    /// All that is known of a place.
    ///
    /// # Errors
    /// [`GeoError::DamagedData`].
    pub fn place_at(&self, place: Coordinate) -> Result<Place, GeoError> {
        let found = self.country_at(place)?;
        let code = found.map(|found| found.country.alpha2.as_str());
        let town = self.nearest_town(place, code)?;
        let island =
            island_at(self.islands()?, place).filter(|island| code.is_none_or(|code| code == island.country));
        Ok(Place {
            region: town.as_ref().and_then(|town| town.region.clone()),
            town,
            island: island.map(|island| island.short_name().to_owned()),
            time_zone: self.zone_of(place, found)?,
            country: found.map(|found| PlaceCountry {
                alpha2: found.country.alpha2.clone(),
                alpha3: found.country.alpha3.clone(),
                name: found.country.name.clone(),
                standing: found.standing,
                offshore_m: found.offshore_m,
            }),
        })
    }
}

/// The nautical zone of a meridian. POSIX counts westwards: `Etc/GMT+4` is four hours behind Greenwich.
fn nautical_zone(longitude: f64) -> String {
    let hours = (longitude / 15.0).round() as i32;
    match hours {
        0 => "Etc/GMT".to_owned(),
        hours if hours > 0 => format!("Etc/GMT-{hours}"),
        hours => format!("Etc/GMT+{}", -hours),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nautical_zones_count_westwards() {
        assert_eq!(nautical_zone(-60.0), "Etc/GMT+4");
        assert_eq!(nautical_zone(7.4), "Etc/GMT");
        assert_eq!(nautical_zone(179.9), "Etc/GMT-12");
        assert_eq!(nautical_zone(-180.0), "Etc/GMT+12");
    }
}
