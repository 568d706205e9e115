//! Use cases about pictures that imgBB shows to everybody. The picture of this machine stays the one that pages use:
//! while imgBB is away nothing is missing. Must not know how a key is kept.
//!
//! **Invariant:** what is handed over holds no metadata: no place, no camera, no name.

use std::sync::Arc;

use accid_access::{Permit, Publish};
use accid_base::{ErrorCode, Problem, Secret};
use accid_transfer::{HostedImage, ImageHost as _, ImgBb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Service;
use crate::{Inner, Role, UploadedFile, explain};

/// The size that is handed over: the longest side in pixels.
const SIZE: u32 = 2048;

/// A photo of a project.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct HostPhoto {
    /// The project, by id or slug.
    pub project: String,
    /// The photo, by id or file name.
    pub photo: String,
}

/// Where a picture is shown.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HostedView {
    /// Whether imgBB shows it; if not, `url` is the picture on this machine.
    pub hosted: bool,
    /// Its addresses.
    #[serde(flatten)]
    pub image: HostedImage,
    /// What a person should know; empty when there is nothing to say.
    pub message: String,
}

/// Use cases about pictures elsewhere.
pub struct ImagesElsewhere<'a>(pub(crate) &'a Arc<Inner>);

fn jpeg_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}.jpg")
}

impl ImagesElsewhere<'_> {
    /// Has imgBB show a photo of a project; while that cannot be, the answer is the photo on this machine, and why.
    ///
    /// # Errors
    /// When the project or photo is missing, or the photo cannot be read.
    pub fn host_photo(&self, permit: &Permit<Publish>, request: &HostPhoto) -> Result<HostedView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let project = self.0.project(&request.project)?;
        let photo = self.0.waypoint.photo(&project, &request.photo).map_err(explain)?;
        let id = photo.photo.id.to_string();
        let picture = self.0.waypoint.derived_picture(&project, &id, SIZE).map_err(explain)?;
        match self.hand_over(&photo.photo.filename, &picture.bytes) {
            Ok(image) => {
                tracing::info!(project_id = %project.id(), photo = id, by = permit.author(), "picture_hosted");
                Ok(HostedView { hosted: true, image, message: String::new() })
            }
            Err(problem) => {
                let url = format!("/api/v1/gallery/{}/photos/{id}/picture/{SIZE}", project.id());
                let image = HostedImage { url, bytes: picture.bytes.len() as u64, ..HostedImage::default() };
                let message = format!(
                    "{} Nothing was sent; the picture on this machine is as it was.",
                    problem.sentence()
                );
                Ok(HostedView { hosted: false, image, message })
            }
        }
    }

    /// Has imgBB show a picture that belongs to no project.
    ///
    /// # Errors
    /// When it is no picture, no key is known, or imgBB is away or refuses: there is no other picture to use then.
    pub fn host_file(&self, permit: &Permit<Publish>, file: &UploadedFile) -> Result<HostedView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let picture = self.0.waypoint.bare_picture(&file.bytes, SIZE).map_err(explain)?;
        let image = self.hand_over(&file.name, &picture.bytes)?;
        tracing::info!(by = permit.author(), "picture_hosted");
        Ok(HostedView { hosted: true, image, message: String::new() })
    }

    fn hand_over(&self, name: &str, picture: &[u8]) -> Result<HostedImage, Problem> {
        let options = self.0.services.options();
        let key: Option<Secret<String>> = match options.imgbb_key {
            Some(key) => Some(key),
            None => self.0.vault.secret(Service::ImgBb.secret()).map_err(explain)?,
        };
        let key = key.ok_or_else(|| {
            Problem::new(ErrorCode::CredentialsMissing, "imgBB is not connected.")
                .fix("Enter your key in the settings, under Services.")
        })?;
        let imgbb = ImgBb::new(&options.imgbb, key, options.waits).map_err(explain)?;
        self.0.ask(Service::ImgBb, || imgbb.host(&jpeg_name(name), picture))
    }
}
