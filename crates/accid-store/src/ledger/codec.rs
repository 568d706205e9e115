//! Compression of headers and contents: zstd (RFC 8878) with a raw dictionary. Pure.

use std::io;

use zstd::{
    bulk::{Compressor, Decompressor},
    zstd_safe,
};

/// Level for what people write by hand, and for what is too large to take time over.
const LEVELS: (i32, i32) = (9, 3);

/// Contents above this size are large, in bytes.
const LARGE: usize = 128 * 1024;

/// Largest content a record may unfold to, against hostile ledgers.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Compresses with the dictionary (empty: none).
pub(crate) fn compress(bytes: &[u8], dictionary: &[u8]) -> io::Result<Vec<u8>> {
    let level = if bytes.len() + dictionary.len() > LARGE { LEVELS.1 } else { LEVELS.0 };
    Compressor::with_dictionary(level, dictionary)?.compress(bytes)
}

/// Unfolds one zstd frame that was made with this dictionary.
pub(crate) fn decompress(frame: &[u8], dictionary: &[u8]) -> io::Result<Vec<u8>> {
    let wrong = |text| io::Error::new(io::ErrorKind::InvalidData, text);
    let size = zstd_safe::get_frame_content_size(frame).map_err(|_| wrong("not a zstd frame"))?;
    let size =
        size.filter(|size| *size <= LARGEST).ok_or_else(|| wrong("no size, or a size beyond all measure"))?;
    let size = usize::try_from(size).map_err(|_| wrong("larger than the memory"))?;
    Decompressor::with_dictionary(dictionary)?.decompress(frame, size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_change_of_a_large_text_costs_few_bytes() {
        let before: String =
            (0..200).map(|line| format!("  \"key{line}\": \"value {}\",\n", line * 7919)).collect();
        let after = before.replace("value 7919\"", "another value\"");
        let delta = compress(after.as_bytes(), before.as_bytes()).unwrap();
        assert!(delta.len() < 60, "{}", delta.len());
        assert_eq!(decompress(&delta, before.as_bytes()).unwrap(), after.as_bytes());
        let other = decompress(&delta, b"something else");
        assert!(other.is_err() || other.is_ok_and(|bytes| bytes != after.as_bytes()));
    }

    #[test]
    fn garbage_is_an_error() {
        assert!(decompress(b"garbage", b"").is_err());
        assert!(decompress(&[], b"").is_err());
    }
}
