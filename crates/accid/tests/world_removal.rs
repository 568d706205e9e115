//! A project is removed while its pictures and pages are being looked at: who looks learns that it is gone, and the log
//! names no fault of the disk.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
};

use accid_test::{Photograph, Sandbox, long_form};
use serde_json::{Value, json};

#[test]
fn pictures_of_a_project_that_is_being_removed_are_gone_and_no_fault() {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
    std::fs::write(sandbox.path("harbour.jpg"), Photograph::default().jpeg()).unwrap();
    let server = sandbox.start(&["up"]);
    for round in 0..if long_form() { 40 } else { 6 } {
        sandbox.run(&["new", &format!("Boat {round}"), "--type", "html"]).good();
        let slug = format!("boat-{round}");
        let added = sandbox.json(&["photos", "add", &slug, "harbour.jpg"]);
        let photos = server.get(&format!("/api/gallery/{slug}/photos")).data();
        let photo =
            photos["items"][0]["id"].as_str().unwrap_or_else(|| panic!("{photos} {added}")).to_owned();
        let removed = Arc::new(AtomicBool::new(false));
        let (looking, looks) = mpsc::channel();
        let viewers: Vec<_> = [
            format!("/api/gallery/{slug}/photos/{photo}/picture/320"),
            format!("/api/gallery/{slug}/photos/{photo}/original"),
            format!("/canvas/{slug}/index.html"),
        ]
        .map(|path| {
            let (call, removed, looking) = (server.caller(), Arc::clone(&removed), looking.clone());
            thread::spawn(move || {
                let (mut seen, mut after) = (Vec::new(), 0);
                // A few more looks after the end: what is gone stays gone.
                while after < 3 {
                    after += usize::from(removed.load(Ordering::Relaxed));
                    seen.push(call("GET", &path, &Value::Null).map_or(0, |answer| answer.status));
                    looking.send(()).unwrap_or_default();
                }
                (path, seen)
            })
        })
        .into_iter()
        .collect();
        for _ in 0..6 {
            looks.recv().unwrap();
        }
        server.call("DELETE", &format!("/api/projects/{slug}"), &json!({})).data();
        removed.store(true, Ordering::Relaxed);
        for viewer in viewers {
            let (path, seen) = viewer.join().unwrap();
            assert!(seen.iter().all(|status| matches!(status, 200 | 404 | 409)), "{path}: {seen:?}");
            assert!(seen[0] == 200 && seen.last() == Some(&404), "{path}: {seen:?}");
        }
    }
    let faults: Vec<String> =
        server.end_with_log().into_iter().filter(|line| line.contains("\"ERROR\"")).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}
