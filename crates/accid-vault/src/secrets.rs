//! Secrets of this ACCID as a whole, such as the token of the Vault it is paired with or the tokens of a service, and
//! those that a project has of its own: each a file of its own in `keys/tokens/`, sealed by the credentials' data key.
//! Must not know what they are good for.
//!
//! **Invariant:** a secret opens only where it was kept: its file in another project, or under another name, is nothing.

use std::path::PathBuf;

use accid_base::Secret;
use accid_store::Project;
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

/// Where a secret is kept, and what it is bound to.
struct Place {
    file: PathBuf,
    binding: String,
}

impl Vault {
    fn of_all(&self, name: &str) -> Place {
        let root = self.own.first().cloned().unwrap_or_default();
        Place {
            file: root.join("keys/tokens").join(format!("{name}.json")),
            binding: format!("token|{name}"),
        }
    }

    fn kept(&self, place: &Place) -> Result<Option<Kept>, VaultError> {
        let unreadable =
            |reason: String| VaultError::CredentialsUnreadable { path: place.file.clone(), reason };
        let bytes = private::read(&*self.vfs, &place.file).map_err(|error| unreadable(error.to_string()))?;
        bytes
            .map(|bytes| serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string())))
            .transpose()
    }

    fn keep(&self, place: Place, about: Value, secret: &Secret<String>) -> Result<(), VaultError> {
        let sealed = self.credentials.seal(&place.binding, secret.reveal().as_bytes())?;
        let text = serde_json::to_vec_pretty(&Kept { about, sealed }).unwrap_or_default();
        private::write(&*self.vfs, &place.file, &text).map_err(|error| VaultError::CredentialsUnreadable {
            path: place.file,
            reason: error.to_string(),
        })
    }

    fn open(&self, place: &Place) -> Result<Option<Secret<String>>, VaultError> {
        let Some(kept) = self.kept(place)? else { return Ok(None) };
        let bytes = self.credentials.open(&place.binding, &kept.sealed)?;
        Ok(Some(Secret::new(String::from_utf8_lossy(&bytes).into_owned())))
    }

    fn forget(&self, place: Place) -> Result<(), VaultError> {
        match self.vfs.remove_file(&place.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(VaultError::CredentialsUnreadable { path: place.file, reason: error.to_string() })
            }
            _ => Ok(()),
        }
    }

    /// Seals a secret under a name of its own, with what everybody may know of it.
    ///
    /// # Errors
    /// When the credentials are locked or the disk refuses.
    pub fn keep_secret(&self, name: &str, about: Value, secret: &Secret<String>) -> Result<(), VaultError> {
        self.keep(self.of_all(name), about, secret)
    }

    /// What everybody may know of a secret; nothing when there is none.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn about_secret(&self, name: &str) -> Result<Option<Value>, VaultError> {
        Ok(self.kept(&self.of_all(name))?.map(|kept| kept.about))
    }

    /// The secret; nothing when there is none.
    ///
    /// # Errors
    /// When the credentials are locked or its file cannot be read.
    pub fn secret(&self, name: &str) -> Result<Option<Secret<String>>, VaultError> {
        self.open(&self.of_all(name))
    }

    /// Forgets a secret.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget_secret(&self, name: &str) -> Result<(), VaultError> {
        self.forget(self.of_all(name))
    }

    /// Seals a secret that a project has of its own; it lies in the project's `keys/`, which no version holds.
    ///
    /// # Errors
    /// When the credentials are locked or the disk refuses.
    pub fn keep_project_secret(
        &self,
        project: &Project,
        name: &str,
        about: Value,
        secret: &Secret<String>,
    ) -> Result<(), VaultError> {
        self.keep(of_project(project, name), about, secret)
    }

    /// What everybody may know of a project's own secret; nothing when there is none.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn about_project_secret(&self, project: &Project, name: &str) -> Result<Option<Value>, VaultError> {
        Ok(self.kept(&of_project(project, name))?.map(|kept| kept.about))
    }

    /// A project's own secret; nothing when there is none.
    ///
    /// # Errors
    /// When the credentials are locked, its file cannot be read, or it was sealed for another project.
    pub fn project_secret(
        &self,
        project: &Project,
        name: &str,
    ) -> Result<Option<Secret<String>>, VaultError> {
        self.open(&of_project(project, name))
    }

    /// Forgets a project's own secret.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget_project_secret(&self, project: &Project, name: &str) -> Result<(), VaultError> {
        self.forget(of_project(project, name))
    }
}

fn of_project(project: &Project, name: &str) -> Place {
    Place {
        file: project.folder().join("keys/tokens").join(format!("{name}.json")),
        binding: format!("token|{}|{name}", project.id()),
    }
}
