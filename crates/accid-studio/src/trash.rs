//! Use cases about the trash.

use std::sync::Arc;

use accid_access::{Administer, Permit, Read, Write};
use accid_base::{ContentHash, ErrorCode, Id, Problem, RelativePath};
use accid_model::{Album, Story, Track, TrashEntry};
use accid_store::{Project, TrashedProject};
use accid_vault::{TrashedItem, TrashedItemKind};

use crate::{
    EmptiedView, FreedView, Inner, RestoredObject, Role, TrashKind, TrashRequest, TrashView, explain,
};

/// Use cases about the trash.
pub struct Trash<'a>(pub(crate) &'a Arc<Inner>);

fn kind_of(kind: TrashedItemKind) -> TrashKind {
    match kind {
        TrashedItemKind::Page => TrashKind::Page,
        TrashedItemKind::Photo => TrashKind::Photo,
        TrashedItemKind::Module => TrashKind::Module,
        TrashedItemKind::Album => TrashKind::Album,
        TrashedItemKind::Track => TrashKind::Track,
        TrashedItemKind::Story => TrashKind::Story,
        TrashedItemKind::Video => TrashKind::Video,
        TrashedItemKind::Pattern => TrashKind::Pattern,
    }
}

fn item_view(project: &Project, item: TrashedItem) -> TrashView {
    TrashView {
        entry: item.entry,
        kind: kind_of(item.kind),
        project: project.id(),
        label: item.label,
        removed_at: item.removed_at,
        removed_by: item.removed_by,
    }
}

/// A trash entry as people see it.
pub(crate) fn view(project: &Project, entry: &TrashEntry) -> Result<TrashView, Problem> {
    let unreadable = || Problem::new(ErrorCode::Internal, "The trash entry cannot be read.");
    Ok(item_view(project, TrashedItem::of(entry).ok_or_else(unreadable)?))
}

