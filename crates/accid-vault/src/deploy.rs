//! What was published before: the content of the last releases of each environment, so that one can be gone back to
//! without building it again, and the history of publishing.
//!
//! Both lie in `.accid/releases/` of the project, beside its ledger. Contents are kept once, by their hash; what is
//! read back is compared with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use accid_base::{ContentHash, Id, RelativePath, Vfs, vfs::write_durable};
use accid_store::Project;
use accid_transfer::{BuildContent, BuildFile, BuildManifest, PublishedFile, Seen, TransferError};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{SiteFolder, Vault, VaultError};

/// How many releases of an environment can be gone back to.
const KEPT: usize = 10;
/// How many lines the history of an environment has.
const REMEMBERED: usize = 200;

/// What was online in an environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Its identity.
    pub release: Id,
    /// When it was published.
    pub at: Timestamp,
    /// Who published it.
    pub by: String,
    /// Its files, by path.
    pub files: BTreeMap<RelativePath, PublishedFile>,
}

/// What a deployment did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeploymentKind {
    /// The site as it was then was published.
    Publish,
    /// An earlier release was brought back.
    Rollback,
}

/// How a deployment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is online.
    Done,
    /// It failed; what was online before still is, and every page is whole.
    Failed,
    /// A person stopped it.
    Stopped,
}

/// One line of the history of an environment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Deployment {
    /// Identity of the release it made, when it is online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<Id>,
    /// What it did.
    pub kind: DeploymentKind,
    /// Who did it.
    pub by: String,
    /// When it began.
    pub at: Timestamp,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Number of files that were sent.
    pub uploaded: usize,
    /// Number of files that were removed.
    pub removed: usize,
    /// Bytes that were sent.
    pub bytes: u64,
    /// How it ended.
    pub outcome: Outcome,
    /// What went wrong, for a person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub problem: String,
    /// What a visitor saw then, when the public address is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
}

/// The content of releases, by hash.
pub(crate) struct ReleaseContent {
    vfs: Arc<dyn Vfs>,
    objects: PathBuf,
    files: BTreeMap<RelativePath, PublishedFile>,
}

impl BuildContent for ReleaseContent {
    fn read(&self, path: &RelativePath) -> io::Result<Vec<u8>> {
        let file = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        self.vfs.read(&object_path(&self.objects, &file.sha256))
    }
}

fn object_path(objects: &Path, hash: &ContentHash) -> PathBuf {
    let name = hash.to_string();
    objects.join(&name[..2]).join(name)
}

impl Release {
    pub(crate) fn manifest(&self) -> Result<BuildManifest, VaultError> {
        let file = |(path, file): (&RelativePath, &PublishedFile)| BuildFile {
            path: path.clone(),
            hash: file.sha256,
            bytes: file.bytes,
        };
        Ok(BuildManifest::new(self.files.iter().map(file).collect())?)
    }
}

impl Vault {
    fn releases_folder(project: &Project) -> PathBuf {
        project.folder().join(".accid").join("releases")
    }

