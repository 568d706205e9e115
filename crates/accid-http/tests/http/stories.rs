//! Stories and pages that are maps over HTTP, and that no file of an export says what is private.

use serde_json::{Value, json};

use crate::{
    gallery::upload,
    photograph::Photograph,
    support::{Reply, TestApp},
};

/// In Castries, Saint Lucia, and on Bequia.
const HOME: (f64, f64) = (14.012_345, -60.987_654);
const BEQUIA: (f64, f64) = (13.008_1, -61.244_2);

const TEMPLATES: [&str; 5] = ["timeline", "grid", "mystery-dots", "map", "slideshow"];

fn photo(number: u64, day: u64, place: Option<(f64, f64)>) -> Vec<u8> {
    Photograph { seed: number, date: format!("2026:03:0{day} 14:00:00"), place, ..Photograph::default() }
        .jpeg()
}

fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.body).into_owned()
}

/// A gallery with one photo a day at these places.
pub async fn gallery(app: &TestApp, places: &[Option<(f64, f64)>]) -> String {
    let project = app.post("/api/projects", json!({"name": "Spring", "type": "gallery"})).await.data()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for (index, place) in places.iter().enumerate() {
        let number = index as u64 + 1;
        let bytes = photo(number, number, *place);
        upload(app, &project, &[(format!("p{index}.jpg").as_str(), &bytes)]).await;
    }
    format!("/api/gallery/{project}")
}

#[tokio::test]
async fn a_gallery_has_a_story_by_itself_that_is_arranged_told_and_written() {
    let app = TestApp::new();
    let at = gallery(&app, &[]).await;
    assert_eq!(app.get(&format!("{at}/stories")).await.data()["total"], 0, "no photo, no story");
    let at = gallery(&app, &[Some(HOME), Some(HOME), Some(BEQUIA)]).await;
    let own = app.get(&format!("{at}/stories")).await.data()["items"][0].clone();
    assert_eq!(
        (&own["title"], &own["template"], &own["by"]),
        (&json!("Spring"), &json!("timeline"), &json!("day"))
    );
    assert_eq!(own["chapters"].as_array().map(Vec::len), Some(3));
    let story = format!("{at}/stories/{}", own["id"].as_str().unwrap());
    let arranged = app.post(&format!("{story}/arrange"), json!({"by": "place"})).await.data();
    assert_eq!(arranged["chapters"].as_array().map(Vec::len), Some(2));
    let mut chapters = arranged["chapters"].clone();
    chapters[1]["title"] = json!("The lamps");
    let body = json!({"chapters": chapters, "subtitle": "Slowly", "unit": "nm"});
    let saved = app.put(&story, body).await.data();
    assert_eq!((&saved["chapters"][1]["title"], &saved["unit"]), (&json!("The lamps"), &json!("nm")));
    for template in TEMPLATES {
        let page = app.get(&format!("{at}/template/{template}")).await;
        assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
        let html = text(&page);
        assert!(html.contains(&format!("<div class=\"story as-{template}\">")), "{template}");
        assert!(html.contains("The lamps") && html.contains("/canvas/"), "{template}");
    }
    assert_eq!(app.get(&format!("{at}/template/carousel")).await.status.as_u16(), 404);
    let refused = app.put(&story, json!({"title": " "})).await;
    assert_eq!(refused.status.as_u16(), 422);
    let second = app.post(&format!("{at}/stories"), json!({"title": "Again"})).await.data();
    assert_eq!(app.get(&format!("{at}/stories")).await.data()["total"], 2);
    let second = format!("{at}/stories/{}", second["id"].as_str().unwrap());
    assert_eq!(app.delete(&second).await.status.as_u16(), 200);
    assert_eq!(app.get(&format!("{at}/stories")).await.data()["total"], 1);
}

/// Every way in which a hidden place could be written.
fn gives_away(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes);
    ["14.01", "60.98", "-60.9", "Castries", "St_Lucia"].into_iter().find(|word| text.contains(word))
}

