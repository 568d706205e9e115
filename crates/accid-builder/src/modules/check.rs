//! Checks of a page's modules before they are written.

use std::collections::HashSet;

use accid_base::{FieldError, Id};
use accid_model::{Module, Page};

/// What is wrong with the new modules of a page: ids used twice, nesting that is too deep or where it cannot be, and
/// properties that do not fit their kind. A module that was there before and did not change is not held against the
/// person who edits another one.
pub(crate) fn check_modules(
    modules: &[Module],
    before: &[Module],
    elsewhere: &[&[Module]],
) -> Vec<FieldError> {
    let mut check = Check { errors: Vec::new(), seen: HashSet::new(), before, elsewhere };
    for (index, module) in modules.iter().enumerate() {
        check.visit(module, &format!("/modules/{index}"), 1);
    }
    check.errors
}

struct Check<'a> {
    errors: Vec<FieldError>,
    seen: HashSet<Id>,
    before: &'a [Module],
    elsewhere: &'a [&'a [Module]],
}

impl Check<'_> {
    fn error(&mut self, pointer: String, message: impl Into<String>) {
        self.errors.push(FieldError { pointer, message: message.into() });
    }

    fn visit(&mut self, module: &Module, pointer: &str, depth: usize) {
        if depth > Page::DEEPEST {
            self.error(pointer.to_owned(), format!("modules are nested at most {} deep", Page::DEEPEST));
            return;
        }
        if !self.seen.insert(module.id.clone()) {
            self.error(format!("{pointer}/id"), format!("the id {} is used twice on the page", module.id));
        }
        let known = Module::find(self.before, &module.id);
        if known.is_none() && self.elsewhere.iter().any(|other| Module::find(other, &module.id).is_some()) {
            self.error(format!("{pointer}/id"), format!("the id {} is used on another page", module.id));
        }
        if known.is_none_or(|known| known.props != module.props || known.kind != module.kind) {
            let (errors, _) = accid_render::check_module(module);
            for error in errors {
                self.error(format!("{pointer}{}", error.pointer), error.message);
            }
        }
        if !module.children.is_empty()
            && known.is_none_or(|known| known.children.is_empty())
            && !nests(&module.kind)
        {
            self.error(
                format!("{pointer}/children"),
                format!("a module of the kind \"{}\" holds no others", module.kind),
            );
        }
        for (index, child) in module.children.iter().enumerate() {
            self.visit(child, &format!("{pointer}/children/{index}"), depth + 1);
        }
    }
}

/// Whether modules of this kind hold others; a kind that is not known might.
pub(crate) fn nests(kind: &str) -> bool {
    accid_render::module_types().iter().find(|known| known.kind == kind).is_none_or(|known| known.nests)
}
