//! Pages, modules and the export, as a person uses them.
#![allow(clippy::unwrap_used, reason = "tests")]
mod common;

use accid_base::ErrorCode;
use accid_studio::{MoveModule, Served, UploadedFile};
use common::{Bench, administer, bench, fields, jpeg, photo_like, publish, read, write};
use serde_json::{Value, json};

#[expect(clippy::panic, reason = "a test may")]
fn html(served: Served) -> String {
    match served {
        Served::Html { body, .. } => body,
        Served::File { path, .. } => panic!("{path} is no page"),
    }
}

#[test]
fn a_new_site_can_be_edited_and_the_export_shows_it() {
    let bench = bench();
    let site = bench.site("Ada's Sails");
    let hero = bench.studio.modules().list(&read(), &site, Some("index")).unwrap();
    let hero = hero.iter().find(|module| module.module.kind == "hero").unwrap();
    let props = fields(json!({ "props": { "title": "Fair winds & <following> seas" } }));
    bench.studio.modules().update(&write(), &site, hero.module.id.as_str(), &props, Some(hero.etag)).unwrap();
    let report = bench.export(&site, "/out");
    assert!(report["files"].as_u64().unwrap() > 3);
    let index = bench.file("/out/index.html");
    assert!(index.contains("Fair winds &amp; &lt;following&gt; seas"), "{index}");
}

#[test]
fn the_canvas_without_its_marks_is_the_export_byte_for_byte() {
    let bench = bench();
    let site = bench.site("Parity");
    bench.module(&site, "index", "section", json!({}));
    bench.export(&site, "/out");
    let canvas = html(bench.studio.pages().canvas(&read(), &site, "index.html", "n0nce").unwrap());
    assert!(canvas.contains("data-accid-id"));
    assert_eq!(accid_render::strip_canvas(&canvas), bench.file("/out/index.html"));
}

#[test]
fn a_second_export_writes_only_what_changed_and_removes_what_is_gone() {
    let bench = bench();
    let site = bench.site("Incremental");
    bench.page(&site, "About");
    let about = bench.module(&site, "about", "text", json!({ "doc": { "type": "doc", "content": [] } }));
    bench.export(&site, "/out");
    assert_eq!(bench.export(&site, "/out")["written"], 0);
    let edit = fields(json!({ "anchor": "here" }));
    bench.studio.modules().update(&write(), &site, about.module.id.as_str(), &edit, None).unwrap();
    assert_eq!(bench.export(&site, "/out")["written"], 1);
    bench.studio.pages().remove(&write(), &site, "about", None).unwrap();
    bench.export(&site, "/out");
    assert!(!bench.vfs.files().contains_key(std::path::Path::new("/out/about.html")));
}

#[test]
fn an_export_never_overwrites_a_file_it_did_not_make() {
    use accid_base::Vfs as _;
    let bench = bench();
    let site = bench.site("Careful");
    bench.vfs.create_folders(std::path::Path::new("/mine")).unwrap();
    bench.vfs.write(std::path::Path::new("/mine/index.html"), b"my own page").unwrap();
    let job = bench.studio.exports().start_into(&administer(), &site, "/mine".into()).unwrap();
    let problem = bench.studio.jobs().wait(&read(), job.id.as_str()).unwrap_err();
    assert!(problem.sentence().contains("index.html"), "{problem}");
    assert_eq!(bench.file("/mine/index.html"), "my own page");
}

#[test]
fn an_export_into_the_data_root_or_around_it_is_refused() {
    let bench = bench();
    let site = bench.site("Inside");
    for out in ["/data/projects/x", "/data", "/", "relative", "/tmp/../data"] {
        let refused = bench.studio.exports().start_into(&administer(), &site, out.into());
        assert_eq!(refused.unwrap_err().code, ErrorCode::InvalidPath, "{out}");
    }
}

