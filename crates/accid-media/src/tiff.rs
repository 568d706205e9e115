//! Walks the directories of a TIFF structure (TIFF 6.0 §2; CIPA DC-008 §4.6), as it stands in EXIF blocks, in TIFF
//! pictures and in most raw files. Whatever points outside the bytes is left out; numbers of directories and entries are
//! bounded, and a directory is never read twice.

/// Most directories of a file that are looked at.
const MOST_DIRECTORIES: usize = 48;
/// Most entries of a directory that are looked at.
const MOST_ENTRIES: usize = 1_000;

/// What a directory is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Group {
    /// The first one: the picture itself.
    Main,
    /// Another picture in the same file: a thumbnail, a preview, the raw data.
    Other,
    /// How the picture was taken.
    Exif,
    /// Where it was taken.
    Gps,
}

/// One value of a directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) tag: u16,
    kind: u16,
    count: usize,
    /// Where its bytes lie.
    at: usize,
}

/// A directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Directory {
    pub(crate) group: Group,
    pub(crate) entries: Vec<Entry>,
}

/// The bytes, and in which order theirs are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tiff<'a> {
    pub(crate) bytes: &'a [u8],
    big_endian: bool,
}

const SUB_DIRECTORIES: u16 = 0x014a;
const EXIF_DIRECTORY: u16 = 0x8769;
const GPS_DIRECTORY: u16 = 0x8825;

impl<'a> Tiff<'a> {
    /// A TIFF structure, also with the numbers that Olympus and Panasonic write in place of 42.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        let big_endian = match bytes.get(..4)? {
            b"II*\0" | b"IIU\0" | b"IIRO" | b"IIRS" => false,
            b"MM\0*" | b"MMOR" => true,
            _ => return None,
        };
        Some(Self { bytes, big_endian })
    }

    pub(crate) fn u16_at(&self, at: usize) -> Option<u16> {
        let two = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big_endian { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    }

    pub(crate) fn u32_at(&self, at: usize) -> Option<u32> {
        let four = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.big_endian { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
    }

    /// All directories that can be reached, the main one first.
    pub(crate) fn directories(&self) -> Vec<Directory> {
        let mut found: Vec<Directory> = Vec::new();
        let mut seen: Vec<usize> = Vec::new();
        let mut ahead = vec![(self.u32_at(4).unwrap_or_default() as usize, Group::Main)];
        while let Some((at, group)) = ahead.pop() {
            if seen.contains(&at) || found.len() >= MOST_DIRECTORIES {
                continue;
            }
            seen.push(at);
            let Some((entries, next)) = self.entries(at) else { continue };
            let mut below = Vec::new();
            if matches!(group, Group::Main | Group::Other) {
                if let Some(next) = next {
                    below.push((next, Group::Other));
                }
                for entry in &entries {
                    match entry.tag {
                        SUB_DIRECTORIES => below.extend(
                            self.numbers(entry, 16).into_iter().map(|at| (at as usize, Group::Other)),
                        ),
                        EXIF_DIRECTORY => {
                            below.extend(self.number(entry).map(|at| (at as usize, Group::Exif)))
                        }
                        GPS_DIRECTORY => below.extend(self.number(entry).map(|at| (at as usize, Group::Gps))),
                        _ => {}
                    }
                }
            }
            // What is pushed last comes next: the main picture's own notes before those of a thumbnail.
            below.sort_by_key(|(_, group)| matches!(group, Group::Exif | Group::Gps));
            ahead.extend(below);
            found.push(Directory { group, entries });
        }
        found
    }

    fn entries(&self, at: usize) -> Option<(Vec<Entry>, Option<usize>)> {
        let count = usize::from(self.u16_at(at)?);
        let start = at.checked_add(2)?;
        let mut entries = Vec::new();
        for number in 0..count.min(MOST_ENTRIES) {
            let entry = start.checked_add(number * 12)?;
            let (Some(tag), Some(kind), Some(values)) =
                (self.u16_at(entry), self.u16_at(entry + 2), self.u32_at(entry + 4))
            else {
                // The block was cut off; what came before can be read.
                return Some((entries, None));
            };
            let size = (values as usize).checked_mul(size_of(kind));
            let at = match size {
                Some(size) if size <= 4 => Some(entry + 8),
                Some(_) => self.u32_at(entry + 8).map(|at| at as usize),
                None => None,
            };
            if let Some(at) = at {
                entries.push(Entry { tag, kind, count: values as usize, at });
            }
        }
        let next = self.u32_at(start + count * 12).filter(|next| *next != 0).map(|next| next as usize);
        Some((entries, next))
    }

    /// The bytes of a value; fewer than it says when the file ends before.
    pub(crate) fn data(&self, entry: &Entry) -> &'a [u8] {
        let size = entry.count.saturating_mul(size_of(entry.kind));
        let end = entry.at.saturating_add(size).min(self.bytes.len());
        self.bytes.get(entry.at..end).unwrap_or_default()
    }

    /// The whole numbers of a value, at most so many.
    pub(crate) fn numbers(&self, entry: &Entry, most: usize) -> Vec<u32> {
        let size = size_of(entry.kind);
        let one = |index: usize| {
            let at = entry.at.checked_add(index * size)?;
            match entry.kind {
                1 | 6 | 7 => self.bytes.get(at).map(|byte| u32::from(*byte)),
                3 | 8 => self.u16_at(at).map(u32::from),
                4 | 9 | 13 => self.u32_at(at),
                _ => None,
            }
        };
        (0..entry.count.min(most)).map_while(one).collect()
    }

    /// The first whole number of a value.
    pub(crate) fn number(&self, entry: &Entry) -> Option<u32> {
        self.numbers(entry, 1).first().copied()
    }

    /// Fractions, as numerator and denominator; whole numbers and floating ones are fractions of 1.
    pub(crate) fn fractions(&self, entry: &Entry, most: usize) -> Vec<(f64, f64)> {
        let one = |index: usize| {
            let at = entry.at.checked_add(index * size_of(entry.kind))?;
            let signed = |value: u32| f64::from(i32::from_ne_bytes(value.to_ne_bytes()));
            match entry.kind {
                5 => Some((f64::from(self.u32_at(at)?), f64::from(self.u32_at(at + 4)?))),
                10 => Some((signed(self.u32_at(at)?), signed(self.u32_at(at + 4)?))),
                11 => Some((f64::from(f32::from_bits(self.u32_at(at)?)), 1.0)),
                12 => {
                    let eight: [u8; 8] = self.bytes.get(at..at.checked_add(8)?)?.try_into().ok()?;
                    let bits =
                        if self.big_endian { u64::from_be_bytes(eight) } else { u64::from_le_bytes(eight) };
                    Some((f64::from_bits(bits), 1.0))
                }
                _ => None,
            }
        };
        match entry.kind {
            5 | 10 | 11 | 12 => (0..entry.count.min(most)).map_while(one).collect(),
            _ => self.numbers(entry, most).into_iter().map(|number| (f64::from(number), 1.0)).collect(),
        }
    }
}

