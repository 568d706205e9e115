//! The head of a page: what browsers, search engines and social networks read. Must not know modules.

use std::collections::BTreeMap;

use accid_base::{Finding, Severity};
use accid_model::{Page, PageKind, ThemeMode};

use crate::{
    course::Step,
    feeds,
    html::Html,
    links::web_address,
    pictures::{ImageFile, ImageFormat, is_showable, renditions},
    site::Site,
    structured,
    view::PageView,
};

/// Writes the content of the head element.
pub(crate) fn write(
    html: &mut Html,
    site: &Site,
    view: &PageView<'_>,
    images: &mut BTreeMap<String, ImageFile>,
    findings: &mut Vec<Finding>,
) {
    let (page, settings) = (view.page, &site.source().blotter.site);
    let title = title(site, view);
    let description =
        [&page.seo.description, &settings.description].into_iter().find(|text| !text.trim().is_empty());
    let description = description.map_or("", |text| text.trim());
    html.void("meta").attr("charset", "utf-8");
    meta(html, "name", "viewport", "width=device-width, initial-scale=1");
    html.leaf("title", "", &title);
    meta(html, "name", "description", description);
    let canonical = if page.seo.canonical.trim().is_empty() {
        address(site, original_path(site, view))
    } else {
        web_address(&page.seo.canonical)
    };
    if canonical.is_none() && !page.seo.canonical.trim().is_empty() {
        let message =
            "The canonical address is not a complete one such as https://example.org/page.html; left out.";
        findings.push(Finding::new(Severity::Warning, "seo.canonical", message).at("/seo/canonical"));
    }
    let hidden = page.seo.hidden || settings.hidden || !page.is_published();
    if hidden {
        meta(html, "name", "robots", "noindex");
    } else if let Some(canonical) = &canonical {
        html.void("link").attr("rel", "canonical").attr("href", canonical);
        write_editions(html, site, page);
    }
    if let Some(step) = Step::of(site, page) {
        for (relation, near) in [("prev", step.before()), ("next", step.after())] {
            if let Some(path) = near.and_then(|near| site.path_of(near.id.as_str())) {
                html.void("link").attr("rel", relation).attr("href", &format!("{}{path}", view.root()));
            }
        }
    }
    let author = [page.author.trim(), settings.author.trim()].into_iter().find(|name| !name.is_empty());
    meta(html, "name", "author", author.unwrap_or_default());
    if feeds::has_feeds(site) {
        for (kind, path) in [("application/rss+xml", feeds::RSS), ("application/feed+json", feeds::JSON)] {
            html.void("link").attr("rel", "alternate").attr("type", kind).attr("title", site.title());
            html.attr("href", &format!("{}{}", view.root(), site.beside(path)));
        }
    }
    social(html, site, view, &Card { title: &title, description, address: canonical.as_deref() }, images);
    write_look(html, site, view);
    if !hidden {
        let graph = structured::graph(site, view, &title, description);
        html.open("script")
            .attr("type", "application/ld+json")
            .trusted(&structured::for_script(&graph))
            .close();
    }
    if !view.style.is_empty() {
        html.open("style").trusted(view.style.trim_end()).close();
    }
}

fn title(site: &Site, view: &PageView<'_>) -> String {
    let page = view.page;
    if !page.seo.title.trim().is_empty() {
        return page.seo.title.trim().to_owned();
    }
    let (title, name) = (page.title.trim(), site.title().trim());
    if title.is_empty() || title == name { name.to_owned() } else { format!("{title} – {name}") }
}

fn meta(html: &mut Html, kind: &str, name: &str, content: &str) {
    if !content.is_empty() {
        html.void("meta").attr(kind, name).attr("content", content);
    }
}

struct Card<'a> {
    title: &'a str,
    description: &'a str,
    address: Option<&'a str>,
}

fn social(
    html: &mut Html,
    site: &Site,
    view: &PageView<'_>,
    card: &Card<'_>,
    images: &mut BTreeMap<String, ImageFile>,
) {
    let page = view.page;
    let article = page.about() == PageKind::Article;
    meta(html, "property", "og:type", if article { "article" } else { "website" });
    if article {
        let day = page.day().map(|day| day.to_string()).unwrap_or_default();
        meta(html, "property", "article:published_time", &day);
        for tag in page.tags.iter().map(|tag| tag.trim()) {
            meta(html, "property", "article:tag", tag);
        }
    }
    meta(html, "property", "og:title", card.title);
    meta(html, "property", "og:description", card.description);
    meta(html, "property", "og:url", card.address.unwrap_or_default());
    meta(html, "property", "og:site_name", site.title());
    meta(html, "property", "og:locale", &view.language().replace('-', "_"));
    let Some(picture) = card_picture(site, page) else {
        return meta(html, "name", "twitter:card", "summary");
    };
    meta(html, "property", "og:image", &picture.address);
    meta(html, "property", "og:image:width", &picture.file.width.to_string());
    meta(html, "property", "og:image:height", &picture.height.to_string());
    meta(html, "property", "og:image:alt", picture.alt);
    meta(html, "name", "twitter:card", "summary_large_image");
    images.insert(picture.file.path.clone(), picture.file);
}

