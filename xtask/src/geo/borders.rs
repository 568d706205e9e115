//! Territories of ISO 3166-1 and whose waters a place is in, from country-coder; and which territory each piece of
//! Natural Earth's outlines is.

use std::{collections::BTreeMap, path::Path};

use accid_geo::pack::{Territory, UNITS_PER_DEGREE, Waters};
use serde_json::Value;

use super::{shapefile::Record, topology::Piece};

/// What country-coder knows.
pub struct Borders {
    /// Territories, by alpha-2.
    pub territories: Vec<Territory>,
    /// Their waters.
    pub waters: Vec<Waters>,
}

/// Codes that are reserved for something else than a country or a territory.
const NOT_COUNTRIES: &[&str] = &["EU", "UN", "EA", "IC", "AC", "TA", "CP", "DG", "CQ", "FX"];

/// Areas without a code of their own that others see elsewhere than ISO 3166 and GeoNames do, by Wikidata number.
const ELSEWHERE: &[(&str, &str)] = &[
    ("Q7835", "UA"),   // Crimea
    ("Q23681", "CY"),  // Northern Cyprus
    ("Q620634", "EG"), // Bir Tawil
];

/// Natural Earth's pieces without an ISO code, by its own.
const UNCODED: &[(&str, &str)] = &[("ESB", "CY"), ("WSB", "CY"), ("USG", "CU"), ("BRT", "EG")];

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn texts<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    value[key].as_array().map(|items| items.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

fn rounded(degrees: f64) -> i32 {
    (degrees * UNITS_PER_DEGREE).round() as i32
}

/// Reads country-coder's `borders.json`.
pub fn read(path: &Path) -> Result<Borders, String> {
    let file = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}.", path.display()))?;
    let json: Value = serde_json::from_str(&file).map_err(|error| error.to_string())?;
    let features = json["features"].as_array().ok_or("borders.json has no features.")?;
    let mut territories: Vec<Territory> =
        features.iter().filter_map(|feature| territory(&feature["properties"])).collect();
    territories.sort_by(|a, b| a.alpha2.cmp(&b.alpha2));
    let codes: BTreeMap<String, usize> =
        territories.iter().enumerate().map(|(index, territory)| (territory.alpha2.clone(), index)).collect();
    let mut regions: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut waters = Vec::new();
    for feature in features {
        let Some(territory) = owner(&feature["properties"], &codes) else { continue };
        let numbers = texts(&feature["properties"], "groups");
        let numbers = numbers.iter().filter(|group| group.len() == 3 && group.parse::<u16>().is_ok());
        regions.entry(territory).or_default().extend(numbers.map(ToString::to_string));
        for polygon in feature["geometry"]["coordinates"].as_array().into_iter().flatten() {
            let ring = |ring: &Value| -> Vec<[i32; 2]> {
                let points = ring.as_array().into_iter().flatten();
                let number = |value: &Value| rounded(value.as_f64().unwrap_or_default());
                points.map(|point| [number(&point[0]), number(&point[1])]).collect()
            };
            let rings = polygon.as_array().into_iter().flatten().map(ring).collect();
            waters.push(Waters { territory, rings });
        }
    }
    for (territory, mut numbers) in regions {
        numbers.sort();
        numbers.dedup();
        territories[territory].regions = numbers;
    }
    Ok(Borders { territories, waters })
}

fn territory(properties: &Value) -> Option<Territory> {
    let alpha2 = text(properties, "iso1A2");
    if alpha2.is_empty() || NOT_COUNTRIES.contains(&alpha2) {
        return None;
    }
    let sovereign = Some(text(properties, "country")).filter(|country| !country.is_empty()).unwrap_or(alpha2);
    Some(Territory {
        alpha2: alpha2.to_owned(),
        alpha3: text(properties, "iso1A3").to_owned(),
        numeric: text(properties, "iso1N3").to_owned(),
        name: text(properties, "nameEn").to_owned(),
        sovereign: sovereign.to_owned(),
        regions: Vec::new(),
    })
}

/// The territory whose area a feature is: its own code, a territory it is a part of, or its country.
fn owner(properties: &Value, codes: &BTreeMap<String, usize>) -> Option<usize> {
    let elsewhere = ELSEWHERE.iter().find(|(number, _)| *number == text(properties, "wikidata"));
    let own = elsewhere.map_or_else(|| text(properties, "iso1A2"), |(_, code)| code);
    let groups = texts(properties, "groups");
    let mut candidates = vec![own];
    candidates.extend(groups);
    candidates.push(text(properties, "country"));
    candidates.into_iter().find_map(|code| codes.get(code).copied())
}

