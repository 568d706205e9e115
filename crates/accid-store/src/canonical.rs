//! How JSON is written: pretty printed, in the key order of the document that stands, new keys behind it; so that one
//! changed field is one changed line. Pure.

use accid_base::ContentHash;
use serde_json::{Map, Value};

/// Byte order mark that some editors put in front.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a JSON file; a byte order mark in front is passed over.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(bytes.strip_prefix(MARK).unwrap_or(bytes))
}

/// Whether [`parse`] can read the bytes.
pub(crate) fn is_json(bytes: &[u8]) -> bool {
    parse(bytes).is_ok()
}

/// Whether a value can be read again once it is written: readers give up at 128 levels.
pub(crate) fn is_readable(value: &Value) -> bool {
    fn fits(value: &Value, levels: u8) -> bool {
        let Some(levels) = levels.checked_sub(1) else { return !value.is_object() && !value.is_array() };
        match value {
            Value::Array(values) => values.iter().all(|value| fits(value, levels)),
            Value::Object(fields) => fields.values().all(|value| fits(value, levels)),
            _ => true,
        }
    }
    fits(value, 127)
}

/// The text of a document: two spaces of indent, a line feed at the end.
pub(crate) fn write(value: &Value) -> Vec<u8> {
    // Writing a Value into memory cannot fail: its keys are strings and a Vec takes all.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The new value with its keys in the order of the existing one, and new keys behind.
pub(crate) fn arrange(existing: &Value, new: Value) -> Value {
    match (existing, new) {
        (Value::Object(existing), Value::Object(new)) => Value::Object(arrange_object(existing, new)),
        (Value::Array(existing), Value::Array(new)) => Value::Array(arrange_array(existing, new)),
        (_, new) => new,
    }
}

fn arrange_object(existing: &Map<String, Value>, mut new: Map<String, Value>) -> Map<String, Value> {
    let mut arranged = Map::with_capacity(new.len());
    for (key, old) in existing {
        if let Some(value) = new.get_mut(key) {
            arranged.insert(key.clone(), arrange(old, value.take()));
        }
    }
    for (key, value) in new {
        if !existing.contains_key(&key) {
            arranged.insert(key, value);
        }
    }
    arranged
}

fn identity(value: &Value) -> Option<&str> {
    value.get("id").and_then(Value::as_str)
}

/// Elements that have an id are matched by it, the others by their place.
fn arrange_array(existing: &[Value], new: Vec<Value>) -> Vec<Value> {
    let place = |(index, value): (usize, Value)| {
        let old = match identity(&value) {
            Some(id) => existing.iter().find(|old| identity(old) == Some(id)),
            None => existing.get(index).filter(|old| identity(old).is_none()),
        };
        match old {
            Some(old) => arrange(old, value),
            None => value,
        }
    };
    new.into_iter().enumerate().map(place).collect()
}

/// A blotter without its credentials, as the ledger keeps it; `None` when there is nothing to leave out.
pub(crate) fn without_field(bytes: &[u8], field: &str) -> Option<Vec<u8>> {
    let Ok(Value::Object(mut fields)) = parse(bytes) else { return None };
    fields.shift_remove(field)?;
    Some(write(&Value::Object(fields)))
}

/// Hash of a file's bytes.
pub(crate) fn hash(bytes: &[u8]) -> ContentHash {
    ContentHash::of(bytes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_changed_field_is_one_changed_line_whatever_order_the_writer_used() {
        let old = parse(
            br#"{"id":"p","title":"A","modules":[{"id":"m","kind":"text","props":{"x":1,"y":2}}],"z":0}"#,
        )
        .unwrap();
        let new = json!({"z": 0, "extra": true, "modules": [{"props": {"y": 3, "x": 1}, "kind": "text", "id": "m"}],
            "title": "A", "id": "p"});
        let before = String::from_utf8(write(&old)).unwrap();
        let after = String::from_utf8(write(&arrange(&old, new))).unwrap();
        let changed: Vec<_> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
        assert_eq!(changed, ["        \"y\": 3", "  \"z\": 0,", "  \"extra\": true"]);
    }

    #[test]
    fn what_counts_as_readable_is_what_can_be_read() {
        for levels in [1, 126, 127, 128, 200] {
            let value = (1..levels).fold(json!([]), |value, _| json!([value]));
            assert_eq!(is_readable(&value), parse(&write(&value)).is_ok(), "{levels} levels");
        }
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert_eq!(parse(b"\xef\xbb\xbf{}").unwrap(), json!({}));
        assert!(is_json(b"\xef\xbb\xbf{}") && !is_json(b"{\0}") && !is_json(b""));
    }

    #[test]
    fn credentials_are_left_out() {
        assert_eq!(
            without_field(br#"{"a":1,"credentials":{"x":"secret"}}"#, "credentials").unwrap(),
            b"{\n  \"a\": 1\n}\n"
        );
        assert_eq!(without_field(br#"{"a":1}"#, "credentials"), None);
    }
}
