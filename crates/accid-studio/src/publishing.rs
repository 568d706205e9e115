//! Use cases about environments and publishing: credentials, build, plan, publish, going back.

use std::sync::Arc;

use accid_access::{Administer, Permit, Publish, Read};
use accid_base::{ErrorCode, FieldError, Problem, Progress, Secret, Unwatched};
use accid_builder::Builder;
use accid_store::Project;
use accid_vault::{Deployed, Deploying, Login, LoginKind, Pin, PinKind, PlaceKind, Publishable, SiteFolder};
use serde_json::json;

use crate::{
    AcceptPin, Deployment, EnvironmentKind, EnvironmentView, Inner, JobView, LoginKindView, PinView,
    PlanView, ReleaseView, Role, RollbackRequest, SetEnvironment, SetLogin, explain,
};

/// Use cases about environments and publishing.
pub struct Publishing<'a>(pub(crate) &'a Arc<Inner>);

impl Inner {
    /// Builds the site into its own folder, ready to be published.
    pub(crate) fn built(&self, project: &Project, progress: &dyn Progress) -> Result<SiteFolder, Problem> {
        if self.is_built_by_command(project)? {
            // What was built last: publishing runs no command.
            return self.laid_out(project, &Builder::build_folder(project), progress);
        }
        let report =
            self.builder.build(project, &Builder::build_folder(project), progress).map_err(explain)?;
        let files = report.files.into_iter().map(|file| (file.path, file.hash, file.bytes)).collect();
        Ok(SiteFolder { folder: report.folder, files })
    }
}

