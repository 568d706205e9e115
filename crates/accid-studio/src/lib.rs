//! The studio: every use case of ACCID as a method that takes a [`Permit`](accid_access::Permit).
//!
//! Owns: what a use case is, events, jobs, and flows that cross the tools. Must not know: HTTP, the command line, how
//! a tool does its work.

mod albums;
mod backups;
mod base_maps;
mod check;
mod connected;
mod credentials;
mod events;
mod exports;
mod folders;
mod fresh_ids;
mod gallery;
mod history;
mod incoming;
mod jobs;
mod keeping;
mod link;
mod log_book;
mod maintenance;
mod modules;
mod pages;
mod patterns;
mod photos;
mod previews;
mod project_facts;
mod project_zip;
mod projects;
mod publishing;
mod react;
mod redact;
mod requests;
mod roles;
mod services;
mod spatial;
mod spatial_pages;
mod stories;
mod story_history;
mod story_pages;
mod story_site;
mod system;
mod templates;
mod trash;
mod upkeep;
mod videos;
mod views;
mod watching;

use std::{
    path::PathBuf,
    sync::{Arc, Weak},
};

use accid_base::{Clock, ErrorCode, Explain, Id, Problem, Random, Vfs};
use accid_builder::Builder;
pub use accid_model::{Retention, WaypointSettings};
use accid_store::{Background, Project, Store, StoreOptions};
pub use accid_vault::{Deployment, DeploymentKind, Keyring, Outcome, Pairing};
use accid_vault::{Vault, derive_dropper};
use accid_waypoint::Waypoint;
pub use accid_waypoint::{
    AlbumChanges, Alike, Catalogue, Facets, Grouping, KnownSource, LocationChange, MarkerChange,
    PICTURE_ENDINGS, PhotoChanges, PhotoFilter, PhotoOrder, PlaceFormat, PlaceProposals, PlacingRequest,
    Presence, ProposedAlbum, TrackChanges, WaypointsChange,
};
use jiff::Timestamp;

