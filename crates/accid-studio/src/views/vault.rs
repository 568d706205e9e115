//! Projects, their history, trash and publishing. Must not know HTTP.

use std::collections::BTreeMap;

use accid_base::{ContentHash, Finding, Id, Slug};
use accid_model::{Blotter, Environment, ProjectType, Site, ThemeChoice};
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
    /// Path of its folder in full, when that lies elsewhere on the disk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Whether it is put away: kept, but not among those that are worked on.
    pub archived: bool,
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
    /// What was published last, to any of its environments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_deploy: Option<LastDeployView>,
    /// Where a searched text was found, such as titles of pages; at most five.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<String>,
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
            folder: None,
            created_at: blotter.created_at,
            tags: blotter.tags,
            archived: blotter.archived,
            updated_at: None,
            site: blotter.site,
            theme: blotter.theme,
            environments: blotter.environments,
            pages: 0,
            photos: 0,
            bytes: 0,
            last_deploy: None,
            found: Vec::new(),
            etag,
            findings: Vec::new(),
        }
    }
}

/// What was published last.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LastDeployView {
    /// The environment.
    pub environment: String,
    /// When.
    pub at: Timestamp,
    /// How it ended.
    pub outcome: accid_vault::Outcome,
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
    /// What a person noted about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Whether a person pinned it: then it is never thinned out.
    pub pinned: bool,
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

/// A photo, album, way, story or film that differs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DocumentChange {
    /// Its file in the project, by which it can be brought back.
    pub path: String,
    /// Its id.
    pub id: Id,
    /// Its collection, such as `photos`.
    pub collection: String,
    /// What it is called.
    pub title: String,
    /// How it differs.
    pub change: ChangeKind,
}

/// What differs between a version and today.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChangesView {
    /// The pages that differ; of a photo story its stories, with their chapters and photos as modules.
    pub pages: Vec<PageChange>,
    /// The photos, albums, ways, stories and films that differ.
    pub documents: Vec<DocumentChange>,
    /// Files that differ besides pages, those of the documents among them.
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
    /// An album.
    Album,
    /// A track.
    Track,
    /// A story.
    Story,
    /// A film.
    Video,
    /// A pattern of the project's own.
    Pattern,
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
    /// The originals that went with them, because nothing uses them any more.
    pub originals: crate::FreedView,
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
    /// What kind of place it is: `folder`, `archive`, `ftp` (the password travels without protection), `ftps` or
    /// `sftp`.
    pub kind: EnvironmentKind,
    /// How it signs in, when a password or key was entered for its server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<LoginKindView>,
    /// By what its server is known again, when it was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<PinView>,
    /// What was done there last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<accid_vault::Deployment>,
}

/// What kind of place an environment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EnvironmentKind {
    /// A folder of this machine.
    Folder,
    /// An archive on this machine, to be handed in.
    Archive,
    /// A server that speaks FTP without protection.
    Ftp,
    /// A server that speaks FTP over TLS.
    Ftps,
    /// A server that speaks SFTP.
    Sftp,
    /// An address this ACCID does not understand.
    Unknown,
}

/// How an environment signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LoginKindView {
    /// With a password.
    Password,
    /// With a private key.
    Key,
    /// With the SSH agent of this machine.
    Agent,
}

/// The key or certificate of a server.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PinView {
    /// `host-key` or `certificate`.
    pub kind: String,
    /// Its fingerprint as other programs print it.
    pub fingerprint: String,
    /// Since when it is known.
    pub since: Timestamp,
}

/// Where the credentials stand.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CredentialsView {
    /// `unused` until the first password is entered, then `open` or `locked`.
    pub state: CredentialsState,
    /// What protects them: `key-file`, which this machine reads by itself, `passphrase`, or `keyring`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protected_by: Option<String>,
    /// Why the keyring of this system cannot protect them; missing when it can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_keyring: Option<String>,
}

/// Where the credentials stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialsState {
    /// Nothing was entered yet.
    Unused,
    /// They can be used.
    Open,
    /// They have to be unlocked; publishing to servers waits for that, nothing else does.
    Locked,
}

/// A release that can be gone back to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ReleaseView {
    /// Its identity.
    pub release: Id,
    /// When it was published.
    pub at: Timestamp,
    /// Who published it.
    pub by: String,
    /// Number of its files.
    pub files: usize,
    /// Size of its files, in bytes.
    pub bytes: u64,
    /// Whether it is online now.
    pub online: bool,
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
    /// What a person should know, such as files of somebody else that stay as they are.
    pub findings: Vec<Finding>,
}
