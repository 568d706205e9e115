//! Use cases about pages.

use std::sync::Arc;

use accid_access::{Permit, Read, Write};
use accid_base::{ContentHash, ErrorCode, Problem, Slug};
use accid_builder::{NewPage, PageStart, ServedFile, StoredPage};
use accid_model::{Fields, Module, Page, PageRole};
use accid_render::Mode;
use accid_store::Project;
use serde_json::Value;

use crate::{
    CreatePage, Inner, PageView, RenderRequest, RenderView, Role, Served, TrashView, explain,
    fresh_ids::FreshIds,
};

/// The site's style sheet, whose name is stable.
const STYLE_SHEET: &str = "assets/site.css";

/// Use cases about pages.
pub struct Pages<'a>(pub(crate) &'a Arc<Inner>);

/// A file of a site as a browser gets it.
pub(crate) fn served(file: ServedFile, path: &str, site: &accid_render::Site) -> Served {
    match file {
        ServedFile::Html(body) => {
            Served::Html { etag: ContentHash::of(body.as_bytes()), body, hosts: site.tile_hosts() }
        }
        ServedFile::Bytes(bytes) => {
            Served::File { etag: ContentHash::of(&bytes), bytes, path: path.to_owned() }
        }
        ServedFile::Picture { bytes, path } => Served::File { etag: ContentHash::of(&bytes), bytes, path },
    }
}

