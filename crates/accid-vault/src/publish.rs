//! Publishing a built site to an environment.

use std::{path::PathBuf, sync::Arc};

use accid_base::{ContentHash, Progress, RelativePath};
use accid_store::Project;
use accid_transfer::{
    BuildFile, BuildFolder, BuildManifest, PublishPlan, Published, Publisher, Target, target_for,
};

use crate::{Vault, VaultError};

/// The files of a built site: path, hash, size.
pub type SiteFiles = Vec<(String, ContentHash, u64)>;

/// A built site in a folder.
#[derive(Debug, Clone)]
pub struct SiteFolder {
    /// The folder.
    pub folder: PathBuf,
    /// Its files.
    pub files: SiteFiles,
}

impl SiteFolder {
    fn manifest(&self) -> Result<BuildManifest, VaultError> {
        let file = |(path, hash, bytes): &(String, ContentHash, u64)| {
            let path: RelativePath = path.parse()?;
            Ok(BuildFile { path, hash: *hash, bytes: *bytes })
        };
        let files: Result<Vec<BuildFile>, VaultError> = self.files.iter().map(file).collect();
        Ok(BuildManifest::new(files?)?)
    }
}

impl Vault {
    fn target(&self, project: &Project, environment: &str) -> Result<Box<dyn Target>, VaultError> {
        let environment = self.environment(project, environment)?;
        Ok(target_for(&environment.url, Arc::clone(&self.vfs), &self.own)?)
    }

    /// What publishing would do; nothing is written.
    ///
    /// # Errors
    /// When the environment is missing, cannot be reached, or holds files of somebody else.
    pub fn plan_publish(
        &self,
        project: &Project,
        environment: &str,
        site: &SiteFolder,
    ) -> Result<PublishPlan, VaultError> {
        let target = self.target(project, environment)?;
        Ok(accid_transfer::plan(&site.manifest()?, target.as_ref())?)
    }

    /// Publishes a built site; visitors see every page wholly old or wholly new at any moment.
    ///
    /// # Errors
    /// As [`Vault::plan_publish`], or when it was cancelled.
    pub fn publish(
        &self,
        project: &Project,
        environment: &str,
        site: &SiteFolder,
        progress: &dyn Progress,
    ) -> Result<Published, VaultError> {
        let target = self.target(project, environment)?;
        let content = BuildFolder::new(Arc::clone(&self.vfs), site.folder.clone());
        let publisher = Publisher { clock: self.clock.as_ref(), random: self.random.as_ref(), progress };
        Ok(accid_transfer::publish(&site.manifest()?, &content, target.as_ref(), publisher)?)
    }
}
