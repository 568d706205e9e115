//! Pages, modules and what is rendered of them. Must not know HTTP.

use accid_base::{ContentHash, Finding, Id};
use accid_model::{Fields, Module, Page};
use schemars::JsonSchema;
use serde::Serialize;

/// A module with its place.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlacedModule {
    /// Place among its siblings, from 0.
    pub order: usize,
    /// The module.
    #[serde(flatten)]
    pub module: Module,
}

/// A page with its modules inline.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PageView {
    /// The page's own fields.
    #[serde(flatten)]
    pub fields: Fields,
    /// Its modules, each with its place.
    pub modules: Vec<PlacedModule>,
    /// The file it becomes in the export.
    pub path: String,
    /// Content hash of the page.
    pub etag: ContentHash,
    /// What a person should know about it.
    pub findings: Vec<Finding>,
}

impl PageView {
    pub(crate) fn of(page: &Page, path: String, etag: ContentHash, findings: Vec<Finding>) -> Self {
        let mut fields = match serde_json::to_value(page) {
            Ok(serde_json::Value::Object(fields)) => fields,
            _ => Fields::new(),
        };
        fields.shift_remove("modules");
        let placed = |(order, module): (usize, &Module)| PlacedModule { order, module: module.clone() };
        Self { fields, modules: page.modules.iter().enumerate().map(placed).collect(), path, etag, findings }
    }
}

/// A module with its place on its page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ModuleView {
    /// The page it is on.
    pub page: Id,
    /// The module it is in, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// Place among its siblings, from 0.
    pub order: usize,
    /// The module.
    #[serde(flatten)]
    pub module: Module,
    /// Content hash of the module and all inside it.
    pub etag: ContentHash,
    /// What a person should know about it.
    pub findings: Vec<Finding>,
}

/// HTML of a draft that nobody saved.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RenderView {
    /// The module's element, or the whole canvas document.
    pub html: String,
    /// The page's own style sheet, when a single module was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// The site's style sheet, when a draft of its look was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub css: Option<String>,
    /// What a person should know about what was rendered.
    pub findings: Vec<Finding>,
}

/// A page, picture or style sheet as a browser gets it.
#[derive(Debug, Clone)]
pub enum Served {
    /// A page.
    Html {
        /// The document.
        body: String,
        /// Its content hash.
        etag: ContentHash,
        /// Hosts besides its own whose pictures it shows: those of map tiles that somebody turned on.
        hosts: Vec<String>,
    },
    /// Any other file.
    File {
        /// Its content.
        bytes: Vec<u8>,
        /// Its path in the site, from which the content type follows.
        path: String,
        /// Its content hash.
        etag: ContentHash,
    },
}
