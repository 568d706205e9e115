//! What is to be published: the files of a built site, by path, size and hash.

use std::{io, path::PathBuf, sync::Arc};

use accid_base::{ContentHash, RelativePath, Vfs};

use crate::{TransferError, target::OWN_FOLDER};

/// One file of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildFile {
    /// Its path in the site.
    pub path: RelativePath,
    /// Hash of its content.
    pub hash: ContentHash,
    /// Its size.
    pub bytes: u64,
}

/// All files of a build, sorted by path, no path twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildManifest {
    files: Vec<BuildFile>,
}

impl BuildManifest {
    /// A manifest of these files.
    ///
    /// # Errors
    /// When there is none, two have the same path, one is also the folder of another, or one lies in `.accid`.
    pub fn new(mut files: Vec<BuildFile>) -> Result<Self, TransferError> {
        let refuse = |reason: String| Err(TransferError::InvalidBuild { reason });
        if files.is_empty() {
            return refuse("It has no files; publishing it would remove the whole site".to_owned());
        }
        files.sort_by(|left, right| left.path.cmp(&right.path));
        let paths: std::collections::HashSet<_> = files.iter().map(|file| file.path.clone()).collect();
        if paths.len() != files.len() {
            let twice = files.windows(2).find(|pair| pair[0].path == pair[1].path);
            return refuse(format!(
                "Two of its files have the path {}",
                twice.map_or("?", |pair| pair[0].path.as_str())
            ));
        }
        for file in &files {
            if file.path.parts().next() == Some(OWN_FOLDER) {
                return refuse(format!(
                    "The file {} lies in {OWN_FOLDER}, where ACCID keeps its own notes",
                    file.path
                ));
            }
            let mut folder = file.path.parent();
            while let Some(path) = folder {
                if paths.contains(&path) {
                    return refuse(format!("{path} is both a file and the folder of {}", file.path));
                }
                folder = path.parent();
            }
        }
        Ok(Self { files })
    }

    /// The files, sorted by path.
    pub fn files(&self) -> &[BuildFile] {
        &self.files
    }
}

/// Hands out the content of a build's files.
pub trait BuildContent: Send + Sync {
    /// Reads a file of the build.
    ///
    /// # Errors
    /// As the system says.
    fn read(&self, path: &RelativePath) -> io::Result<Vec<u8>>;
}

/// A build that lies in a folder.
pub struct BuildFolder {
    vfs: Arc<dyn Vfs>,
    root: PathBuf,
}

impl BuildFolder {
    /// The build in that folder.
    pub const fn new(vfs: Arc<dyn Vfs>, root: PathBuf) -> Self {
        Self { vfs, root }
    }
}

impl BuildContent for BuildFolder {
    fn read(&self, path: &RelativePath) -> io::Result<Vec<u8>> {
        self.vfs.read(&path.below(&self.root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(paths: &[&str]) -> Result<BuildManifest, TransferError> {
        let file =
            |path: &&str| BuildFile { path: path.parse().unwrap(), hash: ContentHash::of(b""), bytes: 0 };
        BuildManifest::new(paths.iter().map(file).collect())
    }

    #[test]
    fn a_build_that_no_folder_can_hold_is_refused() {
        assert!(build(&["a.html", "b/c.html"]).is_ok());
        for paths in [&[][..], &["a", "a"], &["a", "a/b/c"], &[".accid/manifest.json"]] {
            assert!(build(paths).is_err(), "{paths:?}");
        }
    }
}
