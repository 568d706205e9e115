//! Use cases about files in Dropbox: looking into folders, taking pictures in, sending a site or project there. Must not
//! know how an account is kept.

use std::{collections::BTreeSet, sync::Arc};

use accid_access::{Permit, Publish, Write};
use accid_base::{ErrorCode, FieldError, Problem, Progress};
use accid_store::Project;
use accid_transfer::{CloudEntry, CloudFiles as _, CloudKind, ServiceError};
use accid_waypoint::{NewPhoto, PICTURE_ENDINGS};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Account, Service};
use crate::{Inner, JobView, Photos, Refused, Role, explain, photos::ingested};

/// Largest file that is taken in, in bytes.
const MOST_BYTES: u64 = 256_000_000;
/// Most pictures of one import.
const MOST_PICTURES: usize = 5_000;

/// A file or folder in Dropbox.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CloudEntryView {
    /// What it is.
    #[serde(flatten)]
    pub entry: CloudEntry,
    /// Whether its name says that it is a picture that can be taken in.
    pub picture: bool,
}

/// Which pictures are taken in.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ImportFromDropbox {
    /// Files, by their whole paths.
    pub paths: Vec<String>,
    /// A folder whose pictures are all taken, those of folders in it not.
    pub folder: Option<String>,
}

/// What an import brought.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ImportedView {
    /// Number of pictures that are now in the project and were not before.
    pub taken: usize,
    /// Files that were not taken in, and why.
    pub refused: Vec<Refused>,
}

/// What is sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WhatToSend {
    /// The website, as the export writes it, in one zip.
    #[default]
    Site,
    /// The project itself, in one zip that ACCID takes in again: documents, originals and history, without secrets and
    /// what can be made again.
    Project,
}

/// What is sent, and where to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SendToDropbox {
    /// What is sent.
    pub what: WhatToSend,
    /// The folder it goes to, such as `/ACCID`.
    pub folder: String,
}

impl Default for SendToDropbox {
    fn default() -> Self {
        Self { what: WhatToSend::Site, folder: "/ACCID".to_owned() }
    }
}

/// What was sent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SentView {
    /// Where it is.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Use cases about files in Dropbox.
pub struct DropboxFiles<'a>(pub(crate) &'a Arc<Inner>);

fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| PICTURE_ENDINGS.contains(&ending.as_str()))
}

/// A path as Dropbox writes it: nothing for the outermost folder, else with a slash in front.
fn checked_path(path: &str, pointer: &str) -> Result<String, Problem> {
    let path = path.trim_end_matches('/');
    let plain = path.is_empty()
        || (path.starts_with('/')
            && path.len() < 4_000
            && !path.chars().any(char::is_control)
            && !path.split('/').skip(1).any(|part| part.is_empty() || part == "." || part == ".."));
    if plain {
        return Ok(path.to_owned());
    }
    let message = "is a path of Dropbox, such as /Photos/2026";
    let errors = vec![FieldError { pointer: pointer.to_owned(), message: message.to_owned() }];
    Err(Problem::new(ErrorCode::InvalidValue, "That is no path of Dropbox.")
        .fix("Write it with a slash in front, such as /Photos/2026.")
        .with_errors(errors))
}

