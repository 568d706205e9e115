//! How records lie in a segment file: marker, kind, length, checksum, body. Pure; must not know what a body means.
//!
//! **Invariant:** a damaged frame never hides the ones behind it: the scan goes on at the next frame that is whole.

/// First two bytes of every frame.
const MARKER: [u8; 2] = [0xAC, 0x1D];

/// Bytes a frame has around its body: marker, kind (1), length (4), CRC-32C (4).
pub(crate) const OVERHEAD: usize = 11;

/// What a frame holds; the byte behind the marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameKind {
    /// What a segment is; its first frame.
    Segment = 0,
    /// A transaction.
    Transaction = 1,
    /// A named snapshot.
    Snapshot = 2,
    /// Files have followed up to a change.
    Checkpoint = 3,
}

impl FrameKind {
    pub(crate) fn of(byte: u8) -> Option<Self> {
        [Self::Segment, Self::Transaction, Self::Snapshot, Self::Checkpoint]
            .into_iter()
            .find(|kind| *kind as u8 == byte)
    }
}

/// A stretch of a segment file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A whole frame.
    Frame {
        /// The kind byte.
        kind: u8,
        /// Where its body begins in the file.
        body_at: usize,
        /// Its body.
        body: &'a [u8],
    },
    /// Bytes that are no frame, with whole frames behind them.
    Damage {
        /// Where they begin.
        at: usize,
        /// How many.
        length: usize,
    },
    /// Bytes at the end that are no frame: a write that was cut short.
    Torn {
        /// Where they begin.
        at: usize,
        /// Whether they look like a frame that is complete in length but not in content.
        complete: bool,
    },
}

fn checksum(kind_and_length: &[u8], body: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(kind_and_length), body)
}

/// A frame around the body. Bodies are shorter than 4 GiB: a transaction of that size cannot be built in memory here.
pub(crate) fn frame(kind: FrameKind, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(OVERHEAD + body.len());
    bytes.extend_from_slice(&MARKER);
    bytes.push(kind as u8);
    bytes.extend_from_slice(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
    let sum = checksum(&bytes[2..7], body);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes.extend_from_slice(body);
    bytes
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | u32::from(*byte))
}

/// Length of the body that a frame at the start of these bytes announces.
fn announced(bytes: &[u8]) -> Option<usize> {
    (bytes.len() >= OVERHEAD && bytes[..2] == MARKER).then(|| number(&bytes[3..7]) as usize)
}

fn whole_frame(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let body = bytes.get(OVERHEAD..OVERHEAD.checked_add(announced(bytes)?)?)?;
    (number(&bytes[7..11]) == checksum(&bytes[2..7], body)).then_some((bytes[2], body))
}

/// Takes a segment file apart. Hostile bytes give damage, never more.
pub(crate) fn scan(bytes: &[u8]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if let Some((kind, body)) = whole_frame(&bytes[at..]) {
            pieces.push(Piece::Frame { kind, body_at: at + OVERHEAD, body });
            at += OVERHEAD + body.len();
            continue;
        }
        let next = (at + 1..bytes.len())
            .find(|next| bytes[*next] == MARKER[0] && whole_frame(&bytes[*next..]).is_some());
        match next {
            Some(next) => {
                pieces.push(Piece::Damage { at, length: next - at });
                at = next;
            }
            None => {
                let rest = &bytes[at..];
                let complete = announced(rest).is_some_and(|length| rest.len() >= OVERHEAD + length);
                pieces.push(Piece::Torn { at, complete });
                break;
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn two() -> Vec<u8> {
        [frame(FrameKind::Transaction, b"first"), frame(FrameKind::Snapshot, b"second")].concat()
    }

    #[test]
    fn frames_are_read_back_with_their_places() {
        let bytes = two();
        let pieces = scan(&bytes);
        assert_eq!(pieces[0], Piece::Frame { kind: 1, body_at: 11, body: b"first" });
        assert_eq!(pieces[1], Piece::Frame { kind: 2, body_at: 27, body: b"second" });
    }

    #[test]
    fn every_cut_of_the_tail_leaves_what_stands_before_it() {
        let bytes = two();
        for cut in 16..bytes.len() {
            let pieces = scan(&bytes[..cut]);
            assert!(matches!(pieces[0], Piece::Frame { body: b"first", .. }));
            assert_eq!(pieces.len(), if cut == 16 { 1 } else { 2 });
            assert!(pieces.get(1).is_none_or(|piece| *piece == Piece::Torn { at: 16, complete: false }));
        }
    }

    #[test]
    fn every_flipped_byte_of_one_frame_leaves_the_other() {
        for damaged in 0..16 {
            let mut bytes = two();
            bytes[damaged] ^= 0x40;
            let pieces = scan(&bytes);
            assert_eq!(pieces[0], Piece::Damage { at: 0, length: 16 }, "byte {damaged}");
            assert!(matches!(pieces[1], Piece::Frame { body: b"second", .. }));
        }
    }

    #[test]
    fn zeroes_at_the_end_are_no_frames() {
        let mut bytes = two();
        bytes.extend([0; 4096]);
        assert_eq!(scan(&bytes).last(), Some(&Piece::Torn { at: 33, complete: false }));
    }

    proptest! {
        #[test]
        fn hostile_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            scan(&bytes);
        }
    }
}
