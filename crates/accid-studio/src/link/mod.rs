//! A Builder's or Waypoint's side of connected mode: the Vault it is paired with, whether that is there, and how many
//! changes wait for it. The ledgers are the queue: what the Vault does not have yet is what comes after the last change
//! it has, so nothing is kept twice and nothing can be lost between.
//!
//! **Invariant:** nobody who saves ever waits for the Vault; one thread of its own speaks with it.

mod connection;
mod round;
mod wire;

use std::{
    collections::{BTreeMap, HashSet},
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, PoisonError, Weak},
    time::Duration,
};

use accid_base::{Clock, Id, Problem, locked, vfs::write_durable};
use accid_transfer::{Breaker, BreakerState, Patience};
use jiff::Timestamp;
use serde_json::json;

use self::wire::{CallError, VaultClient, checked_url};
pub use self::{
    connection::{ConnectRequest, Connection, ConnectionState, ConnectionView},
    wire::Passed,
};
use crate::{Inner, events::Event, explain};

/// Name of the sealed token.
const TOKEN: &str = "vault";
/// How often a Vault that is there is called when nothing changes.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// How long a Vault that does not answer is left alone at first, and at most.
const PATIENCE: Patience =
    Patience { failures: 1, rest: Duration::from_secs(1), longest: Duration::from_secs(8) };

/// What is known of the Vault.
#[derive(Default)]
struct Known {
    client: Option<Arc<VaultClient>>,
    /// Why there is no client though a Vault was named.
    locked: Option<String>,
    url: String,
    state: Option<ConnectionState>,
    why: String,
    answered: Option<Timestamp>,
    /// For each project the last change the Vault has.
    through: BTreeMap<Id, Id>,
    /// Projects the Vault was asked about, with the name of their state there.
    states: BTreeMap<Id, String>,
    /// Why it did not take a project, until that changes again.
    notes: BTreeMap<Id, String>,
    /// Originals it has for sure.
    media: HashSet<(Id, String)>,
    done: Vec<crate::OrderDone>,
    dirty: bool,
    asked_all: bool,
    rounds: u64,
}

/// The way to the Vault.
pub(crate) struct Link {
    known: Mutex<Known>,
    wake: Condvar,
    ended: Condvar,
    breaker: Breaker,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            known: Mutex::default(),
            wake: Condvar::new(),
            ended: Condvar::new(),
            breaker: Breaker::new(PATIENCE),
        }
    }
}

impl Link {
    /// Something changed: the Vault should have it.
    pub(crate) fn touch(&self) {
        locked(&self.known).dirty = true;
        self.wake.notify_all();
    }

    fn client(&self) -> Option<Arc<VaultClient>> {
        locked(&self.known).client.clone()
    }
}

/// Starts the thread; it ends with the studio.
pub(crate) fn start(inner: Weak<Inner>, link: Arc<Link>, clock: Arc<dyn Clock>) {
    std::thread::spawn(move || {
        loop {
            {
                let known = locked(&link.known);
                let idle = |known: &mut Known| {
                    let rests = link.breaker.state(clock.now()) == BreakerState::Open;
                    !known.dirty || known.client.is_none() || rests
                };
                drop(
                    link.wake
                        .wait_timeout_while(known, HEARTBEAT, idle)
                        .unwrap_or_else(PoisonError::into_inner),
                );
            }
            match inner.upgrade() {
                Some(inner) => inner.visit_vault(),
                None => return,
            }
        }
    });
}

impl Inner {
    fn through_file(&self) -> PathBuf {
        self.store.root().join("connected.json")
    }

    /// Takes up the connection that is kept, or another address.
    pub(crate) fn open_link(&self, url: Option<&str>) -> Result<(), Problem> {
        let kept = self.vault.about_secret(TOKEN).map_err(explain)?;
        let kept_url = kept.as_ref().and_then(|about| about["url"].as_str()).unwrap_or_default();
        let url = match url {
            Some(url) => checked_url(url)?,
            None if kept_url.is_empty() => return Ok(()),
            None => kept_url.to_owned(),
        };
        let bytes = self.vfs.read(&self.through_file()).unwrap_or_default();
        let through: BTreeMap<Id, Id> = serde_json::from_slice(&bytes).unwrap_or_default();
        let mut known = locked(&self.link.known);
        *known = Known { url: url.clone(), through, dirty: true, ..Known::default() };
        match self.vault.secret(TOKEN) {
            Ok(Some(token)) => known.client = Some(Arc::new(VaultClient::new(&url, token))),
            Ok(None) => known.locked = Some("No token is kept yet; pair this tool in the Vault.".to_owned()),
            Err(error) => known.locked = Some(accid_base::Explain::problem(&error).sentence()),
        }
        drop(known);
        self.link.breaker.retry_now();
        self.link.wake.notify_all();
        Ok(())
    }

