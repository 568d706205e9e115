//! The packed towns: names, places, regions, time zones and how many live there, one column after the other.

use super::{Reader, Writer};
use crate::GeoError;

const FILE: &str = "towns.zst";

/// One town as the packer has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TownRow {
    /// Index of its country's alpha-2 in [`TownTable::countries`].
    pub country: usize,
    /// Index into [`TownTable::regions`]; 0 is no region.
    pub region: usize,
    /// Latitude in [`super::UNITS_PER_DEGREE`].
    pub latitude: i32,
    /// Longitude in [`super::UNITS_PER_DEGREE`].
    pub longitude: i32,
    /// Index into [`TownTable::zones`].
    pub zone: usize,
    /// How many live there, 0 when unknown.
    pub population: u64,
    /// Its name.
    pub name: String,
    /// Other names it is known by, such as München for Munich.
    pub other_names: Vec<String>,
}

/// What the packer writes as `towns.zst`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TownTable {
    /// Alpha-2 codes.
    pub countries: Vec<String>,
    /// Names of regions, the first of them empty.
    pub regions: Vec<String>,
    /// IANA names of time zones.
    pub zones: Vec<String>,
    /// Towns, by country and region.
    pub towns: Vec<TownRow>,
}

/// What is read from `towns.zst`: a column each, so that 200,000 towns take a few megabytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TownColumns {
    /// Alpha-2 codes.
    pub countries: Vec<String>,
    /// Names of regions, the first of them empty.
    pub regions: Vec<String>,
    /// IANA names of time zones.
    pub zones: Vec<String>,
    /// For each town, its country.
    pub country: Vec<u16>,
    /// For each town, its region; 0 is none.
    pub region: Vec<u16>,
    /// For each town, its time zone.
    pub zone: Vec<u16>,
    /// For each town, its latitude in [`super::UNITS_PER_DEGREE`].
    pub latitude: Vec<i32>,
    /// For each town, its longitude in [`super::UNITS_PER_DEGREE`].
    pub longitude: Vec<i32>,
    /// For each town, how many live there, two digits of it; 0 when unknown.
    pub population: Vec<u32>,
    /// Names, each ended by a line break.
    pub names: String,
    /// Other names, each ended by a line break.
    pub other_names: String,
    /// For each line of `other_names`, its town.
    pub other_towns: Vec<u32>,
}

fn write_texts(writer: &mut Writer, texts: &[String]) {
    writer.number(texts.len() as u64);
    texts.iter().for_each(|text| writer.text(text));
}

fn read_texts(reader: &mut Reader<'_>) -> Result<Vec<String>, GeoError> {
    (0..reader.count()?).map(|_| reader.text().map(str::to_owned)).collect()
}

impl TownTable {
    /// The packed bytes, before compression. Names must be without line breaks.
    pub fn write(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        for texts in [&self.countries, &self.regions, &self.zones] {
            write_texts(&mut writer, texts);
        }
        writer.number(self.towns.len() as u64);
        let mut column = |value: fn(&TownRow) -> i64| {
            let mut before = 0;
            for town in &self.towns {
                writer.signed(value(town) - before);
                before = value(town);
            }
        };
        column(|town| town.country as i64);
        column(|town| town.region as i64);
        column(|town| town.zone as i64);
        column(|town| i64::from(town.latitude));
        column(|town| i64::from(town.longitude));
        for town in &self.towns {
            writer.number(two_digits(town.population));
        }
        let names: String = self.towns.iter().map(|town| format!("{}\n", town.name)).collect();
        writer.text(&names);
        let others = || {
            let numbered = self.towns.iter().enumerate();
            numbered.flat_map(|(index, town)| town.other_names.iter().map(move |name| (index, name)))
        };
        let names: String = others().map(|(_, name)| format!("{name}\n")).collect();
        writer.text(&names);
        let mut before = 0;
        for (index, _) in others() {
            writer.signed(index as i64 - before);
            before = index as i64;
        }
        writer.into_bytes()
    }
}

