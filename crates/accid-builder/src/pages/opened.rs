//! Reading pages: opened once, in the order of their tree, and again only when their file differs.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use accid_base::{Finding, Id, RelativePath, locked, parallel};
use accid_model::Page;
use accid_store::Project;

use super::StoredPage;
use crate::{Builder, BuilderError, reading::read_page};

/// All pages of a project as they were at one moment.
#[derive(Debug, Clone)]
pub(crate) struct OpenedPages {
    /// The project's revision of that moment.
    revision: u64,
    /// Those that can be read, in order.
    pub pages: Arc<[StoredPage]>,
    /// About those that cannot.
    pub findings: Arc<[Finding]>,
}

impl Builder {
    /// All pages that can be read, in order, and findings about those that cannot.
    pub(crate) fn open_pages(&self, project: &Project) -> OpenedPages {
        let revision = project.revision();
        let known = locked(&self.opened).get(&project.id()).cloned();
        if let Some(known) = known.as_ref().filter(|known| known.revision == revision) {
            return known.clone();
        }
        let known = known.as_ref().map_or(&[][..], |known| &known.pages[..]);
        let known: HashMap<&RelativePath, &StoredPage> =
            known.iter().map(|stored| (&stored.file, stored)).collect();
        let (mut pages, mut findings, mut unread) = (Vec::new(), Vec::new(), Vec::new());
        for (file, stored) in project.list_unread(Page::FOLDER) {
            match known.get(&file).filter(|page| page.hash == stored.hash()) {
                Some(page) => pages.push((*page).clone()),
                None => unread.push((file, stored)),
            }
        }
        for page in parallel::map(&unread, |(file, stored)| read_page(file, stored)) {
            match page {
                Ok(page) => pages.push(page),
                Err(finding) => findings.push(finding),
            }
        }
        let opened = OpenedPages { revision, pages: in_order(pages).into(), findings: findings.into() };
        locked(&self.opened).insert(project.id(), opened.clone());
        opened
    }
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

/// A page by its id, else by its slug.
pub(crate) fn find<'a>(pages: &'a [StoredPage], id_or_slug: &str) -> Result<&'a StoredPage, BuilderError> {
    let by_id = pages.iter().find(|stored| stored.page.id.as_str() == id_or_slug);
    by_id
        .or_else(|| pages.iter().find(|stored| stored.page.slug.as_str() == id_or_slug))
        .ok_or_else(|| BuilderError::PageNotFound(id_or_slug.chars().take(80).collect()))
}

/// The pages nested under a page; without one, those at the top. Parts and patterns are nowhere in the tree.
pub(super) fn siblings<'a>(
    pages: &'a [StoredPage],
    parent: Option<&'a Id>,
) -> impl Iterator<Item = &'a StoredPage> {
    pages.iter().filter(move |stored| stored.page.is_published() && stored.page.parent.as_ref() == parent)
}
