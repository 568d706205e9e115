//! Replicas: projects that another ACCID owns and whose history is kept here. Assembled aside as every project.

use std::{collections::BTreeMap, sync::Arc};

use accid_base::{ContentHash, Id, Slug, locked};

use super::{Store, UNFINISHED};
use crate::{Carried, Project, Replica, StoreError, disk, project};

impl Store {
    /// Makes a replica of its first records, among which the blotter is. Once this returns it survives a power cut.
    ///
    /// # Errors
    /// As [`Project::receive`]; then nothing is there.
    pub fn adopt_project(
        &self,
        id: &Id,
        folder: &Slug,
        replica: &Replica,
        (records, contents): (&[Carried], &BTreeMap<ContentHash, Vec<u8>>),
    ) -> Result<Arc<Project>, StoreError> {
        let _moving = locked(&self.0.moving);
        let name = self.free_folder(folder);
        let aside = self.projects_folder().join(format!("{UNFINISHED}{}", self.0.shared.moments.next()));
        let made = self.assemble_replica(&aside, id, replica, (records, contents));
        let placed = made.and_then(|()| {
            disk::move_durable(self.disk(), &aside, &self.projects_folder().join(name.as_str()))
        });
        if let Err(error) = placed {
            // What is left aside is removed at the next start at the latest.
            drop(self.disk().remove_folder(&aside));
            return Err(error);
        }
        let project = self.open_folder_now(name.as_str())?;
        project.announce_all();
        self.0.shared.tell();
        Ok(project)
    }

    fn assemble_replica(
        &self,
        aside: &std::path::Path,
        id: &Id,
        replica: &Replica,
        (records, contents): (&[Carried], &BTreeMap<ContentHash, Vec<u8>>),
    ) -> Result<(), StoreError> {
        disk::make_folder(self.disk(), aside)?;
        project::write_replica(self.disk(), aside, replica)?;
        let project = project::begin(&Arc::new(self.0.shared.unheard()), aside.to_path_buf(), id.clone())?;
        project.receive(records, contents)?;
        if project.blotter().is_none() {
            return Err(StoreError::Unstorable {
                path: accid_model::Blotter::FILE.to_owned(),
                reason: "a replica begins with this document".to_owned(),
            });
        }
        project.flush()
    }
}
