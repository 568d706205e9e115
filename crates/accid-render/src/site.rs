//! A site that is ready to be rendered, and one page of it as it is seen while it is rendered. Must not know HTML.

use std::collections::{HashMap, HashSet, hash_map::Entry};

use accid_base::{ContentHash, Finding, Id, Severity};
use accid_model::{Blotter, Module, Page, Photo};
use serde_json::json;

use crate::{
    files::SiteFile,
    kind::{Claims, Kind},
    links,
    pictures::ImageFile,
    renderer::{Place, Renderer, named_width},
    rich_text::is_language,
    sitemap::PageTree,
    style::Rules,
    theme::ThemeCss,
};

/// Changes whenever the same documents become other HTML.
const RENDERER_VERSION: u32 = 1;

/// The documents a site is made of.
#[derive(Debug, Clone)]
pub struct SiteSource {
    /// The project's configuration.
    pub blotter: Blotter,
    /// All its pages.
    pub pages: Vec<Page>,
    /// All its photos.
    pub photos: Vec<Photo>,
}

/// What a page is rendered for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// For visitors.
    Export,
    /// For the studio's canvas: the same bytes plus `data-accid-…` attributes and one helper script.
    Canvas {
        /// Nonce of the Content-Security-Policy that lets the helper run.
        nonce: String,
    },
}

/// A rendered page.
#[derive(Debug, Clone)]
pub struct RenderedPage {
    /// The whole document.
    pub html: String,
    /// The pictures it shows, sorted by path.
    pub images: Vec<ImageFile>,
    /// What a person should know about it.
    pub findings: Vec<Finding>,
    /// Paths in the site of the scripts it needs; most pages need none.
    pub scripts: Vec<&'static str>,
}

/// A rendered module, for the canvas.
#[derive(Debug, Clone)]
pub struct RenderedModule {
    /// Its HTML, the same as in the page; empty when it is not published or of an unknown kind.
    pub html: String,
    /// The whole text of the page's style element.
    pub style: String,
}

/// A site that is ready to be rendered.
pub struct Site {
    source: SiteSource,
    tree: PageTree,
    photos: HashMap<String, usize>,
    theme: ThemeCss,
}

impl Site {
    /// Prepares a site.
    pub fn new(source: SiteSource) -> Self {
        let tree = PageTree::new(&source.pages);
        let photos =
            source.photos.iter().enumerate().map(|(index, photo)| (photo.id.to_string(), index)).collect();
        let theme = ThemeCss::new(&source.blotter.theme);
        Self { source, tree, photos, theme }
    }

    /// The documents it was made from.
    pub fn source(&self) -> &SiteSource {
        &self.source
    }

    /// The page that becomes this file.
    pub fn page_at(&self, export_path: &str) -> Option<&Page> {
        self.tree.page_at(export_path).map(|index| &self.source.pages[index])
    }

    /// The file a page becomes, by its id.
    pub fn path_of(&self, page: &str) -> Option<&str> {
        self.tree.path_of(page)
    }

    /// What a person should know about the site as a whole, such as colours of the theme that are hard to read.
    pub fn findings(&self) -> &[Finding] {
        &self.theme.findings
    }

    /// Renders a page. It may be an unsaved draft of one of the site's pages.
    pub fn render_page(&self, page: &Page, mode: &Mode) -> RenderedPage {
        let path = self.draft_path(page);
        let root = "../".repeat(path.matches('/').count());
        let view = PageView::new(self, page, None, path, root);
        crate::page::render(self, &view, mode)
    }

    /// Renders one module of a page as the page would. The module may be an unsaved draft; it replaces the one with
    /// its id.
    pub fn render_module(&self, page: &Page, module: &Module, mode: &Mode) -> RenderedModule {
        let path = self.draft_path(page);
        let root = "../".repeat(path.matches('/').count());
        let mut view = PageView::new(self, page, Some(module), path, root);
        let style = std::mem::take(&mut view.style);
        let place = place_of(&page.modules, &module.id, Place::TOP).unwrap_or(Place::TOP);
        let mut renderer = Renderer::new(self, &view, matches!(mode, Mode::Canvas { .. }));
        renderer.module(module, place);
        RenderedModule { html: renderer.html.finish(), style }
    }

    /// The files all pages share.
    pub fn shared_files(&self) -> Vec<SiteFile> {
        crate::files::shared_files(self)
    }

