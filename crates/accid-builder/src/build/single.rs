//! One file put into a finished export by itself. Must not know what is in it.

use std::path::Path;

use accid_base::{ContentHash, RelativePath};
use accid_store::Project;

use crate::{
    Builder, BuilderError,
    manifest::{Manifest, ManifestFile},
};

impl Builder {
    /// Puts one file into an export of this project, wholly or not at all, and notes it there. Gives back whether there
    /// is an export in that folder; without one nothing is written.
    ///
    /// # Errors
    /// When somebody else's file stands in its place, or the disk refuses.
    pub fn put_built(
        &self,
        project: &Project,
        folder: &Path,
        path: &RelativePath,
        bytes: &[u8],
    ) -> Result<bool, BuilderError> {
        let mut manifest = Manifest::read(self.vfs.as_ref(), folder);
        if manifest.project != Some(project.id()) {
            return Ok(false);
        }
        let file = path.below(folder);
        if !manifest.knows(path.as_str()) && self.vfs.read(&file).is_ok() {
            return Err(BuilderError::ForeignFile { folder: folder.to_owned(), file: path.to_string() });
        }
        let unfinished = file.with_extension("part");
        self.vfs.write(&unfinished, bytes).map_err(BuilderError::disk(&unfinished))?;
        self.vfs.rename(&unfinished, &file).map_err(BuilderError::disk(&file))?;
        let noted = ManifestFile { hash: ContentHash::of(bytes), bytes: bytes.len() as u64 };
        manifest.files.insert(path.to_string(), noted);
        manifest.write(self.vfs.as_ref(), folder).map_err(BuilderError::disk(folder))?;
        Ok(true)
    }
}
