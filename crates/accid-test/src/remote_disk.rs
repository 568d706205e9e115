//! The disk of a test server, in memory: what was stored can be looked at, and it fails when it is told to.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What goes wrong at a server.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    /// After so many bytes from clients every connection breaks, and none is accepted until it is mended.
    pub cut_after: Option<u64>,
    /// More connections than this are turned away (FTP: 421).
    pub most_connections: Option<usize>,
    /// Nothing is renamed over an existing file.
    pub refuse_rename_over: bool,
    /// The disk takes no more than this, in bytes.
    pub capacity: Option<u64>,
    /// Data connections are wanted at another machine (FTP).
    pub passive_elsewhere: bool,
    /// Listings hold names that lead out of their folder.
    pub hostile_names: bool,
    /// So many times no port is free for a data connection (FTP: 425).
    pub busy_ports: usize,
    /// A file that is there in part is not gone on with (FTP: REST).
    pub refuse_restart: bool,
}

#[derive(Debug, Default)]
struct State {
    nodes: BTreeMap<String, Option<Vec<u8>>>,
    faults: Faults,
    received: u64,
    down: bool,
    cuts: u64,
    log: Vec<String>,
    watched: Option<String>,
    seen: BTreeSet<Option<Vec<u8>>>,
}

/// Files and folders by their path, which begins with a slash; folders have no content.
#[derive(Debug, Default)]
pub struct RemoteDisk(Mutex<State>);

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such thing.
    Missing,
    /// It cannot be done to what is there.
    Failed,
    /// The disk is full.
    Full,
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path as the disk has it: from the root, without `.`, `..` and doubled slashes.
pub(crate) fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    if parts.is_empty() { String::new() } else { format!("/{}", parts.join("/")) }
}

impl State {
    fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || self.nodes.get(path) == Some(&None)
    }

    fn note(&mut self) {
        if let Some(watched) = &self.watched {
            self.seen.insert(self.nodes.get(watched).cloned().flatten());
        }
    }

    fn used(&self) -> u64 {
        self.nodes.values().flatten().map(|bytes| bytes.len() as u64).sum()
    }
}

