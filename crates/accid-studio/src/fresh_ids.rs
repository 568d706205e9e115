//! Fresh ids for the documents of a template: what refers to a page, a module or a photo still does afterwards. Must
//! not know what a document means beyond where ids stand in it.

use std::collections::{BTreeSet, HashMap};

use accid_base::Id;
use serde_json::Value;

/// The ids as a template writes them, and what stands for each in a project.
#[derive(Default)]
pub(crate) struct FreshIds(HashMap<String, Id>);

/// Fields whose text is an id.
const FIELDS: [&str; 4] = ["id", "parent", "photo", "part"];

/// What a link to a page begins with; `#anchor` may follow the id.
const PAGE: &str = "page:";

/// The pages that a document links to, as it writes them.
pub(crate) fn linked_pages(value: &Value) -> BTreeSet<String> {
    let mut pages = BTreeSet::new();
    gather_pages(value, &mut pages);
    pages
}

fn gather_pages(value: &Value, pages: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.values().for_each(|value| gather_pages(value, pages)),
        Value::Array(values) => values.iter().for_each(|value| gather_pages(value, pages)),
        Value::String(text) => {
            let page = text.strip_prefix(PAGE).map(|target| target.split('#').next().unwrap_or(target));
            pages.extend(page.map(ToOwned::to_owned));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl FreshIds {
    /// Gives an id as it was written a fresh one, once.
    pub fn add(&mut self, written: &str, make: impl FnOnce() -> Id) {
        if !self.0.contains_key(written) {
            self.0.insert(written.to_owned(), make());
        }
    }

    /// Gives every page and module of a page document a fresh id.
    pub fn add_all(&mut self, document: &Value, make: &dyn Fn() -> Id) {
        if let Some(id) = document.get("id").and_then(Value::as_str) {
            self.add(id, make);
        }
        for inside in ["modules", "children"] {
            for module in document.get(inside).and_then(Value::as_array).into_iter().flatten() {
                self.add_all(module, make);
            }
        }
    }

    /// The fresh id of one as it was written.
    pub fn get(&self, written: &str) -> Option<&Id> {
        self.0.get(written)
    }

    /// Writes the fresh ids into a document: where it says who it is, what it is nested under, which photo it shows
    /// and where its links lead.
    pub fn rewrite(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value.as_str().and_then(|text| self.get(text)) {
                        Some(fresh) if FIELDS.contains(&name.as_str()) => *value = fresh.as_str().into(),
                        _ => self.rewrite(value),
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.rewrite(value)),
            Value::String(text) => {
                if let Some(link) = self.link(text) {
                    *text = link;
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn link(&self, text: &str) -> Option<String> {
        let target = text.strip_prefix(PAGE)?;
        let end = target.find('#').unwrap_or(target.len());
        let (page, anchor) = target.split_at(end);
        Some(format!("{PAGE}{}{anchor}", self.get(page)?))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_links_and_pictures_are_rewritten_together_and_words_are_left_alone() {
        let mut page = json!({"id": "home", "parent": "top", "title": "home", "modules": [
            {"id": "row", "props": {"label": "row"}, "children": [
                {"id": "card", "props": {"url": "page:home#row", "image": {"photo": "sea", "alt": "sea"}}}]},
            {"id": "text", "props": {"doc": {"marks": [{"attrs": {"href": "page:home"}}]}, "target": "page:gone"}},
        ]});
        let mut fresh = FreshIds::default();
        fresh.add("sea", || "photo-1".parse().unwrap());
        let counter = std::cell::Cell::new(0);
        fresh.add_all(&page, &|| {
            counter.set(counter.get() + 1);
            format!("new-{}", counter.get()).parse().unwrap()
        });
        fresh.rewrite(&mut page);
        let expected = json!({"id": "new-1", "parent": "top", "title": "home", "modules": [
            {"id": "new-2", "props": {"label": "row"}, "children": [
                {"id": "new-3", "props": {"url": "page:new-1#row", "image": {"photo": "photo-1", "alt": "sea"}}}]},
            {"id": "new-4", "props": {"doc": {"marks": [{"attrs": {"href": "page:new-1"}}]}, "target": "page:gone"}},
        ]});
        assert_eq!(page, expected);
    }
}
