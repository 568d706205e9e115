//! Use cases about stories: photos as chapters, shown in five ways, exported as a website or put into one.

use std::{path::Path, sync::Arc};

use accid_access::{Administer, Permit, Publish, Read, Write};
use accid_base::{ContentHash, ErrorCode, Id, Problem, RelativePath, Unwatched};
use accid_builder::{Builder, LoadedSite, NewPage, PageStart};
use accid_model::{ArrangedBy, Dropper, Fields, Module, Story, StoryTemplate};
use accid_render::Mode;
use accid_store::Project;
use accid_transfer::Packing;
use accid_waypoint::StoredStory;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{Inner, PageView, Role, Served, TrashView, explain, story_pages, story_site::chosen};

/// Use cases about stories.
pub struct Stories<'a>(pub(crate) &'a Arc<Inner>);

/// A story with its chapters as they are now.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StoryView {
    /// The story.
    #[serde(flatten)]
    pub story: Story,
    /// The page it is in the exported site, as a path below `/canvas/{project}/`; empty when it is hidden.
    pub path: String,
    /// Content hash of its document; missing while nobody changed the story that a gallery has by itself.
    pub etag: Option<ContentHash>,
}

/// What the chapters of a story are to follow.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ArrangeStory {
    /// Days, stays at a place, or nothing but what somebody put together.
    pub by: ArrangedBy,
}

/// Where a story is put as pages.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct StoryPageRequest {
    /// The site it is put into, by id or slug.
    pub project: String,
    /// The page it is nested under, by id or slug.
    #[serde(default)]
    pub parent: Option<String>,
}

/// Where the public configuration is put besides the project's own export.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GenerateData {
    /// A folder of this machine that holds an export of the project, in full.
    pub out: Option<String>,
}

/// The public configuration that was generated.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GeneratedView {
    /// Its file in the published folder.
    pub path: String,
    /// The folders with an export of the project that have it now.
    pub written: Vec<String>,
    /// The public configuration; what is private is not in it.
    pub dropper: Dropper,
}

impl Inner {
    fn story_view(&self, project: &Project, stored: StoredStory) -> StoryView {
        let loaded = self.builder.site(project).ok();
        let path =
            loaded.and_then(|loaded| loaded.site.path_of(stored.story.id.as_str()).map(ToOwned::to_owned));
        StoryView { story: stored.story, path: path.unwrap_or_default(), etag: stored.hash }
    }

    /// The site of one story of a project, told in one way.
    fn story_site(
        &self,
        project: &Project,
        story: &str,
        template: Option<StoryTemplate>,
    ) -> Result<LoadedSite, Problem> {
        let stored = chosen(self.waypoint.stories(project), story).ok_or_else(|| no_story(story))?;
        let template = template.unwrap_or(stored.story.template);
        let blotter = self.vault.blotter(project).map_err(explain)?.blotter;
        let id = stored.story.id.to_string();
        let telling = self
            .tell_gallery(project.into(), &blotter, &[], Some((id.as_str(), template)))
            .unwrap_or_default();
        Ok(Builder::site_told(blotter, telling))
    }
}

/// The public configuration as the bytes of its file.
pub(crate) fn dropper_bytes(dropper: &Dropper) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(dropper).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn no_story(id: &str) -> Problem {
    let shown: String = id.chars().take(80).collect();
    if shown.is_empty() {
        return Problem::new(ErrorCode::ObjectNotFound, "There is no story yet.")
            .because("The project has no photos.")
            .fix("Bring photos in; a story of all of them is there from the first on.");
    }
    Problem::new(ErrorCode::ObjectNotFound, format!("There is no story \"{shown}\"."))
        .because("It may have been moved to the trash.")
        .fix("Look it up in the list of stories.")
}

fn template_named(name: &str) -> Result<Option<StoryTemplate>, Problem> {
    if name.is_empty() {
        return Ok(None);
    }
    StoryTemplate::named(name).map(Some).ok_or_else(|| {
        let names: Vec<_> = StoryTemplate::ALL.iter().map(|template| template.name()).collect();
        let shown: String = name.chars().take(40).collect();
        Problem::new(ErrorCode::ObjectNotFound, format!("There is no template \"{shown}\"."))
            .because("A story is told in one of five ways.")
            .fix(format!("Use one of: {}.", names.join(", ")))
    })
}

