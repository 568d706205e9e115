//! Opening a project: the ledger is read, its tail is replayed against the files, edits by others become versions.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{Arc, Mutex, RwLock, atomic::AtomicBool},
};

use accid_base::{ContentHash, Finding, Id, RelativePath, Severity};
use accid_model::Blotter;

use super::{
    Files, Object, Project, blotter_path,
    commit::{Difference, Occasion},
    follow::Checkpoint,
    locked,
    reconcile::document_files,
    writing,
};
use crate::{
    StoreError, canonical, disk,
    ledger::{self, Change, Contents, Index, RecordKind, Scanned, Writer},
    paths,
    shared::Shared,
};

/// The documents' files: their bytes, or why they cannot be read.
type Found = BTreeMap<RelativePath, Result<Vec<u8>, String>>;

/// What a file and the ledger together mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Neither has it.
    Nothing,
    /// Both say the same.
    Agree,
    /// The file did not follow yet.
    Apply,
    /// Another program wrote the file.
    Edited,
    /// Another program removed the file.
    Removed,
    /// The file is not readable.
    Broken,
}

/// Judges one object: what the ledger says, the changes its file may not have followed, and the file.
fn judge(
    latest: Option<ContentHash>,
    tail: &[&Change],
    file: Option<ContentHash>,
    is_json: impl FnOnce() -> bool,
) -> Verdict {
    if latest == file {
        return if latest.is_some() { Verdict::Agree } else { Verdict::Nothing };
    }
    let passed = tail.iter().any(|change| change.before == file || (change.after == file && file.is_some()));
    match file {
        Some(_) if !is_json() => Verdict::Broken,
        _ if passed => Verdict::Apply,
        Some(_) => Verdict::Edited,
        None => Verdict::Removed,
    }
}

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
    let mut bytes = BTreeMap::new();
    for path in files {
        let content = match disk::read(vfs, &path.below(&folder)) {
            Ok(None) => continue,
            Ok(Some(content)) => Ok(content),
            Err(error) => Err(error.to_string()),
        };
        bytes.insert(path, content);
    }
    let id = identity(shared, &folder, &scanned.index, &bytes)?;
    let project = assemble(shared, folder, id, writer, scanned);
    project.replay(bytes)?;
    Ok(project)
}

/// Begins a project in an empty folder.
pub(crate) fn begin(shared: &Arc<Shared>, folder: PathBuf, id: Id) -> Result<Arc<Project>, StoreError> {
    let writer = Writer::new(shared.vfs.clone(), folder.join(paths::LEDGER), None)?;
    Ok(assemble(shared, folder, id, writer, Scanned::default()))
}

