//! Use cases about keeping ACCID well: disk use, giving back what can be made again, the log, and a bundle for those who
//! help. A bundle never holds content or secrets: what it names is counted or redacted.

use std::sync::Arc;

use accid_access::{Administer, Permit, Read};
use accid_base::{ErrorCode, Finding, Id, Problem};
use accid_store::Usage;
use accid_transfer::Packing;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Inner, LogLine, System, explain, log_book::LogQuery, redact::redact};

/// How many lines of the log a bundle has.
const TAIL: usize = 1_000;

/// Use cases about keeping ACCID well.
pub struct Maintenance<'a>(pub(crate) &'a Arc<Inner>);

/// How much of the disk a project takes, in bytes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ProjectDiskView {
    /// Name of its folder.
    pub folder: String,
    /// Its name for people.
    pub name: String,
    /// Pictures and films as they came.
    pub originals: u64,
    /// Documents: pages, photos, albums.
    pub documents: u64,
    /// The history.
    pub history: u64,
    /// What can be made again.
    pub derived: u64,
    /// Files that could not be read and were put aside.
    pub quarantine: u64,
    /// All of it.
    pub total: u64,
}

/// How much of the disk ACCID takes, in bytes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DiskView {
    /// Each project, the largest first.
    pub projects: Vec<ProjectDiskView>,
    /// What lies in the trash.
    pub trash: u64,
    /// What can be made again, of all projects.
    pub derived: u64,
    /// All of it.
    pub total: u64,
}

/// What is to be given back.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CleanUpRequest {
    /// Names of project folders; all of them when empty.
    pub projects: Vec<String>,
}

/// What was given back.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CleanedView {
    /// Bytes.
    pub freed: u64,
    /// Folders of projects that are being built or published just now, so that nothing was taken from them.
    pub busy: Vec<String>,
}

/// The log from a number on.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LogView {
    /// The lines, oldest first.
    pub lines: Vec<LogLine>,
}

/// A zip for those who help.
#[derive(Debug)]
pub struct SupportBundle {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Maintenance<'_> {
    /// How much of the disk everything takes.
    ///
    /// # Errors
    /// None yet.
    pub fn disk(&self, _: &Permit<Read>) -> Result<DiskView, Problem> {
        let (usage, trash) = self.0.store.usage();
        let names: std::collections::HashMap<String, String> = {
            let entries = self.0.store.projects();
            let name = |entry: accid_store::ProjectEntry| {
                let name = entry
                    .blotter
                    .as_ref()
                    .and_then(|blotter| blotter.get("name")?.as_str().map(str::to_owned));
                (entry.folder.clone(), name.unwrap_or(entry.folder))
            };
            entries.into_iter().map(name).collect()
        };
        let view = |(folder, usage): (String, Usage)| {
            let Usage { originals, documents, history, derived, quarantine } = usage;
            ProjectDiskView {
                name: names.get(&folder).cloned().unwrap_or_else(|| folder.clone()),
                total: originals + documents + history + derived + quarantine,
                folder,
                originals,
                documents,
                history,
                derived,
                quarantine,
            }
        };
        let mut projects: Vec<ProjectDiskView> = usage.into_iter().map(view).collect();
        projects
            .sort_by(|one, other| other.total.cmp(&one.total).then_with(|| one.folder.cmp(&other.folder)));
        Ok(DiskView {
            derived: projects.iter().map(|project| project.derived).sum(),
            total: projects.iter().map(|project| project.total).sum::<u64>() + trash,
            projects,
            trash,
        })
    }

