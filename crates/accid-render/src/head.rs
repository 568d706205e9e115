//! The head of a page: what browsers, search engines and social networks read. Must not know modules.

use std::collections::BTreeMap;

use accid_base::{Finding, Severity};
use accid_model::ThemeMode;

use crate::{
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
    let address = address(site, &view.path);
    let canonical =
        if page.seo.canonical.trim().is_empty() { address.clone() } else { web_address(&page.seo.canonical) };
    if canonical.is_none() && !page.seo.canonical.trim().is_empty() {
        let message =
            "The canonical address is not a complete one such as https://example.org/page.html; left out.";
        findings.push(Finding::new(Severity::Warning, "seo.canonical", message).at("/seo/canonical"));
    }
    if page.seo.hidden {
        meta(html, "name", "robots", "noindex");
    } else if let Some(canonical) = &canonical {
        html.void("link").attr("rel", "canonical").attr("href", canonical);
    }
    if !settings.author.trim().is_empty() {
        meta(html, "name", "author", settings.author.trim());
    }
    social(html, site, view, &Card { title: &title, description, address: canonical.as_deref() }, images);
    write_look(html, site, view);
    if !page.seo.hidden {
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
    let settings = &site.source().blotter.site;
    meta(html, "property", "og:type", "website");
    meta(html, "property", "og:title", card.title);
    meta(html, "property", "og:description", card.description);
    meta(html, "property", "og:url", card.address.unwrap_or_default());
    meta(html, "property", "og:site_name", site.title());
    meta(html, "property", "og:locale", &view.language().replace('-', "_"));
    let chosen = [&view.page.seo.image, &settings.social_image].into_iter().flatten();
    let picture = chosen.filter_map(|image| site.photo(&image.photo).map(|photo| (image, photo)));
    let picture = picture.into_iter().find(|(_, photo)| is_showable(photo));
    // A social card needs a complete address, so there is none before the site has one.
    let file = picture.and_then(|(image, photo)| {
        let file = renditions(photo, ImageFormat::Jpeg).pop()?;
        let address = address(site, &file.path)?;
        Some((image, photo, file, address))
    });
    let Some((image, photo, file, address)) = file else {
        return meta(html, "name", "twitter:card", "summary");
    };
    let height = u64::from(photo.height) * u64::from(file.width) / u64::from(photo.width.max(1));
    meta(html, "property", "og:image", &address);
    meta(html, "property", "og:image:width", &file.width.to_string());
    meta(html, "property", "og:image:height", &height.to_string());
    meta(html, "property", "og:image:alt", if image.alt.is_empty() { &photo.alt } else { &image.alt });
    meta(html, "name", "twitter:card", "summary_large_image");
    images.insert(file.path.clone(), file);
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
}

/// The complete address of a file of the site, once the site has one; `index.html` is left out of it.
pub(crate) fn address(site: &Site, path: &str) -> Option<String> {
    let base = web_address(&site.source().blotter.site.base_url)?;
    let base = base.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let path = if path == "index.html" { "" } else { path };
    Some(format!("{base}/{path}"))
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
