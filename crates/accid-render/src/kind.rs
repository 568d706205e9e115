//! What a kind of module is, and the table of all kinds. Must not know any single kind.

use std::sync::OnceLock;

use accid_base::{FieldError, Finding, Severity};
use accid_model::{Fields, Migration, Module};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    modules::REGISTRY,
    renderer::{Place, Renderer, Spot},
    site::PageView,
    style::Rules,
};

/// Deepest nesting of JSON in a module's properties.
const DEEPEST: usize = 100;

/// A kind of module: its properties are the fields of the implementing struct, whose doc comments are the inspector's
/// help texts.
pub(crate) trait ModuleKind: Default + Serialize + DeserializeOwned + JsonSchema {
    /// Name in files, such as `hero`.
    const KIND: &'static str;
    /// Name for people.
    const TITLE: &'static str;
    /// Name of a lucide icon.
    const ICON: &'static str;
    /// Version of the properties that this ACCID writes.
    const VERSION: u32 = 1;
    /// Steps from version 1 to [`Self::VERSION`].
    const MIGRATIONS: &'static [Migration] = &[];
    /// Whether other modules can be inside.
    const NESTS: bool = false;

    /// Properties that show what it is for.
    fn example() -> Self;

    /// Looks for what a visitor would stumble over.
    fn check(&self, check: &mut Check);

    /// Writes it.
    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>);

    /// Its words, for the search.
    fn text(&self, words: &mut Words);

    /// How wide it is when its layout does not say.
    fn width(&self) -> &'static str {
        "normal"
    }

    /// The place it gives to the module inside it that has this index.
    fn inside(&self, place: Place, _index: usize) -> Place {
        place
    }

    /// Adds rules of its own to the page's style, under `selector`; true when there are any.
    fn rules(&self, _selector: &str, _rules: &mut Rules) -> bool {
        false
    }

    /// What it wants to be on a page.
    fn claims(&self) -> Claims {
        Claims::default()
    }
}

/// What a module wants to be on its page; the first that asks gets it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Claims {
    /// Its title is the page's first heading.
    pub heading: bool,
    /// Its picture is loaded first.
    pub picture: bool,
    /// It is a navigation, and has a name that tells it from the others.
    pub navigation: bool,
}

/// Collects findings of a module.
pub(crate) struct Check<'a> {
    module: &'a Module,
    findings: Vec<Finding>,
}

impl<'a> Check<'a> {
    pub fn new(module: &'a Module) -> Self {
        Self { module, findings: Vec::new() }
    }

    /// Something a visitor would notice; `pointer` is below the properties, such as `title`.
    pub fn warn(&mut self, code: &str, pointer: &str, message: &str) {
        self.add(Severity::Warning, code, pointer, message);
    }

    /// Something to know about.
    pub fn note(&mut self, code: &str, pointer: &str, message: &str) {
        self.add(Severity::Note, code, pointer, message);
    }

    fn add(&mut self, severity: Severity, code: &str, pointer: &str, message: &str) {
        let pointer = if pointer.is_empty() { "/props".to_owned() } else { format!("/props/{pointer}") };
        self.findings.push(Finding::new(severity, code, message).at(pointer).in_module(&self.module.id));
    }
}

/// Collects the words of a module.
#[derive(Default)]
pub(crate) struct Words(String);

impl Words {
    /// Adds a text as a line of its own.
    pub fn add(&mut self, text: &str) -> &mut Self {
        let text = text.trim();
        if !text.is_empty() {
            if !self.0.is_empty() {
                self.0.push('\n');
            }
            self.0.push_str(text);
        }
        self
    }
}

/// Reads a module's properties and shows them to a visitor.
type Visit = fn(&Module, &mut dyn FnMut(&dyn AnyKind), &mut Vec<FieldError>);

/// One kind in the table: a [`ModuleKind`] behind plain functions.
pub(crate) struct Kind {
    pub kind: &'static str,
    pub title: &'static str,
    pub icon: &'static str,
    pub version: u32,
    pub migrations: &'static [Migration],
    pub nests: bool,
    schema: fn() -> Value,
    example: fn() -> Fields,
    visit: Visit,
}

/// A [`ModuleKind`] with its properties read, whichever it is.
pub(crate) trait AnyKind {
    fn check(&self, check: &mut Check);
    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>);
    fn text(&self, words: &mut Words);
    fn width(&self) -> &'static str;
    fn inside(&self, place: Place, index: usize) -> Place;
    fn rules(&self, selector: &str, rules: &mut Rules) -> bool;
    fn claims(&self) -> Claims;
}

impl<M: ModuleKind> AnyKind for M {
    fn check(&self, check: &mut Check) {
        ModuleKind::check(self, check);
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        ModuleKind::render(self, spot, to);
    }

    fn text(&self, words: &mut Words) {
        ModuleKind::text(self, words);
    }

