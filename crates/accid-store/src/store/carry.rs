//! Carrying a project's folder to another place, which may be on another disk, and tidying after one that was cut off.
//!
//! **Invariant:** what is removed afterwards has a name that was free and was written down before it was used.

use std::path::{Path, PathBuf};

use accid_base::{reading, vfs::Kind, writing};
use serde::{Deserialize, Serialize};

use super::Store;
use crate::{StoreError, disk};

/// A folder on its way to another disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Carried {
    /// Where it goes.
    to: PathBuf,
    /// The copy, until it is whole and takes its place.
    copy: PathBuf,
    /// What it was, once the copy is in its place.
    rest: PathBuf,
}

impl Store {
    /// Moves a folder anywhere on the disk: by one rename, or as a copy that takes its place whole when the other place
    /// is on another disk. Until the copy is whole and safe the folder stays as it was.
    pub(super) fn relocate(&self, from: &Path, to: &Path) -> Result<(), StoreError> {
        if disk::rename_durable(self.disk(), from, to)? {
            return Ok(());
        }
        let carried = Carried {
            to: to.to_path_buf(),
            copy: disk::hidden_beside(self.disk(), to, "on-its-way"),
            rest: disk::hidden_beside(self.disk(), from, "moved-away"),
        };
        self.note_carried(|all| all.push(carried.clone()))?;
        let moved = disk::carry(self.disk(), (from, &carried.copy), (to, &carried.rest));
        self.tidy_after_carrying();
        moved
    }

    /// Removes what folders on their way have left: copies that are not whole, and, where the copy is in its place, what
    /// the folder was. What cannot be removed now is tried again at the next start.
    pub(super) fn tidy_after_carrying(&self) {
        let is_folder =
            |path: &Path| self.disk().metadata(path).is_ok_and(|found| found.kind == Kind::Folder);
        let all = reading(self.0.elsewhere.file()).under_way.clone();
        for one in &all {
            if is_folder(&one.copy) {
                drop(self.disk().remove_folder(&one.copy));
            }
            if is_folder(&one.rest) && is_folder(&one.to) {
                drop(self.disk().remove_folder(&one.rest));
            }
        }
        let left = |one: &Carried| is_folder(&one.copy) || is_folder(&one.rest);
        drop(self.note_carried(|all| all.retain(left)));
    }

    fn note_carried(&self, edit: impl FnOnce(&mut Vec<Carried>)) -> Result<(), StoreError> {
        let mut file = writing(self.0.elsewhere.file());
        let mut changed = file.clone();
        edit(&mut changed.under_way);
        if changed.under_way != file.under_way {
            self.write_opened(&changed)?;
            *file = changed;
        }
        Ok(())
    }
}
