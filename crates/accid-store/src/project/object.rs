//! A document in memory: the bytes of its file, and its JSON once somebody asked for it.

use std::sync::{Arc, OnceLock};

use accid_base::{ContentHash, RelativePath};
use accid_model::Blotter;
use serde_json::Value;

use crate::{Stored, canonical};

/// A document in memory. Clones are cheap.
#[derive(Clone)]
pub(crate) struct Object(Arc<Inner>);

struct Inner {
    bytes: Box<[u8]>,
    hash: ContentHash,
    /// What the ledger keeps of it, when that is less: a blotter without its credentials.
    ledger: Option<(Box<[u8]>, ContentHash)>,
    value: OnceLock<Arc<Value>>,
}

/// What the ledger keeps of a file, when that is not simply its bytes.
fn ledger_form(path: &RelativePath, bytes: &[u8]) -> Option<Vec<u8>> {
    (path.as_str() == Blotter::FILE).then(|| canonical::without_field(bytes, Blotter::CREDENTIALS)).flatten()
}

impl Object {
    /// A document from the bytes of its file, which are JSON.
    pub(crate) fn new(path: &RelativePath, bytes: Vec<u8>) -> Self {
        let ledger = ledger_form(path, &bytes).map(|form| {
            let hash = ContentHash::of(&form);
            (form.into(), hash)
        });
        Self(Arc::new(Inner {
            hash: ContentHash::of(&bytes),
            ledger,
            bytes: bytes.into(),
            value: OnceLock::new(),
        }))
    }

    /// The bytes of its file.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// Hash of the bytes of its file.
    pub(crate) fn hash(&self) -> ContentHash {
        self.0.hash
    }

    /// The bytes the ledger keeps.
    pub(crate) fn ledger_bytes(&self) -> &[u8] {
        self.0.ledger.as_ref().map_or(&self.0.bytes, |(bytes, _)| bytes)
    }

    /// Hash of the bytes the ledger keeps.
    pub(crate) fn ledger_hash(&self) -> ContentHash {
        self.0.ledger.as_ref().map_or(self.0.hash, |(_, hash)| *hash)
    }

    /// The document as the ledger keeps it.
    pub(crate) fn in_ledger(&self, path: &RelativePath) -> Self {
        match &self.0.ledger {
            Some((bytes, _)) => Self::new(path, bytes.to_vec()),
            None => self.clone(),
        }
    }

    /// Its JSON.
    pub(crate) fn value(&self) -> Arc<Value> {
        // An object is made of JSON only; null could be seen only if that were not so.
        self.0.value.get_or_init(|| Arc::new(canonical::parse(&self.0.bytes).unwrap_or(Value::Null))).clone()
    }

    pub(crate) fn stored(&self) -> Stored {
        Stored { value: self.value(), hash: self.0.hash }
    }
}

/// A document as it is now, whose JSON is read only when somebody asks for it. Clones are cheap.
#[derive(Clone)]
pub struct StoredFile(pub(super) Object);

impl StoredFile {
    /// The bytes of its file: JSON, after a byte order mark that some editors put in front.
    pub fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }

    /// Hash of its file's bytes.
    pub fn hash(&self) -> ContentHash {
        self.0.hash()
    }

    /// The document with its JSON, which is kept for the next who asks.
    pub fn stored(&self) -> Stored {
        self.0.stored()
    }
}