impl Stories<'_> {
    fn project(&self, id: &str) -> Result<Arc<Project>, Problem> {
        self.0.roles.require(Role::Waypoint).or_else(|_| self.0.roles.require(Role::Builder))?;
        self.0.project(id)
    }

    /// All stories of a project, in their order.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn list(&self, _: &Permit<Read>, project: &str) -> Result<Vec<StoryView>, Problem> {
        let project = self.project(project)?;
        let stories = self.0.waypoint.stories(&project);
        Ok(stories.into_iter().map(|stored| self.0.story_view(&project, stored)).collect())
    }

    /// One story.
    ///
    /// # Errors
    /// When it is missing.
    pub fn get(&self, _: &Permit<Read>, project: &str, story: &str) -> Result<StoryView, Problem> {
        let project = self.project(project)?;
        let stored = self.0.waypoint.story(&project, story).map_err(explain)?;
        Ok(self.0.story_view(&project, stored))
    }

    /// Makes a story of the photos of a project.
    ///
    /// # Errors
    /// When it has no title or a value is not acceptable.
    pub fn create(
        &self,
        permit: &Permit<Write>,
        project: &str,
        fields: &Fields,
    ) -> Result<StoryView, Problem> {
        let project = self.project(project)?;
        let stored = self.0.waypoint.create_story(&project, permit.author(), fields).map_err(explain)?;
        tracing::info!(project_id = %project.id(), story_id = %stored.story.id, "story_saved");
        Ok(self.0.story_view(&project, stored))
    }

    /// Changes fields of a story.
    ///
    /// # Errors
    /// When it is missing, changed since it was read, or a value is not acceptable.
    pub fn update(
        &self,
        permit: &Permit<Write>,
        project: &str,
        story: &str,
        fields: &Fields,
        seen: Option<ContentHash>,
    ) -> Result<StoryView, Problem> {
        let project = self.project(project)?;
        let stored =
            self.0.waypoint.update_story(&project, permit.author(), story, fields, seen).map_err(explain)?;
        tracing::info!(project_id = %project.id(), story_id = %stored.story.id, "story_saved");
        Ok(self.0.story_view(&project, stored))
    }

    /// Arranges the chapters of a story anew.
    ///
    /// # Errors
    /// When it is missing.
    pub fn arrange(
        &self,
        permit: &Permit<Write>,
        project: &str,
        story: &str,
        request: ArrangeStory,
    ) -> Result<StoryView, Problem> {
        let project = self.project(project)?;
        let stored =
            self.0.waypoint.arrange_story(&project, permit.author(), story, request.by).map_err(explain)?;
        Ok(self.0.story_view(&project, stored))
    }

    /// Moves a story to the trash; its photos stay.
    ///
    /// # Errors
    /// When it is missing, or changed since it was read.
    pub fn remove(
        &self,
        permit: &Permit<Write>,
        project: &str,
        story: &str,
        seen: Option<ContentHash>,
    ) -> Result<TrashView, Problem> {
        crate::Trash(self.0).remove_document(permit, project, Story::FOLDER, story, seen)
    }

    /// A story as a page, told in one way. Its pictures and style are found below `/canvas/{project}/`.
    ///
    /// # Errors
    /// When there is no such story or template.
    pub fn template(
        &self,
        _: &Permit<Read>,
        project: &str,
        template: &str,
        story: &str,
        nonce: &str,
    ) -> Result<Served, Problem> {
        let template = template_named(template)?.unwrap_or_default();
        let name = project;
        let project = self.project(project)?;
        let loaded = self.0.story_site(&project, story, Some(template))?;
        let site = &loaded.site;
        let missing = || no_story(story);
        let page = site.source().pages.first().ok_or_else(missing)?;
        let mode = if nonce.is_empty() { Mode::Export } else { Mode::Canvas { nonce: nonce.to_owned() } };
        let body = site.render_rooted(page, &mode, format!("/canvas/{name}/"));
        Ok(Served::Html { etag: ContentHash::of(body.as_bytes()), body, hosts: site.tile_hosts() })
    }

    /// The public configuration as it is published, filtered by what is private. The project's own export gets it when
    /// there is one, from which it is published.
    ///
    /// # Errors
    /// When the project is missing or the disk refuses.
    pub fn generate_data(&self, _: &Permit<Publish>, project: &str) -> Result<GeneratedView, Problem> {
        self.generate_into(project, None)
    }

    /// The same, also put into a folder of this machine that holds an export of the project.
    ///
    /// # Errors
    /// When the folder holds no export of the project, or somebody else's file stands there.
    pub fn generate_data_into(
        &self,
        _: &Permit<Administer>,
        project: &str,
        out: &Path,
    ) -> Result<GeneratedView, Problem> {
        self.generate_into(project, Some(out))
    }

    fn generate_into(&self, project: &str, out: Option<&Path>) -> Result<GeneratedView, Problem> {
        let project = self.project(project)?;
        let blotter = self.0.vault.blotter(&project).map_err(explain)?.blotter;
        let sources = self.0.waypoint.story_photos(&project);
        let pages = self.0.builder.pages(&project);
        let dropper = self.0.public_dropper((&project).into(), &blotter, &pages, &sources);
        let file: RelativePath = Dropper::FILE.parse().map_err(explain)?;
        let bytes = dropper_bytes(&dropper);
        let mut written = Vec::new();
        for folder in [Some(Builder::build_folder(&project).as_path()), out].into_iter().flatten() {
            if self.0.builder.put_built(&project, folder, &file, &bytes).map_err(explain)? {
                written.push(folder.display().to_string());
            } else if Some(folder) == out {
                return Err(Problem::new(ErrorCode::InvalidPath, "The data was not written.")
                    .because(format!("\"{}\" holds no export of this project.", folder.display()))
                    .fix("Export the project into that folder first; the data is in it then."));
            }
        }
        Ok(GeneratedView { path: Dropper::FILE.to_owned(), written, dropper })
    }

    /// A story as a website in one zip: pages, pictures without their metadata, style, and the public configuration.
    ///
    /// # Errors
    /// When there is no such story or template, or the disk refuses.
    pub fn export(
        &self,
        _: &Permit<Publish>,
        project: &str,
        story: &str,
        template: &str,
    ) -> Result<Served, Problem> {
        self.0.roles.require(Role::Builder)?;
        let template = template_named(template)?;
        let project = self.project(project)?;
        let loaded = if story.is_empty() && template.is_none() {
            self.0.builder.site(&project).map_err(explain)?
        } else {
            Arc::new(self.0.story_site(&project, story, template)?)
        };
        if loaded.site.source().pages.is_empty() {
            return Err(no_story(story));
        }
        let out = project.derived().join("story-export");
        let report = self.0.builder.build_site(&project, &loaded, &out, &Unwatched).map_err(explain)?;
        let bytes = self.zipped(&report.folder, report.files.iter().map(|file| file.path.as_str()))?;
        let blotter = self.0.vault.blotter(&project).map_err(explain)?.blotter;
        tracing::info!(project_id = %project.id(), files = report.files.len(), "project_exported");
        Ok(Served::File { etag: ContentHash::of(&bytes), bytes, path: format!("{}.zip", blotter.slug) })
    }

    fn zipped<'f>(
        &self,
        folder: &std::path::Path,
        files: impl Iterator<Item = &'f str>,
    ) -> Result<Vec<u8>, Problem> {
        let failed = |error: &dyn std::fmt::Display| {
            Problem::new(ErrorCode::Internal, "The website could not be packed.")
                .because(format!("{error}."))
                .fix("Export it into a folder instead.")
        };
        let mut zip = Packing::in_memory();
        for path in files {
            let bytes = self.0.builder.read_built(folder, path).map_err(explain)?;
            zip.add_bytes(path, &bytes).map_err(|error| failed(&error))?;
        }
        Ok(zip.end().map_err(|error| failed(&error))?.into_inner())
    }

    /// Puts a story as a page into a site, made of the site's own kinds of modules: a hero, texts and galleries, and
    /// pins on a map for chapters with places. The photos come into the site with their originals.
    ///
    /// # Errors
    /// When the story or the site is missing, or the site has no pages.
    pub fn put_page(
        &self,
        permit: &Permit<Write>,
        project: &str,
        story: &str,
        request: &StoryPageRequest,
    ) -> Result<PageView, Problem> {
        self.0.roles.require(Role::Builder)?;
        let from = self.project(project)?;
        let into = self.0.project(&request.project)?;
        let stored = chosen(self.0.waypoint.stories(&from), story).ok_or_else(|| no_story(story))?;
        let sources = self.0.waypoint.story_photos(&from);
        let content = self.0.story_content((&from).into(), &stored.story, &sources, None);
        let photos = story_pages::bring_photos(self.0, permit.author(), &from, &into, &content, &sources)?;
        let new_id = || -> Id { self.0.new_id() };
        let made = story_pages::page(&stored.story, &content, &photos, &new_id);
        let modules: Vec<Module> = serde_json::from_value(made.modules).map_err(|error| {
            Problem::new(ErrorCode::Internal, format!("The story cannot be put into a page: {error}."))
        })?;
        let new = NewPage {
            title: stored.story.title.clone(),
            slug: None,
            parent: request.parent.clone(),
            role: accid_model::PageRole::Page,
            modules,
            start: PageStart::default(),
        };
        let page = self.0.builder.create_page(&into, permit.author(), new).map_err(explain)?;
        let mut fields = Fields::new();
        fields.insert("kind".to_owned(), "gallery".into());
        if let Some(spatial) = made.spatial {
            fields.insert("spatial".to_owned(), spatial);
        }
        if !stored.story.subtitle.trim().is_empty() {
            fields.insert("seo".to_owned(), json!({"description": stored.story.subtitle}));
        }
        let id = page.page.id.to_string();
        let page = self.0.builder.update_page(&into, permit.author(), &id, &fields, None).map_err(explain)?;
        tracing::info!(project_id = %into.id(), page_id = %page.page.id, "page_saved");
        Ok(self.0.page_view(&into, &page))
    }
}
