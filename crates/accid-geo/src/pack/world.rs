//! The packed outlines: territories, the lines that bound them, and whose waters a place at sea is in.

use super::{Reader, Writer};
use crate::GeoError;

const FILE: &str = "world.zst";

/// A country or dependent territory of ISO 3166-1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Territory {
    /// ISO 3166-1 alpha-2, such as `VC`; `XK` for Kosovo.
    pub alpha2: String,
    /// ISO 3166-1 alpha-3, such as `VCT`.
    pub alpha3: String,
    /// ISO 3166-1 numeric with its leading zeros, such as `670`; empty for Kosovo.
    pub numeric: String,
    /// Its English name.
    pub name: String,
    /// Alpha-2 of the country it belongs to; its own unless it is dependent.
    pub sovereign: String,
    /// The United Nations' M49 numbers of the regions it is in, such as `029` for the Caribbean.
    pub regions: Vec<String>,
}

/// A piece of coast or border. Two neighbours share it, so that it is the same for both at any scale.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Longitude and latitude in [`super::UNITS_PER_DEGREE`]; longitude may go beyond 180° where land does.
    pub points: Vec<[i32; 2]>,
    /// For each point, how much it matters: the point is needed when a triangle of `2^(weight / 2)` square metres can
    /// be seen. The ends always are (255).
    pub weights: Vec<u8>,
}

/// One piece of land: an outer ring and its holes, as lines; `!index` is a line walked backwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Index of its territory.
    pub territory: usize,
    /// Its rings, the outer one first.
    pub rings: Vec<Vec<i32>>,
}

/// A polygon that holds a territory with the waters around its islands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waters {
    /// Index of its territory.
    pub territory: usize,
    /// Its rings, as points.
    pub rings: Vec<Vec<[i32; 2]>>,
}

/// All that `world.zst` holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorldData {
    /// Territories, by alpha-2.
    pub territories: Vec<Territory>,
    /// Lines, each bounding one or two shapes.
    pub lines: Vec<Line>,
    /// Pieces of land.
    pub shapes: Vec<Shape>,
    /// Waters.
    pub waters: Vec<Waters>,
}

fn write_territory(writer: &mut Writer, territory: &Territory) {
    for text in
        [&territory.alpha2, &territory.alpha3, &territory.numeric, &territory.name, &territory.sovereign]
    {
        writer.text(text);
    }
    writer.number(territory.regions.len() as u64);
    for region in &territory.regions {
        writer.text(region);
    }
}

fn read_territory(reader: &mut Reader<'_>) -> Result<Territory, GeoError> {
    let mut text = || reader.text().map(str::to_owned);
    let (alpha2, alpha3, numeric, name, sovereign) = (text()?, text()?, text()?, text()?, text()?);
    let regions = (0..reader.count()?).map(|_| reader.text().map(str::to_owned)).collect::<Result<_, _>>()?;
    Ok(Territory { alpha2, alpha3, numeric, name, sovereign, regions })
}

/// Points of many lines: all lengths, then all longitudes, then all latitudes, each as its difference.
fn write_points<'a>(writer: &mut Writer, lines: impl Iterator<Item = &'a [[i32; 2]]> + Clone) {
    writer.number(lines.clone().count() as u64);
    for line in lines.clone() {
        writer.number(line.len() as u64);
    }
    for axis in 0..2 {
        let mut before = 0;
        for point in lines.clone().flatten() {
            writer.signed(i64::from(point[axis]) - before);
            before = i64::from(point[axis]);
        }
    }
}

fn read_points(reader: &mut Reader<'_>) -> Result<Vec<Vec<[i32; 2]>>, GeoError> {
    let lengths = (0..reader.count()?).map(|_| reader.count()).collect::<Result<Vec<_>, _>>()?;
    let mut lines: Vec<Vec<[i32; 2]>> = Vec::with_capacity(lengths.len());
    let mut before = 0;
    for length in lengths {
        let mut line = Vec::with_capacity(length);
        for _ in 0..length {
            before = reader.step(before)?;
            line.push([before, 0]);
        }
        lines.push(line);
    }
    before = 0;
    for point in lines.iter_mut().flatten() {
        before = reader.step(before)?;
        point[1] = before;
    }
    Ok(lines)
}

