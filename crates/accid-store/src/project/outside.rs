//! What other programs wrote: seen, recorded as a version, taken over. What cannot be read goes into quarantine.

use accid_base::{ContentHash, Finding, RelativePath, Severity};
use accid_model::Blotter;

use super::{
    Object, Project,
    commit::{Difference, Occasion},
    locked, reading,
};
use crate::{
    StoreError, canonical, disk,
    ledger::{RecordKind, Writer},
};

/// Author of what other programs wrote.
const OUTSIDE: &str = "outside";

impl Project {
    /// Looks at a document's file; if another program wrote it, that becomes a version and the current state.
    pub(super) fn look_at(&self, path: &RelativePath, writer: &mut Writer) -> Result<(), StoreError> {
        let file = path.below(&self.folder);
        // Files follow meanwhile: what was read may be what was known before or what is known now.
        let known = self.known(path);
        let bytes = disk::read(self.vfs(), &file)?;
        let found = bytes.as_deref().map(canonical::hash);
        if known.contains(&found) || self.known(path).contains(&found) {
            return Ok(());
        }
        match bytes {
            Some(bytes) if !canonical::is_json(&bytes) => self.quarantine(path),
            Some(bytes) => self.take_edit(path, bytes, writer),
            None if path.as_str() == Blotter::FILE => {
                self.add_finding(
                    Finding::new(
                        Severity::Warning,
                        "blotter.missing",
                        "The project's master file was removed by another program; it is written again.",
                    )
                    .in_path(path.as_str()),
                );
                let mut files = locked(&self.files);
                files.seen.remove(path);
                files.pending.insert(path.clone());
                Ok(())
            }
            None => self.take_removal(path, writer),
        }
    }

    fn take_edit(&self, path: &RelativePath, bytes: Vec<u8>, writer: &mut Writer) -> Result<(), StoreError> {
        let before = reading(&self.objects).get(path).cloned();
        let after = Object::new(path, bytes);
        let same = before.as_ref().is_some_and(|before| before.ledger_hash() == after.ledger_hash());
        let hash = after.hash();
        if !same {
            self.record_outside(path, before, Some(after.clone()), writer)?;
        }
        self.changing().insert(path.clone(), after);
        self.note_seen(path, Some(hash));
        Ok(())
    }

    fn take_removal(&self, path: &RelativePath, writer: &mut Writer) -> Result<(), StoreError> {
        let before = reading(&self.objects).get(path).cloned();
        if before.is_some() {
            self.record_outside(path, before, None, writer)?;
            self.changing().remove(path);
        }
        self.note_seen(path, None);
        Ok(())
    }

    fn record_outside(
        &self,
        path: &RelativePath,
        before: Option<Object>,
        after: Option<Object>,
        writer: &mut Writer,
    ) -> Result<(), StoreError> {
        if locked(&self.files).pending.contains(path) {
            let message = "Another program wrote this file while a save was on its way. The file is kept as it is; \
                           what was saved stands beside it in the history.";
            self.add_finding(
                Finding::new(Severity::Warning, "document.met-outside-edit", message).in_path(path.as_str()),
            );
        }
        let note = if after.is_some() { "Changed outside ACCID" } else { "Removed outside ACCID" };
        let occasion = Occasion { author: OUTSIDE, note, kind: RecordKind::Outside };
        let difference = Difference { path: path.clone(), before, after };
        self.record(writer, &[&difference], &occasion)?;
        Ok(())
    }

    fn note_seen(&self, path: &RelativePath, hash: Option<ContentHash>) {
        let mut files = locked(&self.files);
        match hash {
            Some(hash) => files.seen.insert(path.clone(), hash),
            None => files.seen.remove(path),
        };
        files.writing.remove(path);
        files.pending.remove(path);
    }

    /// Moves a file that is no JSON out of the way; what the ledger has is written in its place.
    pub(super) fn quarantine(&self, path: &RelativePath) -> Result<(), StoreError> {
        let file = path.below(&self.folder);
        let target = disk::quarantine(self.vfs(), &file, &self.quarantine_folder(), path.as_str())?;
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let known = reading(&self.objects).contains_key(path);
        let outcome = if known {
            "Its last saved state was put in its place."
        } else {
            "No earlier state of it is known."
        };
        let message = format!(
            "{path} is not readable JSON. It was moved to {}/{name}. {outcome}",
            crate::paths::QUARANTINE
        );
        let severity = if known { Severity::Warning } else { Severity::Error };
        self.add_finding(Finding::new(severity, "document.quarantined", message).in_path(path.as_str()));
        let mut files = locked(&self.files);
        files.seen.remove(path);
        if known {
            files.pending.insert(path.clone());
        }
        Ok(())
    }
}
