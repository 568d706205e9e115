//! The ground floor: names, paths, hashes, problems and the traits behind which the outside world stands.
//!
//! Owns: [`Id`], [`Slug`], [`RelativePath`], [`ContentHash`], [`Problem`], [`Finding`], [`Secret`], [`Clock`],
//! [`Vfs`], [`Random`]. Must not know: documents, HTML, HTTP, any tool.

mod clock;
mod finding;
mod hash;
mod id;
mod lock;
pub mod parallel;
mod path;
mod problem;
mod progress;
mod random;
mod secret;
mod slug;
mod text;
pub mod vfs;

pub use clock::{Clock, FixedClock, SystemClock};
pub use finding::{Finding, Severity};
pub use hash::ContentHash;
pub use id::{Id, InvalidId};
pub use lock::{locked, reading, writing};
pub use path::{InvalidPath, RelativePath};
pub use problem::{Category, ErrorCode, Explain, FieldError, Problem};
pub use progress::{Progress, Unwatched};
pub use random::{Random, SequenceRandom, SystemRandom};
pub use secret::Secret;
pub use slug::{InvalidSlug, Slug};
pub use text::{capitalised, plain_file_name, sentence};
pub use vfs::{MemoryVfs, SystemVfs, Vfs};
