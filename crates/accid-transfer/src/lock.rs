//! Who holds the lock of a place that knows no locks: a note of whose it is and when it last gave a sign of life. Must
//! not know how a note is kept.

use std::sync::Mutex;

use accid_base::{Id, locked};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::error::quoted;

/// How long a lock is held without a sign of life.
const RENEWED_AFTER: SignedDuration = SignedDuration::from_secs(120);
/// How long a lock is respected without a sign of life.
const STALE_AFTER: SignedDuration = SignedDuration::from_secs(15 * 60);

/// By what a piece of work that holds a lock at a server can be known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Names this piece of work.
    pub token: Id,
    /// Names an earlier one of the same kind that ended without taking its lock away: that lock is ours.
    pub left: Option<Id>,
    /// Who works, for others who find the lock.
    pub by: String,
    /// Now.
    pub at: Timestamp,
}

/// A lock that is held long, as of its last sign of life.
#[derive(Debug)]
pub struct Lease(Mutex<Claim>);

impl Lease {
    /// The lock of that claim, whose last sign of life is its time.
    pub const fn new(claim: Claim) -> Self {
        Self(Mutex::new(claim))
    }

    /// Gives a sign of life, as `renew` does, when the last one is some time ago: a lock without one is taken over.
    ///
    /// # Errors
    /// Those of `renew`.
    pub fn renew<E>(&self, now: Timestamp, renew: impl FnOnce(&Claim) -> Result<(), E>) -> Result<(), E> {
        let claim = {
            let mut held = locked(&self.0);
            if now.duration_since(held.at) < RENEWED_AFTER {
                return Ok(());
            }
            held.at = now;
            held.clone()
        };
        renew(&claim)
    }
}

/// What is written where a lock is held, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockNote {
    token: Id,
    by: String,
    at: Timestamp,
}

impl LockNote {
    /// The note of a claim.
    pub fn of(claim: &Claim) -> Self {
        Self { token: claim.token.clone(), by: claim.by.clone(), at: claim.at }
    }

    /// A note that was read; nothing when it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// What to write.
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Whether it is of that very claim.
    pub fn is_of(&self, claim: &Claim) -> bool {
        self.token == claim.token
    }

    /// Who keeps the claim out, as a sentence; nothing when its lock may be taken.
    pub fn keeps_out(&self, claim: &Claim) -> Option<String> {
        let mine = self.is_of(claim) || claim.left.as_ref() == Some(&self.token);
        if mine || claim.at.duration_since(self.at) > STALE_AFTER {
            return None;
        }
        Some(format!(
            "It was begun by {}, whose last sign of life is of {}; after a quarter of an hour without one it may be taken over.",
            quoted(&self.by),
            self.at
        ))
    }
}
