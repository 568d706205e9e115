//! An open project: its documents in memory, its ledger, and its files that follow.
//!
//! **Invariants:** what [`Project::get`] answers was acknowledged, that is, stands in the ledger; the files follow.
//! Nothing that another program wrote is overwritten unseen: before a file is replaced its content is one this store
//! knows, or it is recorded as a version first.

mod carry;
mod commit;
mod compact;
mod derive;
mod follow;
mod history;
mod marks;
mod media;
mod migrate;
mod object;
mod open;
mod originals;
mod outside;
mod reconcile;
mod repair;
mod replay;
mod still;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, RwLock, RwLockWriteGuard,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Instant,
};

use accid_base::{ContentHash, Finding, Id, RelativePath, Vfs, locked, reading, writing};
use accid_model::Blotter;

pub(crate) use self::carry::write_replica;
use self::object::Object;
pub use self::{
    carry::{Carried, CarriedObject, Replica},
    object::StoredFile,
    still::{StillContent, StillFile},
};
pub(crate) use self::{
    follow::Checkpoint,
    marks::Marks,
    open::{begin, open},
    reconcile::document_files,
};
use crate::{
    EventKind, EventObject, StoreError, StoreEvent, Stored,
    ledger::{Index, Record, RecordKind, Writer},
    paths,
    shared::Shared,
};

/// What is known of the files.
#[derive(Default)]
struct Files {
    /// Hash of each file's bytes as last seen or written; no entry where there is no file.
    seen: BTreeMap<RelativePath, ContentHash>,
    /// What is being written right now, or may have been written by a call that failed.
    writing: BTreeMap<RelativePath, BTreeSet<Option<ContentHash>>>,
    /// Objects whose files do not hold what the ledger says.
    pending: BTreeSet<RelativePath>,
    /// Records since the last checkpoint.
    unchecked: usize,
    /// Folders whose names are known to survive a power cut.
    folders: BTreeSet<PathBuf>,
    /// When something was last saved.
    saved: Option<Instant>,
    /// The background thread knows that files have to follow.
    told: bool,
}

/// One project. Share it as `Arc<Project>`; all methods may be called from any thread.
pub struct Project {
    shared: Arc<Shared>,
    id: Id,
    folder: PathBuf,
    /// Who writes the ledger; whoever holds it decides the order of changes.
    writer: Mutex<Writer>,
    index: RwLock<Index>,
    /// What people said about versions.
    notes: RwLock<marks::HistoryNotes>,
    objects: RwLock<BTreeMap<RelativePath, Object>>,
    /// Another number after every change of `objects`.
    revision: AtomicU64,
    files: Mutex<Files>,
    /// Held by the one who writes files.
    following: Mutex<()>,
    /// Held by the one who stores an original.
    storing: Mutex<()>,
    /// Originals that were stored of late: the document that names one may still be on its way.
    recent: Mutex<BTreeMap<ContentHash, jiff::Timestamp>>,
    /// Held by the one who writes what is derived.
    deriving: Mutex<()>,
    findings: Mutex<Vec<Finding>>,
    /// Held by the one who thins out the history.
    compacting: Mutex<()>,
    closed: AtomicBool,
    /// Which other ACCID owns the project, if any.
    replica: RwLock<Option<Replica>>,
    /// Itself, for the background thread.
    own: std::sync::OnceLock<std::sync::Weak<Self>>,
}