    fn set_connection(&self, state: ConnectionState, why: &str) {
        let (before, url) = {
            let mut known = locked(&self.link.known);
            why.clone_into(&mut known.why);
            (known.state.replace(state), known.url.clone())
        };
        if before == Some(state) {
            return;
        }
        let name = if state == ConnectionState::Connected { "service-up" } else { "service-down" };
        tracing::info!(url, state = ?state, why, "vault_connection");
        self.bus.publish(&Event { id: None, name, project: None, data: json!({ "service": "vault" }) });
    }

    /// One visit, when the breaker lets it.
    fn visit_vault(&self) {
        let Some(client) = self.link.client() else { return };
        if !self.link.breaker.admits(self.clock.now()) {
            return;
        }
        let outcome = self.round(&client);
        if !self.link.client().is_some_and(|now| Arc::ptr_eq(&now, &client)) {
            // Another Vault was named meanwhile: what became of this one does not matter any more.
            self.link.breaker.succeeded();
            return;
        }
        match outcome {
            Ok(()) => {
                self.link.breaker.succeeded();
                locked(&self.link.known).answered = Some(self.clock.now());
                self.set_connection(ConnectionState::Connected, "");
            }
            Err(CallError::Away(why)) => {
                self.link.breaker.failed(self.clock.now());
                self.set_connection(ConnectionState::Away, &why);
            }
            Err(CallError::NotPaired(why) | CallError::Refused(why)) => {
                self.link.breaker.failed(self.clock.now());
                self.set_connection(ConnectionState::Refused, &why);
            }
        }
        locked(&self.link.known).rounds += 1;
        self.link.ended.notify_all();
    }

    /// How many changes of a project the Vault does not have; 0 without a Vault.
    pub(crate) fn waiting_of(&self, project: &accid_store::Project) -> usize {
        let through = {
            let known = locked(&self.link.known);
            if known.url.is_empty() || project.replica().is_some() {
                return 0;
            }
            known.through.get(&project.id()).cloned()
        };
        project.count_after(through.as_ref())
    }

    fn own_projects(&self) -> Vec<Arc<accid_store::Project>> {
        let entries = self.store.projects();
        let ids = entries.iter().filter_map(|entry| entry.blotter.as_ref()?.get("id")?.as_str());
        let projects = ids.filter_map(|id| self.store.project(id).ok());
        projects.filter(|project| project.replica().is_none()).collect()
    }

    fn remember_through(&self) {
        let text = serde_json::to_vec_pretty(&locked(&self.link.known).through).unwrap_or_default();
        if let Err(error) = write_durable(&*self.vfs, &self.through_file(), &text) {
            // The Vault says at the next visit how far it is.
            tracing::warn!(%error, "connected_not_written");
        }
    }
}

/// What a person reads.
fn message(state: ConnectionState, waiting: usize, why: &str) -> String {
    let kept = match waiting {
        0 => "nothing waits to be handed over".to_owned(),
        1 => "1 change is kept".to_owned(),
        many => format!("{many} changes are kept"),
    };
    match state {
        ConnectionState::Own | ConnectionState::Connected | ConnectionState::Connecting => String::new(),
        ConnectionState::Alone => "No Vault is connected: publishing, backups and shared services are not \
            available here. Pages, photos, export and this tool's own history are."
            .to_owned(),
        ConnectionState::Away => format!("The Vault is away: history and publishing wait; {kept}."),
        ConnectionState::Refused if why.is_empty() => {
            format!("The Vault does not know this tool: history and publishing wait; {kept}. Pair it anew.")
        }
        ConnectionState::Refused => {
            format!("The Vault is not connected: history and publishing wait; {kept}. {why}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_waits() {
        assert_eq!(
            message(ConnectionState::Away, 3, ""),
            "The Vault is away: history and publishing wait; 3 changes are kept."
        );
        assert!(message(ConnectionState::Away, 1, "").contains("1 change is kept"));
        assert!(message(ConnectionState::Connected, 1, "").is_empty());
    }
}
