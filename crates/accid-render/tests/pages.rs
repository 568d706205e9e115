//! Whole pages and the files they share.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use accid_model::Page;
use accid_render::{Mode, Site};
use serde_json::{Value, json};

fn html(site: &Site, path: &str) -> String {
    site.render_page(site.page_at(path).unwrap(), &Mode::Export).html
}

fn file(site: &Site, path: &str) -> Option<String> {
    let file = site.shared_files().into_iter().find(|file| file.path == path)?;
    String::from_utf8(file.bytes.into_owned()).ok()
}

fn three_pages() -> Vec<Page> {
    let navigation = json!([{"id": "nav", "type": "navigation"}]);
    vec![
        common::page("index", None, navigation.clone()),
        common::page("trips", None, navigation.clone()),
        common::page("grenada", Some("trips"), navigation),
    ]
}

fn with_address() -> Site {
    let settings = json!({"title": "Yachts", "language": "de-AT", "base_url": "https://example.org/sub",
        "description": "About boats", "social_image": {"photo": "bay"}});
    common::site_with(settings, three_pages())
}

#[test]
fn all_links_are_relative_to_the_page() {
    let site = common::site(three_pages());
    let nested = html(&site, "trips/grenada.html");
    for part in [
        "href=\"../assets/site.css\"",
        "href=\"../favicon.svg\"",
        "href=\"../index.html\"",
        "href=\"../trips/grenada.html\" aria-current=\"page\"",
    ] {
        assert!(nested.contains(part), "{part}: {nested}");
    }
    for page in ["index.html", "trips/grenada.html"] {
        let html = html(&site, page);
        assert!(!html.contains("preload"), "a page opened as a file may fetch no font ahead: {html}");
        assert!(
            !html.contains("=\"/") && !html.contains("http://") && !html.contains("href=\"https:"),
            "{html}"
        );
    }
}

#[test]
fn the_head_is_whole_once_the_site_has_an_address() {
    let site = with_address();
    let nested = html(&site, "trips/grenada.html");
    for part in [
        "<link rel=\"preload\" href=\"../assets/fonts/bricolage-650.woff2\" as=\"font\" type=\"font/woff2\" crossorigin>",
        "<link rel=\"preload\" href=\"../assets/fonts/source-serif-400.woff2\" as=\"font\" type=\"font/woff2\" crossorigin>",
        "<html lang=\"de-AT\">",
        "<title>Title of grenada – Yachts</title>",
        "<meta name=\"description\" content=\"About boats\">",
        "<link rel=\"canonical\" href=\"https://example.org/sub/trips/grenada.html\">",
        "<meta property=\"og:url\" content=\"https://example.org/sub/trips/grenada.html\">",
        "<meta property=\"og:image\" content=\"https://example.org/sub/images/bay-",
        "<meta property=\"og:image:height\" content=\"1066\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        "<meta name=\"color-scheme\" content=\"light dark\">",
        "\"@type\":\"BreadcrumbList\"",
        "Zum Inhalt springen",
    ] {
        assert!(nested.contains(part), "{part}: {nested}");
    }
    assert!(html(&site, "index.html").contains("<link rel=\"canonical\" href=\"https://example.org/sub/\">"));
    let rendered = site.render_page(site.page_at("index.html").unwrap(), &Mode::Export);
    assert_eq!(rendered.images.len(), 1, "the picture of the social card is published");
}

#[test]
fn a_page_that_wants_to_be_left_alone_is() {
    let mut pages = three_pages();
    pages[1].seo.hidden = true;
    pages[2].seo.canonical = "https://elsewhere.example/original".to_owned();
    let settings = json!({"title": "Yachts", "language": "en", "base_url": "https://example.org"});
    let site = common::site_with(settings, pages);
    assert!(html(&site, "trips.html").contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(
        html(&site, "trips/grenada.html")
            .contains("rel=\"canonical\" href=\"https://elsewhere.example/original\"")
    );
    let sitemap = file(&site, "sitemap.xml").unwrap();
    assert_eq!(sitemap.matches("<loc>").count(), 1, "{sitemap}");
}

#[test]
fn shared_files_are_all_there_and_point_at_each_other() {
    let site = with_address();
    assert!(file(&site, "sitemap.xml").unwrap().contains("<loc>https://example.org/sub/trips.html</loc>"));
    assert!(file(&site, "robots.txt").unwrap().contains("Sitemap: https://example.org/sub/sitemap.xml"));
    let missing = file(&site, "404.html").unwrap();
    assert!(
        missing.contains("href=\"/sub/assets/site.css\"")
            && missing.contains("href=\"/sub/trips/grenada.html\"")
    );
    assert!(missing.contains("noindex") && missing.contains("<h1"));
    let css = file(&site, "assets/site.css").unwrap();
    let paths: Vec<String> = site.shared_files().into_iter().map(|file| file.path).collect();
    for font in css.split("url(").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        assert!(paths.contains(&format!("assets/{font}")), "{font}");
    }
    assert!(paths.is_sorted());
    assert!(!paths.contains(&"assets/gallery.js".to_owned()), "no script without a gallery");
    let bare = common::site(three_pages());
    assert_eq!(file(&bare, "sitemap.xml"), None);
    assert!(file(&bare, "404.html").unwrap().contains("href=\"assets/site.css\""));
}