fn next_revision() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl Project {
    /// Identity of the project, as its blotter says.
    pub fn id(&self) -> Id {
        self.id.clone()
    }

    pub(crate) fn id_text(&self) -> &str {
        self.id.as_str()
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A document as last acknowledged, from memory.
    pub fn get(&self, path: &RelativePath) -> Option<Stored> {
        let object = reading(&self.objects).get(path).cloned()?;
        Some(object.stored())
    }

    /// The documents of a collection such as `pages`, by path.
    pub fn list(&self, folder: &str) -> Vec<(RelativePath, Stored)> {
        self.list_unread(folder).into_iter().map(|(path, file)| (path, file.stored())).collect()
    }

    /// The documents of a collection that hold this id somewhere: their names in quotes, without their ending.
    pub fn documents_naming(&self, folder: &str, id: &Id) -> Vec<String> {
        let needle = format!("\"{id}\"");
        let named =
            self.list(folder).into_iter().filter(|(_, stored)| stored.value.to_string().contains(&needle));
        named.map(|(path, _)| format!("\"{}\"", path.file_name().trim_end_matches(".json"))).collect()
    }

    /// The same without reading their JSON: for those who read it themselves, or only where a hash is new to them.
    pub fn list_unread(&self, folder: &str) -> Vec<(RelativePath, StoredFile)> {
        let all = reading(&self.objects);
        let own = all.iter().filter(|(path, _)| path.is_below(folder));
        own.map(|(path, object)| (path.clone(), StoredFile(object.clone()))).collect()
    }

    /// A number that is another one after every change of a document; no two projects of a process ever have the
    /// same. Ask for it before reading what is to be kept for it.
    pub fn revision(&self) -> u64 {
        self.revision.load(Ordering::Acquire)
    }

    /// The documents, to be changed.
    fn changing(&self) -> RwLockWriteGuard<'_, BTreeMap<RelativePath, Object>> {
        let objects = writing(&self.objects);
        self.revision.store(next_revision(), Ordering::Release);
        objects
    }

    /// The paths of all documents.
    pub fn paths(&self) -> Vec<RelativePath> {
        reading(&self.objects).keys().cloned().collect()
    }

    /// The master configuration as last acknowledged.
    pub fn blotter(&self) -> Option<Stored> {
        self.get(&blotter_path()?)
    }

    /// Folder for what can be made again; it is made when first used.
    pub fn derived(&self) -> PathBuf {
        self.folder.join("derived")
    }

    /// What was found while opening and since: quarantined files, damage, edits that met a save.
    pub fn findings(&self) -> Vec<Finding> {
        locked(&self.findings).clone()
    }

    pub(crate) fn vfs(&self) -> &dyn Vfs {
        &*self.shared.vfs
    }

    /// Makes a folder in the project so that it survives a power cut.
    fn ensure_folder(&self, folder: &Path) -> Result<(), StoreError> {
        let known = locked(&self.files).folders.contains(folder);
        if !known || !self.vfs().exists(folder) {
            // A project folder that is gone was moved: nothing of it is made anew where it was.
            self.vfs().metadata(&self.folder).map_err(StoreError::io("write into", &self.folder))?;
            crate::disk::ensure_folder(self.vfs(), folder, &self.folder)?;
            locked(&self.files).folders.insert(folder.to_path_buf());
        }
        Ok(())
    }

    fn ledger_folder(&self) -> PathBuf {
        self.folder.join(paths::LEDGER)
    }

    fn quarantine_folder(&self) -> PathBuf {
        self.folder.join(paths::QUARANTINE)
    }

    /// Takes the right to change the project.
    fn write_lock(&self) -> Result<MutexGuard<'_, Writer>, StoreError> {
        let writer = locked(&self.writer);
        self.check_open()?;
        Ok(writer)
    }

    /// Lets all files follow, then refuses every further change: the folder is about to be moved. Whoever writes into it
    /// just now has ended before this returns, and nobody begins after it: a file written late would make the folder
    /// anew where it was.
    pub(crate) fn close(&self) -> Result<(), StoreError> {
        let _compacting = locked(&self.compacting);
        self.follow(Checkpoint::Now)?;
        // What can be made again keeps no project from being moved.
        drop(self.derive());
        let _storing = locked(&self.storing);
        let _following = locked(&self.following);
        let _deriving = locked(&self.deriving);
        let _writer = self.write_lock()?;
        self.closed.store(true, Ordering::Release);
        Ok(())
    }

    /// Whether its folder was moved, removed or closed: what is read from it now may be gone.
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// Refuses what would write into a folder that has been moved away.
    fn check_open(&self) -> Result<(), StoreError> {
        if self.closed.load(Ordering::Acquire) {
            return Err(StoreError::ProjectClosed(self.id()));
        }
        Ok(())
    }

    fn add_finding(&self, finding: Finding) {
        let mut findings = locked(&self.findings);
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }

    /// Puts the events of all records in line: the project was assembled where nobody listened.
    pub(crate) fn announce_all(&self) {
        for record in &reading(&self.index).records {
            self.shared.queue_event(event_of(&self.id, record));
        }
    }

    /// Takes an acknowledged record into the index and puts its event in line.
    fn take_record(&self, record: Record) {
        self.shared.queue_event(event_of(&self.id, &record));
        writing(&self.index).push(record);
        locked(&self.files).unchecked += 1;
    }

    /// All records after a change, oldest first; if it is not one of this project's, all that are younger.
    pub(crate) fn events_after(&self, id: &Id) -> Vec<StoreEvent> {
        events_after(&reading(&self.index), &self.id, id)
    }
}

/// The records of an index after a change, as events.
pub(crate) fn events_after(index: &Index, project: &Id, id: &Id) -> Vec<StoreEvent> {
    let records = match index.place_of(id) {
        Some(place) => &index.records[place + 1..],
        None => &index.records[index.records.partition_point(|record| record.id <= *id)..],
    };
    records.iter().map(|record| event_of(project, record)).collect()
}

fn event_of(project: &Id, record: &Record) -> StoreEvent {
    let object = |change: &crate::ledger::Change| EventObject {
        path: change.path.clone(),
        before: change.before,
        after: change.after,
    };
    StoreEvent {
        id: record.id.clone(),
        project: project.clone(),
        at: record.at,
        author: record.author.to_string(),
        note: record.note.to_string(),
        kind: match record.kind {
            RecordKind::Change | RecordKind::Restore => EventKind::Change,
            RecordKind::Outside => EventKind::Outside,
            RecordKind::Snapshot => EventKind::Snapshot,
        },
        objects: record.changes.iter().map(object).collect(),
    }
}

/// The blotter's path.
pub(crate) fn blotter_path() -> Option<RelativePath> {
    Blotter::FILE.parse().ok()
}
