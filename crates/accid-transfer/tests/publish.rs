//! Publishing to a folder: what is sent, what stays, and what a failing or dying disk leaves behind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::{
    collections::{BTreeMap, HashSet},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use accid_base::{
    ContentHash, FixedClock, Id, MemoryVfs, Progress, RelativePath, SequenceRandom, Unwatched, Vfs,
    vfs::{AppendFile, Entry, LockGuard, Metadata},
};
use accid_transfer::{
    Access, BuildContent, BuildFile, BuildManifest, Claim, FolderTarget, Place, Published, PublishedManifest,
    Publisher, Target, TransferError, place_for, plan, publish,
};

const ROOT: &str = "/www";

type Files = BTreeMap<&'static str, &'static str>;

struct Site(Files);

impl Site {
    fn manifest(&self) -> BuildManifest {
        let file = |(path, text): (&&str, &&str)| BuildFile {
            path: path.parse().unwrap(),
            hash: ContentHash::of(text.as_bytes()),
            bytes: text.len() as u64,
        };
        BuildManifest::new(self.0.iter().map(file).collect()).unwrap()
    }
}

impl BuildContent for Site {
    fn read(&self, path: &RelativePath) -> io::Result<Vec<u8>> {
        let text = self.0.get(path.as_str()).ok_or(io::ErrorKind::NotFound)?;
        Ok(text.as_bytes().to_vec())
    }
}

fn first() -> Site {
    Site(BTreeMap::from([
        ("index.html", "home, first"),
        ("about.html", "about, first"),
        ("old.html", "old page"),
        ("trips/grenada.html", "grenada, first"),
        ("trips/old/x.html", "x"),
        ("images/boat-1.jpg", "boat one"),
        ("assets/site.css", "css one"),
        ("sitemap.xml", "map one"),
    ]))
}

fn second() -> Site {
    Site(BTreeMap::from([
        ("index.html", "home, second"),
        ("about.html", "about, first"),
        ("trips/grenada.html", "grenada, 2nd!!"),
        ("trips/carriacou.html", "carriacou"),
        ("images/boat-2.jpg", "boat two"),
        ("assets/site.css", "css two"),
        ("sitemap.xml", "map two"),
    ]))
}

fn claim() -> Claim {
    let at = "2026-03-01T12:00:00Z".parse().unwrap();
    let token = Id::generate(&FixedClock::at("2026-03-01T12:00:00Z"), &SequenceRandom::default());
    Claim { token, left: None, by: "anna".to_owned(), at }
}

fn place(url: &str, vfs: Arc<dyn Vfs>, own: &[PathBuf]) -> Result<Place, TransferError> {
    place_for(url, Access::default(), vfs, own)
}

fn publish_with(site: &Site, vfs: Arc<dyn Vfs>, progress: &dyn Progress) -> Result<Published, TransferError> {
    let target = FolderTarget::new(vfs, PathBuf::from(ROOT));
    let clock = FixedClock::at("2026-03-01T12:00:00Z");
    let random = SequenceRandom::default();
    publish(
        &site.manifest(),
        site,
        &target,
        Publisher { clock: &clock, random: &random, claim: &claim(), progress },
    )
}

fn publish_to(site: &Site, vfs: &MemoryVfs) -> Result<Published, TransferError> {
    publish_with(site, Arc::new(vfs.clone()), &Unwatched)
}

/// What visitors can get: everything but the notes.
fn online(vfs: &MemoryVfs) -> BTreeMap<String, String> {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let path = |path: PathBuf| path.strip_prefix(ROOT).ok().map(|path| path.to_str().unwrap().to_owned());
    let files = vfs.files().into_iter().filter_map(|(key, bytes)| Some((path(key)?, text(bytes))));
    files.filter(|(path, _)| !path.starts_with(".accid/")).collect()
}

