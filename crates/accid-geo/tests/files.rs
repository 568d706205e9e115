//! GPX, KML and GeoJSON: what is read, what comes back, and what hostile files cannot do.

#![allow(clippy::unwrap_used, reason = "tests")]

use accid_geo::{
    Coordinate, GeoError, Route, Track, TrackFile, TrackPoint, Waypoint,
    files::{MOST_BYTES, geojson, gpx, kml},
};
use proptest::prelude::*;

fn at(latitude: f64, longitude: f64) -> Coordinate {
    Coordinate::new(latitude, longitude).unwrap()
}

/// A file with everything the model has.
fn voyage() -> TrackFile {
    let point = |latitude, longitude, time: &str| TrackPoint {
        place: at(latitude, longitude),
        elevation_m: Some(2.5),
        time: Some(time.parse().unwrap()),
    };
    TrackFile {
        name: Some("Grenadines & <back>".to_owned()),
        description: Some("Two weeks".to_owned()),
        waypoints: vec![Waypoint {
            elevation_m: Some(-1.25),
            time: Some("2025-02-03T10:00:00Z".parse().unwrap()),
            name: Some("Admiralty Bay".to_owned()),
            description: Some("Good holding, \"sand\" ⚓".to_owned()),
            symbol: Some("Anchor".to_owned()),
            ..Waypoint::at(at(13.0075, -61.2413))
        }],
        routes: vec![Route {
            name: Some("Plan".to_owned()),
            description: None,
            points: vec![Waypoint::at(at(13.0, -61.24)), Waypoint::at(at(12.63, -61.35))],
        }],
        tracks: vec![Track {
            name: Some("Day 1".to_owned()),
            description: Some("windy".to_owned()),
            segments: vec![
                vec![
                    point(13.0, -61.24, "2025-02-03T11:00:00Z"),
                    point(12.9, -61.2, "2025-02-03T12:00:00.5Z"),
                ],
                vec![
                    point(12.88, -61.19, "2025-02-03T14:00:00Z"),
                    point(12.8765432, -61.18, "2025-02-03T15:00:00Z"),
                ],
            ],
        }],
        skipped: 0,
        truncated: false,
    }
}

#[test]
fn gpx_comes_back_whole() {
    let file = voyage();
    assert_eq!(gpx::read(gpx::write(&file).as_bytes()).unwrap(), file);
}

#[test]
fn kml_comes_back_but_for_the_symbol() {
    let mut file = voyage();
    file.waypoints[0].symbol = None;
    assert_eq!(kml::read(kml::write(&file).as_bytes()).unwrap(), file);
}

#[test]
fn geojson_comes_back_but_for_the_files_own_name() {
    let mut file = voyage();
    let json = geojson::write(&file);
    file.name = None;
    file.description = None;
    assert_eq!(geojson::read(json.to_string().as_bytes()).unwrap(), file);
}

#[test]
fn a_line_across_the_antimeridian_is_cut_in_geojson() {
    let point = |longitude| TrackPoint { place: at(-17.0, longitude), elevation_m: None, time: None };
    let track = Track { segments: vec![vec![point(179.0), point(-179.5)]], ..Track::default() };
    let json = geojson::write(&TrackFile { tracks: vec![track], ..TrackFile::default() });
    let lines = json["features"][0]["geometry"]["coordinates"].as_array().unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!((lines[0][1][0].as_f64(), lines[1][0][0].as_f64()), (Some(180.0), Some(-180.0)));
}

#[test]
fn gpx_of_other_programs_is_read() {
    let text = r#"<?xml version="1.0"?>
        <gpx version="1.0" creator="old" xmlns="http://www.topografix.com/GPX/1/0">
          <name>Old &amp; new</name>
          <wpt lat="12.5" lon="298.5"><ele>n/a</ele><time>2020-01-01T10:00:00</time><name><![CDATA[A <b>]]></name>
            <cmt>a word</cmt><extensions><x:depth xmlns:x="y">3</x:depth></extensions></wpt>
          <wpt lat="95" lon="0"/><wpt lon="0"/><wpt lat="nan" lon="inf"/>
          <rte><rtept lat="1" lon="2"/></rte>
          <trk><name>T</name><number>1</number><trkseg/><trkseg><trkpt lat="1" lon="2"></trkpt></trkseg></trk>
        </gpx>"#;
    let file = gpx::read(text.as_bytes()).unwrap();
    assert_eq!(file.name.as_deref(), Some("Old & new"));
    let waypoint = &file.waypoints[0];
    assert_eq!(waypoint.place, at(12.5, -61.5));
    assert_eq!((waypoint.name.as_deref(), waypoint.description.as_deref()), (Some("A <b>"), Some("a word")));
    assert_eq!(waypoint.elevation_m, None);
    assert_eq!(waypoint.time, Some("2020-01-01T10:00:00Z".parse().unwrap()));
    assert_eq!((file.waypoints.len(), file.skipped), (1, 3));
    assert_eq!((file.routes[0].points.len(), file.tracks[0].segments.len()), (1, 2));
}

