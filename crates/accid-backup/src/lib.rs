//! Off-site backup: files of this machine go into a repository in the format of restic (its design document,
//! version 2: encrypted, each piece of content kept once), in a folder, at a server that speaks SFTP, or at storage that speaks S3.
//!
//! Owns: storage ([`Storage`]) and what lies in it, the repository ([`Repository`]): putting in, listing, taking out,
//! thinning out. Must not know: projects, documents, the ledger, where passwords are kept.
//!
//! **Invariant:** a snapshot is written last, and only when every file of it was read and every piece was stored: a
//! cut connection, a full disk or a person who stops it leaves the older snapshots as they were. **Invariant:** what
//! is taken out is compared with the hashes under which it was put in, and never leaves the folder it is meant for.

mod backend;
mod error;
mod object_storage;
mod place;
mod progress;
mod repository;
mod restore;
mod retention;
mod signature;
mod source;
mod storage;

pub use error::BackupError;
pub use place::{BackupPlace, BackupPlaceKind};
pub use repository::{BackedUp, Repository, Snapshot};
pub use restore::{Item, Restored};
pub use retention::{Keep, Thinned, ThinningPlan};
pub use source::{Content, SourceFile};
pub use storage::{ObjectKind, Storage, StoredObject};
