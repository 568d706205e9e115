//! The HTTP interface from outside: every request through the whole router, without a socket, on a disk in memory.
//! The files mirror the addresses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod attacks;
mod backup;
mod canvas;
mod check;
mod connected;
mod events;
mod gallery;
mod hostile;
mod idempotency;
mod listing;
mod maintenance;
mod openapi;
mod patterns;
mod permissions;
#[path = "../../../accid-test/src/photograph.rs"]
mod photograph;
mod project_zip;
mod projects;
mod publishing;
mod roots;
mod server;
mod services;
mod spatial;
mod stories;
mod studio_ui;
mod support;
mod system;
mod time_machine;
mod trash;
mod waypoint;
