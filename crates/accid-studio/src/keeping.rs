//! Use cases about keeping versions: marks, retention, the space they take, and the way out to git.

use std::path::PathBuf;

use accid_access::{Administer, Permit, Read, Write};
use accid_base::{ErrorCode, FieldError, Id, Problem};
use accid_model::Retention;
use accid_store::{Project, Thinning, VersionKind, VersionMark};
use serde_json::json;

use crate::{
    FreedView, GitExportView, History, HistorySpaceView, Inner, JobView, MarkVersion, MarkedMoment,
    RetentionView, Role, ThinningView, TimelineView, VersionView, explain, history::view,
};

/// So many of the versions that would go are told one by one.
const TOLD: usize = 50;

/// Says what is wrong with rules, if anything; the pointers begin with `at`.
pub(crate) fn complaints(rules: &Retention, at: &str) -> Vec<FieldError> {
    let checks = [
        ("automatic", (1..=10_000).contains(&rules.automatic), "keep 1 to 10,000 automatic versions"),
        ("daily_days", rules.daily_days <= 36_500, "keep daily versions for at most 36,500 days"),
        ("max_days", rules.max_days <= 36_500, "an age is at most 36,500 days; 0 for none"),
        ("max_megabytes", rules.max_megabytes <= 1_000_000, "a size is at most 1,000,000 MB; 0 for none"),
    ];
    let wrong = checks.into_iter().filter(|(_, right, _)| !right);
    wrong
        .map(|(name, _, message)| FieldError { pointer: format!("{at}/{name}"), message: message.to_owned() })
        .collect()
}

fn check(rules: &Retention) -> Result<(), Problem> {
    let errors = complaints(rules, "");
    if errors.is_empty() {
        return Ok(());
    }
    Err(Problem::new(ErrorCode::InvalidValue, "The rules were not taken.")
        .because("One or more values are not acceptable.")
        .fix("Mend the named values and send them again.")
        .with_errors(errors))
}

impl Inner {
    /// The rules by which versions of a project are kept.
    pub(crate) fn retention_of(&self, project: &Project) -> Retention {
        project.retention().unwrap_or_else(|| self.store.read_settings().0.retention)
    }

    /// Removes the originals of a project that nothing uses any more; those of a replica belong to its origin.
    pub(crate) fn free_originals(&self, project: &Project) -> Result<FreedView, Problem> {
        if project.replica().is_some() {
            return Ok(FreedView::default());
        }
        let freed = project.remove_unused_originals().map_err(explain)?;
        if freed.files > 0 {
            tracing::info!(project_id = %project.id(), files = freed.files, bytes = freed.bytes, "originals_freed");
        }
        Ok(freed.into())
    }

    /// A folder of this machine to write into, named in full and not in ACCID's own data.
    ///
    /// # Errors
    /// When it is not.
    pub(crate) fn foreign_folder(&self, folder: &str, what: &str) -> Result<PathBuf, Problem> {
        let out = PathBuf::from(folder);
        let upwards = out.components().any(|part| part == std::path::Component::ParentDir);
        if !out.is_absolute() || upwards || out.parent().is_none() {
            return Err(Problem::new(ErrorCode::InvalidPath, what)
                .because(format!("\"{}\" does not name a folder in full.", out.display()))
                .fix("Name it from the root, such as /home/ada/site, without \"..\"."));
        }
        let refused = |error: std::io::Error| {
            Problem::new(ErrorCode::InvalidPath, what)
                .because(format!("The system says: {error}."))
                .fix("Choose another folder.")
        };
        let real = self.vfs.resolve(&out).map_err(refused)?;
        let own = self.vfs.resolve(self.store.root()).map_err(refused)?;
        if real.starts_with(&own) || own.starts_with(&real) {
            return Err(Problem::new(ErrorCode::InvalidPath, what)
                .because("The folder lies in ACCID's own data, or around it.")
                .fix("Choose a folder elsewhere."));
        }
        let of_project = |opened: &accid_store::OpenedFolder| {
            real.starts_with(&opened.path) || opened.path.starts_with(&real)
        };
        if self.store.elsewhere().iter().any(of_project) {
            return Err(Problem::new(ErrorCode::InvalidPath, what)
                .because("The folder lies in that of a project, or around it.")
                .fix("Choose a folder elsewhere."));
        }
        Ok(real)
    }
}

fn thinning(found: Thinning) -> ThinningView {
    ThinningView {
        before_bytes: found.before_bytes,
        after_bytes: found.after_bytes,
        versions: found.versions,
        going: found.goes.len(),
        goes: found.goes.into_iter().take(TOLD).map(view).collect(),
        originals: found.originals.into(),
    }
}

