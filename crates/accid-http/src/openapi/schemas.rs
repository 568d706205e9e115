//! `components/schemas`: every stored document, every request and answer, every kind of module. Must not know
//! operations.

use accid_model::{
    Album, Blotter, Dropper, Module, Page, Photo, Settings, Story, Track, TrashEntry, WaypointSettings,
};
use accid_studio as studio;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::shapes;
use crate::{
    problem::ProblemDocument,
    routes::{AddedTracks, SavePage, WaypointsView},
};

macro_rules! schemas {
    ($settings:expr; $($kind:ty),+ $(,)?) => {{
        let mut generator = $settings.into_generator();
        $(generator.subschema_for::<$kind>();)+
        generator.take_definitions(true)
    }};
}

fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = "/components/schemas".into())
}

/// All named schemas, in the order of their names.
pub fn components() -> Map<String, Value> {
    let mut all = answers();
    for (name, schema) in requests() {
        all.entry(name).or_insert(schema);
    }
    describe_changes(&mut all);
    describe_modules(&mut all);
    let mut named: Vec<_> = all.into_iter().collect();
    named.sort_by(|one, other| one.0.cmp(&other.0));
    named.into_iter().collect()
}

fn requests() -> Map<String, Value> {
    schemas![settings();
        studio::CreateProject, studio::UpdateProject, studio::UpdateTheme, studio::DuplicateProject, studio::CreatePage,
        studio::ApplyPattern, studio::SavePattern,
        studio::ArrangeStory, studio::StoryPageRequest, studio::GenerateData,
        studio::RenderRequest, studio::CreateModule, studio::MoveModule, studio::Snapshot, studio::MarkVersion, studio::GitExportRequest, accid_model::Retention, studio::RestoreFile,
        studio::Restore, studio::TrashRequest, studio::RestoreTrash, studio::ExportRequest, studio::SetEnvironment,
        studio::PublishRequest,
        studio::ChangePhotos, studio::ReorderPhotos, studio::KnownFiles, studio::PlacePhotos, studio::WaypointsChange,
        studio::BeginUpload, studio::WatchFolder, studio::AlbumChanges, studio::Grouping, studio::TrackChanges,
        studio::PlacingRequest, studio::PhotoChanges, studio::SetLogin, studio::Passphrase, studio::Protect, studio::AcceptPin, studio::RollbackRequest, studio::Hello, studio::Offer,
        studio::Delivery, studio::PairRequest, studio::ConnectRequest, studio::RepairRequest, studio::CleanUpRequest, studio::SetBackup, studio::RestoreBackup, studio::ZipRequest, studio::SetServiceKey,
        studio::ImportFromDropbox, studio::SendToDropbox, studio::HostPhoto,
        studio::SetBuildCommand, studio::ApproveBuild, studio::FolderRequest, studio::MoveProject, SavePage, shapes::Upload, shapes::JsonPatch,
    ]
}

