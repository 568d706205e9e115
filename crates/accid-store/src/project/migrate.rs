//! What a migration of documents needs: their versions, and a rewrite with a snapshot before it.

use accid_base::RelativePath;

use super::Project;
use crate::{Committed, DocumentVersion, StoreError, Transaction, Write};

impl Project {
    /// All documents with the version of their format.
    pub fn documents(&self) -> Vec<DocumentVersion> {
        let version = |path: RelativePath| {
            let value = self.get(&path)?.value;
            let schema_version = value.get("schema_version").and_then(serde_json::Value::as_u64);
            Some(DocumentVersion {
                collection: path.parent().map(|folder| folder.to_string()).unwrap_or_default(),
                schema_version: schema_version.and_then(|version| u32::try_from(version).ok()).unwrap_or(1),
                path,
            })
        };
        self.paths().into_iter().filter_map(version).collect()
    }

    /// Names the state as it is, then writes all documents in one change: a migration can be undone as a whole.
    ///
    /// # Errors
    /// As [`Project::snapshot`] and [`Project::commit`].
    pub fn rewrite(&self, author: &str, note: &str, writes: Vec<Write>) -> Result<Committed, StoreError> {
        self.snapshot(author, &format!("Before: {note}"))?;
        self.commit(Transaction { author: author.to_owned(), note: note.to_owned(), writes })
    }
}
