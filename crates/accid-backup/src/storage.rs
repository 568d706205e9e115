//! Where a repository lies: the few verbs it needs of a place, and a folder or server as such a place. Must not know
//! what is in the files.

use std::sync::{Arc, Mutex};

use accid_base::{Clock, RelativePath, locked, vfs::LockGuard};
use accid_transfer::{Claim, Found, Lease, Pin, Target, TransferError};

use crate::BackupError;

/// What a file of a repository is for; each kind has a folder of its own (restic's design document, "Repository
/// Layout").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    /// What the repository is.
    Config,
    /// The master key, sealed by a password.
    Key,
    /// What was backed up when.
    Snapshot,
    /// Which piece is in which pack.
    Index,
    /// Pieces of content.
    Pack,
}

/// A file of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredObject {
    /// Its name: 64 hexadecimal digits.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A place that holds a repository. All methods may be called by several threads at once.
pub trait Storage: Send + Sync {
    /// What to call it in messages; holds no secret.
    fn place(&self) -> String;

    /// By what its server is known again, once it was spoken with; nothing for a folder.
    fn pin(&self) -> Option<Pin> {
        None
    }

    /// Takes the place for a piece of work that changes it, so that no two do so at once. The lock of a process that
    /// died is free.
    ///
    /// # Errors
    /// When another ACCID holds it, or the place cannot be reached.
    fn lock<'a>(&'a self, _: &Claim) -> Result<Option<Box<dyn LockGuard + 'a>>, BackupError> {
        Ok(None)
    }

    /// The files of a kind.
    ///
    /// # Errors
    /// When the place cannot be reached.
    fn list(&self, kind: ObjectKind) -> Result<Vec<StoredObject>, BackupError>;

    /// A file, or a part of it from a place on with a length in bytes; nothing when there is none.
    ///
    /// # Errors
    /// When the place cannot be reached.
    fn read(
        &self,
        kind: ObjectKind,
        name: &str,
        part: Option<(u64, usize)>,
    ) -> Result<Option<Vec<u8>>, BackupError>;

    /// Writes a file so that it is there whole or not at all, and lasts once this returns.
    ///
    /// # Errors
    /// When the place refuses.
    fn write(&self, kind: ObjectKind, name: &str, bytes: Vec<u8>) -> Result<(), BackupError>;

    /// Removes a file; one that is gone is fine.
    ///
    /// # Errors
    /// When the place refuses.
    fn remove(&self, kind: ObjectKind, name: &str) -> Result<(), BackupError>;

    /// Makes the place ready for a new repository.
    ///
    /// # Errors
    /// When the place refuses.
    fn create(&self) -> Result<(), BackupError>;
}

/// Where a file of a repository lies, as restic lays it out.
pub(crate) fn path_of(kind: ObjectKind, name: &str) -> String {
    match kind {
        ObjectKind::Config => "config".to_owned(),
        ObjectKind::Pack => format!("data/{}/{name}", name.get(..2).unwrap_or("00")),
        other => format!("{}/{name}", folder_of(other)),
    }
}

/// The folder of a kind.
pub(crate) const fn folder_of(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Config => "",
        ObjectKind::Key => "keys",
        ObjectKind::Snapshot => "snapshots",
        ObjectKind::Index => "index",
        ObjectKind::Pack => "data",
    }
}

/// Whether a file can be one of a repository: its name is a SHA-256.
pub(crate) fn is_object(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A folder of this machine or of a server.
pub(crate) struct TargetStorage {
    target: Box<dyn Target>,
    clock: Arc<dyn Clock>,
    /// Folders that are known to be there.
    known: Mutex<Vec<RelativePath>>,
    /// The lock that is held.
    held: Mutex<Option<Arc<Lease>>>,
}

/// The lock of a place, with signs of life for as long as it is held.
struct Held<'a> {
    storage: &'a TargetStorage,
    _lock: Box<dyn LockGuard + 'a>,
}

impl LockGuard for Held<'_> {}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        *locked(&self.storage.held) = None;
    }
}

impl TargetStorage {
    pub(crate) const fn new(target: Box<dyn Target>, clock: Arc<dyn Clock>) -> Self {
        Self { target, clock, known: Mutex::new(Vec::new()), held: Mutex::new(None) }
    }

