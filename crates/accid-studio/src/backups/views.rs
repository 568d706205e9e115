//! What is answered about backups: shapes for people and programs, without secrets.

use accid_backup::{BackupPlace, BackupPlaceKind, Item, Snapshot, ThinningPlan};
use accid_base::Problem;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::settings::{BackupKeep, BackupRun, BackupSchedule, DrillRun, Kept};
use crate::Inner;

/// Where backups go, and how the last ones went.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BackupView {
    /// The place; missing until somebody named one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<BackupPlaceView>,
    /// The last backup, however it went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<BackupRun>,
    /// The last one that is whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_good: Option<BackupRun>,
    /// The last restore drill, however it went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_drill: Option<DrillRun>,
    /// The last time a backup was proved restorable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_good_drill: Option<DrillRun>,
    /// When the next backup is due by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
}

/// The place for backups.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BackupPlaceView {
    /// Its address.
    pub url: String,
    /// `folder`, `sftp` or `object-storage`; `unknown` for an address of a newer ACCID.
    pub kind: String,
    /// Whether the password of the backups is kept.
    pub has_password: bool,
    /// How to sign in to its server: `password`, `key` or `agent`; missing when nothing is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// Fingerprint of the host key by which its server is known again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// When a backup is made by itself.
    pub schedule: BackupSchedule,
    /// When a restore is tried by itself.
    pub drill: BackupSchedule,
    /// How many are kept.
    pub keep: BackupKeep,
}

/// One backup.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BackupSnapshotView {
    /// Names it; the first eight digits are enough.
    pub id: String,
    /// When it was made.
    pub at: Timestamp,
    /// The machine it was made on.
    pub host: String,
    /// Files in it.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// What it added at the place, in bytes.
    pub added_bytes: u64,
}

impl From<Snapshot> for BackupSnapshotView {
    fn from(snapshot: Snapshot) -> Self {
        let Snapshot { id, at, host, files, bytes, added_bytes } = snapshot;
        Self { id, at, host, files, bytes, added_bytes }
    }
}

/// A file or folder in a backup.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BackupItemView {
    /// Its path, such as `projects/travel/pages`.
    pub path: String,
    /// Whether it is a folder.
    pub folder: bool,
    /// Its size in bytes; 0 for a folder.
    pub bytes: u64,
}

impl From<Item> for BackupItemView {
    fn from(item: Item) -> Self {
        Self { path: item.path, folder: item.folder, bytes: item.bytes }
    }
}

/// What thinning out backups does.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BackupThinningView {
    /// How many go.
    pub going: usize,
    /// How many stay.
    pub staying: usize,
    /// Those that go, the newest first.
    pub goes: Vec<BackupSnapshotView>,
    /// What is not needed any more then, in bytes; it is marked, and removed by a later run, a day after at the
    /// earliest.
    pub unused_bytes: u64,
    /// What an earlier run had marked and is removed now, in bytes.
    pub freed_bytes: u64,
}

impl BackupThinningView {
    pub(crate) fn of(plan: ThinningPlan) -> Self {
        Self {
            going: plan.goes.len(),
            staying: plan.stays,
            goes: plan.goes.into_iter().map(Into::into).collect(),
            unused_bytes: plan.unused_bytes,
            freed_bytes: plan.freed_bytes,
        }
    }
}

/// What was restored.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BackupRestoredView {
    /// Files that were restored.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// The folder, when it was restored into one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// The project, when it was restored as one: its slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Whether the project came without its history, since one of its identity is here already.
    pub copy: bool,
}

pub(crate) fn view(inner: &Inner) -> Result<BackupView, Problem> {
    let keeper = inner.backup_keeper();
    let file = keeper.read()?;
    let (has_password, login) = keeper.known()?;
    let due_at = file.place.as_ref().and_then(|place| {
        let pause = SignedDuration::from_secs(place.schedule.seconds()?);
        let last = file.last_good.as_ref().map(|run| run.at);
        Some(last.map_or_else(|| inner.clock.now(), |last| last.checked_add(pause).unwrap_or(last)))
    });
    let place = file.place.map(|place| place_view(place, has_password, login));
    let (last, last_good) = (file.last, file.last_good);
    Ok(BackupView {
        place,
        last,
        last_good,
        last_drill: file.last_drill,
        last_good_drill: file.last_good_drill,
        due_at,
    })
}

fn place_view(place: Kept, has_password: bool, login: Option<String>) -> BackupPlaceView {
    let kind = match BackupPlace::parse(&place.url).map(|place| place.kind()) {
        Ok(BackupPlaceKind::Folder) => "folder",
        Ok(BackupPlaceKind::Sftp) => "sftp",
        Ok(BackupPlaceKind::ObjectStorage) => "object-storage",
        Err(_) => "unknown",
    };
    BackupPlaceView {
        kind: kind.to_owned(),
        has_password,
        login,
        fingerprint: place.pin.map(|pin| pin.to_string()),
        url: place.url,
        schedule: place.schedule,
        drill: place.drill,
        keep: place.keep,
    }
}