impl Publishing<'_> {
    fn project(&self, id: &str) -> Result<Arc<Project>, Problem> {
        self.0.roles.require(Role::Vault)?;
        self.0.project(id)
    }

    /// All environments of a project, by name.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn environments(&self, _: &Permit<Read>, project: &str) -> Result<Vec<EnvironmentView>, Problem> {
        let project = self.project(project)?;
        let environments = self.0.vault.blotter(&project).map_err(explain)?.blotter.environments;
        environments.keys().map(|name| self.view(&project, name)).collect()
    }

    fn view(&self, project: &Project, name: &str) -> Result<EnvironmentView, Problem> {
        let vault = &self.0.vault;
        let environment = vault.environment(project, name).map_err(explain)?;
        // An address of a newer ACCID is shown, not understood.
        let kind = accid_vault::Vault::place_kind(&environment).ok();
        let login = kind.and_then(|_| vault.login_kind(project, name).ok().flatten());
        let known = kind.and_then(|_| vault.known_server(project, name).ok().flatten());
        let last = vault.deployments(project, name).map_err(explain)?.into_iter().next();
        Ok(EnvironmentView {
            name: name.to_owned(),
            url: environment.url,
            public_url: environment.public_url,
            kind: match kind {
                Some(PlaceKind::Folder) => EnvironmentKind::Folder,
                Some(PlaceKind::Archive) => EnvironmentKind::Archive,
                Some(PlaceKind::Ftp) => EnvironmentKind::Ftp,
                Some(PlaceKind::Ftps) => EnvironmentKind::Ftps,
                Some(PlaceKind::Sftp) => EnvironmentKind::Sftp,
                None => EnvironmentKind::Unknown,
            },
            login: login.map(|login| match login {
                LoginKind::Password => LoginKindView::Password,
                LoginKind::Key => LoginKindView::Key,
                LoginKind::Agent => LoginKindView::Agent,
            }),
            pin: known.map(|known| PinView {
                kind: match known.pin.kind {
                    PinKind::HostKey => "host-key".to_owned(),
                    PinKind::Certificate => "certificate".to_owned(),
                },
                fingerprint: known.pin.to_string(),
                since: known.since,
            }),
            last,
        })
    }

    /// Names a place to publish to, or changes it.
    ///
    /// # Errors
    /// When the name or address is not acceptable.
    pub fn set_environment(
        &self,
        permit: &Permit<Administer>,
        project: &str,
        name: &str,
        request: &SetEnvironment,
    ) -> Result<EnvironmentView, Problem> {
        let project = self.project(project)?;
        let places = (request.url.as_str(), request.public_url.as_str());
        self.0.vault.set_environment(&project, permit.author(), name, places).map_err(explain)?;
        self.view(&project, name)
    }

    /// Forgets an environment; what was published stays where it is.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn remove_environment(
        &self,
        permit: &Permit<Administer>,
        project: &str,
        name: &str,
    ) -> Result<(), Problem> {
        let project = self.project(project)?;
        self.0.vault.remove_environment(&project, permit.author(), name).map_err(explain)
    }

    /// Keeps how an environment signs in; nothing of it is ever answered.
    ///
    /// # Errors
    /// When the environment is missing or needs none, the request names none, or the credentials are locked.
    pub fn set_login(
        &self,
        permit: &Permit<Administer>,
        project: &str,
        environment: &str,
        request: &SetLogin,
    ) -> Result<EnvironmentView, Problem> {
        let project = self.project(project)?;
        let login = login_of(request)?;
        let vault = &self.0.vault;
        vault.set_login(&project, permit.author(), environment, Some(&login)).map_err(explain)?;
        tracing::info!(project_id = %project.id(), environment, "credentials_changed");
        self.view(&project, environment)
    }

    /// Forgets how an environment signs in.
    ///
    /// # Errors
    /// When the environment is missing.
    pub fn forget_login(
        &self,
        permit: &Permit<Administer>,
        project: &str,
        environment: &str,
    ) -> Result<EnvironmentView, Problem> {
        let project = self.project(project)?;
        self.0.vault.set_login(&project, permit.author(), environment, None).map_err(explain)?;
        self.view(&project, environment)
    }

    /// Knows the server of an environment by another key or certificate from now on, or no more.
    ///
    /// # Errors
    /// When the environment is missing or is no server, or the fingerprint is none.
    pub fn accept_pin(
        &self,
        _: &Permit<Administer>,
        project: &str,
        environment: &str,
        request: Option<&AcceptPin>,
    ) -> Result<EnvironmentView, Problem> {
        let project = self.project(project)?;
        let pin = match request {
            None => None,
            Some(request) => {
                let message = "is a fingerprint as it was shown, such as SHA256:…".to_owned();
                let wrong = || {
                    let errors = vec![FieldError { pointer: "/fingerprint".to_owned(), message }];
                    Problem::new(ErrorCode::InvalidValue, "Nothing was accepted.").with_errors(errors)
                };
                Some(Pin::from_fingerprint(&request.fingerprint).ok_or_else(wrong)?)
            }
        };
        self.0.vault.accept_pin(&project, environment, pin).map_err(explain)?;
        tracing::info!(project_id = %project.id(), environment, "server_accepted");
        self.view(&project, environment)
    }

    /// The releases of an environment that can be gone back to, newest first.
    ///
    /// # Errors
    /// When the environment is missing.
    pub fn releases(
        &self,
        _: &Permit<Read>,
        project: &str,
        environment: &str,
    ) -> Result<Vec<ReleaseView>, Problem> {
        let project = self.project(project)?;
        let releases = self.0.vault.releases(&project, environment).map_err(explain)?;
        let view = |(index, release): (usize, accid_vault::Release)| ReleaseView {
            files: release.files.len(),
            bytes: release.files.values().map(|file| file.bytes).sum(),
            release: release.release,
            at: release.at,
            by: release.by,
            online: index == 0,
        };
        Ok(releases.into_iter().enumerate().map(view).collect())
    }

    /// What was done in an environment, newest first.
    ///
    /// # Errors
    /// When the environment is missing.
    pub fn deployments(
        &self,
        _: &Permit<Read>,
        project: &str,
        environment: &str,
    ) -> Result<Vec<Deployment>, Problem> {
        let project = self.project(project)?;
        self.0.vault.deployments(&project, environment).map_err(explain)
    }

    /// What publishing would do; nothing is sent.
    ///
    /// # Errors
    /// When the environment is missing, cannot be reached, or holds files of somebody else.
    pub fn plan(&self, _: &Permit<Publish>, project: &str, environment: &str) -> Result<PlanView, Problem> {
        let project = self.project(project)?;
        self.0.vault.environment(&project, environment).map_err(explain)?;
        let site = self.0.built(&project, &Unwatched)?;
        let planned = self.0.vault.plan_publish(&project, environment, Publishable::Site(&site));
        Ok(plan_view(&planned.map_err(explain)?))
    }

    /// What going back to an earlier release would do; nothing is sent.
    ///
    /// # Errors
    /// As [`Publishing::plan`], or when there is no such release.
    pub fn plan_rollback(
        &self,
        _: &Permit<Publish>,
        project: &str,
        environment: &str,
        request: &RollbackRequest,
    ) -> Result<PlanView, Problem> {
        let project = self.project(project)?;
        let vault = &self.0.vault;
        let release =
            vault.release_before(&project, environment, request.release.as_ref()).map_err(explain)?;
        let planned = vault.plan_publish(&project, environment, Publishable::Release(&release));
        Ok(plan_view(&planned.map_err(explain)?))
    }

    /// Builds and publishes.
    ///
    /// # Errors
    /// When the project or environment is missing; what goes wrong later is told by the job.
    pub fn start(
        &self,
        permit: &Permit<Publish>,
        project: &str,
        environment: &str,
    ) -> Result<JobView, Problem> {
        let project = self.project(project)?;
        self.0.vault.environment(&project, environment).map_err(explain)?;
        let (environment, by) = (environment.to_owned(), permit.author().to_owned());
        Ok(self.0.start_job("deploy", project.id(), move |inner, progress| {
            let site = inner.built(&project, progress)?;
            let to = Deploying { project: &project, environment: &environment, by: &by };
            inner.deploy(to, Publishable::Site(&site), progress)
        }))
    }

    /// Brings an earlier release back online, in the same steps as publishing.
    ///
    /// # Errors
    /// When there is no such release; what goes wrong later is told by the job.
    pub fn roll_back(
        &self,
        permit: &Permit<Publish>,
        project: &str,
        environment: &str,
        request: &RollbackRequest,
    ) -> Result<JobView, Problem> {
        let project = self.project(project)?;
        let release = self.0.vault.release_before(&project, environment, request.release.as_ref());
        let release = release.map_err(explain)?;
        let (environment, by) = (environment.to_owned(), permit.author().to_owned());
        Ok(self.0.start_job("deploy", project.id(), move |inner, progress| {
            let to = Deploying { project: &project, environment: &environment, by: &by };
            inner.deploy(to, Publishable::Release(&release), progress)
        }))
    }
}

