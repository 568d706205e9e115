//! Tiles of a map made elsewhere, laid below the pins of a sheet. Owns: which tiles a sheet needs and where they lie. Must
//! not know who asked for them.

use std::{collections::BTreeMap, f64::consts::TAU, fmt::Write as _, sync::Arc};

use accid_geo::{Frame, ProjectionKind, TileArchive};
use accid_model::BaseMap;

use crate::{
    files::SiteFile,
    html::{Html, escape},
    spatial_map::{Sheet, tenth},
};

/// How wide a tile is drawn, in units of the sheet, when it could be chosen freely: it is sharp on a desktop then.
const WIDE: f64 = 180.0;
/// No tiles are finer than this.
const FINEST: u32 = 19;
/// No sheet needs more; one that would is drawn with coarser tiles.
const MOST: usize = 96;

/// The archives of tiles that maps may show, by the hashes of their files.
pub type TileArchives = BTreeMap<String, Arc<TileArchive>>;

/// A tile on a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Tile {
    pub zoom: u32,
    pub column: u32,
    pub row: u32,
    left: f64,
    top: f64,
    size: f64,
}

/// The tiles that cover a sheet, not finer than `finest`. None unless it is drawn in Mercator's projection, which tiles
/// are made in.
pub(crate) fn tiles(frame: &Frame, finest: u32) -> Vec<Tile> {
    let projection = frame.projection;
    if projection.kind != ProjectionKind::Mercator {
        return Vec::new();
    }
    let world = TAU * projection.scale;
    let wanted = (world / WIDE).log2().round().clamp(0.0, f64::from(finest.min(FINEST))) as u32;
    (0..=wanted)
        .rev()
        .map(|zoom| tiles_at(frame, world, zoom))
        .find(|all| all.len() <= MOST)
        .unwrap_or_default()
}

fn tiles_at(frame: &Frame, world: f64, zoom: u32) -> Vec<Tile> {
    let projection = frame.projection;
    let many = 2_f64.powi(zoom as i32);
    let size = world / many;
    // The upper left corner of the world: 180 degrees west of the meridian in the middle of all tiles.
    let west = projection.translate[0] - projection.scale * (180.0 + projection.meridian).to_radians();
    let north = projection.translate[1] - world / 2.0;
    let span = |from: f64, length: f64| {
        let (first, last) = ((-from / size).floor() as i64, ((length - from) / size).ceil() as i64 - 1);
        first..=last
    };
    let mut all = Vec::new();
    for row in span(north, frame.height).filter(|row| (0..many as i64).contains(row)) {
        for column in span(west, frame.width) {
            all.push(Tile {
                zoom,
                column: column.rem_euclid(many as i64) as u32,
                row: row as u32,
                left: west + column as f64 * size,
                top: north + row as f64 * size,
                size,
            });
            if all.len() > MOST {
                return all;
            }
        }
    }
    all
}

/// What is drawn above the land and below everything else; nothing when there are no tiles. `root` leads from the page
/// to the folder of the site.
pub(crate) fn layer(frame: &Frame, base: &BaseMap, archives: &TileArchives, root: &str) -> String {
    let mut svg = String::new();
    for (tile, address) in addressed(frame, base, archives) {
        let address = if address.contains("://") { address } else { format!("{root}{address}") };
        svg.push_str("<image href=\"");
        escape(&address, &mut svg);
        // A hair wider, so that no seam is seen between two.
        let _ = write!(
            svg,
            "\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            tenth(tile.left),
            tenth(tile.top),
            tenth(tile.size + 0.4),
            tenth(tile.size + 0.4)
        );
    }
    if svg.is_empty() { svg } else { format!("<g class=\"geo-tiles\">{svg}</g>") }
}

fn addressed(frame: &Frame, base: &BaseMap, archives: &TileArchives) -> Vec<(Tile, String)> {
    if let Some((hash, archive)) =
        base.file.as_ref().and_then(|hash| archives.get_key_value(&hash.to_string()))
    {
        let there = tiles(frame, archive.finest()).into_iter();
        let there = there.filter(|tile| archive.has(tile.zoom, tile.column, tile.row));
        return there.map(|tile| (tile, file_of(hash, &tile, archive.extension()))).collect();
    }
    if base.host().is_none() {
        return Vec::new();
    }
    let all = tiles(frame, FINEST).into_iter();
    all.map(|tile| (tile, base.tile(tile.zoom, tile.column, tile.row))).collect()
}

/// Where a tile lies in the published site.
fn file_of(hash: &str, tile: &Tile, extension: &str) -> String {
    let short = hash.get(..12).unwrap_or(hash);
    format!("maps/{short}/{}-{}-{}.{extension}", tile.zoom, tile.column, tile.row)
}

