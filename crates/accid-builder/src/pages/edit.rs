//! The one way a page changes: read, change, check, write if nobody else did meanwhile.

use accid_base::{ContentHash, Slug};
use accid_model::{Fields, Module, Page, PageRole, Translation, to_value};
use accid_store::{Project, StoreError, Transaction, Write};
use serde_json::Value;

use super::{
    StoredPage, former,
    opened::{find, siblings},
};
use crate::{Builder, BuilderError, modules::check_modules};

const WHAT: &str = "the page was not saved";

/// What is to be changed, by whom, and how the history calls it.
pub(crate) struct PageEdit<'a> {
    pub author: &'a str,
    /// The page, by id or slug.
    pub page: &'a str,
    /// What it must be now; without it the edit starts again when somebody else was faster.
    pub expected: Option<ContentHash>,
    /// What was done, such as `edited`.
    pub done: &'a str,
}

impl Builder {
    /// Changes a page.
    pub(crate) fn edit_page(
        &self,
        project: &Project,
        edit: &PageEdit<'_>,
        change: impl Fn(&Page) -> Result<Page, BuilderError>,
    ) -> Result<StoredPage, BuilderError> {
        loop {
            let pages = self.open_pages(project).pages;
            let stored = find(&pages, edit.page)?;
            check_fresh(stored, edit.expected)?;
            let page = change(&stored.page)?;
            check(&pages, stored, &page)?;
            let mut told = former::remember(&pages, vec![signed(page)]).into_iter();
            let Some(page) = told.next() else {
                return Err(BuilderError::PageNotFound(edit.page.to_owned()));
            };
            let mut writes = replaced(stored, &page)?;
            renumber(&pages, stored, &page, &mut writes);
            writes.extend(told.filter_map(|follower| rewritten(&pages, &follower)));
            let note = format!("Page \"{}\" {}", page.title, edit.done);
            match project.commit(Transaction { author: edit.author.to_owned(), note, writes }) {
                Ok(_) => return self.page(project, page.id.as_str()),
                Err(StoreError::Stale { .. }) if edit.expected.is_none() => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Changes a page by what its fields are in JSON.
    pub(super) fn edit_fields(
        &self,
        project: &Project,
        edit: &PageEdit<'_>,
        change: impl Fn(Fields) -> Result<Fields, BuilderError>,
    ) -> Result<StoredPage, BuilderError> {
        self.edit_page(project, edit, |page| {
            let Value::Object(fields) = to_value(page) else {
                return Err(BuilderError::PageNotFound(edit.page.to_owned()));
            };
            let opened = accid_model::open::<Page>(&Value::Object(change(fields)?));
            Ok(opened.map_err(|error| BuilderError::invalid(WHAT, "", error.to_string()))?.document)
        })
    }
}

/// The page with the fingerprints of the source texts that its new translations were made from.
fn signed(mut page: Page) -> Page {
    fn sign(module: &mut Module) {
        if !module.translations.is_empty() {
            let props = Value::Object(module.props.clone());
            let texts = module.translations.values_mut().flat_map(|texts| texts.iter_mut());
            let label = module.place.as_ref().map(|place| Value::from(place.label.as_str()));
            for (pointer, translation) in texts.filter(|(_, translation)| translation.of.is_empty()) {
                let pin = label.as_ref().filter(|_| pointer == accid_render::PIN_LABEL);
                if let Some(source) = pin.or_else(|| props.pointer(pointer)) {
                    translation.of = Translation::fingerprint(source);
                }
            }
        }
        module.children.iter_mut().for_each(sign);
    }
    page.modules.iter_mut().for_each(sign);
    page
}

/// The write of a page that changes because another one did.
pub(super) fn rewritten(pages: &[StoredPage], page: &Page) -> Option<Write> {
    let stored = pages.iter().find(|stored| stored.page.id == page.id)?;
    Some(Write::put(stored.file.clone(), to_value(page)).if_still(stored.hash))
}

pub(super) fn check_fresh(stored: &StoredPage, expected: Option<ContentHash>) -> Result<(), BuilderError> {
    if expected.is_some_and(|hash| hash != stored.hash) {
        return Err(BuilderError::Stale { what: "page", current: to_value(stored.page.as_ref()) });
    }
    Ok(())
}

/// Says what is wrong with a page that is to be in the place of `stored`.
fn check(pages: &[StoredPage], stored: &StoredPage, page: &Page) -> Result<(), BuilderError> {
    if page.id != stored.page.id {
        return Err(BuilderError::invalid(WHAT, "/id", "the identity of a page does not change"));
    }
    if page.title.trim().is_empty() {
        return Err(BuilderError::invalid(WHAT, "/title", "a page needs a title"));
    }
    let others = || pages.iter().filter(|other| other.page.id != page.id);
    if others().any(|other| other.page.slug == page.slug) {
        return Err(BuilderError::SlugTaken(page.slug.to_string()));
    }
    for (language, translation) in &page.translations {
        let pointer = format!("/translations/{language}/slug");
        let slug = translation.slug.as_str();
        if !slug.is_empty() && slug.parse::<Slug>().is_err() {
            let message = "an address is made of lower-case letters, digits and hyphens";
            return Err(BuilderError::invalid(WHAT, &pointer, message));
        }
        let same = |other: &&StoredPage| {
            other.page.parent == page.parent && other.page.slug_in(language) == page.slug_in(language)
        };
        if let Some(other) = others().find(same).filter(|_| !slug.is_empty()) {
            let message = format!("the page \"{}\" has this address in that language", other.page.title);
            return Err(BuilderError::invalid(WHAT, &pointer, message));
        }
    }
    if page.role != PageRole::Page && page.parent.is_some() {
        return Err(BuilderError::invalid(WHAT, "/parent", "a part or pattern is not nested under a page"));
    }
    if let Some(parent) = &page.parent {
        let Some(found) = others().find(|other| other.page.id == *parent) else {
            return Err(BuilderError::invalid(WHAT, "/parent", "there is no such page to nest it under"));
        };
        if found.page.lineage(pages).iter().any(|above| above.id == page.id) {
            return Err(BuilderError::invalid(WHAT, "/parent", "a page cannot be nested under itself"));
        }
    }
    if page.modules != stored.page.modules {
        let foreign: Vec<&[Module]> = others().map(|other| other.page.modules.as_slice()).collect();
        let errors = check_modules(&page.modules, &stored.page.modules, &foreign);
        if !errors.is_empty() {
            return Err(BuilderError::Invalid { what: WHAT.to_owned(), errors });
        }
    }
    Ok(())
}

/// The writes that put `page` where `stored` is; two when its slug, and so its file, changed.
fn replaced(stored: &StoredPage, page: &Page) -> Result<Vec<Write>, BuilderError> {
    let file = Page::file(&page.slug)?;
    let value = to_value(page);
    if file == stored.file {
        return Ok(vec![Write::put(file, value).if_still(stored.hash)]);
    }
    Ok(vec![Write::remove(stored.file.clone()).if_still(stored.hash), Write::put(file, value).if_absent()])
}

/// Gives the siblings new numbers when the page moved among them. The last of the writes is that of the page.
fn renumber(pages: &[StoredPage], stored: &StoredPage, page: &Page, writes: &mut Vec<Write>) {
    if page.order == stored.page.order && page.parent == stored.page.parent {
        return;
    }
    let mut line: Vec<&StoredPage> =
        siblings(pages, page.parent.as_ref()).filter(|other| other.page.id != page.id).collect();
    let place = usize::try_from(page.order).unwrap_or(usize::MAX).min(line.len());
    line.insert(place, stored);
    let mut others = Vec::new();
    for (order, other) in (0_u32..).zip(line) {
        if other.page.id == page.id {
            if let Some(own) = writes.last_mut() {
                own.value = Some(to_value(&Page { order, ..page.clone() }));
            }
        } else if other.page.order != order {
            let moved = Page { order, ..Page::clone(&other.page) };
            others.push(Write::put(other.file.clone(), to_value(&moved)).if_still(other.hash));
        }
    }
    writes.append(&mut others);
}
