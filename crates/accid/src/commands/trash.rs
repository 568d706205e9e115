//! `accid trash list|restore|empty`.

use serde_json::{Value, json};

use crate::{
    client::{ApiClient, Body, Method, segment},
    failure::Failure,
    output::{Report, bytes, count, minute, number, table, text},
};

/// Lists what was removed.
pub fn list(client: &dyn ApiClient) -> Result<Report, Failure> {
    let entries = client.list("/api/v1/trash")?;
    if entries.is_empty() {
        return Ok(Report::new("The trash is empty.", json!({"items": entries})));
    }
    let mut rows = vec![["Entry", "What", "Name", "Removed (UTC)", "By"].map(str::to_owned).to_vec()];
    rows.extend(entries.iter().map(row));
    Ok(Report::new(table(&rows), json!({"items": entries})))
}

fn row(entry: &Value) -> Vec<String> {
    vec![
        text(entry, "entry").to_owned(),
        text(entry, "kind").to_owned(),
        text(entry, "label").to_owned(),
        minute(text(entry, "removed_at")),
        text(entry, "removed_by").to_owned(),
    ]
}

/// Brings one entry back.
pub fn restore(client: &dyn ApiClient, wanted: &str) -> Result<Report, Failure> {
    let entries = client.list("/api/v1/trash")?;
    let Some(entry) = entries.iter().find(|entry| text(entry, "entry") == wanted) else {
        return Err(Failure::new(format!(
            "There is no entry {wanted} in the trash. See what is in it with: accid trash list"
        )));
    };
    let path = format!("/api/v1/projects/{}/restore", segment(text(entry, "project")));
    let body = if text(entry, "kind") == "project" { json!({}) } else { json!({"entry": wanted}) };
    let restored = client.post(&path, body)?;
    Ok(Report::new(
        format!("Brought back the {} \"{}\".", text(entry, "kind"), text(entry, "label")),
        restored,
    ))
}

/// Removes everything for good.
pub fn empty(client: &dyn ApiClient) -> Result<Report, Failure> {
    let emptied = client.call(Method::Delete, "/api/v1/trash/empty", Body::Empty)?;
    let removed = count(number(&emptied, "removed"), "thing");
    let freed = &emptied["originals"];
    let originals = match number(freed, "files") {
        0 => String::new(),
        files => format!(
            " {} that nothing uses any more went too: {}.",
            count(files, "original"),
            bytes(number(freed, "bytes"))
        ),
    };
    Ok(Report::new(format!("Emptied the trash: {removed} removed for good.{originals}"), emptied))
}
