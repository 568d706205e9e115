//! What is in the trash comes back to where it was, goes when it is old, and takes nothing with it that a version uses.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use accid_studio::{PageView, TrashKind, TrashRequest, UploadedFile};
use common::{administer, bench, fields, read, write};
use serde_json::json;

const DAY: i64 = 24 * 3_600_000;

/// The id of a page.
fn id(page: &PageView) -> String {
    page.fields["id"].as_str().unwrap().to_owned()
}

/// A small picture.
fn picture() -> UploadedFile {
    let bytes = include_bytes!("../demo/media/night-watch.jpg").to_vec();
    UploadedFile { name: "dot.jpg".to_owned(), bytes }
}

#[test]
fn what_is_older_than_the_settings_say_goes_and_nothing_else() {
    let bench = bench();
    let project = bench.site("Harbour");
    bench.page(&project, "Old");
    bench.page(&project, "Young");
    let removed = bench.site("Removed long ago");
    bench.studio.pages().remove(&write(), &project, "old", None).unwrap();
    bench.studio.projects().remove(&write(), &removed, None).unwrap();
    bench.clock.advance_milliseconds(89 * DAY);
    bench.studio.pages().remove(&write(), &project, "young", None).unwrap();
    assert_eq!(bench.studio.trash().purge_old(&administer()).unwrap().removed, 0, "90 days are not over");
    bench.clock.advance_milliseconds(2 * DAY);
    assert_eq!(bench.studio.trash().purge_old(&administer()).unwrap().removed, 2);
    let left = bench.studio.trash().list_all(&read()).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].label, "Young");
    bench.studio.system().update_settings(&administer(), &fields(json!({"trash_days": 0})), None).unwrap();
    bench.clock.advance_milliseconds(1_000 * DAY);
    assert_eq!(bench.studio.trash().purge_old(&administer()).unwrap().removed, 0, "0 days keeps everything");
}

#[test]
fn emptying_the_trash_leaves_a_kept_version_its_picture() {
    let bench = bench();
    let project = bench.site("Harbour");
    let added = bench.studio.photos().upload(&write(), &project, &[picture()]).unwrap();
    let photo = added.items[0].clone();
    let version = bench.studio.history().snapshot(&write(), &project, "With the picture").unwrap();
    bench.studio.photos().remove(&write(), &project, photo.photo.id.as_str()).unwrap();
    bench.studio.trash().empty(&administer()).unwrap();
    let request = serde_json::from_value(json!({"version": version.id})).unwrap();
    bench.studio.history().restore(&write(), &project, &request).unwrap();
    let original = bench.studio.photos().original(&read(), &project, photo.photo.id.as_str()).unwrap();
    assert_eq!(original.bytes, picture().bytes);
}

#[test]
fn a_pattern_of_ones_own_goes_to_the_trash_under_its_name_and_comes_back() {
    let bench = bench();
    let project = bench.site("Harbour");
    let request = serde_json::from_value(json!({"title": "Menu of the day", "role": "pattern"})).unwrap();
    let pattern = bench.studio.pages().create(&write(), &project, &request).unwrap();
    let request = TrashRequest { kind: TrashKind::Pattern, id: Some(id(&pattern)) };
    let entry = bench.studio.trash().remove(&write(), &project, &request).unwrap();
    assert_eq!((entry.kind, entry.label.as_str()), (TrashKind::Pattern, "Menu of the day"));
    let back = bench.studio.trash().restore(&write(), &project, Some(entry.entry.as_str())).unwrap();
    assert_eq!((back.kind, back.id.to_string()), (TrashKind::Pattern, id(&pattern)));
}

#[test]
fn a_page_and_a_module_come_back_to_where_they_were() {
    let bench = bench();
    let project = bench.site("Harbour");
    let parent = bench.page(&project, "Boats");
    let request = serde_json::from_value(json!({"title": "Dinghies", "parent": id(&parent)})).unwrap();
    let child = bench.studio.pages().create(&write(), &project, &request).unwrap();
    let modules: Vec<_> =
        ["hero", "text", "button"].map(|kind| bench.module(&project, "dinghies", kind, json!({}))).into();
    let removed =
        bench.studio.modules().remove(&write(), &project, modules[1].module.id.as_str(), None).unwrap();
    bench.studio.trash().restore(&write(), &project, Some(removed.entry.as_str())).unwrap();
    let page = bench.studio.pages().get(&read(), &project, "dinghies").unwrap();
    let order: Vec<_> = page.modules.iter().map(|module| &module.module.id).collect();
    assert_eq!(order, modules.iter().map(|module| &module.module.id).collect::<Vec<_>>());
    let before = page.fields["order"].clone();
    let removed = bench.studio.pages().remove(&write(), &project, &id(&child), None).unwrap();
    bench.studio.trash().restore(&write(), &project, Some(removed.entry.as_str())).unwrap();
    let back = bench.studio.pages().get(&read(), &project, &id(&child)).unwrap();
    assert_eq!(
        (back.fields["parent"].as_str(), &back.fields["order"]),
        (Some(id(&parent).as_str()), &before)
    );
}

#[test]
fn a_photo_comes_back_alone_from_a_version_by_id_or_by_name_with_its_picture() {
    let bench = bench();
    let project = bench.site("Harbour");
    let added = bench.studio.photos().upload(&write(), &project, &[picture()]).unwrap();
    let photo = added.items[0].photo.id.to_string();
    let version = bench.studio.history().snapshot(&write(), &project, "With the picture").unwrap();
    let other = bench.page(&project, "Made later");
    for name in [photo.as_str(), "dot.jpg"] {
        bench.studio.photos().remove(&write(), &project, &photo).unwrap();
        bench.studio.trash().empty(&administer()).unwrap();
        let request = serde_json::from_value(json!({"version": version.id, "photo": name})).unwrap();
        let restored = bench.studio.history().restore(&write(), &project, &request).unwrap();
        assert_eq!(restored.paths, [format!("photos/{photo}.json")], "{name}");
        let original = bench.studio.photos().original(&read(), &project, &photo).unwrap();
        assert_eq!(original.bytes, picture().bytes);
    }
    assert!(bench.studio.pages().get(&read(), &project, &id(&other)).is_ok(), "all else stays");
    let request = serde_json::from_value(json!({"version": version.id, "photo": "never.jpg"})).unwrap();
    assert!(bench.studio.history().restore(&write(), &project, &request).is_err());
}
