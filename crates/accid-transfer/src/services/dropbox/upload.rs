//! Putting a file into Dropbox: in one call, or in parts that go on where a cut left them. Must not know what is in it.

use accid_base::Progress;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Dropbox, LONGEST, SERVICE, again, checked, content_hash, entry_of};
use crate::services::{CloudEntry, ServiceError};

/// A first part, in bytes: it shows how fast the line is.
const FIRST: usize = 1 << 20;
/// A part is no smaller than this, in bytes, however slow the line.
const LEAST: usize = 128 << 10;
/// Parts grow while they take less than this, and shrink when they take twice as long: so often one can stop.
const PACE: SignedDuration = SignedDuration::from_secs(2);
/// How often a part is sent again after the connection was cut.
const ATTEMPTS: usize = 4;

/// Puts a file there.
pub(super) fn upload(
    dropbox: &Dropbox,
    path: &str,
    content: &[u8],
    progress: &dyn Progress,
) -> Result<CloudEntry, ServiceError> {
    progress.step(0, content.len(), "Sending to Dropbox");
    if progress.cancelled() {
        return Err(ServiceError::Cancelled);
    }
    let commit = json!({ "path": path, "mode": "add", "autorename": true, "mute": false });
    let value = if content.len() <= dropbox.app.part.min(FIRST) {
        // Sending the same once more is no conflict there, and makes no second file.
        again(|| send(dropbox, "upload", &commit, content, path))?
    } else {
        in_parts(dropbox, &commit, content, progress)?
    };
    progress.step(content.len(), content.len(), "Sent to Dropbox");
    if value["content_hash"].as_str().is_some_and(|hash| hash != content_hash(content)) {
        let reason = "what arrived is not what was sent".to_owned();
        return Err(ServiceError::Refused { service: SERVICE, reason });
    }
    entry_of(&value).ok_or_else(|| ServiceError::Refused {
        service: SERVICE,
        reason: "it does not say where the file is".to_owned(),
    })
}

fn send(
    dropbox: &Dropbox,
    call: &str,
    argument: &Value,
    body: &[u8],
    path: &str,
) -> Result<Value, ServiceError> {
    let url = format!("{}/2/files/{call}", dropbox.app.addresses.content);
    let reply = dropbox.call(&url, &Dropbox::file_headers(argument), body, LONGEST)?;
    if reply.status == 409
        && let Some(offset) = correct_offset(&reply.json())
    {
        return Ok(json!({ "correct_offset": offset }));
    }
    checked(&reply, path)?;
    Ok(reply.json())
}

/// How many bytes are there, when a part did not follow them. The end of a session says it one level deeper.
fn correct_offset(value: &Value) -> Option<u64> {
    let places = ["/error/correct_offset", "/error/lookup_failed/correct_offset"];
    places.iter().find_map(|place| value.pointer(place)?.as_u64())
}

fn in_parts(
    dropbox: &Dropbox,
    commit: &Value,
    content: &[u8],
    progress: &dyn Progress,
) -> Result<Value, ServiceError> {
    let path = commit["path"].as_str().unwrap_or_default();
    let begun = again(|| send(dropbox, "upload_session/start", &json!({ "close": false }), &[], path))?;
    let session = begun["session_id"].as_str().unwrap_or_default().to_owned();
    let (mut offset, mut cuts, mut size) = (0, 0, dropbox.app.part.min(FIRST));
    loop {
        if progress.cancelled() {
            return Err(ServiceError::Cancelled);
        }
        let end = (offset + size).min(content.len());
        let begun = dropbox.clock.now();
        let cursor = json!({ "session_id": session, "offset": offset });
        let outcome = if end == content.len() {
            let argument = json!({ "cursor": cursor, "commit": commit });
            send(dropbox, "upload_session/finish", &argument, &content[offset..end], path)
        } else {
            let argument = json!({ "cursor": cursor, "close": false });
            send(dropbox, "upload_session/append_v2", &argument, &content[offset..end], path)
        };
        match outcome {
            Err(ServiceError::Cut { .. }) if cuts < ATTEMPTS => cuts += 1,
            Err(error) => return Err(error),
            Ok(value) => match value["correct_offset"].as_u64() {
                // The part before the cut had arrived after all, or a piece of it.
                Some(there) if cuts < ATTEMPTS => {
                    cuts += 1;
                    offset = usize::try_from(there).unwrap_or(content.len()).min(content.len());
                }
                Some(_) => return Err(ServiceError::Cut { service: SERVICE }),
                None if end == content.len() => return Ok(value),
                None => {
                    (offset, cuts) = (end, 0);
                    let took = dropbox.clock.now().duration_since(begun);
                    if took < PACE {
                        size = (size * 2).min(dropbox.app.part);
                    } else if took > PACE * 2 {
                        size = (size / 2).max(LEAST.min(dropbox.app.part));
                    }
                }
            },
        }
        progress.step(offset, content.len(), "Sending to Dropbox");
    }
}