#[tokio::test]
async fn no_file_of_an_export_says_where_a_hidden_photo_was_taken() {
    let app = TestApp::new();
    let at = gallery(&app, &[Some(HOME), Some(BEQUIA), Some(HOME)]).await;
    let open = app.post(&format!("{at}/generate-data"), json!({})).await.data();
    let places = |data: &Value| -> Vec<bool> {
        data["dropper"]["photos"]
            .as_array()
            .unwrap()
            .iter()
            .map(|photo| photo.get("location").is_some())
            .collect()
    };
    assert_eq!(places(&open), [true, true, true]);
    let hidden = app.put(&format!("{at}/photos/p0.jpg"), json!({"privacy": "hidden"})).await;
    assert_eq!(hidden.status.as_u16(), 200);
    let left_out = app.put(&format!("{at}/photos/p2.jpg"), json!({"hidden": true})).await;
    assert_eq!(left_out.status.as_u16(), 200);
    let closed = app.post(&format!("{at}/generate-data"), json!({})).await.data();
    assert_eq!(places(&closed), [false, true], "what is hidden is left out, and places are");
    assert_eq!(gives_away(closed.to_string().as_bytes()), None);
    for template in TEMPLATES {
        let zip = app.get(&format!("{at}/export?template={template}")).await;
        assert_eq!((zip.status.as_u16(), zip.header("content-type")), (200, "application/zip"), "{template}");
        let files = app.vfs.files();
        let exported: Vec<_> = files
            .iter()
            .filter(|(path, _)| path.to_string_lossy().contains("derived/story-export"))
            .collect();
        assert!(exported.iter().any(|(path, _)| path.ends_with("index.html")), "{template}");
        assert!(exported.iter().any(|(path, _)| path.ends_with("accid_dropper.json")), "{template}");
        for (path, bytes) in exported {
            assert_eq!(gives_away(bytes), None, "{template}: {}", path.display());
        }
    }
}

#[tokio::test]
async fn a_page_becomes_a_map_and_a_story_becomes_pages_of_a_site() {
    let app = TestApp::new();
    let (site, _, _) = app.site().await;
    let spatial = format!("/api/project/{site}/pages/index/spatial");
    assert_eq!(app.get(&spatial).await.data()["spatial"], Value::Null);
    assert_eq!(app.get(&format!("{spatial}/map")).await.status.as_u16(), 404);
    let body = json!({"area": "lesser-antilles", "routes": [{"id": "r", "points": [
        {"lat": 12.05, "lon": -61.75}, {"lat": 13.0, "lon": -61.24}], "arrows": true}]});
    let saved = app.put(&spatial, body).await.data();
    assert_eq!(saved["spatial"]["area"], "lesser-antilles");
    let map = app.get(&format!("{spatial}/map")).await.data();
    assert_eq!(map["projection"]["kind"], "mercator");
    assert!(map["svg"].as_str().unwrap().contains("geo-arrows"));
    let at = gallery(&app, &[Some(HOME), Some(BEQUIA)]).await;
    let story = app.get(&format!("{at}/stories")).await.data()["items"][0]["id"].as_str().unwrap().to_owned();
    let page = app.post(&format!("{at}/stories/{story}/page"), json!({"project": site})).await;
    assert_eq!(page.status.as_u16(), 201, "{}", text(&page));
    let page = page.data();
    assert_eq!(page["modules"][0]["type"], "hero");
    let placed = page["modules"].as_array().unwrap().iter().filter(|module| module.get("place").is_some());
    assert_eq!((placed.count(), page["spatial"].is_object()), (2, true));
    let slug = page["slug"].as_str().unwrap();
    let html = app.get(&format!("/canvas/{site}/{slug}.html")).await;
    let html = text(&html);
    assert!(html.contains("<ol class=\"stops\"") && html.contains("<svg"), "{html}");
}

