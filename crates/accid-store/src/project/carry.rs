//! Carrying a history to another ACCID: its records leave here one by one with the hashes of what they made, and are
//! taken in there under the same ids. Must not know how they travel.
//!
//! **Invariants:** a record is taken in once; its contents are checked against their hashes; a replica is written by
//! its origin alone, but for the places it is published to, which are the Vault's.

use std::{collections::BTreeMap, path::Path};

use accid_base::{ContentHash, Id, RelativePath, Vfs};
use accid_model::{Blotter, Photo};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Object, Project,
    commit::{Difference, Occasion},
    locked, reading, writing,
};
use crate::{
    StoreError, Write, canonical, disk,
    ledger::{Contents, KeptKind, KeptVersion, Record, RecordKind, Writer},
    paths,
};

/// How far the time of a record may lie ahead of this machine's clock, in milliseconds.
const AHEAD: i64 = 24 * 60 * 60 * 1000;

/// Fields of a blotter that belong to the one who publishes.
const OF_PUBLISHER: [&str; 2] = ["environments", Blotter::CREDENTIALS];

/// One record of a history, as it travels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Carried {
    /// The change.
    pub id: Id,
    /// Who.
    pub author: String,
    /// What, for people.
    #[serde(default)]
    pub note: String,
    /// Why: `change`, `restore`, `outside` or `snapshot`.
    pub kind: String,
    /// Only where the history was thinned out: the version this record stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Value>,
    /// The objects, and what they are after it; nothing when they were removed.
    #[serde(default)]
    pub objects: Vec<CarriedObject>,
}

/// One object of a record that travels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CarriedObject {
    /// Its file in the project.
    pub path: RelativePath,
    /// Hash of its content; nothing when it was removed.
    pub after: Option<ContentHash>,
}

/// Where a replica comes from: `.accid/replica.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replica {
    /// The pairing of the tool that owns the project.
    pub origin: Id,
    /// What that tool is called.
    pub name: String,
    /// The last record that was taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Id>,
}

fn kind_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Restore => "restore",
        RecordKind::Outside => "outside",
        RecordKind::Snapshot => "snapshot",
        RecordKind::Change => "change",
    }
}

fn kind_of(name: &str) -> RecordKind {
    match name {
        "restore" => RecordKind::Restore,
        "snapshot" => RecordKind::Snapshot,
        _ => RecordKind::Change,
    }
}

/// The note on where a project comes from; nothing when it is this store's own.
pub(super) fn read_replica(vfs: &dyn Vfs, folder: &Path) -> Option<Replica> {
    let bytes = disk::read(vfs, &folder.join(paths::REPLICA)).ok().flatten()?;
    serde_json::from_value(canonical::parse(&bytes).ok()?).ok()
}

/// Writes that note durably.
pub(crate) fn write_replica(vfs: &dyn Vfs, folder: &Path, replica: &Replica) -> Result<(), StoreError> {
    let file = folder.join(paths::REPLICA);
    if let Some(parent) = file.parent() {
        disk::ensure_folder(vfs, parent, folder)?;
    }
    let value = serde_json::to_value(replica).unwrap_or_default();
    disk::write(vfs, &file, &canonical::write(&value))
}

impl Project {
    /// Where this project comes from, when another ACCID owns it.
    pub fn replica(&self) -> Option<Replica> {
        reading(&self.replica).clone()
    }

    /// The records after one, oldest first, at most so many; all when none is named or it is not known any more.
    pub fn carry_after(&self, id: Option<&Id>, most: usize) -> Vec<Carried> {
        let index = reading(&self.index);
        index.records[index.behind(id)..].iter().take(most).map(carried).collect()
    }

    /// How many records there are after one.
    pub fn count_after(&self, id: Option<&Id>) -> usize {
        let index = reading(&self.index);
        index.records.len() - index.behind(id)
    }

    /// The id of the last record.
    pub fn last_record(&self) -> Option<Id> {
        reading(&self.index).records.last().map(|record| record.id.clone())
    }

