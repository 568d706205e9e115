//! What all stored documents have in common: a version, migrations, and how one is opened.

use accid_base::{ErrorCode, Explain, FieldError, Finding, Problem, Severity};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::Fields;

/// One step from a document's version to the next.
pub struct Migration {
    /// The version it leads to; it is applied to documents of the version before.
    pub to: u32,
    /// What it changes, for a person who reads the plan first.
    pub description: &'static str,
    /// Changes the document; pure, and able to take any document of the version before.
    pub apply: fn(&mut Fields),
}

/// A document that is stored as one JSON file.
pub trait Document: Serialize + DeserializeOwned + JsonSchema {
    /// Its name in messages, schemas and the API, such as `page`.
    const NAME: &'static str;
    /// The version this ACCID writes, in the field `schema_version`.
    const VERSION: u32;
    /// Steps from version 1 to [`Self::VERSION`], in order.
    const MIGRATIONS: &'static [Migration];

    /// What a person should know about it.
    fn check(&self) -> Vec<Finding> {
        Vec::new()
    }
}

/// A document read from JSON.
#[derive(Debug)]
pub struct Opened<D> {
    /// The document, in the current version.
    pub document: D,
    /// The version the file had, when it was an older one.
    pub migrated_from: Option<u32>,
    /// What a person should know about it; a document of a newer ACCID has one too.
    pub findings: Vec<Finding>,
}

/// Why a JSON value is not the document it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Not an object at all.
    #[error("a {0} is a JSON object")]
    NotAnObject(&'static str),
    /// A value has the wrong type or is missing.
    #[error("the {name} cannot be read: {reason}")]
    Unreadable {
        /// What document it should be.
        name: &'static str,
        /// What serde says.
        reason: String,
    },
}

impl Explain for ModelError {
    fn problem(&self) -> Problem {
        let error = FieldError { pointer: String::new(), message: self.to_string() };
        Problem::new(ErrorCode::InvalidValue, format!("{self}.").replacen("the ", "The ", 1))
            .fix("Mend the named value.")
            .with_errors(vec![error])
    }
}

/// A document, or a part of one, as the fields the store takes. Documents are made of strings, numbers, lists and maps
/// with text keys, so this cannot fail; what could not be written would be null.
pub fn to_value(document: &impl Serialize) -> Value {
    serde_json::to_value(document).unwrap_or(Value::Null)
}

/// The field `schema_version` of a document; 1 when it is missing.
pub fn check_schema_version(fields: &Fields) -> u32 {
    let version = fields.get("schema_version").and_then(Value::as_u64);
    version.and_then(|version| u32::try_from(version).ok()).unwrap_or(1)
}

/// Brings a document to the current version in place and returns the steps that were taken.
pub fn migrate(
    fields: &mut Fields,
    current: u32,
    migrations: &'static [Migration],
) -> Vec<&'static Migration> {
    let found = check_schema_version(fields);
    let steps: Vec<_> = migrations.iter().filter(|step| step.to > found && step.to <= current).collect();
    for step in &steps {
        (step.apply)(fields);
        fields.insert("schema_version".to_owned(), step.to.into());
    }
    steps
}

/// Reads a document of any known or newer version.
///
/// # Errors
/// When it is not an object or a field has the wrong type. Fields this ACCID does not know are kept.
pub fn open<D: Document>(value: &Value) -> Result<Opened<D>, ModelError> {
    let Value::Object(fields) = value else {
        return Err(ModelError::NotAnObject(D::NAME));
    };
    let found = check_schema_version(fields);
    let unreadable =
        |error: serde_json::Error| ModelError::Unreadable { name: D::NAME, reason: error.to_string() };
    let (document, migrated_from) = if found < D::VERSION {
        let mut fields = fields.clone();
        migrate(&mut fields, D::VERSION, D::MIGRATIONS);
        (serde_json::from_value(Value::Object(fields)).map_err(unreadable)?, Some(found))
    } else {
        (D::deserialize(value).map_err(unreadable)?, None)
    };
    let mut findings = D::check(&document);
    if found > D::VERSION {
        findings.push(Finding::new(
            Severity::Warning,
            "document.newer",
            format!(
                "This {} was written by a newer ACCID (format {found}, this one writes {}). It is shown as far as \
                 it is understood, and what is not understood is kept. Update ACCID to edit it safely.",
                D::NAME,
                D::VERSION
            ),
        ));
    }
    Ok(Opened { document, migrated_from, findings })
}
