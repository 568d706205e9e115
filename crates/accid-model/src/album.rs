//! `albums/<id>.json`: photos that belong together, in an order of their own. Must not know how they were found.

use accid_base::{Id, InvalidPath, RelativePath};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Document, Fields, Migration, Privacy, photo::is_false};

/// By what the photos of an album were put together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AlbumKind {
    /// By somebody.
    #[default]
    Hand,
    /// By the day they were taken.
    Day,
    /// By the nearest town.
    Town,
    /// By the country.
    Country,
    /// By place and time: what lies near each other in both.
    Cluster,
}

/// Photos that belong together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Album {
    /// Identity of the album.
    pub id: Id,
    /// Format of this file.
    pub schema_version: u32,
    /// Its title.
    pub title: String,
    /// A few words about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// By what its photos were put together.
    #[serde(default)]
    pub by: AlbumKind,
    /// Its photos, by id, in their order.
    #[serde(default)]
    pub photos: Vec<Id>,
    /// The photo that stands for it; its first one when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Id>,
    /// Its place among the albums, smallest first.
    #[serde(default)]
    pub order: u32,
    /// Whether it is left out of what is published.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// How exactly the places of its photos are published; as the project says when empty.
    #[serde(default, skip_serializing_if = "Privacy::is_inherited")]
    pub privacy: Privacy,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Album {
    /// Folder of the albums in a project.
    pub const FOLDER: &'static str = "albums";

    /// An album with a title and nothing in it.
    pub fn new(id: Id, title: &str) -> Self {
        Self {
            id,
            schema_version: Self::VERSION,
            title: title.to_owned(),
            description: String::new(),
            by: AlbumKind::Hand,
            photos: Vec::new(),
            cover: None,
            order: 0,
            hidden: false,
            privacy: Privacy::Inherited,
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

impl Document for Album {
    const NAME: &'static str = "album";
    const VERSION: u32 = 1;
    const MIGRATIONS: &'static [Migration] = &[];
}
