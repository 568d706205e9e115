//! Taking in a project's folder that was made elsewhere, with its history: from a backup or an archive.

use std::{path::Path, sync::Arc};

use accid_base::{Id, Slug, locked};
use accid_model::Blotter;
use serde_json::Value;

use super::{Store, make::with_slug};
use crate::{Project, StoreError, Transaction, Write, canonical, disk, project::blotter_path};

impl Store {
    /// Whether a project of this identity is here or in the trash.
    pub fn knows(&self, id: &Id) -> bool {
        let here = self.projects().into_iter().any(|entry| {
            entry.blotter.as_ref().and_then(|blotter| blotter.get("id")).and_then(Value::as_str)
                == Some(id.as_str())
        });
        here || self.trashed_projects().iter().any(|trashed| trashed.id.starts_with(id.as_str()))
    }

    /// Moves a project's folder from elsewhere on the same disk to the projects and opens it. When its name is taken it
    /// gets a number, and the blotter's slug with it. Once this returns it survives a power cut.
    ///
    /// # Errors
    /// [`StoreError::ProjectExists`] when a project of this identity is known; else when the folder holds none, or the
    /// disk refuses. The folder then stays where it was.
    pub fn place_project(&self, folder: &Path) -> Result<Arc<Project>, StoreError> {
        let file = folder.join(Blotter::FILE);
        let unstorable = |reason: &str| StoreError::Unstorable {
            path: Blotter::FILE.to_owned(),
            reason: reason.to_owned(),
        };
        let bytes =
            disk::read(self.disk(), &file)?.ok_or_else(|| unstorable("a project needs this document"))?;
        let blotter =
            canonical::parse(&bytes).map_err(|error| unstorable(&format!("it is no JSON: {error}")))?;
        let text = |field: &str| blotter.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let id: Id = text("id").parse().map_err(|_| unstorable("it needs an id"))?;
        if self.knows(&id) {
            return Err(StoreError::ProjectExists(id));
        }
        let _moving = locked(&self.0.moving);
        let slug = text("slug");
        let name = self.free_folder(&Slug::from_text(&slug, "project"));
        disk::move_durable(self.disk(), folder, &self.projects_folder().join(name.as_str()))?;
        let project = self.open_folder_now(name.as_str())?;
        if let (Some(path), Some(now)) = (blotter_path(), project.blotter())
            && slug != name.as_str()
        {
            project.commit(Transaction {
                author: "accid".to_owned(),
                note: "Renamed: the name was taken".to_owned(),
                writes: vec![Write::put(path, with_slug(&now.value, &name))],
            })?;
        }
        project.announce_all();
        self.0.shared.tell();
        Ok(project)
    }
}
