//! Why a service did not do what was asked, in words for the person who asked.

use std::time::Duration;

use accid_base::{ErrorCode, Explain, Problem};

/// Why a service did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// Nobody answers, or not in time, or it is in trouble.
    #[error("{service} cannot be used: {reason}")]
    Away {
        /// Name of the service.
        service: &'static str,
        /// What was seen.
        reason: String,
    },
    /// The connection ended in the middle.
    #[error("the connection to {service} was cut")]
    Cut {
        /// Name of the service.
        service: &'static str,
    },
    /// It asks to be left alone for a while (429, RFC 6585 §4).
    #[error("{service} asks to wait {}", time_of(*.after))]
    Busy {
        /// Name of the service.
        service: &'static str,
        /// For how long.
        after: Duration,
    },
    /// It does not know the sign-in or the key, or no longer.
    #[error("{service} does not accept the sign-in")]
    SignedOut {
        /// Name of the service.
        service: &'static str,
        /// What to do about it.
        fix: &'static str,
    },
    /// There is no such file or folder.
    #[error("{service} has no {path}")]
    Missing {
        /// Name of the service.
        service: &'static str,
        /// What was asked for.
        path: String,
    },
    /// The account has no room.
    #[error("{service} has no room left")]
    Full {
        /// Name of the service.
        service: &'static str,
    },
    /// The file is larger than what is taken.
    #[error("{name} is larger than {} MB", .most / 1_000_000)]
    TooLarge {
        /// The file.
        name: String,
        /// Most bytes.
        most: u64,
    },
    /// It answers, and refuses.
    #[error("{service} refuses: {reason}")]
    Refused {
        /// Name of the service.
        service: &'static str,
        /// What it says, shortened.
        reason: String,
    },
    /// The address of a service cannot be used.
    #[error("the address of a service cannot be used")]
    InvalidAddress,
    /// A person asked to stop.
    #[error("the work was cancelled")]
    Cancelled,
}

impl ServiceError {
    /// Whether nobody was there to answer.
    pub const fn is_away(&self) -> bool {
        matches!(self, Self::Away { .. } | Self::Cut { .. })
    }
}

const LOCAL: &str = "Everything on this machine goes on; try again later.";

impl Explain for ServiceError {
    fn problem(&self) -> Problem {
        match self {
            Self::Away { service, reason } => {
                Problem::new(ErrorCode::ServiceUnavailable, format!("{service} cannot be used now."))
                    .because(format!("It was asked, and {reason}."))
                    .fix(LOCAL)
            }
            Self::Cut { service } => {
                Problem::new(ErrorCode::ServiceUnavailable, format!("{service} cannot be used now."))
                    .because("The connection was cut in the middle.")
                    .fix(LOCAL)
            }
            Self::Busy { service, after } => {
                let what = format!("{service} asks to wait {}.", time_of(*after));
                Problem::new(ErrorCode::ServiceUnavailable, what)
                    .because("It was asked more often than it allows.")
                    .fix("Everything on this machine goes on; try again after that.")
            }
            Self::SignedOut { service, fix } => {
                let what = format!("{service} does not accept what it was signed in with.");
                Problem::new(ErrorCode::CredentialsMissing, what)
                    .because("It was taken back, has run out, or is not right.")
                    .fix(*fix)
            }
            Self::Missing { service, path } => {
                Problem::new(ErrorCode::ObjectNotFound, format!("{service} has no \"{path}\"."))
                    .fix("Look at the folder again; it may have been moved or removed.")
            }
            Self::Full { service } => {
                Problem::new(ErrorCode::ServiceRefused, format!("{service} has no room left."))
                    .fix("Make room there, or send less.")
            }
            Self::TooLarge { name, most } => {
                let what = format!("\"{name}\" is too large: at most {} MB are taken.", most / 1_000_000);
                Problem::new(ErrorCode::TooLarge, what).fix("Choose a smaller one.")
            }
            Self::Refused { service, reason } => {
                Problem::new(ErrorCode::ServiceRefused, format!("{service} did not do what was asked."))
                    .because(format!("It says: {reason}."))
                    .fix(format!("Look at it at {service} itself, then try again."))
            }
            Self::InvalidAddress => {
                Problem::new(ErrorCode::InvalidValue, "The address of a service cannot be used.")
                    .fix("Write https:// and a host; http:// is for this machine alone.")
            }
            Self::Cancelled => Problem::new(ErrorCode::Cancelled, "Stopped."),
        }
    }
}

/// A time as people say it: seconds, and minutes from two on.
pub fn time_of(time: Duration) -> String {
    let seconds = time.as_secs().max(1);
    match seconds {
        1 => "1 second".to_owned(),
        2..120 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}
