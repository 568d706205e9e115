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
    /// There is no such entry in the trash.
    #[error("there is no \"{0}\" in the trash")]
    EntryNotFound(String),
    /// The version does not have it.
    #[error("the version has no {0}")]
    NotInVersion(String),
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
            Self::EntryNotFound(_) => new(ErrorCode::ObjectNotFound)
                .because("It may have been restored or emptied already.")
                .fix("Look at the list of the trash."),
            Self::NotInVersion(_) => new(ErrorCode::ObjectNotFound)
                .because("It was made later, or had been removed before.")
                .fix("Choose another version."),
            Self::NoPlace { fix, .. } => new(ErrorCode::NameTaken).fix(fix.clone()),
        }
    }
}