    /// Gives a sign of life where one is due: a backup may take hours.
    fn renew_lock(&self) -> Result<(), BackupError> {
        let held = locked(&self.held).clone();
        Ok(held
            .map_or(Ok(()), |lease| lease.renew(self.clock.now(), |claim| self.target.renew_lock(claim)))?)
    }

    fn at(&self, path: &str) -> Result<RelativePath, BackupError> {
        path.parse().map_err(|_| BackupError::Damaged {
            place: self.target.place(),
            reason: "a file has a name that no repository has".to_owned(),
        })
    }

    /// Makes the folder of a file, once.
    fn ensure_folder(&self, path: &RelativePath) -> Result<(), TransferError> {
        let Some(folder) = path.parent() else { return Ok(()) };
        if locked(&self.known).contains(&folder) {
            return Ok(());
        }
        self.target.create_folder(&folder)?;
        self.target.sync_folder(folder.parent().as_ref())?;
        locked(&self.known).push(folder);
        Ok(())
    }

    fn files(&self, folder: &str) -> Result<Vec<StoredObject>, BackupError> {
        let listed = self.target.list(Some(&self.at(folder)?))?;
        let file = |(path, found): (RelativePath, Found)| match found {
            Found::File(bytes) if is_object(path.file_name()) => {
                Some(StoredObject { name: path.file_name().to_owned(), bytes })
            }
            _ => None,
        };
        Ok(listed.into_iter().filter_map(file).collect())
    }
}

impl Storage for TargetStorage {
    fn place(&self) -> String {
        self.target.place()
    }

    fn pin(&self) -> Option<Pin> {
        self.target.pin()
    }

    fn lock<'a>(&'a self, claim: &Claim) -> Result<Option<Box<dyn LockGuard + 'a>>, BackupError> {
        let lock = self.target.lock(claim)?;
        *locked(&self.held) = Some(Arc::new(Lease::new(claim.clone())));
        Ok(Some(Box::new(Held { storage: self, _lock: lock })))
    }

    fn list(&self, kind: ObjectKind) -> Result<Vec<StoredObject>, BackupError> {
        match kind {
            ObjectKind::Config => Ok(match self.target.find(&self.at("config")?)? {
                Some(Found::File(bytes)) => vec![StoredObject { name: "0".repeat(64), bytes }],
                _ => Vec::new(),
            }),
            ObjectKind::Pack => {
                let mut all = Vec::new();
                for (folder, found) in self.target.list(Some(&self.at("data")?))? {
                    if found == Found::Folder {
                        all.extend(self.files(folder.as_str())?);
                    }
                }
                Ok(all)
            }
            other => self.files(folder_of(other)),
        }
    }

    fn read(
        &self,
        kind: ObjectKind,
        name: &str,
        part: Option<(u64, usize)>,
    ) -> Result<Option<Vec<u8>>, BackupError> {
        self.renew_lock()?;
        let path = self.at(&path_of(kind, name))?;
        let size = match part {
            Some((offset, length)) => return Ok(self.target.read_part(&path, offset, length)?),
            None => self.target.find(&path)?,
        };
        match size {
            Some(Found::File(bytes)) => {
                let length = usize::try_from(bytes).unwrap_or(usize::MAX);
                Ok(self.target.read_part(&path, 0, length)?)
            }
            _ => Ok(None),
        }
    }

    fn write(&self, kind: ObjectKind, name: &str, bytes: Vec<u8>) -> Result<(), BackupError> {
        self.renew_lock()?;
        let path = self.at(&path_of(kind, name))?;
        self.ensure_folder(&path)?;
        Ok(self.target.replace(&path, &bytes)?)
    }

    fn remove(&self, kind: ObjectKind, name: &str) -> Result<(), BackupError> {
        self.renew_lock()?;
        Ok(self.target.remove_file(&self.at(&path_of(kind, name))?)?)
    }

    fn create(&self) -> Result<(), BackupError> {
        // restic expects these folders, empty ones too.
        for folder in ["keys", "snapshots", "index", "data", "locks"] {
            self.target.create_folder(&self.at(folder)?)?;
        }
        Ok(())
    }
}
