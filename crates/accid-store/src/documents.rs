//! The documents of a project at one moment: as they are, or as they were in a version. Must not know what they mean.

use std::{collections::BTreeMap, sync::Arc};

use accid_base::RelativePath;
use serde_json::Value;

use crate::{Project, Stored, canonical};

/// Documents to read, of today or of a version.
#[derive(Clone, Copy)]
pub enum Documents<'a> {
    /// Those of a project as last acknowledged.
    Now(&'a Project),
    /// Those of some version.
    Then(&'a BTreeMap<RelativePath, Arc<Value>>),
}

impl<'a> From<&'a Project> for Documents<'a> {
    fn from(project: &'a Project) -> Self {
        Self::Now(project)
    }
}

impl<'a> From<&'a Arc<Project>> for Documents<'a> {
    fn from(project: &'a Arc<Project>) -> Self {
        Self::Now(project)
    }
}

fn stored(value: &Arc<Value>) -> Stored {
    Stored { value: Arc::clone(value), hash: canonical::hash(&canonical::write(value)) }
}

impl Documents<'_> {
    /// One document.
    pub fn get(&self, path: &RelativePath) -> Option<Stored> {
        match self {
            Self::Now(project) => project.get(path),
            Self::Then(tree) => tree.get(path).map(stored),
        }
    }

    /// The documents of a collection such as `pages`, by path.
    pub fn list(&self, folder: &str) -> Vec<(RelativePath, Stored)> {
        match self {
            Self::Now(project) => project.list(folder),
            Self::Then(tree) => {
                let own = tree.iter().filter(|(path, _)| path.is_below(folder));
                own.map(|(path, value)| (path.clone(), stored(value))).collect()
            }
        }
    }
}
