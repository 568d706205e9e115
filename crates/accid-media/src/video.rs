//! What a film says of itself, and a film without its notes: the containers MP4 (ISO 14496-12) and WebM (Matroska,
//! RFC 9559, with EBML, RFC 8794). Must not know frames: no film is decoded or made anew.

mod mp4;
mod webm;

/// What a film says of itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Film {
    /// How it is packed.
    pub format: FilmFormat,
    /// Width in pixels, as it is shown.
    pub width: u32,
    /// Height in pixels, as it is shown.
    pub height: u32,
    /// How long it is; 0 when the file does not say.
    pub seconds: f64,
}

/// How a film is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilmFormat {
    /// MP4.
    Mp4,
    /// WebM.
    WebM,
}

impl FilmFormat {
    /// The ending of its files' names.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Mp4 => "mp4",
            Self::WebM => "webm",
        }
    }
}

/// Why a film is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FilmError {
    /// It is no film, or one of another kind.
    #[error("it is no film in MP4 or WebM")]
    Unknown,
    /// It has no picture that could be shown.
    #[error("it has no moving picture")]
    NoPicture,
    /// It ends too early, or its parts do not fit together.
    #[error("the file is damaged")]
    Damaged,
}

/// Largest edge of a film in pixels.
const LARGEST_EDGE: u32 = 16_384;

/// Looks at a film without decoding it.
///
/// # Errors
/// When it is no MP4 or WebM, has no moving picture, or is damaged.
pub fn probe_film(bytes: &[u8]) -> Result<Film, FilmError> {
    let film = if mp4::is_mp4(bytes) {
        mp4::probe(bytes)?
    } else if webm::is_webm(bytes) {
        webm::probe(bytes)?
    } else {
        return Err(FilmError::Unknown);
    };
    let good = |edge: u32| (1..=LARGEST_EDGE).contains(&edge);
    if !good(film.width) || !good(film.height) {
        return Err(FilmError::NoPicture);
    }
    Ok(Film {
        seconds: if film.seconds.is_finite() && film.seconds > 0.0 { film.seconds } else { 0.0 },
        ..film
    })
}

/// The film without what was noted beside it: where it was made, with what, by whom. Its pictures and sound stay, byte
/// for byte and in their places. What is no film comes back as it is.
pub fn film_without_notes(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if mp4::is_mp4(&bytes) {
        mp4::blank_notes(&mut bytes);
    } else if webm::is_webm(&bytes) {
        webm::blank_notes(&mut bytes);
    }
    bytes
}

/// A number in big-endian bytes.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))
}
