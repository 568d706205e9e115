//! Why a place, a map or a track cannot be had, in words for a person.

use accid_base::{ErrorCode, Explain, Problem};

/// What can go wrong with places, maps and tracks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GeoError {
    /// A latitude that is no number or beyond a pole.
    #[error("the latitude {0} is not between -90 and 90 degrees")]
    Latitude(String),
    /// A longitude that is no number or beyond the half turn.
    #[error("the longitude {0} is not between -180 and 180 degrees")]
    Longitude(String),
    /// No country or region has this code.
    #[error("no country or region has the code \"{0}\"")]
    UnknownArea(String),
    /// A territory without an outline in the map data.
    #[error("the map data has no outline of {0}")]
    NoOutline(String),
    /// A map's width that is no size for a picture.
    #[error("a map of {0} pixels' width cannot be drawn")]
    Width(u32),
    /// A file that is not what it says it is.
    #[error("the {format} file cannot be read: {reason}")]
    Unreadable {
        /// GPX, KML or GeoJSON.
        format: &'static str,
        /// What is wrong, without a full stop.
        reason: String,
    },
    /// A file beyond a limit.
    #[error("the {format} file has more {what} than the {most} that are read")]
    TooLarge {
        /// GPX, KML or GeoJSON.
        format: &'static str,
        /// What there is too much of.
        what: &'static str,
        /// How much is read.
        most: usize,
    },
    /// An archive of map tiles that cannot be shown; says why.
    #[error("the map archive cannot be used: {0}")]
    TileArchive(String),
    /// The program's own map data is damaged; names the file.
    #[error("the map data {0} is damaged")]
    DamagedData(&'static str),
}

impl Explain for GeoError {
    fn problem(&self) -> Problem {
        let what = accid_base::sentence(&self.to_string());
        match self {
            Self::Latitude(_) => Problem::new(ErrorCode::InvalidValue, what)
                .because("Latitude is degrees north of the equator; south of it is negative.")
                .fix("Give a number such as 13.01. Perhaps latitude and longitude were exchanged."),
            Self::Longitude(_) => Problem::new(ErrorCode::InvalidValue, what)
                .because("Longitude is degrees east of Greenwich; west of it is negative.")
                .fix("Give a number such as -61.24; instead of 200 write -160."),
            Self::UnknownArea(_) => Problem::new(ErrorCode::ObjectNotFound, what).fix(
                "Use an ISO 3166 code such as VC, VCT or 670, or a region such as lesser-antilles; \
                 GET /api/spatial/countries lists them all.",
            ),
            Self::NoOutline(_) => Problem::new(ErrorCode::ObjectNotFound, what)
                .because("It is too small for a map of the world at 1:10,000,000.")
                .fix("Take the region around it."),
            Self::Width(_) => Problem::new(ErrorCode::InvalidValue, what).fix("Use 16 to 8192 pixels."),
            Self::Unreadable { .. } => Problem::new(ErrorCode::InvalidValue, what)
                .fix("Export it once more from the program or device that made it."),
            Self::TooLarge { .. } => Problem::new(ErrorCode::TooLarge, what)
                .because("Files beyond that are refused so that no file can take all memory.")
                .fix("Split it, or thin its points."),
            Self::TileArchive(_) => Problem::new(ErrorCode::InvalidValue, what)
                .because("A map is laid below pins as pictures, tile by tile.")
                .fix("Use a PMTiles file whose tiles are PNG, JPEG, WebP or AVIF pictures."),
            Self::DamagedData(_) => Problem::new(ErrorCode::Internal, what)
                .because("The data is part of the program file.")
                .fix("Install ACCID anew."),
        }
    }
}
