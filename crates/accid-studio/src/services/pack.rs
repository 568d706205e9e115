//! Zips of a site and of a project, in memory. Must not know where they go.

use std::io::Write as _;

use accid_base::{ErrorCode, Problem, Progress};
use accid_store::Project;
use accid_transfer::ServiceError;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{Inner, explain};

fn failed(error: &dyn std::fmt::Display) -> Problem {
    Problem::new(ErrorCode::Internal, "The zip could not be made.").because(format!("{error}."))
}

/// A zip that grows; the same files give the same bytes.
struct Zip(ZipWriter<std::io::Cursor<Vec<u8>>>);

impl Zip {
    fn new() -> Self {
        Self(ZipWriter::new(std::io::Cursor::new(Vec::new())))
    }

    fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), Problem> {
        let ending = path.rsplit('.').next().unwrap_or_default();
        let packed = matches!(
            ending,
            "jpg" | "jpeg" | "png" | "webp" | "avif" | "gif" | "heic" | "woff2" | "zip" | "mp4" | "webm"
        );
        let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.0.start_file(path, options).map_err(|error| failed(&error))?;
        self.0.write_all(bytes).map_err(|error| failed(&error))
    }

    fn end(self) -> Result<Vec<u8>, Problem> {
        Ok(self.0.finish().map_err(|error| failed(&error))?.into_inner())
    }
}

fn go_on(progress: &dyn Progress) -> Result<(), Problem> {
    if progress.cancelled() { Err(explain(ServiceError::Cancelled)) } else { Ok(()) }
}

impl Inner {
    /// The website, as the export writes it.
    pub(super) fn zip_of_site(&self, project: &Project, progress: &dyn Progress) -> Result<Vec<u8>, Problem> {
        let site = self.built(project, progress)?;
        let mut zip = Zip::new();
        for (path, _, _) in &site.files {
            go_on(progress)?;
            zip.add(path.as_str(), &self.builder.read_built(&site.folder, path.as_str()).map_err(explain)?)?;
        }
        zip.end()
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
