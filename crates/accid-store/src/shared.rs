//! What all projects of one store share: disk, clock, listeners, and the way to the background thread.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex, RwLock, Weak, mpsc},
};

use accid_base::{RelativePath, Vfs, locked, reading};

use crate::{Project, StoreEvent, moments::Moments};

/// Listens to what was acknowledged. Called in the order of the changes of a project, outside of its locks; must not
/// write to the store itself.
pub type Listener = Arc<dyn Fn(&StoreEvent) + Send + Sync>;

/// Makes the files that follow from a project's documents, such as the dropper: paths in the project and contents.
pub type Deriver = Arc<dyn Fn(&Project) -> Option<Vec<(RelativePath, Vec<u8>)>> + Send + Sync>;

/// A deriver, and what tells it from one that makes other files of the same documents.
#[derive(Clone)]
pub(crate) struct NamedDeriver {
    pub edition: Arc<str>,
    pub derive: Deriver,
}

/// Work for the background thread.
pub(crate) enum Work {
    /// Files of this project have to follow its ledger.
    Follow(Weak<Project>),
    /// What is derived from this project may be out of date.
    Derive(Weak<Project>),
    /// Watch this project's folder.
    Watch(Weak<Project>),
    /// Something changed at this path.
    Touched(PathBuf),
    /// Changes were missed: look everywhere.
    Rescan,
    /// End.
    Stop,
}

pub(crate) struct Shared {
    pub vfs: Arc<dyn Vfs>,
    pub moments: Arc<Moments>,
    pub listeners: RwLock<Vec<Listener>>,
    pub deriver: RwLock<Option<NamedDeriver>>,
    pub work: RwLock<Option<mpsc::Sender<Work>>>,
    queue: Mutex<VecDeque<StoreEvent>>,
    dispatch: Mutex<()>,
}

impl Shared {
    pub(crate) fn new(vfs: Arc<dyn Vfs>, moments: Arc<Moments>) -> Self {
        Self {
            vfs,
            moments,
            listeners: RwLock::default(),
            deriver: RwLock::default(),
            work: RwLock::default(),
            queue: Mutex::default(),
            dispatch: Mutex::default(),
        }
    }

    /// The same disk, clock and deriver where nobody listens, for a project that is still being made.
    pub(crate) fn unheard(&self) -> Self {
        let deriver = reading(&self.deriver).clone();
        Self { deriver: RwLock::new(deriver), ..Self::new(self.vfs.clone(), self.moments.clone()) }
    }

    /// Hands work to the background thread; nothing happens when there is none.
    pub(crate) fn send(&self, work: Work) {
        if let Some(sender) = &*reading(&self.work) {
            // The thread has ended: the store is closing, and closing follows all files itself.
            drop(sender.send(work));
        }
    }

    /// Puts an event in line; called while the project's order of changes is held.
    pub(crate) fn queue_event(&self, event: StoreEvent) {
        if !reading(&self.listeners).is_empty() {
            locked(&self.queue).push_back(event);
        }
    }

    /// Tells listeners all that is in line; called after the acknowledgement, outside of all locks.
    pub(crate) fn tell(&self) {
        let _turn = locked(&self.dispatch);
        loop {
            let next = locked(&self.queue).pop_front();
            let Some(event) = next else { return };
            let listeners = reading(&self.listeners).clone();
            for listener in &listeners {
                listener(&event);
            }
        }
    }
}
