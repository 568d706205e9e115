//! A site in several languages, reusable parts, feeds, and the search of a site.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use accid_model::Page;
use accid_render::{Mode, Site, TextState, strip_canvas, texts_in};
use serde_json::{Value, json};

fn page(value: Value) -> Page {
    let mut whole = json!({"schema_version": 2, "title": "T"});
    whole.as_object_mut().unwrap().extend(value.as_object().unwrap().clone());
    serde_json::from_value(whole).unwrap()
}

fn bilingual() -> Site {
    let hero = json!({"id": "hero", "type": "hero", "props": {"title": "The way", "text": "Nine islands."},
        "translations": {"de": {"/title": {"value": "Der Weg"}}}});
    let about = page(json!({"id": "about", "slug": "about", "title": "About", "modules": [
        {"id": "nav", "type": "navigation"}, hero],
        "translations": {"de": {"title": "Über uns", "slug": "ueber-uns"}}}));
    let index = page(json!({"id": "index", "slug": "index", "title": "Home", "modules": [
        {"id": "nav-2", "type": "navigation"},
        {"id": "button", "type": "button", "props": {"label": "More", "target": "page:about"}}]}));
    let settings = json!({"title": "Yachts", "language": "en", "languages": ["de", "en", "../x"],
        "base_url": "https://example.org", "translations": {"de": {"title": "Jachten"}}});
    common::site_with(settings, vec![index, about])
}

fn html(site: &Site, path: &str) -> String {
    let (site, page) = site.at(path).unwrap();
    site.render_page(page, &Mode::Export).html
}

fn file(site: &Site, path: &str) -> Option<String> {
    let file = site.shared_files().into_iter().find(|file| file.path == path)?;
    String::from_utf8(file.bytes.into_owned()).ok()
}

#[test]
fn a_page_comes_in_every_language_and_says_what_is_not_translated() {
    let site = bilingual();
    assert_eq!(site.languages().collect::<Vec<_>>(), ["en", "de"]);
    let german = html(&site, "de/ueber-uns.html");
    for part in [
        "<html lang=\"de\">",
        "<title>Über uns – Jachten</title>",
        ">Der Weg</h1>",
        "<p class=\"lead\" lang=\"en\">Nine islands.</p>",
        "Zum Inhalt springen",
        "<link rel=\"canonical\" href=\"https://example.org/de/ueber-uns.html\">",
        "hreflang=\"en\" href=\"https://example.org/about.html\"",
        "hreflang=\"x-default\" href=\"https://example.org/about.html\"",
        "<a href=\"../about.html\" lang=\"en\" hreflang=\"en\">English</a>",
        "<a href=\"../de/ueber-uns.html\" lang=\"de\" hreflang=\"de\" aria-current=\"true\">Deutsch</a>",
        "<a href=\"../de/index.html\" lang=\"en\">Home</a>",
        "href=\"../assets/site.css\"",
    ] {
        assert!(german.contains(part), "{part}: {german}");
    }
    let alternates = |html: &str| -> Vec<String> {
        html.lines()
            .filter(|line| line.contains("hreflang") && line.contains("<link"))
            .map(ToOwned::to_owned)
            .collect()
    };
    assert_eq!(alternates(&german), alternates(&html(&site, "about.html")), "both name the same pages");
}

#[test]
fn a_page_without_a_word_of_a_language_is_shown_but_not_offered_in_it() {
    let site = bilingual();
    let home = html(&site, "de/index.html");
    assert!(home.contains("<link rel=\"canonical\" href=\"https://example.org/\">"), "{home}");
    assert!(!home.contains("<link rel=\"alternate\" hreflang"), "{home}");
    assert!(home.contains("href=\"../de/ueber-uns.html\""), "links stay in the language: {home}");
    let sitemap = file(&site, "sitemap.xml").unwrap();
    assert_eq!(sitemap.matches("<loc>").count(), 3, "{sitemap}");
    assert_eq!(sitemap.matches("<xhtml:link").count(), 4, "{sitemap}");
}

#[test]
fn the_canvas_of_a_draft_in_a_language_is_its_page_with_marks() {
    let site = bilingual();
    let german = site.in_language("de").unwrap();
    let mode = Mode::Canvas { nonce: "n0nce".to_owned() };
    let own = site.page("about").unwrap();
    let canvas = german.render_draft(own, &mode).html;
    assert_eq!(strip_canvas(&canvas), html(&site, "de/ueber-uns.html"));
    let module = german.render_module(own, &own.modules[1], &mode);
    assert!(canvas.contains(&module.html) && module.html.contains("Der Weg"), "{}", module.html);
}

