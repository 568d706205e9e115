//! An archive of map tiles in one file: PMTiles, version 3 (<https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md>).
//! Raster tiles are given out as they are. Must not know where the file lies nor what its tiles show.

use std::{io::Read as _, sync::Arc};

use flate2::read::GzDecoder;

use crate::GeoError;

const HEADER: usize = 127;
/// A directory larger than this, unpacked, is none.
const MOST_DIRECTORY: u64 = 64 * 1_048_576;
/// A larger tile is none that a page could show.
const MOST_TILE: u64 = 4 * 1_048_576;
/// Directories lie at most so deep.
const DEEPEST: usize = 4;

/// A run of tiles, or a directory of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    tile: u64,
    offset: u64,
    length: u64,
    /// How many tiles in a row are this one; none for a directory.
    run: u64,
}

/// An archive of raster tiles.
#[derive(Clone)]
pub struct TileArchive {
    bytes: Arc<Vec<u8>>,
    root: Arc<Vec<Entry>>,
    leaves: u64,
    data: u64,
    packed: Packed,
    finest: u32,
    extension: &'static str,
}

impl std::fmt::Debug for TileArchive {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TileArchive").field("finest", &self.finest).finish_non_exhaustive()
    }
}

/// How directories are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packed {
    Not,
    Gzip,
}

fn refused(why: &str) -> GeoError {
    GeoError::TileArchive(why.to_owned())
}

fn number(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

impl TileArchive {
    /// Opens an archive.
    ///
    /// # Errors
    /// When it is none, or its tiles are no pictures.
    pub fn open(bytes: Vec<u8>) -> Result<Self, GeoError> {
        let none = || refused("It is no PMTiles archive of version 3");
        if bytes.len() < HEADER || !bytes.starts_with(b"PMTiles") || bytes[7] != 3 {
            return Err(none());
        }
        let at = |index: usize| number(&bytes, index).ok_or_else(none);
        let (root_at, root_length, leaves, data) = (at(8)?, at(16)?, at(40)?, at(56)?);
        let packed = match bytes[97] {
            1 => Packed::Not,
            2 => Packed::Gzip,
            _ => return Err(refused("Its directory is packed in a way that ACCID does not read; use gzip")),
        };
        let extension = match bytes[99] {
            2 => "png",
            3 => "jpg",
            4 => "webp",
            5 => "avif",
            1 => {
                return Err(refused(
                    "Its tiles are vectors, and ACCID shows tiles that are pictures (PNG, JPEG, WebP or AVIF)",
                ));
            }
            _ => return Err(refused("Its tiles are no pictures that browsers show")),
        };
        if bytes[98] > 1 {
            return Err(refused(
                "Its pictures are packed a second time, which browsers do not show from files",
            ));
        }
        let finest = u32::from(bytes[101]);
        let part = slice(&bytes, root_at, root_length).ok_or_else(none)?;
        let root = directory(part, packed).ok_or_else(none)?;
        Ok(Self { root: Arc::new(root), bytes: Arc::new(bytes), leaves, data, packed, finest, extension })
    }

    /// The finest zoom there is.
    pub fn finest(&self) -> u32 {
        self.finest
    }

    /// What files of its tiles end with.
    pub fn extension(&self) -> &'static str {
        self.extension
    }

    /// Whether it has a tile.
    pub fn has(&self, zoom: u32, column: u32, row: u32) -> bool {
        self.find(zoom, column, row).is_some()
    }

    /// A tile; nothing when it has none there.
    pub fn tile(&self, zoom: u32, column: u32, row: u32) -> Option<Vec<u8>> {
        let entry = self.find(zoom, column, row).filter(|entry| entry.length <= MOST_TILE)?;
        Some(slice(&self.bytes, self.data.checked_add(entry.offset)?, entry.length)?.to_vec())
    }

    fn find(&self, zoom: u32, column: u32, row: u32) -> Option<Entry> {
        let wanted = tile_id(zoom, column, row)?;
        let mut entries = Arc::clone(&self.root);
        for _ in 0..DEEPEST {
            let after = entries.partition_point(|entry| entry.tile <= wanted);
            let entry = *entries.get(after.checked_sub(1)?)?;
            if entry.run > 0 {
                return (wanted - entry.tile < entry.run).then_some(entry);
            }
            let part = slice(&self.bytes, self.leaves.checked_add(entry.offset)?, entry.length)?;
            entries = Arc::new(directory(part, self.packed)?);
        }
        None
    }
}

fn slice(bytes: &[u8], at: u64, length: u64) -> Option<&[u8]> {
    let (at, length) = (usize::try_from(at).ok()?, usize::try_from(length).ok()?);
    bytes.get(at..at.checked_add(length)?)
}

fn directory(bytes: &[u8], packed: Packed) -> Option<Vec<Entry>> {
    let mut unpacked = Vec::new();
    match packed {
        Packed::Not => unpacked.extend_from_slice(bytes),
        Packed::Gzip => {
            GzDecoder::new(bytes).take(MOST_DIRECTORY).read_to_end(&mut unpacked).ok()?;
        }
    }
    let mut rest = unpacked.as_slice();
    let count = usize::try_from(variable(&mut rest)?).ok()?;
    // Each entry takes four bytes at least.
    if count > rest.len() / 4 {
        return None;
    }
    let mut entries = vec![Entry { tile: 0, offset: 0, length: 0, run: 0 }; count];
    let mut last = 0_u64;
    for entry in &mut entries {
        last = last.checked_add(variable(&mut rest)?)?;
        entry.tile = last;
    }
    for entry in &mut entries {
        entry.run = variable(&mut rest)?;
    }
    for entry in &mut entries {
        entry.length = variable(&mut rest)?;
    }
    let mut next = 0_u64;
    for (index, entry) in entries.iter_mut().enumerate() {
        let value = variable(&mut rest)?;
        entry.offset = if value == 0 && index > 0 { next } else { value.checked_sub(1)? };
        next = entry.offset.checked_add(entry.length)?;
    }
    Some(entries)
}

