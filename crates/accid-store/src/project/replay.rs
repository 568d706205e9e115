//! The tail of the ledger against the files: what did not follow is brought up to date, what others wrote becomes a
//! version, what cannot be read goes into quarantine. Nothing here keeps a project from opening.

use std::collections::BTreeSet;

use accid_base::{ContentHash, Finding, RelativePath, Severity};
use accid_model::Blotter;

use super::{
    Object, Project,
    commit::{Difference, Occasion},
    follow::Checkpoint,
    locked,
    open::Found,
};
use crate::{
    StoreError, canonical,
    ledger::{Change, Contents, RecordKind},
};

/// What a file and the ledger together mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Neither has it.
    Nothing,
    /// Both say the same.
    Agree,
    /// The file did not follow yet.
    Apply,
    /// Another program wrote the file.
    Edited,
    /// Another program removed the file.
    Removed,
    /// The file is not readable.
    Broken,
}

/// Judges one object: what the ledger says, the changes its file may not have followed, and the file.
fn judge(
    latest: Option<ContentHash>,
    tail: &[&Change],
    file: Option<ContentHash>,
    is_json: impl FnOnce() -> bool,
) -> Verdict {
    if latest == file {
        return if latest.is_some() { Verdict::Agree } else { Verdict::Nothing };
    }
    let passed = tail.iter().any(|change| change.before == file || (change.after == file && file.is_some()));
    match file {
        Some(_) if !is_json() => Verdict::Broken,
        _ if passed => Verdict::Apply,
        Some(_) => Verdict::Edited,
        None => Verdict::Removed,
    }
}

impl Project {
    /// Compares every object with its file and brings both together; nothing unseen is overwritten.
    pub(super) fn replay(&self, mut files: Found) -> Result<(), StoreError> {
        let mut paths: BTreeSet<RelativePath> = files.keys().cloned().collect();
        paths.extend(super::reading(&self.index).paths().cloned());
        let ledger_folder = self.ledger_folder();
        let mut contents = Contents::new(self.vfs(), &ledger_folder);
        let mut edits = Vec::new();
        for path in paths {
            let file = match files.remove(&path).transpose() {
                Ok(file) => file,
                Err(reason) => {
                    self.take_unreadable(path, &reason, &mut contents)?;
                    continue;
                }
            };
            edits.extend(self.replay_one(path, file, &mut contents)?);
        }
        drop(contents);
        self.record_edits(edits)?;
        if !locked(&self.files).pending.is_empty()
            && let Err(error) = self.follow(Checkpoint::Now)
        {
            let message =
                format!("Some files could not be brought up to date yet: {error}. Nothing is lost.");
            self.add_finding(Finding::new(Severity::Warning, "document.not-followed", message));
        }
        Ok(())
    }

    fn replay_one(
        &self,
        path: RelativePath,
        file: Option<Object>,
        contents: &mut Contents<'_>,
    ) -> Result<Option<Difference>, StoreError> {
        let (latest, verdict) = {
            let index = super::reading(&self.index);
            let latest = index.latest(&path);
            let found = file.as_ref().map(Object::ledger_hash);
            let is_json = || file.as_ref().is_some_and(|file| canonical::is_json(file.bytes()));
            (latest, judge(latest, &index.tail_of(&path), found, is_json))
        };
        if let Some(file) = &file {
            locked(&self.files).seen.insert(path.clone(), file.hash());
        }
        match (verdict, file) {
            (Verdict::Agree, Some(file)) => self.take_object(path, file),
            (Verdict::Apply, file) if latest.is_none() => {
                debug_assert!(file.is_some(), "only a file that is there can wait for its removal");
                locked(&self.files).pending.insert(path);
            }
            (Verdict::Apply, file) => match self.last_known(&path, contents)? {
                Some(object) => self.take_pending(path, object),
                None => return Ok(file.map(|file| Difference { path, before: None, after: Some(file) })),
            },
            (Verdict::Edited, Some(file)) => {
                let before = self.last_known(&path, contents)?;
                return Ok(Some(Difference { path, before, after: Some(file) }));
            }
            (Verdict::Removed, _) => {
                let before = self.last_known(&path, contents)?;
                if path.as_str() == Blotter::FILE
                    && let Some(object) = before
                {
                    let message = "The project's master file was missing; its last saved state was put back.";
                    self.add_finding(
                        Finding::new(Severity::Warning, "blotter.missing", message).in_path(path.as_str()),
                    );
                    self.take_pending(path, object);
                    return Ok(None);
                }
                return Ok(Some(Difference { path, before, after: None }));
            }
            (Verdict::Broken, _) => {
                let known = self.last_known(&path, contents)?;
                if let Some(object) = known {
                    self.take_object(path.clone(), object);
                }
                if let Err(error) = self.quarantine(&path) {
                    let message =
                        format!("{path} is not readable JSON and could not be moved away: {error}.");
                    self.add_finding(
                        Finding::new(Severity::Error, "document.unreadable", message).in_path(path.as_str()),
                    );
                }
            }
            _ => {}
        }
        Ok(None)
    }

