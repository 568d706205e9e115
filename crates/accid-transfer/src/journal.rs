//! What ACCID notes at a target, in `.accid/`: the manifest (what it published) and, while a publish goes on, the
//! journal (what it is about to do). Both are readable JSON.

use std::collections::{BTreeMap, BTreeSet};

use accid_base::{ContentHash, Id, RelativePath};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Evidence, Target, TransferError, look::Look, target::OWN_FOLDER};

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

/// How far a publish has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Files are being sent to the stage; the site is as it was.
    Staging,
    /// All files are staged, and are being renamed into place: one that is no longer staged is in its place.
    #[default]
    Placing,
}

/// `.accid/journal.json` at the target: what a publish is about to do, written before it touches the site and removed
/// when it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// Format of this file.
    pub format: u32,
    /// The release it makes.
    pub release: Id,
    /// How far it has come.
    #[serde(default)]
    pub phase: Phase,
    /// Folder below `.accid/stage/` in which files wait; a publish that goes on after a crash keeps it.
    pub stage: Id,
    /// Files it puts into place.
    pub placing: BTreeMap<RelativePath, PublishedFile>,
    /// What of ours stands at the target and is not in the manifest, or not as the manifest says.
    pub replacing: BTreeMap<RelativePath, PublishedFile>,
    /// Files of releases before that it removes.
    pub removing: BTreeMap<RelativePath, PublishedFile>,
}

/// Everything ACCID knows about a target.
#[derive(Debug, Default, PartialEq, Eq)]
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
    pub(crate) fn read(look: &Look<'_>) -> Result<Self, TransferError> {
        let place = || look.target.place();
        let manifest = match read_note(look, "manifest.json")? {
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
        let journal = read_note(look, "journal.json")?;
        let journal =
            journal.and_then(|bytes| serde_json::from_slice::<Journal>(&bytes).ok()).filter(|journal| {
                journal.format == FORMAT && !journal.placing.keys().chain(journal.removing.keys()).any(is_own)
            });
        Ok(Self { manifest, journal })
    }

    /// What ACCID last put, or may have put, at that path. A file that an interrupted publish meant to place is ours
    /// only when it is in its place for sure.
    pub(crate) fn ours(
        &self,
        look: &Look<'_>,
        path: &RelativePath,
    ) -> Result<Option<PublishedFile>, TransferError> {
        if let Some(journal) = &self.journal {
            if let Some(file) = journal.placing.get(path)
                && journal.has_placed(look, path, file)?
            {
                return Ok(Some(file.clone()));
            }
            if let Some(file) = journal.replacing.get(path).or_else(|| journal.removing.get(path)) {
                return Ok(Some(file.clone()));
            }
        }
        Ok(self.published(path).cloned())
    }

    /// What the manifest says of a path.
    pub(crate) fn published(&self, path: &RelativePath) -> Option<&PublishedFile> {
        self.manifest.as_ref()?.files.get(path)
    }

    /// All paths that may be ours.
    pub(crate) fn paths(&self) -> BTreeSet<RelativePath> {
        let manifest = self.manifest.iter().flat_map(|manifest| manifest.files.keys());
        let journal = self.journal.iter().flat_map(|journal| {
            journal.placing.keys().chain(journal.replacing.keys()).chain(journal.removing.keys())
        });
        manifest.chain(journal).cloned().collect()
    }
}

fn is_own(path: &RelativePath) -> bool {
    path.parts().next() == Some(OWN_FOLDER)
}

/// Where a note waits when a server refuses to rename over an existing file.
pub(crate) const ASIDE: &str = ".aside";

fn read_note(look: &Look<'_>, name: &str) -> Result<Option<Vec<u8>>, TransferError> {
    for name in [name.to_owned(), format!("{name}{ASIDE}")] {
        let path = own(&name)?;
        if look.find(&path)?.is_some()
            && let Some(bytes) = look.target.read(&path)?
        {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

/// Where a file waits until all are there. Its name says its content, so that what an interrupted publish has sent is
/// known again.
pub(crate) fn staged(
    stage: &Id,
    path: &RelativePath,
    sha256: &ContentHash,
) -> Result<RelativePath, TransferError> {
    own(&format!("stage/{stage}/{sha256}-{}", ContentHash::of(path.as_str().as_bytes()).short()))
}

impl Journal {
    pub(crate) fn new(release: Id, stage: Id) -> Self {
        let (placing, replacing, removing) = Default::default();
        Self { format: FORMAT, release, phase: Phase::Staging, stage, placing, replacing, removing }
    }

    /// Whether a file that this journal is about is in its place: where a look tells no more than a size, because it
    /// is no longer staged though all files were.
    fn has_placed(
        &self,
        look: &Look<'_>,
        path: &RelativePath,
        file: &PublishedFile,
    ) -> Result<bool, TransferError> {
        let gone = || look.find(&staged(&self.stage, path, &file.sha256)?).map(|found| found.is_none());
        match look.target.evidence() {
            Evidence::Content => look.holds(path, file),
            Evidence::Size => Ok(self.phase == Phase::Placing && gone()? && look.holds(path, file)?),
        }
    }

    pub(crate) fn write(&self, target: &dyn Target) -> Result<(), TransferError> {
        target.replace(&own("journal.json")?, &to_json(self))
    }
}

impl PublishedManifest {
    pub(crate) fn new(release: Id, at: Timestamp, previous: Option<Id>) -> Self {
        Self { format: FORMAT, release, at, previous, files: BTreeMap::new() }
    }

    /// Reads one that this ACCID understands.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|manifest: &Self| manifest.format == FORMAT)
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
