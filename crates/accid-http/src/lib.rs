//! The HTTP interface of ACCID: translates requests into use cases of `accid-studio` and their answers back.
//!
//! Owns: routes and their OpenAPI description, the envelope, problems, the gate against foreign pages, limits,
//! conditional requests, event streams, the embedded web pages. Must not decide anything about projects, and must not
//! know files, stores or rendering.
//!
//! **Invariant:** every operation gets its permit from [`permission::Allowed`] before its body is read; a test calls
//! every operation of the OpenAPI document as nobody, viewer and maintainer.

mod answer;
mod conditional;
mod docs;
mod forward;
mod gate;
mod headers;
mod idempotency;
mod input;
mod limits;
mod links;
mod listing;
mod log;
mod openapi;
mod pairing;
mod permission;
mod problem;
mod roots;
mod router;
mod routes;
mod served;
mod server;
mod state;
mod studio_ui;

pub use gate::Gate;
pub use headers::canvas_policy;
pub use limits::{JSON_BYTES, UPLOAD_BYTES};
pub use openapi::{openapi, openapi_text};
pub use permission::PERMISSION;
pub use problem::status;
pub use router::router;
pub use server::serve;
pub use state::{Authenticator, HttpOptions, HttpState};
pub use studio_ui::{StudioFile, StudioFiles, embedded};
