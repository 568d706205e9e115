//! Thinning out the history: a new segment is written beside the old ones, then takes their place in one rename.
//! Saves go on meanwhile; they wait only for the rename.

use accid_base::vfs::TEMPORARY_ENDING;
use accid_model::Retention;

use super::{Project, locked, reading, writing};
use crate::{
    Compacted, StoreError, disk,
    ledger::{Index, Keep, Unreadable, build_compaction, numbers, segment_file},
    versions,
};

impl Project {
    /// Keeps what the retention says: the newest automatic versions, the last of each day, every named one, and
    /// everything younger than a day.
    ///
    /// # Errors
    /// When the disk refuses, or when a version that is kept cannot be read; then nothing is thrown away.
    pub fn compact(&self, retention: &Retention) -> Result<Compacted, StoreError> {
        let now = self.shared.moments.now();
        self.rewrite_ledger(|index| versions::plan(index, retention, now), Unreadable::Refuse)
    }

    /// Writes what is kept into one new segment, which takes the place of all others.
    pub(super) fn rewrite_ledger(
        &self,
        plan: impl FnOnce(&Index) -> Vec<Keep>,
        unreadable: Unreadable,
    ) -> Result<Compacted, StoreError> {
        let _compacting = locked(&self.compacting);
        self.flush()?;
        let folder = self.ledger_folder();
        let before_bytes = self.ledger_bytes()?;
        let (old, number, sealed) = {
            let mut writer = self.write_lock()?;
            let number = writer.reserve_number();
            let sealed = number - 1;
            writer.begin_segment()?;
            (reading(&self.index).clone(), number, sealed)
        };
        let keep = plan(&old);
        let compaction = build_compaction(self.vfs(), &folder, &old, &keep, (number, sealed), unreadable)?;
        let file = segment_file(&folder, number);
        let aside = folder.join(format!(".{number:06}.log{TEMPORARY_ENDING}"));
        let written = self.vfs().write(&aside, &compaction.bytes).and_then(|()| self.vfs().sync_file(&aside));
        written.map_err(StoreError::io("write", &aside))?;
        {
            let _writer = self.write_lock()?;
            self.vfs().rename(&aside, &file).map_err(StoreError::io("move", &aside))?;
            let mut index = writing(&self.index);
            *index = joined(compaction.index, &index, old.records.len());
            locked(&self.files).unchecked = index.records.len() - index.followed;
        }
        // Until the name of the new segment is safe the old ones must stay.
        disk::sync_folder(self.vfs(), &folder)?;
        for old in numbers(self.vfs(), &folder)?.into_iter().filter(|old| *old <= sealed) {
            let file = segment_file(&folder, old);
            self.vfs().remove_file(&file).map_err(StoreError::io("remove", &file))?;
        }
        let versions = versions::groups(&reading(&self.index)).len();
        Ok(Compacted { before_bytes, after_bytes: self.ledger_bytes()?, versions })
    }

    /// Size of the history on disk, in bytes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn ledger_bytes(&self) -> Result<u64, StoreError> {
        let folder = self.ledger_folder();
        let size = |number| {
            self.vfs().metadata(&segment_file(&folder, number)).map_or(0, |metadata| metadata.length)
        };
        Ok(numbers(self.vfs(), &folder)?.into_iter().map(size).sum())
    }
}

/// What compaction kept, and all that was saved meanwhile.
fn joined(kept: Index, now: &Index, compacted: usize) -> Index {
    let mut index = kept;
    let followed_since = now.followed.saturating_sub(compacted);
    let length = index.records.len();
    for record in now.records.iter().skip(compacted) {
        index.push(record.clone());
    }
    if followed_since > 0 {
        index.followed = length + followed_since;
    }
    index
}
