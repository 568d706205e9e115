//! The demo is a real project: every page is sound, and all kinds of modules are used.
mod common;

use std::collections::BTreeSet;

use accid_base::Severity;
use common::{bench, read, write};

#[test]
fn the_demo_uses_all_kinds_of_modules_and_nothing_in_it_is_amiss() {
    let bench = bench();
    let demo = bench.studio.projects().create_demo(&write()).unwrap();
    let slug = demo.slug.to_string();
    let pages = bench.studio.pages().list(&read(), &slug, None).unwrap();
    assert_eq!(pages.len(), 5);
    let modules = bench.studio.modules().list(&read(), &slug, None).unwrap();
    let kinds: BTreeSet<_> = modules.iter().map(|module| module.module.kind.clone()).collect();
    let known: BTreeSet<_> = accid_render::module_types().iter().map(|kind| kind.kind.to_owned()).collect();
    assert_eq!(kinds, known);
    for module in &modules {
        let (errors, _) = accid_render::check_module(&module.module);
        assert!(errors.is_empty(), "{}: {errors:?}", module.module.id);
    }
    let findings = bench.export(&slug, "/out")["findings"].clone();
    let findings: Vec<accid_base::Finding> = serde_json::from_value(findings).unwrap();
    let amiss: Vec<_> = findings.iter().filter(|finding| finding.severity > Severity::Note).collect();
    assert!(amiss.is_empty(), "{amiss:#?}");
}

#[test]
fn the_canvas_of_every_demo_page_is_its_export() {
    let bench = bench();
    let demo = bench.studio.projects().create_demo(&write()).unwrap();
    let slug = demo.slug.to_string();
    bench.export(&slug, "/out");
    for page in bench.studio.pages().list(&read(), &slug, None).unwrap() {
        let accid_studio::Served::Html { body, .. } =
            bench.studio.pages().canvas(&read(), &slug, &page.path, "n").unwrap()
        else {
            panic!("{} is no page", page.path);
        };
        assert_eq!(accid_render::strip_canvas(&body), bench.file(&format!("/out/{}", page.path)));
    }
}

#[test]
fn asking_twice_for_the_demo_gives_the_same_one() {
    let bench = bench();
    let first = bench.studio.projects().create_demo(&write()).unwrap().id;
    assert_eq!(bench.studio.projects().create_demo(&write()).unwrap().id, first);
}
