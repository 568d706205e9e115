//! The order of photos: by hand, then by time. And what holds for all of them. Pure but for the two methods that store.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use accid_base::{ContentHash, FieldError, Id};
use accid_model::{WaypointSettings, to_value};
use accid_store::{Expect, Project, Transaction, Write};
use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{Offset, TimeZone},
};

use crate::{StoredPhoto, Waypoint, WaypointError, taken};

/// The moments photos were taken at. One whose zone nobody knows is taken to be in that of the photo nearest to it by
/// the clock whose zone is known.
pub(crate) fn moments(photos: &[Arc<StoredPhoto>]) -> Vec<Option<Timestamp>> {
    let parts = |stored: &Arc<StoredPhoto>| taken::parts(&stored.photo.taken.as_ref()?.at);
    let all: Vec<Option<(DateTime, Option<Offset>)>> = photos.iter().map(parts).collect();
    let mut known: Vec<(DateTime, Offset)> =
        all.iter().flatten().filter_map(|(civil, offset)| Some((*civil, (*offset)?))).collect();
    known.sort_by_key(|(civil, _)| *civil);
    let near = |civil: DateTime| {
        let next = known.partition_point(|(at, _)| *at < civil);
        let apart = |index: usize| known[index].0.duration_since(civil).abs();
        let around = [next.checked_sub(1), Some(next).filter(|next| *next < known.len())];
        around.into_iter().flatten().min_by_key(|index| apart(*index)).map(|index| known[index].1)
    };
    let moment = |part: &Option<(DateTime, Option<Offset>)>| {
        let (civil, offset) = part.as_ref()?;
        offset.or_else(|| near(*civil)).unwrap_or(Offset::UTC).to_timestamp(*civil).ok()
    };
    all.iter().map(moment).collect()
}

/// Photos in the order of time; those without one come last, in the order they came.
pub(crate) fn by_time(photos: &[Arc<StoredPhoto>]) -> Vec<Arc<StoredPhoto>> {
    let moments = moments(photos);
    let mut order: Vec<usize> = (0..photos.len()).collect();
    order.sort_by_key(|index| (moments[*index].is_none(), moments[*index], &photos[*index].photo.filename));
    order.into_iter().map(|index| Arc::clone(&photos[index])).collect()
}

/// Photos in the order of the story: those placed by hand first, then the others by time.
pub(crate) fn in_order(photos: &[Arc<StoredPhoto>], settings: &WaypointSettings) -> Vec<Arc<StoredPhoto>> {
    let place: HashMap<&Id, usize> = settings.order.iter().zip(0..).collect();
    let mut ordered = by_time(photos);
    ordered.sort_by_key(|stored| place.get(&stored.photo.id).copied().unwrap_or(usize::MAX));
    ordered
}

impl Waypoint {
    /// All photos in the order of the story: those placed by hand first, then the others by time.
    pub fn photos_in_order(&self, project: &Project) -> Vec<Arc<StoredPhoto>> {
        in_order(&self.shelf(project).list, &self.settings(project).0)
    }

