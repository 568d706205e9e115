//! What the studio is asked for: the bodies of requests, transport-free.

use std::collections::BTreeMap;

use accid_base::Id;
use accid_model::{Fields, Module, PageRole, ProjectType, Site, ThemeChoice, ThemeMode};
use accid_render::theme_named;
use schemars::JsonSchema;
use serde::Deserialize;

/// A new project.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct CreateProject {
    /// Name for people.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub project_type: ProjectType,
    /// Name of the template it is made from; when missing `blank` for a site and `tutorial` for a tutorial.
    #[serde(default)]
    pub template: Option<String>,
}

/// Changes of a project; what is missing stays as it is.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct UpdateProject {
    /// Name for people.
    pub name: Option<String>,
    /// Name in addresses.
    pub slug: Option<String>,
    /// What holds for the whole site.
    pub site: Option<Site>,
    /// Its look.
    pub theme: Option<UpdateTheme>,
    /// Words to find it by; all of them.
    pub tags: Option<Vec<String>>,
    /// Whether it is put away.
    pub archived: Option<bool>,
}

/// A change of a site's look; what is missing stays as it is. Another theme comes with its own side and its own
/// tokens: values that were chosen for the theme before do not follow it, only those that this request sets anew.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct UpdateTheme {
    /// Name of a built-in theme.
    pub name: Option<String>,
    /// Light, dark, or as the visitor's system says; when missing and the theme is another one, as that theme is meant,
    /// unless a side was chosen before.
    pub mode: Option<ThemeMode>,
    /// Design tokens that differ from the theme's, such as `"color-accent": "#b45309"`; all of them.
    pub tokens: Option<BTreeMap<String, String>>,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

impl UpdateTheme {
    /// The look that follows from the present one.
    pub(crate) fn after(&self, present: &ThemeChoice) -> ThemeChoice {
        let name = self.name.clone().unwrap_or_else(|| present.name.clone());
        let (before, theme) = (theme_named(&present.name), theme_named(&name));
        let mut choice = ThemeChoice { name, ..present.clone() };
        if before.name != theme.name {
            // A side that its owner chose stays; one that came with the theme goes with it.
            if present.mode == before.mode {
                choice.mode = theme.mode;
            }
            choice.tokens.clear();
        }
        if let Some(mode) = self.mode {
            choice.mode = mode;
        }
        if let Some(tokens) = &self.tokens {
            choice.tokens.clone_from(tokens);
            if before.name != theme.name {
                choice.tokens.retain(|token, value| present.tokens.get(token) != Some(value));
            }
        }
        choice.extra.extend(self.extra.clone());
        choice
    }
}

/// A copy of a project.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DuplicateProject {
    /// Name of the copy; the old name with "copy" behind it when missing.
    pub name: Option<String>,
}

/// A new page.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CreatePage {
    /// Its title; the pattern's when it begins with one and the title is empty.
    pub title: String,
    /// Name in addresses; made from the title when missing.
    pub slug: Option<String>,
    /// The page it is nested under, by id or slug.
    pub parent: Option<String>,
    /// What it is in the project: a page, unless it is to be a part or a pattern.
    pub role: PageRole,
    /// The modules it begins with; they get ids of their own. None when missing.
    pub modules: Vec<Module>,
    /// The pattern it begins with instead, such as `journal-entry`, or the id of one of the project's own.
    pub pattern: Option<String>,
    /// What it is about, such as `article`; as the pattern says when empty.
    pub kind: String,
}

/// A draft to be rendered; nothing is written.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RenderRequest {
    /// A module as it would be.
    pub module: Option<Module>,
    /// A whole page as it would be.
    pub page: Option<serde_json::Value>,
    /// The site's look as it would be.
    pub theme: Option<ThemeChoice>,
    /// The language to show it in; the site's own when missing.
    pub language: Option<String>,
}

/// A new module.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct CreateModule {
    /// The page it goes on, by id or slug.
    pub page: String,
    /// Its kind, such as `hero`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its content; the kind's example when missing.
    #[serde(default)]
    pub props: Option<Fields>,
    /// The section or row it goes into.
    #[serde(default)]
    pub parent: Option<Id>,
    /// Its place among its siblings, from 0; last when missing.
    #[serde(default)]
    pub index: Option<usize>,
}

/// A new place for a module.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MoveModule {
    /// The page it goes to, by id or slug; its own when missing.
    pub page: Option<String>,
    /// The section or row it goes into; the page itself when missing or null.
    pub parent: Option<Id>,
    /// Its place among its siblings, from 0; last when missing.
    pub index: Option<usize>,
}

/// A name for the present state.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Snapshot {
    /// What is special about this version.
    pub message: String,
}

/// One file to be brought back.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct RestoreFile {
    /// The version to bring back.
    pub version: Id,
    /// The file, such as `pages/about.json`.
    pub path: String,
}

