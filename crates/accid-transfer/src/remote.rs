//! A server as a target: what FTP and SFTP have in common. Paths become the server's own here, and here is the lock.

use std::collections::BTreeSet;

use accid_base::{RelativePath, vfs::LockGuard};

use crate::{
    Claim, Evidence, Found, LockNote, Pin, Target, TransferError,
    journal::{ASIDE, own},
};

/// What came of making a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// It is new.
    New,
    /// Something of that name was there, or the folder above is missing.
    Not,
}

/// The verbs of a server. Paths are as the server understands them. A connection that is cut is an error; the next
/// verb connects again.
pub(crate) trait Wire: Send + Sync {
    /// What to call the server in messages.
    fn place(&self) -> String;

    /// What it showed to prove who it is.
    fn pin(&self) -> Option<Pin>;

    /// How many files are worth sending at once.
    fn lanes(&self) -> usize;

    /// Names and what they are; nothing when there is no such folder.
    fn list(&self, folder: &str) -> Result<Vec<(String, Found)>, TransferError>;

    /// A whole file, or nothing when there is none.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, TransferError>;

    /// So many bytes of a file from a place on, fewer where it ends; nothing when there is no such file.
    fn read_part(&self, path: &str, offset: u64, length: usize) -> Result<Option<Vec<u8>>, TransferError> {
        let part = |bytes: Vec<u8>| {
            let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
            bytes[from..from.saturating_add(length).min(bytes.len())].to_vec()
        };
        Ok(self.read(path)?.map(part))
    }

    /// Writes a file from `from` on; what was there before that stays.
    fn write(&self, path: &str, bytes: &[u8], from: u64) -> Result<(), TransferError>;

    /// Makes one folder; only one of two who do so at once makes it.
    fn make_folder(&self, path: &str) -> Result<Made, TransferError>;

    /// Renames files, over existing ones. `aside` is a name for each file that may be in the way for a server that
    /// refuses to rename over it.
    fn rename_all(
        &self,
        moves: &[(String, String)],
        aside: &dyn Fn(&str) -> String,
    ) -> Result<(), TransferError>;

    /// Removes a file; one that is gone is fine.
    fn remove_file(&self, path: &str) -> Result<(), TransferError>;

    /// Removes a folder when it is empty, and says whether it did or it is gone.
    fn remove_empty_folder(&self, path: &str) -> Result<bool, TransferError>;
}

/// A folder of a server.
pub(crate) struct RemoteTarget<W> {
    wire: W,
    /// The folder, without a slash at its end; empty for the one a sign-in leads to.
    base: String,
}

struct RemoteLock<'a, W: Wire>(&'a RemoteTarget<W>);

impl<W: Wire> LockGuard for RemoteLock<'_, W> {}

impl<W: Wire> Drop for RemoteLock<'_, W> {
    fn drop(&mut self) {
        // A lock that cannot be taken away, because the connection is gone, is known as ours by its token.
        drop(self.0.unlock());
    }
}

impl<W: Wire> RemoteTarget<W> {
    pub(crate) const fn new(wire: W, base: String) -> Self {
        Self { wire, base }
    }

    fn at(&self, path: &RelativePath) -> String {
        self.name(path.as_str())
    }

    fn name(&self, path: &str) -> String {
        match self.base.as_str() {
            "" => path.to_owned(),
            base => format!("{}/{path}", base.trim_end_matches('/')),
        }
    }

    fn unlock(&self) -> Result<(), TransferError> {
        self.wire.remove_file(&self.name(".accid/lock/owner.json"))?;
        self.wire.remove_empty_folder(&self.name(".accid/lock")).map(|_| ())
    }

    fn note_owner(&self, claim: &Claim) -> Result<(), TransferError> {
        self.wire.write(&self.name(".accid/lock/owner.json"), &LockNote::of(claim).bytes(), 0)
    }

    /// Makes the folder and all above it, from the top down, when it is missing.
    fn make_folders(&self, path: &str) -> Result<Made, TransferError> {
        if self.wire.make_folder(path)? == Made::New {
            return Ok(Made::New);
        }
        let ends: BTreeSet<usize> = path.match_indices('/').map(|(at, _)| at).filter(|at| *at > 0).collect();
        for end in ends {
            self.wire.make_folder(&path[..end])?;
        }
        self.wire.make_folder(path)
    }

    /// Who holds the lock that was found; nothing when it may be taken over.
    fn holder(&self, claim: &Claim) -> Result<Option<String>, TransferError> {
        let note = self.wire.read(&self.name(".accid/lock/owner.json"))?;
        Ok(match note.and_then(|bytes| LockNote::read(&bytes)) {
            Some(note) => note.keeps_out(claim),
            // Its owner is just about to write his name, or was cut before he could: then the next try finds it so too.
            None if claim.left.is_some() => None,
            None => Some(
                "Its lock names nobody; if nobody publishes, remove the folder .accid/lock there.".to_owned(),
            ),
        })
    }
}