fn owned(site: &Site) -> BTreeMap<String, String> {
    site.0.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn notes(vfs: &MemoryVfs) -> Vec<String> {
    let own = Path::new(ROOT).join(".accid");
    vfs.list(&own).unwrap().into_iter().map(|entry| entry.name).collect()
}

#[test]
fn a_site_is_published_and_the_next_publish_sends_only_what_changed() {
    let vfs = MemoryVfs::new();
    let one = publish_to(&first(), &vfs).unwrap();
    assert_eq!((one.uploaded, one.removed), (8, 0));
    assert_eq!(online(&vfs), owned(&first()));

    let target = FolderTarget::new(Arc::new(vfs.clone()), PathBuf::from(ROOT));
    let before = vfs.files();
    let planned = plan(&second().manifest(), &target).unwrap();
    assert_eq!(vfs.files(), before, "a dry run writes nothing");
    assert_eq!(
        (planned.added.len(), planned.changed.len(), planned.removed.len(), planned.unchanged),
        (2, 4, 3, 1)
    );

    let two = publish_to(&second(), &vfs).unwrap();
    assert_eq!((two.uploaded, two.removed), (6, 3));
    assert_eq!(two.bytes, planned.bytes());
    assert_eq!(online(&vfs), owned(&second()));
    assert!(!vfs.exists(Path::new("/www/trips/old")), "an emptied folder goes");
    assert_eq!(notes(&vfs), ["manifest.json"]);
}

#[test]
fn publishing_the_same_again_writes_nothing() {
    let vfs = MemoryVfs::new();
    let one = publish_to(&first(), &vfs).unwrap();
    let before = vfs.files();
    let again = publish_to(&first(), &vfs).unwrap();
    assert_eq!((again.uploaded, again.removed, again.bytes), (0, 0, 0));
    assert_eq!(again.release, one.release);
    assert_eq!(vfs.files(), before);
}

#[test]
fn the_manifest_names_release_time_files_and_the_release_before() {
    let vfs = MemoryVfs::new();
    let one = publish_to(&first(), &vfs).unwrap();
    publish_to(&second(), &vfs).unwrap();
    let bytes = vfs.read(Path::new("/www/.accid/manifest.json")).unwrap();
    let manifest: PublishedManifest = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(manifest.previous, Some(one.release));
    assert_eq!(manifest.at.to_string(), "2026-03-01T12:00:00Z");
    let page: RelativePath = "index.html".parse().unwrap();
    assert_eq!(manifest.files[&page].sha256, ContentHash::of(b"home, second"));
    assert_eq!(manifest.files[&page].bytes, 12);
}

#[test]
fn what_accid_did_not_put_there_is_neither_touched_nor_overwritten() {
    let vfs = MemoryVfs::new();
    vfs.create_folders(Path::new("/www/trips")).unwrap();
    vfs.write(Path::new("/www/trips/notes.txt"), b"mine").unwrap();
    vfs.write(Path::new("/www/.htaccess"), b"mine too").unwrap();
    vfs.write(Path::new("/www/about.html"), b"my own page").unwrap();
    let before = vfs.files();
    let error = publish_to(&first(), &vfs).unwrap_err();
    assert!(
        matches!(&error, TransferError::Foreign { files, .. } if files.len() == 1 && files[0].as_str() == "about.html")
    );
    let mut after = vfs.files();
    after.remove(Path::new("/www/.accid/lock"));
    assert_eq!(after, before);

    vfs.remove_file(Path::new("/www/about.html")).unwrap();
    publish_to(&first(), &vfs).unwrap();
    publish_to(&second(), &vfs).unwrap();
    let mut wanted = owned(&second());
    wanted.insert("trips/notes.txt".to_owned(), "mine".to_owned());
    wanted.insert(".htaccess".to_owned(), "mine too".to_owned());
    assert_eq!(online(&vfs), wanted);
}

#[test]
fn rules_for_the_web_host_that_somebody_wrote_stay_and_the_rest_is_published() {
    let vfs = MemoryVfs::new();
    vfs.create_folders(Path::new("/www")).unwrap();
    vfs.write(Path::new("/www/.htaccess"), b"mine").unwrap();
    let site = Site(BTreeMap::from([("index.html", "i"), (".htaccess", "ours"), ("_redirects", "ours")]));
    publish_to(&site, &vfs).unwrap();
    let mut wanted = owned(&site);
    wanted.insert(".htaccess".to_owned(), "mine".to_owned());
    assert_eq!(online(&vfs), wanted);
    // It is not ours to remove later either.
    publish_to(&Site(BTreeMap::from([("index.html", "i")])), &vfs).unwrap();
    assert_eq!(online(&vfs)[".htaccess"], "mine");
    assert!(!online(&vfs).contains_key("_redirects"));
}

#[test]
fn a_foreign_file_with_the_very_same_content_stays_foreign() {
    let vfs = MemoryVfs::new();
    vfs.create_folders(Path::new(ROOT)).unwrap();
    vfs.write(Path::new("/www/old.html"), b"old page").unwrap();
    publish_to(&first(), &vfs).unwrap();
    publish_to(&second(), &vfs).unwrap();
    assert_eq!(online(&vfs).get("old.html").map(String::as_str), Some("old page"));
}

#[test]
fn a_page_that_somebody_changed_is_not_removed_with_the_rest() {
    let vfs = MemoryVfs::new();
    publish_to(&first(), &vfs).unwrap();
    vfs.write(Path::new("/www/old.html"), b"old page, edited there").unwrap();
    let two = publish_to(&second(), &vfs).unwrap();
    assert_eq!(two.kept, ["old.html".parse().unwrap()]);
    assert!(online(&vfs).contains_key("old.html"));
}

#[test]
fn a_file_lost_or_cut_short_at_the_target_is_sent_again() {
    let vfs = MemoryVfs::new();
    publish_to(&first(), &vfs).unwrap();
    vfs.remove_file(Path::new("/www/images/boat-1.jpg")).unwrap();
    vfs.write(Path::new("/www/index.html"), b"home").unwrap();
    let again = publish_to(&first(), &vfs).unwrap();
    assert_eq!(again.uploaded, 2);
    assert_eq!(online(&vfs), owned(&first()));
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_page() {
    let vfs = MemoryVfs::new();
    let one = Site(BTreeMap::from([("index.html", "i"), ("a", "file"), ("b/c", "nested")]));
    let two = Site(BTreeMap::from([("index.html", "i"), ("a/x", "nested"), ("b", "file")]));
    publish_to(&one, &vfs).unwrap();
    publish_to(&two, &vfs).unwrap();
    assert_eq!(online(&vfs), owned(&two));
    vfs.write(Path::new("/www/a/mine"), b"mine").unwrap();
    assert!(matches!(publish_to(&one, &vfs).unwrap_err(), TransferError::Foreign { .. }));
    assert_eq!(online(&vfs)["a/mine"], "mine");
}

#[test]
fn two_cannot_publish_to_the_same_place_at_once() {
    let vfs = MemoryVfs::new();
    let target = FolderTarget::new(Arc::new(vfs.clone()), PathBuf::from(ROOT));
    let lock = target.lock(&claim()).unwrap();
    assert!(matches!(publish_to(&first(), &vfs).unwrap_err(), TransferError::Busy { .. }));
    drop(lock);
    publish_to(&first(), &vfs).unwrap();
}

#[test]
fn a_build_that_changes_while_it_is_published_leaves_the_old_site() {
    let vfs = MemoryVfs::new();
    publish_to(&first(), &vfs).unwrap();
    let target = FolderTarget::new(Arc::new(vfs.clone()), PathBuf::from(ROOT));
    let (clock, random) = (FixedClock::at("2026-03-01T12:00:00Z"), SequenceRandom::default());
    let claim = claim();
    let publisher = Publisher { clock: &clock, random: &random, claim: &claim, progress: &Unwatched };
    let error = publish(&second().manifest(), &first(), &target, publisher).unwrap_err();
    assert!(matches!(error, TransferError::Io { .. } | TransferError::BuildChanged { .. }), "{error}");
    assert_eq!(online(&vfs), owned(&first()));
}

#[test]
fn accids_own_data_and_the_root_are_never_published_to() {
    let own = [PathBuf::from("/home/anna/accid")];
    let target = |url: &str| place(url, Arc::new(MemoryVfs::new()), &own).map(|place| place.name());
    assert_eq!(target("file:///home/anna/site").unwrap(), "/home/anna/site");
    for url in
        ["file:///home/anna/accid", "file:///home/anna/accid/projects/x", "file:///home/anna", "file:///home"]
    {
        assert!(matches!(target(url), Err(TransferError::OwnData { .. })), "{url}");
    }
    assert!(matches!(target("file:///"), Err(TransferError::InvalidUrl { .. })));
    assert!(matches!(target("https://x@host/www"), Err(TransferError::UnsupportedScheme { .. })));
    assert!(matches!(target("zip:///home/anna/accid/site.zip"), Err(TransferError::OwnData { .. })));
}

#[test]
fn a_damaged_or_newer_manifest_stops_the_publish_with_its_reason() {
    for (text, newer) in [("{", false), ("{\"format\": 1}", false), ("{\"format\": 9}", true)] {
        let vfs = MemoryVfs::new();
        vfs.create_folders(Path::new("/www/.accid")).unwrap();
        vfs.write(Path::new("/www/.accid/manifest.json"), text.as_bytes()).unwrap();
        let error = publish_to(&first(), &vfs).unwrap_err();
        assert_eq!(matches!(error, TransferError::NewerManifest { .. }), newer);
        assert_eq!(matches!(error, TransferError::DamagedManifest { .. }), !newer);
    }
}

#[derive(Default)]
struct Watcher {
    stop_after: Option<usize>,
    seen: Mutex<Vec<(usize, usize, String)>>,
}

impl Progress for Watcher {
    fn step(&self, done: usize, total: usize, path: &str) {
        self.seen.lock().unwrap().push((done, total, path.to_owned()));
    }

    fn cancelled(&self) -> bool {
        self.stop_after.is_some_and(|after| self.seen.lock().unwrap().len() >= after)
    }
}

#[test]
fn progress_counts_to_the_end_and_a_stopped_publish_goes_on_where_it_was() {
    let vfs = MemoryVfs::new();
    publish_to(&first(), &vfs).unwrap();
    let watcher = Watcher { stop_after: Some(4), ..Watcher::default() };
    let error = publish_with(&second(), Arc::new(vfs.clone()), &watcher).unwrap_err();
    assert!(matches!(error, TransferError::Cancelled));
    assert_eq!(online(&vfs), owned(&first()));

    let watcher = Watcher::default();
    let two = publish_with(&second(), Arc::new(vfs.clone()), &watcher).unwrap();
    assert_eq!(two.uploaded, 6);
    assert!(two.bytes < 40, "what lay staged was not sent again: {}", two.bytes);
    let seen = watcher.seen.into_inner().unwrap();
    assert_eq!(seen.len(), 9);
    assert!(seen.iter().enumerate().all(|(index, (done, total, _))| (*done, *total) == (index + 1, 9)));
}

/// How the disk ends.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Fault {
    /// One operation fails, a write after half its bytes.
    Once,
    /// The power goes: nothing works any more, and what was not synced is there in half.
    Cut,
}

/// A disk that fails at its nth operation, and notes the order in which files are put into place.
struct FaultyVfs {
    inner: MemoryVfs,
    fault: Fault,
    state: Mutex<FaultState>,
}

#[derive(Default)]
struct FaultState {
    left: usize,
    dead: bool,
    struck: bool,
    unsynced: HashSet<PathBuf>,
    renamed: Vec<PathBuf>,
}

impl FaultyVfs {
    fn new(inner: &MemoryVfs, fault: Fault, after: usize) -> Self {
        let state = FaultState { left: after, ..FaultState::default() };
        Self { inner: inner.clone(), fault, state: Mutex::new(state) }
    }

    fn struck(&self) -> bool {
        self.state.lock().unwrap().struck
    }

    /// Whether this operation works.
    fn tick(&self) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        if !state.struck && state.left > 0 {
            state.left -= 1;
            return Ok(());
        }
        if state.struck && !state.dead {
            return Ok(());
        }
        if !state.struck && self.fault == Fault::Cut {
            for path in &state.unsynced {
                let bytes = self.inner.read(path).unwrap_or_default();
                self.inner.write(path, &bytes[..bytes.len() / 2]).unwrap();
            }
            state.dead = true;
        }
        state.struck = true;
        Err(io::Error::other("the disk failed"))
    }
}

