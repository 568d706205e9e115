//! Pages: list, find, create, change, reorder, remove.

mod edit;
mod former;
mod opened;

use std::{borrow::Borrow, collections::BTreeMap, sync::Arc};

use accid_base::{ContentHash, Finding, RelativePath, Slug};
use accid_model::{
    Document as _, Fields, Module, Navigation, Page, PageFacts, PageKind, PageRole, PageSeo, TrashEntry,
    TrashedObject, to_value,
};
use accid_store::{Project, Transaction, Write};
use serde_json::Value;

pub(crate) use self::{
    edit::PageEdit,
    opened::{OpenedPages, find},
};
use self::{
    edit::{check_fresh, rewritten},
    opened::siblings,
};
use crate::{Builder, BuilderError};

/// A page as it is stored.
#[derive(Debug, Clone)]
pub struct StoredPage {
    /// The page, in the current format.
    pub page: Arc<Page>,
    /// Content hash of its file.
    pub hash: ContentHash,
    /// Its file.
    pub file: RelativePath,
    /// What a person should know about it.
    pub findings: Vec<Finding>,
}

impl Borrow<Page> for StoredPage {
    fn borrow(&self) -> &Page {
        &self.page
    }
}

/// What a new page starts with.
#[derive(Debug, Clone, Default)]
pub struct NewPage {
    /// Its title.
    pub title: String,
    /// Its slug; made from the title when missing.
    pub slug: Option<Slug>,
    /// The page it is nested under, by id or slug.
    pub parent: Option<String>,
    /// What it is in the project.
    pub role: PageRole,
    /// The modules on it, with ids that nothing else in the project has.
    pub modules: Vec<Module>,
    /// What it is besides its modules.
    pub start: PageStart,
}

/// What a page is besides its modules: what it is about, and what search engines get to know.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageStart {
    /// What it is about, such as `article`; an ordinary page when empty.
    pub kind: String,
    /// What search engines get to know.
    pub seo: PageSeo,
}

impl PageStart {
    /// Says to search engines what they are not told yet.
    pub(crate) fn tell(&self, seo: &mut PageSeo) {
        for (new, text) in [(&self.seo.title, &mut seo.title), (&self.seo.description, &mut seo.description)]
        {
            if text.trim().is_empty() {
                text.clone_from(new);
            }
        }
        if seo.image.is_none() {
            seo.image.clone_from(&self.seo.image);
        }
    }
}

impl Builder {
    /// All pages, in order; broken ones are left out (see the site's findings).
    pub fn pages(&self, project: &Project) -> Arc<[StoredPage]> {
        self.open_pages(project).pages
    }

    /// One page, by id or slug.
    ///
    /// # Errors
    /// When there is none.
    pub fn page(&self, project: &Project, id_or_slug: &str) -> Result<StoredPage, BuilderError> {
        find(&self.pages(project), id_or_slug).cloned()
    }

    /// Makes a page behind its siblings.
    ///
    /// # Errors
    /// When the title is empty, the slug is taken, or the parent is missing.
    pub fn create_page(
        &self,
        project: &Project,
        author: &str,
        new: NewPage,
    ) -> Result<StoredPage, BuilderError> {
        let title = new.title.trim();
        if title.is_empty() {
            return Err(BuilderError::invalid("the page was not made", "/title", "a page needs a title"));
        }
        let pages = self.pages(project);
        let taken = |slug: &Slug| pages.iter().any(|stored| stored.page.slug == *slug);
        let slug = match new.slug {
            Some(slug) if taken(&slug) => return Err(BuilderError::SlugTaken(slug.to_string())),
            Some(slug) => slug,
            None => Slug::from_text(title, "page").first_free(taken),
        };
        let parent = match &new.parent {
            None => None,
            Some(parent) => Some(find(&pages, parent)?.page.id.clone()),
        };
        let order = siblings(&pages, parent.as_ref()).map(|stored| stored.page.order + 1).max().unwrap_or(0);
        let page = Page {
            id: self.new_id(),
            schema_version: Page::VERSION,
            slug,
            title: title.to_owned(),
            parent,
            order,
            navigation: Navigation::default(),
            language: String::new(),
            seo: new.start.seo,
            role: new.role,
            date: self.day_of(&new.start.kind),
            kind: new.start.kind,
            author: String::new(),
            tags: Vec::new(),
            facts: PageFacts::default(),
            former: Vec::new(),
            translations: BTreeMap::new(),
            css: String::new(),
            spatial: None,
            modules: new.modules,
            extra: Fields::new(),
        };
        let writes = vec![Write::put(Page::file(&page.slug)?, to_value(&page)).if_absent()];
        let what = match page.role {
            PageRole::Page => "Page",
            PageRole::Part => "Part",
            PageRole::Pattern => "Pattern",
        };
        let note = format!("{what} \"{title}\" created");
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        self.page(project, page.id.as_str())
    }

