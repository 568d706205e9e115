//! How much of the disk each project takes, by kind, and giving back what can be made again.

use std::path::Path;

use accid_base::{Vfs, vfs::Kind};
use accid_model::Photo;

use super::{Store, trash};
use crate::{StoreError, disk, paths};

/// Folder of what can be made again.
const DERIVED: &str = "derived";
/// What of it is in use while ACCID is not: uploads that go on later, and tokens of places that are published to.
const STAYS: [&str; 2] = ["uploads", "deploy"];
/// Deepest folder that is looked into.
const DEEPEST: usize = 24;

/// How much of the disk a project takes, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Pictures and films as they came.
    pub originals: u64,
    /// Documents: pages, photos, albums.
    pub documents: u64,
    /// The history.
    pub history: u64,
    /// What can be made again.
    pub derived: u64,
    /// Files that could not be read and were put aside.
    pub quarantine: u64,
}

fn size_below(vfs: &dyn Vfs, folder: &Path, depth: usize) -> u64 {
    let mut bytes = 0;
    for entry in vfs.list(folder).unwrap_or_default() {
        let path = folder.join(&entry.name);
        bytes += match entry.kind {
            Kind::File => vfs.metadata(&path).map_or(0, |found| found.length),
            Kind::Folder if depth < DEEPEST => size_below(vfs, &path, depth + 1),
            _ => 0,
        };
    }
    bytes
}

impl Store {
    /// How much each project takes, by the name of its folder, and how much lies in the trash.
    pub fn usage(&self) -> (Vec<(String, Usage)>, u64) {
        let vfs = self.disk();
        let mut projects = Vec::new();
        for folder in self.project_folders() {
            let path = self.projects_folder().join(&folder);
            let of = |name: &str| size_below(vfs, &path.join(name), 0);
            let (originals, derived) = (of(Photo::MEDIA), of(DERIVED));
            let (history, quarantine) = (of(paths::LEDGER), of(paths::QUARANTINE));
            let all = size_below(vfs, &path, 0);
            let documents = all.saturating_sub(originals + derived + history + quarantine);
            projects.push((folder, Usage { originals, documents, history, derived, quarantine }));
        }
        (projects, size_below(vfs, &self.0.root.join(trash::TRASH), 0))
    }

    /// Removes what of a project can be made again; returns how many bytes that gave back.
    ///
    /// # Errors
    /// When the disk refuses; what is left is removed the next time.
    pub fn clean_derived(&self, folder: &str) -> Result<u64, StoreError> {
        let vfs = self.disk();
        let derived = self.projects_folder().join(folder).join(DERIVED);
        let mut freed = 0;
        for entry in vfs.list(&derived).unwrap_or_default() {
            if STAYS.contains(&entry.name.as_str()) {
                continue;
            }
            let path = derived.join(&entry.name);
            let size = match entry.kind {
                Kind::Folder => size_below(vfs, &path, 0),
                _ => vfs.metadata(&path).map_or(0, |found| found.length),
            };
            // Renamed first: whoever makes something anew meanwhile finds an empty place, not half a folder.
            let going =
                disk::free_name(vfs, &derived, &format!(".going-{}", entry.name.trim_start_matches('.')));
            let removed = vfs.rename(&path, &going).and_then(|()| match entry.kind {
                Kind::Folder => vfs.remove_folder(&going),
                _ => vfs.remove_file(&going),
            });
            removed.map_err(StoreError::io("remove", &path))?;
            freed += size;
        }
        Ok(freed)
    }
}
