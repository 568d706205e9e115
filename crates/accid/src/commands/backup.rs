//! `accid backup`, `accid restore-backup`.

use std::path::Path;

use serde_json::{Value, json};

use super::{credentials::Given, publishing::absolute};
use crate::{
    arguments::{BackupCommand, BackupTo},
    client::{ApiClient, Body, Method},
    failure::Failure,
    output::{Report, bytes, count, minute, number, table, text},
    progress::Progress,
    secrets::{self, Source},
};

const AT: &str = "/api/v1/backup";

/// Does what was asked; makes a backup when nothing was.
pub fn run(
    client: &dyn ApiClient,
    progress: &Progress,
    command: Option<BackupCommand>,
) -> Result<Report, Failure> {
    match command {
        None | Some(BackupCommand::Run) => make(client, progress),
        Some(BackupCommand::Set(to)) => set(client, &to),
        Some(BackupCommand::Status) => status(client),
        Some(BackupCommand::List) => list(client),
        Some(BackupCommand::Drill) => drill(client, progress),
        Some(BackupCommand::ThinOut { dry_run: true }) => preview(client),
        Some(BackupCommand::ThinOut { dry_run: false }) => thin_out(client, progress),
        Some(BackupCommand::Trust { fingerprint }) => {
            let body = Body::Json(json!({ "fingerprint": fingerprint }));
            let view = client.call(Method::Put, &format!("{AT}/host-key"), body)?;
            Ok(Report::new("The server is known by that host key from now on.", view))
        }
        Some(BackupCommand::Forget) => {
            let view = client.call(Method::Delete, AT, Body::Empty)?;
            Ok(Report::new("The place is forgotten; the backups stay there.", view))
        }
    }
}

fn make(client: &dyn ApiClient, progress: &Progress) -> Result<Report, Failure> {
    let done = progress.job(client, &format!("{AT}/run"), json!({}), "Backing up")?;
    let sentence = format!(
        "Backed up {} ({}): {} new, {} changed, {} sent. It is the backup {}.",
        count(number(&done, "files"), "file"),
        bytes(number(&done, "bytes")),
        number(&done, "new"),
        number(&done, "changed"),
        bytes(number(&done, "added_bytes")),
        short(&done, "snapshot"),
    );
    Ok(Report::new(sentence, done))
}

fn short<'a>(value: &'a Value, key: &str) -> &'a str {
    let id = text(value, key);
    id.get(..8).unwrap_or(id)
}

fn set(client: &dyn ApiClient, to: &BackupTo) -> Result<Report, Failure> {
    let known = client.get(AT)?;
    let place = &known["place"];
    let url = match &to.url {
        Some(url) => url.clone(),
        None => text(place, "url").to_owned(),
    };
    if url.is_empty() {
        return Err(Failure::new(
            "It is not said where backups go. Name a place with --url, such as file:///media/stick/backup.",
        ));
    }
    let (password, login) = secrets_of(to, place, &url)?;
    let keep = &place["keep"];
    let kept = |given: Option<u32>, name: &str, usual: u64| {
        given.map_or_else(|| keep[name].as_u64().unwrap_or(usual), u64::from)
    };
    let schedule = |given: Option<&'static str>, name: &str| {
        given.map_or_else(|| place[name].as_str().unwrap_or("never").to_owned(), str::to_owned)
    };
    let body = json!({
        "url": url,
        "password": password,
        "login": login,
        "schedule": schedule(to.schedule.map(|when| when.as_str()), "schedule"),
        "drill": schedule(to.drill.map(|when| when.as_str()), "drill"),
        "keep": {
            "daily": kept(to.keep_daily, "daily", 14),
            "weekly": kept(to.keep_weekly, "weekly", 8),
            "monthly": kept(to.keep_monthly, "monthly", 12),
        },
    });
    let view = client.call(Method::Put, AT, Body::Json(body))?;
    Ok(Report::new(told(&view), view))
}

/// The password of the backup and how to sign in, as far as they were given or asked for.
fn secrets_of(to: &BackupTo, place: &Value, url: &str) -> Result<(Option<String>, Option<Value>), Failure> {
    let same = text(place, "url") == url;
    let server = !url.to_ascii_lowercase().starts_with("file:");
    let known = place["has_password"] == true;
    if to.password_stdin {
        let all = secrets::read(Source::StandardInput, "")?;
        let all = all.as_ref().map_or("", |all| all.reveal());
        let (first, second) = all.split_once('\n').unwrap_or((all, ""));
        let [first, second] = [first, second].map(|line| line.trim_end_matches('\r').to_owned());
        let second = Some(second).filter(|second| !second.is_empty());
        let login = match (&to.key, to.agent) {
            (_, true) => Some(json!({ "agent": true })),
            (Some(key), _) => Some(json!({ "key": secrets::read_key(key)?.reveal(), "passphrase": second })),
            (None, false) => second.map(|second| json!({ "password": second })),
        };
        return Ok((Some(first), login));
    }
    let password = match known {
        true => None,
        false => secrets::read(Source::Prompt, "Password to encrypt backups with: ")?,
    };
    let wanted = to.key.is_some() || to.agent || server && !same;
    let given = Given {
        source: Source::Prompt,
        key: to.key.as_deref(),
        agent: to.agent.then_some(super::credentials::Agent),
    };
    let login = if wanted { given.read()? } else { None };
    Ok((password.map(|password| password.reveal().clone()), login))
}

