//! What is generated from the code and committed: written by `cargo xtask gen`, compared by `cargo xtask gen --check`
//! and by a test of this crate.

use accid_base::{Category, ErrorCode};
use accid_model::{Blotter, Document, Dropper, Page, Photo, Settings, TrashEntry};
use schemars::JsonSchema;

use crate::tree;

/// Whether to write or only to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Writes what changed.
    Write,
    /// Says what is stale.
    Check,
}

/// One generated file.
struct Generated {
    path: String,
    text: String,
}

/// Writes or compares all that is generated.
pub fn run(mode: Mode) -> Result<String, String> {
    let files = from_rust()?;
    let mut stale = Vec::new();
    for file in &files {
        if tree::text(&file.path).as_deref() != Some(file.text.as_str()) {
            if mode == Mode::Write {
                tree::write(&file.path, file.text.as_bytes())?;
            }
            stale.push(file.path.clone());
        }
    }
    match (mode, stale.is_empty()) {
        (_, true) => Ok(format!("All {} generated files are up to date.", files.len())),
        (Mode::Write, false) => Ok(format!("Wrote {}.", stale.join(", "))),
        (Mode::Check, false) => {
            Err(format!("Stale: {}. Run `make gen` and commit what it writes.", stale.join(", ")))
        }
    }
}

/// Everything that follows from the Rust code alone.
fn from_rust() -> Result<Vec<Generated>, String> {
    let mut files = vec![Generated { path: "docs/errors.md".to_owned(), text: errors() }];
    files.push(schema::<Blotter>("blotter")?);
    files.push(schema::<Page>(Page::NAME)?);
    files.push(schema::<Photo>(Photo::NAME)?);
    files.push(schema::<Settings>(Settings::NAME)?);
    files.push(schema::<TrashEntry>("trash-entry")?);
    files.push(schema::<Dropper>("dropper")?);
    Ok(files)
}

fn schema<D: JsonSchema>(name: &str) -> Result<Generated, String> {
    let schema = schemars::schema_for!(D);
    let text =
        serde_json::to_string_pretty(&schema).map_err(|error| format!("The schema of {name}: {error}."))?;
    Ok(Generated { path: format!("docs/schemas/{name}.json"), text: text + "\n" })
}

const fn status(category: Category) -> u16 {
    match category {
        Category::Malformed => 400,
        Category::Invalid => 422,
        Category::NotFound => 404,
        Category::Denied => 403,
        Category::Stale => 412,
        Category::Conflict => 409,
        Category::TooLarge => 413,
        Category::Unavailable => 503,
        Category::Internal => 500,
    }
}

fn errors() -> String {
    let mut text = String::from(
        "# Error codes\n\n<!-- generated from crates/accid-base/src/problem.rs by `make gen` -->\n\n\
         Every failure is an `application/problem+json` (RFC 9457) with a `code` of this table. The codes are part of\n\
         the contract; the sentences beside them are for people and may change.\n\n\
         | code | status | meaning |\n|---|---|---|\n",
    );
    for code in ErrorCode::ALL {
        let status = status(code.category());
        text.push_str(&format!("| `{}` | {status} | {} |\n", code.as_str(), code.description().trim()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_files_are_those_the_code_gives() {
        if let Err(stale) = run(Mode::Check) {
            panic!("{stale}");
        }
    }
}
