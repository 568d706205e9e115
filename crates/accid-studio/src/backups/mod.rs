//! Use cases about off-site backups: where they go, making one, looking into one, restoring, thinning out, and the
//! drill that proves one can be restored. Must not know the format of a repository.

mod drill;
mod gather;
mod restore;
mod schedule;
mod settings;
mod views;

use std::{sync::Arc, time::Instant};

use accid_access::{Administer, Permit, Read};
use accid_backup::{BackupError, BackupPlace, Repository, Storage};
use accid_base::{ErrorCode, FieldError, Id, Problem, Progress};
use accid_transfer::{Access, Claim, Pin};
use serde_json::json;

pub(crate) use self::schedule::start;
use self::settings::{Keeper, Kept, Secrets};
pub use self::{
    restore::RestoreBackup,
    settings::{BackupKeep, BackupRun, BackupSchedule, DrillRun, SetBackup},
    views::{
        BackupItemView, BackupPlaceView, BackupRestoredView, BackupSnapshotView, BackupThinningView,
        BackupView,
    },
};
use crate::{AcceptPin, Inner, JobView, Role, explain};

/// Use cases about off-site backups.
pub struct Backups<'a>(pub(crate) &'a Arc<Inner>);

/// What a piece of work with a repository has at hand.
pub(crate) struct Opened {
    pub(crate) kept: Kept,
    pub(crate) storage: Arc<dyn Storage>,
    pub(crate) secrets: Secrets,
}

impl Opened {
    /// By what the lock of this ACCID at the place is known.
    fn claim(&self, inner: &Inner) -> Claim {
        let (token, by) = (self.kept.id.clone(), "a backup of another ACCID".to_owned());
        Claim { token, left: None, by, at: inner.clock.now() }
    }

    pub(crate) fn repository(&self) -> Result<Repository, Problem> {
        Repository::open(Arc::clone(&self.storage), &self.secrets.password).map_err(explain)
    }
}

fn nowhere() -> Problem {
    Problem::new(ErrorCode::BackupNotFound, "There is no place for backups yet.")
        .because("Nobody has said where they go.")
        .fix("Name one in the studio under Backup, or with: accid backup set --url file:///media/stick/backup.")
}

