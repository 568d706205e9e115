//! `accid export`, `accid env`, `accid deploy`.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    arguments::ProjectName,
    client::{ApiClient, Body, Method, segment},
    failure::Failure,
    output::{Report, bytes, count, findings, number, table, text},
    progress::Progress,
};

fn base(project: &ProjectName) -> String {
    format!("/api/v1/projects/{}", segment(&project.project))
}

/// Writes a static site.
pub fn export(
    client: &dyn ApiClient,
    progress: &Progress,
    project: &ProjectName,
    out: Option<&Path>,
) -> Result<Report, Failure> {
    let body = match out {
        Some(folder) => json!({"out": absolute(folder)?}),
        None => json!({}),
    };
    let path = format!("/api/html-builder/{}/export-static", segment(&project.project));
    let done = progress.job(client, &path, body, "Exporting")?;
    let sentence = format!(
        "Exported {} to {}: {}, {}.{}",
        project.project,
        text(&done, "path"),
        count(number(&done, "files"), "file"),
        bytes(number(&done, "bytes")),
        findings(&done["findings"]),
    );
    Ok(Report::new(sentence, done))
}

fn absolute(folder: &Path) -> Result<String, Failure> {
    let unusable =
        || Failure::new(format!("The folder {} cannot be used. Name another one.", folder.display()));
    let path = std::path::absolute(folder).map_err(|_| unusable())?;
    path.to_str().map(str::to_owned).ok_or_else(unusable)
}

/// Sets where an environment is.
pub fn set_environment(
    client: &dyn ApiClient,
    project: &ProjectName,
    environment: &str,
    url: &str,
    public_url: &str,
) -> Result<Report, Failure> {
    let path = format!("{}/environments/{}", base(project), segment(environment));
    let set = client.call(Method::Put, &path, Body::Json(json!({"url": url, "public_url": public_url})))?;
    let sentence = format!(
        "{} of {} is published to {}. Publish with: accid deploy {} {environment}",
        environment,
        project.project,
        text(&set, "url"),
        project.project
    );
    Ok(Report::new(sentence, set))
}

/// Lists the environments.
pub fn list_environments(client: &dyn ApiClient, project: &ProjectName) -> Result<Report, Failure> {
    let environments = client.list(&format!("{}/environments", base(project)))?;
    if environments.is_empty() {
        let sentence = format!(
            "{0} is not published anywhere yet. Say where with: accid env set {0} production --url file:///a/folder",
            project.project
        );
        return Ok(Report::new(sentence, json!({"items": environments})));
    }
    let mut rows = vec![["Environment", "Goes to", "Seen at"].map(str::to_owned).to_vec()];
    rows.extend(
        environments
            .iter()
            .map(|one| ["name", "url", "public_url"].map(|key| text(one, key).to_owned()).to_vec()),
    );
    Ok(Report::new(table(&rows), json!({"items": environments})))
}

/// Forgets an environment.
pub fn remove_environment(
    client: &dyn ApiClient,
    project: &ProjectName,
    environment: &str,
) -> Result<Report, Failure> {
    let path = format!("{}/environments/{}", base(project), segment(environment));
    let answer = client.call(Method::Delete, &path, Body::Empty)?;
    Ok(Report::new(format!("Forgot {environment} of {}. What was published stays.", project.project), answer))
}

/// Says what publishing would do.
pub fn plan(client: &dyn ApiClient, project: &ProjectName, environment: &str) -> Result<Report, Failure> {
    let plan = client
        .post(&format!("{}/publish/{}", base(project), segment(environment)), json!({"dry_run": true}))?;
    let mut lines = String::new();
    for (key, sign) in [("added", '+'), ("changed", '~'), ("removed", '-')] {
        for file in plan[key].as_array().into_iter().flatten() {
            let path = file.as_str().unwrap_or_else(|| text(file, "path"));
            lines.push_str(&format!("  {sign} {path}\n"));
        }
    }
    let length = |key: &str| plan[key].as_array().map_or(0, Vec::len);
    let sentence = format!(
        "{lines}Publishing {} to {environment} would add {}, change {} and remove {}; {} stay ({} to send).",
        project.project,
        length("added"),
        length("changed"),
        length("removed"),
        number(&plan, "unchanged"),
        bytes(number(&plan, "bytes")),
    );
    Ok(Report::new(sentence, plan))
}

/// Publishes.
pub fn deploy(
    client: &dyn ApiClient,
    progress: &Progress,
    project: &ProjectName,
    environment: &str,
) -> Result<Report, Failure> {
    let path = format!("{}/publish/{}", base(project), segment(environment));
    let done = progress.job(client, &path, json!({}), "Publishing")?;
    Ok(Report::new(published(project, environment, &done), done))
}

fn published(project: &ProjectName, environment: &str, done: &Value) -> String {
    format!(
        "Published {} to {environment}: {} sent ({}), {} removed. It is at {}.",
        project.project,
        count(number(done, "uploaded"), "file"),
        bytes(number(done, "bytes")),
        number(done, "removed"),
        text(done, "url"),
    )
}
