//! Going back in time: versions, snapshots, any state rendered or restored.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use accid_base::{ContentHash, Id, RelativePath};
use accid_model::Blotter;
use jiff::Timestamp;
use serde_json::Value;

use super::{
    Object, Project,
    commit::{Difference, Occasion, shorten},
    locked, reading,
};
use crate::{
    Committed, Moment, Restore, StoreError, Stored, Version, canonical,
    ledger::{Contents, Index, NewRecord, RecordKind},
    paths, versions,
};

/// How often reading is tried again when compaction took a segment away in between.
const TRIES: usize = 4;

impl Project {
    /// What people see of the history, newest first. Changes less than 5 minutes apart are one version; a snapshot, a
    /// restore and an edit by another program close it.
    pub fn versions(&self) -> Vec<Version> {
        self.some_versions(0..usize::MAX).0
    }

    /// Some of the versions, by their places from the newest on, and how many there are in all: what a list shows of a
    /// long history is told at once.
    pub fn some_versions(&self, places: Range<usize>) -> (Vec<Version>, usize) {
        let (index, notes) = (reading(&self.index), reading(&self.notes));
        let groups = versions::groups(&index, &notes.marks);
        let asked = groups.iter().rev().skip(places.start).take(places.end.saturating_sub(places.start));
        (asked.map(|group| versions::version(&index, &notes.marks, group)).collect(), groups.len())
    }

    /// When each version was made, newest first, with those that people named or pinned: the whole history at a glance.
    pub fn moments(&self) -> Vec<Moment> {
        let (index, notes) = (reading(&self.index), reading(&self.notes));
        let groups = versions::groups(&index, &notes.marks);
        groups.iter().rev().map(|group| versions::moment(&index, &notes.marks, group)).collect()
    }

    /// When something was last changed or named.
    pub fn changed_at(&self) -> Option<Timestamp> {
        reading(&self.index).records.last().map(|record| record.at)
    }

    /// One version by its id.
    ///
    /// # Errors
    /// When no version has it.
    pub fn version(&self, id: &Id) -> Result<Version, StoreError> {
        let (index, notes) = (reading(&self.index), reading(&self.notes));
        let groups = versions::groups(&index, &notes.marks);
        let place = index.place_of(id);
        let found = place.and_then(|place| groups.iter().find(|group| group.last == place));
        let found = found.ok_or_else(|| StoreError::VersionNotFound(id.clone()))?;
        Ok(versions::version(&index, &notes.marks, found))
    }

