//! What is backed up: files by their path in the backup, in an order and a form the library takes.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    io::{self, Cursor, ErrorKind as IoErrorKind, Read},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use accid_base::{ContentHash, Vfs, locked};
use jiff::Timestamp;
use rustic_core::{
    ReadSource, ReadSourceEntry, ReadSourceOpen, RusticResult,
    repofile::{Metadata, Node, NodeType},
};

use crate::{BackupError, backend::Course};

/// The folder at the root of every snapshot.
pub(crate) const ROOT: &str = "/accid";

/// Where the content of a file comes from.
pub enum Content {
    /// Held in memory.
    Bytes(Arc<[u8]>),
    /// A file that is open already and may grow: only the first bytes of it count.
    Open(Box<dyn Read + Send>),
    /// A file that never changes. When it is gone before it is read, it is left out.
    File(PathBuf),
}

/// A file to back up.
pub struct SourceFile {
    /// Its path in the backup, such as `projects/travel/pages/index.json`.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was changed last, when that is known.
    pub modified: Option<Timestamp>,
    /// Its content.
    pub content: Content,
}

/// Files for one snapshot.
pub(crate) struct Source {
    entries: Mutex<Vec<ReadSourceEntry<Opening>>>,
    bytes: u64,
}

/// A file that is opened when its turn comes.
pub(crate) struct Opening {
    path: PathBuf,
    bytes: u64,
    content: Content,
    vfs: Arc<dyn Vfs>,
    course: Arc<Course>,
}

/// A file that is being read. Whatever goes wrong with it is kept: the library would leave the file out and go on.
pub(crate) struct Reading {
    path: PathBuf,
    inner: Box<dyn Read + Send>,
    course: Arc<Course>,
}

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.course.is_stopped() {
            return Err(io::Error::other("it was stopped"));
        }
        self.inner.read(buffer).inspect_err(|error| {
            if error.kind() != IoErrorKind::Interrupted {
                let source = io::Error::new(error.kind(), error.to_string());
                drop(self.course.fail(BackupError::Io { path: self.path.clone(), source }));
            }
        })
    }
}

impl ReadSourceOpen for Opening {
    type Reader = Reading;

    fn open(self) -> RusticResult<Reading> {
        let inner: Box<dyn Read + Send> = match self.content {
            Content::Bytes(bytes) => Box::new(Cursor::new(bytes)),
            Content::Open(reader) => Box::new(reader.take(self.bytes)),
            Content::File(path) => match self.vfs.open_read(&path) {
                Ok(reader) => reader,
                Err(error) => {
                    let gone = error.kind() == IoErrorKind::NotFound;
                    let told = BackupError::Io { path, source: error };
                    if gone {
                        return Err(rustic_core::RusticError::new(
                            rustic_core::ErrorKind::InputOutput,
                            "the file is gone",
                        ));
                    }
                    return Err(self.course.fail(told));
                }
            },
        };
        Ok(Reading { path: self.path, inner, course: self.course })
    }
}

impl Source {
    pub(crate) fn new(files: Vec<SourceFile>, vfs: &Arc<dyn Vfs>, course: &Arc<Course>) -> Self {
        let bytes = files.iter().map(|file| file.bytes).sum();
        let mut entries = BTreeMap::new();
        for file in files {
            let path = Path::new(ROOT).join(&file.path);
            for folder in path.ancestors().skip(1).take_while(|folder| *folder != Path::new("/")) {
                let known = entries.entry(folder.to_path_buf()).or_insert_with(|| folder_entry(folder));
                known.node.meta.mtime = known.node.meta.mtime.max(file.modified);
                known.node.meta.atime = known.node.meta.mtime;
            }
            entries.insert(path.clone(), file_entry(path, file, vfs, course));
        }
        // By the parts of their paths: so the files of a folder stand together.
        Self { entries: Mutex::new(entries.into_values().collect()), bytes }
    }
}

fn folder_entry(path: &Path) -> ReadSourceEntry<Opening> {
    let meta = Metadata { mode: Some(0o755), ..Metadata::default() };
    let name = path.file_name().unwrap_or(OsStr::new("accid"));
    ReadSourceEntry { path: path.to_path_buf(), node: Node::new_node(name, NodeType::Dir, meta), open: None }
}

fn file_entry(
    path: PathBuf,
    file: SourceFile,
    vfs: &Arc<dyn Vfs>,
    course: &Arc<Course>,
) -> ReadSourceEntry<Opening> {
    let meta = Metadata {
        mode: Some(0o644),
        mtime: file.modified,
        atime: file.modified,
        ctime: match &file.content {
            Content::Bytes(bytes) => stamp(bytes),
            _ => None,
        },
        size: file.bytes,
        links: 1,
        ..Metadata::default()
    };
    let name = path.file_name().unwrap_or(OsStr::new("accid")).to_owned();
    let opening = Opening {
        path: path.clone(),
        bytes: file.bytes,
        content: file.content,
        vfs: Arc::clone(vfs),
        course: Arc::clone(course),
    };
    ReadSourceEntry { path, node: Node::new_node(&name, NodeType::File, meta), open: Some(opening) }
}

/// The library takes a file for unchanged when its size and times are. A document that was saved and did not follow
/// to its file yet has the time of the older content, so its content speaks for itself: as a time no clock shows.
fn stamp(bytes: &[u8]) -> Option<Timestamp> {
    let hash = *ContentHash::of(bytes).as_bytes();
    let seconds = u32::from_be_bytes(hash[..4].try_into().ok()?);
    let nanoseconds = u32::from_be_bytes(hash[4..8].try_into().ok()?) % 1_000_000_000;
    Timestamp::new(i64::from(seconds), i32::try_from(nanoseconds).ok()?).ok()
}

impl ReadSource for Source {
    type Open = Opening;
    type Iter = std::vec::IntoIter<RusticResult<ReadSourceEntry<Opening>>>;

    fn size(&self) -> RusticResult<Option<u64>> {
        Ok(Some(self.bytes))
    }

    fn entries(&self) -> Self::Iter {
        let entries = std::mem::take(&mut *locked(&self.entries));
        entries.into_iter().map(Ok).collect::<Vec<_>>().into_iter()
    }
}
