//! The restore drill: the newest backup is restored aside, every file is compared with what was put in, and the projects
//! are looked at as a studio would. Then it is taken away again.

use std::time::Instant;

use accid_base::{ErrorCode, Problem, Progress};

use super::settings::DrillRun;
use crate::{Inner, explain, incoming::Incoming};

impl Inner {
    /// Proves that the newest backup can be restored, and notes when it did.
    pub(crate) fn restore_drill(&self, progress: &dyn Progress) -> Result<DrillRun, Problem> {
        let (at, begun) = (self.clock.now(), Instant::now());
        let outcome = self.drill_now(progress);
        if matches!(&outcome, Err(problem) if problem.code == ErrorCode::Cancelled) {
            return outcome;
        }
        let mut run = match &outcome {
            Ok(run) => run.clone(),
            Err(problem) => DrillRun { problem: Some(problem.sentence()), ..DrillRun::default() },
        };
        (run.at, run.seconds) = (at, begun.elapsed().as_secs_f64());
        match &run.problem {
            None => tracing::info!(files = run.files, bytes = run.bytes, "restore_drill_passed"),
            Some(problem) => tracing::warn!(problem, "restore_drill_failed"),
        }
        self.backup_keeper().change(|file| {
            if run.problem.is_none() {
                file.last_good_drill = Some(run.clone());
            }
            file.last_drill = Some(run.clone());
        })?;
        outcome.map(|_| run)
    }

    fn drill_now(&self, progress: &dyn Progress) -> Result<DrillRun, Problem> {
        let repository = self.open_backup()?.repository()?;
        let newest = repository.snapshots().map_err(explain)?.into_iter().next();
        let newest = newest.ok_or_else(|| {
            Problem::new(ErrorCode::BackupNotFound, "There is no backup to try yet.")
                .because("None was made at this place.")
                .fix("Make a backup first.")
        })?;
        let aside = Incoming::new(self);
        let restored =
            repository.restore((&newest.id, ""), aside.root(), &self.vfs, progress).map_err(explain)?;
        restored.compare(&*self.vfs, aside.root(), progress).map_err(explain)?;
        let store = aside.store()?;
        let mut projects = 0;
        for entry in store.projects() {
            let project = store.project(&entry.folder).map_err(explain)?;
            self.vault.blotter(&project).map_err(explain)?;
            projects += 1;
        }
        store.close().map_err(explain)?;
        let files = restored.files.len() as u64;
        Ok(DrillRun { snapshot: newest.id, files, bytes: restored.bytes, projects, ..DrillRun::default() })
    }
}
