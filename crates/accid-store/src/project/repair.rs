//! Mending what [`crate::damage`] finds: from the ledger where it knows better, and never by throwing content away.

use accid_base::{Finding, Id, RelativePath};
use accid_model::Blotter;
use serde_json::Value;

use super::{Object, Project, commit::Occasion, locked, reading};
use crate::{
    Damage, DamageKind, Expect, Repaired, StoreError, Transaction, Write, damage, disk,
    ledger::{Contents, Keep, RecordKind, Unreadable, segment_file},
    paths,
};

impl Project {
    /// Looks for damage in all files of the project, originals too; changes nothing.
    pub fn validate(&self) -> Vec<Damage> {
        let mut found = {
            let _following = locked(&self.following);
            let _storing = locked(&self.storing);
            let _writer = locked(&self.writer);
            let ahead = locked(&self.files).pending.clone();
            damage::look(self.vfs(), &self.folder, &ahead)
        };
        // Saves go on while the originals are read: that may take long.
        damage::look_at_media(self.vfs(), &self.folder, &mut found);
        found
    }

    /// Mends what [`Project::validate`] finds.
    ///
    /// # Errors
    /// When the disk refuses; what was mended until then stays mended.
    pub fn repair(&self) -> Result<Vec<Repaired>, StoreError> {
        let found = self.validate();
        self.repair_these(&found)
    }

    /// Mends what was found, perhaps before the project was opened.
    pub(crate) fn repair_these(&self, found: &[Damage]) -> Result<Vec<Repaired>, StoreError> {
        let mut repaired = Vec::new();
        let mut ledger_done = false;
        for damage in found {
            let what = match damage.kind {
                DamageKind::UnreadableDocument => self.mend_document(&damage.path)?,
                DamageKind::MissingDocument | DamageKind::MissingBlotter => self.bring_back(&damage.path)?,
                DamageKind::TornLedger => Some("The torn end of the history was cut off.".to_owned()),
                DamageKind::DamagedLedger if ledger_done => None,
                DamageKind::DamagedLedger => {
                    ledger_done = true;
                    Some(self.mend_ledger()?)
                }
                DamageKind::WrongMedia => Some(self.quarantine_media(&damage.path)?),
                DamageKind::IdTwice => self.give_new_id(&damage.path)?,
                DamageKind::Leftover => self.remove_leftover(&damage.path)?,
                DamageKind::UnreadableSettings | DamageKind::Refused => None,
            };
            let (kind, path) = (damage.kind, damage.path.clone());
            repaired.extend(what.map(|what| Repaired { kind, path, what }));
        }
        self.flush()?;
        Ok(repaired)
    }

    fn mend_document(&self, path: &str) -> Result<Option<String>, StoreError> {
        let Some(path) = document(path) else { return Ok(None) };
        {
            let mut writer = self.write_lock()?;
            self.look_at(&path, &mut writer)?;
        }
        let outcome = if self.get(&path).is_some() {
            "Moved to quarantine; its last saved state is in its place."
        } else {
            "Moved to quarantine; no earlier state of it is known."
        };
        Ok(Some(outcome.to_owned()))
    }

    /// Puts the last saved state of a document back whose file is gone.
    fn bring_back(&self, path: &str) -> Result<Option<String>, StoreError> {
        let Some(path) = document(path) else { return Ok(None) };
        if self.get(&path).is_some() {
            // In memory it never went away: its file only has to follow again.
            let mut files = locked(&self.files);
            files.seen.remove(&path);
            files.pending.insert(path.clone());
            return Ok(Some("Its last saved state was put back.".to_owned()));
        }
        let Some(object) = self.last_content(&path)? else { return Ok(None) };
        self.commit(Transaction {
            author: "accid".to_owned(),
            note: format!("Repair: put back {path}"),
            writes: vec![Write::put(path, (*object.value()).clone()).expecting(Expect::Absent)],
        })?;
        Ok(Some("Its last saved state was put back, as a new version.".to_owned()))
    }

    /// The newest content of an object that was removed.
    fn last_content(&self, path: &RelativePath) -> Result<Option<Object>, StoreError> {
        let recipe = {
            let index = reading(&self.index);
            (0..index.records.len()).rev().find_map(|place| index.recipe(path, place))
        };
        let folder = self.ledger_folder();
        match recipe {
            Some(recipe) => Ok(Some(Object::new(path, Contents::new(self.vfs(), &folder).get(&recipe)?))),
            None => Ok(None),
        }
    }

