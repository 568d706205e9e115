//! Fills a data folder with projects to play with, through the program itself, as a person would.

use std::process::Command;

use crate::tree;

/// Names and types of the projects that are made.
const PROJECTS: &[(&str, &str)] = &[
    ("Harbour Café", "html"),
    ("Watercolours of the North", "html"),
    ("Three Weeks in the Grenadines", "gallery"),
    ("Splicing Rope, Step by Step", "tutorial"),
    ("Tide Clock", "react"),
];

/// Makes the projects and takes a snapshot of each.
pub fn run(folder: &str) -> Result<String, String> {
    for (name, kind) in PROJECTS {
        let made = accid(folder, &["new", name, "--type", kind])?;
        let made: serde_json::Value = serde_json::from_str(&made)
            .map_err(|error| format!("accid new answered what is not JSON: {error}."))?;
        let id = made["id"].as_str().ok_or("accid new did not say the project's id.")?.to_owned();
        accid(folder, &["snapshot", &id, "-m", "As it was made"])?;
    }
    Ok(format!(
        "Made {} projects in {folder}. Start with: target/debug/accid up --data {folder}",
        PROJECTS.len()
    ))
}

fn accid(folder: &str, arguments: &[&str]) -> Result<String, String> {
    let program = tree::root().join("target/debug/accid");
    let result = Command::new(program)
        .args(arguments)
        .args(["--json", "--data", folder])
        .output()
        .map_err(|error| format!("accid cannot be started: {error}. Run scripts/build.sh dev first."))?;
    if result.status.success() {
        Ok(String::from_utf8_lossy(&result.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&result.stderr).trim().to_owned())
    }
}
