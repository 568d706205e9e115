//! The ledger's format, read by a reader of its own as `docs/ledger.md` describes it, and its size.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeMap;

use accid_base::{ContentHash, Vfs};
use common::{World, page, path, put};
use serde_json::{Value, json};

/// Unfolds a zstd frame with a dictionary.
type Unfold = fn(&[u8], &[u8]) -> Vec<u8>;

fn with_library(frame: &[u8], dictionary: &[u8]) -> Vec<u8> {
    zstd::bulk::Decompressor::with_dictionary(dictionary).unwrap().decompress(frame, 1_000_000).unwrap()
}

/// `zstd -d -D dictionary`, as a person at a command line would.
#[cfg(unix)]
fn with_command(frame: &[u8], dictionary: &[u8]) -> Vec<u8> {
    use accid_base::SystemVfs;
    let folder = tempfile::tempdir().unwrap();
    let (packed, words) = (folder.path().join("frame.zst"), folder.path().join("dictionary"));
    SystemVfs.write(&packed, frame).unwrap();
    SystemVfs.write(&words, dictionary).unwrap();
    let mut command = std::process::Command::new("zstd");
    command.args(["-d", "-q", "-c"]);
    if !dictionary.is_empty() {
        command.arg("-D").arg(&words);
    }
    let output = command.arg(&packed).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// One record: its header, and the contents it leaves.
struct Read {
    kind: u8,
    header: Value,
    contents: BTreeMap<String, Vec<u8>>,
}

/// Reads a segment by the document, knowing nothing of the store.
fn read_segment(bytes: &[u8], unfold: Unfold) -> Vec<Read> {
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let (mut at, mut dictionary, mut records) = (0, Vec::new(), Vec::new());
    let mut contents: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    while at < bytes.len() {
        assert_eq!(bytes[at..at + 2], [0xAC, 0x1D]);
        let (kind, length) = (bytes[at + 2], number(at + 3));
        let body = &bytes[at + 11..at + 11 + length];
        let sum = crc32c::crc32c_append(crc32c::crc32c(&bytes[at + 2..at + 7]), body);
        assert_eq!(number(at + 7), sum as usize);
        at += 11 + length;
        if kind == 0 {
            let header: Value = serde_json::from_slice(body).unwrap();
            assert_eq!(header["format"], "accid-ledger");
            dictionary = header["dictionary"].as_str().unwrap().as_bytes().to_vec();
            continue;
        }
        let digits = body.iter().take_while(|byte| **byte >= 0x80).count() + 1;
        let long = body[..digits].iter().rev().fold(0, |sum, byte| (sum << 7) | usize::from(byte & 0x7f));
        let header: Value =
            serde_json::from_slice(&unfold(&body[digits..digits + long], &dictionary)).unwrap();
        let mut payload = digits + long;
        for object in header["objects"].as_array().into_iter().flatten() {
            let name = object["path"].as_str().unwrap().to_owned();
            let Some(size) = object["full"].as_u64().or(object["delta"].as_u64()) else {
                contents.remove(&name);
                continue;
            };
            let frame = &body[payload..payload + size as usize];
            payload += size as usize;
            let before = contents.get(&name).cloned().unwrap_or_default();
            let content = unfold(frame, if object["delta"].is_u64() { &before } else { &[] });
            assert_eq!(ContentHash::of(&content).to_string(), object["after"].as_str().unwrap());
            contents.insert(name, content);
        }
        records.push(Read { kind, header, contents: contents.clone() });
    }
    records
}

fn world_with_history() -> World {
    let world = World::new();
    put(&world.project, "pages/index.json", page("index", "Welcome")).unwrap();
    world.project.snapshot("owner", "Launch").unwrap();
    put(&world.project, "pages/index.json", page("index", "Welcome aboard")).unwrap();
    common::write(&world.project, accid_store::Write::remove(path("pages/index.json"))).unwrap();
    world.store.flush().unwrap();
    world
}

fn check_with(unfold: Unfold) {
    let world = world_with_history();
    let bytes = world.vfs.read(&world.file(".accid/ledger/000001.log")).unwrap();
    let records = read_segment(&bytes, unfold);
    let kinds: Vec<_> = records.iter().map(|record| record.kind).collect();
    assert_eq!(kinds, [1, 3, 1, 2, 1, 1, 3], "changes, a snapshot, checkpoints");
    assert_eq!(records[2].header["author"], "owner");
    assert_eq!(records[2].header["note"], "Edit pages/index.json");
    let edited = &records[2].header["objects"][0];
    assert!(edited["delta"].is_u64() && edited.get("before").is_none());
    assert_eq!(records[3].header["note"], "Launch");
    assert_eq!(records[6].header["through"], records[5].header["id"]);
    let text =
        |record: usize| String::from_utf8(records[record].contents["pages/index.json"].clone()).unwrap();
    assert!(
        text(0).contains("\"Home\"")
            && text(2).contains("\"Welcome\"")
            && text(4).contains("\"Welcome aboard\"")
    );
    assert!(!records[5].contents.contains_key("pages/index.json"));
}

#[test]
fn a_reader_that_knows_only_the_document_reads_every_version() {
    check_with(with_library);
}

#[cfg(unix)]
#[test]
fn the_zstd_command_reads_every_version() {
    if std::process::Command::new("zstd").arg("--version").output().is_err() {
        println!("SKIPPED: the command zstd is not installed");
        return;
    }
    check_with(with_command);
}

/// The program in the document, run as it stands there.
#[cfg(unix)]
#[test]
fn the_program_in_the_document_prints_every_version() {
    use accid_base::SystemVfs;
    let there = |command: &str| std::process::Command::new(command).arg("--version").output().is_ok();
    if !there("zstd") || !there("python3") {
        println!("SKIPPED: the commands zstd and python3 are not installed");
        return;
    }
    let document = include_str!("../../../docs/ledger.md");
    let program = document.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
    let world = world_with_history();
    let folder = tempfile::tempdir().unwrap();
    let segment = world.vfs.read(&world.file(".accid/ledger/000001.log")).unwrap();
    SystemVfs.write(&folder.path().join("segment"), &segment).unwrap();
    let mut command = std::process::Command::new("python3");
    let output = command.args(["-c", program, "segment"]).current_dir(folder.path()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for title in ["\"Home\"", "\"Welcome\"", "\"Welcome aboard\"", "\"Launch\""] {
        assert!(text.contains(title), "{title} in {text}");
    }
}

/// A page of about 3 KB.
fn large_page(number: usize) -> Value {
    let modules: Vec<_> = (0..14)
        .map(|module| {
            json!({"id": format!("0197a000-0000-7000-8000-00000000000{module:x}"), "kind": "text", "version": 1,
                "props": {"title": format!("Island {module}"), "body": format!("We sailed past {} reefs that day.", module * 7919)}})
        })
        .collect();
    let mut value = page("grenada", "Grenada");
    value["modules"] = modules.into();
    value["modules"][number % 14]["props"]["body"] =
        json!(format!("Small edit number {number}, with other words."));
    value
}

#[test]
fn a_small_edit_of_a_page_of_3_kb_costs_at_most_200_bytes() {
    let world = World::new();
    put(&world.project, "pages/grenada.json", large_page(0)).unwrap();
    world.store.flush().unwrap();
    let size = world.read("pages/grenada.json").len();
    assert!((2_500..4_000).contains(&size), "{size}");
    let before = world.project.ledger_bytes().unwrap();
    for number in 1..=200 {
        world.clock.advance_milliseconds(700);
        put(&world.project, "pages/grenada.json", large_page(number)).unwrap();
        if number % 10 == 0 {
            world.store.flush().unwrap();
        }
    }
    let each = (world.project.ledger_bytes().unwrap() - before) / 200;
    println!("{each} bytes of ledger per edit, checkpoints and keyframes included");
    assert!(each <= 200, "{each} bytes of ledger per edit");
}

#[test]
fn ten_thousand_saves_stay_small_and_open_quickly() {
    let world = World::new();
    for number in 0..10_000 {
        put(&world.project, "pages/grenada.json", large_page(number)).unwrap();
    }
    let bytes = world.project.ledger_bytes().unwrap();
    assert!(bytes <= 3_000_000, "{bytes} bytes");
    let started = std::time::Instant::now();
    let world = world.restart();
    println!("opened 10,000 changes in {:?}", started.elapsed());
    assert_eq!(world.project.versions()[0].changes, 10_001);
}
