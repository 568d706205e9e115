//! Counts, field by field, how often ACCID says what a reference says.

use std::{collections::BTreeMap, fmt::Debug};

use accid_media::Notes;
use serde_json::Value;

pub const PLACE: &str = "place, within 1e-5 degree";

/// Agreement by field.
#[derive(Debug, Default)]
pub struct Tally {
    fields: BTreeMap<&'static str, (usize, usize)>,
    differences: Vec<String>,
}

impl Tally {
    /// Counts one value.
    pub fn count<T: PartialEq + Debug>(&mut self, field: &'static str, file: &str, theirs: T, ours: T) {
        let (same, total) = self.fields.entry(field).or_default();
        *total += 1;
        if theirs == ours {
            *same += 1;
        } else {
            self.differences.push(format!("{field} of {file}: {ours:?}, and the reference says {theirs:?}"));
        }
    }

    /// Field, how often both said the same, and how often the reference said anything.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, usize, usize)> {
        self.fields.iter().map(|(field, (same, total))| (*field, *same, *total))
    }

    pub fn differences(&self) -> &[String] {
        &self.differences
    }

    /// Rows of a table in Markdown.
    pub fn table(&self) -> String {
        let share = |same: usize, total: usize| same as f64 * 100.0 / total as f64;
        self.counts()
            .map(|(field, same, total)| {
                format!("| {field} | {same} of {total} | {:.2} % |\n", share(same, total))
            })
            .collect()
    }

    /// Compares what ACCID read with what ExifTool said.
    pub fn compare(&mut self, file: &str, said: &Value, notes: &Notes) {
        for (field, key, ours) in [("make", "Make", &notes.make), ("model", "Model", &notes.model)] {
            let theirs = one_line(&said[key]);
            if theirs.contains(char::is_alphanumeric) {
                self.count(field, file, theirs.as_str(), ours);
            }
        }
        let original = date(&said["DateTimeOriginal"]);
        // When a file was changed is not when a photo was taken.
        if let Some(theirs) = original.clone().or_else(|| date(&said["CreateDate"])) {
            let ours = notes.date.get(..theirs.len()).unwrap_or(&notes.date);
            self.count("date", file, theirs.as_str(), ours);
        }
        if let Some(theirs) = original.and(offset(&said["OffsetTimeOriginal"])) {
            let ours = notes.date.get(19..).and_then(|rest| rest.find(['+', '-']).map(|at| &rest[at..]));
            self.count("offset", file, Some(theirs.as_str()), ours);
        }
        if let Some(theirs) = said["Orientation"].as_u64().filter(|value| (1..=8).contains(value)) {
            self.count("orientation", file, Some(theirs), notes.orientation.map(u64::from));
        }
        // 0° 0° is what a camera without a fix writes; ACCID takes it for no place.
        if let (Some(lat), Some(lon)) = (said["GPSLatitude"].as_f64(), said["GPSLongitude"].as_f64())
            && (lat, lon) != (0.0, 0.0)
        {
            let ours = notes.position.map(|position| (position.lat, position.lon));
            let near = |(a, b): (f64, f64)| (a - lat).abs() < 1e-5 && (b - lon).abs() < 1e-5;
            let ours = if ours.is_some_and(near) { Some((lat, lon)) } else { ours };
            self.count(PLACE, file, Some((lat, lon)), ours);
        }
    }
}

/// A text, or a number that ExifTool took it for, on one line.
fn one_line(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, ToOwned::to_owned);
    text.split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `2026:03:01 14:05:00…` as `2026-03-01T14:05:00`, to the minute where no second is said; none when it is no date.
fn date(value: &Value) -> Option<String> {
    let text = one_line(value);
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute) = (number(11, 13)?, number(14, 16)?);
    let real =
        year >= 1800 && (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60;
    let mut written = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}");
    let second = if text.get(16..17) == Some(":") { number(17, 19) } else { None };
    if let Some(second) = second {
        written.push_str(&format!(":{second:02}"));
    }
    // Some programs wrote hundredths of a minute for seconds.
    (real && second.is_none_or(|second| second < 60)).then_some(written)
}

fn offset(value: &Value) -> Option<String> {
    let text = one_line(value);
    if text == "Z" {
        return Some("+00:00".to_owned());
    }
    let shape = text.len() == 6 && text.starts_with(['+', '-']) && text.get(3..4) == Some(":");
    (shape && text[1..3].parse::<u32>().is_ok() && text[4..].parse::<u32>().is_ok()).then_some(text)
}