    /// A file that the disk does not give: what the ledger has of it serves. The file is left alone until it can be
    /// read again; whatever it may hold by this store's own doing is known then.
    fn take_unreadable(
        &self,
        path: RelativePath,
        reason: &str,
        contents: &mut Contents<'_>,
    ) -> Result<(), StoreError> {
        let finding =
            Finding::new(Severity::Error, "document.unreadable", format!("{path} cannot be read: {reason}."));
        self.add_finding(finding.in_path(path.as_str()));
        let passed: Vec<_> = {
            let index = super::reading(&self.index);
            index.tail_of(&path).into_iter().flat_map(|change| [change.before, change.after]).collect()
        };
        {
            let mut files = locked(&self.files);
            files.writing.entry(path.clone()).or_default().extend(passed);
            files.pending.insert(path.clone());
        }
        if let Some(object) = self.last_known(&path, contents)? {
            self.take_object(path, object);
        }
        Ok(())
    }

    fn take_object(&self, path: RelativePath, object: Object) {
        self.changing().insert(path, object);
    }

    fn take_pending(&self, path: RelativePath, object: Object) {
        locked(&self.files).pending.insert(path.clone());
        self.take_object(path, object);
    }

    /// The last state of an object, unless the record that holds it is damaged.
    ///
    /// # Errors
    /// When the disk refuses now: a later start may get it.
    fn last_known(
        &self,
        path: &RelativePath,
        contents: &mut Contents<'_>,
    ) -> Result<Option<Object>, StoreError> {
        let recipe = {
            let index = super::reading(&self.index);
            index.records.len().checked_sub(1).and_then(|last| index.recipe(path, last))
        };
        match recipe.map(|recipe| contents.get(&recipe)) {
            None => Ok(None),
            Some(Ok(bytes)) => Ok(Some(Object::new(path, bytes))),
            Some(Err(error @ StoreError::Io { .. })) => Err(error),
            Some(Err(error)) => {
                let message =
                    format!("The last saved state of {path} cannot be read from the history: {error}.");
                self.add_finding(
                    Finding::new(Severity::Error, "ledger.unreadable", message).in_path(path.as_str()),
                );
                Ok(None)
            }
        }
    }

    /// All edits that were found at start are one record.
    fn record_edits(&self, edits: Vec<Difference>) -> Result<(), StoreError> {
        if edits.is_empty() {
            return Ok(());
        }
        let occasion =
            Occasion { author: "outside", note: "Changed outside ACCID", kind: RecordKind::Outside };
        let mut writer = self.write_lock()?;
        if let Err(error) = self.record(&mut writer, &edits.iter().collect::<Vec<_>>(), &occasion) {
            // The files are there, and the next start finds the edits again.
            let message = format!("Edits by another program could not be recorded yet: {error}.");
            self.add_finding(Finding::new(Severity::Warning, "document.not-recorded", message));
        }
        for edit in edits {
            match edit.after {
                Some(object) => self.take_object(edit.path, object),
                None => {
                    self.changing().remove(&edit.path);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Payload;

    fn hash(text: &str) -> Option<ContentHash> {
        Some(ContentHash::of(text.as_bytes()))
    }

    fn change(before: Option<ContentHash>, after: Option<ContentHash>) -> Change {
        Change { path: "pages/a.json".parse().unwrap(), before, after, payload: Payload::None }
    }

    #[test]
    fn every_pair_of_ledger_and_file_has_its_verdict() {
        let (a, b, c, x) = (hash("a"), hash("b"), hash("c"), hash("x"));
        let two = [change(b, c), change(a, b)];
        let tail: Vec<_> = two.iter().collect();
        let of = |latest, tail: &[&Change], file| judge(latest, tail, file, || true);
        assert_eq!(of(c, &tail, c), Verdict::Agree);
        assert_eq!(of(c, &tail, b), Verdict::Apply);
        assert_eq!(of(c, &tail, a), Verdict::Apply);
        assert_eq!(of(c, &tail, x), Verdict::Edited);
        assert_eq!(of(c, &tail, None), Verdict::Removed);
        assert_eq!(of(c, &[], b), Verdict::Edited, "an older state that was checked out is somebody's edit");
        assert_eq!(of(c, &[], None), Verdict::Removed);
        assert_eq!(of(None, &[], x), Verdict::Edited, "a new file");
        assert_eq!(of(None, &[], None), Verdict::Nothing);
        assert_eq!(judge(c, &tail, x, || false), Verdict::Broken);
        let created = change(None, a);
        assert_eq!(of(a, &[&created], None), Verdict::Apply);
        let removed = change(a, None);
        assert_eq!(of(None, &[&removed], a), Verdict::Apply);
        assert_eq!(of(None, &[&removed], x), Verdict::Edited, "written by others after we removed it");
    }
}
