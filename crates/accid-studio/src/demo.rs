//! The demo project *Yacht Adventures*: its pages and pictures lie in `demo/`, as files of a project do.

use std::{collections::HashMap, sync::Arc};

use accid_base::{ErrorCode, Id, Problem, RelativePath};
use accid_model::{Blotter, Document as _, Fields, Location, Photo, ProjectType, Site, ThemeChoice};
use accid_store::{Media, Project};
use accid_waypoint::NewPhoto;
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde_json::Value;

use crate::{Inner, explain};

/// Slug of the demo.
pub(crate) const SLUG: &str = "yacht-adventures";

static DEMO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/demo");

/// The demo's configuration.
#[derive(Deserialize)]
struct DemoBlotter {
    name: String,
    site: Site,
    #[serde(default)]
    theme: ThemeChoice,
}

/// What the demo says of one of its pictures.
#[derive(Deserialize)]
struct DemoPhoto {
    id: Id,
    file: String,
    #[serde(default)]
    alt: String,
    #[serde(default)]
    caption: String,
    #[serde(default)]
    location: Option<Location>,
}

fn broken(file: &str) -> Problem {
    Problem::new(ErrorCode::Internal, format!("The demo's file \"{file}\" cannot be read."))
        .because("This build of ACCID is incomplete.")
        .fix("Build it again from a clean copy.")
}

fn read(file: &str) -> Result<&'static [u8], Problem> {
    DEMO.get_file(file).map(include_dir::File::contents).ok_or_else(|| broken(file))
}

fn parse<T: for<'de> Deserialize<'de>>(file: &str) -> Result<T, Problem> {
    serde_json::from_slice(read(file)?).map_err(|_| broken(file))
}

/// Makes the demo project.
pub(crate) fn create(inner: &Inner, author: &str) -> Result<Arc<Project>, Problem> {
    let DemoBlotter { name, site, theme } = parse("blotter.json")?;
    let blotter = Blotter {
        id: inner.new_id(),
        schema_version: Blotter::VERSION,
        slug: SLUG.parse().map_err(explain)?,
        name,
        project_type: ProjectType::Html,
        created_at: inner.clock.now(),
        site,
        theme,
        environments: std::collections::BTreeMap::new(),
        extra: Fields::new(),
    };
    let (photos, media) = photos(inner)?;
    let mut documents: Vec<(RelativePath, Value)> = photos
        .into_iter()
        .map(|photo| {
            let path = format!("{}/{}.json", Photo::FOLDER, photo.id);
            let path = path.parse().map_err(explain)?;
            Ok((path, serde_json::to_value(photo).unwrap_or_default()))
        })
        .collect::<Result<_, Problem>>()?;
    for file in DEMO.get_dir("pages").map(Dir::files).into_iter().flatten() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let document = serde_json::from_slice(file.contents()).map_err(|_| broken(&path))?;
        documents.push((path.parse().map_err(explain)?, document));
    }
    inner.vault.found_project(&inner.store, author, &blotter, documents, media).map_err(explain)
}

fn photos(inner: &Inner) -> Result<(Vec<Photo>, Vec<Media>), Problem> {
    let described: Vec<DemoPhoto> = parse("photos.json")?;
    let mut photos = Vec::new();
    let mut media = HashMap::new();
    for known in described {
        let bytes = read(&format!("media/{}", known.file))?;
        let mut photo = inner.waypoint.describe(&NewPhoto { name: &known.file, bytes })?;
        photo.id = known.id;
        photo.alt = known.alt;
        photo.caption = known.caption;
        photo.location = known.location;
        media.insert(photo.hash, Media { bytes: bytes.to_vec(), extension: photo.extension.clone() });
        photos.push(photo);
    }
    Ok((photos, media.into_values().collect()))
}
