//! Shapes of answers that exist only on the wire, and descriptions of those that the studio gives as plain JSON.
//! Must not be used for decisions.

#![expect(dead_code, reason = "most of these types only carry a schema and its documentation")]

use std::collections::BTreeMap;

use accid_base::{ContentHash, Finding, Id};
use accid_model::ThemeMode;
use accid_studio::MigrationStep;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

/// What every success has besides its `data`.
#[derive(JsonSchema)]
pub struct Envelope {
    /// Always true.
    success: bool,
    /// What was done, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// The thing itself and what can be done next, as paths.
    links: BTreeMap<String, String>,
    /// Version of this envelope: `2.0`.
    version: String,
    /// Version of the interface: `v1`.
    api_version: String,
}

/// This process answers.
#[derive(JsonSchema)]
pub struct Alive {
    /// `ok`.
    status: String,
}

/// What this process uses of the machine.
#[derive(JsonSchema)]
pub struct Performance {
    /// Share of one processor core, in percent.
    cpu: f64,
    /// Resident memory, in bytes.
    memory: u64,
    /// Seconds since the start.
    uptime: f64,
    /// More figures.
    #[serde(flatten)]
    more: Map<String, Value>,
}

/// What an update rewrote.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Migrated {
    /// The documents that were rewritten.
    pub steps: Vec<MigrationStep>,
}

/// Something that is no longer there.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Removed {
    /// Its name.
    pub name: String,
}

/// A kind of module.
#[derive(JsonSchema)]
pub struct ModuleTypeView {
    /// Name in files, such as `hero`.
    #[serde(rename = "type")]
    kind: String,
    /// Name for people.
    title: String,
    /// What it is for.
    description: String,
    /// Name of a lucide icon.
    icon: String,
    /// Version of its properties.
    version: u32,
    /// Whether other modules can be inside.
    nests: bool,
    /// JSON Schema (2020-12) of its properties.
    schema: Map<String, Value>,
    /// Properties that show what it is for.
    example: Map<String, Value>,
}

/// A built-in theme.
#[derive(JsonSchema)]
pub struct ThemeView {
    /// Name in files.
    name: String,
    /// Name for people.
    title: String,
    /// Whom it suits.
    audience: String,
    /// What it looks like.
    description: String,
    /// The side it is shown from until the owner of a site decides.
    mode: ThemeMode,
    /// Its design tokens and their values.
    tokens: Value,
}

/// What an export made.
#[derive(JsonSchema)]
pub struct ExportAnswer {
    /// The folder.
    path: String,
    /// Number of files.
    files: u64,
    /// Size of all files, in bytes.
    bytes: u64,
    /// What a person should know about the site.
    findings: Vec<Finding>,
}

/// What publishing did, or with `dry_run` would do.
#[derive(JsonSchema)]
pub struct PublishAnswer {
    /// Identity of the release; not with `dry_run`.
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<Id>,
    /// Number of files that were sent; not with `dry_run`.
    #[serde(skip_serializing_if = "Option::is_none")]
    uploaded: Option<u64>,
    /// Number of files that were removed; with `dry_run` their names.
    removed: Value,
    /// Bytes sent, or to be sent.
    bytes: u64,
    /// Where visitors see it; not with `dry_run`.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Files that are not there yet; only with `dry_run`.
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<Vec<String>>,
    /// Files whose content differs; only with `dry_run`.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<Vec<String>>,
    /// Number of files that stay as they are; only with `dry_run`.
    #[serde(skip_serializing_if = "Option::is_none")]
    unchanged: Option<u64>,
}

/// Files of a form.
#[derive(JsonSchema)]
pub struct Upload {
    /// Pictures; the field may occur many times.
    #[schemars(with = "Vec<Binary>")]
    files: Vec<u8>,
}

/// Bytes of a file.
#[derive(JsonSchema)]
#[schemars(extend("format" = "binary"))]
pub struct Binary(String);

/// One step of a JSON Patch (RFC 6902).
#[derive(JsonSchema)]
pub struct JsonPatchStep {
    /// `add`, `remove`, `replace`, `move`, `copy` or `test`.
    op: String,
    /// Where, as a JSON pointer.
    path: String,
    /// Where from, for `move` and `copy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// What, for `add`, `replace` and `test`.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
}

/// A JSON Patch (RFC 6902).
#[derive(JsonSchema)]
pub struct JsonPatch(Vec<JsonPatchStep>);

/// What an event of `GET /api/v1/events` carries about an object.
#[derive(JsonSchema)]
pub struct ItemEvent {
    /// The project.
    project: Id,
    /// Its collection, such as `pages`.
    collection: String,
    /// Its identity.
    id: String,
    /// Its file in the project.
    path: String,
    /// Its content hash; null when it is gone.
    etag: Option<ContentHash>,
    /// Who did it.
    by: String,
    /// When.
    at: String,
    /// The change of the history that it is part of.
    change: Id,
    /// What was done, for a person.
    note: String,
}
