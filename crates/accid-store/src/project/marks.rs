//! What people said about versions, and how many of this project are kept: `.accid/history.json`, beside the ledger.
//! It is about the history, so it is in no version, and a restore does not touch it.

use std::collections::BTreeMap;

use accid_base::{Finding, Id, Severity};
use accid_model::{Fields, Retention};
use serde::{Deserialize, Serialize};

use super::{Project, commit::shorten, locked, reading, writing};
use crate::{StoreError, VersionMark, canonical, disk, paths, shared::Shared};

/// Marks by version.
pub(crate) type Marks = BTreeMap<Id, VersionMark>;

/// The file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct HistoryNotes {
    /// How many versions of this project are kept; as the settings say when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    retention: Option<Retention>,
    /// What people said about versions.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub marks: Marks,
    /// What this ACCID does not know.
    #[serde(flatten)]
    extra: Fields,
}

/// Longest note about a version, in characters.
const LONGEST_NOTE: usize = 4_000;

/// Reads the file. One that cannot be read is kept aside.
pub(super) fn read(shared: &Shared, folder: &std::path::Path) -> (HistoryNotes, Vec<Finding>) {
    let file = folder.join(paths::HISTORY);
    let vfs = &*shared.vfs;
    let Ok(Some(bytes)) = disk::read(vfs, &file) else { return Default::default() };
    match serde_json::from_slice(&bytes) {
        Ok(notes) => (notes, Vec::new()),
        Err(error) => {
            drop(disk::quarantine(vfs, &file, &folder.join(paths::QUARANTINE), "history.json"));
            let message = format!(
                "What was marked in the history cannot be read ({error}), so no version is pinned or annotated any \
                 more. The file is kept in {}.",
                paths::QUARANTINE
            );
            let finding =
                Finding::new(Severity::Warning, "history.marks-broken", message).in_path(paths::HISTORY);
            (HistoryNotes::default(), vec![finding])
        }
    }
}

impl Project {
    /// What a person said about a version.
    pub fn mark(&self, version: &Id) -> VersionMark {
        reading(&self.notes).marks.get(version).cloned().unwrap_or_default()
    }

    /// Says something about a version; an empty mark takes back what was said. Once this returns it survives a power
    /// cut.
    ///
    /// # Errors
    /// When there is no such version or the disk refuses.
    pub fn set_mark(&self, version: &Id, mark: VersionMark) -> Result<(), StoreError> {
        // A version must not be thinned out while it is being pinned.
        let _compacting = locked(&self.compacting);
        if reading(&self.index).place_of(version).is_none() {
            return Err(StoreError::VersionNotFound(version.clone()));
        }
        let name = mark.name.map(|name| shorten(name.trim())).filter(|name| !name.is_empty());
        let note = mark.note.trim().chars().take(LONGEST_NOTE).collect();
        let mark = VersionMark { name, note, pinned: mark.pinned };
        self.edit_notes(|notes| {
            if mark == VersionMark::default() {
                notes.marks.remove(version);
            } else {
                notes.marks.insert(version.clone(), mark);
            }
        })
    }

    /// How many versions of this project are kept; nothing when the settings say it.
    pub fn retention(&self) -> Option<Retention> {
        reading(&self.notes).retention
    }

    /// Says how many versions of this project are kept; nothing for as the settings say.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn set_retention(&self, retention: Option<Retention>) -> Result<(), StoreError> {
        let _compacting = locked(&self.compacting);
        self.edit_notes(|notes| notes.retention = retention)
    }

    /// Changes the file, for those who hold back thinning out. Who reads the notes never waits for the disk.
    fn edit_notes(&self, edit: impl FnOnce(&mut HistoryNotes)) -> Result<(), StoreError> {
        self.check_open()?;
        let standing = reading(&self.notes).clone();
        let mut changed = standing.clone();
        edit(&mut changed);
        if standing != changed {
            let file = self.folder.join(paths::HISTORY);
            self.ensure_folder(file.parent().unwrap_or(&self.folder))?;
            let value = serde_json::to_value(&changed).map_err(|error| StoreError::Unstorable {
                path: paths::HISTORY.to_owned(),
                reason: error.to_string(),
            })?;
            disk::write(self.vfs(), &file, &canonical::write(&value))?;
            *writing(&self.notes) = changed;
        }
        Ok(())
    }
}
