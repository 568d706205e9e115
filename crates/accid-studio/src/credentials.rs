//! Use cases about the lock of the credentials. What is sealed is never answered.

use std::sync::Arc;

use accid_access::{Administer, Permit, Read};
use accid_base::{ErrorCode, FieldError, Problem, Secret};
use accid_vault::{LockState, ProtectedBy, Protection};

use crate::{CredentialsState, CredentialsView, Inner, Passphrase, Protect, Protector, Role, explain};

/// Use cases about the lock of the credentials.
pub struct CredentialsOfStudio<'a>(pub(crate) &'a Arc<Inner>);

impl CredentialsOfStudio<'_> {
    /// Where they stand, and what protects them.
    ///
    /// # Errors
    /// When the sealed key cannot be read.
    pub fn status(&self, _: &Permit<Read>) -> Result<CredentialsView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let (state, protected_by) = self.0.vault.credentials.status().map_err(explain)?;
        Ok(CredentialsView {
            state: match state {
                LockState::Unused => CredentialsState::Unused,
                LockState::Open => CredentialsState::Open,
                LockState::Locked => CredentialsState::Locked,
            },
            protected_by: protected_by.map(|by| match by {
                ProtectedBy::KeyFile => "key-file".to_owned(),
                ProtectedBy::Passphrase => "passphrase".to_owned(),
                ProtectedBy::Keyring => "keyring".to_owned(),
            }),
            no_keyring: self.0.vault.credentials.keyring_missing().map(|why| format!("{why}.")),
        })
    }

    /// Opens them.
    ///
    /// # Errors
    /// When the passphrase or the key file is not the right one.
    pub fn unlock(&self, permit: &Permit<Administer>, request: &Passphrase) -> Result<(), Problem> {
        self.0.roles.require(Role::Vault)?;
        let passphrase = request.passphrase.clone().map(Secret::new);
        self.0.vault.credentials.unlock(passphrase.as_ref()).map_err(explain)?;
        tracing::info!(by = permit.author(), "credentials_unlocked");
        Ok(())
    }

    /// Forgets the key until they are opened again.
    ///
    /// # Errors
    /// When the Vault is not part of this process.
    pub fn lock(&self, permit: &Permit<Administer>) -> Result<(), Problem> {
        self.0.roles.require(Role::Vault)?;
        self.0.vault.credentials.lock();
        self.0.services.forget_clients();
        tracing::info!(by = permit.author(), "credentials_locked");
        Ok(())
    }

    /// Protects them by another passphrase, by the keyring of the system, or by a key file.
    ///
    /// # Errors
    /// When they are locked, the passphrase is too short, or there is no keyring.
    pub fn protect(&self, permit: &Permit<Administer>, request: &Protect) -> Result<(), Problem> {
        self.0.roles.require(Role::Vault)?;
        let passphrase = request.passphrase.clone().map(Secret::new);
        let by = match (request.by, &passphrase) {
            (Some(Protector::Keyring), _) => Protection::Keyring,
            (None | Some(Protector::Passphrase), Some(passphrase)) => Protection::Passphrase(passphrase),
            (Some(Protector::Passphrase), None) => {
                let errors =
                    vec![FieldError { pointer: "/passphrase".to_owned(), message: "is missing".to_owned() }];
                return Err(Problem::new(ErrorCode::InvalidValue, "Nothing was changed.")
                    .because("A passphrase was to protect the credentials, and none was sent.")
                    .fix("Enter one of at least eight characters.")
                    .with_errors(errors));
            }
            (None | Some(Protector::KeyFile), _) => Protection::KeyFile,
        };
        self.0.vault.credentials.protect(by).map_err(explain)?;
        tracing::info!(by = permit.author(), "credentials_protected");
        Ok(())
    }
}
