//! Why a backup, or a restore from one, did not come about, in words for a person. No password is ever in them.

use std::{io, path::PathBuf};

use accid_base::{ErrorCode, Explain, Problem, capitalised, sentence};
use accid_transfer::TransferError;

/// Why it did not come about. Older backups are as they were, unless a variant says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The address cannot be understood.
    #[error("the address of the backup cannot be used: {reason}")]
    InvalidUrl {
        /// What is wrong with it, a sentence without its full stop.
        reason: String,
    },
    /// The folder or server refused, or cannot be reached.
    #[error(transparent)]
    Place(#[from] TransferError),
    /// The object storage refused.
    #[error("{place} refused {what}: {reason}")]
    Refused {
        /// Where.
        place: String,
        /// What was asked of it.
        what: &'static str,
        /// What it says.
        reason: String,
    },
    /// The object storage does not know the key.
    #[error("{place} did not accept the access key: {reason}")]
    SignIn {
        /// Where.
        place: String,
        /// What it says.
        reason: String,
    },
    /// The object storage cannot be reached, or the connection broke.
    #[error("the connection to {place} failed: {reason}")]
    Unreachable {
        /// Where.
        place: String,
        /// What the system says.
        reason: String,
    },
    /// No key of the repository opens with the password.
    #[error("the backup at {place} does not open with this password")]
    WrongPassword {
        /// Where.
        place: String,
    },
    /// There is no repository yet.
    #[error("there is no backup at {place} yet")]
    Empty {
        /// Where.
        place: String,
    },
    /// There is no such snapshot.
    #[error("there is no backup {0}")]
    SnapshotNotFound(String),
    /// The snapshot does not have it.
    #[error("the backup has no {0}")]
    NotInSnapshot(String),
    /// The folder to restore into is not empty.
    #[error("{} is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// What is stored is not what was put in.
    #[error("the backup at {place} is damaged: {reason}")]
    Damaged {
        /// Where.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of this machine could not be read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A person stopped it.
    #[error("the backup was stopped")]
    Cancelled,
}

impl BackupError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

const AGAIN: &str = "Older backups are as they were. Try again.";

/// What the steps of publishing say, said of a backup.
fn of_place(error: &TransferError) -> Problem {
    let code = match error {
        TransferError::PinChanged { .. } => return error.problem(),
        TransferError::InvalidUrl { .. }
        | TransferError::UnsupportedScheme { .. }
        | TransferError::OwnData { .. } => ErrorCode::InvalidValue,
        TransferError::Cancelled => ErrorCode::Cancelled,
        _ => ErrorCode::BackupFailed,
    };
    let fix = match error {
        TransferError::InvalidUrl { .. } | TransferError::UnsupportedScheme { .. } => ADDRESSES,
        TransferError::OwnData { .. } => "Choose a folder elsewhere, best on another disk.",
        TransferError::SignIn { .. } => {
            "Check the user name in the address, and enter the password or key again."
        }
        TransferError::Busy { .. } => "Wait until it is done, then try again.",
        TransferError::Io { .. } => {
            "Look at the folder's rights and the free space. Older backups are as they were."
        }
        _ => AGAIN,
    };
    let said = match error {
        TransferError::Busy { place, holder } => format!("another ACCID works at {place}: {holder}"),
        other => other.to_string(),
    };
    Problem::new(code, "The backup did not come about.").because(sentence(&capitalised(&said))).fix(fix)
}

pub(crate) const ADDRESSES: &str = "Write a folder as file:///media/stick/backup, a server as sftp://name@host/folder, object storage as s3://ACCESS-KEY@host/bucket/folder.";

impl Explain for BackupError {
    fn problem(&self) -> Problem {
        let new = |code: ErrorCode| Problem::new(code, sentence(&capitalised(&self.to_string())));
        let failed = |why: &str| {
            Problem::new(ErrorCode::BackupFailed, "The backup did not come about.")
                .because(sentence(&capitalised(why)))
        };
        match self {
            Self::InvalidUrl { reason } => {
                Problem::new(ErrorCode::InvalidValue, "The address of the backup cannot be used.")
                    .because(format!("{reason}."))
                    .fix(ADDRESSES)
            }
            Self::Place(error) => of_place(error),
            Self::Refused { .. } => failed(&self.to_string())
                .fix("Look at the bucket's rights and the free space there. Older backups are as they were."),
            Self::SignIn { .. } => failed(&self.to_string())
                .fix("Check the access key in the address, and enter its secret again."),
            Self::Unreachable { .. } => failed(&self.to_string()).fix(AGAIN),
            Self::WrongPassword { .. } => new(ErrorCode::BackupPasswordWrong)
                .because("A backup is encrypted with the password it was begun with, and nobody can open it without.")
                .fix("Enter that password, or choose another folder to begin a new backup."),
            Self::Empty { .. } => new(ErrorCode::BackupNotFound)
                .because("The first backup makes it.")
                .fix("Start a backup, or check the address."),
            Self::SnapshotNotFound(_) => new(ErrorCode::BackupNotFound)
                .because("It may have been thinned out.")
                .fix("Look at the list of backups."),
            Self::NotInSnapshot(_) => new(ErrorCode::BackupNotFound)
                .because("It was made later, or had been removed before.")
                .fix("Look into the backup, or choose another."),
            Self::NotEmpty(_) => new(ErrorCode::InvalidPath)
                .because("A restore never mixes with what is there already.")
                .fix("Name an empty folder or a new one."),
            Self::Damaged { .. } => new(ErrorCode::BackupFailed)
                .because("What it gave back is not what was put in.")
                .fix("Restore from another backup, and begin a new one at another place."),
            Self::Io { path, source } => {
                Problem::new(ErrorCode::BackupFailed, format!("{} cannot be read or written.", path.display()))
                    .because(format!("The system says: {source}."))
                    .fix("Look at its rights and the free space, then try again.")
            }
            Self::Cancelled => new(ErrorCode::Cancelled)
                .because("Somebody asked for it.")
                .fix("Older backups are as they were; start it again when you like."),
        }
    }
}
