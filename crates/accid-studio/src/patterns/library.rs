//! The ready-made patterns in `patterns/`, and how one becomes documents of a project. Their pictures are the demo's.
//! Must not know what a module means, nor where a pattern is put.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use accid_base::{ContentHash, ErrorCode, Id, Problem, RelativePath};
use accid_builder::PageStart;
use accid_model::{Module, PageSeo};
use accid_store::Media;
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde_json::Value;

use super::PatternKind;
use crate::{
    Inner,
    fresh_ids::{FreshIds, linked_pages},
    templates::{pictures_of, shown_in},
};

pub(super) static PATTERNS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/patterns");

/// A pattern as its file says.
#[derive(Debug, Deserialize)]
pub(super) struct Pattern {
    pub id: String,
    pub kind: PatternKind,
    pub title: String,
    pub description: String,
    pub category: String,
    #[serde(default)]
    page: PatternPage,
    pub modules: Value,
}

/// What a pattern of a page says of the page besides its modules.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PatternPage {
    /// What search engines get to know.
    seo: PageSeo,
    /// What the page is about, such as `article`.
    kind: String,
}

/// All patterns: pages first, each group in the order of its titles.
pub(super) static ALL: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let files =
        ["pages", "sections"].into_iter().filter_map(|folder| PATTERNS.get_dir(folder)).flat_map(Dir::files);
    let mut all: Vec<Pattern> =
        files.filter_map(|file| serde_json::from_slice(file.contents()).ok()).collect();
    all.sort_by(|left: &Pattern, right| {
        (left.kind == PatternKind::Section, &left.category, &left.title).cmp(&(
            right.kind == PatternKind::Section,
            &right.category,
            &right.title,
        ))
    });
    all
});

pub(super) fn find(id: &str) -> Result<&'static Pattern, Problem> {
    ALL.iter().find(|pattern| pattern.id == id).ok_or_else(|| {
        let shown: String = id.chars().take(80).collect();
        Problem::new(ErrorCode::ObjectNotFound, format!("There is no pattern \"{shown}\"."))
            .fix("GET /api/patterns lists them.")
    })
}

/// A pattern as documents of a project: its modules with ids of their own, and the photos the project lacks.
pub(crate) struct Instance {
    pub modules: Vec<Module>,
    /// What a page of it is besides its modules; nothing for a section.
    pub page: Option<PageStart>,
    pub title: String,
    /// Photo documents to be written, by their files.
    pub photos: Vec<(RelativePath, Value)>,
    /// The originals of these, by their content hash.
    pub media: HashMap<String, Media>,
}

/// What a pattern meets where it is put.
#[derive(Default)]
pub(super) struct Surroundings {
    /// Photos that are there already, by the content hash of their originals.
    pub photos: HashMap<ContentHash, Id>,
    /// Pages, by their slugs.
    pub pages: HashMap<String, Id>,
}

/// The pattern for a project with these surroundings.
pub(super) fn instance(
    inner: &Inner,
    pattern: &'static Pattern,
    around: &Surroundings,
) -> Result<Instance, Problem> {
    let mut document = serde_json::json!({ "modules": pattern.modules, "seo": pattern.page.seo });
    let (mut fresh, mut shown) = (FreshIds::default(), BTreeSet::new());
    fresh.add_all(&document, &|| inner.new_id());
    shown_in(&document, &mut shown);
    let (mut photos, mut media) = (Vec::new(), HashMap::new());
    for (written, photo, original) in pictures_of(inner, &shown)? {
        if let Some(known) = around.photos.get(&photo.hash) {
            fresh.add(&written, || known.clone());
            continue;
        }
        fresh.add(&written, || photo.id.clone());
        media.insert(photo.hash.to_string(), original);
        photos.push(crate::templates::document(photo)?);
    }
    // A link to a page that the site does not have leads to its entry page.
    for slug in linked_pages(&document) {
        if let Some(id) = around.pages.get(&slug).or_else(|| around.pages.get("index")) {
            fresh.add(&slug, || id.clone());
        }
    }
    fresh.rewrite(&mut document);
    let broken =
        |_| Problem::new(ErrorCode::Internal, format!("The pattern \"{}\" cannot be read.", pattern.id));
    Ok(Instance {
        modules: serde_json::from_value(document["modules"].take()).map_err(broken)?,
        page: match pattern.kind {
            PatternKind::Page => Some(PageStart {
                kind: pattern.page.kind.clone(),
                seo: serde_json::from_value(document["seo"].take()).map_err(broken)?,
            }),
            PatternKind::Section => None,
        },
        title: pattern.title.clone(),
        photos,
        media,
    })
}

/// A pattern for the only page of a site, whose id is given; for its preview.
pub(crate) fn alone(inner: &Inner, id: &str, page: &Id) -> Result<Instance, Problem> {
    let pages = HashMap::from([("index".to_owned(), page.clone())]);
    instance(inner, find(id)?, &Surroundings { pages, ..Surroundings::default() })
}

#[cfg(test)]
mod tests {
    use accid_model::PageKind;

    use super::*;

    #[test]
    fn every_file_is_a_pattern_and_its_name_is_its_id() {
        let files: usize = ["pages", "sections"]
            .iter()
            .map(|folder| PATTERNS.get_dir(folder).unwrap().files().count())
            .sum();
        assert_eq!(ALL.len(), files);
        for pattern in ALL.iter() {
            let folder = if pattern.kind == PatternKind::Page { "pages" } else { "sections" };
            assert!(PATTERNS.get_file(format!("{folder}/{}.json", pattern.id)).is_some(), "{}", pattern.id);
        }
    }

    #[test]
    fn there_are_at_least_sixteen_pages_and_twenty_sections() {
        let of = |kind| ALL.iter().filter(|pattern| pattern.kind == kind).count();
        assert!(of(PatternKind::Page) >= 16);
        assert!(of(PatternKind::Section) >= 20);
    }

    #[test]
    fn every_page_says_what_it_is_about_in_words_search_engines_know_and_has_a_description() {
        for pattern in ALL.iter().filter(|pattern| pattern.kind == PatternKind::Page) {
            let PatternPage { kind, seo } = &pattern.page;
            assert!(kind.is_empty() || PageKind::NAMES.contains(&kind.as_str()), "{}: {kind}", pattern.id);
            assert!((50..=160).contains(&seo.description.chars().count()), "{}", pattern.id);
        }
        for (id, kind) in
            [("journal-entry", "article"), ("event", "event"), ("faq", "faq"), ("tutorial", "tutorial")]
        {
            assert_eq!(find(id).unwrap().page.kind, kind);
        }
    }
}
