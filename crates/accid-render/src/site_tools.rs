//! What a navigation offers besides pages: the site's languages, and its search. Must not know a navigation's own
//! properties.

use crate::{choices::choices, locale::own_name, renderer::Renderer, scripts::SEARCH_SCRIPT, search};

choices! {
    /// Where the languages of a site are listed.
    LanguageList {
        First "first" "In the first navigation of a page",
        Always "always" "Here",
        Never "never" "Not here",
    }
}

/// Whether there is a search box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SearchBox {
    Shown,
    None,
}

/// Writes the languages and the search; nothing when there is neither. `number` is which of the page's navigations it
/// is, from 1.
pub(crate) fn render(to: &mut Renderer<'_>, list: LanguageList, search: SearchBox, number: usize) {
    let listed = match list {
        LanguageList::First => number <= 1,
        LanguageList::Always => true,
        LanguageList::Never => false,
    };
    let listed = listed && to.site.editions().len() > 1 && to.view.page.is_published();
    if !listed && search == SearchBox::None {
        return;
    }
    to.html.open("div").class("tools");
    if listed {
        render_languages(to);
    }
    if search == SearchBox::Shown {
        render_search(to);
    }
    to.html.close();
}

/// Each language leads to the same page; one that says nothing of it, to its entry page.
fn render_languages(to: &mut Renderer<'_>) {
    let (site, words) = (to.site, to.strings);
    let id = to.view.page.id.as_str();
    to.html.open("ul").class("languages").attr("aria-label", words.languages);
    for edition in site.editions() {
        let path = edition.paths.get(id).filter(|_| edition.told.contains(id)).cloned();
        let href =
            format!("{}{}", to.view.root(), path.unwrap_or_else(|| format!("{}index.html", edition.prefix)));
        to.html.open("li").open("a").attr("href", &href).attr("lang", &edition.language);
        to.html.attr("hreflang", &edition.language);
        if edition.language == site.language() {
            to.html.attr("aria-current", "true");
        }
        to.html.text(own_name(&edition.language)).close().close();
    }
    to.html.close();
}

/// The button comes to life with the script; without it there is none.
fn render_search(to: &mut Renderer<'_>) {
    let words = to.strings;
    let (root, index) = (to.view.root().to_owned(), to.site.beside(search::INDEX));
    to.scripts.insert(SEARCH_SCRIPT);
    to.html.open("div").class("site-search").attr("data-search", &index).attr("data-root", &root);
    to.html.attr("data-label", words.search_label).attr("data-none", words.search_none);
    to.html.attr("data-found", words.search_found).attr("data-close", words.close);
    to.html.open("button").class("search-button").attr("type", "button").flag("hidden");
    to.html.text(words.search).close().close();
}
