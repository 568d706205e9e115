//! A site that is ready to be rendered, and one page of it as it is seen while it is rendered. Must not know HTML.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use accid_base::{ContentHash, Finding, Id};
use accid_model::{BaseMap, Blotter, Module, Page, PageKind, PageRole, Photo, Video};
use serde_json::json;

use crate::{
    base_map::TileArchives,
    course,
    files::SiteFile,
    kind::Kind,
    locale::{self, Foreign},
    own_css::OwnCss,
    pictures::ImageFile,
    place::{Place, named_width},
    renderer::Renderer,
    rich_text::is_language,
    shared_parts,
    sitemap::{PageTree, paths_in},
    spatial::{self, SpatialMap},
    story::StoryContent,
    theme::ThemeCss,
    view::PageView,
};

/// Changes whenever the same documents become other HTML.
const RENDERER_VERSION: u32 = 5;

/// The documents a site is made of.
#[derive(Debug, Clone)]
pub struct SiteSource {
    /// The project's configuration.
    pub blotter: Blotter,
    /// All its pages.
    pub pages: Vec<Arc<Page>>,
    /// All its photos.
    pub photos: Vec<Photo>,
    /// All its films.
    pub videos: Vec<Video>,
}

/// Ways by the ids of their tracks: segments of `[latitude, longitude]`.
pub type TrackLines = BTreeMap<String, Vec<Vec<[f64; 2]>>>;

/// What a site tells besides its pages. Nothing in it is private any more: it is shown as it is.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The ways that maps may show.
    pub tracks: TrackLines,
    /// The stories, by the ids of the pages whose main part they are.
    pub stories: BTreeMap<String, StoryContent>,
    /// Files that are published as they are.
    pub files: Vec<SiteFile>,
    /// Archives of tiles that maps are made of.
    pub archives: TileArchives,
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
    /// Its file in the site.
    pub path: String,
    /// The links a person chose on it; those of its parts are not among them.
    pub links: Vec<PageLink>,
    /// The names on it that links can lead to.
    pub anchors: Vec<String>,
    /// Whether it lists the pages of the site.
    pub lists_pages: bool,
}

/// A link that a person chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLink {
    /// The module it is in.
    pub module: Option<Id>,
    /// Where in the module.
    pub pointer: String,
    /// The address it leads to from its page.
    pub href: String,
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

/// A site that is ready to be rendered, in one of its languages.
pub struct Site {
    source: SiteSource,
    told: Arc<Told>,
    tree: PageTree,
    photos: HashMap<String, usize>,
    theme: Arc<ThemeCss>,
    /// The pages that are steps of a tutorial, in order.
    steps: Vec<usize>,
    /// All its languages, its own first.
    editions: Arc<[Edition]>,
    /// Which of them this is.
    edition: usize,
    foreign: Foreign,
    /// The site in the languages after the first, made when they are asked for; only the site in its own has them.
    others: Vec<OnceLock<Box<Site>>>,
}

/// A site in one of its languages, as far as the others need to know.
pub(crate) struct Edition {
    /// The language's tag.
    pub language: String,
    /// The folder its pages are in: nothing for the site's own language, else such as `de/`.
    pub prefix: String,
    /// The files of the pages, by their ids.
    pub paths: HashMap<String, String>,
    /// The pages of which something is said in this language.
    pub told: HashSet<String>,
}

impl Edition {
    fn own(source: &SiteSource, tree: &PageTree) -> Self {
        let own = &source.blotter.site.language;
        let language = if is_language(own) { own.clone() } else { "en".to_owned() };
        let ids = || source.pages.iter().map(|page| page.id.to_string());
        let paths =
            ids().filter_map(|id| tree.path_of(&id).map(ToOwned::to_owned).map(|path| (id, path))).collect();
        Self { language, prefix: String::new(), paths, told: ids().collect() }
    }

    fn of(source: &SiteSource, language: &str) -> Self {
        let told = source.pages.iter().filter(|page| locale::is_told_in(page, language));
        Self {
            language: language.to_owned(),
            prefix: format!("{language}/"),
            paths: paths_in(&source.pages, language),
            told: told.map(|page| page.id.to_string()).collect(),
        }
    }
}

impl Site {
    /// Prepares a site of pages alone.
    pub fn new(source: SiteSource) -> Self {
        Self::telling(source, Arc::default())
    }

