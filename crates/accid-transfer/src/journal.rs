//! What ACCID notes at a target, in `.accid/`: the manifest (what it published) and, while a publish goes on, the
//! journal (what it is about to do). Both are readable JSON.

use std::collections::BTreeMap;

use accid_base::{ContentHash, Id, RelativePath};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Target, TransferError, target::OWN_FOLDER};

/// Format of both files.
const FORMAT: u32 = 1;

/// A file that was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedFile {
    /// Hash of its content.
    pub sha256: ContentHash,
    /// Its size.
    pub bytes: u64,
}

/// `.accid/manifest.json` at the target: what was published last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedManifest {
    /// Format of this file.
    pub format: u32,
    /// The release it is.
    pub release: Id,
    /// When it was published.
    pub at: Timestamp,
    /// The release before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Id>,
    /// The files, by path.
    pub files: BTreeMap<RelativePath, PublishedFile>,
}

/// `.accid/journal.json` at the target: what a publish is about to do, written before it touches the site and removed
/// when it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// Format of this file.
    pub format: u32,
    /// The release it makes.
    pub release: Id,
    /// Folder below `.accid/stage/` in which files wait; a publish that goes on after a crash keeps it.
    pub stage: Id,
    /// Files it puts into place.
    pub placing: BTreeMap<RelativePath, PublishedFile>,
    /// What stands, of earlier releases, where it puts files.
    pub replacing: BTreeMap<RelativePath, PublishedFile>,
    /// Files of releases before that it removes.
    pub removing: BTreeMap<RelativePath, PublishedFile>,
}

/// Everything ACCID knows about a target.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) manifest: Option<PublishedManifest>,
    pub(crate) journal: Option<Journal>,
}

pub(crate) fn own(tail: &str) -> Result<RelativePath, TransferError> {
    let path = format!("{OWN_FOLDER}/{tail}").parse();
    path.map_err(|error| TransferError::InvalidBuild { reason: format!("{error}") })
}

impl Notes {
    /// Reads the notes; a journal that cannot be read counts as none, a manifest that cannot be read is an error.
    pub(crate) fn read(target: &dyn Target) -> Result<Self, TransferError> {
        let place = || target.place();
        let manifest = match target.read(&own("manifest.json")?)? {
            None => None,
            Some(bytes) => {
                let damaged = |reason: String| TransferError::DamagedManifest { place: place(), reason };
                let value: serde_json::Value =
                    serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
                if value.get("format").and_then(serde_json::Value::as_u64) > Some(u64::from(FORMAT)) {
                    return Err(TransferError::NewerManifest { place: place() });
                }
                let manifest: PublishedManifest =
                    serde_json::from_value(value).map_err(|error| damaged(error.to_string()))?;
                if manifest.files.keys().any(is_own) {
                    return Err(damaged("it claims a file in the folder of the notes themselves".to_owned()));
                }
                Some(manifest)
            }
        };
        let journal = target.read(&own("journal.json")?)?;
        let journal =
            journal.and_then(|bytes| serde_json::from_slice::<Journal>(&bytes).ok()).filter(|journal| {
                journal.format == FORMAT && !journal.placing.keys().chain(journal.removing.keys()).any(is_own)
            });
        Ok(Self { manifest, journal })
    }

    /// What ACCID last put, or may have put, at that path. A file that an interrupted publish meant to place is ours
    /// only when it has exactly that content.
    pub(crate) fn ours(
        &self,
        target: &dyn Target,
        path: &RelativePath,
    ) -> Result<Option<PublishedFile>, TransferError> {
        if let Some(journal) = &self.journal {
            if let Some(file) = journal.placing.get(path) {
                if holds(target, path, file)? {
                    return Ok(Some(file.clone()));
                }
                if let Some(file) = journal.replacing.get(path) {
                    return Ok(Some(file.clone()));
                }
            } else if let Some(file) = journal.removing.get(path) {
                return Ok(Some(file.clone()));
            }
        }
        Ok(self.manifest.as_ref().and_then(|manifest| manifest.files.get(path)).cloned())
    }

    /// All paths that may be ours.
    pub(crate) fn paths(&self) -> std::collections::BTreeSet<RelativePath> {
        let manifest = self.manifest.iter().flat_map(|manifest| manifest.files.keys());
        let journal =
            self.journal.iter().flat_map(|journal| journal.placing.keys().chain(journal.removing.keys()));
        manifest.chain(journal).cloned().collect()
    }
}

fn is_own(path: &RelativePath) -> bool {
    path.parts().next() == Some(OWN_FOLDER)
}

/// Whether the file at the path has that size and content.
pub(crate) fn holds(
    target: &dyn Target,
    path: &RelativePath,
    file: &PublishedFile,
) -> Result<bool, TransferError> {
    if target.find(path)? != Some(crate::Found::File(file.bytes)) {
        return Ok(false);
    }
    Ok(target.read(path)?.is_some_and(|bytes| ContentHash::of(&bytes) == file.sha256))
}

impl Journal {
    pub(crate) fn new(release: Id, stage: Id) -> Self {
        let (placing, replacing, removing) = Default::default();
        Self { format: FORMAT, release, stage, placing, replacing, removing }
    }

    pub(crate) fn write(&self, target: &dyn Target) -> Result<(), TransferError> {
        target.replace(&own("journal.json")?, &to_json(self))
    }
}

impl PublishedManifest {
    pub(crate) fn new(release: Id, at: Timestamp, previous: Option<Id>) -> Self {
        Self { format: FORMAT, release, at, previous, files: BTreeMap::new() }
    }

    pub(crate) fn write(&self, target: &dyn Target) -> Result<(), TransferError> {
        target.replace(&own("manifest.json")?, &to_json(self))
    }
}

/// Maps with text keys and no floats: serialising cannot fail.
fn to_json<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
