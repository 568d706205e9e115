//! The files all pages of a site share. Must not know modules.

use std::{borrow::Cow, collections::BTreeSet, sync::Arc};

use accid_base::Slug;
use accid_model::{Module, Page};
use serde_json::json;

use crate::{
    feeds,
    head::{address, editions_of},
    html::Html,
    kind::Kind,
    links::web_address,
    modules::{RECEIVER, receiver_file},
    scripts::SCRIPTS,
    search,
    site::{Mode, Site},
    strings::strings,
    view::PageView,
};

/// The page for addresses where nothing is, beside each language's entry page.
pub(crate) const NOT_FOUND: &str = "404.html";

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Path in the site.
    pub path: String,
    /// Content.
    pub bytes: Cow<'static, [u8]>,
}

/// All shared files, sorted by path.
pub(crate) fn shared_files(site: &Site) -> Vec<SiteFile> {
    let fonts = site.theme().fonts.iter().flat_map(|font| font.files());
    let mut files: Vec<SiteFile> =
        fonts.map(|(path, bytes)| SiteFile { path, bytes: Cow::Borrowed(bytes) }).collect();
    let mut add = |path: &str, content: String| {
        files.push(SiteFile { path: path.to_owned(), bytes: Cow::Owned(content.into_bytes()) });
    };
    add("assets/site.css", site.theme().css.clone());
    let mut needed = needed_scripts(&site.source().pages);
    needed.extend(site.told().stories.values().flat_map(crate::story::scripts));
    for (path, content) in SCRIPTS.iter().filter(|(path, _)| needed.contains(path)) {
        add(path, (*content).to_owned());
    }
    let (pages, language) =
        (site.source().pages.iter().map(AsRef::as_ref), &site.source().blotter.site.language);
    if let Some(receiver) = receiver_file(pages, language, strings(language)) {
        add(RECEIVER, receiver);
    }
    add("favicon.svg", favicon(site));
    for edition in site.each_language() {
        add(&edition.beside(NOT_FOUND), not_found(edition));
    }
    add("robots.txt", robots(site));
    if let Some(sitemap) = sitemap(site) {
        add("sitemap.xml", sitemap);
    }
    for edition in site.each_language().filter(|_| search::is_used(site)) {
        add(&edition.beside(search::INDEX), search::index(edition));
    }
    for edition in site.each_language().filter(|edition| feeds::has_feeds(edition)) {
        for (path, content) in [(feeds::RSS, feeds::rss(edition)), (feeds::JSON, feeds::json(edition))] {
            add(&edition.beside(path), content.unwrap_or_default());
        }
    }
    files.extend(crate::redirects::files(site));
    files.extend(site.told().files.iter().cloned());
    files.extend(tiles(site));
    let mut sheets: BTreeSet<&str> =
        site.told().stories.values().flat_map(crate::story::sheets).copied().collect();
    if site.source().pages.iter().any(|page| page.spatial.is_some()) {
        sheets.insert(crate::story_sheets::MAP_SHEET);
    }
    for path in sheets {
        let content = crate::story_sheets::style_file(path).unwrap_or_default();
        files.push(SiteFile { path: path.to_owned(), bytes: Cow::Owned(content.into_bytes()) });
    }
    files.sort_by(|one, two| one.path.cmp(&two.path));
    // Two fonts of one family share their licence.
    files.dedup_by(|one, two| one.path == two.path);
    files
}

/// The tiles that the maps of published pages show.
fn tiles(site: &Site) -> Vec<SiteFile> {
    let archives = &site.told().archives;
    if archives.is_empty() {
        return Vec::new();
    }
    let mut files = Vec::new();
    for page in site.source().pages.iter().filter(|page| page.is_published()) {
        let path = site.path_of(page.id.as_str()).unwrap_or_default().to_owned();
        let view = PageView::new(site, page, None, path);
        let of_story = view.story.as_ref().and_then(|plan| plan.sheet.as_ref());
        for sheet in view.spatial.as_ref().and_then(|plan| plan.sheet()).into_iter().chain(of_story) {
            if let Some(base) = &sheet.base {
                files.extend(crate::base_map::files(&sheet.frame, base, archives));
            }
        }
    }
    files
}

/// The scripts that modules of these pages need.
fn needed_scripts(pages: &[Arc<Page>]) -> BTreeSet<&'static str> {
    let mut needed = BTreeSet::new();
    for module in pages.iter().flat_map(|page| &page.modules) {
        module.walk(&mut |module| {
            if let Some(kind) = Kind::find(&module.kind) {
                needed.extend(kind.read(module).kind.scripts());
            }
        });
    }
    needed
}