    /// Writes the history anew from all that can be read; the damaged segments are kept in quarantine.
    fn mend_ledger(&self) -> Result<String, StoreError> {
        let damaged: Vec<String> = {
            let scanned = crate::ledger::read_all(self.vfs(), &self.ledger_folder())?;
            scanned.findings.into_iter().map(|finding| finding.path).collect()
        };
        let quarantine = self.quarantine_folder();
        disk::make_folder(self.vfs(), &quarantine)?;
        for number in crate::ledger::numbers(self.vfs(), &self.ledger_folder())? {
            let segment = segment_file(&self.ledger_folder(), number);
            let name = format!("{}/{number:06}.log", paths::LEDGER);
            if damaged.contains(&name) {
                let bytes = self.vfs().read(&segment).map_err(StoreError::io("read", &segment))?;
                let copy = disk::free_name(self.vfs(), &quarantine, &format!("ledger-{number:06}.log"));
                disk::write(self.vfs(), &copy, &bytes)?;
            }
        }
        let all = |length: usize| (0..length).map(Keep::Record).collect::<Vec<_>>();
        self.rewrite_ledger(|index, build| build(&all(index.records.len())), Unreadable::Skip)?;
        self.record_what_is_unknown()?;
        locked(&self.findings).retain(|finding: &Finding| !damaged.contains(&finding.path));
        Ok("The history was written anew from all that can be read; the damaged file is kept in quarantine."
            .to_owned())
    }

    /// Documents whose present state was on a damaged record are recorded once more.
    fn record_what_is_unknown(&self) -> Result<(), StoreError> {
        let mut writer = self.write_lock()?;
        let objects = reading(&self.objects).clone();
        let unknown: Vec<_> = {
            let index = reading(&self.index);
            let unknown =
                |(path, object): &(&RelativePath, &Object)| index.latest(path) != Some(object.ledger_hash());
            objects.iter().filter(unknown).map(|(path, object)| (path.clone(), object.clone())).collect()
        };
        let difference =
            |(path, object)| super::commit::Difference { path, before: None, after: Some(object) };
        let differences: Vec<_> = unknown.into_iter().map(difference).collect();
        if differences.is_empty() {
            return Ok(());
        }
        let note = "Repair: recorded what the damaged history had lost";
        let occasion = Occasion { author: "accid", note, kind: RecordKind::Change };
        self.record(&mut writer, &differences.iter().collect::<Vec<_>>(), &occasion)?;
        Ok(())
    }

    fn quarantine_media(&self, path: &str) -> Result<String, StoreError> {
        let _storing = locked(&self.storing);
        let target = disk::quarantine(self.vfs(), &self.folder.join(path), &self.quarantine_folder(), path)?;
        let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(format!("Moved to {}/{name}. Add the original again, or put back a good copy.", paths::QUARANTINE))
    }

    /// Of two documents with one id the one that came later gets a new one.
    fn give_new_id(&self, path: &str) -> Result<Option<String>, StoreError> {
        let Some(path) = document(path) else { return Ok(None) };
        let Some(stored) = self.get(&path) else { return Ok(None) };
        let twins: Vec<RelativePath> = {
            let folder = path.parent().map(|folder| folder.to_string()).unwrap_or_default();
            let same =
                |(_, other): &(RelativePath, crate::Stored)| other.value.get("id") == stored.value.get("id");
            self.list(&folder).into_iter().filter(same).map(|(path, _)| path).collect()
        };
        let latest = {
            let index = reading(&self.index);
            let born = |path: &RelativePath| {
                index
                    .records
                    .iter()
                    .position(|record| record.changes.iter().any(|change| change.path == *path))
            };
            twins.iter().max_by_key(|path| (born(path), (*path).clone())).cloned()
        };
        let Some(latest) = latest.filter(|_| twins.len() > 1 && path.as_str() != Blotter::FILE) else {
            return Ok(None);
        };
        let Some(stored) = self.get(&latest) else { return Ok(None) };
        let id: Id = self.shared.moments.next();
        let mut value = (*stored.value).clone();
        if let Value::Object(fields) = &mut value {
            fields.insert("id".to_owned(), id.as_str().into());
        }
        self.commit(Transaction {
            author: "accid".to_owned(),
            note: format!("Repair: gave {latest} an id of its own"),
            writes: vec![Write::put(latest.clone(), value).expecting(Expect::Hash(stored.hash))],
        })?;
        Ok(Some(format!("{latest} has the new id {id}.")))
    }

    fn remove_leftover(&self, path: &str) -> Result<Option<String>, StoreError> {
        let _following = locked(&self.following);
        let _storing = locked(&self.storing);
        let file = self.folder.join(path);
        if !self.vfs().exists(&file) {
            return Ok(None);
        }
        self.vfs().remove_file(&file).map_err(StoreError::io("remove", &file))?;
        Ok(Some("Removed.".to_owned()))
    }
}

fn document(path: &str) -> Option<RelativePath> {
    path.parse().ok().filter(paths::is_document)
}
