//! Regions that maps are drawn of and that no country is: seas, groups of islands, continents.

use crate::{BoundingBox, ProjectionKind};

/// A region with a code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    /// Its code, such as `lesser-antilles`.
    pub code: &'static str,
    /// Its English name.
    pub name: &'static str,
    /// The part of the world that its map shows.
    pub bounds: BoundingBox,
    /// The projection its map has when none is named.
    pub projection: ProjectionKind,
}

const fn region(
    code: &'static str,
    name: &'static str,
    [west, south, east, north]: [f64; 4],
    projection: ProjectionKind,
) -> Region {
    Region { code, name, bounds: BoundingBox { west, south, east, north }, projection }
}

use ProjectionKind::{ConicConformal, ConicEqualArea, Mercator, NaturalEarth};

/// Every region. Edges are in degrees: west, south, east, north; east is beyond 180 where the map crosses the
/// antimeridian.
const REGIONS: &[Region] = &[
    region("world", "World", [-180.0, -58.0, 180.0, 84.0], NaturalEarth),
    region("africa", "Africa", [-26.0, -36.0, 60.0, 38.0], ConicEqualArea),
    region("antarctica", "Antarctica", [-180.0, -85.0, 180.0, -60.0], NaturalEarth),
    region("asia", "Asia", [25.0, -12.0, 150.0, 78.0], ConicEqualArea),
    region("europe", "Europe", [-25.0, 34.0, 45.0, 72.0], ConicConformal),
    region("north-america", "North America", [-170.0, 6.0, -50.0, 84.0], ConicEqualArea),
    region("central-america", "Central America", [-93.0, 6.5, -76.5, 19.0], Mercator),
    region("south-america", "South America", [-93.0, -57.0, -32.0, 14.0], ConicEqualArea),
    region("oceania", "Oceania", [110.0, -50.0, 230.0, 24.0], Mercator),
    region("caribbean", "Caribbean", [-88.0, 9.0, -58.5, 27.5], Mercator),
    region("greater-antilles", "Greater Antilles", [-85.5, 17.2, -64.8, 23.6], Mercator),
    region("lesser-antilles", "Lesser Antilles", [-65.2, 11.7, -59.2, 18.9], Mercator),
    region("leeward-islands", "Leeward Islands", [-65.2, 15.0, -60.8, 18.9], Mercator),
    region("windward-islands", "Windward Islands", [-62.2, 11.8, -59.2, 15.7], Mercator),
    region("grenadines", "The Grenadines", [-61.75, 11.95, -61.0, 13.4], Mercator),
    region("virgin-islands", "Virgin Islands", [-65.15, 17.6, -64.2, 18.85], Mercator),
    region("british-virgin-islands", "British Virgin Islands", [-64.85, 18.27, -64.22, 18.78], Mercator),
    region("abc-islands", "Aruba, Bonaire and Curaçao", [-70.3, 11.9, -68.0, 12.75], Mercator),
    region("bahamas", "The Bahamas and Turks and Caicos", [-80.2, 20.8, -70.8, 27.5], Mercator),
    region("florida-keys", "Florida Keys", [-83.1, 24.3, -80.0, 25.9], Mercator),
    region("mediterranean", "Mediterranean", [-6.5, 30.0, 37.0, 46.2], ConicConformal),
    region("western-mediterranean", "Western Mediterranean", [-6.0, 35.0, 16.5, 45.0], ConicConformal),
    region("balearics", "Balearic Islands", [1.0, 38.5, 4.5, 40.2], Mercator),
    region("cote-dazur", "Côte d'Azur", [5.0, 42.8, 8.3, 44.2], Mercator),
    region("tyrrhenian-sea", "Tyrrhenian Sea", [7.8, 37.6, 16.3, 44.5], Mercator),
    region("adriatic", "Adriatic", [12.0, 39.5, 20.2, 46.0], ConicConformal),
    region("dalmatia", "Dalmatia", [14.0, 42.2, 18.8, 45.6], Mercator),
    region("ionian-islands", "Ionian Islands", [19.2, 37.5, 21.9, 40.0], Mercator),
    region("aegean", "Aegean", [22.0, 34.7, 29.2, 41.2], Mercator),
    region("cyclades", "Cyclades", [24.0, 36.2, 26.5, 38.1], Mercator),
    region("dodecanese", "Dodecanese", [26.0, 35.3, 29.0, 37.6], Mercator),
    region("black-sea", "Black Sea", [27.0, 40.5, 42.0, 47.2], ConicConformal),
    region("red-sea", "Red Sea", [32.0, 12.0, 44.0, 30.2], Mercator),
    region("baltic", "Baltic Sea", [9.2, 53.5, 30.5, 66.0], ConicConformal),
    region("stockholm-archipelago", "Stockholm Archipelago", [17.5, 58.6, 20.0, 60.2], Mercator),
    region("north-sea", "North Sea", [-4.0, 50.5, 12.5, 61.5], ConicConformal),
    region("norwegian-coast", "Norwegian Coast", [3.5, 57.5, 31.5, 71.5], ConicConformal),
    region("british-isles", "British Isles", [-11.0, 49.4, 2.5, 61.2], ConicConformal),
    region("hebrides", "Hebrides", [-8.2, 55.4, -5.0, 58.7], Mercator),
    region("channel-islands", "Channel Islands", [-3.3, 48.5, -1.2, 49.9], Mercator),
    region("brittany", "Brittany", [-5.4, 46.9, -1.6, 49.1], Mercator),
    region("iceland", "Iceland", [-25.0, 63.0, -13.0, 67.0], ConicConformal),
    region("azores", "Azores", [-31.8, 36.7, -24.6, 40.0], Mercator),
    region("madeira", "Madeira", [-17.5, 32.3, -16.1, 33.3], Mercator),
    region("canary-islands", "Canary Islands", [-18.4, 27.4, -13.2, 29.6], Mercator),
    region("cape-verde", "Cape Verde", [-25.6, 14.6, -22.4, 17.4], Mercator),
    region("atlantic", "Atlantic", [-85.0, 0.0, 5.0, 60.0], Mercator),
    region("great-lakes", "Great Lakes", [-93.0, 41.0, -75.5, 49.3], ConicConformal),
    region("chesapeake-bay", "Chesapeake Bay", [-77.6, 36.6, -75.0, 39.8], Mercator),
    region("new-england", "New England", [-74.0, 40.5, -66.5, 47.6], ConicConformal),
    region("pacific-northwest", "Pacific Northwest", [-129.0, 45.5, -121.5, 51.5], ConicConformal),
    region("alaska", "Alaska", [172.0, 51.0, 231.0, 71.6], ConicEqualArea),
    region(
        "contiguous-united-states",
        "Contiguous United States",
        [-125.5, 24.0, -66.0, 49.8],
        ConicEqualArea,
    ),
    region("hawaii", "Hawaii", [-160.6, 18.7, -154.6, 22.4], Mercator),
    region("baja-california", "Sea of Cortez", [-118.0, 22.5, -105.0, 32.8], Mercator),
    region("galapagos", "Galápagos Islands", [-92.2, -1.6, -89.0, 0.8], Mercator),
    region("patagonia", "Patagonia", [-76.5, -56.2, -62.0, -38.0], ConicConformal),
    region("seychelles", "Seychelles", [55.1, -4.9, 56.1, -4.1], Mercator),
    region("maldives", "Maldives", [71.5, -1.2, 75.0, 7.5], Mercator),
    region("andaman-sea", "Andaman Sea", [92.0, 5.5, 100.5, 14.5], Mercator),
    region("south-east-asia", "South-East Asia", [92.0, -11.5, 141.5, 28.6], Mercator),
    region("lesser-sunda-islands", "Lesser Sunda Islands", [114.0, -11.2, 127.5, -7.0], Mercator),
    region("philippines", "Philippines", [116.5, 4.3, 127.2, 21.3], Mercator),
    region("great-barrier-reef", "Great Barrier Reef", [142.0, -25.5, 154.5, -10.0], Mercator),
    region("south-pacific", "South Pacific", [145.0, -48.0, 290.0, 10.0], Mercator),
    region("french-polynesia", "French Polynesia", [-155.0, -28.0, -134.0, -7.5], Mercator),
    region("society-islands", "Society Islands", [-152.4, -18.2, -148.8, -15.9], Mercator),
    region("tuamotus", "Tuamotus", [-149.0, -23.5, -134.3, -13.8], Mercator),
    region("marquesas", "Marquesas", [-141.0, -10.8, -138.2, -7.6], Mercator),
    region("cook-islands", "Cook Islands", [-166.5, -22.5, -156.5, -8.5], Mercator),
    region("fiji-and-tonga", "Fiji and Tonga", [176.5, -22.5, 187.0, -12.0], Mercator),
];

