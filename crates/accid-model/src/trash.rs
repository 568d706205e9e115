//! `trash/<id>.json`: something that was removed and can be brought back.

use accid_base::{Id, InvalidPath, RelativePath};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Document, Fields, Migration, Module, ModulePosition};

/// What was removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum TrashedObject {
    /// A whole file, such as a page or a photo.
    File {
        /// Where it lay, in the project.
        #[schemars(with = "String")]
        path: RelativePath,
        /// The document as it was.
        document: Value,
    },
    /// A module of a page.
    Module {
        /// The page it was on.
        page: Id,
        /// Where on the page.
        position: ModulePosition,
        /// The module as it was, with all inside it.
        module: Box<Module>,
    },
}

/// Something that was removed and can be brought back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrashEntry {
    /// Identity of the entry.
    pub id: Id,
    /// Format of this file.
    pub schema_version: u32,
    /// Name for people, such as the page's title.
    pub label: String,
    /// When it was removed.
    pub removed_at: Timestamp,
    /// Who removed it.
    pub removed_by: String,
    /// What was removed.
    pub object: TrashedObject,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl TrashEntry {
    /// Folder of the trash in a project.
    pub const FOLDER: &'static str = "trash";

    /// An entry for something that goes into the trash now.
    pub fn new(id: Id, object: TrashedObject, label: &str, removed_at: Timestamp, removed_by: &str) -> Self {
        Self {
            id,
            schema_version: Self::VERSION,
            label: label.to_owned(),
            removed_at,
            removed_by: removed_by.to_owned(),
            object,
            extra: Fields::new(),
        }
    }

    /// The file it is kept in.
    ///
    /// # Errors
    /// When its id cannot be a file's name; generated ids always can.
    pub fn file(&self) -> Result<RelativePath, InvalidPath> {
        RelativePath::document(Self::FOLDER, self.id.as_str())
    }
}

impl Document for TrashEntry {
    const NAME: &'static str = "trash-entry";
    const VERSION: u32 = 1;
    const MIGRATIONS: &'static [Migration] = &[];
}
