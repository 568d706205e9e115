//! Files that follow from the documents, such as the dropper: made by the deriver, never in the ledger.
//!
//! What they were made of is noted beside the ledger, so that they are made again only when a document, a derived
//! file or the deriver differs.

use std::collections::BTreeMap;

use accid_base::{ContentHash, RelativePath};
use serde::{Deserialize, Serialize};

use super::{Project, locked, reading};
use crate::{StoreError, disk, paths, shared::Work};

/// What was derived last. Not needed for anything but to save the work of deriving the same again.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Derived {
    /// Hash of the deriver's edition and of all documents.
    inputs: ContentHash,
    /// Size and time of the last change of each file, as the disk gives them.
    files: BTreeMap<RelativePath, (u64, i128)>,
}

impl Project {
    /// Writes what is derived from the documents, where it differs from what is there.
    pub(crate) fn derive(&self) -> Result<(), StoreError> {
        let Some(deriver) = reading(&self.shared.deriver).clone() else { return Ok(()) };
        // One at a time: two that write the same file take each other's temporary file away.
        let _deriving = locked(&self.deriving);
        if self.check_open().is_err() {
            return Ok(());
        }
        let inputs = self.inputs_of(&deriver.edition);
        let stamp = self.folder.join(paths::DERIVED);
        let known =
            self.vfs().read(&stamp).ok().and_then(|bytes| serde_json::from_slice::<Derived>(&bytes).ok());
        if known
            .as_ref()
            .is_some_and(|known| known.inputs == inputs && self.standing(known.files.keys()) == known.files)
        {
            return Ok(());
        }
        let Some(files) = (deriver.derive)(self) else { return Ok(()) };
        for (path, bytes) in &files {
            if !may_be_derived(path) {
                let reason =
                    "what is derived must not take the place of a document, an original or the history";
                return Err(StoreError::NotADocument { path: path.clone(), reason });
            }
            let file = path.below(&self.folder);
            if disk::read(self.vfs(), &file)?.as_ref() == Some(bytes) {
                continue;
            }
            if let Some(folder) = file.parent() {
                self.ensure_folder(folder)?;
            }
            disk::write(self.vfs(), &file, bytes)?;
        }
        // A document may have changed in between: what was derived then belongs to neither state for sure.
        if self.inputs_of(&deriver.edition) == inputs {
            let standing = self.standing(files.iter().map(|(path, _)| path));
            if standing.len() == files.len() {
                self.note_derived(&Derived { inputs, files: standing });
            }
        }
        Ok(())
    }

    fn inputs_of(&self, edition: &str) -> ContentHash {
        let mut text = edition.as_bytes().to_vec();
        for (path, object) in &*reading(&self.objects) {
            text.push(0);
            text.extend_from_slice(path.as_str().as_bytes());
            text.extend_from_slice(object.hash().as_bytes());
        }
        ContentHash::of(&text)
    }

    /// Size and time of these files; those that are not there or have no time are left out.
    fn standing<'a>(
        &self,
        paths: impl Iterator<Item = &'a RelativePath>,
    ) -> BTreeMap<RelativePath, (u64, i128)> {
        let look = |path: &RelativePath| {
            let found = self.vfs().metadata(&path.below(&self.folder)).ok()?;
            (found.modified_nanoseconds != 0)
                .then(|| (path.clone(), (found.length, found.modified_nanoseconds)))
        };
        paths.filter_map(look).collect()
    }

    /// Notes what was derived. When the disk refuses, or forgets it, the same is derived once more.
    fn note_derived(&self, derived: &Derived) {
        let stamp = self.folder.join(paths::DERIVED);
        let unfinished = stamp.with_extension("part");
        let noted = serde_json::to_vec(derived).map_err(std::io::Error::from).and_then(|bytes| {
            self.vfs().write(&unfinished, &bytes).and_then(|()| self.vfs().rename(&unfinished, &stamp))
        });
        if noted.is_err() {
            drop(self.vfs().remove_file(&unfinished));
        }
    }

    /// Tells the background thread that what is derived may be out of date.
    pub(crate) fn derive_soon(&self) {
        if let Some(own) = self.own.get() {
            self.shared.send(Work::Derive(own.clone()));
        }
    }
}

fn may_be_derived(path: &RelativePath) -> bool {
    let first = path.parts().next().unwrap_or_default();
    !paths::is_document(path) && !matches!(first, ".accid" | "media" | "security" | "keys")
}
