//! `/api/spatial/…`.

use crate::support::TestApp;

#[tokio::test]
async fn countries_and_regions_are_listed_and_can_be_searched() {
    let app = TestApp::new();
    let all = app.get("/api/spatial/countries?per_page=200").await.data();
    assert!(all["total"].as_u64().unwrap() > 300, "{all}");
    let found = app.get("/api/spatial/countries?filter=name:grenadines").await.data();
    let codes: Vec<&str> =
        found["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(codes, ["VC", "grenadines"]);
    let vincent = &found["items"][0];
    assert_eq!((vincent["alpha3"].as_str(), vincent["numeric"].as_str()), (Some("VCT"), Some("670")));
    assert!(vincent["bounds"]["west"].as_f64().unwrap() < -61.0);
}

#[tokio::test]
async fn a_map_is_an_svg_by_any_code_and_knows_its_projection() {
    let app = TestApp::new();
    for code in ["VC", "vct", "670", "lesser-antilles"] {
        let reply = app.get(&format!("/api/spatial/countries/{code}?width=600&detail=low")).await;
        assert_eq!(
            (reply.status.as_u16(), reply.headers["content-type"].to_str().unwrap()),
            (200, "image/svg+xml")
        );
        let svg = String::from_utf8(reply.body.to_vec()).unwrap();
        assert!(svg.starts_with("<svg ") && svg.contains("data-code=\"VC\""), "{code}");
        assert!(svg.contains("width=\"600\"") && svg.contains("data-projection=\"mercator\""), "{code}");
        assert!(!svg.contains("http://") || svg.matches("http://").count() == 1, "only its own namespace");
    }
    let flat = app.get("/api/spatial/countries/caribbean?projection=equirectangular").await;
    assert!(String::from_utf8_lossy(&flat.body).contains("data-projection=\"equirectangular\""));
}

#[tokio::test]
async fn what_cannot_be_drawn_is_said() {
    let app = TestApp::new();
    app.get("/api/spatial/countries/atlantis").await.is_problem(404, "object_not_found");
    app.get("/api/spatial/countries/VC?width=9").await.is_problem(422, "invalid_value");
    for query in ["width=many", "projection=gall", "detail=best"] {
        let reply = app.get(&format!("/api/spatial/countries/VC?{query}")).await;
        assert!(reply.status.is_client_error(), "{query}: {reply:?}");
    }
}

#[tokio::test]
async fn any_part_of_the_world_is_drawn_and_places_are_found_by_name() {
    let app = TestApp::new();
    let reply = app.get("/api/spatial/map?west=-61.4&south=12.9&east=-61.1&north=13.1&width=400").await;
    let svg = String::from_utf8(reply.body.to_vec()).unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("data-code=\"VC\""), "{svg}");
    for query in ["west=1&south=1&east=1&north=2", "west=1&south=80&east=2&north=91", "west=1"] {
        assert!(app.get(&format!("/api/spatial/map?{query}")).await.status.is_client_error(), "{query}");
    }
    let found = app.get("/api/spatial/places?q=port%20eliz").await.data();
    let bequia = found["items"].as_array().unwrap().iter().find(|place| place["country"] == "VC").unwrap();
    assert!((bequia["lat"].as_f64().unwrap() - 13.01).abs() < 0.05, "{bequia}");
    assert_eq!(bequia["country_name"], "St. Vincent and the Grenadines", "{bequia}");
    assert_eq!(app.get("/api/spatial/places?q=x").await.data()["total"], 0);
}
