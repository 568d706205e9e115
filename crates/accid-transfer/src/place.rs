//! From an address to the place it names, and what can be done with any place: plan and publish.

use std::{path::PathBuf, sync::Arc};

use accid_base::Vfs;

use crate::{
    Access, BuildContent, BuildManifest, FolderTarget, Pin, PublishPlan, Published, Publisher, Target,
    TransferError,
    archive::Archive,
    ftp::FtpWire,
    remote::RemoteTarget,
    sftp::SftpWire,
    url::{Address, Drives, Protection, overlap, parse_address},
};

/// What kind of place an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A folder of this machine.
    Folder,
    /// An archive on this machine, to be handed in.
    Archive,
    /// A server that speaks FTP without protection: the password travels as it is.
    Ftp,
    /// A server that speaks FTP over TLS.
    Ftps,
    /// A server that speaks SFTP.
    Sftp,
}

impl PlaceKind {
    /// Whether a password or key is needed.
    pub const fn signs_in(self) -> bool {
        matches!(self, Self::Ftp | Self::Ftps | Self::Sftp)
    }
}

/// A place a site can be published to.
pub enum Place {
    /// A folder, here or at a server, in which only what changed is written.
    Target(Box<dyn Target>),
    /// An archive that is written as a whole.
    Archive(Archive),
}

/// What kind of place the address names, and by which name its server is known again (`host:port`), if it is one.
///
/// # Errors
/// When the address cannot be understood.
pub fn kind_of(url: &str) -> Result<(PlaceKind, Option<String>), TransferError> {
    let known = |host: &str, port: u16| Some(format!("{host}:{port}"));
    Ok(match parse_address(url, Drives::HERE)? {
        Address::Folder(_) => (PlaceKind::Folder, None),
        Address::Archive(_) => (PlaceKind::Archive, None),
        Address::Ftp(address, Protection::None) => (PlaceKind::Ftp, known(&address.host, address.port)),
        Address::Ftp(address, _) => (PlaceKind::Ftps, known(&address.host, address.port)),
        Address::Sftp(address) => (PlaceKind::Sftp, known(&address.host, address.port)),
    })
}

/// The place an address names: `file:///absolute/folder`, `zip:///absolute/file.zip`, `ftp://`, `ftps://` or
/// `sftp://user@host:port/folder`. `forbidden` are ACCID's own folders, which are never published to. Nothing is read
/// or written but links followed; a server is connected to when it is first needed.
///
/// # Errors
/// When the address cannot be understood, is of another kind, or overlaps with a forbidden folder.
pub fn place_for(
    url: &str,
    access: Access,
    vfs: Arc<dyn Vfs>,
    forbidden: &[PathBuf],
) -> Result<Place, TransferError> {
    Ok(match parse_address(url, Drives::HERE)? {
        Address::Folder(folder) => {
            check_folder(&folder, vfs.as_ref(), forbidden)?;
            Place::Target(Box::new(FolderTarget::new(vfs, folder)))
        }
        Address::Archive(file) => {
            check_folder(&file, vfs.as_ref(), forbidden)?;
            Place::Archive(Archive::new(vfs, file))
        }
        Address::Ftp(address, protection) => {
            let folder = address.folder.clone();
            Place::Target(Box::new(RemoteTarget::new(FtpWire::new(address, protection, access), folder)))
        }
        Address::Sftp(address) => {
            let folder = address.folder.clone();
            Place::Target(Box::new(RemoteTarget::new(SftpWire::new(address, access)?, folder)))
        }
    })
}

fn check_folder(folder: &PathBuf, vfs: &dyn Vfs, forbidden: &[PathBuf]) -> Result<(), TransferError> {
    let real = vfs.resolve(folder).map_err(TransferError::io(folder))?;
    if real.parent().is_none() {
        return Err(TransferError::InvalidUrl {
            reason: "It leads to the root of the file system".to_owned(),
        });
    }
    for own in forbidden {
        let real_own = vfs.resolve(own).map_err(TransferError::io(own))?;
        if overlap(folder, own) || overlap(&real, &real_own) {
            return Err(TransferError::OwnData { folder: folder.clone() });
        }
    }
    Ok(())
}

impl Place {
    /// What to call it in messages; holds no secret.
    pub fn name(&self) -> String {
        match self {
            Self::Target(target) => target.place(),
            Self::Archive(archive) => archive.name(),
        }
    }

    /// The key or certificate its server has shown; none before the first connection.
    pub fn pin(&self) -> Option<Pin> {
        match self {
            Self::Target(target) => target.pin(),
            Self::Archive(_) => None,
        }
    }

    /// What publishing would do; nothing is written.
    ///
    /// # Errors
    /// When the place cannot be read, or files would be overwritten that ACCID did not put there.
    pub fn plan(&self, build: &BuildManifest) -> Result<PublishPlan, TransferError> {
        match self {
            Self::Target(target) => crate::plan(build, target.as_ref()),
            Self::Archive(archive) => archive.plan(build),
        }
    }

    /// Publishes a build.
    ///
    /// # Errors
    /// As [`crate::publish`].
    pub fn publish(
        &self,
        build: &BuildManifest,
        content: &dyn BuildContent,
        publisher: Publisher<'_>,
    ) -> Result<Published, TransferError> {
        match self {
            Self::Target(target) => crate::publish(build, content, target.as_ref(), publisher),
            Self::Archive(archive) => archive.publish(build, content, publisher),
        }
    }
}
