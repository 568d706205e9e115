//! What an export wrote, kept beside it: the next one does only what changed and touches only its own files.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use accid_base::{ContentHash, Finding, Id, Vfs};
use serde::{Deserialize, Serialize};

/// A page of an export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ManifestPage {
    /// Hash of the page's document.
    pub source: ContentHash,
    /// The pictures it shows.
    pub images: Vec<String>,
    /// What was found in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ManifestFile {
    /// Hash of its content.
    pub hash: ContentHash,
    /// Its size.
    pub bytes: u64,
}

/// What an export wrote.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The project it is of.
    pub project: Option<Id>,
    /// Hash of all that pages have in common.
    pub fingerprint: Option<ContentHash>,
    /// The pages, by their path.
    pub pages: BTreeMap<String, ManifestPage>,
    /// All files, by their path.
    pub files: BTreeMap<String, ManifestFile>,
    /// Files that an export was about to write; those of one that was cut off are still ours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<String>,
}

impl Manifest {
    /// Folder of ACCID's own notes in an export; it is not published.
    pub const FOLDER: &'static str = ".accid";

    fn file(out: &Path) -> PathBuf {
        out.join(Self::FOLDER).join("export.json")
    }

    /// The manifest of that folder; an empty one when there is none or it cannot be read.
    pub fn read(vfs: &dyn Vfs, out: &Path) -> Self {
        let read = vfs.read(&Self::file(out)).ok();
        read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Writes it; not synced, for an export can always be made again.
    pub fn write(&self, vfs: &dyn Vfs, out: &Path) -> std::io::Result<()> {
        let file = Self::file(out);
        let unfinished = file.with_extension("part");
        vfs.create_folders(&out.join(Self::FOLDER))?;
        vfs.write(&unfinished, &serde_json::to_vec(self)?)?;
        vfs.rename(&unfinished, &file)
    }

    /// Whether that file was made by an export of ours.
    pub fn knows(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.pending.iter().any(|pending| pending == path)
    }
}
