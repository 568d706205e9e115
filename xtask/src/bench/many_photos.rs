//! Ten thousand photos in a headless Chromium: what `web/bench/photos.mjs` measures. The photos are a dozen real ones whose
//! documents were copied, each with an id, a day and a place of its own.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use accid_test::{Photograph, Sandbox};
use serde_json::{Value, json};

use super::{Row, studio};
use crate::tree;

/// How many photos there are.
const PHOTOS: usize = 10_000;
/// How many of them are real.
const REAL: u64 = 12;

/// Makes them, opens them, scrolls through them.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    let figures = make(sandbox).and_then(|()| look(sandbox));
    figures.unwrap_or_else(|problem| {
        vec![Row::known("10,000 photos in a browser", format!("not measured: {problem}"))]
    })
}

fn make(sandbox: &Sandbox) -> Result<(), String> {
    let folder = sandbox.path("some-photos");
    let told = |error: std::io::Error| error.to_string();
    fs::create_dir_all(&folder).map_err(told)?;
    for seed in 0..REAL {
        let place = Some((12.0 + seed as f64 / 10.0, -61.0));
        let photo = Photograph { width: 960, height: 640, seed: seed + 1, place, ..Photograph::default() };
        fs::write(folder.join(format!("IMG_{seed:04}.jpg")), photo.jpeg()).map_err(told)?;
    }
    sandbox.run(&["new", "Ten thousand", "--type", "gallery"]).good();
    sandbox.run(&["photos", "add", "ten-thousand", &folder.to_string_lossy()]).good();
    copy(&sandbox.data().join("projects/ten-thousand/photos")).map_err(told)
}

/// Copies the documents of the photos, over as many days as there are photos in a hundred.
fn copy(folder: &Path) -> std::io::Result<()> {
    let mut real = Vec::new();
    for entry in fs::read_dir(folder)? {
        let value: Value = serde_json::from_slice(&fs::read(entry?.path())?)?;
        real.push(value);
    }
    for number in real.len()..PHOTOS {
        let Some(mut photo) = real.get(number % real.len().max(1)).cloned() else { break };
        let id = format!("many-{number:05}");
        let (day, minute) = (number / 100, number % 100);
        photo["id"] = json!(id);
        photo["filename"] = json!(format!("many_{number:05}.jpg"));
        photo["location"] =
            json!({"lat": 12.0 + (number % 97) as f64 / 20.0, "lon": -61.9 + (number % 89) as f64 / 80.0});
        let at = format!(
            "2026-{:02}-{:02}T{:02}:{:02}:00-04:00",
            day / 28 + 1,
            day % 28 + 1,
            8 + minute / 60,
            minute % 60
        );
        photo["taken"] = json!({"at": at, "source": "hand"});
        fs::write(folder.join(format!("{id}.json")), serde_json::to_vec_pretty(&photo)?)?;
    }
    Ok(())
}

fn look(sandbox: &Sandbox) -> Result<Vec<Row>, String> {
    let server = sandbox.start(&["up"]);
    let output = Command::new("node")
        .arg("web/bench/photos.mjs")
        .env("ACCID_URL", server.url())
        .env("ACCID_PHOTOS", PHOTOS.to_string())
        .current_dir(tree::root())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("node cannot be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("web/bench/photos.mjs ended with {}", output.status));
    }
    studio::read(&String::from_utf8_lossy(&output.stdout))
}
