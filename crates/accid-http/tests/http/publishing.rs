//! `/api/v1/projects/{id}/ftp-credentials/…`, `…/publish`, `…/rollback`, `…/pin` and `/api/v1/vault/credentials`: a site
//! on its way to a server, and the secrets that nobody sees.

use accid_test::{FtpServer, FtpServerOptions, Manner, Shield, WebHost};
use serde_json::json;

use crate::support::{Reply, TestApp};

/// What was answered, to be searched for secrets.
#[derive(Default)]
struct Seen(Vec<String>);

impl Seen {
    fn note(&mut self, reply: Reply) -> Reply {
        self.0.push(String::from_utf8_lossy(&reply.body).into_owned());
        reply
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_goes_to_a_server_comes_back_and_no_secret_is_seen_anywhere() {
    let app = TestApp::new();
    let (id, pid, _) = app.site().await;
    let server =
        FtpServer::start(FtpServerOptions { shield: Shield::Explicit, ..FtpServerOptions::default() });
    let at = |rest: &str| format!("/api/v1/projects/{id}/{rest}");
    let publish = at("publish/production?wait=true");
    let page = || server.disk().files().get("/www/index.html").cloned();
    let mut seen = Seen::default();

    let set =
        seen.note(app.put(&at("environments/production"), json!({"url": server.url("www")})).await).data();
    assert_eq!((&set["kind"], &set["login"]), (&json!("ftps"), &json!(null)));
    seen.note(app.post(&publish, json!({})).await).is_problem(409, "credentials_missing");
    let credentials = at("ftp-credentials/production");
    seen.note(app.post(&credentials, json!({"password": "canary-wrong"})).await).data();
    seen.note(app.post(&publish, json!({})).await).is_problem(503, "publish_failed");
    let kept = seen.note(app.post(&credentials, json!({"password": FtpServer::PASSWORD})).await).data();
    assert_eq!(kept["login"], "password");
    assert!(seen.note(app.post(&publish, json!({})).await).data()["uploaded"].as_u64() > Some(0));
    let first = page();
    assert!(first.is_some());

    seen.note(app.put(&at(&format!("pages/{pid}")), json!({"title": "Second edition"})).await).data();
    let plan = seen.note(app.post(&publish, json!({"dry_run": true})).await).data();
    assert!(plan["changed"].as_array().is_some_and(|files| !files.is_empty()));
    seen.note(app.post(&publish, json!({})).await).data();
    assert_ne!(page(), first);
    seen.note(app.post(&at("rollback/production?wait=true"), json!({})).await).data();
    assert_eq!(page(), first);
    let releases = seen.note(app.get(&at("releases/production")).await).data();
    assert_eq!((&releases["total"], &releases["items"][0]["online"]), (&json!(3), &json!(true)));
    let history = seen.note(app.get(&at("deployments/production")).await).data();
    let kinds: Vec<_> =
        history["items"].as_array().unwrap().iter().map(|one| (&one["kind"], &one["outcome"])).collect();
    assert_eq!(kinds[0], (&json!("rollback"), &json!("done")));
    assert!(kinds.contains(&(&json!("publish"), &json!("failed"))));

    server.change_certificate();
    let sent = server.passwords();
    let changed = seen.note(app.post(&publish, json!({})).await).is_problem(409, "host_key_changed");
    assert_eq!(server.passwords(), sent, "a password went to a server that is not the one that is known");
    let shown = changed["details"]["shown"].clone();
    let trusted =
        seen.note(app.put(&at("environments/production/pin"), json!({"fingerprint": shown})).await).data();
    assert_eq!(trusted["pin"]["fingerprint"], shown);
    seen.note(app.post(&publish, json!({})).await).data();

    let vault = |rest: &str| format!("/api/v1/vault/credentials{rest}");
    let passphrase = json!({"passphrase": "canary horse battery"});
    let state = seen.note(app.put(&vault("/protection"), passphrase.clone()).await).data();
    assert_eq!((&state["state"], &state["protected_by"]), (&json!("open"), &json!("passphrase")));
    seen.note(app.post(&vault("/lock"), json!({})).await).data();
    seen.note(app.post(&publish, json!({})).await).is_problem(409, "credentials_locked");
    seen.note(app.post(&vault("/unlock"), json!({"passphrase": "canary wrong"})).await)
        .is_problem(409, "credentials_locked");
    assert_eq!(seen.note(app.post(&vault("/unlock"), passphrase).await).data()["state"], "open");
    seen.note(app.post(&publish, json!({})).await).data();

    seen.note(app.post(&at("time-machine/snapshot"), json!({"message": "with a secret"})).await);
    seen.note(app.post(&format!("/api/v1/html-builder/{id}/export-static?wait=true"), json!({})).await);
    seen.note(app.get(&at("time-machine/snapshots")).await);
    seen.note(app.get(&format!("/api/v1/projects/{id}")).await);
    seen.note(app.get(&at("environments")).await);
    for text in &seen.0 {
        assert!(!text.contains("canary"), "an answer shows a secret: {text}");
    }
    for (path, bytes) in app.vfs.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains("canary"), "{} holds a secret", path.display());
    }
    // What was sealed stays in the blotter: neither a copy of the project nor its history has it.
    let sealed = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("\"sealed\"");
    let holders: Vec<_> =
        app.vfs.files().into_iter().filter(|(_, bytes)| sealed(bytes)).map(|(path, _)| path).collect();
    assert!(holders.iter().all(|path| path.ends_with("accid_blotter.json")), "{holders:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_publishing_the_site_is_looked_at_as_a_visitor_and_what_is_seen_fails_nothing() {
    let app = TestApp::new();
    let (id, pid, _) = app.site().await;
    let server = FtpServer::start(FtpServerOptions::default());
    let host = WebHost::start(server.shared_disk(), "/www");
    let at = |rest: &str| format!("/api/v1/projects/{id}/{rest}");
    let place = json!({"url": server.url("www"), "public_url": host.url()});
    app.put(&at("environments/production"), place).await.data();
    let login = json!({"password": FtpServer::PASSWORD});
    app.post(&at("ftp-credentials/production"), login).await.data();
    let publish = async || {
        let done = app.post(&at("publish/production?wait=true"), json!({})).await.data();
        assert!(done["release"].is_string(), "{done}");
        done["seen"].clone()
    };
    let seen = publish().await;
    assert_eq!(seen["sight"], "published", "{seen}");
    let before = server.disk().files();
    app.put(&at(&format!("pages/{pid}")), json!({"title": "Second edition"})).await.data();
    host.behave(Manner::Remembering(before));
    assert_eq!(publish().await["sight"], "earlier");
    for (manner, sight, word) in [
        (Manner::Adding("<script>ads()</script>"), "altered", "changes pages"),
        (
            Manner::Remembering([("/www/index.html".to_owned(), b"parked".to_vec())].into()),
            "altered",
            "on their way",
        ),
        (Manner::Refusing(403), "other", "403"),
        (Manner::Refusing(404), "other", "folder of the environment"),
        (Manner::Refusing(503), "other", ".htaccess"),
        (Manner::SendingOn("http://169.254.169.254/latest".to_owned()), "other", "not looked at"),
        (Manner::SendingOn("/".to_owned()), "nothing", "circle"),
    ] {
        host.behave(manner);
        let seen = publish().await;
        assert_eq!(seen["sight"], sight, "{seen}");
        assert!(seen["message"].as_str().unwrap().contains(word), "{seen}");
    }
    host.behave(Manner::Honest);
    assert_eq!(publish().await["sight"], "published");
    // Another site's folder, and nobody at all.
    let elsewhere = FtpServer::start(FtpServerOptions::default());
    elsewhere.disk().put("/www/index.html", b"somebody else's page");
    let other = WebHost::start(elsewhere.shared_disk(), "/www");
    for (public, sight) in [(other.url(), "other"), ("http://127.0.0.1:9".to_owned(), "nothing")] {
        let place = json!({"url": server.url("www"), "public_url": public});
        app.put(&at("environments/production"), place).await.data();
        assert_eq!(publish().await["sight"], sight);
    }
    let history = app.get(&at("deployments/production")).await.data();
    assert_eq!(history["items"][0]["outcome"], "done");
    assert_eq!(history["items"][0]["seen"]["sight"], "nothing");
}