impl Entry {
    /// Whether its value is text.
    pub(crate) const fn is_text(&self) -> bool {
        self.kind == 2
    }
}

impl Directory {
    /// The entry with that tag.
    pub(crate) fn get(&self, tag: u16) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.tag == tag)
    }
}

/// Bytes of one value of a kind (TIFF 6.0 §2).
const fn size_of(kind: u16) -> usize {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_that_lead_in_a_circle_or_outside_end() {
        // One directory whose next one is itself, and whose EXIF lies outside.
        let mut bytes = b"II*\0\x08\0\0\0\x01\0".to_vec();
        bytes.extend_from_slice(&[0x69, 0x87, 4, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f]);
        bytes.extend_from_slice(&8_u32.to_le_bytes());
        let tiff = Tiff::open(&bytes).unwrap();
        let found = tiff.directories();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].entries.len(), 1);
    }

    #[test]
    fn a_value_longer_than_the_file_gives_what_is_there() {
        let mut bytes = b"MM\0*\0\0\0\x08\0\x01".to_vec();
        bytes.extend_from_slice(&[0x01, 0x0f, 0, 2, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 8]);
        let tiff = Tiff::open(&bytes).unwrap();
        let directory = &tiff.directories()[0];
        assert_eq!(tiff.data(directory.get(0x010f).unwrap()), &bytes[8..]);
        assert!(tiff.numbers(directory.get(0x010f).unwrap(), 4).is_empty());
    }
}
