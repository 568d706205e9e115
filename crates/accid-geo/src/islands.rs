//! Islands by name, for finding "Bequia" and for dots on a map where an outline would be smaller than a pixel. A list
//! of ACCID's own (`data/islands.tsv`); it never decides which country a place is in.

use crate::{Coordinate, GeoError, distance::DEGREE_M, haversine_m};

const FILE: &str = "islands.tsv";
const LIST: &str = include_str!("../data/islands.tsv");

/// An island that has a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Island {
    /// Its name; what stands in brackets tells it from another of that name.
    pub name: &'static str,
    /// Alpha-2 of its country or territory.
    pub country: &'static str,
    /// Its middle.
    pub place: Coordinate,
    /// Half its length in metres, roughly.
    pub radius_m: f64,
}

impl Island {
    /// Its name without what stands in brackets.
    pub fn short_name(&self) -> &'static str {
        self.name.split_once(" (").map_or(self.name, |(name, _)| name)
    }
}

/// The list, in its order.
pub(crate) fn read() -> Result<Vec<Island>, GeoError> {
    LIST.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| row(line).ok_or(GeoError::DamagedData(FILE)))
        .collect()
}

fn row(line: &'static str) -> Option<Island> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let [name, country, latitude, longitude, radius] = cells[..] else { return None };
    let place = Coordinate::new(latitude.parse().ok()?, longitude.parse().ok()?).ok()?;
    Some(Island { name, country, place, radius_m: radius.parse::<f64>().ok()? * 1_000.0 })
}

/// The island a place is on or at: the one whose middle is nearest, measured by its own size.
pub(crate) fn island_at(islands: &[Island], place: Coordinate) -> Option<&Island> {
    let apart = |island: &Island| haversine_m(island.place, place) / island.radius_m;
    let near = |island: &&Island| {
        (island.place.latitude() - place.latitude()).abs() * DEGREE_M <= island.radius_m * 1.1
            && apart(island) <= 1.1
    };
    islands.iter().filter(near).min_by(|a, b| apart(a).total_cmp(&apart(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_reads_and_has_no_name_twice_in_a_country() {
        let islands = read().unwrap();
        assert!(islands.len() > 300);
        let mut names: Vec<_> = islands.iter().map(|island| (island.country, island.name)).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), islands.len());
        assert!(islands.iter().all(|island| island.country.len() == 2 && island.radius_m > 0.0));
    }

    #[test]
    fn a_small_island_beside_a_large_one_is_itself() {
        let islands = read().unwrap();
        let at = |latitude, longitude| island_at(&islands, Coordinate::held(latitude, longitude));
        assert_eq!(at(12.633, -61.355).map(|island| island.name), Some("Tobago Cays"));
        assert_eq!(at(13.01, -61.24).map(|island| island.name), Some("Bequia"));
        assert_eq!(at(48.0, 11.0), None);
    }
}
