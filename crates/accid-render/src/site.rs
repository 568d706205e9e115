//! A site that is ready to be rendered, and one page of it as it is seen while it is rendered. Must not know HTML.

use std::{collections::HashMap, sync::Arc};

use accid_base::{ContentHash, Finding, Id};
use accid_model::{Blotter, Module, Page, Photo};
use serde_json::json;

use crate::{
    files::SiteFile,
    kind::Kind,
    own_css::OwnCss,
    pictures::ImageFile,
    place::{Place, named_width},
    renderer::Renderer,
    sitemap::PageTree,
    theme::ThemeCss,
    view::PageView,
};

/// Changes whenever the same documents become other HTML.
const RENDERER_VERSION: u32 = 3;

/// The documents a site is made of.
#[derive(Debug, Clone)]
pub struct SiteSource {
    /// The project's configuration.
    pub blotter: Blotter,
    /// All its pages.
    pub pages: Vec<Arc<Page>>,
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
    /// What was found in it.
    pub findings: Vec<Finding>,
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
        let mut theme = ThemeCss::new(&source.blotter.theme);
        let own = OwnCss::of_page(&source.blotter.site.css, "/site/css");
        theme.css.push_str(&own.css);
        theme.findings.extend(own.findings);
        Self { source, tree, photos, theme }
    }

    /// The documents it was made from.
    pub fn source(&self) -> &SiteSource {
        &self.source
    }

    /// The page that becomes this file.
    pub fn page_at(&self, export_path: &str) -> Option<&Page> {
        self.tree.page_at(export_path).map(|index| self.source.pages[index].as_ref())
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
        let own = view.findings.iter().filter(|finding| finding.module.as_ref() == Some(&module.id)).cloned();
        let findings = std::mem::take(&mut renderer.findings).into_iter().chain(own).collect();
        RenderedModule { html: renderer.html.finish(), style, findings }
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
        let properties = kind.read(module).kind;
        let width = named_width(&module.layout.width).unwrap_or_else(|| properties.width());
        let content = place.narrowed(width);
        module.children.iter().enumerate().find_map(|(index, child)| {
            let inside = properties.inside(content, index);
            place_of(std::slice::from_ref(child), id, Place { depth: place.depth + 1, ..inside })
        })
    })
}
