//! Taking files out of a repository: what is in a snapshot, and into an empty folder with it. Every piece is compared
//! with the hash it was put in under. A hostile repository gets nothing written outside that folder.

use std::{
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use accid_base::{ContentHash, Progress, RelativePath, Vfs, vfs::AppendFile};
use rustic_core::{
    IndexedFullStatus, LsOptions,
    repofile::{BlobType, Node, SnapshotFile},
};
use sha2::{Digest as _, Sha256};

use crate::{BackupError, Repository, repository::Opened, source::ROOT};

/// How deep folders may lie in each other: more than any project has.
const DEEPEST: usize = 60;
/// The most files of one restore.
const MOST: usize = 2_000_000;

/// A file or folder in a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its path, such as `projects/travel`.
    pub path: String,
    /// Whether it is a folder.
    pub folder: bool,
    /// Its size in bytes; 0 for a folder.
    pub bytes: u64,
}

/// What was taken out.
#[derive(Debug, Clone, Default)]
pub struct Restored {
    /// Each file by its path below the folder, with the hash of its content.
    pub files: Vec<(PathBuf, ContentHash)>,
    /// Their size in bytes.
    pub bytes: u64,
}

impl Restored {
    /// Reads every file back and compares it with what was taken out.
    ///
    /// # Errors
    /// When one is not what it was, or the watcher stops it.
    pub fn compare(&self, vfs: &dyn Vfs, folder: &Path, progress: &dyn Progress) -> Result<(), BackupError> {
        for (index, (path, hash)) in self.files.iter().enumerate() {
            if progress.cancelled() {
                return Err(BackupError::Cancelled);
            }
            let at = folder.join(path);
            let mut hasher = Sha256::new();
            let mut reader = vfs.open_read(&at).map_err(BackupError::io(&at))?;
            let mut buffer = vec![0; 256 * 1024];
            loop {
                match reader.read(&mut buffer).map_err(BackupError::io(&at))? {
                    0 => break,
                    more => hasher.update(&buffer[..more]),
                }
            }
            if ContentHash::from_bytes(hasher.finalize().into()) != *hash {
                let reason = format!("{} is not what was backed up", path.display());
                return Err(BackupError::Damaged { place: folder.display().to_string(), reason });
            }
            progress.step(index + 1, self.files.len(), "Comparing");
        }
        Ok(())
    }
}

type Indexed = rustic_core::Repository<IndexedFullStatus>;

/// A snapshot that is being taken out.
struct Taking<'a> {
    repository: &'a Repository,
    indexed: Indexed,
    vfs: &'a Arc<dyn Vfs>,
}

impl Repository {
    /// What is directly in a folder of a snapshot; the snapshot's own for an empty path.
    ///
    /// # Errors
    /// When there is no such snapshot or folder.
    pub fn look(&self, snapshot: &str, folder: &str) -> Result<Vec<Item>, BackupError> {
        let snapshot = self.find(snapshot)?;
        let indexed = self.again().and_then(Opened::to_indexed).map_err(|error| self.told(&error))?;
        let node = self.node(&indexed, &snapshot, folder)?;
        let mut items = Vec::new();
        let options = LsOptions::default().recursive(false);
        for found in indexed.ls(&node, &options).map_err(|error| self.told(&error))? {
            let (path, node) = found.map_err(|error| self.told(&error))?;
            let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            let folder = node.is_dir();
            let bytes = if folder { 0 } else { node.meta.size };
            items.push(Item { path: format!("{start}{}", path.display()), folder, bytes });
        }
        Ok(items)
    }

    fn node(&self, indexed: &Indexed, snapshot: &SnapshotFile, path: &str) -> Result<Node, BackupError> {
        let missing = || BackupError::NotInSnapshot(path.chars().take(200).collect());
        let mut whole = PathBuf::from(ROOT);
        if !path.is_empty() {
            whole.extend(path.parse::<RelativePath>().map_err(|_| missing())?.parts());
        }
        indexed.node_from_path(snapshot.tree, &whole).map_err(|error| match self.course.take() {
            Some(failure) => failure,
            None => {
                tracing::debug!(error = %error.display_log(), "not_in_snapshot");
                missing()
            }
        })
    }

