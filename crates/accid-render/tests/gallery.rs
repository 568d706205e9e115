//! The layouts of galleries, and what hostile text becomes in their newer properties.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use accid_render::Mode;
use serde_json::{Value, json};

fn gallery(props: Value) -> (String, Vec<&'static str>) {
    let page = common::page("index", None, json!([{"id": "g", "type": "gallery", "props": props}]));
    let site = common::site(vec![page, common::page("about", None, json!([]))]);
    let rendered = site.render_page(site.page_at("index.html").unwrap(), &Mode::Export);
    common::check_tags(&rendered.html).unwrap();
    (rendered.html, rendered.scripts)
}

#[test]
fn a_row_of_equal_height_knows_the_proportions_of_its_pictures() {
    let (html, _) = gallery(json!({"layout": "justified", "photos": [{"photo": "bay"}, {"photo": "gone"}]}));
    assert!(html.contains(".ar-150{--ar:1.5}") && html.contains("<li class=\"ar-150\">"), "{html}");
    assert!(html.contains("is-justified"));
    let (html, _) = gallery(json!({"layout": "grid", "photos": [{"photo": "bay"}]}));
    assert!(!html.contains("ar-150"), "{html}");
}

#[test]
fn a_row_to_push_along_takes_the_keys_and_has_a_name() {
    let (html, _) = gallery(json!({"layout": "carousel", "ratio": "16:9", "photos": [{"photo": "bay"}]}));
    assert!(
        html.contains("<div class=\"track\" tabindex=\"0\" role=\"group\" aria-label=\"Pictures\""),
        "{html}"
    );
    assert!(html.contains("ratio-16-9"));
}

#[test]
fn a_picture_that_leads_somewhere_is_not_shown_large() {
    let photos =
        json!([{"photo": "bay", "link": "page:page-about"}, {"photo": "bay", "link": "javascript:alert(1)"}]);
    let (html, scripts) = gallery(json!({"photos": photos}));
    assert!(html.contains("<a class=\"frame leads\" href=\"about.html\">"), "{html}");
    assert!(!html.contains("javascript:"), "{html}");
    assert_eq!(scripts, ["assets/gallery.js"]);
}

#[test]
fn captions_only_in_the_large_view_stay_where_there_is_none() {
    let (html, _) = gallery(json!({"captions": "large", "photos": [{"photo": "bay", "caption": "A"}]}));
    assert!(html.contains("captions-large"));
    let (html, scripts) = gallery(
        json!({"captions": "large", "lightbox": false, "photos": [{"photo": "bay", "caption": "A"}]}),
    );
    assert!(!html.contains("captions-large") && scripts.is_empty());
}
