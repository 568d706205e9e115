//! Events: what happened, told to every open window. Those of documents come from the ledger, so a stream can be
//! resumed across a restart.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use accid_access::{Permit, Read};
use accid_base::{Id, Problem, locked};
use accid_model::{Blotter, Page};
use accid_store::{EventKind, StoreEvent};
use serde_json::{Value, json};

use crate::Inner;

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// Where a stream that was cut off can go on. Only the last event of a change has one, so that a change is told
    /// whole or again; events of jobs have none, their state can be asked for.
    pub id: Option<String>,
    /// `item-created`, `item-updated`, `item-moved`, `item-deleted`, `version-created`, `job-progress`, `job-done`,
    /// `deploy-started`, `deploy-progress`, `deploy-done`, `deploy-failed`.
    pub name: &'static str,
    /// The project it is about.
    pub project: Option<Id>,
    /// The rest.
    pub data: Value,
}

type Listener = Arc<dyn Fn(&Event) + Send + Sync>;

/// Hands events to those who listen.
#[derive(Default)]
pub(crate) struct Bus {
    listeners: Mutex<Vec<(u64, Listener)>>,
    next: AtomicU64,
}

impl Bus {
    /// Whether anybody listens; else nothing needs to be put into words.
    pub(crate) fn is_heard(&self) -> bool {
        !locked(&self.listeners).is_empty()
    }

    pub(crate) fn publish(&self, event: &Event) {
        let listeners: Vec<Listener> = {
            let held = locked(&self.listeners);
            held.iter().map(|(_, listener)| Arc::clone(listener)).collect()
        };
        for listener in listeners {
            listener(event);
        }
    }
}

/// Ends when dropped.
pub struct Subscription {
    bus: Arc<Bus>,
    number: u64,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        locked(&self.bus.listeners).retain(|(number, _)| *number != self.number);
    }
}

/// Use cases about events.
pub struct Events<'a>(pub(crate) &'a Arc<Inner>);

impl Events<'_> {
    /// Calls `listener` for every event from now on, until the subscription is dropped. It must not wait.
    pub fn subscribe(&self, _: &Permit<Read>, listener: Arc<dyn Fn(&Event) + Send + Sync>) -> Subscription {
        let bus = Arc::clone(&self.0.bus);
        let number = bus.next.fetch_add(1, Ordering::Relaxed);
        locked(&bus.listeners).push((number, listener));
        Subscription { bus, number }
    }

    /// The events of documents after that id, oldest first; they come from the ledgers.
    ///
    /// # Errors
    /// When the id is none.
    pub fn after(&self, _: &Permit<Read>, id: &str) -> Result<Vec<Event>, Problem> {
        let id: Id = id.parse().map_err(crate::explain)?;
        Ok(self.0.store.changes_after(&id).iter().flat_map(|change| events_of(self.0, change)).collect())
    }
}

/// The events of one change, one for each object.
pub(crate) fn events_of(inner: &Inner, change: &StoreEvent) -> Vec<Event> {
    let by = json!({ "by": change.author, "at": change.at, "change": change.id, "note": change.note });
    let project = inner.store.project(change.project.as_str()).ok();
    let renamed = |folder: Option<&str>| {
        let same = |path: &accid_base::RelativePath| path.parts().next() == folder;
        let made = change.objects.iter().any(|object| object.before.is_none() && same(&object.path));
        let gone = change.objects.iter().any(|object| object.after.is_none() && same(&object.path));
        made && gone
    };
    let mut events: Vec<Event> = Vec::new();
    for object in &change.objects {
        let folder = object.path.parts().next().filter(|first| *first != object.path.as_str());
        let collection =
            if object.path.as_str() == Blotter::FILE { "projects" } else { folder.unwrap_or("files") };
        let name = match (&object.before, &object.after) {
            (_, None) if renamed(folder) && collection == Page::FOLDER => continue,
            (_, None) => "item-deleted",
            (None, _) if renamed(folder) && collection == Page::FOLDER => "item-moved",
            (None, _) => "item-created",
            _ => "item-updated",
        };
        let stored = project.as_ref().and_then(|project| project.get(&object.path));
        let id = stored.as_ref().and_then(|stored| stored.value.get("id")).and_then(Value::as_str);
        let stem = object.path.file_name().trim_end_matches(".json");
        let mut data = json!({
            "project": change.project, "collection": collection, "id": id.unwrap_or(stem),
            "path": object.path, "etag": object.after,
        });
        extend(&mut data, &by);
        events.push(Event { id: None, name, project: Some(change.project.clone()), data });
    }
    if change.kind == EventKind::Snapshot {
        let mut data = json!({ "project": change.project, "id": change.id });
        extend(&mut data, &by);
        events.push(Event { id: None, name: "version-created", project: Some(change.project.clone()), data });
    }
    if let Some(last) = events.last_mut() {
        last.id = Some(change.id.to_string());
    }
    events
}

fn extend(data: &mut Value, more: &Value) {
    if let (Value::Object(data), Value::Object(more)) = (data, more) {
        data.extend(more.clone());
    }
}
