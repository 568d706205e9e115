//! Services on the web that a person connects: files kept by Dropbox, pictures hosted by imgBB, each behind a small
//! trait. Must not know: projects, where tokens are kept, when to leave a service alone.
//!
//! **Invariant:** no token and no key is in an error, and none is sent anywhere but to the address of its service.

mod dropbox;
mod error;
mod imgbb;
mod wire;

use accid_base::Progress;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::{
    dropbox::{Dropbox, DropboxAddresses, DropboxApp, Granted, SignIn},
    error::{ServiceError, time_of},
    imgbb::{ImgBb, MOST_IMAGE_BYTES},
    wire::{Waits, checked_base},
};

/// Whose files are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CloudAccount {
    /// Name for people.
    pub name: String,
    /// E-mail address of the account.
    pub email: String,
}

/// What a name in a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CloudKind {
    /// A folder.
    Folder,
    /// A file.
    File,
}

/// A file or folder of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CloudEntry {
    /// Its name.
    pub name: String,
    /// Its whole path there, such as `/Photos/boat.jpg`.
    pub path: String,
    /// What it is.
    pub kind: CloudKind,
    /// Size in bytes; 0 of a folder.
    pub bytes: u64,
    /// When the service last took a change of it; empty of a folder.
    pub modified: String,
}

/// A service that keeps files for people.
pub trait CloudFiles: Send + Sync {
    /// Whose files these are.
    ///
    /// # Errors
    /// As every call: nobody answers, the sign-in does not hold, or the service refuses.
    fn account(&self) -> Result<CloudAccount, ServiceError>;

    /// What is in a folder, folders first, by name; the empty path is the outermost.
    ///
    /// # Errors
    /// As [`CloudFiles::account`], or when there is no such folder.
    fn list(&self, folder: &str) -> Result<Vec<CloudEntry>, ServiceError>;

    /// A file, whole and as it was checked against the hash that the service names.
    ///
    /// # Errors
    /// As [`CloudFiles::account`], or when there is no such file or it has more than `most` bytes.
    fn download(&self, path: &str, most: u64) -> Result<Vec<u8>, ServiceError>;

    /// A small JPEG of a picture there, at most 256 pixels a side.
    ///
    /// # Errors
    /// As [`CloudFiles::account`], or when there is no such picture or the service cannot make it small.
    fn thumbnail(&self, path: &str) -> Result<Vec<u8>, ServiceError>;

    /// Puts a file there, and says under which path: another name when one of that name stands there already.
    ///
    /// # Errors
    /// As [`CloudFiles::account`], or when there is no room, or a person asked to stop.
    fn upload(&self, path: &str, content: &[u8], progress: &dyn Progress)
    -> Result<CloudEntry, ServiceError>;

    /// Makes the sign-in good for nothing any more.
    ///
    /// # Errors
    /// As [`CloudFiles::account`].
    fn sign_out(&self) -> Result<(), ServiceError>;
}

/// A picture that a service shows to everybody who knows its address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HostedImage {
    /// The picture itself.
    pub url: String,
    /// A page that shows it.
    pub page: String,
    /// A small one of it.
    pub thumbnail: String,
    /// Where it can be removed; whoever knows this address can.
    pub remove: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Size in bytes.
    pub bytes: u64,
}

/// A service that shows pictures to everybody.
pub trait ImageHost: Send + Sync {
    /// Hands a picture over.
    ///
    /// # Errors
    /// When nobody answers, the key is not good, the picture is too large, or the service refuses.
    fn host(&self, name: &str, picture: &[u8]) -> Result<HostedImage, ServiceError>;
}
