//! What keeps a data folder whole, through the program itself: every class of damage is named and mended, and a
//! document of an older ACCID is brought to this one's format, with a plan first.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};

use accid_test::Sandbox;
use serde_json::Value;

/// A page as ACCID 1 wrote it, frozen.
const OLD_PAGE: &str = include_str!("../../accid-studio/tests/fixtures/page-1.json");

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new(env!("CARGO_BIN_EXE_accid"));
    sandbox.run(&["new", "Boat"]).good();
    sandbox
}

fn segment(project: &Path) -> PathBuf {
    project.join(".accid/ledger/000001.log")
}

fn original(project: &Path) -> PathBuf {
    fs::read_dir(project.join("media")).unwrap().next().unwrap().unwrap().path()
}

type Harm = fn(&Path);

/// The class of damage as findings name it, and what does it to a project's folder.
const HARMS: &[(&str, Harm)] = &[
    ("unreadable-document", |project| {
        fs::write(project.join("pages/index.json"), "{\"title\": \"half").unwrap()
    }),
    ("missing-document", |project| fs::remove_file(project.join("pages/index.json")).unwrap()),
    ("missing-blotter", |project| fs::remove_file(project.join("accid_blotter.json")).unwrap()),
    ("torn-ledger", |project| {
        let mut file = OpenOptions::new().append(true).open(segment(project)).unwrap();
        file.write_all(&[0xAC, 0x1D, 1, 200, 0, 0, 0, 1, 2, 3, 4, 5]).unwrap();
    }),
    ("damaged-ledger", |project| {
        let mut bytes = fs::read(segment(project)).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0xff;
        fs::write(segment(project), bytes).unwrap();
    }),
    ("wrong-media", |project| fs::write(original(project), "decayed").unwrap()),
    ("id-twice", |project| {
        fs::copy(project.join("pages/index.json"), project.join("pages/copy.json")).map(drop).unwrap();
    }),
    ("leftover", |project| fs::write(project.join("pages/.index.json.accid-tmp"), "{").unwrap()),
    ("unreadable-settings", |project| {
        fs::write(project.ancestors().nth(2).unwrap().join("accid.json"), [0; 8]).unwrap();
    }),
];

#[test]
fn every_class_of_damage_is_named_mended_and_gone() {
    for (class, harm) in HARMS {
        let sandbox = sandbox();
        fs::write(sandbox.path("dot.png"), PNG).unwrap();
        sandbox.run(&["photos", "add", "boat", "dot.png"]).good();
        assert!(sandbox.run(&["validate"]).good().contains("all are well"), "{class}");
        harm(&sandbox.project_folder("boat"));

        let found = sandbox.json(&["validate"]);
        let findings = found["findings"].as_array().unwrap();
        let named = |finding: &Value| finding["code"].as_str().is_some_and(|code| code.ends_with(class));
        assert!(findings.len() == 1 && named(&findings[0]), "{class}: {found}");
        let told = sandbox.run(&["validate"]).good();
        assert!(told.contains("1 finding:"), "{class}: {told}");

        let mended = sandbox.json(&["validate", "--repair"]);
        assert_eq!(mended["findings"].as_array().map(Vec::len), Some(0), "{class}: {mended}");
        assert_eq!(mended["repaired"].as_array().map(Vec::len), Some(1), "{class}: {mended}");
        let again = sandbox.run(&["validate"]).good();
        assert!(again.contains("all are well"), "{class}: {again}");
        assert!(
            sandbox.run(&["validate", "--repair"]).good().contains("Nothing needed to be mended"),
            "{class}"
        );
        let out = sandbox.text("site");
        sandbox.run(&["export", "boat", "--out", &out]).good();
        assert!(Path::new(&out).join("index.html").is_file(), "{class}");
    }
}

#[test]
fn a_document_of_version_1_is_migrated_as_the_plan_said() {
    let sandbox = sandbox();
    assert!(sandbox.run(&["migrate", "--plan"]).good().contains("format already"));
    let page = sandbox.project_folder("boat").join("pages/harbour-log.json");
    sandbox.write(&page, OLD_PAGE);

    let plan = sandbox.run(&["migrate", "--plan"]).good();
    assert!(plan.contains("boat/pages/harbour-log.json: format 1 to 2"), "{plan}");
    assert!(
        plan.contains("\"name\" becomes \"title\"") && plan.contains("Do it with: accid migrate"),
        "{plan}"
    );
    assert_eq!(sandbox.read(&page), OLD_PAGE, "a plan writes nothing");

    assert!(sandbox.run(&["migrate"]).good().contains("Migrated 1 document"));
    let new: Value = serde_json::from_str(&sandbox.read(&page)).unwrap();
    assert_eq!((&new["schema_version"], &new["title"]), (&2.into(), &"Harbour log".into()));
    assert_eq!((&new["navigation"]["show"], &new["mood"]), (&false.into(), &"calm".into()));
    assert!(new.get("name").is_none() && new.get("in_menu").is_none(), "{new}");
    assert!(sandbox.run(&["migrate"]).good().contains("format already"));

    let history = sandbox.json(&["history", "boat"]);
    let before =
        history["items"].as_array().unwrap().iter().find(|version| version["kind"] == "named").unwrap();
    let words = ["restore", "boat", before["id"].as_str().unwrap(), "--path", "pages/harbour-log.json"];
    sandbox.run(&words).good();
    let old: Value = serde_json::from_str(&sandbox.read(&page)).unwrap();
    assert_eq!(old, serde_json::from_str::<Value>(OLD_PAGE).unwrap(), "the state before is in the history");
}

/// The smallest PNG: one white pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00,
    0x00, 0x00, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0xF8, 0x0F, 0x00, 0x01, 0x01, 0x01, 0x00,
    0x1C, 0xB0, 0x8C, 0x99, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];
