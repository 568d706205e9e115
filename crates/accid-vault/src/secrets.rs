//! Secrets of this ACCID as a whole, such as the token of the Vault it is paired with or the tokens of a service: each
//! a file of its own in `keys/tokens/`, sealed by the credentials' data key. Must not know what they are good for.

use std::path::PathBuf;

use accid_base::Secret;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Vault, VaultError, credentials::Sealed, private};

/// A file of `keys/tokens/`.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// What everybody may know, such as the name of an account.
    about: Value,
    /// The secret.
    sealed: Sealed,
}

impl Vault {
    fn token_file(&self, name: &str) -> PathBuf {
        self.own.first().cloned().unwrap_or_default().join("keys/tokens").join(format!("{name}.json"))
    }

    fn kept(&self, name: &str) -> Result<Option<Kept>, VaultError> {
        let path = self.token_file(name);
        let unreadable = |reason: String| VaultError::CredentialsUnreadable { path: path.clone(), reason };
        let bytes = private::read(&*self.vfs, &path).map_err(|error| unreadable(error.to_string()))?;
        bytes
            .map(|bytes| serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string())))
            .transpose()
    }

    /// Seals a secret under a name of its own, with what everybody may know of it.
    ///
    /// # Errors
    /// When the credentials are locked or the disk refuses.
    pub fn keep_secret(&self, name: &str, about: Value, secret: &Secret<String>) -> Result<(), VaultError> {
        let sealed = self.credentials.seal(&binding(name), secret.reveal().as_bytes())?;
        let path = self.token_file(name);
        let text = serde_json::to_vec_pretty(&Kept { about, sealed }).unwrap_or_default();
        private::write(&*self.vfs, &path, &text)
            .map_err(|error| VaultError::CredentialsUnreadable { path, reason: error.to_string() })
    }

    /// What everybody may know of a secret; nothing when there is none.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn about_secret(&self, name: &str) -> Result<Option<Value>, VaultError> {
        Ok(self.kept(name)?.map(|kept| kept.about))
    }

    /// The secret; nothing when there is none.
    ///
    /// # Errors
    /// When the credentials are locked or its file cannot be read.
    pub fn secret(&self, name: &str) -> Result<Option<Secret<String>>, VaultError> {
        let Some(kept) = self.kept(name)? else { return Ok(None) };
        let bytes = self.credentials.open(&binding(name), &kept.sealed)?;
        Ok(Some(Secret::new(String::from_utf8_lossy(&bytes).into_owned())))
    }

    /// Forgets a secret.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget_secret(&self, name: &str) -> Result<(), VaultError> {
        let path = self.token_file(name);
        match self.vfs.remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(VaultError::CredentialsUnreadable { path, reason: error.to_string() })
            }
            _ => Ok(()),
        }
    }
}

fn binding(name: &str) -> String {
    format!("token|{name}")
}
