//! Reusable parts: a section that shows a part gets the part's modules as its own. Must not know how they are shown.

use std::borrow::Cow;

use accid_base::{Finding, Severity};
use accid_model::{Module, Page};

use crate::site::Site;

/// So deep may parts show other parts.
const DEEPEST: usize = 3;

/// The part that a module shows instead of what is in it, by its page's id.
pub(crate) fn shown_part(module: &Module) -> Option<&str> {
    let part = module.props.get("part")?.as_str()?.trim();
    (module.kind == "section" && !part.is_empty()).then_some(part)
}

fn shows_parts(module: &Module) -> bool {
    shown_part(module).is_some() || module.children.iter().any(shows_parts)
}

/// The page with the modules of its parts in their places.
pub(crate) fn expanded<'p>(site: &Site, page: &'p Page, findings: &mut Vec<Finding>) -> Cow<'p, Page> {
    if !page.modules.iter().any(shows_parts) {
        return Cow::Borrowed(page);
    }
    let mut page = page.clone();
    let mut above = vec![page.id.to_string()];
    page.modules.iter_mut().for_each(|module| expand(site, module, &mut above, findings));
    Cow::Owned(page)
}

/// A module with the modules of its parts in their places.
pub(crate) fn expanded_module<'m>(site: &Site, page: &Page, module: &'m Module) -> Cow<'m, Module> {
    if !shows_parts(module) {
        return Cow::Borrowed(module);
    }
    let mut module = module.clone();
    expand(site, &mut module, &mut vec![page.id.to_string()], &mut Vec::new());
    Cow::Owned(module)
}

fn expand(site: &Site, module: &mut Module, above: &mut Vec<String>, findings: &mut Vec<Finding>) {
    let Some(wanted) = shown_part(module).map(ToOwned::to_owned) else {
        module.children.iter_mut().for_each(|child| expand(site, child, above, findings));
        return;
    };
    module.children.clear();
    let mut tell = |code: &str, message: &str| {
        // What is wrong inside a part is told of the part.
        if above.len() == 1 {
            let finding = Finding::new(Severity::Error, code, message).at("/props/part");
            findings.push(finding.in_module(&module.id));
        }
    };
    let Some(part) = site.part(&wanted) else {
        return tell(
            "part.missing",
            "The part that is to be shown here is not in the project any more, so nothing is. Choose another one.",
        );
    };
    if above.contains(&wanted) || above.len() > DEEPEST {
        return tell(
            "part.loop",
            "The part would show itself, or parts nest too deep, so nothing is shown. Choose another one.",
        );
    }
    above.push(wanted);
    let mut inner = part.modules.clone();
    inner.iter_mut().for_each(|child| expand(site, child, above, &mut Vec::new()));
    module.children = inner;
    above.pop();
}
