//! Projects whose folders lie elsewhere on the disk: opened, moved, found again and closed on the owner's word alone.
//! Which they are stands in `opened.json` of the data root; nothing else of the disk is ever looked at.
//!
//! **Invariant:** one process works on such a folder: it holds the lock in the folder while the project is open.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use accid_base::{
    Finding, Id, Severity, Slug, Vfs, locked, reading,
    vfs::{Kind, LockGuard},
    writing,
};
use accid_model::{Blotter, Fields};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Store, carry::Carried, lock, make::with_slug};
use crate::{Project, StoreError, Transaction, Write, canonical, disk, project::blotter_path};

/// Which folders elsewhere were opened.
const FILE: &str = "opened.json";
/// Lock in such a folder.
const LOCK: &str = ".accid/in-use.lock";
/// Deepest folder below the named one in which a project is looked for.
const DEEPEST: usize = 4;
/// So many folders are looked at before giving up.
const MOST_FOLDERS: usize = 20_000;

/// A project folder elsewhere, as it is remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Opened {
    /// The project.
    pub id: Id,
    /// Its name for people when it was last seen.
    #[serde(default)]
    pub name: String,
    /// The folder.
    pub path: String,
    /// The folder it is being moved from. As long as a project stands there, that one is the project: the move ends, all
    /// at once, when it stands there no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    extra: Fields,
}

/// `opened.json`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OpenedFile {
    folders: Vec<Opened>,
    /// Folders on their way to another disk.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub under_way: Vec<Carried>,
    #[serde(flatten)]
    extra: Fields,
}

/// How a folder elsewhere is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderState {
    /// It is there.
    Here,
    /// It was moved, or its disk is not connected.
    Missing,
    /// Another ACCID works on it.
    InUse,
}

/// A project folder elsewhere on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedFolder {
    /// The project.
    pub id: Id,
    /// Its name for people when it was last seen.
    pub name: String,
    /// The folder.
    pub path: PathBuf,
    /// How it is.
    pub state: FolderState,
}

/// What a store knows of folders elsewhere.
#[derive(Default)]
pub(super) struct Elsewhere {
    opened: RwLock<OpenedFile>,
    held: std::sync::Mutex<BTreeMap<String, Box<dyn LockGuard>>>,
}

impl Elsewhere {
    /// What stands in `opened.json`.
    pub(super) const fn file(&self) -> &RwLock<OpenedFile> {
        &self.opened
    }

    /// Reads which folders were opened. A file that cannot be read is kept aside, and says so.
    pub(super) fn read(vfs: &dyn Vfs, root: &Path) -> (Self, Option<Finding>) {
        let file = root.join(FILE);
        let Ok(Some(bytes)) = disk::read(vfs, &file) else { return Default::default() };
        match serde_json::from_slice(&bytes) {
            Ok(opened) => (Self { opened: RwLock::new(opened), ..Self::default() }, None),
            Err(error) => {
                drop(disk::quarantine(vfs, &file, &root.join("quarantine"), FILE));
                let message = format!(
                    "Which project folders elsewhere were opened cannot be read ({error}). Nothing happened to them: \
                     open them again. The file is kept in quarantine/."
                );
                let finding = Finding::new(Severity::Warning, "opened.broken", message).in_path(FILE);
                (Self::default(), Some(finding))
            }
        }
    }
}

fn id_in(blotter: &Value) -> Option<Id> {
    blotter.get("id")?.as_str()?.parse().ok()
}

fn text<'a>(blotter: &'a Value, field: &str) -> &'a str {
    blotter.get(field).and_then(Value::as_str).unwrap_or_default()
}

impl Store {
    /// The folders elsewhere as they are, whatever became of a move that was cut off.
    pub(super) fn opened_elsewhere(&self) -> Vec<Opened> {
        let folders = reading(&self.0.elsewhere.opened).folders.clone();
        let as_it_is = |mut opened: Opened| {
            if let Some(from) = opened.from.take_if(|from| self.is_project_folder(Path::new(from))) {
                opened.path = from;
            }
            let own = Path::new(&opened.path).parent() == Some(self.projects_folder().as_path());
            (!own).then_some(opened)
        };
        folders.into_iter().filter_map(as_it_is).collect()
    }

