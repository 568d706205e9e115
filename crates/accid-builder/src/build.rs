//! The export: a project becomes a folder of plain files, and a second export does only what changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use accid_base::{ContentHash, Finding, Progress, RelativePath};
use accid_render::{ImageFile, Mode};
use accid_store::Project;

use crate::{
    Builder, BuilderError, LoadedSite,
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

/// A page that must be written again.
struct FreshPage {
    path: String,
    html: String,
    entry: ManifestPage,
    images: Vec<ImageFile>,
}

/// One export under way.
struct Export<'a> {
    builder: &'a Builder,
    project: &'a Project,
    out: &'a Path,
    before: Manifest,
    progress: &'a dyn Progress,
    steps: AtomicUsize,
    total: AtomicUsize,
    written: AtomicUsize,
    encoded: AtomicUsize,
    folders: Mutex<BTreeSet<PathBuf>>,
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
        let export = Export {
            builder: self,
            project,
            out,
            before: Manifest::read(self.vfs.as_ref(), out),
            progress,
            steps: AtomicUsize::new(0),
            total: AtomicUsize::new(loaded.pages.len()),
            written: AtomicUsize::new(0),
            encoded: AtomicUsize::new(0),
            folders: Mutex::new(BTreeSet::new()),
        };
        export.run(&loaded)
    }
}

/// Runs `work` on every item on all cores, in no order, until one fails.
fn in_parallel<T: Sync>(
    items: &[T],
    work: impl Fn(&T) -> Result<(), BuilderError> + Sync,
) -> Result<(), BuilderError> {
    let next = AtomicUsize::new(0);
    let failure = Mutex::new(None);
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(items.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = work(item) {
                        failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                        next.store(items.len(), Ordering::Relaxed);
                    }
                }
            });
        }
    });
    failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

