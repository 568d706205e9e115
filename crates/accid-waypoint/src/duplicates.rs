//! Photos that look alike, and bursts: what was taken within a moment. Pure but for the method that asks.

use std::{collections::BTreeMap, sync::Arc};

use accid_base::Id;
use accid_media::bits_apart;
use accid_store::Project;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{StoredPhoto, Waypoint, order};

/// Bits that the fingerprints of two pictures of the same thing differ by at most.
const ALIKE: u32 = 5;
/// The same within a burst, where things move.
const ALIKE_IN_BURST: u32 = 14;
/// Longest pause within a burst, in milliseconds.
const BURST_MS: i64 = 2_000;

/// Why photos are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AlikeKind {
    /// They look alike: the same picture in another size, format or crop.
    Alike,
    /// One camera took them within moments.
    Burst,
}

/// Photos that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Alike {
    /// Why they are together.
    pub kind: AlikeKind,
    /// The photos, the one to keep first: the one with the best rating, then the most pixels, then the earliest.
    pub photos: Vec<Id>,
}

impl Waypoint {
    /// Groups of photos that look alike or were taken in a burst, in the order of time.
    pub fn duplicates(&self, project: &Project) -> Vec<Alike> {
        group(&order::by_time(&self.shelf(project).list))
    }
}

/// Finds out who belongs together.
struct Circles(Vec<usize>);

impl Circles {
    fn root(&mut self, mut of: usize) -> usize {
        while self.0[of] != of {
            self.0[of] = self.0[self.0[of]];
            of = self.0[of];
        }
        of
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

fn group(photos: &[Arc<StoredPhoto>]) -> Vec<Alike> {
    let moments = order::moments(photos);
    let prints: Vec<Option<u64>> = photos
        .iter()
        .map(|stored| {
            u64::from_str_radix(&stored.photo.glance.fingerprint, 16).ok().filter(|print| *print != 0)
        })
        .collect();
    let mut circles = Circles((0..photos.len()).collect());
    let mut bursts = vec![false; photos.len()];
    for (index, print) in prints.iter().enumerate() {
        let Some(print) = print else { continue };
        for (other, other_print) in prints.iter().enumerate().skip(index + 1) {
            let Some(other_print) = other_print else { continue };
            let apart = bits_apart(*print, *other_print);
            if apart > ALIKE_IN_BURST {
                continue;
            }
            let (one, two) = (&photos[index].photo, &photos[other].photo);
            let close = moments[index]
                .zip(moments[other])
                .is_some_and(|(from, to)| (to.as_millisecond() - from.as_millisecond()).abs() <= BURST_MS);
            let same_size = (one.width, one.height) == (two.width, two.height);
            let burst = close && same_size && one.exif.camera == two.exif.camera;
            if burst || (apart <= ALIKE && same_shape(one, two)) {
                circles.join(index, other);
                bursts[index] |= burst;
                bursts[other] |= burst;
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..photos.len() {
        groups.entry(circles.root(index)).or_default().push(index);
    }
    let several = groups.into_values().filter(|members| members.len() > 1);
    several
        .map(|mut members| {
            let kind =
                if members.iter().all(|index| bursts[*index]) { AlikeKind::Burst } else { AlikeKind::Alike };
            members.sort_by_key(|index| {
                let photo = &photos[*index].photo;
                let pixels = u64::from(photo.width) * u64::from(photo.height);
                (std::cmp::Reverse((photo.rating, pixels)), *index)
            });
            Alike { kind, photos: members.into_iter().map(|index| photos[index].photo.id.clone()).collect() }
        })
        .collect()
}

/// Whether two pictures have nearly the same proportions.
fn same_shape(one: &accid_model::Photo, other: &accid_model::Photo) -> bool {
    let shape = |photo: &accid_model::Photo| f64::from(photo.width) / f64::from(photo.height.max(1));
    (shape(one) / shape(other) - 1.0).abs() < 0.05
}

#[cfg(test)]
mod tests {
    use super::*;
    use accid_base::ContentHash;
    use serde_json::json;

    fn photo(id: &str, print: &str, at: &str, width: u32) -> Arc<StoredPhoto> {
        let photo = serde_json::from_value(json!({"id": id, "schema_version": 1, "filename": id,
            "hash": ContentHash::of(id.as_bytes()), "extension": "jpg", "width": width, "height": width / 3 * 2,
            "bytes": 1, "added_at": "2026-01-01T00:00:00Z", "glance": {"fingerprint": print},
            "exif": {"camera": "C"}, "taken": {"at": at, "source": "offset"}}))
        .unwrap();
        Arc::new(StoredPhoto { photo, hash: ContentHash::of(b""), file: "photos/x.json".parse().unwrap() })
    }

    #[test]
    fn copies_and_bursts_are_found_and_strangers_are_not() {
        let photos = [
            photo("small", "ff00ff00ff00ff00", "2026-03-01T10:00:00Z", 300),
            photo("large", "ff00ff00ff00ff01", "2026-03-01T10:00:00Z", 3_000),
            photo("b1", "00000000000fffff", "2026-03-01T11:00:00Z", 3_000),
            photo("b2", "00000000000ff8ff", "2026-03-01T11:00:01Z", 3_000),
            photo("b3", "000000000c0ff83f", "2026-03-01T11:00:02.5Z", 3_000),
            photo("later", "f00000000c0ff83f", "2026-03-01T12:00:00Z", 3_000),
            photo("other", "1234567812345678", "2026-03-01T11:00:01Z", 3_000),
            photo("flat", "0000000000000000", "2026-03-01T11:00:01Z", 3_000),
        ];
        let found = group(&photos);
        let ids = |group: &Alike| group.photos.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(found[0].kind, AlikeKind::Alike);
        assert_eq!(ids(&found[0]), ["large", "small"]);
        assert_eq!(ids(&found[1])[..3], ["b1", "b2", "b3"]);
        assert_eq!(found.len(), 2);
    }
}