/// The picture of a page's social card.
pub(crate) struct CardPicture<'a> {
    /// Its complete address.
    pub address: String,
    /// The file.
    pub file: ImageFile,
    /// Its height in pixels.
    pub height: u64,
    /// What it shows.
    pub alt: &'a str,
}

/// The picture of a page's social card: its own, else the site's. A card needs a complete address, so there is none
/// before the site has one.
pub(crate) fn card_picture<'a>(site: &'a Site, page: &'a Page) -> Option<CardPicture<'a>> {
    let chosen = [&page.seo.image, &site.source().blotter.site.social_image].into_iter().flatten();
    let mut shown = chosen.filter_map(|image| site.photo(&image.photo).map(|photo| (image, photo)));
    let (image, photo) = shown.find(|(_, photo)| is_showable(photo))?;
    let file = renditions(photo, ImageFormat::Jpeg).pop()?;
    let address = address(site, &file.path)?;
    let height = u64::from(photo.height) * u64::from(file.width) / u64::from(photo.width.max(1));
    Some(CardPicture {
        address,
        file,
        height,
        alt: if image.alt.is_empty() { &photo.alt } else { &image.alt },
    })
}

/// The file that is the original of a page: of one that is not translated, the page in the site's own language.
fn original_path<'a>(site: &'a Site, view: &'a PageView<'_>) -> &'a str {
    let page = view.page;
    let own = site.editions().first().and_then(|edition| edition.paths.get(page.id.as_str()));
    if site.is_told(page) || !site.editions()[0].told.contains(page.id.as_str()) {
        return &view.path;
    }
    own.map_or(&view.path, String::as_str)
}

/// The page in all its languages, each page with the same list.
fn write_editions(html: &mut Html, site: &Site, page: &Page) {
    let editions: Vec<_> = editions_of(site, page.id.as_str()).collect();
    if editions.len() < 2 || !site.is_told(page) {
        return;
    }
    let own = editions.first().map(|(_, address)| ("x-default", address.clone()));
    for (language, address) in
        editions.iter().map(|(language, address)| (*language, address.clone())).chain(own)
    {
        html.void("link").attr("rel", "alternate").attr("hreflang", language).attr("href", &address);
    }
}

/// The languages in which something is said of a page, each with the page's complete address.
pub(crate) fn editions_of<'a>(site: &'a Site, page: &'a str) -> impl Iterator<Item = (&'a str, String)> {
    let told = site.editions().iter().filter(move |edition| edition.told.contains(page));
    told.filter_map(move |edition| {
        Some((edition.language.as_str(), address(site, edition.paths.get(page)?)?))
    })
}

fn write_look(html: &mut Html, site: &Site, view: &PageView<'_>) {
    let theme = site.theme();
    let mode = site.source().blotter.theme.mode;
    let scheme = match mode {
        ThemeMode::Auto => "light dark",
        ThemeMode::Light => "light",
        ThemeMode::Dark => "dark",
    };
    meta(html, "name", "color-scheme", scheme);
    for (only, colour, media) in [
        (ThemeMode::Light, &theme.light_background, "(prefers-color-scheme: light)"),
        (ThemeMode::Dark, &theme.dark_background, "(prefers-color-scheme: dark)"),
    ] {
        if mode == ThemeMode::Auto || mode == only {
            html.void("meta").attr("name", "theme-color").attr("content", colour);
            if mode == ThemeMode::Auto {
                html.attr("media", media);
            }
        }
    }
    let file = |path: &str| format!("{}{path}", view.root());
    // Browsers refuse to fetch ahead for a page opened as a file, and complain; a site with an address is on a host.
    let on_host = address(site, "").is_some();
    for font in theme.first_fonts.iter().filter(|_| on_host) {
        html.void("link").attr("rel", "preload").attr("href", &file(font)).attr("as", "font");
        html.attr("type", "font/woff2").flag("crossorigin");
    }
    html.void("link").attr("rel", "icon").attr("href", &file("favicon.svg")).attr("type", "image/svg+xml");
    html.void("link").attr("rel", "stylesheet").attr("href", &file("assets/site.css"));
    for sheet in view.sheets(site) {
        html.void("link").attr("rel", "stylesheet").attr("href", &file(sheet));
    }
}

/// The complete address of a file of the site, once the site has one; `index.html` is left out of it.
pub(crate) fn address(site: &Site, path: &str) -> Option<String> {
    let base = web_address(&site.source().blotter.site.base_url)?;
    let base = base.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let entry = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    Some(format!("{base}/{}", entry.unwrap_or(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_without_a_title_is_still_whole() {
        let mut html = Html::new(false);
        meta(&mut html, "name", "description", "");
        assert_eq!(html.finish(), "");
    }
}
