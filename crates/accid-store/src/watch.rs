//! Hears from the system that files changed. Must not decide whose change it was: that is known by content hash.

use std::{
    path::PathBuf,
    sync::{Arc, Weak, mpsc},
};

use accid_base::vfs::Kind;
use notify::{RecursiveMode, Watcher};

use crate::{Project, disk, paths, shared::Work};

/// Watches the folders of documents. Where the system cannot watch, edits are still seen at the next save, start or
/// reconcile.
pub(crate) struct Watch {
    watcher: Option<notify::RecommendedWatcher>,
    projects: Vec<Weak<Project>>,
}

fn work_of(event: notify::Result<notify::Event>) -> Vec<Work> {
    match event {
        Ok(event) if event.need_rescan() => vec![Work::Rescan],
        Ok(event) if event.kind.is_access() => Vec::new(),
        Ok(event) => event.paths.into_iter().filter(|path| is_of_interest(path)).map(Work::Touched).collect(),
        Err(_) => vec![Work::Rescan],
    }
}

/// Temporary files and hidden ones say nothing.
fn is_of_interest(path: &std::path::Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| !name.starts_with('.'))
}

impl Watch {
    pub(crate) fn new(sender: mpsc::Sender<Work>) -> Self {
        let tell = move |event| {
            for work in work_of(event) {
                // The thread has ended: nobody needs to know any more.
                drop(sender.send(work));
            }
        };
        Self { watcher: notify::recommended_watcher(tell).ok(), projects: Vec::new() }
    }

    /// Watches a project's folder and its collections; called again it adds what is new.
    pub(crate) fn add(&mut self, project: &Arc<Project>) {
        let own = Arc::downgrade(project);
        if !self.projects.iter().any(|known| known.ptr_eq(&own)) {
            self.projects.push(own);
        }
        let Some(watcher) = &mut self.watcher else { return };
        let mut folders: Vec<PathBuf> = vec![project.folder().to_path_buf()];
        let names = disk::names(project.vfs(), project.folder(), Kind::Folder).unwrap_or_default();
        folders.extend(
            names.iter().filter(|name| paths::is_collection(name)).map(|name| project.folder().join(name)),
        );
        for folder in folders {
            // A folder that is gone again or cannot be watched is looked at when something else happens.
            drop(watcher.watch(&folder, RecursiveMode::NonRecursive));
        }
    }

    /// The projects that are still open.
    pub(crate) fn projects(&mut self) -> Vec<Arc<Project>> {
        self.projects.retain(|project| project.strong_count() > 0);
        self.projects.iter().filter_map(Weak::upgrade).collect()
    }
}