impl History<'_> {
    /// When each version was made, with those that people marked.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn timeline(&self, _: &Permit<Read>, project: &str) -> Result<TimelineView, Problem> {
        let moments = self.0.project(project)?.moments();
        let mark = |(place, moment): (usize, &accid_store::Moment)| {
            let told = moment.pinned || moment.kind == VersionKind::Named;
            told.then(|| MarkedMoment { place, name: moment.name.clone(), pinned: moment.pinned })
        };
        Ok(TimelineView {
            marked: moments.iter().enumerate().filter_map(mark).collect(),
            moments: moments.iter().map(|moment| moment.at.as_second()).collect(),
        })
    }

    /// Names, pins or annotates a version; what is not named stays. A marked version is never thinned out.
    ///
    /// # Errors
    /// When the project or version is missing or the disk refuses.
    pub fn mark(
        &self,
        _: &Permit<Write>,
        project: &str,
        version: &str,
        request: &MarkVersion,
    ) -> Result<VersionView, Problem> {
        let project = self.0.project(project)?;
        let version: Id = version.parse().map_err(explain)?;
        project.version(&version).map_err(explain)?;
        let before = project.mark(&version);
        let mark = VersionMark {
            name: request.name.clone().or(before.name),
            note: request.note.clone().unwrap_or(before.note),
            pinned: request.pinned.unwrap_or(before.pinned),
        };
        project.set_mark(&version, mark).map_err(explain)?;
        tracing::info!(project_id = %project.id(), version_id = %version, "version_marked");
        Ok(view(project.version(&version).map_err(explain)?))
    }

    /// How many versions of a project are kept.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn retention(&self, _: &Permit<Read>, project: &str) -> Result<RetentionView, Problem> {
        let project = self.0.project(project)?;
        let settings = self.0.store.read_settings().0.retention;
        let own = project.retention();
        Ok(RetentionView { rules: own.unwrap_or(settings), own: own.is_some(), settings })
    }

    /// Says how many versions of a project are kept; nothing for as the settings say.
    ///
    /// # Errors
    /// When the project is missing, a value is not acceptable, or the disk refuses.
    pub fn set_retention(
        &self,
        permit: &Permit<Administer>,
        project: &str,
        rules: Option<Retention>,
    ) -> Result<RetentionView, Problem> {
        rules.as_ref().map_or(Ok(()), check)?;
        let read = accid_access::Caller::System.permit::<Read>().map_err(explain)?;
        let found = self.0.project(project)?;
        found.set_retention(rules).map_err(explain)?;
        tracing::info!(project_id = %found.id(), by = permit.author(), "retention_set");
        self.retention(&read, project)
    }

    /// What rules would do to a project's history now; nothing is written.
    ///
    /// # Errors
    /// When the project is missing, a value is not acceptable, or a kept version cannot be read.
    pub fn preview_retention(
        &self,
        _: &Permit<Read>,
        project: &str,
        rules: &Retention,
    ) -> Result<ThinningView, Problem> {
        check(rules)?;
        Ok(thinning(self.0.project(project)?.plan_compaction(rules).map_err(explain)?))
    }

    /// Thins out a project's history now, by the rules in force, and removes the originals that nothing uses any more.
    /// What goes is gone for good.
    ///
    /// # Errors
    /// When the project is missing, a kept version cannot be read, or the disk refuses: then nothing is thrown away.
    pub fn thin_out(&self, permit: &Permit<Administer>, project: &str) -> Result<ThinningView, Problem> {
        let project = self.0.project(project)?;
        let rules = self.0.retention_of(&project);
        let planned = project.plan_compaction(&rules).map_err(explain)?;
        let done = project.compact(&rules).map_err(explain)?;
        let freed = self.0.free_originals(&project)?;
        tracing::info!(project_id = %project.id(), by = permit.author(), before = done.before_bytes, after = done.after_bytes, "ledger_compacted");
        let told = thinning(planned);
        Ok(ThinningView {
            before_bytes: done.before_bytes,
            after_bytes: done.after_bytes,
            versions: done.versions,
            originals: freed,
            ..told
        })
    }

    /// The space that a project's history takes.
    ///
    /// # Errors
    /// When the project is missing or a version cannot be read.
    pub fn space(&self, _: &Permit<Read>, project: &str) -> Result<HistorySpaceView, Problem> {
        let project = self.0.project(project)?;
        let planned = project.plan_compaction(&self.0.retention_of(&project)).map_err(explain)?;
        let moments = project.moments();
        Ok(HistorySpaceView {
            versions: moments.len(),
            bytes: planned.before_bytes,
            collections: project.history_bytes(),
            to_free: planned.before_bytes.saturating_sub(planned.after_bytes),
            originals_to_free: planned.originals.into(),
            oldest: moments.last().map(|moment| moment.at),
        })
    }

    /// Writes a project's history as a git repository into a folder of this machine, which must be empty or hold an
    /// earlier one.
    ///
    /// # Errors
    /// When the project is missing or the folder is not acceptable; what goes wrong later is told by the job.
    pub fn export_git(
        &self,
        _: &Permit<Administer>,
        project: &str,
        folder: &str,
    ) -> Result<JobView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let folder = self.0.foreign_folder(folder, "Nothing was written.")?;
        let project = self.0.project(project)?;
        Ok(self.0.start_job("git-export", project.id(), move |inner, progress| {
            let done = inner.vault.export_git(&project, &folder, progress).map_err(explain)?;
            tracing::info!(project_id = %project.id(), commits = done.commits, "history_exported");
            let view = GitExportView {
                path: folder.display().to_string(),
                commits: done.commits,
                files: done.files,
                bytes: done.bytes,
                head: done.head,
            };
            Ok(json!(view))
        }))
    }
}
