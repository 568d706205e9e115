//! Use cases about the Time Machine.

use std::sync::Arc;

use accid_access::{Permit, Read, Write};
use accid_base::{Id, Problem, RelativePath};
use accid_model::Photo;
use accid_render::Mode;
use accid_store::{Project, Version, VersionKind};
use accid_vault::{RestoreScope, Restored};

use crate::{
    ChangeKind, ChangesView, DocumentChange, Inner, ModuleChange, PageChange, Restore, RestoreFile,
    RestoredView, Served, VersionView, explain,
    pages::{entry_path, served},
};

/// The file of a photo in a version, by its id or else by the name its file came with.
fn photo_at(project: &Project, version: &Id, wanted: &str) -> Result<RelativePath, Problem> {
    let tree = project.tree_at(version).map_err(explain)?;
    let photos = || tree.iter().filter(|(path, _)| path.is_below(Photo::FOLDER));
    let says = |field: &str| {
        photos().find(|(_, photo)| photo.get(field).and_then(serde_json::Value::as_str) == Some(wanted))
    };
    let found = says("id").or_else(|| says("filename")).map(|(path, _)| path.clone());
    found.ok_or_else(|| explain(accid_vault::VaultError::NotInVersion(format!("photo \"{wanted}\""))))
}

/// Use cases about the Time Machine.
pub struct History<'a>(pub(crate) &'a Arc<Inner>);

pub(crate) fn change_kind(change: accid_vault::Change) -> ChangeKind {
    match change {
        accid_vault::Change::Added => ChangeKind::Added,
        accid_vault::Change::Removed => ChangeKind::Removed,
        accid_vault::Change::Changed => ChangeKind::Changed,
        accid_vault::Change::Moved => ChangeKind::Moved,
    }
}

pub(crate) fn view(version: Version) -> VersionView {
    let kind = match version.kind {
        VersionKind::Automatic => "automatic",
        VersionKind::Named => "named",
        VersionKind::Outside => "outside",
    };
    VersionView {
        id: version.id,
        at: version.at,
        started_at: version.started_at,
        author: version.author,
        message: version.message,
        kind: kind.to_owned(),
        changes: version.changes,
        paths: version.paths.iter().map(ToString::to_string).collect(),
        note: version.note,
        pinned: version.pinned,
    }
}

