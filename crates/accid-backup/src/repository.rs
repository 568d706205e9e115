//! A repository: opening it, making it, putting files in, and what is in it.

use std::{path::PathBuf, sync::Arc};

use accid_base::{Progress, Secret, Vfs};
use accid_transfer::Pin;
use jiff::Timestamp;
use rustic_core::{
    BackupOptions, ConfigOptions, Credentials, KeyOptions, OpenStatus, RepositoryBackends, RepositoryOptions,
    RusticError, RusticResult, SnapshotOptions,
    repofile::{MasterKey, SnapshotFile},
};

use crate::{
    BackupError, SourceFile, Storage,
    backend::{Backend, Course},
    progress::{Bars, watched},
    source::{ROOT, Source},
};

/// Tag of the snapshots ACCID makes; only those are listed and thinned out.
const TAG: &str = "accid";

/// One backup in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Its id: 64 hexadecimal digits; the first eight are enough to name it.
    pub id: String,
    /// When it was made.
    pub at: Timestamp,
    /// The machine it was made on.
    pub host: String,
    /// Files in it.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// What it added to the repository, in bytes.
    pub added_bytes: u64,
}

/// What came of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// The backup.
    pub snapshot: Snapshot,
    /// Files that were not in the one before.
    pub new: u64,
    /// Files that had changed since the one before.
    pub changed: u64,
    /// Files that were as in the one before, and not read again.
    pub unchanged: u64,
}

pub(crate) type Opened = rustic_core::Repository<OpenStatus>;

/// An open repository.
pub struct Repository {
    backends: RepositoryBackends,
    /// Opens it again, without the work that a password costs.
    key: MasterKey,
    storage: Arc<dyn Storage>,
    pub(crate) course: Arc<Course>,
    pub(crate) bars: Bars,
    pub(crate) place: String,
}

/// What to do where there is no repository yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    Make,
    Refuse,
}

impl Repository {
    /// Opens a repository.
    ///
    /// # Errors
    /// [`BackupError::Empty`] when there is none, [`BackupError::WrongPassword`] when it does not open.
    pub fn open(storage: Arc<dyn Storage>, password: &Secret<String>) -> Result<Self, BackupError> {
        Self::enter(storage, password, Missing::Refuse)
    }

    /// Opens a repository, or makes it.
    ///
    /// # Errors
    /// As [`Repository::open`], or when the place refuses.
    pub fn open_or_make(storage: Arc<dyn Storage>, password: &Secret<String>) -> Result<Self, BackupError> {
        Self::enter(storage, password, Missing::Make)
    }

    fn enter(
        storage: Arc<dyn Storage>,
        password: &Secret<String>,
        missing: Missing,
    ) -> Result<Self, BackupError> {
        let (course, bars, place) = (Arc::<Course>::default(), Bars::default(), storage.place());
        let backend = Backend { storage: Arc::clone(&storage), course: Arc::clone(&course) };
        let backends = RepositoryBackends::new(Arc::new(backend), None);
        let told = |error: Box<RusticError>| explain(&course, &place, &error);
        let closed = closed(&backends, &bars).map_err(told)?;
        let credentials = Credentials::password(password.reveal());
        let inner = match (closed.config_id().map_err(told)?, missing) {
            (Some(_), _) => closed.open(&credentials).map_err(told)?,
            (None, Missing::Refuse) => return Err(BackupError::Empty { place }),
            (None, Missing::Make) => {
                backends.repository().create().map_err(told)?;
                closed.init(&credentials, &KeyOptions::default(), &ConfigOptions::default()).map_err(told)?
            }
        };
        Ok(Self { key: inner.key(), backends, storage, course, bars, place })
    }

    /// Opens it for one piece of work.
    pub(crate) fn again(&self) -> RusticResult<Opened> {
        closed(&self.backends, &self.bars)?.open(&Credentials::Masterkey(self.key.clone()))
    }

    /// By what the server of the place is known again, once it was spoken with.
    pub fn pin(&self) -> Option<Pin> {
        self.storage.pin()
    }

    pub(crate) fn told(&self, error: &RusticError) -> BackupError {
        explain(&self.course, &self.place, error)
    }

