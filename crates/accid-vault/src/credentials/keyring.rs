//! The keyring of the system: it keeps a secret for the person who is signed in to the machine, and opens with them.
//! Must not know what the secret is for.

use accid_base::Secret;

/// A keyring. What it answers is for a person: a sentence without its full stop.
pub trait Keyring: Send + Sync {
    /// Why there is none here; nothing when there seems to be one. Asks nobody.
    fn missing(&self) -> Option<String>;

    /// Keeps a secret under a name, over what had it.
    ///
    /// # Errors
    /// When it is locked, does not answer, or refuses.
    fn keep(&self, name: &str, secret: &Secret<String>) -> Result<(), String>;

    /// The secret of that name, if it holds one.
    ///
    /// # Errors
    /// When it is locked or does not answer.
    fn read(&self, name: &str) -> Result<Option<Secret<String>>, String>;

    /// Forgets the secret of that name.
    ///
    /// # Errors
    /// When it is locked or does not answer.
    fn forget(&self, name: &str) -> Result<(), String>;
}

/// The keyring of a system that has none.
pub struct NoKeyring;

const NONE: &str = "This system has no keyring that ACCID can use";

impl Keyring for NoKeyring {
    fn missing(&self) -> Option<String> {
        Some(NONE.to_owned())
    }

    fn keep(&self, _: &str, _: &Secret<String>) -> Result<(), String> {
        Err(NONE.to_owned())
    }

    fn read(&self, _: &str) -> Result<Option<Secret<String>>, String> {
        Err(NONE.to_owned())
    }

    fn forget(&self, _: &str) -> Result<(), String> {
        Err(NONE.to_owned())
    }
}
