//! A page while it is rendered: where it is, and what its modules need to know of each other. Must not know HTML.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    sync::Arc,
};

use accid_base::{Finding, Id, Severity};
use accid_model::{Module, Page};

use crate::{
    kind::{Kind, Properties},
    links,
    locale::{Foreign, ForeignTexts},
    own_css::OwnCss,
    picture_style::PictureStyle,
    pictures::{ImageFile, ImageFormat, is_showable, renditions},
    place::named_width,
    rich_text::is_language,
    shared_parts::shown_part,
    site::Site,
    spatial::{self, SpatialPlan},
    story::{self, StoryPlan},
    style::{Behind, Rules},
};

/// A page while it is rendered: where it is, and what its modules need to know of each other.
pub(crate) struct PageView<'a> {
    pub page: &'a Page,
    pub path: String,
    pub style: String,
    pub findings: Vec<Finding>,
    /// The pictures that the page's style shows.
    pub images: Vec<ImageFile>,
    /// The texts that are shown in another language than the page's.
    pub foreign: Option<&'a Foreign>,
    /// What its map shows, when its canvas is one.
    pub spatial: Option<SpatialPlan>,
    /// What its story needs, when one is its main part.
    pub story: Option<StoryPlan>,
    draft: Option<&'a Module>,
    root: String,
    language: &'a str,
    anchors: HashMap<String, &'a Module>,
    styled: HashSet<&'a str>,
    heading: Option<&'a Module>,
    picture: Option<&'a Module>,
    navigations: Vec<&'a Module>,
    pictures: PictureStyle,
    seen: HashMap<&'a str, usize>,
    twins: HashMap<*const Module, usize>,
    properties: HashMap<*const Module, Properties>,
}

impl<'a> PageView<'a> {
    /// Looks at all modules of the page once.
    pub fn new(site: &'a Site, page: &'a Page, draft: Option<&'a Module>, path: String) -> Self {
        let language = [page.language.as_str(), site.language()].into_iter().find(|tag| is_language(tag));
        let mut view = Self {
            page,
            root: "../".repeat(path.matches('/').count()),
            path,
            style: String::new(),
            findings: Vec::new(),
            images: Vec::new(),
            foreign: None,
            spatial: None,
            story: None,
            draft,
            language: language.unwrap_or("en"),
            anchors: HashMap::new(),
            styled: HashSet::new(),
            heading: None,
            picture: None,
            navigations: Vec::new(),
            pictures: PictureStyle::default(),
            seen: HashMap::new(),
            twins: HashMap::new(),
            properties: HashMap::new(),
        };
        let mut rules = Rules::default();
        view.look_at(site, &page.modules, 0, &mut rules);
        let mut found = Vec::new();
        view.spatial =
            spatial::plan(site, page, |module| view.current(module), view.language, &mut rules, &mut found);
        view.findings.append(&mut found);
        view.story = story::plan(site, page, view.language, &mut view.pictures, &mut rules);
        let own = OwnCss::of_page(&page.css, "/css");
        rules.push_own(&own.css);
        view.findings.extend(own.findings);
        view.style = rules.finish();
        view
    }

    fn look_at(&mut self, site: &Site, modules: &'a [Module], depth: usize, rules: &mut Rules) {
        for module in modules {
            let module = self.current(module);
            let Some(kind) = Kind::find(&module.kind) else { continue };
            if !module.visibility.published || depth > Page::DEEPEST {
                continue;
            }
            let selector = format!(".s-{}", module.id);
            let properties = kind.read(module);
            for shown in properties.kind.pictures() {
                if let Some(photo) = site.photo(&shown.image.photo) {
                    self.pictures.add(&shown, photo, rules);
                }
            }
            let (own_rules, claims) = (properties.kind.rules(&selector, rules), properties.kind.claims());
            self.properties.insert(module, properties);
            let styled = rules.add(module, &selector, &mut self.findings);
            let styled = self.put_pictures_behind(site, module, &selector, rules) || styled;
            if self.add_own_css(module, &selector, rules) || styled || own_rules {
                self.styled.insert(module.id.as_str());
            }
            // Inside a section, a first heading would stand below the section's own.
            if claims.heading && depth == 0 && self.heading.is_none() {
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
                let known = self.findings.len();
                self.look_at(site, &module.children, depth + 1, rules);
                if shown_part(module).is_some() {
                    // What is wrong in a part is told of the part.
                    self.findings.truncate(known);
                }
            }
        }
    }

