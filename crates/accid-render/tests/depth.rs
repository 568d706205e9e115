//! What modules offer beyond their plainest form, and that hostile text stays text in it.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use accid_render::{Mode, RenderedPage};
use serde_json::{Value, json};

fn rendered(kind: &str, props: Value) -> RenderedPage {
    let page = common::page("index", None, json!([{"id": "x", "type": kind, "props": props}]));
    let site = common::site(vec![page, common::page("about", None, json!([]))]);
    let rendered = site.render_page(site.page_at("index.html").unwrap(), &Mode::Export);
    common::check_tags(&rendered.html).unwrap();
    rendered
}

fn html(kind: &str, props: Value) -> String {
    rendered(kind, props).html
}

#[test]
fn code_can_be_copied_begins_anywhere_and_loads_its_script_only_then() {
    let code =
        json!({"code": "a\nb\nc", "first_line": 41, "marked_lines": "42", "copy": true, "frame": "dots"});
    let page = rendered("code-screenshot", code);
    assert_eq!(page.scripts, ["assets/copy.js"]);
    assert!(
        page.html.contains("pre{counter-reset:line 40}") && page.html.contains("has-dots"),
        "{}",
        page.html
    );
    assert!(page.html.contains("<span class=\"line is-marked\">b</span>"), "{}", page.html);
    assert!(page.html.contains("data-copied=\"Copied\">Copy</button>"));
    assert!(rendered("code-screenshot", json!({"code": "a"})).scripts.is_empty());
}

#[test]
fn a_picture_is_shown_large_unless_it_leads_somewhere() {
    let page = rendered("image", json!({"image": {"photo": "bay"}, "enlarge": true, "credit": "A. Painter"}));
    assert_eq!(page.scripts, ["assets/gallery.js"]);
    assert!(page.html.contains("data-lightbox") && page.html.contains("<small class=\"credit\">A. Painter"));
    let leads = json!({"image": {"photo": "bay"}, "enlarge": true, "link": "page:page-about"});
    let page = rendered("image", leads);
    assert!(page.scripts.is_empty() && !page.html.contains("data-lightbox"), "{}", page.html);
}

#[test]
fn links_of_a_navigation_nest_and_know_the_page() {
    let links = json!([{"label": "More", "target": "page:page-about", "links": [{"label": "Here", "target": "page:page-index"}]},
        {"label": "Old", "target": "javascript:alert(1)"}]);
    let action = json!({"label": "Book", "target": "https://example.org/book"});
    let html = html("navigation", json!({"links": links, "action": action}));
    assert!(html.contains("<summary aria-label=\"More pages under More\">"), "{html}");
    assert!(html.contains("aria-current=\"page\">Here</a>"), "{html}");
    assert!(html.contains("<li class=\"menu-action\">") && !html.contains("javascript:"), "{html}");
}

#[test]
fn edges_are_for_grounds_and_orders_for_phones() {
    let banded = html("section", json!({"tone": "surface", "top_edge": "scallop", "bottom_edge": "slant"}));
    assert!(banded.contains("has-top top-scallop has-bottom bottom-slant"), "{banded}");
    assert!(!html("section", json!({"top_edge": "scallop"})).contains("has-top"));
    let row = html("row", json!({"columns": "1:3", "phone_order": "reversed", "tablet": "stack"}));
    assert!(row.contains("cols-1-3") && row.contains("tablet-stack phone-reversed"), "{row}");
    let text = html("text", json!({"columns": "2", "lead": true, "drop_cap": true}));
    assert!(text.contains("w-normal rich in-2 has-lead has-cap"), "{text}");
}

#[test]
fn places_carry_signs_and_rich_text() {
    let doc = json!({"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Long"}]}]});
    let marker =
        json!({"x": 10, "y": 20, "label": "Bay", "doc": doc, "icon": "anchor", "link": "page:page-about"});
    let html = html("waypoint-image", json!({"image": {"photo": "bay"}, "markers": [marker]}));
    assert!(html.contains("<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">"), "{html}");
    assert!(html.contains("<div class=\"rich\">\n<p>Long</p>"), "{html}");
    assert_eq!(html.matches("href=\"about.html\"").count(), 2, "in the note and in the list: {html}");
}

#[test]
fn hostile_words_stay_words_in_every_newer_property() {
    let words = common::HOSTILE;
    for (kind, props) in [
        (
            "gallery",
            json!({"photos": [{"photo": "bay", "caption": words, "link": words}], "layout": "carousel"}),
        ),
        ("image", json!({"image": {"photo": "bay"}, "credit": words, "caption": words})),
        ("link", json!({"title": words, "eyebrow": words, "layout": "beside", "url": words})),
        ("button", json!({"label": words, "icon": "mail", "size": words, "target": words})),
        (
            "navigation",
            json!({"links": [{"label": words, "links": [{"label": words, "target": words}]}],
            "action": {"label": words, "target": words}}),
        ),
        (
            "waypoint-image",
            json!({"markers": [{"label": words, "text": words, "icon": words, "link": words}]}),
        ),
        ("code-screenshot", json!({"code": words, "copy": true, "frame": words, "file_name": words})),
    ] {
        let html = html(kind, props);
        assert!(!html.contains("<script>") && !html.contains("<img src=x"), "{kind}: {html}");
    }
}

#[test]
fn a_film_lies_on_the_picture_of_a_hero_and_one_that_is_gone_is_found() {
    let render = |video: &str, layout: &str| {
        let props = json!({"title": "T", "layout": layout, "image": {"photo": "bay"}, "video": video});
        let page = common::page("index", None, json!([{"id": "h", "type": "hero", "props": props}]));
        common::site(vec![page.clone()]).render_page(&page, &Mode::Export)
    };
    let shown = render("surf", "cover");
    common::check_tags(&shown.html).unwrap();
    let film = shown.images.iter().find(|file| file.path.starts_with("videos/the-surf-")).unwrap();
    assert!(accid_render::film_file(&film.path, &[common::film()]).is_some_and(|file| file == *film));
    for part in [
        "width=\"1280\" height=\"720\" muted loop playsinline aria-hidden=\"true\"></video>",
        "<button class=\"film-button\" type=\"button\" hidden data-play=\"Play film\" data-pause=\"Pause film\">",
        "assets/film.js",
        "alt=\"What bay shows\"",
        "<div class=\"hero-picture\">",
    ] {
        assert!(shown.html.contains(part), "{part}: {}", shown.html);
    }
    let gone = render("gone", "split");
    assert!(
        !gone.html.contains("<video") && gone.findings.iter().any(|finding| finding.code == "video.missing")
    );
    let plain = render("surf", "plain");
    assert!(!plain.html.contains("film"), "a hero without a picture has no film: {}", plain.html);
}
