//! `accid credentials`, and the password or key that `accid env set` takes.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    client::{ApiClient, Body, Method},
    failure::Failure,
    output::{Report, text},
    secrets::{self, Source},
};

const AT: &str = "/api/v1/vault/credentials";

/// Sign in with the SSH agent.
#[derive(Debug, Clone, Copy)]
pub struct Agent;

/// How `accid env set` was told to sign in.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Where the password, or the key's passphrase, comes from.
    pub source: Source,
    /// File of a private key.
    pub key: Option<&'a Path>,
    /// Whether the agent signs in.
    pub agent: Option<Agent>,
}

impl Given<'_> {
    /// What to send, when anything was given.
    ///
    /// # Errors
    /// When a file or the standard input cannot be read.
    pub fn read(&self) -> Result<Option<Value>, Failure> {
        if self.agent.is_some() {
            return Ok(Some(json!({"agent": true})));
        }
        if let Some(file) = self.key {
            let key = secrets::read_key(file)?;
            let locked = key.reveal().contains("ENCRYPTED") || self.source == Source::StandardInput;
            let passphrase = secrets::read(self.source, "Passphrase of the key (return when it has none): ")
                .map_err(|failure| if locked { failure } else { Failure::new("The key was not read.") })?;
            return Ok(Some(
                json!({"key": key.reveal(), "passphrase": passphrase.as_ref().map(|text| text.reveal())}),
            ));
        }
        let password = secrets::read(self.source, "Password: ")?;
        Ok(password.map(|password| json!({"password": password.reveal()})))
    }
}

fn report(state: Value) -> Report {
    let sentence = match (text(&state, "state"), text(&state, "protected_by")) {
        ("unused", _) => "No password or key was entered yet.".to_owned(),
        ("open", "passphrase") => "The credentials are open; a passphrase protects them.".to_owned(),
        ("open", "keyring") => "The credentials are open; the keyring of this system protects them.".to_owned(),
        ("open", _) => "The credentials are open; a key file protects them.".to_owned(),
        _ => "The credentials are locked. Publishing to servers waits until they are unlocked; all else goes on.".to_owned(),
    };
    Report::new(sentence, state)
}

/// Says whether they are open.
pub fn status(client: &dyn ApiClient) -> Result<Report, Failure> {
    Ok(report(client.get(AT)?))
}

fn needed(source: Source, prompt: &str) -> Result<Value, Failure> {
    let passphrase = secrets::read(source, prompt)?;
    let passphrase =
        passphrase.ok_or_else(|| Failure::new("There is no passphrase. Give it with --passphrase-stdin."))?;
    Ok(json!({"passphrase": passphrase.reveal()}))
}

/// Opens them.
pub fn unlock(client: &dyn ApiClient, source: Source) -> Result<Report, Failure> {
    let state = client.get(AT)?;
    let body = if text(&state, "protected_by") == "passphrase" {
        needed(source, "Passphrase: ")?
    } else {
        json!({})
    };
    Ok(report(client.post(&format!("{AT}/unlock"), body)?))
}

/// Locks them.
pub fn lock(client: &dyn ApiClient) -> Result<Report, Failure> {
    Ok(report(client.post(&format!("{AT}/lock"), json!({}))?))
}

/// Protects them by a passphrase.
pub fn protect_by_passphrase(client: &dyn ApiClient, source: Source) -> Result<Report, Failure> {
    let body = needed(source, "New passphrase: ")?;
    Ok(report(client.call(Method::Put, &format!("{AT}/protection"), Body::Json(body))?))
}

/// Protects them by the key file or the keyring.
pub fn protect_by(client: &dyn ApiClient, what: &str) -> Result<Report, Failure> {
    let body = Body::Json(json!({"by": what}));
    Ok(report(client.call(Method::Put, &format!("{AT}/protection"), body)?))
}

/// Opens them for one command, when a passphrase protects them: with the one in that file, in `ACCID_PASSPHRASE`, or
/// asked for on the terminal. When nobody names it, the command goes on and says what is locked if it needs them.
pub fn open(client: &dyn ApiClient, file: Option<&Path>) -> Result<(), Failure> {
    let state = client.get(AT)?;
    if (text(&state, "state"), text(&state, "protected_by")) != ("locked", "passphrase") {
        return Ok(());
    }
    let passphrase = match (file, secrets::of_environment("ACCID_PASSPHRASE")) {
        (Some(file), _) => Some(secrets::read_line(file)?),
        (None, Some(named)) => Some(named),
        (None, None) => secrets::read(Source::Prompt, "Passphrase of the passwords and keys: ")?,
    };
    match passphrase {
        Some(passphrase) => {
            client.post(&format!("{AT}/unlock"), json!({"passphrase": passphrase.reveal()})).map(|_| ())
        }
        None => Ok(()),
    }
}