    /// Keys of the folders elsewhere that are there: their full paths.
    pub(super) fn folders_elsewhere(&self) -> Vec<String> {
        let folders = self.opened_elsewhere().into_iter().map(|opened| opened.path);
        folders.filter(|path| self.is_project_folder(Path::new(path))).collect()
    }

    fn is_project_folder(&self, folder: &Path) -> bool {
        let is = |path: &Path, kind| self.disk().metadata(path).is_ok_and(|found| found.kind == kind);
        is(folder, Kind::Folder)
            && (is(&folder.join(Blotter::FILE), Kind::File)
                || is(&folder.join(crate::paths::LEDGER), Kind::Folder))
    }

    /// The name by which a project's folder is known here: its own below the data root, its full path elsewhere.
    pub(super) fn key_of(&self, folder: &Path) -> String {
        let own = folder.parent() == Some(self.projects_folder().as_path());
        let name = folder.file_name().filter(|_| own).unwrap_or(folder.as_os_str());
        name.to_string_lossy().into_owned()
    }

    /// Takes the lock of a folder elsewhere; folders below the data root are locked with it.
    pub(super) fn hold(&self, key: &str) -> Result<(), StoreError> {
        let folder = Path::new(key);
        let mut held = locked(&self.0.elsewhere.held);
        if !folder.is_absolute() || held.contains_key(key) {
            return Ok(());
        }
        disk::ensure_folder(self.disk(), &folder.join(".accid"), folder)?;
        let file = folder.join(LOCK);
        let Some(guard) = self.disk().lock(&file).map_err(StoreError::io("lock", &file))? else {
            let holder = lock::read_holder(self.disk(), &file);
            return Err(StoreError::FolderInUse { path: folder.to_path_buf(), url: holder.url });
        };
        // What is said in it helps others; the lock itself holds.
        drop(lock::write_holder(self.disk(), &file, &lock::url_of(self.disk(), &self.0.root)));
        held.insert(key.to_owned(), guard);
        Ok(())
    }

    pub(super) fn let_go(&self, key: &str) {
        locked(&self.0.elsewhere.held).remove(key);
    }

    pub(super) fn let_go_of_all(&self) {
        locked(&self.0.elsewhere.held).clear();
    }

    /// The project folders elsewhere, in the order in which they were opened, and how they are.
    pub fn elsewhere(&self) -> Vec<OpenedFolder> {
        let state = |opened: &Opened| {
            let path = Path::new(&opened.path);
            if !self.is_project_folder(path) {
                return FolderState::Missing;
            }
            if locked(&self.0.elsewhere.held).contains_key(&opened.path) {
                return FolderState::Here;
            }
            match self.disk().lock(&path.join(LOCK)) {
                Ok(None) => FolderState::InUse,
                _ => FolderState::Here,
            }
        };
        let view = |opened: Opened| OpenedFolder {
            state: state(&opened),
            id: opened.id,
            name: opened.name,
            path: PathBuf::from(opened.path),
        };
        self.opened_elsewhere().into_iter().map(view).collect()
    }

    /// What was wrong with the list of folders elsewhere when it was read.
    pub fn opened_finding(&self) -> Option<Finding> {
        self.0.opened_finding.clone()
    }

    /// Changes the list durably.
    pub(super) fn edit_opened(&self, edit: impl FnOnce(&mut Vec<Opened>)) -> Result<(), StoreError> {
        let mut opened = writing(&self.0.elsewhere.opened);
        let mut folders = opened.folders.clone();
        edit(&mut folders);
        if folders == opened.folders {
            return Ok(());
        }
        let changed = OpenedFile { folders, ..opened.clone() };
        self.write_opened(&changed)?;
        *opened = changed;
        Ok(())
    }

    pub(super) fn write_opened(&self, file: &OpenedFile) -> Result<(), StoreError> {
        // A struct of texts always becomes JSON.
        let value = serde_json::to_value(file).unwrap_or(Value::Null);
        disk::write(self.disk(), &self.0.root.join(FILE), &canonical::write(&value))
    }

    fn remember(&self, id: &Id, name: &str, path: &Path) -> Result<(), StoreError> {
        self.note_place(id, name, path, None)
    }

    fn note_place(&self, id: &Id, name: &str, path: &Path, from: Option<&Path>) -> Result<(), StoreError> {
        let new = Opened {
            id: id.clone(),
            name: name.to_owned(),
            path: path.to_string_lossy().into_owned(),
            from: from.map(|from| from.to_string_lossy().into_owned()),
            extra: Fields::new(),
        };
        self.edit_opened(|folders| match folders.iter_mut().find(|opened| opened.id == *id) {
            Some(opened) => *opened = Opened { extra: opened.extra.clone(), ..new },
            None => folders.push(new),
        })
    }

