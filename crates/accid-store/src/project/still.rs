//! A project as it is at one moment, as files: for a backup or an archive that is made while people go on working.
//! Secrets are left out, and what can be made again.
//!
//! **Invariant:** documents and history belong together: both are taken while nobody can save. Originals never
//! change, so they can be read later.

use std::{collections::BTreeSet, io::Read, path::PathBuf, sync::Arc};

use accid_base::{RelativePath, vfs::Kind, vfs::TEMPORARY_ENDING};
use accid_model::Dropper;
use jiff::Timestamp;

use super::{Project, reading};
use crate::{StoreError, ledger::numbers, ledger::segment_file, paths};

/// Folders that are no part of it: secrets, what is derived, what package managers fetch.
const LEFT_OUT: [&str; 4] = ["security", "keys", "derived", "node_modules"];
/// How deep folders are looked into.
const DEEPEST: usize = 40;

/// Where the content of a file comes from.
pub enum StillContent {
    /// A document, without secrets.
    Document(Arc<[u8]>),
    /// A part of the history that may grow meanwhile: the first bytes of it count.
    Growing(Box<dyn Read + Send>),
    /// A file that is as it is.
    Fixed(PathBuf),
}

/// A file of a project at one moment.
pub struct StillFile {
    /// Its path in the project.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was changed last; a document's file may follow a moment later than the document.
    pub modified: Option<Timestamp>,
    /// Its content.
    pub content: StillContent,
}

impl Project {
    /// All files of the project at this moment, by their path.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn still(&self) -> Result<Vec<StillFile>, StoreError> {
        let mut files = Vec::new();
        {
            let _writer = self.write_lock()?;
            self.history_now(&mut files)?;
            for (path, object) in reading(&self.objects).iter() {
                let bytes: Arc<[u8]> = object.ledger_bytes().into();
                files.push(StillFile {
                    path: path.to_string(),
                    bytes: bytes.len() as u64,
                    modified: None,
                    content: StillContent::Document(bytes),
                });
            }
        }
        for file in &mut files {
            file.modified = self.modified(&self.folder.join(&file.path));
        }
        let known: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
        self.others(String::new(), 0, &known, &mut files)?;
        files.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(files)
    }

    /// Opens every segment of the history and notes how long it is: nobody saves now.
    fn history_now(&self, files: &mut Vec<StillFile>) -> Result<(), StoreError> {
        let folder = self.ledger_folder();
        for number in numbers(self.vfs(), &folder)? {
            let file = segment_file(&folder, number);
            let bytes = self.vfs().metadata(&file).map_err(StoreError::io("read", &file))?.length;
            let reader = self.vfs().open_read(&file).map_err(StoreError::io("read", &file))?;
            files.push(StillFile {
                path: format!("{}/{number:06}.log", paths::LEDGER),
                bytes,
                modified: None,
                content: StillContent::Growing(reader),
            });
        }
        Ok(())
    }

    fn modified(&self, file: &std::path::Path) -> Option<Timestamp> {
        let found = self.vfs().metadata(file).ok()?;
        Timestamp::from_nanosecond(found.modified_nanoseconds).ok()
    }

    /// What else lies in a folder of the project.
    fn others(
        &self,
        folder: String,
        depth: usize,
        known: &BTreeSet<String>,
        files: &mut Vec<StillFile>,
    ) -> Result<(), StoreError> {
        let at = self.folder.join(&folder);
        let entries = self.vfs().list(&at).map_err(StoreError::io("list", &at))?;
        for entry in entries {
            let path =
                if folder.is_empty() { entry.name.clone() } else { format!("{folder}/{}", entry.name) };
            let secret =
                depth == 0 && LEFT_OUT.contains(&entry.name.as_str()) || entry.name == "node_modules";
            let made_again = path == Dropper::FILE || path == paths::DERIVED || path == paths::LEDGER;
            let unfinished = entry.name.starts_with('.') && entry.name.ends_with(TEMPORARY_ENDING);
            if secret || made_again || unfinished || known.contains(&path) {
                continue;
            }
            match entry.kind {
                Kind::Folder if depth < DEEPEST => self.others(path, depth + 1, known, files)?,
                Kind::File => {
                    let whole = self.folder.join(&path);
                    // What went away between two looks is not missed: nothing names it any more.
                    let Ok(found) = self.vfs().metadata(&whole) else { continue };
                    // A document that was made since then comes with the next one.
                    let since = path.parse::<RelativePath>();
                    if since.is_ok_and(|path| reading(&self.objects).contains_key(&path)) {
                        continue;
                    }
                    files.push(StillFile {
                        path,
                        bytes: found.length,
                        modified: Timestamp::from_nanosecond(found.modified_nanoseconds).ok(),
                        content: StillContent::Fixed(whole),
                    });
                }
                Kind::Folder | Kind::Other => {}
            }
        }
        Ok(())
    }
}
