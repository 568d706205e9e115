//! `pages/<slug>.json`: one page of a site with its modules.

use std::borrow::Borrow;

use accid_base::{Finding, Id, InvalidPath, RelativePath, Severity, Slug};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Document, Fields, ImageRef, Migration, Module};

/// How a page stands in the navigation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Navigation {
    /// Whether navigation modules list it.
    pub show: bool,
    /// Its name there, when it differs from the title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
}

impl Default for Navigation {
    fn default() -> Self {
        Self { show: true, label: String::new() }
    }
}

/// What search engines and social networks get to know of a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PageSeo {
    /// Title in search results, when it differs from the page's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What the page is about, in one or two sentences (50 to 160 characters work best).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Address of the original, when this page is a copy of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub canonical: String,
    /// Picture of the social card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageRef>,
    /// Asks search engines to leave the page out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// One page of a site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// Identity of the page.
    pub id: Id,
    /// Format of this file.
    pub schema_version: u32,
    /// Name in addresses; `index` is the entry page.
    pub slug: Slug,
    /// Title, shown in the browser's tab.
    pub title: String,
    /// The page it is nested under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// Place among its siblings, from 0.
    #[serde(default)]
    pub order: u32,
    /// How it stands in the navigation.
    #[serde(default)]
    pub navigation: Navigation,
    /// Language as a BCP 47 tag, when it differs from the site's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// What search engines get to know.
    #[serde(default)]
    pub seo: PageSeo,
    /// CSS of this page alone. What cannot be read, and what would fetch from elsewhere, is left out with a finding.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-editor" = "code"))]
    pub css: String,
    /// Its modules, from top to bottom.
    #[serde(default)]
    pub modules: Vec<Module>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl Page {
    /// Folder of the pages in a project.
    pub const FOLDER: &'static str = "pages";

    /// Deepest nesting of modules that is accepted.
    pub const DEEPEST: usize = 16;

    /// The file a page with this slug is kept in.
    ///
    /// # Errors
    /// None in practice: every slug can be a file's name.
    pub fn file(slug: &Slug) -> Result<RelativePath, InvalidPath> {
        RelativePath::document(Self::FOLDER, slug.as_str())
    }

    /// The page and those it is nested under, nearest first; stops at a loop.
    pub fn lineage<'a>(&'a self, pages: &'a [impl Borrow<Self>]) -> Vec<&'a Self> {
        let mut line = vec![self];
        while let Some(parent) = line.last().and_then(|page| page.parent.as_ref()) {
            match pages.iter().map(Borrow::borrow).find(|page: &&Self| page.id == *parent) {
                Some(page) if !line.iter().any(|known| known.id == page.id) => line.push(page),
                _ => break,
            }
        }
        line
    }

    /// The file it becomes in the export: `about.html`, or `trips/grenada.html` when nested under `trips`.
    pub fn export_path(&self, pages: &[impl Borrow<Self>]) -> String {
        let parts: Vec<_> = self.lineage(pages).into_iter().rev().map(|page| page.slug.as_str()).collect();
        format!("{}.html", parts.join("/"))
    }

    /// Its name in the navigation.
    pub fn label(&self) -> &str {
        if self.navigation.label.is_empty() { &self.title } else { &self.navigation.label }
    }
}

impl Document for Page {
    const NAME: &'static str = "page";
    const VERSION: u32 = 2;
    const MIGRATIONS: &'static [Migration] = &[Migration {
        to: 2,
        description: "\"name\" becomes \"title\"; \"in_menu\" becomes \"navigation.show\"",
        apply: |page| {
            if let Some(name) = page.shift_remove("name") {
                page.entry("title").or_insert(name);
            }
            if let Some(shown) = page.shift_remove("in_menu") {
                let navigation = page.entry("navigation").or_insert_with(|| Value::Object(Fields::new()));
                if let Value::Object(navigation) = navigation {
                    navigation.entry("show").or_insert(shown);
                }
            }
        },
    }];

    fn check(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for module in &self.modules {
            module.walk(&mut |module| {
                if !seen.insert(module.id.clone()) {
                    let message =
                        format!("Two modules have the id {}. Remove or rename one of them.", module.id);
                    findings.push(
                        Finding::new(Severity::Error, "module.id-twice", message).in_module(&module.id),
                    );
                }
            });
        }
        if self.title.trim().is_empty() {
            let message = "The page has no title. Visitors and search engines need one.";
            findings.push(Finding::new(Severity::Warning, "page.title-missing", message).at("/title"));
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::open;

    #[test]
    fn a_page_of_version_1_becomes_version_2() {
        let old = json!({"id": "p", "slug": "about", "name": "About", "in_menu": false, "mood": "calm"});
        let opened = open::<Page>(&old).unwrap();
        assert_eq!(opened.migrated_from, Some(1));
        assert_eq!(opened.document.title, "About");
        assert!(!opened.document.navigation.show);
        assert_eq!(opened.document.extra["mood"], "calm");
    }

    #[test]
    fn a_page_of_a_newer_accid_opens_with_a_finding_and_loses_nothing() {
        let newer = json!({"id": "p", "schema_version": 99, "slug": "about", "title": "About", "order": 0,
            "navigation": {"show": true}, "seo": {}, "modules": [], "hologram": {"depth": 3}});
        let opened = open::<Page>(&newer).unwrap();
        assert_eq!(opened.findings[0].code, "document.newer");
        assert_eq!(serde_json::to_value(opened.document).unwrap(), newer);
    }

    #[test]
    fn nested_pages_lie_in_folders_and_a_loop_ends() {
        let page = |id: &str, parent: Option<&str>| {
            let value = json!({"id": id, "schema_version": 2, "slug": id, "title": id, "parent": parent});
            open::<Page>(&value).unwrap().document
        };
        let pages =
            [page("trips", None), page("grenada", Some("trips")), page("a", Some("b")), page("b", Some("a"))];
        assert_eq!(pages[1].export_path(&pages), "trips/grenada.html");
        assert_eq!(pages[2].export_path(&pages), "b/a.html");
    }
}
