//! `accid new`, `accid list`.

use serde_json::{Value, json};

use crate::{
    arguments::ProjectKind,
    client::ApiClient,
    failure::Failure,
    output::{Report, count, minute, number, table, text},
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
