//! What is kept about backups: `backup.json` in the data root says where they go and how they went; the passwords are
//! sealed by the credentials.

use std::path::PathBuf;

use accid_backup::{BackupPlace, Keep};
use accid_base::{ErrorCode, FieldError, Id, Problem, Secret, vfs::write_durable};
use accid_transfer::{Login, Pin};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Inner, SetLogin, explain, publishing::login_of};

/// Name of the sealed file.
const SECRET: &str = "backup";
/// The shortest password of a backup that is chosen here, in characters.
const SHORTEST: usize = 8;

/// When something is done by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BackupSchedule {
    /// Only when somebody asks.
    #[default]
    Never,
    /// Once an hour.
    Hourly,
    /// Once a day.
    Daily,
    /// Once a week.
    Weekly,
    /// Once in thirty days.
    Monthly,
}

impl BackupSchedule {
    /// The time between two, in seconds.
    pub(crate) const fn seconds(self) -> Option<i64> {
        match self {
            Self::Never => None,
            Self::Hourly => Some(60 * 60),
            Self::Daily => Some(24 * 60 * 60),
            Self::Weekly => Some(7 * 24 * 60 * 60),
            Self::Monthly => Some(30 * 24 * 60 * 60),
        }
    }
}

/// How many backups are kept; the newest always is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BackupKeep {
    /// The last one of each of so many days.
    pub daily: u32,
    /// The last one of each of so many weeks.
    pub weekly: u32,
    /// The last one of each of so many months.
    pub monthly: u32,
}

impl Default for BackupKeep {
    fn default() -> Self {
        Self { daily: 14, weekly: 8, monthly: 12 }
    }
}

impl From<BackupKeep> for Keep {
    fn from(keep: BackupKeep) -> Self {
        Self { daily: keep.daily, weekly: keep.weekly, monthly: keep.monthly }
    }
}

/// Where backups go, when, and how many are kept.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SetBackup {
    /// `file:///absolute/folder`, `sftp://user@host:port/folder` or `s3://ACCESS-KEY@host/bucket/folder?region=name`.
    pub url: String,
    /// What backups are encrypted with; without it nobody can open them, and it cannot be looked up. When missing, the
    /// one that is known stays.
    pub password: Option<String>,
    /// How to sign in to the server; `password` is the secret access key of object storage. When missing, what is known
    /// stays, unless the server is another one.
    pub login: Option<SetLogin>,
    /// When a backup is made by itself.
    pub schedule: BackupSchedule,
    /// When a restore is tried by itself.
    pub drill: BackupSchedule,
    /// How many are kept.
    pub keep: BackupKeep,
}

impl std::fmt::Debug for SetBackup {
    /// Nothing in it may be seen.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SetBackup(…)")
    }
}

/// How a backup went.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BackupRun {
    /// When it began.
    pub at: Timestamp,
    /// Who asked for it; `accid` when it was time.
    pub by: String,
    /// The backup; empty when there is none.
    pub snapshot: String,
    /// Files in it.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// What was sent to the place, in bytes.
    pub added_bytes: u64,
    /// Files that were not in the backup before.
    pub new: u64,
    /// Files that had changed since the backup before.
    pub changed: u64,
    /// How long it took.
    pub seconds: f64,
    /// Why there is no backup, for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// How a restore drill went.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DrillRun {
    /// When it began.
    pub at: Timestamp,
    /// The backup that was restored.
    pub snapshot: String,
    /// Files that were restored and compared.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// Projects that opened as they should.
    pub projects: u64,
    /// How long it took.
    pub seconds: f64,
    /// Why the backup cannot be restored, for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// The place as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) id: Id,
    pub(crate) url: String,
    #[serde(default)]
    pub(crate) schedule: BackupSchedule,
    #[serde(default)]
    pub(crate) drill: BackupSchedule,
    #[serde(default)]
    pub(crate) keep: BackupKeep,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pin: Option<Pin>,
}

/// `backup.json`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct BackupFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Kept>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last: Option<BackupRun>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_good: Option<BackupRun>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_drill: Option<DrillRun>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_good_drill: Option<DrillRun>,
}

/// What opens the place.
pub(crate) struct Secrets {
    pub(crate) password: Secret<String>,
    login: Value,
}

impl Secrets {
    fn text(&self, field: &str) -> Option<Secret<String>> {
        self.login.get(field).and_then(Value::as_str).map(|text| Secret::new(text.to_owned()))
    }

    /// How to sign in over SFTP.
    pub(crate) fn login(&self) -> Option<Login> {
        match (self.text("password"), self.text("key")) {
            (Some(password), _) => Some(Login::Password(password)),
            (None, Some(key)) => Some(Login::Key { key, passphrase: self.text("passphrase") }),
            (None, None) => (self.login["agent"] == true).then_some(Login::Agent),
        }
    }

    /// The secret access key of object storage.
    pub(crate) fn access_secret(&self) -> Option<Secret<String>> {
        self.text("password")
    }
}

fn plain(login: &Login) -> Value {
    match login {
        Login::Password(password) => json!({ "password": password.reveal() }),
        Login::Key { key, passphrase } => {
            json!({ "key": key.reveal(), "passphrase": passphrase.as_ref().map(Secret::reveal) })
        }
        Login::Agent => json!({ "agent": true }),
    }
}

/// Reads and writes what is kept.
pub(crate) struct Keeper<'a>(pub(crate) &'a Inner);

