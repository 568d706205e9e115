//! The check before publishing: what the renderer and the documents find, page by page, and what only shows when all
//! pages are looked at together. Must not render by itself, nor know what a module means.

mod translated;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use accid_base::{Finding, Id, Severity, parallel};
use accid_model::Page;
use accid_render::{Mode, RenderedPage, Site};
use accid_store::Project;

pub use self::translated::LanguageProgress;
use self::translated::{photos, translations};
use crate::{Builder, BuilderError, LoadedSite, StoredPage};

/// A picture larger than this is heavy when it is published as it came, such as a GIF.
const HEAVY: u64 = 1_500_000;
/// A film larger than this is a long wait.
const HEAVY_FILM: u64 = 8_000_000;
/// More pictures than this on one page make it slow to open.
const MANY_PICTURES: usize = 60;
/// Longest description that search results show whole.
const LONGEST_DESCRIPTION: usize = 170;

/// Something to look at before publishing.
#[derive(Debug, Clone)]
pub struct CheckItem {
    /// What was found.
    pub finding: Finding,
    /// The page it is on, unless it is of the whole site.
    pub page: Option<Id>,
}

/// What the check found.
#[derive(Debug, Clone)]
pub struct SiteCheck {
    /// All of it: first what is of the whole site, then page by page.
    pub items: Vec<CheckItem>,
    /// How far the site is translated, for each of its other languages.
    pub languages: Vec<LanguageProgress>,
}

impl Builder {
    /// Looks at the whole site as it would be published.
    ///
    /// # Errors
    /// When the master configuration cannot be read.
    pub fn check(&self, project: &Project) -> Result<SiteCheck, BuilderError> {
        let loaded = self.site(project)?;
        Ok(check(&loaded))
    }
}

fn check(loaded: &LoadedSite) -> SiteCheck {
    let site = &loaded.site;
    let mut items: Vec<CheckItem> = loaded.findings.iter().cloned().map(of_site).collect();
    items.extend(site.findings().iter().cloned().map(of_site));
    items.extend(about_site(loaded).into_iter().map(of_site));
    let looked_at: Vec<&StoredPage> =
        loaded.pages.iter().filter(|stored| stored.page.role != accid_model::PageRole::Pattern).collect();
    let rendered = parallel::map(&looked_at, |stored| site.render_page(&stored.page, &Mode::Export));
    let files = files_of(site, &rendered);
    let names = SharedNames::of(&looked_at);
    let linked = linked_pages(site, &looked_at, &rendered);
    let languages: Vec<&str> = site.languages().skip(1).collect();
    let mut progress: Vec<LanguageProgress> = languages
        .iter()
        .map(|language| LanguageProgress { language: (*language).to_owned(), texts: 0, translated: 0 })
        .collect();
    for progress in &mut progress {
        items.extend(photos(site, &looked_at, progress).map(of_site));
    }
    for (stored, page) in looked_at.iter().zip(&rendered) {
        let mut found = stored.findings.clone();
        found.extend(page.findings.iter().cloned());
        found.extend(links(site, page, &files));
        if stored.page.is_published() {
            found.extend(about_page(&stored.page, page, &names, &linked));
        }
        for progress in &mut progress {
            found.extend(translations(&stored.page, progress));
        }
        let mut seen = HashSet::new();
        found.retain(|finding| {
            seen.insert((
                finding.code.clone(),
                finding.module.clone(),
                finding.pointer.clone(),
                finding.message.clone(),
            ))
        });
        let page = Some(stored.page.id.clone());
        items.extend(found.into_iter().map(|finding| CheckItem { finding, page: page.clone() }));
    }
    SiteCheck { items, languages: progress }
}

fn of_site(finding: Finding) -> CheckItem {
    CheckItem { finding, page: None }
}

