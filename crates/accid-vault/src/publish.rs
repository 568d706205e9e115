//! Publishing to an environment: a built site, or a release that was online before.

use std::{path::PathBuf, sync::Arc};

use accid_base::{ContentHash, Explain as _, Id, Progress, RelativePath, vfs::write_durable};
use accid_store::Project;
use accid_transfer::{
    Access, BuildContent, BuildFile, BuildFolder, BuildManifest, Claim, Place, PlaceKind, PublishPlan,
    Published, PublishedFile, Publisher, Seen, TransferError, Visit, place_for, visit,
};

use crate::{
    Vault, VaultError,
    deploy::{Deployment, DeploymentKind, Outcome, Release},
};

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

/// Where a deployment goes, and on whose word.
#[derive(Clone, Copy)]
pub struct Deploying<'a> {
    /// The project.
    pub project: &'a Project,
    /// The environment.
    pub environment: &'a str,
    /// Who asked for it.
    pub by: &'a str,
}

/// What is published.
#[derive(Debug, Clone, Copy)]
pub enum Publishable<'a> {
    /// A built site.
    Site(&'a SiteFolder),
    /// A release that was online before.
    Release(&'a Release),
}

/// What came of publishing.
#[derive(Debug, Clone)]
pub struct Deployed {
    /// What was done.
    pub published: Published,
    /// What a visitor sees, when the public address is known. Whatever it is, the release is online.
    pub seen: Option<Seen>,
}

impl Publishable<'_> {
    fn manifest(&self) -> Result<BuildManifest, VaultError> {
        match self {
            Self::Site(site) => site.manifest(),
            Self::Release(release) => release.manifest(),
        }
    }
}

impl Vault {
    fn place(&self, project: &Project, environment: &str) -> Result<Place, VaultError> {
        let known = self.environment(project, environment)?;
        let login = self.login(project, environment)?;
        let pin = self.known_server(project, environment)?.map(|server| server.pin);
        let mut own = self.own.clone();
        // It may lie elsewhere on the disk.
        own.push(project.folder().to_path_buf());
        Ok(place_for(&known.url, Access { login, pin }, Arc::clone(&self.vfs), &own)?)
    }

    /// A server that was seen for the first time is known from now on.
    fn note_pin(&self, project: &Project, environment: &str, place: &Place) -> Result<(), VaultError> {
        match place.pin() {
            Some(pin) if self.known_server(project, environment)?.is_none() => {
                self.accept_pin(project, environment, Some(pin))
            }
            _ => Ok(()),
        }
    }

    /// What publishing would do; nothing is written at the place.
    ///
    /// # Errors
    /// When the environment is missing, cannot be reached, or holds files of somebody else.
    pub fn plan_publish(
        &self,
        project: &Project,
        environment: &str,
        what: Publishable<'_>,
    ) -> Result<PublishPlan, VaultError> {
        let place = self.place(project, environment)?;
        let plan = place.plan(&what.manifest()?);
        if !matches!(plan, Err(TransferError::PinChanged { .. })) {
            self.note_pin(project, environment, &place)?;
        }
        Ok(plan?)
    }

    /// Publishes; visitors see every page wholly old or wholly new at any moment. What was done is noted in the history
    /// of the environment, and what is online then is kept, so that it can be gone back to. Then the site is looked at
    /// as a visitor; that tells, and fails nothing.
    ///
    /// # Errors
    /// As [`Vault::plan_publish`], or when it was cancelled.
    pub fn publish(
        &self,
        to: Deploying<'_>,
        what: Publishable<'_>,
        progress: &dyn Progress,
    ) -> Result<Deployed, VaultError> {
        let at = self.clock.now();
        let result = self.transfer(to, what, progress);
        let seconds = self.clock.now().duration_since(at).as_secs_f64();
        let mut line = Deployment {
            release: None,
            kind: match what {
                Publishable::Site(_) => DeploymentKind::Publish,
                Publishable::Release(_) => DeploymentKind::Rollback,
            },
            by: to.by.to_owned(),
            at,
            seconds,
            uploaded: 0,
            removed: 0,
            bytes: 0,
            outcome: Outcome::Done,
            problem: String::new(),
            seen: None,
        };
        match &result {
            Ok(published) => {
                line.release = Some(published.release.clone());
                line.uploaded = published.uploaded;
                line.removed = published.removed;
                line.bytes = published.bytes;
                line.seen = self.look(to, what)?;
            }
            Err(VaultError::Transfer(TransferError::Cancelled)) => line.outcome = Outcome::Stopped,
            Err(error) => {
                line.outcome = Outcome::Failed;
                line.problem = error.problem().sentence();
            }
        }
        self.remember(to.project, to.environment, &line)?;
        result.map(|published| Deployed { published, seen: line.seen })
    }

