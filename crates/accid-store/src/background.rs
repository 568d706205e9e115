//! The store's one thread: files follow, checkpoints, what is derived, edits by other programs. Must not be needed
//! for correctness: without it all of this happens on flush and reconcile.

use std::{
    collections::{BTreeSet, HashMap},
    path::{Path, PathBuf},
    sync::{Arc, Weak, mpsc},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use accid_base::{RelativePath, writing};

use crate::{
    Project, StoreError, paths,
    project::Checkpoint,
    shared::{Shared, Work},
    watch::Watch,
};

/// How long the files have been quiet before an edit by another program is looked at.
const QUIET: Duration = Duration::from_millis(300);

/// How long after the last save the files follow: writing them keeps the disk from the next save.
const FOLLOW_AFTER: Duration = Duration::from_millis(250);

/// How long after the first save the files follow at the latest, while saves go on.
const FOLLOW_AT_THE_LATEST: Duration = Duration::from_millis(1_500);

/// How long after the first change what is derived is made again.
const DERIVE_AFTER: Duration = Duration::from_millis(800);

/// How long after the last save a checkpoint is written.
const CHECKPOINT_AFTER: Duration = Duration::from_secs(2);

/// How long to wait before files are tried again that could not be written.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// A project with something to do at a time.
struct Due {
    project: Weak<Project>,
    derive: Option<Instant>,
    checkpoint: Option<Instant>,
    follow: Option<Instant>,
    /// When the first save was made that the files do not follow yet.
    behind: Option<Instant>,
}

struct Worker {
    watch: Watch,
    due: HashMap<usize, Due>,
    touched: BTreeSet<PathBuf>,
    rescan: bool,
    look: Option<Instant>,
}

/// Starts the thread and gives the projects the way to it.
pub(crate) fn start(shared: &Arc<Shared>) -> Result<JoinHandle<()>, StoreError> {
    let (sender, receiver) = mpsc::channel();
    *writing(&shared.work) = Some(sender.clone());
    let watch = Watch::new(sender);
    let work = move || {
        let mut worker =
            Worker { watch, due: HashMap::new(), touched: BTreeSet::new(), rescan: false, look: None };
        worker.run(&receiver);
    };
    std::thread::Builder::new()
        .name("accid-store".to_owned())
        .spawn(work)
        .map_err(StoreError::io("start the background thread of", Path::new("the store")))
}

impl Worker {
    fn run(&mut self, receiver: &mpsc::Receiver<Work>) {
        loop {
            let received = match self.next_deadline() {
                None => receiver.recv().map_err(|_| mpsc::RecvTimeoutError::Disconnected),
                Some(at) => receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match received {
                Ok(Work::Stop) | Err(mpsc::RecvTimeoutError::Disconnected) => return,
                Ok(work) => self.take(work),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
            self.do_what_is_due(Instant::now());
        }
    }

    fn next_deadline(&self) -> Option<Instant> {
        let of = |due: &Due| [due.derive, due.checkpoint, due.follow].into_iter().flatten().min();
        self.due.values().filter_map(of).chain(self.look).min()
    }

    fn due(&mut self, project: &Weak<Project>) -> &mut Due {
        let new =
            || Due { project: project.clone(), derive: None, checkpoint: None, follow: None, behind: None };
        self.due.entry(project.as_ptr().addr()).or_insert_with(new)
    }

    fn take(&mut self, work: Work) {
        let now = Instant::now();
        match work {
            Work::Follow(project) => {
                let due = self.due(&project);
                due.behind.get_or_insert(now);
                due.follow.get_or_insert(now + FOLLOW_AFTER);
                due.derive.get_or_insert(now + DERIVE_AFTER);
            }
            Work::Derive(project) => {
                self.due(&project).derive.get_or_insert(now + DERIVE_AFTER);
            }
            Work::Watch(project) => {
                if let Some(project) = project.upgrade() {
                    self.watch.add(&project);
                }
            }
            Work::Touched(path) => {
                self.touched.insert(path);
                self.look = Some(now + QUIET);
            }
            Work::Rescan => {
                self.rescan = true;
                self.look = Some(now + QUIET);
            }
            Work::Stop => {}
        }
    }

    fn do_what_is_due(&mut self, now: Instant) {
        if self.look.is_some_and(|at| at <= now) {
            self.look = None;
            self.look_outside();
        }
        self.due.retain(|_, due| {
            let Some(project) = due.project.upgrade() else { return false };
            due.run(&project, now)
        });
    }

    /// Looks at what other programs may have changed.
    fn look_outside(&mut self) {
        let touched = std::mem::take(&mut self.touched);
        let rescan = std::mem::take(&mut self.rescan);
        for project in self.watch.projects() {
            if rescan {
                // A disk that refuses now is asked again at the next event or start.
                drop(project.reconcile());
                continue;
            }
            let mut own = BTreeSet::new();
            for path in &touched {
                let Ok(inside) = path.strip_prefix(project.folder()) else { continue };
                let mut parts = inside.components().filter_map(|part| part.as_os_str().to_str());
                let folder = parts.next().filter(|name| paths::is_collection(name));
                match (folder, parts.next()) {
                    // A whole folder came, went, or changed: look at all of it.
                    (Some(_), None) => {
                        self.watch.add(&project);
                        drop(project.reconcile());
                    }
                    _ => own.extend(document_at(inside)),
                }
            }
            if !own.is_empty() {
                drop(project.look_at_all(&own));
            }
        }
    }
}

fn document_at(path: &Path) -> Option<RelativePath> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    parts?.join("/").parse().ok().filter(paths::is_document)
}

impl Due {
    /// Does what is due; says whether something is left.
    fn run(&mut self, project: &Arc<Project>, now: Instant) -> bool {
        let is_due = |at: &Option<Instant>| at.is_some_and(|at| at <= now);
        if is_due(&self.follow) {
            let last = project.last_save().unwrap_or(now);
            let behind = *self.behind.get_or_insert(now);
            let at = (last + FOLLOW_AFTER).min(behind + FOLLOW_AT_THE_LATEST);
            if at > now {
                // Saves went on meanwhile.
                self.follow = Some(at);
            } else {
                self.behind = None;
                project.look_begins();
                let followed = project.follow(Checkpoint::WhenDue);
                self.follow = (followed.is_err() && !project.is_followed()).then(|| now + RETRY_AFTER);
                self.derive.get_or_insert(now + DERIVE_AFTER);
                self.checkpoint = Some(last + CHECKPOINT_AFTER);
            }
        }
        if is_due(&self.derive) {
            // What is derived can be made again at any time: at the next save or start.
            drop(project.derive());
            self.derive = None;
        }
        if is_due(&self.checkpoint) {
            drop(project.follow(Checkpoint::Now));
            self.checkpoint = None;
        }
        self.follow.is_some() || self.derive.is_some() || self.checkpoint.is_some()
    }
}
