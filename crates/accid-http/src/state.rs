//! What every handler shares: the studio, the gate, who callers are. Must not know any route.

use std::sync::{Arc, OnceLock};

use accid_access::Caller;
use accid_base::{ErrorCode, Problem, Random, SystemRandom};
use accid_studio::Studio;
use axum::http::request::Parts;
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    sync::watch,
    task::block_in_place,
};

use crate::{
    gate::Gate,
    idempotency::Answers,
    problem::Failure,
    studio_ui::{StudioFiles, embedded},
};

/// Says who sent a request that passed the gate.
pub type Authenticator = Arc<dyn Fn(&Parts) -> Caller + Send + Sync>;

/// What an HTTP interface is made of.
pub struct HttpOptions {
    /// The studio it speaks for.
    pub studio: Studio,
    /// The names it answers to.
    pub gate: Gate,
    /// Who callers are.
    pub authenticator: Authenticator,
    /// Where nonces come from.
    pub random: Arc<dyn Random>,
    /// The studio's own web pages.
    pub files: StudioFiles,
}

impl HttpOptions {
    /// Local mode: whoever passes the gate is the owner.
    pub fn local(studio: Studio, port: u16) -> Self {
        Self {
            studio,
            gate: Gate::local(port),
            authenticator: Arc::new(|_| Caller::Owner),
            random: Arc::new(SystemRandom),
            files: embedded,
        }
    }
}

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct HttpState(Arc<Inner>);

struct Inner {
    options: HttpOptions,
    answers: Answers,
    description: OnceLock<String>,
    closing: watch::Sender<bool>,
}

impl HttpState {
    /// The state of one HTTP interface.
    pub fn new(options: HttpOptions) -> Self {
        let (closing, _) = watch::channel(false);
        Self(Arc::new(Inner { options, answers: Answers::default(), description: OnceLock::new(), closing }))
    }

    /// Ends event streams, so that the server can stop.
    pub fn close(&self) {
        self.0.closing.send_replace(true);
    }

    pub(crate) fn closing(&self) -> watch::Receiver<bool> {
        self.0.closing.subscribe()
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.0.options.gate
    }

    pub(crate) fn authenticate(&self, parts: &Parts) -> Caller {
        (self.0.options.authenticator)(parts)
    }

    pub(crate) fn answers(&self) -> &Answers {
        &self.0.answers
    }

    pub(crate) fn files(&self) -> StudioFiles {
        self.0.options.files
    }

    pub(crate) fn studio(&self) -> &Studio {
        &self.0.options.studio
    }

    /// The OpenAPI document as text; made when it is first asked for.
    pub(crate) fn description(&self) -> &str {
        self.0.description.get_or_init(crate::openapi::openapi_text)
    }

    /// 128 random bits in hexadecimal digits, for one page's script.
    pub(crate) fn nonce(&self) -> String {
        let mut bytes = [0; 16];
        self.0.options.random.fill(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Runs a use case that ends as soon as one change is on the disk, on the thread that has read the request: going
    /// to another thread and back takes longer than many a save. Other requests go on with another thread meanwhile.
    pub(crate) async fn save<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Studio) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Failure> {
        match Handle::current().runtime_flavor() {
            RuntimeFlavor::MultiThread => block_in_place(|| work(self.studio())).map_err(Failure),
            _ => self.run(work).await,
        }
    }

    /// Runs a use case, which may wait for the disk, off the threads that serve requests.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Studio) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Failure> {
        let studio = self.studio().clone();
        match tokio::task::spawn_blocking(move || work(&studio)).await {
            Ok(result) => result.map_err(Failure),
            Err(error) => {
                Err(Failure(Problem::new(ErrorCode::Internal, format!("A use case ended early: {error}."))))
            }
        }
    }
}
