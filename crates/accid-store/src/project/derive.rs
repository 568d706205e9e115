//! Files that follow from the documents, such as the dropper: made by the deriver, never in the ledger.

use accid_base::RelativePath;

use super::Project;
use crate::{StoreError, disk, paths, shared::Work};

impl Project {
    /// Writes what is derived from the documents, where it differs from what is there.
    pub(crate) fn derive(&self) -> Result<(), StoreError> {
        let deriver = super::reading(&self.shared.deriver).clone();
        let Some(files) = deriver.and_then(|deriver| deriver(self)) else { return Ok(()) };
        for (path, bytes) in files {
            if !may_be_derived(&path) {
                let reason =
                    "what is derived must not take the place of a document, an original or the history";
                return Err(StoreError::NotADocument { path, reason });
            }
            let file = path.below(&self.folder);
            if disk::read(self.vfs(), &file)?.as_deref() == Some(&bytes) {
                continue;
            }
            if let Some(folder) = file.parent() {
                self.ensure_folder(folder)?;
            }
            disk::write(self.vfs(), &file, &bytes)?;
        }
        Ok(())
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
