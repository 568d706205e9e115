//! The HTML Builder: pages and modules of a project, and its build into a static site.
//!
//! Owns: every rule about pages and modules, and the export. Must not know: HTTP, who may do what, how a document
//! becomes durable, the other tools.

mod build;
mod check;
mod error;
mod manifest;
mod modules;
mod pages;
mod patterns;
mod pictures;
mod reading;
mod site;
mod telling;
mod videos;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use accid_base::{Clock, Id, Random, Vfs};

pub use build::{BuildReport, BuiltFile, kept_rules};
pub use check::{CheckItem, LanguageProgress, SiteCheck};
pub use error::BuilderError;
pub use modules::{ModulePlace, NewModule, PlacedModule};
pub use pages::{NewPage, PageStart, StoredPage};
pub use patterns::{Placement, PutModules};
pub use site::{LoadedSite, ServedFile};
pub use telling::{Teller, Telling};
pub use videos::{MOST_FILM_BYTES, StoredVideo};

/// The HTML Builder.
pub struct Builder {
    pub(crate) vfs: Arc<dyn Vfs>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    /// Sites made ready to render, by project; each is renewed when a document differs.
    pub(crate) sites: Mutex<HashMap<Id, Arc<LoadedSite>>>,
    /// Pages as they were last read, by project.
    pub(crate) opened: Mutex<HashMap<Id, pages::OpenedPages>>,
    /// Tells what a site shows besides its pages.
    pub(crate) teller: std::sync::OnceLock<Teller>,
    /// Room for pictures that are being made.
    pub(crate) room: pictures::Room,
}

impl Builder {
    /// A builder over this disk, clock and chance.
    pub fn new(vfs: Arc<dyn Vfs>, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self {
            vfs,
            clock,
            random,
            sites: Mutex::default(),
            opened: Mutex::default(),
            teller: std::sync::OnceLock::new(),
            room: pictures::Room::default(),
        }
    }

    pub(crate) fn new_id(&self) -> Id {
        Id::generate(self.clock.as_ref(), self.random.as_ref())
    }
}
