//! Reads of the API, opening a project with 500 objects, rendering a page with 200 modules.

use std::{hint::black_box, sync::Arc, time::Instant};

use accid_base::{Clock, FixedClock, Id, SequenceRandom};
use accid_model::{Blotter, Module, Page};
use accid_render::{Mode, Site, SiteSource};
use accid_test::{Sandbox, Server};
use serde_json::{Value, json};

use super::{Row, milliseconds, percentile};

/// Reads, opens and renders.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    sandbox.run(&["new", "Big"]).good();
    add_pages(sandbox, "big", 500, &|_| json!([]));
    let server = sandbox.start(&["up"]);
    server.get("/api/projects/big/pages?perPage=1").data();
    let mut reads = timed(&server, 3_000, "/api/projects/big/pages/page-250");
    let mut lists = timed(&server, 300, "/api/projects");
    drop(server);

    let mut opens: Vec<f64> = (0..5)
        .map(|_| {
            let server = sandbox.start(&["up"]);
            server.get("/api/health");
            let begun = Instant::now();
            server.get("/api/projects/big/pages?perPage=1").data();
            milliseconds(begun.elapsed())
        })
        .collect();
    vec![
        Row::within("read of a page over the API, p99 of 3,000", percentile(&mut reads, 0.99), 5.0, "ms"),
        Row::within("list of the projects, p99 of 300", percentile(&mut lists, 0.99), 5.0, "ms"),
        Row::within(
            "first read of a project with 500 objects (median of 5)",
            percentile(&mut opens, 0.5),
            100.0,
            "ms",
        ),
        Row::within("render of a page with 200 modules, in process (median of 50)", render_200(), 20.0, "ms"),
    ]
}

fn timed(server: &Server, times: usize, path: &str) -> Vec<f64> {
    (0..times)
        .map(|_| {
            let begun = Instant::now();
            assert_eq!(server.get(path).status, 200);
            milliseconds(begun.elapsed())
        })
        .collect()
}

/// Writes pages as an editor of files would, then lets the program take them in.
pub fn add_pages(sandbox: &Sandbox, project: &str, count: usize, modules: &dyn Fn(usize) -> Value) {
    let folder = sandbox.project_folder(project).join("pages");
    let model: Value = serde_json::from_str(&sandbox.read(&folder.join("index.json"))).unwrap_or_default();
    let clock = accid_base::SystemClock;
    for number in 0..count {
        let slug = format!("page-{number}");
        let mut page = model.clone();
        page["id"] = Id::generate(&clock, &accid_base::SystemRandom).to_string().into();
        page["slug"] = slug.clone().into();
        page["title"] = format!("Page {number}").into();
        page["order"] = (number + 1).into();
        page["modules"] = modules(number);
        let text = serde_json::to_string_pretty(&page).unwrap_or_default() + "\n";
        sandbox.write(&folder.join(format!("{slug}.json")), &text);
    }
    sandbox.run(&["snapshot", project, "-m", "All pages"]).good();
}

fn render_200() -> f64 {
    let clock = FixedClock::at("2026-01-01T00:00:00Z");
    let random = SequenceRandom::default();
    let types = accid_render::module_types();
    let modules: Vec<Module> = (0..200)
        .map(|index| {
            let kind = &types[index % types.len()];
            let props = kind.example.as_object().cloned().unwrap_or_default();
            Module::new(Id::generate(&clock, &random), kind.kind, kind.version, props)
        })
        .collect();
    let read = |value: Value| serde_json::from_value(value).ok();
    let id = Id::generate(&clock, &random).to_string();
    let page: Option<Page> = serde_json::from_value(json!({
        "id": id, "schema_version": 1, "slug": "index", "title": "Two hundred modules", "modules": modules,
    }))
    .ok();
    let blotter: Option<Blotter> = read(json!({
        "id": id, "schema_version": 1, "slug": "bench", "name": "Bench", "type": "html", "created_at": clock.now(),
    }));
    let (Some(page), Some(blotter)) = (page, blotter) else { return f64::NAN };
    let site = Site::new(SiteSource {
        blotter,
        pages: vec![Arc::new(page.clone())],
        photos: Vec::new(),
        videos: Vec::new(),
    });
    let mut times: Vec<f64> = (0..50)
        .map(|_| {
            let begun = Instant::now();
            black_box(site.render_page(&page, &Mode::Export));
            milliseconds(begun.elapsed())
        })
        .collect();
    percentile(&mut times, 0.5)
}
