//! Whatever is rendered: canvas and export are the same, a module alone is the same as in its page, and no text of a
//! user becomes markup.

mod common;

use accid_model::{Module, Page};
use accid_render::{Mode, Site, module_types, strip_canvas};
use proptest::prelude::*;
use serde_json::json;

fn canvas() -> Mode {
    Mode::Canvas { nonce: "n0nce".to_owned() }
}

fn check(site: &Site, page: &Page) -> Result<(), String> {
    let export = site.render_page(page, &Mode::Export);
    let shown = site.render_page(page, &canvas());
    let same = |name: &str, one: &str, two: &str| {
        if one == two { Ok(()) } else { Err(format!("{name} differs:\n{one}\n---\n{two}")) }
    };
    same("canvas without its marks", &strip_canvas(&shown.html), &export.html)?;
    same("export without marks", &strip_canvas(&export.html), &export.html)?;
    if export.findings != shown.findings || export.images != shown.images {
        return Err("findings or pictures differ".to_owned());
    }
    common::check_tags(&export.html)?;
    for bad in ["<script>alert", "<img src=x", "href=\"javascript:", " onerror=alert(1)>"] {
        if export.html.contains(bad) {
            return Err(format!("{bad} in {}", export.html));
        }
    }
    let mut modules: Vec<&Module> = Vec::new();
    page.modules.iter().for_each(|module| module.walk(&mut |module| modules.push(module)));
    for module in modules {
        let alone = site.render_module(page, module, &Mode::Export);
        let nested_in_nothing = !export.html.contains(&alone.html);
        if nested_in_nothing && is_reached(&page.modules, module) {
            return Err(format!("{} alone differs:\n{}\n---\n{}", module.id, alone.html, export.html));
        }
        let style = format!("<style>{}</style>", alone.style.trim_end());
        if !alone.style.is_empty() && !export.html.contains(&style) {
            return Err(format!("style differs: {style}"));
        }
    }
    Ok(())
}

/// Whether it shows a reusable part, and so nothing of its own.
fn shows_a_part(module: &Module) -> bool {
    let part = module.props.get("part").and_then(|part| part.as_str());
    module.kind == "section" && part.is_some_and(|part| !part.trim().is_empty())
}

/// Whether all modules around it are shown and hold others.
fn is_reached(modules: &[Module], wanted: &Module) -> bool {
    modules.iter().any(|module| {
        module.id == wanted.id
            || (module.visibility.published
                && !shows_a_part(module)
                && module_types().iter().any(|kind| kind.kind == module.kind && kind.nests)
                && is_reached(&module.children, wanted))
    })
}

#[test]
fn every_kind_is_the_same_on_the_canvas_alone_and_in_the_export() {
    for kind in module_types() {
        let mut page = common::page("grenada", Some("about"), json!([]));
        page.modules = vec![common::full_example(kind.kind)];
        check(&common::site_of(&page), &page).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_pages_are_the_same_on_the_canvas_alone_and_in_the_export(page in common::pages()) {
        let site = common::site_of(&page);
        prop_assert_eq!(check(&site, &page), Ok(()));
    }

    #[test]
    fn the_same_documents_are_the_same_bytes(page in common::pages()) {
        let (one, two) = (common::site_of(&page), common::site_of(&page));
        prop_assert_eq!(one.fingerprint(), two.fingerprint());
        prop_assert_eq!(one.render_page(&page, &Mode::Export).html, two.render_page(&page, &Mode::Export).html);
    }
}

#[test]
fn the_canvas_says_where_modules_slots_and_texts_are() {
    let mut page = common::page("index", None, json!([]));
    page.modules = vec![common::full_example("section"), common::example("hero")];
    let html = common::site(vec![page.clone()]).render_page(&page, &canvas()).html;
    for mark in [
        "<main class=\"flow\" id=\"main_content\" data-accid-slot=\"page\">",
        "data-accid-id=\"the-section\"",
        "data-accid-slot=\"the-section\"",
        "data-accid-prop=\"title\">The route</h2>",
        "data-accid-prop=\"buttons/0/label\">See the route</a>",
        "data-accid-rich=\"doc\"",
        "<script data-accid-helper nonce=\"n0nce\">",
    ] {
        assert!(html.contains(mark), "{mark} is not in {html}");
    }
    assert_eq!(html.matches("<script data-accid-helper").count(), 1);
}

#[test]
fn an_unsaved_draft_takes_the_place_of_its_module() {
    let mut page = common::page("index", None, json!([]));
    page.modules = vec![common::full_example("section")];
    let site = common::site(vec![page.clone()]);
    let mut draft = page.modules[0].children[1].clone();
    draft.props.insert("title".to_owned(), json!("A draft"));
    draft.style = serde_json::from_value(json!({"desktop": {"padding_top": "xl"}})).unwrap();
    let rendered = site.render_module(&page, &draft, &Mode::Export);
    assert!(
        rendered
            .html
            .contains("<h3 class=\"card-title\"><a href=\"https://example.org/grenadines\">A draft</a></h3>")
    );
    assert!(rendered.style.contains(".s-the-link{padding-top:var(--space-xl);}"));
    page.modules[0].children[1] = draft;
    assert!(site.render_page(&page, &Mode::Export).html.contains(&rendered.html));
}