impl Inner {
    pub(crate) fn backup_keeper(&self) -> Keeper<'_> {
        Keeper(self)
    }

    /// The place for backups, with what opens it. Nothing is connected to yet.
    pub(crate) fn open_backup(&self) -> Result<Opened, Problem> {
        let keeper = self.backup_keeper();
        let kept = keeper.read()?.place.ok_or_else(nowhere)?;
        let secrets = keeper.secrets()?;
        let place = BackupPlace::parse(&kept.url).map_err(explain)?;
        let access = Access { login: secrets.login(), pin: kept.pin.clone() };
        let own = [self.store.root().to_path_buf()];
        let storage = place
            .storage(access, secrets.access_secret(), Arc::clone(&self.vfs), Arc::clone(&self.clock), &own)
            .map_err(explain)?;
        Ok(Opened { kept, storage, secrets })
    }

    /// Remembers by what the server is known from now on, when it was never seen before.
    fn trust_first_use(&self, pin: Option<Pin>) -> Result<(), Problem> {
        let Some(pin) = pin else { return Ok(()) };
        self.backup_keeper().change(|file| {
            if let Some(place) = &mut file.place {
                place.pin.get_or_insert(pin);
            }
        })
    }

    /// Makes a backup, and notes what came of it.
    pub(crate) fn back_up(&self, by: &str, progress: &dyn Progress) -> Result<BackupRun, Problem> {
        let (at, begun) = (self.clock.now(), Instant::now());
        let outcome = self.back_up_now(progress);
        let seconds = begun.elapsed().as_secs_f64();
        let mut run = BackupRun { at, by: by.to_owned(), seconds, ..BackupRun::default() };
        match &outcome {
            Ok(done) => {
                run.snapshot = done.snapshot.id.clone();
                (run.files, run.bytes) = (done.snapshot.files, done.snapshot.bytes);
                (run.added_bytes, run.new, run.changed) = (done.snapshot.added_bytes, done.new, done.changed);
                tracing::info!(
                    by,
                    files = run.files,
                    bytes = run.bytes,
                    added = run.added_bytes,
                    "backed_up"
                );
            }
            Err(problem) if problem.code == ErrorCode::Cancelled => {}
            Err(problem) => {
                run.problem = Some(problem.sentence());
                tracing::warn!(by, error = %problem, "not_backed_up");
            }
        }
        if !matches!(&outcome, Err(problem) if problem.code == ErrorCode::Cancelled) {
            self.backup_keeper().change(|file| {
                if run.problem.is_none() {
                    file.last_good = Some(run.clone());
                }
                file.last = Some(run.clone());
            })?;
        }
        outcome.map(|_| run)
    }

    fn back_up_now(&self, progress: &dyn Progress) -> Result<accid_backup::BackedUp, Problem> {
        let opened = self.open_backup()?;
        let claim = opened.claim(self);
        let _lock = opened.storage.lock(&claim).map_err(explain)?;
        self.trust_first_use(opened.storage.pin())?;
        let password = &opened.secrets.password;
        let repository = Repository::open_or_make(Arc::clone(&opened.storage), password).map_err(explain)?;
        let files = gather::files(self)?;
        repository.back_up(files, &self.vfs, progress).map_err(explain)
    }

    /// Thins the repository out by the rules of the place.
    pub(crate) fn thin_out_backups(&self, progress: &dyn Progress) -> Result<BackupThinningView, Problem> {
        let opened = self.open_backup()?;
        let claim = opened.claim(self);
        let _lock = opened.storage.lock(&claim).map_err(explain)?;
        let done = opened.repository()?.thin_out(opened.kept.keep.into(), self.clock.now(), progress);
        let view = BackupThinningView::of(done.map_err(explain)?);
        tracing::info!(gone = view.going, freed = view.freed_bytes, "backups_thinned_out");
        Ok(view)
    }
}

