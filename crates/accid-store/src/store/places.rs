//! Which folders of the disk may be a project's: none of the system's, none of ACCID's own, none of another project.

use std::path::{Component, Path, PathBuf};

use accid_base::{Vfs, vfs::Kind};

use super::Store;
use crate::{Project, StoreError};

/// Folders of systems in which nothing is a project.
const SYSTEM: [&str; 22] = [
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/lib",
    "/lib32",
    "/lib64",
    "/proc",
    "/run/lock",
    "/run/systemd",
    "/sbin",
    "/sys",
    "/usr",
    "/System",
    "/Library",
    "/private/etc",
    "/var/lib",
    "/var/log",
    "/var/cache",
    "C:\\Windows",
    "C:\\Program Files",
    "C:\\ProgramData",
];

/// Folders that hold those of many people or programs: a project is a folder in them, not they themselves.
const SHARED: [&str; 15] = [
    "/home",
    "/root",
    "/var",
    "/opt",
    "/srv",
    "/tmp",
    "/mnt",
    "/media",
    "/run",
    "/Users",
    "/Volumes",
    "/private",
    "/Applications",
    "/var/tmp",
    "C:\\Users",
];

fn refused(path: &Path, reason: &'static str) -> StoreError {
    StoreError::NoPlace { path: path.to_path_buf(), reason }
}

/// Says why no project can be there, from the name alone.
fn complaint(path: &Path) -> Option<&'static str> {
    if !path.is_absolute() || path.components().any(|part| part == Component::ParentDir) {
        return Some("a folder is named in full, from the root of the disk, without \"..\"");
    }
    if path.parent().is_none() || SHARED.iter().any(|shared| path == Path::new(shared)) {
        return Some("it holds the folders of many people or programs; a project is a folder of its own");
    }
    if SYSTEM.iter().any(|system| path.starts_with(system)) {
        return Some("it belongs to the system");
    }
    if path.to_str().is_none() {
        return Some("its name has signs that cannot be written down");
    }
    None
}

/// Says why nothing is looked for there.
pub(super) fn named_badly(path: &Path) -> Option<&'static str> {
    let named = path.is_absolute() && !path.components().any(|part| part == Component::ParentDir);
    if !named {
        return complaint(path);
    }
    (path.parent().is_none() || SYSTEM.iter().any(|system| path.starts_with(system)))
        .then_some("it belongs to the system")
}

impl Store {
    /// The folder with all links followed, if a project may be there.
    ///
    /// # Errors
    /// When it may not, or the system refuses to look.
    pub(super) fn check_place(&self, path: &Path, own: Option<&Project>) -> Result<PathBuf, StoreError> {
        if let Some(reason) = complaint(path) {
            return Err(refused(path, reason));
        }
        let vfs = self.disk();
        if vfs.metadata(path).is_ok_and(|found| found.kind == Kind::Other) {
            return Err(refused(path, "it is a link; name the folder that it leads to"));
        }
        let resolve = |path: &Path| vfs.resolve(path).map_err(StoreError::io("look at", path));
        let real = resolve(path)?;
        if let Some(reason) = complaint(&real) {
            return Err(refused(&real, reason));
        }
        let root = resolve(&self.0.root)?;
        if real.starts_with(&root) || root.starts_with(&real) {
            return Err(refused(&real, "it lies in ACCID's own data, or around it"));
        }
        if real.ancestors().any(|above| is_data_root(vfs, above)) {
            return Err(refused(&real, "it lies in the data of another ACCID"));
        }
        for other in self.opened_elsewhere() {
            let of_own = own.is_some_and(|project| project.id() == other.id);
            let theirs = Path::new(&other.path);
            if !of_own && real != theirs && (real.starts_with(theirs) || theirs.starts_with(&real)) {
                return Err(refused(&real, "it lies in the folder of another project, or around it"));
            }
        }
        Ok(real)
    }
}

fn is_data_root(vfs: &dyn Vfs, folder: &Path) -> bool {
    vfs.exists(&folder.join(super::lock::FILE)) && vfs.exists(&folder.join(super::PROJECTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn folders_of_the_system_and_of_everybody_are_no_projects() {
        for path in
            ["/", "/etc/site", "/usr/share/site", "/home", "/tmp", "site", "/home/ada/../../etc", "/proc/1"]
        {
            assert!(complaint(Path::new(path)).is_some(), "{path}");
        }
        for path in
            ["/home/ada/site", "/srv/www", "/tmp/site", "/mnt/stick/site", "/var/www/site", "/root/site"]
        {
            assert_eq!(complaint(Path::new(path)), None, "{path}");
        }
    }
}
