//! The data root: its lock, its projects, settings, listeners.
//!
//! **Invariant:** one process owns a data root; it holds the lock on `accid.lock` from [`Store::open`] to
//! [`Store::close`] or its end.

mod adopt;
mod carry;
mod elsewhere;
mod lock;
mod lookup;
mod make;
mod place;
mod places;
mod settings;
mod trash;
mod usage;
mod validate;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, RwLock},
    thread::JoinHandle,
};

use accid_base::{
    Clock, Id, Random, Vfs, locked, reading,
    vfs::{Kind, LockGuard},
    writing,
};

pub use self::{
    elsewhere::{FolderState, OpenedFolder},
    lock::Holder,
    lookup::ProjectEntry,
    trash::TrashedProject,
    usage::Usage,
    validate::Inspection,
};
use crate::{
    Deriver, Listener, Project, StoreError, StoreEvent, background, disk, ledger,
    moments::Moments,
    paths, project,
    shared::{NamedDeriver, Shared, Work},
};

/// Whether the store works on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// A thread lets files follow, writes what is derived, and sees edits by other programs.
    On,
    /// Files follow only on flush, edits are seen only by reconcile and saves. For tests.
    Off,
}

/// What a store needs.
pub struct StoreOptions {
    /// The data root; it is made when missing.
    pub root: PathBuf,
    /// The disk.
    pub vfs: Arc<dyn Vfs>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Where ids get their randomness.
    pub random: Arc<dyn Random>,
    /// Whether the store works on its own.
    pub background: Background,
}

struct Inner {
    root: PathBuf,
    shared: Arc<Shared>,
    /// Open projects by the name of their folder.
    open: RwLock<BTreeMap<String, Arc<Project>>>,
    /// Held by the one who opens, makes, moves or removes project folders.
    moving: Mutex<()>,
    thread: Mutex<Option<JoinHandle<()>>>,
    lock: Mutex<Option<Box<dyn LockGuard>>>,
    /// Project folders elsewhere on the disk.
    elsewhere: elsewhere::Elsewhere,
    opened_finding: Option<accid_base::Finding>,
}

/// All projects below one data root. Clones share it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

/// Folder of the projects in the data root.
const PROJECTS: &str = "projects";

/// Start of the names of project folders that are still being made.
const UNFINISHED: &str = ".new-";

impl Store {
    /// Opens a data root; makes it when missing. Projects are opened when they are first asked for.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process holds it; otherwise when the disk refuses.
    pub fn open(options: StoreOptions) -> Result<Self, StoreError> {
        let StoreOptions { root, vfs, clock, random, background } = options;
        disk::make_folder(&*vfs, &root.join(PROJECTS))?;
        disk::ensure_folder(&*vfs, &root.join(PROJECTS), &root)?;
        disk::ensure_folder(&*vfs, &root.join(trash::TRASH), &root)?;
        let lock = lock::take(&*vfs, &root)?;
        let (elsewhere, opened_finding) = elsewhere::Elsewhere::read(&*vfs, &root);
        let shared = Arc::new(Shared::new(vfs, Arc::new(Moments::new(clock, random))));
        let store = Self(Arc::new(Inner {
            root,
            shared,
            open: RwLock::default(),
            moving: Mutex::default(),
            thread: Mutex::default(),
            lock: Mutex::new(Some(lock)),
            elsewhere,
            opened_finding,
        }));
        store.remove_leftovers();
        store.tidy_after_carrying();
        if background == Background::On {
            let thread = background::start(&store.0.shared)?;
            *locked(&store.0.thread) = Some(thread);
        }
        Ok(store)
    }

