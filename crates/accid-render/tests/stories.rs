//! Spatial pages and stories: what their pages hold, that the canvas is the export, and that hostile texts stay texts.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::sync::Arc;

use accid_model::{Page, StoryTemplate};
use accid_render::{
    Mode, RichText, Site, StoryChapter, StoryContent, StoryContentDot, StoryPhoto, Told, strip_canvas,
};
use serde_json::{Value, json};

use common::HOSTILE;

fn spatial_page(spatial: Value, modules: Value) -> Page {
    let mut page = common::page("route", None, modules);
    page.spatial = serde_json::from_value(spatial).unwrap();
    page
}

fn islands() -> Value {
    let stop = |id: &str, title: &str, lat: f64, lon: f64, date: &str| {
        json!({"id": id, "type": "section", "props": {"title": title},
            "place": {"lat": lat, "lon": lon, "date": date}})
    };
    json!([
        {"id": "hero", "type": "hero", "props": {"title": "The way", "layout": "plain"}},
        stop("grenada", "Grenada", 12.05, -61.75, "2026-01-10"),
        stop("bequia", "Bequia", 13.008, -61.244, "2026-02-01"),
        {"id": "after", "type": "text", "props": {"doc": RichText::from_paragraphs(&["After all."])}},
        {"id": "cays", "type": "image", "props": {"image": {"photo": "bay", "alt": "A lagoon"}},
            "place": {"lat": 12.632, "lon": -61.356, "icon": "anchor"}},
    ])
}

#[test]
fn placed_modules_are_pins_on_the_map_and_the_list_of_its_places() {
    let route = json!([{"id": "r", "name": "Our way", "arrows": true, "dates": true}]);
    let page = spatial_page(json!({"area": "lesser-antilles", "routes": route, "names": true}), islands());
    let site = common::site(vec![page.clone()]);
    let html = site.render_page(&page, &Mode::Export).html;
    common::check_tags(&html).unwrap();
    for part in [
        "<div class=\"spatial\">",
        "data-projection=\"mercator\"",
        "aria-label=\"Map of Lesser Antilles\"",
        "<li class=\"pin pin-1 ",
        "<a href=\"#m_grenada_stop\"><span class=\"pin-head\">1</span> <span class=\"pin-name\">Grenada</span></a>",
        "<ol class=\"stops\" aria-label=\"Places in their order\">",
        "<li class=\"stop stop-2\" id=\"m_bequia_stop\">",
        "<time class=\"stop-day\" datetime=\"2026-02-01\">1 February 2026</time>",
        "<h2 class=\"stop-name\">A lagoon</h2>",
        "<span class=\"geo-day geo-day-1\" aria-hidden=\"true\">10 Jan</span>",
        "<title>Our way</title><path d=\"M",
        "class=\"geo-arrows\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let (map, list, after) = (
        html.find("class=\"geo-sheet\"").unwrap(),
        html.find("class=\"stops\"").unwrap(),
        html.find("After all").unwrap(),
    );
    assert!(html.find("<h1").unwrap() < map && map < list && list < after);
    assert!(!html.contains("<script src"), "no script");
    assert_eq!(html.matches("id=\"m_").count(), 3);
}

#[test]
fn the_canvas_of_a_map_is_its_export_and_one_module_is_what_it_is_on_the_page() {
    let page = spatial_page(json!({"area": "GD"}), islands());
    let site = common::site(vec![page.clone()]);
    let export = site.render_page(&page, &Mode::Export).html;
    let canvas = site.render_page(&page, &Mode::Canvas { nonce: "n".to_owned() }).html;
    assert_eq!(strip_canvas(&canvas), export);
    for module in &page.modules {
        let one = site.render_module(&page, module, &Mode::Export);
        assert!(!one.html.is_empty() && export.contains(&one.html), "{}", one.html);
        assert!(export.contains(one.style.trim_end()));
    }
    let map = site.spatial_map(&page).unwrap();
    assert!(export.contains(&map.svg), "the map is the one of the page");
    let projection = map.projection.unwrap();
    let pin = &map.pins[0];
    let x = projection.translate[0] + projection.scale * (-61.75 - projection.meridian).to_radians();
    assert!((pin.x - x).abs() < 0.01 && pin.module.as_str() == "grenada");
}

