//! Versions, the trash, publishing, events and roles.
#![allow(clippy::unwrap_used, reason = "a test may")]
mod common;

use accid_base::{ErrorCode, Vfs as _};
use accid_studio::{Restore, Role, Roles, SetEnvironment, TrashKind, TrashRequest};
use common::{administer, bench, bench_with, fields, open_on, publish, read, write};
use serde_json::json;

fn title(bench: &common::Bench, site: &str, page: &str) -> String {
    let page = bench.studio.pages().get(&read(), site, page).unwrap();
    page.fields["title"].as_str().unwrap().to_owned()
}

#[test]
fn yesterday_can_be_undone_and_the_undoing_too() {
    let bench = bench();
    let site = bench.site("Undo");
    bench.page(&site, "About");
    bench.later();
    let good = bench.studio.history().snapshot(&write(), &site, "All well").unwrap();
    bench.later();
    let edit = fields(json!({ "title": "Spoiled", "slug": "spoiled" }));
    bench.studio.pages().update(&write(), &site, "about", &edit, None).unwrap();
    bench.later();
    let only_page = Restore {
        version: good.id,
        page: Some("spoiled".to_owned()),
        module: None,
        photo: None,
        theme: false,
    };
    bench.studio.history().restore(&write(), &site, &only_page).unwrap();
    assert_eq!(title(&bench, &site, "about"), "About");
    assert!(bench.studio.pages().get(&read(), &site, "spoiled").is_err());
    let versions = bench.studio.history().versions(&read(), &site).unwrap();
    assert!(versions.len() >= 3, "{versions:?}");
    let spoiled = versions.iter().skip(1).find(|version| version.kind == "automatic").unwrap();
    let all = Restore { version: spoiled.id.clone(), page: None, module: None, photo: None, theme: false };
    bench.studio.history().restore(&write(), &site, &all).unwrap();
    assert_eq!(title(&bench, &site, "spoiled"), "Spoiled");
}

#[test]
fn one_module_comes_back_and_the_rest_of_the_page_stays() {
    let bench = bench();
    let site = bench.site("Module");
    let doc = |text: &str| json!({ "doc": { "type": "doc", "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": text }] }] } });
    let text = bench.module(&site, "index", "text", doc("then")).module.id;
    let named = bench.studio.history().snapshot(&write(), &site, "then").unwrap();
    bench.later();
    bench.studio.modules().remove(&write(), &site, text.as_str(), None).unwrap();
    let edit = fields(json!({ "title": "New title" }));
    bench.studio.pages().update(&write(), &site, "index", &edit, None).unwrap();
    let request =
        Restore { version: named.id, page: None, module: Some(text.clone()), photo: None, theme: false };
    bench.studio.history().restore(&write(), &site, &request).unwrap();
    assert!(bench.studio.modules().get(&read(), &site, text.as_str()).is_ok());
    assert_eq!(title(&bench, &site, "index"), "New title");
}

#[test]
fn what_goes_to_the_trash_comes_back_to_where_it_was() {
    let bench = bench();
    let site = bench.site("Trash");
    bench.page(&site, "About");
    let request = |kind, id: &str| TrashRequest { kind, id: Some(id.to_owned()) };
    let page = bench.studio.trash().remove(&write(), &site, &request(TrashKind::Page, "about")).unwrap();
    let module =
        bench.module(&site, "index", "button", json!({ "label": "Go", "target": "https://example.org/" }));
    let module_id = module.module.id.to_string();
    let binned =
        bench.studio.trash().remove(&write(), &site, &request(TrashKind::Module, &module_id)).unwrap();
    assert_eq!(bench.studio.trash().list(&read(), &site).unwrap().len(), 2);
    bench.studio.trash().restore(&write(), &site, Some(page.entry.as_str())).unwrap();
    bench.studio.trash().restore(&write(), &site, Some(binned.entry.as_str())).unwrap();
    assert_eq!(title(&bench, &site, "about"), "About");
    let back = bench.studio.modules().get(&read(), &site, &module_id).unwrap();
    assert_eq!(back.order, module.order);
    assert!(bench.studio.trash().list(&read(), &site).unwrap().is_empty());
}

