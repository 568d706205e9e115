//! What a check found in a user's content. Content never fails wholesale: it comes back with its findings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Works, but a visitor would notice.
    Warning,
    /// Broken until mended.
    Error,
}

/// One thing a check found, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// A stable name of the check, such as `image.alt-missing`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong and what to do, for a person.
    pub message: String,
    /// The file or page it was found in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Where in it, as a JSON pointer (RFC 6901).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pointer: String,
    /// The module it was found in, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<crate::Id>,
}

impl Finding {
    /// A finding without a place; add the place with [`Finding::at`] and [`Finding::in_path`].
    pub fn new(severity: Severity, code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            message: message.into(),
            path: String::new(),
            pointer: String::new(),
            module: None,
        }
    }

    /// Says where in the document, as a JSON pointer.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// Says in which file or page.
    #[must_use]
    pub fn in_path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// Says in which module.
    #[must_use]
    pub fn in_module(mut self, module: &crate::Id) -> Self {
        self.module = Some(module.clone());
        self
    }
}
