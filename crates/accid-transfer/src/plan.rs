//! What a target lacks of a build. Planning writes nothing: it is the dry run and the first step of publishing.

use std::collections::HashSet;

use accid_base::{ContentHash, RelativePath};
use serde::Serialize;

use crate::{
    BuildFile, BuildManifest, Found, PublishedFile, Target, TransferError, journal::Notes, look::Look,
};

/// Files with rules for the web host.
const HOST_RULES: [&str; 2] = [".htaccess", "_redirects"];

/// One file of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedFile {
    /// Its path in the site.
    pub path: RelativePath,
    /// Its size; of a file to be removed, the size it was published with.
    pub bytes: u64,
    /// Hash of its content; of a file to be removed, what it was published with.
    pub hash: ContentHash,
}

/// What publishing would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PublishPlan {
    /// Files that are not there yet.
    pub added: Vec<PlannedFile>,
    /// Files that are there with other content.
    pub changed: Vec<PlannedFile>,
    /// Files ACCID published before that the build no longer has.
    pub removed: Vec<PlannedFile>,
    /// How many files are there as they should be.
    pub unchanged: usize,
    /// Files with rules for the web host that somebody else wrote: they stay, and the build's are left out.
    pub kept: Vec<RelativePath>,
}

impl PublishPlan {
    /// Bytes that would be sent.
    pub fn bytes(&self) -> u64 {
        self.to_send().map(|file| file.bytes).sum()
    }

    /// Files that would be sent.
    pub fn to_send(&self) -> impl Iterator<Item = &PlannedFile> {
        self.added.iter().chain(&self.changed)
    }
}

/// Compares a build with what was published: by the manifest at the target, whose word is checked against the size of
/// every file there.
///
/// # Errors
/// When the target cannot be read, or files would be overwritten that ACCID did not put there.
pub fn plan(build: &BuildManifest, target: &dyn Target) -> Result<PublishPlan, TransferError> {
    let look = Look::at(target);
    plan_with(build, &look, &Notes::read(&look)?).map(|(plan, _)| plan)
}

/// The plan, and the files of the build that stay somebody else's: those that are there with the very same content, and
/// rules for the web host.
pub(crate) fn plan_with(
    build: &BuildManifest,
    look: &Look<'_>,
    notes: &Notes,
) -> Result<(PublishPlan, HashSet<RelativePath>), TransferError> {
    let mut plan = PublishPlan::default();
    let mut theirs = HashSet::new();
    let mut foreign = Vec::new();
    let ours = notes.paths();
    let mut folders = Folders { look, ours: &ours, known: HashSet::new() };
    for file in build.files() {
        let wanted = PublishedFile { sha256: file.hash, bytes: file.bytes };
        let planned = planned(file);
        if let Some(blocking) = folders.find_foreign(&file.path)? {
            foreign.push(blocking);
            continue;
        }
        match (look.find(&file.path)?, notes.ours(look, &file.path)?) {
            (None, _) => plan.added.push(planned),
            (Some(Found::File(bytes)), Some(known)) if known == wanted && bytes == wanted.bytes => {
                plan.unchanged += 1
            }
            (Some(Found::File(_)), Some(_)) => plan.changed.push(planned),
            (Some(Found::File(_)), None) if look.holds_content(&file.path, &wanted)? => {
                theirs.insert(file.path.clone());
                plan.unchanged += 1;
            }
            // Most people who have such a file wrote it by hand, and the site works without ours.
            (Some(Found::File(_)), None) if HOST_RULES.contains(&file.path.as_str()) => {
                theirs.insert(file.path.clone());
                plan.kept.push(file.path.clone());
            }
            // A folder that holds only what we are about to remove gives way.
            (Some(Found::Folder), _) if ours.iter().any(|path| path.is_below(file.path.as_str())) => {
                plan.added.push(planned);
            }
            (Some(_), _) => foreign.push(file.path.clone()),
        }
    }
    if !foreign.is_empty() {
        return Err(TransferError::Foreign { place: look.target.place(), files: foreign });
    }
    let built: HashSet<_> = build.files().iter().map(|file| &file.path).collect();
    for path in ours.iter().filter(|path| !built.contains(path)) {
        if let Some(known) = notes.ours(look, path)? {
            plan.removed.push(PlannedFile { path: path.clone(), bytes: known.bytes, hash: known.sha256 });
        }
    }
    Ok((plan, theirs))
}

fn planned(file: &BuildFile) -> PlannedFile {
    PlannedFile { path: file.path.clone(), bytes: file.bytes, hash: file.hash }
}

/// Looks at each folder on the way to a file once.
struct Folders<'a> {
    look: &'a Look<'a>,
    ours: &'a std::collections::BTreeSet<RelativePath>,
    known: HashSet<RelativePath>,
}

impl Folders<'_> {
    /// The first thing on the way to the file that is no folder and not ours to remove: a link must not be followed
    /// out of the target.
    fn find_foreign(&mut self, path: &RelativePath) -> Result<Option<RelativePath>, TransferError> {
        let mut folder = path.parent();
        while let Some(path) = folder {
            if !self.known.insert(path.clone()) {
                return Ok(None);
            }
            let blocked = match self.look.find(&path)? {
                None | Some(Found::Folder) => false,
                Some(Found::File(_)) => !self.ours.contains(&path),
                Some(Found::Other) => true,
            };
            if blocked {
                self.known.remove(&path);
                return Ok(Some(path));
            }
            folder = path.parent();
        }
        Ok(None)
    }
}
