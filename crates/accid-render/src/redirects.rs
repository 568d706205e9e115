//! Where the files that pages were before lead to: rules for web hosts, and small pages for hosts that know no rules.
//! Must not know modules.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    files::{NOT_FOUND, SiteFile, folder},
    html::Html,
    links::percent_encode,
    site::{Edition, Site},
    strings::strings,
};

/// The rules of Apache's `mod_alias`.
const APACHE: &str = ".htaccess";
/// The rules of Netlify and of Cloudflare Pages.
const STATIC_HOSTS: &str = "_redirects";

/// The rules and the small pages, when there is anything to lead to, or more than one language to say so in.
pub(crate) fn files(site: &Site) -> Vec<SiteFile> {
    let moves = moves(site);
    let rules = static_hosts(site, &moves);
    let mut files = if rules.is_empty() { Vec::new() } else { vec![file(STATIC_HOSTS, rules)] };
    if !moves.is_empty() {
        files.push(file(APACHE, apache(site, &moves)));
    }
    files.extend(moves.iter().map(|(old, new)| file(old, small_page(site, old, new))));
    files
}

fn file(path: &str, content: String) -> SiteFile {
    SiteFile { path: path.to_owned(), bytes: Cow::Owned(content.into_bytes()) }
}

/// Each former file that is nobody's now, with the file it is today. When two pages were the same file at different
/// times, the one that is further up wins.
fn moves(site: &Site) -> BTreeMap<String, String> {
    let mut moves = BTreeMap::new();
    for page in site.source().pages.iter().filter(|page| page.is_published()) {
        for old in &page.former {
            let safe = old.ends_with(".html") && old.parse::<accid_base::RelativePath>().is_ok();
            let new = edition_of(site, old).paths.get(page.id.as_str());
            if let Some(new) = new.filter(|_| safe && site.at(old).is_none()) {
                moves.entry(old.clone()).or_insert_with(|| new.clone());
            }
        }
    }
    moves
}

/// The edition that a file is of, by its folder.
fn edition_of<'a>(site: &'a Site, path: &str) -> &'a Edition {
    let editions = site.editions();
    editions.iter().skip(1).find(|edition| path.starts_with(&edition.prefix)).unwrap_or(&editions[0])
}

/// Where the site is on its host is known from its address; without one, the rules hold in any folder.
fn apache(site: &Site, moves: &BTreeMap<String, String>) -> String {
    let folder = folder(site);
    let mut rules = String::from("# Pages whose address changed. Written by ACCID.\n");
    for (old, new) in moves {
        let (pattern, target) = (quote_pattern(old), percent_encode(new));
        rules.push_str(&match &folder {
            Some(folder) => {
                format!(
                    "RedirectMatch 301 \"^{}{pattern}$\" \"{}\"\n",
                    quote_pattern(folder),
                    quote_target(&format!("{folder}{target}"))
                )
            }
            None => format!("RedirectMatch 301 \"^(.*)/{pattern}$\" \"$1/{}\"\n", quote_target(&target)),
        });
    }
    rules
}

/// A path as a regular expression that matches only it. Paths are of slugs, so there is little to quote.
fn quote_pattern(path: &str) -> String {
    let mut pattern = String::new();
    for character in path.chars() {
        if !character.is_ascii_alphanumeric() && !matches!(character, '/' | '-' | '_') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

fn quote_target(path: &str) -> String {
    path.replace('$', "%24").replace('"', "%22")
}

/// Where pages moved to, and which page says in a language that nothing is there.
fn static_hosts(site: &Site, moves: &BTreeMap<String, String>) -> String {
    let folder = folder(site).unwrap_or_else(|| "/".to_owned());
    let rule = |(old, new): (&String, &String)| {
        format!("{folder}{} {folder}{} 301\n", percent_encode(old), percent_encode(new))
    };
    let missing = site.editions().iter().skip(1).map(|edition| {
        let prefix = percent_encode(&edition.prefix);
        format!("{folder}{prefix}* {folder}{prefix}{NOT_FOUND} 404\n")
    });
    moves.iter().map(rule).chain(missing).collect()
}

/// For hosts that read no rules, and for a site in a folder: a page that leads on at once.
fn small_page(site: &Site, old: &str, new: &str) -> String {
    let language = &edition_of(site, old).language;
    let words = strings(language);
    let target = percent_encode(&format!("{}{new}", "../".repeat(old.matches('/').count())));
    let mut html = Html::new(false);
    html.trusted("<!DOCTYPE html>").open("html").attr("lang", language);
    html.open("head").void("meta").attr("charset", "utf-8");
    html.void("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1");
    html.leaf("title", "", words.moved);
    html.void("meta").attr("http-equiv", "refresh").attr("content", &format!("0; url={target}"));
    html.void("meta").attr("name", "robots").attr("content", "noindex");
    html.void("meta").attr("name", "color-scheme").attr("content", "light dark");
    let address = crate::head::address(site, new);
    html.void("link").attr("rel", "canonical").attr("href", address.as_deref().unwrap_or(&target)).close();
    html.open("body").open("main").leaf("h1", "", words.moved);
    html.open("p").open("a").attr("href", &target).text(words.moved_to).close().close();
    html.close().close().close();
    let mut html = html.finish();
    html.push('\n');
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_only_its_path() {
        assert_eq!(quote_pattern("trips/old-name.html"), "trips/old-name\\.html");
        assert_eq!(quote_pattern("a(b)+.html"), "a\\(b\\)\\+\\.html");
        assert_eq!(quote_target("/$1\"x"), "/%241%22x");
    }
}
