//! What is generated from the code and committed: written by `cargo xtask gen`, compared by `cargo xtask gen --check`
//! and by a test of this crate.

use accid_base::ErrorCode;
use accid_model::{
    Album, Blotter, BuiltSite, Document, Dropper, Page, Photo, Settings, Story, Track, TrashEntry, Video,
    WaypointSettings,
};
use schemars::JsonSchema;

use crate::tree;

/// The description of the HTTP interface.
const OPENAPI: &str = "openapi.json";
/// The types of the web studio's client, which follow from it.
const CLIENT: &str = "web/packages/api-client/src/schema.d.ts";

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
    let mut files = from_rust()?;
    let openapi =
        files.iter().find(|file| file.path == OPENAPI).map(|file| file.text.clone()).unwrap_or_default();
    files.extend(client(&openapi)?);
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
    let mut files = vec![
        Generated { path: "docs/errors.md".to_owned(), text: errors() },
        Generated { path: "docs/modules.md".to_owned(), text: modules() },
        Generated { path: OPENAPI.to_owned(), text: accid_http::openapi_text() },
    ];
    files.push(schema::<Blotter>("blotter")?);
    files.push(schema::<BuiltSite>(BuiltSite::NAME)?);
    files.push(schema::<Page>(Page::NAME)?);
    files.push(schema::<Photo>(Photo::NAME)?);
    files.push(schema::<Video>(Video::NAME)?);
    files.push(schema::<Story>(Story::NAME)?);
    files.push(schema::<Album>(Album::NAME)?);
    files.push(schema::<Track>(Track::NAME)?);
    files.push(schema::<WaypointSettings>(WaypointSettings::NAME)?);
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

fn errors() -> String {
    let mut text = String::from(
        "# Error codes\n\n<!-- generated from crates/accid-base/src/problem.rs by `make gen` -->\n\n\
         Every failure is an `application/problem+json` (RFC 9457) with a `code` of this table. The codes are part of\n\
         the contract; the sentences beside them are for people and may change.\n\n\
         | code | status | meaning |\n|---|---|---|\n",
    );
    for code in ErrorCode::ALL {
        let status = accid_http::status(*code).as_u16();
        text.push_str(&format!("| `{}` | {status} | {} |\n", code.as_str(), code.description().trim()));
    }
    text
}

/// The kinds of modules with their properties, from the schemas that the inspector is made of.
fn modules() -> String {
    let mut text = String::from(
        "# Module types\n\n<!-- generated from crates/accid-render/src/modules by `make gen` -->\n\n\
         Every module also has a layout, a style per breakpoint, a visibility and an anchor.\n",
    );
    for kind in accid_render::module_types() {
        let nests = if kind.nests { " Other modules can be inside." } else { "" };
        text.push_str(&format!(
            "\n## {} (`{}`)\n\n{}{nests}\n",
            kind.title,
            kind.kind,
            kind.description.trim()
        ));
        let Some(properties) =
            kind.schema["properties"].as_object().filter(|properties| !properties.is_empty())
        else {
            continue;
        };
        text.push_str("\n| property | what it is |\n|---|---|\n");
        for (name, property) in properties {
            let about =
                property["description"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>();
            text.push_str(&format!("| `{name}` | {} |\n", about.join(" ").replace('|', "\\|")));
        }
    }
    text
}

/// The TypeScript types, by the generator of the web workspace; nothing when its packages are not installed, which the
/// scripts see to.
fn client(openapi: &str) -> Result<Option<Generated>, String> {
    if !tree::exists("web/node_modules/.bin/openapi-typescript") {
        return Ok(None);
    }
    let scratch = "target/xtask";
    tree::write(&format!("{scratch}/openapi.json"), openapi.as_bytes())?;
    let (from, to) = (format!("{scratch}/openapi.json"), format!("{scratch}/schema.d.ts"));
    tree::output("web/node_modules/.bin/openapi-typescript", &[&from, "-o", &to, "--root-types=false"])?;
    let text = tree::text(&to).ok_or("The TypeScript types were not written.")?;
    Ok(Some(Generated { path: CLIENT.to_owned(), text }))
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