#[test]
fn translations_follow_items_that_move_and_are_outdated_when_their_source_changed() {
    let fingerprint = |text: &str| accid_model::Translation::fingerprint(&json!(text));
    let form = |labels: [&str; 2]| -> accid_model::Module {
        let fields: Vec<Value> = labels.iter().map(|label| json!({"label": label})).collect();
        serde_json::from_value(json!({"id": "f", "type": "form", "props": {"fields": fields},
            "translations": {"de": {
                "/fields/0/label": {"value": "Dein Name", "of": fingerprint("Your name")},
                "/fields/1/label": {"value": "Woche", "of": fingerprint("Week")}}}}))
        .unwrap()
    };
    let states = |labels| -> Vec<TextState> {
        texts_in(&form(labels), "de").into_iter().map(|text| text.state).collect()
    };
    use TextState::{Missing, Outdated, Translated};
    assert_eq!(states(["Your name", "Week"]), [Translated, Translated]);
    assert_eq!(states(["Week", "Your name"]), [Translated, Translated], "moved");
    assert_eq!(states(["Your full name", "Week"]), [Outdated, Translated]);
    assert_eq!(states(["Boat", "Your name"]), [Missing, Translated], "its place has the text of another");
}

#[test]
fn the_words_of_a_map_are_told_in_every_language_of_the_site() {
    let mut german =
        json!({"title": "Inseln", "map_label": "Karte der Grenadinen", "routes": {"south": "Nach Süden"}});
    let map = |told: &Value| {
        page(json!({"id": "index", "slug": "index", "title": "Islands", "translations": {"de": told},
            "spatial": {"area": "lesser-antilles", "label": "Map of the Grenadines",
                "routes": [{"id": "south", "name": "Southward", "points": [{"lat": 13.0, "lon": -61.2}, {"lat": 12.6, "lon": -61.4}]}]},
            "modules": [{"id": "bay", "type": "text", "place": {"lat": 13.0, "lon": -61.2, "label": "The bay"},
                "props": {"doc": {"type": "doc", "content": []}},
                "translations": {"de": {"/place/label": {"value": "Die Bucht"}}}}]}))
    };
    let html = |told: &Value, language: &str| {
        let settings = json!({"title": "Yachts", "language": "en", "languages": ["de", "en"]});
        let site = common::site_with(settings, vec![map(told)]);
        let path = if language == "de" { "de/index.html" } else { "index.html" };
        let (site, page) = site.at(path).unwrap();
        site.render_page(page, &Mode::Export).html
    };
    let (english, told) = (html(&german, "en"), html(&german, "de"));
    assert!(
        english.contains("The bay")
            && english.contains("Southward")
            && english.contains("Map of the Grenadines")
    );
    assert!(
        told.contains("Die Bucht") && told.contains("Nach Süden") && told.contains("Karte der Grenadinen"),
        "{told}"
    );
    assert!(!told.contains("The bay") && !told.contains("Southward"), "{told}");
    german["routes"] = json!({});
    assert!(html(&german, "de").contains("Southward"), "what is not translated stays as it is");
}

fn with_part(section: Value, part: Value) -> Site {
    let footer = page(json!({"id": "footer", "slug": "footer", "role": "part", "modules": part}));
    common::site(vec![page(json!({"id": "index", "slug": "index", "modules": [section]})), footer])
}

#[test]
fn a_section_shows_its_part_and_nobody_edits_the_part_there() {
    let section = json!({"id": "s", "type": "section", "props": {"part": "footer"},
        "children": [{"id": "own", "type": "button", "props": {"label": "Hidden"}}]});
    let button =
        json!({"id": "b", "type": "button", "props": {"label": "Call us", "target": "nowhere/at all"}});
    let site = with_part(section, json!([button]));
    let export = html(&site, "index.html");
    assert!(export.contains("Call us") && !export.contains("Hidden"), "{export}");
    let mode = Mode::Canvas { nonce: "n".to_owned() };
    let rendered = site.render_page(site.page("index").unwrap(), &mode);
    assert_eq!(strip_canvas(&rendered.html), export);
    assert!(
        !rendered.html.contains("data-accid-id=\"b\"")
            && rendered.html.contains("data-accid-part=\"footer\"")
    );
    assert!(rendered.links.is_empty() && rendered.findings.is_empty(), "{:?}", rendered.findings);
    let module =
        site.render_module(site.page("index").unwrap(), &site.page("index").unwrap().modules[0], &mode);
    assert!(rendered.html.contains(&module.html), "{}", module.html);
    // The part itself has a canvas, but is in no list of pages.
    assert!(site.at("_part/footer.html").is_some());
    assert!(!file(&site, "404.html").unwrap().contains("footer.html"));
}

