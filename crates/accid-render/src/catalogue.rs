//! What the outside may ask about kinds of modules: their list with schemas, checks, migrations, words. Must not know
//! any single kind.

use std::sync::OnceLock;

use accid_base::{FieldError, Finding};
use accid_model::Module;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use crate::{
    kind::{Check, DEEPEST, Kind, ModuleKind, Words, is_too_deep, unknown_kind},
    modules::REGISTRY,
    view::PageView,
};

/// A kind of module as the studio shows it.
#[derive(Debug, Clone, Serialize)]
pub struct ModuleType {
    /// Name in files, such as `hero`.
    pub kind: &'static str,
    /// Name for people.
    pub title: &'static str,
    /// What it is for.
    pub description: String,
    /// Name of a lucide icon.
    pub icon: &'static str,
    /// Version of the properties that this ACCID writes.
    pub version: u32,
    /// Whether other modules can be inside.
    pub nests: bool,
    /// JSON Schema (2020-12) of its properties, without references.
    pub schema: Value,
    /// Properties that show what it is for.
    pub example: Value,
}

/// All kinds of modules, in the order of the palette.
pub fn module_types() -> &'static [ModuleType] {
    static TYPES: OnceLock<Vec<ModuleType>> = OnceLock::new();
    TYPES.get_or_init(|| {
        let describe = |kind: &Kind| {
            let schema = (kind.schema)();
            ModuleType {
                kind: kind.kind,
                title: kind.title,
                description: schema["description"].as_str().unwrap_or_default().to_owned(),
                icon: kind.icon,
                version: kind.version,
                nests: kind.nests,
                schema,
                example: Value::Object((kind.example)()),
            }
        };
        REGISTRY.iter().map(describe).collect()
    })
}

fn validator(kind: &str) -> Option<&'static jsonschema::Validator> {
    static VALIDATORS: OnceLock<Vec<Option<jsonschema::Validator>>> = OnceLock::new();
    let all = VALIDATORS.get_or_init(|| {
        module_types().iter().map(|kind| jsonschema::validator_for(&kind.schema).ok()).collect()
    });
    all.get(REGISTRY.iter().position(|entry| entry.kind == kind)?)?.as_ref()
}

/// Checks a module by itself: values its schema does not accept (pointers such as `/props/title`), and what a visitor
/// would stumble over. Modules inside it are not looked at. Unknown properties are neither.
pub fn check_module(module: &Module) -> (Vec<FieldError>, Vec<Finding>) {
    let Some(kind) = Kind::find(&module.kind) else {
        return (Vec::new(), vec![unknown_kind(module)]);
    };
    if is_too_deep(&module.props) {
        let message = format!("The properties nest more than {DEEPEST} deep.");
        return (vec![FieldError { pointer: "/props".to_owned(), message }], Vec::new());
    }
    let props = Value::Object(module.props.clone());
    let errors = validator(kind.kind).into_iter().flat_map(|validator| validator.iter_errors(&props));
    let errors = errors
        .map(|error| FieldError {
            pointer: format!("/props{}", error.instance_path()),
            message: error.to_string(),
        })
        .collect();
    let mut check = Check::new(module);
    kind.read(module).kind.check(&mut check);
    let mut findings = check.finish();
    PageView::check_frame(module, &mut findings);
    (errors, findings)
}

/// Brings a module's properties to the version this ACCID writes; the modules inside too. True when anything changed.
pub fn migrate_module(module: &mut Module) -> bool {
    let mut changed = Kind::find(&module.kind).is_some_and(|kind| migrate_props(kind, module));
    for child in &mut module.children {
        changed |= migrate_module(child);
    }
    changed
}

fn migrate_props(kind: &Kind, module: &mut Module) -> bool {
    let mut changed = false;
    for step in kind.migrations {
        if step.to > module.version && step.to <= kind.version {
            (step.apply)(&mut module.props);
            module.version = step.to;
            changed = true;
        }
    }
    changed
}

/// The words of a module for the search, one line for each text; the modules inside it are not among them.
pub fn search_text(module: &Module) -> String {
    let mut words = Words::default();
    if let Some(kind) = Kind::find(&module.kind) {
        kind.read(module).kind.text(&mut words);
    }
    words.finish()
}

/// The hint in a schema that says that a value is a text of a language.
pub(crate) const TRANSLATABLE: &str = "x-accid-translatable";

