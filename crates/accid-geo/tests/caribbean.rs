//! The small islands of the Caribbean: the country of each, its name, and that it is on the map.

#![allow(clippy::unwrap_used, reason = "tests")]

use accid_geo::{Atlas, Coordinate, Detail, PlaceKind, Standing};

/// Islands with their country or territory and a point on each: public facts, written down for this test.
const ISLANDS: [(&str, &str, f64, f64); 79] = [
    ("Antigua", "AG", 17.08, -61.8),
    ("Barbuda", "AG", 17.63, -61.8),
    ("Redonda", "AG", 16.938, -62.346),
    ("Anguilla", "AI", 18.22, -63.05),
    ("Aruba", "AW", 12.51, -69.97),
    ("Curaçao", "CW", 12.17, -69.0),
    ("Bonaire", "BQ", 12.18, -68.26),
    ("Klein Bonaire", "BQ", 12.158, -68.31),
    ("Saba", "BQ", 17.635, -63.233),
    ("Sint Eustatius", "BQ", 17.49, -62.973),
    ("Sint Maarten", "SX", 18.03, -63.05),
    ("Saint-Martin", "MF", 18.09, -63.06),
    ("Saint-Barthélemy", "BL", 17.905, -62.835),
    ("Saint Kitts", "KN", 17.33, -62.76),
    ("Nevis", "KN", 17.15, -62.58),
    ("Montserrat", "MS", 16.74, -62.19),
    ("Basse-Terre", "GP", 16.17, -61.69),
    ("Grande-Terre", "GP", 16.33, -61.42),
    ("La Désirade", "GP", 16.313, -61.05),
    ("Marie-Galante", "GP", 15.93, -61.27),
    ("Terre-de-Haut", "GP", 15.868, -61.582),
    ("Dominica", "DM", 15.42, -61.35),
    ("Martinique", "MQ", 14.65, -61.0),
    ("Saint Lucia", "LC", 13.89, -60.97),
    ("Saint Vincent", "VC", 13.25, -61.2),
    ("Bequia", "VC", 13.01, -61.235),
    ("Mustique", "VC", 12.878, -61.183),
    ("Canouan", "VC", 12.708, -61.328),
    ("Mayreau", "VC", 12.637, -61.392),
    ("Tobago Cays", "VC", 12.632, -61.356),
    ("Union Island", "VC", 12.598, -61.432),
    ("Petit Saint Vincent", "VC", 12.533, -61.382),
    ("Petite Martinique", "GD", 12.523, -61.385),
    ("Carriacou", "GD", 12.48, -61.455),
    ("Grenada", "GD", 12.12, -61.68),
    ("Barbados", "BB", 13.17, -59.55),
    ("Trinidad", "TT", 10.42, -61.28),
    ("Tobago", "TT", 11.24, -60.68),
    ("Tortola", "VG", 18.428, -64.62),
    ("Virgin Gorda", "VG", 18.48, -64.4),
    ("Anegada", "VG", 18.728, -64.33),
    ("Jost Van Dyke", "VG", 18.45, -64.743),
    ("Norman Island", "VG", 18.318, -64.617),
    ("Peter Island", "VG", 18.355, -64.58),
    ("Cooper Island", "VG", 18.386, -64.512),
    ("Saint Thomas", "VI", 18.343, -64.93),
    ("Saint John", "VI", 18.335, -64.737),
    ("Saint Croix", "VI", 17.735, -64.74),
    ("Puerto Rico", "PR", 18.22, -66.45),
    ("Vieques", "PR", 18.123, -65.44),
    ("Culebra", "PR", 18.316, -65.287),
    ("Mona", "PR", 18.087, -67.89),
    ("Santo Domingo", "DO", 18.48, -69.9),
    ("Saona", "DO", 18.155, -68.7),
    ("Port-au-Prince", "HT", 18.54, -72.33),
    ("Gonâve", "HT", 18.84, -73.05),
    ("Tortuga", "HT", 20.04, -72.79),
    ("Jamaica", "JM", 18.12, -77.3),
    ("Cuba", "CU", 21.8, -79.0),
    ("Isla de la Juventud", "CU", 21.7, -82.84),
    ("Grand Cayman", "KY", 19.32, -81.24),
    ("Little Cayman", "KY", 19.69, -80.05),
    ("Cayman Brac", "KY", 19.72, -79.8),
    ("Grand Turk", "TC", 21.465, -71.14),
    ("Providenciales", "TC", 21.79, -72.27),
    ("New Providence", "BS", 25.03, -77.4),
    ("Grand Bahama", "BS", 26.63, -78.35),
    ("Great Abaco", "BS", 26.4, -77.1),
    ("Bimini", "BS", 25.75, -79.268),
    ("Andros", "BS", 24.55, -78.05),
    ("Eleuthera", "BS", 25.1, -76.15),
    ("Harbour Island", "BS", 25.503, -76.635),
    ("Cat Island", "BS", 24.4, -75.53),
    ("Great Exuma", "BS", 23.53, -75.83),
    ("Staniel Cay", "BS", 24.168, -76.44),
    ("Great Inagua", "BS", 21.08, -73.3),
    ("Margarita", "VE", 11.0, -64.0),
    ("Los Roques", "VE", 11.945, -66.675),
    ("San Andrés", "CO", 12.55, -81.71),
];

