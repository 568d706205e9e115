//! Use cases about pages whose canvas is a map.

use std::sync::Arc;

use accid_access::{Permit, Read, Write};
use accid_base::{ContentHash, ErrorCode, Problem};
use accid_builder::StoredPage;
use accid_model::{Fields, ModulePlace, Page, Spatial, to_value};
use accid_render::SpatialMap;
use accid_store::Project;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{Inner, Role, explain};

/// Use cases about pages whose canvas is a map.
pub struct SpatialPages<'a>(pub(crate) &'a Arc<Inner>);

/// What makes a page spatial, and where its modules stand.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SpatialView {
    /// The page.
    pub page: accid_base::Id,
    /// What its map shows; missing when the page is none.
    pub spatial: Option<Spatial>,
    /// The places of its modules, in the order of the page.
    pub places: Vec<PlacedView>,
    /// Content hash of the page.
    pub etag: ContentHash,
}

/// A module and its place.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PlacedView {
    /// The module.
    pub module: accid_base::Id,
    /// Where it stands.
    pub place: ModulePlace,
}

fn view(stored: &StoredPage) -> SpatialView {
    let placed =
        stored.page.modules.iter().filter_map(|module| {
            Some(PlacedView { module: module.id.clone(), place: module.place.clone()? })
        });
    SpatialView {
        page: stored.page.id.clone(),
        spatial: stored.page.spatial.clone(),
        places: placed.collect(),
        etag: stored.hash,
    }
}

impl SpatialPages<'_> {
    fn page(&self, project: &str, page: &str) -> Result<(Arc<Project>, StoredPage), Problem> {
        self.0.roles.require(Role::Builder)?;
        let project = self.0.project(project)?;
        let stored = self.0.builder.page(&project, page).map_err(explain)?;
        Ok((project, stored))
    }

    /// What makes a page spatial, and where its modules stand.
    ///
    /// # Errors
    /// When the project or page is missing.
    pub fn get(&self, _: &Permit<Read>, project: &str, page: &str) -> Result<SpatialView, Problem> {
        Ok(view(&self.page(project, page)?.1))
    }

    /// Makes a page spatial, changes how, or with nothing makes it an ordinary page again; its modules keep their
    /// places.
    ///
    /// # Errors
    /// When it is missing, changed since it was read, or a value is not acceptable.
    pub fn put(
        &self,
        permit: &Permit<Write>,
        project: &str,
        page: &str,
        spatial: Option<&Spatial>,
        expected: Option<ContentHash>,
    ) -> Result<SpatialView, Problem> {
        let (project, _) = self.page(project, page)?;
        let mut fields = Fields::new();
        fields.insert("spatial".to_owned(), spatial.map_or(Value::Null, to_value));
        let stored = self
            .0
            .builder
            .update_page(&project, permit.author(), page, &fields, expected)
            .map_err(explain)?;
        tracing::info!(project_id = %project.id(), page_id = %stored.page.id, "page_saved");
        Ok(view(&stored))
    }

    /// The map of a page as the page shows it, with the numbers of its projection and its pins. A draft of the page may
    /// stand in for what is saved.
    ///
    /// # Errors
    /// When the page is missing, is not spatial, or the draft is no page.
    pub fn map(
        &self,
        _: &Permit<Read>,
        project: &str,
        page: &str,
        draft: Option<&Value>,
    ) -> Result<SpatialMap, Problem> {
        let (project, stored) = self.page(project, page)?;
        let loaded = self.0.builder.site(&project).map_err(explain)?;
        let shown = match draft {
            Some(draft) => accid_model::open::<Page>(draft).map_err(explain)?.document,
            None => Page::clone(&stored.page),
        };
        loaded.site.spatial_map(&shown).ok_or_else(|| {
            Problem::new(ErrorCode::ObjectNotFound, "The page has no map.")
                .because("It is an ordinary page.")
                .fix("Make it spatial first: PUT its \"spatial\" with an area such as \"lesser-antilles\".")
                .with_details(json!({ "page": stored.page.id }))
        })
    }
}
