//! A project made ready to render, and the files a browser asks for while it is edited.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock, PoisonError},
};

use accid_base::{ContentHash, Finding, RelativePath, Severity};
use accid_model::{Blotter, Document, Page, Photo, ThemeChoice, Video};
use accid_render::{Mode, Site, SiteFile, SiteSource};
use accid_store::{Documents, Project};
use serde_json::Value;

use crate::{Builder, BuilderError, StoredPage};

/// A project made ready to render.
pub struct LoadedSite {
    /// Hash of all documents it was made of.
    pub key: ContentHash,
    /// The site.
    pub site: Site,
    /// The pages as they are stored, in order; empty for a site of the past.
    pub pages: Vec<StoredPage>,
    /// What a person should know about the documents.
    pub findings: Vec<Finding>,
    shared: OnceLock<Vec<SiteFile>>,
}

/// A file as a browser gets it.
#[derive(Debug, Clone)]
pub enum ServedFile {
    /// A page.
    Html(String),
    /// Any other file.
    Bytes(Vec<u8>),
    /// A picture, perhaps another one that shows the same and takes less long to make.
    Picture {
        /// Its content.
        bytes: Vec<u8>,
        /// The path it has itself, from which its content type follows.
        path: String,
    },
}

impl LoadedSite {
    fn new(key: ContentHash, site: Site, pages: Vec<StoredPage>, findings: Vec<Finding>) -> Self {
        Self { key, site, pages, findings, shared: OnceLock::new() }
    }

    /// A site that no documents of a project stand behind.
    pub(crate) fn told(site: Site, pages: Vec<StoredPage>) -> Self {
        Self::new(ContentHash::of(b""), site, pages, Vec::new())
    }

    /// The same site with a draft of its look.
    pub fn with_theme(&self, theme: ThemeChoice) -> Site {
        let mut source = self.site.source().clone();
        source.blotter.theme = theme;
        Site::telling(source, Arc::clone(self.site.told()))
    }

    /// Style sheet, fonts, sitemap and whatever else is not a page or picture.
    pub fn shared_files(&self) -> &[SiteFile] {
        self.shared.get_or_init(|| self.site.shared_files())
    }
}

fn unreadable(path: &str, error: &impl std::fmt::Display) -> Finding {
    let message = format!("{error}. Mend the file or restore it.");
    Finding::new(Severity::Error, "document.unreadable", message).in_path(path)
}

fn open_blotter(value: &Value) -> Result<Blotter, BuilderError> {
    Ok(accid_model::open::<Blotter>(value)?.document)
}

