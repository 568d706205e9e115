//! Patterns (ZAPs): ready-made pages and sections in `patterns/`, and how one is put on a page. Their pictures are the
//! demo's. Must not know what a module means.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, LazyLock},
};

use accid_access::{Permit, Read, Write};
use accid_base::{ContentHash, ErrorCode, Id, Problem, RelativePath};
use accid_builder::{Placement, PutModules};
use accid_model::{Module, Page, PageSeo};
use accid_store::{Media, Project, Transaction};
use include_dir::{Dir, include_dir};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Inner, PageView, Served, explain,
    fresh_ids::{FreshIds, linked_pages},
    previews,
    templates::{pictures_of, shown_in},
};

static PATTERNS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/patterns");

/// Use cases about patterns.
pub struct Patterns<'a>(pub(crate) &'a Arc<Inner>);

/// What a pattern is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PatternKind {
    /// A whole page, with header and footer.
    Page,
    /// A band of a page.
    Section,
}

/// A pattern that can be put on a page.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PatternView {
    /// Name in requests, such as `landing`.
    pub id: String,
    /// What it is for.
    pub kind: PatternKind,
    /// Name for people.
    pub title: String,
    /// What is on it.
    pub description: String,
    /// What it is listed under, such as `Telling`.
    pub category: String,
    /// How many modules it has, those inside others too.
    pub modules: usize,
}

/// What a pattern does to what is on the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ApplyMode {
    /// It comes behind it, before the page's footer.
    #[default]
    Append,
    /// It comes at `index` among the modules at the top of the page.
    Insert,
    /// It takes its place.
    Replace,
}

/// A pattern to be put on a page.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ApplyPattern {
    /// Name of the pattern, such as `landing`.
    pub pattern: String,
    /// What happens to what is on the page.
    pub mode: ApplyMode,
    /// For `insert`: the place, from 0; last when missing.
    pub index: Option<usize>,
}

/// A pattern as its file says.
#[derive(Debug, Deserialize)]
struct Pattern {
    id: String,
    kind: PatternKind,
    title: String,
    description: String,
    category: String,
    #[serde(default)]
    page: PatternPage,
    modules: Value,
}

/// What a pattern of a page says of the page besides its modules.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PatternPage {
    seo: PageSeo,
}

/// All patterns: pages first, each group in the order of its titles.
static ALL: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
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

fn find(id: &str) -> Result<&'static Pattern, Problem> {
    ALL.iter().find(|pattern| pattern.id == id).ok_or_else(|| {
        let shown: String = id.chars().take(80).collect();
        Problem::new(ErrorCode::ObjectNotFound, format!("There is no pattern \"{shown}\"."))
            .fix("GET /api/patterns lists them.")
    })
}

/// A pattern as documents of a project: its modules with ids of their own, and the photos the project lacks.
pub(crate) struct Instance {
    pub modules: Vec<Module>,
    pub seo: PageSeo,
    pub title: &'static str,
    /// Photo documents to be written, by their files.
    pub photos: Vec<(RelativePath, Value)>,
    /// The originals of these, by their content hash.
    pub media: HashMap<String, Media>,
}

/// What a pattern meets where it is put.
#[derive(Default)]
struct Surroundings {
    /// Photos that are there already, by the content hash of their originals.
    photos: HashMap<ContentHash, Id>,
    /// Pages, by their slugs.
    pages: HashMap<String, Id>,
}

fn instance(inner: &Inner, pattern: &'static Pattern, around: &Surroundings) -> Result<Instance, Problem> {
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
        seo: serde_json::from_value(document["seo"].take()).map_err(broken)?,
        title: &pattern.title,
        photos,
        media,
    })
}

/// A pattern for the only page of a site, whose id is given; for its preview.
pub(crate) fn alone(inner: &Inner, id: &str, page: &Id) -> Result<Instance, Problem> {
    let pages = HashMap::from([("index".to_owned(), page.clone())]);
    instance(inner, find(id)?, &Surroundings { pages, ..Surroundings::default() })
}

impl Patterns<'_> {
    /// All patterns: pages first, then sections.
    pub fn list(&self, _: &Permit<Read>) -> Vec<PatternView> {
        ALL.iter()
            .map(|pattern| PatternView {
                id: pattern.id.clone(),
                kind: pattern.kind,
                title: pattern.title.clone(),
                description: pattern.description.clone(),
                category: pattern.category.clone(),
                modules: count(&pattern.modules),
            })
            .collect()
    }

    /// A file of a site whose only page is this pattern.
    ///
    /// # Errors
    /// When there is no such pattern, or its site has no such file.
    pub fn preview(&self, _: &Permit<Read>, pattern: &str, path: &str) -> Result<Served, Problem> {
        find(pattern)?;
        previews::serve(self.0, &previews::Subject::Pattern(pattern.to_owned()), path)
    }

    /// Puts a pattern on a page. Pictures it shows come into the project when they are not there.
    ///
    /// # Errors
    /// When the page or pattern is missing, the page changed since it was read, or the disk refuses.
    pub fn apply(
        &self,
        permit: &Permit<Write>,
        project: &str,
        page: &str,
        request: &ApplyPattern,
        expected: Option<ContentHash>,
    ) -> Result<PageView, Problem> {
        let inner = self.0;
        let project = inner.project(project)?;
        inner.builder.page(&project, page).map_err(explain)?;
        let instance = self.bring(permit.author(), &project, &request.pattern)?;
        let placement = match (request.mode, request.index) {
            (ApplyMode::Replace, _) => Placement::Replace,
            (ApplyMode::Insert, Some(index)) => Placement::At(index),
            (ApplyMode::Insert | ApplyMode::Append, _) => Placement::Append,
        };
        let put = PutModules { page, expected, title: instance.title, modules: &instance.modules, placement };
        let stored = inner.builder.put_modules(&project, permit.author(), &put).map_err(explain)?;
        tracing::info!(project_id = %project.id(), page_id = %stored.page.id, pattern = %request.pattern, "pattern_applied");
        Ok(inner.page_view(&project, &stored))
    }

    /// A pattern's modules for a project, after its photos are there.
    fn bring(&self, author: &str, project: &Project, pattern: &str) -> Result<Instance, Problem> {
        let inner = self.0;
        let photos = inner.waypoint.photos(project);
        let pages = inner.builder.pages(project);
        let around = Surroundings {
            photos: photos.into_iter().map(|stored| (stored.photo.hash, stored.photo.id)).collect(),
            pages: pages
                .iter()
                .map(|stored| (stored.page.slug.to_string(), Page::clone(&stored.page).id))
                .collect(),
        };
        let instance = instance(inner, find(pattern)?, &around)?;
        if !instance.photos.is_empty() {
            for original in instance.media.values() {
                project.put_media(&original.bytes, &original.extension).map_err(explain)?;
            }
            let writes = instance
                .photos
                .iter()
                .map(|(file, photo)| accid_store::Write::put(file.clone(), photo.clone()).if_absent())
                .collect();
            let note = format!("Pictures of the pattern \"{}\" added", instance.title);
            project.commit(Transaction { author: author.to_owned(), note, writes }).map_err(explain)?;
        }
        Ok(instance)
    }
}

/// How many modules there are, those inside others too.
fn count(modules: &Value) -> usize {
    modules.as_array().into_iter().flatten().map(|module| 1 + count(&module["children"])).sum()
}

#[cfg(test)]
mod tests {
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
}
