//! How far the library is, told to whoever watches; and how it is stopped.

use std::{
    fmt, panic,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{RecvTimeoutError, channel},
    },
    thread,
    time::Duration,
};

use accid_base::Progress as Watcher;
use rustic_core::{Progress, ProgressBars, ProgressType, RusticProgress};

use crate::{BackupError, backend::Course};

/// How often it is looked how far the work is.
const PACE: Duration = Duration::from_millis(100);

/// Counts what the library says it has done, in bytes.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    done: AtomicU64,
    total: AtomicU64,
}

impl Counter {
    fn reset(&self) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(0, Ordering::Relaxed);
    }

    fn tell(&self, watcher: &dyn Watcher, message: &str) {
        let size = |of: &AtomicU64| usize::try_from(of.load(Ordering::Relaxed)).unwrap_or(usize::MAX);
        let (done, total) = (size(&self.done), size(&self.total));
        watcher.step(done.min(total), total, message);
    }
}

/// Hands the counter to the work that is counted in bytes; the rest goes unseen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bars(pub(crate) Arc<Counter>);

#[derive(Clone)]
struct Bar(Arc<Counter>);

impl fmt::Debug for Bar {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Bar")
    }
}

impl ProgressBars for Bars {
    fn progress(&self, kind: ProgressType, _: &str) -> Progress {
        match kind {
            ProgressType::Bytes => {
                self.0.reset();
                Progress::new(Bar(Arc::clone(&self.0)))
            }
            _ => Progress::hidden(),
        }
    }
}

impl RusticProgress for Bar {
    fn is_hidden(&self) -> bool {
        false
    }

    fn set_length(&self, length: u64) {
        self.0.total.store(length, Ordering::Relaxed);
    }

    fn set_title(&self, _: &str) {}

    fn inc(&self, more: u64) {
        self.0.done.fetch_add(more, Ordering::Relaxed);
    }

    fn finish(&self) {}
}

/// Does the work on a thread of its own, tells the watcher how far it is, and stops it when the watcher says so.
pub(crate) fn watched<T: Send>(
    (counter, course): (&Counter, &Course),
    (watcher, message): (&dyn Watcher, &str),
    work: impl FnOnce() -> T + Send,
) -> Result<T, BackupError> {
    thread::scope(|scope| {
        let (alive, ended) = channel::<()>();
        let worker = scope.spawn(move || {
            let _alive = alive;
            panic::catch_unwind(panic::AssertUnwindSafe(work))
        });
        while ended.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
            counter.tell(watcher, message);
            if watcher.cancelled() {
                course.stop();
            }
        }
        match worker.join() {
            Ok(Ok(done)) => Ok(done),
            _ => Err(course.take().unwrap_or_else(|| BackupError::Damaged {
                place: "the repository".to_owned(),
                reason: "reading it ended with a fault in ACCID itself".to_owned(),
            })),
        }
    })
}
