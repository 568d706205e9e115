//! Credentials at rest. One random data key seals them all (XChaCha20-Poly1305); it is itself sealed by a passphrase
//! (Argon2id), by a key file or by a key in the keyring of the system, and lies so in `keys/credentials.json` of the data
//! root. A project holds what is sealed
//! in the `credentials` field of its blotter, which is in no version and no export.
//!
//! Without the key everything works but publishing to servers, and that says why.

mod keyring;
mod logins;
mod pins;
mod seal;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use accid_base::{Random, Secret, Vfs, locked, vfs::write_durable};
use serde::{Deserialize, Serialize};

pub use keyring::{Keyring, NoKeyring};
pub use logins::LoginKind;
pub use pins::KnownServer;
pub use seal::Sealed;
use seal::{Key, derive, open, seal};

use crate::VaultError;

/// Format of `keys/credentials.json`.
const FORMAT: u32 = 1;
/// The shortest passphrase, in characters.
const SHORTEST: usize = 8;

/// Where the credentials stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockState {
    /// Nothing was ever sealed; the first password makes a key file.
    Unused,
    /// The data key is in memory.
    Open,
    /// The data key is not in memory.
    Locked,
}

/// What protects the data key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProtectedBy {
    /// A file that this machine can read by itself.
    KeyFile,
    /// A passphrase that a person enters after each start.
    Passphrase,
    /// The keyring of the system, which opens when the person signs in to the machine.
    Keyring,
}

/// What is to protect the data key from now on.
#[derive(Clone, Copy)]
pub enum Protection<'a> {
    /// A key file.
    KeyFile,
    /// This passphrase.
    Passphrase(&'a Secret<String>),
    /// The keyring of the system.
    Keyring,
}

/// `keys/credentials.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Wrapped {
    format: u32,
    protected_by: ProtectedBy,
    /// Salt of the passphrase, or the name of the key in the keyring; empty for a key file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    salt: String,
    /// The data key, sealed.
    data_key: Sealed,
}

/// The data key and what it is sealed by.
pub struct Credentials {
    vfs: Arc<dyn Vfs>,
    random: Arc<dyn Random>,
    keyring: Mutex<Arc<dyn Keyring>>,
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    key: Option<Key>,
    /// Named by whoever started the program; else the one beside the sealed key.
    key_file: Option<PathBuf>,
    /// A person locked it: the key file is not read again by itself.
    shut: bool,
    /// What the keyring said when it was asked; it is not asked again by itself.
    refused: Option<String>,
}

const BINDING: &str = "accid data key";

impl Credentials {
    /// The credentials of a data root; nothing is read yet.
    pub(crate) fn new(vfs: Arc<dyn Vfs>, random: Arc<dyn Random>, root: &Path) -> Self {
        let keyring: Mutex<Arc<dyn Keyring>> = Mutex::new(Arc::new(NoKeyring));
        Self { vfs, random, keyring, folder: root.join("keys"), state: Mutex::default() }
    }

    /// Says which keyring this system has. It is not asked for anything yet.
    pub fn use_keyring(&self, keyring: Arc<dyn Keyring>) {
        *locked(&self.keyring) = keyring;
    }

    fn keyring(&self) -> Arc<dyn Keyring> {
        Arc::clone(&locked(&self.keyring))
    }

    /// Why this system has no keyring, when it has none.
    pub fn keyring_missing(&self) -> Option<String> {
        self.keyring().missing()
    }

    /// Says which file opens them; it is made when the first password is sealed and there is none.
    pub fn use_key_file(&self, path: PathBuf) {
        locked(&self.state).key_file = Some(path);
    }

    fn file(&self) -> PathBuf {
        self.folder.join("credentials.json")
    }

