//! Which files of which folders were taken in already, so that looking through a folder again costs nothing. Kept in
//! `derived/`: when it is gone, the hashes of the files say the same.

use std::{collections::BTreeMap, path::PathBuf};

use accid_base::{ContentHash, Id, locked};
use accid_store::Project;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Waypoint,
    sidecar::{belongs, is_sidecar},
};

/// A file somewhere, which may have been taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct KnownSource {
    /// Where it lies, as whoever asks names it.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 when unknown.
    pub modified: i64,
    /// Content hash (SHA-256) of it, when it is known.
    pub hash: Option<ContentHash>,
}

/// What is noted of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Noted {
    bytes: u64,
    modified: i64,
    hash: ContentHash,
}

type Book = BTreeMap<String, Noted>;

fn plain(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn file(project: &Project) -> PathBuf {
    project.derived().join("sources.json")
}

impl Waypoint {
    /// For each of these files the photo it is already, if it is one. A file whose size and time are as they were is
    /// taken for the same; of others the hash decides, and is noted.
    pub fn known_sources(&self, project: &Project, sources: &[KnownSource]) -> Vec<Option<Id>> {
        let shelf = self.shelf(project);
        let _noting = locked(&self.noting);
        let read = self.vfs.read(&file(project)).ok();
        let mut book: Book = read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let mut changed = false;
        let mut found = Vec::with_capacity(sources.len());
        for source in sources {
            let noted = book.get(&source.path).filter(|noted| {
                (noted.bytes, noted.modified) == (source.bytes, source.modified) && source.modified != 0
            });
            let hash = source.hash.or(noted.map(|noted| noted.hash));
            // A file of notes counts as known when it was noted before, and the photo it was read into is still there.
            let photo = if is_sidecar(&source.path) {
                hash.and_then(|_| {
                    shelf.list.iter().rev().find(|stored| belongs(plain(&source.path), &stored.photo))
                })
            } else {
                hash.as_ref().and_then(|hash| shelf.of_original(hash))
            };
            if let (Some(_), Some(hash)) = (photo, source.hash) {
                let note = Noted { bytes: source.bytes, modified: source.modified, hash };
                changed |= book.insert(source.path.clone(), note.clone()) != Some(note);
            }
            found.push(photo.map(|stored| stored.photo.id.clone()));
        }
        if changed {
            self.note(project, &book);
        }
        found
    }

    /// Writes the book; when the disk refuses, the files are read once more next time.
    fn note(&self, project: &Project, book: &Book) {
        let (target, folder) = (file(project), project.derived());
        let unfinished = target.with_extension("part");
        let Ok(bytes) = serde_json::to_vec(book) else { return };
        let written = self
            .vfs
            .create_folders(&folder)
            .and_then(|()| self.vfs.write(&unfinished, &bytes))
            .and_then(|()| self.vfs.rename(&unfinished, &target));
        if written.is_err() {
            drop(self.vfs.remove_file(&unfinished));
        }
    }
}
