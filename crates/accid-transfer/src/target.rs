//! Where a site goes: the few verbs publishing needs of a place, so that folders and servers are published to by the
//! same steps.

use std::{path::PathBuf, sync::Arc};

use accid_base::{RelativePath, Vfs, vfs::LockGuard};

use crate::{
    FolderTarget, TransferError,
    url::{Address, Drives, overlap, parse_address},
};

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

/// A place a site can be published to. Paths are relative to it.
pub trait Target: Send + Sync {
    /// What to call it in messages; holds no secret.
    fn place(&self) -> String;

    /// Makes the place when it is missing and takes its lock, so that no two publish at once. The lock of a process
    /// that died is free.
    ///
    /// # Errors
    /// [`TransferError::Busy`] when somebody else holds it.
    fn lock(&self) -> Result<Box<dyn LockGuard>, TransferError>;

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

/// The place an address names: `file:///absolute/folder`. `forbidden` are ACCID's own folders, which are never
/// published to. Nothing is read or written but links followed.
///
/// # Errors
/// When the address cannot be understood, is of another kind, or overlaps with a forbidden folder.
pub fn target_for(
    url: &str,
    vfs: Arc<dyn Vfs>,
    forbidden: &[PathBuf],
) -> Result<Box<dyn Target>, TransferError> {
    let Address::Folder(folder) = parse_address(url, Drives::HERE)?;
    let real = vfs.resolve(&folder).map_err(TransferError::io(&folder))?;
    if real.parent().is_none() {
        return Err(TransferError::InvalidUrl {
            reason: "It leads to the root of the file system".to_owned(),
        });
    }
    for own in forbidden {
        let real_own = vfs.resolve(own).map_err(TransferError::io(own))?;
        if overlap(&folder, own) || overlap(&real, &real_own) {
            return Err(TransferError::OwnData { folder });
        }
    }
    Ok(Box::new(FolderTarget::new(vfs, folder)))
}