    /// Hash of everything a page's HTML depends on besides the page itself: configuration, theme, page tree, photos,
    /// and this renderer.
    pub fn fingerprint(&self) -> ContentHash {
        let pages: Vec<_> = self
            .source
            .pages
            .iter()
            .map(|page| json!([page.id, page.slug, page.title, page.parent, page.order, page.navigation]))
            .collect();
        let blotter = &self.source.blotter;
        let all = json!([
            RENDERER_VERSION,
            env!("CARGO_PKG_VERSION"),
            blotter.name,
            blotter.site,
            blotter.theme,
            pages,
            self.source.photos,
            self.theme.css
        ]);
        ContentHash::of(all.to_string().as_bytes())
    }

    pub(crate) fn tree(&self) -> &PageTree {
        &self.tree
    }

    pub(crate) fn theme(&self) -> &ThemeCss {
        &self.theme
    }

    pub(crate) fn photo(&self, id: &str) -> Option<&Photo> {
        self.photos.get(id).map(|index| &self.source.photos[*index])
    }

    /// The site's name.
    pub(crate) fn title(&self) -> &str {
        let title = self.source.blotter.site.title.trim();
        if title.is_empty() { &self.source.blotter.name } else { title }
    }

    fn draft_path(&self, page: &Page) -> String {
        match self.path_of(page.id.as_str()) {
            Some(path) if path.rsplit('/').next() == Some(&format!("{}.html", page.slug)) => path.to_owned(),
            _ => page.export_path(&self.source.pages),
        }
    }
}

/// The place of the module with this id among these trees.
fn place_of(modules: &[Module], id: &Id, place: Place) -> Option<Place> {
    modules.iter().find_map(|module| {
        if module.id == *id {
            return Some(place);
        }
        let kind = Kind::find(&module.kind).filter(|_| !module.children.is_empty())?;
        let inner = |properties: &dyn crate::kind::AnyKind| {
            let width = named_width(&module.layout.width).unwrap_or_else(|| properties.width());
            let content = place.narrowed(width);
            module.children.iter().enumerate().find_map(|(index, child)| {
                let inside = properties.inside(content, index);
                place_of(std::slice::from_ref(child), id, Place { depth: place.depth + 1, ..inside })
            })
        };
        kind.with(module, inner).0.flatten()
    })
}

/// A page while it is rendered: where it is, and what its modules need to know of each other.
pub(crate) struct PageView<'a> {
    pub page: &'a Page,
    pub path: String,
    pub style: String,
    pub findings: Vec<Finding>,
    draft: Option<&'a Module>,
    root: String,
    language: &'a str,
    anchors: HashMap<String, &'a Module>,
    styled: HashSet<&'a str>,
    heading: Option<&'a Module>,
    picture: Option<&'a Module>,
    navigations: Vec<&'a Module>,
    seen: HashMap<&'a str, usize>,
    twins: HashMap<*const Module, usize>,
}

impl<'a> PageView<'a> {
    /// Looks at all modules of the page once. `root` leads from the page to the site's root.
    pub fn new(
        site: &'a Site,
        page: &'a Page,
        draft: Option<&'a Module>,
        path: String,
        root: String,
    ) -> Self {
        let language =
            [&page.language, &site.source.blotter.site.language].into_iter().find(|tag| is_language(tag));
        let mut view = Self {
            page,
            path,
            style: String::new(),
            findings: Vec::new(),
            draft,
            root,
            language: language.map_or("en", String::as_str),
            anchors: HashMap::new(),
            styled: HashSet::new(),
            heading: None,
            picture: None,
            navigations: Vec::new(),
            seen: HashMap::new(),
            twins: HashMap::new(),
        };
        let mut rules = Rules::default();
        view.look_at(&page.modules, 0, &mut rules);
        view.style = rules.finish();
        view
    }

    fn look_at(&mut self, modules: &'a [Module], depth: usize, rules: &mut Rules) {
        for module in modules {
            let module = self.current(module);
            let Some(kind) = Kind::find(&module.kind) else { continue };
            if !module.visibility.published || depth > Page::DEEPEST {
                continue;
            }
            let selector = format!(".s-{}", module.id);
            let look = |properties: &dyn crate::kind::AnyKind| {
                (properties.rules(&selector, rules), properties.claims())
            };
            let (own_rules, claims) = kind.with(module, look).0.unwrap_or((false, Claims::default()));
            if rules.add(module, &selector, &mut self.findings) || own_rules {
                self.styled.insert(module.id.as_str());
            }
            if claims.heading && self.heading.is_none() {
                self.heading = Some(module);
            }
            if claims.picture && self.picture.is_none() {
                self.picture = Some(module);
            }
            if claims.navigation {
                self.navigations.push(module);
            }
            let times = self.seen.entry(module.id.as_str()).or_insert(0);
            *times += 1;
            if *times > 1 {
                self.twins.insert(module, *times);
            }
            self.add_anchor(module);
            if kind.nests {
                self.look_at(&module.children, depth + 1, rules);
            }
        }
    }