#[test]
fn a_part_that_is_missing_or_shows_itself_is_a_finding_and_shows_nothing() {
    let section = |part: &str| json!({"id": "s", "type": "section", "props": {"part": part}});
    let codes = |site: &Site, page: &str| -> Vec<String> {
        let rendered = site.render_page(site.page(page).unwrap(), &Mode::Export);
        rendered.findings.into_iter().map(|finding| finding.code).collect()
    };
    assert_eq!(codes(&with_part(section("gone"), json!([])), "index"), ["part.missing"]);
    assert_eq!(
        codes(&with_part(section("index"), json!([])), "index"),
        ["part.missing"],
        "a page is no part"
    );
    let twice = json!([{"id": "l1", "type": "section", "props": {"part": "footer"}},
        {"id": "l2", "type": "section", "props": {"part": "footer"}}]);
    let site = with_part(section("footer"), twice);
    assert_eq!(codes(&site, "footer"), ["part.loop", "part.loop"]);
    assert!(html(&site, "index.html").len() < 20_000);
}

#[test]
fn articles_are_in_the_feeds_newest_first_and_say_what_they_are() {
    let entry = |slug: &str, date: &str, more: Value| {
        let mut value = json!({"id": slug, "slug": slug, "title": format!("<{slug}> & more"), "kind": "article",
            "date": date, "tags": ["sea"], "seo": {"description": "Salt & wind"}});
        value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        page(value)
    };
    let pages = vec![
        page(json!({"id": "index", "slug": "index"})),
        entry("old", "2026-01-02", json!({})),
        entry("new", "2026-03-01", json!({"author": "Ada"})),
        entry("hidden", "2026-03-02", json!({"seo": {"hidden": true}})),
        entry("undated", "soon", json!({})),
    ];
    let settings =
        json!({"title": "Log", "language": "en", "base_url": "https://example.org", "author": "Eve"});
    let site = common::site_with(settings, pages.clone());
    let rss = file(&site, "feed.xml").unwrap();
    assert_eq!(rss.matches("<item>").count(), 2, "{rss}");
    assert!(rss.find("new.html").unwrap() < rss.find("old.html").unwrap());
    for part in [
        "<title>&lt;new&gt; &amp; more</title>",
        "<pubDate>Sun, 01 Mar 2026 12:00:00 +0000</pubDate>",
        "<dc:creator>Ada</dc:creator>",
        "<category>sea</category>",
        "href=\"https://example.org/feed.xml\"",
    ] {
        assert!(rss.contains(part), "{part}: {rss}");
    }
    let feed: Value = serde_json::from_str(&file(&site, "feed.json").unwrap()).unwrap();
    assert_eq!(feed["items"][0]["url"], "https://example.org/new.html");
    assert_eq!(feed["items"][1]["authors"][0]["name"], "Eve");
    let article = html(&site, "new.html");
    for part in [
        "\"@type\":\"Article\"",
        "\"datePublished\":\"2026-03-01\"",
        "application/rss+xml",
        "article:published_time",
    ] {
        assert!(article.contains(part), "{part}: {article}");
    }
    assert_eq!(file(&common::site(pages), "feed.xml"), None, "a feed needs complete addresses");
}

