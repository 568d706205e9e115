//! The photos of a project as they are stored: list, find, remove. Originals are never changed.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use accid_base::{ContentHash, Id, RelativePath, locked};
use accid_model::{Page, Photo, TrashEntry, TrashedObject, to_value};
use accid_store::{Documents, Project, Transaction, Write};

use crate::{Waypoint, WaypointError};

/// A photo as it is stored.
#[derive(Debug, Clone)]
pub struct StoredPhoto {
    /// The photo.
    pub photo: Photo,
    /// Content hash of its document.
    pub hash: ContentHash,
    /// Its file.
    pub file: RelativePath,
}

/// The photos of a project as they were read at one revision.
pub(crate) struct Shelf {
    revision: u64,
    by_path: BTreeMap<RelativePath, Arc<StoredPhoto>>,
    by_id: HashMap<Id, Arc<StoredPhoto>>,
    by_original: HashMap<ContentHash, Arc<StoredPhoto>>,
    /// In the order they came.
    pub(crate) list: Vec<Arc<StoredPhoto>>,
}

fn in_order_of_coming(list: &mut [Arc<StoredPhoto>]) {
    list.sort_by(|left, right| {
        (left.photo.added_at, &left.photo.filename).cmp(&(right.photo.added_at, &right.photo.filename))
    });
}

impl Shelf {
    /// The photos of a project; what has not changed since `known` is not read again.
    fn read(project: &Project, known: Option<&Self>) -> Self {
        let revision = project.revision();
        let mut by_path = BTreeMap::new();
        for (path, file) in project.list_unread(Photo::FOLDER) {
            let hash = file.hash();
            let kept = known.and_then(|known| known.by_path.get(&path)).filter(|stored| stored.hash == hash);
            let stored = kept.cloned().or_else(|| {
                let photo = accid_model::open::<Photo>(&file.stored().value).ok()?.document;
                Some(Arc::new(StoredPhoto { photo, hash, file: path.clone() }))
            });
            if let Some(stored) = stored {
                by_path.insert(path, stored);
            }
        }
        let mut list: Vec<_> = by_path.values().cloned().collect();
        in_order_of_coming(&mut list);
        let by_id = list.iter().map(|stored| (stored.photo.id.clone(), Arc::clone(stored))).collect();
        // Of several of one original, the first.
        let by_original = list.iter().rev().map(|stored| (stored.photo.hash, Arc::clone(stored))).collect();
        Self { revision, by_path, by_id, by_original, list }
    }

    /// The photo with that id.
    pub(crate) fn get(&self, id: &Id) -> Option<&Arc<StoredPhoto>> {
        self.by_id.get(id)
    }

    /// The photo of that original.
    pub(crate) fn of_original(&self, hash: &ContentHash) -> Option<&Arc<StoredPhoto>> {
        self.by_original.get(hash)
    }

    /// A photo by id or, the first that has it, by file name.
    pub(crate) fn find(&self, id_or_name: &str) -> Option<&Arc<StoredPhoto>> {
        let by_id = id_or_name.parse().ok().and_then(|id| self.by_id.get(&id));
        by_id.or_else(|| self.list.iter().find(|stored| stored.photo.filename == id_or_name))
    }
}

impl Waypoint {
    /// The photos of a project, read anew only where something changed.
    pub(crate) fn shelf(&self, project: &Project) -> Arc<Shelf> {
        let id = project.id();
        let known = locked(&self.shelves).get(&id).cloned();
        if let Some(known) = &known
            && known.revision == project.revision()
        {
            return Arc::clone(known);
        }
        let shelf = Arc::new(Shelf::read(project, known.as_deref()));
        locked(&self.shelves).insert(id, Arc::clone(&shelf));
        shelf
    }

    /// The photos of today or of a version, in the order they came.
    pub(crate) fn photos_of(&self, of: Documents<'_>) -> Vec<Arc<StoredPhoto>> {
        if let Documents::Now(project) = of {
            return self.photos(project);
        }
        let open = |(file, stored): (RelativePath, accid_store::Stored)| {
            let photo = accid_model::open::<Photo>(&stored.value).ok()?.document;
            Some(Arc::new(StoredPhoto { photo, hash: stored.hash, file }))
        };
        let mut list: Vec<_> = of.list(Photo::FOLDER).into_iter().filter_map(open).collect();
        in_order_of_coming(&mut list);
        list
    }

    /// All photos that can be read, in the order they came.
    pub fn photos(&self, project: &Project) -> Vec<Arc<StoredPhoto>> {
        self.shelf(project).list.clone()
    }

    /// One photo, by id or file name.
    ///
    /// # Errors
    /// When there is none.
    pub fn photo(&self, project: &Project, id_or_name: &str) -> Result<Arc<StoredPhoto>, WaypointError> {
        let found = self.shelf(project).find(id_or_name).cloned();
        found.ok_or_else(|| WaypointError::PhotoNotFound(id_or_name.chars().take(80).collect()))
    }

    /// Moves a photo to the trash. Its original stays in `media/`, for a kept version may show it.
    ///
    /// # Errors
    /// When there is none, or a page still shows it.
    pub fn remove_photo(
        &self,
        project: &Project,
        author: &str,
        id: &str,
    ) -> Result<TrashEntry, WaypointError> {
        let stored = self.photo(project, id)?;
        let shown = project.documents_naming(Page::FOLDER, &stored.photo.id);
        if !shown.is_empty() {
            let photo = stored.photo.filename.clone();
            return Err(WaypointError::InUse { photo, pages: shown.join(", ") });
        }
        let removed = TrashedObject::File { path: stored.file.clone(), document: to_value(&stored.photo) };
        let label = &stored.photo.filename;
        let entry = TrashEntry::new(self.new_id(), removed, label, self.clock.now(), author);
        let writes = vec![
            Write::remove(stored.file.clone()).if_still(stored.hash),
            Write::put(entry.file()?, to_value(&entry)).if_absent(),
        ];
        let note = format!("Photo \"{}\" moved to the trash", stored.photo.filename);
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        Ok(entry)
    }
}