/// Marks what people read: a text without an editor of its own, one of several lines, and rich text. A property that
/// looks like one and is none says so itself.
fn mark_texts(schema: &mut Value) {
    let Value::Object(fields) = schema else { return };
    let editor = fields.get("x-accid-editor").and_then(Value::as_str).map(ToOwned::to_owned);
    let editor = editor.as_deref();
    let is_plain = fields.get("type").and_then(Value::as_str) == Some("string")
        && matches!(editor, None | Some("multiline"))
        && !["enum", "const", "oneOf", "format", "x-accid-choices"]
            .iter()
            .any(|key| fields.contains_key(*key));
    if (is_plain || editor == Some("rich-text")) && !fields.contains_key(TRANSLATABLE) {
        fields.insert(TRANSLATABLE.to_owned(), true.into());
    }
    if editor != Some("rich-text") {
        if let Some(Value::Object(properties)) = fields.get_mut("properties") {
            properties.values_mut().for_each(mark_texts);
        }
        fields.get_mut("items").into_iter().for_each(mark_texts);
    }
}

/// The schema of a kind's properties.
pub(crate) fn schema_of<M: ModuleKind>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<M>().to_value();
    schema["title"] = M::TITLE.into();
    name_fields(&mut schema);
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.values_mut().for_each(mark_texts);
    }
    schema
}

/// Gives every property a title a person can read, unless it has one.
fn name_fields(schema: &mut Value) {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (name, property) in properties {
            let words = name.replace(['_', '-'], " ");
            let mut letters = words.chars();
            let title: String =
                letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            if let Value::Object(fields) = property {
                fields.entry("title").or_insert_with(|| title.into());
            }
            name_fields(property);
        }
    }
    if let Some(items) = schema.get_mut("items") {
        name_fields(items);
        if let Value::Object(fields) = items {
            fields.remove("title");
        }
    }
}

#[cfg(test)]
mod tests {
    use accid_model::Migration;
    use schemars::JsonSchema;
    use serde::Deserialize;

    use super::*;
    use crate::{place::Spot, renderer::Renderer};

    #[derive(Default, Serialize, Deserialize, JsonSchema)]
    #[serde(default)]
    struct Sail {
        area: u32,
    }

    impl ModuleKind for Sail {
        const KIND: &'static str = "sail";
        const TITLE: &'static str = "Sail";
        const ICON: &'static str = "sailboat";
        const VERSION: u32 = 3;
        const MIGRATIONS: &'static [Migration] = &[
            Migration {
                to: 2,
                description: "\"size\" becomes \"area\"",
                apply: |props| {
                    if let Some(size) = props.shift_remove("size") {
                        props.insert("area".to_owned(), size);
                    }
                },
            },
            Migration {
                to: 3,
                description: "square feet become square metres",
                apply: |props| {
                    let area = props.get("area").and_then(Value::as_u64).unwrap_or(0);
                    props.insert("area".to_owned(), (area * 93 / 1000).into());
                },
            },
        ];

        fn example() -> Self {
            Self { area: 40 }
        }

        fn check(&self, _check: &mut Check<'_>) {}

        fn render(&self, _spot: &Spot<'_>, _to: &mut Renderer<'_>) {}

        fn text(&self, _words: &mut Words) {}
    }

    #[test]
    fn every_migration_between_a_module_and_today_is_called_once_and_in_order() {
        let kind = Kind::of::<Sail>();
        for (version, props, area, moved) in [
            (1, serde_json::json!({"size": 1000, "colour": "red"}), 93, true),
            (2, serde_json::json!({"area": 1000, "colour": "red"}), 93, true),
            (3, serde_json::json!({"area": 1000, "colour": "red"}), 1000, false),
            (4, serde_json::json!({"area": 1000, "colour": "red"}), 1000, false),
        ] {
            let json = serde_json::json!({"id": "s", "type": "sail", "version": version, "props": props});
            let mut module: Module = serde_json::from_value(json).unwrap();
            assert_eq!(migrate_props(&kind, &mut module), moved, "{version}");
            assert_eq!(module.version, version.max(3));
            assert_eq!(
                Value::Object(module.props),
                serde_json::json!({"area": area, "colour": "red"}),
                "{version}"
            );
        }
    }

    #[test]
    fn every_kind_has_a_migration_to_each_version_after_the_first() {
        for kind in REGISTRY {
            let steps: Vec<u32> = kind.migrations.iter().map(|step| step.to).collect();
            assert_eq!(steps, (2..=kind.version).collect::<Vec<_>>(), "{}", kind.kind);
        }
    }
}
