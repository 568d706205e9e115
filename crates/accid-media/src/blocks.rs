//! Where metadata lies in each kind of file: blocks of EXIF, XMP and IPTC as they stand there. Must not know what they
//! say. Sources: JPEG ITU-T T.81 annex B, CIPA DC-008 §4.7, Adobe XMP part 3, PNG (Third Edition) §11, RFC 9649 §2.7,
//! ISO/IEC 23008-12 annex A.

use std::borrow::Cow;

use heifer::heifer_isobmff::HeifFile;
use memchr::memmem;

use crate::{
    PictureFormat,
    format::RawKind,
    raw,
    tiff::{Group, Tiff},
};

/// Most bytes of XMP that are read.
const MOST_XMP: usize = 4 << 20;
/// Most blocks of a kind that are looked at.
const MOST_BLOCKS: usize = 8;
/// Most texts of a PNG that are looked at.
const MOST_TEXTS: usize = 64;

/// What metadata a file holds.
#[derive(Debug, Default)]
pub(crate) struct Blocks<'a> {
    /// EXIF, each as a TIFF structure.
    pub(crate) exif: Vec<Cow<'a, [u8]>>,
    /// XMP packets.
    pub(crate) xmp: Vec<Cow<'a, [u8]>>,
    /// IPTC records.
    pub(crate) iptc: Vec<Cow<'a, [u8]>>,
}

impl<'a> Blocks<'a> {
    /// The metadata of a file.
    pub(crate) fn of(format: PictureFormat, bytes: &'a [u8]) -> Self {
        let mut blocks = Self::default();
        match format {
            PictureFormat::Jpeg => blocks.jpeg(bytes),
            PictureFormat::Png => blocks.png(bytes),
            PictureFormat::WebP => blocks.webp(bytes),
            PictureFormat::Gif => blocks.xmp.extend(packet(bytes).map(Cow::Borrowed)),
            PictureFormat::Heic | PictureFormat::Avif => blocks.heif(bytes),
            PictureFormat::Tiff => blocks.tiff(bytes),
            PictureFormat::Raw(RawKind::Raf) => {
                if let Some(jpeg) = raw::fuji(bytes) {
                    blocks.jpeg(jpeg);
                }
            }
            PictureFormat::Raw(RawKind::Cr3) => blocks.canon_3(bytes),
            PictureFormat::Raw(_) => blocks.tiff(bytes),
        }
        blocks.exif.truncate(MOST_BLOCKS);
        blocks.xmp.retain(|packet| packet.len() <= MOST_XMP);
        blocks.xmp.truncate(MOST_BLOCKS);
        blocks.iptc.truncate(MOST_BLOCKS);
        blocks
    }

    fn jpeg(&mut self, bytes: &'a [u8]) {
        let mut at = 2;
        while let Some(marker) = bytes.get(at + 1) {
            if bytes[at] != 0xff || matches!(marker, 0x00 | 0xff) {
                at += 1;
                continue;
            }
            match marker {
                0x01 | 0xd0..=0xd8 => at += 2,
                // Behind the start of the picture itself there is nothing more.
                0xd9 | 0xda => return,
                _ => {
                    let Some(length) = bytes.get(at + 2..at + 4) else { return };
                    let length = usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
                    let end = (at + 2 + length).min(bytes.len());
                    self.jpeg_segment(*marker, &bytes[(at + 4).min(end)..end]);
                    at = end;
                }
            }
        }
    }

    fn jpeg_segment(&mut self, marker: u8, content: &'a [u8]) {
        const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
        const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
        match marker {
            // "Exif" and two bytes that ought to be zero and are not always.
            0xe1 if content.starts_with(b"Exif") => self.exif.extend(content.get(6..).map(Cow::Borrowed)),
            0xe1 if content.starts_with(XMP) => self.xmp.push(Cow::Borrowed(&content[XMP.len()..])),
            0xed if content.starts_with(PHOTOSHOP) => {
                self.iptc.extend(photoshop(&content[PHOTOSHOP.len()..]).map(Cow::Borrowed));
            }
            _ => {}
        }
    }

    fn png(&mut self, bytes: &'a [u8]) {
        let (mut at, mut texts) = (8, 0);
        while let Some((kind, content, next)) = png_chunk(bytes, at) {
            at = next;
            texts += usize::from(matches!(kind, b"iTXt" | b"zTXt" | b"tEXt"));
            match kind {
                // Texts may be packed a thousandfold: no file has many.
                b"iTXt" | b"zTXt" | b"tEXt" if texts > MOST_TEXTS => {}
                b"eXIf" => self.exif.push(Cow::Borrowed(content)),
                b"iTXt" if content.starts_with(b"XML:com.adobe.xmp\0") => self.xmp.extend(png_xmp(content)),
                b"zTXt" | b"tEXt" if content.starts_with(b"Raw profile type") => {
                    self.exif.extend(raw_profile(kind, content).map(Cow::Owned));
                }
                _ => {}
            }
        }
    }

    fn webp(&mut self, bytes: &'a [u8]) {
        let mut at = 12;
        while let Some(head) = bytes.get(at..at + 8) {
            let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
            let end = (at + 8).saturating_add(length).min(bytes.len());
            let content = &bytes[at + 8..end];
            match &head[..4] {
                // Some programs leave the marker of JPEG before it.
                b"EXIF" => {
                    self.exif.push(Cow::Borrowed(content.strip_prefix(b"Exif\0\0").unwrap_or(content)))
                }
                b"XMP " => self.xmp.push(Cow::Borrowed(content)),
                _ => {}
            }
            at = end.saturating_add(length & 1);
        }
    }

