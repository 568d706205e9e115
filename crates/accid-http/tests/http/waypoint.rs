//! `/api/gallery/{id}/…` with photographs as cameras write them: when and where, albums, tracks, privacy, uploads in parts,
//! watched folders.

use axum::body::Body;
use serde_json::{Value, json};

use crate::{
    gallery::upload,
    photograph::Photograph,
    support::{TestApp, json_request, request},
};

/// Castries, St. Lucia.
const CASTRIES: (f64, f64) = (13.9957, -61.0061);

fn photo(number: u64, minute: u64, place: Option<(f64, f64)>) -> Vec<u8> {
    let date = format!("2026:03:01 {:02}:{:02}:00", 14 + minute / 60, minute % 60);
    Photograph { seed: number, date, place, ..Photograph::default() }.jpeg()
}

/// A gallery with photos of these minutes past two o'clock, named `p0.jpg`, `p1.jpg`, …
async fn gallery(app: &TestApp, photos: &[(u64, Option<(f64, f64)>)]) -> String {
    let (project, _, _) = app.site().await;
    for (index, (minute, place)) in photos.iter().enumerate() {
        let name = format!("p{index}.jpg");
        let bytes = photo(index as u64 + 1, *minute, *place);
        let taken = upload(app, &project, &[(name.as_str(), &bytes)]).await.data();
        assert_eq!(taken["items"].as_array().map(Vec::len), Some(1), "{taken}");
    }
    format!("/api/gallery/{project}")
}

