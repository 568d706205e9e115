//! What a module writes into: the HTML with its page's links, pictures and findings. Must not know any kind.

use std::collections::{BTreeMap, BTreeSet};

use accid_base::{Finding, Severity};
use accid_model::{ImageRef, Module, Photo};

use crate::{
    html::{Html, Marks},
    kind::{Check, Kind, unknown_kind},
    links::{self, Base, Target},
    picture_style::picture_classes,
    pictures::{ImageFile, ImageFormat, avif_renditions, is_showable, renditions},
    place::{Loading, Place, Spot, named_width},
    shared_parts::shown_part,
    site::{PageLink, Site},
    strings::Strings,
    view::PageView,
};

/// Windows that are phones'.
const PHONES: &str = "(max-width: 639px)";

/// What people are told who do not see the picture: what the module says, else what the photo says, and nothing of mere
/// decoration.
pub(crate) fn alt_of<'a>(image: &'a ImageRef, photo: &'a Photo) -> &'a str {
    if image.decorative {
        ""
    } else if image.alt.is_empty() {
        &photo.alt
    } else {
        &image.alt
    }
}

/// Writes modules of one page.
pub(crate) struct Renderer<'a> {
    pub html: Html,
    pub site: &'a Site,
    pub view: &'a PageView<'a>,
    pub strings: &'static Strings,
    pub findings: Vec<Finding>,
    pub images: BTreeMap<String, ImageFile>,
    pub scripts: BTreeSet<&'static str>,
    /// The links a person chose; those of parts are not among them.
    pub links: Vec<PageLink>,
    /// Whether the pages of the site were listed.
    pub lists_pages: bool,
    current: Option<&'a Module>,
    level: u8,
}

impl<'a> Renderer<'a> {
    pub fn new(site: &'a Site, view: &'a PageView<'a>, canvas: bool) -> Self {
        Self {
            html: Html::new(canvas),
            site,
            view,
            strings: crate::strings::strings(view.language()),
            findings: Vec::new(),
            images: BTreeMap::new(),
            scripts: BTreeSet::new(),
            links: Vec::new(),
            lists_pages: false,
            current: None,
            level: 1,
        }
    }

    /// Writes a module and all inside it. An unpublished one, one of an unknown kind, and what nests too deep is
    /// written as nothing.
    pub fn module(&mut self, module: &'a Module, place: Place) {
        let module = self.view.current(module);
        if !module.visibility.published {
            return;
        }
        let Some(kind) = Kind::find(&module.kind) else {
            self.findings.push(unknown_kind(module));
            return;
        };
        let outer = self.current.replace(module);
        let around = self.html.set_foreign(self.view.foreign_of(&module.id));
        if place.depth > accid_model::Page::DEEPEST {
            let message = "Modules nest too deep here; the inner ones are not shown. Move them up.";
            self.find(Severity::Error, "module.too-deep", "", message.to_owned());
        } else {
            let unseen;
            let properties = match self.view.properties_of(module) {
                Some(properties) => properties,
                None => {
                    unseen = kind.read(module);
                    &unseen
                }
            };
            let mut check = Check::new(module);
            properties.kind.check(&mut check);
            self.findings.extend(check.finish());
            let width = named_width(&module.layout.width).unwrap_or_else(|| properties.kind.width());
            self.scripts.extend(properties.kind.scripts());
            properties.kind.render(&Spot { module, kind, place, width, key: self.view.key_of(module) }, self);
            for error in &properties.errors {
                let message = format!("A value cannot be used and counts as not set: {}.", error.message);
                let finding = Finding::new(Severity::Warning, "module.value-refused", message)
                    .at(error.pointer.clone());
                self.findings.push(finding.in_module(&module.id));
            }
            PageView::check_frame(module, &mut self.findings);
        }
        self.html.set_foreign(around);
        self.current = outer;
    }

    /// Writes the modules inside the one that is being written.
    pub fn children(&mut self, place_of: impl Fn(usize) -> Place) {
        let Some(module) = self.current else { return };
        // What a part shows is edited, and judged, in the part.
        let part = shown_part(module)
            .map(|_| (self.html.set_marks(Marks::LeftOut), self.findings.len(), self.links.len()));
        for (index, child) in module.children.iter().enumerate() {
            let place = place_of(index);
            self.module(child, Place { depth: place.depth + 1, ..place });
        }
        if let Some((marks, found, linked)) = part {
            self.html.set_marks(marks);
            self.findings.truncate(found);
            self.links.truncate(linked);
        }
    }