    /// Remembers a project that came back from the trash to where it was.
    pub(super) fn remember_returned(&self, entry: &str, name: &str, path: &Path) -> Result<(), StoreError> {
        let id = self.blotter_at(path).ok().as_ref().and_then(id_in);
        let id = id.ok_or_else(|| StoreError::ProjectNotFound(entry.to_owned()))?;
        self.remember(&id, name, path)
    }

    pub(super) fn forget_opened(&self, id: &Id) -> Result<(), StoreError> {
        self.edit_opened(|folders| folders.retain(|opened| opened.id != *id))
    }

    /// Opens the project in a folder anywhere on the disk; from now on it is one of this data root's projects. When it is
    /// known and was missing it is found again.
    ///
    /// # Errors
    /// When nothing may be opened there, no project is there, it is one of ours already, another ACCID works on it, or
    /// the disk refuses.
    pub fn open_elsewhere(&self, folder: &Path) -> Result<Arc<Project>, StoreError> {
        let real = self.check_place(folder, None)?;
        let blotter = self.blotter_at(&real)?;
        let id = id_in(&blotter).ok_or_else(|| no_project(&real))?;
        let key = real.to_string_lossy().into_owned();
        let known = self
            .projects()
            .into_iter()
            .find(|entry| entry.blotter.as_ref().and_then(id_in) == Some(id.clone()));
        if let Some(known) = known {
            if known.folder == key {
                return self.open_folder(&key);
            }
            let place = self.projects_folder().join(&known.folder);
            return Err(StoreError::OpenAlready { path: real, other: place });
        }
        let before = self.opened_elsewhere();
        self.remember(&id, text(&blotter, "name"), &real)?;
        let opened =
            self.open_folder(&key).and_then(|project| self.make_name_free(&project, &key).map(|()| project));
        if opened.is_err() {
            self.forget(&key);
            // What could not be opened is not ours; one that was missing stays missing.
            self.edit_opened(|folders| *folders = before)?;
        }
        opened
    }

    fn blotter_at(&self, folder: &Path) -> Result<Value, StoreError> {
        let file = folder.join(Blotter::FILE);
        if self.disk().metadata(&file).is_ok_and(|found| found.kind == Kind::Other) {
            return Err(no_project(folder));
        }
        let bytes = disk::read(self.disk(), &file)?.ok_or_else(|| no_project(folder))?;
        canonical::parse(&bytes)
            .map_err(|error| StoreError::Damaged { path: file, reason: error.to_string() })
    }

    /// Gives a project another address when another one has its own.
    fn make_name_free(&self, project: &Project, key: &str) -> Result<(), StoreError> {
        let (Some(path), Some(blotter)) = (blotter_path(), project.blotter()) else { return Ok(()) };
        let slug = text(&blotter.value, "slug").to_owned();
        if !self.slug_is_taken(&slug, key) || project.replica().is_some() {
            return Ok(());
        }
        let free =
            Slug::from_text(&slug, "project").first_free(|name| self.slug_is_taken(name.as_str(), key));
        let note = "Another address: a project here has the same".to_owned();
        let writes = vec![Write::put(path, with_slug(&blotter.value, &free))];
        project.commit(Transaction { author: "accid".to_owned(), note, writes }).map(drop)
    }

    /// Closes a project whose folder lies elsewhere: nothing of it changes, and it is no longer one of ours.
    ///
    /// # Errors
    /// When no such folder was opened, or the disk refuses.
    pub fn close_elsewhere(&self, id: &str) -> Result<OpenedFolder, StoreError> {
        let found = self.elsewhere().into_iter().find(|opened| opened.id.as_str() == id);
        let found = found.ok_or_else(|| StoreError::ProjectNotFound(id.chars().take(80).collect()))?;
        let key = found.path.to_string_lossy().into_owned();
        let _moving = locked(&self.0.moving);
        if let Some(project) = self.opened(&key)
            && found.state == FolderState::Here
        {
            project.close()?;
        }
        self.forget(&key);
        self.forget_opened(&found.id)?;
        Ok(found)
    }