fn answers() -> Map<String, Value> {
    schemas![settings().for_serialize();
        Blotter, Dropper, Module, Page, Photo, Album, Story, Track, WaypointSettings, Settings, TrashEntry,
        accid_model::Spatial, accid_render::SpatialMap, studio::SpatialView, studio::StoryView, studio::GeneratedView, studio::BaseMapView,
        studio::ProjectView, studio::TemplateView, studio::PatternView, studio::PatternKind, studio::PageView, studio::ModuleView, studio::RenderView, studio::VersionView, studio::TimelineView, studio::RetentionView, studio::ThinningView, studio::HistorySpaceView, studio::GitExportView, studio::ProjectFactsView, studio::ChangesView, studio::PageChange, studio::ModuleChange, studio::DocumentChange, studio::ChangeKind,
        studio::RestoredView, studio::TrashView, studio::RestoredObject, studio::EmptiedView,
        studio::EnvironmentView, studio::ReleaseView, studio::Deployment, studio::CredentialsView, studio::PlanView, studio::CheckView, studio::CheckItemView, studio::CheckCounts, studio::LanguageView, studio::PhotoView, studio::VideoView, studio::KnownView, studio::UploadPartView, studio::AlbumView,
        studio::ProposedAlbum, studio::TrackView, studio::PlaceProposals, studio::Catalogue, studio::Facets, studio::Alike,
        studio::PhotoSettingsView, studio::WatchView, WaypointsView, AddedTracks, studio::AreaView, studio::NamedPlaceView, studio::UploadView, studio::JobView, studio::JobLogView,
        studio::BuildCommandView, studio::OpenedFolderView,
        studio::HealthView, studio::MeView, studio::ValidationView, studio::RepairProposal, studio::DiskView, studio::ProjectDiskView,
        studio::CleanedView, studio::LogView, studio::LogLine, studio::RepairView, studio::SettingsView,
        studio::Welcome, studio::Lacking, studio::Taken, studio::PairingView, studio::PairedView, studio::ConnectionView,
        studio::BackupView, studio::BackupRun, studio::DrillRun, studio::BackupSnapshotView, studio::BackupItemView,
        studio::BackupRestoredView, studio::BackupThinningView, studio::ProjectZipView,
        studio::ServiceView, studio::CloudEntryView, studio::ImportedView, studio::SentView, studio::HostedView,
        studio::MigrationStep, ProblemDocument<'static>, shapes::Envelope, shapes::Alive, shapes::Performance,
        shapes::Migrated, shapes::Removed, shapes::ModuleTypeView, shapes::ThemeView, shapes::ExportAnswer,
        shapes::PublishAnswer, shapes::ItemEvent,
    ]
}

/// Bodies that name only the fields that change; and the page as it is answered, which is the document and more.
fn describe_changes(all: &mut Map<String, Value>) {
    for (name, of, fields) in [
        (
            "PageChanges",
            "Page",
            &[
                "title",
                "slug",
                "parent",
                "order",
                "navigation",
                "language",
                "seo",
                "role",
                "kind",
                "date",
                "author",
                "tags",
                "facts",
                "translations",
                "spatial",
                "modules",
            ][..],
        ),
        (
            "ModuleChanges",
            "Module",
            &["props", "layout", "style", "visibility", "anchor", "place", "translations"][..],
        ),
        (
            "StoryChanges",
            "Story",
            &[
                "title", "subtitle", "intro", "template", "by", "chapters", "tracks", "no_route", "cover",
                "picture", "dots", "unit", "order", "hidden",
            ][..],
        ),
        (
            "SettingsChanges",
            "Settings",
            &["host", "port", "log", "retention", "trash_days", "dropbox_app_key"][..],
        ),
    ] {
        let properties: Map<String, Value> = fields
            .iter()
            .filter_map(|field| Some(((*field).to_owned(), all.get(of)?["properties"].get(field)?.clone())))
            .collect();
        let text = format!("Changes of a {}; what is missing stays as it is.", of.to_lowercase());
        all.insert(
            name.to_owned(),
            json!({ "type": "object", "description": text, "properties": properties }),
        );
    }
    if let Some(view) = all.shift_remove("PageView") {
        let text = view["description"].clone();
        let page = json!({ "$ref": "#/components/schemas/Page" });
        all.insert("PageView".to_owned(), json!({ "description": text, "allOf": [page, view] }));
    }
}

/// The properties of each kind of module, as `HeroProps`.
fn describe_modules(all: &mut Map<String, Value>) {
    for kind in accid_render::module_types() {
        let mut schema = kind.schema.clone();
        if let Value::Object(fields) = &mut schema {
            fields.shift_remove("$schema");
        }
        all.insert(format!("{}Props", pascal_case(kind.kind)), schema);
    }
}

fn pascal_case(kind: &str) -> String {
    let capital =
        |part: &str| part.get(..1).unwrap_or_default().to_uppercase() + part.get(1..).unwrap_or_default();
    kind.split('-').map(capital).collect()
}
