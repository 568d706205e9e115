//! Prints how long rendering takes: `cargo run --release -p accid-render --example speed`.

use std::{sync::Arc, time::Instant};

use accid_model::Page;
use accid_render::{Mode, Site, SiteSource, module_types};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let kinds = module_types();
    let modules: Vec<Value> = (0..200)
        .map(|index| {
            let kind = &kinds[index % kinds.len()];
            json!({"id": format!("m{index}"), "type": kind.kind, "props": kind.example})
        })
        .collect();
    let large: Page = serde_json::from_value(
        json!({"id": "large", "schema_version": 2, "slug": "large", "title": "Large",
        "navigation": {"show": false}, "modules": modules}),
    )?;
    let words = "the boat went on under a small sail while it rained ".repeat(16);
    let content: Vec<Value> = (0..4)
        .flat_map(|part| {
            let text = |text: &str| json!([{"type": "text", "text": text}]);
            [
                json!({"type": "heading", "attrs": {"level": 2}, "content": text(&format!("Part {part}"))}),
                json!({"type": "paragraph", "content": text(&words)}),
            ]
        })
        .collect();
    let pages: Result<Vec<Page>, _> = (0..1000)
        .map(|index| {
            let modules =
                json!([{"id": "t", "type": "text", "props": {"doc": {"type": "doc", "content": content}}}]);
            serde_json::from_value(
                json!({"id": format!("p{index}"), "schema_version": 2, "slug": format!("p{index}"),
                "title": format!("Page {index}"), "modules": modules}),
            )
        })
        .collect();
    let blotter = serde_json::from_value(
        json!({"id": "s", "schema_version": 1, "slug": "s", "name": "S", "type": "html",
        "created_at": "2026-01-01T00:00:00Z"}),
    )?;
    let mut pages = pages?;
    pages.push(large);
    let start = Instant::now();
    let pages = pages.into_iter().map(Arc::new).collect();
    let site = Site::new(SiteSource { blotter, pages, photos: Vec::new(), videos: Vec::new() });
    println!("site of {} pages prepared: {:?}", site.source().pages.len(), start.elapsed());
    for round in 0..3 {
        let start = Instant::now();
        let bytes: usize = site.source().pages[..1000]
            .iter()
            .map(|page| site.render_page(page, &Mode::Export).html.len())
            .sum();
        println!("{round}: 1,000 pages of 700 words: {:?}, {bytes} bytes", start.elapsed());
        let start = Instant::now();
        let large = site.render_page(&site.source().pages[1000], &Mode::Export);
        println!("{round}: a page of 200 modules: {:?}, {} bytes", start.elapsed(), large.html.len());
    }
    Ok(())
}