impl<W: Wire> Target for RemoteTarget<W> {
    fn place(&self) -> String {
        self.wire.place()
    }

    fn pin(&self) -> Option<Pin> {
        self.wire.pin()
    }

    fn evidence(&self) -> Evidence {
        Evidence::Size
    }

    fn lanes(&self) -> usize {
        self.wire.lanes()
    }

    fn lock<'a>(&'a self, claim: &Claim) -> Result<Box<dyn LockGuard + 'a>, TransferError> {
        let lock = self.name(".accid/lock");
        if self.wire.make_folder(&lock)? == Made::Not {
            self.make_folders(&self.name(".accid"))?;
            if self.wire.make_folder(&lock)? == Made::Not
                && let Some(holder) = self.holder(claim)?
            {
                return Err(TransferError::Busy { place: self.place(), holder });
            }
        }
        self.note_owner(claim)?;
        Ok(Box::new(RemoteLock(self)))
    }

    fn renew_lock(&self, claim: &Claim) -> Result<(), TransferError> {
        self.note_owner(claim)
    }

    fn list(&self, folder: Option<&RelativePath>) -> Result<Vec<(RelativePath, Found)>, TransferError> {
        let at = folder.map_or_else(|| self.base.clone(), |folder| self.at(folder));
        let mut found = Vec::new();
        for (name, what) in self.wire.list(&at)? {
            if name == "." || name == ".." {
                continue;
            }
            if name.is_empty() || name.contains(['/', '\0', '\r', '\n']) {
                let reason = "it sent a file name that leads out of its folder".to_owned();
                return Err(TransferError::Hostile { place: self.place(), reason });
            }
            // What no file of a site can be called is none of ours.
            if let Ok(path) = folder.map_or_else(|| name.parse(), |folder| folder.join(&name)) {
                found.push((path, what));
            }
        }
        Ok(found)
    }

    fn find(&self, path: &RelativePath) -> Result<Option<Found>, TransferError> {
        let folder = path.parent();
        let listed = self.list(folder.as_ref())?;
        Ok(listed.into_iter().find(|(name, _)| name == path).map(|(_, what)| what))
    }

    fn read(&self, path: &RelativePath) -> Result<Option<Vec<u8>>, TransferError> {
        self.wire.read(&self.at(path))
    }

    fn read_part(
        &self,
        path: &RelativePath,
        offset: u64,
        length: usize,
    ) -> Result<Option<Vec<u8>>, TransferError> {
        self.wire.read_part(&self.at(path), offset, length)
    }

    fn create_folder(&self, path: &RelativePath) -> Result<(), TransferError> {
        self.make_folders(&self.at(path)).map(|_| ())
    }

    fn write(&self, path: &RelativePath, bytes: &[u8]) -> Result<(), TransferError> {
        self.wire.write(&self.at(path), bytes, 0)
    }

    fn write_on(&self, path: &RelativePath, bytes: &[u8], from: u64) -> Result<(), TransferError> {
        self.wire.write(&self.at(path), bytes, from)
    }

    fn replace(&self, path: &RelativePath, bytes: &[u8]) -> Result<(), TransferError> {
        let at = self.at(path);
        let new = format!("{at}.new");
        self.wire.write(&new, bytes, 0)?;
        self.wire.rename_all(&[(new, at)], &|name| format!("{name}{ASIDE}"))
    }

    fn rename(&self, from: &RelativePath, to: &RelativePath) -> Result<(), TransferError> {
        self.rename_all(&[(from.clone(), to.clone())])
    }

    fn rename_all(&self, moves: &[(RelativePath, RelativePath)]) -> Result<(), TransferError> {
        let stage = moves.first().and_then(|(from, _)| from.parent()).map_or_else(|| own("stage"), Ok)?;
        let aside = self.name(&format!("{stage}/aside"));
        let moves: Vec<_> = moves.iter().map(|(from, to)| (self.at(from), self.at(to))).collect();
        self.wire.rename_all(&moves, &|_| aside.clone())
    }

    fn sync_folder(&self, _: Option<&RelativePath>) -> Result<(), TransferError> {
        Ok(())
    }

    fn remove_file(&self, path: &RelativePath) -> Result<(), TransferError> {
        self.wire.remove_file(&self.at(path))
    }

    fn remove_empty_folder(&self, path: &RelativePath) -> Result<bool, TransferError> {
        self.wire.remove_empty_folder(&self.at(path))
    }

    fn remove_folder(&self, path: &RelativePath) -> Result<(), TransferError> {
        if self.wire.remove_empty_folder(&self.at(path))? {
            return Ok(());
        }
        for (inner, what) in self.list(Some(path))? {
            match what {
                Found::Folder => self.remove_folder(&inner)?,
                Found::File(_) | Found::Other => self.remove_file(&inner)?,
            }
        }
        self.wire.remove_empty_folder(&self.at(path)).map(|_| ())
    }
}
