//! The folder an export goes into: what is ours in it, and how a file is written. Must not know pages.

use std::{
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use accid_base::{ContentHash, Finding, RelativePath, Severity, Vfs};
use accid_render::SiteFile;

use super::Export;
use crate::{
    BuilderError,
    manifest::{Manifest, ManifestFile},
};

/// Whether nothing is in the folder, or there is none.
pub(super) fn is_bare(vfs: &dyn Vfs, folder: &Path) -> bool {
    match vfs.list(folder) {
        Ok(entries) => entries.is_empty(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

/// Runs `work` on every item on all cores, in no order, until one fails.
pub(super) fn in_parallel<T: Sync>(
    items: &[T],
    work: impl Fn(&T) -> Result<(), BuilderError> + Sync,
) -> Result<(), BuilderError> {
    let next = AtomicUsize::new(0);
    let failure = Mutex::new(None);
    let threads = accid_base::parallel::cores().min(items.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = work(item) {
                        failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                        next.store(items.len(), Ordering::Relaxed);
                    }
                }
            });
        }
    });
    failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

/// What is said of a file with rules for the web host that somebody else wrote, when a site is exported beside it or
/// published over it.
pub fn kept_rules(path: &str) -> Finding {
    let message = format!(
        "\"{path}\" there is not ACCID's and stays as it is, so the web host does not learn from it which pages moved. \
         Take the rules over by hand, or move the file away; the small pages at the old addresses lead on without it."
    );
    Finding::new(Severity::Note, "redirects.kept-out", message).in_path(path)
}

impl Export<'_> {
    /// Whether the file of the last export is still there with its size.
    pub(super) fn is_there(&self, path: &str) -> bool {
        let known = self.before.files.get(path);
        known.is_some_and(|known| {
            self.builder.vfs.metadata(&self.out.join(path)).is_ok_and(|found| found.length == known.bytes)
        })
    }

    /// Refuses to overwrite a file that is not ours, unless it has that content already.
    pub(super) fn refuse_foreign(&self, path: &str, content: Option<&[u8]>) -> Result<(), BuilderError> {
        let there = self.builder.vfs.read(&self.out.join(path)).ok();
        if there.is_some_and(|there| content.is_none_or(|content| there != content)) {
            return Err(BuilderError::ForeignFile { folder: self.out.to_path_buf(), file: path.to_owned() });
        }
        Ok(())
    }

    /// Those of the files with rules for the web host that overwrite nobody's.
    pub(super) fn own_rules<'f>(
        &self,
        rules: Vec<&'f SiteFile>,
        findings: &mut Vec<Finding>,
    ) -> Vec<&'f SiteFile> {
        let is_free = |file: &&SiteFile| {
            self.before.knows(&file.path) || self.refuse_foreign(&file.path, Some(&file.bytes)).is_ok()
        };
        let (own, foreign): (Vec<_>, Vec<_>) = rules.into_iter().partition(is_free);
        for file in foreign {
            findings.push(kept_rules(&file.path));
        }
        own
    }

    /// Notes what is about to be written: after a crash it is still ours.
    pub(super) fn announce(&self, mut pending: Vec<String>) -> Result<(), BuilderError> {
        if pending.is_empty() {
            return Ok(());
        }
        let mut announced = self.announced.lock().unwrap_or_else(PoisonError::into_inner);
        pending.append(&mut announced);
        pending.extend(self.before.pending.iter().cloned());
        pending.sort_unstable();
        pending.dedup();
        let manifest = Manifest { pending, ..self.before.clone() };
        manifest.write(self.builder.vfs.as_ref(), self.out).map_err(BuilderError::disk(self.out))?;
        *announced = manifest.pending;
        Ok(())
    }

    /// Writes a file unless the last export wrote the same.
    pub(super) fn put(&self, path: &str, bytes: &[u8]) -> Result<ManifestFile, BuilderError> {
        let file = ManifestFile { hash: ContentHash::of(bytes), bytes: bytes.len() as u64 };
        if self.before.files.get(path) == Some(&file) && self.is_there(path) {
            return Ok(file);
        }
        let vfs = self.builder.vfs.as_ref();
        let safe: RelativePath =
            path.parse().map_err(|_| BuilderError::FileNotFound(path.chars().take(120).collect()))?;
        let target = safe.below(self.out);
        let folder = target.parent().unwrap_or(self.out).to_path_buf();
        {
            // Held while the folder is made, so that nobody writes into it before.
            let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
            if folders.insert(folder.clone()) {
                vfs.create_folders(&folder).map_err(BuilderError::disk(&folder))?;
            }
        }
        let written = if self.bare {
            vfs.write(&target, bytes)
        } else {
            let unfinished = target.with_file_name(format!(".{}.part", safe.file_name()));
            vfs.write(&unfinished, bytes).and_then(|()| vfs.rename(&unfinished, &target))
        };
        written.map_err(BuilderError::disk(&target))?;
        self.written.fetch_add(1, Ordering::Relaxed);
        Ok(file)
    }

    pub(super) fn step(&self, message: &str) -> Result<(), BuilderError> {
        let done = self.steps.fetch_add(1, Ordering::Relaxed) + 1;
        self.progress.step(done, self.total.load(Ordering::Relaxed), message);
        if self.progress.cancelled() { Err(BuilderError::Cancelled) } else { Ok(()) }
    }
}