fn assemble(shared: &Arc<Shared>, folder: PathBuf, id: Id, writer: Writer, scanned: Scanned) -> Arc<Project> {
    let untold = scanned.index.records.len() - scanned.index.followed;
    let project = Arc::new(Project {
        shared: shared.clone(),
        id,
        folder,
        writer: Mutex::new(writer),
        index: RwLock::new(scanned.index),
        objects: RwLock::default(),
        files: Mutex::new(Files { unchecked: untold, ..Files::default() }),
        following: Mutex::default(),
        storing: Mutex::default(),
        findings: Mutex::new(scanned.findings),
        compacting: Mutex::default(),
        closed: AtomicBool::new(false),
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
        blotter.as_ref().and_then(|path| files.get(path)?.as_ref().ok()).and_then(|bytes| id_in(bytes));
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

impl Project {
    /// Compares every object with its file and brings both together; nothing unseen is overwritten.
    fn replay(&self, mut files: Found) -> Result<(), StoreError> {
        let mut paths: BTreeSet<RelativePath> = files.keys().cloned().collect();
        paths.extend(super::reading(&self.index).paths().cloned());
        let ledger_folder = self.ledger_folder();
        let mut contents = Contents::new(self.vfs(), &ledger_folder);
        let mut edits = Vec::new();
        for path in paths {
            let file = match files.remove(&path).transpose() {
                Ok(bytes) => bytes.map(|bytes| Object::new(&path, bytes)),
                Err(reason) => {
                    self.take_unreadable(path, &reason, &mut contents);
                    continue;
                }
            };
            edits.extend(self.replay_one(path, file, &mut contents)?);
        }
        drop(contents);
        self.record_edits(edits)?;
        if !locked(&self.files).pending.is_empty()
            && let Err(error) = self.follow(Checkpoint::Now)
        {
            let message =
                format!("Some files could not be brought up to date yet: {error}. Nothing is lost.");
            self.add_finding(Finding::new(Severity::Warning, "document.not-followed", message));
        }
        Ok(())
    }

    fn replay_one(
        &self,
        path: RelativePath,
        file: Option<Object>,
        contents: &mut Contents<'_>,
    ) -> Result<Option<Difference>, StoreError> {
        let (latest, verdict) = {
            let index = super::reading(&self.index);
            let latest = index.latest(&path);
            let found = file.as_ref().map(Object::ledger_hash);
            let is_json = || file.as_ref().is_some_and(|file| canonical::is_json(file.bytes()));
            (latest, judge(latest, &index.tail_of(&path), found, is_json))
        };
        if let Some(file) = &file {
            locked(&self.files).seen.insert(path.clone(), file.hash());
        }
        match (verdict, file) {
            (Verdict::Agree, Some(file)) => self.take_object(path, file),
            (Verdict::Apply, file) if latest.is_none() => {
                debug_assert!(file.is_some(), "only a file that is there can wait for its removal");
                locked(&self.files).pending.insert(path);
            }
            (Verdict::Apply, file) => match self.last_known(&path, contents) {
                Some(object) => self.take_pending(path, object),
                None => return Ok(file.map(|file| Difference { path, before: None, after: Some(file) })),
            },
            (Verdict::Edited, Some(file)) => {
                let before = self.last_known(&path, contents);
                return Ok(Some(Difference { path, before, after: Some(file) }));
            }
            (Verdict::Removed, _) => {
                let before = self.last_known(&path, contents);
                if path.as_str() == Blotter::FILE
                    && let Some(object) = before
                {
                    let message = "The project's master file was missing; its last saved state was put back.";
                    self.add_finding(
                        Finding::new(Severity::Warning, "blotter.missing", message).in_path(path.as_str()),
                    );
                    self.take_pending(path, object);
                    return Ok(None);
                }
                return Ok(Some(Difference { path, before, after: None }));
            }
            (Verdict::Broken, _) => {
                let known = self.last_known(&path, contents);
                if let Some(object) = known {
                    self.take_object(path.clone(), object);
                }
                self.quarantine(&path)?;
            }
            _ => {}
        }
        Ok(None)
    }

    /// A file that the disk does not give: what the ledger has of it serves, and the file is left alone.
    fn take_unreadable(&self, path: RelativePath, reason: &str, contents: &mut Contents<'_>) {
        let finding =
            Finding::new(Severity::Error, "document.unreadable", format!("{path} cannot be read: {reason}."));
        self.add_finding(finding.in_path(path.as_str()));
        if let Some(object) = self.last_known(&path, contents) {
            self.take_object(path, object);
        }
    }

    fn take_object(&self, path: RelativePath, object: Object) {
        writing(&self.objects).insert(path, object);
    }

    fn take_pending(&self, path: RelativePath, object: Object) {
        locked(&self.files).pending.insert(path.clone());
        self.take_object(path, object);
    }

    /// The last state of an object that the ledger can still give; older than the latest when that one is damaged.
    fn last_known(&self, path: &RelativePath, contents: &mut Contents<'_>) -> Option<Object> {
        let index = super::reading(&self.index);
        let recipe = index.recipe(path, index.records.len().checked_sub(1)?)?;
        match contents.get(&recipe) {
            Ok(bytes) => Some(Object::new(path, bytes)),
            Err(error) => {
                drop(index);
                let message =
                    format!("The last saved state of {path} cannot be read from the history: {error}.");
                self.add_finding(
                    Finding::new(Severity::Error, "ledger.unreadable", message).in_path(path.as_str()),
                );
                None
            }
        }
    }

    /// All edits that were found at start are one record.
    fn record_edits(&self, edits: Vec<Difference>) -> Result<(), StoreError> {
        if edits.is_empty() {
            return Ok(());
        }
        let occasion =
            Occasion { author: "outside", note: "Changed outside ACCID", kind: RecordKind::Outside };
        let mut writer = self.write_lock()?;
        self.record(&mut writer, &edits.iter().collect::<Vec<_>>(), &occasion)?;
        for edit in edits {
            match edit.after {
                Some(object) => self.take_object(edit.path, object),
                None => {
                    writing(&self.objects).remove(&edit.path);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Payload;

    fn hash(text: &str) -> Option<ContentHash> {
        Some(ContentHash::of(text.as_bytes()))
    }

    fn change(before: Option<ContentHash>, after: Option<ContentHash>) -> Change {
        Change { path: "pages/a.json".parse().unwrap(), before, after, payload: Payload::None }
    }

    #[test]
    fn every_pair_of_ledger_and_file_has_its_verdict() {
        let (a, b, c, x) = (hash("a"), hash("b"), hash("c"), hash("x"));
        let two = [change(b, c), change(a, b)];
        let tail: Vec<_> = two.iter().collect();
        let of = |latest, tail: &[&Change], file| judge(latest, tail, file, || true);
        assert_eq!(of(c, &tail, c), Verdict::Agree);
        assert_eq!(of(c, &tail, b), Verdict::Apply);
        assert_eq!(of(c, &tail, a), Verdict::Apply);
        assert_eq!(of(c, &tail, x), Verdict::Edited);
        assert_eq!(of(c, &tail, None), Verdict::Removed);
        assert_eq!(of(c, &[], b), Verdict::Edited, "an older state that was checked out is somebody's edit");
        assert_eq!(of(c, &[], None), Verdict::Removed);
        assert_eq!(of(None, &[], x), Verdict::Edited, "a new file");
        assert_eq!(of(None, &[], None), Verdict::Nothing);
        assert_eq!(judge(c, &tail, x, || false), Verdict::Broken);
        let created = change(None, a);
        assert_eq!(of(a, &[&created], None), Verdict::Apply);
        let removed = change(a, None);
        assert_eq!(of(None, &[&removed], a), Verdict::Apply);
        assert_eq!(of(None, &[&removed], x), Verdict::Edited, "written by others after we removed it");
    }
}
