//! The sheet of a map: which part of the world it shows, its land, its grid, and the lines on it. Owns: where a place is
//! on the sheet. Must not know: pages, modules, stories.
//!
//! Lengths are in units of the sheet, which is [`WIDTH`] units wide however wide it is shown.

use std::fmt::Write as _;

use accid_geo::{Area, Atlas, BoundingBox, Coordinate, Detail, Frame, GeoError, Point, ProjectionKind};

use accid_model::BaseMap;

use crate::{
    base_map::{TileArchives, layer},
    html::escape,
};

/// How many units a sheet is wide.
pub(crate) const WIDTH: u32 = 800;

/// The least part of the world that a sheet of places shows, in degrees: about 6 km.
const LEAST_DEGREES: f64 = 0.06;

/// How far apart arrows are on a line of many points.
const ARROW_EVERY: f64 = 170.0;
/// A piece of a line shorter than this has no arrow.
const LEAST_FOR_ARROW: f64 = 46.0;
/// Half the width of an arrow.
const ARROW: f64 = 7.0;

/// What a sheet is to show.
#[derive(Debug, Clone, Default)]
pub(crate) struct SheetRequest<'a> {
    /// An ISO code or a region; nothing to show what the places need.
    pub area: &'a str,
    /// West, south, east, north; instead of the area's own.
    pub bounds: Option<[f64; 4]>,
    /// Name of a projection; the area's own when it is none.
    pub projection: &'a str,
    /// Name of a detail; medium when it is none.
    pub detail: &'a str,
    /// The places that have to be on it when no area is named: latitude and longitude.
    pub places: &'a [(f64, f64)],
    /// What the map shows, for people who do not see it; the area's name when empty.
    pub label: &'a str,
    /// What stands before the area's name then, such as "Map of".
    pub map_of: &'a str,
    /// Whether a sheet of places lies, however they are spread.
    pub lies: bool,
    /// A map made elsewhere, whose tiles lie above the land.
    pub base: Option<&'a BaseMap>,
}

/// A sheet on which places are found.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub area: Area,
    pub frame: Frame,
    pub detail: Detail,
    /// A map made elsewhere, whose tiles lie above the land.
    pub base: Option<BaseMap>,
}

impl Sheet {
    /// The sheet that was asked for. When the area is not known, the sheet shows the places, and the error is there too.
    pub fn new(request: &SheetRequest<'_>) -> (Self, Option<GeoError>) {
        let bounds = request.bounds.and_then(bounding_box);
        let (known, error) = match request.area.trim() {
            "" => (None, None),
            code => match Atlas::shared().area(code) {
                Ok(area) => (Some(area), None),
                Err(error) => (None, Some(error)),
            },
        };
        let mut area = match (known, bounds) {
            (Some(area), Some(bounds)) => {
                Area { projection: Area::of(bounds, "").projection, bounds, ..area }
            }
            (Some(area), None) => area,
            (None, Some(bounds)) => Area::of(bounds, ""),
            (None, None) => Area::of(around(request.places, if request.lies { 0.75 } else { 1.35 }), ""),
        };
        let label = request.label.trim();
        area.name = if label.is_empty() {
            format!("{} {}", request.map_of, area.name).trim().to_owned()
        } else {
            label.to_owned()
        };
        // A map made elsewhere is laid flat as its tiles are.
        let base = request.base.filter(|base| base.file.is_some() || base.host().is_some()).cloned();
        let kind = match &base {
            Some(_) => ProjectionKind::Mercator,
            None => ProjectionKind::named(request.projection).unwrap_or(area.projection),
        };
        let frame = Frame::fitting(area.bounds, WIDTH, kind);
        let detail = Detail::named(request.detail).unwrap_or_default();
        (Self { area, frame, detail, base }, error)
    }

    /// Where a place is, in units from the upper left corner.
    pub fn at(&self, (lat, lon): (f64, f64)) -> (f64, f64) {
        let Point { x, y } = self.frame.project(Coordinate::held(lat, lon));
        (x, y)
    }

    /// Width and height in units.
    pub fn size(&self) -> (f64, f64) {
        (self.frame.width, self.frame.height)
    }

    /// The tiles of the map made elsewhere, for a page from which `root` leads to the folder of the site.
    pub fn tiles(&self, archives: &TileArchives, root: &str) -> String {
        self.base.as_ref().map_or_else(String::new, |base| layer(&self.frame, base, archives, root))
    }