#[test]
fn a_file_that_ends_suddenly_keeps_what_came_before() {
    let whole = gpx::write(&voyage());
    let cut = whole.find("</trkseg>").unwrap();
    for end in [cut, cut + 3] {
        let file = gpx::read(&whole.as_bytes()[..end]).unwrap();
        assert!(file.truncated);
        assert_eq!((file.waypoints.len(), file.tracks[0].segments[0].len()), (1, 2));
    }
}

#[test]
fn other_encodings_are_read() {
    let text = "<gpx><wpt lat=\"1\" lon=\"2\"><name>Île</name></wpt></gpx>";
    let latin: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked: Vec<u8> = [0xef, 0xbb, 0xbf].into_iter().chain(text.bytes()).collect();
    for bytes in [latin, wide, marked] {
        assert_eq!(gpx::read(&bytes).unwrap().waypoints[0].name.as_deref(), Some("Île"));
    }
}

#[test]
fn entities_are_never_followed() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">
        <!ENTITY x SYSTEM "file:///etc/passwd">]>
        <gpx><wpt lat="1" lon="2"><name>&b;&x;&#65;&lt;</name></wpt></gpx>"#;
    let file = gpx::read(bomb.as_bytes()).unwrap();
    assert_eq!(file.waypoints[0].name.as_deref(), Some("&b;&x;A<"));
}

#[test]
fn depth_size_and_number_are_bounded() {
    let deep = format!("<gpx>{}", "<a>".repeat(100_000));
    assert!(matches!(gpx::read(deep.as_bytes()), Err(GeoError::Unreadable { .. })));
    assert!(matches!(kml::read(deep.replace("gpx", "kml").as_bytes()), Err(GeoError::Unreadable { .. })));
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(geojson::read(nested.as_bytes()), Err(GeoError::Unreadable { .. })));
    let large = vec![b' '; MOST_BYTES + 1];
    for answer in [gpx::read(&large), kml::read(&large), geojson::read(&large)] {
        assert!(matches!(answer, Err(GeoError::TooLarge { .. })));
    }
    let many = format!("<kml><LineString><coordinates>{}", "1,1 ".repeat(2_000_001));
    let many = format!("{many}</coordinates></LineString></kml>");
    assert!(matches!(kml::read(many.as_bytes()), Err(GeoError::TooLarge { what: "points", .. })));
}

#[test]
fn what_is_something_else_is_refused_with_a_reason() {
    for text in ["", "hello", "<html/>", "{}", "<gpx", "<kml>"] {
        if text != "<kml>" {
            assert!(kml::read(text.as_bytes()).is_err(), "{text}");
        }
        assert!(gpx::read(text.as_bytes()).is_err(), "{text}");
        assert!(geojson::read(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn kml_of_other_programs_is_read() {
    let text = r#"<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>
        <name>Map</name><Style id="s"/><Folder><name>Inner</name><Placemark><name>Bay</name>
        <Point><coordinates>
           -61.24,13.0,0
        </coordinates></Point></Placemark></Folder>
        <Placemark><MultiGeometry><LineString><coordinates>1,2 3,4 x,y 5,600</coordinates></LineString>
          <Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing></outerBoundaryIs>
          </Polygon></MultiGeometry></Placemark>
        <Placemark><gx:Track><when>2024-05-05T10:00:00Z</when><when>bad</when>
          <gx:coord>7 8 9</gx:coord><gx:coord>7.1 8.1 9</gx:coord></gx:Track></Placemark>
        <NetworkLink><Link><href>http://example.com/other.kml</href></Link></NetworkLink></Document></kml>"#;
    let file = kml::read(text.as_bytes()).unwrap();
    assert_eq!((file.name.as_deref(), file.skipped), (Some("Map"), 2));
    assert_eq!((file.waypoints[0].name.as_deref(), file.waypoints[0].place), (Some("Bay"), at(13.0, -61.24)));
    assert_eq!(file.tracks[0].segments[0].len(), 2);
    assert_eq!(file.tracks.len(), 2);
    let timed = &file.tracks[1].segments[0];
    assert!(timed[0].time.is_some() && timed[1].time.is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = (gpx::read(&bytes), kml::read(&bytes), geojson::read(&bytes));
    }

    #[test]
    fn no_damage_to_a_good_file_makes_a_reader_panic(at in 0.0_f64..1.0, with in any::<u8>(), cut in any::<bool>()) {
        let file = voyage();
        for text in [gpx::write(&file), kml::write(&file), geojson::write(&file).to_string()] {
            let mut bytes = text.into_bytes();
            let place = (at * bytes.len() as f64) as usize;
            if cut { bytes.truncate(place) } else { bytes[place] = with }
            let _ = (gpx::read(&bytes), kml::read(&bytes), geojson::read(&bytes));
        }
    }

    #[test]
    fn every_place_survives_gpx_to_a_centimetre(latitude in -90.0_f64..=90.0, longitude in -180.0_f64..=180.0) {
        let file = TrackFile { waypoints: vec![Waypoint::at(at(latitude, longitude))], ..TrackFile::default() };
        let back = gpx::read(gpx::write(&file).as_bytes()).unwrap().waypoints[0].place;
        prop_assert!((back.latitude() - latitude).abs() < 1e-7 && (back.longitude() - longitude).abs() < 1e-7);
    }
}
