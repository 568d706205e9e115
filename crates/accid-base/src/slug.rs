//! Names that are safe in a web address and in a file name on every system.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, de};

use crate::path::is_device_name;

/// Longest slug, in characters.
const LONGEST: usize = 80;

/// A name for addresses and files: 1 to 80 characters of `a-z 0-9 -`, no `-` at either end, not a device name of
/// Windows such as `con`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Box<str>);

/// Why a text is not a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a slug: use 1 to 80 lower-case letters a-z, digits and single \"-\" between them")]
pub struct InvalidSlug(pub String);

impl Slug {
    /// Makes the nearest slug of any text ("Über uns" becomes `ueber-uns`); `fallback` when nothing is left of it.
    pub fn from_text(text: &str, fallback: &str) -> Self {
        let spelled = text.replace(['ä', 'Ä'], "ae").replace(['ö', 'Ö'], "oe").replace(['ü', 'Ü'], "ue");
        let mut name = slug::slugify(spelled);
        name.truncate(LONGEST);
        let name = name.trim_matches('-');
        let name = if name.is_empty() { fallback } else { name };
        let name = if is_device_name(name) { format!("{name}-page") } else { name.to_owned() };
        Self(name.into())
    }

    /// The same slug with a number behind it, for when the name is taken.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        let tail = format!("-{number}");
        let mut name = self.0.to_string();
        name.truncate(LONGEST - tail.len());
        Self(format!("{}{tail}", name.trim_end_matches('-')).into())
    }

    /// The first of `self`, `self-2`, `self-3`, … that is not taken.
    #[must_use]
    pub fn first_free(&self, taken: impl Fn(&Slug) -> bool) -> Self {
        if !taken(self) {
            return self.clone();
        }
        (2..).map(|number| self.numbered(number)).find(|slug| !taken(slug)).unwrap_or_else(|| self.clone())
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, InvalidSlug> {
        let good = (1..=LONGEST).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !is_device_name(text);
        if good { Ok(Self(text.into())) } else { Err(InvalidSlug(text.chars().take(80).collect())) }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for Slug {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Slug {
    fn schema_name() -> Cow<'static, str> {
        "Slug".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$",
            "description": "A name for addresses and files: lower-case letters, digits and \"-\"."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_title_becomes_a_slug() {
        let of = |text: &str| Slug::from_text(text, "page").to_string();
        assert_eq!(of("Über uns & Grüße"), "ueber-uns-gruesse");
        assert_eq!(of("  "), "page");
        assert_eq!(of("CON"), "con-page");
        assert_eq!(of("日本"), "ri-ben");
        assert!(of(&"x".repeat(300)).parse::<Slug>().is_ok());
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let slug = Slug::from_text("trip", "page");
        assert_eq!(slug.first_free(|name| matches!(name.as_str(), "trip" | "trip-2")).as_str(), "trip-3");
    }
}
