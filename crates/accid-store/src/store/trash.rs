//! The trash of whole projects: moved by one rename, restored by one rename, purged only when asked.

use std::{path::PathBuf, sync::Arc};

use accid_base::{Id, Slug, locked, vfs::Kind};
use accid_model::Blotter;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Store, make::with_slug};
use crate::{Project, StoreError, Transaction, Write, canonical, disk, project::blotter_path};

/// Folder of trashed projects in the data root.
pub(super) const TRASH: &str = "trash/projects";

/// Start of the names of trashed projects that are being removed for good.
pub(super) const PURGED: &str = ".purge-";

/// A project in the trash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrashedProject {
    /// Names it in the trash: the project's id, with a number behind it when it was trashed twice.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Name in addresses.
    pub slug: String,
    /// What it is, such as `html`.
    pub project_type: String,
    /// When it was removed.
    pub removed_at: Timestamp,
    /// Who removed it.
    pub removed_by: String,
}

/// Written beside a trashed project.
#[derive(Debug, Serialize, Deserialize)]
struct Removal {
    folder: String,
    removed_at: Timestamp,
    removed_by: String,
}

impl Store {
    fn trash_folder(&self) -> PathBuf {
        self.0.root.join(TRASH)
    }

    fn removal_file(&self, id: &str) -> PathBuf {
        self.trash_folder().join(format!("{id}.json"))
    }

    /// Moves a project to the trash, with its history. Handles to it refuse further changes.
    ///
    /// # Errors
    /// When there is no such project or the disk refuses.
    pub fn trash_project(&self, id: &str, author: &str) -> Result<TrashedProject, StoreError> {
        let project = self.project(id)?;
        let _moving = locked(&self.0.moving);
        let folder = self.key_of(project.folder());
        let own = project.id();
        let mut entry = own.to_string();
        let mut number = 2_u32;
        while self.disk().exists(&self.trash_folder().join(&entry)) {
            entry = format!("{own}-{number}");
            number += 1;
        }
        let removal = Removal {
            folder: folder.clone(),
            removed_at: self.0.shared.moments.now(),
            removed_by: author.to_owned(),
        };
        // A struct of texts always becomes JSON.
        let note = serde_json::to_value(&removal).unwrap_or(Value::Null);
        disk::write(self.disk(), &self.removal_file(&entry), &canonical::write(&note))?;
        project.close()?;
        self.forget(&folder);
        let moved = self.relocate(project.folder(), &self.trash_folder().join(&entry));
        if moved.is_err() && self.disk().exists(project.folder()) {
            // It did not move; the note beside it would be about nothing.
            drop(self.disk().remove_file(&self.removal_file(&entry)));
        }
        moved?;
        self.forget_opened(&own)?;
        Ok(self.trashed(&entry))
    }

    /// The projects in the trash.
    pub fn trashed_projects(&self) -> Vec<TrashedProject> {
        let names = disk::names(self.disk(), &self.trash_folder(), Kind::Folder).unwrap_or_default();
        names.iter().filter(|name| !name.starts_with('.')).map(|name| self.trashed(name)).collect()
    }

    fn trashed(&self, id: &str) -> TrashedProject {
        let blotter =
            disk::read(self.disk(), &self.trash_folder().join(id).join(Blotter::FILE)).ok().flatten();
        let blotter = blotter.and_then(|bytes| canonical::parse(&bytes).ok()).unwrap_or(Value::Null);
        let text = |field: &str| blotter.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let removal = self.removal(id);
        TrashedProject {
            id: id.to_owned(),
            name: text("name"),
            slug: text("slug"),
            project_type: text("type"),
            removed_at: removal.as_ref().map_or(Timestamp::UNIX_EPOCH, |removal| removal.removed_at),
            removed_by: removal.map(|removal| removal.removed_by).unwrap_or_default(),
        }
    }

    fn removal(&self, id: &str) -> Option<Removal> {
        let bytes = disk::read(self.disk(), &self.removal_file(id)).ok().flatten()?;
        serde_json::from_value(canonical::parse(&bytes).ok()?).ok()
    }

