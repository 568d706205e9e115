//! The registry: which projects there are, and their master configuration.

use std::sync::Arc;

use accid_base::{ContentHash, Finding, RelativePath, Slug};
use accid_model::{Blotter, Document as _, Fields, Photo, ProjectType, Site, ThemeChoice, to_value};
use accid_store::{Expect, Media, Project, Store, StoreError, Transaction, Write};
use serde_json::Value;

use crate::{Vault, VaultError};

/// A project with its master configuration.
#[derive(Debug, Clone)]
pub struct StoredProject {
    /// The master configuration.
    pub blotter: Blotter,
    /// Content hash of its file.
    pub hash: ContentHash,
    /// What a person should know about it.
    pub findings: Vec<Finding>,
}

/// What a new project starts with.
#[derive(Debug, Clone)]
pub struct NewProject {
    /// Name for people.
    pub name: String,
    /// What it is.
    pub project_type: ProjectType,
    /// Language of the site.
    pub language: String,
}

/// Changes of a project; what is missing stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ProjectChanges {
    /// Name for people.
    pub name: Option<String>,
    /// Name in addresses.
    pub slug: Option<Slug>,
    /// What holds for the whole site.
    pub site: Option<Site>,
    /// Its look.
    pub theme: Option<ThemeChoice>,
    /// Words to find it by.
    pub tags: Option<Vec<String>>,
    /// Whether it is put away.
    pub archived: Option<bool>,
}

fn checked_name(name: &str) -> Result<String, VaultError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 200 {
        return Err(VaultError::invalid(
            "the name was not taken",
            "/name",
            "a project's name has 1 to 200 characters",
        ));
    }
    Ok(name.to_owned())
}

/// Tags as they are kept: trimmed, each once, in the order they were given.
fn checked_tags(tags: &[String]) -> Result<Vec<String>, VaultError> {
    let mut kept: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty()) {
        if tag.chars().count() > 60 || tag.chars().any(char::is_control) {
            let reason = "a tag is a word or two, of at most 60 characters";
            return Err(VaultError::invalid("the tags were not taken", "/tags", reason));
        }
        if !kept.iter().any(|other| other.to_lowercase() == tag.to_lowercase()) {
            kept.push(tag.to_owned());
        }
    }
    if kept.len() > 30 {
        return Err(VaultError::invalid("the tags were not taken", "/tags", "a project has at most 30 tags"));
    }
    Ok(kept)
}

/// Folders whose documents a copy of a project has too.
const COPIED: [&str; 6] = [
    accid_model::Page::FOLDER,
    Photo::FOLDER,
    accid_model::Album::FOLDER,
    accid_model::Track::FOLDER,
    accid_model::WaypointSettings::FOLDER,
    accid_model::Story::FOLDER,
];