    /// Puts files in as one snapshot. What the repository has already is not stored again.
    ///
    /// # Errors
    /// When a file cannot be read, the place refuses, or the watcher stops it: then there is no new snapshot, and what
    /// was stored already is used by the next try.
    pub fn back_up(
        &self,
        files: Vec<SourceFile>,
        vfs: &Arc<dyn Vfs>,
        progress: &dyn Progress,
    ) -> Result<BackedUp, BackupError> {
        drop(self.course.take());
        let source = Source::new(files, vfs, &self.course);
        let work = || {
            let repository = self.again()?.to_indexed_ids()?;
            let snapshot = SnapshotOptions::default().add_tags(TAG)?.to_snapshot()?;
            let options = BackupOptions::default();
            repository.archive(&options, &source, snapshot, &[PathBuf::from(ROOT)])
        };
        let stored = watched((&self.bars.0, &self.course), (progress, "Backing up"), work)?;
        let stored = stored.map_err(|error| self.told(&error))?;
        if let Some(failure) = self.course.take() {
            return Err(failure);
        }
        let told = stored.summary.as_ref();
        let count = |of: fn(&rustic_core::repofile::SnapshotSummary) -> u64| told.map_or(0, of);
        Ok(BackedUp {
            new: count(|summary| summary.files_new),
            changed: count(|summary| summary.files_changed),
            unchanged: count(|summary| summary.files_unmodified),
            snapshot: view(&stored),
        })
    }

    /// The snapshots ACCID made here, the newest first.
    ///
    /// # Errors
    /// When the place cannot be reached.
    pub fn snapshots(&self) -> Result<Vec<Snapshot>, BackupError> {
        Ok(self.own_snapshots()?.iter().map(view).collect())
    }

    pub(crate) fn own_snapshots(&self) -> Result<Vec<SnapshotFile>, BackupError> {
        drop(self.course.take());
        let opened = self.again().map_err(|error| self.told(&error))?;
        let all = opened.get_all_snapshots().map_err(|error| self.told(&error))?;
        let mut own: Vec<_> = all.into_iter().filter(|snapshot| snapshot.tags.contains(TAG)).collect();
        own.sort_by(|left, right| right.time.cmp(&left.time));
        Ok(own)
    }

    /// The snapshot of that id, or of which it is the beginning; the newest for `latest`.
    pub(crate) fn find(&self, id: &str) -> Result<SnapshotFile, BackupError> {
        let id = id.trim().to_ascii_lowercase();
        let mut own = self.own_snapshots()?.into_iter();
        let found = match id.as_str() {
            "latest" => own.next(),
            id if id.len() < 4 => None,
            id => own.find(|snapshot| name_of(snapshot).starts_with(id)),
        };
        found.ok_or(BackupError::SnapshotNotFound(id.chars().take(64).collect()))
    }
}

fn closed(backends: &RepositoryBackends, bars: &Bars) -> RusticResult<rustic_core::Repository<()>> {
    let options = RepositoryOptions::default().no_cache(true);
    rustic_core::Repository::new_with_progress(&options, backends, bars.clone())
}

pub(crate) fn name_of(snapshot: &SnapshotFile) -> String {
    snapshot.id.to_hex().as_str().to_owned()
}

pub(crate) fn view(snapshot: &SnapshotFile) -> Snapshot {
    let summary = snapshot.summary.as_ref();
    Snapshot {
        id: name_of(snapshot),
        at: snapshot.time.timestamp(),
        host: snapshot.hostname.clone(),
        files: summary.map_or(0, |summary| summary.total_files_processed),
        bytes: summary.map_or(0, |summary| summary.total_bytes_processed),
        added_bytes: summary.map_or(0, |summary| summary.data_added_packed),
    }
}

/// What the library says, in our own words; what went wrong underneath says more than it does.
fn explain(course: &Course, place: &str, error: &RusticError) -> BackupError {
    if let Some(failure) = course.take() {
        return failure;
    }
    let place = place.to_owned();
    if error.is_incorrect_password() {
        return BackupError::WrongPassword { place };
    }
    tracing::debug!(error = %error.display_log(), "repository_error");
    BackupError::Damaged { place, reason: error.display_log().chars().take(300).collect() }
}
