//! The navigation: the site's name and its pages. Must not know other kinds.

use accid_base::Severity;
use accid_model::ImageRef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::parts::Action;
use crate::{
    choices::choices,
    course,
    kind::{Check, Claims, ModuleKind, Words},
    picture_style::Shown,
    place::{Loading, Place, Spot}, renderer::Renderer,
    scripts::SEARCH_SCRIPT,
    site_tools::{self, LanguageList, SearchBox},
    sitemap::Entry,
};

choices! {
    NavigationLayout {
        Bar "bar" "A bar, with a menu on phones",
        Steps "steps" "The steps of a tutorial, as a list",
    }
}

/// A link of your own choice, with others below it if you like.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct NavigationLink {
    /// What it is called.
    pub label: String,
    /// Where it leads: a page of the site, a web address, `mailto:` or `tel:`.
    #[schemars(extend("x-accid-editor" = "link-target"))]
    pub target: String,
    /// Links that fold out below it.
    pub links: Vec<Action>,
}

/// The site's name and the way to its pages. At the very top of a page it is the page's header, at the very end its
/// footer. On phones the pages fold into a menu.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Navigation {
    /// What it shows. The list of steps stands where it is put, and what follows here is only for the bar.
    #[serde(skip_serializing_if = "is_bar")]
    pub layout: NavigationLayout,
    /// Name of the site as shown here; the site's title when empty.
    pub brand: String,
    /// A logo before the name; none when nothing is chosen.
    pub logo: ImageRef,
    /// Links of your own choice. When there are none, the pages of the site are listed as their tree says.
    pub links: Vec<NavigationLink>,
    /// A button at the end, such as "Book a table"; none when it has no label.
    pub action: Action,
    /// Stays at the top of the window while the page scrolls.
    pub sticky: bool,
    /// Where the languages of the site are listed, when it has more than one.
    pub languages: LanguageList,
    /// A button to search the site by its words, which needs no server. Pages with it load a small script, and the
    /// site's words once somebody searches.
    pub search: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_bar(layout: &NavigationLayout) -> bool {
    matches!(layout, NavigationLayout::Bar)
}

impl ModuleKind for Navigation {
    const KIND: &'static str = "navigation";
    const TITLE: &'static str = "Navigation";
    const ICON: &'static str = "menu";

    fn example() -> Self {
        Self::default()
    }

    fn check(&self, check: &mut Check) {
        for (index, link) in self.links.iter().enumerate() {
            Action::new(&link.label, &link.target).check(check, &format!("links/{index}/"));
            for (number, below) in link.links.iter().enumerate() {
                below.check(check, &format!("links/{index}/links/{number}/"));
            }
        }
    }

    fn render(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        if self.layout == NavigationLayout::Steps {
            return render_steps(spot, to);
        }
        to.root("nav", spot, &[if self.sticky { "is-sticky" } else { "" }]);
        let (words, list) = (to.strings, spot.part_id("menu"));
        let label = match to.view.navigation_number(spot.module) {
            0 | 1 => words.navigation.to_owned(),
            2 => words.more_links.to_owned(),
            number => format!("{} {}", words.more_links, number - 1),
        };
        to.html.attr("aria-label", &label);
        to.html.open("div").class("bar");
        self.render_brand(to);
        if self.links.is_empty() && to.site.tree().entries().is_empty() {
            self.render_tools(spot, to);
            to.html.close().close();
            return;
        }
        to.html.open("button").class("menu-button").attr("type", "button").attr("popovertarget", &list);
        to.html.text(words.menu).close();
        to.html.open("ul").class("menu").attr("id", &list).flag("popover");
        if self.links.is_empty() {
            let site = to.site;
            to.lists_pages = true;
            render_pages(to, site.tree().entries(), 0);
        } else {
            for (index, link) in self.links.iter().enumerate().filter(|(_, link)| !link.label.trim().is_empty()) {
                render_link(to, link, index);
            }
        }
        if !self.action.label.trim().is_empty() {
            to.html.open("li").class("menu-action");
            self.action.render(to, "button", "action/");
            to.html.close();
        }
        to.html.close();
        self.render_tools(spot, to);
        to.html.close().close();
    }

    fn scripts(&self) -> &'static [&'static str] {
        if self.search && self.layout == NavigationLayout::Bar { &[SEARCH_SCRIPT] } else { &[] }
    }

    fn text(&self, words: &mut Words) {
        words.add(&self.brand);
        for link in &self.links {
            words.add(&link.label);
            link.links.iter().for_each(|below| {
                words.add(&below.label);
            });
        }
    }

    fn width(&self) -> &'static str {
        if self.layout == NavigationLayout::Steps { "normal" } else { "full" }
    }

    fn pictures(&self) -> Vec<Shown> {
        vec![Shown::free(&self.logo)]
    }

    fn claims(&self) -> Claims {
        Claims { navigation: self.layout == NavigationLayout::Bar, ..Claims::default() }
    }
}

