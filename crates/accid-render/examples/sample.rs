//! Writes a small site that shows every kind of module into a folder, for people who work on the look:
//! `cargo run -p accid-render --example sample -- FOLDER [auto|light|dark] [THEME]`. It prints the pictures the pages want.
#![expect(clippy::disallowed_methods, reason = "a tool for the people who work on the renderer")]

use std::{error::Error, path::Path, sync::Arc};

use accid_model::{Blotter, Page, Photo};
use accid_render::{Mode, Site, SiteSource, module_types};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder to write to")?;
    let mode = std::env::args().nth(2).unwrap_or_else(|| "auto".to_owned());
    let theme = std::env::args().nth(3).unwrap_or_else(|| "harbour".to_owned());
    let folder = Path::new(&folder);
    let site = sample_site(&mode, &theme)?;
    let mut wanted = std::collections::BTreeSet::new();
    for page in &site.source().pages {
        let rendered = site.render_page(page, &Mode::Export);
        let path = site.path_of(page.id.as_str()).ok_or("a page without a path")?;
        write(folder, path, rendered.html.as_bytes())?;
        for finding in &rendered.findings {
            eprintln!("{path}: {} {}", finding.code, finding.pointer);
        }
        wanted.extend(rendered.images);
    }
    for file in site.shared_files() {
        write(folder, &file.path, &file.bytes)?;
    }
    for image in wanted {
        println!("{} {} {}", image.path, image.photo, image.width);
    }
    Ok(())
}

fn write(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let file = folder.join(path);
    std::fs::create_dir_all(file.parent().ok_or("no folder")?)?;
    Ok(std::fs::write(file, bytes)?)
}

fn photo(id: &str, width: u32, height: u32, alt: &str) -> Result<Photo, Box<dyn Error>> {
    let hash = format!("{:064x}", id.bytes().fold(7_u128, |sum, byte| sum * 131 + u128::from(byte)) << 60);
    let photo = json!({"id": id, "schema_version": 1, "filename": format!("{id}.jpg"), "hash": hash, "extension": "jpg",
        "width": width, "height": height, "bytes": 1, "added_at": "2026-01-01T00:00:00Z", "alt": alt});
    Ok(serde_json::from_value(photo)?)
}

fn sample_site(mode: &str, theme: &str) -> Result<Site, Box<dyn Error>> {
    let blotter: Blotter = serde_json::from_value(json!({
        "id": "sample", "schema_version": 1, "slug": "sample", "name": "Yacht Adventures", "type": "html",
        "created_at": "2026-01-01T00:00:00Z", "theme": {"name": theme, "mode": mode},
        "site": {"title": "Yacht Adventures", "language": "en", "base_url": "https://example.org/yacht/",
            "description": "A small boat, twelve weeks, and every bay between Grenada and Martinique.", "author": "The crew"}
    }))?;
    let photos = vec![
        photo("bay", 4000, 2667, "A sailing boat at anchor in a calm bay at sunrise")?,
        photo("market", 3000, 2000, "Baskets of fruit on a market stall")?,
        photo("reef", 2000, 3000, "A reef seen from above, light green water")?,
        photo("rain", 3000, 2000, "Rain over the hills behind the harbour")?,
        photo("chart", 3200, 2000, "A hand-drawn chart of the south coast")?,
    ];
    let page = |value: Value| -> Result<Arc<Page>, serde_json::Error> {
        Ok(Arc::new(serde_json::from_value(value)?))
    };
    let pages = vec![
        page(
            json!({"id": "home", "schema_version": 2, "slug": "index", "title": "Yacht Adventures", "order": 0,
            "navigation": {"show": true, "label": "Start"}, "seo": {"image": {"photo": "bay"}}, "modules": home()}),
        )?,
        page(json!({"id": "kinds", "schema_version": 2, "slug": "kinds", "title": "All kinds", "order": 1,
            "modules": kinds()}))?,
        page(
            json!({"id": "log", "schema_version": 2, "slug": "log", "title": "Log", "order": 2, "modules": log()}),
        )?,
        page(
            json!({"id": "layouts", "schema_version": 2, "slug": "layouts", "title": "Layouts", "order": 3,
            "modules": serde_json::from_str::<Value>(include_str!("layouts.json"))?}),
        )?,
        page(
            json!({"id": "grenada", "schema_version": 2, "slug": "grenada", "title": "Grenada", "parent": "log",
            "order": 0, "modules": cover()}),
        )?,
    ];
    Ok(Site::new(SiteSource { blotter, pages, photos, videos: Vec::new() }))
}

