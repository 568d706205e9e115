//! Storage that speaks S3 (Amazon's REST interface, which MinIO, Garage, Ceph, Backblaze, Hetzner and others speak
//! too): PUT, GET, DELETE and listings of version 2, signed. Buckets are named in the path, as all of them take it.

mod lock;

use std::{
    io::Read as _,
    sync::{Arc, Mutex},
    time::Duration,
};

use accid_base::{Clock, ContentHash, Secret, locked, vfs::LockGuard};
use accid_transfer::{Claim, Lease};
use ureq::{Agent, Body, http};

use crate::{
    BackupError, ObjectKind, Storage, StoredObject,
    signature::{Request, Signer, Slashes, encode},
    storage::{folder_of, is_object, path_of},
};

/// How long a connection may take.
const GREETING: Duration = Duration::from_secs(30);
/// How long the storage may take to begin its answer.
const ANSWER: Duration = Duration::from_secs(120);
/// Longest answer that is read, in bytes: packs are far smaller.
const LONGEST: u64 = 1 << 30;
/// How often what failed for a passing reason is tried.
const TRIES: usize = 3;

/// A folder of a bucket.
#[derive(Debug, Clone)]
pub(crate) struct ObjectAddress {
    scheme: &'static str,
    access_key: String,
    /// With its port, when the address names one.
    pub(crate) host: String,
    bucket: String,
    /// Without slashes at its ends; may be empty.
    folder: String,
    region: String,
}

impl ObjectAddress {
    /// Understands an `s3://` address; nothing when it is of another kind.
    pub(crate) fn parse(url: &str) -> Result<Option<Self>, BackupError> {
        let refuse = |reason: &str| Err(BackupError::InvalidUrl { reason: reason.to_owned() });
        let Some((scheme, rest)) = url.split_once("://") else { return Ok(None) };
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "s3" | "s3+https" => "https",
            "s3+http" => "http",
            _ => return Ok(None),
        };
        if url.chars().any(|character| character.is_control() || character == ' ') {
            return refuse("It has a space or control character");
        }
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let Some((access_key, host)) = authority.rsplit_once('@') else {
            return refuse("It does not name the access key before the host");
        };
        if access_key.contains(':') {
            return refuse("It has a secret in it, which would be seen; the secret is asked for by itself");
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        if access_key.is_empty() || host.is_empty() || !host.bytes().all(plain) {
            return refuse("It names no access key or no host");
        }
        let (bucket, folder) = path.split_once('/').unwrap_or((path, ""));
        let of_bucket =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
        if !(3..=63).contains(&bucket.len()) || !bucket.bytes().all(of_bucket) {
            return refuse(
                "It names no bucket; a bucket's name has 3 to 63 small letters, digits, dots and hyphens",
            );
        }
        let folder = folder.trim_matches('/');
        if !folder.is_empty() && folder.parse::<accid_base::RelativePath>().is_err() {
            return refuse("Its folder has a part that no folder can have");
        }
        let named = query.split('&').find_map(|pair| pair.strip_prefix("region="));
        let amazon = host.strip_prefix("s3.").and_then(|rest| rest.strip_suffix(".amazonaws.com"));
        Ok(Some(Self {
            scheme,
            access_key: access_key.to_owned(),
            host: host.to_ascii_lowercase(),
            bucket: bucket.to_owned(),
            folder: folder.to_owned(),
            region: named.or(amazon).unwrap_or("us-east-1").to_owned(),
        }))
    }

    /// What to call it in messages.
    pub(crate) fn place(&self) -> String {
        let slash = if self.folder.is_empty() { "" } else { "/" };
        format!("s3://{}/{}{slash}{}", self.host, self.bucket, self.folder)
    }
}

/// A folder of a bucket, with what opens it.
pub(crate) struct ObjectStorage {
    address: ObjectAddress,
    signer: Signer,
    clock: Arc<dyn Clock>,
    agent: Agent,
    /// The lock that is held.
    held: Mutex<Option<Arc<Lease>>>,
}

/// One call.
#[derive(Default)]
struct Call<'a> {
    what: &'static str,
    method: &'static str,
    /// Behind the bucket; empty for the bucket itself.
    path: &'a str,
    /// Encoded and sorted.
    query: &'a str,
    range: Option<(u64, usize)>,
    /// A header that makes it depend on what is there.
    condition: Option<(&'static str, String)>,
    body: Option<Vec<u8>>,
}