impl DropboxFiles<'_> {
    fn project(&self, id: &str) -> Result<Arc<Project>, Problem> {
        self.0.roles.require(Role::Vault)?;
        self.0.project(id)
    }

    /// What is in a folder of the project's Dropbox: folders, then files, by name.
    ///
    /// # Errors
    /// When the project or folder is missing, Dropbox is not connected or away.
    pub fn list(
        &self,
        _: &Permit<Write>,
        project: &str,
        folder: &str,
    ) -> Result<Vec<CloudEntryView>, Problem> {
        let project = self.project(project)?;
        let folder = checked_path(folder, "/path")?;
        let (client, _) = self.0.dropbox(Some(&project))?;
        let entries = self.0.ask(Service::Dropbox, || client.ask(|dropbox| dropbox.list(&folder)))?;
        let view = |entry: CloudEntry| CloudEntryView {
            picture: entry.kind == CloudKind::File && is_picture(&entry.name),
            entry,
        };
        Ok(entries.into_iter().map(view).collect())
    }

    /// A small JPEG of a picture of the project's Dropbox.
    ///
    /// # Errors
    /// As [`DropboxFiles::list`], or when there is no such picture or Dropbox cannot make it small.
    pub fn thumbnail(&self, _: &Permit<Write>, project: &str, path: &str) -> Result<Vec<u8>, Problem> {
        let project = self.project(project)?;
        let path = checked_path(path, "/path")?;
        let (client, _) = self.0.dropbox(Some(&project))?;
        self.0.ask(Service::Dropbox, || client.ask(|dropbox| dropbox.thumbnail(&path)))
    }

    /// Takes pictures in; those that are there already are left out, so that an import that was cut off is simply
    /// begun again.
    ///
    /// # Errors
    /// When the project is missing, nothing is named, or Dropbox is not connected; what goes wrong later is told by
    /// the job.
    pub fn import(
        &self,
        permit: &Permit<Write>,
        project: &str,
        request: ImportFromDropbox,
    ) -> Result<JobView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let project = Photos(self.0).writable(project)?;
        let mut paths = BTreeSet::new();
        for (index, path) in request.paths.iter().enumerate() {
            paths.insert(checked_path(path, &format!("/paths/{index}"))?);
        }
        let folder = request.folder.as_deref().map(|folder| checked_path(folder, "/folder")).transpose()?;
        if (paths.is_empty() && folder.is_none()) || paths.len() > MOST_PICTURES {
            let message = format!("names 1 to {MOST_PICTURES} pictures");
            let errors = vec![FieldError { pointer: "/paths".to_owned(), message }];
            return Err(Problem::new(ErrorCode::InvalidValue, "Nothing was taken in.")
                .fix("Choose pictures, or a folder of them.")
                .with_errors(errors));
        }
        let (client, _) = self.0.dropbox(Some(&project))?;
        let by = permit.author().to_owned();
        Ok(self.0.start_job("dropbox-import", project.id(), move |inner, progress| {
            let from = Source { client: client.as_ref(), paths, folder };
            let imported = inner.import_pictures(&project, &by, from, progress)?;
            let (taken, refused) = (imported.taken, imported.refused.len());
            tracing::info!(project_id = %project.id(), photos = taken, refused, "photos_imported");
            serde_json::to_value(imported).map_err(|error| {
                Problem::new(ErrorCode::Internal, format!("What was taken in cannot be told: {error}."))
            })
        }))
    }

    /// Makes a zip and sends it; a file of its name that is there already stays as it is.
    ///
    /// # Errors
    /// When the project is missing or Dropbox is not connected; what goes wrong later is told by the job.
    pub fn send(
        &self,
        permit: &Permit<Publish>,
        project: &str,
        request: &SendToDropbox,
    ) -> Result<JobView, Problem> {
        let project = self.project(project)?;
        if request.what == WhatToSend::Site {
            self.0.roles.require(Role::Builder)?;
        }
        let folder = checked_path(&request.folder, "/folder")?;
        let (client, _) = self.0.dropbox(Some(&project))?;
        let (what, by) = (request.what, permit.author().to_owned());
        Ok(self.0.start_job("dropbox-send", project.id(), move |inner, progress| {
            let (name, zip) = match what {
                WhatToSend::Site => ("site", inner.zip_of_site(&project, progress)?),
                WhatToSend::Project => ("project", inner.zip_of_project(&project, progress)?),
            };
            let slug = inner.vault.blotter(&project).map_err(explain)?.blotter.slug;
            let day = inner.clock.now().to_string().chars().take(10).collect::<String>();
            let path = format!("{folder}/{slug}-{name}-{day}.zip");
            let sent = inner.ask_patiently(Service::Dropbox, progress, || {
                client.ask(|dropbox| dropbox.upload(&path, &zip, progress))
            })?;
            tracing::info!(project_id = %project.id(), what = name, bytes = sent.bytes, by, "sent_to_dropbox");
            Ok(json!({ "path": sent.path, "bytes": sent.bytes }))
        }))
    }
}

