//! Watched folders: their new pictures go into a project by themselves. A folder is looked at again and again, which also
//! works on disks of the network; a file is taken when it has not changed since the look before. Which folders are
//! watched stands in the data root's `accid.json`, for they are paths of this machine.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, Weak},
    time::Duration,
};

use accid_access::{Administer, Permit, Read, Write};
use accid_base::{ContentHash, ErrorCode, Id, Problem, Vfs, locked, vfs::Kind};
use accid_model::WatchedFolder;
use accid_waypoint::{KnownSource, NewPhoto};

use crate::{Inner, WatchRefused, WatchView, explain, photos::ingested};

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(3);
/// Deepest folder that is looked into.
const DEEPEST: usize = 16;
/// Most files of a folder that are looked at.
const MOST: usize = 100_000;
/// Largest file that is taken, in bytes.
const LARGEST: u64 = 512_000_000;
/// Who takes them in, in the history.
const AUTHOR: &str = "Watched folder";

/// Size and time of a file.
type Stamp = (u64, i128);

/// What is known of one folder for one project.
#[derive(Default)]
struct Seen {
    /// Files as the last look found them.
    files: HashMap<PathBuf, Stamp>,
    /// Files that were dealt with, as they were then.
    done: HashMap<PathBuf, Stamp>,
    refused: BTreeMap<PathBuf, String>,
    taken: usize,
}

/// What is known of all watched folders.
#[derive(Default)]
pub(crate) struct Watching {
    seen: Mutex<HashMap<(Id, String), Seen>>,
    /// Held by the one who looks.
    looking: Mutex<()>,
}

/// Use cases about watched folders.
pub struct Watch<'a>(pub(crate) &'a Arc<Inner>);

/// Whether files are taken at once, or only when they have not changed since the look before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Patience {
    /// At once: somebody asked.
    None,
    /// When they are as they were: they may still be being written.
    OneLook,
}

/// Starts the thread; it ends with the studio.
pub(crate) fn start(inner: Weak<Inner>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(PAUSE);
            match inner.upgrade() {
                Some(inner) => look_everywhere(&inner),
                None => return,
            }
        }
    });
}

fn look_everywhere(inner: &Inner) {
    for folder in inner.store.read_settings().0.watch {
        if let Err(problem) = look(inner, &folder, Patience::OneLook) {
            tracing::warn!(project_id = %folder.project, %problem, "watched_folder_not_read");
        }
    }
}

fn files_below(vfs: &dyn Vfs, folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    for entry in vfs.list(folder).unwrap_or_default() {
        let path = folder.join(&entry.name);
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        match entry.kind {
            Kind::Folder if depth < DEEPEST && !entry.name.starts_with('.') => {
                files_below(vfs, &path, depth + 1, found);
            }
            Kind::File
                if found.len() < MOST
                    && !entry.name.starts_with('.')
                    && (ending == "xmp" || accid_waypoint::PICTURE_ENDINGS.contains(&ending.as_str())) =>
            {
                found.push(path);
            }
            _ => {}
        }
    }
}

