//! How ACCID signs in to a server, and by which key or certificate it knows that server again.

use std::fmt;

use accid_base::{ContentHash, Secret};
use serde::{Deserialize, Serialize};

/// How to sign in.
#[derive(Debug, Clone)]
pub enum Login {
    /// With a password.
    Password(Secret<String>),
    /// With a private key in OpenSSH or PEM form, over SSH only.
    Key {
        /// The key's text.
        key: Secret<String>,
        /// What opens it, when it is locked.
        passphrase: Option<Secret<String>>,
    },
    /// With a key that the SSH agent of this machine holds.
    Agent,
}

/// What a server shows to prove who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PinKind {
    /// An SSH host key.
    HostKey,
    /// A TLS certificate.
    Certificate,
}

/// A server's key or certificate, by its hash: trusted when it is seen first, and compared before any password is sent
/// from then on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// What it is.
    pub kind: PinKind,
    /// SHA-256 of the public key as SSH writes it, or of the whole certificate.
    pub sha256: ContentHash,
}

impl fmt::Display for Pin {
    /// As `ssh-keygen -l` and as browsers print it, so that a person can compare.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PinKind::HostKey => {
                formatter.write_str("SHA256:")?;
                formatter.write_str(&base64_unpadded(self.sha256.as_bytes()))
            }
            PinKind::Certificate => {
                let text = self.sha256.as_bytes().map(|byte| format!("{byte:02X}")).join(":");
                formatter.write_str(&text)
            }
        }
    }
}

impl Pin {
    /// The key or certificate whose fingerprint reads so, as [`Pin`] prints it.
    pub fn from_fingerprint(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(digits) = text.strip_prefix("SHA256:") {
            let sha256 = ContentHash::from_bytes(read_base64(digits)?.try_into().ok()?);
            return Some(Self { kind: PinKind::HostKey, sha256 });
        }
        let sha256 = text.replace(':', "").to_ascii_lowercase().parse().ok()?;
        Some(Self { kind: PinKind::Certificate, sha256 })
    }
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn read_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut word, mut bits) = (0_u32, 0);
    for digit in text.bytes() {
        let value = BASE64.iter().position(|known| *known == digit)?;
        word = word << 6 | u32::try_from(value).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((word >> bits & 255) as u8);
        }
    }
    Some(bytes)
}

fn base64_unpadded(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word =
            chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            text.push(char::from(BASE64[(word >> (18 - 6 * digit) & 63) as usize]));
        }
    }
    text
}

/// What publishing to a server needs besides its address.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// How to sign in; a folder needs nothing.
    pub login: Option<Login>,
    /// The key or certificate that is known of the server; none when it was never seen.
    pub pin: Option<Pin>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_read_as_other_programs_print_them() {
        let sha256 = ContentHash::of(b"abc");
        let pin = |kind| Pin { kind, sha256 }.to_string();
        assert_eq!(pin(PinKind::HostKey), "SHA256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0");
        assert!(pin(PinKind::Certificate).starts_with("BA:78:16:BF:"));
        for kind in [PinKind::HostKey, PinKind::Certificate] {
            assert_eq!(Pin::from_fingerprint(&pin(kind)), Some(Pin { kind, sha256 }));
        }
        for wrong in ["", "SHA256:", "SHA256:é", "AA:BB", "x"] {
            assert_eq!(Pin::from_fingerprint(wrong), None, "{wrong}");
        }
    }
}
