//! Where pictures are decoded: on a few threads, and only so many pixels at a time. Must not know what a photo is.

use std::sync::{Condvar, Mutex, OnceLock, PoisonError};

use accid_base::{locked, parallel};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Most pixels that are decoded at a time, by all together: about 100 MB.
const MOST_PIXELS: u64 = 36_000_000;

/// Threads that decode pictures, and how much they may decode at a time. An allocator keeps large blocks for each thread
/// that asked for one, so it is always the same few threads, whoever waits for the picture.
#[derive(Default)]
pub(crate) struct Darkroom {
    used: Mutex<u64>,
    freed: Condvar,
    /// Started with the first picture; none when the system gives no threads.
    threads: OnceLock<Option<ThreadPool>>,
}

struct Share<'a> {
    darkroom: &'a Darkroom,
    pixels: u64,
}

impl Darkroom {
    /// Does work on a picture of so many pixels when there is room for it, and waits for what comes of it. One that
    /// needs more than there is waits until it is alone.
    pub(crate) fn work<T: Send>(&self, pixels: u64, work: impl FnOnce() -> T + Send) -> T {
        let _share = self.take(pixels);
        let start = || {
            let name = |number| format!("darkroom-{number}");
            ThreadPoolBuilder::new().num_threads(parallel::cores()).thread_name(name).build().ok()
        };
        match self.threads.get_or_init(start) {
            Some(threads) => threads.install(work),
            None => work(),
        }
    }

    fn take(&self, pixels: u64) -> Share<'_> {
        let mut used = locked(&self.used);
        while *used > 0 && *used + pixels > MOST_PIXELS {
            used = self.freed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        *used += pixels;
        Share { darkroom: self, pixels }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *locked(&self.darkroom.used) -= self.pixels;
        self.darkroom.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn no_more_pixels_are_decoded_at_a_time_than_there_is_room_for() {
        let (darkroom, now, most) = (Darkroom::default(), AtomicU64::new(0), AtomicU64::new(0));
        let each = MOST_PIXELS / 2;
        std::thread::scope(|scope| {
            for _ in 0..24 {
                scope.spawn(|| {
                    darkroom.work(each, || {
                        most.fetch_max(now.fetch_add(each, Ordering::SeqCst) + each, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(each, Ordering::SeqCst);
                    });
                });
            }
        });
        assert!((each..=MOST_PIXELS).contains(&most.into_inner()));
    }

    #[test]
    fn a_picture_larger_than_the_room_is_decoded_alone() {
        let darkroom = Darkroom::default();
        assert_eq!(darkroom.work(MOST_PIXELS * 3, || 7), 7);
        assert_eq!(*locked(&darkroom.used), 0);
    }

    #[test]
    fn a_decoder_that_gives_up_leaves_the_room_as_it_was() {
        let darkroom = Darkroom::default();
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            darkroom.work(10, || panic!("no picture"));
        }));
        assert!(caught.is_err());
        assert_eq!(*locked(&darkroom.used), 0);
        assert_eq!(darkroom.work(MOST_PIXELS, || "next"), "next");
    }
}
