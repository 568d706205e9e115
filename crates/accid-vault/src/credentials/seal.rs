//! Sealing: XChaCha20-Poly1305 under 256-bit keys, Argon2id from passphrases. Must not know what is sealed.

use accid_base::{ContentHash, Random, Secret};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use serde::{Deserialize, Serialize};

use crate::VaultError;

/// Memory that a guess at a passphrase costs, in KiB, and how often it is gone through: about a third of a second.
const MEMORY: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// Something sealed, as it is written into files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    nonce: String,
    text: String,
}

/// A key of 256 bits.
#[derive(Clone)]
pub(super) struct Key(Secret<[u8; 32]>);

impl Key {
    pub(super) fn random(random: &dyn Random) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Self(Secret::new(bytes))
    }

    /// The key that a file stands for, whatever it holds.
    pub(super) fn of_file(bytes: &[u8]) -> Self {
        Self(Secret::new(
            *ContentHash::of(&[b"accid key file\0", bytes.trim_ascii_end()].concat()).as_bytes(),
        ))
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Secret::new(bytes.try_into().ok()?)))
    }

    pub(super) const fn bytes(&self) -> &[u8] {
        self.0.reveal()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.0.reveal().into())
    }
}

pub(super) fn new_salt(random: &dyn Random) -> String {
    let mut salt = [0; 16];
    random.fill(&mut salt);
    BASE64.encode(salt)
}

/// The key that a passphrase stands for.
pub(super) fn derive(passphrase: &Secret<String>, salt: &str) -> Result<Key, VaultError> {
    let damaged = || VaultError::CredentialsLocked { reason: "The note about the passphrase is damaged" };
    let salt = BASE64.decode(salt).map_err(|_| damaged())?;
    let params = Params::new(MEMORY, PASSES, 1, Some(32)).map_err(|_| damaged())?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.reveal().as_bytes(), &salt, &mut key)
        .map_err(|_| damaged())?;
    Ok(Key(Secret::new(key)))
}

pub(super) fn seal(random: &dyn Random, key: &Key, binding: &str, secret: &[u8]) -> Sealed {
    let mut nonce = [0; 24];
    random.fill(&mut nonce);
    let payload = Payload { msg: secret, aad: binding.as_bytes() };
    // Sealing fails only beyond 256 GB.
    let text = key.cipher().encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
    Sealed { nonce: BASE64.encode(nonce), text: BASE64.encode(text) }
}

pub(super) fn open(key: &Key, binding: &str, sealed: &Sealed) -> Option<Vec<u8>> {
    let nonce: [u8; 24] = BASE64.decode(&sealed.nonce).ok()?.try_into().ok()?;
    let text = BASE64.decode(&sealed.text).ok()?;
    let payload = Payload { msg: &text, aad: binding.as_bytes() };
    key.cipher().decrypt(&XNonce::from(nonce), payload).ok()
}
