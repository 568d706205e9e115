//! Use cases about projects.

use std::sync::Arc;

use accid_access::{Permit, Read, Write};
use accid_base::{ContentHash, ErrorCode, Explain as _, Problem, Slug};
use accid_model::{Blotter, Page, Photo, ProjectType};
use accid_store::{Project, ProjectEntry};
use accid_vault::{NewProject, ProjectChanges, StoredProject};
use serde_json::json;

use crate::{
    CreateProject, Inner, ProjectView, Role, Served, TemplateView, TrashKind, TrashView, UpdateProject,
    explain, previews, templates,
};

/// Use cases about projects.
pub struct Projects<'a>(pub(crate) &'a Arc<Inner>);

impl Inner {
    pub(crate) fn project_view(&self, project: &Project) -> Result<ProjectView, Problem> {
        let StoredProject { blotter, hash, mut findings } = self.vault.blotter(project).map_err(explain)?;
        findings.extend(project.findings());
        let mut view = ProjectView::of(blotter, hash);
        view.pages = project.list(Page::FOLDER).len();
        let photos = project.list(Photo::FOLDER);
        view.photos = photos.len();
        view.bytes = photos.iter().filter_map(|(_, photo)| photo.value.get("bytes")?.as_u64()).sum();
        view.folder = self.elsewhere(project.folder());
        view.updated_at = project.changed_at();
        view.last_deploy = self.last_deploy(project, &view);
        view.findings = findings;
        Ok(view)
    }

    fn entry_view(&self, entry: ProjectEntry) -> Option<ProjectView> {
        let id = entry.blotter.as_ref()?.get("id")?.as_str()?.to_owned();
        let project = self.store.project(&id).ok()?;
        let mut view = self.project_view(&project).ok()?;
        view.findings.extend(entry.finding);
        Some(view)
    }
}

