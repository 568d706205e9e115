//! Use cases about the Vault of another process: how this one stands to it, connecting, and letting requests through.

use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};

use accid_access::{Administer, Permit, Read};
use accid_base::{ErrorCode, Problem, Secret, locked};
use accid_transfer::BreakerState;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Known, Passed, TOKEN, message, wire::checked_url};
use crate::{Inner, Role, explain};

/// How this process stands to a Vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectionState {
    /// The Vault is part of this process.
    Own,
    /// No Vault was named.
    Alone,
    /// It was not reached yet since the start.
    Connecting,
    /// It is there.
    Connected,
    /// It does not answer.
    Away,
    /// It answers, but does not know the token.
    Refused,
}

/// How this process stands to a Vault.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ConnectionView {
    /// Where it stands.
    pub state: ConnectionState,
    /// Address of the Vault; empty without one.
    pub url: String,
    /// So many changes are kept here until the Vault takes them.
    pub waiting: usize,
    /// The same for a person: what is so, and what waits. Empty when there is nothing to say.
    pub message: String,
    /// Where the circuit breaker stands: `closed`, `open` or `half-open`.
    pub breaker: String,
    /// When the Vault last answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    /// Projects that the Vault does not take, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Which Vault to hand the projects to.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ConnectRequest {
    /// Its address, such as `http://192.168.1.5:9847`.
    pub url: String,
    /// The token that it showed when this tool was paired; the one that is kept already when missing.
    pub token: Option<String>,
}

/// Use cases about the Vault of another process.
pub struct Connection<'a>(pub(crate) &'a Arc<Inner>);