fn navigation() -> Value {
    json!({"id": "nav", "type": "navigation", "props": {}})
}

fn footer() -> Value {
    json!({"id": "foot", "type": "navigation", "anchor": "footer", "props": {"brand": "Made on board",
        "links": [{"label": "Start", "target": "page:home"}, {"label": "Mail", "target": "mailto:crew@example.org"}]}})
}

fn home() -> Value {
    json!([
        navigation(),
        {"id": "hero", "type": "hero", "props": {"eyebrow": "Windward Islands, 2026", "title": "Twelve weeks under sail",
            "text": "From Grenada to Martinique on a small boat, with pictures of every bay on the way and the truth about the engine.",
            "buttons": [{"label": "See the route", "target": "#route"}, {"label": "Read the log", "target": "page:log"}],
            "image": {"photo": "bay"}, "layout": "split"}},
        {"id": "intro", "type": "text", "props": {"doc": {"type": "doc", "content": [
            {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Before we left"}]},
            {"type": "paragraph", "content": [{"type": "text", "text": "The charts are on the wall, "},
                {"type": "text", "text": "the boat has a name", "marks": [{"type": "bold"}]},
                {"type": "text", "text": ", and nobody knows yet what we forgot. We packed for twelve weeks and learned in three days that a lemon keeps longer than good intentions. The "},
                {"type": "text", "text": "log of the first passage", "marks": [{"type": "link", "attrs": {"href": "page:log"}}]},
                {"type": "text", "text": " says the rest."}]},
            {"type": "bulletList", "content": [
                {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Nine metres, two berths, one kettle"}]}]},
                {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Four countries and eleven customs offices"}]}]}]},
            {"type": "blockquote", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "You will need less than you think, and a better torch."}]}]}
        ]}}},
        {"id": "route", "type": "section", "anchor": "route", "props": {"title": "The route", "text": "Nine islands, four countries, one anchor.", "tone": "surface"},
            "children": [
                {"id": "row", "type": "row", "props": {"columns": "1:1:1"}, "children": [
                    {"id": "c1", "type": "link", "props": {"title": "Grenada", "text": "Nutmeg, rain at four, and the best holding of the whole trip.", "url": "page:grenada", "image": {"photo": "market"}}},
                    {"id": "c2", "type": "link", "props": {"title": "Tobago Cays", "text": "Turtles under the keel.", "url": "page:log", "image": {"photo": "reef"}}},
                    {"id": "c3", "type": "link", "props": {"title": "Bequia", "text": "A harbour that smells of varnish and of bread.", "url": "https://example.org/bequia", "image": {"photo": "rain"}}}
                ]}
            ]},
        {"id": "gallery", "type": "gallery", "props": {"columns": 4, "photos": [
            {"photo": "bay"}, {"photo": "market", "caption": "Saturday in St George’s"}, {"photo": "reef"}, {"photo": "rain"}]}},
        {"id": "deep", "type": "section", "props": {"title": "Write to us", "text": "We answer when there is a harbour.", "tone": "accent"},
            "children": [{"id": "write", "type": "button", "props": {"label": "Write to the crew", "target": "mailto:crew@example.org"}, "layout": {"width": "normal"}}]},
        footer()
    ])
}

fn kinds() -> Value {
    let photos = |kind: &str| match kind {
        "image" | "waypoint-image" => json!({"image": {"photo": "chart"}}),
        "gallery" => {
            json!({"layout": "masonry", "photos": [{"photo": "reef"}, {"photo": "bay"}, {"photo": "market"}, {"photo": "rain"}, {"photo": "chart"}]})
        }
        "navigation" => json!({"links": [{"label": "Start", "target": "page:home"}]}),
        "form" => json!({"target": "https://forms.example.org/f/1", "fields": [
            {"label": "Your name", "required": true}, {"label": "E-mail", "kind": "email", "required": true},
            {"label": "Week", "kind": "select", "options": ["First", "Second"]}, {"label": "Day", "kind": "date"},
            {"label": "Message", "kind": "textarea", "placeholder": "Tell us"}, {"label": "I get seasick", "kind": "checkbox"}]}),
        _ => json!({}),
    };
    let mut modules = vec![navigation()];
    for kind in module_types() {
        let mut props = kind.example.clone();
        if let (Value::Object(props), Value::Object(more)) = (&mut props, photos(kind.kind)) {
            props.extend(more);
        }
        let text = |text: &str| {
            json!({"type": "text", "props": {"doc": {"type": "doc", "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": text}]}]}}})
        };
        let mut module = json!({"id": format!("k-{}", kind.kind), "type": kind.kind, "props": props});
        if kind.nests {
            let children: Vec<Value> = [
                "The left side of the boat is port.",
                "The right side is starboard.",
                "The rest is mostly water.",
            ]
            .iter()
            .enumerate()
            .map(|(index, words)| {
                let mut child = text(words);
                child["id"] = format!("{}-{index}", kind.kind).into();
                child
            })
            .collect();
            module["children"] = children.into();
        }
        if kind.kind == "navigation" {
            module["anchor"] = "shortcuts".into();
        }
        if kind.kind == "hero" {
            module["anchor"] = "route".into();
        }
        modules.push(module);
    }
    modules.push(json!({"id": "open-form", "type": "form", "props": {"fields": [{"label": "A form without a target"}], "submit": "Send"}}));
    modules.push(json!({"id": "lost", "type": "image", "props": {"image": {"photo": "gone", "alt": "A lost picture"}}}));
    modules.push(footer());
    modules.into()
}

