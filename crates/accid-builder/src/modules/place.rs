//! Where modules are and where they go.

use accid_base::{ContentHash, Id};
use accid_model::{Module, ModulePosition, to_value};
use accid_store::Project;

use super::check::nests;
use crate::{Builder, BuilderError, StoredPage};

/// A module and where it is.
#[derive(Debug, Clone)]
pub struct PlacedModule {
    /// The page it is on.
    pub page: Id,
    /// Its place there.
    pub position: ModulePosition,
    /// The module.
    pub module: Module,
}

/// Where a module is to go: a page, a parent on it (none: the page itself) and an index (none: last).
#[derive(Debug, Clone, Default)]
pub struct ModulePlace {
    /// The page, by id or slug; the module's own when missing.
    pub page: Option<String>,
    /// The module it goes into.
    pub parent: Option<Id>,
    /// Its place among its siblings.
    pub index: Option<usize>,
}

/// Hash of a module and all inside it.
fn hash_of(module: &Module) -> ContentHash {
    ContentHash::of(&serde_json::to_vec(module).unwrap_or_default())
}

impl PlacedModule {
    /// Hash of the module and all inside it.
    pub fn hash(&self) -> ContentHash {
        hash_of(&self.module)
    }

    /// The module with that id on a page.
    pub(super) fn on(page: &StoredPage, id: &Id) -> Option<Self> {
        let modules = &page.page.modules;
        let (module, position) = (Module::find(modules, id)?, Module::position(modules, id)?);
        Some(Self { page: page.page.id.clone(), position, module: module.clone() })
    }
}

/// Every module with its place, each before those inside it.
pub(super) fn gather(page: &Id, parent: Option<&Id>, modules: &[Module], found: &mut Vec<PlacedModule>) {
    for (index, module) in modules.iter().enumerate() {
        let position = ModulePosition { parent: parent.cloned(), index };
        found.push(PlacedModule { page: page.clone(), position, module: module.clone() });
        gather(page, Some(&module.id), &module.children, found);
    }
}

/// Puts a module among others.
pub(super) fn place(
    modules: &mut Vec<Module>,
    place: &ModulePlace,
    module: Module,
) -> Result<(), BuilderError> {
    let what = "the module was not placed";
    if let Some(parent) = &place.parent {
        let Some(found) = Module::find(modules, parent) else {
            return Err(BuilderError::invalid(
                what,
                "/parent",
                format!("there is no module \"{parent}\" on the page"),
            ));
        };
        if !nests(&found.kind) {
            let reason =
                format!("a module of the kind \"{}\" holds no others; use a section or a row", found.kind);
            return Err(BuilderError::invalid(what, "/parent", reason));
        }
    }
    let position = ModulePosition { parent: place.parent.clone(), index: place.index.unwrap_or(usize::MAX) };
    Module::insert(modules, &position, module)
        .map_err(|_| BuilderError::invalid(what, "/parent", "there is no such module on the page"))
}

/// Takes a module, with all inside it, out of the modules of a page.
pub(super) fn take(modules: &mut Vec<Module>, id: &Id) -> Result<Module, BuilderError> {
    Module::take(modules, id).ok_or_else(|| BuilderError::module_not_found(id))
}

/// Says that a module is not what its writer has seen.
pub(super) fn check_module_fresh(module: &Module, expected: Option<ContentHash>) -> Result<(), BuilderError> {
    if expected.is_some_and(|hash| hash != hash_of(module)) {
        return Err(BuilderError::Stale { what: "module", current: to_value(module) });
    }
    Ok(())
}

impl Builder {
    /// A module and the page it is on.
    pub(super) fn module_with_page(
        &self,
        project: &Project,
        id: &Id,
    ) -> Result<(PlacedModule, StoredPage), BuilderError> {
        let pages = self.pages(project);
        let mut found =
            pages.iter().filter_map(|stored| Some((PlacedModule::on(stored, id)?, stored.clone())));
        found.next().ok_or_else(|| BuilderError::module_not_found(id))
    }
}
