//! The program as a server: starting, a second start, ending, and being killed in the middle of saves.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::{
    collections::HashMap,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use accid_test::{Dice, Quality, Sandbox, Server, long_form};
use serde_json::{Value, json};

fn sandbox() -> Sandbox {
    Sandbox::new(env!("CARGO_BIN_EXE_accid"))
}

#[test]
fn a_fresh_studio_answers_that_it_is_well_and_already_has_its_demo() {
    let sandbox = sandbox();
    let server = sandbox.start(&["up", "--demo"]);
    let health = server.get("/api/health").body;
    assert_eq!(health["status"], "ok");
    assert_eq!(health["roles"], json!(["vault", "builder", "waypoint"]));
    let projects = server.get("/api/projects").data();
    assert_eq!(projects["items"][0]["slug"], "yacht-adventures");
    drop(server);
    let again = sandbox.start(&["up", "--demo"]);
    assert_eq!(again.get("/api/projects").data()["total"], 1, "the demo is made once");
}

#[test]
fn a_second_start_on_the_same_data_points_to_the_first() {
    let sandbox = sandbox();
    let server = sandbox.start(&["up"]);
    let second = sandbox.run(&["up", "--port", "0"]).good();
    assert!(second.contains("running already") && second.contains(server.url()), "{second}");
    assert_eq!(server.get("/api/health").status, 200);
}

#[test]
fn a_port_that_is_taken_gets_a_plain_sentence() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let sentence = sandbox().run(&["up", "--port", &port]).refused();
    assert!(sentence.contains(&format!("Port {port} is in use")), "{sentence}");
}

#[test]
fn an_address_that_others_could_reach_is_refused() {
    for host in ["0.0.0.0", "::", "192.0.2.1"] {
        let sentence = sandbox().run(&["up", "--host", host, "--port", "0"]).refused();
        assert!(sentence.contains("accounts"), "{sentence}");
    }
}

#[test]
fn a_log_level_that_does_not_exist_gets_a_plain_sentence() {
    let sentence = sandbox().run(&["up", "--port", "0", "--log", "=loud="]).refused();
    assert!(sentence.contains("how much to log"), "{sentence}");
}

#[test]
fn asked_to_end_it_ends_within_five_seconds_though_a_browser_listens() {
    let sandbox = sandbox();
    let server = sandbox.start(&["up", "--demo"]);
    let port = server.url().rsplit(':').next().unwrap().to_owned();
    let mut events = std::net::TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    let request = format!("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
    std::io::Write::write_all(&mut events, request.as_bytes()).unwrap();
    std::io::Read::read_exact(&mut events, &mut [0; 12]).unwrap();
    let begun = Instant::now();
    let status = server.terminate(Duration::from_secs(5)).expect("it ends within 5 seconds");
    assert!(status.success(), "{status}");
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn the_builder_alone_edits_and_exports_and_says_what_is_missing() {
    let sandbox = sandbox();
    sandbox.run(&["new", "Alone"]).good();
    let server = sandbox.start(&["builder"]);
    assert_eq!(server.get("/api/health").body["roles"], json!(["builder"]));
    let renamed =
        server.call("PUT", "/api/projects/alone/pages/index", &json!({"title": "Edited alone"})).data();
    assert_eq!(renamed["title"], "Edited alone");
    let out = json!({"out": sandbox.text("site")});
    server.call("POST", "/api/html-builder/alone/export-static?wait=true", &out).data();
    assert!(sandbox.read(&sandbox.path("site/index.html")).contains("Edited alone"));
    let refused = server.call("POST", "/api/project/alone/publish/production", &json!({}));
    assert_eq!((refused.status, refused.body["code"].as_str()), (503, Some("service_unavailable")));
    assert!(refused.body["error"].as_str().unwrap().contains("The Vault is not running here"));
}

const PAGES: usize = 4;

/// One acknowledged or attempted save of one page.
struct Save {
    page: usize,
    number: u64,
    acknowledged: bool,
}

/// Saves rising numbers as the title of each page, from one thread a page, until the connection breaks.
fn save_until_it_dies(server: &Server, from: &HashMap<usize, u64>) -> mpsc::Receiver<Save> {
    let (sender, saves) = mpsc::channel();
    for page in 0..PAGES {
        let (call, sender) = (server.caller(), sender.clone());
        let mut number = from.get(&page).copied().unwrap_or(0);
        thread::spawn(move || {
            loop {
                number += 1;
                sender.send(Save { page, number, acknowledged: false }).ok();
                let path = format!("/api/projects/killed/pages/page-{page}");
                match call("PUT", &path, &json!({"title": number.to_string()})) {
                    Ok(answer) if answer.status == 200 => {
                        sender.send(Save { page, number, acknowledged: true }).ok();
                    }
                    Ok(answer) => panic!("{} {}", answer.status, answer.body),
                    Err(_) => return,
                }
            }
        });
    }
    saves
}

#[test]
fn a_connection_can_be_used_again_whoever_reads_the_body() {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    let sandbox = sandbox();
    let server = sandbox.start(&["up"]);
    let host = server.url().strip_prefix("http://").unwrap();
    let mut line = std::net::TcpStream::connect(host).unwrap();
    let head = format!(
        "POST /api/services/dropbox/retry HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n"
    );
    let mut reader = BufReader::new(line.try_clone().unwrap());
    for _ in 0..2 {
        line.write_all(head.as_bytes()).unwrap();
        line.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        assert!(reader.fill_buf().is_err(), "it answered before the request was over");
        line.write_all(b"{}").unwrap();
        line.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let (mut first, mut length) = (String::new(), 0);
        reader.read_line(&mut first).unwrap();
        assert!(first.starts_with("HTTP/1.1 200"), "{first}");
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).unwrap();
            match header.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.parse().unwrap();
                }
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
    }
}

