//! The same work on many items, on all cores. Must not know what the work is.

use std::{
    num::NonZeroUsize,
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// So many items a thread takes at a time.
const BLOCK: usize = 8;

/// Below so many items one thread is as fast as many.
const FEW: usize = 4 * BLOCK;

/// How many threads run at a time on this machine. On Linux the answer stands in several files, and reading them takes
/// as long as a small save.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Does the work on every item and returns what came of it, in the order of the items. The work is done by several
/// threads at a time when there are many items, in no order.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    // Few items are not worth a thread.
    let threads = if items.len() < FEW { 1 } else { cores() };
    if threads == 1 {
        return items.iter().map(work).collect();
    }
    let blocks: Vec<&[T]> = items.chunks(BLOCK).collect();
    let next = AtomicUsize::new(0);
    let one_thread = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(block) = blocks.get(place) else { return done };
            done.push((place, block.iter().map(&work).collect::<Vec<R>>()));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(blocks.len())).map(|_| scope.spawn(one_thread)).collect();
        let mut done = one_thread();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(place, _)| *place);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_their_items() {
        for length in [0, 1, FEW - 1, FEW, 1_003] {
            let items: Vec<usize> = (0..length).collect();
            let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(map(&items, |item| item * 2), doubled);
        }
    }

    #[test]
    fn a_panic_in_the_work_is_one_of_the_caller() {
        let items: Vec<usize> = (0..1_000).collect();
        let caught = std::panic::catch_unwind(|| map(&items, |item| assert!(*item != 700, "item 700")));
        let said = caught.unwrap_err();
        assert_eq!(said.downcast_ref::<&str>(), Some(&"item 700"));
    }
}