    /// Gives back what can be made again. What is being built or published just now is left alone.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn clean_up(
        &self,
        permit: &Permit<Administer>,
        request: &CleanUpRequest,
    ) -> Result<CleanedView, Problem> {
        let mut cleaned = CleanedView { freed: 0, busy: Vec::new() };
        for entry in self.0.store.projects() {
            let chosen = request.projects.is_empty() || request.projects.contains(&entry.folder);
            let id: Option<Id> =
                entry.blotter.as_ref().and_then(|blotter| blotter.get("id")?.as_str()?.parse().ok());
            if !chosen {
                continue;
            }
            let turn = id.map(|id| self.0.jobs.turn(&id)).unwrap_or_default();
            let held = turn.try_lock();
            if held.is_err() {
                cleaned.busy.push(entry.folder);
                continue;
            }
            cleaned.freed += self.0.store.clean_derived(&entry.folder).map_err(explain)?;
        }
        tracing::info!(freed = cleaned.freed, by = permit.author(), "derived_cleaned");
        Ok(cleaned)
    }

    /// The last lines of the log.
    ///
    /// # Errors
    /// When the level is none.
    pub fn log(&self, _: &Permit<Administer>, query: &LogQuery) -> Result<LogView, Problem> {
        if query.level.as_deref().is_some_and(|level| !matches!(level, "error" | "warn" | "info" | "debug")) {
            return Err(Problem::new(ErrorCode::InvalidValue, "The log was not read.")
                .because("There is no such level.")
                .fix("Use error, warn, info or debug."));
        }
        Ok(LogView { lines: self.0.log.read(query) })
    }

    /// A zip for those who help: versions, settings, the end of the log, what validation found, the machine. No names,
    /// no content, no secrets.
    ///
    /// # Errors
    /// When it cannot be packed.
    pub fn support_bundle(&self, permit: &Permit<Administer>) -> Result<SupportBundle, Problem> {
        let read = accid_access::Caller::System.permit::<Read>().map_err(explain)?;
        let now = self.0.clock.now();
        let findings = System(self.0).validate(&read).map(|view| view.findings).unwrap_or_default();
        let hidden = self.names_to_hide();
        let files = [
            ("about.json", about(self.0, now)),
            ("settings.json", self.settings()),
            ("projects.json", self.projects()),
            ("findings.json", json!(findings.iter().map(finding).collect::<Vec<_>>())),
            ("machine.json", self.machine(&read)),
        ];
        let mut zip = Packing::in_memory();
        let failed = |error: &dyn std::fmt::Display| {
            Problem::new(ErrorCode::Internal, "The bundle was not packed.").because(format!("{error}."))
        };
        let mut add = |name: &str, text: &str| {
            zip.add_bytes(name, redact(text, &hidden).as_bytes()).map_err(|error| failed(&error))
        };
        for (name, value) in files {
            add(name, &serde_json::to_string_pretty(&value).unwrap_or_default())?;
        }
        let tail = LogQuery { level: None, q: None, after: 0, most: TAIL };
        let line = |line: LogLine| format!("{} {} {} {}\n", line.at, line.level, line.message, line.details);
        add("log.txt", &self.0.log.read(&tail).into_iter().map(line).collect::<String>())?;
        let bytes = zip.end().map_err(|error| failed(&error))?.into_inner();
        tracing::info!(by = permit.author(), "support_bundle_made");
        let day = now.to_string().chars().take(10).collect::<String>();
        Ok(SupportBundle { name: format!("accid-support-{day}.zip"), bytes })
    }

    /// What a reader could learn content from: names and addresses of projects, folders and hosts.
    fn names_to_hide(&self) -> Vec<String> {
        let mut names = vec![self.0.store.root().display().to_string()];
        for entry in self.0.store.projects() {
            names.push(entry.folder.clone());
            let Some(blotter) = entry.blotter else { continue };
            for field in ["name", "slug"] {
                names.extend(blotter.get(field).and_then(Value::as_str).map(str::to_owned));
            }
            names.extend(blotter.pointer("/site/title").and_then(Value::as_str).map(str::to_owned));
            for (name, environment) in
                blotter.get("environments").and_then(Value::as_object).into_iter().flatten()
            {
                names.push(name.clone());
                let urls =
                    ["url", "public_url"].into_iter().filter_map(|field| environment.get(field)?.as_str());
                for url in urls {
                    names.push(url.to_owned());
                    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
                    names.extend(rest.split(['/', '@', ':']).map(str::to_owned));
                }
            }
        }
        names.retain(|name| name.chars().count() > 2);
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        names
    }

    fn settings(&self) -> Value {
        let (settings, findings) = self.0.store.read_settings();
        json!({
            "port": settings.port, "log": settings.log, "retention": settings.retention,
            "host_is_this_machine": settings.host == "127.0.0.1" || settings.host == "localhost",
            "watched_folders": settings.watch.len(), "findings": findings.len(),
        })
    }

    fn projects(&self) -> Value {
        let (usage, trash) = self.0.store.usage();
        let entries = self.0.store.projects();
        let one = |(folder, usage): &(String, Usage)| {
            let blotter =
                entries.iter().find(|entry| entry.folder == *folder).and_then(|entry| entry.blotter.as_ref());
            json!({
                "type": blotter.and_then(|blotter| blotter.get("type")),
                "schema_version": blotter.and_then(|blotter| blotter.get("schema_version")),
                "readable": blotter.is_some(), "originals": usage.originals, "documents": usage.documents,
                "history": usage.history, "derived": usage.derived, "quarantine": usage.quarantine,
            })
        };
        json!({ "projects": usage.iter().map(one).collect::<Vec<_>>(), "trash": trash })
    }

    fn machine(&self, read: &Permit<Read>) -> Value {
        let performance = System(self.0).performance(read).unwrap_or_default();
        json!({
            "system": std::env::consts::OS, "architecture": std::env::consts::ARCH,
            "processors": std::thread::available_parallelism().map_or(0, usize::from), "process": performance,
        })
    }
}

fn about(inner: &Inner, now: Timestamp) -> Value {
    json!({
        "program": env!("CARGO_PKG_VERSION"), "interface": "2.0", "roles": inner.roles.names(),
        "made_at": now, "started_at": inner.started,
    })
}

/// A finding without its sentence, which may quote content, and with the collection instead of the file.
fn finding(finding: &Finding) -> Value {
    let collection = finding.path.rsplit('/').nth(1).unwrap_or_default();
    let ending = finding.path.rsplit_once('.').map_or("", |(_, ending)| ending);
    json!({ "code": finding.code, "severity": finding.severity, "in": collection, "ending": ending })
}
