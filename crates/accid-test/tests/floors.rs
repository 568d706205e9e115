//! The floors of the house: a crate depends only on crates of a lower floor, siblings never see each other, and what
//! is taken from outside has a licence that fits. Read from `cargo metadata`, so a new arrow cannot hide.

#![expect(clippy::expect_used, reason = "tests")]

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

/// Every crate and its floor, as ARCHITECTURE.md draws them.
const FLOORS: &[(&str, u8)] = &[
    ("accid-base", 0),
    ("accid-model", 1),
    ("accid-access", 1),
    ("accid-media", 2),
    ("accid-geo", 2),
    ("accid-transfer", 2),
    ("accid-backup", 3),
    ("accid-render", 3),
    ("accid-store", 4),
    ("accid-vault", 5),
    ("accid-builder", 5),
    ("accid-waypoint", 5),
    ("accid-studio", 6),
    ("accid-http", 7),
    ("accid", 8),
];

/// Outside the house: the harness, which only tests may use, and the chores.
const OUTSIDE: &[&str] = &["accid-test", "xtask"];

/// One dependency of one workspace crate on another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Arrow {
    from: String,
    to: String,
    dev: bool,
}

fn cargo_metadata(arguments: &[&str]) -> Value {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--manifest-path", manifest])
        .args(arguments)
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn arrows(metadata: &Value) -> (Vec<String>, Vec<Arrow>) {
    let crates: Vec<String> =
        items(metadata, "packages").iter().map(|package| text(package, "name").to_owned()).collect();
    let mut arrows = Vec::new();
    for package in items(metadata, "packages") {
        for dependency in items(package, "dependencies") {
            let to = text(dependency, "name").to_owned();
            if crates.contains(&to) {
                let dev = text(dependency, "kind") == "dev";
                arrows.push(Arrow { from: text(package, "name").to_owned(), to, dev });
            }
        }
    }
    (crates, arrows)
}

/// Why an arrow may not be, if so.
fn complaint(arrow: &Arrow, floors: &BTreeMap<&str, u8>) -> Option<String> {
    let Arrow { from, to, dev } = arrow;
    if OUTSIDE.contains(&from.as_str()) {
        return None;
    }
    if to == "accid-test" && *dev {
        return None;
    }
    match (floors.get(from.as_str()), floors.get(to.as_str())) {
        (Some(upper), Some(lower)) if upper > lower => None,
        (Some(upper), Some(lower)) => {
            Some(format!("{from} (floor {upper}) depends on {to} (floor {lower}); arrows only go down."))
        }
        _ => Some(format!("{from} depends on {to}, which no floor has.")),
    }
}

#[test]
fn every_arrow_between_crates_goes_down() {
    let (_, arrows) = arrows(&cargo_metadata(&["--no-deps"]));
    let floors = FLOORS.iter().copied().collect();
    let wrong: Vec<_> = arrows.iter().filter_map(|arrow| complaint(arrow, &floors)).collect();
    assert!(arrows.len() > 20, "only {} arrows were read", arrows.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_crate_has_a_floor() {
    let (crates, _) = arrows(&cargo_metadata(&["--no-deps"]));
    for name in &crates {
        let known = FLOORS.iter().any(|(floor, _)| floor == name) || OUTSIDE.contains(&name.as_str());
        assert!(known, "{name} has no floor: add it here and to ARCHITECTURE.md.");
    }
    for (name, _) in FLOORS {
        assert!(crates.iter().any(|found| found == name), "{name} is no crate any more.");
    }
}

#[test]
fn arrows_up_and_sideways_and_to_the_harness_are_found() {
    let floors = FLOORS.iter().copied().collect();
    let judged = |from: &str, to: &str, dev| {
        complaint(&Arrow { from: from.to_owned(), to: to.to_owned(), dev }, &floors).is_some()
    };
    assert!(judged("accid-base", "accid-http", false));
    assert!(judged("accid-builder", "accid-vault", false));
    assert!(judged("accid-store", "accid-test", false));
    assert!(judged("accid-media", "accid-transfer", true));
    assert!(!judged("accid-store", "accid-test", true));
    assert!(!judged("accid-http", "accid-base", false));
    assert!(!judged("xtask", "accid-http", false));
}

/// Licences that may be linked into ACCID, which itself is MIT OR Apache-2.0.
const LICENCES: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "Zlib",
    "MPL-2.0",
    "Unicode-3.0",
    "CC0-1.0",
    "0BSD",
    "Unlicense",
    "CDLA-Permissive-2.0",
];

/// Whether an SPDX expression can be met with the licences above; `AND` binds stronger than `OR`.
fn fits(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    expression.split(" OR ").any(|choice| choice.split(" AND ").all(|one| LICENCES.contains(&one.trim())))
}

#[test]
fn what_is_taken_from_outside_has_a_licence_that_fits() {
    let metadata = cargo_metadata(&["--filter-platform", "x86_64-unknown-linux-gnu"]);
    let packages = items(&metadata, "packages");
    assert!(packages.len() > 50, "only {} packages were read", packages.len());
    let wrong: Vec<_> = packages
        .iter()
        .filter(|package| !fits(text(package, "license")))
        .map(|package| format!("{}: \"{}\"", text(package, "name"), text(package, "license")))
        .collect();
    assert!(wrong.is_empty(), "These licences do not fit: {}", wrong.join(", "));
}

#[test]
fn a_licence_that_binds_does_not_fit() {
    assert!(fits("MIT OR Apache-2.0"));
    assert!(fits("MIT/Apache-2.0"));
    assert!(fits("GPL-3.0 OR MIT"));
    assert!(fits("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!fits("AGPL-3.0"));
    assert!(!fits("MIT AND GPL-3.0"));
    assert!(!fits(""));
}
