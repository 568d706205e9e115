//! `accid export`, `accid env`, `accid deploy`.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    arguments::ProjectName,
    client::{ApiClient, Body, Method, segment},
    commands::credentials::Given,
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

pub(super) fn absolute(folder: &Path) -> Result<String, Failure> {
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
    (url, public_url): (&str, &str),
    given: &Given<'_>,
) -> Result<Report, Failure> {
    let path = format!("{}/environments/{}", base(project), segment(environment));
    let mut set =
        client.call(Method::Put, &path, Body::Json(json!({"url": url, "public_url": public_url})))?;
    let signs_in = ["ftp", "ftps", "sftp"].contains(&text(&set, "kind"));
    if signs_in && let Some(login) = given.read()? {
        let path = format!("{}/ftp-credentials/{}", base(project), segment(environment));
        set = client.post(&path, login)?;
    }
    let mut sentence = format!("{environment} of {} is published to {}.", project.project, text(&set, "url"));
    if text(&set, "kind") == "ftp" {
        sentence += " FTP sends the password and the files without protection; use ftps:// or sftp:// if your host has it.";
    }
    if signs_in && set["login"].is_null() {
        sentence += &format!(
            " It has no password or key yet. Enter it with: accid env set {} {environment} --url {url} --password-stdin",
            project.project
        );
    } else {
        sentence += &format!(" Publish with: accid deploy {} {environment}", project.project);
    }
    Ok(Report::new(sentence, set))
}

/// Accepts a server's host key or certificate.
pub fn trust(
    client: &dyn ApiClient,
    project: &ProjectName,
    environment: &str,
    fingerprint: &str,
) -> Result<Report, Failure> {
    let path = format!("{}/environments/{}/pin", base(project), segment(environment));
    let set = client.call(Method::Put, &path, Body::Json(json!({"fingerprint": fingerprint})))?;
    let known = text(&set["pin"], "fingerprint");
    Ok(Report::new(format!("The server of {environment} is known by {known} from now on."), set))
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
    Ok(planned(project, environment, "Publishing", plan))
}

fn planned(project: &ProjectName, environment: &str, what: &str, plan: Value) -> Report {
    let mut lines = String::new();
    for (key, sign) in [("added", '+'), ("changed", '~'), ("removed", '-')] {
        for file in plan[key].as_array().into_iter().flatten() {
            let path = file.as_str().unwrap_or_else(|| text(file, "path"));
            lines.push_str(&format!("  {sign} {path}\n"));
        }
    }
    let length = |key: &str| plan[key].as_array().map_or(0, Vec::len);
    let sentence = format!(
        "{lines}{what} {} to {environment} would add {}, change {} and remove {}; {} stay ({} to send).",
        project.project,
        length("added"),
        length("changed"),
        length("removed"),
        number(&plan, "unchanged"),
        bytes(number(&plan, "bytes")),
    );
    Report::new(sentence, plan)
}

/// How to go back.
#[derive(Debug, Clone, Copy)]
pub struct Back<'a> {
    /// To which release; the one before when missing.
    pub release: Option<&'a str>,
    /// Whether to say only what would be done.
    pub dry_run: bool,
}

/// Brings an earlier release back online.
pub fn roll_back(
    client: &dyn ApiClient,
    progress: &Progress,
    project: &ProjectName,
    environment: &str,
    back: Back<'_>,
) -> Result<Report, Failure> {
    let path = format!("{}/rollback/{}", base(project), segment(environment));
    let mut body = json!({"dry_run": back.dry_run});
    if let Some(release) = back.release {
        body["release"] = json!(release);
    }
    if back.dry_run {
        let plan = client.post(&path, body)?;
        return Ok(planned(project, environment, "Going back with", plan));
    }
    let done = progress.job(client, &path, body, "Going back")?;
    let sentence = format!(
        "Brought the release before back to {environment} of {}: {} sent ({}), {} removed. It is at {}.",
        project.project,
        count(number(&done, "uploaded"), "file"),
        bytes(number(&done, "bytes")),
        number(&done, "removed"),
        text(&done, "url"),
    ) + &seen(&done);
    Ok(Report::new(sentence, done))
}

/// What a visitor sees, when somebody looked.
fn seen(done: &Value) -> String {
    match (text(&done["seen"], "sight"), text(&done["seen"], "message")) {
        (_, "") => String::new(),
        ("published", message) => format!("\n{message}"),
        (_, message) => format!("\nWarning: {message}"),
    }
}

/// Lists the releases of an environment and what was done there.
pub fn releases(client: &dyn ApiClient, project: &ProjectName, environment: &str) -> Result<Report, Failure> {
    let releases = client.list(&format!("{}/releases/{}", base(project), segment(environment)))?;
    let done = client.list(&format!("{}/deployments/{}", base(project), segment(environment)))?;
    if done.is_empty() {
        let sentence = format!("Nothing was published to {environment} of {} yet.", project.project);
        return Ok(Report::new(sentence, json!({"releases": releases, "deployments": done})));
    }
    let mut rows = vec![["Release", "Published", "By", "Files", ""].map(str::to_owned).to_vec()];
    rows.extend(releases.iter().map(|one| {
        let online = if one["online"] == true { "online" } else { "" };
        let [release, at, by] = ["release", "at", "by"].map(|key| text(one, key).to_owned());
        vec![release, at, by, number(one, "files").to_string(), online.to_owned()]
    }));
    let mut history = vec![["When", "What", "By", "Took", "How it ended"].map(str::to_owned).to_vec()];
    history.extend(done.iter().take(20).map(|one| {
        let [at, kind, by, outcome] = ["at", "kind", "by", "outcome"].map(|key| text(one, key).to_owned());
        vec![at, kind, by, format!("{:.1} s", one["seconds"].as_f64().unwrap_or(0.0)), outcome]
    }));
    let sentence = format!("{}\n\n{}", table(&rows), table(&history));
    Ok(Report::new(sentence, json!({"releases": releases, "deployments": done})))
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
    ) + &seen(done)
}