impl Vfs for FaultyVfs {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.tick()?;
        self.inner.read(path)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.tick()?;
        self.inner.metadata(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        self.tick()?;
        self.inner.list(folder)
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        self.tick()?;
        self.inner.create_folders(folder)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let result = self.tick();
        let whole = if result.is_ok() { bytes } else { &bytes[..bytes.len() / 2] };
        let mut state = self.state.lock().unwrap();
        state.unsynced.insert(path.to_path_buf());
        if !state.dead || result.is_ok() {
            self.inner.write(path, whole)?;
        }
        result
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.tick()?;
        self.state.lock().unwrap().unsynced.remove(path);
        self.inner.sync_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.tick()?;
        self.inner.sync_folder(folder)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.tick()?;
        let mut state = self.state.lock().unwrap();
        if state.unsynced.remove(from) {
            state.unsynced.insert(to.to_path_buf());
        } else {
            state.unsynced.remove(to);
        }
        state.renamed.push(to.to_path_buf());
        self.inner.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.tick()?;
        self.state.lock().unwrap().unsynced.remove(path);
        self.inner.remove_file(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.tick()?;
        self.state.lock().unwrap().unsynced.retain(|path| !path.starts_with(folder));
        self.inner.remove_folder(folder)
    }

    fn open_append(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        self.tick()?;
        self.inner.open_append(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn LockGuard>>> {
        self.tick()?;
        self.inner.lock(path)
    }
}

/// The first site online, with a file of somebody else's.
fn online_first() -> MemoryVfs {
    let vfs = MemoryVfs::new();
    publish_to(&first(), &vfs).unwrap();
    vfs.write(Path::new("/www/trips/notes.txt"), b"mine").unwrap();
    vfs
}

fn assert_every_file_is_old_or_new(vfs: &MemoryVfs, context: &str) {
    let (old, new, found) = (owned(&first()), owned(&second()), online(vfs));
    for (path, text) in &found {
        let whole = old.get(path) == Some(text) || new.get(path) == Some(text) || path == "trips/notes.txt";
        assert!(whole, "{context}: {path} holds {text:?}");
    }
    for path in old.keys().filter(|path| new.contains_key(*path)) {
        assert!(found.contains_key(path), "{context}: {path} is missing");
    }
    let is_new = |path: &str| found.get(path) == new.get(path);
    if is_new("index.html") {
        let all_new = new.keys().all(|path| is_new(path));
        assert!(all_new, "{context}: the entry page came before what it shows");
    }
    assert_eq!(found["trips/notes.txt"], "mine", "{context}");
}

#[test]
fn whenever_the_disk_fails_every_page_is_old_or_new_and_the_next_publish_finishes() {
    for fault in [Fault::Once, Fault::Cut] {
        let mut operations = 0;
        loop {
            let vfs = online_first();
            let faulty = Arc::new(FaultyVfs::new(&vfs, fault, operations));
            let result = publish_with(&second(), Arc::clone(&faulty) as Arc<dyn Vfs>, &Unwatched);
            let context = format!("{fault:?} at operation {operations}");
            assert_every_file_is_old_or_new(&vfs, &context);
            if !faulty.struck() {
                result.unwrap();
                break;
            }
            assert!(result.is_err() || fault == Fault::Once, "{context}: the failure was not told");
            publish_to(&second(), &vfs).unwrap_or_else(|error| panic!("{context}, then: {error}"));
            let mut wanted = owned(&second());
            wanted.insert("trips/notes.txt".to_owned(), "mine".to_owned());
            assert_eq!(online(&vfs), wanted, "{context}");
            assert_eq!(notes(&vfs), ["manifest.json"], "{context}");
            operations += 1;
        }
        assert!(operations > 60, "{fault:?} had only {operations} places to strike");
    }
}

#[test]
fn after_two_cuts_and_a_change_of_mind_the_old_site_comes_back_whole() {
    let third = Site(BTreeMap::from([
        ("index.html", "home, third!"),
        ("trips/carriacou.html", "third"),
        ("a.html", "a"),
    ]));
    for one in (0..130).step_by(3) {
        for two in (0..90).step_by(7) {
            let vfs = online_first();
            let cut = |site: &Site, after| {
                drop(publish_with(site, Arc::new(FaultyVfs::new(&vfs, Fault::Cut, after)), &Unwatched));
            };
            cut(&second(), one);
            cut(&third, two);
            publish_to(&first(), &vfs)
                .unwrap_or_else(|error| panic!("cut at {one} and {two}, then: {error}"));
            let mut wanted = owned(&first());
            wanted.insert("trips/notes.txt".to_owned(), "mine".to_owned());
            assert_eq!(online(&vfs), wanted, "cut at {one} and {two}");
        }
    }
}

#[test]
fn files_are_put_into_place_in_the_order_in_which_pages_need_them() {
    let vfs = online_first();
    let watched = Arc::new(FaultyVfs::new(&vfs, Fault::Once, usize::MAX));
    publish_with(&second(), Arc::clone(&watched) as Arc<dyn Vfs>, &Unwatched).unwrap();
    let renamed = std::mem::take(&mut watched.state.lock().unwrap().renamed);
    let placed: Vec<_> = renamed.iter().filter_map(|path| path.strip_prefix(ROOT).ok()?.to_str()).collect();
    assert_eq!(
        placed,
        [
            ".accid/journal.json",
            "assets/site.css",
            "images/boat-2.jpg",
            "sitemap.xml",
            "trips/carriacou.html",
            "trips/grenada.html",
            "index.html",
            ".accid/manifest.json",
        ]
    );
}

#[cfg(unix)]
mod on_a_real_disk {
    #![expect(clippy::disallowed_methods, reason = "links can only be made on a real disk")]

    use super::*;
    use accid_base::SystemVfs;
    use std::{fs, os::unix::fs::symlink};

    #[test]
    fn a_link_is_neither_followed_out_of_the_target_nor_into_own_data() {
        let folder = tempfile::tempdir().unwrap();
        let (www, own, elsewhere) =
            (folder.path().join("www"), folder.path().join("own"), folder.path().join("else"));
        for folder in [&www, &own, &elsewhere] {
            fs::create_dir(folder).unwrap();
        }
        symlink(&elsewhere, www.join("trips")).unwrap();
        let vfs: Arc<dyn Vfs> = Arc::new(SystemVfs);
        let url = |path: &Path| format!("file://{}", path.display());
        let target = place(&url(&www), Arc::clone(&vfs), std::slice::from_ref(&own)).unwrap();
        let (clock, random) = (FixedClock::at("2026-03-01T12:00:00Z"), SequenceRandom::default());
        let claim = claim();
        let publisher = Publisher { clock: &clock, random: &random, claim: &claim, progress: &Unwatched };
        let error = target.publish(&first().manifest(), &first(), publisher).unwrap_err();
        assert!(
            matches!(&error, TransferError::Foreign { files, .. } if files[0].as_str() == "trips"),
            "{error}"
        );
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
        fs::remove_file(www.join("trips")).unwrap();
        let published = target.publish(&first().manifest(), &first(), publisher).unwrap();
        assert_eq!(published.uploaded, 8);
        assert_eq!(fs::read_to_string(www.join("trips/grenada.html")).unwrap(), "grenada, first");

        symlink(&own, folder.path().join("shortcut")).unwrap();
        let refused = place(&url(&folder.path().join("shortcut/site")), vfs, &[own]);
        assert!(matches!(refused, Err(TransferError::OwnData { .. })));
    }
}
