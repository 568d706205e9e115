//! The servers a project knows: by which host key or certificate each is known again. They lie in
//! `security/known_hosts.json`, which is in no version: a restore never brings back an old key.

use std::{collections::BTreeMap, path::PathBuf};

use accid_base::vfs::write_durable;
use accid_store::Project;
use accid_transfer::{Pin, kind_of};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Vault, VaultError};

/// A server that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownServer {
    /// Its key or certificate.
    #[serde(flatten)]
    pub pin: Pin,
    /// Since when.
    pub since: Timestamp,
}

type KnownServers = BTreeMap<String, KnownServer>;

impl Vault {
    fn pins_file(project: &Project) -> PathBuf {
        project.folder().join("security").join("known_hosts.json")
    }

    fn pins(&self, project: &Project) -> KnownServers {
        let bytes = self.vfs.read(&Self::pins_file(project)).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// By what the server of an environment is known; nothing when it was never seen.
    ///
    /// # Errors
    /// When the environment is missing.
    pub fn known_server(
        &self,
        project: &Project,
        environment: &str,
    ) -> Result<Option<KnownServer>, VaultError> {
        let (_, server) = kind_of(&self.environment(project, environment)?.url)?;
        Ok(server.and_then(|server| self.pins(project).remove(&server)))
    }

    /// Knows the server of an environment by this key or certificate from now on, or no more when none is given.
    ///
    /// # Errors
    /// When the environment is missing or is no server, or the disk refuses.
    pub fn accept_pin(
        &self,
        project: &Project,
        environment: &str,
        pin: Option<Pin>,
    ) -> Result<(), VaultError> {
        let (_, server) = kind_of(&self.environment(project, environment)?.url)?;
        let what = "nothing was accepted";
        let server =
            server.ok_or_else(|| VaultError::invalid(what, "/sha256", "the environment is no server"))?;
        let mut pins = self.pins(project);
        match pin {
            Some(pin) => drop(pins.insert(server, KnownServer { pin, since: self.clock.now() })),
            None => drop(pins.remove(&server)),
        }
        let path = Self::pins_file(project);
        let text = serde_json::to_vec_pretty(&pins).unwrap_or_default();
        let kept = path
            .parent()
            .map_or(Ok(()), |folder| self.vfs.create_folders(folder))
            .and_then(|()| write_durable(self.vfs.as_ref(), &path, &text));
        kept.map_err(|source| accid_transfer::TransferError::Io { path, source }.into())
    }
}
