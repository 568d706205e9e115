//! Modules: list, find, create, change, move, duplicate, remove.

mod check;
mod place;

use accid_base::{ContentHash, Id, capitalised};
use accid_model::{Fields, Module, Page, TrashEntry, TrashedObject, to_value};
use accid_store::{Project, StoreError, Transaction, Write};
use serde_json::Value;

pub(crate) use self::check::check_modules;
pub use self::place::{ModulePlace, PlacedModule};
use self::place::{check_module_fresh, gather, place, take};
use crate::{Builder, BuilderError, pages::PageEdit};

/// What a new module starts with.
#[derive(Debug, Clone)]
pub struct NewModule {
    /// Its kind.
    pub kind: String,
    /// Its content; the kind's example when missing.
    pub props: Option<Fields>,
}

impl Builder {
    /// All modules of a project, or of one page, each before those inside it.
    ///
    /// # Errors
    /// When the page is missing.
    pub fn modules(&self, project: &Project, page: Option<&str>) -> Result<Vec<PlacedModule>, BuilderError> {
        let pages = match page {
            Some(page) => [self.page(project, page)?].into(),
            None => self.pages(project),
        };
        let mut found = Vec::new();
        for stored in &*pages {
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
        let done = format!("got a {}", kind.title.to_lowercase());
        let page = target.page.as_deref().unwrap_or("index");
        let edit = PageEdit { author, page, expected: None, done: &done };
        self.edit_modules(project, &edit, |modules| place(modules, target, module.clone()))?;
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
                if matches!(
                    name.as_str(),
                    "props" | "layout" | "style" | "visibility" | "anchor" | "translations"
                ) {
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
                let module = take(modules, id)?;
                place(modules, target, module)
            });
        }
        check_module_fresh(&placed.module, expected)?;
        let (mut source, mut goal) = (Page::clone(&from.page), Page::clone(&to.page));
        let module = take(&mut source.modules, id)?;
        place(&mut goal.modules, target, module)?;
        let note = format!("Module moved from \"{}\" to \"{}\"", source.title, goal.title);
        let writes = vec![
            Write::put(from.file.clone(), to_value(&source)).if_still(from.hash),
            Write::put(to.file.clone(), to_value(&goal)).if_still(to.hash),
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
        let page = stored.page.id.as_str();
        let edit = PageEdit { author, page, expected: None, done: "got a copy of a module" };
        self.edit_modules(project, &edit, |modules| place(modules, &target, copy.clone()))?;
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
            check_module_fresh(&placed.module, expected)?;
            let mut page = Page::clone(&stored.page);
            let module = take(&mut page.modules, id)?;
            let label = format!("{} on \"{}\"", module.kind, page.title);
            let removed = TrashedObject::Module {
                page: placed.page,
                position: placed.position,
                module: Box::new(module),
            };
            let entry = TrashEntry::new(self.new_id(), removed, &label, self.clock.now(), author);
            let writes = vec![
                Write::put(stored.file.clone(), to_value(&page)).if_still(stored.hash),
                Write::put(entry.file()?, to_value(&entry)).if_absent(),
            ];
            let note = format!("{} moved to the trash", capitalised(&label));
            match project.commit(Transaction { author: author.to_owned(), note, writes }) {
                Ok(_) => return Ok(entry),
                Err(StoreError::Stale { .. }) => {}
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
        let edit = PageEdit { author, page: stored.page.id.as_str(), expected: None, done };
        self.edit_modules(project, &edit, |modules| {
            let module = Module::find(modules, id).ok_or_else(|| BuilderError::module_not_found(id))?;
            check_module_fresh(module, expected)?;
            change(modules)
        })?;
        self.module(project, id)
    }

    /// Changes the modules of a page.
    fn edit_modules(
        &self,
        project: &Project,
        edit: &PageEdit<'_>,
        change: impl Fn(&mut Vec<Module>) -> Result<(), BuilderError>,
    ) -> Result<(), BuilderError> {
        let changed = |page: &Page| {
            let mut page = page.clone();
            change(&mut page.modules)?;
            Ok(page)
        };
        self.edit_page(project, edit, changed).map(drop)
    }
}