/// A number in groups of seven bits, the lowest first.
fn variable(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(first & 0x7f).checked_shl(shift)?;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// The number of a tile along the curve that goes through all tiles of all zooms; none when there is no such tile.
fn tile_id(zoom: u32, column: u32, row: u32) -> Option<u64> {
    if zoom > 26 || u64::from(column.max(row)) >= 1 << zoom {
        return None;
    }
    let before = (4_u64.pow(zoom) - 1) / 3;
    let (mut x, mut y) = (u64::from(column), u64::from(row));
    let mut along = 0_u64;
    let mut side = (1_u64 << zoom) / 2;
    while side > 0 {
        let (right, down) = (u64::from(x & side > 0), u64::from(y & side > 0));
        along += side * side * ((3 * right) ^ down);
        if down == 0 {
            if right == 1 {
                x = side.wrapping_sub(1).wrapping_sub(x) & (2 * side - 1);
                y = side.wrapping_sub(1).wrapping_sub(y) & (2 * side - 1);
            }
            std::mem::swap(&mut x, &mut y);
        }
        side /= 2;
    }
    Some(before + along)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn write(value: u64, to: &mut Vec<u8>) {
        let mut value = value;
        while value >= 0x80 {
            to.push(value as u8 | 0x80);
            value >>= 7;
        }
        to.push(value as u8);
    }

    /// An archive without packing: tiles by id, in order.
    fn archive(tiles: &[(u64, &[u8])], kind: u8) -> Vec<u8> {
        let mut directory = Vec::new();
        write(tiles.len() as u64, &mut directory);
        let mut last = 0;
        for (id, _) in tiles {
            write(id - last, &mut directory);
            last = *id;
        }
        tiles.iter().for_each(|_| write(1, &mut directory));
        tiles.iter().for_each(|(_, bytes)| write(bytes.len() as u64, &mut directory));
        tiles.iter().enumerate().for_each(|(index, _)| write(u64::from(index == 0), &mut directory));
        let mut bytes = b"PMTiles\x03".to_vec();
        let root = directory.len() as u64;
        let data: Vec<u8> = tiles.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect();
        for value in [127, root, 0, 0, 127 + root, 0, 127 + root, data.len() as u64, 0, 0, 0] {
            bytes.extend_from_slice(&value.to_le_bytes());
        }
        bytes.extend_from_slice(&[1, 1, 1, kind, 0, 9]);
        bytes.resize(HEADER, 0);
        bytes.extend(directory);
        bytes.extend(data);
        bytes
    }

    #[test]
    fn tiles_are_numbered_as_the_format_says() {
        // The examples of the specification.
        for ((zoom, column, row), id) in [
            ((0, 0, 0), 0),
            ((1, 0, 0), 1),
            ((1, 0, 1), 2),
            ((1, 1, 1), 3),
            ((1, 1, 0), 4),
            ((2, 0, 0), 5),
            ((12, 3423, 1763), 19_078_479),
        ] {
            assert_eq!(tile_id(zoom, column, row), Some(id), "{zoom}/{column}/{row}");
        }
        assert_eq!((tile_id(1, 2, 0), tile_id(27, 0, 0)), (None, None));
    }

    #[test]
    fn a_tile_is_found_and_given_out_as_it_is() {
        let bytes = archive(&[(0, b"world"), (3, b"south-east"), (5, b"fine")], 2);
        let open = TileArchive::open(bytes).unwrap();
        assert_eq!((open.finest(), open.extension()), (9, "png"));
        assert_eq!(open.tile(0, 0, 0).unwrap(), b"world");
        assert_eq!(open.tile(1, 1, 1).unwrap(), b"south-east");
        assert_eq!(open.tile(2, 0, 0).unwrap(), b"fine");
        assert!(!open.has(1, 0, 0) && open.tile(9, 100, 100).is_none());
    }

    #[test]
    fn what_is_no_archive_of_pictures_is_refused_with_a_sentence() {
        assert!(TileArchive::open(b"PK".to_vec()).is_err());
        let vectors = TileArchive::open(archive(&[(0, b"x")], 1)).unwrap_err().to_string();
        assert!(vectors.contains("vectors"), "{vectors}");
    }

    proptest! {
        #[test]
        fn damaged_archives_never_panic(cut in 0usize..400, at in 0usize..400, value: u8) {
            let mut bytes = archive(&[(0, b"world"), (3, b"south-east"), (5, b"fine")], 2);
            let place = at % bytes.len();
            bytes[place] = value;
            bytes.truncate(bytes.len().saturating_sub(cut % bytes.len()));
            if let Ok(open) = TileArchive::open(bytes) {
                for (zoom, column, row) in [(0, 0, 0), (1, 1, 1), (2, 3, 1), (20, 5, 9)] {
                    let _ = open.tile(zoom, column, row);
                }
            }
        }
    }
}