    fn add_anchor(&mut self, module: &'a Module) {
        if module.anchor.trim().is_empty() {
            return;
        }
        let anchor = links::anchor(&module.anchor);
        match self.anchors.entry(anchor) {
            Entry::Vacant(free) => {
                free.insert(module);
            }
            Entry::Occupied(taken) => {
                let message = format!(
                    "Another module on this page has the anchor \"{}\" already. Choose another name.",
                    taken.key()
                );
                let finding = Finding::new(Severity::Warning, "anchor.twice", message).at("/anchor");
                self.findings.push(finding.in_module(&module.id));
            }
        }
    }

    /// The draft of a module when there is one, else the module.
    pub fn current(&self, module: &'a Module) -> &'a Module {
        self.draft.filter(|draft| draft.id == module.id).unwrap_or(module)
    }

    /// What leads from the page to the site's root.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The page's language.
    pub fn language(&self) -> &'a str {
        self.language
    }

    /// Whether the whole page is rendered, not one module.
    pub fn is_whole(&self) -> bool {
        self.draft.is_none()
    }

    /// The id in HTML of a module that has an anchor of its own.
    pub fn anchor_of(&self, module: &Module) -> Option<&str> {
        if module.anchor.trim().is_empty() {
            return None;
        }
        let (anchor, owner) = self.anchors.get_key_value(&links::anchor(&module.anchor))?;
        std::ptr::eq(*owner, module).then_some(anchor)
    }

    /// Whether a link to this anchor leads somewhere.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        anchor == "top" || self.anchors.contains_key(anchor)
    }

    /// What the ids of the module's parts begin with; different for two modules that have the same id by mistake.
    pub fn key_of(&self, module: &Module) -> String {
        match self.twins.get(&std::ptr::from_ref(module)) {
            None => format!("m_{}", module.id),
            Some(times) => format!("m{times}_{}", module.id),
        }
    }

    /// Which of the page's navigations the module is, from 1; 0 when it is none of them.
    pub fn navigation_number(&self, module: &Module) -> usize {
        self.navigations.iter().position(|other| std::ptr::eq(*other, module)).map_or(0, |index| index + 1)
    }

    /// Whether the module has rules of its own.
    pub fn is_styled(&self, module: &Module) -> bool {
        self.styled.contains(module.id.as_str())
    }

    /// Whether some module has the page's first heading.
    pub fn has_heading(&self) -> bool {
        self.heading.is_some()
    }

    /// Whether the module has the page's first heading.
    pub fn leads(&self, module: &Module) -> bool {
        self.heading.is_some_and(|first| std::ptr::eq(first, module))
    }

    /// Whether the module has the page's first picture.
    pub fn leads_pictures(&self, module: &Module) -> bool {
        self.picture.is_some_and(|first| std::ptr::eq(first, module))
    }

    /// Findings about what all kinds have in common.
    pub fn check_frame(module: &Module, findings: &mut Vec<Finding>) {
        let mut add = |code: &str, pointer: &str, message: String| {
            findings.push(Finding::new(Severity::Warning, code, message).at(pointer).in_module(&module.id));
        };
        let Some(kind) = Kind::find(&module.kind) else { return };
        if !module.layout.width.is_empty() && named_width(&module.layout.width).is_none() {
            add("layout.refused", "/layout/width", "The width is narrow, normal, wide or full.".to_owned());
        }
        if !matches!(module.layout.align.as_str(), "" | "start" | "center" | "end") {
            add("layout.refused", "/layout/align", "The alignment is start, center or end.".to_owned());
        }
        if !kind.nests && !module.children.is_empty() {
            let message =
                format!("A {} cannot have modules inside; they are not shown. Move them out.", kind.title);
            add("module.children-ignored", "/children", message);
        }
        if module.version > kind.version {
            let message =
                "This module was written by a newer ACCID; what this one understands is shown.".to_owned();
            add("module.newer", "/version", message);
        }
    }
}
