//! Documents on disk, their history, and their safety: the ledger, the files that follow it, the trash, the lock.
//!
//! Owns the data root: everything below it is read and written here only. Must not know what a page or photo means,
//! HTML, HTTP, or who may do what.
//!
//! **Invariants:** a save is acknowledged after one durable append to the ledger; a crash at any point loses no
//! acknowledged save; nothing another program wrote is overwritten unseen; a damaged file never prevents a start.

mod background;
mod canonical;
mod damage;
mod disk;
mod documents;
mod error;
mod ledger;
mod moments;
mod paths;
mod project;
mod shared;
mod store;
mod types;
mod versions;
mod watch;

pub use accid_model::Retention;
pub use damage::{Damage, DamageKind, Repaired};
pub use documents::Documents;
pub use error::StoreError;
pub use project::{Carried, CarriedObject, Project, Replica, StillContent, StillFile, StoredFile};
pub use shared::{Deriver, Listener};
pub use store::{
    Background, FolderState, Holder, Inspection, OpenedFolder, ProjectEntry, Store, StoreOptions,
    TrashedProject, Usage,
};
pub use types::{
    Committed, Compacted, DocumentVersion, EventKind, EventObject, Expect, FreedOriginals, Media, Restore,
    StoreEvent, Stored, Thinning, Transaction, VersionMark, Write,
};
pub use versions::{Moment, Version, VersionKind};
