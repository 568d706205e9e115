//! Small durable steps on the disk that several parts of the store need. Must not know documents.

use std::{
    io,
    path::{Path, PathBuf},
};

use accid_base::{
    ContentHash, Vfs,
    vfs::{Kind, write_durable},
};

use crate::StoreError;

/// Makes a folder so that it survives a power cut, with all folders above it up to `root`, which exists.
pub(crate) fn make_folder(vfs: &dyn Vfs, folder: &Path) -> Result<(), StoreError> {
    if vfs.exists(folder) {
        return Ok(());
    }
    let mut missing: Vec<&Path> = Vec::new();
    for ancestor in folder.ancestors() {
        if ancestor.as_os_str().is_empty() || vfs.exists(ancestor) {
            break;
        }
        missing.push(ancestor);
    }
    vfs.create_folders(folder).map_err(StoreError::io("make the folder", folder))?;
    for made in missing.iter().rev() {
        if let Some(parent) = made.parent() {
            sync_folder(vfs, parent)?;
        }
    }
    Ok(())
}

/// Makes a folder and syncs every name on the way from `base`, whether it was there or not: it may have been made by
/// somebody whose sync failed. A link on that way is refused: it may lead out of the project.
pub(crate) fn ensure_folder(vfs: &dyn Vfs, folder: &Path, base: &Path) -> Result<(), StoreError> {
    for ancestor in folder.ancestors().take_while(|ancestor| *ancestor != base) {
        if vfs.metadata(ancestor).is_ok_and(|found| found.kind == Kind::Other) {
            let link =
                io::Error::new(io::ErrorKind::NotADirectory, "a link stands there, which is not followed");
            return Err(StoreError::io("make the folder", ancestor)(link));
        }
    }
    vfs.create_folders(folder).map_err(StoreError::io("make the folder", folder))?;
    for ancestor in folder.ancestors().take_while(|ancestor| *ancestor != base) {
        if let Some(parent) = ancestor.parent() {
            sync_folder(vfs, parent)?;
        }
    }
    Ok(())
}

/// Syncs the names of a folder.
pub(crate) fn sync_folder(vfs: &dyn Vfs, folder: &Path) -> Result<(), StoreError> {
    vfs.sync_folder(folder).map_err(StoreError::io("sync the folder", folder))
}

/// Replaces a file durably.
pub(crate) fn write(vfs: &dyn Vfs, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    write_durable(vfs, path, bytes).map_err(StoreError::io("write", path))
}

/// The content of a file; `None` when there is none.
pub(crate) fn read(vfs: &dyn Vfs, path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match vfs.read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io("read", path)(error)),
    }
}

/// The hash of a file's content; `None` when there is none.
pub(crate) fn hash_of(vfs: &dyn Vfs, path: &Path) -> Result<Option<ContentHash>, StoreError> {
    Ok(read(vfs, path)?.map(|bytes| ContentHash::of(&bytes)))
}

/// The names in a folder of that kind; none when there is no such folder.
pub(crate) fn names(vfs: &dyn Vfs, folder: &Path, kind: Kind) -> Result<Vec<String>, StoreError> {
    match vfs.list(folder) {
        Ok(entries) => {
            Ok(entries.into_iter().filter(|entry| entry.kind == kind).map(|entry| entry.name).collect())
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(Vec::new())
        }
        Err(error) => Err(StoreError::io("list", folder)(error)),
    }
}

/// Moves a file or folder so that the move survives a power cut.
pub(crate) fn move_durable(vfs: &dyn Vfs, from: &Path, to: &Path) -> Result<(), StoreError> {
    vfs.rename(from, to).map_err(StoreError::io("move", from))?;
    for folder in [to.parent(), from.parent()].into_iter().flatten() {
        sync_folder(vfs, folder)?;
    }
    Ok(())
}

/// Renames a folder so that it survives a power cut; says no when the other place is on another disk.
pub(crate) fn rename_durable(vfs: &dyn Vfs, from: &Path, to: &Path) -> Result<bool, StoreError> {
    match move_durable(vfs, from, to) {
        Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::CrossesDevices => Ok(false),
        moved => moved.map(|()| true),
    }
}

/// Carries a folder to another disk, by way of `copy` beside its new place; what it was is `rest` beside its old one in
/// the end. Until the copy is whole and safe the folder stays as it was.
pub(crate) fn carry(
    vfs: &dyn Vfs,
    (from, copy): (&Path, &Path),
    (to, rest): (&Path, &Path),
) -> Result<(), StoreError> {
    copy_folder(vfs, from, copy, 0)?;
    move_durable(vfs, copy, to)?;
    // The copy is whole and safe: in one step the folder is no longer there. Taking it away file by file would leave half
    // of it where it was when that is cut off.
    if let Err(error) = vfs.rename(from, rest) {
        drop(vfs.remove_folder(to));
        return Err(StoreError::io("move", from)(error));
    }
    sync_folder(vfs, from.parent().unwrap_or(from))
}

/// A free name beside a folder that is listed nowhere.
pub(crate) fn hidden_beside(vfs: &dyn Vfs, folder: &Path, what: &str) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    free_name(vfs, folder.parent().unwrap_or(folder), &format!(".{name}-{what}"))
}

/// Deepest folder that is copied.
const DEEPEST: usize = 64;

fn copy_folder(vfs: &dyn Vfs, from: &Path, to: &Path, depth: usize) -> Result<(), StoreError> {
    let refused = |reason| StoreError::NoPlace { path: from.to_path_buf(), reason };
    if depth > DEEPEST {
        return Err(refused("its folders are too deep to be copied to another disk"));
    }
    vfs.create_folders(to).map_err(StoreError::io("make the folder", to))?;
    for entry in vfs.list(from).map_err(StoreError::io("list", from))? {
        let (source, target) = (from.join(&entry.name), to.join(&entry.name));
        match entry.kind {
            Kind::Folder => copy_folder(vfs, &source, &target, depth + 1)?,
            Kind::File => {
                let bytes = vfs.read(&source).map_err(StoreError::io("read", &source))?;
                let secret = source
                    .components()
                    .any(|part| matches!(part.as_os_str().to_str(), Some("security" | "keys")));
                let written =
                    if secret { vfs.write_private(&target, &bytes) } else { vfs.write(&target, &bytes) };
                written.and_then(|()| vfs.sync_file(&target)).map_err(StoreError::io("write", &target))?;
            }
            Kind::Other => {
                return Err(refused("it has a link in it, which cannot be copied to another disk"));
            }
        }
    }
    sync_folder(vfs, to)
}

/// Moves a file that cannot be read out of the way, under a name that is free, and returns where it is now.
pub(crate) fn quarantine(
    vfs: &dyn Vfs,
    file: &Path,
    folder: &Path,
    label: &str,
) -> Result<PathBuf, StoreError> {
    make_folder(vfs, folder)?;
    let target = free_name(vfs, folder, label);
    let moved = move_durable(vfs, file, &target);
    // Once it is moved, a failed sync means no more than that it may come back after a power cut.
    if moved.is_err() && !vfs.exists(&target) {
        return moved.map(|()| target);
    }
    Ok(target)
}

/// A name in a folder that nothing has yet: `label`, `label-2`, …
pub(crate) fn free_name(vfs: &dyn Vfs, folder: &Path, label: &str) -> PathBuf {
    let flat = label.replace('/', "__");
    let mut target = folder.join(&flat);
    let mut number = 2_u32;
    while vfs.exists(&target) {
        target = folder.join(format!("{flat}-{number}"));
        number += 1;
    }
    target
}
