//! Services on the web that a person connected: Dropbox for files, imgBB for pictures. Nothing here needs them: while one
//! is away everything on this machine goes on, and a plain sentence says so. Must not know what travels over the wire.
//!
//! **Invariant:** each service has one breaker; whoever does not answer is left alone, and nobody waits for it.

mod accounts;
mod files;
mod images;
mod pack;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use accid_base::{ErrorCode, Problem, Progress, Secret, locked};
use accid_transfer::{
    Breaker, BreakerState, Dropbox, DropboxAddresses, DropboxApp, ImgBb, Patience, ServiceError, SignIn,
    Waits, time_of,
};
use jiff::Timestamp;
use serde_json::json;

pub use self::{
    accounts::{ServiceView, Services, SetServiceKey, SignInAnswer},
    files::{
        CloudEntryView, DropboxFiles, ImportFromDropbox, ImportedView, SendToDropbox, SentView, WhatToSend,
    },
    images::{HostPhoto, HostedView, ImagesElsewhere},
};
use crate::{Inner, events::Event, explain};

/// Files larger than this go in parts of this size, in bytes: what Dropbox takes for a part is a multiple of 4 MiB.
const PART: usize = 8 << 20;
/// How long a service that does not answer is left alone at first, and at most.
const PATIENCE: Patience =
    Patience { failures: 2, rest: Duration::from_secs(5), longest: Duration::from_secs(60) };
/// How long a job waits when a service asks for it, and how often.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
const WAITS_OF_A_JOB: usize = 5;

/// Where services are, and what the environment says of them.
#[derive(Debug, Clone)]
pub struct ServiceOptions {
    /// Where Dropbox is.
    pub dropbox: DropboxAddresses,
    /// Where imgBB is.
    pub imgbb: String,
    /// The key of the Dropbox app (`ACCID_DROPBOX_APP_KEY`); it wins over the settings.
    pub dropbox_app_key: Option<String>,
    /// The key of imgBB (`ACCID_IMGBB_KEY`); it wins over the one that is kept.
    pub imgbb_key: Option<Secret<String>>,
    /// How long they may take.
    pub waits: Waits,
    /// Files larger than this go in parts of this size, in bytes.
    pub part: usize,
}

impl Default for ServiceOptions {
    fn default() -> Self {
        Self {
            dropbox: DropboxAddresses::default(),
            imgbb: ImgBb::ADDRESS.to_owned(),
            dropbox_app_key: None,
            imgbb_key: None,
            waits: Waits::default(),
            part: PART,
        }
    }
}

/// A service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    Dropbox,
    ImgBb,
}

impl Service {
    const ALL: [Self; 2] = [Self::Dropbox, Self::ImgBb];

    const fn name(self) -> &'static str {
        match self {
            Self::Dropbox => "dropbox",
            Self::ImgBb => "imgbb",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Dropbox => "Dropbox",
            Self::ImgBb => "imgBB",
        }
    }

    /// Name of the file that its secret is sealed in.
    const fn secret(self) -> &'static str {
        match self {
            Self::Dropbox => "dropbox_tokens",
            Self::ImgBb => "imgbb_key",
        }
    }

    fn named(name: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|service| service.name() == name).ok_or_else(|| {
            Problem::new(ErrorCode::ObjectNotFound, format!("There is no service \"{name}\"."))
                .fix("The services are dropbox and imgbb.")
        })
    }
}

/// The way to one service.
struct Station {
    breaker: Breaker,
    down: AtomicBool,
    why: Mutex<String>,
    /// Whether it did not accept the key when it was last asked.
    refused: AtomicBool,
}

impl Default for Station {
    fn default() -> Self {
        Self {
            breaker: Breaker::new(PATIENCE),
            down: AtomicBool::new(false),
            why: Mutex::default(),
            refused: AtomicBool::new(false),
        }
    }
}

/// A sign-in that was begun; it is ended once, or forgotten.
struct Pending {
    sign_in: SignIn,
    app: DropboxApp,
    /// The project whose own account it is to be; all of them when missing.
    project: Option<String>,
    /// The address at which the person uses this program, to come back to.
    home: String,
    begun: Timestamp,
}

/// An account that is signed in, and whether its sign-in held when it was last asked.
pub(crate) struct Account {
    client: Dropbox,
    signed_out: AtomicBool,
}

impl Account {
    fn new(client: Dropbox) -> Self {
        Self { client, signed_out: AtomicBool::new(false) }
    }

    /// Makes a call, and remembers when the sign-in did not hold.
    fn ask<T>(&self, call: impl FnOnce(&Dropbox) -> Result<T, ServiceError>) -> Result<T, ServiceError> {
        let outcome = call(&self.client);
        match &outcome {
            Ok(_) => self.signed_out.store(false, Ordering::Relaxed),
            Err(ServiceError::SignedOut { .. }) => self.signed_out.store(true, Ordering::Relaxed),
            Err(_) => {}
        }
        outcome
    }
}

