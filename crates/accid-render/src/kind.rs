//! What a kind of module is, and the table of all kinds. Must not know any single kind.

use accid_base::{FieldError, Finding, Severity};
use accid_model::{Fields, Migration, Module};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    modules::REGISTRY,
    picture_style::Shown,
    place::{Place, Spot},
    renderer::Renderer,
    style::Rules,
};

/// Deepest nesting of JSON in a module's properties.
pub(crate) const DEEPEST: usize = 100;

/// A kind of module: its properties are the fields of the implementing struct, whose doc comments are the inspector's
/// help texts.
pub(crate) trait ModuleKind: Default + Serialize + DeserializeOwned + JsonSchema + 'static {
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

    /// The pictures it shows.
    fn pictures(&self) -> Vec<Shown> {
        Vec::new()
    }

    /// Paths in the site of the scripts it cannot do without; most modules need none.
    fn scripts(&self) -> &'static [&'static str] {
        &[]
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

    /// What was found.
    pub fn finish(self) -> Vec<Finding> {
        self.findings
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

    /// All of them.
    pub fn finish(self) -> String {
        self.0
    }
}

/// A module's properties once they are read, and what could not be read of them.
pub(crate) struct Properties {
    pub kind: Box<dyn AnyKind>,
    pub errors: Vec<FieldError>,
}

/// One kind in the table: a [`ModuleKind`] behind plain functions.
pub(crate) struct Kind {
    pub kind: &'static str,
    pub title: &'static str,
    pub icon: &'static str,
    pub version: u32,
    pub migrations: &'static [Migration],
    pub nests: bool,
    pub schema: fn() -> Value,
    pub example: fn() -> Fields,
    read: fn(&Module) -> Properties,
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
    fn pictures(&self) -> Vec<Shown>;
    fn scripts(&self) -> &'static [&'static str];
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

    fn pictures(&self) -> Vec<Shown> {
        ModuleKind::pictures(self)
    }

    fn scripts(&self) -> &'static [&'static str] {
        ModuleKind::scripts(self)
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
            schema: crate::catalogue::schema_of::<M>,
            example: example_of::<M>,
            read: |module| {
                let mut errors = Vec::new();
                Properties { kind: Box::new(read::<M>(&module.props, &mut errors)), errors }
            },
        }
    }

    /// The kind with this name.
    pub fn find(kind: &str) -> Option<&'static Self> {
        REGISTRY.iter().find(|entry| entry.kind == kind)
    }

    /// Reads a module's properties. A property of the wrong type counts as not set.
    pub fn read(&self, module: &Module) -> Properties {
        (self.read)(module)
    }
}

/// The module's properties when it is published and of this kind.
pub(crate) fn read_as<M: ModuleKind>(module: &Module) -> Option<M> {
    let fits = module.kind == M::KIND && module.visibility.published;
    fits.then(|| read(&module.props, &mut Vec::new()))
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

pub(crate) fn is_too_deep(props: &Fields) -> bool {
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

/// What a module of a kind nobody knows is told about.
pub(crate) fn unknown_kind(module: &Module) -> Finding {
    let message = format!(
        "ACCID does not know the module kind \"{}\". The module is kept but not shown; update ACCID, or remove it.",
        module.kind.chars().take(40).collect::<String>()
    );
    Finding::new(Severity::Error, "module.unknown-kind", message).at("/type").in_module(&module.id)
}
