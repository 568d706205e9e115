//! Albums: make, change, list. Must not know how photos find each other.

use accid_base::{ContentHash, FieldError, Id, RelativePath};
use accid_model::{Album, AlbumKind, Privacy, to_value};
use accid_store::{Documents, Project, Transaction, Write};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Waypoint, WaypointError, edit::present, open_all};

/// An album as it is stored.
#[derive(Debug, Clone)]
pub struct StoredAlbum {
    /// The album.
    pub album: Album,
    /// Content hash of its document.
    pub hash: ContentHash,
}

/// Changes of an album; what is missing stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AlbumChanges {
    /// Its title.
    pub title: Option<String>,
    /// A few words about it.
    pub description: Option<String>,
    /// By what its photos were put together.
    pub by: Option<AlbumKind>,
    /// Its photos in their order, by id or file name; all of them.
    pub photos: Option<Vec<String>>,
    /// Photos that are added at the end.
    pub add_photos: Option<Vec<String>>,
    /// Photos that are taken out.
    pub remove_photos: Option<Vec<String>>,
    /// The photo that stands for it; null for its first one.
    #[serde(deserialize_with = "present")]
    pub cover: Option<Option<String>>,
    /// Its place among the albums, smallest first.
    pub order: Option<u32>,
    /// Whether it is left out of what is published.
    pub hidden: Option<bool>,
    /// How exactly the places of its photos are published.
    pub privacy: Option<Privacy>,
}

/// The albums of a project as they are written, in no particular order.
pub(crate) fn all_albums<'a>(of: impl Into<Documents<'a>>) -> Vec<Album> {
    open_all(of, Album::FOLDER).into_iter().map(|(album, _)| album).collect()
}

impl Waypoint {
    /// All albums, in their order.
    pub fn albums<'a>(&self, of: impl Into<Documents<'a>>) -> Vec<StoredAlbum> {
        let mut albums: Vec<StoredAlbum> = open_all(of, Album::FOLDER)
            .into_iter()
            .map(|(album, hash)| StoredAlbum { album, hash })
            .collect();
        albums.sort_by(|one, other| {
            (one.album.order, &one.album.title, &one.album.id).cmp(&(
                other.album.order,
                &other.album.title,
                &other.album.id,
            ))
        });
        albums
    }

    /// One album.
    ///
    /// # Errors
    /// When there is none.
    pub fn album(&self, project: &Project, id: &str) -> Result<StoredAlbum, WaypointError> {
        let found = self.albums(project).into_iter().find(|stored| stored.album.id.as_str() == id);
        found.ok_or_else(|| WaypointError::NotFound { what: "album", id: id.chars().take(80).collect() })
    }

    /// Makes an album; it comes last.
    ///
    /// # Errors
    /// When it has no title, a photo is missing, or the store refuses.
    pub fn create_album(
        &self,
        project: &Project,
        author: &str,
        changes: &AlbumChanges,
    ) -> Result<StoredAlbum, WaypointError> {
        let last = self.albums(project).iter().map(|stored| stored.album.order + 1).max();
        let fresh = Album { order: last.unwrap_or_default(), ..Album::new(self.new_id(), "") };
        let album = self.changed_album(project, fresh, changes)?;
        let note = format!("Album \"{}\" made", album.title);
        let writes = vec![Write::put(album.file()?, to_value(&album)).if_absent()];
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        self.album(project, album.id.as_str())
    }

    /// Changes an album.
    ///
    /// # Errors
    /// When there is none, it is not as `seen`, a value cannot be used, or the store refuses.
    pub fn update_album(
        &self,
        project: &Project,
        author: &str,
        id: &str,
        changes: &AlbumChanges,
        seen: Option<ContentHash>,
    ) -> Result<StoredAlbum, WaypointError> {
        let stored = self.album(project, id)?;
        if seen.is_some_and(|seen| seen != stored.hash) {
            return Err(WaypointError::Stale {
                name: stored.album.title.clone(),
                current: to_value(&stored.album),
            });
        }
        let album = self.changed_album(project, stored.album.clone(), changes)?;
        if album == stored.album {
            return Ok(stored);
        }
        let path: RelativePath = album.file()?;
        let note = format!("Album \"{}\" changed", album.title);
        let writes = vec![Write::put(path, to_value(&album)).if_still(stored.hash)];
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        self.album(project, id)
    }

    fn changed_album(
        &self,
        project: &Project,
        mut album: Album,
        changes: &AlbumChanges,
    ) -> Result<Album, WaypointError> {
        let shelf = self.shelf(project);
        let mut errors: Vec<FieldError> = Vec::new();
        let mut find = |field: &str, named: &[String]| {
            let mut ids: Vec<Id> = Vec::new();
            for (index, name) in named.iter().enumerate() {
                match shelf.find(name) {
                    Some(stored) if !ids.contains(&stored.photo.id) => ids.push(stored.photo.id.clone()),
                    Some(_) => {}
                    None => errors.push(FieldError {
                        pointer: format!("/{field}/{index}"),
                        message: format!(
                            "there is no photo \"{}\"",
                            name.chars().take(80).collect::<String>()
                        ),
                    }),
                }
            }
            ids
        };
        if let Some(photos) = &changes.photos {
            album.photos = find("photos", photos);
        }
        for id in find("add_photos", changes.add_photos.as_deref().unwrap_or_default()) {
            if !album.photos.contains(&id) {
                album.photos.push(id);
            }
        }
        // What is taken out may be gone from the project already.
        let gone = changes.remove_photos.as_deref().unwrap_or_default();
        let named = |id: &Id| {
            gone.iter().any(|name| {
                name == id.as_str() || shelf.find(name).is_some_and(|found| found.photo.id == *id)
            })
        };
        album.photos.retain(|id| !named(id));
        match &changes.cover {
            Some(Some(cover)) => album.cover = find("cover", std::slice::from_ref(cover)).pop(),
            Some(None) => album.cover = None,
            None => {}
        }
        if let Some(title) = &changes.title {
            album.title = title.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect();
        }
        if album.title.is_empty() {
            errors.push(FieldError {
                pointer: "/title".to_owned(),
                message: "an album has a title".to_owned(),
            });
        }
        if let Some(description) = &changes.description {
            description.trim().clone_into(&mut album.description);
        }
        album.by = changes.by.unwrap_or(album.by);
        album.order = changes.order.unwrap_or(album.order);
        album.hidden = changes.hidden.unwrap_or(album.hidden);
        album.privacy = changes.privacy.unwrap_or(album.privacy);
        if errors.is_empty() {
            return Ok(album);
        }
        Err(WaypointError::Invalid { what: "The album was not saved.".to_owned(), errors })
    }
}
