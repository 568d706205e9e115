//! Patterns as a person uses them: on a page, as a new page, and kept from one's own.
#![allow(clippy::unwrap_used, reason = "tests")]
mod common;

use accid_base::ErrorCode;
use accid_studio::{ApplyMode, ApplyPattern, CreatePage, PageView, PatternKind, SavePattern};
use common::{Bench, bench, fields, read, write};
use serde_json::json;

fn apply(bench: &Bench, site: &str, page: &str, pattern: &str, mode: ApplyMode) -> PageView {
    let request = ApplyPattern { pattern: pattern.to_owned(), mode, index: None };
    bench.studio.patterns().apply(&write(), site, page, &request, None).unwrap()
}

fn begun_with(bench: &Bench, site: &str, pattern: &str, title: &str) -> PageView {
    let request =
        CreatePage { title: title.to_owned(), pattern: Some(pattern.to_owned()), ..CreatePage::default() };
    bench.studio.pages().create(&write(), site, &request).unwrap()
}

#[test]
fn a_page_that_is_replaced_by_a_pattern_is_what_the_pattern_is_and_keeps_its_own_words() {
    let bench = bench();
    let site = bench.site("Kinds");
    bench.page(&site, "Questions");
    let page = apply(&bench, &site, "questions", "faq", ApplyMode::Replace);
    assert_eq!(page.fields["kind"], "faq");
    assert!(page.fields["seo"]["description"].as_str().unwrap().contains("questions"));
    let own = fields(json!({"seo": {"description": "Ours"}}));
    bench.studio.pages().update(&write(), &site, "questions", &own, None).unwrap();
    let page = apply(&bench, &site, "questions", "event", ApplyMode::Replace);
    assert_eq!(page.fields["kind"], "event");
    assert_eq!(page.fields["seo"]["description"], "Ours");
    assert!(page.fields["seo"]["image"]["photo"].as_str().is_some_and(|photo| photo != "admiralty-bay"));
    // A plain page is plain again, and what comes behind others changes nothing of what the page is.
    assert!(!apply(&bench, &site, "questions", "landing", ApplyMode::Replace).fields.contains_key("kind"));
    assert!(!apply(&bench, &site, "questions", "event", ApplyMode::Append).fields.contains_key("kind"));
    assert!(!apply(&bench, &site, "questions", "hero-words", ApplyMode::Replace).fields.contains_key("kind"));
}

#[test]
fn a_new_page_begins_with_a_pattern_and_an_article_with_the_day() {
    let bench = bench();
    let site = bench.site("Journal");
    let entry = begun_with(&bench, &site, "journal-entry", "Rain");
    assert_eq!(
        (entry.fields["kind"].as_str(), entry.fields["date"].as_str()),
        (Some("article"), Some("2026-03-01"))
    );
    assert!(entry.modules.len() > 3);
    assert_eq!(entry.fields["title"], "Rain");
    let menu = begun_with(&bench, &site, "menu", " ");
    assert!(!menu.fields["title"].as_str().unwrap().trim().is_empty(), "it is called as the pattern is");
    let unknown = CreatePage { pattern: Some("nothing".to_owned()), ..CreatePage::default() };
    let refused = bench.studio.pages().create(&write(), &site, &unknown).unwrap_err();
    assert_eq!(refused.code, ErrorCode::ObjectNotFound);
}

#[test]
fn a_page_and_a_module_are_kept_as_patterns_and_used_again_with_ids_of_their_own() {
    let bench = bench();
    let site = bench.site("Own");
    let event = begun_with(&bench, &site, "event", "Open studio");
    let keep = |title: &str, module| {
        let request = SavePattern { title: title.to_owned(), page: "open-studio".to_owned(), module };
        bench.studio.patterns().save(&write(), &site, &request).unwrap()
    };
    let whole = keep("", None);
    assert_eq!(whole.fields["title"], "Open studio");
    assert_eq!(whole.fields["role"], "pattern");
    let first = event.modules[2].module.id.clone();
    let part = keep("Three facts", Some(first.clone()));
    assert_eq!(part.modules.len(), 1);
    assert_ne!(part.modules[0].module.id, first);
    let own = bench.studio.patterns().own(&read(), &site).unwrap();
    let kinds: Vec<_> = own.iter().map(|pattern| (pattern.title.as_str(), pattern.kind)).collect();
    assert_eq!(kinds, [("Open studio", PatternKind::Page), ("Three facts", PatternKind::Section)]);

    let again = begun_with(&bench, &site, own[0].id.as_str(), "Next year");
    assert_eq!(again.fields["kind"], "event");
    assert_eq!(again.modules.len(), event.modules.len());
    let page = apply(&bench, &site, "next-year", own[1].id.as_str(), ApplyMode::Append);
    assert_eq!(page.modules.len(), event.modules.len() + 1);
    let missing = SavePattern {
        module: Some("gone".parse().unwrap()),
        page: "next-year".into(),
        ..SavePattern::default()
    };
    assert!(bench.studio.patterns().save(&write(), &site, &missing).is_err());
}
