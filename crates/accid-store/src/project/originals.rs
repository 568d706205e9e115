//! Originals that nothing uses any more: no document, nothing in the trash, no version that is kept. Must not know what
//! names an original, nor how: a document uses it when its hash stands anywhere in it.
//!
//! **Invariant:** an original goes only when every content the ledger still has was read and none names it. When one
//! cannot be read, nothing goes.

use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
};

use accid_base::{ContentHash, vfs::Kind};
use accid_model::Photo;
use jiff::SignedDuration;

use super::{Object, Project, locked, reading};
use crate::{
    FreedOriginals, StoreError, disk,
    ledger::{Contents, Index},
};

/// So long after it was stored, or its file changed, an original is left alone: what names it may be on its way.
const YOUNG: SignedDuration = SignedDuration::from_hours(1);
/// So many originals are remembered as young before old ones are forgotten.
const REMEMBERED: usize = 4_096;
/// Digits of a hash.
const DIGITS: usize = 64;

/// Originals by their hash: their files, and how large these are together.
pub(super) type Originals = BTreeMap<ContentHash, (Vec<PathBuf>, u64)>;

/// How many they are.
pub(super) fn sum(originals: &Originals) -> FreedOriginals {
    FreedOriginals {
        files: originals.values().map(|(files, _)| files.len()).sum(),
        bytes: originals.values().map(|(_, bytes)| bytes).sum(),
    }
}

/// Takes out all whose hash stands in a text.
fn take_out(originals: &mut Originals, text: &[u8]) {
    let digits = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    for run in text.split(|byte| !digits(byte)).filter(|run| run.len() >= DIGITS) {
        for window in run.windows(DIGITS) {
            if let Some(hash) = str::from_utf8(window).ok().and_then(|text| text.parse().ok()) {
                originals.remove(&hash);
            }
        }
    }
}

impl Project {
    /// Notes that an original was stored just now, for those who hold the right to store one.
    pub(super) fn note_stored(&self, hash: ContentHash) {
        let now = self.shared.moments.now();
        let mut recent = locked(&self.recent);
        if recent.len() >= REMEMBERED {
            recent.retain(|_, at| now.duration_since(*at) < YOUNG);
        }
        recent.insert(hash, now);
    }

    /// The originals that no document names and that are not young.
    fn originals_no_document_names(&self) -> Result<Originals, StoreError> {
        let folder = self.folder.join(Photo::MEDIA);
        let now = self.shared.moments.now();
        let mut found = Originals::new();
        for name in disk::names(self.vfs(), &folder, Kind::File)? {
            let Ok(hash) = name.split('.').next().unwrap_or_default().parse::<ContentHash>() else {
                continue;
            };
            let file = folder.join(&name);
            let Ok(facts) = self.vfs().metadata(&file) else { continue };
            let changed = jiff::Timestamp::from_nanosecond(facts.modified_nanoseconds).unwrap_or(now);
            if facts.modified_nanoseconds != 0 && now.duration_since(changed) < YOUNG {
                continue;
            }
            let entry = found.entry(hash).or_default();
            entry.0.push(file);
            entry.1 += facts.length;
        }
        self.leave_out_used_now(&mut found);
        Ok(found)
    }

    fn leave_out_used_now(&self, originals: &mut Originals) {
        let now = self.shared.moments.now();
        let recent = locked(&self.recent);
        originals.retain(|hash, _| recent.get(hash).is_none_or(|at| now.duration_since(*at) >= YOUNG));
        drop(recent);
        if originals.is_empty() {
            return;
        }
        let objects: Vec<Object> = reading(&self.objects).values().cloned().collect();
        objects.iter().for_each(|object| take_out(originals, object.bytes()));
    }

    /// The originals that neither a document nor a history names.
    pub(super) fn unused_originals(
        &self,
        index: &Index,
        contents: &mut Contents<'_>,
    ) -> Result<Originals, StoreError> {
        let mut originals = self.originals_no_document_names()?;
        for path in index.paths() {
            if originals.is_empty() {
                break;
            }
            contents.each(index, path, |content| take_out(&mut originals, content))?;
        }
        Ok(originals)
    }

    /// Removes for good the originals that nothing uses: no document, nothing in the trash, no version that is kept.
    ///
    /// # Errors
    /// When the project is a replica, a version cannot be read, or the disk refuses; what nothing used and was not
    /// removed is removed the next time.
    pub fn remove_unused_originals(&self) -> Result<FreedOriginals, StoreError> {
        self.check_own()?;
        let _compacting = locked(&self.compacting);
        self.check_open()?;
        let index = reading(&self.index).clone();
        let folder = self.ledger_folder();
        let mut contents = Contents::of(self.vfs(), &folder, HashMap::new());
        let mut unused = self.unused_originals(&index, &mut contents)?;
        // From here on nobody stores one of them again.
        let _storing = locked(&self.storing);
        self.leave_out_used_now(&mut unused);
        if unused.is_empty() {
            return Ok(FreedOriginals::default());
        }
        for file in unused.values().flat_map(|(files, _)| files) {
            self.vfs().remove_file(file).map_err(StoreError::io("remove", file))?;
        }
        disk::sync_folder(self.vfs(), &self.folder.join(Photo::MEDIA))?;
        Ok(sum(&unused))
    }
}