impl Trash<'_> {
    /// What is in the trash of a project, newest first.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn list(&self, _: &Permit<Read>, project: &str) -> Result<Vec<TrashView>, Problem> {
        let project = self.0.project(project)?;
        let items = self.0.vault.trash(&project).into_iter();
        Ok(items.map(|item| item_view(&project, item)).collect())
    }

    /// What is in the trash of all projects, and the projects in it, newest first.
    ///
    /// # Errors
    /// None yet.
    pub fn list_all(&self, permit: &Permit<Read>) -> Result<Vec<TrashView>, Problem> {
        let view = |project: TrashedProject| {
            let id: Id = project.id.parse().ok()?;
            Some(TrashView {
                entry: id.clone(),
                kind: TrashKind::Project,
                project: id,
                label: project.name,
                removed_at: project.removed_at,
                removed_by: project.removed_by,
            })
        };
        let mut all: Vec<TrashView> = self.0.store.trashed_projects().into_iter().filter_map(view).collect();
        for id in self.project_ids() {
            all.extend(self.list(permit, &id)?);
        }
        all.sort_by_key(|item| std::cmp::Reverse(item.removed_at));
        Ok(all)
    }

    fn project_ids(&self) -> Vec<String> {
        let id = |entry: accid_store::ProjectEntry| Some(entry.blotter?.get("id")?.as_str()?.to_owned());
        self.0.store.projects().into_iter().filter_map(id).collect()
    }

    /// Moves something to the trash.
    ///
    /// # Errors
    /// When it is missing.
    pub fn remove(
        &self,
        permit: &Permit<Write>,
        project: &str,
        request: &TrashRequest,
    ) -> Result<TrashView, Problem> {
        let named = || {
            request.id.as_deref().ok_or_else(|| {
                Problem::new(ErrorCode::MalformedRequest, "Nothing was moved to the trash.")
                    .because("The request does not say which one.")
                    .fix("Add \"id\" to it.")
            })
        };
        let studio = crate::Studio(Arc::clone(self.0));
        match request.kind {
            TrashKind::Project => studio.projects().remove(permit, project, None),
            TrashKind::Page | TrashKind::Pattern => studio.pages().remove(permit, project, named()?, None),
            TrashKind::Module => studio.modules().remove(permit, project, named()?, None),
            TrashKind::Photo => studio.photos().remove(permit, project, named()?),
            TrashKind::Video => studio.videos().remove(permit, project, named()?),
            TrashKind::Album => self.remove_document(permit, project, Album::FOLDER, named()?, None),
            TrashKind::Track => self.remove_document(permit, project, Track::FOLDER, named()?, None),
            TrashKind::Story => self.remove_document(permit, project, Story::FOLDER, named()?, None),
        }
    }

    /// Moves a document that is a file of its own, such as an album, to the trash, by its id.
    ///
    /// # Errors
    /// When the project or the document is missing, or it is not as `seen`.
    pub(crate) fn remove_document(
        &self,
        permit: &Permit<Write>,
        project: &str,
        folder: &str,
        id: &str,
        seen: Option<ContentHash>,
    ) -> Result<TrashView, Problem> {
        let project = self.0.project(project)?;
        let missing = || {
            let what = format!("There is no \"{}\" in {folder}.", id.chars().take(80).collect::<String>());
            Problem::new(ErrorCode::ObjectNotFound, what)
                .because("It may have been moved to the trash.")
                .fix("Load the list again.")
        };
        let path = RelativePath::document(folder, id).map_err(|_| missing())?;
        if project.get(&path).is_none() {
            return Err(missing());
        }
        let removed = self.0.vault.trash_document(&project, permit.author(), &path, seen);
        view(&project, &removed.map_err(explain)?)
    }

    /// Brings something back: a trash entry of a project, or, when none is named, the project itself.
    ///
    /// # Errors
    /// When it is not in the trash, or what it belongs to is gone.
    pub fn restore(
        &self,
        permit: &Permit<Write>,
        project: &str,
        entry: Option<&str>,
    ) -> Result<RestoredObject, Problem> {
        let Some(entry) = entry else {
            let project = self.0.store.restore_project(project).map_err(explain)?;
            let blotter = self.0.vault.blotter(&project).map_err(explain)?.blotter;
            tracing::info!(project_id = %blotter.id, "project_restored");
            return Ok(RestoredObject {
                kind: TrashKind::Project,
                project: blotter.id.clone(),
                id: blotter.id,
                label: blotter.name,
            });
        };
        let project = self.0.project(project)?;
        let item = self.0.vault.restore_from_trash(&project, permit.author(), entry).map_err(explain)?;
        Ok(RestoredObject { kind: kind_of(item.kind), project: project.id(), id: item.id, label: item.label })
    }

    /// Removes for good what has been in the trash longer than the settings say. What kept versions hold stays in them.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn purge_old(&self, permit: &Permit<Administer>) -> Result<EmptiedView, Problem> {
        let inner = self.0;
        let days = i64::from(inner.store.read_settings().0.trash_days);
        if days == 0 {
            return Ok(EmptiedView::default());
        }
        let before = inner.clock.now().saturating_sub(jiff::SignedDuration::from_hours(24 * days));
        let before = before.unwrap_or(jiff::Timestamp::MIN);
        let mut removed = 0;
        // A project that says nothing of when it was removed stays: nobody knows how old that is.
        let dated = |project: &TrashedProject| project.removed_at > jiff::Timestamp::UNIX_EPOCH;
        for project in inner.store.trashed_projects().into_iter().filter(dated) {
            if project.removed_at < before {
                inner.store.purge_project(&project.id).map_err(explain)?;
                removed += 1;
            }
        }
        for id in self.project_ids() {
            let note = format!("Removed from the trash after {days} days");
            let project = inner.project(&id)?;
            removed += inner.vault.purge_trash(&project, permit.author(), before, &note).map_err(explain)?;
        }
        Ok(EmptiedView { removed, originals: FreedView::default() })
    }

    /// Removes for good what is in the trash. What kept versions hold stays in them, and so do their originals.
    ///
    /// # Errors
    /// When the Vault is not part of this process or the disk refuses.
    pub fn empty(&self, permit: &Permit<Administer>) -> Result<EmptiedView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let mut removed = 0;
        let mut originals = FreedView::default();
        for project in self.0.store.trashed_projects() {
            self.0.store.purge_project(&project.id).map_err(explain)?;
            removed += 1;
        }
        for id in self.project_ids() {
            let project = self.0.project(&id)?;
            let gone = self.0.vault.empty_trash(&project, permit.author()).map_err(explain)?;
            removed += gone;
            // A version that cannot be read keeps the originals; the trash is empty all the same.
            if gone > 0
                && let Ok(freed) = self.0.free_originals(&project)
            {
                originals.files += freed.files;
                originals.bytes += freed.bytes;
            }
        }
        tracing::info!(removed, "trash_emptied");
        Ok(EmptiedView { removed, originals })
    }
}
