//! GeoNames' places of 500 people and more, without the quarters of towns, as the table that is packed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use accid_geo::pack::{TownRow, TownTable, UNITS_PER_DEGREE};
use serde::Deserialize;

/// From how many people on a town's other names are kept.
const KNOWN_ABROAD: u64 = 100_000;
/// Most other names of a town.
const MOST_NAMES: usize = 60;
/// Kinds that are no town of today: quarters, abandoned, historical and destroyed places.
const NO_TOWNS: &[&str] = &["PPLX", "PPLH", "PPLQ", "PPLW"];

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    timezone: String,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Region {
    code: String,
    name: String,
}

fn file(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}.", path.display()))
}

/// Reads `cities500.json`, the kinds in `cities500.txt` and `admin1.json`.
pub fn read(cities: &Path, kinds: &Path, regions: &Path) -> Result<TownTable, String> {
    let cities: BTreeMap<String, City> =
        serde_json::from_str(&file(cities)?).map_err(|error| error.to_string())?;
    let regions: Vec<Region> = serde_json::from_str(&file(regions)?).map_err(|error| error.to_string())?;
    let region_names: BTreeMap<String, String> =
        regions.into_iter().map(|region| (region.code, region.name)).collect();
    let left_out = left_out(&file(kinds)?);
    let mut cities: Vec<City> = cities.into_values().collect();
    cities.retain(|city| {
        !left_out.contains(&city.geonameid) && city.countrycode.len() == 2 && !city.timezone.is_empty()
    });
    let region_of = |city: &City| {
        region_names.get(&format!("{}.{}", city.countrycode, city.admin1code)).cloned().unwrap_or_default()
    };
    let names = |value: &dyn Fn(&City) -> String| -> Vec<String> {
        cities.iter().map(value).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let countries = names(&|city| city.countrycode.clone());
    let zones = names(&|city| city.timezone.clone());
    let mut kept_regions = vec![String::new()];
    kept_regions.extend(names(&region_of).into_iter().filter(|name| !name.is_empty()));
    let index =
        |names: &[String], name: &str| names.binary_search_by(|known| known.as_str().cmp(name)).unwrap_or(0);
    let unit = |degrees: f64| (degrees * UNITS_PER_DEGREE).round() as i32;
    let mut towns: Vec<TownRow> = cities
        .iter()
        .map(|city| TownRow {
            country: index(&countries, &city.countrycode),
            region: index(&kept_regions, &region_of(city)),
            latitude: unit(city.latitude),
            longitude: unit(city.longitude),
            zone: index(&zones, &city.timezone),
            population: city.population,
            name: city.name.replace('\n', " "),
            other_names: other_names(city),
        })
        .collect();
    towns.sort();
    Ok(TownTable { countries, regions: kept_regions, zones, towns })
}

/// Numbers of what is no town. Australia's quarters are kept: GeoNames has its suburbs as such.
fn left_out(kinds: &str) -> BTreeSet<u32> {
    let rows = kinds.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let no_town = |row: &Vec<&str>| row.len() > 8 && NO_TOWNS.contains(&row[7]) && row[8] != "AU";
    rows.filter(no_town).filter_map(|row| row[0].parse().ok()).collect()
}

/// Names in Latin letters that differ from its own by more than accents.
fn other_names(city: &City) -> Vec<String> {
    if city.population < KNOWN_ABROAD {
        return Vec::new();
    }
    let latin = |name: &&String| {
        let letter =
            |letter: char| (letter as u32) < 0x250 && !letter.is_ascii_digit() && !letter.is_control();
        (4..=18).contains(&name.len()) && name.chars().all(letter) && name.chars().any(char::is_lowercase)
    };
    let mut seen = BTreeSet::from([accid_geo::folded(&city.name)]);
    let new = |name: &&String| seen.insert(accid_geo::folded(name));
    city.alternatenames.iter().filter(latin).filter(new).take(MOST_NAMES).cloned().collect()
}
