//! Waypoint: the photos of a project, when and where they were taken, and what they are put together to.
//!
//! Owns: how a picture file becomes a photo; albums, tracks and the settings of all photos; what of a place is
//! published ([`published`]). Must not know: HTTP, who may do what, pages, stories, the other tools.

mod albums;
mod annotations;
mod catalogue;
mod darkroom;
mod derived;
mod duplicates;
mod edit;
mod error;
mod grouping;
mod ingest;
mod kmz;
mod order;
mod photos;
mod place_files;
mod places;
mod placing;
mod privacy;
mod sidecar;
mod sources;
mod story;
mod story_store;
mod story_told;
mod taken;
mod tracks;
mod uploads;
mod waypoints;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
};

use accid_base::{Clock, ContentHash, Id, Random, Vfs};
use accid_geo::Atlas;
use accid_model::{Document, WaypointSettings};
use accid_store::Documents;

pub use accid_media::PICTURE_ENDINGS;
pub use albums::{AlbumChanges, StoredAlbum};
pub use catalogue::{Catalogue, Count, Facets, PhotoFilter, PhotoOrder, Presence};
pub use derived::DerivedPicture;
pub use duplicates::{Alike, AlikeKind};
pub use edit::{ChangedPhotos, LocationChange, PhotoChanges};
pub use error::WaypointError;
pub use grouping::{Grouping, ProposedAlbum};
pub use ingest::{Ingested, NewPhoto};
pub use photos::StoredPhoto;
pub use place_files::{PlaceFile, PlaceFormat};
pub use places::PlaceName;
pub use placing::{PlaceProposal, PlaceProposals, PlacingHow, PlacingRequest};
pub use privacy::{AlbumPrivacy, PublishedPlace, is_published, published, published_segments};
pub use sources::KnownSource;
pub use story::{StoryPhotoSource, arranged, chapters_now};
pub use story_store::StoredStory;
pub use story_told::{ToldChapter, ToldPhoto, ToldStory, published_photo, published_track, told};
pub use tracks::{StoredTrack, TrackChanges, TrackFacts};
pub use uploads::{UploadState, UploadStep};
pub use waypoints::{MarkerChange, WaypointsChange};

/// Waypoint.
pub struct Waypoint {
    vfs: Arc<dyn Vfs>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    /// The photos of each project as they were read last.
    shelves: Mutex<HashMap<Id, Arc<photos::Shelf>>>,
    /// The places that were looked up.
    places: places::PlaceBook,
    /// Originals that are being taken in.
    coming: Mutex<HashSet<(Id, ContentHash)>>,
    /// Held by the one who adds a photo to the documents.
    adding: Mutex<()>,
    /// How much may be decoded at a time.
    darkroom: darkroom::Darkroom,
    /// Held by the one who writes what is known of files taken in.
    noting: Mutex<()>,
}

impl Waypoint {
    /// Waypoint over this disk, clock and chance.
    pub fn new(vfs: Arc<dyn Vfs>, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self {
            vfs,
            clock,
            random,
            shelves: Mutex::default(),
            places: places::PlaceBook::default(),
            coming: Mutex::default(),
            adding: Mutex::default(),
            darkroom: darkroom::Darkroom::default(),
            noting: Mutex::default(),
        }
    }

    fn new_id(&self) -> Id {
        Id::generate(self.clock.as_ref(), self.random.as_ref())
    }

    fn atlas(&self) -> &'static Atlas {
        Atlas::shared()
    }

    /// What holds for all photos of a project, and its content hash; the defaults when nothing was set.
    pub fn settings<'a>(&self, of: impl Into<Documents<'a>>) -> (WaypointSettings, Option<ContentHash>) {
        let of = of.into();
        let stored = WaypointSettings::file().and_then(|file| of.get(&file));
        match stored {
            None => (WaypointSettings::default(), None),
            Some(stored) => {
                let opened = accid_model::open::<WaypointSettings>(&stored.value);
                (opened.map(|opened| opened.document).unwrap_or_default(), Some(stored.hash))
            }
        }
    }
}

/// Every document of a folder that can be read.
fn open_all<'a, D: Document>(of: impl Into<Documents<'a>>, folder: &str) -> Vec<(D, ContentHash)> {
    let open = |(_, stored): (accid_base::RelativePath, accid_store::Stored)| {
        Some((accid_model::open::<D>(&stored.value).ok()?.document, stored.hash))
    };
    of.into().list(folder).into_iter().filter_map(open).collect()
}
