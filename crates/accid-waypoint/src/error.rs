//! Why Waypoint could not do what it was asked, in words for people.

use accid_base::{ErrorCode, Explain, FieldError, InvalidPath, Problem};
use accid_geo::GeoError;
use accid_store::StoreError;

/// Why Waypoint could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum WaypointError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot have that name.
    #[error(transparent)]
    Path(#[from] InvalidPath),
    /// A file of places cannot be read, or the map data is damaged.
    #[error(transparent)]
    Geo(#[from] GeoError),
    /// What is derived could not be written or read.
    #[error("{what}: {error}")]
    Disk {
        /// What was tried.
        what: &'static str,
        /// What the system says.
        error: std::io::Error,
    },
    /// There is no such photo.
    #[error("there is no photo \"{0}\"")]
    PhotoNotFound(String),
    /// There is no such album, track or upload.
    #[error("there is no {what} \"{id}\"")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// It changed since it was read.
    #[error("\"{name}\" changed since it was read")]
    Stale {
        /// What it is called.
        name: String,
        /// How it is now.
        current: serde_json::Value,
    },
    /// Values cannot be used.
    #[error("{what}")]
    Invalid {
        /// What was not done.
        what: String,
        /// The values.
        errors: Vec<FieldError>,
    },
    /// A picture cannot be shown.
    #[error("the photo cannot be shown")]
    Unshowable(Box<Problem>),
    /// More of a file came than was announced, or at another place.
    #[error("the upload stands at {received} of {bytes} bytes")]
    OutOfStep {
        /// Bytes that are here.
        received: u64,
        /// Bytes that were announced.
        bytes: u64,
    },
    /// A page still shows the photo.
    #[error("the photo \"{photo}\" is shown on {pages}")]
    InUse {
        /// Its file name.
        photo: String,
        /// The pages that show it.
        pages: String,
    },
}

impl WaypointError {
    /// A value that cannot be used, by its place in the request.
    pub(crate) fn invalid(what: &str, pointer: &str, message: &str) -> Self {
        let error = FieldError { pointer: pointer.to_owned(), message: message.to_owned() };
        Self::Invalid { what: what.to_owned(), errors: vec![error] }
    }
}

impl Explain for WaypointError {
    fn problem(&self) -> Problem {
        let missing = |what: &str, name: &str| {
            Problem::new(ErrorCode::ObjectNotFound, format!("There is no {what} \"{name}\"."))
        };
        match self {
            Self::Store(error) => error.problem(),
            Self::Path(error) => error.problem(),
            Self::Geo(error) => error.problem(),
            Self::Disk { what, error } => Problem::new(ErrorCode::Storage, format!("{what}."))
                .because(format!("The system says: {error}."))
                .fix("See that there is room on the disk and that the folder may be written, and try again."),
            Self::PhotoNotFound(name) => missing("photo", name)
                .because("It may have been moved to the trash.")
                .fix("Look it up in the list of photos."),
            Self::NotFound { what, id } => {
                missing(what, id).because("It may have been removed.").fix("Load the list again.")
            }
            Self::Stale { name, current } => {
                Problem::new(ErrorCode::Stale, format!("\"{name}\" changed since it was read."))
                    .because("Somebody else, or another window, saved it meanwhile; nothing was overwritten.")
                    .fix("Load it again and repeat the change.")
                    .with_details(serde_json::json!({ "current": current }))
            }
            Self::Invalid { what, errors } => {
                let why: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
                Problem::new(ErrorCode::InvalidValue, what.clone())
                    .because(format!("A value cannot be used: {}.", why.join("; ")))
                    .fix("Mend what is named and send it again.")
                    .with_errors(errors.clone())
            }
            Self::Unshowable(problem) => problem.as_ref().clone(),
            Self::OutOfStep { received, bytes } => {
                let what = format!("The part was not taken: {received} of {bytes} bytes are here.");
                Problem::new(ErrorCode::Stale, what)
                    .because("A part came twice, or one before it was lost.")
                    .fix("Ask where the upload stands, and go on from there.")
                    .with_details(serde_json::json!({ "received": received, "bytes": bytes }))
            }
            Self::InUse { photo, pages } => {
                Problem::new(ErrorCode::NameTaken, format!("The photo \"{photo}\" was not removed."))
                    .because(format!("It is shown on {pages}."))
                    .fix("Choose another picture there first.")
            }
        }
    }
}
