//! A history of 10,000 versions: what it takes on disk, how soon its project opens, how soon any of it is back, and
//! whether saves go on while it is thinned out.
//!
//! Its weeks cannot be waited for: it is made in this process, on the real disk, with a clock that is moved by hand. What
//! a user waits for is then measured from outside.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Instant,
};

use accid_base::{FixedClock, Id, RelativePath, Slug, SystemRandom, SystemVfs};
use accid_store::{Background, Project, Restore, Retention, Store, StoreOptions, Transaction, Write};
use accid_test::Sandbox;
use serde_json::{Value, json};

use super::{Row, milliseconds, percentile};

const VERSIONS: usize = 10_000;
const RESTORES: usize = 200;
const PAGES: usize = 20;

/// Long histories.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    made(sandbox).unwrap_or_else(|reason| vec![Row::known("a history of 10,000 versions", reason)])
}

fn open(root: &Path, clock: &Arc<FixedClock>) -> Result<Store, String> {
    Store::open(StoreOptions {
        root: root.to_path_buf(),
        vfs: Arc::new(SystemVfs),
        clock: clock.clone(),
        random: Arc::new(SystemRandom),
        background: Background::On,
    })
    .map_err(|error| error.to_string())
}

fn page(number: usize, title: &str) -> Value {
    let text = "A paragraph of some length, as people write them when they tell of a day at sea. ".repeat(4);
    json!({"id": format!("page-{number}"), "schema_version": 2, "slug": format!("p{number}"), "title": title, "order": number,
        "modules": [{"id": format!("text-{number}"), "type": "text", "version": 1, "props": {"text": text}}]})
}

fn path(number: usize) -> Result<RelativePath, String> {
    format!("pages/p{number}.json").parse().map_err(|error: accid_base::InvalidPath| error.to_string())
}

fn save(project: &Project, number: usize, title: &str) -> Result<(), String> {
    let writes = vec![Write::put(path(number)?, page(number, title))];
    let transaction = Transaction { author: "owner".to_owned(), note: format!("Edit p{number}"), writes };
    project.commit(transaction).map(|_| ()).map_err(|error| error.to_string())
}

fn made(sandbox: &Sandbox) -> Result<Vec<Row>, String> {
    let root = sandbox.data();
    let clock = Arc::new(FixedClock::at("2026-01-01T08:00:00Z"));
    let store = open(&root, &clock)?;
    let id: Id = "019b0000-0000-7000-8000-000000000001".parse().map_err(|_| "an id")?;
    let blotter = json!({"id": id, "schema_version": 1, "slug": "long", "name": "Long", "type": "html",
        "created_at": "2026-01-01T08:00:00Z", "site": {"title": "Long", "language": "en"}, "theme": {}});
    let mut documents: Vec<(RelativePath, Value)> = vec![
        ("accid_blotter.json".parse().map_err(|_| "a path")?, blotter),
        ("pages/index.json".parse().map_err(|_| "a path")?, page(99, "Home")),
    ];
    documents[1].1["slug"] = "index".into();
    let slug = Slug::from_text("long", "long");
    let project = store
        .create_project(&slug, documents, Vec::new(), "owner", "Created")
        .map_err(|error| error.to_string())?;
    for number in 0..VERSIONS {
        clock.advance_milliseconds(6 * 60_000);
        save(&project, number % PAGES, &format!("Headline number {number}"))?;
    }
    let ledger = project.ledger_bytes().map_err(|error| error.to_string())?;
    drop(project);
    store.close().map_err(|error| error.to_string())?;
    let mut rows = vec![Row::within("ledger of 10,000 autosaves", megabytes(ledger), 3.0, "MB")];

    let begun = Instant::now();
    let store = open(&root, &clock)?;
    let project = store.project("long").map_err(|error| error.to_string())?;
    let opened = milliseconds(begun.elapsed());
    let total = project.some_versions(0..50).1;
    rows.push(Row::within(&format!("a project with {total} versions opens"), opened, 200.0, "ms"));
    rows.push(restores(&project)?);
    rows.extend(thinning(&project)?);
    drop(project);
    store.close().map_err(|error| error.to_string())?;
    rows.push(from_outside(sandbox));
    Ok(rows)
}

/// Whole projects brought back, from all over the history.
fn restores(project: &Project) -> Result<Row, String> {
    let versions = project.versions();
    let mut times = Vec::new();
    for number in 0..RESTORES {
        let version = &versions[number * versions.len() / RESTORES];
        let begun = Instant::now();
        project.restore(&version.id, &Restore::Project, "owner").map_err(|error| error.to_string())?;
        times.push(milliseconds(begun.elapsed()));
    }
    let what = format!("restore of a project from {RESTORES} points of 10,000, slowest");
    Ok(Row::within(&what, percentile(&mut times, 1.0), 50.0, "ms"))
}

/// Saves go on while the history is thinned out.
fn thinning(project: &Arc<Project>) -> Result<Vec<Row>, String> {
    let mut alone = Vec::new();
    for number in 0..300 {
        let begun = Instant::now();
        save(project, 0, &format!("Alone {number}"))?;
        alone.push(milliseconds(begun.elapsed()));
    }
    let ended = Arc::new(AtomicBool::new(false));
    let (other, told) = (Arc::clone(project), Arc::clone(&ended));
    let thinner = thread::spawn(move || {
        let begun = Instant::now();
        let half = Retention { automatic: 5_000, ..Retention::default() };
        let done = other.compact(&half).map_err(|error| error.to_string());
        told.store(true, Ordering::Release);
        done.map(|done| (done, milliseconds(begun.elapsed())))
    });
    let mut meanwhile = Vec::new();
    let mut number = 0_usize;
    while !ended.load(Ordering::Acquire) {
        let begun = Instant::now();
        save(project, 0, &format!("Meanwhile {number}"))?;
        meanwhile.push(milliseconds(begun.elapsed()));
        number += 1;
    }
    let (done, took) = thinner.join().map_err(|_| "thinning out broke off")??;
    let slowest = percentile(&mut meanwhile, 1.0);
    Ok(vec![
        Row::within("a save while the history is thinned out, slowest", slowest, 50.0, "ms"),
        Row::known(
            "the same: saves meanwhile, their median / slowest save alone",
            format!(
                "{number}, {:.2} / {:.2} ms",
                percentile(&mut meanwhile, 0.5),
                percentile(&mut alone, 1.0)
            ),
        ),
        Row::known(
            "thinning out 10,000 versions",
            format!(
                "{took:.0} ms: {:.2} to {:.2} MB, {} versions",
                megabytes(done.before_bytes),
                megabytes(done.after_bytes),
                done.versions
            ),
        ),
    ])
}

/// The first answer about the history of a server that has just started.
fn from_outside(sandbox: &Sandbox) -> Row {
    let server = sandbox.start(&["up"]);
    let begun = Instant::now();
    let outline = server.get("/api/projects/long/time-machine/timeline").data();
    let list = server.get("/api/projects/long/time-machine/snapshots?page=40&perPage=50").data();
    let took = milliseconds(begun.elapsed());
    let known = outline["moments"].as_array().map_or(0, Vec::len);
    assert_eq!(list["items"].as_array().map_or(0, Vec::len), 50);
    Row::within(
        &format!("the outline and a window of {known} versions over the API, first time"),
        took,
        200.0,
        "ms",
    )
}

#[expect(clippy::cast_precision_loss, reason = "bytes of one bench")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
