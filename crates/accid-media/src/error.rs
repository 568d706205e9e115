//! Why a picture was refused, in words for the person who chose it.

use accid_base::{ErrorCode, Explain, Problem};

use crate::{LONGEST_SIDE, MOST_PIXELS, OutputFormat, PictureFormat};

/// Why a picture cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// The file holds nothing.
    #[error("the file is empty")]
    Empty,
    /// The bytes are a known format that ACCID does not read.
    #[error("this is a {0} file, which ACCID does not read")]
    Unsupported(&'static str),
    /// The bytes are no picture format known here.
    #[error("this is not a picture in a format ACCID knows")]
    Unknown,
    /// The picture starts right and is then damaged.
    #[error("the {} picture is damaged: {reason}", .format.name())]
    Damaged {
        /// What it starts as.
        format: PictureFormat,
        /// What the decoder says.
        reason: String,
    },
    /// More pixels than are accepted.
    #[error("the picture has {width} × {height} pixels, which is too many")]
    TooLarge {
        /// Width it says it has, in pixels.
        width: u32,
        /// Height it says it has, in pixels.
        height: u32,
    },
    /// A rendition cannot be written in that format.
    #[error("a rendition of {width} × {height} pixels cannot be written as {}", .format.name())]
    Unwritable {
        /// The format asked for.
        format: OutputFormat,
        /// Width of the rendition, in pixels.
        width: u32,
        /// Height of the rendition, in pixels.
        height: u32,
    },
}

const READABLE: &str = "Save it as JPEG, PNG, WebP, AVIF, HEIC or TIFF and add it again.";

impl Explain for MediaError {
    fn problem(&self) -> Problem {
        let unreadable = |what: String| Problem::new(ErrorCode::UnreadablePicture, what);
        match self {
            Self::Empty => unreadable("The file is empty.".to_owned())
                .because("Perhaps it was not copied to the end.")
                .fix("Look at the original, and add it again."),
            Self::Unsupported(name) => {
                unreadable(format!("This is a {name} file, which ACCID does not read.")).fix(READABLE)
            }
            Self::Unknown => unreadable("This is not a picture in a format ACCID knows.".to_owned())
                .because(
                    "Its first bytes are those of no picture or raw file known here, whatever its name says.",
                )
                .fix(READABLE),
            Self::Damaged { format, reason } => {
                unreadable(format!("The {} picture is damaged and cannot be read.", format.name()))
                    .because(format!("The decoder says: {}.", reason.trim_end_matches('.')))
                    .fix("Open it in a picture editor and save it anew, or take another copy.")
            }
            Self::TooLarge { width, height } => Problem::new(
                ErrorCode::TooLarge,
                format!("The picture has {width} × {height} pixels, which is too many."),
            )
            .because(format!(
                "ACCID takes up to {} megapixels and {LONGEST_SIDE} pixels a side.",
                MOST_PIXELS / 1_000_000
            ))
            .fix("Make it smaller in a picture editor and add it again."),
            Self::Unwritable { format, width, height } => unreadable(format!(
                "The picture cannot be written as {} in {width} × {height} pixels.",
                format.name()
            ))
            .because("It is longer than that format allows.")
            .fix("Crop the picture, or cut it into several."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_to_do() {
        let format = PictureFormat::Png;
        for error in [
            MediaError::Empty,
            MediaError::Unsupported("HEIC"),
            MediaError::Unknown,
            MediaError::Damaged { format, reason: "x".to_owned() },
            MediaError::TooLarge { width: 50_000, height: 50_000 },
            MediaError::Unwritable { format: OutputFormat::WebP, width: 1, height: 20_000 },
        ] {
            let problem = error.problem();
            assert!(problem.what.ends_with('.') && problem.fix.ends_with('.'), "{problem}");
        }
    }
}
