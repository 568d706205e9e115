//! Places and maps, offline: which country and town a place is in, maps as SVG, distances, tracks.
//!
//! Owns: the packed map data (`data/`, made by `cargo xtask pack-geo`), the [`Atlas`] that answers from it, map
//! projections, and the formats GPX, KML and GeoJSON. Must not know: files, projects, photos, HTTP. Does no IO.

mod atlas;
mod attribution;
mod bands;
mod coordinate;
mod distance;
mod error;
pub mod files;
mod fold;
mod frame;
mod islands;
mod map;
mod nearest_tree;
mod outline;
pub mod pack;
mod place;
mod projection;
mod regions;
mod search;
mod simplify;
mod tile_archive;
mod towns;
mod track;
mod world;

pub use atlas::{Atlas, CountryAt, NEAREST_LAND_M, SHORE_M, Standing};
pub use attribution::{Attribution, attributions};
pub use coordinate::{BoundingBox, Coordinate};
pub use distance::{EARTH_RADIUS_M, along, bearing_degrees, destination, geodesic_m, haversine_m, length_m};
pub use error::GeoError;
pub use fold::folded;
pub use frame::Frame;
pub use islands::Island;
pub use map::{Area, Detail, Map};
pub use pack::Territory;
pub use place::{NEAREST_TOWN_M, NearTown, Place, PlaceCountry};
pub use projection::{Point, Projection, ProjectionKind};
pub use regions::{Region, regions};
pub use search::{FoundPlace, PlaceKind};
pub use simplify::{simplify, simplify_indices};
pub use tile_archive::TileArchive;
pub use track::{PlaceInTime, Route, Track, TrackFile, TrackPoint, Waypoint, place_at_time};
