//! Thinning out a repository: which snapshots stay, what goes with the others, and the room that comes free.
//!
//! **Invariant:** nothing is removed in the run that finds it unused: what is marked goes a day later at the earliest,
//! so that a backup which another machine makes meanwhile never loses what it counts on.

use accid_base::Progress;
use jiff::{Timestamp, tz::TimeZone};
use rustic_core::{KeepOptions, PruneOptions};

use crate::{BackupError, Repository, Snapshot, progress::watched, repository::view};

/// How many snapshots stay. The newest always does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// The last one of each of so many days.
    pub daily: u32,
    /// The last one of each of so many weeks.
    pub weekly: u32,
    /// The last one of each of so many months.
    pub monthly: u32,
}

/// What thinning out would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThinningPlan {
    /// Snapshots that go, the newest first.
    pub goes: Vec<Snapshot>,
    /// How many stay.
    pub stays: usize,
    /// What is not needed any more then, in bytes.
    pub unused_bytes: u64,
    /// What was marked by an earlier run and is removed now, in bytes.
    pub freed_bytes: u64,
}

/// What thinning out did.
pub type Thinned = ThinningPlan;

impl Repository {
    /// What thinning out would do; nothing is written.
    ///
    /// # Errors
    /// When the place cannot be reached or the repository is damaged.
    pub fn plan_thinning(&self, keep: Keep, now: Timestamp) -> Result<ThinningPlan, BackupError> {
        let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        let rules = KeepOptions::default()
            .keep_last(1)
            .keep_daily(count(keep.daily))
            .keep_weekly(count(keep.weekly))
            .keep_monthly(count(keep.monthly));
        let told = |error: Box<rustic_core::RusticError>| self.told(&error);
        let judged = rules.apply(self.own_snapshots()?, &now.to_zoned(TimeZone::system())).map_err(told)?;
        let (stay, go): (Vec<_>, Vec<_>) = judged.into_iter().partition(|snapshot| snapshot.keep);
        let mut options = PruneOptions::default();
        options.ignore_snaps = go.iter().map(|going| going.snapshot.id).collect();
        let sizes = self.again().and_then(|opened| opened.prune_plan(&options)).map_err(told)?.stats;
        let sum = sizes.size_sum();
        Ok(ThinningPlan {
            goes: go.iter().map(|going| view(&going.snapshot)).collect(),
            stays: stay.len(),
            unused_bytes: sum.remove + sum.repackrm,
            freed_bytes: sizes.size_to_delete.remove,
        })
    }

    /// Thins the repository out.
    ///
    /// # Errors
    /// When the place refuses or the watcher stops it; every snapshot that is still listed is whole.
    pub fn thin_out(
        &self,
        keep: Keep,
        now: Timestamp,
        progress: &dyn Progress,
    ) -> Result<Thinned, BackupError> {
        let plan = self.plan_thinning(keep, now)?;
        let work = || {
            let mut ids = Vec::new();
            for going in &plan.goes {
                ids.push(going.id.parse::<rustic_core::Id>()?.into());
            }
            let opened = self.again()?;
            opened.delete_snapshots(&ids)?;
            let options = PruneOptions::default();
            let prune = opened.prune_plan(&options)?;
            opened.prune(&options, prune)
        };
        let done = watched((&self.bars.0, &self.course), (progress, "Thinning out"), work)?;
        done.map_err(|error| self.told(&error))?;
        match self.course.take() {
            Some(failure) => Err(failure),
            None => Ok(plan),
        }
    }
}
