//! What the tests of the store share: a store in memory, small documents, words for writes.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use accid_base::{FixedClock, Id, MemoryVfs, RelativePath, SequenceRandom, Slug, Vfs};
use accid_store::{
    Background, Committed, Expect, Project, Store, StoreError, StoreOptions, Transaction, Write,
};
use serde_json::{Value, json};

/// The data root of stores in memory.
pub const ROOT: &str = "/data";

/// A path in a project.
pub fn path(text: &str) -> RelativePath {
    text.parse().unwrap()
}

/// Opens a store on that disk.
pub fn open_on(vfs: Arc<dyn Vfs>, clock: &Arc<FixedClock>, root: &Path) -> Result<Store, StoreError> {
    Store::open(StoreOptions {
        root: root.to_path_buf(),
        vfs,
        clock: clock.clone(),
        random: Arc::new(SequenceRandom::default()),
        background: Background::Off,
    })
}

/// The clock of all tests.
pub fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock::at("2026-03-01T10:00:00Z"))
}

/// A blotter.
pub fn blotter(id: &str, slug: &str) -> Value {
    json!({"id": id, "schema_version": 1, "slug": slug, "name": "Yacht Adventures", "type": "html",
        "created_at": "2026-03-01T10:00:00Z", "site": {"title": "Yacht Adventures", "language": "en"}, "theme": {}})
}

/// A page.
pub fn page(slug: &str, title: &str) -> Value {
    json!({"id": format!("page-{slug}"), "schema_version": 2, "slug": slug, "title": title, "order": 0, "modules": []})
}

/// Makes a project with an entry page.
pub fn create(store: &Store, slug: &str) -> Result<Arc<Project>, StoreError> {
    let documents = vec![
        (path("accid_blotter.json"), blotter(&format!("id-{slug}"), slug)),
        (path("pages/index.json"), page("index", "Home")),
    ];
    store.create_project(&Slug::from_text(slug, "project"), documents, Vec::new(), "owner", "Created")
}

/// A store in memory with one project.
pub struct World {
    pub vfs: MemoryVfs,
    pub clock: Arc<FixedClock>,
    pub store: Store,
    pub project: Arc<Project>,
}

impl World {
    pub fn new() -> Self {
        let (vfs, clock) = (MemoryVfs::new(), clock());
        let store = open_on(Arc::new(vfs.clone()), &clock, Path::new(ROOT)).unwrap();
        let project = create(&store, "boat").unwrap();
        Self { vfs, clock, store, project }
    }

    /// Ends the process without a word and starts anew.
    pub fn restart(self) -> Self {
        let Self { vfs, clock, store, project } = self;
        drop(project);
        drop(store);
        let store = open_on(Arc::new(vfs.clone()), &clock, Path::new(ROOT)).unwrap();
        let project = store.project("boat").unwrap();
        Self { vfs, clock, store, project }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.project.folder().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(self.vfs.read(&self.file(name)).unwrap()).unwrap()
    }

    /// Another program writes a file.
    pub fn write_outside(&self, name: &str, text: &str) {
        self.vfs.create_folders(self.file(name).parent().unwrap()).unwrap();
        self.vfs.write(&self.file(name), text.as_bytes()).unwrap();
    }

    /// Lets so many minutes pass.
    pub fn minutes(&self, minutes: i64) {
        self.clock.advance_milliseconds(minutes * 60_000);
    }
}

/// Saves one object.
pub fn put(project: &Project, name: &str, value: Value) -> Result<Committed, StoreError> {
    write(project, Write::put(path(name), value))
}

/// Saves one object that must be what the writer believes.
pub fn put_expecting(
    project: &Project,
    name: &str,
    value: Value,
    expect: Expect,
) -> Result<Committed, StoreError> {
    write(project, Write::put(path(name), value).expecting(expect))
}

/// One write as a transaction.
pub fn write(project: &Project, write: Write) -> Result<Committed, StoreError> {
    project.commit(Transaction {
        author: "owner".to_owned(),
        note: format!("Edit {}", write.path),
        writes: vec![write],
    })
}

/// Title of a page, if it is there.
pub fn title(project: &Project, name: &str) -> Option<String> {
    Some(project.get(&path(name))?.value["title"].as_str()?.to_owned())
}

/// Id of the newest change.
pub fn newest(project: &Project) -> Id {
    project.versions().first().unwrap().id.clone()
}
