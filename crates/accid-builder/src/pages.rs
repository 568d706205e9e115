//! Pages: list, find, create, change, reorder, remove.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, PoisonError},
};

use accid_base::{ContentHash, Finding, Id, RelativePath, Slug, parallel};
use accid_model::{Document as _, Fields, Module, Navigation, Page, PageSeo, TrashEntry, TrashedObject};
use accid_store::{Expect, Project, Transaction, Write};
use serde_json::Value;

use crate::{Builder, BuilderError, edit::check_modules, reading::read_page};

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

/// What a new page starts with.
#[derive(Debug, Clone, Default)]
pub struct NewPage {
    /// Its title.
    pub title: String,
    /// Its slug; made from the title when missing.
    pub slug: Option<Slug>,
    /// The page it is nested under, by id or slug.
    pub parent: Option<String>,
}

/// Turns any document into the fields the store takes.
pub(crate) fn to_value(document: &impl serde::Serialize) -> Value {
    serde_json::to_value(document).unwrap_or(Value::Null)
}

/// Sorts pages as a tree is read: siblings by their places, each followed by those nested under it. The entry page
/// comes first among equals; pages whose parents form a loop come last.
fn in_order(mut pages: Vec<StoredPage>) -> Vec<StoredPage> {
    pages.sort_by(|left, right| {
        let key = |stored: &StoredPage| (stored.page.order, stored.page.slug.as_str() != "index");
        key(left).cmp(&key(right)).then_with(|| left.page.slug.cmp(&right.page.slug))
    });
    let known: HashSet<Id> = pages.iter().map(|stored| stored.page.id.clone()).collect();
    let mut below: HashMap<Option<Id>, Vec<StoredPage>> = HashMap::new();
    for stored in pages {
        let parent = stored.page.parent.clone().filter(|parent| known.contains(parent));
        below.entry(parent).or_default().push(stored);
    }
    let mut waiting = below.remove(&None).unwrap_or_default();
    waiting.reverse();
    let mut ordered = Vec::with_capacity(known.len());
    while let Some(stored) = waiting.pop() {
        let children = below.remove(&Some(stored.page.id.clone())).unwrap_or_default();
        waiting.extend(children.into_iter().rev());
        ordered.push(stored);
    }
    let mut looped: Vec<_> = below.into_values().flatten().collect();
    looped.sort_by(|left, right| left.page.slug.cmp(&right.page.slug));
    ordered.extend(looped);
    ordered
}

fn find<'a>(pages: &'a [StoredPage], id_or_slug: &str) -> Result<&'a StoredPage, BuilderError> {
    let by_id = pages.iter().find(|stored| stored.page.id.as_str() == id_or_slug);
    by_id
        .or_else(|| pages.iter().find(|stored| stored.page.slug.as_str() == id_or_slug))
        .ok_or_else(|| BuilderError::PageNotFound(id_or_slug.chars().take(80).collect()))
}

