//! The search of a site without a server: its words in one file for each language, which is loaded when a visitor
//! searches. Must not know how the box looks.

use accid_model::{Module, Page};
use serde_json::{Value, json};

use crate::{catalogue::search_text, site::Site};

/// The index, beside the entry page. It is a script that hands over JSON, for a page opened as a file may load scripts
/// and nothing else.
pub(crate) const INDEX: &str = "search-index.js";

/// So many characters of a page are searched.
const LONGEST: usize = 4000;

/// Whether some page has a search box.
pub(crate) fn is_used(site: &Site) -> bool {
    let mut used = false;
    for module in site.source().pages.iter().flat_map(|page| &page.modules) {
        module.walk(&mut |module| {
            used |= module.kind == "navigation" && module.props.get("search") == Some(&Value::Bool(true));
        });
    }
    used
}

/// The index: of every page that may be found its file, title, description and text.
pub(crate) fn index(site: &Site) -> String {
    let is_found = |page: &&Page| page.is_published() && !page.seo.hidden && site.is_told(page);
    let entry = |page: &Page| {
        let path = site.path_of(page.id.as_str()).unwrap_or_default();
        json!([path, page.title, page.seo.description, text(page)])
    };
    let pages: Vec<Value> =
        site.source().pages.iter().map(AsRef::as_ref).filter(is_found).map(entry).collect();
    format!("accidSearch({})\n", Value::Array(pages))
}

/// The words of a page, on one line.
fn text(page: &Page) -> String {
    fn gather(modules: &[Module], words: &mut String) {
        for module in
            modules.iter().filter(|module| module.visibility.published && module.kind != "navigation")
        {
            for word in search_text(module).split_whitespace() {
                if words.len() > LONGEST {
                    return;
                }
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(word);
            }
            gather(&module.children, words);
        }
    }
    let mut words = String::new();
    gather(&page.modules, &mut words);
    words
}
