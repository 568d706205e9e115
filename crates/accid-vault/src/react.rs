//! Projects that stand for a folder with a build command: the recipe, the owner's word for it, and what was built.
//! Must not know how a command is run.
//!
//! **Invariant:** a command runs only when the owner said yes to exactly this folder, command, output and time. The
//! word is kept beside the projects, never in one: it does not travel with a copy, a restore or an edit from outside.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use accid_base::{
    ContentHash, Id, Progress, RelativePath,
    vfs::{Kind, write_durable},
};
use accid_model::{BuildRecipe, BuiltFile, BuiltSite, Document as _, Fields, to_value};
use accid_store::{Project, StoreError, Transaction, Write};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{SiteFolder, Vault, VaultError};

/// Which commands the owner said yes to.
const FILE: &str = "approved_builds.json";
/// Most files a site may have.
const MOST_FILES: usize = 20_000;
/// Largest file of a site, in bytes.
const LARGEST_FILE: u64 = 200 * 1024 * 1024;
/// Largest site, in bytes.
const LARGEST_SITE: u64 = 2 * 1024 * 1024 * 1024;
/// Deepest folder of a site.
const DEEPEST: usize = 32;
/// How many minutes a command may take when the recipe does not say, and at most.
const MINUTES: (u32, u32) = (10, 120);

/// The owner's word for one command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Approval {
    fingerprint: ContentHash,
    by: String,
    at: Timestamp,
    #[serde(flatten)]
    extra: Fields,
}

/// What a command made, before it is kept.
#[derive(Debug)]
pub struct BuildOutcome {
    /// How many seconds the command took.
    pub seconds: f64,
}

fn refused(pointer: &'static str, reason: impl Into<String>) -> VaultError {
    VaultError::invalid("the build command was not taken", pointer, reason)
}

fn unusable(reason: String) -> VaultError {
    VaultError::Unbuilt { reason }
}

/// Names a recipe: another folder, command, output or time is another recipe.
pub fn fingerprint(recipe: &BuildRecipe) -> ContentHash {
    let parts = (&recipe.folder, &recipe.command, &recipe.output, recipe.minutes);
    // Texts and a number always become JSON.
    ContentHash::of(&serde_json::to_vec(&parts).unwrap_or_default())
}

impl Vault {
    /// How a project's folder is built, if that was said.
    ///
    /// # Errors
    /// When the project cannot be read or is none that is built.
    pub fn build_recipe(&self, project: &Project) -> Result<Option<BuildRecipe>, VaultError> {
        let blotter = self.blotter(project)?.blotter;
        if blotter.project_type != accid_model::ProjectType::React {
            return Err(VaultError::NoPlace {
                what: "this project has no build command: its site is made of its pages".to_owned(),
                fix: "Make a project of the type react for a folder that is built by a command.".to_owned(),
            });
        }
        Ok(blotter.build)
    }

    /// Says how a project's folder is built. Nothing is run, and whatever differs asks for the owner's word again.
    ///
    /// # Errors
    /// When the folder is not one that may be read, or the command or output is not acceptable.
    pub fn set_build_recipe(
        &self,
        project: &Project,
        author: &str,
        recipe: &BuildRecipe,
    ) -> Result<BuildRecipe, VaultError> {
        self.build_recipe(project)?;
        let recipe = self.checked(recipe)?;
        self.edit_blotter(project, author, "Build command changed", None, |blotter| {
            blotter.build = Some(recipe.clone());
            Ok(())
        })?;
        Ok(recipe)
    }

    fn checked(&self, recipe: &BuildRecipe) -> Result<BuildRecipe, VaultError> {
        let folder = self.real_folder(&recipe.folder)?;
        if recipe.command.first().is_none_or(|program| program.trim().is_empty()) {
            return Err(refused("/command", "it names no program, such as npm run build"));
        }
        let long =
            recipe.command.iter().map(String::len).sum::<usize>() > 4_000 || recipe.command.len() > 100;
        if long || recipe.command.iter().any(|word| word.chars().any(char::is_control)) {
            return Err(refused("/command", "a command is one line of at most 4,000 signs"));
        }
        let output = recipe.output.trim().trim_end_matches('/');
        let output: RelativePath = output.parse().map_err(|_| {
            refused("/output", "the output is a folder below the folder, such as dist, without \"..\"")
        })?;
        if recipe.minutes > MINUTES.1 {
            return Err(refused("/minutes", "a build takes at most 120 minutes"));
        }
        Ok(BuildRecipe {
            folder: folder.to_string_lossy().into_owned(),
            command: recipe.command.clone(),
            output: output.to_string(),
            minutes: if recipe.minutes == 0 { MINUTES.0 } else { recipe.minutes },
            extra: recipe.extra.clone(),
        })
    }

