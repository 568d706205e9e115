//! How fast Lighthouse finds the demo's pages on a phone with a slow line, exported and served as a host does.

use std::{process::Command, thread, time::Duration};

use accid_test::Sandbox;
use serde_json::{Value, json};

use super::Row;
use crate::tree;

const DEMO: &str = "/api/projects/yacht-adventures";
const EXPORT: &str = "/api/html-builder/yacht-adventures/export-static?wait=true";

/// Score that a page is promised to reach.
const PROMISED: f64 = 95.0;

/// The demo in every theme.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    if !tree::exists("web/judges/node_modules/lighthouse") {
        let why = "not measured: the judges are not installed (npm ci --prefix web/judges)".to_owned();
        return vec![Row::known("Lighthouse performance of the demo", why)];
    }
    let server = sandbox.start(&["up", "--demo"]);
    let themes = server.get("/api/themes").data();
    let mut demo = server.get(DEMO);
    while demo.status == 404 {
        // The demo is made while the program answers already.
        thread::sleep(Duration::from_millis(20));
        demo = server.get(DEMO);
    }
    let demo = demo.data();
    let names = themes["items"].as_array().into_iter().flatten().filter_map(|theme| theme["name"].as_str());
    names
        .map(|name| {
            let own = demo["theme"]["name"] == name;
            let theme = if own { demo["theme"].clone() } else { json!({"name": name}) };
            server.call("PUT", DEMO, &json!({"theme": theme})).data();
            let out = sandbox.text(&format!("demo-{name}"));
            server.call("POST", EXPORT, &json!({"out": out})).data();
            lowest(name, &out)
        })
        .collect()
}

/// The page of the site that scores lowest.
fn lowest(theme: &str, site: &str) -> Row {
    let what = format!("Lighthouse performance on a phone, lowest of the demo's pages in {theme}");
    let judge = tree::root().join("web/judges/performance.mjs");
    let found = match Command::new("node").arg(judge).arg(site).output() {
        Ok(output) if output.status.success() => serde_json::from_slice::<Value>(&output.stdout).ok(),
        _ => None,
    };
    let scores = found.iter().flat_map(|found| found.as_array().into_iter().flatten());
    let lowest = scores.filter_map(|page| page["performance"].as_f64()).reduce(f64::min);
    lowest.map_or_else(
        || Row::known(&what, "not measured: node or Chromium is missing".to_owned()),
        |score| Row::at_least(&what, score, PROMISED, "of 100"),
    )
}
