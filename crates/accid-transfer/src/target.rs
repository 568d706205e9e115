//! Where a site goes: the few verbs publishing needs of a place, so that folders and servers are published to by the
//! same steps.

use accid_base::{RelativePath, vfs::LockGuard};

use crate::{Claim, Pin, TransferError};

/// Folder at the target in which ACCID keeps its notes and what is not yet in place.
pub(crate) const OWN_FOLDER: &str = ".accid";

/// What stands at a path of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A file of that many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A symbolic link or something stranger; it is never followed, overwritten or removed.
    Other,
}

/// How sure a look at a file makes of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The file is read and hashed: a folder of this machine.
    Content,
    /// Its size is all that is looked at: reading a server's files back would take as long as sending them.
    Size,
}

/// A place a site can be published to. Paths are relative to it.
pub trait Target: Send + Sync {
    /// What to call it in messages; holds no secret.
    fn place(&self) -> String;

    /// The key or certificate a server has shown; none before the first connection, and of a folder.
    fn pin(&self) -> Option<Pin> {
        None
    }

    /// How sure a look at a file here makes.
    fn evidence(&self) -> Evidence {
        Evidence::Content
    }

    /// How many files are worth sending at once.
    fn lanes(&self) -> usize {
        1
    }

    /// Makes the place when it is missing and takes its lock, so that no two publish at once. The lock of a process
    /// that died is free: at once in a folder, after a quarter of an hour without a sign of life at a server.
    ///
    /// # Errors
    /// [`TransferError::Busy`] when somebody else holds it.
    fn lock<'a>(&'a self, claim: &Claim) -> Result<Box<dyn LockGuard + 'a>, TransferError>;

    /// A sign of life for a lock that is held long.
    ///
    /// # Errors
    /// When the place cannot be reached.
    fn renew_lock(&self, _claim: &Claim) -> Result<(), TransferError> {
        Ok(())
    }

    /// What stands in a folder (the target itself when none is given) under names that a path of a site can have;
    /// nothing when there is no such folder.
    ///
    /// # Errors
    /// When the place cannot be reached, or sends names that lead out of the folder.
    fn list(&self, folder: Option<&RelativePath>) -> Result<Vec<(RelativePath, Found)>, TransferError>;

    /// What stands at the path, or nothing.
    ///
    /// # Errors
    /// When the place cannot be reached.
    fn find(&self, path: &RelativePath) -> Result<Option<Found>, TransferError>;

    /// Reads a file, or nothing when there is none.
    ///
    /// # Errors
    /// When the place cannot be reached.
    fn read(&self, path: &RelativePath) -> Result<Option<Vec<u8>>, TransferError>;

    /// Reads so many bytes of a file from a place on, fewer where it ends; nothing when there is no such file.
    ///
    /// # Errors
    /// When the place cannot be reached.
    fn read_part(
        &self,
        path: &RelativePath,
        offset: u64,
        length: usize,
    ) -> Result<Option<Vec<u8>>, TransferError> {
        let part = |bytes: Vec<u8>| {
            let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
            bytes[from..from.saturating_add(length).min(bytes.len())].to_vec()
        };
        Ok(self.read(path)?.map(part))
    }

    /// Makes a folder and all above it.
    ///
    /// # Errors
    /// When the place refuses.
    fn create_folder(&self, path: &RelativePath) -> Result<(), TransferError>;

    /// Writes a file whose folder exists; its content survives a power cut once this returns.
    ///
    /// # Errors
    /// When the place refuses; the file may then be there in part.
    fn write(&self, path: &RelativePath, bytes: &[u8]) -> Result<(), TransferError>;

    /// As [`Target::write`], when the first `from` bytes are there already from a transfer that was cut.
    ///
    /// # Errors
    /// As [`Target::write`].
    fn write_on(&self, path: &RelativePath, bytes: &[u8], _from: u64) -> Result<(), TransferError> {
        self.write(path, bytes)
    }

    /// Replaces a file so that a crash leaves the old or the new content, whole and lasting.
    ///
    /// # Errors
    /// When the place refuses; the old content then still stands.
    fn replace(&self, path: &RelativePath, bytes: &[u8]) -> Result<(), TransferError>;

    /// Moves a file over whatever file has that name, in one step.
    ///
    /// # Errors
    /// When the place refuses.
    fn rename(&self, from: &RelativePath, to: &RelativePath) -> Result<(), TransferError>;

    /// Moves files as [`Target::rename`] does, in that order.
    ///
    /// # Errors
    /// When the place refuses one; those before it are moved, those after it may be.
    fn rename_all(&self, moves: &[(RelativePath, RelativePath)]) -> Result<(), TransferError> {
        moves.iter().try_for_each(|(from, to)| self.rename(from, to))
    }

    /// Makes the names in a folder (the target itself when none is given) survive a power cut.
    ///
    /// # Errors
    /// When the place refuses.
    fn sync_folder(&self, path: Option<&RelativePath>) -> Result<(), TransferError>;

    /// Removes a file.
    ///
    /// # Errors
    /// When the place refuses.
    fn remove_file(&self, path: &RelativePath) -> Result<(), TransferError>;

    /// Removes a folder when it is empty, and says whether it did.
    ///
    /// # Errors
    /// When the place refuses.
    fn remove_empty_folder(&self, path: &RelativePath) -> Result<bool, TransferError>;

    /// Removes a folder with all in it; only ever used for what is not yet in place.
    ///
    /// # Errors
    /// When the place refuses.
    fn remove_folder(&self, path: &RelativePath) -> Result<(), TransferError>;
}
