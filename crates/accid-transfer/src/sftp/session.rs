//! One SSH connection: the host key is compared, then the sign-in, then the SFTP subsystem.

use std::{
    borrow::Cow,
    sync::{Arc, Mutex},
    time::Duration,
};

use accid_base::{ContentHash, locked};
use russh::{
    Preferred,
    client::{self, AuthResult, Config, Handle, KeyboardInteractiveAuthResponse},
    kex,
    keys::{
        HashAlg, PrivateKeyWithHashAlg, PublicKeyOrCertificate, agent::client::AgentClient, decode_secret_key,
    },
};
use russh_sftp::client::RawSftpSession;
use tokio::sync::watch;

use crate::{Login, Pin, PinKind, TransferError, error::quoted, url::ServerAddress};

/// How long a connection, and each answer, may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a server that is silent is asked whether it is there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Extension of OpenSSH that renames over an existing file (PROTOCOL §4.3 of OpenSSH).
pub(super) const POSIX_RENAME: &str = "posix-rename@openssh.com";

/// An open session.
pub(super) struct Session {
    pub(super) sftp: RawSftpSession,
    pub(super) renames_over: bool,
    ssh: Handle<Checker>,
    ended: watch::Receiver<()>,
}

impl Session {
    pub(super) fn is_closed(&self) -> bool {
        self.ssh.is_closed() || self.ended.has_changed().is_err()
    }

    /// Waits until the connection is gone.
    pub(super) async fn end(&self) {
        let mut ended = self.ended.clone();
        while ended.changed().await.is_ok() {}
    }
}

/// Compares the host key before anything is sent that is worth anything.
pub(super) struct Checker {
    known: Option<Pin>,
    shown: Arc<Mutex<Option<Pin>>>,
    /// Dropped with the connection.
    _alive: watch::Sender<()>,
}

impl client::Handler for Checker {
    type Error = russh::Error;

    async fn check_server_key(&mut self, key: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        let PublicKeyOrCertificate::PublicKey { key, .. } = key else { return Ok(false) };
        let Ok(bytes) = key.to_bytes() else { return Ok(false) };
        let pin = Pin { kind: PinKind::HostKey, sha256: ContentHash::of(&bytes) };
        let same = self.known.as_ref().is_none_or(|known| *known == pin);
        *locked(&self.shown) = Some(pin);
        Ok(same)
    }
}

/// What servers of the last fifteen years speak, the best first.
fn config() -> Config {
    let mut exchanges = Preferred::DEFAULT.kex.to_vec();
    exchanges.extend([kex::ECDH_SHA2_NISTP256, kex::ECDH_SHA2_NISTP384, kex::ECDH_SHA2_NISTP521]);
    Config {
        preferred: Preferred { kex: Cow::Owned(exchanges), ..Preferred::DEFAULT },
        keepalive_interval: Some(HEARTBEAT),
        nodelay: true,
        ..Config::default()
    }
}

/// Connects, compares the host key, and signs in.
pub(super) async fn open(
    address: &ServerAddress,
    login: Option<&Login>,
    known: Option<Pin>,
    shown: &Arc<Mutex<Option<Pin>>>,
) -> Result<Session, TransferError> {
    let place = || address.place();
    let unreachable =
        |error: russh::Error| TransferError::Unreachable { place: place(), reason: said(&error) };
    let (alive, ended) = watch::channel(());
    let checker = Checker { known: known.clone(), shown: Arc::clone(shown), _alive: alive };
    *locked(shown) = None;
    let target = (address.host.as_str(), address.port);
    let connecting = tokio::time::timeout(PATIENCE, client::connect(Arc::new(config()), target, checker));
    let connected = connecting.await.unwrap_or(Err(russh::Error::ConnectionTimeout));
    let mut ssh = connected.map_err(|error| match (known, locked(shown).clone()) {
        (Some(known), Some(shown)) if known != shown => {
            TransferError::PinChanged { place: place(), known, shown }
        }
        _ => unreachable(error),
    })?;
    let signing_in = tokio::time::timeout(PATIENCE, sign_in(&mut ssh, address, login));
    signing_in.await.unwrap_or_else(|_| Err(unreachable(russh::Error::ConnectionTimeout)))?;
    let opening = async {
        let channel = ssh.channel_open_session().await?;
        channel.request_subsystem(true, "sftp").await?;
        Ok::<_, russh::Error>(channel)
    };
    let channel = opening.await.map_err(unreachable)?;
    let sftp = RawSftpSession::new(channel.into_stream());
    sftp.set_timeout(PATIENCE.as_secs());
    let started = tokio::time::timeout(PATIENCE, sftp.init()).await;
    let version = started.ok().and_then(Result::ok).ok_or_else(|| TransferError::Unreachable {
        place: place(),
        reason: "it lets us sign in, but transfers no files".to_owned(),
    })?;
    let renames_over = version.extensions.contains_key(POSIX_RENAME);
    Ok(Session { sftp, renames_over, ssh, ended })
}

