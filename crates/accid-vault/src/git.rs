//! The history of a project as a git repository: one commit a version, with its author and time, written without git.
//!
//! It can be made again at any time, and says the same of the same versions, so nothing here has to survive a power cut
//! half done. Originals and secrets are not in it: they are in no version either.

mod pack;

use std::{collections::BTreeMap, io, path::Path};

use accid_base::{Progress, RelativePath};
use accid_store::{Project, Version};
use accid_transfer::TransferError;
use serde::{Deserialize, Serialize};

use self::pack::{Kind, Name, Pack, Tree, hex, working_index};
use crate::{Vault, VaultError};

/// What an export to git made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitExported {
    /// Number of commits: one for each version.
    pub commits: usize,
    /// Number of files in the last one.
    pub files: usize,
    /// Size of the history in the repository, in bytes.
    pub bytes: u64,
    /// Name of the last commit; none when there is no version.
    pub head: Option<String>,
}

/// Says in the repository what ACCID wrote there, so that it is known again.
#[derive(Debug, Serialize, Deserialize)]
struct Marker {
    project: String,
    head: String,
    pack: String,
    #[serde(default)]
    files: Vec<String>,
}

const MARKER: &str = ".git/accid.json";
const MAIN: &str = ".git/refs/heads/main";
const CONFIG: &str = "[core]\n\trepositoryformatversion = 0\n\tfilemode = false\n\tbare = false\n";

/// What is gathered while the versions go by.
struct Gathered {
    pack: Pack,
    tree: Tree,
    /// Contents of the files as they are last.
    files: BTreeMap<String, Vec<u8>>,
    head: Option<Name>,
    commits: usize,
}

fn refused(folder: &Path, why: &str) -> VaultError {
    VaultError::NoPlace {
        what: format!("nothing was written to {}: {why}", folder.display()),
        fix: "Name an empty folder, one that does not exist yet, or one of an earlier export.".to_owned(),
    }
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> VaultError {
    move |source| TransferError::Io { path: path.to_path_buf(), source }.into()
}

/// A name as git takes it: without what would end it early.
fn plain(text: &str) -> String {
    let text: String =
        text.chars().filter(|letter| !matches!(letter, '<' | '>') && !letter.is_control()).collect();
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || ".,:;\"'".contains(letter));
    if text.is_empty() { "unknown".to_owned() } else { text.to_owned() }
}

fn commit_of(version: &Version, tree: &Name, parent: Option<&Name>) -> Vec<u8> {
    let name = plain(&version.author);
    let address: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let address = if address.is_empty() { "author".to_owned() } else { address.to_lowercase() };
    let who = format!("{name} <{address}@accid.invalid> {} +0000", version.at.as_second().max(0));
    let parent = parent.map_or_else(String::new, |parent| format!("parent {}\n", hex(parent)));
    let said: String =
        version.message.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    let said = if said.trim().is_empty() { "Changed" } else { said.trim() };
    let note = if version.note.is_empty() {
        String::new()
    } else {
        format!("\n{}\n", version.note.replace('\0', ""))
    };
    format!(
        "tree {}\n{parent}author {who}\ncommitter {who}\n\n{said}\n{note}\nAccid-Version: {}\n",
        hex(tree),
        version.id
    )
    .into_bytes()
}

impl Gathered {
    fn take(&mut self, version: &Version, changes: Vec<(RelativePath, Option<Vec<u8>>)>) -> Option<()> {
        for (path, content) in changes {
            let blob = match &content {
                Some(bytes) => Some(self.pack.add(Kind::Blob, bytes)?),
                None => None,
            };
            self.tree.set(path.as_str(), blob);
            match content {
                Some(bytes) => drop(self.files.insert(path.as_str().to_owned(), bytes)),
                None => drop(self.files.remove(path.as_str())),
            }
        }
        let tree = self.tree.write(&mut self.pack)?;
        let commit = commit_of(version, &tree, self.head.as_ref());
        self.head = Some(self.pack.add(Kind::Commit, &commit)?);
        self.commits += 1;
        Some(())
    }
}