#[tokio::test]
async fn the_public_configuration_goes_into_the_export_and_into_a_folder_that_holds_one() {
    let app = TestApp::new();
    let at = gallery(&app, &[Some(HOME), Some(BEQUIA)]).await;
    let project = at.trim_start_matches("/api/gallery/").to_owned();
    let export = format!("/api/html-builder/{project}/export-static?wait=true");
    let first = app.post(&format!("{at}/generate-data"), json!({})).await.data();
    assert_eq!(first["written"], json!([]), "there is no export yet");
    assert_eq!(app.post(&export, json!({})).await.status.as_u16(), 200);
    assert_eq!(app.post(&export, json!({"out": "/srv/www/spring"})).await.status.as_u16(), 200);
    app.put(&format!("{at}/photos/p0.jpg"), json!({"privacy": "hidden"})).await;
    let into = json!({"out": "/srv/www/spring"});
    let written = app.post(&format!("{at}/generate-data"), into.clone()).await.data()["written"].clone();
    assert_eq!(written.as_array().map(Vec::len), Some(2), "{written}");
    let files = app.vfs.files();
    let droppers: Vec<_> = files
        .iter()
        .filter(|(path, _)| {
            path.ends_with("derived/site/accid_dropper.json")
                || path.starts_with("/srv/www/spring/accid_dropper.json")
        })
        .collect();
    assert_eq!(droppers.len(), 2);
    for (path, bytes) in droppers {
        let text = String::from_utf8_lossy(bytes);
        assert!(text.contains("13.00") && gives_away(bytes).is_none(), "{}: {text}", path.display());
    }
    let again = app.post(&export, into).await;
    assert_eq!(again.status.as_u16(), 200, "the next export knows the file: {again:?}");
    let nowhere = app.post(&format!("{at}/generate-data"), json!({"out": "/srv/www/other"})).await;
    nowhere.is_problem(400, "invalid_path");
}

#[tokio::test]
async fn a_map_of_tiles_is_asked_for_only_when_somebody_turned_it_on() {
    let app = TestApp::new();
    let at = gallery(&app, &[Some(BEQUIA), Some((12.884_6, -61.187_7))]).await;
    let project = at.trim_start_matches("/api/gallery/").to_owned();
    let shown = async || app.get(&format!("{at}/template/map")).await;
    let plain = shown().await;
    assert!(
        !text(&plain).contains("geo-tiles") && !plain.header("content-security-policy").contains("https:")
    );
    let mut settings = json!({});
    settings["base_map"] = json!({"address": "http://tiles.example/{z}/{x}/{y}.png"});
    assert_eq!(app.put(&format!("{at}/settings"), settings.clone()).await.status.as_u16(), 422);
    settings["base_map"] =
        json!({"address": "https://tiles.example/{z}/{x}/{y}.png", "credit": "© Everybody & all"});
    assert_eq!(app.put(&format!("{at}/settings"), settings.clone()).await.status.as_u16(), 200);
    let online = shown().await;
    let html = text(&online);
    assert!(
        html.contains("<image href=\"https://tiles.example/") && html.contains("© Everybody &amp; all"),
        "{html}"
    );
    assert!(
        html.contains("data-projection=\"mercator\"") && html.contains("accid-map-land"),
        "the land lies below"
    );
    assert!(
        online
            .header("content-security-policy")
            .contains("img-src 'self' data: blob: https://tiles.example;")
    );
    assert!(
        !text(&app.get(&format!("{at}/template/grid")).await).contains("tiles.example"),
        "a grid has no map"
    );

    // An archive of one's own: its tiles become files of the site, and nobody is asked.
    let refused =
        app.post_bytes(&format!("/api/projects/{project}/maps?name=x.pmtiles"), b"no archive".to_vec()).await;
    refused.is_problem(422, "invalid_value");
    let archive = world_of_tiles(b"\x89PNG canary");
    let taken = app.post_bytes(&format!("/api/projects/{project}/maps?name=own.pmtiles"), archive).await;
    assert_eq!(taken.status.as_u16(), 201, "{taken:?}");
    settings["base_map"] = json!({"file": taken.data()["file"], "file_name": "own.pmtiles"});
    assert_eq!(app.put(&format!("{at}/settings"), settings).await.status.as_u16(), 200);
    let story = app.get(&format!("{at}/stories")).await.data()["items"][0]["id"].clone();
    app.put(&format!("{at}/stories/{}", story.as_str().unwrap()), json!({"template": "map"})).await;
    let own = app.get(&format!("/canvas/{project}/index.html")).await;
    let html = text(&own);
    let from = html.find("<image href=\"maps/").map(|at| at + 13).unwrap_or_else(|| panic!("{html}"));
    let path = html[from..].split('"').next().unwrap();
    let tile = app.get(&format!("/canvas/{project}/{path}")).await;
    assert_eq!((tile.status.as_u16(), &tile.body[..]), (200, &b"\x89PNG canary"[..]), "{path}");
    assert!(!own.header("content-security-policy").contains("tiles.example"));
    let export = app.post(&format!("/api/html-builder/{project}/export-static?wait=true"), json!({})).await;
    assert_eq!(export.status.as_u16(), 200);
    assert!(app.vfs.files().iter().any(|(file, _)| file.ends_with(format!("derived/site/{path}"))), "{path}");
}

