//! The format of the packed map data: numbers of variable length in columns, compressed as a whole with Zstandard.
//!
//! Owns: how numbers, strings, outlines and towns are written and read. Must not know: where the files come from
//! (`cargo xtask pack-geo` writes them) or what is asked of them. Every reader here is bounded by the bytes it has.

mod towns;
mod world;

pub use towns::{TownColumns, TownRow, TownTable};
pub use world::{Line, Shape, Territory, Waters, WorldData};

use crate::GeoError;

/// Whole numbers per degree in the packed outlines and towns: 1 is 0.0001°, 11 m or less.
pub const UNITS_PER_DEGREE: f64 = 10_000.0;

/// Most bytes a packed file may have when it is unpacked.
const MOST_BYTES: usize = 64 << 20;

/// Unpacks one committed file.
pub(crate) fn decompress(file: &'static str, bytes: &[u8]) -> Result<Vec<u8>, GeoError> {
    zstd::bulk::decompress(bytes, MOST_BYTES).map_err(|_| GeoError::DamagedData(file))
}

/// Writes numbers and strings one after the other.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// A whole number of 0 or more, seven bits a byte, the lowest first (LEB128).
    pub fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push((value as u8 & 0x7f) | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// A whole number that may be negative: its sign in the lowest bit.
    pub fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    /// A text with its length before it.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// One byte.
    pub fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }
}

/// Reads what [`Writer`] wrote. Past the end it answers with an error, never with a guess.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    file: &'static str,
}

impl<'a> Reader<'a> {
    /// Reads `bytes`; `file` is named when they are damaged.
    pub fn new(file: &'static str, bytes: &'a [u8]) -> Self {
        Self { bytes, file }
    }

    fn damaged(&self) -> GeoError {
        GeoError::DamagedData(self.file)
    }

    /// One byte.
    pub fn byte(&mut self) -> Result<u8, GeoError> {
        let (first, rest) = self.bytes.split_first().ok_or(GeoError::DamagedData(self.file))?;
        self.bytes = rest;
        Ok(*first)
    }

    /// A whole number of 0 or more.
    pub fn number(&mut self) -> Result<u64, GeoError> {
        let mut value = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(self.damaged())
    }

    /// How many of something follow: at most one for each byte that is left.
    pub fn count(&mut self) -> Result<usize, GeoError> {
        let count = usize::try_from(self.number()?).map_err(|_| self.damaged())?;
        if count > self.bytes.len() { Err(self.damaged()) } else { Ok(count) }
    }

    /// An index below `end`.
    pub fn index(&mut self, end: usize) -> Result<usize, GeoError> {
        let index = usize::try_from(self.number()?).map_err(|_| self.damaged())?;
        if index < end { Ok(index) } else { Err(self.damaged()) }
    }

    /// A whole number that may be negative.
    pub fn signed(&mut self) -> Result<i64, GeoError> {
        let value = self.number()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A difference added to what was before.
    pub fn step(&mut self, before: i32) -> Result<i32, GeoError> {
        let sum = i64::from(before).checked_add(self.signed()?);
        sum.and_then(|sum| i32::try_from(sum).ok()).ok_or_else(|| self.damaged())
    }

    /// A text with its length before it.
    pub fn text(&mut self) -> Result<&'a str, GeoError> {
        let length = self.count()?;
        let (text, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        std::str::from_utf8(text).map_err(|_| self.damaged())
    }

    /// Fails unless everything was read.
    pub fn finish(&self) -> Result<(), GeoError> {
        if self.bytes.is_empty() { Ok(()) } else { Err(self.damaged()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_come_back_as_written() {
        let mut writer = Writer::default();
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX)] {
            writer.number(value);
        }
        for value in [0, -1, 1, -64, 64, -1_800_000, 1_900_000] {
            writer.signed(value);
        }
        writer.text("Île-à-Vache");
        let bytes = writer.into_bytes();
        let mut reader = Reader::new("test", &bytes);
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX)] {
            assert_eq!(reader.number(), Ok(value));
        }
        for value in [0, -1, 1, -64, 64, -1_800_000, 1_900_000] {
            assert_eq!(reader.signed(), Ok(value));
        }
        assert_eq!(reader.text(), Ok("Île-à-Vache"));
        assert_eq!(reader.finish(), Ok(()));
        assert!(reader.byte().is_err());
    }

    #[test]
    fn a_damaged_length_is_an_error_and_takes_no_memory() {
        let mut reader = Reader::new("test", &[0xff, 0xff, 0xff, 0xff, 0x7f, 1]);
        assert_eq!(reader.count(), Err(GeoError::DamagedData("test")));
        let mut reader = Reader::new("test", &[0xff; 12]);
        assert_eq!(reader.number(), Err(GeoError::DamagedData("test")));
    }
}