fn about_site(loaded: &LoadedSite) -> Vec<Finding> {
    let (site, source) = (&loaded.site, loaded.site.source());
    let settings = &source.blotter.site;
    let mut found = Vec::new();
    let mut find = |severity, code: &str, pointer: &str, message: &str| {
        found.push(Finding::new(severity, code, message).at(pointer));
    };
    let published = loaded.pages.iter().any(|stored| stored.page.is_published());
    if published && site.page_at("index.html").is_none() {
        find(
            Severity::Error,
            "site.entry-missing",
            "",
            "No page is the entry page, so who opens the site sees nothing. Give one page the address \"index\".",
        );
    }
    if settings.base_url.trim().is_empty() {
        find(
            Severity::Note,
            "site.address-missing",
            "/site/base_url",
            "The site has no address yet, so it has no sitemap, no feeds and no picture on social cards. Write it \
             down under Site.",
        );
    }
    if settings.hidden {
        find(
            Severity::Warning,
            "site.hidden",
            "/site/hidden",
            "The whole site asks search engines to leave it out. Switch that off under Site when it is finished.",
        );
    }
    for photo in &source.photos {
        let as_it_came = matches!(photo.extension.as_str(), "gif" | "svg");
        if as_it_came && photo.bytes > HEAVY {
            let message = format!(
                "The picture \"{}\" is published as it came and weighs {:.1} MB, which is slow on a phone. Replace it \
                 by a smaller one.",
                photo.filename,
                megabytes(photo.bytes)
            );
            found.push(Finding::new(Severity::Warning, "image.heavy", message));
        }
    }
    for video in &source.videos {
        if video.bytes > HEAVY_FILM {
            let message = format!(
                "The film \"{}\" weighs {:.1} MB, which is a long wait on a phone. Replace it by one of a few seconds, or \
                 export it smaller.",
                video.filename,
                megabytes(video.bytes)
            );
            found.push(Finding::new(Severity::Warning, "video.heavy", message));
        }
    }
    for language in site.languages().skip(1) {
        let taken = site.page_at(&format!("{language}.html"));
        if taken
            .is_some_and(|page| loaded.pages.iter().any(|other| other.page.parent.as_ref() == Some(&page.id)))
        {
            let message = format!(
                "The pages under \"{language}\" lie in the folder of that language, and some of them may overwrite each \
                 other. Give the page another address."
            );
            found.push(Finding::new(Severity::Error, "language.folder-taken", message));
        }
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "only shown to a person, with one digit")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}

/// Titles and descriptions that more than one page has.
struct SharedNames {
    titles: HashMap<String, usize>,
    descriptions: HashMap<String, usize>,
}

impl SharedNames {
    fn of(pages: &[&StoredPage]) -> Self {
        let mut shared = Self { titles: HashMap::new(), descriptions: HashMap::new() };
        for page in pages.iter().map(|stored| &stored.page).filter(|page| page.is_published()) {
            *shared.titles.entry(title(page).to_lowercase()).or_default() += 1;
            *shared.descriptions.entry(page.seo.description.trim().to_lowercase()).or_default() += 1;
        }
        shared
    }
}

fn title(page: &Page) -> &str {
    let own = page.seo.title.trim();
    if own.is_empty() { page.title.trim() } else { own }
}

fn about_page(
    page: &Page,
    rendered: &RenderedPage,
    names: &SharedNames,
    linked: &HashSet<String>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut find = |severity, code: &str, pointer: &str, message: String| {
        found.push(Finding::new(severity, code, message).at(pointer));
    };
    let description = page.seo.description.trim();
    if page.modules.is_empty() {
        find(
            Severity::Warning,
            "page.empty",
            "/modules",
            "There is nothing on the page yet. Add something, or move the page to the trash.".to_owned(),
        );
    }
    if !page.seo.hidden {
        if description.is_empty() {
            find(
                Severity::Note,
                "seo.description-missing",
                "/seo/description",
                "The page has no description of its own for search results. Say in a sentence or two what it is about."
                    .to_owned(),
            );
        } else if description.chars().count() > LONGEST_DESCRIPTION {
            let message = format!(
                "The description has {} characters, and search results cut it off. Shorten it to 160.",
                description.chars().count()
            );
            find(Severity::Note, "seo.description-long", "/seo/description", message);
        } else if names.descriptions.get(&description.to_lowercase()).is_some_and(|times| *times > 1) {
            let message =
                "Another page has the same description. Say what is special about this one.".to_owned();
            find(Severity::Note, "seo.description-twice", "/seo/description", message);
        }
        if names.titles.get(&title(page).to_lowercase()).is_some_and(|times| *times > 1) {
            let message =
                "Another page has the same title, and nobody can tell them apart. Give one another.";
            find(Severity::Warning, "seo.title-twice", "/title", message.to_owned());
        }
    }
    if page.slug.as_str() != "index" && page.slug.as_str() != "404" && !linked.contains(page.id.as_str()) {
        find(
            Severity::Warning,
            "page.unreachable",
            "/navigation/show",
            "No page leads here: it is not in the navigation, and nothing links to it. List it there, or link to it."
                .to_owned(),
        );
    }
    let pictures: HashSet<&str> = rendered.images.iter().map(|image| image.photo.as_str()).collect();
    if pictures.len() > MANY_PICTURES {
        let message = format!(
            "The page shows {} pictures and opens slowly. Spread them over several pages.",
            pictures.len()
        );
        find(Severity::Note, "page.many-pictures", "/modules", message);
    }
    found
}