impl Connection<'_> {
    /// How this process stands to a Vault.
    ///
    /// # Errors
    /// None yet.
    pub fn view(&self, _: &Permit<Read>) -> Result<ConnectionView, Problem> {
        let waiting = if locked(&self.0.link.known).url.is_empty() {
            0
        } else {
            self.0.own_projects().iter().map(|project| self.0.waiting_of(project)).sum()
        };
        let breaker = self.0.link.breaker.state(self.0.clock.now());
        let known = locked(&self.0.link.known);
        let state = match (known.url.is_empty(), known.state) {
            (true, _) if self.0.roles.require(Role::Vault).is_ok() => ConnectionState::Own,
            (true, _) => ConnectionState::Alone,
            (false, _) if known.client.is_none() => ConnectionState::Refused,
            (false, None) => ConnectionState::Connecting,
            (false, Some(state)) => state,
        };
        let why = known.locked.as_deref().unwrap_or(&known.why);
        Ok(ConnectionView {
            state,
            message: message(state, waiting, why),
            url: known.url.clone(),
            waiting,
            breaker: if known.url.is_empty() { BreakerState::Closed } else { breaker }.as_str().to_owned(),
            answered_at: known.answered,
            notes: known.notes.values().cloned().collect(),
        })
    }

    /// Names the Vault that the projects are handed to, and the token it showed.
    ///
    /// # Errors
    /// When the Vault is part of this process, the address cannot be read, no token is known, or the disk refuses.
    pub fn connect(&self, permit: &Permit<Administer>, request: &ConnectRequest) -> Result<(), Problem> {
        if self.0.roles.require(Role::Vault).is_ok() {
            return Err(Problem::new(ErrorCode::InvalidValue, "Nothing was connected.")
                .because("The Vault is part of this process.")
                .fix("Start the Builder or Waypoint alone, with: accid builder --vault URL."));
        }
        let url = checked_url(&request.url)?;
        let token = request.token.as_deref().map(str::trim).filter(|token| !token.is_empty());
        let token = match token {
            Some(token) => Secret::new(token.to_owned()),
            None => self.0.vault.secret(TOKEN).map_err(explain)?.ok_or_else(|| {
                Problem::new(ErrorCode::InvalidValue, "Nothing was connected.")
                    .because("There is no token yet.")
                    .fix("Make one in the Vault, in its settings or with: accid vault pair.")
            })?,
        };
        self.0.vault.keep_secret(TOKEN, json!({ "url": url }), &token).map_err(explain)?;
        tracing::info!(url, by = permit.author(), "vault_named");
        self.0.open_link(None)
    }

    /// Takes the connection up that is kept, at another address when one is named.
    ///
    /// # Errors
    /// When the address or what is kept cannot be read.
    pub fn resume(&self, url: Option<&str>) -> Result<(), Problem> {
        self.0.open_link(url)
    }

    /// Hands the projects to no Vault any more, and forgets the token.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn disconnect(&self, permit: &Permit<Administer>) -> Result<(), Problem> {
        self.0.vault.forget_secret(TOKEN).map_err(explain)?;
        *locked(&self.0.link.known) = Known::default();
        drop(self.0.vfs.remove_file(&self.0.through_file()));
        tracing::info!(by = permit.author(), "vault_forgotten");
        Ok(())
    }

    /// Tries at once to reach the Vault, and waits for how that goes, at most 5 seconds.
    ///
    /// # Errors
    /// None yet.
    pub fn retry(&self, permit: &Permit<Read>) -> Result<ConnectionView, Problem> {
        self.wait_for_round(Duration::from_secs(5));
        self.view(permit)
    }

    fn wait_for_round(&self, most: Duration) {
        let known = locked(&self.0.link.known);
        if known.client.is_none() {
            return;
        }
        // The round that is under way may not know of the latest change: the one after it does. While the Vault is
        // away, how the next one ends is all there is to know.
        let connected = known.state == Some(ConnectionState::Connected);
        let (before, wanted) = (known.rounds, known.rounds + if connected { 2 } else { 1 });
        drop(known);
        self.0.link.breaker.retry_now();
        self.0.link.touch();
        let known = locked(&self.0.link.known);
        let open = |known: &mut Known| {
            let failed = known.rounds > before && known.state != Some(ConnectionState::Connected);
            known.rounds < wanted && !failed
        };
        drop(self.0.link.ended.wait_timeout_while(known, most, open).unwrap_or_else(PoisonError::into_inner));
    }

    /// Whether what needs the Vault is asked of another process.
    pub fn is_elsewhere(&self) -> bool {
        self.0.roles.require(Role::Vault).is_err() && !locked(&self.0.link.known).url.is_empty()
    }

    /// Lets a request of a person here through to the Vault, once that has all changes.
    ///
    /// # Errors
    /// When the Vault is away or does not know this tool.
    pub fn pass(&self, method: &str, path: &str, body: Vec<u8>) -> Result<Passed, Problem> {
        let read = accid_access::Caller::System.permit::<Read>().map_err(explain)?;
        let view = self.view(&read)?;
        if view.state != ConnectionState::Connected {
            return Err(self.missing(view.state, view.waiting));
        }
        if method != "GET" && view.waiting > 0 {
            self.wait_for_round(Duration::from_secs(30));
            let view = self.view(&read)?;
            if view.waiting > 0 {
                return Err(self.missing(view.state, view.waiting));
            }
        }
        let client = self.0.link.client().ok_or_else(|| self.missing(view.state, view.waiting))?;
        client.pass(method, path, body).map_err(|_| self.missing(ConnectionState::Away, view.waiting))
    }

    fn missing(&self, state: ConnectionState, waiting: usize) -> Problem {
        let (why, url) = {
            let known = locked(&self.0.link.known);
            (known.locked.clone().unwrap_or_else(|| known.why.clone()), known.url.clone())
        };
        let what = message(state, waiting, &why);
        let what = if what.is_empty() { "The Vault does not have all changes yet.".to_owned() } else { what };
        Problem::new(ErrorCode::ServiceUnavailable, what)
            .fix(format!("Everything else goes on. Look whether the Vault runs at {url}."))
    }
}
