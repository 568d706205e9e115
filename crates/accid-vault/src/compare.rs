//! What differs between a version and today, page by page and module by module.

use std::collections::{BTreeMap, BTreeSet};

use accid_base::{Id, RelativePath};
use accid_model::{Module, Page};
use accid_store::Project;
use serde_json::Value;

use crate::{
    Vault, VaultError,
    history::{current_pages, pages_of},
};

/// How something differs, seen from the version to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Only today has it.
    Added,
    /// Only the version has it.
    Removed,
    /// Both have it, with other content.
    Changed,
    /// Both have it, in another place.
    Moved,
}

/// A module that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleDifference {
    /// The module.
    pub id: Id,
    /// Its kind.
    pub kind: String,
    /// How it differs.
    pub change: Change,
}

/// A page that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDifference {
    /// The page.
    pub id: Id,
    /// Its title, today's if it has one.
    pub title: String,
    /// How it differs.
    pub change: Change,
    /// Its modules that differ.
    pub modules: Vec<ModuleDifference>,
}

/// A document that is no page and differs: a photo, an album, a way, a story, a film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentDifference {
    /// Its file, by which it can be brought back.
    pub path: RelativePath,
    /// Its id.
    pub id: Id,
    /// What it is called, today if it is there.
    pub title: String,
    /// How it differs.
    pub change: Change,
}

/// What differs between a version and today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differences {
    /// The pages that differ.
    pub pages: Vec<PageDifference>,
    /// The documents of other collections that differ.
    pub documents: Vec<DocumentDifference>,
    /// Other files that differ, those of the documents among them.
    pub files: Vec<RelativePath>,
}

/// A module without its children, and where it is.
struct Placed<'a> {
    module: &'a Module,
    parent: Option<&'a Id>,
    index: usize,
}

fn gather<'a>(modules: &'a [Module], parent: Option<&'a Id>, found: &mut BTreeMap<&'a Id, Placed<'a>>) {
    for (index, module) in modules.iter().enumerate() {
        found.insert(&module.id, Placed { module, parent, index });
        gather(&module.children, Some(&module.id), found);
    }
}

/// Whether two modules are the same apart from what is in them.
fn same(left: &Module, right: &Module) -> bool {
    left.kind == right.kind
        && left.props == right.props
        && left.layout == right.layout
        && left.style == right.style
        && left.visibility == right.visibility
        && left.anchor == right.anchor
        && left.extra == right.extra
}

fn differing_modules(then: &[Module], now: &[Module]) -> Vec<ModuleDifference> {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    gather(then, None, &mut before);
    gather(now, None, &mut after);
    let steady = steady(&before, &after);
    let all: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
    let difference = |id: &Id| {
        let (change, module) = match (before.get(id), after.get(id)) {
            (None, Some(now)) => (Change::Added, now.module),
            (Some(then), None) => (Change::Removed, then.module),
            (Some(then), Some(now)) if !same(then.module, now.module) => (Change::Changed, now.module),
            (Some(_), Some(now)) if !steady.contains(id) => (Change::Moved, now.module),
            _ => return None,
        };
        Some(ModuleDifference { id: id.clone(), kind: module.kind.clone(), change })
    };
    all.into_iter().filter_map(difference).collect()
}

/// The modules that stay where they were: same parent, and the longest run of siblings in their old order. What was
/// added or removed beside a module does not move it.
fn steady<'a>(
    before: &BTreeMap<&'a Id, Placed<'a>>,
    after: &BTreeMap<&'a Id, Placed<'a>>,
) -> BTreeSet<&'a Id> {
    let mut families: BTreeMap<Option<&Id>, Vec<(usize, usize, &'a Id)>> = BTreeMap::new();
    for (id, now) in after {
        if let Some(then) = before.get(id).filter(|then| then.parent == now.parent) {
            families.entry(now.parent).or_default().push((now.index, then.index, id));
        }
    }
    families
        .into_values()
        .flat_map(|mut siblings| {
            siblings.sort_unstable();
            longest_rising(&siblings)
        })
        .collect()
}

/// The ids of the longest run, not necessarily without gaps, in which the old places rise.
fn longest_rising<'a>(siblings: &[(usize, usize, &'a Id)]) -> Vec<&'a Id> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(siblings.len());
    for (here, (_, place, _)) in siblings.iter().enumerate() {
        let before = (0..here).filter(|other| siblings[*other].1 < *place).max_by_key(|other| best[*other].0);
        best.push((before.map_or(1, |other| best[other].0 + 1), before));
    }
    let mut at = (0..best.len()).max_by_key(|index| best[*index].0);
    let mut run = Vec::new();
    while let Some(index) = at {
        run.push(siblings[index].2);
        at = best[index].1;
    }
    run
}

fn differing_page(then: Option<&Page>, now: Option<&Page>) -> Option<PageDifference> {
    let page = now.or(then)?;
    let modules = |page: Option<&Page>| page.map(|page| page.modules.clone()).unwrap_or_default();
    let change = match (then, now) {
        (Some(then), Some(now)) if then == now => return None,
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ => Change::Changed,
    };
    let modules = differing_modules(&modules(then), &modules(now));
    Some(PageDifference { id: page.id.clone(), title: page.title.clone(), change, modules })
}

/// Folders of documents that have no life of their own: what is in the trash comes back from there.
const ASIDE: &str = "trash";

fn differing_document(
    path: &RelativePath,
    then: Option<&Value>,
    now: Option<&Value>,
) -> Option<DocumentDifference> {
    let (folder, file) = path.as_str().split_once('/')?;
    if folder == ASIDE || folder == Page::FOLDER {
        return None;
    }
    let name = file.strip_suffix(".json").filter(|name| !name.contains('/'))?;
    let value = now.or(then)?;
    let word = |field: &str| value.get(field)?.as_str().map(str::trim).filter(|word| !word.is_empty());
    let id = word("id").unwrap_or(name).parse().ok()?;
    let title = ["title", "name", "filename"].into_iter().find_map(word).unwrap_or(name).to_owned();
    let change = match (then, now) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ => Change::Changed,
    };
    Some(DocumentDifference { path: path.clone(), id, title, change })
}

impl Vault {
    /// What differs between a version and today.
    ///
    /// # Errors
    /// When there is no such version.
    pub fn compare(&self, project: &Project, version: &Id) -> Result<Differences, VaultError> {
        let tree = project.tree_at(version)?;
        let then: BTreeMap<Id, Page> =
            pages_of(&tree).into_iter().map(|(_, page)| (page.id.clone(), page)).collect();
        let now: BTreeMap<Id, Page> =
            current_pages(project).into_iter().map(|(_, page, _)| (page.id.clone(), page)).collect();
        let ids: BTreeSet<_> = then.keys().chain(now.keys()).collect();
        let pages = ids.into_iter().filter_map(|id| differing_page(then.get(id), now.get(id))).collect();
        let today = project.paths().into_iter();
        let paths: BTreeSet<RelativePath> = tree.keys().cloned().chain(today).collect();
        let differs = |path: &RelativePath| {
            let current = project.get(path).map(|stored| stored.value);
            !path.is_below(Page::FOLDER) && tree.get(path).map(AsRef::as_ref) != current.as_deref()
        };
        let files: Vec<RelativePath> = paths.into_iter().filter(differs).collect();
        let document = |path: &RelativePath| {
            let current = project.get(path).map(|stored| stored.value);
            differing_document(path, tree.get(path).map(AsRef::as_ref), current.as_deref())
        };
        Ok(Differences { pages, documents: files.iter().filter_map(document).collect(), files })
    }
}