#[test]
fn the_script_of_the_gallery_comes_only_where_it_is_needed() {
    let gallery = |lightbox: bool| json!([{"id": "g", "type": "gallery", "props": {"photos": [{"photo": "bay"}], "lightbox": lightbox}}]);
    let site = common::site(vec![
        common::page("index", None, gallery(true)),
        common::page("plain", None, gallery(false)),
    ]);
    assert!(file(&site, "assets/gallery.js").is_some_and(|script| script.len() < 4096));
    let with = site.render_page(site.page_at("index.html").unwrap(), &Mode::Export);
    assert_eq!(with.scripts, ["assets/gallery.js"]);
    let without = site.render_page(site.page_at("plain.html").unwrap(), &Mode::Export);
    assert!(without.scripts.is_empty() && !without.html.contains("<script src"));
}

#[test]
fn pictures_have_sizes_and_every_file_they_name_is_listed() {
    let modules = json!([
        {"id": "h", "type": "hero", "props": {"title": "A", "layout": "split", "image": {"photo": "bay"}}},
        {"id": "i", "type": "image", "props": {"image": {"photo": "bay"}}},
        {"id": "w", "type": "image", "props": {"image": {"photo": "wave"}}}
    ]);
    let site = common::site(vec![common::page("index", None, modules)]);
    let rendered = site.render_page(site.page_at("index.html").unwrap(), &Mode::Export);
    let html = &rendered.html;
    assert_eq!(html.matches("<img ").count(), 3);
    assert_eq!(html.matches(" width=\"3000\" height=\"2000\"").count(), 3);
    assert_eq!(html.matches("fetchpriority=\"high\"").count(), 1, "only the first picture comes first");
    assert_eq!(html.matches("loading=\"lazy\"").count(), 2);
    let listed: Vec<&str> = rendered.images.iter().map(|image| image.path.as_str()).collect();
    for path in html.split("images/").skip(1) {
        let name = path.split(['"', ' ', ',']).next().unwrap();
        assert!(listed.contains(&format!("images/{name}").as_str()), "{name}");
    }
    for image in &rendered.images {
        assert!(html.contains(&image.path), "{} is listed and not shown", image.path);
        assert_eq!(accid_render::image_file(&image.path, &site.source().photos).as_ref(), Some(image));
    }
}

#[test]
fn there_is_always_exactly_one_first_heading() {
    let hero = |id: &str| json!({"id": id, "type": "hero", "props": {"title": "A"}});
    for modules in [
        json!([]),
        json!([hero("a")]),
        json!([hero("a"), hero("b")]),
        json!([{"id": "s", "type": "section", "children": [hero("a")]}]),
    ] {
        let site = common::site(vec![common::page("index", None, modules)]);
        assert_eq!(html(&site, "index.html").matches("<h1").count(), 1);
    }
}

#[test]
fn links_that_lead_nowhere_are_found() {
    let modules = json!([
        {"id": "a", "type": "button", "props": {"label": "A", "target": "page:gone"}},
        {"id": "b", "type": "button", "props": {"label": "B", "target": "#nowhere"}},
        {"id": "c", "type": "button", "props": {"label": "C", "target": "data:text/html,x"}},
        {"id": "d", "type": "button", "props": {"label": "", "target": ""}},
        {"id": "e", "type": "text", "props": {"doc": {"type": "doc", "content": [{"type": "heading", "attrs": {"level": 4}}]}}}
    ]);
    let site = common::site(vec![common::page("index", None, modules)]);
    let findings = site.render_page(site.page_at("index.html").unwrap(), &Mode::Export).findings;
    let found: Vec<(&str, &str)> = findings
        .iter()
        .map(|finding| (finding.module.as_ref().unwrap().as_str(), finding.code.as_str()))
        .collect();
    for expected in [
        ("a", "link.page-missing"),
        ("b", "link.anchor-missing"),
        ("c", "link.refused"),
        ("d", "button.label-missing"),
        ("d", "button.target-missing"),
        ("e", "heading.skipped"),
    ] {
        assert!(found.contains(&expected), "{expected:?} is not in {found:?}");
    }
    assert!(findings.iter().all(|finding| finding.path == "index.html"));
}

