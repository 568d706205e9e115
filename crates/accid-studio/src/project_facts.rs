//! Use cases about finding projects and knowing how they are: search, last deployment, space, health.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use accid_access::{Permit, Read};
use accid_base::{Id, Problem, Severity, locked};
use accid_model::{Album, Page, Photo, Story};
use accid_store::Project;
use serde_json::Value;

use crate::{CheckCounts, Inner, LastDeployView, ProjectFactsView, ProjectView, Projects, Role, explain};

/// The health of projects, by the revision it was found at.
#[derive(Default)]
pub(crate) struct KnownFacts(Mutex<HashMap<Id, (u64, CheckCounts)>>);

/// So many places where a text was found are told of a project.
const TOLD: usize = 5;

/// Folders whose words are searched.
const SEARCHED: [&str; 4] = [Page::FOLDER, Story::FOLDER, Album::FOLDER, Photo::FOLDER];

/// Whether a text stands in any value of a document; names of fields and ids do not count.
fn says(value: &Value, text: &str) -> bool {
    match value {
        Value::String(found) => found.to_lowercase().contains(text),
        Value::Array(values) => values.iter().any(|value| says(value, text)),
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| {
                !matches!(name.as_str(), "id" | "type" | "hash" | "parent" | "schema_version")
            })
            .any(|(_, value)| says(value, text)),
        _ => false,
    }
}

fn name_of(value: &Value) -> Option<String> {
    let fields = ["title", "name", "caption", "filename"];
    let named = fields.into_iter().filter_map(|field| value.get(field).and_then(Value::as_str));
    named.map(str::trim).find(|name| !name.is_empty()).map(str::to_owned)
}

impl Inner {
    /// What was published last, to any environment.
    pub(crate) fn last_deploy(&self, project: &Project, view: &ProjectView) -> Option<LastDeployView> {
        let last = |environment: &String| {
            let last = self.vault.deployments(project, environment).ok()?.into_iter().next()?;
            Some(LastDeployView { environment: environment.clone(), at: last.at, outcome: last.outcome })
        };
        view.environments.keys().filter_map(last).max_by_key(|last| last.at)
    }

    fn health(&self, project: &Arc<Project>) -> CheckCounts {
        let (id, revision) = (project.id(), project.revision());
        if let Some((known, counts)) = locked(&self.facts.0).get(&id)
            && *known == revision
        {
            return *counts;
        }
        let mut counts = CheckCounts::default();
        let mut count = |severity: Severity| {
            *match severity {
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Note => &mut counts.notes,
            } += 1;
        };
        project.findings().iter().for_each(|finding| count(finding.severity));
        if self.roles.require(Role::Builder).is_ok() {
            let found = self.builder.check(project).map(|found| found.items).unwrap_or_default();
            found.iter().for_each(|item| count(item.finding.severity));
        }
        locked(&self.facts.0).insert(id, (revision, counts));
        counts
    }
}

impl Projects<'_> {
    /// The projects in which a text stands: in their names, tags, pages, stories, albums or photos.
    ///
    /// # Errors
    /// None yet; as the list of all.
    pub fn search(&self, permit: &Permit<Read>, text: &str) -> Result<Vec<ProjectView>, Problem> {
        let text = text.trim().to_lowercase();
        let mut all = self.list(permit)?;
        if text.is_empty() {
            return Ok(all);
        }
        all.retain_mut(|view| {
            let own = [&view.name, &view.site.title, &view.site.description];
            let named = view.slug.as_str().contains(&text)
                || own.iter().any(|word| word.to_lowercase().contains(&text))
                || view.tags.iter().any(|tag| tag.to_lowercase().contains(&text));
            let Ok(project) = self.0.project(view.id.as_str()) else { return named };
            let documents = SEARCHED.into_iter().flat_map(|folder| project.list(folder));
            let found = documents.filter(|(_, stored)| says(&stored.value, &text));
            view.found = found.filter_map(|(_, stored)| name_of(&stored.value)).take(TOLD).collect();
            named || !view.found.is_empty()
        });
        Ok(all)
    }

    /// What a project takes on disk, and what there is to look at.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn facts(&self, _: &Permit<Read>, project: &str) -> Result<ProjectFactsView, Problem> {
        let project = self.0.store.project(project).map_err(explain)?;
        let bytes = self.0.vault.disk_use(&project);
        Ok(ProjectFactsView {
            id: project.id(),
            total_bytes: bytes.values().sum(),
            bytes,
            health: self.0.health(&project),
        })
    }
}