    /// Opens the root element of a module with its classes, anchor and mark.
    pub fn root(&mut self, name: &'static str, spot: &Spot<'_>, classes: &[&str]) -> &mut Html {
        let module = spot.module;
        let mut class = format!("m m-{} w-{}", spot.kind.kind, spot.width);
        for extra in classes.iter().filter(|extra| !extra.is_empty()) {
            class.push(' ');
            class.push_str(extra);
        }
        if matches!(module.layout.align.as_str(), "start" | "center" | "end") {
            class.push_str(" a-");
            class.push_str(&module.layout.align);
        }
        if self.view.is_styled(module) {
            class.push_str(" s-");
            class.push_str(module.id.as_str());
        }
        let visibility = &module.visibility;
        for (shown, hide) in [
            (visibility.phone, " no-phone"),
            (visibility.tablet, " no-tablet"),
            (visibility.desktop, " no-desktop"),
        ] {
            if !shown {
                class.push_str(hide);
            }
        }
        let anchor = self.view.anchor_of(module).unwrap_or_default();
        self.html.open(name).class(&class).attr_unless_empty("id", anchor).mark_module(module.id.as_str())
    }

    /// The address a target leads to from this page; a target that leads nowhere is a finding.
    pub fn link(&mut self, target: &str, pointer: &str) -> Option<String> {
        let page_path = |id: &str| self.site.path_of(id);
        let base = Base { root: self.view.root(), page_path: &page_path };
        let shown: String = target.chars().take(60).collect();
        let (code, message) = match links::resolve(target, &base) {
            Target::Href(href) => {
                if let Some(fragment) = href.strip_prefix('#')
                    && !self.view.has_anchor(fragment)
                {
                    let message = format!(
                        "The link leads to \"#{fragment}\", but nothing on this page has that anchor."
                    );
                    self.find(Severity::Warning, "link.anchor-missing", pointer, message);
                }
                let module = self.current.map(|module| module.id.clone());
                self.links.push(PageLink {
                    module,
                    pointer: format!("/props/{pointer}"),
                    href: href.clone(),
                });
                return Some(href);
            }
            Target::Empty => return None,
            Target::MissingPage => (
                "link.page-missing",
                format!(
                    "The link \"{shown}\" leads to a page that is not there. Choose another page, or remove it."
                ),
            ),
            Target::Refused => (
                "link.refused",
                format!(
                    "\"{shown}\" is not a link a page may have. Choose a page, or write an address that begins with \
                     https://, mailto: or tel:."
                ),
            ),
        };
        self.find(Severity::Error, code, pointer, message);
        None
    }

    /// Says what was found in the module that is being written; `pointer` is below its properties.
    pub fn find(&mut self, severity: Severity, code: &str, pointer: &str, message: String) {
        let pointer = if pointer.is_empty() { "/props".to_owned() } else { format!("/props/{pointer}") };
        let finding = Finding::new(severity, code, message).at(pointer);
        self.findings.push(match self.current {
            Some(module) => finding.in_module(&module.id),
            None => finding,
        });
    }

    /// Tells that a heading of this level was written, so that a level that is left out is found.
    pub fn note_heading(&mut self, level: u8, pointer: &str) {
        if level > self.level + 1 && self.view.is_whole() {
            let message = format!(
                "A heading of level {level} follows one of level {}. Screen readers expect level {} here.",
                self.level,
                self.level + 1
            );
            self.find(Severity::Warning, "heading.skipped", pointer, message);
        }
        self.level = level;
    }

    /// Opens a heading.
    pub fn heading(&mut self, level: u8, pointer: &str) -> &mut Html {
        let level = level.clamp(1, 4);
        self.note_heading(level, pointer);
        self.html.open(["h1", "h2", "h3", "h4"][usize::from(level - 1)])
    }

    /// Writes a heading that is one property of the module, unless it is empty.
    pub fn heading_prop(&mut self, level: u8, class: &str, prop: &str, text: &str) {
        if !text.trim().is_empty() {
            self.heading(level, prop).attr_unless_empty("class", class).mark_prop(prop).text(text).close();
        }
    }

    /// Writes an element whose text is one property of the module, unless it is empty.
    pub fn text_prop(&mut self, name: &'static str, class: &str, prop: &str, text: &str) {
        if !text.trim().is_empty() {
            self.html.open(name).attr_unless_empty("class", class).mark_prop(prop).text(text).close();
        }
    }

    /// When a module's first picture is loaded.
    pub fn loading(&self, module: &Module) -> Loading {
        if self.view.leads_pictures(module) { Loading::First } else { Loading::Lazy }
    }

