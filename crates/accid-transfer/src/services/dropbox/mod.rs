//! Dropbox' HTTP API, version 2, as <https://www.dropbox.com/developers/documentation/http/documentation> documents it.
//! Must not know where the sign-in is kept.
//!
//! **Invariant:** an access token that ran out is renewed and the call repeated once, never more often.

mod sign_in;
mod upload;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use accid_base::{Clock, ContentHash, Progress, Secret, locked};
use jiff::Timestamp;
use serde_json::{Value, json};

pub use self::sign_in::{DropboxAddresses, DropboxApp, Granted, SignIn};
use super::{
    CloudAccount, CloudEntry, CloudFiles, CloudKind, ServiceError,
    wire::{Reply, Wire},
};

const SERVICE: &str = "Dropbox";
const FIX: &str = "Connect Dropbox again in the settings, under Services.";
/// Longest answer of a call that is no file, in bytes.
const LONGEST: u64 = 16 << 20;
/// How long it is left alone when it does not say for how long.
const PAUSE: Duration = Duration::from_secs(60);
/// Most names of one folder that are read.
const MOST_ENTRIES: usize = 20_000;
/// What a JPEG begins with (T.81 §B.1.1.3).
const JPEG: [u8; 3] = [0xFF, 0xD8, 0xFF];
/// Content hashes are made of blocks of this size, in bytes.
const BLOCK: usize = 4 << 20;

/// Dropbox, signed in to an account.
pub struct Dropbox {
    app: DropboxApp,
    wire: Wire,
    clock: Arc<dyn Clock>,
    refresh: Secret<String>,
    /// The access token and until when it is good.
    access: Mutex<Option<(Secret<String>, Timestamp)>>,
}

impl Dropbox {
    /// With the refresh token that somebody granted to the app.
    pub fn new(app: DropboxApp, refresh: Secret<String>, clock: Arc<dyn Clock>) -> Self {
        let wire = Wire::new(SERVICE, app.waits);
        Self { app, wire, clock, refresh, access: Mutex::default() }
    }

    /// The access token: the one that is known, or, unless it is good or the very one that was refused, a new one.
    fn access(&self, refused: Option<&Secret<String>>) -> Result<Secret<String>, ServiceError> {
        let mut held = locked(&self.access);
        if let Some((token, until)) = &*held
            && *until > self.clock.now()
            && refused != Some(token)
        {
            return Ok(token.clone());
        }
        let (token, seconds) = self.app.renew(&self.wire, &self.refresh)?;
        // A minute early, so that it does not run out on the way.
        let good = Duration::from_secs(seconds.saturating_sub(60));
        let until = self.clock.now().saturating_add(good).unwrap_or(Timestamp::MAX);
        *held = Some((token.clone(), until));
        Ok(token)
    }