    /// The folder with all links followed, when it is one that may be read and built.
    fn real_folder(&self, folder: &str) -> Result<PathBuf, VaultError> {
        let path = PathBuf::from(folder.trim());
        let upwards = path.components().any(|part| part == std::path::Component::ParentDir);
        if !path.is_absolute() || upwards || path.parent().is_none() {
            return Err(refused(
                "/folder",
                "the folder is named in full, from the root of the disk, without \"..\"",
            ));
        }
        let resolve = |path: &Path| {
            self.vfs
                .resolve(path)
                .map_err(|error| refused("/folder", format!("the folder cannot be read: {error}")))
        };
        let real = resolve(&path)?;
        if self.vfs.metadata(&real).map(|found| found.kind).ok() != Some(Kind::Folder) {
            return Err(refused("/folder", format!("there is no folder {}", path.display())));
        }
        for own in &self.own {
            let own = resolve(own)?;
            if real.starts_with(&own) || own.starts_with(&real) {
                return Err(refused("/folder", "the folder lies in ACCID's own data, or around it"));
            }
        }
        Ok(real)
    }

    fn approvals_file(&self) -> PathBuf {
        self.own.first().cloned().unwrap_or_default().join(FILE)
    }

    fn approvals(&self) -> BTreeMap<Id, Approval> {
        let bytes = self.vfs.read(&self.approvals_file()).unwrap_or_default();
        // What cannot be read says yes to nothing.
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Whether the owner said yes to this recipe.
    pub fn is_build_approved(&self, project: &Project, recipe: &BuildRecipe) -> bool {
        self.approvals().get(&project.id()).is_some_and(|word| word.fingerprint == fingerprint(recipe))
    }

    /// The owner says yes to the recipe that was shown, and to no other.
    ///
    /// # Errors
    /// When there is none, it is another one by now, or the disk refuses.
    pub fn approve_build(&self, project: &Project, by: &str, shown: &str) -> Result<(), VaultError> {
        let recipe = self
            .build_recipe(project)?
            .ok_or_else(|| unusable("no build command was named yet".to_owned()))?;
        let now = fingerprint(&recipe);
        if now.to_string() != shown {
            return Err(refused("/fingerprint", "the command is another one by now; look at it again"));
        }
        let mut approvals = self.approvals();
        let word =
            Approval { fingerprint: now, by: by.to_owned(), at: self.clock.now(), extra: Fields::new() };
        approvals.insert(project.id(), word);
        let file = self.approvals_file();
        let bytes = serde_json::to_vec_pretty(&approvals).unwrap_or_default();
        write_durable(&*self.vfs, &file, &bytes)
            .map_err(|source| StoreError::Io { action: "write", path: file, source }.into())
    }

    /// What was built last, if anything.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn built_site(&self, project: &Project) -> Result<Option<BuiltSite>, VaultError> {
        let Some(stored) = project.get(&BuiltSite::FILE.parse()?) else { return Ok(None) };
        Ok(Some(accid_model::open::<BuiltSite>(&stored.value)?.document))
    }

    /// Keeps what the command wrote as a version: its files by their hashes.
    ///
    /// # Errors
    /// When the output holds a link, a file that is too large or a name that not every host takes, is empty or outside
    /// of the folder, or the disk refuses: then nothing is kept.
    pub fn keep_build(
        &self,
        project: &Project,
        (recipe, outcome): (&BuildRecipe, &BuildOutcome),
        author: &str,
        progress: &dyn Progress,
    ) -> Result<BuiltSite, VaultError> {
        let folder = self.real_folder(&recipe.folder)?;
        let output: RelativePath = recipe.output.parse()?;
        let root = output.below(&folder);
        let real = self
            .vfs
            .resolve(&root)
            .map_err(|error| unusable(format!("{} cannot be read: {error}", root.display())))?;
        if real != root {
            return Err(unusable(format!(
                "{} is reached through a link, which could lead anywhere",
                root.display()
            )));
        }
        let mut found = Vec::new();
        self.look_into(&root, None, &mut (&mut found, 0_u64))?;
        if found.is_empty() {
            return Err(unusable(format!("the command wrote no file into {}", root.display())));
        }
        let mut files = BTreeMap::new();
        for (number, path) in found.iter().enumerate() {
            if progress.cancelled() {
                return Err(VaultError::Stopped);
            }
            progress.step(number, found.len(), &format!("Keeping {path}"));
            let file = path.below(&root);
            let bytes = self.vfs.read(&file).map_err(|source| StoreError::Io {
                action: "read",
                path: file,
                source,
            })?;
            let extension = media_extension(path);
            let hash = project.put_media(&bytes, &extension)?;
            files.insert(path.clone(), BuiltFile { hash, extension, bytes: bytes.len() as u64 });
        }
        let site = BuiltSite {
            id: self.new_id(),
            schema_version: BuiltSite::VERSION,
            command: recipe.command.clone(),
            built_at: self.clock.now(),
            seconds: outcome.seconds,
            files,
            extra: Fields::new(),
        };
        let note = format!("Built: {} files", site.files.len());
        let writes = vec![Write::put(BuiltSite::FILE.parse()?, to_value(&site))];
        project.commit(Transaction { author: author.to_owned(), note, writes })?;
        Ok(site)
    }

