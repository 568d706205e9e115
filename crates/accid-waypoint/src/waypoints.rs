//! Labelled points on a photo: checked, and stored with the photo.

use std::sync::Arc;

use accid_base::{ContentHash, FieldError};
use accid_model::{Fields, Marker, Photo, to_value};
use accid_store::{Project, Transaction, Write};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{StoredPhoto, Waypoint, WaypointError, annotations, edit::present};

/// Most points on a photo.
const MOST: usize = 500;
/// Most bytes of a point's text.
const LONGEST_TEXT: usize = 100_000;

/// A labelled point on a photo, as it is sent.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MarkerChange {
    /// Its identity; it gets one when empty.
    pub id: String,
    /// Distance from the left edge of the upright picture, in percent of its width.
    pub x: f64,
    /// Distance from the top edge of the upright picture, in percent of its height.
    pub y: f64,
    /// What stands there.
    pub label: String,
    /// More about it: a rich text as the text module has it, or plain text.
    pub text: Value,
    /// Where to read more: `page:…`, or an address that begins with https://, http:// or mailto:.
    pub link: String,
    /// A sign in place of the number, by its name.
    pub icon: String,
    /// The number it shows; its place in the list when missing.
    pub number: Option<u32>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// The points of a photo, all of them.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct WaypointsChange {
    /// The photo, by id or file name.
    pub photo: String,
    /// The same by its file name.
    pub filename: String,
    /// The points in the order of their numbers.
    #[serde(deserialize_with = "present")]
    pub waypoints: Option<Vec<MarkerChange>>,
    /// The same as W3C Web Annotations, such as another program wrote them: a list, or a page or collection of them.
    pub annotations: Value,
}

impl Waypoint {
    /// Puts points on a photo in place of those it has.
    ///
    /// # Errors
    /// When there is no such photo, it is not as `seen`, a point cannot be, or the store refuses.
    pub fn save_waypoints(
        &self,
        project: &Project,
        author: &str,
        change: &WaypointsChange,
        seen: Option<ContentHash>,
    ) -> Result<Arc<StoredPhoto>, WaypointError> {
        let named = if change.photo.is_empty() { &change.filename } else { &change.photo };
        let stored = self.photo(project, named)?;
        if seen.is_some_and(|seen| seen != stored.hash) {
            let current = to_value(&stored.photo);
            return Err(WaypointError::Stale { name: stored.photo.filename.clone(), current });
        }
        let read;
        let sent = match &change.waypoints {
            Some(sent) => sent,
            None => {
                read = annotations::read(&change.annotations)?;
                &read
            }
        };
        check(sent)?;
        let known: Vec<&str> = sent.iter().map(|marker| marker.id.as_str()).collect();
        let one = |(index, marker): (usize, &MarkerChange)| {
            let twice = known[..index].contains(&marker.id.as_str());
            let id =
                if marker.id.is_empty() || twice { self.new_id().to_string() } else { marker.id.clone() };
            Marker {
                id,
                x: rounded(marker.x),
                y: rounded(marker.y),
                label: marker.label.trim().to_owned(),
                text: rich(&marker.text),
                link: marker.link.trim().to_owned(),
                icon: marker.icon.clone(),
                number: marker.number,
                extra: marker.extra.clone(),
            }
        };
        let waypoints = sent.iter().enumerate().map(one).collect();
        let photo = Photo { waypoints, ..stored.photo.clone() };
        let note = format!("Waypoints on \"{}\" changed", photo.filename);
        let writes = vec![Write::put(stored.file.clone(), to_value(&photo)).if_still(stored.hash)];
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        self.photo(project, photo.id.as_str())
    }
}

/// Percent to the fourth decimal: less than a hundredth of a pixel of the largest pictures.
fn rounded(percent: f64) -> f64 {
    (percent * 1e4).round() / 1e4
}

/// A text as it is kept: what is plain becomes paragraphs.
fn rich(text: &Value) -> Value {
    let Value::String(plain) = text else { return text.clone() };
    let lines = plain.lines().map(str::trim).filter(|line| !line.is_empty());
    let paragraphs: Vec<Value> =
        lines.map(|line| json!({"type": "paragraph", "content": [{"type": "text", "text": line}]})).collect();
    if paragraphs.is_empty() { Value::Null } else { json!({"type": "doc", "content": paragraphs}) }
}

fn check(markers: &[MarkerChange]) -> Result<(), WaypointError> {
    let mut errors = Vec::new();
    let mut wrong =
        |pointer: String, message: &str| errors.push(FieldError { pointer, message: message.to_owned() });
    if markers.len() > MOST {
        wrong("/waypoints".to_owned(), "a photo has at most 500 of them");
    }
    for (index, marker) in markers.iter().enumerate() {
        let at = |field: &str| format!("/waypoints/{index}/{field}");
        for (field, value) in [("x", marker.x), ("y", marker.y)] {
            if !(0.0..=100.0).contains(&value) {
                wrong(at(field), "it is percent from 0 to 100");
            }
        }
        if marker.label.chars().count() > 300 {
            wrong(at("label"), "it is longer than 300 characters");
        }
        if !(marker.text.is_null() || marker.text.is_string() || marker.text["type"] == "doc")
            || marker.text.to_string().len() > LONGEST_TEXT
        {
            wrong(at("text"), "it is a rich text ({\"type\": \"doc\", …}) of at most 100 kB, or plain text");
        }
        let link = marker.link.trim().to_ascii_lowercase();
        let allowed = ["https://", "http://", "mailto:", "page:", "#"];
        if !link.is_empty() && !allowed.iter().any(|start| link.starts_with(start)) {
            wrong(at("link"), "it begins with https://, http://, mailto: or page:");
        }
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(WaypointError::Invalid { what: "The waypoints were not saved.".to_owned(), errors })
}