fn log() -> Value {
    let paragraph = |text: &str| json!({"type": "paragraph", "content": [{"type": "text", "text": text}]});
    let heading = |level: u8, text: &str| json!({"type": "heading", "attrs": {"level": level}, "content": [{"type": "text", "text": text}]});
    json!([navigation(),
        {"id": "log", "type": "text", "props": {"doc": {"type": "doc", "content": [
            heading(2, "Day one"), paragraph("We left at six because the bridge opens at six, and because nobody had slept."),
            paragraph("By noon the wind had gone round to the north-east and stayed there, as the pilot book says it does from December on, and the boat found the pace it would keep for the rest of the week: five knots, a little heel, a little spray, tea at four."),
            heading(3, "What broke"), paragraph("The kettle. Then the other kettle."),
            {"type": "orderedList", "content": [
                {"type": "listItem", "content": [paragraph("Find the leak.")]},
                {"type": "listItem", "content": [paragraph("Find the other leak.")]}]},
            {"type": "codeBlock", "content": [{"type": "text", "text": "12.05 N 61.75 W\nSOG 5.2 kn"}]},
            {"type": "horizontalRule"}, paragraph("Then it was dark.")
        ]}}},
        {"id": "imageband", "type": "section", "props": {"title": "Hog Island", "text": "A picture behind, and words that stay readable.", "tone": "image", "image": {"photo": "rain"}},
            "children": [{"id": "bt", "type": "button", "props": {"label": "Back to the start", "target": "page:home", "variant": "outline"}}]},
        footer()
    ])
}

fn cover() -> Value {
    json!([navigation(),
        {"id": "cover", "type": "hero", "props": {"eyebrow": "12.05 N 61.75 W", "title": "Grenada, the isle of spice",
            "text": "Three weeks in the south, one in the north.", "layout": "cover", "image": {"photo": "rain"},
            "buttons": [{"label": "Back to the log", "target": "page:log"}, {"label": "Home", "target": "page:home"}]}},
        {"id": "side", "type": "row", "props": {"columns": "1:2", "align": "center"}, "children": [
            {"id": "side-text", "type": "text", "props": {"doc": {"type": "doc", "content": [
                {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "The market"}]},
                {"type": "paragraph", "content": [{"type": "text", "text": "Go early. Bring a bag, small notes and an opinion about mangoes."}]}]}}},
            {"id": "side-image", "type": "image", "props": {"image": {"photo": "market"}, "rounded": true, "caption": "Saturday, half past six."}}]},
        {"id": "panel", "type": "hero", "props": {"title": "Go ashore", "text": "The dinghy dock is left of the fuel pump.", "layout": "cover", "overlay": "panel", "image": {"photo": "bay"}}},
        footer()
    ])
}