#[test]
fn a_project_goes_to_the_trash_comes_back_and_is_gone_only_when_emptied() {
    let bench = bench();
    let site = bench.site("Whole");
    let id = bench.studio.projects().get(&read(), &site).unwrap().id;
    let remove = || bench.studio.projects().remove(&write(), &site, None).unwrap();
    remove();
    assert_eq!(bench.studio.projects().get(&read(), &site).unwrap_err().code, ErrorCode::ProjectNotFound);
    bench.studio.trash().restore(&write(), id.as_str(), None).unwrap();
    assert_eq!(bench.studio.projects().get(&read(), &site).unwrap().id, id);
    remove();
    assert_eq!(bench.studio.trash().empty(&administer()).unwrap().removed, 1);
    assert!(bench.studio.trash().restore(&write(), id.as_str(), None).is_err());
}

#[test]
fn publishing_to_a_folder_sends_only_what_changed() {
    let bench = bench();
    let site = bench.site("Publish");
    let place = SetEnvironment { url: "file:///srv/site".to_owned(), public_url: String::new() };
    bench.studio.publishing().set_environment(&administer(), &site, "production", &place).unwrap();
    let plan = || bench.studio.publishing().plan(&publish(), &site, "production").unwrap();
    let send = || {
        let job = bench.studio.publishing().start(&publish(), &site, "production").unwrap();
        bench.studio.jobs().wait(&read(), job.id.as_str()).unwrap().result.unwrap()
    };
    assert!(plan().added.contains(&"index.html".to_owned()));
    assert!(send()["uploaded"].as_u64().unwrap() > 3);
    assert_eq!(send()["uploaded"], 0);
    let edit = fields(json!({ "title": "Another title" }));
    bench.studio.pages().update(&write(), &site, "index", &edit, None).unwrap();
    assert!(plan().changed.contains(&"index.html".to_owned()));
    send();
    assert!(bench.file("/srv/site/index.html").contains("Another title"));
}

#[test]
fn publishing_over_somebody_elses_page_is_refused() {
    let bench = bench();
    let site = bench.site("Theirs");
    bench.vfs.create_folders(std::path::Path::new("/srv/www")).unwrap();
    bench.vfs.write(std::path::Path::new("/srv/www/index.html"), b"theirs").unwrap();
    let place = SetEnvironment { url: "file:///srv/www".to_owned(), public_url: String::new() };
    bench.studio.publishing().set_environment(&administer(), &site, "production", &place).unwrap();
    let job = bench.studio.publishing().start(&publish(), &site, "production").unwrap();
    assert!(bench.studio.jobs().wait(&read(), job.id.as_str()).is_err());
    assert_eq!(bench.file("/srv/www/index.html"), "theirs");
}

#[test]
fn an_environment_inside_the_data_root_or_of_a_strange_kind_is_refused() {
    let bench = bench();
    let site = bench.site("Places");
    for url in ["file:///data/projects", "file:///", "gopher://x", "file://../x", "", "https://example.org"] {
        let place = SetEnvironment { url: url.to_owned(), public_url: String::new() };
        let refused = bench.studio.publishing().set_environment(&administer(), &site, "production", &place);
        assert!(!refused.unwrap_err().fix.is_empty(), "{url}");
    }
}

#[test]
fn events_after_an_id_are_told_again_after_a_restart() {
    let bench = bench();
    let site = bench.site("Events");
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = std::sync::Arc::clone(&seen);
    let listener =
        std::sync::Arc::new(move |event: &accid_studio::Event| sink.lock().unwrap().push(event.clone()));
    let subscription = bench.studio.events().subscribe(&read(), listener);
    bench.page(&site, "One");
    let last = seen.lock().unwrap().iter().filter_map(|event| event.id.clone()).next_back().unwrap();
    drop(subscription);
    bench.clock.advance_milliseconds(5);
    bench.page(&site, "Two");
    let told = seen.lock().unwrap().len();
    bench.studio.close().unwrap();
    let common::Bench { studio, vfs, clock } = bench;
    drop(studio);
    let again = open_on(&vfs, &clock, Roles::all());
    let missed = again.events().after(&read(), &last).unwrap();
    assert_eq!(missed.len(), 1, "{missed:?}");
    assert_eq!(missed[0].name, "item-created");
    assert_eq!(missed[0].data["path"], "pages/two.json");
    assert_eq!(seen.lock().unwrap().len(), told, "an ended subscription hears nothing");
}