/// What a failure of the connection is called.
fn said(error: &russh::Error) -> String {
    match error {
        russh::Error::ConnectionTimeout => "it did not answer for a minute".to_owned(),
        russh::Error::Disconnect | russh::Error::HUP => "it ended the connection".to_owned(),
        error => quoted(&error.to_string()),
    }
}

async fn sign_in(
    ssh: &mut Handle<Checker>,
    address: &ServerAddress,
    login: Option<&Login>,
) -> Result<(), TransferError> {
    let refused = |reason: &str| TransferError::SignIn { place: address.place(), reason: reason.to_owned() };
    let broke =
        |error: russh::Error| TransferError::Unreachable { place: address.place(), reason: said(&error) };
    let user = &address.user;
    let accepted = match login {
        None => return Err(refused("there is no password or key yet")),
        Some(Login::Password(password)) => {
            let answer = ssh.authenticate_password(user, password.reveal()).await.map_err(broke)?;
            answer.success() || answer_questions(ssh, user, password.reveal()).await.map_err(broke)?
        }
        Some(Login::Key { key, passphrase }) => {
            let passphrase = passphrase.as_ref().map(|passphrase| passphrase.reveal().as_str());
            let key = decode_secret_key(key.reveal(), passphrase).map_err(|error| {
                let locked = matches!(error, russh::keys::Error::KeyIsEncrypted);
                refused(if locked {
                    "the key has a passphrase, which is missing"
                } else {
                    "the key cannot be opened; is its passphrase right"
                })
            })?;
            let hash = best_hash(ssh).await.map_err(broke)?;
            let key = PrivateKeyWithHashAlg::new(Arc::new(key), hash);
            ssh.authenticate_publickey(user, key).await.map_err(broke)?.success()
        }
        Some(Login::Agent) => ask_agent(ssh, user).await.map_err(|reason| refused(&reason))?,
    };
    if accepted { Ok(()) } else { Err(refused("the user name, password or key is not known there")) }
}

async fn best_hash(ssh: &Handle<Checker>) -> Result<Option<HashAlg>, russh::Error> {
    Ok(ssh.best_supported_rsa_hash().await?.unwrap_or(Some(HashAlg::Sha512)))
}

/// Some servers take a password only as the answer to a question (RFC 4256).
async fn answer_questions(
    ssh: &mut Handle<Checker>,
    user: &str,
    password: &str,
) -> Result<bool, russh::Error> {
    let mut step = ssh.authenticate_keyboard_interactive_start(user, None).await?;
    for _ in 0..3 {
        match step {
            KeyboardInteractiveAuthResponse::Success => return Ok(true),
            KeyboardInteractiveAuthResponse::Failure { .. } => return Ok(false),
            KeyboardInteractiveAuthResponse::InfoRequest { prompts, .. } => {
                let answers = prompts.iter().map(|_| password.to_owned()).collect();
                step = ssh.authenticate_keyboard_interactive_respond(answers).await?;
            }
        }
    }
    Ok(matches!(step, KeyboardInteractiveAuthResponse::Success))
}

/// Offers the keys of this machine's agent, one after the other.
async fn ask_agent(ssh: &mut Handle<Checker>, user: &str) -> Result<bool, String> {
    #[cfg(unix)]
    let agent = AgentClient::connect_env().await;
    #[cfg(windows)]
    let agent = AgentClient::connect_named_pipe(r"\\.\pipe\openssh-ssh-agent").await;
    let mut agent = agent.map_err(|_| "no SSH agent is running on this machine".to_owned())?;
    let identities = agent.request_identities().await.map_err(|error| quoted(&error.to_string()))?;
    if identities.is_empty() {
        return Err("the SSH agent of this machine holds no key".to_owned());
    }
    let hash = best_hash(ssh).await.map_err(|error| said(&error))?;
    for identity in identities {
        let russh::keys::agent::AgentIdentity::PublicKey { key, .. } = identity else { continue };
        let hash = if key.algorithm().is_rsa() { hash } else { None };
        match ssh.authenticate_publickey_with(user, key, hash, &mut agent).await {
            Ok(AuthResult::Success) => return Ok(true),
            Ok(AuthResult::Failure { .. }) => {}
            Err(error) => return Err(quoted(&error.to_string())),
        }
    }
    Ok(false)
}
