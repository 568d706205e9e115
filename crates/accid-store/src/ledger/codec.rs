//! Compression of headers and contents: zstd (RFC 8878) with a raw dictionary. Pure.

use std::{cell::RefCell, io};

use zstd::zstd_safe::{CCtx, DCtx, compress_bound, get_error_name, get_frame_content_size};

/// Level for what people write by hand, and for what is too large to take time over. Higher levels sort the content
/// before into a tree at every save, for three bytes less.
const LEVELS: (i32, i32) = (6, 3);

/// Contents above this size are large, in bytes.
const LARGE: usize = 128 * 1024;

/// Largest content a record may unfold to, against hostile ledgers.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Working memory of zstd that is kept for the next call on the same thread: making it anew takes longer than a small
/// content.
struct Workshop {
    pack: Option<CCtx<'static>>,
    unfold: Option<DCtx<'static>>,
}

thread_local! {
    static WORKSHOP: RefCell<Workshop> = const { RefCell::new(Workshop { pack: None, unfold: None }) };
}

fn in_workshop<T>(work: impl FnOnce(&mut Workshop) -> io::Result<T>) -> io::Result<T> {
    WORKSHOP.with_borrow_mut(|workshop| {
        let done = work(workshop);
        if done.is_err() {
            // What failed half-way is not used again.
            *workshop = Workshop { pack: None, unfold: None };
        }
        done
    })
}

fn failed(code: usize) -> io::Error {
    io::Error::other(get_error_name(code))
}

fn no_memory() -> io::Error {
    io::ErrorKind::OutOfMemory.into()
}

/// Compresses with the dictionary (empty: none).
pub(crate) fn compress(bytes: &[u8], dictionary: &[u8]) -> io::Result<Vec<u8>> {
    let large = bytes.len() + dictionary.len() > LARGE;
    let packed = |context: &mut CCtx<'_>| {
        let mut packed = Vec::with_capacity(compress_bound(bytes.len()));
        let level = if large { LEVELS.1 } else { LEVELS.0 };
        context.compress_using_dict(&mut packed, bytes, dictionary, level).map_err(failed)?;
        Ok(packed)
    };
    if large {
        return packed(&mut CCtx::try_create().ok_or_else(no_memory)?);
    }
    in_workshop(|workshop| {
        if workshop.pack.is_none() {
            workshop.pack = CCtx::try_create();
        }
        packed(workshop.pack.as_mut().ok_or_else(no_memory)?)
    })
}

/// Unfolds one zstd frame that was made with this dictionary.
pub(crate) fn decompress(frame: &[u8], dictionary: &[u8]) -> io::Result<Vec<u8>> {
    let wrong = |text| io::Error::new(io::ErrorKind::InvalidData, text);
    let size = get_frame_content_size(frame).map_err(|_| wrong("not a zstd frame"))?;
    let size =
        size.filter(|size| *size <= LARGEST).ok_or_else(|| wrong("no size, or a size beyond all measure"))?;
    let size = usize::try_from(size).map_err(|_| wrong("larger than the memory"))?;
    in_workshop(|workshop| {
        if workshop.unfold.is_none() {
            workshop.unfold = DCtx::try_create();
        }
        let context = workshop.unfold.as_mut().ok_or_else(no_memory)?;
        let mut bytes = Vec::with_capacity(size);
        context.decompress_using_dict(&mut bytes, frame, dictionary).map_err(failed)?;
        Ok(bytes)
    })
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
    fn a_content_does_not_depend_on_what_was_packed_before() {
        let large = vec![b'x'; LARGE * 2];
        let fresh = compress(b"abcabcabc", b"abc").unwrap();
        for bytes in [&large[..], b"", b"hello"] {
            assert_eq!(decompress(&compress(bytes, b"hello").unwrap(), b"hello").unwrap(), bytes);
            assert!(decompress(b"garbage", b"abc").is_err());
            assert_eq!(compress(b"abcabcabc", b"abc").unwrap(), fresh);
        }
        assert_eq!(decompress(&compress(b"hello", b"").unwrap(), b"").unwrap(), b"hello");
    }

    #[test]
    fn garbage_is_an_error() {
        assert!(decompress(b"garbage", b"").is_err());
        assert!(decompress(&[], b"").is_err());
    }
}
