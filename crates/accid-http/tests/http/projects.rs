//! `/api/projects/…` with pages and modules: the life of a site.

use std::sync::Arc;

use serde_json::json;

use crate::support::{TestApp, json_request, request};

#[tokio::test]
async fn a_project_is_made_changed_copied_and_removed() {
    let app = TestApp::new();
    let made = app.post("/api/create-project", json!({"name": "Painter", "type": "html"})).await;
    assert_eq!(made.status, 201);
    assert!(made.header("location").starts_with("/api/v1/projects/"));
    let id = made.data()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/projects/{id}");

    let read = app.get(&path).await;
    assert_eq!(read.data()["slug"], "painter");
    assert_eq!(
        read.header("etag"),
        made.header("etag"),
        "the tag of what was made is the tag of what is read"
    );

    let changed =
        app.put(&path, json!({"name": "Ada, painter", "site": {"title": "Ada", "language": "en"}})).await;
    assert_eq!(changed.data()["name"], "Ada, painter");
    assert_eq!(changed.data()["site"]["title"], "Ada");
    assert_ne!(changed.header("etag"), read.header("etag"));

    let copy = app.post(&format!("{path}/duplicate"), json!({"name": "Copy"})).await;
    assert_eq!(copy.status, 201);
    assert_ne!(copy.data()["id"], id.as_str());
    assert_eq!(app.get("/api/projects").await.data()["total"], 2);

    assert_eq!(app.delete(&format!("/api/project/{id}/remove")).await.status, 200);
    app.get(&path).await.is_problem(404, "project_not_found");
    assert_eq!(app.post(&format!("/api/project/{id}/restore"), json!({})).await.status, 200);
    assert_eq!(app.get(&path).await.data()["name"], "Ada, painter");
}

#[tokio::test]
async fn a_page_is_made_changed_patched_and_removed() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let path = format!("/api/projects/{project}/pages/{page}");
    let read = app.get(&path).await;
    let data = read.data();
    assert_eq!(
        (&data["slug"], &data["title"], &data["path"]),
        (&json!("about-us"), &json!("About us"), &json!("about-us.html"))
    );
    assert_eq!(data["modules"][0]["order"], 0);
    assert_eq!(format!("\"{}\"", data["etag"].as_str().unwrap()), read.header("etag"));

    assert_eq!(app.put(&path, json!({"title": "Us"})).await.data()["title"], "Us");
    let patch = json!([{"op": "replace", "path": "/title", "value": "All of us"}]);
    let patched = app.send(json_request("PATCH", &path, &patch)).await;
    assert_eq!(patched.data()["title"], "All of us");
    let wrong = json!([{"op": "test", "path": "/title", "value": "something else"}]);
    assert!(app.send(json_request("PATCH", &path, &wrong)).await.status.is_client_error());

    let mut document = app.get(&path).await.data();
    document["title"] = json!("Saved whole");
    let saved = app.post("/api/html-builder/save", json!({"project": project, "page": document})).await;
    assert_eq!(saved.data()["title"], "Saved whole");

    let removed = app.delete(&path).await.data();
    app.get(&path).await.is_problem(404, "object_not_found");
    let back =
        app.post(&format!("/api/projects/{project}/restore"), json!({"entry": removed["entry"]})).await;
    assert_eq!(back.status, 200, "{back:?}");
    assert_eq!(app.get(&path).await.data()["title"], "Saved whole");
}

#[tokio::test]
async fn a_module_is_made_changed_moved_copied_and_removed() {
    let app = TestApp::new();
    let (project, page, first) = app.site().await;
    let at = format!("/api/projects/{project}/modules");
    let second = app.post(&at, json!({"page": "about-us", "type": "text"})).await.data();
    assert_eq!(second["order"], 1);
    let second = second["id"].as_str().unwrap().to_owned();

    let changed =
        app.put(&format!("{at}/{first}"), json!({"props": {"title": "Ahoy"}, "anchor": "top"})).await;
    assert_eq!(changed.data()["props"]["title"], "Ahoy");
    assert_eq!(changed.header("etag"), app.get(&format!("{at}/{first}")).await.header("etag"));

    let moved = app.post(&format!("{at}/{second}/move"), json!({"index": 0})).await;
    assert_eq!(moved.data()["order"], 0);
    assert_eq!(app.post(&format!("{at}/{second}/duplicate"), json!({})).await.status, 201);
    assert_eq!(app.get(&format!("{at}?page={page}")).await.data()["total"], 3);
    assert_eq!(
        app.get(&format!("{at}?onPage=about-us&perPage=1")).await.data()["items"].as_array().unwrap().len(),
        1
    );

    assert_eq!(app.delete(&format!("{at}/{first}")).await.status, 200);
    app.get(&format!("{at}/{first}")).await.is_problem(404, "object_not_found");
    app.post(&at, json!({"page": page, "type": "no-such-kind"})).await.is_problem(422, "invalid_value");
}

