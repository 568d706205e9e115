//! What goes into a backup: every project as it is at one moment, and the settings. No passwords, no keys.

use accid_backup::{Content, SourceFile};
use accid_base::Problem;
use accid_store::StillContent;

use crate::{Inner, explain};

/// The folder of the projects in a backup, as in the data root: a restored backup can be opened as one.
pub(crate) const PROJECTS: &str = "projects";
/// Files of the data root that are backed up.
const OF_ROOT: [&str; 1] = ["accid.json"];

/// All files of a backup.
pub(crate) fn files(inner: &Inner) -> Result<Vec<SourceFile>, Problem> {
    let mut files = Vec::new();
    for entry in inner.store.projects() {
        let project = inner.store.project(&entry.folder).map_err(explain)?;
        for still in project.still().map_err(explain)? {
            files.push(SourceFile {
                path: format!("{PROJECTS}/{}/{}", entry.folder, still.path),
                bytes: still.bytes,
                modified: still.modified,
                content: match still.content {
                    StillContent::Document(bytes) => Content::Bytes(bytes),
                    StillContent::Growing(reader) => Content::Open(reader),
                    StillContent::Fixed(path) => Content::File(path),
                },
            });
        }
    }
    for name in OF_ROOT {
        if let Ok(bytes) = inner.vfs.read(&inner.store.root().join(name)) {
            files.push(SourceFile {
                path: name.to_owned(),
                bytes: bytes.len() as u64,
                modified: None,
                content: Content::Bytes(bytes.into()),
            });
        }
    }
    Ok(files)
}
