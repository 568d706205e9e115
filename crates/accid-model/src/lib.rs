//! Every document ACCID stores: its type, schema, version, migrations and invariants.
//!
//! Owns: [`Blotter`], [`BuiltSite`], [`Page`], [`Module`] (as an envelope), [`Photo`], [`Album`], [`Track`], [`WaypointSettings`],
//! [`Story`], [`Settings`], [`TrashEntry`], [`Dropper`] and the [`Document`] trait. Must not know: files, HTML, what a module kind means; it is pure.
//!
//! **Invariant:** what a document holds and this ACCID does not understand stays in `extra` and is written back.

mod album;
mod base_map;
mod blotter;
mod built_site;
mod document;
mod dropper;
mod module;
mod page;
mod page_kind;
mod photo;
mod settings;
mod spatial;
mod story;
mod style;
mod track;
mod translation;
mod trash;
mod video;
mod waypoint_settings;

pub use album::{Album, AlbumKind};
pub use base_map::BaseMap;
pub use blotter::{Avif, Blotter, Environment, Pictures, ProjectType, Site, ThemeChoice, ThemeMode};
pub use built_site::{BuildRecipe, BuiltFile, BuiltSite};
pub use document::{Document, Migration, ModelError, Opened, check_schema_version, migrate, open, to_value};
pub use dropper::{Dropper, DropperModule, DropperPage, DropperPages, DropperPhoto};
pub use module::{Module, ModulePosition};
pub use page::{Navigation, Page, PageSeo};
pub use page_kind::{PageFacts, PageKind, PageRole};
pub use photo::{
    Focus, Glance, ImageRef, Location, Marker, Photo, PhotoExif, PlaceSource, Privacy, Taken, TimeSource,
};
pub use settings::{Retention, Settings, WatchedFolder};
pub use spatial::{ModulePlace, RoutePoint, Spatial, SpatialLook, SpatialRoute};
pub use story::{ArrangedBy, Chapter, DistanceUnit, Story, StoryDot, StoryTemplate};
pub use style::{Layout, Style, StyleValues, Visibility};
pub use track::{Track, TrackPoint, TrackWaypoint};
pub use translation::{PageTranslation, PhotoTranslation, SiteTranslation, Translation};
pub use trash::{TrashEntry, TrashedObject};
pub use video::Video;
pub use waypoint_settings::{ClockCorrection, HomeShown, HomeZone, WaypointSettings};

/// Fields of a JSON object, in their order.
pub type Fields = serde_json::Map<String, serde_json::Value>;
