//! Identity of every stored object. Must not know what kind of object it names.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, de};

use crate::{Clock, Random};

/// Identity of an object: 1 to 64 characters of `A-Z a-z 0-9 _ -`. New ids are UUIDs of version 7 (RFC 9562), so
/// they sort by time; ids written by hand are kept as they are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Box<str>);

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an id: an id has 1 to 64 letters, digits, \"-\" or \"_\"")]
pub struct InvalidId(pub String);

impl Id {
    /// Makes a new id from the time and 74 random bits.
    pub fn generate(clock: &dyn Clock, random: &dyn Random) -> Self {
        let milliseconds = u64::try_from(clock.now().as_millisecond()).unwrap_or(0);
        let mut bytes = [0; 10];
        random.fill(&mut bytes);
        Self(uuid::Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid().to_string().into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Id {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let good = (1..=64).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if good { Ok(Self(text.into())) } else { Err(InvalidId(text.chars().take(80).collect())) }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[A-Za-z0-9_-]{1,64}$",
            "description": "Identity of an object; new ones are UUIDs of version 7."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FixedClock, SequenceRandom};

    #[test]
    fn new_ids_are_version_7_uuids_that_sort_by_time() {
        let clock = FixedClock::at("2026-01-01T00:00:00Z");
        let random = SequenceRandom::default();
        let first = Id::generate(&clock, &random);
        clock.advance_milliseconds(1);
        let second = Id::generate(&clock, &random);
        assert!(first < second);
        assert_eq!(first.as_str().as_bytes()[14], b'7');
    }

    #[test]
    fn a_path_is_not_an_id() {
        for text in ["", "../x", "a b", "a/b", "ä", &"x".repeat(65)] {
            assert!(text.parse::<Id>().is_err(), "{text}");
        }
    }
}
