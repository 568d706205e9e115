//! Points on a photo as W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>), written and read. A point is a
//! fragment of no width: `xywh=percent:25,40,0,0` (Media Fragments URI 1.0 §4.2.2).

use accid_model::{Marker, Photo};
use accid_store::Project;
use serde_json::{Value, json};

use crate::{MarkerChange, Waypoint, WaypointError};

/// What a fragment selector follows.
const FRAGMENTS: &str = "http://www.w3.org/TR/media-frags/";

impl Waypoint {
    /// The points on a photo as an annotation page; `source` is where the picture itself is found.
    ///
    /// # Errors
    /// When there is no such photo.
    pub fn annotations(&self, project: &Project, id: &str, source: &str) -> Result<Value, WaypointError> {
        let stored = self.photo(project, id)?;
        Ok(write(&stored.photo, source))
    }
}

fn write(photo: &Photo, source: &str) -> Value {
    let items: Vec<Value> = photo.waypoints.iter().map(|marker| annotation(marker, source)).collect();
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:accid:photo:{}", photo.id),
        "type": "AnnotationPage",
        "items": items,
    })
}

fn annotation(marker: &Marker, source: &str) -> Value {
    let mut body = vec![
        json!({"type": "TextualBody", "purpose": "identifying", "format": "text/plain", "value": marker.label}),
    ];
    let text = plain(&marker.text);
    if !text.is_empty() {
        body.push(
            json!({"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": text}),
        );
    }
    if !marker.link.is_empty() {
        body.push(json!({"type": "SpecificResource", "purpose": "linking", "source": marker.link}));
    }
    json!({
        "id": format!("urn:accid:waypoint:{}", marker.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": body,
        "target": {
            "source": source,
            "selector": {
                "type": "FragmentSelector",
                "conformsTo": FRAGMENTS,
                "value": format!("xywh=percent:{},{},0,0", marker.x, marker.y),
            },
        },
    })
}

/// The words of a rich text, a line for each paragraph.
fn plain(text: &Value) -> String {
    fn gather(node: &Value, out: &mut String, depth: usize) {
        if let Some(text) = node["text"].as_str() {
            out.push_str(text);
        }
        let inside = node["content"].as_array().filter(|_| depth < 48);
        inside.into_iter().flatten().for_each(|child| gather(child, out, depth + 1));
        if node["type"] == "paragraph" || node["type"] == "heading" {
            out.push('\n');
        }
    }
    let mut out = String::new();
    match text {
        Value::String(plain) => out.push_str(plain),
        text => gather(text, &mut out, 0),
    }
    out.trim().to_owned()
}

/// Points from annotations: one, a list, or a page or collection of them. A box counts by its middle.
pub(crate) fn read(sent: &Value) -> Result<Vec<MarkerChange>, WaypointError> {
    const REFUSED: &str = "The waypoints were not saved.";
    let items: Vec<&Value> = match sent {
        Value::Array(items) => items.iter().collect(),
        Value::Object(page) => {
            match page.get("items").or_else(|| page.get("first").and_then(|first| first.get("items"))) {
                Some(Value::Array(items)) => items.iter().collect(),
                _ => vec![sent],
            }
        }
        _ => return Err(WaypointError::invalid(REFUSED, "/waypoints", "the list of waypoints is missing")),
    };
    let mut markers = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let message = "its target has no fragment such as xywh=percent:25,40,0,0";
        let wrong = || WaypointError::invalid(REFUSED, &format!("/annotations/{index}/target"), message);
        let (x, y) = point(&item["target"]).ok_or_else(wrong)?;
        let mut marker = MarkerChange { x, y, ..MarkerChange::default() };
        if let Some(id) = item["id"].as_str().and_then(|id| id.strip_prefix("urn:accid:waypoint:")) {
            id.clone_into(&mut marker.id);
        }
        let bodies: Vec<&Value> = match &item["body"] {
            Value::Array(bodies) => bodies.iter().collect(),
            Value::Null => Vec::new(),
            body => vec![body],
        };
        for body in bodies {
            let value = body.as_str().or_else(|| body["value"].as_str()).unwrap_or_default();
            match body["purpose"].as_str().unwrap_or_default() {
                "linking" => body["source"].as_str().unwrap_or(value).clone_into(&mut marker.link),
                "describing" | "commenting" if !marker.label.is_empty() => marker.text = value.into(),
                _ if marker.label.is_empty() => value.clone_into(&mut marker.label),
                _ => marker.text = value.into(),
            }
        }
        markers.push(marker);
    }
    Ok(markers)
}

fn point(target: &Value) -> Option<(f64, f64)> {
    let selector = match &target["selector"] {
        Value::Array(several) => several.iter().find(|one| one["type"] == "FragmentSelector")?,
        one => one,
    };
    let fragment =
        selector["value"].as_str().or_else(|| target.as_str()?.split_once('#').map(|(_, end)| end))?;
    let numbers: Vec<f64> =
        fragment.strip_prefix("xywh=percent:")?.split(',').filter_map(|part| part.parse().ok()).collect();
    let [x, y, width, height] = numbers.as_slice() else { return None };
    Some((x + width / 2.0, y + height / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_come_back_from_their_annotations() {
        let marker = Marker {
            id: "m1".to_owned(),
            x: 25.5,
            y: 40.25,
            label: "Mast".to_owned(),
            text: json!({"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Tall"}]}]}),
            link: "https://example.org/".to_owned(),
            ..Marker::default()
        };
        let read = read(&json!({"type": "AnnotationPage", "items": [annotation(&marker, "a.jpg")]})).unwrap();
        let back = &read[0];
        assert_eq!((back.id.as_str(), back.x, back.y, back.label.as_str()), ("m1", 25.5, 40.25, "Mast"));
        assert_eq!((back.text.as_str(), back.link.as_str()), (Some("Tall"), "https://example.org/"));
    }

    #[test]
    fn annotations_of_others_are_read_by_the_middle_of_their_box_and_pixels_are_refused() {
        let other = json!([{"type": "Annotation", "body": "Cabin", "target": "https://x.example/a.jpg#xywh=percent:10,20,20,10"}]);
        let marker = &read(&other).unwrap()[0];
        assert_eq!((marker.x, marker.y, marker.label.as_str()), (20.0, 25.0, "Cabin"));
        assert!(read(&json!([{"target": "a.jpg#xywh=pixel:1,2,3,4"}])).is_err());
        assert!(read(&Value::Null).is_err());
    }
}
