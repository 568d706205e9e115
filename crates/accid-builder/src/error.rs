//! What can go wrong in the builder, and how it is said to a person.

use std::{io, path::PathBuf};

use accid_base::{ErrorCode, Explain, FieldError, Id, InvalidPath, Problem, sentence};
use accid_media::FilmError;
use accid_model::ModelError;
use accid_store::StoreError;

/// Why the builder could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum BuilderError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A document is not what it should be.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A document's file cannot have that name.
    #[error(transparent)]
    Path(#[from] InvalidPath),
    /// There is no such page.
    #[error("there is no page \"{0}\"")]
    PageNotFound(String),
    /// There is no such module.
    #[error("there is no module \"{0}\"")]
    ModuleNotFound(String),
    /// There is no such film.
    #[error("there is no film \"{0}\"")]
    VideoNotFound(String),
    /// The film cannot be taken in.
    #[error("\"{name}\" was not taken in")]
    Film {
        /// Its name.
        name: String,
        /// Why.
        reason: FilmError,
    },
    /// The film is too large to be sent to visitors.
    #[error("\"{name}\" was not taken in")]
    FilmTooLarge {
        /// Its name.
        name: String,
        /// Its size in millions of bytes.
        megabytes: usize,
    },
    /// A page still shows the film.
    #[error("\"{name}\" was not removed")]
    FilmInUse {
        /// Its name.
        name: String,
        /// The pages.
        pages: String,
    },
    /// There is no such file in the site.
    #[error("there is no \"{0}\" in this site")]
    FileNotFound(String),
    /// Another page has the slug.
    #[error("another page has the address \"{0}\"")]
    SlugTaken(String),
    /// The object changed since it was read.
    #[error("the {what} changed since it was read")]
    Stale {
        /// Page or module.
        what: &'static str,
        /// How it is now.
        current: serde_json::Value,
    },
    /// Values that are not acceptable.
    #[error("{what}")]
    Invalid {
        /// What was to be done.
        what: String,
        /// The values.
        errors: Vec<FieldError>,
    },
    /// The picture cannot be made.
    #[error("the picture \"{name}\" cannot be made: {reason}")]
    Picture {
        /// Its name.
        name: String,
        /// Why.
        reason: String,
    },
    /// The folder to export to holds files of somebody else.
    #[error("\"{file}\" in the folder is not from an export of this project")]
    ForeignFile {
        /// The folder.
        folder: PathBuf,
        /// The file that would be overwritten.
        file: String,
    },
    /// The disk refused while exporting.
    #[error("{path} could not be written: {source}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A person stopped it.
    #[error("the export was cancelled")]
    Cancelled,
}

impl BuilderError {
    pub(crate) fn invalid(what: impl Into<String>, pointer: &str, message: impl Into<String>) -> Self {
        let error = FieldError { pointer: pointer.to_owned(), message: message.into() };
        Self::Invalid { what: what.into(), errors: vec![error] }
    }

    pub(crate) fn module_not_found(id: &Id) -> Self {
        Self::ModuleNotFound(id.to_string())
    }

    pub(crate) fn disk(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Disk { path, source }
    }
}

impl Explain for BuilderError {
    fn problem(&self) -> Problem {
        let new = |code: ErrorCode| Problem::new(code, sentence(&self.to_string()));
        match self {
            Self::Store(error) => error.problem(),
            Self::Model(error) => error.problem(),
            Self::Path(error) => error.problem(),
            Self::PageNotFound(_) => new(ErrorCode::ObjectNotFound)
                .because("It may have been renamed or moved to the trash.")
                .fix("Look it up in the list of pages."),
            Self::ModuleNotFound(_) => new(ErrorCode::ObjectNotFound)
                .because("It may have been moved to the trash.")
                .fix("Load the page again."),
            Self::VideoNotFound(_) => new(ErrorCode::ObjectNotFound)
                .because("It may have been moved to the trash.")
                .fix("Look it up in the list of films."),
            Self::Film { reason, .. } => new(ErrorCode::UnreadablePicture)
                .because(sentence(&reason.to_string()))
                .fix(crate::videos::remedy(*reason)),
            Self::FilmTooLarge { megabytes, .. } => new(ErrorCode::TooLarge)
                .because(format!(
                    "It has {megabytes} MB, and at most {} MB are taken: visitors would wait for it.",
                    crate::MOST_FILM_BYTES / 1_000_000
                ))
                .fix("Cut it to a few seconds, or export it smaller, and send that."),
            Self::FilmInUse { pages, .. } => new(ErrorCode::NameTaken)
                .because(format!("It plays on these pages: {pages}."))
                .fix("Take it off them first."),
            Self::FileNotFound(_) => new(ErrorCode::ObjectNotFound).fix("Check the address."),
            Self::SlugTaken(_) => new(ErrorCode::NameTaken)
                .because("Every page of a site needs an address of its own.")
                .fix("Choose another slug."),
            Self::Stale { current, .. } => new(ErrorCode::Stale)
                .because("Somebody else, or another window, saved it meanwhile; nothing was overwritten.")
                .fix("Load it again and repeat the change.")
                .with_details(serde_json::json!({ "current": current })),
            Self::Invalid { errors, .. } => {
                let why = errors.first().map_or(String::new(), |error| {
                    let place = if error.pointer.is_empty() {
                        String::new()
                    } else {
                        format!(" ({})", error.pointer)
                    };
                    sentence(&format!("{}{place}", error.message.trim_end_matches('.')))
                });
                new(ErrorCode::InvalidValue)
                    .because(why)
                    .fix("Mend the named values and send it again.")
                    .with_errors(errors.clone())
            }
            Self::Picture { .. } => {
                new(ErrorCode::UnreadablePicture).fix("Replace the picture by one that opens elsewhere.")
            }
            Self::ForeignFile { folder, .. } => new(ErrorCode::NameTaken)
                .because(format!(
                    "The export would overwrite it in {}, and it would be lost.",
                    folder.display()
                ))
                .fix("Choose an empty folder, or move that file away first."),
            Self::Disk { .. } => new(ErrorCode::Storage)
                .fix("Check that the folder may be written to and has space, then try again."),
            Self::Cancelled => {
                new(ErrorCode::Cancelled).fix("Start it again when you like; what is done is kept.")
            }
        }
    }
}
