//! Why publishing failed, in words for the person who asked for it. Addresses are never shown whole: they may hold a
//! password. What a server says is shown shortened and without control characters.

use std::{io, path::PathBuf};

use accid_base::{ErrorCode, Explain, Problem, RelativePath};

use crate::Pin;

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
    #[error("this version of ACCID does not publish to {scheme} addresses")]
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
        /// Who does it and since when, when that is known.
        holder: String,
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
    /// The server cannot be reached, or the connection broke.
    #[error("the connection to {place} failed: {reason}")]
    Unreachable {
        /// Where.
        place: String,
        /// What the system says.
        reason: String,
    },
    /// The server does not let us in.
    #[error("{place} did not accept the sign-in: {reason}")]
    SignIn {
        /// Where.
        place: String,
        /// What the server says, or what is missing.
        reason: String,
    },
    /// The server shows another key or certificate than before. No password was sent.
    #[error("{place} is not the server it was: it shows another {}", .shown.kind.name())]
    PinChanged {
        /// Where.
        place: String,
        /// What is known of it.
        known: Pin,
        /// What it shows now.
        shown: Pin,
    },
    /// The server does not protect the connection as the address asks. No password was sent.
    #[error("{place} does not protect the connection: {reason}")]
    Unprotected {
        /// Where.
        place: String,
        /// What the server says.
        reason: String,
    },
    /// The server refused to do something.
    #[error("{place} refused {what}: {reason}")]
    Refused {
        /// Where.
        place: String,
        /// What was asked of it.
        what: String,
        /// What the server says.
        reason: String,
    },
    /// The server answers what no honest server does.
    #[error("{place} does not behave as it should: {reason}")]
    Hostile {
        /// Where.
        place: String,
        /// What it did.
        reason: String,
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

impl crate::PinKind {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HostKey => "host key",
            Self::Certificate => "certificate",
        }
    }
}

impl TransferError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

/// What a server said, fit to be shown: one line, short, nothing that moves a terminal's cursor.
pub(crate) fn quoted(text: &str) -> String {
    let plain: String =
        text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    plain.trim().trim_end_matches('.').chars().take(200).collect()
}

const STILL_ONLINE: &str = "What was online before still is. Publish again.";

impl Explain for TransferError {
    fn problem(&self) -> Problem {
        let failed = |what: String| Problem::new(ErrorCode::PublishFailed, what);
        match self {
            Self::InvalidUrl { reason } => {
                Problem::new(ErrorCode::InvalidValue, "The address to publish to cannot be used.")
                    .because(format!("{reason}."))
                    .fix("Write a folder as file:///srv/www/site, a server as sftp://name@host/folder.")
            }
            Self::UnsupportedScheme { scheme } => Problem::new(
                ErrorCode::InvalidValue,
                format!("This version of ACCID does not publish to {scheme} addresses."),
            )
            .fix("Use sftp://, ftps://, ftp://, file:/// for a folder, or zip:/// for an archive to hand in."),
            Self::OwnData { folder } => Problem::new(
                ErrorCode::InvalidValue,
                format!("{} cannot be published to.", folder.display()),
            )
            .because("It is part of the folder in which ACCID keeps its own data, or holds that folder.")
            .fix("Choose a folder elsewhere."),
            Self::Busy { place, holder } => failed(format!("Another publish to {place} is going on."))
                .because(holder.clone())
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
            of_server => of_server.problem_of_server(),
        }
    }
}

impl TransferError {
    /// What a server did, in words.
    fn problem_of_server(&self) -> Problem {
        let failed = |what: String| Problem::new(ErrorCode::PublishFailed, what);
        match self {
            Self::Unreachable { place, reason } => failed(format!("The connection to {place} failed."))
                .because(format!("{}.", accid_base::capitalised(reason)))
                .fix("Look at the address and your network, then publish again: it goes on where it was cut, and every page online is whole."),
            Self::SignIn { place, reason } => failed(format!("{place} did not accept the sign-in."))
                .because(format!("It says: {reason}."))
                .fix("Check the user name in the address, and enter the password or key again."),
            Self::PinChanged { place, known, shown } => Problem::new(
                ErrorCode::HostKeyChanged,
                format!("{place} is not the server it was: it shows another {}.", shown.kind.name()),
            )
            .because(format!("Known is {known}, shown was {shown}. No password was sent."))
            .fix("Ask your host whether it changed. If so, accept the new one; if not, somebody may be listening.")
            .with_details(serde_json::json!({
                "kind": shown.kind, "known": known.to_string(), "shown": shown.to_string(),
                "shown_sha256": shown.sha256,
            })),
            Self::Unprotected { place, reason } => {
                failed(format!("{place} does not protect the connection, so no password was sent."))
                    .because(format!("It says: {reason}."))
                    .fix("Use sftp:// if your host has it, or ftp:// to send the password without protection.")
            }
            Self::Refused { place, what, reason } => failed(format!("{place} refused {what}."))
                .because(format!("It says: {reason}."))
                .fix("Look at the folder's rights and the free space there, then publish again; every page online is whole."),
            Self::Hostile { place, reason } => failed(format!("{place} does not behave as it should."))
                .because(format!("{}.", accid_base::capitalised(reason)))
                .fix("Nothing was done with it. Ask your host, or use sftp://."),
            other => failed(format!("{}.", accid_base::capitalised(&other.to_string()))),
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
