//! `/api/services/…`, `/auth/dropbox/…`, `/api/projects/{id}/dropbox/…`, `/api/images/upload-imgbb`: connecting, taking in,
//! sending, and what is said while a service is away.

use std::{path::Path, time::Duration};

use accid_base::{Secret, Vfs as _};
use accid_studio::{DropboxAddresses, ServiceOptions, Waits};
use accid_test::{CloudHost, Trouble};
use axum::{body::Body, http::Request};
use serde_json::{Value, json};

use crate::{
    photograph::Photograph,
    support::{Reply, TestApp, request},
};

/// Long enough for a machine at work; only silence takes as long.
const WAITS: Waits = Waits { connect: Duration::from_secs(20), answer: Duration::from_secs(20) };

fn options(host: &CloudHost) -> ServiceOptions {
    let dropbox = DropboxAddresses::at(&host.url()).unwrap();
    ServiceOptions { dropbox, imgbb: host.url(), waits: WAITS, part: 4_000, ..ServiceOptions::default() }
}

fn app(host: &CloudHost) -> TestApp {
    let app = TestApp::new();
    app.studio.use_services(options(host));
    app
}

/// A page of another site leads the browser here, as Dropbox does.
async fn visit(app: &TestApp, path: &str) -> Reply {
    let headers =
        [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
    let request =
        headers.iter().fold(request("GET", path), |request, (name, value)| request.header(*name, *value));
    app.send(request.body(Body::empty()).unwrap()).await
}

async fn key(app: &TestApp) {
    app.put("/api/services/dropbox", json!({"key": CloudHost::APP_KEY})).await.data();
}

/// The address on this machine that the browser comes back to after a yes.
async fn said_yes(app: &TestApp, host: &CloudHost, whose: &str) -> String {
    let start = app.get(&format!("/auth/dropbox/start/{whose}")).await;
    assert_eq!(start.status, 303, "{start:?}");
    assert_eq!(start.header("cache-control"), "no-store");
    let back = host.say_yes(start.header("location"));
    back.strip_prefix("http://localhost:9847").unwrap().to_owned()
}

async fn connect(app: &TestApp, host: &CloudHost, whose: &str) {
    let back = said_yes(app, host, whose).await;
    assert_eq!(visit(app, &back).await.header("location"), "/settings?dropbox=connected");
}

async fn service(app: &TestApp, index: usize) -> Value {
    app.get("/api/services").await.data()["items"][index].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn dropbox_is_connected_once_for_all_projects_and_let_go_again() {
    let host = CloudHost::start();
    let app = app(&host);
    app.get("/auth/dropbox/start/shared").await.is_problem(409, "credentials_missing");
    assert_eq!(service(&app, 0).await["ready"], false);
    app.put("/api/services/dropbox", json!({"key": "not a key"})).await.is_problem(422, "invalid_value");
    key(&app).await;
    assert_eq!(app.get("/api/settings").await.data()["dropbox_app_key"], CloudHost::APP_KEY);
    app.get("/auth/dropbox/start/no-such-project").await.is_problem(404, "project_not_found");
    connect(&app, &host, "shared").await;
    let found = service(&app, 0).await;
    assert_eq!((&found["connected"], &found["account"]["name"]), (&json!(true), &json!("Ada Lovelace")));
    assert_eq!((&found["breaker"], &found["message"]), (&json!("closed"), &json!("")));
    let kept = app.vfs.read("/data/keys/tokens/dropbox_tokens.json".as_ref()).unwrap();
    assert!(!String::from_utf8_lossy(&kept).contains("canary"), "sealed");
    let gone = app.delete("/api/services/dropbox").await.data();
    assert_eq!((&gone["connected"], &gone["account"]), (&json!(false), &Value::Null));
    assert!(app.vfs.read("/data/keys/tokens/dropbox_tokens.json".as_ref()).is_err());
    assert!(host.calls().iter().any(|call| call == "/2/auth/token/revoke"), "taken back there too");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_asked_for_connects_nothing() {
    let host = CloudHost::start();
    let app = app(&host);
    key(&app).await;
    let refused = "/settings?dropbox=refused";
    let exchanged = |host: &CloudHost| host.calls().iter().filter(|call| call.contains("token")).count();
    for path in ["", "?code=stolen", "?code=stolen&state=guessed", "?state=&code="] {
        let reply = visit(&app, &format!("/auth/dropbox/callback{path}")).await;
        assert_eq!(reply.header("location"), refused, "{path}");
    }
    assert_eq!(exchanged(&host), 0, "nothing was sent");
    // An answer is good once, and not for ever.
    let back = said_yes(&app, &host, "shared").await;
    let state = back.split_once("state=").unwrap().1.to_owned();
    let no = format!("/auth/dropbox/callback?error=access_denied&state={state}");
    assert_eq!(visit(&app, &no).await.header("location"), refused);
    assert!(service(&app, 0).await["message"].as_str().unwrap().contains("You said no"));
    assert_eq!(visit(&app, &back).await.header("location"), refused);
    let late = said_yes(&app, &host, "shared").await;
    app.clock.advance_milliseconds(600_000);
    assert_eq!(visit(&app, &late).await.header("location"), refused);
    assert_eq!((exchanged(&host), service(&app, 0).await["connected"].clone()), (0, json!(false)));
    connect(&app, &host, "shared").await;
    assert_eq!(service(&app, 0).await["message"], "");
    // Where nothing could be kept, nobody is sent away.
    app.post("/api/vault/credentials/lock", json!({})).await.data();
    let protect = json!({"by": "passphrase", "passphrase": "canary horse battery"});
    app.post("/api/vault/credentials/unlock", json!({})).await.data();
    app.put("/api/vault/credentials/protection", protect).await.data();
    app.post("/api/vault/credentials/lock", json!({})).await.data();
    app.get("/auth/dropbox/start/shared").await.is_problem(409, "credentials_locked");
    assert!(service(&app, 0).await["message"].as_str().unwrap().contains("locked"));
    let (id, _, _) = app.site().await;
    app.get(&format!("/api/project/{id}/dropbox/list")).await.is_problem(409, "credentials_locked");
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_taken_in_and_an_import_that_broke_off_is_begun_again() {
    let host = CloudHost::start();
    let app = app(&host);
    let (id, _, _) = app.site().await;
    let at = |rest: &str| format!("/api/project/{id}/dropbox/{rest}");
    app.get(&at("list")).await.is_problem(409, "credentials_missing");
    key(&app).await;
    connect(&app, &host, "shared").await;
    for number in 1..=3_u8 {
        let picture =
            Photograph { seed: u64::from(number), width: 40, height: 30, ..Photograph::default() }.jpeg();
        host.put(&format!("/Photos/{number}.jpg"), &picture);
    }
    host.put("/Photos/notes.txt", b"no picture");
    let small = app.get(&at("thumbnail?path=/Photos/1.jpg")).await;
    assert_eq!((small.status.as_u16(), small.header("content-type")), (200, "image/jpeg"));
    app.get(&at("thumbnail?path=/Photos/none.jpg")).await.is_problem(404, "object_not_found");
    app.get(&at("thumbnail?path=/Photos/notes.txt")).await.is_problem(409, "service_refused");
    host.put("/Photos/broken.jpg", b"no picture either");
    let list = app.get(&at("list?path=/Photos")).await.data();
    let pictures = list["items"].as_array().unwrap().iter().filter(|one| one["picture"] == true).count();
    assert_eq!((&list["total"], pictures), (&json!(5), 4));
    assert_eq!(app.get(&at("list")).await.data()["items"][0]["kind"], "folder");
    app.get(&at("list?path=Photos")).await.is_problem(422, "invalid_value");
    app.get(&at("list?path=/Nowhere")).await.is_problem(404, "object_not_found");
    app.post(&at("import"), json!({})).await.is_problem(422, "invalid_value");

    // A token that runs out and a "too many" are no reason to stop; a service that goes away is.
    host.expire();
    host.fail("download", Trouble::TooMany(0));
    let import = at("import?wait=true");
    let one = app.post(&import, json!({"paths": ["/Photos/1.jpg", "/Photos/gone.jpg"]})).await.data();
    assert_eq!((&one["taken"], &one["refused"][0]["name"]), (&json!(1), &json!("gone.jpg")));
    for _ in 0..2 {
        host.fail("download", Trouble::CutAnswer);
    }
    let paths = json!({"paths": ["/Photos/2.jpg", "/Photos/3.jpg"]});
    let broken = app.post(&import, paths).await.is_problem(503, "service_unavailable");
    assert!(broken["error"].as_str().unwrap().contains("0 of 2 pictures were taken in"), "{broken}");
    let all = app.post(&import, json!({"folder": "/Photos"})).await.data();
    assert_eq!(all["taken"], 2, "{all}");
    assert_eq!(all["refused"].as_array().unwrap().len(), 2, "one is here already, one is none: {all}");
    assert_eq!(app.get(&format!("/api/gallery/{id}/photos")).await.data()["total"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_and_a_project_are_sent_in_parts_and_hold_no_secret() {
    let host = CloudHost::start();
    let app = app(&host);
    let (id, _, _) = app.site().await;
    key(&app).await;
    connect(&app, &host, "shared").await;
    let place = json!({"url": "ftp://ada@host.example/www"});
    app.put(&format!("/api/project/{id}/environments/production"), place).await.data();
    let login = json!({"password": "canary-password"});
    app.post(&format!("/api/project/{id}/ftp-credentials/production"), login).await.data();
    let send = format!("/api/project/{id}/dropbox/upload?wait=true");
    host.fail("append_v2", Trouble::CutAnswer);
    let site = app.post(&send, json!({})).await.data();
    assert_eq!(site["path"], "/ACCID/yacht-site-2026-03-01.zip");
    let project = app.post(&send, json!({"what": "project", "folder": "/Backups"})).await.data();
    assert_eq!(project["path"], "/Backups/yacht-project-2026-03-01.zip");
    app.post(&send, json!({"folder": "no slash"})).await.is_problem(422, "invalid_value");
    let files = host.files();
    assert!(host.calls().iter().any(|call| call.ends_with("append_v2")), "in parts");
    let names = |path: &str| {
        let zip = &files[path];
        let text = String::from_utf8_lossy(zip).into_owned();
        assert!(zip.starts_with(b"PK") && !text.contains("canary") && !text.contains("keys/tokens"));
        text
    };
    assert!(names("/ACCID/yacht-site-2026-03-01.zip").contains("index.html"));
    let project = names("/Backups/yacht-project-2026-03-01.zip");
    assert!(project.contains("accid_blotter.json") && project.contains("pages/"));
    let other = TestApp::new();
    other.vfs.write(Path::new("/in.zip"), &files["/Backups/yacht-project-2026-03-01.zip"]).unwrap();
    let taken = other.post("/api/import/project-zip?wait=true", json!({"file": "/in.zip"})).await.data();
    assert_eq!((&taken["copy"], &taken["project"]), (&json!(false), &json!("yacht")), "with its history");
    let versions = format!("/api/projects/{id}/time-machine/snapshots");
    assert_eq!(other.get(&versions).await.data(), app.get(&versions).await.data());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_may_have_an_account_of_its_own() {
    let host = CloudHost::start();
    let app = app(&host);
    let (id, _, _) = app.site().await;
    key(&app).await;
    connect(&app, &host, &id).await;
    let at = format!("/api/project/{id}/dropbox");
    let own = app.get(&at).await.data();
    assert_eq!((&own["connected"], &own["own"]), (&json!(true), &json!(true)));
    assert_eq!(service(&app, 0).await["connected"], false, "of no other project");
    assert_eq!(app.get(&format!("{at}/list")).await.data()["total"], 0);
    let alone = app.delete(&at).await.data();
    assert_eq!((&alone["connected"], &alone["own"]), (&json!(false), &json!(false)));
    app.get(&format!("{at}/list")).await.is_problem(409, "credentials_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_answer_is_left_alone_and_comes_back() {
    let host = CloudHost::start();
    let app = app(&host);
    let (id, _, _) = app.site().await;
    key(&app).await;
    connect(&app, &host, "shared").await;
    let list = format!("/api/project/{id}/dropbox/list");
    host.fail("list_folder", Trouble::TooMany(30));
    let busy = app.get(&list).await.is_problem(503, "service_unavailable");
    assert!(busy["error"].as_str().unwrap().contains("30 seconds"), "{busy}");
    let calls = host.calls().len();
    let resting = app.get(&list).await.is_problem(503, "service_unavailable");
    assert!(resting["error"].as_str().unwrap().contains("left alone"), "{resting}");
    assert_eq!(host.calls().len(), calls, "nobody was asked");
    let found = service(&app, 0).await;
    assert_eq!(found["breaker"], "open");
    assert!(found["message"].as_str().unwrap().contains("Everything on this machine goes on"), "{found}");
    app.clock.advance_milliseconds(30_000);
    assert_eq!(service(&app, 0).await["breaker"], "half-open");
    app.get(&list).await.data();
    assert_eq!(service(&app, 0).await["breaker"], "closed");
    for status in [503, 500] {
        host.fail("list_folder", Trouble::Status(status, ""));
        app.get(&list).await.is_problem(503, "service_unavailable");
    }
    assert_eq!(service(&app, 0).await["breaker"], "open");
    assert_eq!(service(&app, 1).await["breaker"], "closed", "each has its own");
    assert_eq!(app.post("/api/services/dropbox/retry", json!({})).await.data()["breaker"], "closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_was_taken_back_is_said_until_it_is_given_anew() {
    let host = CloudHost::start();
    let app = app(&host);
    let (id, _, _) = app.site().await;
    key(&app).await;
    connect(&app, &host, "shared").await;
    assert_eq!(service(&app, 0).await["signed_out"], false);
    host.revoke();
    app.get(&format!("/api/project/{id}/dropbox/list")).await.is_problem(409, "credentials_missing");
    let found = service(&app, 0).await;
    assert_eq!((&found["connected"], &found["signed_out"]), (&json!(true), &json!(true)));
    assert!(found["message"].as_str().unwrap().contains("Connect again"), "{found}");
    // Whoever began at another address of this machine comes back to it.
    let start = Request::get("/auth/dropbox/start/shared").header("host", "127.0.0.1:9847");
    let start = app.send(start.body(Body::empty()).unwrap()).await;
    let back = host.say_yes(start.header("location"));
    let back = back.strip_prefix("http://localhost:9847").unwrap();
    let home = "http://127.0.0.1:9847/settings?dropbox=connected";
    assert_eq!(visit(&app, back).await.header("location"), home);
    let found = service(&app, 0).await;
    assert_eq!((&found["signed_out"], &found["message"]), (&json!(false), &json!("")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_shown_by_imgbb_without_its_place_and_else_by_this_machine() {
    let host = CloudHost::start();
    let app = app(&host);
    let (id, _, _) = app.site().await;
    let place = Some((14.0, -61.0));
    let place = Photograph { width: 64, height: 48, place, ..Photograph::default() }.jpeg();
    let (kind, body) = form("boat.jpg", &place);
    let upload = request("POST", &format!("/api/gallery/{id}/photos/upload")).header("content-type", &kind);
    let photo = app.send(upload.body(Body::from(body.clone())).unwrap()).await.data();
    let photo = photo["items"][0]["id"].as_str().unwrap().to_owned();
    let ask = json!({"project": id, "photo": photo});
    let address = "/api/images/upload-imgbb";
    let local = app.post(address, ask.clone()).await.data();
    assert_eq!(local["hosted"], false);
    assert!(
        local["message"].as_str().unwrap().contains("the picture on this machine is as it was"),
        "{local}"
    );
    assert_eq!(app.get(local["url"].as_str().unwrap()).await.header("content-type"), "image/jpeg");

    app.put("/api/services/imgbb", json!({"key": "canary-wrong"})).await.data();
    assert_eq!(app.post(address, ask.clone()).await.data()["hosted"], false);
    let set = app.put("/api/services/imgbb", json!({"key": CloudHost::IMGBB_KEY})).await;
    assert!(!String::from_utf8_lossy(&set.body).contains("canary"));
    let hosted = app.post(address, ask.clone()).await.data();
    assert_eq!((&hosted["hosted"], &hosted["url"]), (&json!(true), &json!("https://i.ibb.co/p1/boat.jpg")));
    for trouble in [Trouble::Silence, Trouble::TooMany(60)] {
        if trouble == Trouble::Silence {
            let waits = Waits { answer: Duration::from_millis(50), ..WAITS };
            app.studio.use_services(ServiceOptions { waits, ..options(&host) });
        } else {
            app.studio.use_services(options(&host));
        }
        host.fail("upload", trouble);
        let local = app.post(address, ask.clone()).await.data();
        assert_eq!(local["hosted"], false, "{local}");
    }
    let lone =
        || request("POST", address).header("content-type", &kind).body(Body::from(body.clone())).unwrap();
    app.send(lone()).await.is_problem(503, "service_unavailable");
    app.clock.advance_milliseconds(60_000);
    assert_eq!(app.send(lone()).await.data()["hosted"], true);
    for picture in host.images() {
        assert!(picture.starts_with(b"\xff\xd8") && !picture.windows(4).any(|four| four == b"Exif"));
    }
    // The key of the environment wins, and is as little answered.
    let imgbb_key = Some(Secret::new("canary-of-the-environment".to_owned()));
    app.studio.use_services(ServiceOptions { imgbb_key, ..options(&host) });
    assert_eq!(service(&app, 1).await["from_environment"], true);
    assert_eq!(app.post(address, ask).await.data()["hosted"], false);
    let unreadable = form("x.jpg", b"no picture");
    let sent = request("POST", address).header("content-type", &unreadable.0).body(Body::from(unreadable.1));
    assert!(app.send(sent.unwrap()).await.status.is_client_error());
}

fn form(name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"image\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
    ("multipart/form-data; boundary=edge".to_owned(), body)
}