impl History<'_> {
    /// All versions of a project, newest first.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn versions(&self, _: &Permit<Read>, project: &str) -> Result<Vec<VersionView>, Problem> {
        Ok(self.0.project(project)?.versions().into_iter().map(view).collect())
    }

    /// Some versions of a project, by their places from the newest on, and how many there are.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn some_versions(
        &self,
        _: &Permit<Read>,
        project: &str,
        places: std::ops::Range<usize>,
    ) -> Result<(Vec<VersionView>, usize), Problem> {
        let (versions, total) = self.0.project(project)?.some_versions(places);
        Ok((versions.into_iter().map(view).collect(), total))
    }

    /// Gives the present state a name; named versions are kept for good.
    ///
    /// # Errors
    /// When the project is missing or the disk refuses.
    pub fn snapshot(
        &self,
        permit: &Permit<Write>,
        project: &str,
        message: &str,
    ) -> Result<VersionView, Problem> {
        let project = self.0.project(project)?;
        if project.replica().is_some() {
            let named = self.0.snapshot_at_origin(&project, permit.author(), message.trim())?;
            let version = project.versions().into_iter().find(|version| version.id == named);
            return version.map(view).ok_or_else(|| explain(accid_store::StoreError::VersionNotFound(named)));
        }
        let version = project.snapshot(permit.author(), message.trim()).map_err(explain)?;
        Ok(view(version))
    }

    /// Brings one file back.
    ///
    /// # Errors
    /// When the project, version or file is missing.
    pub fn restore_file(
        &self,
        permit: &Permit<Write>,
        project: &str,
        request: &RestoreFile,
    ) -> Result<RestoredView, Problem> {
        let path = request.path.parse().map_err(explain)?;
        let project = self.0.project(project)?;
        self.bring_back(permit, &project, &request.version, &RestoreScope::File(path))
    }

    /// Brings a module, a page, a photo, the look or the whole project back.
    ///
    /// # Errors
    /// When the project, version, page or module is missing, or its place is taken.
    pub fn restore(
        &self,
        permit: &Permit<Write>,
        project: &str,
        request: &Restore,
    ) -> Result<RestoredView, Problem> {
        let found = self.0.project(project)?;
        let scope = match (&request.module, &request.page) {
            _ if request.photo.is_some() => {
                let wanted = request.photo.as_deref().unwrap_or_default();
                RestoreScope::File(photo_at(&found, &request.version, wanted)?)
            }
            (Some(module), _) => RestoreScope::Module(module.clone()),
            (None, Some(page)) => RestoreScope::Page(page.clone()),
            (None, None) if request.theme => RestoreScope::Theme,
            (None, None) => RestoreScope::Project,
        };
        self.bring_back(permit, &found, &request.version, &scope)
    }

    fn bring_back(
        &self,
        permit: &Permit<Write>,
        project: &Project,
        version: &Id,
        scope: &RestoreScope,
    ) -> Result<RestoredView, Problem> {
        if project.replica().is_some() {
            return self.0.restore_at_origin(project, permit.author(), version, scope);
        }
        let Restored { committed, note } =
            self.0.vault.restore(project, permit.author(), version, scope).map_err(explain)?;
        tracing::info!(project_id = %project.id(), version_id = %version, "version_restored");
        Ok(RestoredView {
            version: version.clone(),
            change: committed.change,
            note,
            paths: committed.objects.iter().map(|(path, _)| path.to_string()).collect(),
        })
    }

    /// What differs between a version and today, page by page and module by module.
    ///
    /// # Errors
    /// When the project or version is missing.
    pub fn changes(&self, _: &Permit<Read>, project: &str, version: &str) -> Result<ChangesView, Problem> {
        let project = self.0.project(project)?;
        let version: Id = version.parse().map_err(explain)?;
        let found = self.0.vault.compare(&project, &version).map_err(explain)?;
        let module = |one: &accid_vault::ModuleDifference| ModuleChange {
            id: one.id.clone(),
            kind: one.kind.clone(),
            change: change_kind(one.change),
        };
        let page = |one: accid_vault::PageDifference| PageChange {
            modules: one.modules.iter().map(module).collect(),
            id: one.id,
            title: one.title,
            change: change_kind(one.change),
        };
        let mut pages: Vec<PageChange> = found.pages.into_iter().map(page).collect();
        pages.extend(self.0.story_changes(&project, &version, &found.documents)?);
        let document = |one: accid_vault::DocumentDifference| DocumentChange {
            collection: one.path.as_str().split('/').next().unwrap_or_default().to_owned(),
            path: one.path.to_string(),
            id: one.id,
            title: one.title,
            change: change_kind(one.change),
        };
        Ok(ChangesView {
            pages,
            documents: found.documents.into_iter().map(document).collect(),
            files: found.files.iter().map(ToString::to_string).collect(),
        })
    }

    /// A file of the site as it was in a version, with the canvas's marks, so that what changed can be shown.
    ///
    /// # Errors
    /// When the project, version or file is missing.
    pub fn view(
        &self,
        _: &Permit<Read>,
        project: &str,
        version: &str,
        path: &str,
        nonce: &str,
    ) -> Result<Served, Problem> {
        let project = self.0.project(project)?;
        let version: Id = version.parse().map_err(explain)?;
        let tree = project.tree_at(&version).map_err(explain)?;
        let loaded = self.0.builder.site_of(&tree).map_err(explain)?;
        let path = entry_path(path);
        let file = self
            .0
            .builder
            .serve(&project, &loaded, &path, &Mode::Canvas { nonce: nonce.to_owned() })
            .map_err(explain)?;
        Ok(served(file, &path, &loaded.site))
    }
}
