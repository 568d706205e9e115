//! What a command prints: sentences and small tables for people, or the answer's data as JSON for programs.

use serde_json::Value;

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Sentences for people.
    Sentences,
    /// JSON for programs.
    Json,
}

/// What a command has to say.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// For people.
    pub text: String,
    /// For programs.
    pub data: Value,
}

impl Report {
    /// Says that, with this data behind it.
    pub fn new(text: impl Into<String>, data: Value) -> Self {
        Self { text: text.into(), data }
    }

    /// The report as it is printed.
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Sentences => self.text.clone(),
            Format::Json => {
                serde_json::to_string_pretty(&self.data).unwrap_or_else(|_| self.data.to_string())
            }
        }
    }
}

/// A table with aligned columns, its first row the headings.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A field's text; empty when there is none.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// A field's number; 0 when there is none.
pub fn number(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or_default()
}

/// A number with its noun: `1 file`, `2 files`.
pub fn count(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// A size as a person reads it.
pub fn bytes(number: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if number < 1000 {
        return count(number, "byte");
    }
    #[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
    let mut size = number as f64 / 1000.0;
    let mut unit = 0;
    while size >= 999.95 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    format!("{size:.1} {}", UNITS[unit])
}

/// A time as a person reads it: to the minute, in UTC as it is stored.
pub fn minute(time: &str) -> String {
    match time.get(..16) {
        Some(minute) => minute.replace('T', " "),
        None => time.to_owned(),
    }
}

/// Findings, one a line.
pub fn findings(findings: &Value) -> String {
    let mut lines = String::new();
    for finding in findings.as_array().into_iter().flatten() {
        let place = text(finding, "path");
        let severity = text(finding, "severity");
        let message = text(finding, "message");
        lines.push_str(&if place.is_empty() {
            format!("\n  {severity}: {message}")
        } else {
            format!("\n  {severity}: {place}: {message}")
        });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_aligned_by_characters_and_not_by_bytes() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let text = table(&[row(&["Name", "Type"]), row(&["Café", "html"]), row(&["Yacht", "gallery"])]);
        assert_eq!(text, "Name   Type\nCafé   html\nYacht  gallery");
    }

    #[test]
    fn sizes_read_well() {
        assert_eq!(bytes(1), "1 byte");
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(1_500), "1.5 kB");
        assert_eq!(bytes(999_999), "1.0 MB");
    }
}
