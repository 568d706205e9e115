//! The description of this interface as one OpenAPI 3.1 document: operations by utoipa from beside their handlers,
//! schemas of documents and answers by schemars from their types, modules' properties from the renderer's registry.
//! Must not list routes by itself.

mod finish;
mod schemas;
mod shapes;

use serde_json::Value;

pub use shapes::{ExportAnswer, Migrated, ModuleTypeView, Performance, PublishAnswer, Removed, ThemeView};

/// The description.
pub fn openapi() -> Value {
    let (_, operations) = crate::routes::all().split_for_parts();
    let operations = serde_json::to_value(operations).unwrap_or_default();
    finish::join(operations, schemas::components())
}

/// The description as it is served, and committed as `openapi.json`: two spaces, a newline at the end.
pub fn openapi_text() -> String {
    serde_json::to_string_pretty(&openapi()).unwrap_or_default() + "\n"
}
