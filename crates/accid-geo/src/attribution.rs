//! Who made the map data, and under which licence; to be shown where maps and places are. `data/ATTRIBUTION.md` says it
//! at length.

use serde::Serialize;

/// A source of the map data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Attribution {
    /// The line to show.
    pub text: &'static str,
    /// Where it comes from.
    pub address: &'static str,
    /// The name of its licence.
    pub licence: &'static str,
    /// Whether a published page that uses it must show the line. Maps alone need none; names of towns do.
    pub required: bool,
}

/// Every source of the map data.
pub const fn attributions() -> &'static [Attribution] {
    &[
        Attribution {
            text: "Made with Natural Earth.",
            address: "https://www.naturalearthdata.com/",
            licence: "Public domain",
            required: false,
        },
        Attribution {
            text: "Place names and time zones from GeoNames.",
            address: "https://www.geonames.org/",
            licence: "CC BY 4.0",
            required: true,
        },
        Attribution {
            text: "Borders, codes and waters from country-coder.",
            address: "https://github.com/rapideditor/country-coder",
            licence: "ISC",
            required: false,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_that_is_shown_is_in_the_file_beside_the_data() {
        let file = include_str!("../data/ATTRIBUTION.md");
        for name in ["Natural Earth", "GeoNames", "country-coder"] {
            assert!(file.contains(name), "{name}");
            assert!(attributions().iter().any(|source| source.text.contains(name)), "{name}");
        }
        assert!(
            attributions()
                .iter()
                .all(|source| file.contains(source.licence) || source.licence == "Public domain")
        );
    }
}
