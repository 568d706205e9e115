//! `/api/projects/{id}/time-machine/…` and `/history/…`.

use serde_json::json;

use crate::{stories::gallery, support::TestApp};

#[tokio::test]
async fn yesterday_is_named_shown_and_brought_back() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let at = format!("/api/project/{project}/time-machine");
    let named = app.post(&format!("{at}/snapshot"), json!({"message": "Before the storm"})).await;
    assert_eq!(named.status, 201, "{named:?}");
    let version = named.data();
    assert_eq!((&version["message"], &version["kind"]), (&json!("Before the storm"), &json!("named")));
    let version = version["id"].as_str().unwrap().to_owned();

    app.clock.advance_milliseconds(600_000);
    let path = format!("/api/projects/{project}/pages/{page}");
    assert_eq!(app.put(&path, json!({"title": "After the storm"})).await.status, 200);
    let versions = app.get(&format!("{at}/snapshots")).await.data();
    assert!(
        versions["items"].as_array().unwrap().iter().any(|item| item["id"] == version.as_str()),
        "{versions}"
    );

    let past = app.get(&format!("/history/{project}/{version}/about-us.html")).await;
    assert_eq!(past.status, 200, "{past:?}");
    let html = String::from_utf8(past.body.to_vec()).unwrap();
    assert!(html.contains("About us") && !html.contains("After the storm"));
    // Of scripts only the site's own files run: nothing inline, nothing from elsewhere.
    let policy = past.header("content-security-policy");
    let scripts = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap();
    assert!(scripts.trim().ends_with(&format!("/history/{project}/{version}/assets/")), "{policy}");
    assert!(scripts.contains("'nonce-") && !scripts.contains("unsafe"), "{policy}");
    let changes = app.get(&format!("{at}/snapshots/{version}/changes")).await.data();
    assert_eq!(changes["pages"][0]["change"], "changed", "{changes}");

    let back = app
        .post(&format!("{at}/restore-file"), json!({"version": version, "path": "pages/about-us.json"}))
        .await;
    assert_eq!(back.status, 200, "{back:?}");
    assert_eq!(app.get(&path).await.data()["title"], "About us");

    let unknown = app.post(&format!("{at}/restore"), json!({"version": "no-such-version"})).await;
    unknown.is_problem(404, "version_not_found");
    app.get(&format!("/history/{project}/no-such-version/index.html"))
        .await
        .is_problem(404, "version_not_found");
}

