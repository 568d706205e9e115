//! A disk in memory that fails and loses power on command, for tests. It knows what was synced and what was not.
//!
//! Contents survive a power cut as of the last sync of the file, names as of the last sync of their folder.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{AppendFile, Entry, Kind, LockGuard, Metadata, Vfs};

/// What happens at the call that was chosen to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The call fails; of a write half is done. Later calls work.
    Error,
    /// The call does its work and fails all the same. Later calls work.
    ErrorAfterwards,
    /// The call fails as [`Fault::Error`], and so does every later one: the process or the machine is gone.
    Crash,
}

/// What a power cut leaves of that which was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsynced {
    /// Nothing.
    Lost,
    /// All names, half of what was appended, and zeroes instead of what was rewritten.
    Mangled,
    /// Everything, as when only the process was killed.
    Kept,
}

enum Node {
    File { live: Vec<u8>, durable: Vec<u8>, changed: i128 },
    Folder { live: BTreeMap<String, usize>, durable: BTreeMap<String, usize> },
}

struct Disk {
    nodes: Vec<Node>,
    locks: BTreeSet<PathBuf>,
    /// Counts power cuts: what was opened before one is gone after it.
    life: u64,
    calls: u64,
    fail_at: Option<(u64, Fault)>,
    crashed: bool,
    changes: i128,
}

/// The faulty disk; clones share it.
#[derive(Clone)]
pub struct FaultyVfs(Arc<Mutex<Disk>>);

impl Default for FaultyVfs {
    fn default() -> Self {
        let root = Node::Folder { live: BTreeMap::new(), durable: BTreeMap::new() };
        Self(Arc::new(Mutex::new(Disk {
            nodes: vec![root],
            locks: BTreeSet::new(),
            life: 0,
            calls: 0,
            fail_at: None,
            crashed: false,
            changes: 0,
        })))
    }
}

fn missing() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "no such file or folder")
}

fn broken() -> io::Error {
    io::Error::other("the disk failed, as the test wanted")
}

/// Whether a call does its work, half of it, or none, and whether it says so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Works,
    FailsHalfway,
    FailsAfterwards,
}

impl Turn {
    fn end(self) -> io::Result<()> {
        if self == Self::Works { Ok(()) } else { Err(broken()) }
    }
}

impl FaultyVfs {
    /// An empty disk that works.
    pub fn new() -> Self {
        Self::default()
    }

    /// Chooses the call that fails: the first from now is number 1. Reading counts too, asking for metadata does not.
    pub fn fail_at(&self, call: u64, fault: Fault) {
        let mut disk = self.disk();
        disk.calls = 0;
        disk.fail_at = Some((call, fault));
    }

    /// How many calls were made since [`FaultyVfs::fail_at`].
    pub fn calls(&self) -> u64 {
        self.disk().calls
    }

    /// Cuts the power and switches it on again: what was not synced is treated as told, all locks are free, and
    /// nothing fails any more.
    pub fn cut_power(&self, unsynced: Unsynced) {
        let mut disk = self.disk();
        disk.life += 1;
        disk.locks.clear();
        disk.crashed = false;
        disk.fail_at = None;
        for node in &mut disk.nodes {
            node.survive(unsynced);
        }
    }

    /// All files and their contents, by path.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        fn walk(disk: &Disk, node: usize, path: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
            match &disk.nodes[node] {
                Node::File { live, .. } => {
                    found.insert(path.to_path_buf(), live.clone());
                }
                Node::Folder { live, .. } => {
                    for (name, child) in live {
                        walk(disk, *child, &path.join(name), found);
                    }
                }
            }
        }
        let mut found = BTreeMap::new();
        walk(&self.disk(), 0, Path::new("/"), &mut found);
        found
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Node {
    fn survive(&mut self, unsynced: Unsynced) {
        match self {
            Self::Folder { live, durable } => {
                if unsynced == Unsynced::Lost {
                    live.clone_from(durable);
                } else {
                    durable.clone_from(live);
                }
            }
            Self::File { live, durable, .. } => {
                match unsynced {
                    Unsynced::Kept => {}
                    Unsynced::Lost => live.clone_from(durable),
                    Unsynced::Mangled if live.starts_with(durable) => {
                        let half = durable.len() + (live.len() - durable.len()) / 2;
                        live.truncate(half);
                    }
                    Unsynced::Mangled => live.fill(0),
                }
                durable.clone_from(live);
            }
        }
    }
}

fn parts(path: &Path) -> impl Iterator<Item = String> {
    path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    })
}

