//! Corners of the world: the antimeridian, the poles, the open sea, islands whose outlines run the wrong way round in
//! other data.

#![allow(clippy::unwrap_used, reason = "tests")]

use accid_geo::{Atlas, Coordinate, Detail, GeoError, ProjectionKind, Standing, regions};

fn at(latitude: f64, longitude: f64) -> Coordinate {
    Coordinate::new(latitude, longitude).unwrap()
}

fn country(atlas: &Atlas, latitude: f64, longitude: f64) -> Option<String> {
    atlas.country_at(at(latitude, longitude)).unwrap().map(|found| found.country.alpha2.clone())
}

#[test]
fn both_sides_of_the_antimeridian_have_their_country() {
    let atlas = Atlas::new();
    for (latitude, longitude, code) in [
        (-16.85, 179.99, "FJ"),
        (-16.85, -179.99, "FJ"),
        (-17.8, 178.0, "FJ"),
        (-18.2, -178.8, "FJ"),
        (66.5, 179.9, "RU"),
        (66.5, 180.0, "RU"),
        (66.5, -180.0, "RU"),
        (66.5, -179.9, "RU"),
        (71.1, -179.5, "RU"),
        (1.87, -157.4, "KI"),
        (1.36, 173.0, "KI"),
        (52.0, 177.5, "US"),
        (51.88, -176.6, "US"),
        (-43.95, -176.55, "NZ"),
    ] {
        assert_eq!(country(&atlas, latitude, longitude).as_deref(), Some(code), "{latitude} {longitude}");
    }
}

#[test]
fn the_poles_and_the_open_sea_are_answered() {
    let atlas = Atlas::new();
    assert_eq!(country(&atlas, -90.0, 0.0).as_deref(), Some("AQ"));
    assert_eq!(country(&atlas, -75.0, 100.0).as_deref(), Some("AQ"));
    assert_eq!(country(&atlas, 90.0, 0.0), None);
    let middle_of_the_atlantic = atlas.place_at(at(25.0, -45.0)).unwrap();
    assert_eq!(middle_of_the_atlantic.country, None);
    assert_eq!(middle_of_the_atlantic.town, None);
    assert_eq!(middle_of_the_atlantic.time_zone, "Etc/GMT+3");
    let off_grenada = atlas.country_at(at(11.9, -62.4)).unwrap().unwrap();
    assert_eq!(off_grenada.country.alpha2, "GD");
    assert!(off_grenada.standing != Standing::Land && off_grenada.offshore_m > 50_000.0);
}

#[test]
fn the_maldives_do_not_swallow_the_world() {
    let atlas = Atlas::new();
    assert_eq!(country(&atlas, 4.175, 73.51).as_deref(), Some("MV"));
    assert_eq!(country(&atlas, -0.61, 73.09).as_deref(), Some("MV"));
    for (latitude, longitude, code) in
        [(48.85, 2.35, "FR"), (40.7, -74.0, "US"), (-33.9, 151.2, "AU"), (35.7, 139.7, "JP")]
    {
        assert_eq!(country(&atlas, latitude, longitude).as_deref(), Some(code));
    }
    let svg = atlas.country_svg("MV", Detail::Medium, 400, None).unwrap();
    assert!(svg.contains("data-code=\"MV\"") && !svg.contains("data-code=\"FR\""));
}

#[test]
fn dependent_territories_have_their_own_code_and_know_whose_they_are() {
    let atlas = Atlas::new();
    for (code, alpha3, numeric, sovereign) in [
        ("GP", "GLP", "312", "FR"),
        ("BQ", "BES", "535", "NL"),
        ("PR", "PRI", "630", "US"),
        ("VC", "VCT", "670", "VC"),
    ] {
        for written in [code, alpha3, numeric, &code.to_lowercase()] {
            let territory = atlas.territory(written).unwrap();
            assert_eq!((territory.alpha2.as_str(), territory.sovereign.as_str()), (code, sovereign));
        }
    }
    assert!(atlas.territory("VC").unwrap().regions.contains(&"029".to_owned()));
    assert_eq!(atlas.territory("ZZ").map(|_| ()), Err(GeoError::UnknownArea("ZZ".to_owned())));
    assert_eq!(atlas.territories().unwrap().len(), 250);
}

#[test]
fn enclaves_are_their_own_and_borders_are_fine() {
    let atlas = Atlas::new();
    for (latitude, longitude, code) in [
        (41.9029, 12.4534, "VA"),
        (43.94, 12.45, "SM"),
        (43.7384, 7.4246, "MC"),
        (-29.6, 28.2, "LS"),
        (47.697, 8.691, "DE"), // Büsingen, within Switzerland
        (45.97, 8.97, "IT"),   // Campione d'Italia, within Switzerland
        (42.46, 1.98, "ES"),   // Llívia, within France
        (36.14, -5.35, "GI"),
        (35.89, -5.31, "ES"), // Ceuta
    ] {
        assert_eq!(country(&atlas, latitude, longitude).as_deref(), Some(code), "{latitude} {longitude}");
    }
}

