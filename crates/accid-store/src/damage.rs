//! Looks for damage in a project's folder, without changing anything. Must not know what a page or photo is.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use accid_base::{
    ContentHash, RelativePath, Vfs,
    vfs::{Kind, TEMPORARY_ENDING},
};
use accid_model::{Blotter, Photo};

use crate::{StoreError, canonical, disk, ledger, paths, project::document_files};

/// A class of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DamageKind {
    /// A document's file is not JSON: cut off, empty, zeroes, or mistyped.
    UnreadableDocument,
    /// The history knows a document whose file is gone.
    MissingDocument,
    /// The project's master file is gone.
    MissingBlotter,
    /// The last record of the history was cut short.
    TornLedger,
    /// Some bytes of the history are not what was written.
    DamagedLedger,
    /// An original is not what its name says.
    WrongMedia,
    /// Two documents of a collection have the same id.
    IdTwice,
    /// A temporary file that an interrupted save left.
    Leftover,
    /// The settings cannot be read.
    UnreadableSettings,
    /// The disk does not let a file be read.
    Refused,
}

impl DamageKind {
    /// The class as written in answers, such as `unreadable-document`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnreadableDocument => "unreadable-document",
            Self::MissingDocument => "missing-document",
            Self::MissingBlotter => "missing-blotter",
            Self::TornLedger => "torn-ledger",
            Self::DamagedLedger => "damaged-ledger",
            Self::WrongMedia => "wrong-media",
            Self::IdTwice => "id-twice",
            Self::Leftover => "leftover",
            Self::UnreadableSettings => "unreadable-settings",
            Self::Refused => "refused",
        }
    }
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Its class.
    pub kind: DamageKind,
    /// The file, in the project or, from [`crate::Store::inspect`], in the data root.
    pub path: String,
    /// What is wrong; a sentence.
    pub what: String,
    /// Why, as far as that can be seen; a sentence.
    pub why: String,
    /// What a repair would do; a sentence.
    pub repair: String,
}

/// Something a repair did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// The class of damage it mended.
    pub kind: DamageKind,
    /// The file.
    pub path: String,
    /// What was done; a sentence.
    pub what: String,
}

impl Damage {
    pub(crate) fn new(
        kind: DamageKind,
        path: impl Into<String>,
        what: &str,
        why: &str,
        repair: &str,
    ) -> Self {
        Self {
            kind,
            path: path.into(),
            what: what.to_owned(),
            why: why.to_owned(),
            repair: repair.to_owned(),
        }
    }

    /// A stable name of it, which says the same damage of the same file.
    pub fn id(&self) -> String {
        ContentHash::of(format!("{}\n{}", self.kind.as_str(), self.path).as_bytes()).short()
    }

    /// Whether a repair would do something about it.
    pub fn is_repairable(&self) -> bool {
        !self.repair.starts_with("None:")
    }

    fn refused(path: impl Into<String>, error: &StoreError) -> Self {
        let repair = "None: check the disk and the rights of the folder.";
        Self::new(DamageKind::Refused, path, "It cannot be looked at.", &format!("{error}."), repair)
    }
}

/// Number of documents and originals in a project's folder.
pub(crate) fn count_files(vfs: &dyn Vfs, folder: &Path) -> usize {
    let originals = disk::names(vfs, &folder.join(Photo::MEDIA), Kind::File).unwrap_or_default();
    document_files(vfs, folder).unwrap_or_default().len() + originals.len()
}

/// What is wrong in a project's folder, its originals aside: see [`look_at_media`]. `ahead` are the documents whose
/// files have not followed yet.
pub(crate) fn look(vfs: &dyn Vfs, folder: &Path, ahead: &BTreeSet<RelativePath>) -> Vec<Damage> {
    let mut found = Vec::new();
    match ledger::read_all(vfs, &folder.join(paths::LEDGER)) {
        Ok(scanned) => {
            look_at_ledger(&scanned, &mut found);
            look_at_documents(vfs, folder, &scanned.index, ahead, &mut found);
        }
        Err(error) => found.push(Damage::refused(paths::LEDGER, &error)),
    }
    look_for_leftovers(vfs, folder, &mut found);
    found
}

fn look_at_ledger(scanned: &ledger::Scanned, found: &mut Vec<Damage>) {
    if let Some(last) = scanned.last.filter(|last| last.size > last.length) {
        let path = format!("{}/{:06}.log", paths::LEDGER, last.number);
        let why = if last.decayed {
            "A record is complete in length, but its content is not what was written."
        } else {
            "A save was interrupted before it was acknowledged."
        };
        let repair = "The end is cut off; if it looks like a whole record it is kept in quarantine.";
        found.push(Damage::new(
            DamageKind::TornLedger,
            path,
            "The history ends in the middle of a record.",
            why,
            repair,
        ));
    }
    for finding in &scanned.findings {
        let repair = "The damaged file is copied to quarantine and the history is written anew from all that can be read.";
        let why = "The disk gives other bytes than were written, or another program changed the file.";
        found.push(Damage::new(DamageKind::DamagedLedger, &finding.path, &finding.message, why, repair));
    }
}

