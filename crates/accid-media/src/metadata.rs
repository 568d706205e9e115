//! What a picture file says of itself, from every form it is written in. Whatever is damaged is left out.

use crate::{MediaError, PictureFormat, blocks::Blocks, exif, iptc, notes::Notes, xmp};

/// Reads what a file says of itself, even where nothing of it can be shown.
///
/// # Errors
/// When its first bytes are those of no format ACCID reads.
pub fn read_notes(bytes: &[u8]) -> Result<Notes, MediaError> {
    Ok(read_metadata(PictureFormat::sniff(bytes)?, bytes))
}

/// Reads the metadata as far as it can be read. Of time, place and camera, the camera's own notes come first; of words,
/// what a photo program wrote last (XMP), then IPTC, then EXIF, as the Metadata Working Group advises. When nobody says
/// when it was taken, it is when the file was last changed, which is all that some cameras write.
pub(crate) fn read_metadata(format: PictureFormat, bytes: &[u8]) -> Notes {
    let blocks = Blocks::of(format, bytes);
    let all = |notes: Vec<Notes>| notes.into_iter().fold(Notes::default(), Notes::or);
    let (exif, changed) = blocks.exif.iter().map(|block| exif::read(block)).unzip();
    let (exif, changed) = (all(exif), all(changed));
    let xmp = all(blocks.xmp.iter().map(|block| xmp::read(block)).collect());
    let iptc = all(blocks.iptc.iter().map(|block| iptc::read(block)).collect());
    let words = xmp.words().or(iptc.words()).or(exif.words());
    let iptc = Notes { date_is_edited: true, ..iptc };
    words.or(exif).or(xmp).or(iptc).or(changed)
}

/// Reads a file of notes beside a picture (`.xmp`).
pub fn read_sidecar(bytes: &[u8]) -> Notes {
    xmp::read(bytes)
}
