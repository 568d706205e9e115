//! Use cases about projects whose folders lie elsewhere on the disk: opened, found again, moved and closed on the
//! owner's word.

use std::path::{Path, PathBuf};

use accid_access::{Administer, Permit, Read};
use accid_base::{ErrorCode, Id, Problem};
use accid_store::{FolderState, OpenedFolder};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Inner, ProjectView, Projects, explain};

/// A folder of this machine.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct FolderRequest {
    /// Its path in full, such as `/home/ada/boats`.
    pub path: String,
}

/// Where a project is moved to.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MoveProject {
    /// Path in full of the folder that it becomes, which must not be there yet; below ACCID's own data when missing.
    pub path: Option<String>,
}

/// How a folder elsewhere is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FolderStateView {
    /// It is there.
    Here,
    /// It was moved, or its disk is not connected.
    Missing,
    /// Another ACCID works on it.
    InUse,
}

/// A project folder elsewhere on the disk.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OpenedFolderView {
    /// The project.
    pub id: Id,
    /// Its name when it was last seen.
    pub name: String,
    /// Path of the folder in full.
    pub path: String,
    /// How it is.
    pub state: FolderStateView,
}

impl From<OpenedFolder> for OpenedFolderView {
    fn from(opened: OpenedFolder) -> Self {
        Self {
            id: opened.id,
            name: opened.name,
            path: opened.path.display().to_string(),
            state: match opened.state {
                FolderState::Here => FolderStateView::Here,
                FolderState::Missing => FolderStateView::Missing,
                FolderState::InUse => FolderStateView::InUse,
            },
        }
    }
}

impl Inner {
    /// Does something with a project's folder while no job works in it.
    fn while_idle<T>(&self, id: &Id, work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
        let turn = self.jobs.turn(id);
        let Ok(_turn) = turn.try_lock() else {
            return Err(Problem::new(ErrorCode::DataInUse, "The project's folder stays where it is.")
                .because("It is being built or published just now.")
                .fix("Wait until that has ended, or cancel it."));
        };
        work()
    }

    /// The folder's path when a project lies elsewhere on the disk.
    pub(crate) fn elsewhere(&self, folder: &Path) -> Option<String> {
        (!folder.starts_with(self.store.root())).then(|| folder.display().to_string())
    }
}

impl Projects<'_> {
    /// The project folders that were opened elsewhere on the disk, and whether they are still there.
    ///
    /// # Errors
    /// None yet.
    pub fn opened_folders(&self, _: &Permit<Read>) -> Result<Vec<OpenedFolderView>, Problem> {
        Ok(self.0.store.elsewhere().into_iter().map(OpenedFolderView::from).collect())
    }

    /// Opens the project in a folder anywhere on the disk. From now on ACCID works in that folder.
    ///
    /// # Errors
    /// When no project is there or none may be there, it is open already, or another ACCID works on it.
    pub fn open_folder(&self, permit: &Permit<Administer>, path: &str) -> Result<ProjectView, Problem> {
        let project = self.0.store.open_elsewhere(&PathBuf::from(path.trim())).map_err(explain)?;
        tracing::info!(project_id = %project.id(), by = permit.author(), "folder_opened");
        self.0.project_view(&project)
    }

    /// Finds a project's folder again that was moved: the named folder, or one at most four levels below it.
    ///
    /// # Errors
    /// When it is not there.
    pub fn find_folder(
        &self,
        permit: &Permit<Administer>,
        id: &str,
        path: &str,
    ) -> Result<ProjectView, Problem> {
        let project = self.0.store.find_again(id, &PathBuf::from(path.trim())).map_err(explain)?;
        tracing::info!(project_id = %project.id(), by = permit.author(), "folder_found");
        self.0.project_view(&project)
    }

    /// Closes a project whose folder lies elsewhere: the folder stays as it is, and ACCID no longer works in it.
    ///
    /// # Errors
    /// When no such folder was opened, or a job works in it.
    pub fn close_folder(&self, permit: &Permit<Administer>, id: &str) -> Result<OpenedFolderView, Problem> {
        let known = self.0.store.elsewhere().into_iter().find(|opened| opened.id.as_str() == id);
        let closed = match known {
            Some(opened) => {
                self.0.while_idle(&opened.id, || self.0.store.close_elsewhere(id).map_err(explain))?
            }
            None => self.0.store.close_elsewhere(id).map_err(explain)?,
        };
        tracing::info!(project_id = %closed.id, by = permit.author(), "folder_closed");
        Ok(closed.into())
    }

    /// Moves a project's folder to another place on the disk, or back below ACCID's own data.
    ///
    /// # Errors
    /// When no project may be there, something is there already, or a job works in it: then it stays where it was.
    pub fn move_folder(
        &self,
        permit: &Permit<Administer>,
        id: &str,
        request: &MoveProject,
    ) -> Result<ProjectView, Problem> {
        let own = self.0.project(id)?.id();
        let to = request.path.as_deref().map(str::trim).filter(|path| !path.is_empty()).map(PathBuf::from);
        let moved = self
            .0
            .while_idle(&own, || self.0.store.move_project(own.as_str(), to.as_deref()).map_err(explain))?;
        tracing::info!(project_id = %own, by = permit.author(), "project_moved");
        self.0.project_view(&moved)
    }
}