impl Builder {
    /// All pages that can be read, in order, and findings about those that cannot. A page is read again only when its
    /// file differs.
    pub(crate) fn load_pages(&self, project: &Project) -> (Vec<StoredPage>, Vec<Finding>) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let known = opened.remove(&project.id()).unwrap_or_default();
        let mut pages = HashMap::new();
        let mut findings = Vec::new();
        let read = parallel::map(&project.list_unread(Page::FOLDER), |(file, stored)| {
            let same = known.get(file).filter(|page| page.hash == stored.hash());
            same.map_or_else(|| read_page(file, stored), |page| Ok(page.clone()))
        });
        for page in read {
            match page {
                Ok(page) => {
                    pages.insert(page.file.clone(), page);
                }
                Err(finding) => findings.push(finding),
            }
        }
        let all = pages.values().cloned().collect();
        opened.insert(project.id(), pages);
        (in_order(all), findings)
    }

    /// All pages, in order; broken ones are left out (see the site's findings).
    pub fn pages(&self, project: &Project) -> Vec<StoredPage> {
        self.load_pages(project).0
    }

    /// One page, by id or slug.
    ///
    /// # Errors
    /// When there is none.
    pub fn page(&self, project: &Project, id_or_slug: &str) -> Result<StoredPage, BuilderError> {
        let (pages, _) = self.load_pages(project);
        find(&pages, id_or_slug).cloned()
    }

    /// Makes an empty page behind its siblings.
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
        let (pages, _) = self.load_pages(project);
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
            seo: PageSeo::default(),
            modules: Vec::new(),
            extra: Fields::new(),
        };
        let file = file_of(&page)?;
        let write = Write { path: file, value: Some(to_value(&page)), expect: Expect::Absent };
        let note = format!("Page \"{title}\" created");
        project.commit(Transaction { author: author.to_owned(), note, writes: vec![write] })?;
        self.page(project, page.id.as_str())
    }

    /// Changes fields of a page: any of title, slug, parent, order, navigation, language, seo, modules.
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
        self.edit_page(project, author, id, expected, "edited", |draft| {
            for (name, value) in fields {
                if !matches!(name.as_str(), "id" | "schema_version" | "etag" | "path" | "findings") {
                    draft.insert(name.clone(), value.clone());
                }
            }
            Ok(())
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
        self.edit_page(project, author, id, expected, "edited", |draft| {
            let mut document = Value::Object(std::mem::take(draft));
            json_patch::patch(&mut document, &patch).map_err(|error| unfit(error.to_string()))?;
            match document {
                Value::Object(fields) => {
                    *draft = fields;
                    Ok(())
                }
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
        let (pages, _) = self.load_pages(project);
        let stored = find(&pages, id)?;
        check_fresh(stored, expected)?;
        let page = &stored.page;
        if page.slug.as_str() == "index" && pages.len() > 1 {
            let reason =
                "it is the entry page, which visitors see first; give another page the slug \"index\" before";
            return Err(BuilderError::invalid("the page was not removed", "", reason));
        }
        let entry = TrashEntry {
            id: self.new_id(),
            schema_version: TrashEntry::VERSION,
            label: page.title.clone(),
            removed_at: self.clock.now(),
            removed_by: author.to_owned(),
            object: TrashedObject::File { path: stored.file.clone(), document: to_value(page.as_ref()) },
            extra: Fields::new(),
        };
        let mut writes =
            vec![Write { path: stored.file.clone(), value: None, expect: Expect::Hash(stored.hash) }];
        for child in siblings(&pages, Some(&page.id)) {
            let moved = Page { parent: page.parent.clone(), ..Page::clone(&child.page) };
            writes.push(Write {
                path: child.file.clone(),
                value: Some(to_value(&moved)),
                expect: Expect::Hash(child.hash),
            });
        }
        let path: RelativePath = parse_path(&format!("{}/{}.json", TrashEntry::FOLDER, entry.id))?;
        writes.push(Write { path, value: Some(to_value(&entry)), expect: Expect::Absent });
        let note = format!("Page \"{}\" moved to the trash", page.title);
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        Ok(entry)
    }

    /// The one way a page changes: read, change, check, write if nobody else did meanwhile. Without `expected` it
    /// starts again when somebody else was faster.
    pub(crate) fn edit_page(
        &self,
        project: &Project,
        author: &str,
        id: &str,
        expected: Option<ContentHash>,
        done: &str,
        change: impl Fn(&mut Fields) -> Result<(), BuilderError>,
    ) -> Result<StoredPage, BuilderError> {
        loop {
            let (pages, _) = self.load_pages(project);
            let stored = find(&pages, id)?;
            check_fresh(stored, expected)?;
            let Value::Object(mut draft) = to_value(stored.page.as_ref()) else {
                return Err(BuilderError::PageNotFound(id.to_owned()));
            };
            change(&mut draft)?;
            let page = checked(&pages, stored, draft)?;
            let mut writes = replaced(stored, &page)?;
            renumber(&pages, stored, &page, &mut writes)?;
            let note = format!("Page \"{}\" {done}", page.title);
            match project.commit(Transaction { author: author.to_owned(), note, writes }) {
                Ok(_) => return self.page(project, page.id.as_str()),
                Err(accid_store::StoreError::Stale { .. }) if expected.is_none() => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn parse_path(text: &str) -> Result<RelativePath, BuilderError> {
    text.parse().map_err(|error: accid_base::InvalidPath| {
        BuilderError::invalid("nothing was written", "", error.to_string())
    })
}

fn file_of(page: &Page) -> Result<RelativePath, BuilderError> {
    parse_path(&format!("{}/{}.json", Page::FOLDER, page.slug))
}

fn siblings<'a>(pages: &'a [StoredPage], parent: Option<&'a Id>) -> impl Iterator<Item = &'a StoredPage> {
    pages.iter().filter(move |stored| stored.page.parent.as_ref() == parent)
}

fn check_fresh(stored: &StoredPage, expected: Option<ContentHash>) -> Result<(), BuilderError> {
    if expected.is_some_and(|hash| hash != stored.hash) {
        return Err(BuilderError::Stale { what: "page", current: to_value(stored.page.as_ref()) });
    }
    Ok(())
}

/// Makes a page of the draft, or says what is wrong with it.
fn checked(pages: &[StoredPage], stored: &StoredPage, draft: Fields) -> Result<Page, BuilderError> {
    let what = "the page was not saved";
    let opened = accid_model::open::<Page>(&Value::Object(draft))
        .map_err(|error| BuilderError::invalid(what, "", error.to_string()))?;
    let page = opened.document;
    if page.id != stored.page.id {
        return Err(BuilderError::invalid(what, "/id", "the identity of a page does not change"));
    }
    if page.title.trim().is_empty() {
        return Err(BuilderError::invalid(what, "/title", "a page needs a title"));
    }
    let others = || pages.iter().filter(|other| other.page.id != page.id);
    if others().any(|other| other.page.slug == page.slug) {
        return Err(BuilderError::SlugTaken(page.slug.to_string()));
    }
    if let Some(parent) = &page.parent {
        let Some(found) = others().find(|other| other.page.id == *parent) else {
            return Err(BuilderError::invalid(what, "/parent", "there is no such page to nest it under"));
        };
        let all: Vec<Page> = others().map(|other| Page::clone(&other.page)).collect();
        if found.page.lineage(&all).iter().any(|above| above.parent.as_ref() == Some(&page.id)) {
            return Err(BuilderError::invalid(what, "/parent", "a page cannot be nested under itself"));
        }
    }
    if page.modules != stored.page.modules {
        let foreign: Vec<&[Module]> = others().map(|other| other.page.modules.as_slice()).collect();
        let errors = check_modules(&page.modules, &stored.page.modules, &foreign);
        if !errors.is_empty() {
            return Err(BuilderError::Invalid { what: what.to_owned(), errors });
        }
    }
    Ok(page)
}

/// The writes that put `page` where `stored` is; two when its slug, and so its file, changed.
fn replaced(stored: &StoredPage, page: &Page) -> Result<Vec<Write>, BuilderError> {
    let file = file_of(page)?;
    let value = Some(to_value(page));
    if file == stored.file {
        return Ok(vec![Write { path: file, value, expect: Expect::Hash(stored.hash) }]);
    }
    Ok(vec![
        Write { path: stored.file.clone(), value: None, expect: Expect::Hash(stored.hash) },
        Write { path: file, value, expect: Expect::Absent },
    ])
}

/// Gives the siblings new numbers when the page moved among them.
fn renumber(
    pages: &[StoredPage],
    stored: &StoredPage,
    page: &Page,
    writes: &mut Vec<Write>,
) -> Result<(), BuilderError> {
    if page.order == stored.page.order && page.parent == stored.page.parent {
        return Ok(());
    }
    let mut line: Vec<&StoredPage> =
        siblings(pages, page.parent.as_ref()).filter(|other| other.page.id != page.id).collect();
    let place = usize::try_from(page.order).unwrap_or(usize::MAX).min(line.len());
    line.insert(place, stored);
    for (order, other) in (0_u32..).zip(line) {
        if other.page.id == page.id {
            let moved = Page { order, ..page.clone() };
            let own = file_of(page)?;
            for write in writes.iter_mut().filter(|write| write.path == own) {
                write.value = Some(to_value(&moved));
            }
        } else if other.page.order != order {
            let moved = Page { order, ..Page::clone(&other.page) };
            writes.push(Write {
                path: other.file.clone(),
                value: Some(to_value(&moved)),
                expect: Expect::Hash(other.hash),
            });
        }
    }
    Ok(())
}