/// The first letter of the site's name on a disc of its deep colour.
fn favicon(site: &Site) -> String {
    let letter = site.title().chars().find(|letter| letter.is_alphanumeric()).unwrap_or('A');
    let letter: String = letter.to_uppercase().collect();
    let mut html = Html::new(false);
    html.open("svg").attr("xmlns", "http://www.w3.org/2000/svg").attr("viewBox", "0 0 64 64");
    html.void("rect").attr("width", "64").attr("height", "64").attr("rx", "14");
    html.attr("fill", &site.theme().accent.to_hex()).flag("/");
    html.open("text").attr("x", "32").attr("y", "46").attr("fill", "#fff").attr("text-anchor", "middle");
    html.attr("font-family", "system-ui,sans-serif").attr("font-size", "40").attr("font-weight", "700");
    html.text(&letter).close().close();
    html.finish()
}

fn robots(site: &Site) -> String {
    if site.source().blotter.site.hidden {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let sitemap = address(site, "sitemap.xml");
    let line = sitemap.map_or_else(String::new, |address| format!("\nSitemap: {address}\n"));
    format!("User-agent: *\nDisallow:\n{line}")
}

/// Every page that may be found, in each of its languages, once the site has an address.
fn sitemap(site: &Site) -> Option<String> {
    let source = site.source();
    if source.blotter.site.hidden {
        return None;
    }
    let many = site.editions().len() > 1;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"",
    );
    xml.push_str(if many { " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n" } else { ">\n" });
    let is_found =
        |page: &&Arc<Page>| page.is_published() && !page.seo.hidden && page.seo.canonical.trim().is_empty();
    let mut found: Vec<(String, &str)> = source
        .pages
        .iter()
        .filter(is_found)
        .flat_map(|page| editions_of(site, page.id.as_str()).map(|(_, address)| (address, page.id.as_str())))
        .collect();
    found.sort_unstable();
    for (address, page) in found {
        xml.push_str("<url><loc>");
        crate::html::escape(&address, &mut xml);
        xml.push_str("</loc>");
        let editions: Vec<_> = if many { editions_of(site, page).collect() } else { Vec::new() };
        for (language, address) in editions.iter().filter(|_| editions.len() > 1) {
            xml.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\""));
            crate::html::escape(address, &mut xml);
            xml.push_str("\"/>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    address(site, "").map(|_| xml)
}

/// The page for addresses where nothing is, one in each language. It is served at any depth, so its links begin at the
/// site's own root once that is known.
fn not_found(site: &Site) -> String {
    let path = site.beside(NOT_FOUND);
    let root = folder(site).unwrap_or_else(|| "../".repeat(path.matches('/').count()));
    let words = strings(site.language());
    let Some(page) = not_found_page(site, words.not_found, words.not_found_text, words.home) else {
        return String::new();
    };
    let view = PageView::new(site, &page, None, path).rooted(root);
    crate::page::render(site, &view, &Mode::Export).html
}

/// The folder of the site on its host, with a slash at its beginning and its end; known once the site has an address.
pub(crate) fn folder(site: &Site) -> Option<String> {
    let base = web_address(&site.source().blotter.site.base_url)?;
    let path = base.split_once("//")?.1.split_once('/').map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    Some(if path.is_empty() { "/".to_owned() } else { format!("/{path}/") })
}

fn not_found_page(site: &Site, title: &str, text: &str, home: &str) -> Option<Page> {
    let slug = Slug::from_text("404", "404");
    let mut page: Page = serde_json::from_value(json!({
        "id": "not-found", "schema_version": 2, "slug": slug, "title": title, "seo": {"hidden": true}
    }))
    .ok()?;
    let source = site.source();
    let index = site
        .page_at(&site.entry_path())
        .or_else(|| source.pages.iter().find(|page| page.is_published()).map(AsRef::as_ref));
    let navigation = index.and_then(|page| page.modules.first()).filter(|module| module.kind == "navigation");
    page.modules.extend(navigation.cloned());
    let target = index.map(|page| format!("page:{}", page.id)).unwrap_or_default();
    let hero = json!({"eyebrow": "404", "title": title, "text": text,
        "buttons": [{"label": home, "target": target}], "layout": "plain"});
    let serde_json::Value::Object(props) = hero else { return None };
    page.modules.push(Module::new("not-found".parse().ok()?, "hero", 1, props));
    Some(page)
}
