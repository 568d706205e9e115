//! imgBB's API, version 1, as <https://api.imgbb.com/> documents it: one call that takes a picture. Must not know where
//! the key is kept.

use std::time::Duration;

use accid_base::{ContentHash, Secret};
use serde_json::Value;

use super::{
    HostedImage, ImageHost, ServiceError,
    wire::{Reply, Waits, Wire, checked_base},
};

const SERVICE: &str = "imgBB";
const FIX: &str = "Enter the key again in the settings, under Services.";
/// The largest picture that it takes, in bytes.
pub const MOST_IMAGE_BYTES: u64 = 32_000_000;
/// Longest answer that is read, in bytes.
const LONGEST: u64 = 1 << 20;
/// How long it is left alone when it says that it had enough and not for how long.
const PAUSE: Duration = Duration::from_secs(300);

/// imgBB, with the key of an account.
pub struct ImgBb {
    wire: Wire,
    base: String,
    key: Secret<String>,
}

impl ImgBb {
    /// Where it really is.
    pub const ADDRESS: &'static str = "https://api.imgbb.com";

    /// At an address.
    ///
    /// # Errors
    /// [`ServiceError::InvalidAddress`], when no key may be sent there.
    pub fn new(base: &str, key: Secret<String>, waits: Waits) -> Result<Self, ServiceError> {
        Ok(Self { wire: Wire::new(SERVICE, waits), base: checked_base(base)?, key })
    }
}

impl ImageHost for ImgBb {
    fn host(&self, name: &str, picture: &[u8]) -> Result<HostedImage, ServiceError> {
        if picture.len() as u64 > MOST_IMAGE_BYTES {
            return Err(ServiceError::TooLarge { name: name.to_owned(), most: MOST_IMAGE_BYTES });
        }
        let (kind, body) = form(name, picture);
        let url = format!("{}/1/upload?key={}", self.base, encoded(self.key.reveal()));
        read(&self.wire.post(&url, &[("content-type", kind)], &body, LONGEST)?)
    }
}

/// The picture as `multipart/form-data` (RFC 7578), and its content type.
fn form(name: &str, picture: &[u8]) -> (String, Vec<u8>) {
    let boundary = format!("accid-{}", ContentHash::of(picture).short());
    let plain = |one: char| if one.is_ascii_alphanumeric() || "-_.".contains(one) { one } else { '_' };
    let name: String = name.chars().map(plain).take(100).collect();
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"image\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), picture, format!("\r\n--{boundary}--\r\n").as_bytes()].concat();
    (format!("multipart/form-data; boundary={boundary}"), body)
}

/// A value in a query.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn read(reply: &Reply) -> Result<HostedImage, ServiceError> {
    let value = reply.json();
    let said = value.pointer("/error/message").and_then(Value::as_str).unwrap_or_default();
    let lower = said.to_ascii_lowercase();
    let busy =
        |after: Option<Duration>| ServiceError::Busy { service: SERVICE, after: after.unwrap_or(PAUSE) };
    match reply.status {
        200 if value["success"] == true => Ok(hosted(&value["data"])),
        429 => Err(busy(reply.retry_after)),
        400 if lower.contains("rate limit") => Err(busy(reply.retry_after)),
        401 | 403 => Err(ServiceError::SignedOut { service: SERVICE, fix: FIX }),
        400 if lower.contains("key") => Err(ServiceError::SignedOut { service: SERVICE, fix: FIX }),
        400..500 => {
            let reason = if said.is_empty() { reply.said() } else { said.chars().take(160).collect() };
            Err(ServiceError::Refused { service: SERVICE, reason: reason.trim_end_matches('.').to_owned() })
        }
        status => Err(ServiceError::Away { service: SERVICE, reason: format!("it answered {status}") }),
    }
}

fn hosted(data: &Value) -> HostedImage {
    let text = |pointer: &str| data.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    // Numbers came as text in some of its answers.
    let number = |name: &str| match &data[name] {
        Value::Number(number) => number.as_u64().unwrap_or_default(),
        Value::String(text) => text.parse().unwrap_or_default(),
        _ => 0,
    };
    let side = |name: &str| u32::try_from(number(name)).unwrap_or_default();
    HostedImage {
        url: text("/url"),
        page: text("/url_viewer"),
        thumbnail: text("/thumb/url"),
        remove: text("/delete_url"),
        width: side("width"),
        height: side("height"),
        bytes: number("size"),
    }
}
