//! `pages/<slug>.json`: one page of a site with its modules.

use std::{borrow::Borrow, collections::BTreeMap};

use accid_base::{Finding, Id, InvalidPath, RelativePath, Severity, Slug};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Document, Fields, ImageRef, Migration, Module, PageFacts, PageKind, PageRole, PageTranslation, Spatial,
};

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
    /// What it is in the project: a page of the site, or a part or pattern that is never published by itself.
    #[serde(default, skip_serializing_if = "PageRole::is_page")]
    pub role: PageRole,
    /// What it is about: `article` (an entry of a journal), `event`, `product`, `contact`, `about`, `faq`, `gallery` or
    /// `tutorial`; an ordinary page when empty. Search engines show each in its own way, and articles are in the feeds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-choices" = PageKind::NAMES))]
    pub kind: String,
    /// The day of an article, or the first day of an event, such as `2026-03-01`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// Who wrote an article, when it was not the site's author.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// What an article is about, in single words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What is said of an event or a product.
    #[serde(default, skip_serializing_if = "PageFacts::is_empty")]
    pub facts: PageFacts,
    /// The files it was before its address changed, such as `old/name.html`; whoever asks for one of them is led here.
    /// ACCID keeps them when slug or parent change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
    /// What it is called in the site's other languages, by their tags.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<String, PageTranslation>,
    /// CSS of this page alone. What cannot be read, and what would fetch from elsewhere, is left out with a finding.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-editor" = "code"))]
    pub css: String,
    /// What makes its canvas a map: the modules that have a place stand on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spatial: Option<Spatial>,
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

    /// The file it becomes in the export: `about.html`, or `trips/grenada.html` when nested under `trips`. What is no
    /// page of the site has a path in a folder of its own, under which only its canvas is found.
    pub fn export_path(&self, pages: &[impl Borrow<Self>]) -> String {
        let parts: Vec<_> = self.lineage(pages).into_iter().rev().map(|page| page.slug.as_str()).collect();
        format!("{}{}.html", self.role.folder(), parts.join("/"))
    }

    /// The file it becomes in another language: `de/reisen/grenada.html`.
    pub fn export_path_in(&self, language: &str, pages: &[impl Borrow<Self>]) -> String {
        let parts: Vec<_> =
            self.lineage(pages).into_iter().rev().map(|page| page.slug_in(language)).collect();
        format!("{language}/{}{}.html", self.role.folder(), parts.join("/"))
    }

    /// Its name in addresses in another language.
    pub fn slug_in(&self, language: &str) -> &str {
        let own = self.translations.get(language).map_or("", |translation| translation.slug.as_str());
        let good = self.slug.as_str() != "index" && own.parse::<Slug>().is_ok();
        if good { own } else { self.slug.as_str() }
    }

    /// What it is about.
    pub fn about(&self) -> PageKind {
        PageKind::named(&self.kind)
    }

    /// Whether it is a page of the site, which visitors see.
    pub fn is_published(&self) -> bool {
        self.role == PageRole::Page
    }

    /// The day of an article, or the first of an event, when it is one of the calendar.
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.date.get(..10)?.parse().ok()
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
        let dated = matches!(self.about(), PageKind::Article | PageKind::Event);
        if !self.date.is_empty() && self.day().is_none() {
            let message = "The date is no day of the calendar and is left out. Write it as 2026-03-01.";
            findings.push(Finding::new(Severity::Warning, "page.date-refused", message).at("/date"));
        } else if dated && self.date.is_empty() {
            let message = "The page has no date, which readers and search engines look for. Give it one.";
            findings.push(Finding::new(Severity::Note, "page.date-missing", message).at("/date"));
        }
        findings.extend(self.spatial.iter().flat_map(|spatial| spatial.check(&self.modules)));
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
    fn a_page_has_a_path_in_every_language_and_a_part_has_none_of_the_sites() {
        let page = |value: Value| open::<Page>(&value).unwrap().document;
        let trips = page(json!({"id": "t", "schema_version": 2, "slug": "trips", "title": "Trips",
            "translations": {"de": {"slug": "reisen"}, "fr": {"slug": "../up"}}}));
        let grenada = page(
            json!({"id": "g", "schema_version": 2, "slug": "grenada", "title": "Grenada", "parent": "t"}),
        );
        let index = page(json!({"id": "i", "schema_version": 2, "slug": "index", "title": "Home",
            "translations": {"de": {"slug": "start"}}}));
        let footer =
            page(json!({"id": "f", "schema_version": 2, "slug": "footer", "title": "F", "role": "part"}));
        let pages = [trips, grenada, index, footer];
        assert_eq!(pages[1].export_path_in("de", &pages), "de/reisen/grenada.html");
        assert_eq!(pages[0].export_path_in("fr", &pages), "fr/trips.html", "no slug, so not used");
        assert_eq!(pages[2].export_path_in("de", &pages), "de/index.html");
        assert_eq!(pages[3].export_path(&pages), "_part/footer.html");
    }

    #[test]
    fn a_date_is_a_day_of_the_calendar_or_a_finding() {
        let codes = |date: &str| -> Vec<String> {
            let page = json!({"id": "p", "schema_version": 2, "slug": "p", "title": "P", "kind": "article",
                "date": date});
            let findings = open::<Page>(&page).unwrap().findings;
            findings.into_iter().map(|finding| finding.code).collect()
        };
        assert!(codes("2026-03-01").is_empty() && codes("2026-03-01T10:00:00Z").is_empty());
        assert_eq!(codes("2026-02-30"), ["page.date-refused"]);
        assert_eq!(codes("é2026-02-3"), ["page.date-refused"]);
        assert_eq!(codes(""), ["page.date-missing"]);
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
