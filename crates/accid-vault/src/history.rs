//! The Time Machine's rules about pages and modules: what "bring this page back" means.

use std::{collections::BTreeMap, sync::Arc};

use accid_base::{Id, RelativePath};
use accid_model::{Blotter, Module, ModulePosition, Page, to_value};
use accid_store::{Committed, Expect, Project, Restore, Transaction, Write};
use serde_json::Value;

use crate::{Vault, VaultError};

/// What is to be brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreScope {
    /// The whole project.
    Project,
    /// One file.
    File(RelativePath),
    /// One page, by id or slug.
    Page(String),
    /// One module with all inside it.
    Module(Id),
    /// The site's look: its theme, what was changed of it, and its own CSS.
    Theme,
}

/// What was brought back.
#[derive(Debug, Clone)]
pub struct Restored {
    /// The change that did it.
    pub committed: Committed,
    /// What was done, for a person.
    pub note: String,
}

pub(crate) type Tree = BTreeMap<RelativePath, Arc<Value>>;

pub(crate) fn pages_of(tree: &Tree) -> Vec<(RelativePath, Page)> {
    let below = tree.iter().filter(|(path, _)| path.is_below(Page::FOLDER));
    below
        .filter_map(|(path, value)| Some((path.clone(), accid_model::open::<Page>(value).ok()?.document)))
        .collect()
}

pub(crate) fn current_pages(project: &Project) -> Vec<(RelativePath, Page, Expect)> {
    let open = |(path, stored): (RelativePath, accid_store::Stored)| {
        let page = accid_model::open::<Page>(&stored.value).ok()?.document;
        Some((path, page, Expect::Hash(stored.hash)))
    };
    project.list(Page::FOLDER).into_iter().filter_map(open).collect()
}

impl Vault {
    /// Brings something back as it was in a version. This is itself a change, so it can be undone.
    ///
    /// # Errors
    /// When the version does not have it, or its place is taken.
    pub fn restore(
        &self,
        project: &Project,
        author: &str,
        version: &Id,
        scope: &RestoreScope,
    ) -> Result<Restored, VaultError> {
        let store = |what: &Restore, note: String| {
            let committed = project.restore(version, what, author)?;
            Ok(Restored { committed, note })
        };
        match scope {
            RestoreScope::Project => store(&Restore::Project, "Project restored".to_owned()),
            RestoreScope::File(path) => store(&Restore::File(path.clone()), format!("{path} restored")),
            RestoreScope::Theme => self.restore_theme(project, author, version),
            RestoreScope::Page(page) => restore_page(project, author, &project.tree_at(version)?, page),
            RestoreScope::Module(module) => {
                restore_module(project, author, &project.tree_at(version)?, module)
            }
        }
    }
}

impl Vault {
    /// The look alone; all else of the master configuration stays as it is today.
    fn restore_theme(&self, project: &Project, author: &str, version: &Id) -> Result<Restored, VaultError> {
        let path: RelativePath = Blotter::FILE.parse()?;
        let missing = || VaultError::NotInVersion("theme".to_owned());
        let then = project.get_at(version, &path)?.ok_or_else(missing)?;
        let then = accid_model::open::<Blotter>(&then.value)?.document;
        let note = "Theme restored".to_owned();
        let mut now = self.blotter(project)?;
        now.blotter.theme = then.theme;
        now.blotter.site.css = then.site.css;
        let write = Write::put(path, to_value(&now.blotter)).if_still(now.hash);
        let transaction = Transaction { author: author.to_owned(), note: note.clone(), writes: vec![write] };
        Ok(Restored { committed: project.commit(transaction)?, note })
    }
}

fn restore_page(project: &Project, author: &str, tree: &Tree, wanted: &str) -> Result<Restored, VaultError> {
    let pages = pages_of(tree);
    let current = current_pages(project);
    // A slug means the page that has it now; only one that is gone is looked up by the slug it had then.
    let id =
        current.iter().find(|(_, page, _)| page.slug.as_str() == wanted).map(|(_, page, _)| page.id.clone());
    let by_id = |id: &str| pages.iter().find(|(_, page)| page.id.as_str() == id);
    let found = id.as_ref().and_then(|id| by_id(id.as_str())).or_else(|| by_id(wanted));
    let found = found.or_else(|| pages.iter().find(|(_, page)| page.slug.as_str() == wanted));
    let (path, page) = found.ok_or_else(|| VaultError::NotInVersion(format!("page \"{wanted}\"")))?;
    let here = current.iter().find(|(_, now, _)| now.id == page.id);
    if current.iter().any(|(other, now, _)| other == path && now.id != page.id) {
        return Err(VaultError::NoPlace {
            what: format!("the page \"{}\" was not restored: another page has its address now", page.title),
            fix: format!("Give the page at \"{}\" another slug first.", page.slug),
        });
    }
    let old = tree.get(path).map(|value| value.as_ref().clone());
    let mut writes = Vec::new();
    match here {
        Some((now, _, expect)) if now == path => {
            writes.push(Write { path: path.clone(), value: old, expect: *expect });
        }
        Some((now, _, expect)) => {
            writes.push(Write { path: now.clone(), value: None, expect: *expect });
            writes.push(Write { path: path.clone(), value: old, expect: Expect::Absent });
        }
        None => writes.push(Write { path: path.clone(), value: old, expect: Expect::Absent }),
    }
    let note = format!("Page \"{}\" restored", page.title);
    let committed = project.commit(Transaction { author: author.to_owned(), note: note.clone(), writes })?;
    Ok(Restored { committed, note })
}

fn restore_module(project: &Project, author: &str, tree: &Tree, id: &Id) -> Result<Restored, VaultError> {
    let then = pages_of(tree);
    let found = then.iter().find_map(|(_, page)| Some((page, Module::find(&page.modules, id)?)));
    let (old_page, old) = found.ok_or_else(|| VaultError::NotInVersion(format!("module \"{id}\"")))?;
    let current = current_pages(project);
    let holder = current.iter().find(|(_, page, _)| Module::find(&page.modules, id).is_some());
    let target = holder.or_else(|| current.iter().find(|(_, page, _)| page.id == old_page.id));
    let (path, page, expect) = target.ok_or_else(|| VaultError::NoPlace {
        what: format!("the module was not restored: its page \"{}\" is gone", old_page.title),
        fix: "Restore the page first.".to_owned(),
    })?;
    let mut page = page.clone();
    if let Some(now) = Module::find_mut(&mut page.modules, id) {
        *now = old.clone();
    } else {
        let place =
            Module::position(&old_page.modules, id).unwrap_or(ModulePosition { parent: None, index: 0 });
        put_back(&mut page.modules, place, old.clone());
    }
    let note = format!("Module {} on \"{}\" restored", old.kind, page.title);
    let write = Write { path: path.clone(), value: Some(to_value(&page)), expect: *expect };
    let committed =
        project.commit(Transaction { author: author.to_owned(), note: note.clone(), writes: vec![write] })?;
    Ok(Restored { committed, note })
}

/// Puts a module where it was, or at the top of the page when what it was in is gone.
pub(crate) fn put_back(modules: &mut Vec<Module>, place: ModulePosition, module: Module) {
    if let Err(module) = Module::insert(modules, &place, module) {
        let top = ModulePosition { parent: None, index: place.index };
        // A place at the top of the page always exists.
        drop(Module::insert(modules, &top, *module));
    }
}
