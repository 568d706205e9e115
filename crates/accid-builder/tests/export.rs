//! The export on a disk that fails: whatever is cut off, the next export finishes, and no page is ever half of one.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use accid_base::{
    FixedClock, MemoryVfs, RelativePath, SequenceRandom, Slug, Unwatched, Vfs as _,
    vfs::{Fault, FaultyVfs, Unsynced},
};
use accid_builder::{BuildReport, Builder, BuilderError};
use accid_store::{Background, Project, Store, StoreOptions, Transaction, Write};
use serde_json::{Value, json};

struct World {
    /// Held so that the project stays open.
    _store: Store,
    project: Arc<Project>,
    disk: FaultyVfs,
}

fn path(text: &str) -> RelativePath {
    text.parse().unwrap()
}

fn page(slug: &str, title: &str) -> Value {
    json!({"id": format!("page-{slug}"), "schema_version": 2, "slug": slug, "title": title, "modules": [
        {"id": format!("text-{slug}"), "type": "text", "version": 1, "props": {"doc": {"type": "doc", "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": title.repeat(40)}]}]}}}]})
}

impl World {
    fn new(slugs: &[&str]) -> Self {
        let store = Store::open(StoreOptions {
            root: "/data".into(),
            vfs: Arc::new(MemoryVfs::new()),
            clock: Arc::new(FixedClock::at("2026-03-01T10:00:00Z")),
            random: Arc::new(SequenceRandom::default()),
            background: Background::Off,
        })
        .unwrap();
        let blotter = json!({"id": "boat", "schema_version": 1, "slug": "boat", "name": "Boat", "type": "html",
            "created_at": "2026-03-01T10:00:00Z"});
        let pages = slugs.iter().map(|slug| (path(&format!("pages/{slug}.json")), page(slug, slug)));
        let documents = std::iter::once((path("accid_blotter.json"), blotter)).chain(pages).collect();
        let slug = Slug::from_text("boat", "project");
        let project = store.create_project(&slug, documents, Vec::new(), "owner", "Created").unwrap();
        Self { _store: store, project, disk: FaultyVfs::new() }
    }

    /// Exports in a process of its own.
    fn export(&self) -> Result<BuildReport, BuilderError> {
        let clock = Arc::new(FixedClock::at("2026-03-01T10:00:00Z"));
        let builder = Builder::new(Arc::new(self.disk.clone()), clock, Arc::new(SequenceRandom::default()));
        builder.build(&self.project, Path::new("/site"), &Unwatched)
    }

    fn change(&self, slug: &str, title: &str) {
        let writes = vec![Write::put(path(&format!("pages/{slug}.json")), page(slug, title))];
        let transaction = Transaction { author: "owner".to_owned(), note: "Changed".to_owned(), writes };
        self.project.commit(transaction).unwrap();
    }

    /// The published files.
    fn site(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = self.disk.files();
        files.retain(|path, _| !path.starts_with("/site/.accid"));
        files
    }
}

#[test]
fn an_export_into_an_empty_folder_that_is_cut_off_is_finished_by_the_next() {
    let world = World::new(&["index", "about", "log"]);
    let whole = world.export().unwrap();
    let wanted = world.site();
    assert_eq!(whole.written, wanted.len());
    for call in 1.. {
        let world = World { disk: FaultyVfs::new(), ..World::new(&["index", "about", "log"]) };
        world.disk.fail_at(call, Fault::Crash);
        let cut = world.export();
        let calls = world.disk.calls();
        world.disk.cut_power(Unsynced::Kept);
        world.export().unwrap();
        assert_eq!(world.site(), wanted, "cut off at call {call}");
        if calls < call {
            assert!(cut.is_ok());
            return;
        }
    }
}

#[test]
fn a_page_that_stands_is_whole_wherever_a_later_export_is_cut_off() {
    for call in 1.. {
        let world = World::new(&["index", "about"]);
        world.export().unwrap();
        let before = world.site();
        world.change("about", "Another");
        world.disk.fail_at(call, Fault::Crash);
        let cut = world.export();
        let calls = world.disk.calls();
        world.disk.cut_power(Unsynced::Kept);
        let meanwhile = world.site();
        world.export().unwrap();
        let after = world.site();
        for (path, old) in &before {
            let standing = &meanwhile[path];
            assert!(standing == old || *standing == after[path], "half of {} at call {call}", path.display());
        }
        assert_ne!(before, after);
        if calls < call {
            assert!(cut.is_ok());
            return;
        }
    }
}

