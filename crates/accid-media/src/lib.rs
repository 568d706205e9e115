//! Pictures, from bytes to bytes: what a file is, what its camera wrote, and renditions of it for a website.
//!
//! Owns: [`probe`], [`glance`], [`render_each`] and every call into a codec. Must not know: files, projects, HTML. Does no
//! IO. Bytes come from anywhere: nothing here trusts a header, and dimensions are checked before a pixel is decoded.

mod decode;
mod encode;
mod error;
mod gif;
mod glance;
mod header;
mod metadata;
mod orient;
mod probe;
mod rendition;
mod video;

pub use error::MediaError;
pub use gif::without_notes;
pub use glance::{Glance, glance};
pub use probe::{Picture, PictureFormat, probe};
pub use rendition::{OutputFormat, Recipe, render_each, render_renditions};
pub use video::{Film, FilmError, FilmFormat, film_without_notes, probe_film};

/// Most pixels a picture may have: 100 megapixels.
pub const MOST_PIXELS: u64 = 100_000_000;

/// Longest side a picture may have, in pixels.
pub const LONGEST_SIDE: u32 = 30_000;
