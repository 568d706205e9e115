//! Making a project: assembled aside, then renamed into place, so that it is there whole or not at all.

use std::sync::Arc;

use accid_base::{Id, RelativePath, Slug, locked};
use accid_model::Blotter;
use serde_json::Value;

use super::{Store, UNFINISHED};
use crate::{Expect, Media, Project, StoreError, Transaction, Write, canonical, disk, project};

impl Store {
    /// Makes a project of documents and originals. When the folder's name is taken it gets a number, and the blotter's
    /// slug with it. Once this returns the project survives a power cut.
    ///
    /// # Errors
    /// When the blotter or its id is missing, a path is no document, or the disk refuses: then nothing is there.
    pub fn create_project(
        &self,
        folder: &Slug,
        mut documents: Vec<(RelativePath, Value)>,
        media: Vec<Media>,
        author: &str,
        note: &str,
    ) -> Result<Arc<Project>, StoreError> {
        let _moving = locked(&self.0.moving);
        let name = self.free_folder(folder);
        let id = blotter_id(&mut documents, &name)?;
        let aside = self.projects_folder().join(format!("{UNFINISHED}{}", self.0.shared.moments.next()));
        let made = self.assemble(&aside, &id, documents, &media, (author, note));
        let placed = made.and_then(|()| {
            disk::move_durable(self.disk(), &aside, &self.projects_folder().join(name.as_str()))
        });
        if let Err(error) = placed {
            // What is left aside is removed at the next start at the latest.
            drop(self.disk().remove_folder(&aside));
            // The name was free and nobody was told of it yet.
            drop(self.disk().remove_folder(&self.projects_folder().join(name.as_str())));
            return Err(error);
        }
        let project = self.open_folder_now(name.as_str())?;
        project.announce_all();
        self.0.shared.tell();
        Ok(project)
    }

    /// The folder name itself, or with the first number that makes it free.
    pub(super) fn free_folder(&self, wanted: &Slug) -> Slug {
        let projects = self.projects_folder();
        let folders = self.project_folders().into_iter();
        let slugs: Vec<String> = folders.filter_map(|folder| self.slug_of(&folder)).collect();
        wanted.first_free(|name| {
            slugs.iter().any(|slug| slug == name.as_str())
                || self.disk().exists(&projects.join(name.as_str()))
        })
    }

    fn assemble(
        &self,
        aside: &std::path::Path,
        id: &Id,
        documents: Vec<(RelativePath, Value)>,
        media: &[Media],
        (author, note): (&str, &str),
    ) -> Result<(), StoreError> {
        disk::make_folder(self.disk(), aside)?;
        let project = project::begin(&Arc::new(self.0.shared.unheard()), aside.to_path_buf(), id.clone())?;
        for original in media {
            project.put_media(&original.bytes, &original.extension)?;
        }
        let write = |(path, value)| Write::put(path, value).expecting(Expect::Absent);
        let writes = documents.into_iter().map(write).collect();
        project.commit(Transaction { author: author.to_owned(), note: note.to_owned(), writes })?;
        project.flush()
    }
}

/// Checks the blotter, lets its slug follow the folder's name, and returns the project's id.
fn blotter_id(documents: &mut [(RelativePath, Value)], name: &Slug) -> Result<Id, StoreError> {
    let missing =
        |reason: &str| StoreError::Unstorable { path: Blotter::FILE.to_owned(), reason: reason.to_owned() };
    let blotter = documents.iter_mut().find(|(path, _)| path.as_str() == Blotter::FILE);
    let Some((_, Value::Object(blotter))) = blotter else {
        return Err(missing("a project needs this document"));
    };
    if blotter.contains_key("slug") {
        blotter.insert("slug".to_owned(), name.as_str().into());
    }
    let id = blotter.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
    id.ok_or_else(|| missing("it needs an id"))
}

/// Gives a blotter another slug.
pub(super) fn with_slug(blotter: &Value, slug: &Slug) -> Value {
    let mut changed = blotter.clone();
    if let Value::Object(fields) = &mut changed {
        fields.insert("slug".to_owned(), slug.as_str().into());
    }
    canonical::arrange(blotter, changed)
}
