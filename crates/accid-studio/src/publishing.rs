//! Use cases about environments and publishing: build, plan, publish.

use std::sync::Arc;

use accid_access::{Administer, Permit, Publish, Read};
use accid_base::{Problem, Progress, Unwatched};
use accid_builder::Builder;
use accid_store::Project;
use accid_vault::SiteFolder;
use serde_json::json;

use crate::{EnvironmentView, Inner, JobView, PlanView, Role, SetEnvironment, explain};

/// Use cases about environments and publishing.
pub struct Publishing<'a>(pub(crate) &'a Arc<Inner>);

impl Inner {
    /// Builds the site into its own folder, ready to be published.
    fn built(&self, project: &Project, progress: &dyn Progress) -> Result<SiteFolder, Problem> {
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
        let view = |(name, environment): (String, accid_model::Environment)| EnvironmentView {
            name,
            url: environment.url,
            public_url: environment.public_url,
        };
        Ok(environments.into_iter().map(view).collect())
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
        let saved = self.0.vault.set_environment(&project, permit.author(), name, places).map_err(explain)?;
        Ok(EnvironmentView { name: name.to_owned(), url: saved.url, public_url: saved.public_url })
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

    /// What publishing would do; nothing is sent.
    ///
    /// # Errors
    /// When the environment is missing, cannot be reached, or holds files of somebody else.
    pub fn plan(&self, _: &Permit<Publish>, project: &str, environment: &str) -> Result<PlanView, Problem> {
        let project = self.project(project)?;
        self.0.vault.environment(&project, environment).map_err(explain)?;
        let site = self.0.built(&project, &Unwatched)?;
        let plan = self.0.vault.plan_publish(&project, environment, &site).map_err(explain)?;
        let paths =
            |files: &[accid_vault::PlannedFile]| files.iter().map(|file| file.path.to_string()).collect();
        Ok(PlanView {
            added: paths(&plan.added),
            changed: paths(&plan.changed),
            removed: paths(&plan.removed),
            unchanged: plan.unchanged,
            bytes: plan.bytes(),
        })
    }

    /// Builds and publishes.
    ///
    /// # Errors
    /// When the project or environment is missing; what goes wrong later is told by the job.
    pub fn start(&self, _: &Permit<Publish>, project: &str, environment: &str) -> Result<JobView, Problem> {
        let project = self.project(project)?;
        let known = self.0.vault.environment(&project, environment).map_err(explain)?;
        let environment = environment.to_owned();
        Ok(self.0.start_job("deploy", project.id(), move |inner, progress| {
            let site = inner.built(&project, progress)?;
            let published = inner.vault.publish(&project, &environment, &site, progress).map_err(explain)?;
            tracing::info!(
                project_id = %project.id(), environment, uploaded = published.uploaded, removed = published.removed,
                bytes = published.bytes, "project_published"
            );
            let url = if known.public_url.is_empty() { known.url } else { known.public_url };
            Ok(json!({
                "environment": environment, "release": published.release, "uploaded": published.uploaded,
                "removed": published.removed, "bytes": published.bytes, "kept": published.kept, "url": url,
            }))
        }))
    }
}
