//! Towns at borders and coasts are in the country they are in. Who says so is GeoNames: `fixtures/borders.tsv`, chosen by
//! `borders/generate.py` without a look at what is answered here.

#![allow(clippy::unwrap_used, reason = "tests")]

use accid_geo::{Atlas, Coordinate};

#[test]
fn of_500_towns_at_borders_and_coasts_99_in_100_are_in_their_country() {
    let atlas = Atlas::new();
    let (mut total, mut wrong) = (0, Vec::new());
    for line in include_str!("fixtures/borders.tsv").lines() {
        let [_, name, country, latitude, longitude] =
            line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let place = Coordinate::new(latitude.parse().unwrap(), longitude.parse().unwrap()).unwrap();
        let found = atlas.country_at(place).unwrap().map(|found| found.country.alpha2.clone());
        total += 1;
        if found.as_deref() != Some(country) {
            wrong.push((name, country, found));
        }
    }
    println!("{} of {total} towns at borders and coasts right; wrong: {wrong:?}", total - wrong.len());
    assert!(total == 500 && wrong.len() <= 5, "{wrong:?}");
}
