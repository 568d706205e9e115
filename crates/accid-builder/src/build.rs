//! The export: a project becomes a folder of plain files, and a second export does only what changed.

mod output;
mod single;

pub use self::output::kept_rules;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use accid_base::{ContentHash, Finding, Progress, RelativePath, parallel};
use accid_model::Page;
use accid_render::{ImageFile, Mode, Site, SiteFile};
use accid_store::Project;

use self::output::{in_parallel, is_bare};
use crate::{
    Builder, BuilderError, LoadedSite, StoredPage,
    manifest::{Manifest, ManifestFile, ManifestPage},
    pictures::by_original,
};

/// A file of a finished export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltFile {
    /// Its path in the folder.
    pub path: String,
    /// Hash of its content.
    pub hash: ContentHash,
    /// Its size.
    pub bytes: u64,
}

/// What an export did.
#[derive(Debug, Clone)]
pub struct BuildReport {
    /// The folder.
    pub folder: PathBuf,
    /// All files of the site.
    pub files: Vec<BuiltFile>,
    /// Number of files that had to be written.
    pub written: usize,
    /// Number of pictures that had to be encoded.
    pub encoded: usize,
    /// What a person should know about the site.
    pub findings: Vec<Finding>,
}

impl BuildReport {
    /// Size of the site in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

/// Files with rules for the web host. Somebody may have written one of them by hand, and theirs stays.
const HOST_RULES: [&str; 2] = [".htaccess", "_redirects"];

/// A page, in one of the site's languages, that differs from the last export.
struct DuePage<'a> {
    path: String,
    site: &'a Site,
    page: &'a Page,
    stored: &'a StoredPage,
}

/// The same, rendered.
struct FreshPage {
    path: String,
    entry: ManifestPage,
    images: Vec<ImageFile>,
}

/// One export under way.
struct Export<'a> {
    builder: &'a Builder,
    project: &'a Project,
    out: &'a Path,
    before: Manifest,
    /// Whether the folder had nothing in it: no file of ours or of others can be overwritten.
    bare: bool,
    progress: &'a dyn Progress,
    steps: AtomicUsize,
    total: AtomicUsize,
    written: AtomicUsize,
    encoded: AtomicUsize,
    folders: Mutex<BTreeSet<PathBuf>>,
    /// What this export said it would write.
    announced: Mutex<Vec<String>>,
}

impl Builder {
    /// The project's own build folder.
    pub fn build_folder(project: &Project) -> PathBuf {
        project.derived().join("site")
    }

    /// Exports the project into a folder.
    ///
    /// # Errors
    /// When a file of somebody else would be overwritten, the disk refuses, or it was cancelled. Broken pictures and
    /// pages are findings.
    pub fn build(
        &self,
        project: &Project,
        out: &Path,
        progress: &dyn Progress,
    ) -> Result<BuildReport, BuilderError> {
        let loaded = self.site(project)?;
        self.build_site(project, &loaded, out, progress)
    }

    /// Exports a site of a project, made ready before, into a folder.
    ///
    /// # Errors
    /// As [`Self::build`].
    pub fn build_site(
        &self,
        project: &Project,
        loaded: &LoadedSite,
        out: &Path,
        progress: &dyn Progress,
    ) -> Result<BuildReport, BuilderError> {
        let export = Export {
            builder: self,
            project,
            out,
            before: Manifest::read(self.vfs.as_ref(), out),
            bare: is_bare(self.vfs.as_ref(), out),
            progress,
            steps: AtomicUsize::new(0),
            total: AtomicUsize::new(loaded.pages.len()),
            written: AtomicUsize::new(0),
            encoded: AtomicUsize::new(0),
            folders: Mutex::default(),
            announced: Mutex::default(),
        };
        export.run(loaded)
    }

    /// A file of a finished export.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn read_built(&self, folder: &Path, path: &str) -> Result<Vec<u8>, BuilderError> {
        let missing = || BuilderError::FileNotFound(path.chars().take(120).collect());
        let file = path.parse::<RelativePath>().map_err(|_| missing())?.below(folder);
        self.vfs.read(&file).map_err(BuilderError::disk(&file))
    }
}

fn render(due: &DuePage<'_>) -> (FreshPage, String) {
    let rendered = due.site.render_page(due.page, &Mode::Export);
    let mut findings = due.stored.findings.clone();
    findings.extend(rendered.findings);
    for finding in &mut findings {
        finding.path = due.stored.file.to_string();
    }
    let images = rendered.images.iter().map(|image| image.path.clone()).collect();
    let entry = ManifestPage { source: due.stored.hash, images, findings };
    (FreshPage { path: due.path.clone(), entry, images: rendered.images }, rendered.html)
}

