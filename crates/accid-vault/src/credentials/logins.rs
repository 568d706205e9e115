//! How an environment signs in to its server: sealed in the project's blotter, bound to the environment and the server
//! it was entered for, so that a changed address never gets the password of another.

use accid_base::Secret;
use accid_model::Blotter;
use accid_store::Project;
use accid_transfer::{Login, kind_of};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Sealed;
use crate::{Vault, VaultError};

/// What kind of credentials an environment has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoginKind {
    /// A password.
    Password,
    /// A private key of SSH.
    Key,
    /// The SSH agent of this machine.
    Agent,
}

/// As it stands in the blotter.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    kind: LoginKind,
    /// The server it was entered for, as `host:port`.
    server: String,
    sealed: Sealed,
}

/// What is sealed.
#[derive(Default, Serialize, Deserialize)]
struct Plain {
    #[serde(default)]
    secret: String,
    #[serde(default)]
    passphrase: Option<String>,
}

const NO_SERVER: &str = "only servers are signed in to; a folder and an archive need nothing";

fn stored_logins(blotter: &Blotter) -> Map<String, Value> {
    blotter.extra.get(Blotter::CREDENTIALS).and_then(Value::as_object).cloned().unwrap_or_default()
}

fn stored_login(blotter: &Blotter, environment: &str) -> Option<Stored> {
    let stored = stored_logins(blotter).remove(environment)?;
    serde_json::from_value(stored).ok()
}

impl Vault {
    /// Keeps how an environment signs in, or forgets it.
    ///
    /// # Errors
    /// When the environment is missing or needs none, or the credentials are locked.
    pub fn set_login(
        &self,
        project: &Project,
        author: &str,
        environment: &str,
        login: Option<&Login>,
    ) -> Result<(), VaultError> {
        let known = self.environment(project, environment)?;
        let stored = match login {
            None => None,
            Some(login) => {
                let (_, server) = kind_of(&known.url)?;
                let what = "the credentials were not kept";
                let server = server.ok_or_else(|| VaultError::invalid(what, "/password", NO_SERVER))?;
                let (kind, plain) = match login {
                    Login::Password(password) => {
                        (LoginKind::Password, Plain { secret: password.reveal().clone(), passphrase: None })
                    }
                    Login::Key { key, passphrase } => {
                        let passphrase = passphrase.as_ref().map(|passphrase| passphrase.reveal().clone());
                        (LoginKind::Key, Plain { secret: key.reveal().clone(), passphrase })
                    }
                    Login::Agent => (LoginKind::Agent, Plain::default()),
                };
                let text = serde_json::to_vec(&plain).unwrap_or_default();
                let sealed = self.credentials.seal(&binding(project, environment, &server), &text)?;
                serde_json::to_value(Stored { kind, server, sealed }).ok()
            }
        };
        let note = format!("Credentials of \"{environment}\" changed");
        self.edit_blotter(project, author, &note, None, |blotter| {
            let mut logins = stored_logins(blotter);
            match &stored {
                Some(stored) => drop(logins.insert(environment.to_owned(), stored.clone())),
                None => drop(logins.shift_remove(environment)),
            }
            if logins.is_empty() {
                blotter.extra.shift_remove(Blotter::CREDENTIALS);
            } else {
                blotter.extra.insert(Blotter::CREDENTIALS.to_owned(), Value::Object(logins));
            }
            Ok(())
        })?;
        Ok(())
    }

    /// What kind of credentials an environment has for the server its address names; opens nothing.
    ///
    /// # Errors
    /// When the environment is missing.
    pub fn login_kind(&self, project: &Project, environment: &str) -> Result<Option<LoginKind>, VaultError> {
        let blotter = self.blotter(project)?.blotter;
        let url = &self.environment(project, environment)?.url;
        let (_, server) = kind_of(url)?;
        let stored =
            stored_login(&blotter, environment).filter(|stored| Some(&stored.server) == server.as_ref());
        Ok(stored.map(|stored| stored.kind))
    }

    /// How an environment signs in; nothing when it needs not.
    ///
    /// # Errors
    /// When there are none for its server yet, or they are locked.
    pub(crate) fn login(&self, project: &Project, environment: &str) -> Result<Option<Login>, VaultError> {
        let blotter = self.blotter(project)?.blotter;
        let (kind, server) = kind_of(&self.environment(project, environment)?.url)?;
        let Some(server) = server.filter(|_| kind.signs_in()) else { return Ok(None) };
        let missing =
            || VaultError::CredentialsMissing { environment: environment.to_owned(), server: server.clone() };
        let stored = stored_login(&blotter, environment)
            .filter(|stored| stored.server == server)
            .ok_or_else(missing)?;
        if stored.kind == LoginKind::Agent {
            return Ok(Some(Login::Agent));
        }
        let text = self.credentials.open(&binding(project, environment, &server), &stored.sealed)?;
        let plain: Plain = serde_json::from_slice(&text).map_err(|_| missing())?;
        let secret = Secret::new(plain.secret);
        Ok(Some(match stored.kind {
            LoginKind::Key => Login::Key { key: secret, passphrase: plain.passphrase.map(Secret::new) },
            _ => Login::Password(secret),
        }))
    }
}

fn binding(project: &Project, environment: &str, server: &str) -> String {
    format!("{}|{environment}|{server}", project.id())
}
