//! Reads an ESRI shapefile's polygons and the columns of its table. Format: ESRI Shapefile Technical Description, 1998.

use std::{collections::BTreeMap, path::Path};

/// One record: its columns by name and its rings, each closed by its first point.
pub struct Record {
    /// Text of each column.
    pub columns: BTreeMap<String, String>,
    /// Rings of `[longitude, latitude]` in degrees.
    pub rings: Vec<Vec<[f64; 2]>>,
}

/// Reads `NAME.shp` and `NAME.dbf`.
pub fn read(name: &Path) -> Result<Vec<Record>, String> {
    let bytes = |ending: &str| {
        let path = name.with_extension(ending);
        std::fs::read(&path).map_err(|error| format!("{}: {error}.", path.display()))
    };
    let damaged = || format!("{} is damaged.", name.display());
    let rows = table(&bytes("dbf")?).ok_or_else(damaged)?;
    let outlines = polygons(&bytes("shp")?).ok_or_else(damaged)?;
    if rows.len() != outlines.len() {
        return Err(damaged());
    }
    let record = |(columns, rings)| Record { columns, rings };
    Ok(rows.into_iter().zip(outlines).map(record).collect())
}

fn four<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at + N)?.try_into().ok()
}

fn little(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(four(bytes, at)?) as usize)
}

fn double(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(four(bytes, at)?))
}

fn polygons(bytes: &[u8]) -> Option<Vec<Vec<Vec<[f64; 2]>>>> {
    let mut found = Vec::new();
    let mut at = 100;
    while at + 8 < bytes.len() {
        let words = u32::from_be_bytes(four(bytes, at + 4)?) as usize;
        let record = bytes.get(at + 8..at + 8 + words * 2)?;
        at += 8 + words * 2;
        if little(record, 0)? == 0 {
            found.push(Vec::new());
            continue;
        }
        let (parts, points) = (little(record, 36)?, little(record, 40)?);
        let starts = (0..parts).map(|part| little(record, 44 + part * 4)).collect::<Option<Vec<_>>>()?;
        let first = 44 + parts * 4;
        let mut rings = Vec::new();
        for (part, start) in starts.iter().enumerate() {
            let end = starts.get(part + 1).copied().unwrap_or(points);
            let point = |index: usize| {
                Some([double(record, first + index * 16)?, double(record, first + index * 16 + 8)?])
            };
            rings.push((*start..end).map(point).collect::<Option<Vec<_>>>()?);
        }
        found.push(rings);
    }
    Some(found)
}

fn table(bytes: &[u8]) -> Option<Vec<BTreeMap<String, String>>> {
    let count = little(bytes, 4)?;
    let [header, length] = [8, 10].map(|at| four(bytes, at).map(u16::from_le_bytes));
    let (header, length) = (usize::from(header?), usize::from(length?));
    let mut columns = Vec::new();
    let mut at = 32;
    while *bytes.get(at)? != 13 {
        let name = bytes.get(at..at + 11)?;
        let name: String = name.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
        columns.push((name, usize::from(*bytes.get(at + 16)?)));
        at += 32;
    }
    let mut rows = Vec::new();
    for row in 0..count {
        let mut at = header + row * length + 1;
        let mut cells = BTreeMap::new();
        for (name, width) in &columns {
            let cell = String::from_utf8_lossy(bytes.get(at..at + width)?).into_owned();
            cells.insert(name.clone(), cell.trim_matches(['\0', ' ']).to_owned());
            at += width;
        }
        rows.push(cells);
    }
    Some(rows)
}
