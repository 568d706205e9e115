//! The smaller pictures of a photo, in `derived/`: made when it comes in, and again when they are gone. They follow from
//! the original alone, so the same bytes come back.

use std::path::PathBuf;

use accid_base::Explain as _;
use accid_media::{DERIVED_SIZES, Digest, MediaError, Picture, PictureFormat, digest, probe};
use accid_model::Photo;
use accid_store::Project;

use crate::{Waypoint, WaypointError};

/// Folder of the smaller pictures below `derived/`.
const FOLDER: &str = "photos";

/// A smaller picture of a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedPicture {
    /// Its content.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
}

fn of(bytes: Vec<u8>) -> DerivedPicture {
    let media_type =
        PictureFormat::sniff(&bytes).map_or("application/octet-stream", PictureFormat::media_type);
    DerivedPicture { bytes, media_type }
}

fn file(project: &Project, photo: &Photo, size: u32) -> PathBuf {
    project.derived().join(FOLDER).join(format!("{}-{size}", photo.hash))
}

impl Waypoint {
    /// Decodes a picture, when there is room for it.
    pub(crate) fn digest(&self, picture: &Picture, bytes: &[u8]) -> Result<Digest, MediaError> {
        self.digest_to(picture, bytes, &DERIVED_SIZES)
    }

    fn digest_to(&self, picture: &Picture, bytes: &[u8], sizes: &[u32]) -> Result<Digest, MediaError> {
        let pixels = u64::from(picture.width) * u64::from(picture.height);
        self.darkroom.work(pixels, || digest(bytes, sizes))
    }

    /// Keeps the smaller pictures. When the disk refuses, they are made again when somebody asks for them.
    pub(crate) fn keep_derived(&self, project: &Project, photo: &Photo, digest: &Digest) {
        let folder = project.derived().join(FOLDER);
        if self.vfs.create_folders(&folder).is_err() {
            return;
        }
        for (size, bytes) in DERIVED_SIZES.iter().zip(&digest.pictures) {
            let target = file(project, photo, *size);
            // Nobody may read half a picture, so it gets its name when it is whole.
            let unfinished = target.with_extension(format!("{}.part", photo.id));
            if self
                .vfs
                .write(&unfinished, bytes)
                .and_then(|()| self.vfs.rename(&unfinished, &target))
                .is_err()
            {
                drop(self.vfs.remove_file(&unfinished));
            }
        }
    }

    /// A smaller picture of a photo; `size` is one of 320, 1280 and 2048, its longest side in pixels.
    ///
    /// # Errors
    /// When there is no such photo or size, or the original cannot be read.
    pub fn derived_picture(
        &self,
        project: &Project,
        id: &str,
        size: u32,
    ) -> Result<DerivedPicture, WaypointError> {
        let stored = self.photo(project, id)?;
        let photo = &stored.photo;
        let Some(index) = DERIVED_SIZES.iter().position(|known| *known == size) else {
            let message = "sizes are 320, 1280 and 2048";
            return Err(WaypointError::invalid("There is no such picture.", "/size", message));
        };
        if let Ok(bytes) = self.vfs.read(&file(project, photo, size))
            && !bytes.is_empty()
        {
            return Ok(of(bytes));
        }
        let bytes = project.read_media(&photo.hash, &photo.extension)?;
        let unshowable = |error: MediaError| WaypointError::Unshowable(Box::new(error.problem()));
        let picture = probe(&bytes).map_err(unshowable)?;
        let mut digest = self.digest(&picture, &bytes).map_err(unshowable)?;
        self.keep_derived(project, photo, &digest);
        Ok(of(digest.pictures.swap_remove(index)))
    }

    /// A picture that belongs to no project, at most so many pixels on its longest side and without its metadata.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn bare_picture(&self, bytes: &[u8], size: u32) -> Result<DerivedPicture, WaypointError> {
        let unshowable = |error: MediaError| WaypointError::Unshowable(Box::new(error.problem()));
        let picture = probe(bytes).map_err(unshowable)?;
        Ok(of(self.digest_to(&picture, bytes, &[size]).map_err(unshowable)?.pictures.swap_remove(0)))
    }

    /// The original of a photo and its media type.
    ///
    /// # Errors
    /// When there is no such photo, or its original cannot be read.
    pub fn original(&self, project: &Project, id: &str) -> Result<DerivedPicture, WaypointError> {
        let photo = &self.photo(project, id)?.photo;
        Ok(of(project.read_media(&photo.hash, &photo.extension)?))
    }
}
