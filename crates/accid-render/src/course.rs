//! A tutorial as a whole: which pages are its steps, and what each says of its place among them. Must not know modules.
//!
//! The steps are the pages of kind `tutorial` of a project of type `tutorial`, in the order of the page tree.

use std::collections::HashMap;

use accid_model::{Page, PageKind, ProjectType};

use crate::{
    renderer::Renderer,
    site::{PageLink, Site, SiteSource},
    strings::Strings,
};

/// The look of a tutorial's own parts; only sites that are one carry it.
pub(crate) const SHEET: &str = include_str!("../assets/css/course.css");

/// Whether the project is a tutorial.
pub(crate) fn is_course(source: &SiteSource) -> bool {
    source.blotter.project_type == ProjectType::Tutorial
}

/// The steps of a project, by their places in its list of pages; none unless it is a tutorial.
pub(crate) fn steps_of(source: &SiteSource) -> Vec<usize> {
    if !is_course(source) {
        return Vec::new();
    }
    let known: HashMap<&str, usize> =
        source.pages.iter().enumerate().map(|(index, page)| (page.id.as_str(), index)).collect();
    let mut under: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (index, page) in source.pages.iter().enumerate() {
        let parent = page.parent.as_ref().and_then(|id| known.get(id.as_str()).copied());
        under.entry(parent.filter(|parent| *parent != index)).or_default().push(index);
    }
    for siblings in under.values_mut() {
        siblings.sort_by_key(|index| source.pages[*index].order);
    }
    // Each page is under one other only, so the walk from the top meets none twice; a loop is never met.
    let (mut steps, mut open) = (Vec::new(), under.get(&None).cloned().unwrap_or_default());
    open.reverse();
    while let Some(index) = open.pop() {
        let page = &source.pages[index];
        if page.is_published() && page.about() == PageKind::Tutorial {
            steps.push(index);
        }
        open.extend(under.get(&Some(index)).into_iter().flatten().rev());
    }
    steps
}

/// A step and its neighbours.
pub(crate) struct Step<'a> {
    /// Which step it is, from 1.
    pub number: usize,
    /// All steps, in order.
    pub steps: Vec<&'a Page>,
}

impl<'a> Step<'a> {
    /// The step that a page is; nothing when it is none.
    pub fn of(site: &'a Site, page: &Page) -> Option<Self> {
        let steps: Vec<&Page> = steps(site).collect();
        let place = steps.iter().position(|step| step.id == page.id)?;
        Some(Self { number: place + 1, steps })
    }

    /// The step before.
    pub fn before(&self) -> Option<&'a Page> {
        self.steps.get(self.number.checked_sub(2)?).copied()
    }

    /// The step after.
    pub fn after(&self) -> Option<&'a Page> {
        self.steps.get(self.number).copied()
    }

    /// Where it is, in words such as `Step 3 of 7`.
    pub fn told(&self, words: &Strings) -> String {
        format!("{} {} {} {}", words.step, self.number, words.of, self.steps.len())
    }
}

/// The steps of a site, in order.
pub(crate) fn steps(site: &Site) -> impl Iterator<Item = &Page> {
    site.steps().iter().map(|index| site.source().pages[*index].as_ref())
}

/// The page that all begins with, unless it is a step itself.
pub(crate) fn overview(site: &Site) -> Option<&Page> {
    site.page_at(&site.entry_path()).filter(|page| steps(site).all(|step| step.id != page.id))
}

/// Writes, before a step's main part, where in the tutorial it is, with all steps to choose from.
pub(crate) fn write_place(to: &mut Renderer<'_>, step: &Step<'_>) {
    let (site, words) = (to.site, to.strings);
    to.html.open("nav").class("course").attr("aria-label", words.steps).open("div").class("course-bar");
    if let Some(page) = overview(site) {
        to.html.open("p").class("course-name");
        write_link(to, page, "");
        to.html.text(page.label()).close().close();
    }
    let told = step.told(words);
    to.html.open("p").class("course-place").text(&told).close();
    to.html.open("progress").attr("aria-label", &told).attr("max", &step.steps.len().to_string());
    to.html.attr("value", &step.number.to_string()).close();
    to.html.open("details").open("summary").text(words.all_steps).close().open("ol");
    for page in &step.steps {
        to.html.open("li");
        write_link(to, page, "");
        if page.id == to.view.page.id {
            to.html.attr("aria-current", "step");
        }
        to.html.text(page.label()).close().close();
    }
    to.html.close().close().close().close();
}

/// Writes, behind a step's main part, the ways to the step before and the step after.
pub(crate) fn write_ways(to: &mut Renderer<'_>, step: &Step<'_>) {
    let (site, words) = (to.site, to.strings);
    let overview = overview(site);
    let ways = [
        (step.before(), words.step_before, "prev", "way-back"),
        (step.after(), words.step_after, "next", "way-on"),
    ];
    to.html.open("nav").class("course-ways").attr("aria-label", words.steps_around);
    for (page, what, relation, class) in ways {
        let (page, what, relation) = match page {
            Some(page) => (Some(page), what, relation),
            None => (overview, words.overview, ""),
        };
        if let Some(page) = page {
            write_link(to, page, class);
            to.html.attr_unless_empty("rel", relation).leaf("span", "", what);
            to.html.open("strong").text(page.label()).close().close();
        }
    }
    to.html.close();
}

/// Writes the steps as a list, each with what it is about.
pub(crate) fn write_steps(to: &mut Renderer<'_>) {
    let site = to.site;
    to.html.open("ol").class("steps");
    for page in steps(site) {
        to.html.open("li");
        write_link(to, page, "");
        if page.id == to.view.page.id {
            to.html.attr("aria-current", "step");
        }
        to.html.text(page.label()).close();
        let about = page.seo.description.trim();
        if !about.is_empty() {
            to.html.leaf("p", "", about);
        }
        to.html.close();
    }
    to.html.close();
}

/// Opens a link to a page of the site, which counts as a way to it.
fn write_link(to: &mut Renderer<'_>, page: &Page, class: &str) {
    let path = to.site.path_of(page.id.as_str()).unwrap_or_default();
    let href = format!("{}{path}", to.view.root());
    to.html.open("a").attr_unless_empty("class", class).attr("href", &href);
    let foreign = to.site.foreign(page.id.as_str()).filter(|texts| texts.pointers.contains("title"));
    if let Some(foreign) = foreign {
        to.html.attr("lang", &foreign.language);
    }
    to.links.push(PageLink { module: None, pointer: String::new(), href });
}