    fn wrapped(&self) -> Result<Option<Wrapped>, VaultError> {
        let path = self.file();
        let unreadable = |reason: String| VaultError::CredentialsUnreadable { path: path.clone(), reason };
        match self.vfs.read(&path) {
            Ok(bytes) => {
                let wrapped: Wrapped =
                    serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))?;
                if wrapped.format > FORMAT {
                    return Err(unreadable("a newer ACCID wrote it".to_owned()));
                }
                Ok(Some(wrapped))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(error.to_string())),
        }
    }

    /// Where they stand, and what protects them.
    ///
    /// # Errors
    /// When the sealed key cannot be read.
    pub fn status(&self) -> Result<(LockState, Option<ProtectedBy>), VaultError> {
        let Some(wrapped) = self.wrapped()? else { return Ok((LockState::Unused, None)) };
        let state = match self.key() {
            Ok(_) => LockState::Open,
            Err(VaultError::CredentialsLocked { .. } | VaultError::Keyring { .. }) => LockState::Locked,
            Err(error) => return Err(error),
        };
        Ok((state, Some(wrapped.protected_by)))
    }

    /// The data key, from memory or by the key file.
    fn key(&self) -> Result<Key, VaultError> {
        let mut state = locked(&self.state);
        if let Some(key) = &state.key {
            return Ok(key.clone());
        }
        let shut = |reason: &'static str| VaultError::CredentialsLocked { reason };
        let Some(wrapped) = self.wrapped()? else { return Err(shut("No password was entered yet")) };
        if state.shut {
            return Err(shut("They were locked by hand"));
        }
        let (outer, other) = match wrapped.protected_by {
            ProtectedBy::Passphrase => {
                return Err(shut("A passphrase protects them, and it was not entered since the start"));
            }
            ProtectedBy::KeyFile => {
                let outer = self.key_of_file(state.key_file.as_deref())?;
                let outer = outer.ok_or_else(|| shut("The key file that opens them is missing"))?;
                (outer, "The key file is not the one that opens them")
            }
            ProtectedBy::Keyring => {
                let outer = self.key_of_keyring(&mut state, &wrapped.salt)?;
                (outer, "The key in the keyring is not the one that opens them")
            }
        };
        let key = unwrap(&wrapped, &outer).ok_or_else(|| shut(other))?;
        state.key = Some(key.clone());
        Ok(key)
    }

    fn key_of_keyring(&self, state: &mut State, name: &str) -> Result<Key, VaultError> {
        let found = match state.refused.clone() {
            Some(refused) => Err(refused),
            None => self.keyring().read(name),
        };
        let found = found.and_then(|found| {
            found.ok_or_else(|| {
                "The keyring of this system holds no key of this data folder; it is another person's, perhaps, or was \
                 made anew"
                    .to_owned()
            })
        });
        let secret = found.map_err(|reason| {
            state.refused = Some(reason.clone());
            VaultError::Keyring { reason }
        })?;
        Ok(Key::of_file(secret.reveal().as_bytes()))
    }

    /// A new key in the keyring, under a name of its own.
    fn make_key_in_keyring(&self) -> Result<(String, Key), VaultError> {
        let keyring = self.keyring();
        let refused = |reason: String| VaultError::Keyring { reason };
        if let Some(reason) = keyring.missing() {
            return Err(refused(reason));
        }
        let name: String =
            seal::new_salt(self.random.as_ref()).chars().filter(char::is_ascii_alphanumeric).collect();
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        let secret = Secret::new(bytes.map(|byte| format!("{byte:02x}")).concat());
        keyring.keep(&name, &secret).map_err(refused)?;
        // One that forgets what it was given would take all passwords with it.
        match keyring.read(&name).map_err(refused)? {
            Some(found) if found.reveal() == secret.reveal() => {}
            _ => return Err(refused("The keyring did not keep what it was given".to_owned())),
        }
        let key = Key::of_file(secret.reveal().as_bytes());
        Ok((name, key))
    }

    fn key_file_path(&self, named: Option<&Path>) -> PathBuf {
        named.map_or_else(|| self.folder.join("credentials.key"), Path::to_path_buf)
    }

    fn key_of_file(&self, named: Option<&Path>) -> Result<Option<Key>, VaultError> {
        let path = self.key_file_path(named);
        match self.vfs.read(&path) {
            Ok(bytes) if bytes.len() >= 32 => Ok(Some(Key::of_file(&bytes))),
            Ok(_) => Err(VaultError::CredentialsUnreadable {
                path,
                reason: "it is shorter than 32 bytes".to_owned(),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(VaultError::CredentialsUnreadable { path, reason: error.to_string() }),
        }
    }

    /// The key of the key file, which is made when there is none.
    fn make_key_file(&self, named: Option<&Path>) -> Result<Key, VaultError> {
        if let Some(key) = self.key_of_file(named)? {
            return Ok(key);
        }
        let path = self.key_file_path(named);
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        let text = bytes.map(|byte| format!("{byte:02x}")).concat() + "\n";
        let made = path
            .parent()
            .map_or(Ok(()), |folder| self.vfs.create_folders(folder))
            .and_then(|()| self.vfs.write_private(&path, text.as_bytes()))
            .and_then(|()| self.vfs.sync_file(&path));
        made.map_err(|error| VaultError::CredentialsUnreadable { path, reason: error.to_string() })?;
        Ok(Key::of_file(text.as_bytes()))
    }

    fn keep(
        &self,
        protected_by: ProtectedBy,
        salt: String,
        outer: &Key,
        key: &Key,
    ) -> Result<(), VaultError> {
        let data_key = seal(self.random.as_ref(), outer, BINDING, key.bytes());
        let wrapped = Wrapped { format: FORMAT, protected_by, salt, data_key };
        let text = serde_json::to_vec_pretty(&wrapped).unwrap_or_default();
        let path = self.file();
        let kept = self
            .vfs
            .create_folders(&self.folder)
            .and_then(|()| write_durable(self.vfs.as_ref(), &path, &text));
        kept.map_err(|error| VaultError::CredentialsUnreadable { path, reason: error.to_string() })
    }

    /// Opens them: with the passphrase, or again by the key file.
    ///
    /// # Errors
    /// When the passphrase or the key file is not the right one.
    pub fn unlock(&self, passphrase: Option<&Secret<String>>) -> Result<(), VaultError> {
        let Some(wrapped) = self.wrapped()? else { return Ok(()) };
        match (wrapped.protected_by, passphrase) {
            (ProtectedBy::KeyFile | ProtectedBy::Keyring, _) => {
                let mut state = locked(&self.state);
                state.shut = false;
                state.refused = None;
                drop(state);
                self.key().map(|_| ())
            }
            (ProtectedBy::Passphrase, None) => Err(VaultError::CredentialsLocked {
                reason: "A passphrase protects them, and none was given",
            }),
            (ProtectedBy::Passphrase, Some(passphrase)) => {
                let outer = derive(passphrase, &wrapped.salt)?;
                let wrong = VaultError::CredentialsLocked { reason: "That is not the passphrase" };
                let key = unwrap(&wrapped, &outer).ok_or(wrong)?;
                let mut state = locked(&self.state);
                state.key = Some(key);
                state.shut = false;
                Ok(())
            }
        }
    }

    /// Forgets the data key until [`Credentials::unlock`].
    pub fn lock(&self) {
        let mut state = locked(&self.state);
        state.key = None;
        state.shut = true;
    }

    /// Protects them by a passphrase, the key file or the keyring. They have to be open.
    ///
    /// # Errors
    /// When they are locked, the passphrase is too short, there is no keyring, or the disk refuses.
    pub fn protect(&self, by: Protection<'_>) -> Result<(), VaultError> {
        let before = self.wrapped()?;
        let key = match &before {
            Some(_) => self.key()?,
            None => Key::random(self.random.as_ref()),
        };
        match by {
            Protection::Passphrase(passphrase) => {
                if passphrase.reveal().chars().count() < SHORTEST {
                    let reason = "a passphrase has at least eight characters; four words are good";
                    return Err(VaultError::invalid("the passphrase was not set", "/passphrase", reason));
                }
                let salt = seal::new_salt(self.random.as_ref());
                let outer = derive(passphrase, &salt)?;
                self.keep(ProtectedBy::Passphrase, salt, &outer, &key)?;
            }
            Protection::Keyring => {
                let (name, outer) = self.make_key_in_keyring()?;
                self.keep(ProtectedBy::Keyring, name, &outer, &key)?;
            }
            Protection::KeyFile => {
                let named = locked(&self.state).key_file.clone();
                let outer = self.make_key_file(named.as_deref())?;
                self.keep(ProtectedBy::KeyFile, String::new(), &outer, &key)?;
            }
        }
        let mut state = locked(&self.state);
        state.key = Some(key);
        state.shut = false;
        state.refused = None;
        drop(state);
        if let Some(before) = before.filter(|before| before.protected_by == ProtectedBy::Keyring) {
            // What opens nothing any more may stay when the keyring does not let it go.
            drop(self.keyring().forget(&before.salt));
        }
        Ok(())
    }

    /// Seals a secret for one use; `binding` says for which, and only the same opens it.
    ///
    /// # Errors
    /// When they are locked.
    pub(crate) fn seal(&self, binding: &str, secret: &[u8]) -> Result<Sealed, VaultError> {
        if self.wrapped()?.is_none() {
            self.protect(Protection::KeyFile)?;
        }
        Ok(seal(self.random.as_ref(), &self.key()?, binding, secret))
    }

    /// Opens what was sealed for that use.
    ///
    /// # Errors
    /// When they are locked, or it was sealed by another key or for another use.
    pub(crate) fn open(&self, binding: &str, sealed: &Sealed) -> Result<Vec<u8>, VaultError> {
        let foreign = VaultError::CredentialsLocked {
            reason: "It was sealed by another key, on another machine perhaps",
        };
        open(&self.key()?, binding, sealed).ok_or(foreign)
    }
}

fn unwrap(wrapped: &Wrapped, outer: &Key) -> Option<Key> {
    Key::from_bytes(&open(outer, BINDING, &wrapped.data_key)?)
}

#[cfg(test)]
mod tests {
    use accid_base::{MemoryVfs, SequenceRandom};

    use super::*;

    fn credentials(vfs: &MemoryVfs) -> Credentials {
        Credentials::new(Arc::new(vfs.clone()), Arc::new(SequenceRandom::default()), Path::new("/data"))
    }

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    #[test]
    fn the_first_secret_makes_a_key_file_and_the_next_start_opens_it() {
        let vfs = MemoryVfs::new();
        let first = credentials(&vfs);
        assert_eq!(first.status().unwrap(), (LockState::Unused, None));
        let sealed = first.seal("p|production", b"canary-one").unwrap();
        assert_eq!(first.status().unwrap(), (LockState::Open, Some(ProtectedBy::KeyFile)));
        assert_eq!(credentials(&vfs).open("p|production", &sealed).unwrap(), b"canary-one");
        assert!(credentials(&vfs).open("p|staging", &sealed).is_err(), "sealed for another environment");
        for (path, bytes) in vfs.files() {
            assert!(!String::from_utf8_lossy(&bytes).contains("canary"), "{}", path.display());
        }
    }

    #[test]
    fn a_passphrase_locks_at_every_start_and_can_be_changed_and_given_up() {
        let vfs = MemoryVfs::new();
        let first = credentials(&vfs);
        let sealed = first.seal("p|production", b"canary-one").unwrap();
        assert!(first.protect(Protection::Passphrase(&secret("short"))).is_err());
        first.protect(Protection::Passphrase(&secret("correct horse battery"))).unwrap();
        let second = credentials(&vfs);
        assert_eq!(second.status().unwrap(), (LockState::Locked, Some(ProtectedBy::Passphrase)));
        assert!(matches!(second.open("p|production", &sealed), Err(VaultError::CredentialsLocked { .. })));
        assert!(second.protect(Protection::KeyFile).is_err(), "what is locked cannot be given another key");
        assert!(second.unlock(Some(&secret("wrong horse battery"))).is_err());
        second.unlock(Some(&secret("correct horse battery"))).unwrap();
        assert_eq!(second.open("p|production", &sealed).unwrap(), b"canary-one");
        second.lock();
        assert!(second.open("p|production", &sealed).is_err());
        second.unlock(Some(&secret("correct horse battery"))).unwrap();
        second.protect(Protection::KeyFile).unwrap();
        assert_eq!(credentials(&vfs).open("p|production", &sealed).unwrap(), b"canary-one");
    }

    #[test]
    fn a_keyring_opens_them_by_itself_and_without_it_all_else_goes_on() {
        let vfs = MemoryVfs::new();
        let ring = Arc::new(MemoryKeyring::default());
        let with_ring = || {
            let credentials = credentials(&vfs);
            credentials.use_keyring(ring.clone());
            credentials
        };
        let first = with_ring();
        let sealed = first.seal("p|production", b"canary-one").unwrap();
        first.protect(Protection::Keyring).unwrap();
        let second = with_ring();
        assert_eq!(second.status().unwrap(), (LockState::Open, Some(ProtectedBy::Keyring)));
        assert_eq!(second.open("p|production", &sealed).unwrap(), b"canary-one");
        // The key in the keyring is on no disk.
        let secret = ring.held.lock().unwrap().values().next().cloned().unwrap();
        assert!(vfs.files().into_iter().all(|(_, bytes)| !String::from_utf8_lossy(&bytes).contains(&secret)));
        // A machine without one says why, once, and is not asked again until a person wants it.
        let without = credentials(&vfs);
        assert_eq!(without.status().unwrap(), (LockState::Locked, Some(ProtectedBy::Keyring)));
        assert!(matches!(without.open("p|production", &sealed), Err(VaultError::Keyring { .. })));
        ring.silent.store(true, std::sync::atomic::Ordering::SeqCst);
        let third = with_ring();
        assert_eq!(third.status().unwrap().0, LockState::Locked);
        ring.silent.store(false, std::sync::atomic::Ordering::SeqCst);
        assert_eq!(third.status().unwrap().0, LockState::Locked, "it is asked once");
        third.unlock(None).unwrap();
        assert_eq!(third.status().unwrap().0, LockState::Open);
        // Whoever goes back to a key file leaves nothing in the keyring.
        third.protect(Protection::KeyFile).unwrap();
        assert!(ring.held.lock().unwrap().is_empty());
        assert_eq!(credentials(&vfs).open("p|production", &sealed).unwrap(), b"canary-one");
        // A keyring that keeps nothing is not trusted with anything.
        ring.forgetful.store(true, std::sync::atomic::Ordering::SeqCst);
        assert!(matches!(third.protect(Protection::Keyring), Err(VaultError::Keyring { .. })));
        assert_eq!(credentials(&vfs).open("p|production", &sealed).unwrap(), b"canary-one");
    }

    #[derive(Default)]
    struct MemoryKeyring {
        held: Mutex<std::collections::BTreeMap<String, String>>,
        silent: std::sync::atomic::AtomicBool,
        forgetful: std::sync::atomic::AtomicBool,
    }

    impl Keyring for MemoryKeyring {
        fn missing(&self) -> Option<String> {
            None
        }

        fn keep(&self, name: &str, secret: &Secret<String>) -> Result<(), String> {
            if !self.forgetful.load(std::sync::atomic::Ordering::SeqCst) {
                self.held.lock().unwrap().insert(name.to_owned(), secret.reveal().clone());
            }
            Ok(())
        }

        fn read(&self, name: &str) -> Result<Option<Secret<String>>, String> {
            if self.silent.load(std::sync::atomic::Ordering::SeqCst) {
                return Err("It did not answer".to_owned());
            }
            Ok(self.held.lock().unwrap().get(name).cloned().map(Secret::new))
        }

        fn forget(&self, name: &str) -> Result<(), String> {
            self.held.lock().unwrap().remove(name);
            Ok(())
        }
    }

    #[test]
    fn without_the_key_file_nothing_opens_and_with_another_neither() {
        let vfs = MemoryVfs::new();
        let named = |path: &str| {
            let credentials = credentials(&vfs);
            credentials.use_key_file(path.into());
            credentials
        };
        let sealed = named("/run/secrets/accid").seal("p|production", b"canary-one").unwrap();
        assert_eq!(named("/run/secrets/accid").open("p|production", &sealed).unwrap(), b"canary-one");
        vfs.write(Path::new("/run/other"), &[7; 40]).unwrap();
        for path in ["/run/other", "/run/missing"] {
            assert_eq!(named(path).status().unwrap().0, LockState::Locked, "{path}");
            assert!(named(path).open("p|production", &sealed).is_err(), "{path}");
        }
    }
}