impl Disk {
    /// Counts a call and says what becomes of it.
    fn turn(&mut self) -> io::Result<Turn> {
        if self.crashed {
            return Err(broken());
        }
        self.calls += 1;
        match self.fail_at {
            Some((call, fault)) if call == self.calls => {
                self.crashed = fault == Fault::Crash;
                Ok(if fault == Fault::ErrorAfterwards { Turn::FailsAfterwards } else { Turn::FailsHalfway })
            }
            _ => Ok(Turn::Works),
        }
    }

    fn find(&self, path: &Path) -> Option<usize> {
        parts(path).try_fold(0, |node, name| match &self.nodes[node] {
            Node::Folder { live, .. } => live.get(&name).copied(),
            Node::File { .. } => None,
        })
    }

    fn entries(&mut self, folder: &Path) -> io::Result<&mut BTreeMap<String, usize>> {
        let node = self.find(folder).ok_or_else(missing)?;
        match &mut self.nodes[node] {
            Node::Folder { live, .. } => Ok(live),
            Node::File { .. } => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    fn siblings(&mut self, path: &Path) -> io::Result<(&mut BTreeMap<String, usize>, String)> {
        let name = parts(path).last().ok_or_else(missing)?;
        Ok((self.entries(path.parent().unwrap_or_else(|| Path::new("")))?, name))
    }

    /// The file at a path; made when missing.
    fn file(&mut self, path: &Path) -> io::Result<usize> {
        let new = self.nodes.len();
        let (siblings, name) = self.siblings(path)?;
        let node = *siblings.entry(name).or_insert(new);
        if node == new {
            self.nodes.push(Node::File { live: Vec::new(), durable: Vec::new(), changed: 0 });
        }
        Ok(node)
    }

    fn change(&mut self, node: usize, change: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        self.changes += 1;
        let at = self.changes;
        match &mut self.nodes[node] {
            Node::File { live, changed, .. } => {
                *changed = at;
                change(live);
                Ok(())
            }
            Node::Folder { .. } => Err(io::ErrorKind::IsADirectory.into()),
        }
    }

    fn sync(&mut self, node: usize) {
        match &mut self.nodes[node] {
            Node::File { live, durable, .. } => durable.clone_from(live),
            Node::Folder { live, durable } => durable.clone_from(live),
        }
    }
}

struct FaultyAppend {
    vfs: FaultyVfs,
    node: usize,
    life: u64,
}

impl FaultyAppend {
    fn disk(&self) -> io::Result<MutexGuard<'_, Disk>> {
        let disk = self.vfs.disk();
        if disk.life == self.life { Ok(disk) } else { Err(broken()) }
    }
}

impl AppendFile for FaultyAppend {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut disk = self.disk()?;
        let turn = disk.turn()?;
        let done = if turn == Turn::FailsHalfway { &bytes[..bytes.len() / 2] } else { bytes };
        disk.change(self.node, |live| live.extend_from_slice(done))?;
        turn.end()
    }

    fn sync_data(&mut self) -> io::Result<()> {
        let mut disk = self.disk()?;
        let turn = disk.turn()?;
        if turn != Turn::FailsHalfway {
            disk.sync(self.node);
        }
        turn.end()
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        let mut disk = self.disk()?;
        let turn = disk.turn()?;
        if turn != Turn::FailsHalfway {
            disk.change(self.node, |live| live.resize(usize::try_from(length).unwrap_or(0), 0))?;
        }
        turn.end()
    }
}

struct FaultyLock {
    vfs: FaultyVfs,
    path: PathBuf,
    life: u64,
}

impl LockGuard for FaultyLock {}

impl Drop for FaultyLock {
    fn drop(&mut self) {
        let mut disk = self.vfs.disk();
        if disk.life == self.life {
            disk.locks.remove(&self.path);
        }
    }
}

