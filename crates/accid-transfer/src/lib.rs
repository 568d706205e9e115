//! Publishing: how a built site gets to where visitors see it.
//!
//! Owns: places ([`Place`]) and targets ([`Target`], [`FolderTarget`], servers that speak FTP or SFTP), what of a build
//! a target lacks ([`plan`]), the steps that never show a half-published page ([`publish`]), a look at the site as
//! a visitor ([`visit`]), and services that keep files or show pictures ([`CloudFiles`], [`ImageHost`]). Must not know:
//! projects, documents, how a site is built, where passwords are kept.
//!
//! **Invariant:** at every moment each page at the target is wholly the old or wholly the new one, and a publish that
//! was cut off is finished by the next. **Invariant:** what ACCID did not put there is neither overwritten nor
//! removed. **Invariant:** no password leaves before the server's key or certificate was compared.

mod access;
mod archive;
mod breaker;
mod build;
mod error;
mod folder;
mod ftp;
mod journal;
mod lock;
mod look;
mod packing;
mod place;
mod plan;
mod publish;
mod remote;
mod services;
mod sftp;
mod stage;
mod target;
mod url;
mod visit;
mod web;

pub use access::{Access, Login, Pin, PinKind};
pub use archive::Archive;
pub use breaker::{Breaker, BreakerState, Patience};
pub use build::{BuildContent, BuildFile, BuildFolder, BuildManifest};
pub use error::TransferError;
pub use folder::FolderTarget;
pub use journal::{Journal, Phase, PublishedFile, PublishedManifest};
pub use lock::{Claim, Lease, LockNote};
pub use packing::Packing;
pub use place::{Place, PlaceKind, kind_of, place_for};
pub use plan::{PlannedFile, PublishPlan, plan};
pub use publish::{Published, Publisher, publish};
pub use services::{
    CloudAccount, CloudEntry, CloudFiles, CloudKind, Dropbox, DropboxAddresses, DropboxApp, Granted,
    HostedImage, ImageHost, ImgBb, MOST_IMAGE_BYTES, ServiceError, SignIn, Waits, checked_base, time_of,
};
pub use target::{Evidence, Found, Target};
pub use visit::{Seen, Sight, Visit, visit};
pub use web::tls;
