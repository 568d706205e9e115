//! Publishing: how a built site gets to where visitors see it.
//!
//! Owns: targets ([`Target`], [`FolderTarget`]), what of a build a target lacks ([`plan`]), and the steps that never
//! show a half-published page ([`publish`]). Must not know: projects, documents, how a site is built, credentials.
//!
//! **Invariant:** at every moment each page at the target is wholly the old or wholly the new one, and a publish that
//! was cut off is finished by the next. **Invariant:** what ACCID did not put there is neither overwritten nor
//! removed.

mod build;
mod error;
mod folder;
mod journal;
mod plan;
mod publish;
mod target;
mod url;

pub use build::{BuildContent, BuildFile, BuildFolder, BuildManifest};
pub use error::TransferError;
pub use folder::FolderTarget;
pub use journal::{Journal, PublishedFile, PublishedManifest};
pub use plan::{PlannedFile, PublishPlan, plan};
pub use publish::{Published, Publisher, publish};
pub use target::{Found, Target, target_for};
