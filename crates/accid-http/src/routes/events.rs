//! `/api/events`: what happens, as server-sent events; a reader that lost its connection goes on where it was.

use std::{
    collections::HashSet,
    convert::Infallible,
    sync::{Arc, Mutex},
    time::Duration,
};

use accid_access::Read;
use accid_base::{Id, locked};
use accid_studio::{Event, Studio};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{self, KeepAlive, Sse},
    },
};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::{mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    HttpState,
    input::Asked,
    permission::{Allowed, needs},
    problem::Failure,
};

/// Events that wait for a slow reader; beyond that its stream ends, and it resumes with `Last-Event-ID`.
const WAITING: usize = 1_024;

/// How often a silent stream says that it is alive.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Routes of this file.
pub fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(needs::<Read>(routes!(stream_events)))
}

/// Which events.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct EventQuery {
    /// Only of this project, by id or slug.
    #[serde(default)]
    project: Option<String>,
}

/// Streams what happens, from now on or from behind `Last-Event-ID`.
///
/// Names: `item-created`, `item-updated`, `item-moved`, `item-deleted`, `version-created`, `job-progress`, `job-done`,
/// `deploy-started`, `deploy-progress`, `deploy-done`, `deploy-failed`, `service-up`, `service-down`.
#[utoipa::path(get, path = "/api/events", tag = "events",
    params(EventQuery, ("Last-Event-ID" = Option<String>, Header, description = "The last event that was read.")),
    responses((status = 200, description = "The stream.", content_type = "text/event-stream", body = String)))]
async fn stream_events(
    may: Allowed<Read>,
    State(state): State<HttpState>,
    Asked(query): Asked<EventQuery>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let closing = state.closing();
    let source = state.run(move |studio| Source::open(studio, &may, query.project, last)).await?;
    let (sender, receiver) = mpsc::channel(16);
    tokio::spawn(source.forward(sender, closing));
    let alive = KeepAlive::new().interval(KEEP_ALIVE).text("alive");
    Ok(Sse::new(ReceiverStream::new(receiver)).keep_alive(alive).into_response())
}

/// The events of one reader: first those it missed, then those that happen.
struct Source {
    missed: Vec<Event>,
    live: mpsc::Receiver<Event>,
    project: Option<Id>,
    /// Ends the subscription when it is dropped.
    _subscription: accid_studio::Subscription,
}

impl Source {
    /// Listens before it looks back, so that nothing falls between.
    fn open(
        studio: &Studio,
        may: &Allowed<Read>,
        project: Option<String>,
        last: Option<String>,
    ) -> Result<Self, accid_base::Problem> {
        let project =
            project.map(|name| studio.projects().get(may, &name)).transpose()?.map(|project| project.id);
        let (sender, live) = mpsc::channel(WAITING);
        let sender = Mutex::new(Some(sender));
        let subscription = studio.events().subscribe(
            may,
            Arc::new(move |event: &Event| {
                let mut sender = locked(&sender);
                if sender.as_ref().is_some_and(|open| open.try_send(event.clone()).is_err()) {
                    *sender = None;
                }
            }),
        );
        let missed = last.map(|id| studio.events().after(may, &id)).transpose()?.unwrap_or_default();
        Ok(Self { missed, live, project, _subscription: subscription })
    }

    async fn forward(
        mut self,
        sender: mpsc::Sender<Result<sse::Event, Infallible>>,
        mut closing: watch::Receiver<bool>,
    ) {
        let known: HashSet<String> = self.missed.iter().filter_map(change_of).collect();
        let missed = std::mem::take(&mut self.missed);
        for event in &missed {
            if self.concerns(event) && sender.send(Ok(written(event))).await.is_err() {
                return;
            }
        }
        loop {
            let event = tokio::select! {
                event = self.live.recv() => event,
                () = sender.closed() => None,
                _ = closing.wait_for(|closed| *closed) => None,
            };
            let Some(event) = event else {
                return;
            };
            let told = change_of(&event).is_some_and(|change| known.contains(&change));
            if !told && self.concerns(&event) && sender.send(Ok(written(&event))).await.is_err() {
                return;
            }
        }
    }

    fn concerns(&self, event: &Event) -> bool {
        self.project.is_none() || self.project == event.project
    }
}

/// The change of the ledger that an event is part of: one that was looked up is not told again when it also comes live.
fn change_of(event: &Event) -> Option<String> {
    event.data.get("change").and_then(Value::as_str).map(str::to_owned)
}

fn written(event: &Event) -> sse::Event {
    let written = sse::Event::default().event(event.name).data(event.data.to_string());
    match &event.id {
        Some(id) => written.id(id),
        None => written,
    }
}
