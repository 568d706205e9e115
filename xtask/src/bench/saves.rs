//! Durable saves beside a bare `fdatasync`, what a save adds to the ledger, and going back to any of 300 versions.

use std::{fs::OpenOptions, io::Write, path::Path, time::Instant};

use accid_test::Sandbox;
use serde_json::json;

use super::{Row, milliseconds, percentile, wire::Wire};

const SAVES: usize = 1_000;
const VERSIONS: usize = 300;

/// Saves and restores.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    sandbox.run(&["new", "Saved"]).good();
    let server = sandbox.start(&["up"]);
    let text = "A paragraph of some length, as people write them when they tell of a day at sea. ".repeat(4);
    let module = json!({"page": "index", "type": "hero", "props": {"title": "Start", "text": text}});
    let module = server.call("POST", "/api/projects/saved/modules", &module).data();
    let path = format!("/api/projects/saved/modules/{}", module["id"].as_str().unwrap_or_default());
    let ledger = sandbox.project_folder("saved").join(".accid/ledger");
    let before = size(&ledger);

    // One after the other in turn, so that both meet the same disk.
    let (mut saves, mut bare) = (Vec::new(), Vec::new());
    let mut probe = Probe::new(&sandbox.path("probe"));
    let Ok(mut wire) = Wire::to(server.url()) else { return Vec::new() };
    for number in 0..SAVES {
        let mut props = module["props"].clone();
        props["title"] = format!("Headline number {number}").into();
        let body = json!({"props": props}).to_string();
        let begun = Instant::now();
        let answer = wire.send("PUT", &path, &body);
        saves.push(milliseconds(begun.elapsed()));
        assert!(matches!(answer, Ok((200, _))), "{answer:?}");
        bare.push(probe.append(200));
    }
    #[expect(clippy::cast_precision_loss, reason = "bytes of one bench")]
    let bytes = (size(&ledger) - before) as f64 / SAVES as f64;

    for number in 0..VERSIONS {
        let mut props = module["props"].clone();
        props["title"] = format!("Version {number}").into();
        server.call("PUT", &path, &json!({"props": props})).data();
        server
            .call(
                "POST",
                "/api/projects/saved/time-machine/snapshot",
                &json!({"message": format!("v{number}")}),
            )
            .data();
    }
    let mut items = Vec::new();
    for page in 1..=2 {
        let list =
            server.get(&format!("/api/projects/saved/time-machine/snapshots?page={page}&perPage=200")).data();
        items.extend(list["items"].as_array().cloned().unwrap_or_default());
    }
    let mut restores: Vec<f64> = items
        .iter()
        .take(VERSIONS)
        .map(|version| {
            let begun = Instant::now();
            server
                .call("POST", "/api/projects/saved/time-machine/restore", &json!({"version": version["id"]}))
                .data();
            milliseconds(begun.elapsed())
        })
        .collect();
    let (save, sync) = (percentile(&mut saves, 0.95), percentile(&mut bare, 0.95));
    vec![
        Row::within(
            &format!("durable save over the API, p95 of {SAVES}, as a multiple of a bare fdatasync"),
            save / sync,
            3.0,
            "×",
        ),
        Row::known(
            "the same in milliseconds: save / bare fdatasync of 200 bytes",
            format!("{save:.2} / {sync:.2} ms"),
        ),
        Row::known(
            "the same, medians",
            format!("{:.2} / {:.2} ms", percentile(&mut saves, 0.5), percentile(&mut bare, 0.5)),
        ),
        Row::within("ledger for one small edit", bytes, 200.0, "bytes"),
        Row::within(
            &format!("restore of a version, slowest of {} of {}", restores.len(), items.len()),
            percentile(&mut restores, 1.0),
            50.0,
            "ms",
        ),
    ]
}

fn size(folder: &Path) -> u64 {
    Sandbox::files(folder).iter().map(|(_, bytes)| bytes.len() as u64).sum()
}

/// A file that only grows, as the ledger does.
struct Probe(Option<std::fs::File>);

impl Probe {
    fn new(path: &Path) -> Self {
        Self(OpenOptions::new().create(true).append(true).open(path).ok())
    }

    fn append(&mut self, length: usize) -> f64 {
        let bytes = vec![7; length];
        let begun = Instant::now();
        let written = self
            .0
            .as_mut()
            .is_some_and(|file| file.write_all(&bytes).and_then(|()| file.sync_data()).is_ok());
        if written { milliseconds(begun.elapsed()) } else { f64::NAN }
    }
}
