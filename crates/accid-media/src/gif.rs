//! A moving GIF is published as it is, so that it keeps moving, but without what programs noted in it: comments, and XMP,
//! which may say where it was made. Must not decode. Source: GIF89a §§ 18–27; XMP Specification part 3 § 1.1.2.

/// Applications whose block says how often the picture moves.
const LOOPS: [&[u8]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const END: u8 = 0x3b;

/// The GIF without comments and without blocks of applications other than the loop count. What follows a block that
/// cannot be read is left out.
pub fn without_notes(gif: &[u8]) -> Vec<u8> {
    let mut bare = Vec::with_capacity(gif.len());
    let mut rest = gif;
    if let Some(length) = screen(gif) {
        bare.extend(gif.iter().take(length));
        rest = gif.get(length..).unwrap_or_default();
    }
    while let Some((length, kept)) = block(rest) {
        let (block, after) = rest.split_at(length);
        if kept {
            bare.extend_from_slice(block);
        }
        rest = after;
    }
    bare.push(END);
    bare
}

/// Length of the header, the screen and its colours.
fn screen(gif: &[u8]) -> Option<usize> {
    Some(13 + colours(*gif.get(10)?))
}

/// Length of a table of colours, from the byte that announces it.
const fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Length of the block at the beginning, and whether it is kept; none at the end and when it cannot be read.
fn block(bytes: &[u8]) -> Option<(usize, bool)> {
    let (head, kept) = match *bytes.first()? {
        EXTENSION => (2, is_kept(bytes)?),
        IMAGE => (10 + colours(*bytes.get(9)?) + 1, true),
        _ => return None,
    };
    let mut length = head;
    loop {
        let part = usize::from(*bytes.get(length)?);
        length += 1 + part;
        if part == 0 {
            return (length <= bytes.len()).then_some((length, kept));
        }
    }
}

fn is_kept(extension: &[u8]) -> Option<bool> {
    Some(match *extension.get(1)? {
        // How long a frame is shown; text that is drawn.
        0xf9 | 0x01 => true,
        0xff => LOOPS.contains(&extension.get(3..14)?),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    const FRAME: &[u8] = b"\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    const LOOP: &[u8] = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";

    fn noted() -> Vec<u8> {
        let mut trailer = vec![1];
        trailer.extend((0..=255).rev());
        trailer.push(0);
        let xmp =
            [b"\x21\xff\x0bXMP DataXMP".as_slice(), b"<x exif:GPSLatitude=\"12,36N\"/>", &trailer].concat();
        let comment = b"\x21\xfe\x09from home\0";
        [SCREEN, LOOP, &xmp, FRAME, comment, FRAME, &[END]].concat()
    }

    #[test]
    fn the_frames_and_the_loop_stay_and_the_notes_go() {
        assert_eq!(without_notes(&noted()), [SCREEN, LOOP, FRAME, FRAME, &[END]].concat());
    }

    #[test]
    fn a_gif_cut_anywhere_is_no_trouble_and_says_no_place() {
        let whole = noted();
        for length in 0..whole.len() {
            let bare = without_notes(&whole[..length]);
            assert!(!bare.windows(3).any(|three| three == b"GPS"), "cut at {length}");
            assert!(bare.len() <= length + 1);
        }
    }
}