/// The files of the tiles that a sheet shows.
pub(crate) fn files(frame: &Frame, base: &BaseMap, archives: &TileArchives) -> Vec<SiteFile> {
    let Some(archive) = base.file.as_ref().and_then(|hash| archives.get(&hash.to_string())) else {
        return Vec::new();
    };
    let all = addressed(frame, base, archives).into_iter();
    all.filter_map(|(tile, path)| {
        let bytes = archive.tile(tile.zoom, tile.column, tile.row)?;
        Some(SiteFile { path, bytes: bytes.into() })
    })
    .collect()
}

/// A tile by the path it has in a site; nothing when it is none.
pub fn tile_file(path: &str, archives: &TileArchives) -> Option<Vec<u8>> {
    let (folder, name) = path.strip_prefix("maps/")?.split_once('/')?;
    let (hash, archive) = archives.iter().find(|(hash, _)| hash.get(..12) == Some(folder))?;
    let (numbers, _) = name.split_once('.')?;
    let mut numbers = numbers.split('-').map(str::parse::<u32>);
    let mut next = || numbers.next()?.ok();
    let (zoom, column, row) = (next()?, next()?, next()?);
    let tile = Tile { zoom, column, row, left: 0.0, top: 0.0, size: 0.0 };
    (file_of(hash, &tile, archive.extension()) == path).then(|| archive.tile(zoom, column, row)).flatten()
}

/// Writes who made the map, when it was made elsewhere.
pub(crate) fn write_credit(html: &mut Html, sheet: &Sheet) {
    let credit = sheet.base.as_ref().map(|base| base.credit.trim()).filter(|credit| !credit.is_empty());
    if let Some(credit) = credit {
        html.leaf("p", "geo-credit", credit);
    }
}

#[cfg(test)]
mod tests {
    use accid_geo::BoundingBox;

    use super::*;

    fn frame(west: f64, south: f64, east: f64, north: f64) -> Frame {
        Frame::fitting(BoundingBox { west, south, east, north }, 800, ProjectionKind::Mercator)
    }

    #[test]
    fn tiles_lie_where_their_corners_are_and_cover_the_sheet() {
        let frame = frame(-61.6, 12.4, -61.0, 13.2);
        let all = tiles(&frame, FINEST);
        assert!((12..=60).contains(&all.len()), "{}", all.len());
        for tile in &all {
            // The corner of a tile by the usual formula of slippy maps.
            let many = f64::from(1 << tile.zoom);
            let lon = f64::from(tile.column) / many * 360.0 - 180.0;
            let lat =
                (std::f64::consts::PI * (1.0 - 2.0 * f64::from(tile.row) / many)).sinh().atan().to_degrees();
            let at = frame.project(accid_geo::Coordinate::held(lat, lon));
            assert!((at.x - tile.left).hypot(at.y - tile.top) < 0.01, "{tile:?} {at:?}");
        }
        let covers = |x: f64, y: f64| {
            all.iter().any(|tile| {
                (0.0..=tile.size).contains(&(x - tile.left)) && (0.0..=tile.size).contains(&(y - tile.top))
            })
        };
        assert!(covers(0.0, 0.0) && covers(frame.width, frame.height) && covers(400.0, 300.0));
    }

    #[test]
    fn tiles_go_on_across_the_date_line_and_only_mercator_has_them() {
        let fiji = tiles(&frame(177.0, -19.0, 181.0, -16.0), FINEST);
        let columns: std::collections::BTreeSet<u32> = fiji.iter().map(|tile| tile.column).collect();
        assert!(columns.contains(&0) && columns.len() > 2, "{columns:?}");
        assert!(tiles(&frame(-180.0, -60.0, 180.0, 84.0), FINEST).iter().all(|tile| tile.zoom <= 3));
        assert!(
            tiles(&frame(-61.6, 12.4, -61.0, 13.2), 4).iter().all(|tile| tile.zoom == 4),
            "no finer than there are"
        );
        let other = Frame {
            projection: accid_geo::Projection {
                kind: ProjectionKind::NaturalEarth,
                ..frame(0.0, 0.0, 9.0, 9.0).projection
            },
            ..frame(0.0, 0.0, 9.0, 9.0)
        };
        assert!(tiles(&other, FINEST).is_empty());
    }

    #[test]
    fn an_address_becomes_pictures_and_nothing_else() {
        let base = BaseMap {
            address: "https://t.example/{z}/{x}/{y}.png?a=\"><script>&b".to_owned(),
            ..BaseMap::default()
        };
        let svg = layer(&frame(-61.6, 12.4, -61.0, 13.2), &base, &TileArchives::new(), "");
        assert!(svg.starts_with("<g class=\"geo-tiles\"><image href=\"https://t.example/"), "{svg}");
        assert!(!svg.contains("<script") && svg.contains("&amp;b"));
        let none = BaseMap { address: "http://t.example/{z}/{x}/{y}.png".to_owned(), ..BaseMap::default() };
        assert_eq!(layer(&frame(-61.6, 12.4, -61.0, 13.2), &none, &TileArchives::new(), ""), "");
    }
}