    /// Tells every version, oldest first, with the documents that it changed as they were then: their bytes, or nothing
    /// where one was removed. The history is not thinned out meanwhile; saves go on.
    ///
    /// # Errors
    /// When a state cannot be read any more, and whatever the listener says.
    pub fn walk_versions<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(&Version, Vec<(RelativePath, Option<Vec<u8>>)>) -> Result<(), E>,
    ) -> Result<(), E> {
        let _compacting = locked(&self.compacting);
        let (index, marks) = (reading(&self.index).clone(), reading(&self.notes).marks.clone());
        let folder = self.ledger_folder();
        let mut contents = Contents::new(self.vfs(), &folder);
        for group in versions::groups(&index, &marks) {
            let version = versions::version(&index, &marks, &group);
            let mut changes = Vec::with_capacity(version.paths.len());
            for path in &version.paths {
                let (path, recipe) = plan_one(&index, path, group.last)?;
                let bytes = recipe.map(|recipe| contents.get(&recipe)).transpose()?;
                changes.push((path, bytes));
            }
            each(&version, changes)?;
        }
        Ok(())
    }

    /// How many bytes of the ledger the documents of each collection take, compressed; the blotter's under its name.
    pub fn history_bytes(&self) -> BTreeMap<String, u64> {
        let index = reading(&self.index);
        let mut bytes: BTreeMap<String, u64> = BTreeMap::new();
        for change in index.records.iter().flat_map(|record| &record.changes) {
            let collection = change.path.parts().next().unwrap_or_default();
            *bytes.entry(collection.to_owned()).or_default() += change.payload.length();
        }
        bytes
    }

    /// Names the state as it is now.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn snapshot(&self, author: &str, message: &str) -> Result<Version, StoreError> {
        self.check_own()?;
        let version = {
            let mut writer = self.write_lock()?;
            let new = NewRecord {
                id: self.shared.moments.next(),
                author: &shorten(author),
                note: &shorten(message),
                kind: RecordKind::Snapshot,
                version: None,
                objects: Vec::new(),
            };
            let record = writer.append(new, &reading(&self.index))?;
            let id = record.id.clone();
            self.take_record(record);
            let (index, notes) = (reading(&self.index), reading(&self.notes));
            let group = versions::groups(&index, &notes.marks).pop();
            let group = group.map(|group| versions::version(&index, &notes.marks, &group));
            group.ok_or(StoreError::VersionNotFound(id))
        };
        self.shared.tell();
        version
    }

    /// All documents as they were right after a change or version.
    ///
    /// # Errors
    /// When there is no such change, or its state cannot be read any more.
    pub fn tree_at(&self, version: &Id) -> Result<BTreeMap<RelativePath, Arc<Value>>, StoreError> {
        let states = self.states_at(version, None)?;
        Ok(states.into_iter().filter_map(|(path, state)| Some((path, state?.value()))).collect())
    }

    /// One document as it was right after a change or version; `None` when it did not exist then.
    ///
    /// # Errors
    /// When there is no such change, or its state cannot be read any more.
    pub fn get_at(&self, version: &Id, path: &RelativePath) -> Result<Option<Stored>, StoreError> {
        let mut states = self.states_at(version, Some(path))?;
        Ok(states.remove(path).flatten().map(|object| object.stored()))
    }

    /// Brings back an older state. That is itself a change, and a version of its own, so it can be undone. Media,
    /// credentials, keys and what is derived are not touched.
    ///
    /// # Errors
    /// When there is no such change, its state cannot be read any more, or the disk refuses.
    pub fn restore(&self, version: &Id, what: &Restore, author: &str) -> Result<Committed, StoreError> {
        let result = self.restore_now(version, what, author);
        self.shared.tell();
        self.follow_soon();
        result
    }

    fn restore_now(&self, version: &Id, what: &Restore, author: &str) -> Result<Committed, StoreError> {
        let only = match what {
            Restore::Project => None,
            Restore::File(path) => {
                paths::check_document(path)?;
                Some(path)
            }
        };
        self.check_own()?;
        let _following = locked(&self.following);
        let mut states = self.states_at(version, only)?;
        let mut writer = self.write_lock()?;
        if only.is_none() {
            for path in self.paths() {
                states.entry(path).or_insert(None);
            }
        }
        let touched: Vec<RelativePath> = states.keys().cloned().collect();
        for path in &touched {
            self.look_at(path, &mut writer)?;
        }
        let mut differences = Vec::new();
        for (path, state) in states {
            let before = reading(&self.objects).get(&path).cloned();
            if only.is_some() && before.is_none() && state.is_none() {
                return Err(StoreError::ObjectNotFound(path));
            }
            differences.extend(restored(path, before, state));
        }
        let when = crate::moments::time_of(version);
        let note = match what {
            Restore::Project => format!("Restored the state of {when:.0}"),
            Restore::File(path) => format!("Restored {path} as of {when:.0}"),
        };
        let occasion = Occasion { author, note: &note, kind: RecordKind::Restore };
        self.apply(&mut writer, differences, &occasion, touched)
    }

    /// What objects were after a change: all that the history knows, or just one.
    fn states_at(
        &self,
        version: &Id,
        only: Option<&RelativePath>,
    ) -> Result<BTreeMap<RelativePath, Option<Object>>, StoreError> {
        let mut result = self.try_states_at(version, only);
        for _ in 1..TRIES {
            match &result {
                Err(StoreError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                    result = self.try_states_at(version, only);
                }
                _ => break,
            }
        }
        result
    }

    fn try_states_at(
        &self,
        version: &Id,
        only: Option<&RelativePath>,
    ) -> Result<BTreeMap<RelativePath, Option<Object>>, StoreError> {
        let now: BTreeMap<ContentHash, Object> =
            reading(&self.objects).values().map(|object| (object.ledger_hash(), object.clone())).collect();
        let plan = {
            let index = reading(&self.index);
            let place =
                index.place_of(version).ok_or_else(|| StoreError::VersionNotFound(version.clone()))?;
            let paths: BTreeSet<&RelativePath> = match only {
                Some(path) => BTreeSet::from([path]),
                None => index.paths().collect(),
            };
            paths.into_iter().map(|path| plan_one(&index, path, place)).collect::<Result<Vec<_>, _>>()?
        };
        let folder = self.ledger_folder();
        let mut contents = Contents::new(self.vfs(), &folder);
        let mut states = BTreeMap::new();
        for (path, recipe) in plan {
            let state = match recipe {
                None => None,
                Some(recipe) => Some(match now.get(&recipe.after) {
                    Some(object) => object.in_ledger(&path),
                    None => Object::new(&path, contents.get(&recipe)?),
                }),
            };
            states.insert(path, state);
        }
        Ok(states)
    }
}

type Planned = (RelativePath, Option<crate::ledger::Recipe>);

fn plan_one(index: &Index, path: &RelativePath, place: usize) -> Result<Planned, StoreError> {
    if index.change_at(path, place).is_none() {
        return Ok((path.clone(), None));
    }
    match index.recipe(path, place) {
        Some(recipe) => Ok((path.clone(), Some(recipe))),
        None => Err(StoreError::Damaged {
            path: path.as_str().into(),
            reason: "this version of it stands on a damaged record".to_owned(),
        }),
    }
}

/// What a restore changes of one object. A blotter keeps the credentials it has now.
fn restored(path: RelativePath, before: Option<Object>, state: Option<Object>) -> Option<Difference> {
    if before.as_ref().map(Object::ledger_hash) == state.as_ref().map(Object::ledger_hash) {
        return None;
    }
    if path.as_str() != Blotter::FILE {
        return Some(Difference { path, before, after: state });
    }
    // A project is never without its blotter: versions from before it had one leave it alone.
    let mut value = (*state?.value()).clone();
    let credentials = before.as_ref().and_then(|object| object.value().get(Blotter::CREDENTIALS).cloned());
    if let (Value::Object(fields), Some(credentials)) = (&mut value, credentials) {
        fields.insert(Blotter::CREDENTIALS.to_owned(), credentials);
    }
    let after = Some(Object::new(&path, canonical::write(&value)));
    Some(Difference { path, before, after })
}
