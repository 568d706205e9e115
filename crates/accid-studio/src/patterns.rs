//! Patterns (ZAPs): ready-made pages and sections and those of one's own, and how one is put on a page. Must not know
//! what a module means.

mod library;

use std::{collections::HashMap, sync::Arc};

use accid_access::{Permit, Read, Write};
use accid_base::{ContentHash, Id, Problem};
use accid_builder::{NewPage, PageStart, Placement, PutModules, StoredPage};
use accid_model::{Module, PageRole};
use accid_store::{Project, Transaction};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::library::{ALL, Surroundings, find, instance};
pub(crate) use self::library::{Instance, alone};
use crate::{Inner, PageView, Role, Served, explain, previews};

/// Use cases about patterns.
pub struct Patterns<'a>(pub(crate) &'a Arc<Inner>);

/// What a pattern is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PatternKind {
    /// A whole page, with header and footer.
    Page,
    /// A band of a page.
    Section,
}

/// A pattern that can be put on a page.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PatternView {
    /// Name in requests, such as `landing`; of one's own, the id of the page that holds it.
    pub id: String,
    /// What it is for.
    pub kind: PatternKind,
    /// Name for people.
    pub title: String,
    /// What is on it.
    pub description: String,
    /// What it is listed under, such as `Telling`.
    pub category: String,
    /// How many modules it has, those inside others too.
    pub modules: usize,
}

/// What a pattern does to what is on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ApplyMode {
    /// It comes behind it, before the page's footer.
    #[default]
    Append,
    /// It comes at `index` among the modules at the top of the page.
    Insert,
    /// It takes its place.
    Replace,
}

/// A pattern to be put on a page.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ApplyPattern {
    /// Name of the pattern, such as `landing`, or the id of one of the project's own.
    pub pattern: String,
    /// What happens to what is on the page.
    pub mode: ApplyMode,
    /// For `insert`: the place, from 0; last when missing.
    pub index: Option<usize>,
}

/// A page, or a module of it, to be kept as a pattern.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SavePattern {
    /// What the pattern is called; as its page when empty.
    pub title: String,
    /// The page, by id or slug.
    pub page: String,
    /// Only this module of it, with all inside; the whole page when missing.
    pub module: Option<Id>,
}

/// What the patterns of one's own are listed under.
const OWN: &str = "Your own";