fn image_paths(fresh: &[FreshPage]) -> Vec<String> {
    fresh.iter().flat_map(|page| &page.images).map(|image| image.path.clone()).collect()
}

impl Export<'_> {
    fn run(&self, loaded: &LoadedSite) -> Result<BuildReport, BuilderError> {
        let fingerprint = loaded.site.fingerprint();
        let mut manifest = Manifest {
            project: Some(self.project.id()),
            fingerprint: Some(fingerprint),
            ..Manifest::default()
        };
        let due = self.due(loaded, fingerprint, &mut manifest);
        self.total.store(due.len(), Ordering::Relaxed);
        // A page of the site's own stands in for a file that is made for every site, such as `404.html`.
        let shared = loaded.shared_files().iter().filter(|file| loaded.site.at(&file.path).is_none());
        let (rules, shared): (Vec<&SiteFile>, Vec<&SiteFile>) =
            shared.partition(|file| HOST_RULES.contains(&file.path.as_str()));
        let mut findings = loaded.findings.clone();
        let shared: Vec<&SiteFile> = shared.into_iter().chain(self.own_rules(rules, &mut findings)).collect();
        let files = Mutex::new(BTreeMap::new());
        let note = |path: &str, file: ManifestFile| {
            files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), file);
        };
        let fresh = if self.bare {
            self.write_as_rendered(&due, &shared, &note)?
        } else {
            self.write_once_rendered(&due, &shared, &note)?
        };
        let wanted: BTreeMap<&str, &ImageFile> =
            fresh.iter().flat_map(|page| &page.images).map(|image| (image.path.as_str(), image)).collect();
        findings.extend(self.write_pictures(&wanted, &note)?);
        in_parallel(&shared, |file| {
            note(&file.path, self.put(&file.path, &file.bytes)?);
            Ok(())
        })?;
        let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let kept = manifest.pages.iter().flat_map(|(path, page)| std::iter::once(path).chain(&page.images));
        for path in kept {
            if let Some(file) = self.before.files.get(path).filter(|_| !files.contains_key(path)) {
                files.insert(path.clone(), file.clone());
            }
        }
        for page in fresh {
            manifest.pages.insert(page.path, page.entry);
        }
        manifest.files = files;
        self.finish(manifest, findings)
    }

    /// The pages that differ from the last export; the others go into the manifest as they were.
    fn due<'l>(
        &self,
        loaded: &'l LoadedSite,
        fingerprint: ContentHash,
        manifest: &mut Manifest,
    ) -> Vec<DuePage<'l>> {
        let same_site = self.before.fingerprint == Some(fingerprint);
        let mut due = Vec::new();
        for site in loaded.site.each_language() {
            for (stored, page) in loaded.pages.iter().zip(&site.source().pages) {
                if !page.is_published() {
                    continue;
                }
                let Some(path) = site.path_of(page.id.as_str()).map(ToOwned::to_owned) else { continue };
                let known =
                    self.before.pages.get(&path).filter(|known| same_site && known.source == stored.hash);
                match known.filter(|known| {
                    self.is_there(&path) && known.images.iter().all(|image| self.is_there(image))
                }) {
                    Some(known) => {
                        manifest.pages.insert(path, known.clone());
                    }
                    None => due.push(DuePage { path, site, page, stored }),
                }
            }
        }
        due
    }

    /// Into a folder with nothing in it: each page is written as soon as it is rendered.
    fn write_as_rendered(
        &self,
        due: &[DuePage<'_>],
        shared: &[&SiteFile],
        note: &(impl Fn(&str, ManifestFile) + Sync),
    ) -> Result<Vec<FreshPage>, BuilderError> {
        let pages = due.iter().map(|page| page.path.clone());
        let pending = pages.chain(shared.iter().map(|file| file.path.clone())).collect();
        self.announce(pending)?;
        let fresh = Mutex::new(Vec::with_capacity(due.len()));
        in_parallel(due, |page| {
            let (page, html) = render(page);
            note(&page.path, self.put(&page.path, html.as_bytes())?);
            self.step(&page.path)?;
            fresh.lock().unwrap_or_else(PoisonError::into_inner).push(page);
            Ok(())
        })?;
        let fresh = fresh.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.announce(image_paths(&fresh))?;
        Ok(fresh)
    }

    /// Into a folder with something in it: nothing is written before all is known to be ours.
    fn write_once_rendered(
        &self,
        due: &[DuePage<'_>],
        shared: &[&SiteFile],
        note: &(impl Fn(&str, ManifestFile) + Sync),
    ) -> Result<Vec<FreshPage>, BuilderError> {
        let rendered = parallel::map(due, |page| render(page));
        let images: BTreeSet<&str> =
            rendered.iter().flat_map(|(page, _)| &page.images).map(|image| image.path.as_str()).collect();
        let pages = rendered.iter().map(|(page, html)| (page.path.as_str(), Some(html.as_bytes())));
        let shared = shared.iter().map(|file| (file.path.as_str(), Some(file.bytes.as_ref())));
        let mut pending = Vec::new();
        for (path, content) in pages.chain(shared).chain(images.into_iter().map(|path| (path, None))) {
            if !self.before.knows(path) {
                self.refuse_foreign(path, content)?;
                pending.push(path.to_owned());
            }
        }
        self.announce(pending)?;
        in_parallel(&rendered, |(page, html)| {
            note(&page.path, self.put(&page.path, html.as_bytes())?);
            self.step(&page.path)
        })?;
        Ok(rendered.into_iter().map(|(page, _)| page).collect())
    }

    /// Writes the pictures that are not there yet, encoding those nobody made before.
    fn write_pictures(
        &self,
        wanted: &BTreeMap<&str, &ImageFile>,
        note: &(impl Fn(&str, ManifestFile) + Sync),
    ) -> Result<Vec<Finding>, BuilderError> {
        let mut due = Vec::new();
        for (path, image) in wanted {
            match self.before.files.get(*path).filter(|_| self.is_there(path)) {
                Some(file) => note(path, file.clone()),
                None => due.push(*image),
            }
        }
        let findings = Mutex::new(Vec::new());
        let groups = by_original(due.into_iter());
        self.total.fetch_add(groups.iter().map(Vec::len).sum(), Ordering::Relaxed);
        let publish = |image: &ImageFile| {
            let bytes = self.builder.picture(self.project, image)?;
            note(&image.path, self.put(&image.path, &bytes)?);
            self.step(&image.path)
        };
        in_parallel(&groups, |group| {
            let (made, missing): (Vec<_>, Vec<_>) =
                group.iter().copied().partition(|image| self.builder.has_picture(self.project, image));
            made.into_iter().try_for_each(publish)?;
            // Each is written as soon as it is made, so that one who stops a long export waits for one picture at most
            // and the next export goes on from there.
            let publish_fresh = &mut |image: &ImageFile| {
                self.encoded.fetch_add(1, Ordering::Relaxed);
                publish(image)
            };
            match self.builder.make_pictures(self.project, &missing, publish_fresh) {
                Err(error @ (BuilderError::Picture { .. } | BuilderError::Store(_))) => {
                    let name = group.first().map_or("", |image| image.path.as_str());
                    let finding =
                        Finding::new(accid_base::Severity::Error, "image.unreadable", format!("{error}."));
                    findings.lock().unwrap_or_else(PoisonError::into_inner).push(finding.in_path(name));
                    self.step(name)
                }
                done => done,
            }
        })?;
        Ok(findings.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Removes what the last export wrote and this one did not, and writes the manifest.
    fn finish(&self, manifest: Manifest, mut findings: Vec<Finding>) -> Result<BuildReport, BuilderError> {
        let vfs = self.builder.vfs.as_ref();
        for path in self.before.files.keys().chain(&self.before.pending) {
            let safe = path.parse::<RelativePath>().ok().filter(|_| !manifest.files.contains_key(path));
            if let Some(safe) = safe {
                let stale = safe.below(self.out);
                if vfs.exists(&stale) {
                    vfs.remove_file(&stale).map_err(BuilderError::disk(&stale))?;
                }
            }
        }
        if manifest != self.before {
            manifest.write(vfs, self.out).map_err(BuilderError::disk(self.out))?;
        }
        findings.extend(manifest.pages.values().flat_map(|page| page.findings.iter().cloned()));
        let files = manifest.files.into_iter();
        Ok(BuildReport {
            folder: self.out.to_path_buf(),
            files: files.map(|(path, file)| BuiltFile { path, hash: file.hash, bytes: file.bytes }).collect(),
            written: self.written.load(Ordering::Relaxed),
            encoded: self.encoded.load(Ordering::Relaxed),
            findings,
        })
    }
}
