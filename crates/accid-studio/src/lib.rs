//! The studio: every use case of ACCID as a method that takes a [`Permit`](accid_access::Permit).
//!
//! Owns: what a use case is, events, jobs, and flows that cross the tools. Must not know: HTTP, the command line, how
//! a tool does its work.

mod check;
mod events;
mod exports;
mod fresh_ids;
mod history;
mod jobs;
mod modules;
mod pages;
mod patterns;
mod photos;
mod previews;
mod projects;
mod publishing;
mod requests;
mod roles;
mod spatial;
mod system;
mod templates;
mod trash;
mod upkeep;
mod videos;
mod views;

use std::{
    path::PathBuf,
    sync::{Arc, Weak},
};

use accid_base::{Clock, Explain, Id, Problem, Random, Vfs};
use accid_builder::Builder;
use accid_store::{Background, Project, Store, StoreOptions};
use accid_vault::{Vault, derive_dropper};
pub use accid_waypoint::PhotoChanges;
use accid_waypoint::Waypoint;
use jiff::Timestamp;

pub use accid_builder::MOST_FILM_BYTES;
pub use accid_geo::{Detail as MapDetail, ProjectionKind};
pub use check::{CheckCounts, CheckItemView, CheckView, Checks, LanguageView};
pub use events::{Event, Events, Subscription};
pub use exports::Exports;
pub use history::History;
pub use jobs::Jobs;
pub use modules::Modules;
pub use pages::Pages;
pub use patterns::{ApplyMode, ApplyPattern, PatternKind, PatternView, Patterns, SavePattern};
pub use photos::Photos;
pub use projects::Projects;
pub use publishing::Publishing;
pub use requests::{
    CreateModule, CreatePage, CreateProject, DuplicateProject, ExportRequest, MoveModule, PublishRequest,
    RenderRequest, Restore, RestoreFile, RestoreTrash, SetEnvironment, Snapshot, TrashRequest, UpdateProject,
    UpdateTheme, UploadedFile,
};
pub use roles::{Role, Roles};
pub use spatial::{AreaKind, AreaView, BoundsView, MapRequest, NamedPlaceView, Spatial};
pub use system::System;
pub use templates::TemplateView;
pub use trash::Trash;
pub use videos::{VideoView, Videos};
pub use views::{
    ChangeKind, ChangesView, EmptiedView, EnvironmentView, HealthView, JobState, JobView, MeView,
    MigrationStep, ModuleChange, ModuleView, PageChange, PageView, PhotoView, PlacedModule, PlanView,
    ProjectView, Refused, RenderView, RepairView, RestoredObject, RestoredView, Served, SettingsView,
    TrashKind, TrashView, UploadView, ValidationView, VersionView,
};

/// What a studio stands on.
pub struct StudioOptions {
    /// The data root.
    pub root: PathBuf,
    /// The disk.
    pub vfs: Arc<dyn Vfs>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub random: Arc<dyn Random>,
    /// Whether files follow the ledger, and outside edits are noticed, by themselves.
    pub background: Background,
    /// The tools in this process.
    pub roles: Roles,
}

/// The studio; clones are the same one.
#[derive(Clone)]
pub struct Studio(Arc<Inner>);

/// What the groups of use cases share.
pub(crate) struct Inner {
    pub store: Store,
    pub vault: Vault,
    pub builder: Builder,
    pub waypoint: Waypoint,
    pub atlas: accid_geo::Atlas,
    pub jobs: jobs::JobBook,
    pub previews: previews::Previews,
    pub meter: system::Meter,
    pub bus: Arc<events::Bus>,
    pub roles: Roles,
    pub instance: Id,
    pub started: Timestamp,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
}

/// Turns any floor's error into what a person reads.
pub(crate) fn explain(error: impl Explain) -> Problem {
    error.problem()
}

impl Inner {
    pub(crate) fn project(&self, id_or_slug: &str) -> Result<Arc<Project>, Problem> {
        self.store.project(id_or_slug).map_err(explain)
    }

    pub(crate) fn new_id(&self) -> Id {
        Id::generate(self.clock.as_ref(), self.random.as_ref())
    }
}

macro_rules! groups {
    ($($(#[doc = $doc:literal])+ $name:ident $group:ident;)+) => {
        $($(#[doc = $doc])+
        pub fn $name(&self) -> $group<'_> {
            $group(&self.0)
        })+
    };
}

impl Studio {
    /// Opens the data root and takes it for this process.
    ///
    /// # Errors
    /// When another process has it, or the disk refuses.
    pub fn open(options: StudioOptions) -> Result<Self, Problem> {
        let StudioOptions { root, vfs, clock, random, background, roles } = options;
        let store = Store::open(StoreOptions {
            root: root.clone(),
            vfs: Arc::clone(&vfs),
            clock: Arc::clone(&clock),
            random: Arc::clone(&random),
            background,
        })
        .map_err(explain)?;
        store.set_deriver(accid_vault::DROPPER_EDITION, Arc::new(derive_dropper));
        let bus = Arc::new(events::Bus::default());
        let inner = Inner {
            vault: Vault::new(Arc::clone(&vfs), Arc::clone(&clock), Arc::clone(&random), vec![root]),
            builder: Builder::new(vfs, Arc::clone(&clock), Arc::clone(&random)),
            waypoint: Waypoint::new(Arc::clone(&clock), Arc::clone(&random)),
            atlas: accid_geo::Atlas::new(),
            jobs: jobs::JobBook::default(),
            previews: previews::Previews::default(),
            meter: system::Meter::default(),
            bus: Arc::clone(&bus),
            roles,
            instance: Id::generate(clock.as_ref(), random.as_ref()),
            started: clock.now(),
            clock,
            random,
            store,
        };
        let studio = Self(Arc::new(inner));
        let weak: Weak<Inner> = Arc::downgrade(&studio.0);
        if background == Background::On {
            upkeep::start(weak.clone());
        }
        studio.0.store.subscribe(Arc::new(move |change| {
            if let Some(inner) = weak.upgrade().filter(|inner| inner.bus.is_heard()) {
                for event in events::events_of(&inner, change) {
                    inner.bus.publish(&event);
                }
            }
        }));
        Ok(studio)
    }

    /// Writes where this process can be reached into the data root's lock file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn announce(&self, url: &str) -> Result<(), Problem> {
        self.0.store.announce(url).map_err(explain)
    }

    /// Finishes what was acknowledged: stops jobs at their next step and lets all files follow the ledger.
    ///
    /// # Errors
    /// When the disk refuses; the ledger still has everything.
    pub fn close(&self) -> Result<(), Problem> {
        self.0.jobs.cancel_all();
        self.0.store.settle().map_err(explain)
    }

    groups! {
        /// Projects.
        projects Projects;
        /// Pages.
        pages Pages;
        /// The check before publishing.
        checks Checks;
        /// Patterns.
        patterns Patterns;
        /// Modules.
        modules Modules;
        /// The Time Machine.
        history History;
        /// The trash.
        trash Trash;
        /// Exports.
        exports Exports;
        /// Environments and publishing.
        publishing Publishing;
        /// Photos.
        photos Photos;
        /// Films.
        videos Videos;
        /// Maps.
        spatial Spatial;
        /// Jobs.
        jobs Jobs;
        /// Events.
        events Events;
        /// Health, settings, validation, migration.
        system System;
    }
}
