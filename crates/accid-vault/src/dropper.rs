//! Writes what is derived from the objects: the public configuration.

use accid_base::RelativePath;
use accid_model::{Album, Blotter, Document, Dropper, Page, Photo, Track};
use accid_store::Project;

/// Changes whenever the same objects become another public configuration.
pub const DROPPER_EDITION: &str = concat!("dropper 2 of ", env!("CARGO_PKG_VERSION"));

fn open_all<D: Document>(project: &Project, folder: &str) -> Vec<D> {
    let open = |(_, stored): (RelativePath, accid_store::Stored)| {
        Some(accid_model::open::<D>(&stored.value).ok()?.document)
    };
    project.list(folder).into_iter().filter_map(open).collect()
}

/// The public configuration of a project as a file; none while its master configuration cannot be read.
pub fn derive_dropper(project: &Project) -> Option<Vec<(RelativePath, Vec<u8>)>> {
    let stored = project.get(&Blotter::FILE.parse().ok()?)?;
    let blotter = accid_model::open::<Blotter>(&stored.value).ok()?.document;
    let pages: Vec<Page> = open_all(project, Page::FOLDER);
    let photos: Vec<Photo> = open_all(project, Photo::FOLDER);
    let mut albums: Vec<Album> = open_all(project, Album::FOLDER);
    albums.sort_by_key(|album| album.order);
    let tracks: Vec<Track> = open_all(project, Track::FOLDER);
    let dropper = Dropper { albums, tracks, ..Dropper::of(&blotter, &pages, &photos) };
    let mut bytes = serde_json::to_vec_pretty(&dropper).ok()?;
    bytes.push(b'\n');
    Some(vec![(Dropper::FILE.parse().ok()?, bytes)])
}