    /// The day that a new page of this kind bears: an article that of today, as the clock of UTC has it.
    fn day_of(&self, kind: &str) -> String {
        let today = || self.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
        if PageKind::named(kind) == PageKind::Article { today() } else { String::new() }
    }

    /// Changes fields of a page, such as title, slug, parent, order or modules.
    ///
    /// # Errors
    /// When the page is missing, changed since it was read, or a value is not acceptable.
    pub fn update_page(
        &self,
        project: &Project,
        author: &str,
        id: &str,
        fields: &Fields,
        expected: Option<ContentHash>,
    ) -> Result<StoredPage, BuilderError> {
        let edit = PageEdit { author, page: id, expected, done: "edited" };
        self.edit_fields(project, &edit, |mut draft| {
            for (name, value) in fields {
                if !matches!(name.as_str(), "id" | "schema_version" | "etag" | "path" | "findings") {
                    draft.insert(name.clone(), value.clone());
                }
            }
            Ok(draft)
        })
    }

    /// Changes a page by a JSON patch (RFC 6902) on its document.
    ///
    /// # Errors
    /// When the patch does not fit, or as [`Builder::update_page`].
    pub fn patch_page(
        &self,
        project: &Project,
        author: &str,
        id: &str,
        patch: &Value,
        expected: Option<ContentHash>,
    ) -> Result<StoredPage, BuilderError> {
        let unfit = |reason: String| BuilderError::invalid("the patch was not applied", "", reason);
        let patch: json_patch::Patch =
            serde::Deserialize::deserialize(patch).map_err(|error: serde_json::Error| {
                unfit(format!("it is not a JSON patch of RFC 6902: {error}"))
            })?;
        let edit = PageEdit { author, page: id, expected, done: "edited" };
        self.edit_fields(project, &edit, |draft| {
            let mut document = Value::Object(draft);
            json_patch::patch(&mut document, &patch).map_err(|error| unfit(error.to_string()))?;
            match document {
                Value::Object(fields) => Ok(fields),
                _ => Err(unfit("a page stays a JSON object".to_owned())),
            }
        })
    }

    /// Moves a page to the trash; pages nested under it move up to its parent.
    ///
    /// # Errors
    /// When it is missing, changed since it was read, or is the entry page while others remain.
    pub fn remove_page(
        &self,
        project: &Project,
        author: &str,
        id: &str,
        expected: Option<ContentHash>,
    ) -> Result<TrashEntry, BuilderError> {
        let pages = self.pages(project);
        let stored = find(&pages, id)?;
        check_fresh(stored, expected)?;
        let page = &stored.page;
        if page.slug.as_str() == "index" && pages.len() > 1 {
            let reason =
                "it is the entry page, which visitors see first; give another page the slug \"index\" before";
            return Err(BuilderError::invalid("the page was not removed", "", reason));
        }
        let removed = TrashedObject::File { path: stored.file.clone(), document: to_value(page.as_ref()) };
        let entry = TrashEntry::new(self.new_id(), removed, &page.title, self.clock.now(), author);
        let mut writes = vec![Write::remove(stored.file.clone()).if_still(stored.hash)];
        let moved = siblings(&pages, Some(&page.id))
            .map(|child| Page { parent: page.parent.clone(), ..Page::clone(&child.page) })
            .collect();
        writes.extend(former::remember(&pages, moved).iter().filter_map(|page| rewritten(&pages, page)));
        writes.push(Write::put(entry.file()?, to_value(&entry)).if_absent());
        let note = format!("Page \"{}\" moved to the trash", page.title);
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        Ok(entry)
    }
}