impl Keeper<'_> {
    fn file(&self) -> PathBuf {
        self.0.store.root().join("backup.json")
    }

    pub(crate) fn read(&self) -> Result<BackupFile, Problem> {
        let damaged = |reason: String| {
            Problem::new(ErrorCode::Storage, "The note about backups cannot be read.")
                .because(format!("backup.json in the data folder: {reason}."))
                .fix("Mend or remove that file, then set the place for backups again; the backups are safe.")
        };
        match self.0.vfs.read(&self.file()) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BackupFile::default()),
            Err(error) => Err(damaged(error.to_string())),
        }
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut BackupFile)) -> Result<(), Problem> {
        let _writing = accid_base::locked(&self.0.backup_notes);
        let mut file = self.read()?;
        change(&mut file);
        let text = serde_json::to_vec_pretty(&file).unwrap_or_default();
        write_durable(&*self.0.vfs, &self.file(), &text).map_err(|error| {
            Problem::new(ErrorCode::Storage, "The note about backups was not written.")
                .because(format!("The system says: {error}."))
                .fix("Look at the data folder's rights and the free space.")
        })
    }

    /// How signing in is known to work, without opening anything: `password`, `key` or `agent`.
    pub(crate) fn known(&self) -> Result<(bool, Option<String>), Problem> {
        let about = self.0.vault.about_secret(SECRET).map_err(explain)?;
        let login = about.as_ref().and_then(|about| about["login"].as_str()).map(str::to_owned);
        Ok((about.is_some(), login))
    }

    pub(crate) fn secrets(&self) -> Result<Secrets, Problem> {
        let missing = || {
            Problem::new(ErrorCode::CredentialsMissing, "The backup has no password yet.")
                .because("None was entered.")
                .fix("Enter it in the studio under Backup, or with: accid backup set.")
        };
        let sealed = self.0.vault.secret(SECRET).map_err(explain)?.ok_or_else(missing)?;
        let mut value: Value = serde_json::from_str(sealed.reveal()).map_err(|_| missing())?;
        let password = value["password"].as_str().ok_or_else(missing)?.to_owned();
        Ok(Secrets { password: Secret::new(password), login: value["login"].take() })
    }

    /// Takes a request over: the address, the rules, and the secrets it names.
    pub(crate) fn set(&self, request: &SetBackup) -> Result<(), Problem> {
        let place = BackupPlace::parse(&request.url).map_err(|error| at_url(explain(error)))?;
        self.check_folder(&place)?;
        let before = self.read()?.place;
        let same = before.as_ref().is_some_and(|before| {
            BackupPlace::parse(&before.url).is_ok_and(|known| known.server() == place.server())
        });
        let login = request.login.as_ref().map(login_of).transpose()?.map(|login| plain(&login));
        let given = request.password.as_deref().filter(|password| !password.is_empty());
        if given.is_some_and(|given| given.chars().count() < SHORTEST) {
            return Err(refused("/password", "has at least 8 characters; several words are best"));
        }
        let known = self.known()?.0;
        if given.is_none() && !known {
            return Err(refused("/password", "is what backups are encrypted with; there is none yet"));
        }
        let names_new = given.is_some() || login.is_some();
        if names_new || !same {
            let old = if known { Some(self.secrets()?) } else { None };
            let kept = old.as_ref().filter(|_| same).map_or(Value::Null, |old| old.login.clone());
            let login = login.unwrap_or(kept);
            let password = given.or(old.as_ref().map(|old| old.password.reveal().as_str()));
            let kind = ["password", "key", "agent"].into_iter().find(|kind| {
                login.get(*kind).is_some_and(|value| !value.is_null() && *value != Value::Bool(false))
            });
            let sealed = Secret::new(json!({ "password": password, "login": login }).to_string());
            self.0.vault.keep_secret(SECRET, json!({ "login": kind }), &sealed).map_err(explain)?;
        }
        let id = before.as_ref().map_or_else(|| self.0.new_id(), |before| before.id.clone());
        let pin = before.filter(|_| same).and_then(|before| before.pin);
        let (schedule, drill, keep) = (request.schedule, request.drill, request.keep);
        let kept = Kept { id, url: place.url().to_owned(), schedule, drill, keep, pin };
        self.change(|file| {
            let moved = file.place.as_ref().is_none_or(|before| before.url != kept.url);
            if moved {
                *file = BackupFile::default();
            }
            file.place = Some(kept);
        })
    }

    /// Refuses a folder in ACCID's own data before anybody counts on it.
    fn check_folder(&self, place: &BackupPlace) -> Result<(), Problem> {
        let own = [self.0.store.root().to_path_buf()];
        let (vfs, clock) = (self.0.vfs.clone(), self.0.clock.clone());
        match place.storage(accid_transfer::Access::default(), None, vfs, clock, &own) {
            Ok(_) | Err(accid_backup::BackupError::SignIn { .. }) => Ok(()),
            Err(error) => Err(at_url(explain(error))),
        }
    }

    pub(crate) fn forget(&self) -> Result<(), Problem> {
        self.0.vault.forget_secret(SECRET).map_err(explain)?;
        self.change(|file| *file = BackupFile::default())
    }
}

fn refused(pointer: &str, message: &str) -> Problem {
    let errors = vec![FieldError { pointer: pointer.to_owned(), message: message.to_owned() }];
    Problem::new(ErrorCode::InvalidValue, "The place for backups was not set.")
        .because(format!("The password {message}."))
        .fix("Mend the named value and send it again. Keep the password where you find it without this machine.")
        .with_errors(errors)
}

fn at_url(problem: Problem) -> Problem {
    let message = problem.why.clone();
    problem.with_errors(vec![FieldError { pointer: "/url".to_owned(), message }])
}
