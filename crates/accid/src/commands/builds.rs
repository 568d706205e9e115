//! `accid build`: a site as files; for a folder with a build command, by that command, which is shown in full and asked
//! for before it is run.

use std::{
    io::{BufRead as _, IsTerminal as _, Write as _},
    path::Path,
};

use serde_json::{Value, json};

use super::publishing::absolute;
use crate::{
    arguments::ProjectName,
    client::{ApiClient, Body, Method, segment},
    failure::Failure,
    output::{Report, bytes, count, number, text},
    progress::Progress,
};

/// How a folder is built, as far as it was said.
#[derive(Debug, Default)]
pub struct Recipe<'a> {
    pub folder: Option<&'a Path>,
    pub command: Option<&'a str>,
    pub output: Option<&'a str>,
    pub minutes: Option<u32>,
}

impl Recipe<'_> {
    /// Whether anything was said.
    pub fn is_empty(&self) -> bool {
        self.folder.is_none() && self.command.is_none() && self.output.is_none() && self.minutes.is_none()
    }
}

fn at(project: &str, what: &str) -> String {
    format!("/api/v1/projects/{}/{what}", segment(project))
}

/// Says how a folder is built.
pub fn set(client: &dyn ApiClient, project: &str, recipe: &Recipe<'_>) -> Result<Value, Failure> {
    let folder = recipe.folder.map(absolute).transpose()?;
    let mut request = serde_json::Map::new();
    let fields = [
        ("folder", json!(folder)),
        ("command", json!(recipe.command)),
        ("output", json!(recipe.output)),
        ("minutes", json!(recipe.minutes)),
    ];
    request.extend(
        fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.to_owned(), value)),
    );
    client.call(Method::Put, &at(project, "build-command"), Body::Json(Value::Object(request)))
}

/// Builds, after the person said yes to a command that was not approved yet.
pub fn build(
    client: &dyn ApiClient,
    progress: &Progress,
    project: &ProjectName,
    (recipe, approve): (&Recipe<'_>, Option<&str>),
) -> Result<Report, Failure> {
    let name = &project.project;
    let found = client.get(at(name, "").trim_end_matches('/'))?;
    if text(&found, "type") == "react" {
        let mut command = client.get(&at(name, "build-command"))?;
        if !recipe.is_empty() {
            command = set(client, name, recipe)?;
        }
        if command["approved"].as_bool() != Some(true) && !text(&command, "line").is_empty() {
            say_yes(&command, approve)?;
            let word = json!({"fingerprint": text(&command, "fingerprint")});
            client.post(&at(name, "build-command/approve"), word)?;
        }
    }
    let built = progress.job(client, &at(name, "build"), json!({}), "Building")?;
    let findings = crate::output::findings(&built["findings"]);
    let files = count(number(&built, "files"), "file");
    let sentence = format!("Built {name}: {files}, {}.{findings}", bytes(number(&built, "bytes")));
    Ok(Report::new(sentence, built))
}

/// Asks the person at the terminal; a program names the fingerprint of the command that it read.
fn say_yes(command: &Value, approve: Option<&str>) -> Result<(), Failure> {
    let fingerprint = text(command, "fingerprint");
    if approve.is_some_and(|given| given.len() >= 12 && fingerprint.starts_with(given)) {
        return Ok(());
    }
    let shown = format!(
        "This command was not approved yet:\n\n  {}\n\nin the folder {}, which writes {}.",
        text(command, "line"),
        text(command, "folder"),
        text(command, "output")
    );
    let short: String = fingerprint.chars().take(12).collect();
    let how = format!("Nothing was run. {shown}\nTo run it: accid build PROJECT --approve {short}");
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if approve.is_some() || !terminal {
        return Err(Failure::new(how));
    }
    let mut error = std::io::stderr();
    drop(write!(error, "{shown}\nRun it? [y/N] ").and_then(|()| error.flush()));
    let mut answer = String::new();
    drop(std::io::stdin().lock().read_line(&mut answer));
    match answer.trim() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err(Failure::new("Nothing was run.")),
    }
}
