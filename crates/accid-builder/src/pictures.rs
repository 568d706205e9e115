//! Renditions of pictures: made once, kept in `derived/images/` by a name that says all about their content.

use std::{collections::BTreeMap, path::PathBuf};

use accid_media::{OutputFormat, Recipe, render_renditions};
use accid_render::{ImageFile, ImageFormat};
use accid_store::Project;

use crate::{Builder, BuilderError};

/// Quality of published JPEG pictures, 1 to 100.
const JPEG_QUALITY: u8 = 80;
/// Quality of published WebP pictures, 1 to 100.
const WEBP_QUALITY: u8 = 78;

fn recipe(image: &ImageFile) -> Option<Recipe> {
    let (format, quality) = match image.format {
        ImageFormat::Jpeg => (OutputFormat::Jpeg, JPEG_QUALITY),
        ImageFormat::WebP => (OutputFormat::WebP, WEBP_QUALITY),
        ImageFormat::Original => return None,
    };
    Some(Recipe { width: image.width, format, quality })
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
        self.make_pictures(project, std::slice::from_ref(&image))?;
        let path = Self::picture_path(project, image);
        self.vfs.read(&path).map_err(BuilderError::disk(path))
    }

    /// Whether the rendition is there already.
    pub(crate) fn has_picture(&self, project: &Project, image: &ImageFile) -> bool {
        self.vfs.exists(&Self::picture_path(project, image))
    }

    /// Makes renditions of one original, decoding it once.
    pub(crate) fn make_pictures(&self, project: &Project, images: &[&ImageFile]) -> Result<(), BuilderError> {
        let Some(first) = images.first() else { return Ok(()) };
        let refuse = |reason: String| BuilderError::Picture { name: first.path.clone(), reason };
        let original = project.read_media(&first.hash, &first.extension)?;
        let recipes: Vec<Recipe> = images.iter().filter_map(|image| recipe(image)).collect();
        let made = if recipes.is_empty() { Ok(Vec::new()) } else { render_renditions(&original, &recipes) };
        let mut made = made.map_err(|error| refuse(error.to_string()))?.into_iter();
        let folder = Self::pictures_folder(project);
        self.vfs.create_folders(&folder).map_err(BuilderError::disk(&folder))?;
        for image in images {
            let bytes = match recipe(image) {
                None => original.clone(),
                Some(_) => made.next().ok_or_else(|| refuse("a rendition is missing".to_owned()))?,
            };
            let path = Self::picture_path(project, image);
            let unfinished = path.with_extension(format!("{}.part", self.new_id()));
            self.vfs
                .write(&unfinished, &bytes)
                .and_then(|()| self.vfs.rename(&unfinished, &path))
                .map_err(BuilderError::disk(path))?;
        }
        Ok(())
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
