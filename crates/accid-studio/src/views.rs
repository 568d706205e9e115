//! What the studio answers: the shapes a transport sends on. Must not know HTTP.

use std::collections::BTreeMap;

use accid_access::{Action, Administer, Caller, Publish, Read, Write};
use accid_base::{ContentHash, Finding, Id, Problem, Slug};
use accid_model::{
    Blotter, Environment, Fields, Module, Page, Photo, ProjectType, Settings, Site, ThemeChoice,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A project at a glance.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ProjectView {
    /// Identity of the project.
    pub id: Id,
    /// Name in addresses.
    pub slug: Slug,
    /// Name for people.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub project_type: ProjectType,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed, if that is known without opening it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// What holds for the whole site.
    pub site: Site,
    /// Its look.
    pub theme: ThemeChoice,
    /// Where it is published to.
    pub environments: BTreeMap<String, Environment>,
    /// Number of pages.
    pub pages: usize,
    /// Number of photos.
    pub photos: usize,
    /// Size of the photos' originals in bytes.
    pub bytes: u64,
    /// Content hash of the master configuration.
    pub etag: ContentHash,
    /// What a person should know about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl ProjectView {
    pub(crate) fn of(blotter: Blotter, etag: ContentHash) -> Self {
        Self {
            id: blotter.id,
            slug: blotter.slug,
            name: blotter.name,
            project_type: blotter.project_type,
            created_at: blotter.created_at,
            updated_at: None,
            site: blotter.site,
            theme: blotter.theme,
            environments: blotter.environments,
            pages: 0,
            photos: 0,
            bytes: 0,
            etag,
            findings: Vec::new(),
        }
    }
}

/// A module with its place.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlacedModule {
    /// Place among its siblings, from 0.
    pub order: usize,
    /// The module.
    #[serde(flatten)]
    pub module: Module,
}

/// A page with its modules inline.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PageView {
    /// The page's own fields.
    #[serde(flatten)]
    pub fields: Fields,
    /// Its modules, each with its place.
    pub modules: Vec<PlacedModule>,
    /// The file it becomes in the export.
    pub path: String,
    /// Content hash of the page.
    pub etag: ContentHash,
    /// What a person should know about it.
    pub findings: Vec<Finding>,
}

impl PageView {
    pub(crate) fn of(page: &Page, path: String, etag: ContentHash, findings: Vec<Finding>) -> Self {
        let mut fields = match serde_json::to_value(page) {
            Ok(serde_json::Value::Object(fields)) => fields,
            _ => Fields::new(),
        };
        fields.shift_remove("modules");
        let placed = |(order, module): (usize, &Module)| PlacedModule { order, module: module.clone() };
        Self { fields, modules: page.modules.iter().enumerate().map(placed).collect(), path, etag, findings }
    }
}

/// A module with its place on its page.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ModuleView {
    /// The page it is on.
    pub page: Id,
    /// The module it is in, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// Place among its siblings, from 0.
    pub order: usize,
    /// The module.
    #[serde(flatten)]
    pub module: Module,
    /// Content hash of the module and all inside it.
    pub etag: ContentHash,
    /// What a person should know about it.
    pub findings: Vec<Finding>,
}

/// HTML of a draft that nobody saved.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RenderView {
    /// The module's element, or the whole canvas document.
    pub html: String,
    /// The page's own style sheet, when a single module was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// The site's style sheet, when a draft of its look was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub css: Option<String>,
}

/// A version of a project.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VersionView {
    /// Identity of the version.
    pub id: Id,
    /// When its last change was made.
    pub at: Timestamp,
    /// When its first change was made.
    pub started_at: Timestamp,
    /// Who made it.
    pub author: String,
    /// Its name, for named ones, or what was done.
    pub message: String,
    /// `automatic`, `named`, or `outside` for edits by another program.
    pub kind: String,
    /// Number of changes in it.
    pub changes: usize,
    /// The files it changed.
    pub paths: Vec<String>,
}

/// What a restore did.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RestoredView {
    /// The version that was brought back.
    pub version: Id,
    /// The change that brought it back, itself part of the history; none when nothing differed.
    pub change: Option<Id>,
    /// What was brought back, for a person.
    pub note: String,
    /// The files that changed.
    pub paths: Vec<String>,
}

/// How something differs, seen from a version to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Only today has it.
    Added,
    /// Only the version has it.
    Removed,
    /// Both have it, with other content.
    Changed,
    /// Both have it, in another place.
    Moved,
}

/// A module that differs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ModuleChange {
    /// The module.
    pub id: Id,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: String,
    /// How it differs.
    pub change: ChangeKind,
}

/// A page that differs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PageChange {
    /// The page.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// How it differs.
    pub change: ChangeKind,
    /// Its modules that differ.
    pub modules: Vec<ModuleChange>,
}

/// What differs between a version and today.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChangesView {
    /// The pages that differ.
    pub pages: Vec<PageChange>,
    /// Other files that differ.
    pub files: Vec<String>,
}

/// What kind of thing is in the trash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TrashKind {
    /// A whole project.
    #[default]
    Project,
    /// A page.
    Page,
    /// A module with all inside it.
    Module,
    /// A photo.
    Photo,
}

