//! Opening a project: the ledger is read, its tail is replayed against the files, edits by others become versions.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, RwLock,
        atomic::{AtomicBool, AtomicU64},
    },
};

use accid_base::{Id, RelativePath, parallel};
use accid_model::Blotter;

use super::{Files, Object, Project, blotter_path, reconcile::document_files};
use crate::{
    StoreError, canonical, disk,
    ledger::{self, Contents, Index, Scanned, Writer},
    paths,
    shared::Shared,
};

/// The documents' files: what is in them, or why they cannot be read.
pub(super) type Found = BTreeMap<RelativePath, Result<Object, String>>;

/// Opens the project in a folder.
///
/// # Errors
/// When the disk refuses, or when neither the files nor the ledger know the project's id.
pub(crate) fn open(shared: &Arc<Shared>, folder: PathBuf) -> Result<Arc<Project>, StoreError> {
    let vfs = &*shared.vfs;
    let ledger_folder = folder.join(paths::LEDGER);
    let scanned = ledger::read_all(vfs, &ledger_folder)?;
    // If it cannot be kept aside it must not be cut off: a new segment is begun behind it.
    let kept = keep_decayed_tail(shared, &folder, &scanned).is_ok();
    let writer = Writer::new(shared.vfs.clone(), ledger_folder.clone(), scanned.last.filter(|_| kept))?;
    for number in &scanned.replaced {
        // They hold nothing that is not in the segment that replaces them; the next start tries again.
        drop(vfs.remove_file(&ledger::segment_file(&ledger_folder, *number)));
    }
    if let Some(last) = scanned.index.records.last() {
        shared.moments.seen(&last.id);
    }
    let files = document_files(vfs, &folder)?;
    let found = parallel::map(&files, |path| {
        let read = disk::read(vfs, &path.below(&folder)).map_err(|error| error.to_string());
        read.map(|bytes| bytes.map(|bytes| Object::new(path, bytes))).transpose()
    });
    let found: Found =
        files.into_iter().zip(found).filter_map(|(path, found)| Some((path, found?))).collect();
    let id = identity(shared, &folder, &scanned.index, &found)?;
    let project = assemble(shared, folder, id, writer, scanned);
    project.replay(found)?;
    Ok(project)
}

/// Begins a project in an empty folder.
pub(crate) fn begin(shared: &Arc<Shared>, folder: PathBuf, id: Id) -> Result<Arc<Project>, StoreError> {
    let writer = Writer::new(shared.vfs.clone(), folder.join(paths::LEDGER), None)?;
    Ok(assemble(shared, folder, id, writer, Scanned::default()))
}

fn assemble(
    shared: &Arc<Shared>,
    folder: PathBuf,
    id: Id,
    writer: Writer,
    mut scanned: Scanned,
) -> Arc<Project> {
    let (notes, findings) = super::marks::read(shared, &folder);
    scanned.findings.extend(findings);
    let replica = super::carry::read_replica(&*shared.vfs, &folder);
    let untold = scanned.index.records.len() - scanned.index.followed;
    let project = Arc::new(Project {
        shared: shared.clone(),
        id,
        folder,
        writer: Mutex::new(writer),
        index: RwLock::new(scanned.index),
        notes: RwLock::new(notes),
        objects: RwLock::default(),
        revision: AtomicU64::new(super::next_revision()),
        files: Mutex::new(Files { unchecked: untold, ..Files::default() }),
        following: Mutex::default(),
        storing: Mutex::default(),
        recent: Mutex::default(),
        deriving: Mutex::default(),
        findings: Mutex::new(scanned.findings),
        compacting: Mutex::default(),
        closed: AtomicBool::new(false),
        replica: RwLock::new(replica),
        own: std::sync::OnceLock::new(),
    });
    // The cell is new, so this cannot fail.
    drop(project.own.set(Arc::downgrade(&project)));
    project
}

/// A record that is complete in length but not in content may have been acknowledged once: it is kept aside.
fn keep_decayed_tail(shared: &Shared, folder: &std::path::Path, scanned: &Scanned) -> Result<(), StoreError> {
    let Some(last) = scanned.last.filter(|last| last.decayed) else { return Ok(()) };
    let vfs = &*shared.vfs;
    let segment = ledger::segment_file(&folder.join(paths::LEDGER), last.number);
    let bytes = vfs.read(&segment).map_err(StoreError::io("read", &segment))?;
    let quarantine = folder.join(paths::QUARANTINE);
    disk::make_folder(vfs, &quarantine)?;
    let target = disk::free_name(vfs, &quarantine, &format!("ledger-{:06}-at-{}", last.number, last.length));
    disk::write(vfs, &target, bytes.get(last.length..).unwrap_or_default())
}

fn id_in(bytes: &[u8]) -> Option<Id> {
    canonical::parse(bytes).ok()?.get("id")?.as_str()?.parse().ok()
}

/// The project's id: from its blotter, else from what the ledger knows of the blotter.
fn identity(
    shared: &Shared,
    folder: &std::path::Path,
    index: &Index,
    files: &Found,
) -> Result<Id, StoreError> {
    let blotter = blotter_path();
    let in_file =
        blotter.as_ref().and_then(|path| files.get(path)?.as_ref().ok()).and_then(|file| id_in(file.bytes()));
    if let Some(id) = in_file {
        return Ok(id);
    }
    let ledger_folder = folder.join(paths::LEDGER);
    let mut contents = Contents::new(&*shared.vfs, &ledger_folder);
    let newest_first = (0..index.records.len()).rev();
    let known =
        blotter.iter().flat_map(|path| newest_first.clone().filter_map(|place| index.recipe(path, place)));
    for recipe in known {
        if let Ok(bytes) = contents.get(&recipe)
            && let Some(id) = id_in(&bytes)
        {
            return Ok(id);
        }
    }
    Err(StoreError::Damaged {
        path: folder.join(Blotter::FILE),
        reason: "it cannot be read, and no earlier state of it is known".to_owned(),
    })
}