    /// A content of any version by its hash, as the ledger keeps it; nothing when no version has it.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn content(&self, hash: &ContentHash) -> Result<Option<Vec<u8>>, StoreError> {
        let now = reading(&self.objects);
        if let Some(object) = now.values().find(|object| object.ledger_hash() == *hash) {
            return Ok(Some(object.ledger_bytes().to_vec()));
        }
        drop(now);
        let recipe = {
            let index = reading(&self.index);
            index.place_of_content(hash).and_then(|(path, place)| index.recipe(&path, place))
        };
        let folder = self.ledger_folder();
        recipe.map(|recipe| Contents::new(self.vfs(), &folder).get(&recipe)).transpose()
    }

    /// Whether some version has this content.
    pub fn has_content(&self, hash: &ContentHash) -> bool {
        reading(&self.objects).values().any(|object| object.ledger_hash() == *hash)
            || reading(&self.index).place_of_content(hash).is_some()
    }

    /// The names of all originals, such as `9b0e….jpg`.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn media_names(&self) -> Result<Vec<String>, StoreError> {
        let folder = self.folder.join(Photo::MEDIA);
        if !self.vfs().exists(&folder) {
            return Ok(Vec::new());
        }
        disk::names(self.vfs(), &folder, accid_base::vfs::Kind::File)
    }

    /// Takes records in that are not known yet, in their order, and remembers the last one. Once this returns they
    /// survive a power cut.
    ///
    /// # Errors
    /// When this is no replica, a content is missing or is not what its hash says, a path is no document, a record
    /// comes from the future, or the disk refuses; what came before it was taken in.
    pub fn receive(
        &self,
        records: &[Carried],
        contents: &BTreeMap<ContentHash, Vec<u8>>,
    ) -> Result<usize, StoreError> {
        let result = self.receive_now(records, contents);
        self.shared.tell();
        self.follow_soon();
        result
    }

    fn receive_now(
        &self,
        records: &[Carried],
        contents: &BTreeMap<ContentHash, Vec<u8>>,
    ) -> Result<usize, StoreError> {
        let _following = locked(&self.following);
        let mut writer = self.write_lock()?;
        let mut replica = self.replica().ok_or_else(|| self.unstorable("this project is not a replica"))?;
        let mut taken = 0;
        for record in records {
            if reading(&self.index).place_of(&record.id).is_none() {
                self.receive_one(record, contents, &mut writer)?;
                taken += 1;
            }
        }
        if let Some(last) = records.last() {
            replica.through = Some(last.id.clone());
            write_replica(self.vfs(), &self.folder, &replica)?;
            *writing(&self.replica) = Some(replica);
        }
        Ok(taken)
    }

    fn receive_one(
        &self,
        record: &Carried,
        contents: &BTreeMap<ContentHash, Vec<u8>>,
        writer: &mut Writer,
    ) -> Result<(), StoreError> {
        let ahead =
            crate::moments::time_of(&record.id).as_millisecond() - self.shared.moments.now().as_millisecond();
        if ahead > AHEAD {
            return Err(self.unstorable("its time lies more than a day ahead of this machine's clock"));
        }
        let mut differences = Vec::with_capacity(record.objects.len());
        for object in &record.objects {
            paths::check_document(&object.path)?;
            self.look_at(&object.path, writer)?;
            let after = match &object.after {
                None if object.path.as_str() == Blotter::FILE => continue,
                None => None,
                Some(hash) => Some(self.arrived(&object.path, hash, contents)?),
            };
            let before = reading(&self.objects).get(&object.path).cloned();
            if before.is_some() || after.is_some() {
                differences.push(Difference { path: object.path.clone(), before, after });
            }
        }
        let occasion = Occasion { author: &record.author, note: &record.note, kind: kind_of(&record.kind) };
        let version = match &record.version {
            Some(version) => serde_json::from_value(version.clone()).ok(),
            // What another program wrote over there stands alone here too, though our own file has to follow it.
            None => (record.kind == "outside").then(|| KeptVersion {
                kind: KeptKind::Outside,
                started: crate::moments::time_of(&record.id).as_millisecond(),
                changes: 1,
            }),
        };
        let all: Vec<&Difference> = differences.iter().collect();
        self.record_as(writer, (record.id.clone(), version), &all, &occasion)?;
        self.take_over(&differences);
        Ok(())
    }

    /// A content that came along or is here already, checked.
    fn arrived(
        &self,
        path: &RelativePath,
        hash: &ContentHash,
        contents: &BTreeMap<ContentHash, Vec<u8>>,
    ) -> Result<Object, StoreError> {
        let refused =
            |reason: &str| StoreError::Unstorable { path: path.to_string(), reason: reason.to_owned() };
        let bytes = match contents.get(hash) {
            Some(bytes) => bytes.clone(),
            None => self.content(hash)?.ok_or_else(|| refused("its content did not come along"))?,
        };
        if ContentHash::of(&bytes) != *hash {
            return Err(refused("its content is not what its hash says"));
        }
        let value = canonical::parse(&bytes).map_err(|error| refused(&format!("it is no JSON: {error}")))?;
        if path.as_str() != Blotter::FILE {
            return Ok(Object::new(path, bytes));
        }
        if value.get("id").and_then(Value::as_str) != Some(self.id_text()) {
            return Err(refused("a project keeps its id"));
        }
        let own = reading(&self.objects).get(path).map(Object::value);
        Ok(match own.and_then(|own| with_own(&own, value)) {
            Some(merged) => Object::new(path, canonical::write(&merged)),
            None => Object::new(path, bytes),
        })
    }

    fn unstorable(&self, reason: &str) -> StoreError {
        StoreError::Unstorable { path: Blotter::FILE.to_owned(), reason: reason.to_owned() }
    }

    /// Refuses what only the origin of a replica may do.
    pub(super) fn check_own(&self) -> Result<(), StoreError> {
        self.replica().map_or(Ok(()), |replica| Err(StoreError::Elsewhere(replica.name)))
    }

    /// Refuses changes that belong to the origin; where a replica is published to is decided here.
    pub(super) fn check_replica(&self, writes: &[Write]) -> Result<(), StoreError> {
        let Some(replica) = self.replica() else { return Ok(()) };
        let of_publisher = |write: &Write| {
            let (Some(new), true) = (&write.value, write.path.as_str() == Blotter::FILE) else {
                return false;
            };
            let own = reading(&self.objects).get(&write.path).map(Object::value);
            own.is_some_and(|own| without_own(&own) == without_own(new))
        };
        if writes.iter().all(of_publisher) { Ok(()) } else { Err(StoreError::Elsewhere(replica.name)) }
    }
}

fn carried(record: &Record) -> Carried {
    Carried {
        id: record.id.clone(),
        author: record.author.to_string(),
        note: record.note.to_string(),
        kind: kind_name(record.kind).to_owned(),
        version: record.version.as_ref().and_then(|version| serde_json::to_value(version).ok()),
        objects: record
            .changes
            .iter()
            .map(|change| CarriedObject { path: change.path.clone(), after: change.after })
            .collect(),
    }
}

/// The origin's blotter with what is decided here; nothing when nothing is.
fn with_own(own: &Value, theirs: Value) -> Option<Value> {
    let mut merged = theirs;
    let fields = merged.as_object_mut()?;
    let mut any = false;
    for name in OF_PUBLISHER {
        any |= match own.get(name) {
            Some(value) => fields.insert(name.to_owned(), value.clone()).as_ref() != Some(value),
            // What was removed here does not come back with the origin's next change.
            None => fields.shift_remove(name).is_some(),
        };
    }
    any.then_some(merged)
}

fn without_own(blotter: &Value) -> Value {
    let mut rest = blotter.clone();
    if let Some(fields) = rest.as_object_mut() {
        OF_PUBLISHER.iter().for_each(|name| drop(fields.shift_remove(*name)));
    }
    rest
}