    /// One call, with the token renewed and the call repeated when it was refused.
    fn call(
        &self,
        url: &str,
        headers: &[(&'static str, String)],
        body: &[u8],
        most: u64,
    ) -> Result<Reply, ServiceError> {
        let mut token = self.access(None)?;
        for attempt in 0..2 {
            let mut all = vec![("authorization", format!("Bearer {}", token.reveal()))];
            all.extend_from_slice(headers);
            let reply = self.wire.post(url, &all, body, most)?;
            if reply.status != 401 || scope_of(&reply).is_some() {
                return Ok(reply);
            }
            if attempt == 0 {
                token = self.access(Some(&token))?;
            }
        }
        *locked(&self.access) = None;
        Err(ServiceError::SignedOut { service: SERVICE, fix: FIX })
    }

    /// A call whose argument and answer are JSON.
    fn ask(&self, path: &str, argument: &Value) -> Result<Value, ServiceError> {
        let url = format!("{}{path}", self.app.addresses.api);
        let headers = [("content-type", "application/json".to_owned())];
        let reply = again(|| self.call(&url, &headers, argument.to_string().as_bytes(), LONGEST))?;
        checked(&reply, argument["path"].as_str().unwrap_or_default())?;
        Ok(reply.json())
    }

    /// The headers of a call that carries a file.
    fn file_headers(argument: &Value) -> Vec<(&'static str, String)> {
        vec![("dropbox-api-arg", ascii(argument)), ("content-type", "application/octet-stream".to_owned())]
    }
}

/// Makes a call that changes nothing there once more when the connection was cut.
fn again<T>(call: impl Fn() -> Result<T, ServiceError>) -> Result<T, ServiceError> {
    match call() {
        Err(ServiceError::Cut { .. }) => call(),
        other => other,
    }
}

/// JSON as a header carries it: what is not ASCII is written as `\uXXXX`.
fn ascii(argument: &Value) -> String {
    let mut out = String::new();
    for letter in argument.to_string().chars() {
        if letter.is_ascii() && letter != '\u{7f}' {
            out.push(letter);
        } else {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

/// The permission that the app lacks, when that is why a call was refused.
fn scope_of(reply: &Reply) -> Option<String> {
    let value = reply.json();
    value.pointer("/error/required_scope").and_then(Value::as_str).map(str::to_owned)
}

/// Whether a call was answered as it was meant.
fn checked(reply: &Reply, path: &str) -> Result<(), ServiceError> {
    let refused = |reason: String| Err(ServiceError::Refused { service: SERVICE, reason });
    let value = reply.json();
    let summary = value["error_summary"].as_str().unwrap_or_default();
    match reply.status {
        200 => Ok(()),
        401 => refused(format!(
            "the app lacks the permission {}; allow it in the App Console and connect again",
            scope_of(reply).unwrap_or_default()
        )),
        409 if summary.contains("not_found") => {
            Err(ServiceError::Missing { service: SERVICE, path: path.to_owned() })
        }
        409 if summary.contains("insufficient_space") => Err(ServiceError::Full { service: SERVICE }),
        409 if summary.contains("malformed_path") || summary.contains("disallowed_name") => {
            refused("no file or folder can have that name there".to_owned())
        }
        409 if summary.contains("no_write_permission") => {
            refused("nothing may be written into that folder".to_owned())
        }
        409 if !summary.is_empty() => {
            refused(summary.trim_end_matches(['/', '.']).chars().take(160).collect())
        }
        400 if reply.said().contains("access token") => {
            Err(ServiceError::SignedOut { service: SERVICE, fix: FIX })
        }
        429 => {
            let after = reply.retry_after.unwrap_or(PAUSE);
            Err(ServiceError::Busy { service: SERVICE, after })
        }
        400..500 => refused(reply.said()),
        status => Err(ServiceError::Away { service: SERVICE, reason: format!("it answered {status}") }),
    }
}

fn entry_of(value: &Value) -> Option<CloudEntry> {
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let kind = match value[".tag"].as_str() {
        Some("folder") => CloudKind::Folder,
        // What an upload answers has no tag.
        Some("file") | None => CloudKind::File,
        Some(_) => return None,
    };
    let path = value["path_display"].as_str().or(value["path_lower"].as_str())?.to_owned();
    let bytes = value["size"].as_u64().unwrap_or_default();
    Some(CloudEntry { name: text("name"), path, kind, bytes, modified: text("server_modified") })
}

/// Dropbox' own hash of a file: SHA-256 over the SHA-256 of each block of 4 MiB
/// (<https://www.dropbox.com/developers/reference/content-hash>).
fn content_hash(content: &[u8]) -> String {
    let blocks: Vec<u8> =
        content.chunks(BLOCK).flat_map(|block| *ContentHash::of(block).as_bytes()).collect();
    ContentHash::of(&blocks).to_string()
}

impl CloudFiles for Dropbox {
    fn account(&self) -> Result<CloudAccount, ServiceError> {
        let found = self.ask("/2/users/get_current_account", &Value::Null)?;
        let text =
            |pointer: &str| found.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(CloudAccount { name: text("/name/display_name"), email: text("/email") })
    }

    fn list(&self, folder: &str) -> Result<Vec<CloudEntry>, ServiceError> {
        // The outermost folder is named by an empty path, never by a slash.
        let folder = folder.trim_end_matches('/');
        let mut found = self.ask("/2/files/list_folder", &json!({ "path": folder, "limit": 2_000 }))?;
        let mut entries: Vec<CloudEntry> = Vec::new();
        loop {
            let some = found["entries"].as_array().map(Vec::as_slice).unwrap_or_default();
            entries.extend(some.iter().filter_map(entry_of));
            if found["has_more"] != true || entries.len() >= MOST_ENTRIES {
                break;
            }
            let cursor = found["cursor"].as_str().unwrap_or_default();
            found = self.ask("/2/files/list_folder/continue", &json!({ "cursor": cursor }))?;
        }
        entries.sort_by(|one, other| {
            (one.kind, one.name.to_lowercase()).cmp(&(other.kind, other.name.to_lowercase()))
        });
        Ok(entries)
    }

    fn download(&self, path: &str, most: u64) -> Result<Vec<u8>, ServiceError> {
        let url = format!("{}/2/files/download", self.app.addresses.content);
        let headers = [("dropbox-api-arg", ascii(&json!({ "path": path })))];
        again(|| {
            let reply = self.call(&url, &headers, &[], most)?;
            checked(&reply, path)?;
            let told: Value = serde_json::from_str(&reply.result).unwrap_or_default();
            match told["content_hash"].as_str() {
                Some(hash) if hash != content_hash(&reply.body) => {
                    Err(ServiceError::Cut { service: SERVICE })
                }
                _ => Ok(reply.body),
            }
        })
    }

    fn thumbnail(&self, path: &str) -> Result<Vec<u8>, ServiceError> {
        let url = format!("{}/2/files/get_thumbnail_v2", self.app.addresses.content);
        let argument = json!({
            "resource": { ".tag": "path", "path": path },
            "format": "jpeg", "size": "w256h256", "mode": "bestfit",
        });
        let headers = [("dropbox-api-arg", ascii(&argument))];
        again(|| {
            let reply = self.call(&url, &headers, &[], LONGEST)?;
            checked(&reply, path)?;
            if !reply.body.starts_with(&JPEG) {
                let reason = "what it sent is no picture".to_owned();
                return Err(ServiceError::Refused { service: SERVICE, reason });
            }
            Ok(reply.body)
        })
    }

    fn upload(
        &self,
        path: &str,
        content: &[u8],
        progress: &dyn Progress,
    ) -> Result<CloudEntry, ServiceError> {
        upload::upload(self, path, content, progress)
    }

    fn sign_out(&self) -> Result<(), ServiceError> {
        self.ask("/2/auth/token/revoke", &Value::Null).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_carries_any_name_as_ascii() {
        let text = ascii(&json!({ "path": "/Überfahrt/⛵ \u{1f30a}\u{7f}.jpg" }));
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{text}");
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["path"], "/Überfahrt/⛵ \u{1f30a}\u{7f}.jpg");
    }

    #[test]
    fn the_hash_of_a_file_is_that_of_its_blocks() {
        let one = vec![7; 10];
        assert_eq!(content_hash(&one), ContentHash::of(ContentHash::of(&one).as_bytes()).to_string());
        let two = vec![7; BLOCK + 1];
        let joined = [*ContentHash::of(&two[..BLOCK]).as_bytes(), *ContentHash::of(&two[BLOCK..]).as_bytes()];
        assert_eq!(content_hash(&two), ContentHash::of(&joined.concat()).to_string());
    }
}