/// Looks once at a folder and takes in what is new. Pictures come before notes on them.
fn look(inner: &Inner, folder: &WatchedFolder, patience: Patience) -> Result<(), Problem> {
    let _looking = locked(&inner.watching.looking);
    let project = inner.project(folder.project.as_str())?;
    let mut paths = Vec::new();
    files_below(&*inner.vfs, Path::new(&folder.path), 0, &mut paths);
    paths.sort_by_key(|path| {
        (path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xmp")), path.clone())
    });
    let key = (folder.project.clone(), folder.path.clone());
    for path in paths {
        let Ok(found) = inner.vfs.metadata(&path) else { continue };
        let stamp = (found.length, found.modified_nanoseconds);
        let ready = {
            let mut all = locked(&inner.watching.seen);
            let seen = all.entry(key.clone()).or_default();
            let same = seen.files.insert(path.clone(), stamp) == Some(stamp);
            seen.done.get(&path) != Some(&stamp) && (same || patience == Patience::None)
        };
        if !ready {
            continue;
        }
        let outcome = take(inner, &project, &path, stamp);
        let mut all = locked(&inner.watching.seen);
        let seen = all.entry(key.clone()).or_default();
        seen.done.insert(path.clone(), stamp);
        seen.refused.remove(&path);
        match outcome {
            Ok(true) => seen.taken += 1,
            Ok(false) => {}
            Err(reason) => drop(seen.refused.insert(path, reason)),
        }
    }
    Ok(())
}

/// Takes one file in: whether it is a new photo, or why it could not be taken.
fn take(inner: &Inner, project: &accid_store::Project, path: &Path, stamp: Stamp) -> Result<bool, String> {
    let mut source = KnownSource {
        path: path.display().to_string(),
        bytes: stamp.0,
        modified: i64::try_from(stamp.1).unwrap_or_default(),
        hash: None,
    };
    let known = |source: &KnownSource| {
        let found = inner.waypoint.known_sources(project, std::slice::from_ref(source));
        found.into_iter().flatten().next().is_some()
    };
    if known(&source) {
        return Ok(false);
    }
    if stamp.0 > LARGEST {
        return Err(format!("It is larger than {} MB.", LARGEST / 1_000_000));
    }
    let bytes = inner.vfs.read(path).map_err(|error| format!("It cannot be read. {error}."))?;
    source.hash = Some(ContentHash::of(&bytes));
    if known(&source) {
        return Ok(false);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let new = NewPhoto { name: &name, bytes: &bytes };
    let taken = inner.waypoint.ingest(project, AUTHOR, &new).map_err(|error| explain(error).sentence())?;
    let photo = ingested(inner, &name, taken).map_err(|refused| refused.reason)?;
    known(&source);
    tracing::info!(project_id = %project.id(), photo = %photo.photo.id, "photo_added_from_watched_folder");
    Ok(true)
}

impl Watch<'_> {
    fn of(&self, project: &Id) -> Vec<WatchView> {
        let all = locked(&self.0.watching.seen);
        let folders =
            self.0.store.read_settings().0.watch.into_iter().filter(|folder| folder.project == *project);
        let view = |folder: WatchedFolder| {
            let seen = all.get(&(project.clone(), folder.path.clone()));
            let refused = seen.into_iter().flat_map(|seen| &seen.refused).map(|(path, reason)| {
                WatchRefused { name: path.display().to_string(), reason: reason.clone() }
            });
            WatchView {
                found: self.0.vfs.exists(Path::new(&folder.path)),
                taken: seen.map_or(0, |seen| seen.taken),
                refused: refused.collect(),
                path: folder.path,
            }
        };
        folders.map(view).collect()
    }

    /// The folders whose new pictures go into a project.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn list(&self, _: &Permit<Read>, project: &str) -> Result<Vec<WatchView>, Problem> {
        Ok(self.of(&self.0.project(project)?.id()))
    }

    /// Watches a folder of this machine, and takes in what is in it.
    ///
    /// # Errors
    /// When the project or the folder is missing, or the settings cannot be written.
    pub fn add(&self, _: &Permit<Administer>, project: &str, path: &str) -> Result<Vec<WatchView>, Problem> {
        let id = self.0.project(project)?.id();
        let folder = Path::new(path.trim());
        let is_folder = self.0.vfs.metadata(folder).is_ok_and(|found| found.kind == Kind::Folder);
        if !folder.is_absolute() || !is_folder {
            return Err(Problem::new(ErrorCode::InvalidValue, "The folder is not watched.")
                .because("There is no such folder on this machine.")
                .fix("Name a folder by its whole path, such as /home/ana/Pictures."));
        }
        let watched = WatchedFolder { project: id.clone(), path: folder.display().to_string() };
        let (mut settings, _) = self.0.store.read_settings();
        if !settings.watch.contains(&watched) {
            settings.watch.push(watched.clone());
            self.0.store.write_settings(&settings).map_err(explain)?;
        }
        look(self.0, &watched, Patience::None)?;
        Ok(self.of(&id))
    }

    /// Looks at the watched folders of a project at once.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn look(&self, _: &Permit<Write>, project: &str) -> Result<Vec<WatchView>, Problem> {
        let id = self.0.project(project)?.id();
        for folder in self.0.store.read_settings().0.watch.iter().filter(|folder| folder.project == id) {
            look(self.0, folder, Patience::None)?;
        }
        Ok(self.of(&id))
    }

    /// Watches a folder no longer; its photos stay.
    ///
    /// # Errors
    /// When the project is missing, the folder is not watched, or the settings cannot be written.
    pub fn remove(
        &self,
        _: &Permit<Administer>,
        project: &str,
        path: &str,
    ) -> Result<Vec<WatchView>, Problem> {
        let id = self.0.project(project)?.id();
        let (mut settings, _) = self.0.store.read_settings();
        let before = settings.watch.len();
        settings.watch.retain(|folder| folder.project != id || folder.path != path);
        if settings.watch.len() == before {
            return Err(Problem::new(ErrorCode::ObjectNotFound, "The folder is not watched.")
                .fix("Load the list of watched folders again."));
        }
        self.0.store.write_settings(&settings).map_err(explain)?;
        locked(&self.0.watching.seen).remove(&(id.clone(), path.to_owned()));
        Ok(self.of(&id))
    }
}
