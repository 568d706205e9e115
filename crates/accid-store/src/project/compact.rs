//! Thinning out the history: a new segment is written beside the old ones, then takes their place in one rename.
//! Saves go on meanwhile; they wait only for the rename.

use accid_base::vfs::TEMPORARY_ENDING;
use accid_model::Retention;

use super::{Project, locked, reading, writing};
use crate::{
    Compacted, StoreError, Thinning, disk,
    ledger::{Compaction, Contents, Index, Keep, Unreadable, build_compaction, numbers, segment_file},
    versions,
};

/// Puts what is kept together.
type Build<'a> = dyn Fn(&[Keep]) -> Result<Compaction, StoreError> + 'a;

const MEGABYTE: u64 = 1024 * 1024;

impl Project {
    /// Keeps what the retention says: the newest automatic versions, the last of each day, every named and marked one,
    /// and everything younger than a day; of these so many that the history is as small as it says.
    ///
    /// # Errors
    /// When the disk refuses, or when a version that is kept cannot be read; then nothing is thrown away.
    pub fn compact(&self, retention: &Retention) -> Result<Compacted, StoreError> {
        let now = self.shared.moments.now();
        let make = |index: &Index, build: &Build<'_>| Ok(self.thinned(index, (retention, now), build)?.0);
        self.rewrite_ledger(make, Unreadable::Refuse)
    }

    /// What thinning out would do now; nothing is written.
    ///
    /// # Errors
    /// When the disk refuses, or when a version that is kept cannot be read.
    pub fn plan_compaction(&self, retention: &Retention) -> Result<Thinning, StoreError> {
        let _compacting = locked(&self.compacting);
        let now = self.shared.moments.now();
        let before_bytes = self.ledger_bytes()?;
        let (index, marks) = (reading(&self.index).clone(), reading(&self.notes).marks.clone());
        let folder = self.ledger_folder();
        let build =
            |keep: &[Keep]| build_compaction(self.vfs(), &folder, &index, keep, (0, 0), Unreadable::Refuse);
        let (compaction, goes) = self.thinned(&index, (retention, now), &build)?;
        let groups = versions::groups(&index, &marks);
        let gone = goes.iter().filter_map(|place| groups.get(*place));
        let goes: Vec<_> = gone.map(|group| versions::version(&index, &marks, group)).collect();
        let after_bytes = if goes.is_empty() { before_bytes } else { compaction.bytes.len() as u64 };
        let kept = std::collections::HashMap::from([(0, compaction.bytes)]);
        let free = self.unused_originals(&compaction.index, &mut Contents::of(self.vfs(), &folder, kept))?;
        Ok(Thinning {
            before_bytes,
            after_bytes,
            versions: groups.len() - goes.len(),
            goes,
            originals: super::originals::sum(&free),
        })
    }

    /// Whether there is nothing to thin out, so that the ledger need not be written anew.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn is_thin(&self, retention: &Retention) -> Result<bool, StoreError> {
        let now = self.shared.moments.now();
        if retention.max_megabytes > 0 && self.ledger_bytes()? > u64::from(retention.max_megabytes) * MEGABYTE
        {
            return Ok(false);
        }
        let index = reading(&self.index);
        let plan = versions::plan(&index, &reading(&self.notes).marks, (retention, now), 0);
        Ok(plan.keep.len() == index.records.len())
    }

    /// The history as the rules want it, and the places of the versions that go.
    fn thinned(
        &self,
        index: &Index,
        rules: (&Retention, jiff::Timestamp),
        build: &Build<'_>,
    ) -> Result<(Compaction, Vec<usize>), StoreError> {
        let marks = reading(&self.notes).marks.clone();
        let limit = u64::from(rules.0.max_megabytes) * MEGABYTE;
        let make = |without: usize| {
            let plan = versions::plan(index, &marks, rules, without);
            Ok::<_, StoreError>((build(&plan.keep)?, plan))
        };
        let fits = |made: &(Compaction, versions::Plan)| limit == 0 || made.0.bytes.len() as u64 <= limit;
        let mut best = make(0)?;
        if !fits(&best) && best.1.spare > 0 {
            // The fewest that have to go, looked for by halves.
            let (mut too_few, mut enough) = (0, best.1.spare);
            best = make(enough)?;
            while enough - too_few > 1 {
                let middle = usize::midpoint(too_few, enough);
                let tried = make(middle)?;
                if fits(&tried) {
                    (enough, best) = (middle, tried);
                } else {
                    too_few = middle;
                }
            }
        }
        Ok((best.0, best.1.goes))
    }

    /// Writes what is kept into one new segment, which takes the place of all others.
    pub(super) fn rewrite_ledger(
        &self,
        make: impl FnOnce(&Index, &Build<'_>) -> Result<Compaction, StoreError>,
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
        let build =
            |keep: &[Keep]| build_compaction(self.vfs(), &folder, &old, keep, (number, sealed), unreadable);
        let compaction = make(&old, &build)?;
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
        let versions = versions::groups(&reading(&self.index), &reading(&self.notes).marks).len();
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