#[test]
fn two_modules_with_one_id_or_anchor_do_not_share_it_in_html() {
    let form = json!({"id": "f", "type": "form", "anchor": "write", "props": {"fields": [{"label": "A"}]}});
    let site = common::site(vec![common::page("index", None, Value::from(vec![form.clone(), form]))]);
    let html = html(&site, "index.html");
    let mut ids: Vec<&str> =
        html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
}

#[test]
fn the_fingerprint_changes_with_what_other_pages_show_of_a_page() {
    let site = common::site(three_pages());
    let mut renamed = three_pages();
    renamed[1].title = "Journeys".to_owned();
    let mut rewritten = three_pages();
    rewritten[1].modules.clear();
    assert_ne!(common::site(renamed).fingerprint(), site.fingerprint());
    assert_eq!(common::site(rewritten).fingerprint(), site.fingerprint());
}

/// The page of a site that shows the photo `reef` so, with the site's settings of pictures.
fn with_reef(pictures: Value, kind: &str, props: Value) -> accid_render::RenderedPage {
    let module = json!([{"id": "one", "type": kind, "props": props}]);
    let settings = json!({"title": "Yachts", "language": "en", "pictures": pictures});
    let site = common::site_with(settings, vec![common::page("index", None, module)]);
    site.render_page(site.page_at("index.html").unwrap(), &Mode::Export)
}

#[test]
fn avif_comes_first_for_the_screens_the_settings_name() {
    let image = json!({"image": {"photo": "reef"}});
    let sources = |pictures: Value| {
        let page = with_reef(pictures, "image", image.clone());
        let sources: Vec<_> = page.html.split("<source ").skip(1).map(ToOwned::to_owned).collect();
        (sources, page.images.iter().filter(|file| file.path.ends_with(".avif")).count())
    };
    let (phones, files) = sources(json!({}));
    assert_eq!((phones.len(), files), (2, 2));
    assert!(
        phones[0].starts_with("type=\"image/avif\" media=\"(max-width: 639px)\" srcset=\"images/reef-"),
        "{phones:?}"
    );
    assert!(phones[0].contains("-960.avif 960w\" sizes=\"100vw\">"), "{phones:?}");
    assert!(phones[1].starts_with("type=\"image/webp\""), "{phones:?}");
    let (all, files) = sources(json!({"avif": "all"}));
    assert_eq!(files, 4);
    assert!(!all[0].contains("media=") && all[0].contains("-2400.avif 2400w"), "{all:?}");
    let (off, files) = sources(json!({"avif": "off"}));
    assert_eq!((off.len(), files), (1, 0));
}

#[test]
fn what_stands_in_for_a_picture_and_its_point_are_said_once_in_the_style_of_the_page() {
    let photos = json!({"photos": [{"photo": "reef"}, {"photo": "reef"}, {"photo": "reef", "focus": {"x": 7, "y": 8}}]});
    let html = with_reef(json!({}), "gallery", photos).html;
    assert_eq!(html.matches("url(data:image/bmp;base64,").count(), 1, "{html}");
    assert_eq!(html.matches(".f-20-80{object-position:20% 80%}").count(), 1);
    assert_eq!(html.matches(".f-7-8{object-position:7% 8%}").count(), 1);
    assert_eq!(html.matches(" f-20-80\"").count(), 2);
    let cover =
        with_reef(json!({}), "hero", json!({"title": "Reef", "layout": "cover", "image": {"photo": "reef"}}));
    assert!(cover.html.contains("<div class=\"hero-picture k-50\">"), "{}", cover.html);
    assert!(cover.html.contains(".k-50{--shade-high:0.5;--shade-low:0.65}"), "{}", cover.html);
}

#[test]
fn a_picture_nobody_described_is_found_unless_it_is_decoration() {
    let found = |kind: &str, props: Value| {
        let page = with_reef(json!({}), kind, props);
        let found = page.findings.iter().filter(|finding| finding.code == "image.alt-missing").count();
        (found, page.html.contains("alt=\"\""))
    };
    let image = |more: Value| {
        let mut image = json!({"photo": "reef"});
        image.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        image
    };
    for kind in ["image", "waypoint-image", "hero"] {
        assert_eq!(found(kind, json!({"image": image(json!({}))})), (1, true), "{kind}");
        assert_eq!(
            found(kind, json!({"image": image(json!({"decorative": true, "alt": "x"}))})),
            (0, true),
            "{kind}"
        );
        assert_eq!(found(kind, json!({"image": image(json!({"alt": "A reef"}))})), (0, false), "{kind}");
    }
    assert_eq!(
        found("gallery", json!({"photos": [image(json!({})), image(json!({"decorative": true}))]})),
        (1, true)
    );
    assert_eq!(
        found("image", json!({"image": {"photo": "bay"}})),
        (0, false),
        "the photo's own words are read"
    );
}