#[test]
fn an_export_of_many_pages_writes_each_once_and_the_next_writes_none() {
    let slugs: Vec<String> = (0..100).map(|number| format!("page-{number}")).collect();
    let world = World::new(&slugs.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(world.export().unwrap().written, world.site().len());
    let before = world.site();
    assert_eq!(world.export().unwrap().written, 0);
    world.change("page-50", "Another");
    let changed = world.export().unwrap();
    let differing: Vec<_> = world.site().into_iter().filter(|(path, bytes)| before[path] != *bytes).collect();
    assert!(differing.iter().any(|(path, _)| path.ends_with("page-50.html")));
    assert_eq!(changed.written, differing.len());
}

#[test]
fn a_page_of_the_site_stands_in_for_the_one_every_site_gets() {
    let world = World::new(&["index", "404"]);
    world.export().unwrap();
    let own = |world: &World| {
        String::from_utf8(world.site()[Path::new("/site/404.html")].clone()).unwrap().contains("404404")
    };
    assert!(own(&world));
    world.change("index", "Another");
    world.export().unwrap();
    assert!(own(&world));
}

impl World {
    fn builder(&self) -> Builder {
        let clock = Arc::new(FixedClock::at("2026-03-01T10:00:00Z"));
        Builder::new(Arc::new(self.disk.clone()), clock, Arc::new(SequenceRandom::default()))
    }

    fn rename(&self, page: &str, fields: Value) -> Vec<String> {
        let fields = fields.as_object().unwrap().clone();
        self.builder().update_page(&self.project, "owner", page, &fields, None).unwrap().page.former.clone()
    }

    fn text(&self, file: &str) -> Option<String> {
        let bytes = self.site().remove(Path::new("/site").join(file).as_path())?;
        Some(String::from_utf8(bytes).unwrap())
    }
}

#[test]
fn whoever_asks_for_an_old_address_is_led_to_the_new_one() {
    let world = World::new(&["index", "about", "log"]);
    world.rename("log", json!({"parent": "page-about"}));
    assert_eq!(world.rename("about", json!({"slug": "us"})), ["about.html"]);
    world.export().unwrap();
    let rules = world.text(".htaccess").unwrap();
    for rule in [
        "\"^(.*)/about\\.html$\" \"$1/us.html\"",
        "\"^(.*)/log\\.html$\" \"$1/us/log.html\"",
        "\"^(.*)/about/log\\.html$\" \"$1/us/log.html\"",
    ] {
        assert!(rules.contains(rule), "{rule}: {rules}");
    }
    assert!(world.text("_redirects").unwrap().contains("/about/log.html /us/log.html 301\n"));
    let small = world.text("about/log.html").unwrap();
    assert!(small.contains("content=\"0; url=../us/log.html\"") && small.contains("noindex"), "{small}");

    // A page that is there again is no redirect any more, and neither is a page of another.
    assert_eq!(world.rename("us", json!({"slug": "about"})), ["us.html"]);
    world.rename("log", json!({"parent": null, "slug": "us"}));
    world.export().unwrap();
    assert!(world.text("us.html").unwrap().contains("<h1"), "the page itself");
    assert!(!world.text("_redirects").unwrap().contains("/us.html /about.html"));
}

#[test]
fn rules_that_somebody_wrote_by_hand_stay_and_the_small_pages_lead_on() {
    let world = World::new(&["index", "about"]);
    world.export().unwrap();
    world.disk.write(Path::new("/site/.htaccess"), b"Deny from all\n").unwrap();
    world.rename("about", json!({"slug": "us"}));
    let report = world.export().unwrap();
    assert!(report.findings.iter().any(|finding| finding.code == "redirects.kept-out"));
    assert_eq!(world.text(".htaccess").unwrap(), "Deny from all\n");
    assert!(world.text("about.html").unwrap().contains("url=us.html"));
    assert!(world.text("_redirects").is_some());
}

#[test]
fn pages_below_a_page_that_is_removed_are_found_where_they_were() {
    let world = World::new(&["index", "about", "log"]);
    world.rename("log", json!({"parent": "page-about"}));
    world.builder().remove_page(&world.project, "owner", "about", None).unwrap();
    world.export().unwrap();
    let rules = world.text("_redirects").unwrap();
    assert_eq!(rules, "/about/log.html /log.html 301\n");
}

#[test]
fn the_source_of_a_translation_is_noted_when_it_is_saved() {
    let world = World::new(&["index"]);
    let modules = json!([{"id": "hero", "type": "hero", "version": 1, "props": {"title": "The way"},
        "translations": {"de": {"/title": {"value": "Der Weg"}, "/nothing": {"value": "x"}}}}]);
    world.rename("index", json!({"modules": modules}));
    let page = world.builder().page(&world.project, "index").unwrap().page;
    let texts = &page.modules[0].translations["de"];
    assert!(texts["/title"].is_of(&json!("The way")) && !texts["/title"].of.is_empty());
    assert!(texts["/nothing"].of.is_empty());
}
