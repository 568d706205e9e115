//! What the studio answers: the shapes a transport sends on, by the tool they are of. Must not know HTTP.

mod builder;
mod connected;
mod history;
mod system;
mod vault;
mod waypoint;

pub use self::builder::{ModuleView, PageView, PlacedModule, RenderView, Served};
pub use self::connected::{
    Delivery, Hello, Lacking, Offer, Order, OrderDone, PairRequest, PairedView, PairingView, Standing, Taken,
    Welcome,
};
pub use self::history::{
    FreedView, GitExportView, HistorySpaceView, MarkedMoment, ProjectFactsView, RetentionView, ThinningView,
    TimelineView,
};
pub use self::system::{
    HealthView, JobState, JobView, MeView, MigrationStep, RepairProposal, RepairView, SettingsView,
    ValidationView,
};
pub use self::vault::{
    ChangeKind, ChangesView, CredentialsState, CredentialsView, DocumentChange, EmptiedView, EnvironmentKind,
    EnvironmentView, LastDeployView, LoginKindView, ModuleChange, PageChange, PinView, PlanView, ProjectView,
    ReleaseView, RestoredObject, RestoredView, TrashKind, TrashView, VersionView,
};
pub use self::waypoint::{
    AlbumView, KnownView, PhotoSettingsView, PhotoView, Refused, TrackView, UploadPartView, UploadView,
    WatchRefused, WatchView,
};