#[test]
fn a_page_on_its_own_picture_places_by_percent_and_one_with_nothing_on_it_is_a_map_too() {
    let modules = json!([{"id": "a", "type": "text", "props": {"doc": RichText::from_paragraphs(&["Here."])},
        "place": {"x": 25.0, "y": 50.0, "label": "The bow"}}]);
    let route =
        json!([{"id": "r", "points": [{"x": 0.0, "y": 0.0}, {"x": 100.0, "y": 100.0}], "dashed": true}]);
    let page = spatial_page(json!({"picture": {"photo": "bay", "alt": "A deck"}, "routes": route}), modules);
    let site = common::site(vec![page.clone()]);
    let rendered = site.render_page(&page, &Mode::Export);
    for part in [
        ".pin-1{left:25%;top:50%;",
        "alt=\"A deck\"",
        "<h2 class=\"stop-name\">The bow</h2>",
        "is-dashed",
        "M0 0L800 533.3",
    ] {
        assert!(rendered.html.contains(part), "{part}: {}", rendered.html);
    }
    assert!(!rendered.html.contains("data-projection"));
    let empty = spatial_page(
        json!({"area": "atlantis", "look": {"land": "red", "sea": "#0b6270", "route": "--color-text"}}),
        json!([]),
    );
    let site = common::site(vec![empty.clone()]);
    let rendered = site.render_page(&empty, &Mode::Export);
    assert!(rendered.html.contains("--geo-sea:#0b6270;--geo-route:var(--color-text);"));
    let codes: Vec<_> = rendered.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert!(
        codes.contains(&"spatial.area-unknown") && codes.contains(&"spatial.colour-refused"),
        "{codes:?}"
    );
}

fn photo(id: &str, at: Option<[f64; 2]>) -> StoryPhoto {
    StoryPhoto { photo: id.to_owned(), at, place: "Admiralty Bay".to_owned(), time: "14:05".to_owned() }
}

fn story(template: StoryTemplate, text: &str) -> StoryContent {
    let chapter = |id: &str, day: &str, at: [f64; 2], from: [f64; 2]| StoryChapter {
        id: id.to_owned(),
        title: text.to_owned(),
        text: RichText::from_paragraphs(&[text]),
        day: Some(day.parse().unwrap()),
        place: format!("Place of {id}"),
        at: Some(at),
        photos: vec![
            photo("bay", Some(at)),
            photo("reef", None),
            photo("wave", Some([at[0] + 0.001, at[1]])),
        ],
        way: vec![from, at],
        travelled_m: 64_820.0,
        under_way_s: Some(12_000),
    };
    StoryContent {
        title: "A spring".to_owned(),
        subtitle: text.to_owned(),
        template,
        intro: RichText::from_paragraphs(&[text]),
        cover: Some("bay".to_owned()),
        chapters: vec![
            chapter("one", "2026-03-01", [12.05, -61.75], [12.05, -61.75]),
            chapter("two", "2026-03-03", [13.0, -61.24], [12.05, -61.75]),
        ],
        travelled_m: 129_640.0,
        dots: vec![StoryContentDot {
            x: 20.0,
            y: 30.0,
            label: text.to_owned(),
            photos: vec!["bay".to_owned()],
            text: RichText::from_paragraphs(&[text]),
        }],
        ..StoryContent::default()
    }
}

fn site_of(content: StoryContent) -> (Site, Page) {
    let page =
        common::page("index", None, json!([{"id": "hero", "type": "hero", "props": {"title": "A spring"}}]));
    let plain = common::site(vec![page.clone()]);
    let stories = [(page.id.to_string(), content)].into();
    (Site::telling(plain.source().clone(), Arc::new(Told { stories, ..Told::default() })), page)
}

