//! Renditions of pictures: made once, kept in `derived/images/` by a name that says all about their content.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Condvar, Mutex, PoisonError},
};

use accid_media::{MediaError, OutputFormat, Recipe, film_without_notes, probe, render_each, without_notes};
use accid_render::{ImageFile, ImageFormat};
use accid_store::Project;

use crate::{Builder, BuilderError};

/// Quality of published JPEG pictures, 1 to 100.
const JPEG_QUALITY: u8 = 80;
/// Quality of published WebP pictures, 1 to 100.
const WEBP_QUALITY: u8 = 78;
/// Quality of published AVIF pictures, 1 to 100: on the demo's pictures about a quarter smaller than the WebP.
const AVIF_QUALITY: u8 = 64;

fn recipe(image: &ImageFile) -> Option<Recipe> {
    let (format, quality) = match image.format {
        ImageFormat::Jpeg => (OutputFormat::Jpeg, JPEG_QUALITY),
        ImageFormat::WebP => (OutputFormat::WebP, WEBP_QUALITY),
        ImageFormat::Avif => (OutputFormat::Avif, AVIF_QUALITY),
        ImageFormat::Original => return None,
    };
    Some(Recipe { width: image.width, format, quality })
}

/// Pixels of originals that may be decoded at the same time, so that an export with many cores does not need the memory
/// of many large pictures: about 2 GB.
const MOST_PIXELS_AT_ONCE: u64 = 2 * accid_media::MOST_PIXELS;

/// Room for pictures that are being worked on.
pub(crate) struct Room {
    free: Mutex<u64>,
    left: Condvar,
}

impl Default for Room {
    fn default() -> Self {
        Self { free: Mutex::new(MOST_PIXELS_AT_ONCE), left: Condvar::new() }
    }
}

/// Room that was taken; it is free again when this goes.
struct Taken<'a>(&'a Room, u64);

impl Room {
    /// Waits until there is room for so many pixels.
    fn take(&self, pixels: u64) -> Taken<'_> {
        let pixels = pixels.min(MOST_PIXELS_AT_ONCE);
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free =
            self.left.wait_while(free, |free| *free < pixels).unwrap_or_else(PoisonError::into_inner);
        *free -= pixels;
        Taken(self, pixels)
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += self.1;
        self.0.left.notify_all();
    }
}

/// Why making pictures ended early.
enum Ended {
    Unreadable(MediaError),
    Other(BuilderError),
}

impl From<MediaError> for Ended {
    fn from(error: MediaError) -> Self {
        Self::Unreadable(error)
    }
}

impl Builder {
    /// The folder renditions are kept in.
    fn pictures_folder(project: &Project) -> PathBuf {
        project.derived().join("images")
    }

    fn picture_path(project: &Project, image: &ImageFile) -> PathBuf {
        Self::pictures_folder(project).join(image.path.rsplit('/').next().unwrap_or(&image.path))
    }

    /// One rendition, from the folder of made ones or made now.
    pub(crate) fn picture(&self, project: &Project, image: &ImageFile) -> Result<Vec<u8>, BuilderError> {
        if let Ok(bytes) = self.vfs.read(&Self::picture_path(project, image)) {
            return Ok(bytes);
        }
        self.make_pictures(project, std::slice::from_ref(&image), &mut |_| Ok(()))?;
        let path = Self::picture_path(project, image);
        self.vfs.read(&path).map_err(BuilderError::disk(path))
    }

    /// A picture that shows the same as this rendition and is there soon, and the path it has itself: somebody who
    /// edits does not wait for AVIF.
    pub(crate) fn quick_picture(
        &self,
        project: &Project,
        mut image: ImageFile,
    ) -> Result<(Vec<u8>, String), BuilderError> {
        if image.format == ImageFormat::Avif && !self.has_picture(project, &image) {
            image.path = format!("{}.webp", image.path.trim_end_matches(".avif"));
            image.format = ImageFormat::WebP;
        }
        Ok((self.picture(project, &image)?, image.path))
    }

    /// Whether the rendition is there already.
    pub(crate) fn has_picture(&self, project: &Project, image: &ImageFile) -> bool {
        self.vfs.exists(&Self::picture_path(project, image))
    }

    /// Makes renditions of one original, decoding it once. Each is kept as soon as it is made and then shown to
    /// `made`, which may refuse to go on.
    pub(crate) fn make_pictures(
        &self,
        project: &Project,
        images: &[&ImageFile],
        made: &mut dyn FnMut(&ImageFile) -> Result<(), BuilderError>,
    ) -> Result<(), BuilderError> {
        let Some(first) = images.first() else { return Ok(()) };
        let original = project.read_media(&first.hash, &first.extension)?;
        let folder = Self::pictures_folder(project);
        self.vfs.create_folders(&folder).map_err(BuilderError::disk(&folder))?;
        let mut keep = |image: &ImageFile, bytes: &[u8]| {
            let path = Self::picture_path(project, image);
            let unfinished = path.with_extension(format!("{}.part", self.new_id()));
            self.vfs
                .write(&unfinished, bytes)
                .and_then(|()| self.vfs.rename(&unfinished, &path))
                .map_err(BuilderError::disk(path))?;
            made(image)
        };
        for image in images.iter().filter(|image| recipe(image).is_none()) {
            let film = matches!(image.extension.as_str(), "mp4" | "webm");
            keep(image, &if film { film_without_notes(&original) } else { without_notes(&original) })?;
        }
        let mut due: Vec<(&ImageFile, Recipe)> =
            images.iter().filter_map(|image| Some((*image, recipe(image)?))).collect();
        // Formats of one width share its pixels.
        due.sort_by_key(|(_, recipe)| recipe.width);
        let recipes: Vec<Recipe> = due.iter().map(|(_, recipe)| *recipe).collect();
        if recipes.is_empty() {
            return Ok(());
        }
        let refuse =
            |error: MediaError| BuilderError::Picture { name: first.path.clone(), reason: error.to_string() };
        let picture = probe(&original).map_err(refuse)?;
        let _room = self.room.take(u64::from(picture.width) * u64::from(picture.height));
        render_each(&original, &recipes, |index, bytes| match due.get(index) {
            Some((image, _)) => keep(image, &bytes).map_err(Ended::Other),
            None => Ok(()),
        })
        .map_err(|ended| match ended {
            Ended::Unreadable(error) => refuse(error),
            Ended::Other(error) => error,
        })
    }
}

/// Groups renditions by their original, so that each is decoded once.
pub(crate) fn by_original<'a>(images: impl Iterator<Item = &'a ImageFile>) -> Vec<Vec<&'a ImageFile>> {
    let mut groups: BTreeMap<_, BTreeMap<&str, &ImageFile>> = BTreeMap::new();
    for image in images {
        groups.entry(image.hash).or_default().insert(&image.path, image);
    }
    groups.into_values().map(|group| group.into_values().collect()).collect()
}
