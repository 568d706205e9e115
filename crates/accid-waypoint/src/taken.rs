//! When a photo was taken: the camera's clock, corrected where it was wrong, in the zone the camera, the place or the
//! project says. Pure.

use accid_geo::{Atlas, Coordinate};
use accid_model::{Location, Photo, Taken, TimeSource, WaypointSettings};
use jiff::{
    SignedDuration,
    civil::DateTime,
    tz::{Offset, TimeZone},
};

/// What a camera or a program wrote, and what else is known.
pub(crate) struct Facts<'a> {
    /// `2026-03-01T14:05:00`, perhaps with a fraction and an offset.
    pub date: &'a str,
    /// Make and model of the camera.
    pub camera: &'a str,
    /// Where it was taken.
    pub location: Option<Location>,
    /// Whether a photo program wrote the date.
    pub edited: bool,
}

impl<'a> Facts<'a> {
    /// What a photo's own camera said.
    pub(crate) fn of(photo: &'a Photo) -> Self {
        Self { date: &photo.exif.date, camera: &photo.exif.camera, location: photo.location, edited: false }
    }
}

/// When a photo was taken; none when nobody wrote it.
pub(crate) fn settle(facts: &Facts<'_>, settings: &WaypointSettings, atlas: &Atlas) -> Option<Taken> {
    let (civil, offset) = parts(facts.date)?;
    let wrong =
        settings.clocks.iter().find(|clock| clock.camera == facts.camera).map_or(0, |clock| clock.seconds);
    let civil = civil.checked_add(SignedDuration::from_secs(wrong)).ok()?;
    let place = facts.location.and_then(|at| Coordinate::new(at.lat, at.lon).ok());
    let zone_there = place.and_then(|place| atlas.time_zone_at(place).ok());
    let source = |found| if facts.edited { TimeSource::Xmp } else { found };
    if let Some(offset) = offset {
        let moment = offset.to_timestamp(civil).ok()?;
        let agrees = |name: &String| TimeZone::get(name).is_ok_and(|zone| zone.to_offset(moment) == offset);
        let zone = zone_there.filter(agrees).unwrap_or_default();
        return Some(Taken { at: written(civil, Some(offset)), zone, source: source(TimeSource::Offset) });
    }
    let known = [(zone_there, TimeSource::Place), (Some(settings.zone.clone()), TimeSource::Clock)];
    for (name, found) in known {
        let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
        let Ok(zoned) = TimeZone::get(&name).and_then(|zone| civil.to_zoned(zone)) else { continue };
        let at = written(zoned.datetime(), Some(zoned.offset()));
        return Some(Taken { at, zone: name, source: source(found) });
    }
    Some(Taken { at: written(civil, None), zone: String::new(), source: source(TimeSource::Clock) })
}

/// When a photo was taken, if it follows from what the camera wrote; what somebody wrote by hand, and what a photo program
/// or a track said, stays.
pub(crate) fn settled_again(photo: &Photo, settings: &WaypointSettings, atlas: &Atlas) -> Option<Taken> {
    match photo.taken.as_ref().map(|taken| taken.source) {
        Some(TimeSource::Hand | TimeSource::Xmp | TimeSource::Track) => photo.taken.clone(),
        _ => settle(&Facts::of(photo), settings, atlas).or_else(|| photo.taken.clone()),
    }
}

/// Local time and offset of a date as it is written here.
pub(crate) fn parts(date: &str) -> Option<(DateTime, Option<Offset>)> {
    let date = date.trim();
    let mark = date.get(11..)?.find(['+', '-', 'Z']).map(|at| at + 11);
    let (civil, offset) = date.split_at(mark.unwrap_or(date.len()));
    let civil = civil.parse().ok()?;
    if offset.is_empty() {
        return Some((civil, None));
    }
    if offset == "Z" {
        return Some((civil, Some(Offset::UTC)));
    }
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = offset[1..].split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let seconds = sign * (hours * 3_600 + minutes * 60);
    Some((civil, Some(Offset::from_seconds(seconds).ok()?)))
}

/// A local time with its offset, such as `2026-03-01T14:05:00-04:00`.
pub(crate) fn written(civil: DateTime, offset: Option<Offset>) -> String {
    let Some(offset) = offset else { return civil.to_string() };
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{civil}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use accid_model::ClockCorrection;

    fn at(
        date: &str,
        place: Option<(f64, f64)>,
        settings: &WaypointSettings,
    ) -> (String, String, TimeSource) {
        let location = place.map(|(lat, lon)| Location::at(lat, lon));
        let facts = Facts { date, camera: "Deck Cam", location, edited: false };
        let taken = settle(&facts, settings, Atlas::shared()).unwrap();
        (taken.at, taken.zone, taken.source)
    }

    #[test]
    fn the_offset_of_the_camera_then_the_zone_of_the_place_then_that_of_the_project() {
        let none = WaypointSettings::default();
        let castries = Some((14.01, -60.99));
        assert_eq!(
            at("2026-03-01T14:05:00.5-04:00", castries, &none),
            ("2026-03-01T14:05:00.5-04:00".to_owned(), "America/St_Lucia".to_owned(), TimeSource::Offset)
        );
        // A phone that was still on another zone's time: its offset counts, and the place's zone is not named.
        assert_eq!(at("2026-03-01T14:05:00+01:00", castries, &none).1, "");
        assert_eq!(
            at("2026-03-01T14:05:00", castries, &none),
            ("2026-03-01T14:05:00-04:00".to_owned(), "America/St_Lucia".to_owned(), TimeSource::Place)
        );
        let zoned = WaypointSettings { zone: "Asia/Kathmandu".to_owned(), ..none.clone() };
        assert_eq!(at("2026-03-01T14:05:00", None, &zoned).0, "2026-03-01T14:05:00+05:45");
        assert_eq!(
            at("2026-03-01T14:05:00", None, &none),
            ("2026-03-01T14:05:00".to_owned(), String::new(), TimeSource::Clock)
        );
    }

    #[test]
    fn zones_of_half_hours_and_summer_time_are_right() {
        let none = WaypointSettings::default();
        for (place, date, wanted) in [
            ((28.61, 77.21), "2026-07-01T12:00:00", "+05:30"),
            ((-34.93, 138.6), "2026-01-01T12:00:00", "+10:30"),
            ((-34.93, 138.6), "2026-07-01T12:00:00", "+09:30"),
            ((47.56, -52.71), "2026-07-01T12:00:00", "-02:30"),
            ((52.52, 13.4), "2026-03-29T02:30:00", "+02:00"),
        ] {
            assert!(at(date, Some(place), &none).0.ends_with(wanted), "{place:?} {date}");
        }
    }

    #[test]
    fn a_clock_that_was_wrong_is_put_right_for_its_camera_alone() {
        let clock = |camera: &str| ClockCorrection { camera: camera.to_owned(), seconds: -3_600 - 5 };
        let own = WaypointSettings { clocks: vec![clock("Deck Cam")], ..WaypointSettings::default() };
        let other = WaypointSettings { clocks: vec![clock("Mast Cam")], ..WaypointSettings::default() };
        assert_eq!(at("2026-03-01T00:30:00", None, &own).0, "2026-02-28T23:29:55");
        assert_eq!(at("2026-03-01T00:30:00", None, &other).0, "2026-03-01T00:30:00");
    }
}
