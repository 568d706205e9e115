//! Why publishing failed, in words for the person who asked for it. Addresses are never shown whole: they may hold a
//! password.

use std::{io, path::PathBuf};

use accid_base::{ErrorCode, Explain, Problem, RelativePath};

/// Why a site was not published. What was online before still is, unless a variant says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The address cannot be understood.
    #[error("the address to publish to cannot be used: {reason}")]
    InvalidUrl {
        /// What is wrong with it.
        reason: String,
    },
    /// An address of a kind that this ACCID does not publish to.
    #[error("this version of ACCID publishes to folders, not to {scheme} addresses")]
    UnsupportedScheme {
        /// What stands before `://`.
        scheme: String,
    },
    /// The folder is a part of ACCID's own data, or holds it.
    #[error("{} is part of ACCID's own data or holds it", .folder.display())]
    OwnData {
        /// The folder.
        folder: PathBuf,
    },
    /// Another publish to the same place is going on.
    #[error("another publish to {place} is going on")]
    Busy {
        /// Where.
        place: String,
    },
    /// Files would be overwritten that ACCID did not put there.
    #[error("{} files at {place} would be overwritten that ACCID did not put there, the first is {}", .files.len(), .files[0])]
    Foreign {
        /// Where.
        place: String,
        /// The files; at least one.
        files: Vec<RelativePath>,
    },
    /// The list of what was published cannot be read.
    #[error("the list of published files at {place} cannot be read: {reason}")]
    DamagedManifest {
        /// Where.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A newer ACCID published there.
    #[error("a newer ACCID published to {place}")]
    NewerManifest {
        /// Where.
        place: String,
    },
    /// The list of files to publish is not sound.
    #[error("the build cannot be published: {reason}")]
    InvalidBuild {
        /// What is wrong with it.
        reason: String,
    },
    /// A file of the build is not what the build says it is.
    #[error("{path} changed while it was published")]
    BuildChanged {
        /// The file.
        path: RelativePath,
    },
    /// A file did not arrive as it was sent.
    #[error("{path} did not arrive at {place} as it was sent")]
    Damaged {
        /// Where.
        place: String,
        /// The file.
        path: RelativePath,
    },
    /// The person stopped it.
    #[error("publishing was stopped")]
    Cancelled,
    /// The disk refused.
    #[error("{path}: {source}", path = .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl TransferError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

const STILL_ONLINE: &str = "What was online before still is. Publish again.";

impl Explain for TransferError {
    fn problem(&self) -> Problem {
        let failed = |what: String| Problem::new(ErrorCode::PublishFailed, what);
        match self {
            Self::InvalidUrl { reason } => {
                Problem::new(ErrorCode::InvalidValue, "The address to publish to cannot be used.")
                    .because(format!("{reason}."))
                    .fix("Write the folder as file:///srv/www/site (on Windows file:///C:/site).")
            }
            Self::UnsupportedScheme { scheme } => Problem::new(
                ErrorCode::InvalidValue,
                format!("This version of ACCID publishes to folders, not to {scheme} addresses."),
            )
            .fix("Publish to a folder such as file:///srv/www/site and copy it from there."),
            Self::OwnData { folder } => Problem::new(
                ErrorCode::InvalidValue,
                format!("{} cannot be published to.", folder.display()),
            )
            .because("It is part of the folder in which ACCID keeps its own data, or holds that folder.")
            .fix("Choose a folder elsewhere."),
            Self::Busy { place } => failed(format!("Another publish to {place} is going on."))
                .fix("Wait until it is done, then publish again."),
            Self::Foreign { place, files } => explain_foreign(place, files),
            Self::DamagedManifest { place, reason } => {
                failed(format!("The list of what ACCID published to {place} cannot be read."))
                    .because(format!("The file .accid/manifest.json there is damaged: {reason}."))
                    .fix("Publish to an empty folder, or remove the folder .accid and all pages there and publish again.")
            }
            Self::NewerManifest { place } => failed(format!("A newer ACCID published to {place}."))
                .because("This one does not understand the list of files it left there.")
                .fix("Update ACCID, or publish to another folder."),
            Self::InvalidBuild { reason } => failed("The site cannot be published.".to_owned())
                .because(format!("{reason}."))
                .fix("Rename the page or picture."),
            Self::BuildChanged { path } => failed(format!("The file {path} changed while it was published."))
                .fix(STILL_ONLINE),
            Self::Damaged { place, path } => {
                failed(format!("The file {path} did not arrive at {place} as it was sent."))
                    .because("The disk or the connection may be faulty.")
                    .fix(STILL_ONLINE)
            }
            Self::Cancelled => Problem::new(ErrorCode::Cancelled, "Publishing was stopped.")
                .because("Somebody asked for it.")
                .fix("What was online before still is; publish again to go on."),
            Self::Io { path, source } => failed(format!("{} cannot be read or written.", path.display()))
                .because(format!("The system says: {source}."))
                .fix("Look at the folder's rights and the free space, then publish again; every page online is whole."),
        }
    }
}

fn explain_foreign(place: &str, files: &[RelativePath]) -> Problem {
    let shown: Vec<_> = files.iter().take(5).map(RelativePath::as_str).collect();
    let more = files.len().saturating_sub(shown.len());
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    Problem::new(ErrorCode::PublishFailed, format!("Nothing was published to {place}."))
        .because(format!(
            "It already holds files that ACCID did not put there and would overwrite: {}{more}.",
            shown.join(", ")
        ))
        .fix("Move those files away, or publish to an empty folder.")
        .with_details(serde_json::json!({ "files": files }))
}
