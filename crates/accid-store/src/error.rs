//! Everything that can go wrong in the store, and how a person reads it. Must not know transports.

use std::{
    io,
    path::{Path, PathBuf},
};

use accid_base::{ErrorCode, Explain, Id, Problem, RelativePath, sentence};

use crate::Stored;

/// Why the store could not do something. Nothing was changed unless it says so.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk refused.
    #[error("could not {action} {}: {source}", path.display())]
    Io {
        /// What was tried, such as `write`.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process holds the data root.
    #[error("the data folder is in use by another ACCID (process {pid}{})", at_url(url))]
    InUse {
        /// Where that process listens; empty when it has not said.
        url: String,
        /// Its process id; 0 when it has not said.
        pid: u32,
    },
    /// No project has this id, slug or folder name.
    #[error("there is no project \"{0}\"")]
    ProjectNotFound(String),
    /// The project was moved to the trash or its folder was taken away while it was open.
    #[error("the project \"{0}\" is no longer open")]
    ProjectClosed(Id),
    /// No change or version has this id.
    #[error("there is no version {0}")]
    VersionNotFound(Id),
    /// The object is neither in the project nor in the version that was named.
    #[error("there is no object {0}")]
    ObjectNotFound(RelativePath),
    /// There is no such original in the project.
    #[error("there is no media file {0}")]
    MediaNotFound(String),
    /// The object is not what the writer thought it was; nothing was written.
    #[error("{path} was changed by somebody else meanwhile")]
    Stale {
        /// The object.
        path: RelativePath,
        /// What it is now; `None` when it does not exist.
        current: Option<Stored>,
    },
    /// The path is not one of a project's documents.
    #[error("{path} is not a document of a project: {reason}")]
    NotADocument {
        /// The path.
        path: RelativePath,
        /// Why not.
        reason: &'static str,
    },
    /// The value cannot be kept as JSON that everybody can read again.
    #[error("{path} cannot be stored: {reason}")]
    Unstorable {
        /// The object.
        path: String,
        /// Why not.
        reason: String,
    },
    /// A project of this identity is here already, or in the trash.
    #[error("the project {0} is here already")]
    ProjectExists(Id),
    /// The project is a replica: another ACCID owns it.
    #[error("this project is edited on \"{0}\"")]
    Elsewhere(String),
    /// No project can be in that folder.
    #[error("{} cannot be the folder of a project: {reason}", path.display())]
    NoPlace {
        /// The folder.
        path: PathBuf,
        /// Why not.
        reason: &'static str,
    },
    /// Another ACCID works on the folder.
    #[error("another ACCID works on {}{}", path.display(), at_url(url))]
    FolderInUse {
        /// The folder.
        path: PathBuf,
        /// Where it listens; empty when it has not said.
        url: String,
    },
    /// The folder holds a project that is one of these already.
    #[error("{} holds the same project as {}", path.display(), other.display())]
    OpenAlready {
        /// The folder.
        path: PathBuf,
        /// Where that project lies.
        other: PathBuf,
    },
    /// The project is not where it was looked for.
    #[error("\"{name}\" is not in {}", path.display())]
    NotFoundThere {
        /// Name of the project.
        name: String,
        /// Where it was looked for.
        path: PathBuf,
    },
    /// What lies on disk cannot be read.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// In which way.
        reason: String,
    },
}

fn at_url(url: &str) -> String {
    if url.is_empty() { String::new() } else { format!(" at {url}") }
}

impl StoreError {
    /// Makes the error of an IO call on that path.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_path_buf(), source }
    }
}

fn explain_io(action: &str, path: &Path, source: &io::Error) -> Problem {
    let fix = match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "Free some space and try again.",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "Make the data folder writable for the user that runs ACCID."
        }
        _ => "Check the disk and try again; everything that was acknowledged before is safe.",
    };
    Problem::new(ErrorCode::Storage, format!("ACCID could not {action} {}.", path.display()))
        .because(format!("The system says: {source}."))
        .fix(fix)
}

impl Explain for StoreError {
    fn problem(&self) -> Problem {
        let what = sentence(&self.to_string());
        match self {
            Self::Io { action, path, source } => explain_io(action, path, source),
            Self::InUse { .. } => Problem::new(ErrorCode::DataInUse, what)
                .because("Only one process may own a data folder.")
                .fix("Use the one that runs, stop it, or name another folder with --data."),
            Self::ProjectNotFound(_) | Self::ProjectClosed(_) => {
                Problem::new(ErrorCode::ProjectNotFound, what).fix("See the list of projects.")
            }
            Self::VersionNotFound(_) => Problem::new(ErrorCode::VersionNotFound, what)
                .because("It never existed, or was thinned out by the retention setting.")
                .fix("Choose one from the list of versions."),
            Self::ObjectNotFound(_) => Problem::new(ErrorCode::ObjectNotFound, what),
            Self::MediaNotFound(_) => Problem::new(ErrorCode::ObjectNotFound, what)
                .because("The original is not in the project's media folder.")
                .fix("Add the picture again, or restore the file from a backup."),
            Self::Stale { current, .. } => {
                let details = match current {
                    Some(stored) => {
                        serde_json::json!({"current": *stored.value, "etag": stored.hash.to_string()})
                    }
                    None => serde_json::json!({"current": null, "etag": null}),
                };
                Problem::new(ErrorCode::Stale, what)
                    .because("Saving now would overwrite that change.")
                    .fix("Read it again, take over what you want to keep, and save.")
                    .with_details(details)
            }
            Self::Elsewhere(name) => Problem::new(ErrorCode::EditedElsewhere, what)
                .because("It is kept here as a copy, so that its history is safe and it can be published.")
                .fix(format!("Change it on \"{name}\"; here it follows within a moment.")),
            Self::ProjectExists(_) => Problem::new(ErrorCode::NameTaken, what)
                .because("Two projects never have the same identity.")
                .fix("Take it in as a copy."),
            Self::NoPlace { .. } => Problem::new(ErrorCode::InvalidPath, what).fix("Choose another folder."),
            Self::FolderInUse { .. } => Problem::new(ErrorCode::DataInUse, what)
                .because("Only one process may work on a project's folder.")
                .fix("Close the project there, or end that ACCID."),
            Self::OpenAlready { .. } => Problem::new(ErrorCode::NameTaken, what)
                .because("Two copies of one project would overwrite each other's history.")
                .fix("Duplicate the project in ACCID instead, or give the copy's accid_blotter.json another id."),
            Self::NotFoundThere { .. } => Problem::new(ErrorCode::ProjectNotFound, what)
                .because("The folder and four levels below it were looked through for its accid_blotter.json.")
                .fix("Connect the disk it is on, or name the folder that it is in now."),
            Self::NotADocument { .. } => Problem::new(ErrorCode::InvalidPath, what),
            Self::Unstorable { .. } => Problem::new(ErrorCode::InvalidValue, what),
            Self::Damaged { .. } => Problem::new(ErrorCode::DamagedDocument, what)
                .fix("Run \"accid validate --repair\", or restore the file from a version or a backup."),
        }
    }
}