    /// Prepares a site that also shows ways and stories.
    pub fn telling(source: SiteSource, told: Arc<Told>) -> Self {
        let tree = PageTree::new(&source.pages, "");
        let mut editions = vec![Edition::own(&source, &tree)];
        for language in &source.blotter.site.languages {
            let known = editions.iter().any(|edition| edition.language.eq_ignore_ascii_case(language));
            if is_language(language) && !known {
                editions.push(Edition::of(&source, language));
            }
        }
        let others = editions.iter().skip(1).map(|_| OnceLock::new()).collect();
        let mut theme = ThemeCss::new(&source.blotter.theme);
        if course::is_course(&source) {
            theme.push_layer(course::SHEET);
        }
        let own = OwnCss::of_page(&source.blotter.site.css, "/site/css");
        theme.css.push_str(&own.css);
        theme.findings.extend(own.findings);
        let theme = Arc::new(theme);
        Self {
            photos: photos_of(&source),
            steps: course::steps_of(&source),
            tree,
            theme,
            editions: editions.into(),
            edition: 0,
            foreign: Foreign::new(),
            others,
            source,
            told,
        }
    }

    /// The site in the language with this place among its editions.
    fn edition(&self, index: usize) -> Self {
        let edition = &self.editions[index];
        let mut foreign = Foreign::new();
        let pages: Vec<Arc<Page>> = self
            .source
            .pages
            .iter()
            .map(|page| Arc::new(locale::localized(page, &edition.language, self.language(), &mut foreign)))
            .collect();
        let mut blotter = self.source.blotter.clone();
        if let Some(told) = blotter.site.translations.get(&edition.language).cloned() {
            for (text, place) in
                [(told.title, &mut blotter.site.title), (told.description, &mut blotter.site.description)]
            {
                if !text.trim().is_empty() {
                    *place = text;
                }
            }
        }
        edition.language.clone_into(&mut blotter.site.language);
        let told = |photo: &Photo| locale::localized_photo(photo, &edition.language);
        let photos = self.source.photos.iter().map(told).collect();
        let source = SiteSource { blotter, pages, photos, videos: self.source.videos.clone() };
        Self {
            tree: PageTree::new(&source.pages, &edition.prefix),
            photos: photos_of(&source),
            steps: course::steps_of(&source),
            theme: Arc::clone(&self.theme),
            editions: Arc::clone(&self.editions),
            edition: index,
            foreign,
            others: Vec::new(),
            source,
            told: Arc::clone(&self.told),
        }
    }

