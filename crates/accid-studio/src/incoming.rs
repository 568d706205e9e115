//! A project that comes from elsewhere, from a backup or an archive: it is put together aside, looked at, and then
//! taken in whole or not at all. What is left aside is removed.

use std::{path::PathBuf, sync::Arc};

use accid_base::Problem;
use accid_model::Blotter;
use accid_store::{Background, Project, Store, StoreError, StoreOptions};

use crate::{Inner, explain};

/// A data root of its own, aside.
pub(crate) struct Incoming<'a> {
    inner: &'a Inner,
    root: PathBuf,
}

/// What was taken in.
pub(crate) struct TakenIn {
    pub(crate) project: Arc<Project>,
    /// Whether it is a copy without history, since a project of its identity is here already.
    pub(crate) copy: bool,
}

impl Drop for Incoming<'_> {
    fn drop(&mut self) {
        // Derived folders are cleaned up by people too.
        drop(self.inner.vfs.remove_folder(&self.root));
    }
}

impl<'a> Incoming<'a> {
    pub(crate) fn new(inner: &'a Inner) -> Self {
        let root = inner.store.root().join("derived").join(format!("incoming-{}", inner.new_id()));
        Self { inner, root }
    }

    /// Where everything lies until it is taken in.
    pub(crate) fn root(&self) -> &std::path::Path {
        &self.root
    }

    /// Where the project's files go; the folder does not exist yet.
    pub(crate) fn project_folder(&self) -> PathBuf {
        self.root.join("projects").join("incoming")
    }

    /// Opens what lies there as a data root of its own.
    pub(crate) fn store(&self) -> Result<Store, Problem> {
        let inner = self.inner;
        Store::open(StoreOptions {
            root: self.root.clone(),
            vfs: Arc::clone(&inner.vfs),
            clock: Arc::clone(&inner.clock),
            random: Arc::clone(&inner.random),
            background: Background::Off,
        })
        .map_err(explain)
    }

    /// Looks whether the project opens, and takes it in with its history; as a copy when one of its identity is here.
    pub(crate) fn take_in(&self, author: &str) -> Result<TakenIn, Problem> {
        let (inner, folder) = (self.inner, self.project_folder());
        let aside = self.store()?;
        let looked_at = aside.project("incoming").map_err(explain)?;
        inner.vault.blotter(&looked_at).map_err(explain)?;
        let id = looked_at.id();
        if !inner.store.knows(&id) {
            aside.flush().map_err(explain)?;
            drop(looked_at);
            aside.close().map_err(explain)?;
            let placed = inner.store.place_project(&folder);
            match placed {
                Ok(project) => return Ok(TakenIn { project, copy: false }),
                Err(StoreError::ProjectExists(_)) => return self.take_in(author),
                Err(error) => return Err(explain(error)),
            }
        }
        let name = looked_at
            .blotter()
            .and_then(|blotter| Some(blotter.value.get("name")?.as_str()?.to_owned()))
            .unwrap_or_else(|| Blotter::FILE.to_owned());
        let name: String = name.chars().take(180).collect();
        let project = inner
            .vault
            .duplicate_project(&inner.store, &looked_at, author, Some(&format!("{name} (restored)")))
            .map_err(explain)?;
        Ok(TakenIn { project, copy: true })
    }
}
