//! Use cases about exports.

use std::{path::PathBuf, sync::Arc};

use accid_access::{Administer, Permit, Publish};
use accid_base::{ErrorCode, Problem};
use accid_builder::{BuildReport, Builder};
use serde_json::{Value, json};

use crate::{Inner, JobView, Role, explain};

/// Use cases about exports.
pub struct Exports<'a>(pub(crate) &'a Arc<Inner>);

fn result(report: &BuildReport) -> Value {
    json!({
        "path": report.folder, "files": report.files.len(), "bytes": report.bytes(), "written": report.written,
        "encoded": report.encoded, "findings": report.findings,
    })
}

impl Exports<'_> {
    /// Exports a project into its own build folder.
    ///
    /// # Errors
    /// When the project is missing; what goes wrong later is told by the job.
    pub fn start(&self, _: &Permit<Publish>, project: &str) -> Result<JobView, Problem> {
        self.run(project, None)
    }

    /// Exports a project into a folder of this machine, which must be empty or hold an earlier export.
    ///
    /// # Errors
    /// When the project is missing or the folder is not named in full or lies in ACCID's own data.
    pub fn start_into(
        &self,
        _: &Permit<Administer>,
        project: &str,
        out: PathBuf,
    ) -> Result<JobView, Problem> {
        let what = "Nothing was exported.";
        let upwards = out.components().any(|part| part == std::path::Component::ParentDir);
        if !out.is_absolute() || upwards || out.parent().is_none() {
            return Err(Problem::new(ErrorCode::InvalidPath, what)
                .because(format!("\"{}\" does not name a folder in full.", out.display()))
                .fix("Name it from the root, such as /home/ada/site, without \"..\"."));
        }
        if out.starts_with(self.0.store.root()) || self.0.store.root().starts_with(&out) {
            return Err(Problem::new(ErrorCode::InvalidPath, what)
                .because("The folder lies in ACCID's own data, or around it.")
                .fix("Choose a folder elsewhere."));
        }
        self.run(project, Some(out))
    }

    fn run(&self, project: &str, out: Option<PathBuf>) -> Result<JobView, Problem> {
        let project = self.0.project(project)?;
        if self.0.is_built_by_command(&project)? {
            return self.run_laid_out(project, out);
        }
        self.0.roles.require(Role::Builder)?;
        let out = out.unwrap_or_else(|| Builder::build_folder(&project));
        Ok(self.0.start_job("export", project.id(), move |inner, progress| {
            let report = inner.builder.build(&project, &out, progress).map_err(explain)?;
            tracing::info!(project_id = %project.id(), files = report.files.len(), "project_exported");
            Ok(result(&report))
        }))
    }

    /// The same for a project that is built by a command: what was built last is laid out.
    fn run_laid_out(
        &self,
        project: Arc<accid_store::Project>,
        out: Option<PathBuf>,
    ) -> Result<JobView, Problem> {
        if let Some(out) = out.as_deref().filter(|out| !self.0.is_of_builds(&project, out)) {
            return Err(Problem::new(ErrorCode::InvalidPath, "Nothing was exported.")
                .because(format!("{} holds files that ACCID did not write.", out.display()))
                .fix("Choose an empty folder, or one of an earlier export."));
        }
        let folder = out.unwrap_or_else(|| Builder::build_folder(&project));
        Ok(self.0.start_job("export", project.id(), move |inner, progress| {
            let site = inner.laid_out(&project, &folder, progress)?;
            let bytes: u64 = site.files.iter().map(|(_, _, bytes)| bytes).sum();
            tracing::info!(project_id = %project.id(), files = site.files.len(), "project_exported");
            Ok(json!({"path": site.folder, "files": site.files.len(), "bytes": bytes, "findings": []}))
        }))
    }
}
