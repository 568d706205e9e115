//! Files that nobody but the owner of the data can read, written so that a power cut leaves the old or the new one.

use std::{io, path::Path};

use accid_base::Vfs;

/// Reads one; nothing when there is none.
pub fn read(vfs: &dyn Vfs, file: &Path) -> io::Result<Option<Vec<u8>>> {
    match vfs.read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes one beside it, then over it.
pub fn write(vfs: &dyn Vfs, file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let aside = file.with_extension("new");
    vfs.create_folders(folder)?;
    vfs.write_private(&aside, bytes)?;
    vfs.sync_file(&aside)?;
    vfs.rename(&aside, file)?;
    vfs.sync_folder(folder)
}