/// Whether a point is in a closed ring.
fn holds(ring: &[[i32; 2]], point: [i32; 2]) -> bool {
    let [x, y] = point.map(f64::from);
    let crosses = |pair: &&[[i32; 2]]| {
        let [from, to] = [pair[0], pair[1]].map(|point| point.map(f64::from));
        (from[1] > y) != (to[1] > y) && x < (to[0] - from[0]) * (y - from[1]) / (to[1] - from[1]) + from[0]
    };
    ring.windows(2).filter(crosses).count() % 2 == 1
}

impl Borders {
    /// Natural Earth's records as pieces of land, each with its territory.
    pub fn assign(&self, records: &[Record]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for record in records {
            let code = record.columns.get("ISO_A2_EH").map_or("", String::as_str);
            let own = record.columns.get("ADM0_A3").map_or("", String::as_str);
            let code = UNCODED.iter().find(|(known, _)| *known == own).map_or(code, |(_, code)| code);
            let country = self.territories.iter().position(|territory| territory.alpha2 == code);
            for rings in polygons(&record.rings) {
                let voted = rings.first().and_then(|outer| self.vote(outer));
                let fits = |voted: &usize| {
                    country.is_none_or(|country| {
                        let (voted, country) = (&self.territories[*voted], &self.territories[country]);
                        voted.sovereign == country.alpha2 || voted.sovereign == country.sovereign
                    })
                };
                if let Some(territory) = voted.filter(fits).or(country) {
                    pieces.push(Piece { territory, rings });
                }
            }
        }
        pieces
    }

    /// In whose area most of a ring's points lie.
    fn vote(&self, ring: &[[i32; 2]]) -> Option<usize> {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for point in ring.iter().step_by(ring.len().div_ceil(24)) {
            let inside =
                |waters: &&Waters| waters.rings.iter().filter(|ring| holds(ring, *point)).count() % 2 == 1;
            if let Some(waters) = self.waters.iter().find(inside) {
                *votes.entry(waters.territory).or_default() += 1;
            }
        }
        votes
            .into_iter()
            .max_by_key(|(territory, count)| (*count, usize::MAX - territory))
            .map(|(winner, _)| winner)
    }
}

/// Rings as polygons, each an outer ring with its holes. What is a hole follows from what lies in what, not from which
/// way round a ring was drawn.
fn polygons(rings: &[Vec<[f64; 2]>]) -> Vec<Vec<Vec<[i32; 2]>>> {
    let mut rings: Vec<Vec<[i32; 2]>> =
        rings.iter().map(|ring| whole(ring)).filter(|ring| ring.len() > 3).collect();
    rings.sort_by_key(|ring| std::cmp::Reverse(twice_area(ring).abs()));
    let boxes: Vec<[i32; 4]> = rings.iter().map(|ring| bounds(ring)).collect();
    let mut polygons: Vec<(usize, Vec<Vec<[i32; 2]>>)> = Vec::new();
    for (index, ring) in rings.iter().enumerate() {
        let around = |other: &usize| {
            let (outer, inner) = (boxes[*other], boxes[index]);
            let within =
                outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
            let votes = ring.iter().step_by(ring.len().div_ceil(9));
            within && votes.clone().filter(|point| holds(&rings[*other], **point)).count() * 2 > votes.count()
        };
        let parents: Vec<usize> = (0..index).filter(around).collect();
        let place = parents.last().and_then(|parent| polygons.iter().position(|(outer, _)| outer == parent));
        match place {
            Some(place) if parents.len() % 2 == 1 => polygons[place].1.push(ring.clone()),
            _ => polygons.push((index, vec![ring.clone()])),
        }
    }
    polygons.into_iter().map(|(_, rings)| rings).collect()
}

/// A ring in whole units, without points that fall together.
fn whole(ring: &[[f64; 2]]) -> Vec<[i32; 2]> {
    let mut points: Vec<[i32; 2]> = ring.iter().map(|point| point.map(rounded)).collect();
    points.dedup();
    points
}

fn twice_area(ring: &[[i32; 2]]) -> i64 {
    let cross = |pair: &[[i32; 2]]| {
        let [a, b] = [pair[0], pair[1]].map(|point| point.map(i64::from));
        a[0] * b[1] - b[0] * a[1]
    };
    ring.windows(2).map(cross).sum()
}

fn bounds(ring: &[[i32; 2]]) -> [i32; 4] {
    let mut bounds = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
    for point in ring {
        for axis in 0..2 {
            bounds[axis] = bounds[axis].min(point[axis]);
            bounds[axis + 2] = bounds[axis + 2].max(point[axis]);
        }
    }
    bounds
}
