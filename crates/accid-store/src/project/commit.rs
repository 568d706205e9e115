//! Saving: one record in the ledger, one sync, then it counts. The files follow later.

use std::{collections::BTreeSet, time::Instant};

use accid_base::{ContentHash, RelativePath};
use accid_model::Blotter;
use serde_json::Value;

use super::{Object, Project, locked, reading};
use crate::{
    Committed, Expect, StoreError, Transaction, Write, canonical,
    ledger::{KeptVersion, NewObject, NewRecord, RecordKind, Writer},
    paths,
    shared::Work,
};

/// Longest name of an author and longest note, in characters.
const LONGEST_TEXT: usize = 2_000;

/// A write whose value differs from what is there.
pub(super) struct Difference {
    pub path: RelativePath,
    pub before: Option<Object>,
    pub after: Option<Object>,
}

/// Who did what, and why.
pub(super) struct Occasion<'a> {
    pub author: &'a str,
    pub note: &'a str,
    pub kind: RecordKind,
}

pub(super) fn shorten(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

impl Project {
    /// Writes objects: all or none of them, as one record of the ledger. Once this returns they survive a power cut.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when an object is not what its writer expects: nothing was written, though an edit by
    /// another program that came to light was recorded as a version. Otherwise when a path is no document or the disk
    /// refuses.
    pub fn commit(&self, transaction: Transaction) -> Result<Committed, StoreError> {
        self.check_writes(&transaction.writes)?;
        self.check_replica(&transaction.writes)?;
        let result = if transaction.writes.iter().any(|write| write.path.as_str() == Blotter::FILE) {
            // Credentials are written into the blotter's file at once, and only one may write files.
            let _following = locked(&self.following);
            self.commit_locked(transaction)
        } else {
            self.commit_locked(transaction)
        };
        self.shared.tell();
        self.follow_soon();
        result
    }

    fn check_writes(&self, writes: &[Write]) -> Result<(), StoreError> {
        let mut seen = BTreeSet::new();
        for write in writes {
            paths::check_document(&write.path)?;
            let twice = !seen.insert(&write.path);
            let reason = match (&write.value, write.path.as_str() == Blotter::FILE) {
                _ if twice => "it is written twice in one transaction",
                (None, true) => "a project cannot be without its blotter",
                (Some(value), true) if value.get("id").and_then(Value::as_str) != Some(self.id.as_str()) => {
                    "a project keeps its id"
                }
                _ => continue,
            };
            return Err(StoreError::Unstorable { path: write.path.to_string(), reason: reason.to_owned() });
        }
        Ok(())
    }

    fn commit_locked(&self, transaction: Transaction) -> Result<Committed, StoreError> {
        let mut writer = self.write_lock()?;
        for write in &transaction.writes {
            self.look_at(&write.path, &mut writer)?;
        }
        self.check_expectations(&transaction.writes)?;
        let touched: Vec<_> = transaction.writes.iter().map(|write| write.path.clone()).collect();
        let mut differences = Vec::new();
        for write in transaction.writes {
            differences.extend(self.difference(write.path, write.value)?);
        }
        let occasion =
            Occasion { author: &transaction.author, note: &transaction.note, kind: RecordKind::Change };
        self.apply(&mut writer, differences, &occasion, touched)
    }

    fn check_expectations(&self, writes: &[Write]) -> Result<(), StoreError> {
        let objects = reading(&self.objects);
        for write in writes {
            let current = objects.get(&write.path);
            let met = match write.expect {
                Expect::Any => true,
                Expect::Hash(hash) => current.is_some_and(|object| object.hash() == hash),
                Expect::Absent => current.is_none(),
            };
            if !met {
                return Err(StoreError::Stale {
                    path: write.path.clone(),
                    current: current.map(Object::stored),
                });
            }
        }
        Ok(())
    }

    /// What a write changes; nothing when the JSON is the same.
    pub(super) fn difference(
        &self,
        path: RelativePath,
        value: Option<Value>,
    ) -> Result<Option<Difference>, StoreError> {
        let before = reading(&self.objects).get(&path).cloned();
        let after = match (&before, value) {
            (None, None) => return Ok(None),
            (Some(_), None) => None,
            (Some(object), Some(value)) => {
                let existing = object.value();
                if *existing == value {
                    return Ok(None);
                }
                Some(storable(&path, &canonical::arrange(&existing, value))?)
            }
            (None, Some(value)) => Some(storable(&path, &value)?),
        };
        Ok(Some(Difference { path, before, after }))
    }

    /// Records differences and takes them over; the answer names the touched objects.
    pub(super) fn apply(
        &self,
        writer: &mut Writer,
        differences: Vec<Difference>,
        occasion: &Occasion<'_>,
        touched: Vec<RelativePath>,
    ) -> Result<Committed, StoreError> {
        for difference in &differences {
            self.write_credentials(difference)?;
        }
        let changed = |difference: &&Difference| {
            difference.before.as_ref().map(Object::ledger_hash)
                != difference.after.as_ref().map(Object::ledger_hash)
        };
        let recorded: Vec<&Difference> = differences.iter().filter(changed).collect();
        let change = if recorded.is_empty() { None } else { Some(self.record(writer, &recorded, occasion)?) };
        self.take_over(&differences);
        let objects = reading(&self.objects);
        let hash = |path: RelativePath| {
            let hash = objects.get(&path).map(Object::hash);
            (path, hash)
        };
        Ok(Committed {
            at: change.as_ref().map_or_else(|| self.shared.moments.now(), crate::moments::time_of),
            change,
            objects: touched.into_iter().map(hash).collect(),
        })
    }

    /// Appends the record; when this returns it counts.
    pub(super) fn record(
        &self,
        writer: &mut Writer,
        differences: &[&Difference],
        occasion: &Occasion<'_>,
    ) -> Result<accid_base::Id, StoreError> {
        self.record_as(writer, (self.shared.moments.next(), None), differences, occasion)
    }

    /// The same, with the id the change has already, and the version it stands for.
    pub(super) fn record_as(
        &self,
        writer: &mut Writer,
        (id, version): (accid_base::Id, Option<KeptVersion>),
        differences: &[&Difference],
        occasion: &Occasion<'_>,
    ) -> Result<accid_base::Id, StoreError> {
        let record = {
            let index = reading(&self.index);
            let object = |difference: &&'_ Difference| {
                let known = index.latest(&difference.path);
                let before = difference.before.as_ref().map(Object::ledger_hash);
                (known == before, before)
            };
            let facts: Vec<(bool, Option<ContentHash>)> = differences.iter().map(object).collect();
            let objects = differences.iter().zip(&facts).map(|(difference, (chained, before))| NewObject {
                path: difference.path.clone(),
                base: difference.before.as_ref().filter(|_| *chained).map(Object::ledger_bytes),
                before: *before,
                after: difference.after.as_ref().map(|object| (object.ledger_hash(), object.ledger_bytes())),
            });
            let new = NewRecord {
                id: id.clone(),
                author: &shorten(occasion.author),
                note: &shorten(occasion.note),
                kind: occasion.kind,
                version,
                objects: objects.collect(),
            };
            writer.append(new, &index)?
        };
        self.take_record(record);
        Ok(id)
    }

    pub(super) fn take_over(&self, differences: &[Difference]) {
        let mut objects = self.changing();
        let mut files = locked(&self.files);
        for difference in differences {
            match &difference.after {
                Some(object) => objects.insert(difference.path.clone(), object.clone()),
                None => objects.remove(&difference.path),
            };
            files.settle(&difference.path, difference.after.as_ref().map(Object::hash));
        }
    }

    /// Credentials are not in the ledger, so a change of them is written into the file before anything counts.
    fn write_credentials(&self, difference: &Difference) -> Result<(), StoreError> {
        let (Some(before), Some(after)) = (&difference.before, &difference.after) else { return Ok(()) };
        if difference.path.as_str() != Blotter::FILE {
            return Ok(());
        }
        let credentials = after.value().get(Blotter::CREDENTIALS).cloned();
        if before.value().get(Blotter::CREDENTIALS) == credentials.as_ref() {
            return Ok(());
        }
        let mut value = (*before.value()).clone();
        if let Value::Object(fields) = &mut value {
            match credentials {
                Some(credentials) => {
                    fields.insert(Blotter::CREDENTIALS.to_owned(), credentials);
                }
                None => {
                    fields.shift_remove(Blotter::CREDENTIALS);
                }
            }
        }
        let object = storable(&difference.path, &value)?;
        crate::disk::write(self.vfs(), &difference.path.below(&self.folder), object.bytes())?;
        locked(&self.files).seen.insert(difference.path.clone(), object.hash());
        self.changing().insert(difference.path.clone(), object);
        Ok(())
    }

    /// Tells the background thread that there is something to do, unless it knows: waking it for every save of many
    /// would keep a processor from them.
    pub(super) fn follow_soon(&self) {
        {
            let mut files = locked(&self.files);
            files.saved = Some(Instant::now());
            if files.pending.is_empty() || std::mem::replace(&mut files.told, true) {
                return;
            }
        }
        if let Some(own) = self.own.get() {
            self.shared.send(Work::Follow(own.clone()));
        }
    }

    /// When something was last saved.
    pub(crate) fn last_save(&self) -> Option<Instant> {
        locked(&self.files).saved
    }

    /// The background thread is about to look: what is saved from now on has to be told again.
    pub(crate) fn look_begins(&self) {
        locked(&self.files).told = false;
    }
}

/// A document of a value, if everybody will be able to read it again.
fn storable(path: &RelativePath, value: &Value) -> Result<Object, StoreError> {
    if canonical::is_readable(value) {
        return Ok(Object::new(path, canonical::write(value)));
    }
    Err(StoreError::Unstorable {
        path: path.to_string(),
        reason: "it is nested deeper than 127 levels".to_owned(),
    })
}

impl super::Files {
    /// Notes what an object is now: its file has to follow, unless it holds just that.
    pub(super) fn settle(&mut self, path: &RelativePath, now: Option<ContentHash>) {
        let standing = self.seen.get(path).copied();
        if standing == now && !self.writing.contains_key(path) {
            self.pending.remove(path);
        } else {
            self.pending.insert(path.clone());
        }
    }
}
