//! The steps of publishing, in the only order that never shows a half-published page:
//!
//! 1. read manifest and journal, plan; when nothing differs, that is all; else lock;
//! 2. journal: what will be put into place and what will be removed;
//! 3. send every file that changed to `.accid/stage/`, several at once, and check that it arrived;
//! 4. rename into place: pictures and styles, then feeds, then pages, `index.html` last;
//! 5. manifest; 6. remove what the site no longer has; 7. remove stage and journal, unlock.
//!
//! A cut before 4 leaves the old site, one during 4 leaves every file old or new, and the next publish goes on: what
//! lies staged and is whole is not sent again.

use std::collections::{BTreeSet, HashSet};

use accid_base::{Clock, Id, Progress, Random, RelativePath};
use serde::Serialize;

use crate::{
    BuildContent, BuildManifest, Claim, Evidence, Found, Journal, PlannedFile, PublishPlan, PublishedFile,
    PublishedManifest, Target, TransferError,
    journal::{Notes, Phase, own, staged},
    look::Look,
    plan::plan_with,
    stage::Stage,
};

/// Who publishes: the clock and chance that name the release, and who is told.
#[derive(Clone, Copy)]
pub struct Publisher<'a> {
    /// Tells when the release was made.
    pub clock: &'a dyn Clock,
    /// Names the release.
    pub random: &'a dyn Random,
    /// By what the lock at a server is known again.
    pub claim: &'a Claim,
    /// Is told how far it is, and asked between files, until the first is renamed into place, whether to stop; from
    /// then on the rest follows.
    pub progress: &'a dyn Progress,
}

/// What a publish did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// The release that is online now.
    pub release: Id,
    /// Files that were put into place.
    pub uploaded: usize,
    /// Files that were removed.
    pub removed: usize,
    /// Bytes that were sent; what lay staged from an interrupted publish is not sent again.
    pub bytes: u64,
    /// Files the site no longer has, but which somebody changed since ACCID published them: they were left.
    pub kept: Vec<RelativePath>,
}

/// Publishes a build to a target. When nothing differs, nothing is written and the release stays.
///
/// # Errors
/// When somebody else publishes there, foreign files are in the way, the build changed meanwhile, the person stopped
/// it, or the disk refused. Every page online is then wholly old or wholly new, and publishing again goes on.
pub fn publish(
    build: &BuildManifest,
    content: &dyn BuildContent,
    target: &dyn Target,
    publisher: Publisher<'_>,
) -> Result<Published, TransferError> {
    let look = Look::at(target);
    let notes = Notes::read(&look)?;
    let (plan, theirs) = plan_with(build, &look, &notes)?;
    if let Notes { manifest: Some(manifest), journal: None } = &notes
        && is_done(&plan)
    {
        let release = manifest.release.clone();
        return Ok(Published { release, uploaded: 0, removed: 0, bytes: 0, kept: Vec::new() });
    }
    let lock = target.lock(publisher.claim)?;
    // Somebody else may have published between the look and the lock.
    let fresh = Look::at(target);
    let newer = Notes::read(&fresh)?;
    let published = if newer == notes {
        Publish { build, content, target, publisher, look: &look, notes: &notes, theirs: &theirs }.run(&plan)
    } else {
        let (plan, theirs) = plan_with(build, &fresh, &newer)?;
        Publish { build, content, target, publisher, look: &fresh, notes: &newer, theirs: &theirs }.run(&plan)
    };
    drop(lock);
    published
}

fn is_done(plan: &PublishPlan) -> bool {
    plan.to_send().next().is_none() && plan.removed.is_empty()
}

struct Publish<'a> {
    build: &'a BuildManifest,
    content: &'a dyn BuildContent,
    target: &'a dyn Target,
    publisher: Publisher<'a>,
    look: &'a Look<'a>,
    notes: &'a Notes,
    theirs: &'a HashSet<RelativePath>,
}

