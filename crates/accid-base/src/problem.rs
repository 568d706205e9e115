//! What went wrong, why, and what to do: the one table of error codes and the one shape every failure takes on its
//! way to a person. Must not know HTTP; the transport maps a [`Category`] to its own status.

use serde::{Deserialize, Serialize};

/// The kind of a failure; a transport turns it into its own status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    /// The request itself is malformed.
    Malformed,
    /// Well formed, but its values are not acceptable.
    Invalid,
    /// The named thing does not exist.
    NotFound,
    /// The caller may not do this.
    Denied,
    /// Somebody else changed the object meanwhile.
    Stale,
    /// It clashes with something that exists.
    Conflict,
    /// Larger than what is accepted.
    TooLarge,
    /// A service that is needed is not there now.
    Unavailable,
    /// The disk, or ACCID itself, failed.
    Internal,
}

macro_rules! error_codes {
    ($($(#[doc = $doc:literal])+ $name:ident $code:literal $category:ident;)+) => {
        /// Every error code ACCID answers with. They are part of the contract: programs may rely on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $($(#[doc = $doc])+ $name,)+
        }

        impl ErrorCode {
            /// All codes, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as written on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// What kind of failure it is.
            pub const fn category(self) -> Category {
                match self { $(Self::$name => Category::$category,)+ }
            }

            /// What the code means, for the documentation.
            pub const fn description(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+),)+ }
            }
        }
    };
}

error_codes! {
    /// The body, a header or a parameter cannot be read.
    MalformedRequest "malformed_request" Malformed;
    /// One or more values are not acceptable; `errors` names each with its JSON pointer.
    InvalidValue "invalid_value" Invalid;
    /// The path could leave the project or is not a file name everywhere.
    InvalidPath "invalid_path" Malformed;
    /// There is no such project.
    ProjectNotFound "project_not_found" NotFound;
    /// There is no such object in the project.
    ObjectNotFound "object_not_found" NotFound;
    /// There is no such version.
    VersionNotFound "version_not_found" NotFound;
    /// There is no such environment.
    EnvironmentNotFound "environment_not_found" NotFound;
    /// There is no such job.
    JobNotFound "job_not_found" NotFound;
    /// There is no such address.
    RouteNotFound "route_not_found" NotFound;
    /// The address exists, but not for this method.
    MethodNotAllowed "method_not_allowed" Malformed;
    /// The body is of another kind than this address takes.
    UnsupportedMediaType "unsupported_media_type" Malformed;
    /// The request took longer than it may.
    RequestTimeout "request_timeout" Malformed;
    /// The request does not come from this machine's own studio.
    ForeignRequest "foreign_request" Denied;
    /// The caller's role does not allow this.
    NotAllowed "not_allowed" Denied;
    /// The object changed since it was read; nothing was written.
    Stale "stale" Stale;
    /// The project is a copy of one that another ACCID owns; it is changed there.
    EditedElsewhere "edited_elsewhere" Conflict;
    /// The tool is not paired with this Vault, or no longer.
    NotPaired "not_paired" Denied;
    /// Another object has this name.
    NameTaken "name_taken" Conflict;
    /// The same idempotency key was used for another request.
    IdempotencyConflict "idempotency_conflict" Conflict;
    /// The data folder is in use by another ACCID.
    DataInUse "data_in_use" Conflict;
    /// The body is larger than what is accepted.
    TooLarge "too_large" TooLarge;
    /// The picture cannot be read.
    UnreadablePicture "unreadable_picture" Invalid;
    /// The document was written by a newer ACCID; it can be read, not changed.
    NewerDocument "newer_document" Conflict;
    /// The document on disk is damaged and was put into quarantine.
    DamagedDocument "damaged_document" Conflict;
    /// The service is not part of this process or is not reachable now.
    ServiceUnavailable "service_unavailable" Unavailable;
    /// The service answers, and does not do what was asked.
    ServiceRefused "service_refused" Conflict;
    /// The place to publish to cannot be used.
    PublishFailed "publish_failed" Unavailable;
    /// The project's folder could not be built, or what was built cannot be published.
    BuildFailed "build_failed" Conflict;
    /// The build command was not approved by the owner as it is now; nothing was run.
    ApprovalNeeded "approval_needed" Conflict;
    /// The server to publish to shows another host key or certificate than before; no password was sent.
    HostKeyChanged "host_key_changed" Conflict;
    /// The credentials are locked, or cannot be opened with what was given.
    CredentialsLocked "credentials_locked" Conflict;
    /// The environment or service has no password, key or sign-in that holds.
    CredentialsMissing "credentials_missing" Conflict;
    /// A backup, or a restore from one, did not come about.
    BackupFailed "backup_failed" Unavailable;
    /// The backup does not open with this password.
    BackupPasswordWrong "backup_password_wrong" Conflict;
    /// There is no backup yet, none of that id, or it does not have that file.
    BackupNotFound "backup_not_found" NotFound;
    /// The work was cancelled.
    Cancelled "cancelled" Conflict;
    /// The disk refused to read or write.
    Storage "storage" Internal;
    /// A fault in ACCID itself.
    Internal "internal" Internal;
}

