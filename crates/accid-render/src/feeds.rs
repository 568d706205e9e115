//! The feeds of a site's journal: RSS 2.0 and JSON Feed 1.1, of its articles. Must not know modules.

use accid_model::{Page, PageKind};
use serde_json::{Value, json};

use crate::{head, html::escape, site::Site};

/// The RSS feed, beside the site's entry page.
pub(crate) const RSS: &str = "feed.xml";
/// The JSON feed, beside the site's entry page.
pub(crate) const JSON: &str = "feed.json";

/// So many of the newest articles are in a feed.
const MOST: usize = 50;

/// The articles that are in the feeds, newest first.
pub(crate) fn articles(site: &Site) -> Vec<&Page> {
    let source = site.source();
    if source.blotter.site.hidden {
        return Vec::new();
    }
    let is_told = |page: &&Page| {
        page.is_published()
            && page.about() == PageKind::Article
            && page.day().is_some()
            && !page.seo.hidden
            && site.is_told(page)
    };
    let mut articles: Vec<&Page> = source.pages.iter().map(AsRef::as_ref).filter(is_told).collect();
    articles.sort_by(|one, two| (two.day(), &one.slug).cmp(&(one.day(), &two.slug)));
    articles.truncate(MOST);
    articles
}

/// Whether the site has feeds: it has dated articles, and an address at which they are found.
pub(crate) fn has_feeds(site: &Site) -> bool {
    head::address(site, RSS).is_some() && !articles(site).is_empty()
}

/// An article as both feeds tell of it.
struct Entry<'a> {
    page: &'a Page,
    address: String,
    summary: &'a str,
    author: &'a str,
    day: jiff::civil::Date,
}

fn entries(site: &Site) -> Vec<Entry<'_>> {
    let settings = &site.source().blotter.site;
    let entry = |page| {
        let page: &Page = page;
        let address = head::address(site, site.path_of(page.id.as_str())?)?;
        let author = [page.author.trim(), settings.author.trim()].into_iter().find(|name| !name.is_empty());
        let (summary, author) = (page.seo.description.trim(), author.unwrap_or_default());
        Some(Entry { page, address, summary, author, day: page.day()? })
    };
    articles(site).into_iter().filter_map(entry).collect()
}

/// The RSS feed.
pub(crate) fn rss(site: &Site) -> Option<String> {
    let (home, own) = (head::address(site, &site.entry_path())?, head::address(site, &site.beside(RSS))?);
    let entries = entries(site);
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n",
    );
    let description = site.source().blotter.site.description.trim();
    let description = if description.is_empty() { site.title() } else { description };
    leaf(&mut xml, "title", site.title());
    leaf(&mut xml, "link", &home);
    leaf(&mut xml, "description", description);
    leaf(&mut xml, "language", site.language());
    if let Some(newest) = entries.first() {
        leaf(&mut xml, "lastBuildDate", &written(newest.day));
    }
    xml.push_str("<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"");
    escape(&own, &mut xml);
    xml.push_str("\"/>\n");
    for entry in &entries {
        xml.push_str("<item>\n");
        leaf(&mut xml, "title", &entry.page.title);
        leaf(&mut xml, "link", &entry.address);
        leaf(&mut xml, "guid", &entry.address);
        leaf(&mut xml, "pubDate", &written(entry.day));
        leaf(&mut xml, "description", entry.summary);
        leaf(&mut xml, "dc:creator", entry.author);
        for tag in entry.page.tags.iter().map(|tag| tag.trim()) {
            leaf(&mut xml, "category", tag);
        }
        xml.push_str("</item>\n");
    }
    xml.push_str("</channel>\n</rss>\n");
    Some(xml)
}

/// An element with a text, unless that is empty.
fn leaf(xml: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        xml.push_str(&format!("<{name}>"));
        escape(text, xml);
        xml.push_str(&format!("</{name}>\n"));
    }
}

/// The noon of a day as RFC 822 writes it.
fn written(day: jiff::civil::Date) -> String {
    day.strftime("%a, %d %b %Y 12:00:00 +0000").to_string()
}

/// The JSON feed.
pub(crate) fn json(site: &Site) -> Option<String> {
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": site.title(), "language": site.language(),
        "home_page_url": head::address(site, &site.entry_path())?,
        "feed_url": head::address(site, &site.beside(JSON))?,
    });
    let description = site.source().blotter.site.description.trim();
    if !description.is_empty() {
        feed["description"] = description.into();
    }
    let item = |entry: Entry<'_>| {
        let mut item = json!({
            "id": entry.address, "url": entry.address, "title": entry.page.title, "content_text": entry.summary,
            "date_published": format!("{}T12:00:00Z", entry.day),
        });
        if !entry.author.is_empty() {
            item["authors"] = json!([{"name": entry.author}]);
        }
        let tags: Vec<&str> =
            entry.page.tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()).collect();
        if !tags.is_empty() {
            item["tags"] = json!(tags);
        }
        if let Some(picture) = head::card_picture(site, entry.page) {
            item["image"] = picture.address.into();
        }
        item
    };
    feed["items"] = entries(site).into_iter().map(item).collect::<Vec<Value>>().into();
    serde_json::to_string_pretty(&feed).ok().map(|text| text + "\n")
}