/// Where an import gets its pictures from.
struct Source<'a> {
    client: &'a Account,
    paths: BTreeSet<String>,
    folder: Option<String>,
}

impl Inner {
    fn import_pictures(
        &self,
        project: &Project,
        by: &str,
        from: Source<'_>,
        progress: &dyn Progress,
    ) -> Result<ImportedView, Problem> {
        let Source { client, mut paths, folder } = from;
        if let Some(folder) = &folder {
            let list = || client.ask(|dropbox| dropbox.list(folder));
            let found = self.ask_patiently(Service::Dropbox, progress, list)?;
            let pictures = found.into_iter().filter(|entry| is_picture(&entry.name));
            paths.extend(pictures.map(|entry| entry.path).take(MOST_PICTURES));
        }
        let total = paths.len();
        let mut imported = ImportedView { taken: 0, refused: Vec::new() };
        for (index, path) in paths.iter().enumerate() {
            let name = path.rsplit('/').next().unwrap_or_default();
            progress.step(index, total, name);
            if progress.cancelled() {
                return Err(broken_off(explain(ServiceError::Cancelled), &imported, total));
            }
            let download = || client.ask(|dropbox| dropbox.download(path, MOST_BYTES));
            let bytes = match self.ask_patiently(Service::Dropbox, progress, download) {
                Ok(bytes) => bytes,
                // Of a file that cannot be had the others are not the worse.
                Err(problem) if is_of_one_file(&problem) => {
                    let name = name.to_owned();
                    imported.refused.push(Refused { name, reason: problem.sentence(), photo: None });
                    continue;
                }
                Err(problem) => return Err(broken_off(problem, &imported, total)),
            };
            let new = NewPhoto { name, bytes: &bytes };
            let taken = self.waypoint.ingest(project, by, &new).map_err(explain)?;
            match ingested(self, name, taken) {
                Ok(_) => imported.taken += 1,
                Err(refused) => imported.refused.push(refused),
            }
        }
        progress.step(total, total, "");
        Ok(imported)
    }
}

fn is_of_one_file(problem: &Problem) -> bool {
    matches!(problem.code, ErrorCode::ObjectNotFound | ErrorCode::TooLarge | ErrorCode::ServiceRefused)
}

/// What a person is told when an import ends early: what is here stays.
fn broken_off(problem: Problem, imported: &ImportedView, total: usize) -> Problem {
    let taken = imported.taken;
    let what = format!("{taken} of {total} pictures were taken in. {}", problem.what);
    let details: Value = json!({ "taken": taken, "total": total });
    Problem { what, ..problem }
        .fix("Import them again: those that are here are left out.")
        .with_details(details)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_dropbox_begins_with_a_slash_and_stays_in_its_folder() {
        for (good, kept) in [("", ""), ("/", ""), ("/Photos/", "/Photos"), ("/Über uns/a b", "/Über uns/a b")]
        {
            assert_eq!(checked_path(good, "/path").unwrap(), kept);
        }
        for bad in ["Photos", "/a//b", "/../x", "/a/./b", "/a\nb", "https://x"] {
            assert!(checked_path(bad, "/path").is_err(), "{bad}");
        }
    }

    #[test]
    fn pictures_are_known_by_their_endings() {
        assert!(is_picture("A.JPG") && is_picture("a.heic") && !is_picture("jpg") && !is_picture("a.zip"));
    }
}
