//! Maps made elsewhere that lie below pins: archives of tiles that are taken in, and those that a site is made with. Must
//! not know how a tile is drawn.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use accid_access::{Permit, Write};
use accid_base::{ContentHash, Problem, locked};
use accid_geo::TileArchive;
use accid_model::BaseMap;
use accid_render::TileArchives;
use accid_store::Documents;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Inner, UploadedFile, explain};

/// Largest archive of tiles that is taken in, in bytes.
pub const MOST_ARCHIVE_BYTES: usize = 256 * 1_048_576;

/// What files of archives end with.
const EXTENSION: &str = "pmtiles";

/// Archives that were opened, by their hashes: one is read once for many pages.
pub(crate) type OpenArchives = Mutex<HashMap<ContentHash, Arc<TileArchive>>>;

/// An archive of tiles that was taken in.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BaseMapView {
    /// Content hash of the file; `file` of a base map names it.
    pub file: ContentHash,
    /// What it was called.
    pub file_name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The finest zoom of its tiles.
    pub finest: u32,
}

/// Use cases about maps made elsewhere.
pub struct BaseMaps<'a>(pub(crate) &'a Arc<Inner>);

impl BaseMaps<'_> {
    /// Takes an archive of tiles into a project. Nothing shows it before a page or the settings of photos name it.
    ///
    /// # Errors
    /// When it is no PMTiles archive of pictures, or the disk refuses.
    pub fn upload(
        &self,
        permit: &Permit<Write>,
        project: &str,
        file: &UploadedFile,
    ) -> Result<BaseMapView, Problem> {
        let project = self.0.project(project)?;
        let archive = TileArchive::open(file.bytes.clone()).map_err(explain)?;
        let hash = project.put_media(&file.bytes, EXTENSION).map_err(explain)?;
        let finest = archive.finest();
        locked(&self.0.open_archives).insert(hash, Arc::new(archive));
        tracing::info!(project_id = %project.id(), bytes = file.bytes.len(), by = permit.author(), "base_map_added");
        Ok(BaseMapView { file: hash, file_name: file.name.clone(), bytes: file.bytes.len() as u64, finest })
    }
}

impl Inner {
    /// The archives that these maps are made of. One that is not there or cannot be read is left out, and the land is
    /// drawn as always; so it is for versions of the past.
    pub(crate) fn archives<'b>(
        &self,
        of: Documents<'_>,
        bases: impl Iterator<Item = &'b BaseMap>,
    ) -> TileArchives {
        let Documents::Now(project) = of else { return TileArchives::new() };
        let mut archives = TileArchives::new();
        for hash in bases.filter_map(|base| base.file.as_ref()) {
            let known = locked(&self.open_archives).get(hash).cloned();
            let opened = known.or_else(|| {
                let bytes = project.read_media(hash, EXTENSION).ok()?;
                let archive = Arc::new(TileArchive::open(bytes).ok()?);
                locked(&self.open_archives).insert(*hash, Arc::clone(&archive));
                Some(archive)
            });
            if let Some(archive) = opened {
                archives.insert(hash.to_string(), archive);
            }
        }
        archives
    }
}