#[test]
fn a_place_is_told_with_country_region_town_island_and_zone() {
    let atlas = Atlas::new();
    let bequia = atlas.place_at(at(13.005, -61.237)).unwrap();
    let country = bequia.country.unwrap();
    assert_eq!((country.alpha2.as_str(), country.alpha3.as_str()), ("VC", "VCT"));
    assert_eq!(bequia.island.as_deref(), Some("Bequia"));
    let town = bequia.town.unwrap();
    assert_eq!(town.name, "Port Elizabeth");
    assert!(town.distance_m < 2_000.0);
    assert_eq!(bequia.time_zone, "America/St_Vincent");
    for (latitude, longitude, zone) in [
        (27.7, 85.3, "Asia/Kathmandu"),
        (-34.9, 138.6, "Australia/Adelaide"),
        (47.56, -52.71, "America/St_Johns"),
        (-43.95, -176.55, "Pacific/Chatham"),
        (28.1, -15.4, "Atlantic/Canary"),
        (-75.0, 100.0, "Etc/GMT-7"),
    ] {
        assert_eq!(atlas.time_zone_at(at(latitude, longitude)).unwrap(), zone);
    }
}

#[test]
fn the_nearest_town_is_of_the_country_that_is_asked_for() {
    let atlas = Atlas::new();
    let kehl = at(48.574, 7.81);
    assert_eq!(atlas.nearest_town(kehl, None).unwrap().unwrap().country, "DE");
    let french = atlas.nearest_town(kehl, Some("FR")).unwrap().unwrap();
    assert_eq!(french.country, "FR");
    assert_eq!(atlas.nearest_town(at(25.0, -45.0), None).unwrap(), None);
}

#[test]
fn every_area_has_a_map_in_every_projection_that_is_well_formed() {
    let atlas = Atlas::new();
    let areas = atlas.areas().unwrap();
    assert!(areas.len() >= 240 + regions().len(), "{}", areas.len());
    for (index, area) in areas.iter().enumerate() {
        let kind = ProjectionKind::ALL[index % ProjectionKind::ALL.len()];
        for projection in [None, Some(kind)] {
            let map = atlas.map(area, Detail::Low, 320, projection).unwrap();
            let (svg, code) = (&map.svg, &area.code);
            assert!(map.frame.height >= 1.0 && map.frame.height <= 1_280.0, "{code} {}", map.frame.height);
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{code}");
            let mut reader = quick_xml::Reader::from_str(svg);
            let mut elements = 0;
            loop {
                match reader.read_event().unwrap() {
                    quick_xml::events::Event::Eof => break,
                    quick_xml::events::Event::Start(_) => elements += 1,
                    _ => {}
                }
            }
            assert!(elements >= 2, "{code}");
        }
    }
}

#[test]
fn a_map_too_narrow_or_too_wide_is_refused() {
    let atlas = Atlas::new();
    for width in [0, 15, 8_193, u32::MAX] {
        assert_eq!(atlas.country_svg("VC", Detail::Low, width, None), Err(GeoError::Width(width)));
    }
    assert_eq!(atlas.area("../etc"), Err(GeoError::UnknownArea("../etc".to_owned())));
}

#[test]
fn neighbours_share_their_border_at_every_detail() {
    // The Rhine and the Pyrenees: what both sides draw of their border is the same numbers.
    let atlas = Atlas::new();
    let area = atlas.area("western-mediterranean").unwrap();
    for detail in Detail::ALL {
        let svg = atlas.map(&area, *detail, 900, None).unwrap().svg;
        let corners = |code: &str| -> std::collections::BTreeSet<[i32; 2]> { corners(&svg, code) };
        let shared = corners("FR").intersection(&corners("ES")).count();
        assert!(shared >= 8, "{}: {shared}", detail.name());
    }
}

/// The corners of a territory's path.
fn corners(svg: &str, code: &str) -> std::collections::BTreeSet<[i32; 2]> {
    let start = svg.find(&format!("data-code=\"{code}\"")).unwrap();
    let path = svg[start..].split("d=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut found = std::collections::BTreeSet::new();
    let mut here = [0, 0];
    for ring in path.split('z').filter(|ring| !ring.is_empty()) {
        let text = ring.trim_start_matches('M').replace('l', " ").replace('-', " -");
        let numbers: Vec<i32> = text.split_whitespace().map(|number| number.parse().unwrap()).collect();
        for (index, step) in numbers.chunks(2).enumerate() {
            here = if index == 0 { [step[0], step[1]] } else { [here[0] + step[0], here[1] + step[1]] };
            found.insert(here);
        }
    }
    found
}