#[test]
fn every_template_shows_every_chapter_photo_and_text_without_a_script() {
    for template in StoryTemplate::ALL {
        let (site, page) = site_of(story(*template, "We sailed at dawn."));
        let rendered = site.render_page(&page, &Mode::Export);
        let html = &rendered.html;
        common::check_tags(html).unwrap_or_else(|error| panic!("{template:?}: {error}"));
        let name = template.name();
        assert!(html.contains(&format!("<div class=\"story as-{name}\">")), "{html}");
        assert!(html.matches("We sailed at dawn.").count() >= 4, "{name}");
        assert!(html.contains("What bay shows") && html.contains("14:05"), "{name}: {html}");
        for part in ["3 March 2026", "35\u{a0}nm", "3\u{a0}h 20\u{a0}min"] {
            let part = part.replace("35\u{a0}nm", "65\u{a0}km");
            let is_there =
                html.contains(&part) || (*template == StoryTemplate::Timeline && html.contains("March 2026"));
            assert!(is_there || *template == StoryTemplate::Grid, "{name} {part}: {html}");
        }
        let scripts: Vec<_> = rendered.scripts.clone();
        match template {
            StoryTemplate::Timeline | StoryTemplate::Grid => {
                assert!(scripts.is_empty(), "{name} {scripts:?}")
            }
            _ => assert_eq!(scripts.len(), 1, "{name} {scripts:?}"),
        }
        for script in scripts {
            assert!(site.shared_files().iter().any(|file| file.path == script), "{script}");
        }
        let canvas = site.render_page(&page, &Mode::Canvas { nonce: "n".to_owned() }).html;
        assert_eq!(strip_canvas(&canvas), *html, "{name}");
        let mut ids: Vec<_> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: an id stands twice");
        let missing = html
            .split(" href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .find(|to| !ids.contains(to));
        assert_eq!(missing, None, "{name}: a link leads nowhere");
    }
}

#[test]
fn hostile_texts_of_a_story_stay_texts() {
    for template in StoryTemplate::ALL {
        let mut content = story(*template, HOSTILE);
        content.picture = Some("bay".to_owned());
        let (site, page) = site_of(content);
        let html = site.render_page(&page, &Mode::Export).html;
        common::check_tags(&html).unwrap();
        assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{template:?}");
    }
}

#[test]
fn places_that_are_not_told_make_no_map_and_nothing_is_empty() {
    for template in StoryTemplate::ALL {
        let mut content = story(*template, "Quiet.");
        for chapter in &mut content.chapters {
            (chapter.at, chapter.way, chapter.travelled_m, chapter.place) =
                (None, Vec::new(), 0.0, String::new());
            chapter.photos.iter_mut().for_each(|photo| (photo.at, photo.place) = (None, String::new()));
        }
        content.travelled_m = 0.0;
        let (site, page) = site_of(content);
        let html = site.render_page(&page, &Mode::Export).html;
        assert!(!html.contains("<svg") && html.contains("What bay shows"), "{template:?}: {html}");
        let (site, page) = site_of(StoryContent {
            title: "Empty".to_owned(),
            template: *template,
            ..StoryContent::default()
        });
        let html = site.render_page(&page, &Mode::Export).html;
        common::check_tags(&html).unwrap();
        assert!(html.contains("No photos are in this story yet."), "{template:?}");
    }
}

#[test]
fn dots_of_photos_at_one_place_are_one_dot_and_none_is_lost() {
    let mut content = story(StoryTemplate::MysteryDots, "Here.");
    content.dots.clear();
    let (site, page) = site_of(content);
    let html = site.render_page(&page, &Mode::Export).html;
    assert_eq!(html.matches("<details class=\"dot\"").count(), 2);
    assert_eq!(html.matches("class=\"dot-photos\"").count(), 2);
    let card = html.split("class=\"dot-card\"").nth(1).unwrap().split("</details>").next().unwrap();
    assert_eq!(card.matches("<figure>").count(), 2, "both photos of that place");
}