    /// The languages of the site, its own first.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.editions.iter().map(|edition| edition.language.as_str())
    }

    /// The site in one of its languages.
    pub fn in_language(&self, language: &str) -> Option<&Self> {
        let index = self.editions.iter().position(|edition| edition.language == language)?;
        if index == self.edition {
            return Some(self);
        }
        let other = self.others.get(index.checked_sub(1)?)?;
        Some(other.get_or_init(|| Box::new(self.edition(index))))
    }

    /// The page that becomes this file, and the site in the language it is in.
    pub fn at(&self, export_path: &str) -> Option<(&Self, &Page)> {
        if let Some(page) = self.page_at(export_path) {
            return Some((self, page));
        }
        let folder = export_path.split_once('/')?.0;
        let site = self.in_language(folder)?;
        Some((site, site.page_at(export_path)?))
    }

    /// A page by its id.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.tree.index_of(id).map(|index| self.source.pages[index].as_ref())
    }

    /// What it tells besides its pages.
    pub fn told(&self) -> &Arc<Told> {
        &self.told
    }

    /// The story that is the main part of a page.
    pub(crate) fn story(&self, page: &str) -> Option<&StoryContent> {
        self.told.stories.get(page)
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

    /// Renders a page. It may be an unsaved draft of one of the site's pages, in the site's own language.
    pub fn render_page(&self, page: &Page, mode: &Mode) -> RenderedPage {
        self.render(page, &self.foreign, mode)
    }

    /// Renders a page that is served elsewhere than in its site: `root` leads to the site's root.
    pub fn render_rooted(&self, page: &Page, mode: &Mode, root: String) -> String {
        let mut findings = Vec::new();
        let path = self.draft_path(page);
        let page = shared_parts::expanded(self, page, &mut findings);
        let mut view = PageView::new(self, &page, None, path).rooted(root);
        view.foreign = Some(&self.foreign);
        crate::page::render(self, &view, mode).html
    }

    /// Renders an unsaved draft of one of the site's pages, which is in the site's own language, in the language of
    /// this one.
    pub fn render_draft(&self, page: &Page, mode: &Mode) -> RenderedPage {
        if self.edition == 0 {
            return self.render_page(page, mode);
        }
        let (page, foreign) = self.localized(page);
        self.render(&page, &foreign, mode)
    }

    fn render(&self, page: &Page, foreign: &Foreign, mode: &Mode) -> RenderedPage {
        let (path, mut findings) = (self.draft_path(page), Vec::new());
        let page = shared_parts::expanded(self, page, &mut findings);
        let mut view = PageView::new(self, &page, None, path);
        view.foreign = Some(foreign);
        view.findings.append(&mut findings);
        crate::page::render(self, &view, mode)
    }

    /// Renders one module of a page as the page would. The module may be an unsaved draft; it replaces the one with
    /// its id. Both are in the site's own language.
    pub fn render_module(&self, page: &Page, module: &Module, mode: &Mode) -> RenderedModule {
        if self.edition == 0 {
            return self.render_one(page, module, &self.foreign, mode);
        }
        let with_draft = Page { modules: replaced(&page.modules, module), ..page.clone() };
        let (page, foreign) = self.localized(&with_draft);
        let module = Module::find(&page.modules, &module.id).cloned().unwrap_or_else(|| module.clone());
        self.render_one(&page, &module, &foreign, mode)
    }

    fn render_one(&self, page: &Page, module: &Module, foreign: &Foreign, mode: &Mode) -> RenderedModule {
        let path = self.draft_path(page);
        let module = &*shared_parts::expanded_module(self, page, module);
        let page = shared_parts::expanded(self, page, &mut Vec::new());
        let mut view = PageView::new(self, &page, Some(module), path);
        view.foreign = Some(foreign);
        let style = std::mem::take(&mut view.style);
        let place = place_on(&page, &module.id);
        let mut renderer = Renderer::new(self, &view, matches!(mode, Mode::Canvas { .. }));
        renderer.module(module, place);
        let own = view.findings.iter().filter(|finding| finding.module.as_ref() == Some(&module.id)).cloned();
        let findings = std::mem::take(&mut renderer.findings).into_iter().chain(own).collect();
        RenderedModule { html: renderer.html.finish(), style, findings }
    }

    /// A draft in the language of this site, and what of it is not translated.
    fn localized(&self, page: &Page) -> (Page, Foreign) {
        let own = &self.editions[0].language;
        let mut foreign = Foreign::new();
        let page = locale::localized(page, self.language(), own, &mut foreign);
        // Parts are on the page too, and are as they are saved.
        let known = self.foreign.iter().filter(|(id, _)| !foreign.contains_key(*id));
        let known: Vec<_> = known.map(|(id, texts)| (id.clone(), Arc::clone(texts))).collect();
        let parts: HashSet<&str> =
            self.source.pages.iter().filter(|page| !page.is_published()).flat_map(|page| ids(page)).collect();
        foreign.extend(known.into_iter().filter(|(id, _)| parts.contains(id.as_str())));
        (page, foreign)
    }

    /// The map of a page as the page shows it, and where its places are on it; nothing when the page has none.
    pub fn spatial_map(&self, page: &Page) -> Option<SpatialMap> {
        let page = shared_parts::expanded(self, page, &mut Vec::new());
        spatial::map_of(self, &PageView::new(self, &page, None, self.draft_path(&page)))
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
            .map(|page| {
                let common =
                    json!([page.id, page.slug, page.title, page.parent, page.order, page.navigation]);
                // Of a part every page may show all; of an article the feeds and the heads of pages tell; of a step the
                // lists of steps.
                let about = if page.about() == PageKind::Tutorial { &page.seo.description } else { "" };
                let shown = if page.is_published() { &[][..] } else { &page.modules };
                json!([
                    common,
                    page.role,
                    page.kind,
                    page.date,
                    page.seo.hidden,
                    about,
                    page.translations,
                    shown
                ])
            })
            .collect();
        let blotter = &self.source.blotter;
        let all = json!([
            RENDERER_VERSION,
            env!("CARGO_PKG_VERSION"),
            blotter.name,
            blotter.project_type,
            blotter.site,
            blotter.theme,
            pages,
            self.source.photos,
            self.told.tracks,
            self.told.stories,
            self.told.archives.keys().collect::<Vec<_>>(),
            self.source.videos,
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

    /// The pages that are steps of a tutorial, by their places in the list of pages, in order.
    pub(crate) fn steps(&self) -> &[usize] {
        &self.steps
    }

    /// All languages of the site, its own first.
    pub(crate) fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The site in this language.
    pub(crate) fn this_edition(&self) -> &Edition {
        &self.editions[self.edition]
    }

    /// The site in its own language and, after it, in the others; only the first for a site in another language.
    pub fn each_language(&self) -> impl Iterator<Item = &Self> {
        let others = self.editions.iter().skip(1).filter_map(|edition| self.in_language(&edition.language));
        std::iter::once(self).chain(others.filter(|other| other.edition != self.edition))
    }

    /// Whether something of the page is said in this language.
    pub(crate) fn is_told(&self, page: &Page) -> bool {
        self.this_edition().told.contains(page.id.as_str())
    }

    /// Where a file lies that every language has one of: `search.js`, or `de/search.js`.
    pub(crate) fn beside(&self, name: &str) -> String {
        format!("{}{name}", self.this_edition().prefix)
    }

    /// The file of the entry page.
    pub(crate) fn entry_path(&self) -> String {
        self.beside("index.html")
    }

    /// What texts of saved pages are shown in another language than the site's.
    pub(crate) fn foreign(&self, id: &str) -> Option<&Arc<locale::ForeignTexts>> {
        self.foreign.get(id)
    }

    /// A reusable part, by its id.
    pub(crate) fn part(&self, id: &str) -> Option<&Page> {
        self.page(id).filter(|page| page.role == PageRole::Part)
    }

    pub(crate) fn photo(&self, id: &str) -> Option<&Photo> {
        self.photos.get(id).map(|index| &self.source.photos[*index])
    }

    /// The way of a track, when it may be shown.
    /// The hosts that browsers ask for tiles of its maps, as sources of a Content-Security-Policy; none unless somebody
    /// turned that on.
    pub fn tile_hosts(&self) -> Vec<String> {
        let of_pages = self.source.pages.iter().filter_map(|page| page.spatial.as_ref()?.base_map.as_ref());
        let of_stories = self.told.stories.values().filter_map(|story| story.base_map.as_ref());
        let mut hosts: Vec<String> =
            of_pages.chain(of_stories).filter(|base| base.file.is_none()).filter_map(BaseMap::host).collect();
        hosts.sort_unstable();
        hosts.dedup();
        hosts
    }

    pub(crate) fn track(&self, id: &str) -> Option<&Vec<Vec<[f64; 2]>>> {
        self.told.tracks.get(id)
    }

    /// The site's language.
    pub(crate) fn language(&self) -> &str {
        &self.editions[self.edition].language
    }

    /// The site's name.
    pub(crate) fn title(&self) -> &str {
        let title = self.source.blotter.site.title.trim();
        if title.is_empty() { &self.source.blotter.name } else { title }
    }

    fn draft_path(&self, page: &Page) -> String {
        match self.path_of(page.id.as_str()) {
            Some(path) if path.rsplit('/').next() == Some(&format!("{}.html", page.slug)) => path.to_owned(),
            _ => format!("{}{}", self.this_edition().prefix, page.export_path(&self.source.pages)),
        }
    }
}

fn photos_of(source: &SiteSource) -> HashMap<String, usize> {
    source.photos.iter().enumerate().map(|(index, photo)| (photo.id.to_string(), index)).collect()
}

/// The ids of a page and of all on it.
fn ids(page: &Page) -> Vec<&str> {
    let mut ids = vec![page.id.as_str()];
    for module in &page.modules {
        module.walk(&mut |module| ids.push(module.id.as_str()));
    }
    ids
}

/// The modules with a draft in the place of the one with its id.
fn replaced(modules: &[Module], draft: &Module) -> Vec<Module> {
    let one = |module: &Module| {
        if module.id == draft.id {
            return draft.clone();
        }
        Module { children: replaced(&module.children, draft), ..module.clone() }
    };
    modules.iter().map(one).collect()
}

/// The place of the module with this id on its page.
fn place_on(page: &Page, id: &Id) -> Place {
    let places = page.modules.iter().map(|module| (module, spatial::top_place(page, module)));
    let mut found = places.filter_map(|(module, place)| place_of(std::slice::from_ref(module), id, place));
    found.next().unwrap_or(Place::TOP)
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