    fn heif(&mut self, bytes: &'a [u8]) {
        let Ok(file) = HeifFile::parse(bytes) else {
            self.xmp.extend(packet(bytes).map(Cow::Borrowed));
            return;
        };
        // The notes of the picture itself; when a program forgot to say whose they are, any there are.
        let own = file.exif(file.primary_id).ok().flatten().map(Cow::Owned);
        let any = || {
            let item = file.items.iter().find(|item| &item.item_type.0 == b"Exif")?;
            let data = file.item_data(item.id).ok()?;
            let start = memmem::find(&data, b"II*\0").or_else(|| memmem::find(&data, b"MM\0*"))?;
            Some(Cow::Owned(data.get(start..)?.to_vec()))
        };
        self.exif.extend(own.filter(|exif| Tiff::open(exif).is_some()).or_else(any));
        let own = file.xmp(file.primary_id).ok().flatten().map(Cow::Owned);
        self.xmp.extend(own.or_else(|| packet(bytes).map(Cow::Borrowed)));
    }

    fn tiff(&mut self, bytes: &'a [u8]) {
        self.exif.push(Cow::Borrowed(bytes));
        let Some(tiff) = Tiff::open(bytes) else { return };
        let directories = tiff.directories();
        for directory in directories.iter().filter(|directory| directory.group == Group::Main) {
            self.xmp.extend(directory.get(0x02bc).map(|entry| Cow::Borrowed(tiff.data(entry))));
            self.iptc.extend(directory.get(0x83bb).map(|entry| Cow::Borrowed(tiff.data(entry))));
        }
    }

    /// Canon's boxes `CMT1`, `CMT2` and `CMT4` are the three directories of EXIF, each a TIFF structure of its own.
    fn canon_3(&mut self, bytes: &'a [u8]) {
        let head = &bytes[..bytes.len().min(256 * 1024)];
        for name in [b"CMT1", b"CMT2", b"CMT4"] {
            if let Some(at) = memmem::find(head, name) {
                self.exif.extend(bytes.get(at + 4..).map(Cow::Borrowed));
            }
        }
        self.xmp.extend(packet(bytes).map(Cow::Borrowed));
    }
}

/// The resource with IPTC records among those of Photoshop.
fn photoshop(mut resources: &[u8]) -> Option<&[u8]> {
    while let Some(rest) = resources.strip_prefix(b"8BIM") {
        let id = u16::from_be_bytes(rest.get(..2)?.try_into().ok()?);
        // A name with its length before it, both together an even number of bytes; then the length of the content.
        let name = usize::from(*rest.get(2)?) + 1;
        let at = 2 + name + (name & 1);
        let length = u32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?) as usize;
        let content = rest.get(at + 4..)?;
        if id == 0x0404 {
            return Some(&content[..length.min(content.len())]);
        }
        resources = content.get(length.checked_add(length & 1)?..)?;
    }
    None
}

fn png_chunk(bytes: &[u8], at: usize) -> Option<(&[u8], &[u8], usize)> {
    let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
    let kind = bytes.get(at + 4..at + 8)?;
    let content = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
    (kind != b"IEND").then_some((kind, content, at + 12 + length))
}

/// XMP in a text chunk, packed or not (PNG (Third Edition) §11.3.3.4): a keyword, whether it is packed, how, then a
/// language and a translated keyword, each with a zero behind it.
fn png_xmp(content: &[u8]) -> Option<Cow<'_, [u8]>> {
    const KEYWORD: usize = b"XML:com.adobe.xmp\0".len();
    if content.get(KEYWORD) != Some(&1) {
        return packet(content).map(Cow::Borrowed);
    }
    let mut parts = content.get(KEYWORD + 2..)?.splitn(3, |byte| *byte == 0);
    unpacked(parts.nth(2)?).map(Cow::Owned)
}

/// EXIF as ImageMagick hid it in a text of hexadecimal digits, before PNG had a chunk for it.
fn raw_profile(kind: &[u8], content: &[u8]) -> Option<Vec<u8>> {
    let start = content.iter().position(|byte| *byte == 0)? + 1;
    let unpacked = if kind == b"zTXt" { Some(unpacked(content.get(start + 1..)?)?) } else { None };
    let text = unpacked.as_deref().or_else(|| content.get(start..))?;
    let mut lines = text.split(|byte| *byte == b'\n').skip_while(|line| line.is_empty());
    let (_name, _length) = (lines.next()?, lines.next()?);
    let digits: Vec<u8> =
        lines.flatten().filter_map(|byte| char::from(*byte).to_digit(16)).map(|digit| digit as u8).collect();
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|two| two[0] << 4 | two[1]).collect();
    let start = memmem::find(&bytes, b"II*\0").or_else(|| memmem::find(&bytes, b"MM\0*"))?;
    bytes.get(start..).map(<[u8]>::to_vec)
}

/// What was packed with zlib (RFC 1950), up to the most that is read of XMP.
fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(packed, MOST_XMP).ok()
}

/// The XMP packet that stands somewhere in these bytes.
fn packet(bytes: &[u8]) -> Option<&[u8]> {
    const END: &[u8] = b"</x:xmpmeta>";
    let start = memmem::find(bytes, b"<x:xmpmeta")?;
    let length = memmem::find(&bytes[start..], END)?;
    bytes.get(start..start + length + END.len())
}
