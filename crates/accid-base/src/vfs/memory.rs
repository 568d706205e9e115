//! A file system in memory, for tests: the same contract as the real one, no disk.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{AppendFile, Entry, Kind, LockGuard, Metadata, Vfs};

#[derive(Default)]
struct State {
    files: BTreeMap<PathBuf, (Vec<u8>, i128)>,
    folders: BTreeSet<PathBuf>,
    locks: BTreeSet<PathBuf>,
    changes: i128,
}

/// Files in memory; clones share them.
#[derive(Clone, Default)]
pub struct MemoryVfs(Arc<Mutex<State>>);

impl MemoryVfs {
    /// An empty file system.
    pub fn new() -> Self {
        Self::default()
    }

    /// All files and their contents, by path.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.state().files.iter().map(|(path, (bytes, _))| (path.clone(), bytes.clone())).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn missing() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "no such file or folder")
}

impl State {
    fn put(&mut self, path: &Path, bytes: Vec<u8>) -> io::Result<()> {
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        if !folder.as_os_str().is_empty() && !self.folders.contains(folder) && folder != Path::new("/") {
            return Err(missing());
        }
        self.changes += 1;
        let at = self.changes;
        self.files.insert(path.to_path_buf(), (bytes, at));
        Ok(())
    }
}

struct MemoryAppend {
    vfs: MemoryVfs,
    path: PathBuf,
}

impl AppendFile for MemoryAppend {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.vfs.state();
        state.changes += 1;
        let at = state.changes;
        let (content, time) = state.files.get_mut(&self.path).ok_or_else(missing)?;
        content.extend_from_slice(bytes);
        *time = at;
        Ok(())
    }

    fn sync_data(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        let mut state = self.vfs.state();
        let (content, _) = state.files.get_mut(&self.path).ok_or_else(missing)?;
        content.resize(usize::try_from(length).unwrap_or(usize::MAX).min(content.len()), 0);
        Ok(())
    }
}

struct MemoryLock {
    vfs: MemoryVfs,
    path: PathBuf,
}

impl LockGuard for MemoryLock {}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        self.vfs.state().locks.remove(&self.path);
    }
}

impl Vfs for MemoryVfs {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.state().files.get(path).map(|(bytes, _)| bytes.clone()).ok_or_else(missing)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        let state = self.state();
        if let Some((bytes, modified)) = state.files.get(path) {
            let length = bytes.len() as u64;
            return Ok(Metadata { kind: Kind::File, length, modified_nanoseconds: *modified });
        }
        if state.folders.contains(path) {
            return Ok(Metadata { kind: Kind::Folder, length: 0, modified_nanoseconds: 0 });
        }
        Err(missing())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let state = self.state();
        if !state.folders.contains(folder) {
            return Err(missing());
        }
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let children = |path: &&PathBuf| path.parent() == Some(folder);
        let files = state.files.keys().filter(children).filter_map(|path| Some((name(path)?, Kind::File)));
        let folders =
            state.folders.iter().filter(children).filter_map(|path| Some((name(path)?, Kind::Folder)));
        let mut entries: Vec<_> = files.chain(folders).map(|(name, kind)| Entry { name, kind }).collect();
        entries.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(entries)
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        for ancestor in folder.ancestors().filter(|path| !path.as_os_str().is_empty()) {
            state.folders.insert(ancestor.to_path_buf());
        }
        Ok(())
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.state().put(path, bytes.to_vec())
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.metadata(path).map(|_| ())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.metadata(folder).map(|_| ())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        if let Some((bytes, _)) = state.files.get(from).cloned() {
            state.put(to, bytes)?;
            state.files.remove(from);
            return Ok(());
        }
        if !state.folders.contains(from) {
            return Err(missing());
        }
        let moved = |path: &PathBuf| path.strip_prefix(from).ok().map(|rest| to.join(rest));
        let folders: Vec<_> =
            state.folders.iter().filter_map(|path| Some((path.clone(), moved(path)?))).collect();
        let files: Vec<_> =
            state.files.keys().filter_map(|path| Some((path.clone(), moved(path)?))).collect();
        for (old, new) in folders {
            state.folders.remove(&old);
            // Joining an empty rest leaves a slash at the end; components drop it.
            state.folders.insert(new.components().collect());
        }
        for (old, new) in files {
            if let Some(file) = state.files.remove(&old) {
                state.files.insert(new, file);
            }
        }
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.state().files.remove(path).map(|_| ()).ok_or_else(missing)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        if !state.folders.contains(folder) {
            return Err(missing());
        }
        state.files.retain(|path, _| !path.starts_with(folder));
        state.folders.retain(|path| !path.starts_with(folder));
        Ok(())
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        if !self.exists(path) {
            self.write(path, &[])?;
        }
        Ok(Box::new(MemoryAppend { vfs: self.clone(), path: path.to_path_buf() }))
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn LockGuard>>> {
        if !self.state().locks.insert(path.to_path_buf()) {
            return Ok(None);
        }
        Ok(Some(Box::new(MemoryLock { vfs: self.clone(), path: path.to_path_buf() })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vfs::write_durable;

    #[test]
    fn a_durable_write_replaces_a_file_and_leaves_no_temporary_one() -> io::Result<()> {
        let vfs = MemoryVfs::new();
        vfs.create_folders(Path::new("/data"))?;
        write_durable(&vfs, Path::new("/data/a.json"), b"1")?;
        write_durable(&vfs, Path::new("/data/a.json"), b"2")?;
        assert_eq!(
            vfs.files().into_iter().collect::<Vec<_>>(),
            [(PathBuf::from("/data/a.json"), b"2".to_vec())]
        );
        Ok(())
    }

    #[test]
    fn a_folder_moves_with_all_in_it() -> io::Result<()> {
        let vfs = MemoryVfs::new();
        vfs.create_folders(Path::new("/a/b"))?;
        vfs.write(Path::new("/a/b/c"), b"x")?;
        vfs.rename(Path::new("/a"), Path::new("/z"))?;
        assert_eq!(vfs.read(Path::new("/z/b/c"))?, b"x");
        assert!(vfs.metadata(Path::new("/a")).is_err());
        Ok(())
    }
}