#[test]
fn the_builder_alone_edits_and_exports_and_says_what_is_missing() {
    let bench = bench_with(Roles::only(Role::Builder));
    let site = bench.site("Alone");
    bench.page(&site, "About");
    bench.export(&site, "/out");
    let refused = bench.studio.publishing().plan(&publish(), &site, "production").unwrap_err();
    assert_eq!(refused.code, ErrorCode::ServiceUnavailable);
    assert!(refused.sentence().contains("Vault"), "{refused}");
}

#[test]
fn a_document_of_version_1_is_migrated_with_a_plan_and_a_version_before() {
    let bench = bench();
    let site = bench.site("Old");
    bench.studio.close().unwrap();
    let folder = std::path::Path::new("/data/projects").join(&site).join("pages");
    let old = include_bytes!("fixtures/page-1.json");
    bench.vfs.write(&folder.join("harbour-log.json"), old).unwrap();
    let studio = {
        let common::Bench { studio, vfs, clock } = bench;
        drop(studio);
        open_on(&vfs, &clock, Roles::all())
    };
    let plan = studio.system().migration_plan(&read()).unwrap();
    assert_eq!((plan.len(), plan[0].from, plan[0].to), (1, 1, 2));
    assert_eq!(plan[0].path, "pages/harbour-log.json");
    studio.system().migrate(&administer()).unwrap();
    assert!(studio.system().migration_plan(&read()).unwrap().is_empty());
    let page = studio.pages().get(&read(), &site, "harbour-log").unwrap();
    assert_eq!(page.fields["title"], "Harbour log");
    assert_eq!(page.fields["mood"], "calm");
    let versions = studio.history().versions(&read(), &site).unwrap();
    assert!(versions.iter().any(|version| version.kind == "named" && version.message.contains("migration")));
}

#[test]
fn what_changed_since_a_version_is_told_module_by_module() {
    let bench = bench();
    let site = bench.site("Compare");
    let kept =
        bench.module(&site, "index", "button", json!({ "label": "Go", "target": "https://example.org/" }));
    let named = bench.studio.history().snapshot(&write(), &site, "then").unwrap();
    assert!(bench.studio.history().changes(&read(), &site, named.id.as_str()).unwrap().pages.is_empty());
    bench.later();
    let props = fields(json!({ "props": { "label": "Stay", "target": "https://example.org/" } }));
    bench.studio.modules().update(&write(), &site, kept.module.id.as_str(), &props, None).unwrap();
    let first = bench.studio.modules().list(&read(), &site, Some("index")).unwrap().remove(0).module.id;
    bench.studio.modules().remove(&write(), &site, first.as_str(), None).unwrap();
    let added = bench.module(&site, "index", "text", json!({ "doc": { "type": "doc", "content": [] } }));
    bench.page(&site, "New");
    let changes = bench.studio.history().changes(&read(), &site, named.id.as_str()).unwrap();
    let told: std::collections::BTreeMap<_, _> = changes
        .pages
        .iter()
        .flat_map(|page| &page.modules)
        .map(|module| (module.id.clone(), module.change))
        .collect();
    assert_eq!(told.len(), 3, "what stands behind a removed module did not move: {told:?}");
    assert_eq!(told[&first], accid_studio::ChangeKind::Removed);
    assert_eq!(told[&kept.module.id], accid_studio::ChangeKind::Changed);
    assert_eq!(told[&added.module.id], accid_studio::ChangeKind::Added);
    assert!(
        changes
            .pages
            .iter()
            .any(|page| page.title == "New" && page.change == accid_studio::ChangeKind::Added)
    );
}