impl Builder {
    /// The project made ready to render; made again only when a document differs.
    ///
    /// # Errors
    /// When the master configuration cannot be read. Broken pages and photos are findings.
    pub fn site(&self, project: &Project) -> Result<Arc<LoadedSite>, BuilderError> {
        let blotter: RelativePath =
            Blotter::FILE.parse().map_err(|_| BuilderError::FileNotFound(String::new()))?;
        let stored = project.get(&blotter);
        let photos = project.list_unread(Photo::FOLDER);
        let videos = project.list_unread(Video::FOLDER);
        let mut key = Vec::new();
        for (path, hash) in project
            .list_unread(Page::FOLDER)
            .iter()
            .chain(&photos)
            .chain(&videos)
            .map(|(path, stored)| (path.as_str(), stored.hash()))
            .chain(stored.as_ref().map(|stored| (Blotter::FILE, stored.hash)))
        {
            key.extend_from_slice(path.as_bytes());
            key.extend_from_slice(hash.as_bytes());
        }
        for folder in crate::telling::FOLDERS {
            for (path, stored) in project.list_unread(folder) {
                key.extend_from_slice(path.as_str().as_bytes());
                key.extend_from_slice(stored.hash().as_bytes());
            }
        }
        let key = ContentHash::of(&key);
        let id = project.id();
        let known = self.sites.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(known) = known.filter(|known| known.key == key) {
            return Ok(known);
        }
        let blotter = open_blotter(stored.as_ref().map_or(&Value::Null, |stored| stored.value.as_ref()))?;
        let opened = self.open_pages(project);
        let (pages, mut findings) = (opened.pages.to_vec(), opened.findings.to_vec());
        let photos: Vec<_> = photos.into_iter().map(|(path, file)| (path, file.stored().value)).collect();
        let photos = photos.iter().map(|(path, value)| (path.clone(), value.as_ref()));
        let photos: Vec<Photo> = open_all(photos, &mut findings);
        let videos: Vec<_> = videos.into_iter().map(|(path, file)| (path, file.stored().value)).collect();
        let videos = videos.iter().map(|(path, value)| (path.clone(), value.as_ref()));
        let videos: Vec<Video> = open_all(videos, &mut findings);
        let telling = self.telling(project.into(), &blotter, &pages);
        let photos = telling.photos.unwrap_or(photos);
        let mut pages = pages;
        pages.extend(telling.pages);
        let source = SiteSource {
            blotter,
            pages: pages.iter().map(|stored| stored.page.clone()).collect(),
            photos,
            videos,
        };
        let site = Site::telling(source, Arc::new(telling.told));
        let loaded = Arc::new(LoadedSite::new(key, site, pages, findings));
        self.sites.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&loaded));
        Ok(loaded)
    }

    /// A site made of the documents of some version.
    ///
    /// # Errors
    /// When that version has no readable master configuration.
    pub fn site_of(&self, tree: &BTreeMap<RelativePath, Arc<Value>>) -> Result<LoadedSite, BuilderError> {
        let value = |path: &RelativePath| tree.get(path).map_or(&Value::Null, |value| value.as_ref());
        let blotter: RelativePath =
            Blotter::FILE.parse().map_err(|_| BuilderError::FileNotFound(String::new()))?;
        let blotter = open_blotter(value(&blotter))?;
        let mut findings = Vec::new();
        let below = |folder: &'static str| tree.keys().filter(move |path| path.is_below(folder)).cloned();
        let mut pages = Vec::new();
        for path in below(Page::FOLDER) {
            let hash = ContentHash::of(value(&path).to_string().as_bytes());
            match accid_model::open::<Page>(value(&path)) {
                Ok(opened) => {
                    let page = Arc::new(opened.document);
                    pages.push(StoredPage { page, hash, file: path, findings: Vec::new() });
                }
                Err(error) => findings.push(unreadable(path.as_str(), &error)),
            }
        }
        pages.sort_by(|left, right| {
            (left.page.order, &left.page.slug).cmp(&(right.page.order, &right.page.slug))
        });
        let photos: Vec<Photo> =
            open_all(below(Photo::FOLDER).map(|path| (path.clone(), value(&path))), &mut findings);
        let videos: Vec<Video> =
            open_all(below(Video::FOLDER).map(|path| (path.clone(), value(&path))), &mut findings);
        let telling = self.telling(Documents::Then(tree), &blotter, &pages);
        let photos = telling.photos.unwrap_or(photos);
        let pages = pages.into_iter().chain(telling.pages).map(|stored| stored.page).collect();
        let source = SiteSource { blotter, pages, photos, videos };
        let site = Site::telling(source, Arc::new(telling.told));
        Ok(LoadedSite::new(ContentHash::of(b""), site, Vec::new(), findings))
    }

    /// A file of the site as the export would have it: a page, picture, style sheet or font.
    ///
    /// # Errors
    /// When there is no such file, or its picture cannot be made.
    pub fn serve(
        &self,
        project: &Project,
        loaded: &LoadedSite,
        path: &str,
        mode: &Mode,
    ) -> Result<ServedFile, BuilderError> {
        if let Some((site, page)) = loaded.site.at(path) {
            return Ok(ServedFile::Html(site.render_page(page, mode).html));
        }
        if let Some(file) = loaded.shared_files().iter().find(|file| file.path == path) {
            return Ok(ServedFile::Bytes(file.bytes.to_vec()));
        }
        // Of fonts and scripts also those that only a draft needs.
        if let Some(file) = accid_render::font_file(path).or_else(|| accid_render::script_file(path)) {
            return Ok(ServedFile::Bytes(file.to_vec()));
        }
        if let Some(sheet) = accid_render::style_file(path) {
            return Ok(ServedFile::Bytes(sheet.into_bytes()));
        }
        let source = loaded.site.source();
        let film = || accid_render::film_file(path, &source.videos);
        if let Some(tile) = accid_render::tile_file(path, &loaded.site.told().archives) {
            return Ok(ServedFile::Bytes(tile));
        }
        match accid_render::image_file(path, &source.photos).or_else(film) {
            Some(image) => {
                let (bytes, path) = self.quick_picture(project, image)?;
                Ok(ServedFile::Picture { bytes, path })
            }
            None => Err(BuilderError::FileNotFound(path.chars().take(120).collect())),
        }
    }
}

fn open_all<'a, T: Document>(
    values: impl Iterator<Item = (RelativePath, &'a Value)>,
    findings: &mut Vec<Finding>,
) -> Vec<T> {
    let mut found = Vec::new();
    for (path, value) in values {
        match accid_model::open::<T>(value) {
            Ok(opened) => found.push(opened.document),
            Err(error) => findings.push(unreadable(path.as_str(), &error)),
        }
    }
    found
}