impl Vfs for FaultyVfs {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut disk = self.disk();
        disk.turn()?.end()?;
        match &disk.nodes[disk.find(path).ok_or_else(missing)?] {
            Node::File { live, .. } => Ok(live.clone()),
            Node::Folder { .. } => Err(io::ErrorKind::IsADirectory.into()),
        }
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        let disk = self.disk();
        Ok(match &disk.nodes[disk.find(path).ok_or_else(missing)?] {
            Node::File { live, changed, .. } => {
                Metadata { kind: Kind::File, length: live.len() as u64, modified_nanoseconds: *changed }
            }
            Node::Folder { .. } => Metadata { kind: Kind::Folder, length: 0, modified_nanoseconds: 0 },
        })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut disk = self.disk();
        disk.turn()?.end()?;
        let entries: Vec<_> =
            disk.entries(folder)?.iter().map(|(name, node)| (name.clone(), *node)).collect();
        let kind = |node: usize| match disk.nodes[node] {
            Node::File { .. } => Kind::File,
            Node::Folder { .. } => Kind::Folder,
        };
        Ok(entries.into_iter().map(|(name, node)| Entry { name, kind: kind(node) }).collect())
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        let turn = disk.turn()?;
        if turn != Turn::FailsHalfway {
            let mut path = PathBuf::new();
            for name in parts(folder) {
                path.push(name);
                let new = disk.nodes.len();
                let (siblings, name) = disk.siblings(&path)?;
                if *siblings.entry(name).or_insert(new) == new {
                    disk.nodes.push(Node::Folder { live: BTreeMap::new(), durable: BTreeMap::new() });
                }
            }
        }
        turn.end()
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut disk = self.disk();
        let turn = disk.turn()?;
        let node = disk.file(path)?;
        let done = if turn == Turn::FailsHalfway { &bytes[..bytes.len() / 2] } else { bytes };
        disk.change(node, |live| *live = done.to_vec())?;
        turn.end()
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.sync_folder(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        let turn = disk.turn()?;
        let node = disk.find(folder).ok_or_else(missing)?;
        if turn != Turn::FailsHalfway {
            disk.sync(node);
        }
        turn.end()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        let turn = disk.turn()?;
        let node = disk.find(from).ok_or_else(missing)?;
        if turn != Turn::FailsHalfway {
            let (siblings, name) = disk.siblings(to)?;
            siblings.insert(name, node);
            let (siblings, name) = disk.siblings(from)?;
            siblings.remove(&name);
        }
        turn.end()
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.remove_folder(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        let turn = disk.turn()?;
        let (siblings, name) = disk.siblings(folder)?;
        if !siblings.contains_key(&name) {
            return Err(missing());
        }
        if turn != Turn::FailsHalfway {
            siblings.remove(&name);
        }
        turn.end()
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        let mut disk = self.disk();
        disk.turn()?.end()?;
        let node = disk.file(path)?;
        Ok(Box::new(FaultyAppend { vfs: self.clone(), node, life: disk.life }))
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn LockGuard>>> {
        let mut disk = self.disk();
        disk.turn()?.end()?;
        if !disk.locks.insert(path.to_path_buf()) {
            return Ok(None);
        }
        Ok(Some(Box::new(FaultyLock { vfs: self.clone(), path: path.to_path_buf(), life: disk.life })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vfs::{replace_file, write_durable};

    const FILE: &str = "/data/a.json";

    fn with_file() -> io::Result<FaultyVfs> {
        let vfs = FaultyVfs::new();
        vfs.create_folders(Path::new("/data"))?;
        vfs.sync_folder(Path::new("/"))?;
        write_durable(&vfs, Path::new(FILE), b"old")?;
        Ok(vfs)
    }

    #[test]
    fn a_durable_write_survives_a_power_cut_at_every_step_whole() -> io::Result<()> {
        for unsynced in [Unsynced::Lost, Unsynced::Mangled, Unsynced::Kept] {
            for fault in [Fault::Error, Fault::ErrorAfterwards, Fault::Crash] {
                for call in 1..=5 {
                    let vfs = with_file()?;
                    vfs.fail_at(call, fault);
                    let written = write_durable(&vfs, Path::new(FILE), b"new").is_ok();
                    assert_eq!(written, call == 5);
                    vfs.cut_power(unsynced);
                    let found = vfs.read(Path::new(FILE))?;
                    assert!(
                        found == b"new" || (!written && found == b"old"),
                        "{call} {fault:?} {unsynced:?}"
                    );
                }
            }
        }
        Ok(())
    }

    #[test]
    fn without_the_sync_of_the_folder_the_rename_is_lost_and_without_that_of_the_file_its_content()
    -> io::Result<()> {
        let vfs = with_file()?;
        replace_file(&vfs, Path::new(FILE), b"new")?;
        vfs.cut_power(Unsynced::Lost);
        assert_eq!(vfs.read(Path::new(FILE))?, b"old");
        vfs.write(Path::new(FILE), b"new")?;
        vfs.cut_power(Unsynced::Mangled);
        assert_eq!(vfs.read(Path::new(FILE))?, [0, 0, 0]);
        Ok(())
    }

    #[test]
    fn half_of_an_append_that_was_not_synced_is_left() -> io::Result<()> {
        let vfs = with_file()?;
        let mut append = vfs.open_append(Path::new(FILE))?;
        append.append(b"-synced")?;
        append.sync_data()?;
        append.append(b"-torn")?;
        vfs.cut_power(Unsynced::Mangled);
        assert_eq!(vfs.read(Path::new(FILE))?, b"old-synced-t");
        assert!(append.append(b"x").is_err(), "what was open before the power cut is gone");
        Ok(())
    }
}
