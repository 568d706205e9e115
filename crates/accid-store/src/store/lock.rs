//! `accid.lock`: who owns the data root. Must not know projects.

use std::path::Path;

use accid_base::{Vfs, vfs::LockGuard};
use serde::{Deserialize, Serialize};

use crate::StoreError;

pub(super) const FILE: &str = "accid.lock";

/// The process that holds a data root.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Holder {
    /// Where it listens, such as `http://localhost:9847`; empty when it has not said.
    pub url: String,
    /// Its process id; 0 when it has not said.
    pub pid: u32,
}

/// Takes the lock, or says who has it.
pub(super) fn take(vfs: &dyn Vfs, root: &Path) -> Result<Box<dyn LockGuard>, StoreError> {
    let file = root.join(FILE);
    let guard = vfs.lock(&file).map_err(StoreError::io("lock", &file))?;
    let Some(guard) = guard else {
        let Holder { url, pid } = read(vfs, root);
        return Err(StoreError::InUse { url, pid });
    };
    // A full disk is no reason not to start; the lock itself holds.
    drop(announce(vfs, root, ""));
    Ok(guard)
}

pub(super) fn announce(vfs: &dyn Vfs, root: &Path, url: &str) -> Result<(), StoreError> {
    write_holder(vfs, &root.join(FILE), url)
}

/// Where the process listens that holds a data root, as its lock file says.
pub(super) fn url_of(vfs: &dyn Vfs, root: &Path) -> String {
    read(vfs, root).url
}

/// Says in a lock file who holds it.
pub(super) fn write_holder(vfs: &dyn Vfs, file: &Path, url: &str) -> Result<(), StoreError> {
    let holder = Holder { url: url.to_owned(), pid: std::process::id() };
    // A struct of a string and a number always becomes JSON.
    let bytes = serde_json::to_vec(&holder).unwrap_or_default();
    vfs.write(file, &bytes).map_err(StoreError::io("write", file))
}

fn read(vfs: &dyn Vfs, root: &Path) -> Holder {
    read_holder(vfs, &root.join(FILE))
}

/// Who holds a lock file, as it says.
pub(super) fn read_holder(vfs: &dyn Vfs, file: &Path) -> Holder {
    let bytes = vfs.read(file).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

pub(super) fn holder(vfs: &dyn Vfs, root: &Path) -> Option<Holder> {
    let file = root.join(FILE);
    if !vfs.exists(&file) {
        return None;
    }
    match vfs.lock(&file) {
        Ok(None) => Some(read(vfs, root)),
        _ => None,
    }
}