#[tokio::test]
async fn a_draft_is_rendered_and_nothing_is_written() {
    let app = TestApp::new();
    let (project, page, module) = app.site().await;
    let before = app.get(&format!("/api/projects/{project}/pages/{page}")).await;
    let mut draft = app.get(&format!("/api/projects/{project}/modules/{module}")).await.data();
    draft["props"]["title"] = json!("Only a draft");
    let path = format!("/api/projects/{project}/pages/{page}/render");
    let rendered = app.post(&path, json!({"module": draft})).await.data();
    assert!(rendered["html"].as_str().unwrap().contains("Only a draft"), "{rendered}");
    assert_eq!(app.get(&format!("/api/projects/{project}/pages/{page}")).await.body, before.body);
}

#[tokio::test]
async fn a_stale_tag_is_refused_with_what_is_there_now() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let path = format!("/api/projects/{project}/pages/{page}");
    let seen = app.get(&path).await.header("etag").to_owned();
    assert_eq!(app.put(&path, json!({"title": "Somebody else's"})).await.status, 200);
    for (method, body) in
        [("PUT", json!({"title": "Mine"})), ("PATCH", json!([{"op": "remove", "path": "/seo"}]))]
    {
        let mut stale = json_request(method, &path, &body);
        stale.headers_mut().insert("if-match", seen.parse().unwrap());
        let problem = app.send(stale).await.is_problem(412, "stale");
        assert!(problem["details"]["current"].is_object(), "{problem}");
    }
    let mut stale = request("DELETE", &path).body(axum::body::Body::empty()).unwrap();
    stale.headers_mut().insert("if-match", seen.parse().unwrap());
    app.send(stale).await.is_problem(412, "stale");
    let mut never = json_request("PUT", &path, &json!({"title": "x"}));
    never.headers_mut().insert("if-match", "\"never-given-out\"".parse().unwrap());
    app.send(never).await.is_problem(412, "stale");
    let mut any = json_request("PUT", &path, &json!({"title": "Mine"}));
    any.headers_mut().insert("if-match", "*".parse().unwrap());
    assert_eq!(app.send(any).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_100_writers_with_the_same_tag_one_wins() {
    let app = Arc::new(TestApp::new());
    let (project, page, module) = app.site().await;
    for path in [
        format!("/api/projects/{project}/pages/{page}"),
        format!("/api/projects/{project}/modules/{module}"),
        format!("/api/projects/{project}"),
    ] {
        let tag = app.get(&path).await.header("etag").to_owned();
        let mut writers = tokio::task::JoinSet::new();
        for number in 0..100 {
            let (app, path, tag) = (app.clone(), path.clone(), tag.clone());
            writers.spawn(async move {
                let body = match path.contains("modules") {
                    true => json!({"props": {"title": format!("Writer {number}")}}),
                    false if path.contains("pages") => json!({"title": format!("Writer {number}")}),
                    false => json!({"name": format!("Writer {number}")}),
                };
                let mut write = json_request("PUT", &path, &body);
                write.headers_mut().insert("if-match", tag.parse().unwrap());
                app.send(write).await.status.as_u16()
            });
        }
        let mut statuses = writers.join_all().await;
        statuses.sort_unstable();
        assert_eq!(statuses[0], 200, "{path}");
        assert_eq!(statuses[1..], [412; 99], "{path}");
    }
}

#[tokio::test]
async fn put_and_delete_may_be_repeated() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let path = format!("/api/projects/{project}/pages/{page}");
    let first = app.put(&path, json!({"title": "Same"})).await;
    let second = app.put(&path, json!({"title": "Same"})).await;
    assert_eq!(first.header("etag"), second.header("etag"), "a save that changes nothing changes nothing");
}

#[tokio::test]
async fn an_environment_is_named_listed_and_forgotten() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let at = format!("/api/projects/{project}/environments");
    let set = app.put(&format!("{at}/production"), json!({"url": "file:///srv/site"})).await;
    assert_eq!(set.data()["url"], "file:///srv/site", "{set:?}");
    assert_eq!(app.get(&at).await.data()["items"][0]["name"], "production");
    assert_eq!(app.delete(&format!("{at}/production")).await.status, 200);
    assert_eq!(app.get(&at).await.data()["total"], 0);
    let deploy =
        app.post(&format!("/api/projects/{project}/deploy"), json!({"environment": "production"})).await;
    deploy.is_problem(404, "environment_not_found");
    let deploy = app.post(&format!("/api/projects/{project}/deploy"), json!({})).await;
    assert_eq!(deploy.is_problem(422, "invalid_value")["errors"][0]["pointer"], "/environment");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_answers_with_a_job_or_when_it_is_done() {
    let app = TestApp::new();
    let (project, _, _) = app.site().await;
    let done = app.post(&format!("/api/html-builder/{project}/export-static?wait=true"), json!({})).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert!(done.data()["files"].as_u64().is_some_and(|files| files > 1), "{done:?}");
    let started = app
        .send(
            request("POST", &format!("/api/project/{project}/build"))
                .body(axum::body::Body::empty())
                .unwrap(),
        )
        .await;
    assert_eq!(started.status, 202, "{started:?}");
    let job = started.data()["id"].as_str().unwrap().to_owned();
    assert_eq!(app.get(&format!("/api/jobs/{job}")).await.data()["id"], job.as_str());
}