/// Something in the trash.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TrashView {
    /// Identity of the trash entry; for a project, its own id.
    pub entry: Id,
    /// What it is.
    pub kind: TrashKind,
    /// The project it is of.
    pub project: Id,
    /// Name for people.
    pub label: String,
    /// When it was removed.
    pub removed_at: Timestamp,
    /// Who removed it.
    pub removed_by: String,
}

/// Something that was brought back.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RestoredObject {
    /// What it is.
    pub kind: TrashKind,
    /// The project it is in.
    pub project: Id,
    /// Its identity.
    pub id: Id,
    /// Name for people.
    pub label: String,
}

/// What emptying the trash removed for good.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub struct EmptiedView {
    /// Number of entries.
    pub removed: usize,
}

/// A place a project is published to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EnvironmentView {
    /// Its name.
    pub name: String,
    /// Where the files go.
    pub url: String,
    /// Where visitors see them.
    pub public_url: String,
}

/// What publishing would do.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlanView {
    /// Files that are not there yet.
    pub added: Vec<String>,
    /// Files whose content differs.
    pub changed: Vec<String>,
    /// Files of an earlier publication that are no longer part of the site.
    pub removed: Vec<String>,
    /// Number of files that stay as they are.
    pub unchanged: usize,
    /// Bytes to send.
    pub bytes: u64,
}

/// A picture of a project.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PhotoView {
    /// The photo.
    #[serde(flatten)]
    pub photo: Photo,
    /// A small rendition, as a path below `/canvas/{project}/`.
    pub thumbnail: String,
    /// Content hash of the photo's document.
    pub etag: ContentHash,
}

/// A file that was not taken in.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Refused {
    /// Its name.
    pub name: String,
    /// Why, and what to do.
    pub reason: String,
}

/// What an upload brought.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct UploadView {
    /// The photos that are now in the project.
    pub items: Vec<PhotoView>,
    /// The files that were not taken in.
    pub refused: Vec<Refused>,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum JobState {
    /// At work.
    Running,
    /// Ended well.
    Done,
    /// Ended with a problem.
    Failed,
    /// Stopped because a person asked.
    Cancelled,
}

/// Long work and how far it is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct JobView {
    /// Identity of the job.
    pub id: Id,
    /// What it does: `export` or `deploy`.
    pub kind: String,
    /// The project it works on.
    pub project: Id,
    /// Where it stands.
    pub state: JobState,
    /// Steps done.
    pub done: usize,
    /// Steps in all.
    pub total: usize,
    /// What is being done now.
    pub message: String,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<serde_json::Value>,
    /// What went wrong.
    #[serde(skip)]
    pub failure: Option<Problem>,
    /// What went wrong, for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// Who asks, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MeView {
    /// Name in the history; `owner` on a person's own machine.
    pub name: String,
    /// Names of the permissions the caller has, from least to most, as the description of the API names them:
    /// `read`, `write`, `publish`, `administer`.
    pub may: Vec<&'static str>,
}

impl MeView {
    /// What this caller may.
    pub fn of(caller: &Caller) -> Self {
        fn name<A: Action>(caller: &Caller) -> Option<&'static str> {
            caller.permit::<A>().is_ok().then_some(A::NAME)
        }
        let may = [
            name::<Read>(caller),
            name::<Write>(caller),
            name::<Publish>(caller),
            name::<Administer>(caller),
        ];
        Self { name: caller.author().to_owned(), may: may.into_iter().flatten().collect() }
    }
}

/// How this ACCID is.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HealthView {
    /// `ok`.
    pub status: &'static str,
    /// `local_dev` on a person's own machine.
    pub mode: &'static str,
    /// Version of the interface.
    pub version: &'static str,
    /// Identity of this running process.
    pub instance: Id,
    /// The tools in this process.
    pub roles: Vec<&'static str>,
    /// Version of the program.
    pub program: &'static str,
}

/// What a look at every file found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ValidationView {
    /// Number of files looked at.
    pub files: usize,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What a repair did.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RepairView {
    /// What was mended, for a person.
    pub repaired: Vec<Finding>,
    /// What is still to be mended by hand.
    pub findings: Vec<Finding>,
}

/// The settings with their hash.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SettingsView {
    /// The settings.
    #[serde(flatten)]
    pub settings: Settings,
    /// Their content hash.
    pub etag: ContentHash,
    /// What a person should know about them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// A document that an update of ACCID would rewrite.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MigrationStep {
    /// The project it is in.
    pub project: String,
    /// The file.
    pub path: String,
    /// The format it has.
    pub from: u32,
    /// The format it would get.
    pub to: u32,
    /// What would be done, in order.
    pub steps: Vec<String>,
}

/// A page, picture or style sheet as a browser gets it.
#[derive(Debug, Clone)]
pub enum Served {
    /// A page.
    Html {
        /// The document.
        body: String,
        /// Its content hash.
        etag: ContentHash,
    },
    /// Any other file.
    File {
        /// Its content.
        bytes: Vec<u8>,
        /// Its path in the site, from which the content type follows.
        path: String,
        /// Its content hash.
        etag: ContentHash,
    },
}
