//! `accid mark`, `accid retention`, `accid git-export`.

use std::path::Path;

use serde_json::{Value, json};

use super::publishing::absolute;
use crate::{
    arguments::ProjectName,
    client::{ApiClient, Body, Method, segment},
    failure::Failure,
    output::{Report, bytes, count, minute, number, table, text},
    progress::Progress,
};

fn base(project: &ProjectName) -> String {
    format!("/api/v1/projects/{}/time-machine", segment(&project.project))
}

/// Names, pins or annotates a version.
pub fn mark(
    client: &dyn ApiClient,
    project: &ProjectName,
    version: &str,
    mark: &Value,
) -> Result<Report, Failure> {
    if mark.as_object().is_some_and(|mark| mark.values().all(Value::is_null)) {
        return Err(Failure::new("Nothing was marked. Say --name, --note, --pin or --unpin."));
    }
    let path = format!("{}/snapshots/{}", base(project), segment(version));
    let marked = client.call(Method::Put, &path, Body::Json(mark.clone()))?;
    let kept = text(&marked, "kind") == "named"
        || marked["pinned"].as_bool() == Some(true)
        || !text(&marked, "note").is_empty();
    let fate = if kept { "is always kept" } else { "is kept as long as the rules say" };
    let sentence = format!("The version \"{}\" of {} {fate}.", text(&marked, "message"), project.project);
    Ok(Report::new(sentence, marked))
}

/// Rules; what is missing stays.
pub struct Rules {
    pub automatic: Option<u32>,
    pub daily: Option<u32>,
    pub max_age: Option<u32>,
    pub max_size: Option<u32>,
}

/// What is to become of the rules.
pub enum Wish {
    /// The settings say it again.
    Default,
    /// These, where they say something.
    Rules(Rules),
}

/// Thin out now.
pub struct Apply;

/// Says or changes how many versions are kept, and what would go.
pub fn retention(
    client: &dyn ApiClient,
    project: &ProjectName,
    wish: &Wish,
    apply: Option<Apply>,
) -> Result<Report, Failure> {
    let path = format!("{}/retention", base(project));
    let mut kept = client.get(&path)?;
    match wish {
        Wish::Default => kept = client.call(Method::Delete, &path, Body::Empty)?,
        Wish::Rules(wanted) => {
            let mut rules = kept["rules"].clone();
            let fields = [
                ("automatic", wanted.automatic),
                ("daily_days", wanted.daily),
                ("max_days", wanted.max_age),
                ("max_megabytes", wanted.max_size),
            ];
            if fields.iter().any(|(_, value)| value.is_some()) {
                for (name, value) in fields {
                    if let Some(value) = value {
                        rules[name] = value.into();
                    }
                }
                kept = client.call(Method::Put, &path, Body::Json(rules))?;
            }
        }
    }
    let rules = &kept["rules"];
    let query = ["automatic", "daily_days", "max_days", "max_megabytes"]
        .map(|name| format!("{name}={}", number(rules, name)))
        .join("&");
    let verb = if apply.is_some() { "went" } else { "would go" };
    let thinned = match apply {
        Some(Apply) => client.post(&format!("{}/thin-out", base(project)), json!({}))?,
        None => client.get(&format!("{path}/preview?{query}"))?,
    };
    let whose = if kept["own"].as_bool() == Some(true) { "its own rules" } else { "the settings" };
    let mut sentence = format!("By {whose}, of {} are kept: {}.", project.project, told(rules));
    sentence += &match number(&thinned, "going") {
        0 => "\nNothing has to go.".to_owned(),
        going => {
            let mut rows = vec![["Going", "When (UTC)", "What"].map(str::to_owned).to_vec()];
            let goes = thinned["goes"].as_array().map_or(&[][..], Vec::as_slice);
            rows.extend(goes.iter().take(10).map(|version| {
                vec![
                    text(version, "id").to_owned(),
                    minute(text(version, "at")),
                    text(version, "message").to_owned(),
                ]
            }));
            format!(
                "\n{} of {} {verb}: {} before, {} after.\n\n{}",
                count(going, "version"),
                going + number(&thinned, "versions"),
                bytes(number(&thinned, "before_bytes")),
                bytes(number(&thinned, "after_bytes")),
                table(&rows)
            )
        }
    };
    let freed = &thinned["originals"];
    if number(freed, "files") > 0 {
        let originals = count(number(freed, "files"), "original");
        let size = bytes(number(freed, "bytes"));
        sentence += &format!("\n{originals} that nothing uses any more {verb} too: {size}.");
    }
    Ok(Report::new(sentence, json!({"retention": kept, "thinning": thinned})))
}

fn told(rules: &Value) -> String {
    let mut parts = vec![
        format!("the newest {}", count(number(rules, "automatic"), "automatic version")),
        format!("the last of each day for {}", count(number(rules, "daily_days"), "day")),
        "every named, pinned or annotated one".to_owned(),
    ];
    if number(rules, "max_days") > 0 {
        parts.push(format!("no other older than {}", count(number(rules, "max_days"), "day")));
    }
    if number(rules, "max_megabytes") > 0 {
        parts.push(format!("at most {} MB", number(rules, "max_megabytes")));
    }
    parts.join(", ")
}

/// Writes the history as a git repository.
pub fn git_export(
    client: &dyn ApiClient,
    progress: &Progress,
    project: &ProjectName,
    folder: &Path,
) -> Result<Report, Failure> {
    let body = json!({"folder": absolute(folder)?});
    let done =
        progress.job(client, &format!("{}/git-export", base(project)), body, "Exporting the history")?;
    let sentence = format!(
        "Wrote the history of {} to {}: {}, {}. Look at it with: git -C {} log",
        project.project,
        text(&done, "path"),
        count(number(&done, "commits"), "commit"),
        bytes(number(&done, "bytes")),
        text(&done, "path"),
    );
    Ok(Report::new(sentence, done))
}