impl Vault {
    /// Writes a project's history into a folder as a git repository: one commit a version, and the documents of the last
    /// one as files. An earlier export there is written over; a folder of anybody else's is not.
    ///
    /// # Errors
    /// When the folder is somebody else's, a version cannot be read, somebody stops it, or the disk refuses.
    pub fn export_git(
        &self,
        project: &Project,
        folder: &Path,
        progress: &dyn Progress,
    ) -> Result<GitExported, VaultError> {
        let before = self.earlier_export(project, folder)?;
        let mut gathered = Gathered {
            pack: Pack::new(),
            tree: Tree::default(),
            files: BTreeMap::new(),
            head: None,
            commits: 0,
        };
        let total = project.some_versions(0..0).1;
        project.walk_versions::<VaultError>(|version, changes| {
            if progress.cancelled() {
                return Err(VaultError::Stopped);
            }
            progress.step(gathered.commits, total, "version");
            let too_large = || refused(folder, "its history is larger than 2 GB");
            gathered.take(version, changes).ok_or_else(too_large)
        })?;
        let Gathered { pack, tree, files, head, commits } = gathered;
        let finished = pack.finish();
        let head = head.map(|head| hex(&head));
        let marker = Marker {
            project: project.id().to_string(),
            head: head.clone().unwrap_or_default(),
            pack: finished.name.clone(),
            files: files.keys().cloned().collect(),
        };
        let packs = ".git/objects/pack";
        let at = |name: &str| folder.join(name);
        for name in [packs, ".git/objects/info", ".git/refs/heads", ".git/refs/tags", ".git/info"] {
            self.vfs.create_folders(&at(name)).map_err(io_error(&at(name)))?;
        }
        let write = |name: &str, bytes: &[u8]| {
            let path = at(name);
            if let Some(parent) = path.parent() {
                self.vfs.create_folders(parent).map_err(io_error(parent))?;
            }
            self.vfs.write(&path, bytes).map_err(io_error(&path))
        };
        // Objects first, then what names them: a reader never sees a name without its object.
        write(&format!("{packs}/pack-{}.pack", finished.name), &finished.pack)?;
        write(&format!("{packs}/pack-{}.idx", finished.name), &finished.index)?;
        let blobs = tree.all();
        let entry =
            |(path, bytes): (&String, &Vec<u8>)| Some((path.clone(), (*blobs.get(path)?, bytes.len())));
        write(".git/index", &working_index(&files.iter().filter_map(entry).collect()))?;
        write(".git/config", CONFIG.as_bytes())?;
        write(".git/HEAD", b"ref: refs/heads/main\n")?;
        if let Some(head) = &head {
            write(MAIN, format!("{head}\n").as_bytes())?;
        }
        write(MARKER, &serde_json::to_vec_pretty(&marker).unwrap_or_default())?;
        for (name, bytes) in &files {
            write(name, bytes)?;
        }
        self.remove_former(folder, before.as_ref(), &marker, &files)?;
        Ok(GitExported { commits, files: files.len(), bytes: finished.pack.len() as u64, head })
    }

    /// What an earlier export wrote there; nothing in an empty folder.
    fn earlier_export(&self, project: &Project, folder: &Path) -> Result<Option<Marker>, VaultError> {
        match self.vfs.list(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(io_error(folder)(error)),
            Ok(entries) if entries.is_empty() => return Ok(None),
            Ok(_) => {}
        }
        let read = |name: &str| self.vfs.read(&folder.join(name)).ok();
        let marker = read(MARKER).and_then(|bytes| serde_json::from_slice::<Marker>(&bytes).ok());
        let marker = marker.ok_or_else(|| refused(folder, "it holds files that ACCID did not write"))?;
        if marker.project != project.id().as_str() {
            return Err(refused(folder, "it is the export of another project"));
        }
        let main = read(MAIN).unwrap_or_default();
        let branched = String::from_utf8_lossy(&main).trim() != marker.head;
        let head = read(".git/HEAD").unwrap_or_default();
        if branched || head != b"ref: refs/heads/main\n" || self.vfs.exists(&folder.join(".git/packed-refs"))
        {
            return Err(refused(folder, "somebody went on working in that repository"));
        }
        Ok(Some(marker))
    }

    /// Takes away what an earlier export wrote and this one did not.
    fn remove_former(
        &self,
        folder: &Path,
        before: Option<&Marker>,
        now: &Marker,
        files: &BTreeMap<String, Vec<u8>>,
    ) -> Result<(), VaultError> {
        let Some(before) = before else { return Ok(()) };
        if before.pack != now.pack {
            for ending in ["idx", "pack"] {
                let file = folder.join(format!(".git/objects/pack/pack-{}.{ending}", before.pack));
                if self.vfs.exists(&file) {
                    self.vfs.remove_file(&file).map_err(io_error(&file))?;
                }
            }
        }
        let gone = before.files.iter().filter(|name| !files.contains_key(name.as_str()));
        for path in gone.filter_map(|name| Some(name.parse::<RelativePath>().ok()?.below(folder))) {
            if self.vfs.exists(&path) {
                self.vfs.remove_file(&path).map_err(io_error(&path))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_break_out_of_their_line() {
        assert_eq!(plain("Ada <ada@example.org>\nauthor Eve"), "Ada ada@example.orgauthor Eve");
        assert_eq!(plain(" ... "), "unknown");
    }
}