/// What is to be brought back: a module, a page, the look, or the whole project when none is named.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Restore {
    /// The version to bring back.
    pub version: Id,
    /// Only this page, by id or slug.
    #[serde(default)]
    pub page: Option<String>,
    /// Only this module.
    #[serde(default)]
    pub module: Option<Id>,
    /// Only this photo, by id or by the name its file came with.
    #[serde(default)]
    pub photo: Option<String>,
    /// Only the look: the theme, what was changed of it, and the site's own CSS.
    #[serde(default)]
    pub theme: bool,
}

/// What a person says about a version; what is missing stays as it is.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MarkVersion {
    /// A name for it; an empty one takes the name back.
    pub name: Option<String>,
    /// A note about it.
    pub note: Option<String>,
    /// Whether it is pinned: then it is never thinned out.
    pub pinned: Option<bool>,
}

/// Where the history is written as a git repository.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct GitExportRequest {
    /// A folder of this machine, as an absolute path: empty, missing, or that of an earlier export.
    pub folder: String,
}

/// What goes to the trash.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TrashRequest {
    /// What it is; the project itself when missing.
    pub kind: crate::TrashKind,
    /// Its id, unless it is the project itself.
    pub id: Option<String>,
}

/// What comes back from the trash.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RestoreTrash {
    /// The trash entry; the project itself when missing.
    pub entry: Option<String>,
}

/// Which of the proposed repairs are wanted.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RepairRequest {
    /// Ids of proposals, as a validation names them; all of them when missing.
    pub proposals: Option<Vec<String>>,
}

/// Where to export to.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ExportRequest {
    /// A folder of this machine, as an absolute path; the project's own build folder when missing.
    pub out: Option<String>,
}

/// A place to publish to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct SetEnvironment {
    /// Where the files go, such as `file:///srv/www/site`.
    pub url: String,
    /// Where visitors see them.
    #[serde(default)]
    pub public_url: String,
}

/// How to publish.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PublishRequest {
    /// Only say what would be done.
    pub dry_run: bool,
    /// The environment, where the address does not name it.
    pub environment: Option<String>,
}

/// How an environment signs in: a password, a key, or the agent.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SetLogin {
    /// The password.
    pub password: Option<String>,
    /// The private key, as text in OpenSSH, PEM or PuTTY form; over SFTP only.
    pub key: Option<String>,
    /// What opens the key, when it is locked.
    pub passphrase: Option<String>,
    /// Whether the SSH agent of this machine signs in; over SFTP only.
    pub agent: bool,
}

impl std::fmt::Debug for SetLogin {
    /// Nothing in it may be seen.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SetLogin(…)")
    }
}

/// What is to protect the credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Protector {
    /// A file that this machine reads by itself.
    KeyFile,
    /// A passphrase that a person enters after each start.
    Passphrase,
    /// The keyring of the system, which opens when the person signs in to the machine.
    Keyring,
}

/// What is to protect the credentials, and the passphrase when it is one.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Protect {
    /// What protects them; without it the passphrase when there is one, else a key file.
    pub by: Option<Protector>,
    /// The passphrase.
    pub passphrase: Option<String>,
}

impl std::fmt::Debug for Protect {
    /// The passphrase may not be seen.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Protect({:?})", self.by)
    }
}

/// A passphrase for the credentials.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Passphrase {
    /// The passphrase; without it a key file that this machine reads by itself.
    pub passphrase: Option<String>,
}

impl std::fmt::Debug for Passphrase {
    /// It may not be seen.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Passphrase(…)")
    }
}

/// A server's key or certificate that is accepted.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct AcceptPin {
    /// Its fingerprint, as it was shown.
    pub fingerprint: String,
}

/// Which release to go back to.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RollbackRequest {
    /// The release; the one before that which is online when missing.
    pub release: Option<Id>,
    /// Only say what would be done.
    pub dry_run: bool,
}

/// A file that a person sent.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A file that is to come in parts.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BeginUpload {
    /// Name of the file.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its content hash (SHA-256), when it is known: then an upload that was cut off goes on, and what came is checked.
    pub sha256: Option<accid_base::ContentHash>,
}

/// Photos, and what is to be changed in all of them.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ChangePhotos {
    /// The photos, by id or file name.
    pub ids: Vec<String>,
    /// What is to be changed.
    pub changes: accid_waypoint::PhotoChanges,
}

/// Photos in an order.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ReorderPhotos {
    /// The photos, by id or file name.
    pub ids: Vec<String>,
}

/// Places for photos.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PlacePhotos {
    /// A place for each photo.
    pub items: Vec<accid_waypoint::LocationChange>,
}

/// Files that may be photos of the project already.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct KnownFiles {
    /// The files.
    pub files: Vec<accid_waypoint::KnownSource>,
}

/// A folder of this machine.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct WatchFolder {
    /// Its whole path.
    pub path: String,
}