impl RemoteDisk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets things go wrong, or right again.
    pub fn set_faults(&self, faults: Faults) {
        let mut state = self.state();
        state.faults = faults;
        state.received = 0;
        state.down = false;
    }

    /// What goes wrong.
    pub fn faults(&self) -> Faults {
        self.state().faults.clone()
    }

    /// Whether the connection was cut and is not mended.
    pub fn is_down(&self) -> bool {
        self.state().down
    }

    /// How often the connection was cut: what was connected before never works again.
    /// Whether no port is free for a data connection this time.
    pub(crate) fn is_port_busy(&self) -> bool {
        let faults = &mut self.state().faults;
        let busy = faults.busy_ports > 0;
        faults.busy_ports = faults.busy_ports.saturating_sub(1);
        busy
    }

    pub(crate) fn cuts(&self) -> u64 {
        self.state().cuts
    }

    /// Bytes received from clients since the faults were set.
    pub fn received(&self) -> u64 {
        self.state().received
    }

    /// Counts bytes from a client; how many of them still came through.
    pub(crate) fn receive(&self, bytes: usize) -> usize {
        let mut state = self.state();
        if state.down {
            return 0;
        }
        let through = match state.faults.cut_after {
            Some(limit) => usize::try_from(limit.saturating_sub(state.received)).unwrap_or(bytes).min(bytes),
            None => bytes,
        };
        state.received += bytes as u64;
        state.down = through < bytes;
        state.cuts += u64::from(state.down);
        through
    }

    /// What was done, in order, such as `store /a` and `rename /a /b`.
    pub fn log(&self) -> Vec<String> {
        self.state().log.clone()
    }

    /// Forgets what was done.
    pub fn clear_log(&self) {
        self.state().log.clear();
    }

    /// Notes every content that this file has from now on; `None` stands for no file.
    pub fn watch(&self, path: &str) {
        let mut state = self.state();
        state.watched = Some(path.to_owned());
        state.seen.clear();
        state.note();
    }

    /// The contents the watched file had.
    pub fn seen(&self) -> BTreeSet<Option<Vec<u8>>> {
        self.state().seen.clone()
    }

    /// All files.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let state = self.state();
        let files = state.nodes.iter().filter_map(|(path, bytes)| Some((path.clone(), bytes.clone()?)));
        files.collect()
    }

    /// Puts a file there, with its folders, as somebody else would.
    pub fn put(&self, path: &str, bytes: &[u8]) {
        let mut state = self.state();
        let mut folder = parent(path);
        while !folder.is_empty() {
            state.nodes.insert(folder.to_owned(), None);
            folder = parent(folder);
        }
        state.nodes.insert(path.to_owned(), Some(bytes.to_vec()));
        state.note();
    }

    /// Takes a file away, as somebody else would.
    pub fn take(&self, path: &str) {
        self.state().nodes.remove(path);
    }

    pub(crate) fn list(&self, folder: &str) -> Result<Vec<(String, Option<u64>)>, Refusal> {
        let state = self.state();
        if !state.is_folder(folder) {
            return Err(Refusal::Missing);
        }
        let inside = state.nodes.iter().filter(|(path, _)| !path.is_empty() && parent(path) == folder);
        let entry = |(path, bytes): (&String, &Option<Vec<u8>>)| {
            (path[folder.len() + 1..].to_owned(), bytes.as_ref().map(|bytes| bytes.len() as u64))
        };
        let mut names: Vec<_> = inside.map(entry).collect();
        if state.faults.hostile_names {
            names.push(("../../etc/passwd".to_owned(), Some(1)));
        }
        Ok(names)
    }

    pub(crate) fn size(&self, path: &str) -> Result<Option<u64>, Refusal> {
        let state = self.state();
        if path.is_empty() {
            return Ok(None);
        }
        let node = state.nodes.get(path).ok_or(Refusal::Missing)?;
        Ok(node.as_ref().map(|bytes| bytes.len() as u64))
    }

    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        self.state().nodes.get(path).cloned().flatten().ok_or(Refusal::Missing)
    }

    /// Makes a file, or empties it when `from` is 0.
    pub(crate) fn open(&self, path: &str, from: u64) -> Result<(), Refusal> {
        let mut state = self.state();
        if !state.is_folder(parent(path)) || state.is_folder(path) {
            return Err(Refusal::Missing);
        }
        state.log.push(format!("store {path}"));
        let file = state.nodes.entry(path.to_owned()).or_default().get_or_insert_default();
        file.truncate(usize::try_from(from).unwrap_or(usize::MAX));
        state.note();
        Ok(())
    }

    pub(crate) fn write(&self, path: &str, at: u64, bytes: &[u8]) -> Result<(), Refusal> {
        let mut state = self.state();
        let room = state.faults.capacity.map(|capacity| capacity.saturating_sub(state.used()));
        let fits =
            room.map_or(bytes.len(), |room| usize::try_from(room).unwrap_or(usize::MAX).min(bytes.len()));
        let Some(Some(file)) = state.nodes.get_mut(path) else { return Err(Refusal::Missing) };
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        if file.len() < at {
            file.resize(at, 0);
        }
        let over = (file.len() - at).min(fits);
        file[at..at + over].copy_from_slice(&bytes[..over]);
        file.extend_from_slice(&bytes[over..fits]);
        state.note();
        if fits < bytes.len() { Err(Refusal::Full) } else { Ok(()) }
    }

    pub(crate) fn make_folder(&self, path: &str) -> Result<(), Refusal> {
        let mut state = self.state();
        if path.is_empty() || state.nodes.contains_key(path) {
            return Err(Refusal::Failed);
        }
        if !state.is_folder(parent(path)) {
            return Err(Refusal::Missing);
        }
        state.nodes.insert(path.to_owned(), None);
        Ok(())
    }

    pub(crate) fn remove_folder(&self, path: &str) -> Result<(), Refusal> {
        let mut state = self.state();
        if state.nodes.get(path) != Some(&None) {
            return Err(Refusal::Missing);
        }
        if state.nodes.keys().any(|other| parent(other) == path) {
            return Err(Refusal::Failed);
        }
        state.nodes.remove(path);
        Ok(())
    }

    pub(crate) fn remove(&self, path: &str) -> Result<(), Refusal> {
        let mut state = self.state();
        if !matches!(state.nodes.get(path), Some(Some(_))) {
            return Err(Refusal::Missing);
        }
        state.nodes.remove(path);
        state.log.push(format!("remove {path}"));
        state.note();
        Ok(())
    }

    pub(crate) fn rename(&self, from: &str, to: &str, over: Over) -> Result<(), Refusal> {
        let mut state = self.state();
        if !state.nodes.contains_key(from) || !state.is_folder(parent(to)) {
            return Err(Refusal::Missing);
        }
        let stands = state.nodes.contains_key(to);
        if stands && (over == Over::Never || state.faults.refuse_rename_over || state.is_folder(to)) {
            return Err(Refusal::Failed);
        }
        let node = state.nodes.remove(from).flatten();
        state.nodes.insert(to.to_owned(), node);
        state.log.push(format!("rename {from} {to}"));
        state.note();
        Ok(())
    }
}

/// Whether a rename replaces what has that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// It does, unless the faults say otherwise.
    Allowed,
    /// It never does: SFTP without its extension.
    Never,
}
