//! Pictures, from bytes to bytes: what a file is, what its camera wrote, and renditions of it for a website.
//!
//! Owns: [`probe`], [`glance`], [`digest`], [`render_each`] and every call into a codec. Must not know: files, projects, HTML. Does no
//! IO. Bytes come from anywhere: nothing here trusts a header, and dimensions are checked before a pixel is decoded.

mod blocks;
mod dates;
mod decode;
mod digest;
mod encode;
mod error;
mod exif;
mod format;
mod gif;
mod glance;
mod header;
mod heif;
mod iptc;
mod metadata;
mod notes;
mod orient;
mod probe;
mod raw;
mod rendition;
mod sidecar;
mod tiff;
mod video;
mod xmp;

pub use digest::{DERIVED_SIZES, Digest, bits_apart, digest};
pub use error::MediaError;
pub use format::{PICTURE_ENDINGS, PictureFormat, RawKind};
pub use gif::without_notes;
pub use glance::{Glance, glance};
pub use metadata::{read_notes, read_sidecar};
pub use notes::{Notes, Position};
pub use probe::{Picture, probe};
pub use rendition::{OutputFormat, Recipe, render_each, render_renditions};
pub use sidecar::write_sidecar;
pub use video::{Film, FilmError, FilmFormat, film_without_notes, probe_film};

/// Most pixels a picture may have: 100 megapixels.
pub const MOST_PIXELS: u64 = 100_000_000;

/// Longest side a picture may have, in pixels.
pub const LONGEST_SIDE: u32 = 30_000;