/// One column of differences, each sum below `end` when that is not 0.
fn column(reader: &mut Reader<'_>, count: usize, end: usize) -> Result<Vec<i32>, GeoError> {
    let mut before = 0;
    let mut values = Vec::with_capacity(count);
    for _ in 0..count {
        before = reader.step(before)?;
        if end > 0 && !usize::try_from(before).is_ok_and(|index| index < end) {
            return Err(GeoError::DamagedData(FILE));
        }
        values.push(before);
    }
    Ok(values)
}

fn indices(reader: &mut Reader<'_>, count: usize, end: usize) -> Result<Vec<u16>, GeoError> {
    let wide = column(reader, count, end.max(1))?;
    wide.into_iter().map(|value| u16::try_from(value).map_err(|_| GeoError::DamagedData(FILE))).collect()
}

impl TownColumns {
    /// Reads the packed bytes.
    ///
    /// # Errors
    /// [`GeoError::DamagedData`] when they are not what [`TownTable::write`] wrote.
    pub fn read(bytes: &[u8]) -> Result<Self, GeoError> {
        let mut reader = Reader::new(FILE, bytes);
        let countries = read_texts(&mut reader)?;
        let regions = read_texts(&mut reader)?;
        let zones = read_texts(&mut reader)?;
        let count = reader.count()?;
        let country = indices(&mut reader, count, countries.len())?;
        let region = indices(&mut reader, count, regions.len())?;
        let zone = indices(&mut reader, count, zones.len())?;
        let latitude = column(&mut reader, count, 0)?;
        let longitude = column(&mut reader, count, 0)?;
        let population =
            (0..count).map(|_| reader.number().map(from_two_digits)).collect::<Result<Vec<_>, _>>()?;
        let names = reader.text()?.to_owned();
        let other_names = reader.text()?.to_owned();
        let other_towns = column(&mut reader, line_breaks(&other_names), count.max(1))?;
        reader.finish()?;
        if line_breaks(&names) != count {
            return Err(GeoError::DamagedData(FILE));
        }
        let other_towns = other_towns.into_iter().map(i32::cast_unsigned).collect();
        Ok(Self {
            countries,
            regions,
            zones,
            country,
            region,
            zone,
            latitude,
            longitude,
            population,
            names,
            other_names,
            other_towns,
        })
    }
}

fn line_breaks(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// A number by its two leading digits and how many follow: enough to order towns, and small.
fn two_digits(mut value: u64) -> u64 {
    let mut zeros = 0;
    while value >= 100 {
        value /= 10;
        zeros += 1;
    }
    zeros * 100 + value
}

fn from_two_digits(packed: u64) -> u32 {
    let zeros = u32::try_from(packed / 100).unwrap_or(u32::MAX).min(7);
    (packed % 100) as u32 * 10_u32.pow(zeros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn populations_keep_their_two_leading_digits() {
        for (written, read) in [(0, 0), (99, 99), (100, 100), (1_418, 1_400), (37_977_000, 37_000_000)] {
            assert_eq!(from_two_digits(two_digits(written)), read);
        }
    }

    #[test]
    fn a_table_comes_back_as_written_and_a_cut_one_is_refused() {
        let town = TownRow {
            country: 0,
            region: 1,
            latitude: 130_090,
            longitude: -612_370,
            zone: 0,
            population: 2_600,
            name: "Port Elizabeth".to_owned(),
            other_names: vec!["Bequia".to_owned()],
        };
        let table = TownTable {
            countries: vec!["VC".to_owned()],
            regions: vec![String::new(), "Grenadines".to_owned()],
            zones: vec!["America/St_Vincent".to_owned()],
            towns: vec![town],
        };
        let bytes = table.write();
        let columns = TownColumns::read(&bytes).unwrap();
        assert_eq!((columns.names.as_str(), columns.other_names.as_str()), ("Port Elizabeth\n", "Bequia\n"));
        assert_eq!((columns.latitude[0], columns.longitude[0]), (130_090, -612_370));
        assert_eq!((columns.population[0], columns.region[0]), (2_600, 1));
        for end in 0..bytes.len() {
            assert!(TownColumns::read(&bytes[..end]).is_err(), "cut at {end}");
        }
    }
}
