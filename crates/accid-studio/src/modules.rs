//! Use cases about modules.

use std::sync::Arc;

use accid_access::{Permit, Read, Write};
use accid_base::{ContentHash, Id, Problem};
use accid_builder::{ModulePlace, NewModule, PlacedModule};
use accid_model::Fields;
use accid_store::Project;
use serde_json::{Value, json};

use crate::{CreateModule, Inner, ModuleView, MoveModule, Role, TrashView, explain};

/// Use cases about modules.
pub struct Modules<'a>(pub(crate) &'a Arc<Inner>);

fn view(placed: PlacedModule) -> ModuleView {
    let etag = placed.hash();
    let (_, findings) = accid_render::check_module(&placed.module);
    ModuleView {
        page: placed.page,
        parent: placed.position.parent,
        order: placed.position.index,
        module: placed.module,
        etag,
        findings,
    }
}

fn parse(id: &str) -> Result<Id, Problem> {
    id.parse().map_err(explain)
}

impl Modules<'_> {
    fn project(&self, id: &str) -> Result<Arc<Project>, Problem> {
        self.0.roles.require(Role::Builder)?;
        self.0.project(id)
    }

    /// All modules of a project, or of one page, each before those inside it.
    ///
    /// # Errors
    /// When the project or page is missing.
    pub fn list(
        &self,
        _: &Permit<Read>,
        project: &str,
        page: Option<&str>,
    ) -> Result<Vec<ModuleView>, Problem> {
        let project = self.project(project)?;
        let modules = self.0.builder.modules(&project, page).map_err(explain)?;
        Ok(modules.into_iter().map(view).collect())
    }

    /// One module.
    ///
    /// # Errors
    /// When it is missing.
    pub fn get(&self, _: &Permit<Read>, project: &str, module: &str) -> Result<ModuleView, Problem> {
        let project = self.project(project)?;
        Ok(view(self.0.builder.module(&project, &parse(module)?).map_err(explain)?))
    }

    /// Puts a new module on a page.
    ///
    /// # Errors
    /// When the page or parent is missing, the kind is not known, or its content does not fit.
    pub fn create(
        &self,
        permit: &Permit<Write>,
        project: &str,
        request: CreateModule,
    ) -> Result<ModuleView, Problem> {
        let project = self.project(project)?;
        let new = NewModule { kind: request.kind, props: request.props };
        let place = ModulePlace { page: Some(request.page), parent: request.parent, index: request.index };
        Ok(view(self.0.builder.create_module(&project, permit.author(), new, &place).map_err(explain)?))
    }

    /// Changes props, layout, style, visibility or anchor of a module.
    ///
    /// # Errors
    /// When it is missing, changed since it was read, or a value does not fit.
    pub fn update(
        &self,
        permit: &Permit<Write>,
        project: &str,
        module: &str,
        fields: &Fields,
        expected: Option<ContentHash>,
    ) -> Result<ModuleView, Problem> {
        let project = self.project(project)?;
        let id = parse(module)?;
        let placed = self
            .0
            .builder
            .update_module(&project, permit.author(), &id, fields, expected)
            .map_err(explain)?;
        Ok(view(placed))
    }

    /// Moves a module to another place.
    ///
    /// # Errors
    /// When it, the page or the parent is missing, or the place is inside the module itself.
    pub fn move_to(
        &self,
        permit: &Permit<Write>,
        project: &str,
        module: &str,
        request: MoveModule,
        expected: Option<ContentHash>,
    ) -> Result<ModuleView, Problem> {
        let project = self.project(project)?;
        let id = parse(module)?;
        let place = ModulePlace { page: request.page, parent: request.parent, index: request.index };
        let placed =
            self.0.builder.move_module(&project, permit.author(), &id, &place, expected).map_err(explain)?;
        Ok(view(placed))
    }

    /// Puts a copy of a module behind it.
    ///
    /// # Errors
    /// When it is missing.
    pub fn duplicate(
        &self,
        permit: &Permit<Write>,
        project: &str,
        module: &str,
    ) -> Result<ModuleView, Problem> {
        let project = self.project(project)?;
        Ok(view(
            self.0.builder.duplicate_module(&project, permit.author(), &parse(module)?).map_err(explain)?,
        ))
    }

    /// Moves a module to the trash.
    ///
    /// # Errors
    /// When it is missing or changed since it was read.
    pub fn remove(
        &self,
        permit: &Permit<Write>,
        project: &str,
        module: &str,
        expected: Option<ContentHash>,
    ) -> Result<TrashView, Problem> {
        let project = self.project(project)?;
        let id = parse(module)?;
        let entry =
            self.0.builder.remove_module(&project, permit.author(), &id, expected).map_err(explain)?;
        crate::trash::view(&project, &entry)
    }

    /// All kinds of modules, with schema and example.
    ///
    /// # Errors
    /// When the builder is not part of this process.
    pub fn types(&self, _: &Permit<Read>) -> Result<Vec<Value>, Problem> {
        self.0.roles.require(Role::Builder)?;
        let describe = |kind: &accid_render::ModuleType| {
            json!({
                "type": kind.kind, "title": kind.title, "description": kind.description, "icon": kind.icon,
                "version": kind.version, "nests": kind.nests, "schema": kind.schema, "example": kind.example,
            })
        };
        Ok(accid_render::module_types().iter().map(describe).collect())
    }

    /// All built-in themes.
    ///
    /// # Errors
    /// When the builder is not part of this process.
    pub fn themes(&self, _: &Permit<Read>) -> Result<Vec<Value>, Problem> {
        self.0.roles.require(Role::Builder)?;
        Ok(accid_render::themes().iter().map(|theme| json!(theme)).collect())
    }
}
