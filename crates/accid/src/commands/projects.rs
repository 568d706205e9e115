//! `accid new`, `accid list`, `accid export --zip`, `accid import`.

use std::path::Path;

use serde_json::{Value, json};

use super::publishing::absolute;
use crate::{
    arguments::{ProjectKind, ProjectName},
    client::{ApiClient, segment},
    failure::Failure,
    output::{Report, bytes, count, minute, number, table, text},
    progress::Progress,
};

/// Makes a project, of a template if one is named.
pub fn create(
    client: &dyn ApiClient,
    name: &str,
    kind: ProjectKind,
    template: Option<&str>,
) -> Result<Report, Failure> {
    let mut request = json!({"name": name, "type": kind.as_str()});
    if let Some(template) = template {
        request["template"] = template.into();
    }
    let project = client.post("/api/v1/projects", request)?;
    let from = template.map_or_else(String::new, |template| format!(" from the template \"{template}\""));
    let sentence = format!(
        "Made the project \"{}\" ({}) of type {}{from}.",
        text(&project, "name"),
        text(&project, "slug"),
        text(&project, "type"),
    );
    Ok(Report::new(sentence, project))
}

/// Lists the projects.
pub fn list(client: &dyn ApiClient) -> Result<Report, Failure> {
    let projects = client.list("/api/v1/projects")?;
    if projects.is_empty() {
        return Ok(Report::new(
            "There are no projects yet. Make one with: accid new \"My site\"",
            json!({"items": projects}),
        ));
    }
    let mut rows = vec![["Project", "Name", "Type", "Pages", "Changed"].map(str::to_owned).to_vec()];
    rows.extend(projects.iter().map(row));
    let findings: String =
        projects.iter().map(|project| crate::output::findings(&project["findings"])).collect();
    let sentence = format!("{}\n\n{}.{findings}", table(&rows), count(projects.len() as u64, "project"));
    Ok(Report::new(sentence, json!({"items": projects})))
}

fn row(project: &Value) -> Vec<String> {
    let changed = Some(text(project, "updated_at")).filter(|time| !time.is_empty());
    vec![
        text(project, "slug").to_owned(),
        text(project, "name").to_owned(),
        text(project, "type").to_owned(),
        number(project, "pages").to_string(),
        minute(changed.unwrap_or_else(|| text(project, "created_at"))),
    ]
}

/// Writes a project as one zip.
pub fn zip(
    client: &dyn ApiClient,
    progress: &Progress,
    project: &ProjectName,
    file: &Path,
) -> Result<Report, Failure> {
    let path = format!("/api/v1/projects/{}/zip", segment(&project.project));
    let done = progress.job(client, &path, json!({ "file": absolute(file)? }), "Writing the archive")?;
    let sentence = format!(
        "Wrote {} of {} to {} ({}). Take it in elsewhere with: accid import {}",
        count(number(&done, "files"), "file"),
        project.project,
        text(&done, "file"),
        bytes(number(&done, "bytes")),
        file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
    );
    Ok(Report::new(sentence, done))
}

/// Takes a project in from a zip.
pub fn import(client: &dyn ApiClient, progress: &Progress, file: &Path) -> Result<Report, Failure> {
    let body = json!({ "file": absolute(file)? });
    let done = progress.job(client, "/api/v1/import/project-zip", body, "Taking the project in")?;
    let how = if done["copy"] == true {
        "as a copy without history, since the project itself is here"
    } else {
        "with its history"
    };
    let sentence = format!(
        "Took in the project {}, {how}: {}.",
        text(&done, "project"),
        count(number(&done, "files"), "file")
    );
    Ok(Report::new(sentence, done))
}