impl Projects<'_> {
    /// All projects that can be read, the last changed first.
    ///
    /// # Errors
    /// None yet; a project that cannot be read is left out and named by the validation.
    pub fn list(&self, _: &Permit<Read>) -> Result<Vec<ProjectView>, Problem> {
        let entries = self.0.store.projects();
        let mut views: Vec<_> = entries.into_iter().filter_map(|entry| self.0.entry_view(entry)).collect();
        views.sort_by(|left, right| {
            right.updated_at.cmp(&left.updated_at).then_with(|| left.name.cmp(&right.name))
        });
        Ok(views)
    }

    /// One project, by id or slug.
    ///
    /// # Errors
    /// When there is none.
    pub fn get(&self, _: &Permit<Read>, id: &str) -> Result<ProjectView, Problem> {
        self.0.project_view(&*self.0.project(id)?)
    }

    /// The templates that a project can be made from, in the order in which they are offered.
    ///
    /// # Errors
    /// When this build of ACCID is incomplete.
    pub fn templates(&self, _: &Permit<Read>) -> Result<Vec<TemplateView>, Problem> {
        templates::list()
    }

    /// A file of the site that a project from this template would be.
    ///
    /// # Errors
    /// When there is no such template, or it has no such file.
    pub fn template_preview(&self, _: &Permit<Read>, template: &str, path: &str) -> Result<Served, Problem> {
        self.0.roles.require(Role::Builder)?;
        previews::serve(self.0, &previews::Subject::Template(template.to_owned()), path)
    }

    /// Makes a project; a site or tutorial starts with the pages of a template, to be written over.
    ///
    /// # Errors
    /// When the name is empty, there is no such template, or the disk refuses.
    pub fn create(&self, permit: &Permit<Write>, request: &CreateProject) -> Result<ProjectView, Problem> {
        let author = permit.author();
        let plain = match request.project_type {
            ProjectType::Html => Some(templates::PLAIN),
            ProjectType::Tutorial => Some(templates::COURSE),
            ProjectType::Gallery | ProjectType::React => None,
        };
        let project = if let Some(template) = request.template.as_deref().or(plain) {
            templates::create(self.0, author, request, template)?
        } else {
            let new = NewProject {
                name: request.name.clone(),
                project_type: request.project_type,
                language: "en".to_owned(),
            };
            self.0.vault.create_project(&self.0.store, author, &new, Vec::new()).map_err(explain)?
        };
        let view = self.0.project_view(&project)?;
        tell_created(&project, view.project_type);
        Ok(view)
    }

    /// The demo project *Yacht Adventures*: the one that is there, else a new one.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn create_demo(&self, permit: &Permit<Write>) -> Result<ProjectView, Problem> {
        if let Ok(project) = self.0.project(templates::DEMO_SLUG) {
            return self.0.project_view(&project);
        }
        let project = templates::create_demo(self.0, permit.author())?;
        tell_created(&project, ProjectType::Html);
        self.0.project_view(&project)
    }

    /// Changes a project's name, slug, site or theme.
    ///
    /// # Errors
    /// When it is missing, changed since it was read, or a value is not acceptable.
    pub fn update(
        &self,
        permit: &Permit<Write>,
        id: &str,
        request: &UpdateProject,
        expected: Option<ContentHash>,
    ) -> Result<ProjectView, Problem> {
        let project = self.0.project(id)?;
        let slug = request.slug.as_deref().map(str::parse::<Slug>).transpose().map_err(explain)?;
        let theme = match &request.theme {
            Some(theme) => Some(theme.after(&self.0.vault.blotter(&project).map_err(explain)?.blotter.theme)),
            None => None,
        };
        let changes = ProjectChanges {
            name: request.name.clone(),
            slug,
            site: request.site.clone(),
            theme,
            tags: request.tags.clone(),
            archived: request.archived,
        };
        let vault = &self.0.vault;
        vault
            .update_project(&self.0.store, &project, permit.author(), &changes, expected)
            .map_err(explain)?;
        self.0.project_view(&project)
    }

    /// Makes a copy of a project with its media, without its history and environments.
    ///
    /// # Errors
    /// When it is missing or the disk refuses.
    pub fn duplicate(
        &self,
        permit: &Permit<Write>,
        id: &str,
        name: Option<&str>,
    ) -> Result<ProjectView, Problem> {
        let project = self.0.project(id)?;
        let copy = self
            .0
            .vault
            .duplicate_project(&self.0.store, &project, permit.author(), name)
            .map_err(explain)?;
        let view = self.0.project_view(&copy)?;
        tell_created(&copy, view.project_type);
        Ok(view)
    }

    /// Moves a project to the trash with all its history.
    ///
    /// # Errors
    /// When it is missing or changed since it was read.
    pub fn remove(
        &self,
        permit: &Permit<Write>,
        id: &str,
        expected: Option<ContentHash>,
    ) -> Result<TrashView, Problem> {
        let project = self.0.project(id)?;
        let stored = self.0.vault.blotter(&project).map_err(explain)?;
        if expected.is_some_and(|hash| hash != stored.hash) {
            let current = json!({ "current": stored.blotter });
            return Err(Problem::new(ErrorCode::Stale, "The project was not removed.")
                .because("It changed since it was read.")
                .fix("Load it again and repeat.")
                .with_details(current));
        }
        let Blotter { id, name, .. } = stored.blotter;
        self.0.store.trash_project(id.as_str(), permit.author()).map_err(|error| error.problem())?;
        tracing::info!(project_id = %id, "project_trashed");
        Ok(TrashView {
            entry: id.clone(),
            kind: TrashKind::Project,
            project: id,
            label: name,
            removed_at: self.0.clock.now(),
            removed_by: permit.author().to_owned(),
        })
    }
}

fn tell_created(project: &Project, project_type: ProjectType) {
    tracing::info!(project_id = %project.id(), project_type = project_type.as_str(), "project_created");
}
