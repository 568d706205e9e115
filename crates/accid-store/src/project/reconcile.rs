//! Looks for what other programs changed, everywhere or at some paths.

use std::collections::BTreeSet;

use accid_base::{Finding, RelativePath, vfs::Kind};
use accid_model::Blotter;

use super::{Project, locked, reading};
use crate::{StoreError, disk, paths};

impl Project {
    /// Looks for edits by other programs now. Each becomes a version; files that cannot be read are quarantined. The
    /// answer holds what was found by this call.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn reconcile(&self) -> Result<Vec<Finding>, StoreError> {
        let known = locked(&self.findings).len();
        let mut all: BTreeSet<RelativePath> = self.files_on_disk()?.into_iter().collect();
        all.extend(reading(&self.objects).keys().cloned());
        all.extend(locked(&self.files).seen.keys().cloned());
        self.look_at_all(&all)?;
        Ok(locked(&self.findings).get(known..).unwrap_or_default().to_vec())
    }

    /// Looks at these documents.
    pub(crate) fn look_at_all(&self, paths: &BTreeSet<RelativePath>) -> Result<(), StoreError> {
        for path in paths {
            let mut writer = self.write_lock()?;
            self.look_at(path, &mut writer)?;
        }
        self.shared.tell();
        self.follow_soon();
        self.derive_soon();
        Ok(())
    }

    /// The documents whose files are there.
    pub(super) fn files_on_disk(&self) -> Result<Vec<RelativePath>, StoreError> {
        document_files(self.vfs(), &self.folder)
    }
}

/// The documents whose files are in a project's folder.
pub(crate) fn document_files(
    vfs: &dyn accid_base::Vfs,
    project: &std::path::Path,
) -> Result<Vec<RelativePath>, StoreError> {
    let mut found = Vec::new();
    if let Ok(metadata) = vfs.metadata(&project.join(Blotter::FILE))
        && metadata.kind == Kind::File
    {
        found.extend(super::blotter_path());
    }
    for folder in disk::names(vfs, project, Kind::Folder)? {
        if !paths::is_collection(&folder) {
            continue;
        }
        for name in disk::names(vfs, &project.join(&folder), Kind::File)? {
            let path = format!("{folder}/{name}").parse::<RelativePath>().ok();
            found.extend(path.filter(paths::is_document));
        }
    }
    Ok(found)
}