    /// Writes a picture with its renditions, or an empty frame when there is no such photo.
    pub fn picture(&mut self, image: &ImageRef, place: Place, loading: Loading, pointer: &str) {
        let Some(photo) = self.site.photo(&image.photo).filter(|photo| is_showable(photo)) else {
            return self.missing_picture(image, pointer);
        };
        let mut webp = renditions(photo, ImageFormat::WebP);
        let mut plain = renditions(photo, ImageFormat::Jpeg);
        plain.extend(renditions(photo, ImageFormat::Original));
        let Some(fallback) = plain.first().cloned() else { return };
        let sizes = place.sizes();
        let set = |files: &[ImageFile]| {
            let entries: Vec<_> = files
                .iter()
                .map(|file| format!("{}{} {}w", self.view.root(), file.path, file.width))
                .collect();
            entries.join(", ")
        };
        let (webp_set, plain_set) = (set(&webp), set(&plain));
        let source = format!("{}{}", self.view.root(), fallback.path);
        let alt = alt_of(image, photo);
        let mut avif = avif_renditions(photo, self.site.source().blotter.site.pictures.avif);
        let avif_set = set(&avif);
        let classes = picture_classes(image, photo);
        self.html.open("picture");
        if !avif.is_empty() {
            self.html.void("source").attr("type", "image/avif");
            // What is wide enough for phones only is for phones only.
            let for_all = avif.last().map(|file| file.width) == webp.last().map(|file| file.width);
            if !for_all {
                self.html.attr("media", PHONES);
            }
            let sizes = if for_all { sizes.clone() } else { place.phone_sizes() };
            self.html.attr("srcset", &avif_set).attr("sizes", &sizes);
        }
        if !webp.is_empty() {
            self.html
                .void("source")
                .attr("type", "image/webp")
                .attr("srcset", &webp_set)
                .attr("sizes", &sizes);
        }
        self.html.void("img").attr("src", &source);
        if plain.len() > 1 {
            self.html.attr("srcset", &plain_set).attr("sizes", &sizes);
        }
        let told = photo.translations.get(self.site.language());
        let translated = told.is_some_and(|told| !told.alt.trim().is_empty());
        self.say_language_of_alt(image, if translated { "" } else { alt }, pointer);
        self.html
            .attr("alt", alt)
            .attr_unless_empty("class", &classes)
            .attr("width", &photo.width.to_string())
            .attr("height", &photo.height.to_string());
        match loading {
            Loading::First => self.html.attr("fetchpriority", "high"),
            Loading::Now => &mut self.html,
            Loading::Lazy => self.html.attr("loading", "lazy"),
        };
        self.html.attr("decoding", "async").close();
        webp.append(&mut plain);
        webp.append(&mut avif);
        self.images.extend(webp.into_iter().map(|file| (file.path.clone(), file)));
    }

    /// A description that is not translated, or that is the photo's own, is in the site's own language.
    fn say_language_of_alt(&mut self, image: &ImageRef, alt: &str, pointer: &str) {
        let own = &self.site.editions()[0].language;
        if image.alt.is_empty() && !alt.is_empty() && self.view.language() != own {
            self.html.attr("lang", own);
        } else if !alt.is_empty() {
            self.html.mark_language(&format!("{}/alt", pointer.strip_suffix("/photo").unwrap_or(pointer)));
        }
    }

    /// What people are told who do not see the picture; nothing when there is no such photo and nothing was said.
    pub fn told<'r>(&'r self, image: &'r ImageRef) -> &'r str {
        self.site.photo(&image.photo).map_or(image.alt.as_str(), |photo| alt_of(image, photo))
    }

    /// The address of the picture as large as it is published, for a link that opens it; nothing when it cannot be
    /// shown.
    pub fn large(&mut self, image: &ImageRef) -> Option<String> {
        let photo = self.site.photo(&image.photo).filter(|photo| is_showable(photo))?;
        let formats = [ImageFormat::WebP, ImageFormat::Original];
        let file = formats.into_iter().find_map(|format| renditions(photo, format).pop())?;
        let href = format!("{}{}", self.view.root(), file.path);
        self.images.insert(file.path.clone(), file);
        Some(href)
    }

    /// Finds a picture that tells something and has no description, neither here nor on the photo itself.
    pub fn expect_alt(&mut self, image: &ImageRef, pointer: &str) {
        let photo = self.site.photo(&image.photo);
        let described = photo.is_none_or(|photo| photo.decorative || !photo.alt.trim().is_empty());
        if !described && !image.decorative && image.alt.trim().is_empty() {
            let message = "The picture has no description. Say what it shows, for people who do not see it.";
            self.find(Severity::Warning, "image.alt-missing", pointer, message.to_owned());
        }
    }

    fn missing_picture(&mut self, image: &ImageRef, pointer: &str) {
        let (code, message) = if image.photo.is_empty() {
            ("image.none", "No picture is chosen yet; an empty frame is shown. Choose one.")
        } else if self.site.photo(&image.photo).is_some() {
            (
                "image.not-showable",
                "This kind of picture cannot be shown on a page. Choose a JPEG, PNG or WebP.",
            )
        } else {
            (
                "image.missing",
                "The picture is not in this project any more; an empty frame is shown. Choose another.",
            )
        };
        self.find(Severity::Warning, code, pointer, message.to_owned());
        self.html.open("span").class("no-picture");
        if !image.alt.is_empty() {
            self.html.attr("role", "img").attr("aria-label", &image.alt);
        }
        self.html.close();
    }
}
