//! A studio in memory, with a clock that stands still.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses what it needs")]

use std::sync::Arc;

use accid_access::{Administer, Caller, Permit, Publish, Read, Write};
use accid_base::{FixedClock, MemoryVfs, SequenceRandom};
use accid_model::{Fields, ProjectType};
use accid_store::Background;
use accid_studio::{
    CreateModule, CreatePage, CreateProject, ModuleView, PageView, Roles, Studio, StudioOptions,
};
use serde_json::Value;

/// A studio with all that stands behind it.
pub struct Bench {
    pub studio: Studio,
    pub vfs: MemoryVfs,
    pub clock: Arc<FixedClock>,
}

pub fn open_on(vfs: &MemoryVfs, clock: &Arc<FixedClock>, roles: Roles) -> Studio {
    let options = StudioOptions {
        root: "/data".into(),
        vfs: Arc::new(vfs.clone()),
        clock: Arc::clone(clock) as Arc<dyn accid_base::Clock>,
        random: Arc::new(SequenceRandom::default()),
        background: Background::Off,
        roles,
        log: Arc::default(),
    };
    Studio::open(options).unwrap()
}

pub fn bench() -> Bench {
    bench_with(Roles::all())
}

pub fn bench_with(roles: Roles) -> Bench {
    let vfs = MemoryVfs::new();
    let clock = Arc::new(FixedClock::at("2026-03-01T08:00:00Z"));
    Bench { studio: open_on(&vfs, &clock, roles), vfs, clock }
}

pub fn read() -> Permit<Read> {
    Caller::Owner.permit().unwrap()
}

pub fn write() -> Permit<Write> {
    Caller::Owner.permit().unwrap()
}

pub fn publish() -> Permit<Publish> {
    Caller::Owner.permit().unwrap()
}

pub fn administer() -> Permit<Administer> {
    Caller::Owner.permit().unwrap()
}

pub fn fields(value: Value) -> Fields {
    value.as_object().unwrap().clone()
}

impl Bench {
    /// A site with the given slug made of its name.
    pub fn site(&self, name: &str) -> String {
        let request =
            CreateProject { name: name.to_owned(), project_type: ProjectType::Html, template: None };
        self.studio.projects().create(&write(), &request).unwrap().slug.to_string()
    }

    pub fn page(&self, project: &str, title: &str) -> PageView {
        let request = CreatePage { title: title.to_owned(), ..CreatePage::default() };
        self.studio.pages().create(&write(), project, &request).unwrap()
    }

    pub fn module(&self, project: &str, page: &str, kind: &str, props: Value) -> ModuleView {
        let request = CreateModule {
            page: page.to_owned(),
            kind: kind.to_owned(),
            props: Some(fields(props)),
            parent: None,
            index: None,
        };
        self.studio.modules().create(&write(), project, request).unwrap()
    }

    /// Lets enough time pass for the next change to be a version of its own.
    pub fn later(&self) {
        self.clock.advance_milliseconds(10 * 60 * 1000);
    }

    /// Exports into a folder and gives the job's result.
    pub fn export(&self, project: &str, out: &str) -> Value {
        let job = self.studio.exports().start_into(&administer(), project, out.into()).unwrap();
        self.studio.jobs().wait(&read(), job.id.as_str()).unwrap().result.unwrap()
    }

    pub fn file(&self, path: &str) -> String {
        String::from_utf8(self.vfs.files().get(std::path::Path::new(path)).unwrap().clone()).unwrap()
    }
}

/// A small JPEG of one colour.
pub fn jpeg(red: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels: Vec<u8> = (0..64 * 48).flat_map(|_| [red, 120, 160]).collect();
    jpeg_encoder::Encoder::new(&mut bytes, 90).encode(&pixels, 64, 48, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// A JPEG with soft forms and grain, like a photo.
pub fn photo_like(width: u16, height: u16) -> Vec<u8> {
    let grain = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).rotate_left(7) % 23;
    let part = |at: u32, of: u16| at * 120 / u32::from(of);
    let pixels: Vec<u8> = (0..u32::from(height))
        .flat_map(|y| (0..u32::from(width)).map(move |x| (x, y)))
        .flat_map(|(x, y)| [90 + part(x, width) + grain(x, y), 200 - part(y, height), 80 + grain(y, x)])
        .map(|channel| u8::try_from(channel).unwrap_or(255))
        .collect();
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}