#[test]
fn each_kind_of_page_tells_search_engines_what_it_is() {
    let faq = json!([{"id": "t", "type": "text", "props": {"doc": {"type": "doc", "content": [
        {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Booking"}]},
        {"type": "heading", "attrs": {"level": 3}, "content": [{"type": "text", "text": "When?"}]},
        {"type": "paragraph", "content": [{"type": "text", "text": "In May."}]}]}}}]);
    for (fields, part) in [
        (
            json!({"kind": "faq", "modules": faq}),
            "\"mainEntity\":[{\"@type\":\"Question\",\"name\":\"When?\"",
        ),
        (
            json!({"kind": "event", "date": "2026-05-01", "facts": {"place": "Linz"}}),
            "\"startDate\":\"2026-05-01\"",
        ),
        (json!({"kind": "product", "facts": {"price": "49,50", "currency": "EUR"}}), "\"price\":\"49.50\""),
        (json!({"kind": "contact"}), "\"@type\":\"ContactPage\""),
        (json!({"kind": "hologram"}), "\"@type\":\"WebPage\""),
    ] {
        let mut value = json!({"id": "p", "slug": "p"});
        value.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let html = html(&common::site(vec![page(value)]), "p.html");
        assert!(html.contains(part), "{part}: {html}");
    }
}

#[test]
fn the_search_knows_every_page_and_only_pages_with_its_box_load_it() {
    let navigation = json!([{"id": "n", "type": "navigation", "props": {"search": true}}]);
    let words = json!([{"id": "h", "type": "hero", "props": {"title": "</script> Grenada"}}]);
    let pages = vec![
        page(json!({"id": "index", "slug": "index", "modules": navigation})),
        page(json!({"id": "trip", "slug": "trip", "modules": words})),
        page(json!({"id": "secret", "slug": "secret", "seo": {"hidden": true}})),
    ];
    let site = common::site(pages);
    let index = file(&site, "search-index.js").unwrap();
    assert!(index.contains("trip.html") && index.contains("Grenada") && !index.contains("secret"), "{index}");
    assert!(file(&site, "assets/search.js").unwrap().len() < 8 * 1024);
    assert!(html(&site, "index.html").contains("assets/search.js"));
    assert!(!html(&site, "trip.html").contains("search"));
    let without = common::site(vec![page(json!({"id": "index", "slug": "index"}))]);
    assert!(file(&without, "search-index.js").is_none() && file(&without, "assets/search.js").is_none());
}

#[test]
fn the_page_for_addresses_where_nothing_is_speaks_every_language_of_the_site() {
    let navigation = json!([{"id": "n", "type": "navigation"}]);
    let pages = || {
        vec![page(json!({"id": "index", "slug": "index", "title": "Home", "modules": navigation,
        "translations": {"de": {"title": "Anfang"}}}))]
    };
    let settings =
        |address: &str| json!({"title": "Log", "language": "en", "languages": ["de"], "base_url": address});
    let known = common::site_with(settings("https://example.org/log"), pages());
    let german = file(&known, "de/404.html").unwrap();
    for part in [
        "lang=\"de\"",
        "Seite nicht gefunden",
        "href=\"/log/de/index.html\"",
        "href=\"/log/assets/site.css\"",
    ] {
        assert!(german.contains(part), "{part}: {german}");
    }
    assert!(file(&known, "404.html").unwrap().contains("Page not found"));
    assert_eq!(file(&known, "_redirects").unwrap(), "/log/de/* /log/de/404.html 404\n");
    assert_eq!(file(&known, ".htaccess"), None);
    let bare = file(&common::site_with(settings(""), pages()), "de/404.html").unwrap();
    assert!(bare.contains("href=\"../assets/site.css\""), "{bare}");
    assert_eq!(file(&common::site(pages()), "_redirects"), None);
}

#[test]
fn an_old_address_in_another_language_leads_to_the_page_in_that_language() {
    let about = json!({"id": "about", "slug": "painter", "title": "About", "former": ["about.html", "de/about.html"],
        "translations": {"de": {"title": "Über uns", "slug": "malerin"}}});
    let settings =
        json!({"title": "Log", "language": "en", "languages": ["de"], "base_url": "https://example.org"});
    let site = common::site_with(settings, vec![page(about)]);
    let german = file(&site, "de/about.html").unwrap();
    for part in ["lang=\"de\"", "url=../de/malerin.html", "Zu ihrer neuen Adresse"] {
        assert!(german.contains(part), "{part}: {german}");
    }
    assert!(file(&site, "about.html").unwrap().contains("url=painter.html"));
    let rules = file(&site, "_redirects").unwrap();
    assert!(rules.contains("/de/about.html /de/malerin.html 301\n"), "{rules}");
}

#[test]
fn what_a_photo_shows_is_read_in_the_language_of_the_page() {
    let image =
        |id: &str, photo: &str| json!({"id": id, "type": "image", "props": {"image": {"photo": photo}}});
    let index = json!({"id": "index", "slug": "index", "title": "Home", "modules": [image("a", "bay"), image("b", "wave")],
        "translations": {"de": {"title": "Anfang"}}});
    let known =
        common::site_with(json!({"title": "Log", "language": "en", "languages": ["de"]}), vec![page(index)]);
    let mut source = known.source().clone();
    source.photos[0].translations.insert(
        "de".to_owned(),
        accid_model::PhotoTranslation { alt: "Eine Bucht".to_owned(), caption: String::new() },
    );
    let site = Site::new(source);
    let german = html(&site, "de/index.html");
    assert!(german.contains("alt=\"Eine Bucht\"") && !german.contains("lang=\"en\" alt=\"Eine"), "{german}");
    assert!(german.contains("lang=\"en\" alt=\"What wave shows\""), "{german}");
    assert!(html(&site, "index.html").contains("alt=\"What bay shows\""));
}