    /// Puts photos in this order, by id or file name. Those that are not named keep their places, and the named ones
    /// share theirs out anew.
    ///
    /// # Errors
    /// When one is missing or named twice, or the store refuses.
    pub fn reorder_photos(
        &self,
        project: &Project,
        author: &str,
        ids: &[String],
    ) -> Result<Vec<Arc<StoredPhoto>>, WaypointError> {
        const REFUSED: &str = "The photos were not put in another order.";
        let shelf = self.shelf(project);
        let mut named = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            let found = shelf.find(id);
            let found = found.ok_or_else(|| WaypointError::PhotoNotFound(id.chars().take(80).collect()))?;
            if named.contains(&found.photo.id) {
                return Err(WaypointError::invalid(REFUSED, &format!("/ids/{index}"), "it is named twice"));
            }
            named.push(found.photo.id.clone());
        }
        let (settings, _) = self.settings(project);
        let mut order: Vec<Id> =
            in_order(&shelf.list, &settings).iter().map(|stored| stored.photo.id.clone()).collect();
        let moved: HashSet<&Id> = named.iter().collect();
        let places: Vec<usize> =
            order.iter().enumerate().filter(|(_, id)| moved.contains(id)).map(|(index, _)| index).collect();
        for (place, id) in places.into_iter().zip(&named) {
            order[place] = id.clone();
        }
        let by_time: Vec<Id> = by_time(&shelf.list).iter().map(|stored| stored.photo.id.clone()).collect();
        if order == by_time {
            // As time has it: then new photos find their places by themselves again.
            order.clear();
        }
        let changed = WaypointSettings { order, ..settings };
        self.put_settings(project, author, &changed, None, "Photos put in another order")?;
        Ok(self.photos_in_order(project))
    }

    /// Changes what holds for all photos. When clocks or the zone change, the times of the photos that follow from them
    /// change with them, in the same step.
    ///
    /// # Errors
    /// When a value cannot be used, the settings are not as `seen`, or the store refuses.
    pub fn update_settings(
        &self,
        project: &Project,
        author: &str,
        changed: &WaypointSettings,
        seen: Option<ContentHash>,
    ) -> Result<WaypointSettings, WaypointError> {
        check(changed)?;
        self.put_settings(project, author, changed, seen, "Settings of the photos changed")?;
        Ok(self.settings(project).0)
    }

    fn put_settings(
        &self,
        project: &Project,
        author: &str,
        changed: &WaypointSettings,
        seen: Option<ContentHash>,
        note: &str,
    ) -> Result<(), WaypointError> {
        let (present, hash) = self.settings(project);
        if seen.is_some() && seen != hash {
            let current = to_value(&present);
            return Err(WaypointError::Stale { name: WaypointSettings::FILE.to_owned(), current });
        }
        let Some(path) = WaypointSettings::file() else { return Ok(()) };
        let expect = hash.map_or(Expect::Absent, Expect::Hash);
        let mut writes = vec![Write { path, value: Some(to_value(changed)), expect }];
        if (&present.clocks, &present.zone) != (&changed.clocks, &changed.zone) {
            for stored in &self.shelf(project).list {
                let taken = taken::settled_again(&stored.photo, changed, self.atlas());
                if taken != stored.photo.taken {
                    let photo = accid_model::Photo { taken, ..stored.photo.clone() };
                    writes.push(Write::put(stored.file.clone(), to_value(&photo)).if_still(stored.hash));
                }
            }
        }
        project.commit(Transaction { author: author.to_owned(), note: note.to_owned(), writes })?;
        Ok(())
    }
}

fn check(settings: &WaypointSettings) -> Result<(), WaypointError> {
    let mut errors = Vec::new();
    let mut wrong =
        |pointer: String, message: &str| errors.push(FieldError { pointer, message: message.to_owned() });
    if !settings.zone.is_empty() && TimeZone::get(&settings.zone).is_err() {
        wrong("/zone".to_owned(), "it is no IANA name of a time zone, such as America/St_Lucia");
    }
    for (index, home) in settings.home_zones.iter().enumerate() {
        if home.lat.abs() > 90.0 || home.lon.abs() > 180.0 || !home.lat.is_finite() || !home.lon.is_finite() {
            wrong(format!("/home_zones/{index}"), "its middle is no place on the Earth");
        }
        if !(1.0..=100_000.0).contains(&home.radius) {
            wrong(format!("/home_zones/{index}/radius"), "it is a number of metres from 1 to 100000");
        }
    }
    if let Some(message) = settings.base_map.as_ref().and_then(accid_model::BaseMap::wrong_address) {
        wrong("/base_map/address".to_owned(), message);
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(WaypointError::Invalid { what: "The settings of the photos were not changed.".to_owned(), errors })
}