    fn look_into(
        &self,
        folder: &Path,
        below: Option<&RelativePath>,
        found: &mut (&mut Vec<RelativePath>, u64),
    ) -> Result<(), VaultError> {
        if below.is_some_and(|below| below.parts().count() >= DEEPEST) {
            return Err(unusable(format!("{} is more than {DEEPEST} folders deep", folder.display())));
        }
        let unread =
            |error: std::io::Error| unusable(format!("{} cannot be read: {error}", folder.display()));
        for entry in self.vfs.list(folder).map_err(unread)? {
            let path = match below {
                Some(below) => below.join(&entry.name),
                None => entry.name.parse(),
            };
            let at = folder.join(&entry.name);
            let path = path.map_err(|error| {
                unusable(format!("a host could not keep {}: {}", at.display(), error.reason))
            })?;
            match entry.kind {
                Kind::Folder => self.look_into(&at, Some(&path), found)?,
                Kind::Other => {
                    return Err(unusable(format!(
                        "{} is a link; a site is made of files only",
                        at.display()
                    )));
                }
                Kind::File => {
                    let bytes = self.vfs.metadata(&at).map_err(unread)?.length;
                    found.1 += bytes;
                    if bytes > LARGEST_FILE {
                        return Err(unusable(format!("{} is larger than 200 MB", at.display())));
                    }
                    if found.0.len() >= MOST_FILES || found.1 > LARGEST_SITE {
                        return Err(unusable("the site has more than 20,000 files or 2 GB".to_owned()));
                    }
                    found.0.push(path);
                }
            }
        }
        Ok(())
    }

    /// Lays what was built last out in a folder of ACCID's own, ready to be published; what was there and is not part of
    /// it goes.
    ///
    /// # Errors
    /// When nothing was built yet, a file of it is missing, or the disk refuses.
    pub fn lay_out_build(
        &self,
        project: &Project,
        folder: &Path,
        progress: &dyn Progress,
    ) -> Result<SiteFolder, VaultError> {
        let site = self.built_site(project)?;
        let site =
            site.ok_or_else(|| unusable("the project was not built yet, so there is no site".to_owned()))?;
        self.vfs.create_folders(folder).map_err(|source| refusal("make the folder", folder)(source))?;
        let mut files = Vec::with_capacity(site.files.len());
        for (number, (path, file)) in site.files.iter().enumerate() {
            if progress.cancelled() {
                return Err(VaultError::Stopped);
            }
            progress.step(number, site.files.len(), path.as_str());
            let at = path.below(folder);
            let is_there = self.vfs.read(&at).is_ok_and(|bytes| ContentHash::of(&bytes) == file.hash);
            if !is_there {
                let bytes = project.read_media(&file.hash, &file.extension)?;
                let parent = at.parent().unwrap_or(folder);
                let written = self
                    .vfs
                    .create_folders(parent)
                    .and_then(|()| accid_base::vfs::replace_file(&*self.vfs, &at, &bytes));
                written.map_err(|source| refusal("write", &at)(source))?;
            }
            files.push((path.to_string(), file.hash, file.bytes));
        }
        self.clear_others(folder, None, &site)?;
        Ok(SiteFolder { folder: folder.to_path_buf(), files })
    }

    fn clear_others(
        &self,
        folder: &Path,
        below: Option<&RelativePath>,
        site: &BuiltSite,
    ) -> Result<(), VaultError> {
        let failed = |source| StoreError::Io { action: "tidy", path: folder.to_path_buf(), source };
        for entry in self.vfs.list(folder).map_err(failed)? {
            let at = folder.join(&entry.name);
            let path = match below {
                Some(below) => below.join(&entry.name).ok(),
                None => entry.name.parse().ok(),
            };
            let stays = |path: &RelativePath| match entry.kind {
                Kind::Folder => site.files.keys().any(|file| file.is_below(path.as_str())),
                _ => site.files.contains_key(path),
            };
            match (path.filter(stays), entry.kind) {
                (Some(path), Kind::Folder) => self.clear_others(&at, Some(&path), site)?,
                (Some(_), _) => {}
                (None, Kind::Folder) => self.vfs.remove_folder(&at).map_err(failed)?,
                (None, _) => self.vfs.remove_file(&at).map_err(failed)?,
            }
        }
        Ok(())
    }
}

/// What the disk refused, and where.
fn refusal(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> StoreError {
    let path = path.to_path_buf();
    move |source| StoreError::Io { action, path, source }
}

/// An ending that an original may have.
fn media_extension(path: &RelativePath) -> String {
    let ending = path.extension().to_ascii_lowercase();
    let plain = (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain { ending } else { "bin".to_owned() }
}
