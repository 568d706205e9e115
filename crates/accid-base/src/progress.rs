//! How long work tells how far it is and learns that it should stop. Must not know what the work is.

/// Told by long work how far it is; asked by it whether to stop.
pub trait Progress: Send + Sync {
    /// `done` of `total` steps are done; `message` says what is being done now.
    fn step(&self, done: usize, total: usize, message: &str);

    /// What the work waits for; no step is done.
    fn waits(&self, _message: &str) {}

    /// A line that a program wrote which the work runs.
    fn line(&self, _text: &str) {}

    /// Whether a person asked to stop.
    fn cancelled(&self) -> bool;
}

/// Nobody watches and nobody stops it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn step(&self, _: usize, _: usize, _: &str) {}

    fn cancelled(&self) -> bool {
        false
    }
}
