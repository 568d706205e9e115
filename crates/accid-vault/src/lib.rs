//! The Vault: which projects there are, what they were, where they go.
//!
//! Owns: the registry, the Time Machine's rules about pages and modules, the trash, environments, publishing,
//! migration. Must not know: HTTP, who may do what, how a page is rendered, the other tools.

mod compare;
mod credentials;
mod deploy;
mod dropper;
mod environments;
mod error;
mod git;
mod history;
mod migrate;
mod pairing;
mod private;
mod publish;
mod react;
mod registry;
mod secrets;
mod space;
mod trash;

use std::{path::PathBuf, sync::Arc};

use accid_base::{Clock, Id, Random, Vfs};

pub use accid_transfer::{Login, Pin, PinKind, PlaceKind, PlannedFile, PublishPlan, Seen, Sight};
pub use compare::{Change, Differences, DocumentDifference, ModuleDifference, PageDifference};
pub use credentials::{
    Credentials, Keyring, KnownServer, LockState, LoginKind, NoKeyring, ProtectedBy, Protection,
};
pub use deploy::{Deployment, DeploymentKind, Outcome, Release};
pub use dropper::{DROPPER_EDITION, derive_dropper};
pub use error::VaultError;
pub use git::GitExported;
pub use history::{RestoreScope, Restored};
pub use migrate::PlannedMigration;
pub use pairing::{Pairing, PairingError, Pairings};
pub use publish::{Deployed, Deploying, Publishable, SiteFiles, SiteFolder};
pub use react::{BuildOutcome, fingerprint as build_fingerprint};
pub use registry::{NewProject, ProjectChanges, StoredProject};
pub use trash::{TrashedItem, TrashedItemKind};

/// The Vault.
pub struct Vault {
    pub(crate) vfs: Arc<dyn Vfs>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    /// Folders nothing is ever published into: ACCID's own data.
    pub(crate) own: Vec<PathBuf>,
    /// The data key and what it is sealed by.
    pub credentials: Credentials,
    /// Tools of other processes that hand their projects to this Vault.
    pub pairings: Pairings,
}

impl Vault {
    /// A Vault over this disk, clock and chance, whose own data lies below `own`.
    pub fn new(vfs: Arc<dyn Vfs>, clock: Arc<dyn Clock>, random: Arc<dyn Random>, own: Vec<PathBuf>) -> Self {
        // The first of its own folders is the data root.
        let root = own.first().cloned().unwrap_or_default();
        let credentials = Credentials::new(Arc::clone(&vfs), Arc::clone(&random), &root);
        let pairings = Pairings::new(Arc::clone(&vfs), Arc::clone(&clock), Arc::clone(&random), &root);
        Self { vfs, clock, random, own, credentials, pairings }
    }

    pub(crate) fn new_id(&self) -> Id {
        Id::generate(self.clock.as_ref(), self.random.as_ref())
    }
}