impl Serialize for ErrorCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One value that is not acceptable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Where, as a JSON pointer (RFC 6901) into the body that was sent.
    pub pointer: String,
    /// What is wrong and what would be right.
    pub message: String,
}

/// A failure as a person reads it: what is wrong, why, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct Problem {
    /// Its code.
    pub code: ErrorCode,
    /// What is wrong, a sentence with its full stop.
    pub what: String,
    /// Why, when that is known; a sentence.
    pub why: String,
    /// What to do; a sentence.
    pub fix: String,
    /// The values that are not acceptable, if any.
    pub errors: Vec<FieldError>,
    /// More for programs, such as the current state at a [`ErrorCode::Stale`]; an object or null.
    pub details: serde_json::Value,
}

impl Problem {
    /// A failure that says what is wrong; add why and what to do.
    pub fn new(code: ErrorCode, what: impl Into<String>) -> Self {
        Self {
            code,
            what: what.into(),
            why: String::new(),
            fix: String::new(),
            errors: Vec::new(),
            details: serde_json::Value::Null,
        }
    }

    /// Says why.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = fix.into();
        self
    }

    /// Names the values that are not acceptable.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// Adds facts for programs.
    #[must_use]
    pub fn with_details(mut self, details: serde_json::Value) -> Self {
        self.details = details;
        self
    }

    /// What, why and what to do in one line.
    pub fn sentence(&self) -> String {
        [&self.what, &self.why, &self.fix]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Implemented by every error enum of a floor, so that it can be shown to a person.
pub trait Explain {
    /// The failure as a person reads it.
    fn problem(&self) -> Problem;
}

impl Explain for Problem {
    fn problem(&self) -> Problem {
        self.clone()
    }
}

impl Explain for crate::InvalidPath {
    fn problem(&self) -> Problem {
        Problem::new(ErrorCode::InvalidPath, format!("{self}.")).fix("Name a file inside the project.")
    }
}

impl Explain for crate::InvalidSlug {
    fn problem(&self) -> Problem {
        Problem::new(ErrorCode::InvalidValue, format!("{self}."))
    }
}

impl Explain for crate::InvalidId {
    fn problem(&self) -> Problem {
        Problem::new(ErrorCode::InvalidValue, format!("{self}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_unique_and_described() {
        for (index, code) in ErrorCode::ALL.iter().enumerate() {
            assert!(code.description().trim().ends_with('.'), "{}", code.as_str());
            assert!(ErrorCode::ALL[index + 1..].iter().all(|other| other.as_str() != code.as_str()));
        }
    }

    #[test]
    fn a_problem_reads_as_what_why_and_what_to_do() {
        let problem = Problem::new(ErrorCode::Storage, "The page was not saved.")
            .because("The disk is full.")
            .fix("Free some space and save again.");
        assert_eq!(
            problem.to_string(),
            "The page was not saved. The disk is full. Free some space and save again."
        );
    }
}
