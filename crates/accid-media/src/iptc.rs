//! What IPTC says (IIM 4.2): title, caption, keywords, who made it and whose it is, and when.

use crate::{
    dates,
    notes::{Notes, decoded, line, lines},
};

/// Most datasets that are read.
const MOST: usize = 1_000;

/// Reads IPTC records.
pub(crate) fn read(mut bytes: &[u8]) -> Notes {
    let mut notes = Notes::default();
    let (mut day, mut time, mut headline, mut utf_8) = (String::new(), String::new(), String::new(), false);
    for _ in 0..MOST {
        let [0x1c, record, dataset, high, low, rest @ ..] = bytes else { break };
        // Lengths of more than 32767 are written another way, and no text is that long.
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(content) = rest.get(..length).filter(|_| length <= 0x7fff) else { break };
        bytes = &rest[length..];
        let text = || if utf_8 { String::from_utf8_lossy(content).into_owned() } else { decoded(content) };
        match (record, dataset) {
            (1, 90) => utf_8 = content == b"\x1b%G",
            (2, 5) => notes.title = line(&text(), 300),
            (2, 25) => notes.keywords.extend(Some(line(&text(), 80)).filter(|word| !word.is_empty())),
            (2, 55) => day = text(),
            (2, 60) => time = text(),
            (2, 80) if notes.creator.is_empty() => notes.creator = line(&text(), 120),
            (2, 105) => headline = line(&text(), 300),
            (2, 116) => notes.copyright = line(&text(), 300),
            (2, 120) => notes.caption = lines(&text(), 2_000),
            _ => {}
        }
    }
    if notes.title.is_empty() {
        notes.title = headline;
    }
    notes.date = date(&day, &time).unwrap_or_default();
    notes
}

/// `20260301` and `140500-0400`.
fn date(day: &str, time: &str) -> Option<String> {
    let time = if time.len() >= 6 { time } else { "000000" };
    let [year, month, day] = [day.get(..4)?, day.get(4..6)?, day.get(6..8)?];
    let [hour, minute, second] = [time.get(..2)?, time.get(2..4)?, time.get(4..6)?];
    dates::date(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}{}", time.get(6..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dataset(record: u8, number: u8, text: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x1c, record, number];
        bytes.extend_from_slice(&u16::try_from(text.len()).unwrap().to_be_bytes());
        bytes.extend_from_slice(text);
        bytes
    }

    #[test]
    fn words_are_read_in_the_encoding_they_say_they_have() {
        let bytes = [
            dataset(1, 90, b"\x1b%G"),
            dataset(2, 5, "Grüße".as_bytes()),
            dataset(2, 25, b"boat"),
            dataset(2, 25, b" sea "),
            dataset(2, 55, b"20260301"),
            dataset(2, 60, b"140500-0400"),
            dataset(2, 116, "© Ana".as_bytes()),
        ];
        let notes = read(&bytes.concat());
        assert_eq!((notes.title.as_str(), notes.copyright.as_str()), ("Grüße", "© Ana"));
        assert_eq!(notes.keywords, ["boat", "sea"]);
        assert_eq!(notes.date, "2026-03-01T14:05:00-04:00");
        assert_eq!(read(&dataset(2, 5, b"Gr\xfc\xdfe")).title, "Grüße");
    }

    #[test]
    fn records_that_end_early_give_what_came_before() {
        let mut bytes = dataset(2, 5, b"Title");
        bytes.extend_from_slice(&[0x1c, 2, 120, 0xff, 0xff, b'x']);
        assert_eq!(read(&bytes).title, "Title");
        assert_eq!(read(&bytes).caption, "");
    }
}