impl WorldData {
    /// The packed bytes, before compression.
    pub fn write(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.number(self.territories.len() as u64);
        self.territories.iter().for_each(|territory| write_territory(&mut writer, territory));
        write_points(&mut writer, self.lines.iter().map(|line| line.points.as_slice()));
        for weight in self.lines.iter().flat_map(|line| &line.weights) {
            writer.byte(*weight);
        }
        writer.number(self.shapes.len() as u64);
        for shape in &self.shapes {
            writer.number(shape.territory as u64);
            writer.number(shape.rings.len() as u64);
            for ring in &shape.rings {
                writer.number(ring.len() as u64);
                ring.iter().for_each(|reference| writer.signed(i64::from(*reference)));
            }
        }
        writer.number(self.waters.len() as u64);
        for waters in &self.waters {
            writer.number(waters.territory as u64);
            write_points(&mut writer, waters.rings.iter().map(Vec::as_slice));
        }
        writer.into_bytes()
    }

    /// Reads the packed bytes.
    ///
    /// # Errors
    /// [`GeoError::DamagedData`] when they are not what [`WorldData::write`] wrote.
    pub fn read(bytes: &[u8]) -> Result<Self, GeoError> {
        let mut reader = Reader::new(FILE, bytes);
        let count = reader.count()?;
        let territories: Vec<Territory> =
            (0..count).map(|_| read_territory(&mut reader)).collect::<Result<_, _>>()?;
        let mut lines = Vec::new();
        for points in read_points(&mut reader)? {
            lines.push(Line { points, weights: Vec::new() });
        }
        for line in &mut lines {
            line.weights = (0..line.points.len()).map(|_| reader.byte()).collect::<Result<_, _>>()?;
        }
        let mut shapes = Vec::new();
        for _ in 0..reader.count()? {
            let territory = reader.index(territories.len())?;
            let rings = (0..reader.count()?)
                .map(|_| read_ring(&mut reader, lines.len()))
                .collect::<Result<_, _>>()?;
            shapes.push(Shape { territory, rings });
        }
        let mut waters = Vec::new();
        for _ in 0..reader.count()? {
            let territory = reader.index(territories.len())?;
            waters.push(Waters { territory, rings: read_points(&mut reader)? });
        }
        reader.finish()?;
        Ok(Self { territories, lines, shapes, waters })
    }
}

fn read_ring(reader: &mut Reader<'_>, lines: usize) -> Result<Vec<i32>, GeoError> {
    let count = reader.count()?;
    let mut ring = Vec::with_capacity(count);
    for _ in 0..count {
        let reference = reader.step(0)?;
        let line = if reference < 0 { !reference } else { reference };
        if line as usize >= lines {
            return Err(GeoError::DamagedData(FILE));
        }
        ring.push(reference);
    }
    Ok(ring)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_come_back_as_written_and_cut_ones_are_refused() {
        let data = WorldData {
            territories: vec![Territory {
                alpha2: "VC".to_owned(),
                alpha3: "VCT".to_owned(),
                numeric: "670".to_owned(),
                name: "Saint Vincent and the Grenadines".to_owned(),
                sovereign: "VC".to_owned(),
                regions: vec!["029".to_owned()],
            }],
            lines: vec![Line {
                points: vec![[-612_000, 130_000], [-611_000, 131_000], [-612_000, 130_000]],
                weights: vec![255, 30, 255],
            }],
            shapes: vec![Shape { territory: 0, rings: vec![vec![!0]] }],
            waters: vec![Waters {
                territory: 0,
                rings: vec![vec![[-620_000, 120_000], [-600_000, 140_000]]],
            }],
        };
        let bytes = data.write();
        assert_eq!(WorldData::read(&bytes), Ok(data));
        for end in 0..bytes.len() {
            assert!(WorldData::read(&bytes[..end]).is_err(), "cut at {end}");
        }
    }
}