fn shape_of(bytes: &[u8]) -> &'static str {
    if bytes.is_empty() {
        "The file is empty."
    } else if bytes.contains(&0) {
        "The file holds zeroes, as after a power cut under a program that does not sync."
    } else {
        "The JSON is cut off or mistyped."
    }
}

fn look_at_documents(
    vfs: &dyn Vfs,
    folder: &Path,
    index: &ledger::Index,
    ahead: &BTreeSet<RelativePath>,
    found: &mut Vec<Damage>,
) {
    let files = match document_files(vfs, folder) {
        Ok(files) => files,
        Err(error) => return found.push(Damage::refused("", &error)),
    };
    let mut ids: BTreeMap<(Option<RelativePath>, String), RelativePath> = BTreeMap::new();
    for path in &files {
        let bytes = match disk::read(vfs, &path.below(folder)) {
            Ok(bytes) => bytes.unwrap_or_default(),
            Err(error) => {
                found.push(Damage::refused(path.as_str(), &error));
                continue;
            }
        };
        let Ok(value) = canonical::parse(&bytes) else {
            let repair = if index.latest(path).is_some() {
                "It is moved to quarantine and its last saved state is put in its place."
            } else {
                "It is moved to quarantine; no earlier state of it is known."
            };
            let what = "It is not readable JSON.";
            found.push(Damage::new(
                DamageKind::UnreadableDocument,
                path.as_str(),
                what,
                shape_of(&bytes),
                repair,
            ));
            continue;
        };
        if let Some(id) = value.get("id").and_then(serde_json::Value::as_str) {
            let first = ids.entry((path.parent(), id.to_owned())).or_insert_with(|| path.clone());
            if first != path {
                let what = format!("It has the same id as {first}: {id}.");
                let why = "One file was probably made by copying the other.";
                let repair = "The one that came later gets a new id.";
                found.push(Damage::new(DamageKind::IdTwice, path.as_str(), &what, why, repair));
            }
        }
    }
    let there: BTreeSet<&RelativePath> = files.iter().collect();
    for path in index.paths().filter(|path| !there.contains(path) && !ahead.contains(path)) {
        if index.latest(path).is_none() || !index.tail_of(path).is_empty() {
            continue;
        }
        let blotter = path.as_str() == Blotter::FILE;
        let kind = if blotter { DamageKind::MissingBlotter } else { DamageKind::MissingDocument };
        let why = "Another program removed it.";
        let repair = "Its last saved state is put back.";
        found.push(Damage::new(
            kind,
            path.as_str(),
            "The file is gone, but the history knows it.",
            why,
            repair,
        ));
    }
    let blotter = there.iter().any(|path| path.as_str() == Blotter::FILE);
    if !blotter && !index.paths().any(|path| path.as_str() == Blotter::FILE) {
        let repair = "None: no earlier state of it is known. Put back a good copy.";
        let what = "The project has no master file.";
        found.push(Damage::new(
            DamageKind::MissingBlotter,
            Blotter::FILE,
            what,
            "It was removed or never there.",
            repair,
        ));
    }
}

/// Reads every original of a project and compares it with its name.
pub(crate) fn look_at_media(vfs: &dyn Vfs, folder: &Path, found: &mut Vec<Damage>) {
    let media = folder.join(Photo::MEDIA);
    let names = match disk::names(vfs, &media, Kind::File) {
        Ok(names) => names,
        Err(error) => return found.push(Damage::refused(Photo::MEDIA, &error)),
    };
    for name in names {
        let Ok(hash) = name.split('.').next().unwrap_or_default().parse::<ContentHash>() else { continue };
        let path = format!("{}/{name}", Photo::MEDIA);
        match disk::hash_of(vfs, &media.join(&name)) {
            Ok(Some(content)) if content != hash => {
                let why = "The disk lost bytes of it, or another program changed it.";
                let repair = "It is moved to quarantine, so that the original can be added again; nothing shows it now.";
                let what = "The original is not what its name says.";
                found.push(Damage::new(DamageKind::WrongMedia, path, what, why, repair));
            }
            Ok(_) => {}
            Err(error) => found.push(Damage::refused(path, &error)),
        }
    }
}

fn look_for_leftovers(vfs: &dyn Vfs, folder: &Path, found: &mut Vec<Damage>) {
    let mut folders = vec![String::new(), Photo::MEDIA.to_owned(), paths::LEDGER.to_owned()];
    folders.extend(
        disk::names(vfs, folder, Kind::Folder)
            .unwrap_or_default()
            .into_iter()
            .filter(|name| paths::is_collection(name)),
    );
    for inside in folders {
        for name in disk::names(vfs, &folder.join(&inside), Kind::File).unwrap_or_default() {
            if name.starts_with('.') && name.ends_with(TEMPORARY_ENDING) {
                let path = if inside.is_empty() { name } else { format!("{inside}/{name}") };
                let why = "A save was interrupted; the history has what was acknowledged.";
                found.push(Damage::new(
                    DamageKind::Leftover,
                    path,
                    "It is a leftover temporary file.",
                    why,
                    "It is removed.",
                ));
            }
        }
    }
}