/// All files of the export, and all anchors of its pages.
struct Files {
    paths: BTreeSet<String>,
    anchors: BTreeMap<String, BTreeSet<String>>,
}

fn files_of(site: &Site, rendered: &[RenderedPage]) -> Files {
    let mut paths: BTreeSet<String> = site.shared_files().into_iter().map(|file| file.path).collect();
    let mut anchors = BTreeMap::new();
    for page in rendered {
        paths.insert(page.path.clone());
        paths.extend(page.images.iter().map(|image| image.path.clone()));
        anchors.insert(page.path.clone(), page.anchors.iter().cloned().collect());
    }
    Files { paths, anchors }
}

/// The file and the anchor that a link of a page leads to, when it stays in the site.
fn inside(page: &str, href: &str) -> Option<(String, String)> {
    if href.starts_with('#') || href.starts_with('/') || href.contains(':') {
        return None;
    }
    let (path, anchor) = href.split_once('#').unwrap_or((href, ""));
    let path = path.split('?').next().unwrap_or_default();
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            _ => parts.push(part),
        }
    }
    Some((parts.join("/"), anchor.to_owned()))
}

fn links(site: &Site, page: &RenderedPage, files: &Files) -> Vec<Finding> {
    let mut found = Vec::new();
    for link in &page.links {
        let Some((path, anchor)) = inside(&page.path, &link.href) else { continue };
        let place = |finding: Finding| {
            let finding = finding.at(link.pointer.clone());
            match &link.module {
                Some(module) => finding.in_module(module),
                None => finding,
            }
        };
        let plain = path.replace("%20", " ");
        if !files.paths.contains(&path) && !files.paths.contains(&plain) && site.at(&path).is_none() {
            let message = format!(
                "The link leads to \"{path}\", and the site has no such file. Choose a page, or write a whole address."
            );
            found.push(place(Finding::new(Severity::Error, "link.file-missing", message)));
        } else if !anchor.is_empty()
            && anchor != "top"
            && files.anchors.get(&path).is_some_and(|anchors| !anchors.contains(&anchor))
        {
            let message = format!(
                "The link leads to \"#{anchor}\" of \"{path}\", but nothing there has that anchor. Give one module that \
                 anchor, or change the link."
            );
            found.push(place(Finding::new(Severity::Warning, "link.anchor-missing", message)));
        }
    }
    found
}

/// The pages that the navigation or some link of another page leads to.
fn linked_pages(site: &Site, pages: &[&StoredPage], rendered: &[RenderedPage]) -> HashSet<String> {
    let mut linked = HashSet::new();
    let listed = rendered.iter().any(|page| page.lists_pages);
    for (stored, page) in pages.iter().zip(rendered) {
        if listed && stored.page.navigation.show {
            linked.insert(stored.page.id.to_string());
        }
        for (path, _) in page.links.iter().filter_map(|link| inside(&page.path, &link.href)) {
            if let Some(target) = site.page_at(&path).filter(|target| target.id != stored.page.id) {
                linked.insert(target.id.to_string());
            }
        }
    }
    linked
}