/// What came back.
struct Answer {
    status: u16,
    /// The tag of the object's content; empty when none was told.
    tag: String,
    body: Vec<u8>,
}

impl ObjectStorage {
    pub(crate) fn new(address: ObjectAddress, secret: Secret<String>, clock: Arc<dyn Clock>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .tls_config(accid_transfer::tls())
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(GREETING))
            .timeout_recv_response(Some(ANSWER))
            .build();
        let signer =
            Signer { access_key: address.access_key.clone(), secret, region: address.region.clone() };
        let agent = Agent::new_with_config(config);
        Self { address, signer, clock, agent, held: Mutex::new(None) }
    }

    fn key(&self, path: &str) -> String {
        if self.address.folder.is_empty() {
            path.to_owned()
        } else {
            format!("{}/{path}", self.address.folder)
        }
    }

    /// Calls, again when the reason may pass. Every call may be repeated.
    fn call(&self, call: &Call<'_>) -> Result<Answer, BackupError> {
        let mut tries = 1;
        loop {
            match self.call_once(call) {
                Ok(Answer { status: 500 | 502.. | 429, .. }) | Err(BackupError::Unreachable { .. })
                    if tries < TRIES =>
                {
                    tries += 1;
                }
                Ok(answer @ Answer { status: 500 | 502.. | 429, .. }) => {
                    return Err(self.refused(call.what, &answer));
                }
                other => return other,
            }
        }
    }

    fn call_once(&self, call: &Call<'_>) -> Result<Answer, BackupError> {
        let lost = |error: ureq::Error| BackupError::Unreachable {
            place: self.address.place(),
            reason: error.to_string(),
        };
        let ObjectAddress { scheme, host, bucket, .. } = &self.address;
        let path = match call.path {
            "" => format!("/{bucket}"),
            key => format!("/{bucket}/{}", encode(key, Slashes::Stay)),
        };
        let range = call.range.map(|(from, length)| format!("bytes={from}-{}", from + length as u64 - 1));
        let headers: Vec<_> =
            call.condition.clone().into_iter().chain(range.map(|range| ("range", range))).collect();
        let body = ContentHash::of(call.body.as_deref().unwrap_or_default());
        let signed =
            Request { method: call.method, host, path: &path, query: call.query, headers: &headers, body };
        let mark = if call.query.is_empty() { "" } else { "?" };
        let mut request = http::Request::builder()
            .method(call.method)
            .uri(format!("{scheme}://{host}{path}{mark}{}", call.query));
        for (name, value) in self.signer.sign(&signed, self.clock.now()).iter().chain(&headers) {
            request = request.header(*name, value);
        }
        let answer = match &call.body {
            Some(body) => self.agent.run(request.body(&body[..]).map_err(|error| lost(error.into()))?),
            None => self.agent.run(request.body(()).map_err(|error| lost(error.into()))?),
        };
        let (parts, body): (_, Body) = answer.map_err(lost)?.into_parts();
        let mut bytes = Vec::new();
        body.into_reader().take(LONGEST).read_to_end(&mut bytes).map_err(|error| {
            BackupError::Unreachable { place: self.address.place(), reason: error.to_string() }
        })?;
        let tag = parts.headers.get("etag").and_then(|tag| tag.to_str().ok()).unwrap_or_default();
        Ok(Answer { status: parts.status.as_u16(), tag: tag.to_owned(), body: bytes })
    }

    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), BackupError> {
        let what = "to take a file";
        let path = self.key(path);
        let answer =
            self.call(&Call { what, method: "PUT", path: &path, body: Some(bytes), ..Call::default() })?;
        match answer.status {
            200..300 => Ok(()),
            _ => Err(self.refused(what, &answer)),
        }
    }

    fn delete(&self, path: &str) -> Result<(), BackupError> {
        let what = "to remove a file";
        let path = self.key(path);
        let answer = self.call(&Call { what, method: "DELETE", path: &path, ..Call::default() })?;
        match answer.status {
            200..300 | 404 => Ok(()),
            _ => Err(self.refused(what, &answer)),
        }
    }

    /// What a status that is no success means.
    fn refused(&self, what: &'static str, answer: &Answer) -> BackupError {
        let status = answer.status;
        let text = String::from_utf8_lossy(&answer.body);
        let said = between(&text, "Message").or_else(|| between(&text, "Code")).unwrap_or_default();
        let said: String = said.chars().filter(|character| !character.is_control()).take(200).collect();
        let reason = format!("it answers {status} {said}").trim().to_owned();
        let place = self.address.place();
        match status {
            401 | 403 => BackupError::SignIn { place, reason },
            _ => BackupError::Refused { place, what, reason },
        }
    }
}

