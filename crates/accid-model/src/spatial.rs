//! A page whose canvas is a map or a picture, and where a module stands on it. Must not know how one is drawn.

use accid_base::{Finding, Id, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{BaseMap, Fields, ImageRef, Module, photo::is_false};

/// Colours of a map. Each is a colour of CSS or the name of a theme's colour, such as `--accent-soft`; the theme's own
/// choice when empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SpatialLook {
    /// The land.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-editor" = "colour"))]
    pub land: String,
    /// The water.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-editor" = "colour"))]
    pub sea: String,
    /// Coasts and borders.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-editor" = "colour"))]
    pub border: String,
    /// Routes.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(extend("x-accid-editor" = "colour"))]
    pub route: String,
}

impl SpatialLook {
    /// Whether everything is the theme's choice.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A point of a route: a place on Earth, or one on the page's own picture.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RoutePoint {
    /// Latitude in degrees, north positive (WGS 84).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -90, max = 90))]
    pub lat: Option<f64>,
    /// Longitude in degrees, east positive (WGS 84).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -180, max = 360))]
    pub lon: Option<f64>,
    /// On an own picture: distance from the left edge, in percent of its width.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 100))]
    pub x: Option<f64>,
    /// On an own picture: distance from the top edge, in percent of its height.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 100))]
    pub y: Option<f64>,
    /// The day one was there, such as `2026-03-01`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// A line on the map of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SpatialRoute {
    /// Identity of the route, unique on the page.
    pub id: Id,
    /// What it is called, for people who do not see it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Its points, in the order of travel. A route with neither points nor a track leads from place to place, in the
    /// order of the page's modules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<RoutePoint>,
    /// The track it follows, instead of points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<Id>,
    /// Shows which way it was travelled.
    #[serde(default, skip_serializing_if = "is_false")]
    pub arrows: bool,
    /// Shows the days beside its points.
    #[serde(default, skip_serializing_if = "is_false")]
    pub dates: bool,
    /// Draws it dashed, as one draws what is planned.
    #[serde(default, skip_serializing_if = "is_false")]
    pub dashed: bool,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// What makes a page spatial: its canvas is a map or a picture, on which modules stand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Spatial {
    /// What the map shows: an ISO code such as `GD`, or a region such as `lesser-antilles`. When empty, the map shows
    /// what its places and routes need.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub area: String,
    /// A picture of one's own instead of a map, such as a plan of a town or a drawn chart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<ImageRef>,
    /// How the globe is laid flat: `mercator`, `equirectangular`, `conic-conformal`, `conic-equal-area` or
    /// `natural-earth`; what suits the area when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub projection: String,
    /// How exactly coasts are drawn: `low`, `medium`, `high` or `full`; `medium` when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The part of the world to show, when it is another than the area: west, south, east, north in degrees. East is
    /// beyond 180 where the map crosses the antimeridian.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f64; 4]>,
    /// Its colours.
    #[serde(skip_serializing_if = "SpatialLook::is_default")]
    pub look: SpatialLook,
    /// Lines on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<SpatialRoute>,
    /// A map made elsewhere below the pins, for those who want it; the land as ACCID draws it when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_map: Option<BaseMap>,
    /// How much of the window's height it takes at most: `half`, or `full`; as much as its proportions ask for when
    /// empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub height: String,
    /// What the map shows, for people who do not see it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Shows the names of the places beside their pins on tablets and desktops.
    #[serde(skip_serializing_if = "is_false")]
    pub names: bool,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// Where a module of a spatial page stands: a place on Earth, or one on the page's own picture. Its pin leads to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ModulePlace {
    /// Latitude in degrees, north positive (WGS 84).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -90, max = 90))]
    pub lat: Option<f64>,
    /// Longitude in degrees, east positive (WGS 84).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -180, max = 360))]
    pub lon: Option<f64>,
    /// On an own picture: distance from the left edge, in percent of its width.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 100))]
    pub x: Option<f64>,
    /// On an own picture: distance from the top edge, in percent of its height.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 100))]
    pub y: Option<f64>,
    /// What its pin is called; the module's heading when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The sign on its pin: `anchor`, `camera`, `home`, `pin`, `star` or another of the signs; a number when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub icon: String,
    /// The number on its pin, when it is another than its place in the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The day one was there, such as `2026-03-01`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// What this ACCID does not know.
    #[serde(flatten)]
    pub extra: Fields,
}

/// Whether a pair of degrees is a place on Earth.
fn is_on_earth(lat: f64, lon: f64) -> bool {
    (-90.0..=90.0).contains(&lat) && (-540.0..=540.0).contains(&lon)
}

/// Latitude and longitude when both are given and mean a place.
fn on_earth(lat: Option<f64>, lon: Option<f64>) -> Option<(f64, f64)> {
    lat.zip(lon).filter(|(lat, lon)| is_on_earth(*lat, *lon))
}

