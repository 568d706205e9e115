//! The files follow the ledger: hashed again, temporary file, sync, rename, sync of the folder, checkpoint.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};

use accid_base::{ContentHash, Id, RelativePath, vfs::replace_file};

use super::{Object, Project, locked, reading};
use crate::{StoreError, disk};

/// So many records are followed by a checkpoint even while saves go on.
const CHECKPOINT_EVERY: usize = 64;

/// When a checkpoint is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Checkpoint {
    /// Only when many records have none.
    WhenDue,
    /// Now, if any record has none.
    Now,
}

/// One file to be written or removed.
struct Task {
    path: RelativePath,
    object: Option<Object>,
}

enum Outcome {
    Done,
    /// Another program wrote the file: it was taken over instead.
    Overtaken,
}

impl Project {
    /// Lets all files follow now, writes the checkpoint, and what is derived.
    ///
    /// # Errors
    /// When the disk refuses. What was acknowledged is in the ledger all the same.
    pub fn flush(&self) -> Result<(), StoreError> {
        self.follow(Checkpoint::Now)?;
        self.derive()
    }

    /// Lets the files follow what was acknowledged until now.
    pub(crate) fn follow(&self, checkpoint: Checkpoint) -> Result<(), StoreError> {
        let _following = locked(&self.following);
        let result = self.follow_locked(checkpoint);
        self.shared.tell();
        result
    }

    fn follow_locked(&self, checkpoint: Checkpoint) -> Result<(), StoreError> {
        let (tasks, through) = self.tasks()?;
        let mut folders = BTreeSet::new();
        let mut done = Vec::new();
        let mut failure = None;
        for task in tasks {
            match self.follow_one(&task, &mut folders) {
                Ok(Outcome::Done) => done.push(task),
                Ok(Outcome::Overtaken) => {}
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        for folder in &folders {
            disk::sync_folder(self.vfs(), folder)?;
        }
        self.note_done(&done);
        match failure {
            Some(error) => Err(error),
            None => self.checkpoint(through, checkpoint),
        }
    }

    /// What has to be written, and the last change that is covered by it.
    fn tasks(&self) -> Result<(Vec<Task>, Option<Id>), StoreError> {
        // Whoever holds the writer sees ledger, objects and files agree.
        let _writer = self.write_lock()?;
        let objects = reading(&self.objects);
        let mut files = locked(&self.files);
        let task = |path: &RelativePath| Task { path: path.clone(), object: objects.get(path).cloned() };
        let tasks: Vec<_> = files.pending.iter().map(task).collect();
        for task in &tasks {
            let written = task.object.as_ref().map(Object::hash);
            files.writing.entry(task.path.clone()).or_default().insert(written);
        }
        let through = reading(&self.index).records.last().map(|record| record.id.clone());
        Ok((tasks, through))
    }

    fn follow_one(&self, task: &Task, folders: &mut BTreeSet<PathBuf>) -> Result<Outcome, StoreError> {
        let file = task.path.below(&self.folder);
        let folder = file.parent().unwrap_or(&self.folder).to_path_buf();
        let wanted = task.object.as_ref().map(Object::hash);
        let found = disk::hash_of(self.vfs(), &file)?;
        if found == wanted {
            // The name may be there without having been synced.
            self.note_written(&task.path, wanted);
            if found.is_some() {
                self.ensure_folder(&folder)?;
            }
            if self.vfs().exists(&folder) {
                folders.insert(folder);
            }
            return Ok(Outcome::Done);
        }
        if !self.known(&task.path).contains(&found) {
            let mut writer = self.write_lock()?;
            self.look_at(&task.path, &mut writer)?;
            return Ok(Outcome::Overtaken);
        }
        match &task.object {
            Some(object) => {
                self.ensure_folder(&folder)?;
                replace_file(self.vfs(), &file, object.bytes()).map_err(StoreError::io("write", &file))?;
            }
            None => remove(self, &file)?,
        }
        self.note_written(&task.path, wanted);
        folders.insert(folder);
        Ok(Outcome::Done)
    }

    fn note_written(&self, path: &RelativePath, written: Option<ContentHash>) {
        let mut files = locked(&self.files);
        match written {
            Some(hash) => files.seen.insert(path.clone(), hash),
            None => files.seen.remove(path),
        };
    }

    /// These files survive a power cut now.
    fn note_done(&self, done: &[Task]) {
        let objects = reading(&self.objects);
        let mut files = locked(&self.files);
        for task in done {
            files.writing.remove(&task.path);
            files.settle(&task.path, objects.get(&task.path).map(Object::hash));
        }
    }

    fn checkpoint(&self, through: Option<Id>, when: Checkpoint) -> Result<(), StoreError> {
        let Some(through) = through else { return Ok(()) };
        let unchecked = locked(&self.files).unchecked;
        if unchecked == 0 || (when == Checkpoint::WhenDue && unchecked < CHECKPOINT_EVERY) {
            return Ok(());
        }
        let mut writer = self.write_lock()?;
        writer.checkpoint(&through)?;
        let mut index = super::writing(&self.index);
        index.followed = index.place_of(&through).map_or(index.followed, |place| place + 1);
        locked(&self.files).unchecked = index.records.len() - index.followed;
        Ok(())
    }

    /// The contents a file may have by this store's own doing.
    pub(super) fn known(&self, path: &RelativePath) -> BTreeSet<Option<ContentHash>> {
        let current = reading(&self.objects).get(path).map(Object::hash);
        let files = locked(&self.files);
        let mut known = files.writing.get(path).cloned().unwrap_or_default();
        known.extend([current, files.seen.get(path).copied()]);
        known
    }

    /// Whether anything still has to be written.
    pub(crate) fn is_followed(&self) -> bool {
        let files = locked(&self.files);
        (files.pending.is_empty() && files.unchecked == 0) || self.closed.load(Ordering::Acquire)
    }
}

fn remove(project: &Project, file: &Path) -> Result<(), StoreError> {
    match project.vfs().remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::io("remove", file)(error)),
        _ => Ok(()),
    }
}