pub use accid_builder::MOST_FILM_BYTES;
pub use accid_geo::{Detail as MapDetail, ProjectionKind};
pub use accid_transfer::{
    CloudAccount, CloudEntry, CloudKind, DropboxAddresses, HostedImage, ServiceError, Waits, checked_base,
};
pub use albums::{Albums, Tracks};
pub use backups::{
    BackupItemView, BackupKeep, BackupPlaceView, BackupRestoredView, BackupRun, BackupSchedule,
    BackupSnapshotView, BackupThinningView, BackupView, Backups, DrillRun, RestoreBackup, SetBackup,
};
pub use base_maps::{BaseMapView, BaseMaps, MOST_ARCHIVE_BYTES};
pub use check::{CheckCounts, CheckItemView, CheckView, Checks, LanguageView};
pub use connected::Connected;
pub use credentials::CredentialsOfStudio;
pub use events::{Event, Events, Subscription};
pub use exports::Exports;
pub use folders::{FolderRequest, FolderStateView, MoveProject, OpenedFolderView};
pub use gallery::Gallery;
pub use history::History;
pub use jobs::{JobLineView, JobLogView, Jobs};
pub use link::{ConnectRequest, Connection, ConnectionState, ConnectionView, Passed};
pub use log_book::{LogBook, LogLine, LogQuery};
pub use maintenance::{
    CleanUpRequest, CleanedView, DiskView, LogView, Maintenance, ProjectDiskView, SupportBundle,
};
pub use modules::Modules;
pub use pages::Pages;
pub use patterns::{ApplyMode, ApplyPattern, PatternKind, PatternView, Patterns, SavePattern};
pub use photos::Photos;
pub use project_zip::{ProjectZipView, ProjectZips, ZipRequest};
pub use projects::Projects;
pub use publishing::Publishing;
pub use react::{
    ApproveBuild, BuildCommandView, BuildEnd, BuildOrder, BuildRunner, Builds, BuiltView, SetBuildCommand,
};
pub use requests::{
    AcceptPin, BeginUpload, ChangePhotos, CreateModule, CreatePage, CreateProject, DuplicateProject,
    ExportRequest, GitExportRequest, KnownFiles, MarkVersion, MoveModule, Passphrase, PlacePhotos, Protect,
    Protector, PublishRequest, RenderRequest, ReorderPhotos, RepairRequest, Restore, RestoreFile,
    RestoreTrash, RollbackRequest, SetEnvironment, SetLogin, Snapshot, TrashRequest, UpdateProject,
    UpdateTheme, UploadedFile, WatchFolder,
};
pub use roles::{Role, Roles};
pub use services::{
    CloudEntryView, DropboxFiles, HostPhoto, HostedView, ImagesElsewhere, ImportFromDropbox, ImportedView,
    SendToDropbox, SentView, ServiceOptions, ServiceView, Services, SetServiceKey, SignInAnswer, WhatToSend,
};
pub use spatial::{AreaKind, AreaView, BoundsView, MapRequest, NamedPlaceView, Spatial};
pub use spatial_pages::{SpatialPages, SpatialView};
pub use stories::{ArrangeStory, GenerateData, GeneratedView, Stories, StoryPageRequest, StoryView};
pub use system::System;
pub use templates::TemplateView;
pub use trash::Trash;
pub use videos::{VideoView, Videos};
pub use views::{
    AlbumView, ChangeKind, ChangesView, CredentialsState, CredentialsView, Delivery, DocumentChange,
    EmptiedView, EnvironmentKind, EnvironmentView, FreedView, GitExportView, HealthView, Hello,
    HistorySpaceView, JobState, JobView, KnownView, Lacking, LastDeployView, LoginKindView, MarkedMoment,
    MeView, MigrationStep, ModuleChange, ModuleView, Offer, Order, OrderDone, PageChange, PageView,
    PairRequest, PairedView, PairingView, PhotoSettingsView, PhotoView, PinView, PlacedModule, PlanView,
    ProjectFactsView, ProjectView, Refused, ReleaseView, RenderView, RepairProposal, RepairView,
    RestoredObject, RestoredView, RetentionView, Served, SettingsView, Standing, Taken, ThinningView,
    TimelineView, TrackView, TrashKind, TrashView, UploadPartView, UploadView, ValidationView, VersionView,
    WatchRefused, WatchView, Welcome,
};
pub use watching::Watch;

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
    /// The last lines of the log, which whoever starts the process writes.
    pub log: Arc<LogBook>,
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
    pub watching: watching::Watching,
    pub vfs: Arc<dyn Vfs>,
    pub atlas: &'static accid_geo::Atlas,
    pub jobs: jobs::JobBook,
    pub previews: previews::Previews,
    /// Archives of map tiles that were opened.
    pub open_archives: base_maps::OpenArchives,
    pub facts: project_facts::KnownFacts,
    pub log: Arc<LogBook>,
    pub meter: system::Meter,
    pub presences: connected::Presences,
    pub link: Arc<link::Link>,
    /// Held by the one who writes the note about backups.
    pub backup_notes: std::sync::Mutex<()>,
    pub services: services::CloudServices,
    /// Runs build commands; whoever starts the process chooses it.
    runner: std::sync::OnceLock<Arc<dyn BuildRunner>>,
    own: std::sync::OnceLock<Weak<Inner>>,
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

    /// What went wrong when a project was read: files that go missing while it is removed or moved are no fault of the
    /// disk, the project is gone.
    pub(crate) fn explain_of(&self, project: &Project, error: impl Explain) -> Problem {
        let problem = explain(error);
        if problem.code == ErrorCode::Storage && project.is_closed() {
            return explain(accid_store::StoreError::ProjectClosed(project.id()));
        }
        problem
    }

    pub(crate) fn runner(&self) -> Arc<dyn BuildRunner> {
        self.runner.get().cloned().unwrap_or_else(|| Arc::new(react::NoRunner))
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
        let StudioOptions { root, vfs, clock, random, background, roles, log } = options;
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
            builder: Builder::new(Arc::clone(&vfs), Arc::clone(&clock), Arc::clone(&random)),
            waypoint: Waypoint::new(Arc::clone(&vfs), Arc::clone(&clock), Arc::clone(&random)),
            watching: watching::Watching::default(),
            vfs: Arc::clone(&vfs),
            atlas: accid_geo::Atlas::shared(),
            jobs: jobs::JobBook::default(),
            previews: previews::Previews::default(),
            open_archives: base_maps::OpenArchives::default(),
            facts: project_facts::KnownFacts::default(),
            log,
            meter: system::Meter::default(),
            presences: connected::Presences::default(),
            link: Arc::new(link::Link::default()),
            backup_notes: std::sync::Mutex::default(),
            services: services::CloudServices::default(),
            runner: std::sync::OnceLock::new(),
            own: std::sync::OnceLock::new(),
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
        // The cell is new, so this cannot fail.
        drop(studio.0.own.set(weak.clone()));
        let teller = weak.clone();
        studio.0.builder.set_teller(Arc::new(move |of, blotter, pages| {
            teller.upgrade().map(|inner| inner.tell(of, blotter, pages)).unwrap_or_default()
        }));
        if background == Background::On {
            upkeep::start(weak.clone());
            backups::start(weak.clone());
            watching::start(weak.clone());
            link::start(weak.clone(), Arc::clone(&studio.0.link), Arc::clone(&studio.0.clock));
        }
        studio.0.store.subscribe(Arc::new(move |change| {
            let Some(inner) = weak.upgrade() else { return };
            inner.link.touch();
            if inner.bus.is_heard() {
                for event in events::events_of(&inner, change) {
                    inner.bus.publish(&event);
                }
            }
        }));
        Ok(studio)
    }

    /// Says which file opens the credentials; it is made when the first password is entered and there is none.
    pub fn use_key_file(&self, path: PathBuf) {
        self.0.vault.credentials.use_key_file(path);
    }

    /// Says which keyring this system has. It is asked when the credentials are needed, never at the start.
    pub fn use_keyring(&self, keyring: Arc<dyn Keyring>) {
        self.0.vault.credentials.use_keyring(keyring);
    }

    /// Says where services on the web are, and what the environment says of them.
    pub fn use_services(&self, options: ServiceOptions) {
        self.0.services.use_options(options);
    }

    /// Says what runs build commands on this system; until then none is run. Only the first one counts.
    pub fn use_runner(&self, runner: Arc<dyn BuildRunner>) {
        drop(self.0.runner.set(runner));
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
        self.0.runner().stop_all();
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
        /// Projects that are built by a command.
        builds Builds;
        /// Environments and publishing.
        publishing Publishing;
        /// The credentials' lock.
        credentials CredentialsOfStudio;
        /// Photos.
        photos Photos;
        /// All photos of a project together.
        gallery Gallery;
        /// Albums.
        albums Albums;
        /// Tracks.
        tracks Tracks;
        /// Watched folders.
        watch Watch;
        /// Films.
        videos Videos;
        /// Maps made elsewhere.
        base_maps BaseMaps;
        /// Maps.
        spatial Spatial;
        /// Pages that are maps.
        spatial_pages SpatialPages;
        /// Stories.
        stories Stories;
        /// Projects as archives.
        project_zips ProjectZips;
        /// Off-site backups.
        backups Backups;
        /// Jobs.
        jobs Jobs;
        /// Tools that are paired with this Vault.
        connected Connected;
        /// The Vault of another process.
        connection Connection;
        /// Services on the web.
        services Services;
        /// Files in Dropbox.
        dropbox_files DropboxFiles;
        /// Pictures on the web.
        images_elsewhere ImagesElsewhere;
        /// Events.
        events Events;
        /// Disk use, the log, support bundles.
        maintenance Maintenance;
        /// Health, settings, validation, migration.
        system System;
    }
}