    /// The `svg` element with its land, `tiles` and its grid, and `over` drawn above them.
    pub fn svg(&self, tiles: &str, over: &str) -> String {
        let drawn = Atlas::shared().map(&self.area, self.detail, WIDTH, Some(self.frame.projection.kind));
        let Ok(drawn) = drawn else { return over_nothing(self.size(), over) };
        let body = drawn.svg.strip_suffix("</svg>").unwrap_or(&drawn.svg);
        let grid = if tiles.is_empty() { self.grid() } else { String::new() };
        format!("{body}{tiles}{grid}{over}</svg>")
    }

    /// Parallels and meridians in round numbers, with their names at the edges.
    fn grid(&self) -> String {
        let bounds = self.area.bounds;
        let (across, up) = (bounds.east - bounds.west, bounds.north - bounds.south);
        let steps = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0];
        let step = steps.into_iter().find(|step| across.min(up) / step <= 5.0).unwrap_or(30.0);
        let (mut lines, mut names) = (String::new(), String::new());
        let (width, height) = self.size();
        for value in multiples(bounds.south, bounds.north, step) {
            let points = sampled(|part| (value, bounds.west + across * part)).map(|place| self.at(place));
            let edge = points[0].1;
            write_line(&mut lines, &points);
            if edge > 24.0 && edge < height - 24.0 {
                name(&mut names, (8.0, edge - 6.0), "start", &degrees(value, step, ["N", "S"]));
            }
        }
        for value in multiples(bounds.west, bounds.east, step) {
            let points = sampled(|part| (bounds.south + up * part, value)).map(|place| self.at(place));
            let edge = points[0].0;
            write_line(&mut lines, &points);
            if edge > 60.0 && edge < width - 40.0 {
                let turned = Coordinate::held(0.0, value).longitude();
                name(&mut names, (edge + 6.0, height - 10.0), "start", &degrees(turned, step, ["E", "W"]));
            }
        }
        format!("<g class=\"geo-grid\"><path d=\"{lines}\"/>{names}</g>")
    }
}

/// An `svg` of this size with nothing below what is drawn over it.
pub(crate) fn over_nothing((width, height): (f64, f64), over: &str) -> String {
    format!(
        "<svg class=\"geo-over\" viewBox=\"0 0 {} {}\" aria-hidden=\"true\">{over}</svg>",
        tenth(width),
        tenth(height)
    )
}

fn bounding_box([west, south, east, north]: [f64; 4]) -> Option<BoundingBox> {
    let good = [west, south, east, north].iter().all(|value| value.is_finite())
        && west < east
        && east - west <= 360.0
        && (-90.0..north).contains(&south)
        && north <= 90.0;
    let turned = Coordinate::held(0.0, west).longitude();
    good.then_some(BoundingBox { west: turned, south, east: turned + (east - west), north })
}

/// The box that shows these places with room around them, not wider than 1.45 times its height nor higher than
/// `highest` times its width; the world when there are none.
fn around(places: &[(f64, f64)], highest: f64) -> BoundingBox {
    let places = places.iter().map(|(lat, lon)| Coordinate::held(*lat, *lon));
    let Some(tight) = BoundingBox::around(places) else {
        return BoundingBox { west: -180.0, south: -58.0, east: 180.0, north: 84.0 };
    };
    let narrowing = tight.center().latitude().to_radians().cos().max(0.1);
    let (mut across, mut up) = ((tight.east - tight.west) * narrowing, tight.north - tight.south);
    let room = 0.16 * across.max(up);
    across = (across + 2.0 * room).max(LEAST_DEGREES);
    up = (up + 2.0 * room).max(LEAST_DEGREES);
    // Between a lying and a standing sheet of paper.
    across = across.max(up / highest);
    up = up.max(across / 1.45);
    let (middle, half) = (f64::midpoint(tight.west, tight.east), (across / narrowing / 2.0).min(180.0));
    let height = f64::midpoint(tight.south, tight.north);
    let west = Coordinate::held(0.0, middle - half).longitude();
    BoundingBox {
        west,
        south: (height - up / 2.0).max(-85.0),
        east: west + 2.0 * half,
        north: (height + up / 2.0).min(85.0),
    }
}

/// The multiples of `step` between two values, edges not included.
fn multiples(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let (first, last) = ((from / step).floor() as i64 + 1, (to / step).ceil() as i64 - 1);
    (first..=last).take(40).map(move |number| number as f64 * step)
}

