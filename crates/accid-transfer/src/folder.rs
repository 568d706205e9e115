//! A folder of this machine as a target: a web server's root, a stick, a mounted share.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

use accid_base::{
    RelativePath, Vfs,
    vfs::{Kind, LockGuard, write_durable},
};

use crate::{Claim, Found, Target, TransferError, target::OWN_FOLDER};

/// A folder of this machine.
pub struct FolderTarget {
    vfs: Arc<dyn Vfs>,
    root: PathBuf,
}

impl FolderTarget {
    /// The folder; [`crate::target_for`] checks that it may be published to.
    pub const fn new(vfs: Arc<dyn Vfs>, root: PathBuf) -> Self {
        Self { vfs, root }
    }

    fn at(&self, path: &RelativePath) -> PathBuf {
        path.below(&self.root)
    }
}

impl Target for FolderTarget {
    fn place(&self) -> String {
        self.root.display().to_string()
    }

    fn lock<'a>(&'a self, _: &Claim) -> Result<Box<dyn LockGuard + 'a>, TransferError> {
        let own = self.root.join(OWN_FOLDER);
        self.vfs.create_folders(&own).map_err(TransferError::io(&own))?;
        let file = own.join("lock");
        let lock = self.vfs.lock(&file).map_err(TransferError::io(&file))?;
        let holder = "Another process of this machine holds its lock.".to_owned();
        lock.map(|lock| lock as Box<dyn LockGuard>)
            .ok_or_else(|| TransferError::Busy { place: self.place(), holder })
    }

    fn list(&self, folder: Option<&RelativePath>) -> Result<Vec<(RelativePath, Found)>, TransferError> {
        let at = folder.map_or_else(|| self.root.clone(), |folder| self.at(folder));
        let entries = match self.vfs.list(&at) {
            Ok(entries) => entries,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(TransferError::io(at)(error)),
        };
        let mut found = Vec::new();
        for entry in entries {
            let name = folder.map_or_else(|| entry.name.parse(), |folder| folder.join(&entry.name));
            // What no file of a site can be called is none of ours.
            if let Ok(path) = name
                && let Some(what) = self.find(&path)?
            {
                found.push((path, what));
            }
        }
        Ok(found)
    }

    fn find(&self, path: &RelativePath) -> Result<Option<Found>, TransferError> {
        let path = self.at(path);
        match self.vfs.metadata(&path) {
            Ok(found) => Ok(Some(match found.kind {
                Kind::File => Found::File(found.length),
                Kind::Folder => Found::Folder,
                Kind::Other => Found::Other,
            })),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(TransferError::io(path)(error)),
        }
    }

    fn read(&self, path: &RelativePath) -> Result<Option<Vec<u8>>, TransferError> {
        let path = self.at(path);
        match self.vfs.read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(TransferError::io(path)(error)),
        }
    }

    fn read_part(
        &self,
        path: &RelativePath,
        offset: u64,
        length: usize,
    ) -> Result<Option<Vec<u8>>, TransferError> {
        let path = self.at(path);
        match self.vfs.read_at(&path, offset, length) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(TransferError::io(path)(error)),
        }
    }

    fn create_folder(&self, path: &RelativePath) -> Result<(), TransferError> {
        let path = self.at(path);
        self.vfs.create_folders(&path).map_err(TransferError::io(path))
    }

    fn write(&self, path: &RelativePath, bytes: &[u8]) -> Result<(), TransferError> {
        let path = self.at(path);
        self.vfs.write(&path, bytes).and_then(|()| self.vfs.sync_file(&path)).map_err(TransferError::io(path))
    }

    fn replace(&self, path: &RelativePath, bytes: &[u8]) -> Result<(), TransferError> {
        let path = self.at(path);
        write_durable(self.vfs.as_ref(), &path, bytes).map_err(TransferError::io(path))
    }

    fn rename(&self, from: &RelativePath, to: &RelativePath) -> Result<(), TransferError> {
        let to = self.at(to);
        self.vfs.rename(&self.at(from), &to).map_err(TransferError::io(to))
    }

    fn sync_folder(&self, path: Option<&RelativePath>) -> Result<(), TransferError> {
        let path = path.map_or_else(|| self.root.clone(), |path| self.at(path));
        self.vfs.sync_folder(&path).map_err(TransferError::io(path))
    }

    fn remove_file(&self, path: &RelativePath) -> Result<(), TransferError> {
        let path = self.at(path);
        gone_is_fine(self.vfs.remove_file(&path)).map_err(TransferError::io(path))
    }

    fn remove_empty_folder(&self, path: &RelativePath) -> Result<bool, TransferError> {
        let path = self.at(path);
        match self.vfs.remove_empty_folder(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
            removed => removed.map_err(TransferError::io(path)),
        }
    }

    fn remove_folder(&self, path: &RelativePath) -> Result<(), TransferError> {
        let path: &Path = &self.at(path);
        gone_is_fine(self.vfs.remove_folder(path)).map_err(TransferError::io(path))
    }
}

fn gone_is_fine(result: std::io::Result<()>) -> std::io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
