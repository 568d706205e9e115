//! What can go wrong in the Vault, and how it is said to a person.

use accid_base::{ErrorCode, Explain, FieldError, InvalidPath, Problem, sentence};
use accid_model::ModelError;
use accid_store::StoreError;
use accid_transfer::TransferError;

/// Why the Vault could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A document is not what it should be.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A file cannot have that name.
    #[error(transparent)]
    Path(#[from] InvalidPath),
    /// The place to publish to refused.
    #[error(transparent)]
    Transfer(#[from] TransferError),
    /// A value is not acceptable.
    #[error("{what}")]
    Invalid {
        /// What was to be done.
        what: String,
        /// Which value, as a JSON pointer.
        pointer: &'static str,
        /// Why it is not acceptable.
        reason: String,
    },
    /// There is no such environment.
    #[error("the project has no environment \"{0}\"")]
    EnvironmentNotFound(String),
    /// The keyring of the system does not open the credentials.
    #[error("the passwords and keys are locked")]
    Keyring {
        /// What it says.
        reason: String,
    },
    /// The credentials are locked.
    #[error("the credentials are locked")]
    CredentialsLocked {
        /// Why, a sentence without its full stop.
        reason: &'static str,
    },
    /// The environment has no credentials for its server.
    #[error("the environment \"{environment}\" has no password or key for {server} yet")]
    CredentialsMissing {
        /// The environment.
        environment: String,
        /// The server.
        server: String,
    },
    /// A file about credentials cannot be read or written.
    #[error("{} cannot be used: {reason}", .path.display())]
    CredentialsUnreadable {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        reason: String,
    },
    /// There is no such release to go back to.
    #[error("there is no release to go back to")]
    ReleaseNotFound,
    /// There is no such entry in the trash.
    #[error("there is no \"{0}\" in the trash")]
    EntryNotFound(String),
    /// The version does not have it.
    #[error("the version has no {0}")]
    NotInVersion(String),
    /// There is no built site to keep or publish.
    #[error("{reason}")]
    Unbuilt {
        /// Why not.
        reason: String,
    },
    /// A person stopped it.
    #[error("it was stopped")]
    Stopped,
    /// What it belongs to is gone.
    #[error("{what}")]
    NoPlace {
        /// What could not be done.
        what: String,
        /// What to do first.
        fix: String,
    },
}

impl VaultError {
    pub(crate) fn invalid(what: &str, pointer: &'static str, reason: impl Into<String>) -> Self {
        Self::Invalid { what: what.to_owned(), pointer, reason: reason.into() }
    }
}

impl Explain for VaultError {
    fn problem(&self) -> Problem {
        let new = |code: ErrorCode| Problem::new(code, sentence(&self.to_string()));
        match self {
            Self::Store(error) => error.problem(),
            Self::Model(error) => error.problem(),
            Self::Path(error) => error.problem(),
            Self::Transfer(error) => error.problem(),
            Self::Invalid { pointer, reason, .. } => new(ErrorCode::InvalidValue)
                .because(sentence(reason))
                .fix("Mend the named value and try again.")
                .with_errors(vec![FieldError { pointer: (*pointer).to_owned(), message: reason.clone() }]),
            Self::EnvironmentNotFound(name) => new(ErrorCode::EnvironmentNotFound)
                .because("Environments are named by the project's owner; there is none by itself.")
                .fix(format!("Add it first: accid env set PROJECT {name} --url file:///path/to/folder.")),
            Self::CredentialsLocked { reason } => new(ErrorCode::CredentialsLocked)
                .because(format!("{reason}."))
                .fix("Unlock them in the studio's settings, under Passwords and keys; on the command line name the passphrase with --passphrase-file or ACCID_PASSPHRASE, or a key file with ACCID_KEY_FILE. All else goes on."),
            Self::Keyring { reason } => new(ErrorCode::CredentialsLocked)
                .because(format!("{reason}."))
                .fix("Sign in to the desktop of this machine and unlock them in the studio's settings, or protect them by a passphrase or a key file while they are open. All else goes on."),
            Self::CredentialsMissing { .. } => new(ErrorCode::CredentialsMissing)
                .because("None was entered, or the address has changed since.")
                .fix("Enter it in the studio under Publish, or set the environment again with --password-stdin or --key."),
            Self::CredentialsUnreadable { .. } => new(ErrorCode::Storage)
                .fix("Look at that file and its rights; publishing to servers needs it, nothing else does."),
            Self::ReleaseNotFound => new(ErrorCode::VersionNotFound)
                .because("ACCID keeps what it published last, and there was nothing before it.")
                .fix("Look at the list of releases, or restore a version of the project and publish it."),
            Self::EntryNotFound(_) => new(ErrorCode::ObjectNotFound)
                .because("It may have been restored or emptied already.")
                .fix("Look at the list of the trash."),
            Self::NotInVersion(_) => new(ErrorCode::ObjectNotFound)
                .because("It was made later, or had been removed before.")
                .fix("Choose another version."),
            Self::Unbuilt { .. } => Problem::new(ErrorCode::BuildFailed, "There is no built site.")
                .because(sentence(&self.to_string()))
                .fix("Look at the build command and its output folder, and build again."),
            Self::Stopped => new(ErrorCode::Cancelled).fix("Start it again when you like."),
            Self::NoPlace { fix, .. } => new(ErrorCode::NameTaken).fix(fix.clone()),
        }
    }
}
