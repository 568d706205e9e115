//! The harness for tests that run the real program as a child process, in a data folder of its own.
//!
//! Owns: starting, calling, stopping and killing it; servers on this machine to publish to ([`FtpServer`],
//! [`SftpServer`]) and to back up to ([`ObjectServer`]) that fail when they are told to. Must not know how the program works inside; only tests use it.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a harness of tests: what fails here fails the test"
)]

mod cloud_host;
mod ftp_server;
mod hosts;
mod object_server;
mod photograph;
mod proxy;
mod quality;
mod remote_disk;
mod sandbox;
mod server;
mod sftp_server;
mod web_host;

pub use cloud_host::{CloudHost, Trouble};
pub use ftp_server::{FtpServer, FtpServerOptions, Shield};
pub use hosts::{Host, Hosts};
pub use object_server::{Conditions, ObjectServer};
pub use photograph::Photograph;
pub use proxy::Proxy;
pub use quality::Quality;
pub use remote_disk::{Faults, RemoteDisk};
pub use sandbox::{Outcome, Sandbox};
pub use server::{Answer, Server};
pub use sftp_server::SftpServer;
pub use web_host::{Manner, WebHost};

/// Whether the long form of the tests is asked for (`ACCID_LONG=1`).
pub fn long_form() -> bool {
    std::env::var_os("ACCID_LONG").is_some_and(|value| value == "1")
}

/// A sequence of numbers that looks like chance and is the same every time (SplitMix64).
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// Starts from a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `limit`.
    pub const fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (number ^ (number >> 31)) % limit
    }
}
