//! `accid snapshot`, `accid history`, `accid restore`.

use serde_json::{Value, json};

use crate::{
    arguments::ProjectName,
    client::{ApiClient, segment},
    failure::Failure,
    output::{Report, count, minute, number, table, text},
};

fn base(project: &ProjectName) -> String {
    format!("/api/v1/projects/{}/time-machine", segment(&project.project))
}

/// Gives the present state a name.
pub fn snapshot(client: &dyn ApiClient, project: &ProjectName, message: &str) -> Result<Report, Failure> {
    let version = client.post(&format!("{}/snapshot", base(project)), json!({"message": message}))?;
    let name = text(&version, "message");
    let named = if name.is_empty() { String::new() } else { format!(" \"{name}\"") };
    Ok(Report::new(
        format!("Took the snapshot{named} of {}: {}.", project.project, text(&version, "id")),
        version,
    ))
}

/// Lists the versions, newest first.
pub fn list(client: &dyn ApiClient, project: &ProjectName) -> Result<Report, Failure> {
    let versions = client.list(&format!("{}/snapshots", base(project)))?;
    let mut rows = vec![["Version", "When (UTC)", "Kind", "By", "What"].map(str::to_owned).to_vec()];
    rows.extend(versions.iter().map(row));
    let sentence = format!("{}\n\n{}.", table(&rows), count(versions.len() as u64, "version"));
    Ok(Report::new(sentence, json!({"items": versions})))
}

fn row(version: &Value) -> Vec<String> {
    let message = text(version, "message");
    let changes = count(number(version, "changes"), "change");
    vec![
        text(version, "id").to_owned(),
        minute(text(version, "at")),
        text(version, "kind").to_owned(),
        text(version, "author").to_owned(),
        if message.is_empty() { changes } else { format!("{message} ({changes})") },
    ]
}

/// What of a version is brought back.
pub enum Wanted {
    /// The whole project.
    All,
    /// One file.
    File(String),
    /// One photo, by its id or the name its file came with.
    Photo(String),
    /// The theme, what was changed of it, and the site's own CSS.
    Look,
}

/// Brings back a version, or a part of it.
pub fn restore(
    client: &dyn ApiClient,
    project: &ProjectName,
    version: &str,
    wanted: Wanted,
) -> Result<Report, Failure> {
    let (action, body, what) = match wanted {
        Wanted::File(path) => ("restore-file", json!({"version": version, "path": path}), path),
        Wanted::Photo(photo) => ("restore", json!({"version": version, "photo": photo}), photo),
        Wanted::Look => {
            let what = format!("the look of {}", project.project);
            ("restore", json!({"version": version, "theme": true}), what)
        }
        Wanted::All => ("restore", json!({"version": version}), project.project.clone()),
    };
    let restored = client.post(&format!("{}/{action}", base(project)), body)?;
    let changed = restored["paths"].as_array().map_or(0, Vec::len) as u64;
    let sentence = if restored["change"].is_null() {
        format!("Nothing to bring back: {what} is as it was in {version}.")
    } else {
        format!(
            "Brought {what} back to {version}; {} changed. This is a version too and can be undone.",
            count(changed, "file")
        )
    };
    Ok(Report::new(sentence, restored))
}