    /// Looks at the site where visitors see it, when that is known.
    fn look(&self, to: Deploying<'_>, what: Publishable<'_>) -> Result<Option<Seen>, VaultError> {
        let known = self.environment(to.project, to.environment)?;
        if known.public_url.is_empty() || Self::place_kind(&known)? == PlaceKind::Archive {
            return Ok(None);
        }
        let mut releases = self.releases(to.project, to.environment)?.into_iter();
        let Some(online) = releases.next() else { return Ok(None) };
        let entry = |release: Release| {
            let mut files = release.files.into_iter();
            files.find(|(path, _)| path.as_str() == "index.html").map(|(_, file)| file.sha256)
        };
        let manifest = what.manifest()?;
        let pages: Vec<_> = manifest.files().iter().map(|file| (file.path.clone(), file.hash)).collect();
        let before: Vec<_> = releases.filter_map(entry).collect();
        let url = known.public_url.as_str();
        Ok(Some(visit(Visit { url, release: &online.release, pages: &pages, before: &before })))
    }

    fn transfer(
        &self,
        to: Deploying<'_>,
        what: Publishable<'_>,
        progress: &dyn Progress,
    ) -> Result<Published, VaultError> {
        let Deploying { project, environment, by } = to;
        let place = self.place(project, environment)?;
        let manifest = what.manifest()?;
        let token_file = project.derived().join("deploy").join(format!("{environment}.json"));
        let left =
            self.vfs.read(&token_file).ok().and_then(|bytes| serde_json::from_slice::<Id>(&bytes).ok());
        // One that was cut keeps its token until it ends well, however many tries that takes.
        let token = left.clone().unwrap_or_else(|| self.new_id());
        let claim = Claim { token, left, by: by.to_owned(), at: self.clock.now() };
        // Noted before the lock is taken: one that a cut leaves behind is then known as ours.
        self.keep_token(&token_file, &claim.token)?;
        let publisher =
            Publisher { clock: self.clock.as_ref(), random: self.random.as_ref(), claim: &claim, progress };
        let content: Box<dyn BuildContent> = match what {
            Publishable::Site(site) => Box::new(BuildFolder::new(Arc::clone(&self.vfs), site.folder.clone())),
            Publishable::Release(release) => Box::new(self.content_of(project, release)),
        };
        let published = place.publish(&manifest, content.as_ref(), publisher);
        if !matches!(published, Err(TransferError::PinChanged { .. })) {
            self.note_pin(project, environment, &place)?;
        }
        let published = published?;
        drop(self.vfs.remove_file(&token_file));
        let file =
            |file: &BuildFile| (file.path.clone(), PublishedFile { sha256: file.hash, bytes: file.bytes });
        let release = Release {
            release: published.release.clone(),
            at: self.clock.now(),
            by: by.to_owned(),
            files: manifest.files().iter().map(file).collect(),
        };
        let online = self.releases(project, environment)?;
        let same = online.first().is_some_and(|online| online.files == release.files);
        if !same {
            let site = match what {
                Publishable::Site(site) => Some(site),
                Publishable::Release(_) => None,
            };
            self.keep_release(project, environment, release, site)?;
        }
        Ok(published)
    }

    fn keep_token(&self, path: &std::path::Path, token: &Id) -> Result<(), VaultError> {
        let text = serde_json::to_vec(token).unwrap_or_default();
        let kept = path
            .parent()
            .map_or(Ok(()), |folder| self.vfs.create_folders(folder))
            .and_then(|()| write_durable(self.vfs.as_ref(), path, &text));
        kept.map_err(|source| TransferError::Io { path: path.to_path_buf(), source }.into())
    }
}