#[tokio::test]
async fn a_photo_story_is_shown_as_it_was_and_its_photos_albums_and_words_come_back_alone() {
    let app = TestApp::new();
    let places = [Some((13.008_1, -61.244_2)), Some((12.884_6, -61.187_7))];
    let at = gallery(&app, &places).await;
    let project = at.trim_start_matches("/api/gallery/").to_owned();
    let machine = format!("/api/project/{project}/time-machine");
    let photos = app.get(&format!("{at}/photos?sort=taken")).await.data()["items"].clone();
    let ids: Vec<String> =
        photos.as_array().unwrap().iter().map(|photo| photo["id"].as_str().unwrap().to_owned()).collect();
    let album = app.post(&format!("{at}/albums"), json!({"title": "Bays", "photos": ids})).await.data();
    let story = app.get(&format!("{at}/stories")).await.data()["items"][0].clone();
    let story_at = format!("{at}/stories/{}", story["id"].as_str().unwrap());
    let mut chapters = story["chapters"].clone();
    chapters[0]["title"] = json!("Out of Port Elizabeth");
    app.put(&story_at, json!({"chapters": chapters, "subtitle": "Slowly"})).await.data();
    app.put(&format!("{at}/photos/{}", ids[0]), json!({"caption": "The ferry leaves"})).await.data();
    let version =
        app.post(&format!("{machine}/snapshot"), json!({"message": "Told"})).await.data()["id"].clone();
    let version = version.as_str().unwrap();

    app.clock.advance_milliseconds(600_000);
    chapters[0]["title"] = json!("Another beginning");
    app.put(&story_at, json!({"chapters": chapters})).await.data();
    app.put(&format!("{at}/photos/{}", ids[0]), json!({"caption": "Nothing leaves"})).await.data();
    assert_eq!(app.delete(&format!("{at}/albums/{}", album["id"].as_str().unwrap())).await.status, 200);

    let past = app.get(&format!("/history/{project}/{version}/index.html")).await;
    assert_eq!(past.status, 200, "{past:?}");
    let html = String::from_utf8_lossy(&past.body).into_owned();
    assert!(html.contains("Out of Port Elizabeth") && html.contains("The ferry leaves"), "{html}");
    assert!(!html.contains("Another beginning") && !html.contains("Nothing leaves"));
    let today = app.get(&format!("/canvas/{project}/index.html")).await;
    let today = String::from_utf8_lossy(&today.body).into_owned();
    assert!(today.contains("Another beginning") && today.contains("Nothing leaves"));
    for shown in [&html, &today] {
        let chapter = chapters[0]["id"].as_str().unwrap();
        assert!(shown.contains(&format!("data-accid-id=\"{chapter}\"")), "the chapter can be outlined");
        assert!(shown.contains(&format!("data-accid-id=\"{}\"", ids[0])), "the photo can be outlined");
    }

    let changes = app.get(&format!("{machine}/snapshots/{version}/changes")).await.data();
    let told = &changes["pages"][0];
    assert_eq!((&told["id"], &told["change"]), (&story["id"], &json!("changed")), "{changes}");
    let kinds: Vec<_> = told["modules"].as_array().unwrap().iter().map(|one| one["type"].clone()).collect();
    assert_eq!(kinds, [json!("chapter"), json!("photo")], "{changes}");
    let documents = changes["documents"].as_array().unwrap().clone();
    let named = |collection: &str| {
        documents.iter().find(|one| one["collection"] == collection).cloned().unwrap_or_default()
    };
    assert_eq!((&named("albums")["change"], &named("albums")["title"]), (&json!("removed"), &json!("Bays")));
    for collection in ["albums", "photos", "stories"] {
        let body = json!({"version": version, "path": named(collection)["path"]});
        let back = app.post(&format!("{machine}/restore-file"), body).await;
        assert_eq!(back.status, 200, "{collection}: {back:?}");
    }
    let photo = app.get(&format!("{at}/photos/{}", ids[0])).await.data();
    assert_eq!(photo["caption"], "The ferry leaves");
    assert_eq!(app.get(&story_at).await.data()["chapters"][0]["title"], "Out of Port Elizabeth");
    assert_eq!(app.get(&format!("{at}/albums")).await.data()["items"][0]["title"], "Bays");
    let same = app.get(&format!("{machine}/snapshots/{version}/changes")).await.data();
    assert_eq!(same["pages"], json!([]), "{same}");
}

#[tokio::test]
async fn a_version_is_named_pinned_and_annotated_and_found_in_the_outline() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let at = format!("/api/project/{project}/time-machine");
    for number in 0..5 {
        app.clock.advance_milliseconds(600_000);
        let path = format!("/api/projects/{project}/pages/{page}");
        assert_eq!(app.put(&path, json!({"title": format!("Title {number}")})).await.status, 200);
    }
    let window = app.get(&format!("{at}/snapshots?page=2&perPage=2")).await.data();
    assert_eq!((&window["page"], window["items"].as_array().unwrap().len()), (&json!(2), 2), "{window}");
    let version = window["items"][0].clone();
    let path = format!("{at}/snapshots/{}", version["id"].as_str().unwrap());
    let marked = app.put(&path, json!({"name": "Regatta", "note": "Blue", "pinned": true})).await.data();
    assert_eq!((&marked["kind"], &marked["message"]), (&json!("named"), &json!("Regatta")));
    let kept = app.put(&path, json!({"note": ""})).await.data();
    assert_eq!((&kept["message"], &kept["pinned"]), (&json!("Regatta"), &json!(true)), "{kept}");
    let outline = app.get(&format!("{at}/timeline")).await.data();
    assert_eq!(outline["moments"].as_array().unwrap().len(), window["total"].as_u64().unwrap() as usize);
    assert!(
        outline["marked"]
            .as_array()
            .unwrap()
            .contains(&json!({"place": 2, "name": "Regatta", "pinned": true}))
    );
    app.put(&format!("{at}/snapshots/no-such-version"), json!({"pinned": true}))
        .await
        .is_problem(404, "version_not_found");
}

