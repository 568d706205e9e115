//! A module as an envelope: the store and the tools move modules about without knowing what a kind means.

use std::collections::BTreeMap;

use accid_base::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Fields, Layout, ModulePlace, Style, Translation, Visibility};

/// A building block of a page. `section` and `row` hold others in `children`; all kinds share layout, style,
/// visibility and anchor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Module {
    /// Identity, unique in the project.
    pub id: Id,
    /// Its kind, such as `hero`; a kind this ACCID does not know is kept and shown as a finding.
    #[serde(rename = "type")]
    pub kind: String,
    /// Version of the kind's properties.
    #[serde(default = "one")]
    pub version: u32,
    /// Its content; the fields depend on the kind.
    #[serde(default)]
    pub props: Fields,
    /// Width and alignment on the page.
    #[serde(default, skip_serializing_if = "Layout::is_default")]
    pub layout: Layout,
    /// Spacing, colour and type, per breakpoint.
    #[serde(default, skip_serializing_if = "Style::is_default")]
    pub style: Style,
    /// Its own CSS: declarations for the module itself, and rules for what is in it. What cannot be read, and what
    /// would reach further, is left out with a finding.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-editor" = "code"))]
    pub css: String,
    /// On which screens it is shown, and whether it is published at all.
    #[serde(default, skip_serializing_if = "Visibility::is_default")]
    pub visibility: Visibility,
    /// Name that links can point at (`#name`).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub anchor: String,
    /// Where it stands on the map of a spatial page; elsewhere it is not used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<ModulePlace>,
    /// Its texts in the site's other languages: by the language's tag, then by where the text stands in `props`, as a
    /// JSON pointer such as `/title` or `/items/0/caption`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<String, BTreeMap<String, Translation>>,
    /// The modules inside, for `section` and `row`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Module>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

const fn one() -> u32 {
    1
}

/// Where a module stands: its parent (none at the top of the page) and its place among its siblings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModulePosition {
    /// The module it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// Its place among its siblings, from 0.
    pub index: usize,
}

impl Module {
    /// A module with these properties and nothing else set.
    pub fn new(id: Id, kind: &str, version: u32, props: Fields) -> Self {
        Self {
            id,
            kind: kind.to_owned(),
            version,
            props,
            layout: Layout::default(),
            style: Style::default(),
            css: String::new(),
            visibility: Visibility::default(),
            anchor: String::new(),
            place: None,
            translations: BTreeMap::new(),
            children: Vec::new(),
            extra: Fields::new(),
        }
    }

    /// The module and all inside it, each before its children.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        visit(self);
        for child in &self.children {
            child.walk(visit);
        }
    }

    /// Finds a module in a list of trees.
    pub fn find<'a>(modules: &'a [Self], id: &Id) -> Option<&'a Self> {
        modules
            .iter()
            .find_map(|module| if module.id == *id { Some(module) } else { Self::find(&module.children, id) })
    }

    /// Finds a module in a list of trees, to change it.
    pub fn find_mut<'a>(modules: &'a mut [Self], id: &Id) -> Option<&'a mut Self> {
        for module in modules {
            if module.id == *id {
                return Some(module);
            }
            if let Some(found) = Self::find_mut(&mut module.children, id) {
                return Some(found);
            }
        }
        None
    }

    /// Where a module stands.
    pub fn position(modules: &[Self], id: &Id) -> Option<ModulePosition> {
        if let Some(index) = modules.iter().position(|module| module.id == *id) {
            return Some(ModulePosition { parent: None, index });
        }
        modules.iter().find_map(|module| {
            let mut position = Self::position(&module.children, id)?;
            position.parent.get_or_insert_with(|| module.id.clone());
            Some(position)
        })
    }

    /// Takes a module out of its place.
    pub fn take(modules: &mut Vec<Self>, id: &Id) -> Option<Self> {
        if let Some(index) = modules.iter().position(|module| module.id == *id) {
            return Some(modules.remove(index));
        }
        modules.iter_mut().find_map(|module| Self::take(&mut module.children, id))
    }

    /// Puts a module at a place, or last when the place is behind the end. Gives it back when the parent is missing.
    ///
    /// # Errors
    /// The module itself, when `position.parent` is not among `modules`.
    pub fn insert(modules: &mut Vec<Self>, position: &ModulePosition, module: Self) -> Result<(), Box<Self>> {
        let siblings = match &position.parent {
            None => modules,
            Some(parent) => match Self::find_mut(modules, parent) {
                Some(parent) => &mut parent.children,
                None => return Err(Box::new(module)),
            },
        };
        siblings.insert(position.index.min(siblings.len()), module);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Vec<Module> {
        let module = |id: &str| Module::new(id.parse().unwrap(), "text", 1, Fields::new());
        let mut section = module("section");
        section.children = vec![module("a"), module("b")];
        vec![module("first"), section]
    }

    #[test]
    fn a_module_is_found_taken_and_put_back_where_it_was() {
        let mut modules = tree();
        let id: Id = "b".parse().unwrap();
        let position = Module::position(&modules, &id).unwrap();
        assert_eq!(position, ModulePosition { parent: Some("section".parse().unwrap()), index: 1 });
        let taken = Module::take(&mut modules, &id).unwrap();
        assert!(Module::find(&modules, &id).is_none());
        Module::insert(&mut modules, &position, taken).unwrap();
        assert_eq!(modules, tree());
    }

    #[test]
    fn defaults_are_not_written() {
        let json =
            serde_json::to_string(&Module::new("x".parse().unwrap(), "text", 1, Fields::new())).unwrap();
        assert_eq!(json, r#"{"id":"x","type":"text","version":1,"props":{}}"#);
    }
}
