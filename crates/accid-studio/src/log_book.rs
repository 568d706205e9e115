//! The last lines of the log, for the studio's viewer and for support bundles. Must not know who writes them.

use std::{collections::VecDeque, sync::Mutex};

use accid_base::locked;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// How many lines are remembered.
const REMEMBERED: usize = 4_000;
/// Longest line, in characters.
const LONGEST: usize = 2_000;

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LogLine {
    /// Its number since the start.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// `error`, `warn`, `info` or `debug`.
    pub level: String,
    /// What was said.
    pub message: String,
    /// What it was about, such as `project_id=…`.
    pub details: String,
}

#[derive(Default)]
struct Lines {
    next: u64,
    lines: VecDeque<LogLine>,
}

/// The last lines of this process's log.
#[derive(Default)]
pub struct LogBook(Mutex<Lines>);

impl LogBook {
    /// Writes a line down.
    pub fn write(&self, at: Timestamp, level: &str, message: &str, details: &str) {
        let cut = |text: &str| text.chars().take(LONGEST).collect::<String>();
        let mut lines = locked(&self.0);
        lines.next += 1;
        let line = LogLine {
            number: lines.next,
            at,
            level: level.to_ascii_lowercase(),
            message: cut(message),
            details: cut(details),
        };
        lines.lines.push_back(line);
        if lines.lines.len() > REMEMBERED {
            lines.lines.pop_front();
        }
    }

    /// The last lines after a number that are at least as grave and hold the text, oldest first.
    pub fn read(&self, wanted: &LogQuery) -> Vec<LogLine> {
        let grave = gravity(wanted.level.as_deref().unwrap_or("debug"));
        let text = wanted.q.as_deref().unwrap_or_default().to_lowercase();
        let lines = locked(&self.0);
        let fits = |line: &&LogLine| {
            line.number > wanted.after
                && gravity(&line.level) <= grave
                && (text.is_empty()
                    || line.message.to_lowercase().contains(&text)
                    || line.details.to_lowercase().contains(&text))
        };
        let most = wanted.most.clamp(1, REMEMBERED);
        let mut found: Vec<LogLine> = lines.lines.iter().rev().filter(fits).take(most).cloned().collect();
        found.reverse();
        found
    }
}

/// Which lines of the log are wanted.
#[derive(Debug, Clone)]
pub struct LogQuery {
    /// At least as grave as this: `error`, `warn`, `info` or `debug`.
    pub level: Option<String>,
    /// That hold this text, in whatever case.
    pub q: Option<String>,
    /// After this number.
    pub after: u64,
    /// At most so many, the newest.
    pub most: usize,
}

fn gravity(level: &str) -> u8 {
    match level {
        "error" => 0,
        "warn" => 1,
        "info" => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(level: &str, text: &str, after: u64) -> LogQuery {
        LogQuery { level: Some(level.to_owned()), q: Some(text.to_owned()), after, most: 3 }
    }

    #[test]
    fn lines_are_found_by_gravity_text_and_number_and_the_newest_win() {
        let book = LogBook::default();
        for number in 0..10 {
            let level = if number % 2 == 0 { "INFO" } else { "WARN" };
            book.write(Timestamp::UNIX_EPOCH, level, &format!("Line {number}"), "project_id=x");
        }
        let said =
            |query: &LogQuery| book.read(query).into_iter().map(|line| line.message).collect::<Vec<_>>();
        assert_eq!(said(&query("warn", "", 0)), ["Line 5", "Line 7", "Line 9"]);
        assert_eq!(said(&query("info", "line 4", 0)), ["Line 4"]);
        assert_eq!(said(&query("debug", "PROJECT_ID", 9)), ["Line 9"]);
        assert!(said(&query("error", "", 0)).is_empty());
    }

    #[test]
    fn the_book_does_not_grow_for_ever() {
        let book = LogBook::default();
        for _ in 0..=REMEMBERED {
            book.write(Timestamp::UNIX_EPOCH, "info", &"x".repeat(5_000), "");
        }
        let all = LogQuery { level: None, q: None, after: 0, most: usize::MAX };
        let lines = book.read(&all);
        assert_eq!((lines.len(), lines[0].number, lines[0].message.len()), (REMEMBERED, 2, LONGEST));
    }
}