#[tokio::test]
async fn a_project_is_made_from_a_template_and_an_unknown_one_is_refused_with_the_names() {
    let app = TestApp::new();
    let templates = app.get("/api/v1/templates").await;
    let items = templates.data()["items"].clone();
    let names: Vec<_> = items.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["blank", "portfolio", "journal", "business", "landing", "tutorial"]);

    let body = json!({"name": "Ada", "type": "html", "template": "portfolio"});
    let made = app.post("/api/projects", body).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!((&made.data()["pages"], &made.data()["site"]["title"]), (&json!(3), &json!("Ada")));
    let id = made.data()["id"].as_str().unwrap().to_owned();
    let canvas = app.get(&format!("/canvas/{id}/about.html")).await;
    assert_eq!(canvas.status, 200);
    let html = String::from_utf8_lossy(&canvas.body);
    assert!(html.contains("href=\"contact.html\""), "pages lead to each other");

    for template in [json!("museum"), json!(""), json!("../demo")] {
        let body = json!({"name": "Ada", "type": "html", "template": template});
        let refused = app.post("/api/projects", body).await;
        refused.is_problem(422, "invalid_value");
        let problem = refused.json();
        assert_eq!(problem["errors"][0]["pointer"], "/template");
        assert!(problem["detail"].as_str().unwrap().contains("portfolio, journal"), "{problem}");
    }
    assert_eq!(app.get("/api/projects").await.data()["total"], 1, "nothing was made of the refused");
}

#[tokio::test]
async fn a_template_is_looked_at_before_anything_is_made_of_it() {
    let app = TestApp::new();
    let folder = "/api/v1/templates/portfolio/preview";
    let page = app.get(&format!("{folder}/index.html")).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.header("content-security-policy").contains("frame-ancestors 'self'"));
    let html = String::from_utf8_lossy(&page.body).into_owned();
    assert!(!html.contains("{{") && !html.contains("data-accid"), "it is as visitors would see it");
    let pictures: Vec<_> = html.split('"').filter(|text| text.starts_with("images/")).collect();
    assert!(!pictures.is_empty(), "a portfolio shows pictures");
    for file in ["assets/site.css", pictures[0].split(' ').next().unwrap()] {
        assert_eq!(app.get(&format!("{folder}/{file}")).await.status, 200, "{file}");
    }
    for missing in ["nothing.html", "images/x-01234567-800.webp", "..%2F..%2Fdemo%2Fblotter.json"] {
        let status = app.get(&format!("{folder}/{missing}")).await.status;
        assert!(status.is_client_error(), "{missing}: {status}");
    }
    app.get("/api/templates/museum/preview/index.html").await.is_problem(422, "invalid_value");
    assert_eq!(app.get("/api/projects").await.data()["total"], 0, "nothing was made");
}

#[tokio::test]
async fn a_project_is_tagged_put_away_and_found_by_what_it_says() {
    let app = TestApp::new();
    let (project, page, _) = app.site().await;
    let path = format!("/api/projects/{project}");
    let tagged =
        app.put(&path, json!({"tags": [" Sailing ", "sailing", "Client"], "archived": true})).await.data();
    assert_eq!((&tagged["tags"], &tagged["archived"]), (&json!(["Sailing", "Client"]), &json!(true)));
    app.put(&path, json!({"tags": ["x".repeat(61)]})).await.is_problem(422, "invalid_value");
    let text = json!({"page": page, "type": "text", "props": {"text": "<p>A squall off Tobago</p>"}});
    assert_eq!(app.post(&format!("{path}/modules"), text).await.status, 201);
    let search = |text: &str| format!("/api/projects?search={text}");
    let found = app.get(&search("squall")).await.data();
    assert_eq!((&found["total"], &found["items"][0]["found"]), (&json!(1), &json!(["About us"])), "{found}");
    assert_eq!(app.get(&search("CLIENT")).await.data()["total"], 1);
    assert_eq!(app.get(&search("nowhere")).await.data()["total"], 0);
    let facts = app.get(&format!("{path}/facts")).await.data();
    assert!(
        facts["total_bytes"].as_u64().unwrap() > 0 && facts["bytes"]["history"].as_u64().unwrap() > 0,
        "{facts}"
    );
    let back = app.put(&path, json!({"archived": false})).await.data();
    assert_eq!((&back["archived"], &back["tags"]), (&json!(false), &json!(["Sailing", "Client"])));
}
