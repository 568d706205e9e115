//! What a server lists: lines of MLSD (RFC 3659 §7) and of LIST as Unix and Windows servers write them. A line that
//! cannot be read is left out; what follows from a name is decided by the caller.

use crate::Found;

/// One line of MLSD: `type=file;size=42;modify=…; name`.
pub(super) fn read_machine_line(line: &str) -> Option<(String, Found)> {
    let (facts, name) = line.split_once(' ')?;
    let (mut kind, mut size) = (None, 0);
    for fact in facts.split(';') {
        let (key, value) = fact.split_once('=').unwrap_or((fact, ""));
        if key.eq_ignore_ascii_case("type") {
            kind = Some(value.to_ascii_lowercase());
        } else if key.eq_ignore_ascii_case("size") {
            size = value.parse().ok()?;
        }
    }
    let found = match kind?.as_str() {
        "file" => Found::File(size),
        "dir" => Found::Folder,
        "cdir" | "pdir" => return None,
        _ => Found::Other,
    };
    Some((name.to_owned(), found))
}

/// One line of LIST.
pub(super) fn read_line(line: &str) -> Option<(String, Found)> {
    if line.starts_with(|first: char| first.is_ascii_digit()) { read_windows(line) } else { read_unix(line) }
}

/// `-rw-r--r--   1 user group  1234 Nov 21 17:00 name`
fn read_unix(line: &str) -> Option<(String, Found)> {
    let kind = line.chars().next()?;
    if !"-dlbcps".contains(kind) {
        return None;
    }
    // Servers may leave the group out: the date decides where the size is.
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(begin) = line[at..].find(|character: char| character != ' ').map(|begin| at + begin) {
        let end = line[begin..].find(' ').map_or(line.len(), |end| begin + end);
        words.push((begin, &line[begin..end]));
        at = end;
        if words.len() == 9 {
            break;
        }
    }
    let month = words.iter().skip(3).position(|(_, word)| is_month(word))? + 3;
    let size = words.get(month - 1)?.1.parse().ok()?;
    // One space separates the time from the name; the name may begin with more.
    let (begin, time) = words.get(month + 2)?;
    let name = line.get(begin + time.len() + 1..)?;
    Some(match kind {
        '-' => (name.to_owned(), Found::File(size)),
        'd' => (name.to_owned(), Found::Folder),
        'l' => (name.split(" -> ").next()?.to_owned(), Found::Other),
        _ => (name.to_owned(), Found::Other),
    })
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
}

/// `11-21-26  05:00PM       <DIR>          name`
fn read_windows(line: &str) -> Option<(String, Found)> {
    let mut rest = line;
    let mut word = || {
        let trimmed = rest.trim_start();
        let end = trimmed.find(' ')?;
        let found = &trimmed[..end];
        rest = &trimmed[end..];
        Some(found)
    };
    let (date, _time, size) = (word()?, word()?, word()?);
    if !date.contains(['-', '/']) {
        return None;
    }
    let name = rest.trim_start().to_owned();
    let found = if size == "<DIR>" { Found::Folder } else { Found::File(size.parse().ok()?) };
    (!name.is_empty()).then_some((name, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listings_of_many_servers_are_read() {
        let file = |name: &str, size| Some((name.to_owned(), Found::File(size)));
        let folder = |name: &str| Some((name.to_owned(), Found::Folder));
        assert_eq!(
            read_line("-rw-r--r--    1 1000  1000   5500 Nov 21 17:00 index.html"),
            file("index.html", 5500)
        );
        assert_eq!(
            read_line("-rw-r--r-- 1 anna users 12 Jan  1  2024 my  photo.jpg"),
            file("my  photo.jpg", 12)
        );
        assert_eq!(read_line("-rw-r--r-- 1 anna 12 Jan  1  2024 x"), file("x", 12));
        assert_eq!(read_line("drwxr-xr-x    2 0 0 4096 Nov 21 17:00 .accid"), folder(".accid"));
        assert_eq!(
            read_line("lrwxrwxrwx 1 0 0 7 Nov 21 17:00 www -> /srv/www"),
            Some(("www".to_owned(), Found::Other))
        );
        assert_eq!(read_line("11-21-26  05:00PM       <DIR>          images"), folder("images"));
        assert_eq!(read_line("11-21-2026  05:00PM             1234 a b.css"), file("a b.css", 1234));
        assert_eq!(read_machine_line("type=file;size=42;modify=20261121; a b.html"), file("a b.html", 42));
        assert_eq!(read_machine_line("Type=dir;Modify=20261121; images"), folder("images"));
        assert_eq!(read_machine_line("type=OS.unix=slink:/x; link"), Some(("link".to_owned(), Found::Other)));
    }

    #[test]
    fn what_is_no_entry_is_left_out_and_nothing_panics() {
        for line in [
            "",
            "total 12",
            "-",
            "d",
            "- -",
            "-rw 1 Nov",
            "-rw-r--r-- 1 1 1 Nov 21 17:00",
            "1",
            "11-21-26",
            "type=file",
            ";;; ",
            "type=file;size=x; a",
        ] {
            assert_eq!(read_line(line), None, "{line}");
            assert_eq!(read_machine_line(line), None, "{line}");
        }
        for line in ["type=cdir; .", "type=pdir; .."] {
            assert_eq!(read_machine_line(line), None);
        }
        let hostile = "-rw-r--r-- é é é Nov é é";
        drop((read_line(hostile), read_line(&hostile.repeat(40))));
    }
}