    fn note<T: DeserializeOwned + Default>(&self, path: &Path) -> T {
        // A note that is damaged or missing costs the way back, not the site.
        self.vfs.read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    fn keep_note<T: Serialize>(&self, path: &Path, note: &T) -> Result<(), VaultError> {
        let text = serde_json::to_vec(note).unwrap_or_default();
        let kept = path
            .parent()
            .map_or(Ok(()), |folder| self.vfs.create_folders(folder))
            .and_then(|()| write_durable(self.vfs.as_ref(), path, &text));
        kept.map_err(|source| TransferError::Io { path: path.to_path_buf(), source }.into())
    }

    /// The releases of an environment that can be gone back to, newest first; the first is online.
    ///
    /// # Errors
    /// When the environment is missing.
    pub fn releases(&self, project: &Project, environment: &str) -> Result<Vec<Release>, VaultError> {
        self.environment(project, environment)?;
        Ok(self.note(&Self::releases_folder(project).join(environment).join("releases.json")))
    }

    /// What was done in an environment, newest first.
    ///
    /// # Errors
    /// When the environment is missing.
    pub fn deployments(&self, project: &Project, environment: &str) -> Result<Vec<Deployment>, VaultError> {
        self.environment(project, environment)?;
        Ok(self.note(&Self::releases_folder(project).join(environment).join("history.json")))
    }

    /// The release to go back to: the named one, or the one before that which is online.
    ///
    /// # Errors
    /// When there is none.
    pub fn release_before(
        &self,
        project: &Project,
        environment: &str,
        named: Option<&Id>,
    ) -> Result<Release, VaultError> {
        let mut releases = self.releases(project, environment)?.into_iter();
        let found = match named {
            Some(id) => releases.find(|release| release.release == *id),
            None => releases.nth(1),
        };
        found.ok_or(VaultError::ReleaseNotFound)
    }

    pub(crate) fn content_of(&self, project: &Project, release: &Release) -> ReleaseContent {
        ReleaseContent {
            vfs: Arc::clone(&self.vfs),
            objects: Self::releases_folder(project).join("objects"),
            files: release.files.clone(),
        }
    }

    /// Adds a line to the history.
    pub(crate) fn remember(
        &self,
        project: &Project,
        environment: &str,
        deployment: &Deployment,
    ) -> Result<(), VaultError> {
        let path = Self::releases_folder(project).join(environment).join("history.json");
        let mut lines: Vec<Deployment> = self.note(&path);
        lines.insert(0, deployment.clone());
        lines.truncate(REMEMBERED);
        self.keep_note(&path, &lines)
    }

    /// Keeps the content of what was published, and forgets releases that are too old.
    pub(crate) fn keep_release(
        &self,
        project: &Project,
        environment: &str,
        release: Release,
        site: Option<&SiteFolder>,
    ) -> Result<(), VaultError> {
        let folder = Self::releases_folder(project);
        let objects = folder.join("objects");
        if let Some(site) = site {
            for (path, file) in &release.files {
                let to = object_path(&objects, &file.sha256);
                if self.vfs.metadata(&to).is_ok_and(|found| found.length == file.bytes) {
                    continue;
                }
                let from = path.below(&site.folder);
                let copied = self.vfs.read(&from).and_then(|bytes| {
                    if let Some(folder) = to.parent() {
                        self.vfs.create_folders(folder)?;
                    }
                    accid_base::vfs::replace_file(self.vfs.as_ref(), &to, &bytes)
                });
                copied.map_err(|source| TransferError::Io { path: from, source })?;
            }
        }
        let path = folder.join(environment).join("releases.json");
        let mut releases: Vec<Release> = self.note(&path);
        releases.retain(|known| known.release != release.release);
        releases.insert(0, release);
        releases.truncate(KEPT);
        self.keep_note(&path, &releases)?;
        self.forget_contents(&folder)
    }

    /// Removes contents that no release of any environment has.
    fn forget_contents(&self, folder: &Path) -> Result<(), VaultError> {
        let refused = |source| TransferError::Io { path: folder.to_path_buf(), source };
        let mut used = BTreeSet::new();
        for entry in self.vfs.list(folder).map_err(refused)? {
            let releases: Vec<Release> = self.note(&folder.join(&entry.name).join("releases.json"));
            used.extend(
                releases
                    .iter()
                    .flat_map(|release| release.files.values().map(|file| file.sha256.to_string())),
            );
        }
        let objects = folder.join("objects");
        for shelf in self.vfs.list(&objects).unwrap_or_default() {
            let shelf = objects.join(&shelf.name);
            for object in self.vfs.list(&shelf).unwrap_or_default() {
                if !used.contains(&object.name) {
                    self.vfs.remove_file(&shelf.join(&object.name)).map_err(refused)?;
                }
            }
        }
        Ok(())
    }
}
