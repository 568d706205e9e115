//! The one writer of zip archives. Must not know what is packed, or for whom.

use std::io::{self, Cursor, Read, Seek, Write};

use zip::{
    CompressionMethod, DateTime, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

/// A zip archive that is written file by file. The same files give the same bytes, on every machine and day.
pub struct Packing<W: Write + Seek>(ZipWriter<W>);

impl Packing<Cursor<Vec<u8>>> {
    /// One in memory.
    pub fn in_memory() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }
}

impl<W: Write> Packing<StreamWriter<W>> {
    /// One that goes out as it grows.
    pub fn streamed(out: W) -> Self {
        Self(ZipWriter::new_stream(out))
    }
}

impl<W: Write + Seek> Packing<W> {
    /// Adds a file of so many bytes. What is packed already is stored as it is.
    ///
    /// # Errors
    /// When the content cannot be read or the archive not be written.
    pub fn add(&mut self, path: &str, bytes: u64, content: &mut impl Read) -> io::Result<()> {
        let method = if is_packed(path) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .large_file(bytes >= u64::from(u32::MAX))
            .unix_permissions(0o644);
        self.0.start_file(path, options).map_err(io::Error::other)?;
        io::copy(content, &mut self.0).map(drop)
    }

    /// Adds a file that is in memory.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn add_bytes(&mut self, path: &str, mut bytes: &[u8]) -> io::Result<()> {
        self.add(path, bytes.len() as u64, &mut bytes)
    }

    /// Writes the list of what is in it, and hands back where it went.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn end(self) -> io::Result<W> {
        self.0.finish().map_err(io::Error::other)
    }
}

/// Whether a file is packed already: originals and ledgers of projects, and files of such kinds.
fn is_packed(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    path.starts_with("media/")
        || path.starts_with(".accid/ledger/")
        || matches!(
            ending,
            "jpg" | "jpeg" | "png" | "webp" | "avif" | "gif" | "heic" | "woff2" | "zip" | "mp4" | "webm"
        )
}
