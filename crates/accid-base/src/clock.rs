//! The only way to the time.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

/// Tells the time; tests have one that stands still.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that moves only when told to.
#[derive(Debug)]
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    /// A clock standing at that time (RFC 3339); at the epoch when it cannot be read.
    pub fn at(text: &str) -> Self {
        Self(Mutex::new(text.parse().unwrap_or(Timestamp::UNIX_EPOCH)))
    }

    /// Moves the clock forward.
    pub fn advance_milliseconds(&self, milliseconds: i64) {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now = now.saturating_add(SignedDuration::from_millis(milliseconds)).unwrap_or(*now);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