#[test]
fn every_acknowledged_save_is_there_after_a_kill_at_any_moment() {
    let sandbox = sandbox();
    sandbox.run(&["new", "Killed"]).good();
    let server = sandbox.start(&["up"]);
    for page in 0..PAGES {
        server.call("POST", "/api/projects/killed/pages", &json!({"title": format!("Page {page}")})).data();
    }
    drop(server);
    let mut dice = Dice::new(20);
    let (mut acknowledged, mut attempted) = (HashMap::new(), HashMap::new());
    let mut saved = 0;
    let rounds = if long_form() { 200 } else { 20 };
    for round in 0..rounds {
        let server = sandbox.start(&["up"]);
        check_saves(&server, &acknowledged, &attempted, round);
        let saves = save_until_it_dies(&server, &attempted);
        let moment = Instant::now() + Duration::from_micros(dice.below(150_000));
        let mut take = |save: Save| {
            let list = if save.acknowledged { &mut acknowledged } else { &mut attempted };
            list.insert(save.page, save.number);
            saved += u64::from(save.acknowledged);
        };
        while let Ok(save) = saves.recv_timeout(moment.saturating_duration_since(Instant::now())) {
            take(save);
        }
        server.kill();
        saves.iter().for_each(take);
        check_files(&sandbox, round);
    }
    let server = sandbox.start(&["up"]);
    check_saves(&server, &acknowledged, &attempted, 999);
    let row = format!("| concurrent saves; killed | {rounds} | 0 of {saved} | 0 |");
    Quality::FAULTS.keep("0-kill", &row);
    assert!(saved > 100, "only {saved} saves were acknowledged, which tests little");
}

/// Each page has its last acknowledged save, or the one that was under way when the process died.
fn check_saves(
    server: &Server,
    acknowledged: &HashMap<usize, u64>,
    attempted: &HashMap<usize, u64>,
    round: u32,
) {
    for (page, least) in acknowledged {
        let title = server.get(&format!("/api/projects/killed/pages/page-{page}")).data()["title"].clone();
        let number: u64 = title.as_str().unwrap().parse().unwrap();
        let most = attempted[page];
        if number < *least || number > most {
            let versions = server.get("/api/projects/killed/time-machine/snapshots?perPage=5").data();
            panic!(
                "round {round}, page {page}: {number} is not in {least}..={most}; the last versions: {versions:#}"
            );
        }
    }
}

/// Every JSON file of the project can be read at any moment.
fn check_files(sandbox: &Sandbox, round: u32) {
    for (path, bytes) in Sandbox::files(&sandbox.project_folder("killed")) {
        if path.extension().is_some_and(|ending| ending == "json") {
            let read = serde_json::from_slice::<Value>(&bytes);
            assert!(read.is_ok(), "round {round}: {} is not JSON: {:?}", path.display(), read.err());
        }
    }
}
