//! The trash of a project: list, bring back, empty.

use accid_base::{ContentHash, Id, RelativePath, Slug};
use accid_model::{Album, Module, Page, Photo, Story, Track, TrashEntry, TrashedObject, Video, to_value};
use accid_store::{Project, Stored, Transaction, Write};
use jiff::Timestamp;

use crate::{Vault, VaultError, history::put_back};

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrashedItemKind {
    /// A page.
    Page,
    /// A photo.
    Photo,
    /// A module.
    Module,
    /// An album.
    Album,
    /// A track.
    Track,
    /// A story.
    Story,
    /// A film.
    Video,
    /// A pattern of the project's own.
    Pattern,
}

impl TrashedItemKind {
    /// What lies in a folder of documents.
    fn of_file(path: &RelativePath, document: &serde_json::Value) -> Self {
        let role = document.get("role").and_then(serde_json::Value::as_str);
        if path.is_below(Page::FOLDER) && role == Some("pattern") {
            return Self::Pattern;
        }
        let kinds = [
            (Photo::FOLDER, Self::Photo),
            (Album::FOLDER, Self::Album),
            (Track::FOLDER, Self::Track),
            (Story::FOLDER, Self::Story),
            (Video::FOLDER, Self::Video),
        ];
        kinds.into_iter().find(|(folder, _)| path.is_below(folder)).map_or(Self::Page, |(_, kind)| kind)
    }
}

/// Something in the trash of a project.
#[derive(Debug, Clone)]
pub struct TrashedItem {
    /// The trash entry.
    pub entry: Id,
    /// What it is.
    pub kind: TrashedItemKind,
    /// Identity of the thing itself.
    pub id: Id,
    /// Name for people.
    pub label: String,
    /// When it was removed.
    pub removed_at: Timestamp,
    /// Who removed it.
    pub removed_by: String,
}

fn open(stored: &Stored) -> Option<TrashEntry> {
    Some(accid_model::open::<TrashEntry>(&stored.value).ok()?.document)
}

impl TrashedItem {
    /// The entry as people see it.
    pub fn of(entry: &TrashEntry) -> Option<Self> {
        let (kind, id) = match &entry.object {
            TrashedObject::Module { module, .. } => (TrashedItemKind::Module, module.id.clone()),
            TrashedObject::File { path, document } => {
                (TrashedItemKind::of_file(path, document), document.get("id")?.as_str()?.parse().ok()?)
            }
        };
        Some(Self {
            entry: entry.id.clone(),
            kind,
            id,
            label: entry.label.clone(),
            removed_at: entry.removed_at,
            removed_by: entry.removed_by.clone(),
        })
    }
}

impl Vault {
    /// Moves a document of its own file, such as an album or a track, to the trash. `seen` is what the caller believes
    /// it is; whatever it is when missing.
    ///
    /// # Errors
    /// When there is none, it is not as `seen`, or the store refuses.
    pub fn trash_document(
        &self,
        project: &Project,
        author: &str,
        path: &RelativePath,
        seen: Option<ContentHash>,
    ) -> Result<TrashEntry, VaultError> {
        let name = path.file_name().trim_end_matches(".json");
        let stored = project.get(path).ok_or_else(|| VaultError::EntryNotFound(name.to_owned()))?;
        let said = |field| stored.value.get(field).and_then(serde_json::Value::as_str);
        let label =
            ["title", "name"].into_iter().find_map(said).filter(|text| !text.is_empty()).unwrap_or(name);
        let object = TrashedObject::File { path: path.clone(), document: stored.value.as_ref().clone() };
        let entry = TrashEntry::new(self.new_id(), object, label, self.clock.now(), author);
        let writes = vec![
            Write::remove(path.clone()).if_still(seen.unwrap_or(stored.hash)),
            Write::put(entry.file()?, to_value(&entry)).if_absent(),
        ];
        let note = format!("\"{label}\" moved to the trash");
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        Ok(entry)
    }

