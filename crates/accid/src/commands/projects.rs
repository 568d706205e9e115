//! `accid new`, `accid list`, `accid export --zip`, `accid import`.

use std::path::Path;

use serde_json::{Value, json};

use super::{
    builds::{self, Recipe},
    publishing::absolute,
};
use crate::{
    arguments::{ProjectKind, ProjectName},
    client::{ApiClient, Body, Method, segment},
    failure::Failure,
    output::{Report, bytes, count, minute, number, table, text},
    progress::Progress,
};

/// Makes a project, of a template if one is named.
pub fn create(
    client: &dyn ApiClient,
    (name, kind): (&str, ProjectKind),
    template: Option<&str>,
    recipe: &Recipe<'_>,
) -> Result<Report, Failure> {
    if !recipe.is_empty() && kind.as_str() != "react" {
        let why = "Only a project of --type react has a folder, a build command and an output folder.";
        return Err(Failure::new(why));
    }
    let mut request = json!({"name": name, "type": kind.as_str()});
    if let Some(template) = template {
        request["template"] = template.into();
    }
    let project = client.post("/api/v1/projects", request)?;
    let next = if recipe.is_empty() {
        String::new()
    } else {
        // One that cannot be built as it was said is not kept.
        let command = builds::set(client, text(&project, "id"), recipe).inspect_err(|_| {
            let path = format!("/api/v1/projects/{}", segment(text(&project, "id")));
            drop(client.call(Method::Delete, &path, Body::Empty));
        })?;
        format!(
            " It is built by \"{}\" in {}. Nothing was run yet: accid build {}",
            text(&command, "line"),
            text(&command, "folder"),
            text(&project, "slug")
        )
    };
    let from = template.map_or_else(String::new, |template| format!(" from the template \"{template}\""));
    let sentence = format!(
        "Made the project \"{}\" ({}) of type {}{from}.{next}",
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
