//! Zips of a site and of a project, in memory. Must not know where they go.

use accid_base::{ErrorCode, Problem, Progress};
use accid_store::Project;
use accid_transfer::{Packing, ServiceError};

use crate::{Inner, explain};

fn failed(error: &dyn std::fmt::Display) -> Problem {
    Problem::new(ErrorCode::Internal, "The zip could not be made.").because(format!("{error}."))
}

fn go_on(progress: &dyn Progress) -> Result<(), Problem> {
    if progress.cancelled() { Err(explain(ServiceError::Cancelled)) } else { Ok(()) }
}

impl Inner {
    /// The website, as the export writes it.
    pub(super) fn zip_of_site(&self, project: &Project, progress: &dyn Progress) -> Result<Vec<u8>, Problem> {
        let site = self.built(project, progress)?;
        let mut zip = Packing::in_memory();
        for (path, _, _) in &site.files {
            go_on(progress)?;
            let bytes = self.builder.read_built(&site.folder, path.as_str()).map_err(explain)?;
            zip.add_bytes(path.as_str(), &bytes).map_err(|error| failed(&error))?;
        }
        Ok(zip.end().map_err(|error| failed(&error))?.into_inner())
    }

    /// The project as "Save as a zip" writes it: its documents, originals and history, without what is secret.
    pub(super) fn zip_of_project(
        &self,
        project: &Project,
        progress: &dyn Progress,
    ) -> Result<Vec<u8>, Problem> {
        Ok(self.zip_project(project, Vec::new(), |error| failed(error), progress)?.0)
    }
}