#[tokio::test]
async fn rules_are_tried_before_they_are_kept_and_before_anything_goes() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let at = format!("/api/project/{project}/time-machine");
    for number in 0..6 {
        app.clock.advance_milliseconds(36 * 3_600_000);
        let path = format!("/api/projects/{project}/pages/{page}");
        assert_eq!(app.put(&path, json!({"title": format!("Title {number}")})).await.status, 200);
    }
    app.clock.advance_milliseconds(36 * 3_600_000);
    let before = app.get(&format!("{at}/snapshots")).await.data()["total"].as_u64().unwrap();
    let tried = app.get(&format!("{at}/retention/preview?automatic=2&daily_days=0")).await.data();
    let going = tried["going"].as_u64().unwrap();
    assert!(going >= 4 && tried["goes"].as_array().unwrap().len() as u64 == going, "{tried}");
    assert_eq!(app.get(&format!("{at}/snapshots")).await.data()["total"], before);
    let rules = json!({"automatic": 2, "daily_days": 0});
    let own = app.put(&format!("{at}/retention"), rules).await.data();
    assert_eq!(
        (&own["own"], &own["rules"]["automatic"], &own["settings"]["automatic"]),
        (&json!(true), &json!(2), &json!(10))
    );
    let space = app.get(&format!("{at}/space")).await.data();
    assert!(
        space["to_free"].as_u64().unwrap() > 0 && space["collections"]["pages"].as_u64().unwrap() > 0,
        "{space}"
    );
    let done = app.post(&format!("{at}/thin-out"), json!({})).await.data();
    assert_eq!((&done["going"], &done["versions"]), (&json!(going), &json!(before - going)), "{done}");
    assert_eq!(app.delete(&format!("{at}/retention")).await.data()["own"], false);
    app.put(&format!("{at}/retention"), json!({"automatic": 0})).await.is_problem(422, "invalid_value");
}

#[tokio::test]
async fn the_look_comes_back_alone() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let path = format!("/api/projects/{project}");
    let at = format!("{path}/time-machine");
    assert_eq!(app.put(&path, json!({"theme": {"name": "kunsthalle"}})).await.status, 200);
    let then = app.post(&format!("{at}/snapshot"), json!({"message": "Kunsthalle"})).await.data();
    let changed =
        json!({"name": "Another name", "theme": {"name": "market", "tokens": {"color-accent": "#123456"}}});
    assert_eq!(app.put(&path, changed).await.status, 200);
    let back = app.post(&format!("{at}/restore"), json!({"version": then["id"], "theme": true})).await;
    assert_eq!(back.status, 200, "{back:?}");
    let project = app.get(&path).await.data();
    assert_eq!((&project["name"], &project["theme"]["name"]), (&json!("Another name"), &json!("kunsthalle")));
    assert_eq!(project["theme"]["tokens"].as_object().map_or(0, serde_json::Map::len), 0, "{project}");
}

#[tokio::test]
async fn a_history_is_not_written_into_accids_own_data() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let path = format!("/api/projects/{project}/time-machine/git-export");
    for folder in ["relative", "/", "/data", "/data/projects/x", "/somewhere/../data"] {
        app.post(&path, json!({"folder": folder})).await.is_problem(400, "invalid_path");
    }
}
