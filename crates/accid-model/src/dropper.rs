//! `accid_dropper.json`: the public configuration, derived from the objects; a project can be rebuilt from it and its
//! media. Holds no secret.

use std::collections::BTreeMap;

use accid_base::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Album, Fields, Location, Marker, Module, Page, Photo, PhotoExif, Site, ThemeChoice, Track};

/// A module with its place among its siblings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DropperModule {
    /// Place among its siblings, from 0.
    pub order: usize,
    /// The module.
    #[serde(flatten)]
    pub module: Module,
}

/// A page with its modules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DropperPage {
    /// Its modules.
    pub modules: Vec<DropperModule>,
    /// The rest of the page.
    #[serde(flatten)]
    pub page: Fields,
}

/// The pages by slug.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DropperPages {
    /// The pages by slug.
    pub pages: BTreeMap<String, DropperPage>,
}

/// A photo with its public address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DropperPhoto {
    /// Identity of the photo.
    pub id: Id,
    /// Where its file lies, relative to this file.
    pub url: String,
    /// Where it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// What the camera wrote.
    pub exif: PhotoExif,
    /// Labelled points on it.
    pub waypoints: Vec<Marker>,
    /// The rest of the photo.
    #[serde(flatten)]
    pub rest: Fields,
}

/// The public configuration of a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dropper {
    /// Identity of the project.
    pub id: Id,
    /// Name for people.
    pub name: String,
    /// What it is.
    #[serde(rename = "type")]
    pub project_type: crate::ProjectType,
    /// What holds for the whole site.
    pub site: Site,
    /// Its look.
    pub theme: ThemeChoice,
    /// The pages.
    pub html_builder: DropperPages,
    /// The photos.
    pub photos: Vec<DropperPhoto>,
    /// The albums, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub albums: Vec<Album>,
    /// Ways that were gone or drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<Track>,
}

impl Dropper {
    /// File name in the project's folder.
    pub const FILE: &'static str = "accid_dropper.json";

    /// Gathers the public configuration from the objects.
    pub fn of(blotter: &crate::Blotter, pages: &[Page], photos: &[Photo]) -> Self {
        let page = |page: &Page| {
            let mut rest = fields_of(page);
            rest.shift_remove("modules");
            let numbered =
                |(order, module): (usize, &Module)| DropperModule { order, module: module.clone() };
            DropperPage { modules: page.modules.iter().enumerate().map(numbered).collect(), page: rest }
        };
        let photo = |photo: &Photo| {
            let mut rest = fields_of(photo);
            for own in ["id", "location", "exif", "waypoints"] {
                rest.shift_remove(own);
            }
            DropperPhoto {
                id: photo.id.clone(),
                url: photo.media_file(),
                location: photo.location,
                exif: photo.exif.clone(),
                waypoints: photo.waypoints.clone(),
                rest,
            }
        };
        Self {
            id: blotter.id.clone(),
            name: blotter.name.clone(),
            project_type: blotter.project_type,
            site: blotter.site.clone(),
            theme: blotter.theme.clone(),
            html_builder: DropperPages {
                pages: pages.iter().map(|one| (one.slug.to_string(), page(one))).collect(),
            },
            photos: photos.iter().map(photo).collect(),
            albums: Vec::new(),
            tracks: Vec::new(),
        }
    }
}

fn fields_of(document: &impl Serialize) -> Fields {
    match serde_json::to_value(document) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => Fields::new(),
    }
}
