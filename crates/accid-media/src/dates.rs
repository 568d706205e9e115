//! Dates as cameras and programs write them, into one form. Blank dates and dates of zeros are none.

/// A date of EXIF, IPTC or XMP as `2026-03-01T14:05:00`, with fraction and offset when they stand there; a year and
/// month alone, and what cannot be a date, are none.
pub(crate) fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let mut groups = Vec::new();
    let mut rest = text;
    while groups.len() < 6 {
        let start = rest.find(|letter: char| letter.is_ascii_digit())?;
        let between = &rest[..start];
        if groups.len() >= 5 && between.starts_with(['+', '-', 'Z']) {
            break;
        }
        if between.chars().any(|letter| !matches!(letter, ':' | '-' | '/' | '.' | ' ' | 'T' | 't')) {
            return None;
        }
        let digits =
            rest[start..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len() - start);
        groups.push(rest[start..start + digits].parse::<u32>().ok()?);
        rest = &rest[start + digits..];
        if groups.len() >= 3 && rest.trim().is_empty() {
            break;
        }
        if groups.len() == 5 && rest.starts_with(['+', '-', 'Z']) {
            break;
        }
    }
    let [year, month, day] = groups.get(..3)?.try_into().ok()?;
    let time = |index: usize| groups.get(index).copied().unwrap_or_default();
    let (hour, minute, second) = (time(3), time(4), time(5).min(59));
    let real = (1800..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_of(year, month)).contains(&day)
        && hour < 24
        && minute < 60;
    if !real {
        return None;
    }
    let mut written = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits: String = fraction.chars().take_while(char::is_ascii_digit).collect();
        rest = &fraction[digits.len()..];
        written.push_str(&self::fraction(&digits));
    }
    if let Some(offset) = offset(rest) {
        written.push_str(&offset);
    }
    Some(written)
}

/// Digits behind the point of a second, as `.25`; nothing when they are zeros or no digits.
pub(crate) fn fraction(digits: &str) -> String {
    let digits: String = digits.trim().chars().take_while(char::is_ascii_digit).take(6).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() { String::new() } else { format!(".{digits}") }
}

/// An offset from UTC as `-04:00`; none when it is none or more than 14 hours.
pub(crate) fn offset(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with(['Z', 'z']) {
        return Some("+00:00".to_owned());
    }
    let sign = text.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
    let digits: Vec<&str> = text[1..].split(':').collect();
    let (hours, minutes) = match digits.as_slice() {
        [hours, minutes, ..] => (hours.trim().parse::<u32>().ok()?, minutes.get(..2)?.parse::<u32>().ok()?),
        [both] if both.len() == 4 => (both.get(..2)?.parse().ok()?, both.get(2..)?.parse().ok()?),
        [hours] => (hours.parse().ok()?, 0),
        [] => return None,
    };
    (hours * 60 + minutes <= 14 * 60 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

const fn days_of(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_kind_become_one_form() {
        for (written, read) in [
            ("2026:03:01 14:05:09", "2026-03-01T14:05:09"),
            ("2026-03-01T14:05:09.250-04:00", "2026-03-01T14:05:09.25-04:00"),
            ("2026-03-01T14:05+05:45", "2026-03-01T14:05:00+05:45"),
            ("2026-03-01T14:05:09Z", "2026-03-01T14:05:09+00:00"),
            ("2026/03/01 14:05:60", "2026-03-01T14:05:59"),
            ("2024-02-29", "2024-02-29T00:00:00"),
        ] {
            assert_eq!(date(written).as_deref(), Some(read), "{written}");
        }
    }

    #[test]
    fn blank_zero_and_impossible_dates_are_none() {
        for written in [
            "",
            "    :  :     :  :  ",
            "0000:00:00 00:00:00",
            "2026:13:01 00:00:00",
            "2025:02:29 10:00:00",
            "2026:03:01 24:00:00",
            "2026",
            "2026-03",
            "yesterday",
            "0001:01:01 00:00:00",
            "2026 March 1",
        ] {
            assert_eq!(date(written), None, "{written:?}");
        }
    }

    #[test]
    fn offsets_are_read_as_they_are_written_and_none_is_beyond_14_hours() {
        for (written, read) in [
            ("+05:30", Some("+05:30")),
            ("-0430", Some("-04:30")),
            (" +05:45 ", Some("+05:45")),
            ("Z", Some("+00:00")),
            ("+5", Some("+05:00")),
            ("+15:00", None),
            ("", None),
            ("   :  ", None),
            ("+05:77", None),
            ("+ü", None),
        ] {
            assert_eq!(offset(written).as_deref(), read, "{written:?}");
        }
    }
}