impl Vault {
    /// The master configuration of one project.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn blotter(&self, project: &Project) -> Result<StoredProject, VaultError> {
        let stored = project.get(&Blotter::FILE.parse()?);
        let stored = stored.ok_or_else(|| VaultError::NotInVersion("master configuration".to_owned()))?;
        let opened = accid_model::open::<Blotter>(&stored.value)?;
        Ok(StoredProject { blotter: opened.document, hash: stored.hash, findings: opened.findings })
    }

    /// The master configuration of a project to be: a fresh id, and an address that is free.
    ///
    /// # Errors
    /// When the name is empty or too long.
    pub fn new_blotter(&self, store: &Store, new: &NewProject) -> Result<Blotter, VaultError> {
        let name = checked_name(&new.name)?;
        Ok(Blotter {
            id: self.new_id(),
            schema_version: Blotter::VERSION,
            slug: Slug::from_text(&name, "project").first_free(|slug| Self::is_taken(store, slug)),
            name: name.clone(),
            project_type: new.project_type,
            created_at: self.clock.now(),
            tags: Vec::new(),
            archived: false,
            site: Site { title: name, language: new.language.clone(), ..Site::default() },
            theme: ThemeChoice::default(),
            environments: std::collections::BTreeMap::new(),
            build: None,
            extra: Fields::new(),
        })
    }

    /// Makes a project of a configuration and its first documents.
    ///
    /// # Errors
    /// When the name is empty or the disk refuses.
    pub fn create_project(
        &self,
        store: &Store,
        author: &str,
        new: &NewProject,
        documents: Vec<(RelativePath, Value)>,
    ) -> Result<Arc<Project>, VaultError> {
        let blotter = self.new_blotter(store, new)?;
        self.found_project(store, author, &blotter, documents, Vec::new())
    }

    /// Makes a project of a whole configuration, such as the demo's, with its originals.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn found_project(
        &self,
        store: &Store,
        author: &str,
        blotter: &Blotter,
        documents: Vec<(RelativePath, Value)>,
        media: Vec<Media>,
    ) -> Result<Arc<Project>, VaultError> {
        let mut all = vec![(Blotter::FILE.parse()?, to_value(blotter))];
        all.extend(documents);
        let note = format!("Project \"{}\" created", blotter.name);
        Ok(store.create_project(&blotter.slug, all, media, author, &note)?)
    }

    fn is_taken(store: &Store, slug: &Slug) -> bool {
        store.projects().iter().any(|entry| {
            let used = entry.blotter.as_ref().and_then(|blotter| blotter.get("slug")).and_then(Value::as_str);
            used == Some(slug.as_str())
        })
    }

    /// Changes a project's configuration.
    ///
    /// # Errors
    /// When it changed since it was read, or a value is not acceptable.
    pub fn update_project(
        &self,
        store: &Store,
        project: &Project,
        author: &str,
        changes: &ProjectChanges,
        expected: Option<ContentHash>,
    ) -> Result<StoredProject, VaultError> {
        let name = changes.name.as_deref().map(checked_name).transpose()?;
        let tags = changes.tags.as_deref().map(checked_tags).transpose()?;
        if let Some(slug) = &changes.slug {
            let own = self.blotter(project)?.blotter.slug;
            if *slug != own && Self::is_taken(store, slug) {
                let reason = format!("another project has the address \"{slug}\"");
                return Err(VaultError::invalid("the project was not changed", "/slug", reason));
            }
        }
        self.edit_blotter(project, author, "Project settings changed", expected, |blotter| {
            if let Some(name) = &name {
                blotter.name.clone_from(name);
            }
            if let Some(slug) = &changes.slug {
                blotter.slug.clone_from(slug);
            }
            if let Some(site) = &changes.site {
                blotter.site.clone_from(site);
            }
            if let Some(theme) = &changes.theme {
                blotter.theme.clone_from(theme);
            }
            if let Some(tags) = &tags {
                blotter.tags.clone_from(tags);
            }
            if let Some(archived) = changes.archived {
                blotter.archived = archived;
            }
            Ok(())
        })
    }

    /// The one way a configuration changes: read, change, write if nobody else did meanwhile. Without `expected` it
    /// starts again when somebody else was faster.
    pub(crate) fn edit_blotter(
        &self,
        project: &Project,
        author: &str,
        note: &str,
        expected: Option<ContentHash>,
        change: impl Fn(&mut Blotter) -> Result<(), VaultError>,
    ) -> Result<StoredProject, VaultError> {
        let path: RelativePath = Blotter::FILE.parse()?;
        loop {
            let mut stored = self.blotter(project)?;
            let known = expected.unwrap_or(stored.hash);
            change(&mut stored.blotter)?;
            let write = Write {
                path: path.clone(),
                value: Some(to_value(&stored.blotter)),
                expect: Expect::Hash(known),
            };
            let transaction =
                Transaction { author: author.to_owned(), note: note.to_owned(), writes: vec![write] };
            match project.commit(transaction) {
                Ok(_) => return self.blotter(project),
                Err(StoreError::Stale { .. }) if expected.is_none() => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Makes a copy of a project with its media, without its history and environments.
    ///
    /// # Errors
    /// When a file cannot be read or the disk refuses.
    pub fn duplicate_project(
        &self,
        store: &Store,
        project: &Project,
        author: &str,
        name: Option<&str>,
    ) -> Result<Arc<Project>, VaultError> {
        let original = self.blotter(project)?.blotter;
        let note = format!("Copied from \"{}\"", original.name);
        let name = checked_name(name.unwrap_or(&format!("{} copy", original.name)))?;
        let mut extra = original.extra.clone();
        extra.shift_remove(Blotter::CREDENTIALS);
        let blotter = Blotter {
            extra,
            id: self.new_id(),
            slug: Slug::from_text(&name, "project").first_free(|slug| Self::is_taken(store, slug)),
            name: name.clone(),
            created_at: self.clock.now(),
            archived: false,
            environments: std::collections::BTreeMap::new(),
            ..original
        };
        let copy = self.found_project(store, author, &blotter, Vec::new(), Vec::new())?;
        let mut writes = Vec::new();
        for folder in COPIED {
            for (path, stored) in project.list(folder) {
                if let Ok(photo) = accid_model::open::<Photo>(&stored.value) {
                    let photo = photo.document;
                    copy.put_media(&project.read_media(&photo.hash, &photo.extension)?, &photo.extension)?;
                }
                let value = Some(stored.value.as_ref().clone());
                writes.push(Write { path, value, expect: Expect::Absent });
            }
        }
        if !writes.is_empty() {
            copy.commit(Transaction { author: author.to_owned(), note, writes })?;
        }
        Ok(copy)
    }
}