fn told(view: &Value) -> String {
    let place = &view["place"];
    if place.is_null() {
        return "There is no place for backups yet. Name one with: accid backup set --url file:///media/stick/backup"
            .to_owned();
    }
    let mut lines = vec![format!("Backups go to {}.", text(place, "url"))];
    lines.push(match text(place, "schedule") {
        "never" => "They are made when somebody asks.".to_owned(),
        schedule => format!("They are made by themselves, {schedule}."),
    });
    lines.push(match &view["last_good"] {
        Value::Null => "None was made there yet.".to_owned(),
        run => {
            format!("The last one is of {} (UTC), {}.", minute(text(run, "at")), bytes(number(run, "bytes")))
        }
    });
    if let Some(problem) = view["last"]["problem"].as_str() {
        lines.push(format!("The last try failed: {problem}"));
    }
    lines.push(match &view["last_good_drill"] {
        Value::Null => {
            "That they can be restored was not proved yet; do it with: accid backup drill".to_owned()
        }
        run => format!("They were last proved restorable on {} (UTC).", minute(text(run, "at"))),
    });
    if let Some(problem) = view["last_drill"]["problem"].as_str() {
        lines.push(format!("The last drill failed: {problem}"));
    }
    lines.join("\n")
}

fn status(client: &dyn ApiClient) -> Result<Report, Failure> {
    let view = client.get(AT)?;
    Ok(Report::new(told(&view), view))
}

fn rows(backups: &[Value]) -> String {
    let mut rows = vec![["Backup", "Made (UTC)", "Files", "Size", "Sent"].map(str::to_owned).to_vec()];
    rows.extend(backups.iter().map(|one| {
        vec![
            short(one, "id").to_owned(),
            minute(text(one, "at")),
            number(one, "files").to_string(),
            bytes(number(one, "bytes")),
            bytes(number(one, "added_bytes")),
        ]
    }));
    table(&rows)
}

fn list(client: &dyn ApiClient) -> Result<Report, Failure> {
    let backups = client.list(&format!("{AT}/snapshots"))?;
    let sentence = if backups.is_empty() {
        "There is no backup yet. Make one with: accid backup".to_owned()
    } else {
        rows(&backups)
    };
    Ok(Report::new(sentence, json!({ "items": backups })))
}

fn drill(client: &dyn ApiClient, progress: &Progress) -> Result<Report, Failure> {
    let done = progress.job(client, &format!("{AT}/drill"), json!({}), "Trying a restore")?;
    let sentence = format!(
        "The backup {} can be restored: {} ({}) came back as they were put in, and {} opened.",
        short(&done, "snapshot"),
        count(number(&done, "files"), "file"),
        bytes(number(&done, "bytes")),
        count(number(&done, "projects"), "project"),
    );
    Ok(Report::new(sentence, done))
}

fn thinned(plan: &Value, verb: &str) -> String {
    let going = number(plan, "going");
    let goes = plan["goes"].as_array().map_or(&[][..], Vec::as_slice);
    let list = if going == 0 { String::new() } else { format!("\n\n{}", rows(goes)) };
    format!(
        "{} {verb}, {} stay. {} are not needed any more and are removed by a later run, {} that an earlier run marked now.{list}",
        count(going, "backup"),
        number(plan, "staying"),
        bytes(number(plan, "unused_bytes")),
        bytes(number(plan, "freed_bytes")),
    )
}

fn preview(client: &dyn ApiClient) -> Result<Report, Failure> {
    let plan = client.get(&format!("{AT}/thinning"))?;
    Ok(Report::new(thinned(&plan, "would go"), plan))
}

fn thin_out(client: &dyn ApiClient, progress: &Progress) -> Result<Report, Failure> {
    let done = progress.job(client, &format!("{AT}/thinning"), json!({}), "Thinning out")?;
    Ok(Report::new(thinned(&done, "went"), done))
}

/// What to restore.
pub struct Back<'a> {
    pub snapshot: Option<&'a str>,
    pub path: Option<&'a str>,
    pub out: Option<&'a Path>,
    pub project: Option<&'a str>,
}

/// Restores from a backup.
pub fn restore(client: &dyn ApiClient, progress: &Progress, back: &Back<'_>) -> Result<Report, Failure> {
    let folder = back.out.map(absolute).transpose()?;
    let body =
        json!({ "snapshot": back.snapshot, "path": back.path, "folder": folder, "project": back.project });
    let done = progress.job(client, &format!("{AT}/restore"), body, "Restoring")?;
    let what = format!("{} ({})", count(number(&done, "files"), "file"), bytes(number(&done, "bytes")));
    let sentence = match (done["project"].as_str(), done["copy"] == true) {
        (Some(project), true) => format!(
            "Restored {what} as the project {project}: a copy without history, since the project itself is here."
        ),
        (Some(project), false) => format!("Restored {what} as the project {project}, with its history."),
        (None, _) => format!("Restored {what} into {}.", text(&done, "folder")),
    };
    Ok(Report::new(sentence, done))
}
