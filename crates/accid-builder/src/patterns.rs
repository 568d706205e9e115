//! Modules that are put on a page many at once, as one change: how a pattern is applied. Must not know where they
//! come from.

use accid_base::ContentHash;
use accid_model::{Module, Page};
use accid_store::Project;

use crate::{Builder, BuilderError, PageStart, StoredPage, pages::PageEdit};

/// Where the modules go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// In the place of all that is on the page.
    Replace,
    /// Behind all that is on the page, but before its footer.
    Append,
    /// At a place among the modules at the top of the page, from 0.
    At(usize),
}

/// Modules to be put on a page.
#[derive(Debug, Clone)]
pub struct PutModules<'a> {
    /// The page, by id or slug.
    pub page: &'a str,
    /// What the page must be now; without it the newest is taken.
    pub expected: Option<ContentHash>,
    /// What they are called in the history, such as `Three reasons`.
    pub title: &'a str,
    /// The modules, with ids of their own.
    pub modules: &'a [Module],
    /// What a page of these modules is; nothing when they are only a part of a page.
    pub start: Option<&'a PageStart>,
    /// Where they go.
    pub placement: Placement,
}

impl Builder {
    /// Puts modules on a page as one change. A header and a footer among them only go where the page keeps none:
    /// that is, when they replace all there is. So it is with what they make of the page; its texts for search engines
    /// never replace one that the page has.
    ///
    /// # Errors
    /// When the page is missing, changed since it was read, or one of the ids is taken.
    pub fn put_modules(
        &self,
        project: &Project,
        author: &str,
        put: &PutModules<'_>,
    ) -> Result<StoredPage, BuilderError> {
        let done = format!("got the pattern \"{}\"", put.title);
        let edit = PageEdit { author, page: put.page, expected: put.expected, done: &done };
        self.edit_page(project, &edit, |page| {
            let before = page.modules.clone();
            let modules = arranged(&page.modules, put.modules, put.placement);
            let mut page = Page { modules, ..page.clone() };
            let is_new = |here: &[Module]| here.iter().all(is_navigation);
            if let Some(start) = put.start {
                let replaced = put.placement == Placement::Replace;
                if replaced || (is_new(&before) && page.kind.is_empty()) {
                    page.kind.clone_from(&start.kind);
                }
                if replaced || is_new(&before) {
                    start.tell(&mut page.seo);
                }
            }
            Ok(page)
        })
    }
}

fn is_navigation(module: &Module) -> bool {
    module.kind == "navigation"
}

/// The modules of a page after others were put on it.
fn arranged(here: &[Module], new: &[Module], placement: Placement) -> Vec<Module> {
    if placement == Placement::Replace {
        return new.to_vec();
    }
    let first = usize::from(new.first().is_some_and(is_navigation));
    let end = new.len() - usize::from(new.len() > first && new.last().is_some_and(is_navigation));
    let content = new.get(first..end).unwrap_or_default();
    let footer = here.len() > 1 && here.last().is_some_and(is_navigation);
    let place = match placement {
        Placement::At(index) => index.min(here.len()),
        Placement::Append | Placement::Replace => here.len() - usize::from(footer),
    };
    let (before, after) = here.split_at(place);
    [before, content, after].concat()
}

#[cfg(test)]
mod tests {
    use accid_model::Fields;

    use super::*;

    fn modules(kinds: &str) -> Vec<Module> {
        kinds
            .split_whitespace()
            .enumerate()
            .map(|(index, kind)| {
                Module::new(format!("{kind}-{index}").parse().unwrap(), kind, 1, Fields::new())
            })
            .collect()
    }

    fn kinds(modules: &[Module]) -> String {
        modules.iter().map(|module| module.kind.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_page_keeps_its_own_header_and_footer_unless_all_of_it_is_replaced() {
        let page = modules("navigation hero navigation");
        let pattern = modules("navigation text image navigation");
        let check = |placement, expected: &str| {
            assert_eq!(kinds(&arranged(&page, &pattern, placement)), expected);
        };
        check(Placement::Replace, "navigation text image navigation");
        check(Placement::Append, "navigation hero text image navigation");
        check(Placement::At(1), "navigation text image hero navigation");
        check(Placement::At(99), "navigation hero navigation text image");
    }

    #[test]
    fn an_empty_page_and_a_pattern_of_navigation_alone_are_no_trouble() {
        assert_eq!(kinds(&arranged(&[], &modules("navigation"), Placement::Append)), "");
        assert_eq!(
            kinds(&arranged(&modules("navigation"), &modules("text"), Placement::Append)),
            "navigation text"
        );
    }
}