    fn in_trash(&self, id: &str) -> Result<PathBuf, StoreError> {
        let not_found = || StoreError::ProjectNotFound(id.chars().take(80).collect());
        // An id never has a slash or dot, so the path stays in the trash.
        id.parse::<Id>().map_err(|_| not_found())?;
        let folder = self.trash_folder().join(id);
        if self.disk().exists(&folder) { Ok(folder) } else { Err(not_found()) }
    }

    /// Brings a project back from the trash. When its name was given away meanwhile it gets a number.
    ///
    /// # Errors
    /// When it is not in the trash, a project with its id is there already, or the disk refuses.
    pub fn restore_project(&self, id: &str) -> Result<Arc<Project>, StoreError> {
        let project = {
            let trashed = self.in_trash(id)?;
            let _moving = locked(&self.0.moving);
            let facts = self.trashed(id);
            let folder = self.removal(id).map_or_else(|| facts.slug.clone(), |removal| removal.folder);
            let (name, place) = self.place_to_return(&folder, &facts);
            self.relocate(&trashed, &place)?;
            if place.parent() != Some(self.projects_folder().as_path()) {
                self.remember_returned(id, &facts.name, &place)?;
            }
            // What is left of it says something about nothing; the next removal overwrites it.
            drop(self.disk().remove_file(&self.removal_file(id)));
            let project = self.open_folder_now(&self.key_of(&place))?;
            if let (Some(path), Some(blotter)) = (blotter_path(), project.blotter())
                && facts.slug != name.as_str()
                && self.slug_is_taken(&facts.slug, &self.key_of(&place))
            {
                project.commit(Transaction {
                    author: "accid".to_owned(),
                    note: "Renamed: the name was given away meanwhile".to_owned(),
                    writes: vec![Write::put(path, with_slug(&blotter.value, &name))],
                })?;
            }
            project
        };
        Ok(project)
    }

    /// Where a project goes back to: elsewhere on the disk when it was there and the place is free, else below the data
    /// root; and the address it gets when its own is taken.
    fn place_to_return(&self, folder: &str, facts: &TrashedProject) -> (Slug, PathBuf) {
        let was = PathBuf::from(folder);
        let is_free = was.is_absolute()
            && !self.disk().exists(&was)
            && was.parent().is_some_and(|parent| self.disk().exists(parent))
            && self.check_place(&was, None).is_ok();
        if is_free {
            let taken = |slug: &Slug| self.slug_is_taken(slug.as_str(), folder);
            return (Slug::from_text(&facts.slug, "project").first_free(taken), was);
        }
        let wanted = if was.is_absolute() { facts.slug.as_str() } else { folder };
        let name = self.free_folder(&Slug::from_text(wanted, "project"));
        let place = self.projects_folder().join(name.as_str());
        (name, place)
    }

    pub(super) fn slug_is_taken(&self, slug: &str, own_folder: &str) -> bool {
        let others = self.project_folders().into_iter().filter(|folder| folder != own_folder);
        others.filter_map(|folder| self.slug_of(&folder)).any(|other| other == slug)
    }

    /// Removes a project from the trash for good.
    ///
    /// # Errors
    /// When it is not in the trash or the disk refuses.
    pub fn purge_project(&self, id: &str) -> Result<(), StoreError> {
        let folder = self.in_trash(id)?;
        let _moving = locked(&self.0.moving);
        // Renamed first: whatever happens while it is removed, half a project is never shown.
        let going = self.trash_folder().join(format!("{PURGED}{id}"));
        if self.disk().exists(&going) {
            self.disk().remove_folder(&going).map_err(StoreError::io("remove", &going))?;
        }
        disk::move_durable(self.disk(), &folder, &going)?;
        drop(self.disk().remove_file(&self.removal_file(id)));
        self.disk().remove_folder(&going).map_err(StoreError::io("remove", &going))?;
        disk::sync_folder(self.disk(), &self.trash_folder())
    }
}
