//! Translations: what a site, a page and a module say in another language than their own. Must not know which
//! properties of a module are text.

use std::collections::BTreeMap;

use accid_base::ContentHash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a site is called in another language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SiteTranslation {
    /// Name of the site.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What the site is about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// What a page is called in another language; what is empty is not translated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PageTranslation {
    /// Title of the page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Name in addresses; the page's own slug when empty. The entry page is always `index`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub slug: String,
    /// Its name in the navigation, when it differs from the title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub navigation_label: String,
    /// Title in search results, when it differs from the page's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub seo_title: String,
    /// What the page is about, in one or two sentences.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub seo_description: String,
    /// What the page's map shows, for people who do not see it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub map_label: String,
    /// The names of the routes on its map, by the ids of the routes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub routes: BTreeMap<String, String>,
}

/// What is said of a photo in another language; what is empty is not translated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PhotoTranslation {
    /// What the picture shows, for people who do not see it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// A line under the picture.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub caption: String,
}

/// One text of a module in another language.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Translation {
    /// The text, of the same form as the source text.
    pub value: Value,
    /// Fingerprint of the source text it was made from; when the source text has another one now, the translation is
    /// outdated. Left empty, ACCID fills it in when the page is saved.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub of: String,
}

impl Translation {
    /// Fingerprint of a source text: the first 16 hexadecimal digits of the SHA-256 of its JSON, keys sorted.
    pub fn fingerprint(source: &Value) -> String {
        let mut json = String::new();
        write_sorted(source, &mut json);
        ContentHash::of(json.as_bytes()).short()
    }

    /// Whether the source text is still the one it was made from.
    pub fn is_of(&self, source: &Value) -> bool {
        self.of.is_empty() || self.of == Self::fingerprint(source)
    }
}

/// JSON without spaces, the keys of objects in the order of their characters.
fn write_sorted(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort_unstable();
            out.push('{');
            for (index, name) in names.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&Value::String(name.clone()).to_string());
                out.push(':');
                write_sorted(&fields[name], out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_sorted(item, out);
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_fingerprint_does_not_depend_on_the_order_of_keys_and_differs_with_the_text() {
        let one = Translation::fingerprint(&json!({"type": "doc", "content": [{"a": 1, "b": "x"}]}));
        let two = Translation::fingerprint(&json!({"content": [{"b": "x", "a": 1}], "type": "doc"}));
        assert_eq!(one, two);
        assert_eq!(one.len(), 16);
        assert_ne!(one, Translation::fingerprint(&json!({"content": [{"b": "y", "a": 1}], "type": "doc"})));
        assert_ne!(Translation::fingerprint(&json!("a")), Translation::fingerprint(&json!(["a"])));
    }

    #[test]
    fn a_translation_is_outdated_when_its_source_changed() {
        let fresh = Translation { value: json!("Der Weg"), of: Translation::fingerprint(&json!("The way")) };
        assert!(fresh.is_of(&json!("The way")));
        assert!(!fresh.is_of(&json!("The long way")));
        assert!(Translation { value: json!("Der Weg"), of: String::new() }.is_of(&json!("Anything")));
    }
}
