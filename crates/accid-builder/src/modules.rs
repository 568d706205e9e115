//! Modules: list, find, create, change, move, duplicate, remove.

use accid_base::{ContentHash, Id};
use accid_model::{Document as _, Fields, Module, ModulePosition, Page, TrashEntry, TrashedObject};
use accid_store::{Expect, Project, Transaction, Write};
use serde_json::Value;

use crate::{Builder, BuilderError, StoredPage, edit::nests, pages::to_value};

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

impl PlacedModule {
    /// Hash of the module and all inside it.
    pub fn hash(&self) -> ContentHash {
        ContentHash::of(&serde_json::to_vec(&self.module).unwrap_or_default())
    }
}

/// What a new module starts with.
#[derive(Debug, Clone)]
pub struct NewModule {
    /// Its kind.
    pub kind: String,
    /// Its content; the kind's example when missing.
    pub props: Option<Fields>,
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

fn place(modules: &mut Vec<Module>, place: &ModulePlace, module: Module) -> Result<(), BuilderError> {
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

fn modules_of(draft: &mut Fields) -> Result<Vec<Module>, BuilderError> {
    let modules = draft.get("modules").cloned().unwrap_or_else(|| Value::Array(Vec::new()));
    serde_json::from_value(modules)
        .map_err(|error| BuilderError::invalid("the page was not saved", "/modules", error.to_string()))
}

impl Builder {
    /// All modules of a project, or of one page, each before those inside it.
    ///
    /// # Errors
    /// When the page is missing.
    pub fn modules(&self, project: &Project, page: Option<&str>) -> Result<Vec<PlacedModule>, BuilderError> {
        let pages = match page {
            Some(page) => vec![self.page(project, page)?],
            None => self.pages(project),
        };
        let mut found = Vec::new();
        for stored in &pages {
            gather(&stored.page.id, None, &stored.page.modules, &mut found);
        }
        Ok(found)
    }

    /// One module and where it is.
    ///
    /// # Errors
    /// When there is none.
    pub fn module(&self, project: &Project, id: &Id) -> Result<PlacedModule, BuilderError> {
        self.module_with_page(project, id).map(|(placed, _)| placed)
    }

    fn module_with_page(
        &self,
        project: &Project,
        id: &Id,
    ) -> Result<(PlacedModule, StoredPage), BuilderError> {
        for stored in self.pages(project) {
            if let (Some(module), Some(position)) =
                (Module::find(&stored.page.modules, id), Module::position(&stored.page.modules, id))
            {
                let placed = PlacedModule { page: stored.page.id.clone(), position, module: module.clone() };
                return Ok((placed, stored));
            }
        }
        Err(BuilderError::module_not_found(id))
    }

    /// Puts a new module on a page.
    ///
    /// # Errors
    /// When the page or parent is missing, the kind is not known, or its content does not fit.
    pub fn create_module(
        &self,
        project: &Project,
        author: &str,
        new: NewModule,
        target: &ModulePlace,
    ) -> Result<PlacedModule, BuilderError> {
        let Some(kind) = accid_render::module_types().iter().find(|known| known.kind == new.kind) else {
            let known: Vec<_> = accid_render::module_types().iter().map(|known| known.kind).collect();
            let reason = format!("there is no kind \"{}\"; the kinds are {}", new.kind, known.join(", "));
            return Err(BuilderError::invalid("the module was not made", "/type", reason));
        };
        let props = match (new.props, &kind.example) {
            (Some(props), _) => props,
            (None, Value::Object(example)) => example.clone(),
            (None, _) => Fields::new(),
        };
        let module = Module::new(self.new_id(), kind.kind, kind.version, props);
        let page = target.page.as_deref().unwrap_or("index");
        self.edit_page(
            project,
            author,
            page,
            None,
            &format!("got a {}", kind.title.to_lowercase()),
            |draft| {
                let mut modules = modules_of(draft)?;
                place(&mut modules, target, module.clone())?;
                draft.insert("modules".to_owned(), to_value(&modules));
                Ok(())
            },
        )?;
        self.module(project, &module.id)
    }

    /// Changes fields of a module: any of props, layout, style, visibility, anchor; each replaces the old one.
    ///
    /// # Errors
    /// When it is missing, changed since it was read, or a value does not fit.
    pub fn update_module(
        &self,
        project: &Project,
        author: &str,
        id: &Id,
        fields: &Fields,
        expected: Option<ContentHash>,
    ) -> Result<PlacedModule, BuilderError> {
        self.edit_module(project, author, id, expected, "edited", |modules| {
            let module = Module::find_mut(modules, id).ok_or_else(|| BuilderError::module_not_found(id))?;
            let Value::Object(mut draft) = to_value(&*module) else {
                return Err(BuilderError::module_not_found(id));
            };
            for (name, value) in fields {
                if matches!(name.as_str(), "props" | "layout" | "style" | "visibility" | "anchor") {
                    draft.insert(name.clone(), value.clone());
                }
            }
            *module = serde_json::from_value(Value::Object(draft))
                .map_err(|error| BuilderError::invalid("the module was not saved", "", error.to_string()))?;
            Ok(())
        })
    }

    /// Moves a module, with all inside it, to another place, on its page or another.
    ///
    /// # Errors
    /// When it, the page or the parent is missing, or the place is inside the module itself.
    pub fn move_module(
        &self,
        project: &Project,
        author: &str,
        id: &Id,
        target: &ModulePlace,
        expected: Option<ContentHash>,
    ) -> Result<PlacedModule, BuilderError> {
        let (placed, from) = self.module_with_page(project, id)?;
        if target
            .parent
            .as_ref()
            .is_some_and(|parent| Module::find(std::slice::from_ref(&placed.module), parent).is_some())
        {
            let reason = "a module cannot go into itself";
            return Err(BuilderError::invalid("the module was not moved", "/parent", reason));
        }
        let to = match &target.page {
            Some(page) => self.page(project, page)?,
            None => from.clone(),
        };
        if to.page.id == from.page.id {
            return self.edit_module(project, author, id, expected, "rearranged", |modules| {
                let module = Module::take(modules, id).ok_or_else(|| BuilderError::module_not_found(id))?;
                place(modules, target, module)
            });
        }
        check_module_fresh(&placed, expected)?;
        let (mut source, mut goal) = (Page::clone(&from.page), Page::clone(&to.page));
        let module =
            Module::take(&mut source.modules, id).ok_or_else(|| BuilderError::module_not_found(id))?;
        place(&mut goal.modules, target, module)?;
        let note = format!("Module moved from \"{}\" to \"{}\"", source.title, goal.title);
        let writes = vec![
            Write {
                path: from.file.clone(),
                value: Some(to_value(&source)),
                expect: Expect::Hash(from.hash),
            },
            Write { path: to.file.clone(), value: Some(to_value(&goal)), expect: Expect::Hash(to.hash) },
        ];
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        self.module(project, id)
    }

    /// Puts a copy of a module, with all inside it, behind it.
    ///
    /// # Errors
    /// When it is missing.
    pub fn duplicate_module(
        &self,
        project: &Project,
        author: &str,
        id: &Id,
    ) -> Result<PlacedModule, BuilderError> {
        let (placed, stored) = self.module_with_page(project, id)?;
        let mut copy = placed.module.clone();
        self.renew_ids(&mut copy);
        let new = copy.id.clone();
        let target = ModulePlace {
            page: None,
            parent: placed.position.parent.clone(),
            index: Some(placed.position.index + 1),
        };
        self.edit_page(project, author, stored.page.id.as_str(), None, "got a copy of a module", |draft| {
            let mut modules = modules_of(draft)?;
            place(&mut modules, &target, copy.clone())?;
            draft.insert("modules".to_owned(), to_value(&modules));
            Ok(())
        })?;
        self.module(project, &new)
    }

    /// Gives a module and all inside it new ids; an anchor stays with the original.
    pub(crate) fn renew_ids(&self, module: &mut Module) {
        module.id = self.new_id();
        module.anchor.clear();
        for child in &mut module.children {
            self.renew_ids(child);
        }
    }

    /// Moves a module, with all inside it, to the trash.
    ///
    /// # Errors
    /// When it is missing or changed since it was read.
    pub fn remove_module(
        &self,
        project: &Project,
        author: &str,
        id: &Id,
        expected: Option<ContentHash>,
    ) -> Result<TrashEntry, BuilderError> {
        loop {
            let (placed, stored) = self.module_with_page(project, id)?;
            check_module_fresh(&placed, expected)?;
            let mut page = Page::clone(&stored.page);
            let module =
                Module::take(&mut page.modules, id).ok_or_else(|| BuilderError::module_not_found(id))?;
            let label = format!("{} on \"{}\"", module.kind, page.title);
            let entry = TrashEntry {
                id: self.new_id(),
                schema_version: TrashEntry::VERSION,
                label: label.clone(),
                removed_at: self.clock.now(),
                removed_by: author.to_owned(),
                object: TrashedObject::Module {
                    page: placed.page,
                    position: placed.position,
                    module: Box::new(module),
                },
                extra: Fields::new(),
            };
            let path = format!("{}/{}.json", TrashEntry::FOLDER, entry.id)
                .parse()
                .map_err(|_| BuilderError::module_not_found(id))?;
            let writes = vec![
                Write {
                    path: stored.file.clone(),
                    value: Some(to_value(&page)),
                    expect: Expect::Hash(stored.hash),
                },
                Write { path, value: Some(to_value(&entry)), expect: Expect::Absent },
            ];
            let note = format!("{} moved to the trash", capitalised(&label));
            match project.commit(Transaction { author: author.to_owned(), note, writes }) {
                Ok(_) => return Ok(entry),
                Err(accid_store::StoreError::Stale { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn edit_module(
        &self,
        project: &Project,
        author: &str,
        id: &Id,
        expected: Option<ContentHash>,
        done: &str,
        change: impl Fn(&mut Vec<Module>) -> Result<(), BuilderError>,
    ) -> Result<PlacedModule, BuilderError> {
        let (_, stored) = self.module_with_page(project, id)?;
        self.edit_page(project, author, stored.page.id.as_str(), None, done, |draft| {
            let mut modules = modules_of(draft)?;
            let module = Module::find(&modules, id).ok_or_else(|| BuilderError::module_not_found(id))?;
            let position = ModulePosition { parent: None, index: 0 };
            let placed = PlacedModule { page: stored.page.id.clone(), position, module: module.clone() };
            check_module_fresh(&placed, expected)?;
            change(&mut modules)?;
            draft.insert("modules".to_owned(), to_value(&modules));
            Ok(())
        })?;
        self.module(project, id)
    }
}

pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

fn check_module_fresh(placed: &PlacedModule, expected: Option<ContentHash>) -> Result<(), BuilderError> {
    if expected.is_some_and(|hash| hash != placed.hash()) {
        return Err(BuilderError::Stale { what: "module", current: to_value(&placed.module) });
    }
    Ok(())
}

fn gather(page: &Id, parent: Option<&Id>, modules: &[Module], found: &mut Vec<PlacedModule>) {
    for (index, module) in modules.iter().enumerate() {
        let position = ModulePosition { parent: parent.cloned(), index };
        found.push(PlacedModule { page: page.clone(), position, module: module.clone() });
        gather(page, Some(&module.id), &module.children, found);
    }
}
