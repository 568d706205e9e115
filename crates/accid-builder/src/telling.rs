//! What a site shows besides its pages: ways, stories, files. Builder does not know where they come from; somebody who
//! does tells it, once for each state of the project.

use std::sync::Arc;

use accid_model::{Album, Blotter, Photo, Story, Track, WaypointSettings};
use accid_render::{Site, SiteSource, Told};
use accid_store::Documents;

use crate::{Builder, LoadedSite, StoredPage};

/// Folders whose documents decide what is told.
pub(crate) const FOLDERS: [&str; 4] = [Story::FOLDER, Track::FOLDER, Album::FOLDER, WaypointSettings::FOLDER];

/// What a project tells besides its pages. Nothing in it is private.
#[derive(Debug, Clone, Default)]
pub struct Telling {
    /// Pages that are not stored as pages, such as those of stories.
    pub pages: Vec<StoredPage>,
    /// What is shown on pages.
    pub told: Told,
    /// The photos as they may be shown, when not all of them may.
    pub photos: Option<Vec<Photo>>,
}

/// Tells what a project shows, or showed in a version, besides the pages that are stored.
pub type Teller = Arc<dyn Fn(Documents<'_>, &Blotter, &[StoredPage]) -> Telling + Send + Sync>;

impl Builder {
    /// Names who tells what sites show besides their pages. Only the first who is named is asked.
    pub fn set_teller(&self, teller: Teller) {
        let _ = self.teller.set(teller);
    }

    /// A site of nothing but what is told.
    pub fn site_told(blotter: Blotter, telling: Telling) -> LoadedSite {
        let Telling { pages, told, photos } = telling;
        let source = SiteSource {
            blotter,
            pages: pages.iter().map(|stored| Arc::clone(&stored.page)).collect(),
            photos: photos.unwrap_or_default(),
            videos: Vec::new(),
        };
        LoadedSite::told(Site::telling(source, Arc::new(told)), pages)
    }

    pub(crate) fn telling(&self, of: Documents<'_>, blotter: &Blotter, pages: &[StoredPage]) -> Telling {
        self.teller.get().map_or_else(Telling::default, |tell| tell(of, blotter, pages))
    }
}