    /// Takes a file or folder of a snapshot out into a folder, which must be empty or missing; all of it for an empty
    /// path. A folder's content lies then directly in it.
    ///
    /// # Errors
    /// When the folder is not empty, there is no such thing in the snapshot, the repository is damaged or hostile, the
    /// disk refuses, or the watcher stops it; what was written until then stays there.
    pub fn restore(
        &self,
        (snapshot, what): (&str, &str),
        into: &Path,
        vfs: &Arc<dyn Vfs>,
        progress: &dyn Progress,
    ) -> Result<Restored, BackupError> {
        let snapshot = self.find(snapshot)?;
        match vfs.list(into) {
            Ok(entries) if !entries.is_empty() => return Err(BackupError::NotEmpty(into.to_path_buf())),
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(BackupError::io(into)(error));
            }
            _ => {}
        }
        let indexed = self.again().and_then(Opened::to_indexed).map_err(|error| self.told(&error))?;
        let node = self.node(&indexed, &snapshot, what)?;
        let taking = Taking { repository: self, indexed, vfs };
        // All names are looked at before anything is written.
        let nodes = taking.nodes(node)?;
        let total: u64 = nodes.iter().map(|(_, node)| node.meta.size).sum();
        let size = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        vfs.create_folders(into).map_err(BackupError::io(into))?;
        let mut restored = Restored::default();
        for (path, node) in nodes {
            if progress.cancelled() {
                return Err(BackupError::Cancelled);
            }
            let at = into.join(&path);
            if node.is_dir() {
                vfs.create_folders(&at).map_err(BackupError::io(&at))?;
            } else if node.is_file() {
                let (hash, bytes) = taking.file(&at, &node)?;
                restored.files.push((path, hash));
                restored.bytes += bytes;
                progress.step(size(restored.bytes.min(total)), size(total), "Restoring");
            }
        }
        Ok(restored)
    }
}

impl Taking<'_> {
    fn hostile(&self, reason: &str) -> BackupError {
        BackupError::Damaged { place: self.repository.place.clone(), reason: reason.to_owned() }
    }

    /// Everything below a node, with paths that stay in the folder.
    fn nodes(&self, node: Node) -> Result<Vec<(PathBuf, Node)>, BackupError> {
        if node.is_file() {
            let path = PathBuf::from(node.name().into_owned());
            self.check(&path)?;
            return Ok(vec![(path, node)]);
        }
        let mut nodes = Vec::new();
        let listed = self.indexed.ls(&node, &LsOptions::default());
        for found in listed.map_err(|error| self.repository.told(&error))? {
            let (path, node) = found.map_err(|error| self.repository.told(&error))?;
            self.check(&path)?;
            if nodes.len() == MOST {
                return Err(self.hostile("it holds more files than any data folder"));
            }
            nodes.push((path, node));
        }
        Ok(nodes)
    }

    fn check(&self, path: &Path) -> Result<(), BackupError> {
        let plain = |part: Component<'_>| match part {
            Component::Normal(name) => {
                let Some(name) = name.to_str() else { return false };
                // Elsewhere a name may hold what Windows takes for a drive, a device or a folder.
                !name.contains(['/', '\0']) && (!cfg!(windows) || name.parse::<RelativePath>().is_ok())
            }
            _ => false,
        };
        let parts = path.components().count();
        if parts == 0 || parts > DEEPEST || !path.components().all(plain) {
            return Err(self.hostile("it holds a name that leads out of its folder"));
        }
        Ok(())
    }

    /// Writes one file, piece by piece.
    fn file(&self, at: &Path, node: &Node) -> Result<(ContentHash, u64), BackupError> {
        if self.vfs.exists(at) {
            return Err(self.hostile("it holds two files of one name"));
        }
        if let Some(folder) = at.parent() {
            self.vfs.create_folders(folder).map_err(BackupError::io(folder))?;
        }
        let mut file: Box<dyn AppendFile> = self.vfs.open_append(at).map_err(BackupError::io(at))?;
        let (mut hasher, mut bytes) = (Sha256::new(), 0);
        for id in node.content.iter().flatten() {
            let piece = self.indexed.get_blob_cached(&(**id).into(), BlobType::Data);
            let piece = piece.map_err(|error| self.repository.told(&error))?;
            if ContentHash::of(&piece).to_string() != id.to_hex().as_str() {
                return Err(self.hostile("a piece of it is not what was put in"));
            }
            file.append(&piece).map_err(BackupError::io(at))?;
            hasher.update(&piece);
            bytes += piece.len() as u64;
        }
        if bytes != node.meta.size {
            return Err(self.hostile("a file of it has another size than was put in"));
        }
        file.sync_data().map_err(BackupError::io(at))?;
        Ok((ContentHash::from_bytes(hasher.finalize().into()), bytes))
    }
}
