//! The check before publishing, parts, and pages in other languages over HTTP.

use serde_json::{Value, json};

use crate::support::TestApp;

fn codes(check: &Value, page: Option<&str>) -> Vec<String> {
    let items = check["items"].as_array().unwrap().iter().filter(|item| item["page"].as_str() == page);
    items.map(|item| item["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_check_finds_what_a_visitor_would_stumble_over_and_says_where_and_what_to_do() {
    let app = TestApp::new();
    let (project, page, module) = app.site().await;
    let at = format!("/api/projects/{project}");
    let other = app.post(&format!("{at}/pages"), json!({"title": "About us", "slug": "twin"})).await;
    let other = other.data()["id"].as_str().unwrap().to_owned();
    for target in ["page:gone", "menu.pdf", &format!("page:{other}#nowhere"), "https://example.org"] {
        let body = json!({"page": page, "type": "button", "props": {"label": "Go", "target": target}});
        assert_eq!(app.post(&format!("{at}/modules"), body).await.status, 201);
    }
    let check = app.get(&format!("{at}/check")).await.data();
    let found = codes(&check, Some(&page));
    for code in ["link.page-missing", "link.file-missing", "link.anchor-missing", "seo.title-twice"] {
        assert!(found.iter().any(|known| known == code), "{code}: {found:?}");
    }
    assert!(codes(&check, Some(&other)).contains(&"page.empty".to_owned()));
    assert!(codes(&check, None).contains(&"site.address-missing".to_owned()));
    let items = check["items"].as_array().unwrap();
    let missing = items.iter().find(|item| item["code"] == "link.page-missing").unwrap();
    assert_eq!(missing["page_title"], "About us");
    assert!(missing["module"].is_string() && missing["module"] != json!(module));
    assert_eq!(missing["fix"], "Choose another page, or remove it.");
    let counted = ["errors", "warnings", "notes"].map(|kind| check["counts"][kind].as_u64().unwrap());
    assert_eq!(counted.iter().sum::<u64>(), items.len() as u64);
}

#[tokio::test]
async fn a_part_is_no_page_and_what_is_shown_of_it_changes_with_it() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let at = format!("/api/projects/{project}");
    let modules = json!([{"id": "b", "type": "button", "props": {"label": "Call us", "target": "tel:1"}}]);
    let part = json!({"title": "Footer", "role": "part", "modules": modules});
    let part = app.post(&format!("{at}/pages"), part).await.data();
    assert_ne!(part["modules"][0]["id"], "b", "a copy has ids of its own");
    let part = part["id"].as_str().unwrap().to_owned();
    let pages = app.get(&format!("{at}/pages")).await.data();
    assert!(pages["items"].as_array().unwrap().iter().all(|page| page["id"] != json!(part)));
    assert_eq!(app.get(&format!("{at}/pages?role=part")).await.data()["total"], 1);
    app.get(&format!("{at}/pages?role=wing")).await.is_problem(422, "invalid_value");

    let section = json!({"page": page, "type": "section", "props": {"part": part}});
    app.post(&format!("{at}/modules"), section).await;
    let canvas = format!("/canvas/{project}/about-us.html");
    assert!(String::from_utf8_lossy(&app.get(&canvas).await.body).contains("Call us"));
    let changed = json!({"modules": [{"id": "b2", "type": "button", "props": {"label": "Write to us"}}]});
    assert_eq!(app.put(&format!("{at}/pages/{part}"), changed).await.status, 200);
    assert!(String::from_utf8_lossy(&app.get(&canvas).await.body).contains("Write to us"));
    assert_eq!(app.get(&format!("/canvas/{project}/_part/footer.html")).await.status, 200);
}

#[tokio::test]
async fn a_page_is_shown_in_the_language_that_is_asked_for() {
    let app = TestApp::new();
    let (project, page, module) = app.site().await;
    let at = format!("/api/projects/{project}");
    let site = json!({"site": {"title": "Yacht", "language": "en", "languages": ["de"]}});
    assert_eq!(app.put(&at, site).await.status, 200);
    let told = json!({"translations": {"de": {"title": "Über uns", "slug": "ueber-uns"}}});
    assert_eq!(app.put(&format!("{at}/pages/{page}"), told).await.status, 200);
    let there = app.get(&format!("/canvas/{project}/about-us.html?language=de")).await;
    assert_eq!((there.status.as_u16(), there.header("location")), (303, "de/ueber-uns.html"));
    let german = app.get(&format!("/canvas/{project}/de/ueber-uns.html")).await;
    assert!(String::from_utf8_lossy(&german.body).contains("<html lang=\"de\""));
    let draft = json!({"id": module, "type": "hero", "props": {"title": "The way"},
        "translations": {"de": {"/title": {"value": "Der Weg"}}}});
    let body = json!({"module": draft, "language": "de"});
    let drawn = app.post(&format!("{at}/pages/{page}/render"), body).await.data();
    assert!(drawn["html"].as_str().unwrap().contains("Der Weg"), "{drawn}");
    let taken = json!({"translations": {"de": {"slug": "Über Uns"}}});
    app.put(&format!("{at}/pages/{page}"), taken).await.is_problem(422, "invalid_value");
}