    /// Finds a project folder again that was moved by another program: the named folder, or one at most four folders
    /// below it, whose blotter has the project's id.
    ///
    /// # Errors
    /// When no such project was opened, or it is not there.
    pub fn find_again(&self, id: &str, under: &Path) -> Result<Arc<Project>, StoreError> {
        let known = self.opened_elsewhere().into_iter().find(|opened| opened.id.as_str() == id);
        let known = known.ok_or_else(|| StoreError::ProjectNotFound(id.chars().take(80).collect()))?;
        if self.is_project_folder(Path::new(&known.path)) {
            return self.open_folder(&known.path);
        }
        if let Some(reason) = super::places::named_badly(under) {
            return Err(StoreError::NoPlace { path: under.to_path_buf(), reason });
        }
        let mut left = MOST_FOLDERS;
        match self.look_below(under, &known.id, (0, &mut left)) {
            Some(folder) => self.open_elsewhere(&folder),
            None => Err(StoreError::NotFoundThere { name: known.name, path: under.to_path_buf() }),
        }
    }

    fn look_below(&self, folder: &Path, id: &Id, (depth, left): (usize, &mut usize)) -> Option<PathBuf> {
        if *left == 0 || self.disk().metadata(folder).ok()?.kind != Kind::Folder {
            return None;
        }
        *left -= 1;
        if self.blotter_at(folder).ok().as_ref().and_then(id_in).as_ref() == Some(id) {
            return Some(folder.to_path_buf());
        }
        if depth == DEEPEST {
            return None;
        }
        let names = disk::names(self.disk(), folder, Kind::Folder).unwrap_or_default();
        let plain = names.into_iter().filter(|name| !name.starts_with('.') && name != "node_modules");
        plain.into_iter().find_map(|name| self.look_below(&folder.join(name), id, (depth + 1, &mut *left)))
    }

    /// Moves a project to another folder of the disk, or back below the data root when none is named.
    ///
    /// # Errors
    /// When no project may be there, something is there already, or the disk refuses: then it stays where it was.
    pub fn move_project(&self, id: &str, to: Option<&Path>) -> Result<Arc<Project>, StoreError> {
        let project = self.project(id)?;
        let from = project.folder().to_path_buf();
        let target = match to {
            Some(to) => self.check_place(to, Some(&project))?,
            None if from.parent() == Some(self.projects_folder().as_path()) => return Ok(project),
            None => {
                let slug = project.blotter().map(|blotter| text(&blotter.value, "slug").to_owned());
                let wanted = Slug::from_text(&slug.unwrap_or_default(), "project");
                self.projects_folder().join(self.free_name(&wanted).as_str())
            }
        };
        if target.starts_with(&from) {
            return Err(StoreError::NoPlace { path: target, reason: "it lies in the project's own folder" });
        }
        if !target
            .parent()
            .is_some_and(|parent| self.disk().metadata(parent).is_ok_and(|at| at.kind == Kind::Folder))
        {
            return Err(StoreError::NoPlace { path: target, reason: "there is no folder to put it into" });
        }
        if self.disk().exists(&target) {
            return Err(StoreError::NoPlace { path: target, reason: "something is there already" });
        }
        let blotter = project.blotter();
        let name = blotter.as_ref().map(|blotter| text(&blotter.value, "name")).unwrap_or_default();
        let _moving = locked(&self.0.moving);
        project.close()?;
        let key = self.key_of(&from);
        self.forget(&key);
        let noted = self.note_place(&project.id(), name, &target, Some(&from));
        let moved = noted.and_then(|()| self.relocate(&from, &target));
        let at = if moved.is_err() && self.disk().exists(&from) { &from } else { &target };
        let listed = if at.parent() == Some(self.projects_folder().as_path()) {
            self.forget_opened(&project.id())
        } else {
            self.remember(&project.id(), name, at)
        };
        let opened = self.open_folder_now(&self.key_of(at));
        moved.and(listed)?;
        opened
    }

    /// The first name below the data root that no folder has.
    fn free_name(&self, wanted: &Slug) -> Slug {
        let projects = self.projects_folder();
        wanted.first_free(|name| self.disk().exists(&projects.join(name.as_str())))
    }
}

fn no_project(folder: &Path) -> StoreError {
    StoreError::NoPlace {
        path: folder.to_path_buf(),
        reason: "there is no accid_blotter.json in it, so it is no project",
    }
}
