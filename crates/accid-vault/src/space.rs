//! How much of the disk a project takes, by kind. Must not change anything.

use std::{collections::BTreeMap, path::Path};

use accid_base::vfs::Kind;
use accid_store::Project;

use crate::Vault;

impl Vault {
    /// Bytes on disk by kind: `documents`, `originals`, `history`, `releases`, `derived`, `other`. What cannot be looked
    /// at counts nothing.
    pub fn disk_use(&self, project: &Project) -> BTreeMap<String, u64> {
        let mut bytes = BTreeMap::new();
        let mut add = |kind: &str, more: u64| *bytes.entry(kind.to_owned()).or_default() += more;
        for entry in self.vfs.list(project.folder()).unwrap_or_default() {
            let path = project.folder().join(&entry.name);
            match (entry.kind, entry.name.as_str()) {
                (Kind::Folder, "media") => add("originals", self.size(&path)),
                (Kind::Folder, "derived") => add("derived", self.size(&path)),
                (Kind::Folder, ".accid") => {
                    for inner in self.vfs.list(&path).unwrap_or_default() {
                        let kind = match inner.name.as_str() {
                            "ledger" => "history",
                            "releases" => "releases",
                            _ => "other",
                        };
                        add(kind, self.size_of(inner.kind, &path.join(&inner.name)));
                    }
                }
                (kind, name) if name.ends_with(".json") => add("documents", self.size_of(kind, &path)),
                (Kind::Folder, name) => {
                    let documents = project.list_unread(name);
                    let kind = if documents.is_empty() { "other" } else { "documents" };
                    add(kind, self.size(&path));
                }
                (kind, _) => add("other", self.size_of(kind, &path)),
            }
        }
        bytes
    }

    fn size_of(&self, kind: Kind, path: &Path) -> u64 {
        match kind {
            Kind::File => self.vfs.metadata(path).map_or(0, |found| found.length),
            Kind::Folder => self.size(path),
            Kind::Other => 0,
        }
    }

    /// Size of all files in a folder.
    fn size(&self, folder: &Path) -> u64 {
        let entries = self.vfs.list(folder).unwrap_or_default();
        entries.iter().map(|entry| self.size_of(entry.kind, &folder.join(&entry.name))).sum()
    }
}