    fn width(&self) -> &'static str {
        ModuleKind::width(self)
    }

    fn inside(&self, place: Place, index: usize) -> Place {
        ModuleKind::inside(self, place, index)
    }

    fn rules(&self, selector: &str, rules: &mut Rules) -> bool {
        ModuleKind::rules(self, selector, rules)
    }

    fn claims(&self) -> Claims {
        ModuleKind::claims(self)
    }
}

impl Kind {
    /// The entry of a kind.
    pub const fn of<M: ModuleKind>() -> Self {
        Self {
            kind: M::KIND,
            title: M::TITLE,
            icon: M::ICON,
            version: M::VERSION,
            migrations: M::MIGRATIONS,
            nests: M::NESTS,
            schema: schema_of::<M>,
            example: example_of::<M>,
            visit: |module, see, errors| see(&read::<M>(&module.props, errors)),
        }
    }

    /// The kind with this name.
    pub fn find(kind: &str) -> Option<&'static Self> {
        REGISTRY.iter().find(|entry| entry.kind == kind)
    }

    /// Reads a module's properties and does something with them. A property of the wrong type counts as not set.
    pub fn with<T>(
        &self,
        module: &Module,
        act: impl FnOnce(&dyn AnyKind) -> T,
    ) -> (Option<T>, Vec<FieldError>) {
        let mut errors = Vec::new();
        let mut result = None;
        let mut act = Some(act);
        (self.visit)(module, &mut |kind| result = act.take().map(|act| act(kind)), &mut errors);
        (result, errors)
    }
}

/// Reads properties field by field when they cannot be read as a whole.
fn read<M: ModuleKind>(props: &Fields, errors: &mut Vec<FieldError>) -> M {
    if is_too_deep(props) {
        errors.push(FieldError {
            pointer: "/props".to_owned(),
            message: format!("nests more than {DEEPEST} deep"),
        });
        return M::default();
    }
    if let Ok(properties) = M::deserialize(props) {
        return properties;
    }
    let mut good = Fields::new();
    for (name, value) in props {
        let mut single = Fields::new();
        single.insert(name.clone(), value.clone());
        match M::deserialize(&single) {
            Ok(_) => {
                good.insert(name.clone(), value.clone());
            }
            Err(error) => {
                errors.push(FieldError { pointer: format!("/props/{name}"), message: error.to_string() })
            }
        }
    }
    M::deserialize(&good).unwrap_or_default()
}

fn is_too_deep(props: &Fields) -> bool {
    let mut open: Vec<(&Value, usize)> = props.values().map(|value| (value, 1)).collect();
    while let Some((value, depth)) = open.pop() {
        if depth > DEEPEST {
            return true;
        }
        match value {
            Value::Array(items) => open.extend(items.iter().map(|item| (item, depth + 1))),
            Value::Object(fields) => open.extend(fields.values().map(|item| (item, depth + 1))),
            _ => {}
        }
    }
    false
}

fn example_of<M: ModuleKind>() -> Fields {
    match serde_json::to_value(M::example()) {
        Ok(Value::Object(fields)) => fields,
        _ => Fields::new(),
    }
}

fn schema_of<M: ModuleKind>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<M>().to_value();
    schema["title"] = M::TITLE.into();
    name_fields(&mut schema);
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
    kind.with(module, |properties| properties.check(&mut check));
    let mut findings = check.findings;
    PageView::check_frame(module, &mut findings);
    (errors, findings)
}

/// What a module of a kind nobody knows is told about.
pub(crate) fn unknown_kind(module: &Module) -> Finding {
    let message = format!(
        "ACCID does not know the module kind \"{}\". The module is kept but not shown; update ACCID, or remove it.",
        module.kind.chars().take(40).collect::<String>()
    );
    Finding::new(Severity::Error, "module.unknown-kind", message).at("/type").in_module(&module.id)
}

impl Check<'_> {
    /// What was found.
    pub fn finish(self) -> Vec<Finding> {
        self.findings
    }
}

/// Brings a module's properties to the version this ACCID writes; the modules inside too. True when anything changed.
pub fn migrate_module(module: &mut Module) -> bool {
    let mut changed = false;
    if let Some(kind) = Kind::find(&module.kind) {
        for step in kind.migrations {
            if step.to > module.version && step.to <= kind.version {
                (step.apply)(&mut module.props);
                module.version = step.to;
                changed = true;
            }
        }
    }
    for child in &mut module.children {
        changed |= migrate_module(child);
    }
    changed
}

/// The words of a module for the search, one line for each text; the modules inside it are not among them.
pub fn search_text(module: &Module) -> String {
    let mut words = Words::default();
    if let Some(kind) = Kind::find(&module.kind) {
        kind.with(module, |properties| properties.text(&mut words));
    }
    words.0
}
