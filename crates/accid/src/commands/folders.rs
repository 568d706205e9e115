//! `accid open`, `accid close`, `accid find`, `accid move`: projects whose folders lie elsewhere on the disk.

use std::path::Path;

use serde_json::json;

use super::publishing::absolute;
use crate::{
    client::{ApiClient, Body, Method, segment},
    failure::Failure,
    output::{Report, text},
};

/// Opens the project in a folder.
pub fn open(client: &dyn ApiClient, folder: &Path) -> Result<Report, Failure> {
    let path = absolute(folder)?;
    let project = client.post("/api/v1/opened-folders", json!({"path": path}))?;
    let sentence = format!("Opened \"{}\" ({}) in {path}.", text(&project, "name"), text(&project, "slug"));
    Ok(Report::new(sentence, project))
}

/// The id of a folder elsewhere, by the project's id, name or slug; a missing one answers to its id and name alone.
fn id_of(client: &dyn ApiClient, project: &str) -> Result<String, Failure> {
    let folders = client.list("/api/v1/opened-folders")?;
    let known =
        |folder: &&serde_json::Value| text(folder, "id") == project || text(folder, "name") == project;
    if let Some(folder) = folders.iter().find(known) {
        return Ok(text(folder, "id").to_owned());
    }
    let found = client.get(&format!("/api/v1/projects/{}", segment(project)))?;
    Ok(text(&found, "id").to_owned())
}

/// Closes a project whose folder lies elsewhere.
pub fn close(client: &dyn ApiClient, project: &str) -> Result<Report, Failure> {
    let path = format!("/api/v1/opened-folders/{}", segment(&id_of(client, project)?));
    let closed = client.call(Method::Delete, &path, Body::Empty)?;
    let sentence =
        format!("Closed \"{}\". Its folder stays as it is: {}", text(&closed, "name"), text(&closed, "path"));
    Ok(Report::new(sentence, closed))
}

/// Finds a project's folder again.
pub fn find(client: &dyn ApiClient, project: &str, folder: &Path) -> Result<Report, Failure> {
    let path = format!("/api/v1/opened-folders/{}/find", segment(&id_of(client, project)?));
    let found = client.post(&path, json!({"path": absolute(folder)?}))?;
    Ok(Report::new(format!("Found \"{}\" in {}.", text(&found, "name"), text(&found, "folder")), found))
}

/// Moves a project's folder, or brings it home.
pub fn relocate(client: &dyn ApiClient, project: &str, to: Option<&Path>) -> Result<Report, Failure> {
    let path = to.map(absolute).transpose()?;
    let moved = client.post(&format!("/api/v1/projects/{}/move", segment(project)), json!({"path": path}))?;
    let place = match text(&moved, "folder") {
        "" => "the data folder".to_owned(),
        folder => folder.to_owned(),
    };
    Ok(Report::new(format!("\"{}\" lies in {place} now.", text(&moved, "name")), moved))
}