impl Inner {
    fn deploy(
        &self,
        to: Deploying<'_>,
        what: Publishable<'_>,
        progress: &dyn Progress,
    ) -> Result<serde_json::Value, Problem> {
        let known = self.vault.environment(to.project, to.environment).map_err(explain)?;
        let Deployed { published, seen } = self.vault.publish(to, what, progress).map_err(explain)?;
        if let Some(seen) = seen.as_ref().filter(|seen| seen.is_warning()) {
            tracing::warn!(project_id = %to.project.id(), environment = to.environment, seen = %seen.message, "visit");
        }
        let event = match what {
            Publishable::Site(_) => "project_published",
            Publishable::Release(_) => "project_rolled_back",
        };
        tracing::info!(
            project_id = %to.project.id(), environment = to.environment, by = to.by, uploaded = published.uploaded,
            removed = published.removed, bytes = published.bytes, event
        );
        let url = if known.public_url.is_empty() { known.url } else { known.public_url };
        Ok(json!({
            "environment": to.environment, "release": published.release, "uploaded": published.uploaded,
            "removed": published.removed, "bytes": published.bytes, "kept": published.kept, "url": url,
            "seen": seen,
        }))
    }
}

fn plan_view(plan: &accid_vault::PublishPlan) -> PlanView {
    let paths = |files: &[accid_vault::PlannedFile]| files.iter().map(|file| file.path.to_string()).collect();
    PlanView {
        added: paths(&plan.added),
        changed: paths(&plan.changed),
        removed: paths(&plan.removed),
        unchanged: plan.unchanged,
        bytes: plan.bytes(),
        findings: plan.kept.iter().map(|path| accid_builder::kept_rules(path.as_str())).collect(),
    }
}

pub(crate) fn login_of(request: &SetLogin) -> Result<Login, Problem> {
    let secret = |text: &Option<String>| text.clone().filter(|text| !text.is_empty()).map(Secret::new);
    match (secret(&request.password), secret(&request.key), request.agent) {
        (Some(password), None, false) => Ok(Login::Password(password)),
        (None, Some(key), false) => Ok(Login::Key { key, passphrase: secret(&request.passphrase) }),
        (None, None, true) => Ok(Login::Agent),
        _ => {
            let message = "is one of a password, a key, or the agent".to_owned();
            let errors = vec![FieldError { pointer: "/password".to_owned(), message }];
            let what = "The credentials were not kept.";
            Err(Problem::new(ErrorCode::InvalidValue, what)
                .because("They are one of a password, a key, or the agent.")
                .fix("Send exactly one of them.")
                .with_errors(errors))
        }
    }
}