fn sampled(place: impl Fn(f64) -> (f64, f64)) -> [(f64, f64); 17] {
    std::array::from_fn(|index| place(index as f64 / 16.0))
}

fn degrees(value: f64, step: f64, [positive, negative]: [&str; 2]) -> String {
    let letter = if value >= 0.0 { positive } else { negative };
    let whole = value.abs();
    // Sailors count in minutes: 12°30'N.
    let minutes = ((whole - whole.floor()) * 60.0).round();
    if step >= 1.0 || minutes == 0.0 {
        format!("{}°{letter}", whole.round())
    } else {
        format!("{}°{minutes:02}′{letter}", whole.floor())
    }
}

fn name(names: &mut String, (x, y): (f64, f64), anchor: &str, text: &str) {
    let _ = write!(names, "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">", tenth(x), tenth(y));
    escape(text, names);
    names.push_str("</text>");
}

/// A number with at most one digit behind the point.
pub(crate) fn tenth(value: f64) -> String {
    let value = (value * 10.0).round() / 10.0;
    // Without this, a small negative number would become "-0".
    format!("{}", if value == 0.0 { 0.0 } else { value })
}

/// Appends a line to path data; points on a straight line between two others are left out.
pub(crate) fn write_line(path: &mut String, points: &[(f64, f64)]) {
    let straight = |index: usize| {
        let (a, b, c) = (points[index - 1], points[index], points[index + 1]);
        ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).abs() < 0.5
            && (b.0 - a.0) * (c.0 - b.0) + (b.1 - a.1) * (c.1 - b.1) >= 0.0
    };
    for (index, (x, y)) in points.iter().enumerate() {
        if index > 0 && index + 1 < points.len() && straight(index) {
            continue;
        }
        let letter = if index == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{letter}{} {}", tenth(*x), tenth(*y));
    }
}

/// Small triangles that show which way a line leads, as path data: one in the middle of every longer piece, or every so
/// often where there are many short ones.
pub(crate) fn arrows(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    let mut since = ARROW_EVERY / 2.0;
    for pair in points.windows(2) {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        let (dx, dy) = (to_x - x, to_y - y);
        let length = dx.hypot(dy);
        if length < 1e-6 {
            continue;
        }
        since += length;
        if length < LEAST_FOR_ARROW && since < ARROW_EVERY {
            continue;
        }
        since = 0.0;
        let (along, aside) =
            ((dx / length * ARROW, dy / length * ARROW), (-dy / length * ARROW, dx / length * ARROW));
        let (x, y) = (x + dx * 0.54, y + dy * 0.54);
        let _ = write!(
            path,
            "M{} {}L{} {}L{} {}z",
            tenth(x + along.0 * 1.2),
            tenth(y + along.1 * 1.2),
            tenth(x - along.0 + aside.0 * 0.8),
            tenth(y - along.1 + aside.1 * 0.8),
            tenth(x - along.0 - aside.0 * 0.8),
            tenth(y - along.1 - aside.1 * 0.8),
        );
    }
    path
}