/// What is known of all services.
#[derive(Default)]
pub(crate) struct CloudServices {
    options: Mutex<ServiceOptions>,
    dropbox: Station,
    imgbb: Station,
    /// Accounts that are signed in, by the project whose own they are; the one of all projects has no name.
    clients: Mutex<BTreeMap<String, Arc<Account>>>,
    pending: Mutex<Vec<Pending>>,
    /// Why the last sign-in came to nothing.
    sign_in_note: Mutex<String>,
}

impl CloudServices {
    fn options(&self) -> ServiceOptions {
        locked(&self.options).clone()
    }

    const fn station(&self, service: Service) -> &Station {
        match service {
            Service::Dropbox => &self.dropbox,
            Service::ImgBb => &self.imgbb,
        }
    }

    /// Whether the sign-in of that owner did not hold when it was last used.
    fn is_signed_out(&self, owner: &str) -> bool {
        locked(&self.clients).get(owner).is_some_and(|account| account.signed_out.load(Ordering::Relaxed))
    }

    /// Forgets what opens accounts: the credentials were locked.
    pub(crate) fn forget_clients(&self) {
        locked(&self.clients).clear();
    }

    pub(crate) fn use_options(&self, options: ServiceOptions) {
        *locked(&self.options) = options;
        self.forget_clients();
    }
}

impl Inner {
    /// Asks a service, when its breaker lets it, and tells who listens when it comes or goes.
    pub(crate) fn ask<T>(
        &self,
        service: Service,
        call: impl FnOnce() -> Result<T, ServiceError>,
    ) -> Result<T, Problem> {
        self.ask_plainly(service, call).map_err(|refusal| match refusal {
            Refusal::Resting => self.resting(service),
            Refusal::Said(error) => explain(error),
        })
    }

    /// As [`Inner::ask`], but waits when the service asks for it and not for too long.
    pub(crate) fn ask_patiently<T>(
        &self,
        service: Service,
        progress: &dyn Progress,
        call: impl Fn() -> Result<T, ServiceError>,
    ) -> Result<T, Problem> {
        for attempt in 0.. {
            match self.ask_plainly(service, &call) {
                Ok(done) => return Ok(done),
                Err(Refusal::Said(ServiceError::Busy { after, .. }))
                    if after <= LONGEST_WAIT && attempt < WAITS_OF_A_JOB =>
                {
                    let asks =
                        format!("{} asks to wait {}; it goes on by itself", service.title(), time_of(after));
                    progress.waits(&asks);
                    if !wait(after, progress) {
                        return Err(explain(ServiceError::Cancelled));
                    }
                    self.services.station(service).breaker.retry_now();
                }
                Err(Refusal::Said(error)) => return Err(explain(error)),
                Err(Refusal::Resting) => break,
            }
        }
        Err(self.resting(service))
    }

    fn ask_plainly<T>(
        &self,
        service: Service,
        call: impl FnOnce() -> Result<T, ServiceError>,
    ) -> Result<T, Refusal> {
        let station = self.services.station(service);
        if !station.breaker.admits(self.clock.now()) {
            return Err(Refusal::Resting);
        }
        let outcome = call();
        let now = self.clock.now();
        let why = match &outcome {
            Err(error) if error.is_away() => {
                station.breaker.failed(now);
                error.to_string()
            }
            Err(error @ ServiceError::Busy { after, .. }) => {
                station.breaker.rest_for(now, *after);
                error.to_string()
            }
            other => {
                station
                    .refused
                    .store(matches!(other, Err(ServiceError::SignedOut { .. })), Ordering::Relaxed);
                station.breaker.succeeded();
                String::new()
            }
        };
        why.clone_into(&mut locked(&station.why));
        let down = station.breaker.state(now) != BreakerState::Closed;
        if station.down.swap(down, Ordering::Relaxed) != down {
            let name = if down { "service-down" } else { "service-up" };
            tracing::info!(service = service.name(), down, why, "service");
            let data = json!({ "service": service.name() });
            self.bus.publish(&Event { id: None, name, project: None, data });
        }
        outcome.map_err(Refusal::Said)
    }

    /// What is said while a service is left alone.
    fn resting(&self, service: Service) -> Problem {
        let why = locked(&self.services.station(service).why).clone();
        let problem = Problem::new(
            ErrorCode::ServiceUnavailable,
            format!("{} is left alone for now.", service.title()),
        );
        let problem =
            if why.is_empty() { problem } else { problem.because(format!("The last answer: {why}.")) };
        problem.fix("Everything on this machine goes on. It is tried again by itself, or in the settings.")
    }
}

enum Refusal {
    Resting,
    Said(ServiceError),
}

/// Waits, and says whether nobody asked to stop meanwhile.
fn wait(time: Duration, progress: &dyn Progress) -> bool {
    let end = Instant::now() + time;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || progress.cancelled() {
            return !progress.cancelled();
        }
        std::thread::park_timeout(left.min(Duration::from_millis(100)));
    }
}
