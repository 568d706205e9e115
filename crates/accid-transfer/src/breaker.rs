//! A circuit breaker: whoever does not answer is left alone for a while, and then asked once. Must not know what is
//! asked.

use std::{sync::Mutex, time::Duration};

use accid_base::locked;
use jiff::Timestamp;

/// Where a breaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerState {
    /// Calls go through.
    Closed,
    /// Calls are refused at once.
    Open,
    /// One call goes through, and decides.
    HalfOpen,
}

impl BreakerState {
    /// The state as it is written in answers: `closed`, `open`, `half-open`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half-open",
        }
    }
}

/// How patient a breaker is.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// So many failures in a row open it.
    pub failures: u32,
    /// It stays open for so long; twice as long after each probe that failed.
    pub rest: Duration,
    /// But never longer than this.
    pub longest: Duration,
}

#[derive(Debug, Default)]
struct Inner {
    failures: u32,
    /// When the next call may go through, and how long it rests; nothing while it is closed.
    open: Option<(Timestamp, Duration)>,
    probing: bool,
}

/// A circuit breaker. Times are given by the caller.
#[derive(Debug)]
pub struct Breaker {
    patience: Patience,
    inner: Mutex<Inner>,
}

impl Breaker {
    /// A closed one.
    pub fn new(patience: Patience) -> Self {
        Self { patience, inner: Mutex::default() }
    }

    /// Where it stands.
    pub fn state(&self, now: Timestamp) -> BreakerState {
        let inner = locked(&self.inner);
        match inner.open {
            None => BreakerState::Closed,
            Some((until, _)) if now < until && !inner.probing => BreakerState::Open,
            Some(_) => BreakerState::HalfOpen,
        }
    }

    /// Whether a call may go through now; of a half-open one only the first. Whoever may has to tell how it went.
    pub fn admits(&self, now: Timestamp) -> bool {
        let mut inner = locked(&self.inner);
        match inner.open {
            None => true,
            Some((until, _)) if now >= until && !inner.probing => {
                inner.probing = true;
                true
            }
            Some(_) => false,
        }
    }

    /// The call was answered.
    pub fn succeeded(&self) {
        *locked(&self.inner) = Inner::default();
    }

    /// The call was not answered.
    pub fn failed(&self, now: Timestamp) {
        let mut inner = locked(&self.inner);
        inner.failures = inner.failures.saturating_add(1);
        let rest = match inner.open {
            Some((_, rest)) if inner.probing => Some((rest * 2).min(self.patience.longest)),
            None if inner.failures >= self.patience.failures => Some(self.patience.rest),
            _ => None,
        };
        inner.probing = false;
        if let Some(rest) = rest {
            inner.open = Some((now.saturating_add(rest).unwrap_or(Timestamp::MAX), rest));
        }
    }

    /// Rests for at least so long, as the other side asked (`Retry-After`, RFC 9110 §10.2.3).
    pub fn rest_for(&self, now: Timestamp, time: Duration) {
        let mut inner = locked(&self.inner);
        inner.probing = false;
        let time = time.min(self.patience.longest.max(Duration::from_secs(3_600)));
        inner.open = Some((now.saturating_add(time).unwrap_or(Timestamp::MAX), self.patience.rest));
    }

    /// Lets the next call through at once: somebody asked.
    pub fn retry_now(&self) {
        let mut inner = locked(&self.inner);
        inner.probing = false;
        if let Some((until, _)) = &mut inner.open {
            *until = Timestamp::MIN;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn breaker() -> Breaker {
        let seconds = Duration::from_secs;
        Breaker::new(Patience { failures: 2, rest: seconds(5), longest: seconds(15) })
    }

    #[test]
    fn it_opens_after_failures_in_a_row_and_asks_once_after_a_rest() {
        let breaker = breaker();
        breaker.failed(at(0));
        breaker.succeeded();
        breaker.failed(at(1));
        assert_eq!(breaker.state(at(1)), BreakerState::Closed, "not in a row");
        breaker.failed(at(2));
        assert_eq!(breaker.state(at(2)), BreakerState::Open);
        assert!(!breaker.admits(at(6)));
        assert_eq!(breaker.state(at(7)), BreakerState::HalfOpen);
        assert!(breaker.admits(at(7)), "the probe");
        assert!(!breaker.admits(at(7)), "only one");
        breaker.succeeded();
        assert_eq!(breaker.state(at(8)), BreakerState::Closed);
    }

    #[test]
    fn each_probe_that_fails_doubles_the_rest_up_to_the_longest() {
        let breaker = breaker();
        breaker.failed(at(0));
        breaker.failed(at(0));
        let mut now = 0;
        for rest in [5, 10, 15, 15] {
            assert!(!breaker.admits(at(now + rest - 1)), "{rest}");
            assert!(breaker.admits(at(now + rest)), "{rest}");
            now += rest;
            breaker.failed(at(now));
        }
    }

    #[test]
    fn it_rests_as_long_as_the_other_side_asks_and_a_person_can_hurry_it() {
        let breaker = breaker();
        breaker.rest_for(at(0), Duration::from_secs(30));
        assert!(!breaker.admits(at(29)));
        breaker.retry_now();
        assert!(breaker.admits(at(1)) && !breaker.admits(at(1)));
        breaker.failed(at(1));
        assert!(!breaker.admits(at(2)), "a probe that failed rests again");
    }
}
