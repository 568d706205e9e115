//! The only way to the disk: a trait, so that tests run in memory and can make any call fail.
//!
//! Nothing here decides; durability is spelled out by the caller, or by [`write_durable`].

mod faulty;
mod memory;
mod system;

use std::{
    io,
    path::{Path, PathBuf},
};

pub use faulty::{Fault, FaultyVfs, Unsynced};
pub use memory::MemoryVfs;
pub use system::SystemVfs;

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, socket, device: nothing ACCID follows.
    Other,
}

/// Size, kind and time of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadata {
    /// What it is.
    pub kind: Kind,
    /// Size in bytes.
    pub length: u64,
    /// Time of the last change, in nanoseconds since 1970, 0 when unknown. Only ever a hint: contents are compared
    /// by hash.
    pub modified_nanoseconds: i128,
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The file name; names that are not UTF-8 are left out of listings.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

/// A file that only grows, as the ledger's segments do.
pub trait AppendFile: Send {
    /// Writes at the end.
    ///
    /// # Errors
    /// When the disk refuses; how much was written is then unknown.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Makes what was appended survive a power cut (`fdatasync`).
    ///
    /// # Errors
    /// When the disk refuses; then nothing that was appended since the last success may be taken for written.
    fn sync_data(&mut self) -> io::Result<()>;

    /// Cuts the file to that length in bytes.
    ///
    /// # Errors
    /// When the disk refuses.
    fn truncate(&mut self, length: u64) -> io::Result<()>;
}

/// Held while this process owns a lock file.
pub trait LockGuard: Send + Sync {}

/// The file system. Every error names nothing: callers add the path.
pub trait Vfs: Send + Sync {
    /// Reads a whole file.
    ///
    /// # Errors
    /// As the system says.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Opens a file to read it piece by piece: for what is too large to be held in memory. What is appended or removed
    /// meanwhile does not disturb the reader where the system allows it.
    ///
    /// # Errors
    /// As the system says.
    fn open_read(&self, path: &Path) -> io::Result<Box<dyn io::Read + Send>> {
        Ok(Box::new(io::Cursor::new(self.read(path)?)))
    }

    /// Reads so many bytes of a file from a place on, fewer where it ends.
    ///
    /// # Errors
    /// As the system says.
    fn read_at(&self, path: &Path, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let bytes = self.read(path)?;
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        Ok(bytes[from..from.saturating_add(length).min(bytes.len())].to_vec())
    }

    /// Size, kind and time, without following a symbolic link.
    ///
    /// # Errors
    /// As the system says; `NotFound` when there is nothing.
    fn metadata(&self, path: &Path) -> io::Result<Metadata>;

    /// The names in a folder, sorted.
    ///
    /// # Errors
    /// As the system says.
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>>;

    /// Makes the folder and all above it.
    ///
    /// # Errors
    /// As the system says.
    fn create_folders(&self, folder: &Path) -> io::Result<()>;

    /// Makes the file, or empties it, and writes the bytes. Not yet durable.
    ///
    /// # Errors
    /// As the system says.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Makes a file, or empties it, that nobody but its owner can read, and writes the bytes; where the system knows
    /// no such thing, as [`Vfs::write`]. Not yet durable.
    ///
    /// # Errors
    /// As the system says.
    fn write_private(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.write(path, bytes)
    }

    /// Makes a file's content survive a power cut (`fsync`).
    ///
    /// # Errors
    /// When the disk refuses; the content may then be lost.
    fn sync_file(&self, path: &Path) -> io::Result<()>;

    /// Makes the names in a folder survive a power cut; nothing to do where the system has no such call.
    ///
    /// # Errors
    /// When the disk refuses.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Moves a file over whatever has that name. Not yet durable.
    ///
    /// # Errors
    /// As the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// As the system says.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes a folder and all in it, without following links.
    ///
    /// # Errors
    /// As the system says.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// Opens a file to append to; makes it when there is none.
    ///
    /// # Errors
    /// As the system says.
    fn open_append(&self, path: &Path) -> io::Result<Box<dyn AppendFile>>;

    /// Takes the lock on a file, or `None` when another process holds it. The file's content stays free to use.
    ///
    /// # Errors
    /// As the system says.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn LockGuard>>>;

    /// Removes a folder that has nothing in it, and says whether it did; one that has something stays.
    ///
    /// # Errors
    /// As the system says.
    fn remove_empty_folder(&self, folder: &Path) -> io::Result<bool> {
        if !self.list(folder)?.is_empty() {
            return Ok(false);
        }
        self.remove_folder(folder).map(|()| true)
    }

    /// The path with all symbolic links followed, so that two names of one place can be compared. What does not
    /// exist yet is taken as it is written.
    ///
    /// # Errors
    /// As the system says.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_path_buf())
    }

    /// Whether anything stands at the path.
    fn exists(&self, path: &Path) -> bool {
        self.metadata(path).is_ok()
    }
}

/// Replaces a file so that a crash at any point leaves the old or the new content, whole, and so that the new one
/// survives a power cut once this returns: temporary file in the same folder, `fsync`, rename, `fsync` of the folder.
///
/// # Errors
/// When the disk refuses any step; the old content then still stands.
pub fn write_durable(vfs: &dyn Vfs, path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_file(vfs, path, bytes)?;
    vfs.sync_folder(path.parent().unwrap_or_else(|| Path::new(".")))
}

/// Replaces a file so that a crash at any point leaves the old or the new content, whole. The new name survives a
/// power cut only after the caller syncs the folder: that is what lets a caller replace many files with one such sync.
///
/// # Errors
/// When the disk refuses any step; the old content then still stands.
pub fn replace_file(vfs: &dyn Vfs, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = temporary_beside(path);
    let result = vfs
        .write(&temporary, bytes)
        .and_then(|()| vfs.sync_file(&temporary))
        .and_then(|()| vfs.rename(&temporary, path));
    if result.is_err() {
        // The temporary file may not exist; what matters is the first error.
        drop(vfs.remove_file(&temporary));
    }
    result
}

/// Ending of the temporary files that [`write_durable`] leaves behind when it is interrupted.
pub const TEMPORARY_ENDING: &str = ".accid-tmp";

fn temporary_beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(TEMPORARY_ENDING);
    path.with_file_name(name)
}