/// Moves points that stand too near each other apart, each as little as it must, within the sheet.
pub(crate) fn apart(points: &[(f64, f64)], least: f64, (width, height): (f64, f64)) -> Vec<(f64, f64)> {
    let mut moved = points.to_vec();
    let edge = least / 2.0;
    for _ in 0..120 {
        let mut still = true;
        for one in 0..moved.len() {
            for other in one + 1..moved.len() {
                let (mut dx, mut dy) = (moved[other].0 - moved[one].0, moved[other].1 - moved[one].1);
                let mut distance = dx.hypot(dy);
                if distance >= least {
                    continue;
                }
                still = false;
                if distance < 0.01 {
                    // The same place: each its own way, so that the same points always give the same picture.
                    let angle = (one * 7 + other * 3) as f64;
                    (dx, dy, distance) = (angle.cos(), angle.sin(), 1.0);
                }
                let push = ((least - distance) / 2.0 + 0.05).min(least / 2.0) / distance;
                moved[one] = (moved[one].0 - dx * push, moved[one].1 - dy * push);
                moved[other] = (moved[other].0 + dx * push, moved[other].1 + dy * push);
            }
        }
        for (point, home) in moved.iter_mut().zip(points) {
            // A point outside the sheet stays where it is: it is not shown anyway.
            if (0.0..=width).contains(&home.0) && (0.0..=height).contains(&home.1) {
                *point = (
                    point.0.clamp(edge, (width - edge).max(edge)),
                    point.1.clamp(edge, (height - edge).max(edge)),
                );
            }
        }
        if still {
            break;
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(area: &str, projection: &str, places: &[(f64, f64)]) -> Sheet {
        Sheet::new(&SheetRequest { area, projection, places, map_of: "Map of", ..SheetRequest::default() }).0
    }

    #[test]
    fn places_are_where_d3_geo_puts_them() {
        // From d3-geo 3.1: geoMercator().rotate([62.2, 0]).fitSize-like scale and translate of the frame, and
        // geoConicConformal with the same numbers; computed with the frame's own scale and translate.
        let sheet = sheet("lesser-antilles", "", &[]);
        let projection = sheet.frame.projection;
        let mercator = |lat: f64, lon: f64| {
            let x = projection.translate[0] + projection.scale * (lon - projection.meridian).to_radians();
            let y = projection.translate[1]
                - projection.scale * (std::f64::consts::FRAC_PI_4 + lat.to_radians() / 2.0).tan().ln();
            (x, y)
        };
        for (lat, lon) in [(12.05, -61.75), (13.01, -61.24), (18.4, -64.6), (14.6, -61.07)] {
            let (x, y) = sheet.at((lat, lon));
            let (there_x, there_y) = mercator(lat, lon);
            assert!((x - there_x).hypot(y - there_y) < 0.5, "{lat} {lon}");
        }
    }

    #[test]
    fn an_area_that_nobody_knows_is_told_and_the_places_are_shown() {
        let places = [(13.0, -61.2), (12.6, -61.4)];
        let request = SheetRequest { area: "atlantis", places: &places, ..SheetRequest::default() };
        let (sheet, error) = Sheet::new(&request);
        assert!(matches!(error, Some(GeoError::UnknownArea(_))));
        for place in places {
            let (x, y) = sheet.at(place);
            let (width, height) = sheet.size();
            assert!(x > 60.0 && x < width - 60.0 && y > 60.0 && y < height - 60.0, "{x} {y}");
        }
    }

    #[test]
    fn a_sheet_of_one_place_or_across_the_date_line_has_a_good_shape() {
        for places in
            [&[(13.0, -61.2)][..], &[(-17.7, 177.4), (-16.8, -179.9)], &[(-40.0, 10.0), (60.0, 12.0)]]
        {
            let sheet = sheet("", "", places);
            let (width, height) = sheet.size();
            assert!((0.5..=2.0).contains(&(height / width)), "{width} {height}");
            for place in places {
                let (x, y) = sheet.at(*place);
                assert!((0.0..=width).contains(&x) && (0.0..=height).contains(&y), "{place:?} {x} {y}");
            }
        }
        assert!(sheet("", "", &[]).svg("", "").contains("data-projection=\"natural-earth\""));
    }

    #[test]
    fn points_that_touch_are_moved_apart_and_stay_on_the_sheet() {
        let points = [(100.0, 100.0), (100.0, 100.0), (104.0, 100.0), (795.0, 590.0), (400.0, 300.0)];
        let moved = apart(&points, 50.0, (800.0, 600.0));
        for one in 0..moved.len() {
            for other in one + 1..moved.len() {
                let distance = (moved[one].0 - moved[other].0).hypot(moved[one].1 - moved[other].1);
                assert!(distance > 49.0, "{moved:?}");
            }
            assert!(moved[one].0 <= 775.0 && moved[one].1 <= 575.0);
        }
        assert_eq!(moved[4], points[4], "what touches nothing stays");
    }

    #[test]
    fn arrows_stand_on_longer_pieces_and_lines_leave_out_what_is_straight() {
        assert_eq!(arrows(&[(0.0, 0.0), (10.0, 0.0)]), "");
        assert_eq!(arrows(&[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0)]).matches('M').count(), 2);
        let mut path = String::new();
        write_line(&mut path, &[(0.0, 0.0), (5.0, 0.0), (10.0, 0.0), (10.0, 10.04)]);
        assert_eq!(path, "M0 0L10 0L10 10");
    }

    #[test]
    fn the_grid_is_in_round_degrees_and_in_minutes_when_it_is_fine() {
        let svg = sheet("lesser-antilles", "", &[]).svg("", "");
        assert!(svg.contains(">14°N</text>") && svg.contains(">62°W</text>"), "{}", &svg[svg.len() - 900..]);
        assert_eq!(degrees(-12.25, 0.25, ["N", "S"]), "12°15′S");
        assert!(svg.matches("<svg").count() == 1 && svg.ends_with("</svg>"));
    }
}
