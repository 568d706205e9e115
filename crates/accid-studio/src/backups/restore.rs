//! Restoring from a backup: into an empty folder, or as a project of this studio.

use std::path::PathBuf;

use accid_base::{ErrorCode, FieldError, Problem, Progress};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{BackupRestoredView, gather::PROJECTS, missing};
use crate::{Inner, explain, incoming::Incoming};

/// What to restore, and where to.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RestoreBackup {
    /// The backup, by its id or the beginning of it; the newest when missing.
    pub snapshot: Option<String>,
    /// Only this file or folder of it, such as `projects/travel` or `projects/travel/pages/index.json`.
    pub path: Option<String>,
    /// An empty or new folder of this machine to restore into, named in full.
    pub folder: Option<String>,
    /// Restores this project of the backup as one of this studio, by the name of its folder. When a project of its
    /// identity is here already it becomes a copy without history.
    pub project: Option<String>,
}

/// The same, checked.
pub(crate) struct Wanted {
    snapshot: String,
    path: String,
    to: To,
}

enum To {
    Folder(PathBuf),
    Project(String),
}

impl Wanted {
    pub(crate) fn of(inner: &Inner, request: &RestoreBackup) -> Result<Self, Problem> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let path = given(&request.path).unwrap_or_default().trim_matches('/').to_owned();
        let to = match (given(&request.folder), given(&request.project)) {
            (Some(folder), None) => To::Folder(inner.foreign_folder(&folder, "Nothing was restored.")?),
            (None, Some(project)) => {
                let plain = project.parse::<accid_base::RelativePath>();
                if plain.is_err() || project.contains('/') {
                    return Err(missing(&project));
                }
                To::Project(project)
            }
            _ => {
                let message = "is a folder of this machine; name it, or a project, not both".to_owned();
                let errors = vec![FieldError { pointer: "/folder".to_owned(), message }];
                return Err(Problem::new(ErrorCode::InvalidValue, "Nothing was restored.")
                    .because("It is not said where to: into a folder, or as a project.")
                    .fix("Send \"folder\" or \"project\".")
                    .with_errors(errors));
            }
        };
        Ok(Self { snapshot: given(&request.snapshot).unwrap_or_else(|| "latest".to_owned()), path, to })
    }
}

impl Inner {
    pub(crate) fn restore_backup(
        &self,
        wanted: &Wanted,
        by: &str,
        progress: &dyn Progress,
    ) -> Result<BackupRestoredView, Problem> {
        let repository = self.open_backup()?.repository()?;
        match &wanted.to {
            To::Folder(folder) => {
                let what = (wanted.snapshot.as_str(), wanted.path.as_str());
                let done = repository.restore(what, folder, &self.vfs, progress).map_err(explain)?;
                tracing::info!(by, files = done.files.len(), bytes = done.bytes, "backup_restored");
                let folder = Some(folder.display().to_string());
                let files = done.files.len() as u64;
                Ok(BackupRestoredView { files, bytes: done.bytes, folder, project: None, copy: false })
            }
            To::Project(name) => {
                let incoming = Incoming::new(self);
                let path = format!("{PROJECTS}/{name}");
                let what = (wanted.snapshot.as_str(), path.as_str());
                let at = incoming.project_folder();
                let done = repository.restore(what, &at, &self.vfs, progress).map_err(explain)?;
                let taken = incoming.take_in(by)?;
                tracing::info!(by, project_id = %taken.project.id(), "project_restored_from_backup");
                let project = Some(self.project_view(&taken.project)?.slug.to_string());
                let files = done.files.len() as u64;
                Ok(BackupRestoredView { files, bytes: done.bytes, folder: None, project, copy: taken.copy })
            }
        }
    }
}