/// Percent from left and top when both are given and lie on the picture.
fn on_picture(x: Option<f64>, y: Option<f64>) -> Option<(f64, f64)> {
    x.zip(y).filter(|(x, y)| (0.0..=100.0).contains(x) && (0.0..=100.0).contains(y))
}

impl RoutePoint {
    /// A point at a place on Earth.
    pub fn at(lat: f64, lon: f64) -> Self {
        Self { lat: Some(lat), lon: Some(lon), ..Self::default() }
    }

    /// Latitude and longitude, when they mean a place.
    pub fn on_earth(&self) -> Option<(f64, f64)> {
        on_earth(self.lat, self.lon)
    }

    /// Percent from left and top of the page's picture, when they lie on it.
    pub fn on_picture(&self) -> Option<(f64, f64)> {
        on_picture(self.x, self.y)
    }
}

impl ModulePlace {
    /// Latitude and longitude, when they mean a place.
    pub fn on_earth(&self) -> Option<(f64, f64)> {
        on_earth(self.lat, self.lon)
    }

    /// Percent from left and top of the page's picture, when they lie on it.
    pub fn on_picture(&self) -> Option<(f64, f64)> {
        on_picture(self.x, self.y)
    }
}

impl Spatial {
    /// What a person should know about it; pointers are those of its page.
    pub(crate) fn check(&self, modules: &[Module]) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut warn = |code: &str, pointer: &str, message: &str| {
            findings.push(Finding::new(Severity::Warning, code, message).at(pointer));
        };
        if let Some([west, south, east, north]) = self.bounds {
            let good = is_on_earth(south, west) && is_on_earth(north, east);
            if !good || west >= east || south >= north || east - west > 360.0 {
                let message = "The part of the world to show has no extent, and the whole area is shown. Give it as \
                               west, south, east, north in degrees.";
                warn("spatial.bounds-refused", "/spatial/bounds", message);
            }
        }
        if self.base_map.as_ref().is_some_and(|base| base.wrong_address().is_some()) {
            let message = "The address of the map's tiles is not used. It begins with https:// and holds {z}, {x} and {y}.";
            warn("spatial.base-map-refused", "/spatial/base_map/address", message);
        }
        for (index, route) in self.routes.iter().enumerate() {
            let placed = |point: &RoutePoint| match self.picture {
                Some(_) => point.on_picture().is_some(),
                None => point.on_earth().is_some(),
            };
            if !route.points.iter().all(placed) {
                let message = "Some points of the route have no place here and are left out. Give each latitude and \
                               longitude, or percent from left and top on a picture.";
                warn("spatial.point-refused", &format!("/spatial/routes/{index}/points"), message);
            }
        }
        for module in modules {
            let lost = module.place.as_ref().is_some_and(|place| match self.picture {
                Some(_) => place.on_picture().is_none(),
                None => place.on_earth().is_none(),
            });
            if lost {
                let message = "The module's place is not on this map, so it has no pin. Give it latitude and longitude, \
                               or percent from left and top on a picture.";
                let finding = Finding::new(Severity::Warning, "spatial.place-refused", message).at("/place");
                findings.push(finding.in_module(&module.id));
            }
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Page, open};

    fn codes(spatial: &serde_json::Value, place: &serde_json::Value) -> Vec<String> {
        let page = json!({"id": "p", "schema_version": 2, "slug": "p", "title": "P", "spatial": spatial,
            "modules": [{"id": "m", "type": "text", "version": 1, "props": {}, "place": place}]});
        let opened = open::<Page>(&page).unwrap();
        assert_eq!(serde_json::to_value(&opened.document).unwrap()["spatial"], *spatial, "nothing is lost");
        opened.findings.into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn places_and_bounds_that_are_on_no_map_are_found() {
        let here = json!({"lat": 13.0, "lon": -61.2});
        assert!(codes(&json!({"area": "GD"}), &here).is_empty());
        assert_eq!(
            codes(&json!({"area": "GD"}), &json!({"lat": 913.0, "lon": 0.0})),
            ["spatial.place-refused"]
        );
        assert_eq!(codes(&json!({"picture": {"photo": "x", "alt": ""}}), &here), ["spatial.place-refused"]);
        assert_eq!(codes(&json!({"bounds": [1.0, 2.0, 1.0, 3.0]}), &here), ["spatial.bounds-refused"]);
        let tiles = |address: &str| json!({"base_map": {"address": address, "credit": "Me"}});
        assert!(codes(&tiles("https://t.example/{z}/{x}/{y}.png"), &here).is_empty());
        assert_eq!(codes(&tiles("http://t.example/{z}/{x}/{y}.png"), &here), ["spatial.base-map-refused"]);
        let route = json!({"routes": [{"id": "r", "points": [{"lat": 1.0}], "glow": true}], "hologram": 1});
        assert_eq!(codes(&route, &here), ["spatial.point-refused"]);
    }
}