impl Navigation {
    fn render_tools(&self, spot: &Spot<'_>, to: &mut Renderer<'_>) {
        let search = if self.search { SearchBox::Shown } else { SearchBox::None };
        let number = to.view.navigation_number(spot.module);
        site_tools::render(to, self.languages, search, number);
    }

    fn render_brand(&self, to: &mut Renderer<'_>) {
        let site = to.site;
        let own = self.brand.trim();
        let entry = site.entry_path();
        let home = site.page_at(&entry).map(|_| format!("{}{entry}", to.view.root()));
        to.html.open("a").class("brand");
        if let Some(home) = home {
            let here = to.view.path == entry;
            to.html.attr("href", &home);
            if here {
                to.html.attr("aria-current", "page");
            }
        }
        if !self.logo.photo.is_empty() {
            let place = Place { width: Some(160.0), share: 0.4, phone: 0.4, ..Place::TOP };
            to.picture(&self.logo, place, Loading::Now, "logo/photo");
        }
        if own.is_empty() {
            to.html.open("span").text(site.title()).close();
        } else {
            to.html.open("span").mark_prop("brand").text(&self.brand).close();
        }
        to.html.close();
    }
}

/// Writes the list of steps; where there are none, an element for the canvas to hold on to.
fn render_steps(spot: &Spot<'_>, to: &mut Renderer<'_>) {
    let none = course::steps(to.site).next().is_none();
    if none {
        let message = "There are no steps to list: they are the pages of the kind \"tutorial\" in a tutorial project. Make \
                       one, or show the bar instead.";
        to.find(Severity::Warning, "navigation.no-steps", "layout", message.to_owned());
    }
    let words = to.strings;
    to.root(if none { "div" } else { "nav" }, spot, &["is-steps"]);
    if !none {
        to.html.attr("aria-label", words.steps);
        course::write_steps(to);
    }
    to.html.close();
}

/// Writes a link of the owner's choice as a list item; those below it fold out of a button beside it.
fn render_link(to: &mut Renderer<'_>, link: &NavigationLink, index: usize) {
    let pointer = format!("links/{index}");
    let below: Vec<_> = link.links.iter().enumerate().filter(|(_, link)| !link.label.trim().is_empty()).collect();
    to.html.open("li");
    render_anchor(to, &link.label, &link.target, &pointer);
    if !below.is_empty() {
        let label = format!("{} {}", to.strings.more, link.label.trim());
        to.html.open("details").open("summary").attr("aria-label", &label).close().open("ul");
        for (number, link) in below {
            to.html.open("li");
            render_anchor(to, &link.label, &link.target, &format!("{pointer}/links/{number}"));
            to.html.close();
        }
        to.html.close().close();
    }
    to.html.close();
}

fn render_anchor(to: &mut Renderer<'_>, label: &str, target: &str, pointer: &str) {
    let href = to.link(target, &format!("{pointer}/target"));
    to.html.open("a");
    if let Some(href) = href {
        let here = href == format!("{}{}", to.view.root(), to.view.path);
        to.html.attr("href", &href);
        if here {
            to.html.attr("aria-current", "page");
        }
    }
    to.html.mark_prop(&format!("{pointer}/label")).text(label).close();
}

/// Writes pages as list items; those nested under one fold out of a button beside it.
fn render_pages(to: &mut Renderer<'_>, entries: &[Entry], depth: usize) {
    let site = to.site;
    for entry in entries {
        let page = &site.source().pages[entry.page];
        let href = format!("{}{}", to.view.root(), site.tree().path(entry.page));
        let here = page.id == to.view.page.id;
        to.html.open("li").open("a").attr("href", &href);
        if here {
            to.html.attr("aria-current", "page");
        }
        let foreign = site.foreign(page.id.as_str()).filter(|texts| {
            texts.pointers.contains(if page.navigation.label.is_empty() { "title" } else { "label" })
        });
        if let Some(foreign) = foreign {
            to.html.attr("lang", &foreign.language);
        }
        to.html.text(page.label()).close();
        if !entry.children.is_empty() && depth < 2 {
            let label = format!("{} {}", to.strings.more, page.label());
            to.html.open("details").open("summary").attr("aria-label", &label).close().open("ul");
            render_pages(to, &entry.children, depth + 1);
            to.html.close().close();
        }
        to.html.close();
    }
}