    /// The pictures that the module's style puts behind it.
    fn put_pictures_behind(
        &mut self,
        site: &Site,
        module: &Module,
        selector: &str,
        rules: &mut Rules,
    ) -> bool {
        let style = &module.style;
        let mut found = false;
        for (breakpoint, values) in
            [("desktop", &style.desktop), ("tablet", &style.tablet), ("phone", &style.phone)]
        {
            let image = &values.background_image;
            if image.photo.is_empty() {
                continue;
            }
            let photo = site.photo(&image.photo).filter(|photo| is_showable(photo));
            let files = photo.map(|photo| {
                let files = renditions(photo, ImageFormat::WebP);
                if files.is_empty() { renditions(photo, ImageFormat::Original) } else { files }
            });
            let (Some(photo), Some(files)) = (photo, files.filter(|files| !files.is_empty())) else {
                let message = "The picture behind it is not in this project, or cannot be shown on a page; it is left \
                               out. Choose another.";
                let pointer = format!("/style/{breakpoint}/background_image");
                let finding = Finding::new(Severity::Warning, "image.missing", message).at(pointer);
                self.findings.push(finding.in_module(&module.id));
                continue;
            };
            let nearest = |width: u32| files.iter().find(|file| file.width >= width).or(files.last());
            let (Some(large), Some(small)) = (nearest(1600), nearest(800)) else { continue };
            let point = image.focus.or(photo.focus).map_or((50.0, 50.0), |focus| {
                let percent = |value: f64| if value.is_finite() { value.clamp(0.0, 100.0) } else { 50.0 };
                (percent(focus.x), percent(focus.y))
            });
            let address = |file: &ImageFile| format!("{}{}", self.root, file.path);
            let behind = Behind { large: address(large), small: address(small), point };
            rules.put_behind(values, breakpoint, selector, &behind);
            self.images.extend([large.clone(), small.clone()]);
            found = true;
        }
        found
    }

    fn add_own_css(&mut self, module: &Module, selector: &str, rules: &mut Rules) -> bool {
        let own = OwnCss::of_module(&module.css, selector, "/css");
        rules.push_own(&own.css);
        self.findings.extend(own.findings.into_iter().map(|finding| finding.in_module(&module.id)));
        !own.css.is_empty()
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

    /// The properties of a module of the page, which were read when it was looked at.
    pub fn properties_of(&self, module: &Module) -> Option<&Properties> {
        self.properties.get(&std::ptr::from_ref(module))
    }

    /// The same page, served at any depth: `root` leads from it to the site's root.
    #[must_use]
    pub fn rooted(mut self, root: String) -> Self {
        self.root = root;
        self
    }

    /// The texts of a module or page that are in another language.
    pub fn foreign_of(&self, id: &Id) -> Option<Arc<ForeignTexts>> {
        self.foreign?.get(id.as_str()).cloned()
    }

    /// What leads from the page to the site's root.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The style sheets it needs beside the site's own.
    pub fn sheets(&self, site: &Site) -> &'static [&'static str] {
        match site.story(self.page.id.as_str()) {
            Some(content) => story::sheets(content),
            None if self.spatial.is_some() => &[crate::story_sheets::MAP_SHEET],
            None => &[],
        }
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

    /// All names on the page that links can lead to.
    pub fn anchor_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.anchors.keys().cloned().collect();
        names.sort_unstable();
        names
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