/// The path a browser means: a folder means its entry page.
pub(crate) fn entry_path(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

impl Inner {
    pub(crate) fn page_view(&self, project: &Project, stored: &StoredPage) -> PageView {
        let path = stored.page.export_path(&self.builder.pages(project));
        let mut findings = stored.findings.clone();
        for module in &stored.page.modules {
            module.walk(&mut |module| {
                let (_, found) = accid_render::check_module(module);
                findings.extend(found.into_iter().map(|finding| finding.in_module(&module.id)));
            });
        }
        PageView::of(&stored.page, path, stored.hash, findings)
    }

    /// Copies of modules, all with ids of their own.
    pub(crate) fn copied(&self, modules: &[Module]) -> Result<Vec<Module>, Problem> {
        if modules.is_empty() {
            return Ok(Vec::new());
        }
        let mut document = serde_json::json!({ "modules": modules });
        let mut fresh = FreshIds::default();
        fresh.add_all(&document, &|| self.new_id());
        fresh.rewrite(&mut document);
        serde_json::from_value(document["modules"].take()).map_err(|error| {
            Problem::new(ErrorCode::Internal, format!("The modules cannot be copied: {error}."))
        })
    }

    fn tell_edit(&self, project: &Project, page: &StoredPage) {
        tracing::info!(project_id = %project.id(), page_id = %page.page.id, "page_saved");
    }
}

impl Pages<'_> {
    fn project(&self, id: &str) -> Result<Arc<Project>, Problem> {
        self.0.roles.require(Role::Builder)?;
        self.0.project(id)
    }

    fn saved(&self, project: &Project, stored: &StoredPage) -> PageView {
        self.0.tell_edit(project, stored);
        self.0.page_view(project, stored)
    }

    /// The pages of a project that have this role, in order; without one, all.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn list(
        &self,
        _: &Permit<Read>,
        project: &str,
        role: Option<PageRole>,
    ) -> Result<Vec<PageView>, Problem> {
        let project = self.project(project)?;
        let pages = self.0.builder.pages(&project);
        let wanted = pages.iter().filter(|stored| role.is_none_or(|role| stored.page.role == role));
        Ok(wanted.map(|stored| self.0.page_view(&project, stored)).collect())
    }

    /// One page, by id or slug.
    ///
    /// # Errors
    /// When it is missing.
    pub fn get(&self, _: &Permit<Read>, project: &str, page: &str) -> Result<PageView, Problem> {
        let project = self.project(project)?;
        Ok(self.0.page_view(&project, &self.0.builder.page(&project, page).map_err(explain)?))
    }

    /// Makes a page.
    ///
    /// # Errors
    /// When the title is empty, the slug is taken or none, or the parent is missing.
    pub fn create(
        &self,
        permit: &Permit<Write>,
        project: &str,
        request: &CreatePage,
    ) -> Result<PageView, Problem> {
        let project = self.project(project)?;
        let slug = request.slug.as_deref().filter(|slug| !slug.is_empty());
        let slug = slug.map(str::parse::<Slug>).transpose().map_err(explain)?;
        let pattern = request.pattern.as_deref().filter(|pattern| !pattern.is_empty());
        let pattern =
            pattern.map(|name| self.0.bring_pattern(permit.author(), &project, name)).transpose()?;
        let (title, modules, mut start) = match pattern {
            None => (String::new(), self.0.copied(&request.modules)?, PageStart::default()),
            Some(pattern) => (pattern.title, pattern.modules, pattern.page.unwrap_or_default()),
        };
        if !request.kind.is_empty() {
            start.kind.clone_from(&request.kind);
        }
        let new = NewPage {
            title: if request.title.trim().is_empty() { title } else { request.title.clone() },
            slug,
            parent: request.parent.clone(),
            role: request.role,
            modules,
            start,
        };
        let stored = self.0.builder.create_page(&project, permit.author(), new).map_err(explain)?;
        Ok(self.saved(&project, &stored))
    }

    /// Changes fields of a page.
    ///
    /// # Errors
    /// When it is missing, changed since it was read, or a value is not acceptable.
    pub fn update(
        &self,
        permit: &Permit<Write>,
        project: &str,
        page: &str,
        fields: &Fields,
        expected: Option<ContentHash>,
    ) -> Result<PageView, Problem> {
        let project = self.project(project)?;
        let stored =
            self.0.builder.update_page(&project, permit.author(), page, fields, expected).map_err(explain)?;
        Ok(self.saved(&project, &stored))
    }

    /// Changes a page by a JSON patch (RFC 6902).
    ///
    /// # Errors
    /// When the patch does not fit, or as [`Pages::update`].
    pub fn patch(
        &self,
        permit: &Permit<Write>,
        project: &str,
        page: &str,
        patch: &Value,
        expected: Option<ContentHash>,
    ) -> Result<PageView, Problem> {
        let project = self.project(project)?;
        let stored =
            self.0.builder.patch_page(&project, permit.author(), page, patch, expected).map_err(explain)?;
        Ok(self.saved(&project, &stored))
    }

    /// Saves a whole page document.
    ///
    /// # Errors
    /// When it has no id, or as [`Pages::update`].
    pub fn save(
        &self,
        permit: &Permit<Write>,
        project: &str,
        document: &Value,
        expected: Option<ContentHash>,
    ) -> Result<PageView, Problem> {
        let (Some(fields), Some(id)) = (document.as_object(), document.get("id").and_then(Value::as_str))
        else {
            return Err(Problem::new(ErrorCode::MalformedRequest, "The page was not saved.")
                .because("A page to be saved is an object with the page's \"id\".")
                .fix("Send {\"project\": …, \"page\": {\"id\": …, …}}."));
        };
        self.update(permit, project, id, fields, expected)
    }

    /// Moves a page to the trash.
    ///
    /// # Errors
    /// When it is missing, changed since it was read, or is the entry page while others remain.
    pub fn remove(
        &self,
        permit: &Permit<Write>,
        project: &str,
        page: &str,
        expected: Option<ContentHash>,
    ) -> Result<TrashView, Problem> {
        let project = self.project(project)?;
        let entry = self.0.builder.remove_page(&project, permit.author(), page, expected).map_err(explain)?;
        crate::trash::view(&project, &entry)
    }

    /// Renders a draft as the canvas shows it; nothing is written.
    ///
    /// # Errors
    /// When the page is missing or the draft is no page.
    pub fn render(
        &self,
        _: &Permit<Read>,
        project: &str,
        page: &str,
        request: RenderRequest,
    ) -> Result<RenderView, Problem> {
        let project = self.project(project)?;
        let stored = self.0.builder.page(&project, page).map_err(explain)?;
        let loaded = self.0.builder.site(&project).map_err(explain)?;
        let themed = request.theme.map(|theme| loaded.with_theme(theme));
        let site = themed.as_ref().unwrap_or(&loaded.site);
        let language = request.language.as_deref().unwrap_or_default();
        let site = if language.is_empty() { site } else { site.in_language(language).unwrap_or(site) };
        let css = themed.as_ref().and_then(style_sheet);
        // The helper script is only in whole documents, and a canvas that is open has it already.
        let mode = Mode::Canvas { nonce: String::new() };
        if let Some(module) = &request.module {
            let rendered = site.render_module(&with_module(&stored.page, module), module, &mode);
            let (html, style, findings) = (rendered.html, Some(rendered.style), rendered.findings);
            return Ok(RenderView { html, style, css, findings });
        }
        let draft = match request.page {
            Some(draft) => accid_model::open::<Page>(&draft).map_err(explain)?.document,
            None => Page::clone(&stored.page),
        };
        let rendered = site.render_draft(&draft, &mode);
        Ok(RenderView { html: rendered.html, style: None, css, findings: rendered.findings })
    }

    /// The file that a file of the site is in another of its languages; the same when it has none.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn path_in(
        &self,
        _: &Permit<Read>,
        project: &str,
        path: &str,
        language: &str,
    ) -> Result<String, Problem> {
        let project = self.project(project)?;
        let loaded = self.0.builder.site(&project).map_err(explain)?;
        let path = entry_path(path);
        let page = loaded.site.page_at(&path).map(|page| page.id.to_string());
        let there =
            page.and_then(|id| loaded.site.in_language(language)?.path_of(&id).map(ToOwned::to_owned));
        Ok(there.unwrap_or(path))
    }

    /// A file of the site as the canvas shows it; of pages, `nonce` lets the one helper script run.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn canvas(
        &self,
        _: &Permit<Read>,
        project: &str,
        path: &str,
        nonce: &str,
    ) -> Result<Served, Problem> {
        let project = self.project(project)?;
        let told = |error| self.0.explain_of(&project, error);
        let loaded = self.0.builder.site(&project).map_err(told)?;
        let mode = Mode::Canvas { nonce: nonce.to_owned() };
        let path = entry_path(path);
        let file = self.0.builder.serve(&project, &loaded, &path, &mode).map_err(told)?;
        Ok(served(file, &path, &loaded.site))
    }
}

/// The text of the site's style sheet.
fn style_sheet(site: &accid_render::Site) -> Option<String> {
    let file = site.shared_files().into_iter().find(|file| file.path == STYLE_SHEET)?;
    String::from_utf8(file.bytes.into_owned()).ok()
}

/// The page with the draft of one module in its place.
fn with_module(page: &Page, module: &accid_model::Module) -> Page {
    let mut page = page.clone();
    if let Some(known) = accid_model::Module::find_mut(&mut page.modules, &module.id) {
        *known = module.clone();
    }
    page
}
