//! The lock of object storage: one small object, written only if there is none, or if it is still the stale one that was
//! read (conditional writes: Amazon's "How to prevent object overwrites with conditional writes"). Storage that does
//! not know conditions lets two who come in the same moment both write; then the one whose note stays has it.

use std::sync::Arc;

use accid_base::{locked, vfs::LockGuard};
use accid_transfer::{Claim, LockNote, TransferError};

use super::{Call, ObjectStorage};
use crate::{BackupError, Storage as _};

/// Where the note lies.
const LOCK: &str = ".accid/lock";

/// The lock, held until it is dropped.
pub(super) struct Held<'a> {
    pub(super) storage: &'a ObjectStorage,
    pub(super) claim: Claim,
}

impl LockGuard for Held<'_> {}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        *locked(&self.storage.held) = None;
        // One that cannot be taken away, because the connection is gone, is known as ours by its token.
        if let Ok(Some((Some(note), _))) = self.storage.lock_note()
            && note.is_of(&self.claim)
        {
            drop(self.storage.delete(LOCK));
        }
    }
}

impl ObjectStorage {
    /// Takes the lock.
    pub(super) fn take_lock(&self, claim: &Claim) -> Result<(), BackupError> {
        let condition = match self.lock_note()? {
            None => ("if-none-match", "*".to_owned()),
            Some((note, tag)) => {
                if let Some(holder) = note.and_then(|note| note.keeps_out(claim)) {
                    return Err(self.busy(holder));
                }
                ("if-match", tag)
            }
        };
        self.write_note(claim, Some(condition))?;
        match self.lock_note()? {
            Some((Some(note), _)) if note.is_of(claim) => Ok(()),
            Some((Some(note), _)) => Err(self.busy(note.keeps_out(claim).unwrap_or_default())),
            _ => Err(self.busy("Another began in the same moment.".to_owned())),
        }
    }

    /// Gives a sign of life where one is due: a backup may take hours.
    pub(super) fn renew_lock(&self) -> Result<(), BackupError> {
        let held = locked(&self.held).as_ref().map(Arc::clone);
        held.map_or(Ok(()), |lease| lease.renew(self.clock.now(), |claim| self.write_note(claim, None)))
    }

    fn busy(&self, holder: String) -> BackupError {
        TransferError::Busy { place: self.place(), holder }.into()
    }

    /// The note, when it can be read, and the tag of what is there; nothing when there is none.
    fn lock_note(&self) -> Result<Option<(Option<LockNote>, String)>, BackupError> {
        let what = "to show its lock";
        let path = self.key(LOCK);
        let answer = self.call(&Call { what, method: "GET", path: &path, ..Call::default() })?;
        match answer.status {
            404 => Ok(None),
            200 => Ok(Some((LockNote::read(&answer.body), answer.tag))),
            _ => Err(self.refused(what, &answer)),
        }
    }

    /// Writes the note; that a condition is not met shows when it is read again.
    fn write_note(
        &self,
        claim: &Claim,
        condition: Option<(&'static str, String)>,
    ) -> Result<(), BackupError> {
        let what = "to take a lock";
        let path = self.key(LOCK);
        let body = Some(LockNote::of(claim).bytes());
        let conditional = condition.is_some();
        let answer =
            self.call(&Call { what, method: "PUT", path: &path, condition, body, ..Call::default() })?;
        match answer.status {
            200..300 => Ok(()),
            409 | 412 if conditional => Ok(()),
            // It does not know conditions.
            400 | 501 if conditional => self.write_note(claim, None),
            _ => Err(self.refused(what, &answer)),
        }
    }
}