impl Export<'_> {
    fn run(&self, loaded: &LoadedSite) -> Result<BuildReport, BuilderError> {
        let fingerprint = loaded.site.fingerprint();
        let mut manifest = Manifest {
            project: Some(self.project.id()),
            fingerprint: Some(fingerprint),
            ..Manifest::default()
        };
        let fresh = self.render_fresh(loaded, fingerprint, &mut manifest)?;
        let shared = loaded.shared_files();
        let wanted: BTreeMap<&str, &ImageFile> =
            fresh.iter().flat_map(|page| &page.images).map(|image| (image.path.as_str(), image)).collect();
        let kept: Vec<String> =
            manifest.pages.values().flat_map(|page| page.images.iter().cloned()).collect();
        self.announce(&fresh, shared, &wanted)?;

        let files = Mutex::new(BTreeMap::new());
        let note = |path: &str, file: ManifestFile| {
            files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), file);
        };
        let mut findings = loaded.findings.clone();
        findings.extend(self.write_pictures(&wanted, &note)?);
        in_parallel(shared, |file| {
            note(&file.path, self.put(&file.path, &file.bytes)?);
            Ok(())
        })?;
        in_parallel(&fresh, |page| {
            note(&page.path, self.put(&page.path, page.html.as_bytes())?);
            self.step(&page.path)
        })?;
        let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        for path in manifest.pages.keys().chain(&kept) {
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

    /// Renders the pages that differ from the last export; the others go into the manifest as they were.
    fn render_fresh(
        &self,
        loaded: &LoadedSite,
        fingerprint: ContentHash,
        manifest: &mut Manifest,
    ) -> Result<Vec<FreshPage>, BuilderError> {
        let same_site = self.before.fingerprint == Some(fingerprint);
        let mut due = Vec::new();
        for stored in &loaded.pages {
            let path = stored.page.export_path(&loaded.site.source().pages);
            let known = self.before.pages.get(&path).filter(|known| same_site && known.source == stored.hash);
            match known
                .filter(|known| self.is_there(&path) && known.images.iter().all(|image| self.is_there(image)))
            {
                Some(known) => {
                    manifest.pages.insert(path, known.clone());
                }
                None => due.push((path, stored)),
            }
        }
        self.total.store(due.len(), Ordering::Relaxed);
        let fresh = Mutex::new(Vec::with_capacity(due.len()));
        in_parallel(&due, |(path, stored)| {
            let rendered = loaded.site.render_page(&stored.page, &Mode::Export);
            let mut findings = stored.findings.clone();
            findings.extend(rendered.findings);
            for finding in &mut findings {
                finding.path = stored.file.to_string();
            }
            let images = rendered.images.iter().map(|image| image.path.clone()).collect();
            let entry = ManifestPage { source: stored.hash, images, findings };
            let page = FreshPage { path: path.clone(), html: rendered.html, entry, images: rendered.images };
            fresh.lock().unwrap_or_else(PoisonError::into_inner).push(page);
            Ok(())
        })?;
        let mut fresh = fresh.into_inner().unwrap_or_else(PoisonError::into_inner);
        fresh.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(fresh)
    }

    /// Whether the file of the last export is still there with its size.
    fn is_there(&self, path: &str) -> bool {
        let known = self.before.files.get(path);
        known.is_some_and(|known| {
            self.builder.vfs.metadata(&self.out.join(path)).is_ok_and(|found| found.length == known.bytes)
        })
    }

    /// Refuses to overwrite what is not ours, then notes what is about to be written.
    fn announce(
        &self,
        fresh: &[FreshPage],
        shared: &[accid_render::SiteFile],
        wanted: &BTreeMap<&str, &ImageFile>,
    ) -> Result<(), BuilderError> {
        let vfs = self.builder.vfs.as_ref();
        let contents = fresh
            .iter()
            .map(|page| (page.path.as_str(), Some(page.html.as_bytes())))
            .chain(shared.iter().map(|file| (file.path.as_str(), Some(file.bytes.as_ref()))))
            .chain(wanted.keys().map(|path| (*path, None)));
        let mut pending = Vec::new();
        for (path, content) in contents {
            if self.before.knows(path) {
                continue;
            }
            let there = vfs.read(&self.out.join(path)).ok();
            if there.is_some_and(|there| content.is_none_or(|content| there != content)) {
                return Err(BuilderError::ForeignFile {
                    folder: self.out.to_path_buf(),
                    file: path.to_owned(),
                });
            }
            pending.push(path.to_owned());
        }
        if pending.is_empty() {
            return Ok(());
        }
        pending.extend(self.before.pending.iter().cloned());
        let announced = Manifest { pending, ..self.before.clone() };
        announced.write(vfs, self.out).map_err(BuilderError::disk(self.out))
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
        self.total.fetch_add(groups.len(), Ordering::Relaxed);
        in_parallel(&groups, |group| {
            let missing: Vec<_> = group
                .iter()
                .copied()
                .filter(|image| !self.builder.has_picture(self.project, image))
                .collect();
            let name = group.first().map_or("", |image| image.path.as_str());
            if let Err(error) = self.builder.make_pictures(self.project, &missing) {
                let finding =
                    Finding::new(accid_base::Severity::Error, "image.unreadable", format!("{error}."));
                findings.lock().unwrap_or_else(PoisonError::into_inner).push(finding.in_path(name));
                return self.step(name);
            }
            self.encoded.fetch_add(missing.len(), Ordering::Relaxed);
            for image in group {
                let bytes = self.builder.picture(self.project, image)?;
                note(&image.path, self.put(&image.path, &bytes)?);
            }
            self.step(name)
        })?;
        Ok(findings.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes a file unless the last export wrote the same.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<ManifestFile, BuilderError> {
        let file = ManifestFile { hash: ContentHash::of(bytes), bytes: bytes.len() as u64 };
        if self.before.files.get(path) == Some(&file) && self.is_there(path) {
            return Ok(file);
        }
        let vfs = self.builder.vfs.as_ref();
        let safe: RelativePath =
            path.parse().map_err(|_| BuilderError::FileNotFound(path.chars().take(120).collect()))?;
        let target = safe.below(self.out);
        let folder = target.parent().unwrap_or(self.out).to_path_buf();
        {
            // Held while the folder is made, so that nobody writes into it before.
            let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
            if folders.insert(folder.clone()) {
                vfs.create_folders(&folder).map_err(BuilderError::disk(&folder))?;
            }
        }
        let unfinished = target.with_file_name(format!(".{}.part", safe.file_name()));
        vfs.write(&unfinished, bytes)
            .and_then(|()| vfs.rename(&unfinished, &target))
            .map_err(BuilderError::disk(&target))?;
        self.written.fetch_add(1, Ordering::Relaxed);
        Ok(file)
    }

    fn step(&self, message: &str) -> Result<(), BuilderError> {
        let done = self.steps.fetch_add(1, Ordering::Relaxed) + 1;
        self.progress.step(done, self.total.load(Ordering::Relaxed), message);
        if self.progress.cancelled() { Err(BuilderError::Cancelled) } else { Ok(()) }
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