/// Every region that maps are drawn of.
pub const fn regions() -> &'static [Region] {
    REGIONS
}

/// The region with a code, in any case; also under the other names it is asked for.
pub(crate) fn by_code(code: &str) -> Option<&'static Region> {
    let code = code.to_ascii_lowercase();
    let code = match code.as_str() {
        "canaries" => "canary-islands",
        "balearic-islands" => "balearics",
        "greek-islands" => "aegean",
        "baltic-sea" => "baltic",
        "turks-and-caicos" => "bahamas",
        "bvi" => "british-virgin-islands",
        other => other,
    };
    REGIONS.iter().find(|region| region.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_a_box_and_a_code_of_its_own() {
        for (index, region) in REGIONS.iter().enumerate() {
            let bounds = region.bounds;
            assert!(bounds.west < bounds.east && bounds.south < bounds.north, "{}", region.code);
            assert!(bounds.west >= -180.0 && bounds.east - bounds.west <= 360.0, "{}", region.code);
            assert!(REGIONS[..index].iter().all(|other| other.code != region.code), "{}", region.code);
            assert!(region.code.len() > 3, "{} could be an ISO code", region.code);
        }
        assert_eq!(by_code("Lesser-Antilles").map(|region| region.name), Some("Lesser Antilles"));
        assert_eq!(by_code("greek-islands").map(|region| region.code), Some("aegean"));
        assert_eq!(by_code("atlantis"), None);
    }
}
