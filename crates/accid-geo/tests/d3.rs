//! Maps put places where d3-geo puts them. The reference is `fixtures/d3.json`, written by `d3/generate.mjs`.

#![allow(clippy::unwrap_used, reason = "tests")]

use accid_geo::{BoundingBox, Coordinate, Frame, ProjectionKind};
use serde_json::Value;

#[test]
fn every_point_is_within_half_a_pixel_of_d3() {
    let maps: Vec<Value> = serde_json::from_str(include_str!("fixtures/d3.json")).unwrap();
    let (mut points, mut most) = (0, 0.0_f64);
    for map in &maps {
        let number = |key: &str| map[key].as_f64().unwrap();
        let bounds = BoundingBox {
            west: number("west"),
            south: number("south"),
            east: number("east"),
            north: number("north"),
        };
        let kind = ProjectionKind::named(map["kind"].as_str().unwrap()).unwrap();
        let frame = Frame::fitting(bounds, number("width") as u32, kind);
        for point in map["points"].as_array().unwrap() {
            let value = |index: usize| point[index].as_f64().unwrap();
            let place = Coordinate::new(value(0), value(1)).unwrap();
            let found = frame.project(place);
            let off = (found.x - value(2)).hypot(found.y - value(3));
            assert!(off < 0.5, "{} {}: {place:?} is {off} pixels off", map["name"], map["kind"]);
            let back = frame.unproject(found).unwrap();
            assert!((back.latitude() - place.latitude()).abs() < 1e-6, "{} {}", map["name"], map["kind"]);
            most = most.max(off);
            points += 1;
        }
    }
    println!("{points} points of {} maps, at most {most:.4} pixels off", maps.len());
    assert!(points >= 500);
}