/// What stands in the first element of that name; what the entities of XML stand for is put in their place.
fn between<'a>(text: &'a str, tag: &str) -> Option<std::borrow::Cow<'a, str>> {
    let rest = &text[text.find(&format!("<{tag}>"))? + tag.len() + 2..];
    let inner = &rest[..rest.find(&format!("</{tag}>"))?];
    if !inner.contains('&') {
        return Some(inner.into());
    }
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    Some(plain.iter().fold(inner.to_owned(), |text, (from, to)| text.replace(from, to)).into())
}

impl Storage for ObjectStorage {
    fn place(&self) -> String {
        self.address.place()
    }

    fn lock<'a>(&'a self, claim: &Claim) -> Result<Option<Box<dyn LockGuard + 'a>>, BackupError> {
        self.take_lock(claim)?;
        *locked(&self.held) = Some(Arc::new(Lease::new(claim.clone())));
        Ok(Some(Box::new(lock::Held { storage: self, claim: claim.clone() })))
    }

    fn list(&self, kind: ObjectKind) -> Result<Vec<StoredObject>, BackupError> {
        let what = "to list the backup";
        let prefix = match kind {
            ObjectKind::Config => self.key("config"),
            other => self.key(&format!("{}/", folder_of(other))),
        };
        let (mut found, mut next) = (Vec::new(), None::<String>);
        loop {
            let token = next.as_ref().map_or_else(String::new, |token| {
                format!("continuation-token={}&", encode(token, Slashes::Go))
            });
            let query = format!("{token}list-type=2&prefix={}", encode(&prefix, Slashes::Go));
            let call = Call { what, method: "GET", query: &query, ..Call::default() };
            let answer = self.call(&call)?;
            if answer.status != 200 {
                return Err(self.refused(what, &answer));
            }
            let text = String::from_utf8_lossy(&answer.body);
            for entry in text.split("<Contents>").skip(1) {
                let (Some(key), Some(size)) = (between(entry, "Key"), between(entry, "Size")) else {
                    continue;
                };
                let name = key.rsplit('/').next().unwrap_or_default();
                let bytes = size.parse().unwrap_or(0);
                if kind == ObjectKind::Config && *key == *prefix {
                    found.push(StoredObject { name: "0".repeat(64), bytes });
                } else if kind != ObjectKind::Config && is_object(name) {
                    found.push(StoredObject { name: name.to_owned(), bytes });
                }
            }
            let more = between(&text, "IsTruncated").is_some_and(|told| told == "true");
            match between(&text, "NextContinuationToken").filter(|_| more) {
                Some(token) => next = Some(token.into_owned()),
                None => return Ok(found),
            }
        }
    }

    fn read(
        &self,
        kind: ObjectKind,
        name: &str,
        part: Option<(u64, usize)>,
    ) -> Result<Option<Vec<u8>>, BackupError> {
        let what = "to send a file";
        if part.is_some_and(|(_, length)| length == 0) {
            return Ok(Some(Vec::new()));
        }
        let path = self.key(&path_of(kind, name));
        self.renew_lock()?;
        let call = Call { what, method: "GET", path: &path, range: part, ..Call::default() };
        let answer = self.call(&call)?;
        match (answer.status, part) {
            (404, _) => Ok(None),
            // One that does not know ranges sends all of it.
            (200, Some((from, length))) => {
                let body = answer.body;
                let from = usize::try_from(from).unwrap_or(usize::MAX).min(body.len());
                Ok(Some(body[from..from.saturating_add(length).min(body.len())].to_vec()))
            }
            (200 | 206, _) => Ok(Some(answer.body)),
            _ => Err(self.refused(what, &answer)),
        }
    }

    fn write(&self, kind: ObjectKind, name: &str, bytes: Vec<u8>) -> Result<(), BackupError> {
        self.renew_lock()?;
        self.put(&path_of(kind, name), bytes)
    }

    fn remove(&self, kind: ObjectKind, name: &str) -> Result<(), BackupError> {
        self.renew_lock()?;
        self.delete(&path_of(kind, name))
    }

    fn create(&self) -> Result<(), BackupError> {
        // Folders are only names; that the bucket is there shows when its files are listed.
        self.list(ObjectKind::Key).map(drop)
    }
}