impl Patterns<'_> {
    /// All patterns: pages first, then sections.
    pub fn list(&self, _: &Permit<Read>) -> Vec<PatternView> {
        ALL.iter()
            .map(|pattern| PatternView {
                id: pattern.id.clone(),
                kind: pattern.kind,
                title: pattern.title.clone(),
                description: pattern.description.clone(),
                category: pattern.category.clone(),
                modules: count(&pattern.modules),
            })
            .collect()
    }

    /// A file of a site whose only page is this pattern.
    ///
    /// # Errors
    /// When there is no such pattern, or its site has no such file.
    pub fn preview(&self, _: &Permit<Read>, pattern: &str, path: &str) -> Result<Served, Problem> {
        find(pattern)?;
        previews::serve(self.0, &previews::Subject::Pattern(pattern.to_owned()), path)
    }

    /// The patterns that were kept in a project, in order.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn own(&self, _: &Permit<Read>, project: &str) -> Result<Vec<PatternView>, Problem> {
        self.0.roles.require(Role::Builder)?;
        let project = self.0.project(project)?;
        let pages = self.0.builder.pages(&project);
        let view = |stored: &StoredPage| {
            let page = &stored.page;
            let mut modules = 0;
            page.modules.iter().for_each(|module| module.walk(&mut |_| modules += 1));
            PatternView {
                id: page.id.to_string(),
                kind: kind_of(&page.modules),
                title: page.title.clone(),
                description: page.seo.description.clone(),
                category: OWN.to_owned(),
                modules,
            }
        };
        Ok(pages.iter().filter(|stored| stored.page.role == PageRole::Pattern).map(view).collect())
    }

    /// Keeps a page, or a module of it, as a pattern of the project. Later changes of the page do not change it.
    ///
    /// # Errors
    /// When the page or module is missing.
    pub fn save(
        &self,
        permit: &Permit<Write>,
        project: &str,
        request: &SavePattern,
    ) -> Result<PageView, Problem> {
        let inner = self.0;
        inner.roles.require(Role::Builder)?;
        let project = inner.project(project)?;
        let page = inner.builder.page(&project, &request.page).map_err(explain)?.page;
        let (modules, start) = match &request.module {
            None => (page.modules.clone(), PageStart { kind: page.kind.clone(), seo: page.seo.clone() }),
            Some(id) => {
                let module = Module::find(&page.modules, id).cloned();
                let module = module
                    .ok_or_else(|| explain(accid_builder::BuilderError::ModuleNotFound(id.to_string())))?;
                (vec![module], PageStart::default())
            }
        };
        let title = if request.title.trim().is_empty() { &page.title } else { &request.title };
        let new = NewPage {
            title: title.clone(),
            role: PageRole::Pattern,
            modules: inner.copied(&modules)?,
            start,
            ..NewPage::default()
        };
        let stored = inner.builder.create_page(&project, permit.author(), new).map_err(explain)?;
        tracing::info!(project_id = %project.id(), page_id = %stored.page.id, "pattern_saved");
        Ok(inner.page_view(&project, &stored))
    }

    /// Puts a pattern on a page. Pictures it shows come into the project when they are not there.
    ///
    /// # Errors
    /// When the page or pattern is missing, the page changed since it was read, or the disk refuses.
    pub fn apply(
        &self,
        permit: &Permit<Write>,
        project: &str,
        page: &str,
        request: &ApplyPattern,
        expected: Option<ContentHash>,
    ) -> Result<PageView, Problem> {
        let inner = self.0;
        let project = inner.project(project)?;
        inner.builder.page(&project, page).map_err(explain)?;
        let instance = inner.bring_pattern(permit.author(), &project, &request.pattern)?;
        let placement = match (request.mode, request.index) {
            (ApplyMode::Replace, _) => Placement::Replace,
            (ApplyMode::Insert, Some(index)) => Placement::At(index),
            (ApplyMode::Insert | ApplyMode::Append, _) => Placement::Append,
        };
        let put = PutModules {
            page,
            expected,
            title: &instance.title,
            modules: &instance.modules,
            start: instance.page.as_ref(),
            placement,
        };
        let stored = inner.builder.put_modules(&project, permit.author(), &put).map_err(explain)?;
        tracing::info!(project_id = %project.id(), page_id = %stored.page.id, pattern = %request.pattern, "pattern_applied");
        Ok(inner.page_view(&project, &stored))
    }
}

impl Inner {
    /// A pattern's modules for a project, after its photos are there. The project's own patterns are asked first.
    pub(crate) fn bring_pattern(
        &self,
        author: &str,
        project: &Project,
        pattern: &str,
    ) -> Result<Instance, Problem> {
        let pages = self.builder.pages(project);
        let own = pages.iter().map(|stored| &stored.page).find(|page| {
            page.role == PageRole::Pattern && (page.id.as_str() == pattern || page.slug.as_str() == pattern)
        });
        if let Some(own) = own {
            let whole = kind_of(&own.modules) == PatternKind::Page;
            return Ok(Instance {
                modules: self.copied(&own.modules)?,
                page: whole.then(|| PageStart { kind: own.kind.clone(), seo: own.seo.clone() }),
                title: own.title.clone(),
                photos: Vec::new(),
                media: HashMap::new(),
            });
        }
        let photos = self.waypoint.photos(project);
        let around = Surroundings {
            photos: photos.iter().map(|stored| (stored.photo.hash, stored.photo.id.clone())).collect(),
            pages: pages
                .iter()
                .map(|stored| (stored.page.slug.to_string(), stored.page.id.clone()))
                .collect(),
        };
        let instance = instance(self, find(pattern)?, &around)?;
        if !instance.photos.is_empty() {
            for original in instance.media.values() {
                project.put_media(&original.bytes, &original.extension).map_err(explain)?;
            }
            let writes = instance
                .photos
                .iter()
                .map(|(file, photo)| accid_store::Write::put(file.clone(), photo.clone()).if_absent())
                .collect();
            let note = format!("Pictures of the pattern \"{}\" added", instance.title);
            project.commit(Transaction { author: author.to_owned(), note, writes }).map_err(explain)?;
        }
        Ok(instance)
    }
}

/// What modules were kept as: more than one at the top are a page, one is a part of a page.
fn kind_of(modules: &[Module]) -> PatternKind {
    if modules.len() == 1 { PatternKind::Section } else { PatternKind::Page }
}

/// How many modules there are, those inside others too.
fn count(modules: &Value) -> usize {
    modules.as_array().into_iter().flatten().map(|module| 1 + count(&module["children"])).sum()
}