#[test]
fn deleted_derived_files_come_back_the_same() {
    use accid_base::Vfs as _;
    let bench = bench();
    let site = bench.site("Derived");
    let file = UploadedFile { name: "sea.jpg".to_owned(), bytes: jpeg(10) };
    let photo = bench.studio.photos().upload(&write(), &site, &[file]).unwrap().items.remove(0).photo;
    bench.module(&site, "index", "image", json!({ "image": { "photo": photo.id, "alt": "The sea" } }));
    let build = || {
        let job = bench.studio.exports().start(&publish(), &site).unwrap();
        bench.studio.jobs().wait(&read(), job.id.as_str()).unwrap();
        for size in [320, 1280, 2048] {
            bench.studio.photos().picture(&read(), &site, photo.id.as_str(), size).unwrap();
        }
        let below = |path: &std::path::PathBuf| path.to_string_lossy().contains("/derived/");
        bench
            .vfs
            .files()
            .into_iter()
            .filter(|(path, _)| below(path))
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    let before = build();
    assert!(before.keys().any(|path| path.to_string_lossy().ends_with(".webp")), "{:?}", before.keys());
    bench.vfs.remove_folder(&std::path::Path::new("/data/projects").join(&site).join("derived")).unwrap();
    assert_eq!(build(), before);
}

#[test]
fn only_a_changed_picture_is_encoded_again() {
    let bench = bench();
    let site = bench.site("Pictures");
    let upload = |name: &str, red| {
        let file = UploadedFile { name: name.to_owned(), bytes: jpeg(red) };
        bench.studio.photos().upload(&write(), &site, &[file]).unwrap().items.remove(0).photo.id
    };
    let ids: Vec<_> = (0..5).map(|number| upload(&format!("{number}.jpg"), number * 20)).collect();
    for id in &ids {
        bench.module(&site, "index", "image", json!({ "image": { "photo": id, "alt": "A colour" } }));
    }
    let first = bench.export(&site, "/out")["encoded"].as_u64().unwrap();
    assert!(first >= 10, "{first}");
    let new = upload("new.jpg", 250);
    let modules = bench.studio.modules().list(&read(), &site, Some("index")).unwrap();
    let image = modules.iter().find(|module| module.module.kind == "image").unwrap();
    let edit = fields(json!({ "props": { "image": { "photo": new, "alt": "Another" } } }));
    bench.studio.modules().update(&write(), &site, image.module.id.as_str(), &edit, None).unwrap();
    assert_eq!(bench.export(&site, "/out")["encoded"].as_u64().unwrap(), first / 5);
}

#[test]
fn of_a_hundred_writers_with_the_same_etag_one_wins() {
    let bench = bench();
    let site = bench.site("Race");
    let etag = bench.page(&site, "About").etag;
    let outcomes: Vec<Result<(), ErrorCode>> = std::thread::scope(|scope| {
        let write_title = |number: usize| {
            let studio = bench.studio.clone();
            let site = site.clone();
            scope.spawn(move || {
                let edit = fields(json!({ "title": format!("Title {number}") }));
                let saved = studio.pages().update(&write(), &site, "about", &edit, Some(etag));
                saved.map(|_| ()).map_err(|problem| problem.code)
            })
        };
        let threads: Vec<_> = (0..100).map(write_title).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert!(outcomes.iter().filter_map(|outcome| outcome.err()).all(|code| code == ErrorCode::Stale));
}

#[test]
fn a_module_moves_into_a_section_and_never_into_itself() {
    let bench = bench();
    let site = bench.site("Moves");
    let section = bench.module(&site, "index", "section", json!({})).module.id;
    let text =
        bench.module(&site, "index", "text", json!({ "doc": { "type": "doc", "content": [] } })).module.id;
    let into =
        |parent: &accid_base::Id| MoveModule { page: None, parent: Some(parent.clone()), index: Some(0) };
    let modules = bench.studio.modules();
    let moved = modules.move_to(&write(), &site, text.as_str(), into(&section), None).unwrap();
    assert_eq!((moved.parent, moved.order), (Some(section.clone()), 0));
    let itself = modules.move_to(&write(), &site, section.as_str(), into(&section), None).unwrap_err();
    assert_eq!(itself.code, ErrorCode::InvalidValue);
    let into_text = modules.move_to(&write(), &site, section.as_str(), into(&text), None).unwrap_err();
    assert_eq!(into_text.code, ErrorCode::InvalidValue);
}

#[test]
fn pages_are_nested_reordered_and_never_form_a_loop() {
    let bench = bench();
    let site = bench.site("Tree");
    let trips = bench.page(&site, "Trips").fields["id"].clone();
    let grenada = bench.page(&site, "Grenada").fields["id"].clone();
    let pages = bench.studio.pages();
    let update = |page: &Value, edit: Value| {
        pages.update(&write(), &site, page.as_str().unwrap(), &fields(edit), None)
    };
    assert_eq!(update(&grenada, json!({ "parent": trips })).unwrap().path, "trips/grenada.html");
    assert_eq!(update(&trips, json!({ "parent": grenada })).unwrap_err().code, ErrorCode::InvalidValue);
    update(&trips, json!({ "order": 0 })).unwrap();
    let titles: Vec<_> =
        pages.list(&read(), &site, None).unwrap().iter().map(|page| page.fields["title"].clone()).collect();
    assert_eq!(titles[0], "Trips");
}

#[test]
fn a_json_patch_that_does_not_fit_changes_nothing() {
    let bench = bench();
    let site = bench.site("Patches");
    let before = bench.page(&site, "About").etag;
    let pages = bench.studio.pages();
    for patch in [
        json!([{ "op": "replace", "path": "/nothing/here", "value": 1 }]),
        json!([{ "op": "replace", "path": "/id", "value": "other" }]),
        json!([{ "op": "replace", "path": "/title", "value": "" }]),
        json!([{ "op": "replace", "path": "/modules", "value": "none" }]),
        json!({ "op": "explode" }),
        json!([{ "op": "replace", "path": "", "value": [] }]),
    ] {
        assert!(pages.patch(&write(), &site, "about", &patch, None).is_err(), "{patch}");
    }
    assert_eq!(pages.get(&read(), &site, "about").unwrap().etag, before);
}

#[test]
fn a_module_of_a_kind_nobody_knows_is_refused_but_one_from_a_newer_accid_stays() {
    use accid_base::Vfs as _;
    let bench = bench();
    let site = bench.site("Newer");
    let path = std::path::Path::new("/data/projects").join(&site).join("pages/index.json");
    bench.studio.close().unwrap();
    let mut page: Value = serde_json::from_slice(&bench.vfs.read(&path).unwrap()).unwrap();
    page["modules"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "id": "holo", "type": "hologram", "props": { "depth": 3 } }));
    bench.vfs.write(&path, &serde_json::to_vec(&page).unwrap()).unwrap();
    let request = accid_studio::CreateModule {
        page: "index".to_owned(),
        kind: "hologram".to_owned(),
        props: None,
        parent: None,
        index: None,
    };
    assert_eq!(
        bench.studio.modules().create(&write(), &site, request).unwrap_err().code,
        ErrorCode::InvalidValue
    );
    let edit = fields(json!({ "title": "Renamed" }));
    let saved = bench.studio.pages().update(&write(), &site, "index", &edit, None).unwrap();
    let kept = saved.modules.iter().find(|placed| placed.module.kind == "hologram").unwrap();
    assert_eq!(kept.module.props["depth"], 3);
}

#[test]
fn a_draft_of_the_look_is_rendered_and_nothing_is_written() {
    let bench = bench();
    let site = bench.site("Drafts");
    let before = bench.studio.projects().get(&read(), &site).unwrap().etag;
    let theme = serde_json::from_value(json!({ "tokens": { "color-accent": "#123456" } })).unwrap();
    let request = accid_studio::RenderRequest { theme: Some(theme), ..Default::default() };
    let drawn = bench.studio.pages().render(&read(), &site, "index", request).unwrap();
    assert!(drawn.css.unwrap().contains("#123456"));
    assert_eq!(bench.studio.projects().get(&read(), &site).unwrap().etag, before);
}

#[test]
fn settings_that_could_not_be_started_with_are_refused() {
    let bench = bench();
    for settings in [json!({ "host": "not an address" }), json!({ "port": 0 }), json!({ "log": "loud" })] {
        let refused = bench.studio.system().update_settings(&administer(), &fields(settings.clone()), None);
        assert_eq!(refused.unwrap_err().code, ErrorCode::InvalidValue, "{settings}");
    }
    let kept = bench.studio.system().update_settings(&administer(), &fields(json!({ "mood": "calm" })), None);
    assert_eq!(kept.unwrap().settings.extra["mood"], "calm");
}

/// A site that shows one photo of 400 by 260 pixels, and the paths of its renditions that the page names.
fn site_with_photo(bench: &Bench) -> (String, Vec<String>) {
    let site = bench.site("Photo");
    let file = UploadedFile { name: "sea.jpg".to_owned(), bytes: photo_like(400, 260) };
    let photo = bench.studio.photos().upload(&write(), &site, &[file]).unwrap().items.remove(0).photo;
    bench.module(&site, "index", "image", json!({ "image": { "photo": photo.id, "alt": "The sea" } }));
    let page = html(bench.studio.pages().canvas(&read(), &site, "index.html", "n0nce").unwrap());
    let named = page.split(['"', ' ', ',']).filter(|part| part.starts_with("images/"));
    (site, named.map(ToOwned::to_owned).collect())
}

#[expect(clippy::panic, reason = "a test may")]
fn file(bench: &Bench, site: &str, path: &str) -> (Vec<u8>, String) {
    match bench.studio.pages().canvas(&read(), site, path, "n0nce").unwrap() {
        Served::File { bytes, path, .. } => (bytes, path),
        Served::Html { .. } => panic!("{path} is a page"),
    }
}

#[test]
fn avif_comes_first_in_the_export_and_the_canvas_does_not_wait_for_it() {
    let bench = bench();
    let (site, named) = site_with_photo(&bench);
    let avif = &named[0];
    assert!(avif.ends_with(".avif"), "{named:?}");
    let is_made = || bench.vfs.files().keys().any(|path| path.to_string_lossy().ends_with(".avif"));
    let (bytes, path) = file(&bench, &site, avif);
    assert!(bytes.starts_with(b"RIFF") && path.ends_with(".webp") && !is_made(), "{path}");

    let first = bench.export(&site, "/out");
    assert_eq!(first["encoded"], 2, "the canvas made the WebP already: {first}");
    let files = bench.vfs.files();
    let exported = |path: &str| files.get(&std::path::Path::new("/out").join(path)).unwrap().clone();
    assert_eq!(&exported(avif)[4..12], b"ftypavif");
    assert!(exported(avif).len() < exported(&path).len());
    assert_eq!(file(&bench, &site, avif), (exported(avif), avif.clone()), "what is made is shown");
    assert_eq!(bench.export(&site, "/out-again")["encoded"], 0);

    let settings = json!({ "site": { "title": "Photo", "language": "en", "pictures": { "avif": "off" } } });
    let settings = serde_json::from_value(settings).unwrap();
    bench.studio.projects().update(&write(), &site, &settings, None).unwrap();
    bench.export(&site, "/out");
    assert!(!bench.vfs.files().contains_key(&std::path::Path::new("/out").join(avif)));
    assert!(!bench.file("/out/index.html").contains("avif"));
}

#[test]
fn the_original_of_a_photo_is_never_changed() {
    let bench = bench();
    let (site, _) = site_with_photo(&bench);
    bench.export(&site, "/out");
    let original = photo_like(400, 260);
    let kept = bench.vfs.files();
    let kept = kept.iter().find(|(path, _)| path.to_string_lossy().contains("/media/")).unwrap();
    assert_eq!(kept.1, &original);
}

#[test]
fn the_demo_knows_what_its_pictures_look_like_from_afar() {
    let bench = bench();
    let demo = bench.studio.projects().create_demo(&write()).unwrap().slug.to_string();
    let other = bench.site("Other");
    let mut different = Vec::new();
    for shown in bench.studio.photos().list(&read(), &demo).unwrap() {
        let media = format!("/data/projects/{demo}/{}", shown.photo.media_file());
        let bytes = bench.vfs.files().get(std::path::Path::new(&media)).unwrap().clone();
        let file = UploadedFile { name: shown.photo.filename.clone(), bytes };
        let measured = bench.studio.photos().upload(&write(), &other, &[file]).unwrap().items.remove(0).photo;
        if shown.photo.glance != measured.glance {
            different.push((shown.photo.filename, serde_json::to_string(&measured.glance).unwrap()));
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}