impl Backups<'_> {
    /// Where backups go, and how the last ones went.
    ///
    /// # Errors
    /// When the note about them cannot be read.
    pub fn get(&self, _: &Permit<Read>) -> Result<BackupView, Problem> {
        self.0.roles.require(Role::Vault)?;
        views::view(self.0)
    }

    /// Says where backups go, when, and how many are kept. Passwords that are not named stay, as long as the server is
    /// the same.
    ///
    /// # Errors
    /// When the address or a value is not acceptable, the password is missing, or the credentials are locked.
    pub fn set(&self, permit: &Permit<Administer>, request: &SetBackup) -> Result<BackupView, Problem> {
        self.0.roles.require(Role::Vault)?;
        self.0.backup_keeper().set(request)?;
        tracing::info!(by = permit.author(), "backup_place_set");
        views::view(self.0)
    }

    /// Forgets the place and its passwords; what was backed up stays there.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget(&self, permit: &Permit<Administer>) -> Result<(), Problem> {
        self.0.roles.require(Role::Vault)?;
        self.0.backup_keeper().forget()?;
        tracing::info!(by = permit.author(), "backup_place_forgotten");
        Ok(())
    }

    /// Knows the server by another host key from now on.
    ///
    /// # Errors
    /// When there is no place yet, or the fingerprint is none.
    pub fn accept_pin(&self, _: &Permit<Administer>, request: &AcceptPin) -> Result<BackupView, Problem> {
        let message = "is a fingerprint as it was shown, such as SHA256:…".to_owned();
        let pin = Pin::from_fingerprint(&request.fingerprint).ok_or_else(|| {
            let errors = vec![FieldError { pointer: "/fingerprint".to_owned(), message }];
            Problem::new(ErrorCode::InvalidValue, "Nothing was accepted.").with_errors(errors)
        })?;
        self.0.backup_keeper().read()?.place.ok_or_else(nowhere)?;
        self.0.backup_keeper().change(|file| {
            if let Some(place) = &mut file.place {
                place.pin = Some(pin);
            }
        })?;
        views::view(self.0)
    }

    fn place_id(&self) -> Result<Id, Problem> {
        self.0.roles.require(Role::Vault)?;
        Ok(self.0.backup_keeper().read()?.place.ok_or_else(nowhere)?.id)
    }

    /// Makes a backup now.
    ///
    /// # Errors
    /// When there is no place yet; what goes wrong later is told by the job.
    pub fn run(&self, permit: &Permit<Administer>) -> Result<JobView, Problem> {
        let (place, by) = (self.place_id()?, permit.author().to_owned());
        Ok(self.0.start_job("backup", place, move |inner, progress| Ok(json!(inner.back_up(&by, progress)?))))
    }

    /// The backups at the place, the newest first.
    ///
    /// # Errors
    /// When there is no place or no backup yet, or the place cannot be reached.
    pub fn snapshots(&self, _: &Permit<Read>) -> Result<Vec<BackupSnapshotView>, Problem> {
        self.0.roles.require(Role::Vault)?;
        let opened = self.0.open_backup()?;
        match opened.repository() {
            Ok(repository) => {
                Ok(repository.snapshots().map_err(explain)?.into_iter().map(Into::into).collect())
            }
            // One that was never backed up to has none.
            Err(problem) if problem.code == ErrorCode::BackupNotFound => Ok(Vec::new()),
            Err(problem) => Err(problem),
        }
    }

    /// What is directly in a folder of a backup.
    ///
    /// # Errors
    /// When there is no such backup or folder, or the place cannot be reached.
    pub fn look(
        &self,
        _: &Permit<Read>,
        snapshot: &str,
        folder: &str,
    ) -> Result<Vec<BackupItemView>, Problem> {
        self.0.roles.require(Role::Vault)?;
        let items = self.0.open_backup()?.repository()?.look(snapshot, folder).map_err(explain)?;
        Ok(items.into_iter().map(Into::into).collect())
    }

    /// Which backups would go by the rules; nothing is written.
    ///
    /// # Errors
    /// When there is no place or no backup yet, or the place cannot be reached.
    pub fn plan_thinning(&self, _: &Permit<Read>) -> Result<BackupThinningView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let opened = self.0.open_backup()?;
        let plan = opened.repository()?.plan_thinning(opened.kept.keep.into(), self.0.clock.now());
        Ok(BackupThinningView::of(plan.map_err(explain)?))
    }

    /// Removes the backups that the rules do not keep, and what only they need.
    ///
    /// # Errors
    /// When there is no place yet; what goes wrong later is told by the job.
    pub fn thin_out(&self, _: &Permit<Administer>) -> Result<JobView, Problem> {
        let place = self.place_id()?;
        Ok(self.0.start_job("backup-thinning", place, move |inner, progress| {
            Ok(json!(inner.thin_out_backups(progress)?))
        }))
    }

    /// Restores the newest backup into a folder of its own, compares every file, and takes the folder away again.
    ///
    /// # Errors
    /// When there is no place yet; what goes wrong later is told by the job.
    pub fn drill(&self, _: &Permit<Administer>) -> Result<JobView, Problem> {
        let place = self.place_id()?;
        Ok(self.0.start_job("restore-drill", place, move |inner, progress| {
            Ok(json!(inner.restore_drill(progress)?))
        }))
    }

    /// Restores a backup, or a part of it, into an empty folder or as a project.
    ///
    /// # Errors
    /// When the folder is not acceptable or there is no place yet; what goes wrong later is told by the job.
    pub fn restore(&self, permit: &Permit<Administer>, request: &RestoreBackup) -> Result<JobView, Problem> {
        let place = self.place_id()?;
        let wanted = restore::Wanted::of(self.0, request)?;
        let by = permit.author().to_owned();
        Ok(self.0.start_job("restore-backup", place, move |inner, progress| {
            Ok(json!(inner.restore_backup(&wanted, &by, progress)?))
        }))
    }
}

/// What stands where one snapshot was named wrongly.
pub(crate) fn missing(what: &str) -> Problem {
    explain(BackupError::NotInSnapshot(what.chars().take(200).collect()))
}
