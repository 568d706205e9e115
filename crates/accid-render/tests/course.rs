//! A tutorial of several pages: their order, the way from one to the next, and what search engines are told.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::sync::Arc;

use accid_model::{Page, ProjectType};
use accid_render::{Mode, Site, SiteSource, strip_canvas};
use serde_json::{Value, json};

fn page(slug: &str, order: u32, more: Value) -> Arc<Page> {
    let mut whole =
        json!({"id": slug, "schema_version": 2, "slug": slug, "title": format!("<{slug}>"), "order": order});
    whole.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Arc::new(serde_json::from_value(whole).unwrap())
}

fn step(slug: &str, order: u32, parent: Option<&str>) -> Arc<Page> {
    page(
        slug,
        order,
        json!({"kind": "tutorial", "parent": parent, "seo": {"description": format!("About {slug}")}}),
    )
}

fn course(pages: Vec<Arc<Page>>) -> Site {
    let settings =
        json!({"title": "Knots", "language": "en", "languages": ["de"], "base_url": "https://example.org/"});
    let source = common::site_with(settings, Vec::new()).source().clone();
    let mut source = SiteSource { pages, ..source };
    source.blotter.project_type = ProjectType::Tutorial;
    Site::new(source)
}

fn knots() -> Site {
    let list = json!([{"id": "n", "type": "navigation"}, {"id": "l", "type": "navigation", "props": {"layout": "steps"}}]);
    course(vec![
        page("index", 0, json!({"modules": list, "translations": {"de": {"title": "Knoten"}}})),
        // Stored in another order than the tree has them; one is no step, one is hidden from the menu.
        step("splice", 3, None),
        step("bowline", 1, None),
        step("twice", 0, Some("bowline")),
        page("about", 2, json!({"navigation": {"show": false}})),
        page("part", 0, json!({"role": "part", "kind": "tutorial"})),
    ])
}

fn html(site: &Site, path: &str) -> String {
    let (site, page) = site.at(path).unwrap();
    let rendered = site.render_page(page, &Mode::Export);
    common::check_tags(&rendered.html).unwrap();
    let canvas = site.render_page(page, &Mode::Canvas { nonce: "n".to_owned() });
    assert_eq!(strip_canvas(&canvas.html), rendered.html);
    rendered.html
}

#[test]
fn a_step_says_where_it_is_and_leads_to_the_one_before_and_after() {
    let site = knots();
    let second = html(&site, "bowline/twice.html");
    for part in [
        "Step 2 of 3</p>",
        "<progress aria-label=\"Step 2 of 3\" max=\"3\" value=\"2\"></progress>",
        "<a href=\"../bowline/twice.html\" aria-current=\"step\">&lt;twice&gt;</a>",
        "<a class=\"way-back\" href=\"../bowline.html\" rel=\"prev\"><span>Step before</span><strong>&lt;bowline&gt;</strong></a>",
        "<a class=\"way-on\" href=\"../splice.html\" rel=\"next\"><span>Next step</span><strong>&lt;splice&gt;</strong></a>",
        "<link rel=\"prev\" href=\"../bowline.html\">",
        "<link rel=\"next\" href=\"../splice.html\">",
        "\"@type\":\"HowToStep\",\"position\":2",
    ] {
        assert!(second.contains(part), "{part}: {second}");
    }
    let last = html(&site, "splice.html");
    assert!(last.contains("<a class=\"way-on\" href=\"index.html\"><span>Overview</span>"), "{last}");
    let first = html(&site, "bowline.html");
    assert!(first.contains("<a class=\"way-back\" href=\"index.html\"><span>Overview</span>"), "{first}");
    assert!(!html(&site, "about.html").contains("class=\"course"), "it is no step");
}

#[test]
fn the_overview_lists_the_steps_where_the_list_was_put_and_tells_search_engines_of_all() {
    let site = knots();
    let index = html(&site, "index.html");
    let list = index.find("<ol class=\"steps\">").unwrap();
    assert!(index.find("<main").unwrap() < list && list < index.find("</main>").unwrap(), "{index}");
    for part in [
        "<li><a href=\"bowline.html\">&lt;bowline&gt;</a><p>About bowline</p>",
        "\"@type\":\"HowTo\",\"name\":\"Knots\",\"step\":[{\"@type\":\"HowToStep\",\"position\":1",
        "https://example.org/bowline/twice.html",
    ] {
        assert!(index.contains(part), "{part}: {index}");
    }
    let german = html(&site, "de/splice.html");
    assert!(german.contains("Schritt 3 von 3") && german.contains("lang=\"en\">&lt;bowline&gt;"), "{german}");
    let css = |site: &Site| {
        let file = site.shared_files().into_iter().find(|file| file.path == "assets/site.css").unwrap();
        String::from_utf8(file.bytes.into_owned()).unwrap()
    };
    assert!(css(&site).contains(".course-bar"));
    assert!(!css(&common::site(Vec::new())).contains(".course"), "only a tutorial carries it");
}

#[test]
fn pages_of_that_kind_are_steps_only_in_a_tutorial_and_a_list_without_steps_is_found() {
    let list = json!([{"id": "l", "type": "navigation", "props": {"layout": "steps"}}]);
    let plain = common::site(vec![common::page("index", None, list), Page::clone(&step("one", 1, None))]);
    let rendered = plain.render_page(plain.page("page-index").unwrap(), &Mode::Export);
    assert!(rendered.findings.iter().any(|finding| finding.code == "navigation.no-steps"));
    let one = plain.render_page(plain.page("one").unwrap(), &Mode::Export).html;
    assert!(!one.contains("class=\"course") && one.contains("\"@type\":\"HowTo\""), "{one}");
}

#[test]
fn pages_that_are_under_each_other_in_a_loop_are_no_steps_and_nothing_hangs() {
    let site = course(vec![
        step("a", 0, Some("b")),
        step("b", 1, Some("a")),
        step("c", 2, Some("c")),
        step("d", 3, None),
    ]);
    assert!(html(&site, "d.html").contains("of 2</p>"));
    assert!(!html(&site, "b/a.html").contains("class=\"course"));
}