/// A PMTiles archive with one tile, that of the whole world, packed by nothing.
fn world_of_tiles(tile: &[u8]) -> Vec<u8> {
    // One entry: tile 0, once, its length, its place.
    let directory = [1, 0, 1, u8::try_from(tile.len()).unwrap(), 1];
    let mut bytes = b"PMTiles\x03".to_vec();
    let data = 127 + directory.len() as u64;
    for value in [127, directory.len() as u64, 0, 0, data, 0, data, tile.len() as u64, 0, 0, 0] {
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    bytes.extend_from_slice(&[1, 1, 1, 2, 0, 0]);
    bytes.resize(127, 0);
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(tile);
    bytes
}

/// The exact place, as it could be written, rounded or not; the town may be told.
fn is_exact(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes);
    ["14.0123", "14.01234", "60.9876", "60.98765", "-60.988"].into_iter().find(|word| text.contains(word))
}

#[tokio::test]
async fn no_file_of_a_site_with_a_map_of_the_story_says_a_hidden_place_and_towns_stay_towns() {
    let app = TestApp::new();
    let (site, _, _) = app.site().await;
    let settings = json!({"site": {"base_url": "https://example.org", "title": "Yacht"}});
    app.put(&format!("/api/projects/{site}"), settings).await;
    for (privacy, check) in [("hidden", gives_away as fn(&[u8]) -> Option<&'static str>), ("town", is_exact)]
    {
        let at = gallery(&app, &[Some(HOME), Some(BEQUIA), Some(HOME)]).await;
        for photo in ["p0.jpg", "p2.jpg"] {
            let put = app.put(&format!("{at}/photos/{photo}"), json!({"privacy": privacy})).await;
            assert_eq!(put.status.as_u16(), 200, "{put:?}");
        }
        let story = app.get(&format!("{at}/stories")).await.data()["items"][0]["id"].clone();
        let story = story.as_str().unwrap().to_owned();
        for template in TEMPLATES {
            let zip = app.get(&format!("{at}/export?template={template}")).await;
            assert_eq!(zip.status.as_u16(), 200, "{template}");
        }
        let page = app.post(&format!("{at}/stories/{story}/page"), json!({"project": site})).await;
        assert_eq!(page.status.as_u16(), 201, "{}", text(&page));
        let page = page.data();
        assert!(page["spatial"].is_object(), "the page is a map");
        let path = format!("/api/html-builder/{site}/export-static?wait=true");
        assert_eq!(app.post(&path, json!({})).await.status.as_u16(), 200);
        let files = app.vfs.files();
        let published = |folder: &str| -> Vec<_> {
            files.iter().filter(|(path, _)| path.to_string_lossy().contains(folder)).collect()
        };
        let (pages, stories) = (published("derived/site/"), published("derived/story-export/"));
        assert!(pages.len() > 10 && stories.len() > 5, "{} {}", pages.len(), stories.len());
        for kind in [".html", ".css", ".webp"] {
            let is_there = pages.iter().any(|(path, _)| path.to_string_lossy().ends_with(kind));
            assert!(is_there, "files that end with {kind} are looked at");
        }
        for (path, bytes) in pages.into_iter().chain(stories) {
            assert_eq!(check(bytes), None, "{privacy}: {}", path.display());
        }
        let removed =
            app.delete(&format!("/api/projects/{site}/pages/{}", page["id"].as_str().unwrap())).await;
        assert_eq!(removed.status.as_u16(), 200);
    }
}
