//! `accid validate [--repair]`, `accid migrate [--plan]`.

use serde_json::{Value, json};

use crate::{
    client::ApiClient,
    failure::Failure,
    output::{Report, count, findings, number, text},
};

/// Looks at every file.
pub fn validate(client: &dyn ApiClient) -> Result<Report, Failure> {
    let seen = client.get("/api/v1/validation/run")?;
    let found = length(&seen, "findings");
    let files = count(number(&seen, "files"), "file");
    let sentence = if found == 0 {
        format!("Looked at {files}; all are well.")
    } else {
        format!("Looked at {files}; {}:{}", count(found, "finding"), findings(&seen["findings"]))
    };
    Ok(Report::new(sentence, seen))
}

/// Mends what can be mended.
pub fn repair(client: &dyn ApiClient) -> Result<Report, Failure> {
    let done = client.post("/api/v1/validation/repair", json!({}))?;
    let mut sentence = match length(&done, "repaired") {
        0 => "Nothing needed to be mended.".to_owned(),
        some => format!("Mended {}:{}", count(some, "thing"), findings(&done["repaired"])),
    };
    if length(&done, "findings") > 0 {
        sentence.push_str("\nLeft to look at by hand:");
        sentence.push_str(&findings(&done["findings"]));
    }
    Ok(Report::new(sentence, done))
}

fn length(value: &Value, key: &str) -> u64 {
    value[key].as_array().map_or(0, Vec::len) as u64
}

/// Says which documents would be changed, and how.
pub fn plan_migration(client: &dyn ApiClient) -> Result<Report, Failure> {
    let steps = client.list("/api/v1/system/migrations")?;
    if steps.is_empty() {
        return Ok(Report::new("Every document is in this ACCID's format already.", json!({"items": steps})));
    }
    let mut sentence = format!("Migrating would change {}:", count(steps.len() as u64, "document"));
    for step in &steps {
        sentence.push_str(&format!(
            "\n  {}/{}: format {} to {}",
            text(step, "project"),
            text(step, "path"),
            number(step, "from"),
            number(step, "to")
        ));
        for line in step["steps"].as_array().into_iter().flatten() {
            sentence.push_str(&format!("\n    {}", line.as_str().unwrap_or_default()));
        }
    }
    sentence.push_str("\nDo it with: accid migrate");
    Ok(Report::new(sentence, json!({"items": steps})))
}

/// Changes them.
pub fn migrate(client: &dyn ApiClient) -> Result<Report, Failure> {
    let done = client.post("/api/v1/system/migrations", json!({}))?;
    let changed = done["steps"].as_array().map_or(0, Vec::len) as u64;
    let sentence = match changed {
        0 => "Every document is in this ACCID's format already.".to_owned(),
        some => format!("Migrated {}. The state before is in the history.", count(some, "document")),
    };
    Ok(Report::new(sentence, done))
}
