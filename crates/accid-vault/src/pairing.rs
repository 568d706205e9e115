//! Pairings: which Builders and Waypoints of other processes or machines may hand their projects to this Vault. A
//! token is shown once; kept is its hash, in `keys/pairings.json` that only the owner of the data can read.
//!
//! **Invariant:** a token is compared in constant time, and neither it nor its hash is ever answered.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use accid_base::{Clock, ContentHash, ErrorCode, Explain, Id, Problem, Random, Secret, Vfs, locked};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::private;

/// Start of every token, so that people and scanners know what it is.
const START: &str = "accid-pair-";
/// Most tools that are paired at a time.
const MOST: usize = 100;

/// A tool that may hand its projects to this Vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairing {
    /// Identity of the pairing.
    pub id: Id,
    /// What the tool is called.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// SHA-256 of the token.
    hash: ContentHash,
}

/// All pairings of a Vault.
pub struct Pairings {
    vfs: Arc<dyn Vfs>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    file: PathBuf,
    known: Mutex<Option<Vec<Pairing>>>,
}

/// Why a pairing could not be made or removed.
#[derive(Debug, thiserror::Error)]
pub enum PairingError {
    /// The disk refused, or the file cannot be understood.
    #[error("the pairings cannot be used: {0}")]
    Unusable(String),
    /// The name is empty or too long.
    #[error("the pairing was not made")]
    Name,
    /// There are too many.
    #[error("the pairing was not made")]
    TooMany,
    /// No pairing has that id.
    #[error("there is no such pairing")]
    Unknown,
}

impl Explain for PairingError {
    fn problem(&self) -> Problem {
        let what = accid_base::sentence(&self.to_string());
        match self {
            Self::Unusable(_) => Problem::new(ErrorCode::Storage, what)
                .fix("Look at keys/pairings.json in the data folder; without it, pair the tools anew."),
            Self::Name => Problem::new(ErrorCode::InvalidValue, what)
                .because("The name of a tool has 1 to 100 characters.")
                .fix("Give it another name, such as \"Builder on the laptop\"."),
            Self::TooMany => Problem::new(ErrorCode::InvalidValue, what)
                .because(format!("{MOST} tools are paired already."))
                .fix("Remove those that are not used any more."),
            Self::Unknown => Problem::new(ErrorCode::ObjectNotFound, what).fix("See the list of pairings."),
        }
    }
}

impl Pairings {
    pub(crate) fn new(
        vfs: Arc<dyn Vfs>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        root: &Path,
    ) -> Self {
        Self { vfs, clock, random, file: root.join("keys/pairings.json"), known: Mutex::default() }
    }

    fn read(&self) -> Result<Vec<Pairing>, PairingError> {
        let read = private::read(&*self.vfs, &self.file)
            .map_err(|error| PairingError::Unusable(error.to_string()))?;
        let Some(bytes) = read else { return Ok(Vec::new()) };
        serde_json::from_slice(&bytes).map_err(|error| PairingError::Unusable(error.to_string()))
    }

    fn with<T>(
        &self,
        work: impl FnOnce(&mut Vec<Pairing>) -> Result<T, PairingError>,
    ) -> Result<T, PairingError> {
        let mut known = locked(&self.known);
        let mut pairings = match known.take() {
            Some(pairings) => pairings,
            None => self.read()?,
        };
        let before = pairings.clone();
        let result = work(&mut pairings);
        if result.is_ok() && pairings != before {
            let text = serde_json::to_vec_pretty(&pairings).unwrap_or_default();
            if let Err(error) = private::write(&*self.vfs, &self.file, &text) {
                return Err(PairingError::Unusable(error.to_string()));
            }
        }
        *known = Some(if result.is_ok() { pairings } else { before });
        result
    }

    /// All of them, oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn list(&self) -> Result<Vec<Pairing>, PairingError> {
        self.with(|pairings| Ok(pairings.clone()))
    }

    /// Makes one; the token is given here and never again.
    ///
    /// # Errors
    /// When the name is empty or too long, there are too many, or the disk refuses.
    pub fn pair(&self, name: &str) -> Result<(Pairing, Secret<String>), PairingError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
            return Err(PairingError::Name);
        }
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        let token = format!("{START}{}", URL_SAFE_NO_PAD.encode(bytes));
        let pairing = Pairing {
            id: Id::generate(&*self.clock, &*self.random),
            name: name.to_owned(),
            made_at: self.clock.now(),
            hash: ContentHash::of(token.as_bytes()),
        };
        let made = pairing.clone();
        self.with(move |pairings| {
            if pairings.len() >= MOST {
                return Err(PairingError::TooMany);
            }
            pairings.push(made);
            Ok(())
        })?;
        Ok((pairing, Secret::new(token)))
    }

    /// Ends one: its token is good for nothing from now on; what it handed over stays.
    ///
    /// # Errors
    /// When there is none of that id, or the disk refuses.
    pub fn remove(&self, id: &Id) -> Result<(), PairingError> {
        self.with(|pairings| {
            let before = pairings.len();
            pairings.retain(|pairing| pairing.id != *id);
            if pairings.len() < before { Ok(()) } else { Err(PairingError::Unknown) }
        })
    }

    /// The pairing that a token belongs to. All are looked at whole, so that the time taken tells nothing.
    pub fn of_token(&self, token: &str) -> Option<Pairing> {
        let shown = ContentHash::of(token.as_bytes());
        let pairings = self.list().ok()?;
        let mut found = None;
        for pairing in pairings {
            let bytes = pairing.hash.as_bytes().iter().zip(shown.as_bytes());
            if bytes.fold(0_u8, |different, (one, other)| different | (one ^ other)) == 0 {
                found = Some(pairing);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use accid_base::{FixedClock, MemoryVfs, SequenceRandom};

    use super::*;

    fn pairings(vfs: &MemoryVfs, random: &Arc<SequenceRandom>) -> Pairings {
        let clock = Arc::new(FixedClock::at("2026-03-01T12:00:00Z"));
        Pairings::new(Arc::new(vfs.clone()), clock, random.clone(), Path::new("/data"))
    }

    #[test]
    fn a_token_is_known_after_a_restart_and_stands_nowhere_on_the_disk() {
        let (vfs, random) = (MemoryVfs::new(), Arc::new(SequenceRandom::default()));
        let (made, token) = pairings(&vfs, &random).pair(" Builder on the laptop ").unwrap();
        let (other, _) = pairings(&vfs, &random).pair("Waypoint").unwrap();
        let again = pairings(&vfs, &random);
        assert_eq!(again.of_token(token.reveal()).unwrap().id, made.id);
        assert_eq!(made.name, "Builder on the laptop");
        assert_ne!(made.id, other.id);
        for wrong in ["", "accid-pair-", &token.reveal()[..20], &format!("{}x", token.reveal())] {
            assert!(again.of_token(wrong).is_none(), "{wrong}");
        }
        for (path, bytes) in vfs.files() {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(&token.reveal()[START.len()..]), "{}", path.display());
        }
    }

    #[test]
    fn a_removed_pairing_is_good_for_nothing() {
        let (vfs, random) = (MemoryVfs::new(), Arc::new(SequenceRandom::default()));
        let all = pairings(&vfs, &random);
        let (made, token) = all.pair("Builder").unwrap();
        all.remove(&made.id).unwrap();
        assert!(all.of_token(token.reveal()).is_none());
        assert!(pairings(&vfs, &random).of_token(token.reveal()).is_none());
        assert!(matches!(all.remove(&made.id), Err(PairingError::Unknown)));
        assert!(matches!(all.pair("  "), Err(PairingError::Name)));
    }
}