fn at(latitude: f64, longitude: f64) -> Coordinate {
    Coordinate::new(latitude, longitude).unwrap()
}

#[test]
fn every_island_but_one_at_most_has_its_country() {
    let atlas = Atlas::new();
    let mut wrong = Vec::new();
    for (name, code, latitude, longitude) in ISLANDS {
        let found =
            atlas.country_at(at(latitude, longitude)).unwrap().map(|found| found.country.alpha2.clone());
        if found.as_deref() != Some(code) {
            wrong.push((name, code, found));
        }
    }
    println!("{} of {} islands right; wrong: {wrong:?}", ISLANDS.len() - wrong.len(), ISLANDS.len());
    assert!(wrong.len() <= 1, "{wrong:?}");
}

#[test]
fn every_island_counts_as_land() {
    let atlas = Atlas::new();
    let at_sea = ISLANDS.iter().filter(|(_, _, latitude, longitude)| {
        let found = atlas.country_at(at(*latitude, *longitude)).unwrap();
        found.is_none_or(|found| found.standing != Standing::Land)
    });
    let names: Vec<_> = at_sea.map(|(name, ..)| name).collect();
    println!("{} of {} islands on land; not: {names:?}", ISLANDS.len() - names.len(), ISLANDS.len());
    assert!(names.len() <= 1, "{names:?}");
}

#[test]
fn a_map_of_the_lesser_antilles_names_every_territory_of_it_and_is_small() {
    let atlas = Atlas::new();
    let area = atlas.area("lesser-antilles").unwrap();
    let map = atlas.map(&area, Detail::High, 1_600, None).unwrap();
    let codes = [
        "AG", "AI", "BB", "BL", "BQ", "DM", "GD", "GP", "KN", "LC", "MF", "MQ", "MS", "SX", "VC", "VG", "VI",
    ];
    // Bonaire lies west of the map; Saba and Sint Eustatius are of the same territory.
    for code in codes {
        assert!(map.territories.iter().any(|known| known == code), "{code}");
        assert!(map.svg.contains(&format!("data-code=\"{code}\"")), "{code}");
    }
    assert!(map.svg.len() < 30_000, "{} bytes before compression", map.svg.len());
    for (name, _, latitude, longitude) in ISLANDS.iter().filter(|(_, code, ..)| *code == "VC") {
        assert!(map.frame.shows(at(*latitude, *longitude)), "{name}");
    }
}

#[test]
fn every_caribbean_territory_has_a_map_of_its_own() {
    let atlas = Atlas::new();
    let mut codes: Vec<&str> = ISLANDS.iter().map(|(_, code, ..)| *code).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        let svg = atlas.country_svg(code, Detail::Medium, 800, None).unwrap();
        assert!(svg.contains("accid-map-own"), "{code}");
    }
}

#[test]
fn islands_are_found_by_name_without_accents_and_before_they_are_typed_to_the_end() {
    let atlas = Atlas::new();
    for (typed, name, code) in [
        ("Bequia", "Bequia", "VC"),
        ("petite mart", "Petite Martinique", "GD"),
        ("CURACAO", "Curaçao", "CW"),
        ("st barthelemy", "Saint-Barthélemy", "BL"),
        ("la desir", "La Désirade", "GP"),
        ("tobago cays", "Tobago Cays", "VC"),
        ("Mayreau", "Mayreau", "VC"),
    ] {
        let found = atlas.find_place(typed, 5).unwrap();
        assert!(
            found.iter().any(|found| found.name == name && found.country == code),
            "{typed}: {:?}",
            found.iter().map(|found| (&found.name, &found.country)).collect::<Vec<_>>()
        );
    }
    let antilles = atlas.find_place("lesser ant", 1).unwrap();
    assert_eq!((antilles[0].kind, antilles[0].code.as_deref()), (PlaceKind::Region, Some("lesser-antilles")));
    assert!(atlas.find_place("b", 5).unwrap().is_empty());
    assert!(atlas.find_place("\u{0}… no such place", 5).unwrap().is_empty());
}
