//! Waypoint: the photos of a project.
//!
//! Owns: how a picture file becomes a photo. Must not know: HTTP, who may do what, pages, the other tools.

mod photos;

use std::sync::Arc;

use accid_base::{Clock, ErrorCode, Explain, FieldError, Id, InvalidPath, Problem, Random};
use accid_store::StoreError;

pub use photos::{Ingested, NewPhoto, PhotoChanges, StoredPhoto};

/// Waypoint.
pub struct Waypoint {
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Waypoint {
    /// Waypoint over this clock and chance.
    pub fn new(clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self { clock, random }
    }

    fn new_id(&self) -> Id {
        Id::generate(self.clock.as_ref(), self.random.as_ref())
    }
}

/// Why Waypoint could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum WaypointError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A photo's file cannot have that name.
    #[error(transparent)]
    Path(#[from] InvalidPath),
    /// There is no such photo.
    #[error("there is no photo \"{0}\"")]
    PhotoNotFound(String),
    /// The photo changed since it was read.
    #[error("the photo \"{photo}\" changed since it was read")]
    Stale {
        /// Its file name.
        photo: String,
        /// How it is now.
        current: serde_json::Value,
    },
    /// The point lies outside the picture.
    #[error("the point lies outside the picture")]
    FocusOutside,
    /// A page still shows the photo.
    #[error("the photo \"{photo}\" is shown on {pages}")]
    InUse {
        /// Its file name.
        photo: String,
        /// The pages that show it.
        pages: String,
    },
}

impl Explain for WaypointError {
    fn problem(&self) -> Problem {
        match self {
            Self::Store(error) => error.problem(),
            Self::Path(error) => error.problem(),
            Self::PhotoNotFound(name) => {
                Problem::new(ErrorCode::ObjectNotFound, format!("There is no photo \"{name}\"."))
                    .because("It may have been moved to the trash.")
                    .fix("Look it up in the list of photos.")
            }
            Self::Stale { photo, current } => {
                Problem::new(ErrorCode::Stale, format!("The photo \"{photo}\" changed since it was read."))
                    .because("Somebody else, or another window, saved it meanwhile; nothing was overwritten.")
                    .fix("Load it again and repeat the change.")
                    .with_details(serde_json::json!({ "current": current }))
            }
            Self::FocusOutside => Problem::new(ErrorCode::InvalidValue, "The photo was not changed.")
                .because("The point that stays in sight lies outside the picture.")
                .fix("Give x and y in percent, from 0 to 100.")
                .with_errors(vec![FieldError {
                    pointer: "/focus".to_owned(),
                    message: "x and y are percent from 0 to 100".to_owned(),
                }]),
            Self::InUse { photo, pages } => {
                Problem::new(ErrorCode::NameTaken, format!("The photo \"{photo}\" was not removed."))
                    .because(format!("It is shown on {pages}."))
                    .fix("Choose another picture there first.")
            }
        }
    }
}