impl Publish<'_> {
    fn run(&self, plan: &PublishPlan) -> Result<Published, TransferError> {
        let release = Id::generate(self.publisher.clock, self.publisher.random);
        let stage =
            self.notes.journal.as_ref().map_or_else(|| release.clone(), |journal| journal.stage.clone());
        let mut journal = self.journal(release, stage, plan)?;
        let stage = Stage {
            content: self.content,
            target: self.target,
            publisher: self.publisher,
            id: &journal.stage,
            resumed: self.notes.journal.is_some(),
            total: plan.to_send().count() + plan.removed.len(),
        };
        let files: Vec<_> = plan.to_send().collect();
        // While files were put into place, what is still staged says which were not.
        if self.notes.journal.as_ref().is_some_and(|before| before.phase == Phase::Staging) {
            stage.clear(&files)?;
        }
        journal.write(self.target)?;
        let bytes = stage.fill(&files)?;
        if self.publisher.progress.cancelled() {
            return Err(TransferError::Cancelled);
        }
        if self.target.evidence() == Evidence::Size {
            journal.phase = Phase::Placing;
            journal.write(self.target)?;
        }
        let (blocking, late): (Vec<_>, Vec<_>) =
            plan.removed.iter().partition(|file| self.blocks(&file.path));
        let mut kept = Vec::new();
        let mut removed = self.remove(&blocking, &mut kept)?;
        self.make_way(plan, &kept)?;
        self.place(plan, &journal.stage, !blocking.is_empty())?;
        let manifest = self.manifest(journal.release.clone());
        manifest.write(self.target)?;
        removed += self.remove(&late, &mut kept)?;
        for (index, file) in plan.removed.iter().enumerate() {
            let sent = plan.added.len() + plan.changed.len();
            self.publisher.progress.step(sent + index + 1, sent + plan.removed.len(), file.path.as_str());
        }
        self.target.remove_folder(&own("stage")?)?;
        self.target.remove_file(&own("journal.json")?)?;
        Ok(Published { release: manifest.release, uploaded: plan.to_send().count(), removed, bytes, kept })
    }

    fn journal(&self, release: Id, stage: Id, plan: &PublishPlan) -> Result<Journal, TransferError> {
        let mut journal = Journal::new(release, stage);
        let record =
            |file: &PlannedFile| (file.path.clone(), PublishedFile { sha256: file.hash, bytes: file.bytes });
        journal.placing = plan.to_send().map(record).collect();
        journal.removing = plan.removed.iter().map(record).collect();
        // What an earlier, interrupted publish already put into place is not sent again, but stays ours.
        if let Some(before) = &self.notes.journal {
            for file in self.build.files() {
                let wanted = PublishedFile { sha256: file.hash, bytes: file.bytes };
                if before.placing.get(&file.path) == Some(&wanted) {
                    journal.placing.entry(file.path.clone()).or_insert(wanted);
                }
            }
        }
        for path in self.notes.paths() {
            if let Some(known) = self.notes.ours(self.look, &path)?
                && self.notes.published(&path) != Some(&known)
            {
                journal.replacing.insert(path, known);
            }
        }
        Ok(journal)
    }

    fn manifest(&self, release: Id) -> PublishedManifest {
        let previous = self.notes.manifest.as_ref().map(|manifest| manifest.release.clone());
        let mut manifest = PublishedManifest::new(release, self.publisher.clock.now(), previous);
        let ours = self.build.files().iter().filter(|file| !self.theirs.contains(&file.path));
        manifest.files = ours
            .map(|file| (file.path.clone(), PublishedFile { sha256: file.hash, bytes: file.bytes }))
            .collect();
        manifest
    }

    /// Renames the staged files into place, one group after the other, each lasting before the next begins.
    fn place(&self, plan: &PublishPlan, stage: &Id, cleared: bool) -> Result<(), TransferError> {
        let mut files: Vec<_> = plan.to_send().map(|file| (group(&file.path), file)).collect();
        files.sort_by(|left, right| (left.0, &left.1.path).cmp(&(right.0, &right.1.path)));
        let mut made = HashSet::new();
        for group in files.chunk_by(|left, right| left.0 == right.0) {
            let mut folders = BTreeSet::new();
            let mut moves = Vec::new();
            for (_, file) in group {
                if let Some(folder) = file.path.parent().filter(|folder| !made.contains(folder)) {
                    let stands = !cleared && self.look.find(&folder)? == Some(Found::Folder);
                    if !stands {
                        self.target.create_folder(&folder)?;
                    }
                    made.insert(folder);
                }
                moves.push((staged(stage, &file.path, &file.hash)?, file.path.clone()));
                folders.extend(folders_above(&file.path).map(Some));
                folders.insert(None);
            }
            self.target.rename_all(&moves)?;
            folders.iter().try_for_each(|folder| self.target.sync_folder(folder.as_ref()))?;
        }
        Ok(())
    }

    /// Refuses when something that is not ours still stands where a file or its folder must be.
    fn make_way(&self, plan: &PublishPlan, kept: &[RelativePath]) -> Result<(), TransferError> {
        let mut foreign = kept.to_vec();
        for file in &plan.added {
            if self.look.find(&file.path)? == Some(Found::Folder)
                && !self.target.remove_empty_folder(&file.path)?
            {
                foreign.push(file.path.clone());
            }
        }
        if foreign.is_empty() {
            return Ok(());
        }
        Err(TransferError::Foreign { place: self.target.place(), files: foreign })
    }

    /// Whether a file to be removed stands where a folder of the build must be, or the other way round.
    fn blocks(&self, path: &RelativePath) -> bool {
        self.build
            .files()
            .iter()
            .any(|file| file.path.is_below(path.as_str()) || path.is_below(file.path.as_str()))
    }

    /// Removes files the site no longer has, and folders that are empty then; keeps what somebody changed meanwhile.
    fn remove(&self, files: &[&PlannedFile], kept: &mut Vec<RelativePath>) -> Result<usize, TransferError> {
        let look = Look::at(self.target);
        let mut folders = BTreeSet::new();
        let mut removed = 0;
        for file in files {
            let published = PublishedFile { sha256: file.hash, bytes: file.bytes };
            match look.find(&file.path)? {
                None => {}
                Some(_) if look.holds(&file.path, &published)? => {
                    self.target.remove_file(&file.path)?;
                    removed += 1;
                }
                Some(_) => kept.push(file.path.clone()),
            }
            folders.extend(folders_above(&file.path));
        }
        // Deepest first.
        for folder in folders.iter().rev() {
            if look.find(folder)? == Some(Found::Folder) {
                self.target.remove_empty_folder(folder)?;
            }
        }
        Ok(removed)
    }
}

/// The folders a path lies in, the nearest first, without the target itself.
fn folders_above(path: &RelativePath) -> impl Iterator<Item = RelativePath> {
    std::iter::successors(path.parent(), RelativePath::parent)
}

/// In which order files are put into place: a page comes after everything it shows, the entry page last.
fn group(path: &RelativePath) -> u8 {
    match path.extension() {
        _ if path.as_str() == "index.html" => 4,
        _ if path.file_name() == "index.html" => 3,
        "html" | "htm" => 2,
        "xml" | "txt" | "json" | "rss" | "atom" => 1,
        _ => 0,
    }
}
