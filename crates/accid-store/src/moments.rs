//! Ids of changes: UUIDs of version 7 whose time never runs backwards while a store is open. Must not know ledgers.

use std::sync::{Arc, Mutex};

use accid_base::{Clock, Id, Random, locked};
use jiff::Timestamp;

/// How far the last id may lie ahead of the clock before it is taken for a clock that was set wrongly once.
const AHEAD_MILLISECONDS: i64 = 60_000;

/// Makes the ids of changes.
pub(crate) struct Moments {
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    last: Mutex<i64>,
}

struct Standing(Timestamp);

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        self.0
    }
}

impl Moments {
    pub(crate) fn new(clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self { clock, random, last: Mutex::new(0) }
    }

    /// A new id, later than all this store has seen, and its time.
    pub(crate) fn next(&self) -> Id {
        let now = self.clock.now().as_millisecond();
        let mut last = locked(&self.last);
        let next = if *last >= now && *last < now + AHEAD_MILLISECONDS { *last + 1 } else { now };
        *last = next;
        let at = Timestamp::from_millisecond(next).unwrap_or(Timestamp::UNIX_EPOCH);
        Id::generate(&Standing(at), &*self.random)
    }

    /// Takes note of an id found in a ledger, so that new ones come after it.
    pub(crate) fn seen(&self, id: &Id) {
        let mut last = locked(&self.last);
        *last = (*last).max(milliseconds(id));
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

fn milliseconds(id: &Id) -> i64 {
    let digits: String = id.as_str().chars().filter(char::is_ascii_hexdigit).take(12).collect();
    i64::from_str_radix(&digits, 16).unwrap_or(0)
}

/// The time in an id of version 7 (RFC 9562 §5.7: the first 48 bits are milliseconds since 1970).
pub(crate) fn time_of(id: &Id) -> Timestamp {
    Timestamp::from_millisecond(milliseconds(id)).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use accid_base::{FixedClock, SequenceRandom};

    use super::*;

    #[test]
    fn ids_made_in_the_same_millisecond_still_sort_and_carry_their_time() {
        let clock = Arc::new(FixedClock::at("2026-05-01T10:00:00Z"));
        let moments = Moments::new(clock.clone(), Arc::new(SequenceRandom::default()));
        let (first, second) = (moments.next(), moments.next());
        assert!(first < second);
        assert_eq!(time_of(&first), clock.now());
        moments.seen(&"ffffffff-ffff-7000-8000-000000000000".parse().unwrap());
        assert_eq!(
            time_of(&moments.next()),
            clock.now(),
            "a clock that was once set wrongly does not stay wrong"
        );
    }
}