    /// What is in the trash, newest first.
    pub fn trash(&self, project: &Project) -> Vec<TrashedItem> {
        let entries = project.list(TrashEntry::FOLDER);
        let mut items: Vec<_> =
            entries.iter().filter_map(|(_, stored)| TrashedItem::of(&open(stored)?)).collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.removed_at));
        items
    }

    /// Brings something back to where it was; a page whose address is taken gets a new one.
    ///
    /// # Errors
    /// When there is no such entry, or what it belongs to is gone.
    pub fn restore_from_trash(
        &self,
        project: &Project,
        author: &str,
        entry: &str,
    ) -> Result<TrashedItem, VaultError> {
        let missing = || VaultError::EntryNotFound(entry.chars().take(80).collect());
        let found = project.list(TrashEntry::FOLDER).into_iter().find_map(|(path, stored)| {
            let opened = open(&stored)?;
            (opened.id.as_str() == entry).then_some((path, stored.hash, opened))
        });
        let (path, hash, opened) = found.ok_or_else(missing)?;
        let item = TrashedItem::of(&opened).ok_or_else(missing)?;
        let mut writes = vec![Write::remove(path).if_still(hash)];
        writes.push(match opened.object {
            TrashedObject::File { path, document } => file_back(project, path, document)?,
            TrashedObject::Module { page, position, module } => {
                module_back(project, &page, position, *module)?
            }
        });
        let note = format!("\"{}\" brought back from the trash", item.label);
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        Ok(item)
    }

    /// Removes all entries of a project's trash; versions that are kept still have what was in it.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn empty_trash(&self, project: &Project, author: &str) -> Result<usize, VaultError> {
        self.purge_trash(project, author, Timestamp::MAX, "Trash emptied")
    }

    /// The same of what was removed before a time, with a note for the history.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn purge_trash(
        &self,
        project: &Project,
        author: &str,
        before: Timestamp,
        note: &str,
    ) -> Result<usize, VaultError> {
        let mut entries = project.list(TrashEntry::FOLDER);
        entries.retain(|(_, stored)| open(stored).is_none_or(|entry| entry.removed_at < before));
        let removed = entries.len();
        if removed > 0 {
            let remove = |(path, stored): (RelativePath, Stored)| Write::remove(path).if_still(stored.hash);
            let writes = entries.into_iter().map(remove).collect();
            project.commit(Transaction { author: author.to_owned(), note: note.to_owned(), writes })?;
        }
        Ok(removed)
    }
}

fn file_back(
    project: &Project,
    path: RelativePath,
    document: serde_json::Value,
) -> Result<Write, VaultError> {
    if !path.is_below(Page::FOLDER) {
        return Ok(Write::put(path, document).if_absent());
    }
    let mut page = accid_model::open::<Page>(&document)?.document;
    let pages = project.list(Page::FOLDER);
    let has = |field: &str, value: &str| {
        pages
            .iter()
            .any(|(_, stored)| stored.value.get(field).and_then(serde_json::Value::as_str) == Some(value))
    };
    if page.parent.as_ref().is_some_and(|parent| !has("id", parent.as_str())) {
        page.parent = None;
    }
    let taken = |slug: &Slug| Page::file(slug).map_or(true, |file| project.get(&file).is_some());
    page.slug = page.slug.first_free(taken);
    let path = Page::file(&page.slug)?;
    Ok(Write::put(path, to_value(&page)).if_absent())
}

fn module_back(
    project: &Project,
    page: &Id,
    position: accid_model::ModulePosition,
    module: Module,
) -> Result<Write, VaultError> {
    for (path, stored) in project.list(Page::FOLDER) {
        let Ok(opened) = accid_model::open::<Page>(&stored.value) else { continue };
        let mut found = opened.document;
        if found.id == *page {
            put_back(&mut found.modules, position, module);
            return Ok(Write::put(path, to_value(&found)).if_still(stored.hash));
        }
    }
    Err(VaultError::NoPlace {
        what: "the module was not brought back: its page is gone".to_owned(),
        fix: "Bring the page back first.".to_owned(),
    })
}