fn names(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["filename"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_photo_knows_when_and_where_it_was_taken_and_comes_in_three_sizes() {
    let app = TestApp::new();
    let at = gallery(&app, &[(5, Some(CASTRIES))]).await;
    let seen = app.get(&format!("{at}/photos/p0.jpg")).await.data();
    assert_eq!(seen["taken"]["at"], "2026-03-01T14:05:00-04:00");
    assert_eq!(
        (&seen["taken"]["zone"], &seen["taken"]["source"]),
        (&json!("America/St_Lucia"), &json!("place"))
    );
    assert_eq!((&seen["place"]["country"], &seen["place"]["town"]), (&json!("LC"), &json!("Castries")));
    assert_eq!((&seen["exif"]["shutter"], &seen["exif"]["aperture"]), (&json!("1/250"), &json!(2.8)));
    assert_eq!(seen["glance"]["fingerprint"].as_str().map(str::len), Some(16));
    let picture = format!("{at}/photos/p0.jpg/picture/320");
    let first = app.get(&picture).await;
    assert_eq!((first.status.as_u16(), first.header("content-type")), (200, "image/jpeg"));
    // What is derived comes back as it was.
    let derived: Vec<_> = app
        .vfs
        .files()
        .keys()
        .filter(|path| path.to_string_lossy().contains("derived/photos"))
        .cloned()
        .collect();
    assert_eq!(derived.len(), 3);
    for path in &derived {
        accid_base::Vfs::remove_file(&*app.vfs, path).unwrap();
    }
    assert_eq!(app.get(&picture).await.body, first.body);
    app.get(&format!("{at}/photos/p0.jpg/picture/99")).await.is_problem(422, "invalid_value");
    let original = app.get(&format!("{at}/photos/p0.jpg/original")).await;
    assert_eq!(original.body[..], photo(1, 5, Some(CASTRIES))[..]);
}

#[tokio::test]
async fn photos_are_filtered_changed_together_and_put_in_order() {
    let app = TestApp::new();
    let at = gallery(&app, &[(30, Some(CASTRIES)), (10, None), (20, Some((48.85, 2.35)))]).await;
    // The one whose zone nobody knows lies in that of its neighbour by the clock.
    assert_eq!(
        names(&app.get(&format!("{at}/photos?sort=taken")).await.data()),
        ["p1.jpg", "p2.jpg", "p0.jpg"]
    );
    assert_eq!(names(&app.get(&format!("{at}/photos?country=lc")).await.data()), ["p0.jpg"]);
    assert_eq!(names(&app.get(&format!("{at}/photos?place=none")).await.data()), ["p1.jpg"]);
    assert_eq!(names(&app.get(&format!("{at}/photos?q=saint%20lucia&sort=-name")).await.data()), ["p0.jpg"]);
    let page = app.get(&format!("{at}/photos?sort=name&perPage=2&page=2")).await.data();
    assert_eq!((names(&page), &page["total"]), (vec!["p2.jpg"], &json!(3)));

    let changes =
        json!({"rating": 4, "add_keywords": ["boat", " boat "], "hidden": true, "shift_seconds": 3600});
    let body = json!({"ids": ["p0.jpg", "p1.jpg", "gone.jpg"], "changes": changes});
    let changed = app.put(&format!("{at}/photos"), body).await.data();
    assert_eq!(changed["refused"][0]["name"], "gone.jpg");
    assert_eq!(changed["items"][0]["keywords"], json!(["boat"]));
    assert_eq!(changed["items"][0]["taken"]["at"], "2026-03-01T15:30:00-04:00");
    assert_eq!(names(&app.get(&format!("{at}/photos?rating=4")).await.data()).len(), 2);
    let wrong = json!({"ids": ["p0.jpg"], "changes": {"rating": 6}});
    app.put(&format!("{at}/photos"), wrong).await.is_problem(422, "invalid_value");

    let ordered = app.put(&format!("{at}/photos/reorder"), json!({"ids": ["p0.jpg", "p2.jpg"]})).await.data();
    assert_eq!(names(&ordered), ["p0.jpg", "p1.jpg", "p2.jpg"]);
    let index = app.get(&format!("{at}/index")).await.data();
    let name = index["columns"].as_array().unwrap().iter().position(|column| column == "name").unwrap();
    let rows: Vec<_> = index["rows"].as_array().unwrap().iter().map(|row| row[name].clone()).collect();
    assert_eq!(rows, ["p0.jpg", "p1.jpg", "p2.jpg"]);
    assert_eq!(index["rows"][0][7], 1 | 8, "hidden, and so its place is not published");
    let facets = app.get(&format!("{at}/facets")).await.data();
    assert_eq!(
        (&facets["total"], &facets["without_place"], &facets["hidden"]),
        (&json!(3), &json!(1), &json!(2))
    );
    assert_eq!(facets["days"][0], json!({"value": "2026-03-01", "label": "2026-03-01", "count": 3}));
    app.put(&format!("{at}/photos/reorder"), json!({"ids": ["p0.jpg", "p0.jpg"]}))
        .await
        .is_problem(422, "invalid_value");
}

#[tokio::test]
async fn a_wrong_clock_and_a_zone_change_the_times_that_follow_from_them() {
    let app = TestApp::new();
    let at = gallery(&app, &[(0, None)]).await;
    let settings =
        json!({"zone": "Asia/Kolkata", "clocks": [{"camera": "Boatworks Deck Cam", "seconds": -3600}]});
    let saved = app.put(&format!("{at}/settings"), settings).await;
    assert_eq!(saved.status, 200, "{saved:?}");
    let taken = app.get(&format!("{at}/photos/p0.jpg")).await.data()["taken"].clone();
    assert_eq!(taken["at"], "2026-03-01T13:00:00+05:30");
    // What somebody wrote stays.
    app.put(
        &format!("{at}/photos/p0.jpg"),
        json!({"taken": {"at": "2026-03-02T08:00:00", "zone": "Europe/Paris"}}),
    )
    .await;
    app.put(&format!("{at}/settings"), json!({"zone": ""})).await;
    let taken = app.get(&format!("{at}/photos/p0.jpg")).await.data()["taken"].clone();
    assert_eq!((&taken["at"], &taken["source"]), (&json!("2026-03-02T08:00:00+01:00"), &json!("hand")));
    let wrong = json!({"zone": "Mars/Base", "home_zones": [{"id": "h", "lat": 99, "lon": 0, "radius": 5}]});
    let problem = app.put(&format!("{at}/settings"), wrong).await.is_problem(422, "invalid_value");
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(2), "{problem}");
}

#[tokio::test]
async fn albums_are_proposed_made_changed_and_come_back_from_the_trash() {
    let app = TestApp::new();
    let at = gallery(&app, &[(0, Some(CASTRIES)), (5, Some(CASTRIES)), (10, Some((48.85, 2.35)))]).await;
    let proposed = app.post(&format!("{at}/albums/propose"), json!({"by": "town"})).await.data();
    let titles: Vec<_> =
        proposed["items"].as_array().unwrap().iter().map(|album| album["title"].clone()).collect();
    assert!(titles.contains(&json!("Castries, St. Lucia")), "{titles:?}");
    app.post(&format!("{at}/albums/propose"), json!({"by": "hand"})).await.is_problem(422, "invalid_value");
    let made = app.post(&format!("{at}/albums/from"), json!({"by": "country"})).await.data();
    assert_eq!(made["total"], 2, "{made}");
    let again = app.post(&format!("{at}/albums/from"), json!({"by": "country"})).await.data();
    assert_eq!(again["total"], 0, "albums are not made twice");

    let own = app
        .post(&format!("{at}/albums"), json!({"title": "Best", "photos": ["p1.jpg", "p0.jpg"]}))
        .await
        .data();
    let album = format!("{at}/albums/{}", own["id"].as_str().unwrap());
    let changed = app.put(&album, json!({"cover": "p0.jpg", "remove_photos": ["p1.jpg"]})).await.data();
    assert_eq!((&changed["cover"], changed["photos"].as_array().map(Vec::len)), (&own["photos"][1], Some(1)));
    app.put(&album, json!({"photos": ["nobody.jpg"]})).await.is_problem(422, "invalid_value");
    app.post(&format!("{at}/albums"), json!({})).await.is_problem(422, "invalid_value");
    let list = format!("{at}/photos?album={}", own["id"].as_str().unwrap());
    assert_eq!(names(&app.get(&list).await.data()), ["p0.jpg"]);

    let trashed = app.delete(&album).await.data();
    assert_eq!((&trashed["kind"], &trashed["label"]), (&json!("album"), &json!("Best")));
    app.get(&album).await.is_problem(404, "object_not_found");
    let project = at.rsplit('/').next().unwrap();
    app.post(&format!("/api/projects/{project}/restore"), json!({"entry": trashed["entry"]})).await.data();
    assert_eq!(app.get(&album).await.data()["title"], "Best");
}

const TRACK: &str = r#"<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Passage</name><trkseg>
<trkpt lat="14.0" lon="-61.0"><time>2026-03-01T18:00:00Z</time></trkpt>
<trkpt lat="14.2" lon="-61.0"><time>2026-03-01T19:00:00Z</time></trkpt></trkseg></trk></gpx>"#;

async fn add_track(app: &TestApp, at: &str, name: &str, text: &str) -> Value {
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{text}\r\n--edge--\r\n"
    );
    let request = request("POST", &format!("{at}/tracks"))
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(Body::from(body))
        .unwrap();
    app.send(request).await.data()
}

