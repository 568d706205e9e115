//! From an address to the storage it names.

use std::{path::PathBuf, sync::Arc};

use accid_base::{Clock, Secret, Vfs};
use accid_transfer::{Access, Place, PlaceKind, kind_of, place_for};

use crate::{
    BackupError, Storage,
    object_storage::{ObjectAddress, ObjectStorage},
    storage::TargetStorage,
};

/// What kind of place an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupPlaceKind {
    /// A folder of this machine: another disk, a stick, a mounted share.
    Folder,
    /// A server that speaks SFTP.
    Sftp,
    /// Storage that speaks S3.
    ObjectStorage,
}

/// A place for backups, understood but not yet looked at.
#[derive(Debug, Clone)]
pub struct BackupPlace {
    url: String,
    kind: BackupPlaceKind,
    server: Option<String>,
}

impl BackupPlace {
    /// Understands `file:///absolute/folder`, `sftp://user@host:port/folder`,
    /// `s3://ACCESS-KEY@host:port/bucket/folder?region=name` (`s3+http://` without TLS).
    ///
    /// # Errors
    /// When it is none of them, or has a password in it.
    pub fn parse(url: &str) -> Result<Self, BackupError> {
        let url = url.trim();
        if let Some(address) = ObjectAddress::parse(url)? {
            let server = Some(address.host.clone());
            return Ok(Self { url: url.to_owned(), kind: BackupPlaceKind::ObjectStorage, server });
        }
        let refused = |error: accid_transfer::TransferError| match error {
            accid_transfer::TransferError::InvalidUrl { reason } => BackupError::InvalidUrl { reason },
            other => other.into(),
        };
        let (kind, server) = kind_of(url).map_err(refused)?;
        let kind = match kind {
            PlaceKind::Folder => BackupPlaceKind::Folder,
            PlaceKind::Sftp => BackupPlaceKind::Sftp,
            _ => {
                let reason = "A backup goes to file://, sftp:// or s3:// addresses".to_owned();
                return Err(BackupError::InvalidUrl { reason });
            }
        };
        Ok(Self { url: url.to_owned(), kind, server })
    }

    /// The address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What it names.
    pub const fn kind(&self) -> BackupPlaceKind {
        self.kind
    }

    /// Its server as `host:port`, if it is one.
    pub fn server(&self) -> Option<&str> {
        self.server.as_deref()
    }

    /// The storage there. `access` is how to sign in over SFTP, `secret` the secret access key of object storage.
    /// `forbidden` are ACCID's own folders, into which nothing is backed up. Nothing is connected to yet.
    ///
    /// # Errors
    /// When what signing in needs is missing, or the folder overlaps with a forbidden one.
    pub fn storage(
        &self,
        access: Access,
        secret: Option<Secret<String>>,
        vfs: Arc<dyn Vfs>,
        clock: Arc<dyn Clock>,
        forbidden: &[PathBuf],
    ) -> Result<Arc<dyn Storage>, BackupError> {
        if let Some(address) = ObjectAddress::parse(&self.url)? {
            let secret = secret.ok_or_else(|| BackupError::SignIn {
                place: address.place(),
                reason: "there is no secret access key yet".to_owned(),
            })?;
            return Ok(Arc::new(ObjectStorage::new(address, secret, clock)));
        }
        match place_for(&self.url, access, vfs, forbidden)? {
            Place::Target(target) => Ok(Arc::new(TargetStorage::new(target, clock))),
            Place::Archive(_) => {
                Err(BackupError::InvalidUrl { reason: "A backup does not go into an archive".to_owned() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_sftp_and_object_storage_are_places_for_backups_and_nothing_else() {
        let kind = |url: &str| BackupPlace::parse(url).map(|place| place.kind()).ok();
        assert_eq!(kind("file:///media/stick/backup"), Some(BackupPlaceKind::Folder));
        assert_eq!(kind("sftp://anna@nas:2222/~/backup"), Some(BackupPlaceKind::Sftp));
        assert_eq!(kind("s3://AKIA1@s3.example.org/photos/accid"), Some(BackupPlaceKind::ObjectStorage));
        for url in [
            "",
            "ftp://anna@host/x",
            "zip:///tmp/x.zip",
            "s3://s3.example.org/photos",
            "s3://key:secret@s3.example.org/photos",
            "s3://key@s3.example.org/",
            "s3://key@s3.example.org/Bad_Bucket",
            "s3://key@s3.example.org/photos/../x",
            "https://example.org/x",
        ] {
            assert_eq!(kind(url), None, "{url}");
        }
    }
}