    /// Says in the lock file where this process listens, for those who find the data root in use.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn announce(&self, url: &str) -> Result<(), StoreError> {
        lock::announce(self.disk(), &self.0.root, url)
    }

    /// Who holds a data root; `None` when nobody does.
    pub fn in_use(vfs: &dyn Vfs, root: &Path) -> Option<Holder> {
        lock::holder(vfs, root)
    }

    /// The data root.
    pub fn root(&self) -> &Path {
        &self.0.root
    }

    /// The disk.
    pub fn vfs(&self) -> &Arc<dyn Vfs> {
        &self.0.shared.vfs
    }

    fn disk(&self) -> &dyn Vfs {
        &*self.0.shared.vfs
    }

    fn projects_folder(&self) -> PathBuf {
        self.0.root.join(PROJECTS)
    }

    /// Has every acknowledged change told to the listener, in the order of each project's changes. The listener must
    /// not write to the store.
    pub fn subscribe(&self, listener: Listener) {
        writing(&self.0.shared.listeners).push(listener);
    }

    /// Says how the files are made that follow from a project's documents; they are written at most 2 seconds after a
    /// save, and on flush. They are made again only when a document or one of them differs, or when the `edition` is
    /// another one: it changes whenever the deriver makes other files of the same documents.
    pub fn set_deriver(&self, edition: &str, deriver: Deriver) {
        let named = NamedDeriver { edition: edition.into(), derive: deriver };
        *writing(&self.0.shared.deriver) = Some(named);
    }

    /// All changes of all projects after one, by time, from the ledgers: an event stream goes on with them after a
    /// restart. For an unknown id all that are younger.
    pub fn changes_after(&self, event: &Id) -> Vec<StoreEvent> {
        let mut events = Vec::new();
        for folder in self.project_folders() {
            match self.opened(&folder) {
                Some(project) => events.extend(project.events_after(event)),
                None => events.extend(self.unopened_events_after(&folder, event)),
            }
        }
        events.sort_by(|left, right| left.id.cmp(&right.id));
        events
    }

    fn unopened_events_after(&self, folder: &str, event: &Id) -> Vec<StoreEvent> {
        let path = self.projects_folder().join(folder);
        let id = self.read_blotter(folder).ok().and_then(|blotter| blotter.get("id")?.as_str()?.parse().ok());
        let scanned = ledger::read_all(self.disk(), &path.join(paths::LEDGER)).ok();
        match (id, scanned) {
            (Some(id), Some(scanned)) => project::events_after(&scanned.index, &id, event),
            _ => Vec::new(),
        }
    }

    /// Lets all files follow, writes checkpoints and what is derived.
    ///
    /// # Errors
    /// The first failure; the other projects are flushed all the same.
    pub fn flush(&self) -> Result<(), StoreError> {
        let open: Vec<_> = self.open_projects();
        let results: Vec<_> = open.iter().map(|project| project.flush()).collect();
        results.into_iter().collect()
    }

    /// Lets all files follow, ends the background thread and gives the data root free.
    ///
    /// # Errors
    /// When the disk refuses; what was acknowledged is in the ledgers all the same.
    pub fn close(self) -> Result<(), StoreError> {
        self.stop_thread();
        let flushed = self.flush();
        writing(&self.0.open).clear();
        self.let_go_of_all();
        drop(locked(&self.0.lock).take());
        flushed
    }

    /// The same, but the data root stays this process's until it ends: for one that may still have something to do.
    ///
    /// # Errors
    /// As [`Store::close`].
    pub fn settle(&self) -> Result<(), StoreError> {
        self.stop_thread();
        self.flush()
    }

    fn stop_thread(&self) {
        self.0.stop_thread();
    }

    fn open_projects(&self) -> Vec<Arc<Project>> {
        reading(&self.0.open).values().cloned().collect()
    }

    fn opened(&self, folder: &str) -> Option<Arc<Project>> {
        reading(&self.0.open).get(folder).cloned()
    }

    /// The project folders: names below the data root, and full paths elsewhere, which joined to the folder of projects
    /// are themselves.
    fn project_folders(&self) -> Vec<String> {
        let names = disk::names(self.disk(), &self.projects_folder(), Kind::Folder).unwrap_or_default();
        let own = names.into_iter().filter(|name| !name.starts_with('.'));
        own.chain(self.folders_elsewhere()).collect()
    }

    /// Removes what an interrupted creation or purge left behind; neither was acknowledged.
    fn remove_leftovers(&self) {
        for (folder, start) in
            [(self.projects_folder(), UNFINISHED), (self.0.root.join(trash::TRASH), trash::PURGED)]
        {
            for name in disk::names(self.disk(), &folder, Kind::Folder).unwrap_or_default() {
                if name.starts_with(start) {
                    // Left for the next start when the disk refuses.
                    drop(self.disk().remove_folder(&folder.join(name)));
                }
            }
        }
    }
}

impl Inner {
    fn stop_thread(&self) {
        self.shared.send(Work::Stop);
        *writing(&self.shared.work) = None;
        let thread = locked(&self.thread).take();
        if let Some(thread) = thread {
            // A thread that panicked has nothing to say any more; flushing does its work.
            drop(thread.join());
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.stop_thread();
    }
}