#[tokio::test]
async fn photos_are_placed_along_a_track_and_confirmed() {
    let app = TestApp::new();
    let at = gallery(&app, &[(30, None), (45, None)]).await;
    app.put(&format!("{at}/settings"), json!({"zone": "America/St_Lucia"})).await.data();
    let added = add_track(&app, &at, "day.gpx", TRACK).await;
    assert_eq!(added["items"][0]["name"], "Passage");
    assert!((added["items"][0]["facts"]["length_m"].as_f64().unwrap() - 22_129.0).abs() < 20.0, "{added}");
    let again = add_track(&app, &at, "day.gpx", TRACK).await;
    assert_eq!(again["refused"][0]["name"], "day.gpx");
    let broken = add_track(&app, &at, "x.kml", "<kml><Placemark>").await;
    assert_eq!(broken["refused"][0]["name"], "x.kml", "{broken}");

    let request = json!({"how": "track", "offsetSeconds": 0, "maxGapMinutes": 60});
    let found = app.post(&format!("{at}/tracks/place"), request).await.data();
    let first = &found["items"][0];
    assert!((first["lat"].as_f64().unwrap() - 14.1).abs() < 1e-4, "{found}");
    assert_eq!((&first["differenceSeconds"], &first["how"]), (&json!(1800), &json!("track")));
    let items: Vec<Value> = found["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| json!({"photo": item["photo"], "lat": item["lat"], "lon": item["lon"], "source": item["how"]}))
        .collect();
    let placed = app.put(&format!("{at}/locations/update"), json!({"items": items})).await.data();
    assert_eq!(placed["items"][0]["location"]["source"], "track");
    let none = json!({"items": [{"photo": "p0.jpg", "location": null}]});
    let placed = app.put(&format!("{at}/locations/update"), none).await.data();
    assert!(placed["items"][0]["location"].is_null());
    let between = app.post(&format!("{at}/tracks/place"), json!({"how": "neighbours"})).await.data();
    assert_eq!(between["items"][0]["differenceSeconds"], 900, "{between}");
    let wrong = json!({"items": [{"photo": "p0.jpg", "lat": 91, "lon": 0}]});
    app.put(&format!("{at}/locations/update"), wrong).await.is_problem(422, "invalid_value");

    let drawn = json!({"name": "Way", "segments": [[{"lat": 1, "lon": 1}, {"lat": 1.00001, "lon": 1.5}, {"lat": 1, "lon": 2}]]});
    let drawn = app.post(&format!("{at}/tracks"), drawn).await.data()["items"][0].clone();
    let track = format!("{at}/tracks/{}", drawn["id"].as_str().unwrap());
    let thin = app.put(&track, json!({"simplify": 50, "hidden": true})).await.data();
    assert_eq!((&thin["facts"]["points"], &thin["hidden"]), (&json!(2), &json!(true)));
    assert_eq!(app.delete(&track).await.data()["kind"], "track");
}

#[tokio::test]
async fn what_is_hidden_is_in_no_file_of_places() {
    let app = TestApp::new();
    let home = (48.8566, 2.3522);
    let at = gallery(&app, &[(0, Some(CASTRIES)), (5, Some((14.1, -60.95))), (10, Some(home))]).await;
    add_track(&app, &at, "day.gpx", TRACK).await;
    app.put(&format!("{at}/photos/p1.jpg"), json!({"privacy": "hidden"})).await.data();
    let zone =
        json!({"home_zones": [{"id": "h", "name": "Home", "lat": home.0, "lon": home.1, "radius": 2000}]});
    app.put(&format!("{at}/settings"), zone).await.data();
    for format in ["gpx", "kml", "geojson"] {
        let file = app.get(&format!("{at}/places.{format}")).await;
        let text = String::from_utf8(file.body.to_vec()).unwrap();
        assert!(text.contains("p0.jpg") && text.contains("13.99") && text.contains("Passage"), "{text}");
        for secret in ["p1.jpg", "p2.jpg", "48.85", "14.1,", "\"14.1\"", "Home"] {
            assert!(!text.contains(secret), "{format} holds {secret}");
        }
    }
    app.put(&format!("{at}/settings"), json!({"privacy": "hidden"})).await.data();
    let text = String::from_utf8(app.get(&format!("{at}/places.gpx")).await.body.to_vec()).unwrap();
    assert!(!text.contains("13.99") && !text.contains("Passage"), "{text}");
}

#[tokio::test]
async fn waypoints_are_saved_read_and_exchanged_as_annotations() {
    let app = TestApp::new();
    let at = gallery(&app, &[(0, None)]).await;
    let marker = json!({"x": 25.123456, "y": 40, "label": " Mast ", "text": "Tall.\nVery.", "link": "page:abc", "number": 7});
    let body = json!({"filename": "p0.jpg", "waypoints": [marker, {"x": 1, "y": 2, "label": "Bow", "colour": "red"}]});
    let saved = app.put(&format!("{at}/waypoints/save"), body).await.data();
    let first = &saved["waypoints"][0];
    assert_eq!(
        (&first["x"], &first["label"], &first["number"]),
        (&json!(25.1235), &json!("Mast"), &json!(7))
    );
    assert_eq!(first["text"]["content"][1]["content"][0]["text"], "Very.");
    assert_eq!(saved["waypoints"][1]["colour"], "red");
    assert_eq!(app.get(&format!("{at}/waypoints/p0.jpg")).await.data(), saved);
    let page = app.get(&format!("{at}/photos/p0.jpg/annotations")).await.json();
    assert_eq!(page["items"][0]["target"]["selector"]["value"], "xywh=percent:25.1235,40,0,0");
    let back = app
        .put(&format!("{at}/waypoints/save"), json!({"photo": "p0.jpg", "annotations": page}))
        .await
        .data();
    assert_eq!((&back["waypoints"][0]["id"], &back["waypoints"][0]["label"]), (&first["id"], &json!("Mast")));
    for wrong in [json!([{"x": 101, "y": 0}]), json!([{"x": 1, "y": 1, "link": "javascript:alert(1)"}])] {
        let body = json!({"photo": "p0.jpg", "waypoints": wrong});
        app.put(&format!("{at}/waypoints/save"), body).await.is_problem(422, "invalid_value");
    }
}

#[tokio::test]
async fn notes_beside_a_picture_are_read_into_it_and_written_again() {
    let app = TestApp::new();
    let at = gallery(&app, &[]).await;
    let xmp = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description xmp:Rating=\"5\" \
        exif:GPSLatitude=\"14,0.6N\" exif:GPSLongitude=\"60,59.4W\"><dc:title><rdf:Alt><rdf:li>Harbour</rdf:li>\
        </rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>";
    let project = at.rsplit('/').next().unwrap();
    let picture = photo(1, 0, None);
    let files: &[(&str, &[u8])] =
        &[("IMG_1.jpg.xmp", xmp.as_bytes()), ("IMG_1.jpg", &picture), ("other.xmp", b"<x/>")];
    let data = upload(&app, project, files).await.data();
    assert_eq!(data["refused"].as_array().map(Vec::len), Some(1), "{data}");
    let seen = app.get(&format!("{at}/photos/IMG_1.jpg")).await.data();
    assert_eq!((&seen["title"], &seen["rating"]), (&json!("Harbour"), &json!(5)));
    assert_eq!(seen["taken"]["at"], "2026-03-01T14:00:00-04:00", "the zone follows from the place");
    let written = app.post(&format!("{at}/photos/IMG_1.jpg/sidecar"), json!({})).await;
    let text = String::from_utf8(written.body.to_vec()).unwrap();
    assert!(
        text.contains("Harbour")
            && text.contains("14,0.6")
            && written.header("content-disposition").contains("IMG_1.xmp")
    );
}

#[tokio::test]
async fn an_upload_in_parts_goes_on_where_it_was_cut_off() {
    let app = TestApp::new();
    let at = gallery(&app, &[]).await;
    let bytes = photo(9, 0, None);
    let hash = accid_base::ContentHash::of(&bytes);
    let begin = json!({"name": "big.jpg", "bytes": bytes.len(), "sha256": hash});
    let begun = app.post(&format!("{at}/uploads"), begin.clone()).await.data();
    let path = format!("{at}/uploads/{}", begun["id"].as_str().unwrap());
    let part = |offset: usize, part: &[u8]| {
        request("PATCH", &path)
            .header("upload-offset", offset)
            .header("content-type", "application/offset+octet-stream")
            .body(Body::from(part.to_vec()))
            .unwrap()
    };
    assert_eq!(app.send(part(0, &bytes[..1_000])).await.data()["received"], 1_000);
    app.send(part(0, &bytes[..1_000])).await.is_problem(412, "stale");
    // Another window asks for the same file, and goes on.
    assert_eq!(app.post(&format!("{at}/uploads"), begin).await.data()["received"], 1_000);
    assert_eq!(app.get(&path).await.header("upload-offset"), "1000");
    let done = app.send(part(1_000, &bytes[1_000..])).await.data();
    assert_eq!(done["photo"]["filename"], "big.jpg", "{done}");
    app.get(&path).await.is_problem(404, "object_not_found");
    assert!(!app.vfs.files().keys().any(|path| path.to_string_lossy().contains("derived/uploads/")));

    let wrong = json!({"name": "a.jpg", "bytes": 4, "sha256": hash});
    let begun = app.post(&format!("{at}/uploads"), wrong).await.data();
    let path = format!("{at}/uploads/{}", begun["id"].as_str().unwrap());
    let body = request("PATCH", &path).header("upload-offset", 0).body(Body::from("abcd")).unwrap();
    assert!(app.send(body).await.data()["refused"]["reason"].as_str().unwrap().contains("hash"));
    app.post(&format!("{at}/uploads"), json!({"name": "a.jpg", "bytes": 0}))
        .await
        .is_problem(422, "invalid_value");
}

#[tokio::test]
async fn a_watched_folder_brings_its_pictures_once_and_names_what_it_cannot_read() {
    use accid_base::Vfs as _;
    let app = TestApp::new();
    let at = gallery(&app, &[]).await;
    app.vfs.create_folders("/pictures/march".as_ref()).unwrap();
    app.vfs.write("/pictures/march/one.jpg".as_ref(), &photo(1, 0, None)).unwrap();
    app.vfs.write("/pictures/broken.jpg".as_ref(), b"no picture").unwrap();
    let watch = format!("{at}/watch");
    let seen = app.post(&watch, json!({"path": "/pictures"})).await.data();
    assert_eq!(seen["items"][0]["taken"], 1, "{seen}");
    assert!(seen["items"][0]["refused"][0]["name"].as_str().unwrap().ends_with("broken.jpg"));
    app.vfs.write("/pictures/two.jpg".as_ref(), &photo(2, 1, None)).unwrap();
    let seen = app.post(&format!("{watch}/look"), json!({})).await.data();
    assert_eq!(seen["items"][0]["taken"], 2);
    assert_eq!(app.get(&format!("{at}/photos")).await.data()["total"], 2);
    app.post(&watch, json!({"path": "/nowhere"})).await.is_problem(422, "invalid_value");
    assert_eq!(app.delete(&format!("{watch}?path=/pictures")).await.data()["total"], 0);
    app.delete(&format!("{watch}?path=/pictures")).await.is_problem(404, "object_not_found");
}

#[tokio::test]
async fn the_same_picture_in_another_size_is_found() {
    let app = TestApp::new();
    let at = gallery(&app, &[]).await;
    let project = at.rsplit('/').next().unwrap();
    let picture = |width, height, seed| Photograph { width, height, seed, ..Photograph::default() }.jpeg();
    let large = picture(640, 420, 3);
    let small = accid_media::render_renditions(
        &large,
        &[accid_media::Recipe::new(200, accid_media::OutputFormat::Jpeg)],
    )
    .unwrap()
    .remove(0);
    let other = picture(640, 420, 8);
    let files: &[(&str, &[u8])] =
        &[("large.jpg", &large), ("small.jpg", &small), ("other.jpg", &other), ("again.jpg", &large)];
    let data = upload(&app, project, files).await.data();
    assert_eq!(data["refused"][0]["photo"], data["items"][0]["id"], "an exact copy is refused with a word");
    let found = app.get(&format!("{at}/duplicates")).await.data();
    assert_eq!(found["total"], 1, "{found}");
    assert_eq!(found["items"][0]["photos"], json!([data["items"][0]["id"], data["items"][1]["id"]]));
}

#[tokio::test]
async fn what_is_known_of_files_is_asked_by_time_and_by_hash() {
    let app = TestApp::new();
    let at = gallery(&app, &[(0, None)]).await;
    let hash = accid_base::ContentHash::of(&photo(1, 0, None));
    let source = |modified: i64, hash: Option<accid_base::ContentHash>| json!({"path": "/home/a.jpg", "bytes": 5, "modified": modified, "hash": hash});
    let ask = async |file: Value| {
        let body = json_request("POST", &format!("{at}/photos/known"), &json!({"files": [file]}));
        !app.send(body).await.data()["known"][0].is_null()
    };
    assert!(!ask(source(7, None)).await);
    assert!(ask(source(7, Some(hash))).await);
    assert!(ask(source(7, None)).await, "now it is noted");
    assert!(!ask(source(8, None)).await, "it may have changed");
}
