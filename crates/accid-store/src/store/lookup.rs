//! Finding projects: the list reads only blotters; a project is opened when it is first asked for.

use std::sync::Arc;

use accid_base::{Finding, Severity, locked, writing};
use accid_model::Blotter;
use serde_json::Value;

use super::Store;
use crate::{Project, StoreError, canonical, disk, project, shared::Work};

/// A project in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectEntry {
    /// Name of its folder.
    pub folder: String,
    /// Its master configuration; `None` when that cannot be read and no earlier state of it is known.
    pub blotter: Option<Value>,
    /// What is wrong with it, if anything.
    pub finding: Option<Finding>,
}

impl ProjectEntry {
    fn text(&self, field: &str) -> Option<&str> {
        self.blotter.as_ref()?.get(field)?.as_str()
    }
}

impl Store {
    /// All projects, by the name of their folder. Opens none, unless a blotter is broken and has to be looked up in
    /// its ledger.
    pub fn projects(&self) -> Vec<ProjectEntry> {
        self.projects_in(self.project_folders())
    }

    /// The same, of these folders alone.
    pub fn projects_in(&self, folders: Vec<String>) -> Vec<ProjectEntry> {
        let mut entries: Vec<ProjectEntry> = Vec::new();
        for folder in folders {
            let mut entry = self.entry(folder);
            let twin = entries
                .iter()
                .find(|other| entry.text("id").is_some() && other.text("id") == entry.text("id"));
            if let (Some(twin), None) = (twin, &entry.finding) {
                let message = format!(
                    "The folders \"{}\" and \"{}\" hold the same project. If one is a copy, duplicate the project \
                     in ACCID instead, or give the copy's {} another id.",
                    twin.folder,
                    entry.folder,
                    Blotter::FILE
                );
                entry.finding =
                    Some(Finding::new(Severity::Warning, "project.id-twice", message).in_path(&entry.folder));
            }
            entries.push(entry);
        }
        entries
    }

    fn entry(&self, folder: String) -> ProjectEntry {
        let opened = self.opened(&folder).and_then(|project| project.blotter());
        if let Some(blotter) = opened {
            return ProjectEntry { folder, blotter: Some((*blotter.value).clone()), finding: None };
        }
        match self.read_blotter(&folder) {
            Ok(blotter) => ProjectEntry { folder, blotter: Some(blotter), finding: None },
            Err(reason) => match self.open_folder(&folder).ok().and_then(|project| project.blotter()) {
                Some(blotter) => {
                    let message = format!(
                        "Its {} could not be read ({reason}); its last saved state was put back.",
                        Blotter::FILE
                    );
                    let finding =
                        Finding::new(Severity::Warning, "blotter.restored", message).in_path(&folder);
                    ProjectEntry { folder, blotter: Some((*blotter.value).clone()), finding: Some(finding) }
                }
                None => {
                    let message = format!(
                        "The project in the folder \"{folder}\" cannot be opened: its {} cannot be read ({reason}) \
                         and no earlier state of it is known. Put back a good copy of that file.",
                        Blotter::FILE
                    );
                    let finding = Finding::new(Severity::Error, "blotter.broken", message).in_path(&folder);
                    ProjectEntry { folder, blotter: None, finding: Some(finding) }
                }
            },
        }
    }

    /// The slug of the project in a folder, as far as that can be known without opening it.
    pub(super) fn slug_of(&self, folder: &str) -> Option<String> {
        let slug = |blotter: &Value| Some(blotter.get("slug")?.as_str()?.to_owned());
        match self.opened(folder).and_then(|project| project.blotter()) {
            Some(blotter) => slug(&blotter.value),
            None => slug(&self.read_blotter(folder).ok()?),
        }
    }

    /// The blotter in a project's folder, or why it cannot be read.
    pub(super) fn read_blotter(&self, folder: &str) -> Result<Value, String> {
        let file = self.projects_folder().join(folder).join(Blotter::FILE);
        let bytes = match disk::read(self.disk(), &file) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Err("there is none".to_owned()),
            Err(error) => return Err(error.to_string()),
        };
        let value = canonical::parse(&bytes).map_err(|error| error.to_string())?;
        let id = value.get("id").and_then(Value::as_str).and_then(|id| id.parse::<accid_base::Id>().ok());
        if id.is_some() { Ok(value) } else { Err("it has no id".to_owned()) }
    }

    /// A project by its id, its slug, or the name of its folder; opens it when it is not open. An open one that
    /// answers to the name is taken before the others are looked through.
    ///
    /// # Errors
    /// When there is none, or it cannot be opened.
    pub fn project(&self, id_or_slug: &str) -> Result<Arc<Project>, StoreError> {
        let open = self.open_projects();
        let slug = |project: &Project| {
            let blotter = project.blotter()?;
            Some(blotter.value.get("slug")?.as_str()? == id_or_slug)
        };
        let found = open
            .iter()
            .find(|project| project.id_text() == id_or_slug)
            .or_else(|| open.iter().find(|project| slug(project) == Some(true)));
        if let Some(project) = found.filter(|project| self.disk().exists(project.folder())) {
            return Ok(Arc::clone(project));
        }
        let folder = self.find_folder(id_or_slug);
        let folder =
            folder.ok_or_else(|| StoreError::ProjectNotFound(id_or_slug.chars().take(80).collect()))?;
        self.open_folder(&folder)
    }

    fn find_folder(&self, name: &str) -> Option<String> {
        let entries: Vec<ProjectEntry> =
            self.project_folders().into_iter().map(|folder| self.entry(folder)).collect();
        let by = |field: &str| entries.iter().find(|entry| entry.text(field) == Some(name));
        let found = by("id").or_else(|| by("slug"));
        let found =
            found.or_else(|| entries.iter().find(|entry| entry.folder == name && entry.blotter.is_some()));
        found.map(|entry| entry.folder.clone())
    }

    /// Opens the project in a folder, or returns the open one.
    pub(super) fn open_folder(&self, folder: &str) -> Result<Arc<Project>, StoreError> {
        let _moving = locked(&self.0.moving);
        self.open_folder_now(folder)
    }

    /// The same, for those who hold the right to move project folders.
    pub(super) fn open_folder_now(&self, folder: &str) -> Result<Arc<Project>, StoreError> {
        let path = self.projects_folder().join(folder);
        if let Some(project) = self.opened(folder) {
            if self.disk().exists(&path) {
                return Ok(project);
            }
            self.forget(folder);
            return Err(StoreError::ProjectNotFound(folder.to_owned()));
        }
        if !self.disk().exists(&path) {
            // It was moved or removed while this caller waited for its turn.
            return Err(StoreError::ProjectNotFound(folder.to_owned()));
        }
        self.hold(folder)?;
        let project = project::open(&self.0.shared, path).inspect_err(|_| self.let_go(folder))?;
        writing(&self.0.open).insert(folder.to_owned(), project.clone());
        self.0.shared.send(Work::Watch(Arc::downgrade(&project)));
        project.derive_soon();
        self.0.shared.tell();
        Ok(project)
    }

    pub(super) fn forget(&self, folder: &str) {
        writing(&self.0.open).remove(folder);
        self.let_go(folder);
    }
}
