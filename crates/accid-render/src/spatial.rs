//! A page whose canvas is a map or a picture: where its modules stand on it, and its routes. Owns: the pins and how they
//! are told from each other. Must not know: kinds of modules, how a sheet is projected.

use std::collections::HashMap;

use accid_base::{Finding, Id, Severity};
use accid_model::{ImageRef, Module, Page, Spatial, SpatialRoute};
use serde_json::{Value, json};

use crate::{
    base_map::{TileArchives, write_credit},
    colour::Colour,
    html::Html,
    icons::Icon,
    pictures::is_showable,
    place::{Loading, Place},
    renderer::Renderer,
    rich_text::RichText,
    site::Site,
    spatial_map::{Sheet, SheetRequest, WIDTH, arrows, over_nothing, write_line},
    spatial_pins::{Hidden, Names, Pin, Pins, is_on, percent},
    story_words::{StoryWords, story_words},
    style::Rules,
    view::PageView,
};

/// What lies below the pins.
enum Ground {
    Map(Box<Sheet>),
    Picture { image: ImageRef, size: (f64, f64) },
}

/// What is told of a module beside its pin.
struct Stop {
    module: Id,
    /// The day one was there.
    day: Option<jiff::civil::Date>,
    /// Whether the module has no heading of its own, so that its place is told above it.
    is_nameless: bool,
}

/// A line on the sheet.
struct Line {
    name: String,
    pieces: Vec<Vec<(f64, f64)>>,
    /// Days with where they are told.
    days: Vec<(jiff::civil::Date, (f64, f64))>,
    arrows: bool,
    dashed: bool,
}

/// What a spatial page shows, once its places are known.
pub(crate) struct SpatialPlan {
    ground: Ground,
    pins: Pins,
    /// One for each pin.
    stops: Vec<Stop>,
    lines: Vec<Line>,
    height: &'static str,
    names: bool,
    look: String,
}

/// Whether a module stands on the map of its page.
pub(crate) fn is_placed(page: &Page, module: &Module) -> bool {
    let Some((spatial, place)) = page.spatial.as_ref().zip(module.place.as_ref()) else { return false };
    let somewhere = if spatial.picture.is_some() { place.on_picture() } else { place.on_earth() };
    somewhere.is_some() && module.visibility.published && module.kind != "navigation"
}

/// The place of a module at the top of a page: its own column when it stands on the page's map.
pub(crate) fn top_place(page: &Page, module: &Module) -> Place {
    if is_placed(page, module) {
        Place { level: 2, depth: 0, width: Some(560.0), share: 0.42, phone: 1.0 }
    } else {
        Place::TOP
    }
}

/// The heading of a module, as far as it can be seen from outside, and whether it really is one.
fn name_of(module: &Module) -> (String, bool) {
    let text = |name: &str| module.props.get(name).and_then(Value::as_str).unwrap_or_default().trim();
    if !text("title").is_empty() {
        return (text("title").to_owned(), true);
    }
    let blocks = module.props.get("doc").and_then(|doc| doc["content"].as_array());
    let heading = blocks.into_iter().flatten().find(|block| block["type"] == "heading");
    if let Some(heading) =
        heading.map(|heading| RichText(json!({"type": "doc", "content": [heading]})).plain())
        && !heading.is_empty()
    {
        return (heading, true);
    }
    let inside = module.children.iter().map(name_of).find(|(name, _)| !name.is_empty());
    if let Some((name, true)) = inside {
        return (name, true);
    }
    let alt = module.props.get("image").map(|image| image["alt"].as_str().unwrap_or_default().trim());
    let words = [text("label"), text("caption"), alt.unwrap_or_default()];
    let plain = words.into_iter().find(|word| !word.is_empty()).map(ToOwned::to_owned);
    (plain.or(inside.map(|(name, _)| name)).unwrap_or_default(), false)
}

/// Makes the plan of a page, and the rules of its pins.
pub(crate) fn plan<'a>(
    site: &Site,
    page: &'a Page,
    current: impl Fn(&'a Module) -> &'a Module,
    language: &str,
    rules: &mut Rules,
    findings: &mut Vec<Finding>,
) -> Option<SpatialPlan> {
    let spatial = page.spatial.as_ref()?;
    let words = story_words(language);
    let modules: Vec<&Module> =
        page.modules.iter().map(current).filter(|module| is_placed(page, module)).collect();
    let ground = ground(site, spatial, &modules, words, findings);
    let placed = modules
        .iter()
        .enumerate()
        .filter_map(|(index, module)| Some(pin(module, index, ground.at_module(module)?, words)));
    let (pins, stops): (Vec<Pin>, Vec<Stop>) = placed.unzip();
    let pins = Pins::new(pins, ground.size());
    let lines = spatial.routes.iter().map(|route| line(site, route, &ground, &pins.all, &stops)).collect();
    let look = look(spatial, findings);
    let plan = SpatialPlan {
        ground,
        pins,
        stops,
        lines,
        height: match spatial.height.as_str() {
            "half" => "is-half",
            "full" => "is-full",
            _ => "",
        },
        names: spatial.names,
        look,
    };
    rules.push(&plan.css());
    Some(plan)
}

fn ground(
    site: &Site,
    spatial: &Spatial,
    modules: &[&Module],
    words: &StoryWords,
    findings: &mut Vec<Finding>,
) -> Ground {
    if let Some(image) = &spatial.picture {
        let photo = site.photo(&image.photo).filter(|photo| is_showable(photo));
        let width = f64::from(WIDTH);
        let high = photo.map_or(2.0 / 3.0, |photo| f64::from(photo.height) / f64::from(photo.width.max(1)));
        return Ground::Picture { image: image.clone(), size: (width, width * high) };
    }
    let of_modules = modules.iter().filter_map(|module| module.place.as_ref()?.on_earth());
    let of_routes =
        spatial.routes.iter().flat_map(|route| &route.points).filter_map(|point| point.on_earth());
    let tracks = spatial.routes.iter().filter_map(|route| site.track(route.track.as_ref()?.as_str()));
    let of_tracks = tracks.flatten().flatten().map(|[lat, lon]| (*lat, *lon));
    let places: Vec<_> = of_modules.chain(of_routes).chain(of_tracks).collect();
    let request = SheetRequest {
        area: &spatial.area,
        bounds: spatial.bounds,
        projection: &spatial.projection,
        detail: &spatial.detail,
        places: &places,
        label: &spatial.label,
        map_of: words.map_of,
        lies: false,
        base: spatial.base_map.as_ref(),
    };
    let (mut sheet, error) = Sheet::new(&request);
    if sheet.area.name == words.map_of {
        words.map_of_places.clone_into(&mut sheet.area.name);
    }
    if let Some(error) = error {
        let message =
            format!("There is no map of \"{}\": {error}. Choose another area.", short(&spatial.area));
        findings.push(Finding::new(Severity::Warning, "spatial.area-unknown", message).at("/spatial/area"));
    }
    Ground::Map(Box::new(sheet))
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

fn pin(module: &Module, index: usize, at: (f64, f64), words: &StoryWords) -> (Pin, Stop) {
    let place = module.place.clone().unwrap_or_default();
    let (name, is_heading) = name_of(module);
    let number = place.number.unwrap_or(u32::try_from(index + 1).unwrap_or(0)).to_string();
    let label = [place.label.trim(), name.as_str()].into_iter().find(|label| !label.is_empty());
    let label = label.map_or_else(|| format!("{} {number}", words.place), ToOwned::to_owned);
    let stop = Stop {
        module: module.id.clone(),
        day: place.date.get(..10).and_then(|day| day.parse().ok()),
        is_nameless: !is_heading,
    };
    (Pin { icon: Icon::named(&place.icon), ..Pin::new(stop_id(&module.id), label, number, at) }, stop)
}

fn line(site: &Site, route: &SpatialRoute, ground: &Ground, pins: &[Pin], stops: &[Stop]) -> Line {
    let mut days = Vec::new();
    let track = route.track.as_ref().and_then(|id| site.track(id.as_str()));
    let pieces = if let (Some(track), Ground::Map(sheet)) = (track, ground) {
        let piece =
            |segment: &Vec<[f64; 2]>| segment.iter().map(|[lat, lon]| sheet.at((*lat, *lon))).collect();
        track.iter().map(piece).collect()
    } else if route.points.is_empty() {
        days.extend(pins.iter().zip(stops).filter_map(|(pin, stop)| Some((stop.day?, pin.at))));
        vec![pins.iter().map(|pin| pin.at).collect()]
    } else {
        let mut piece = Vec::new();
        for point in &route.points {
            let Some(at) = ground.at(point.on_earth(), point.on_picture()) else { continue };
            piece.push(at);
            if let Some(day) = point.date.get(..10).and_then(|day| day.parse().ok()) {
                days.push((day, at));
            }
        }
        vec![piece]
    };
    if !route.dates {
        days.clear();
    }
    Line { name: route.name.trim().to_owned(), pieces, days, arrows: route.arrows, dashed: route.dashed }
}

/// The colours of the sheet as custom properties; what is no colour is left out with a finding.
fn look(spatial: &Spatial, findings: &mut Vec<Finding>) -> String {
    let mut css = String::new();
    let look = &spatial.look;
    for (name, value) in
        [("land", &look.land), ("sea", &look.sea), ("border", &look.border), ("route", &look.route)]
    {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        let token = value.strip_prefix("--").filter(|token| {
            !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        });
        if let Some(token) = token {
            css.push_str(&format!("--geo-{name}:var(--{token});"));
        } else if let Some(colour) = Colour::from_hex(value) {
            css.push_str(&format!("--geo-{name}:{};", colour.to_hex()));
        } else {
            let message = "This is no colour, so the theme's own is shown. Write it like \"#0b6270\", or name a colour \
                           of the theme such as \"--color-surface\".";
            let finding = Finding::new(Severity::Warning, "spatial.colour-refused", message);
            findings.push(finding.at(format!("/spatial/look/{name}")));
        }
    }
    css
}

impl Ground {
    fn size(&self) -> (f64, f64) {
        match self {
            Self::Map(sheet) => sheet.size(),
            Self::Picture { size, .. } => *size,
        }
    }

    fn at(&self, on_earth: Option<(f64, f64)>, on_picture: Option<(f64, f64)>) -> Option<(f64, f64)> {
        match self {
            Self::Map(sheet) => on_earth.map(|place| sheet.at(place)),
            Self::Picture { size, .. } => on_picture.map(|(x, y)| (size.0 * x / 100.0, size.1 * y / 100.0)),
        }
    }

    fn at_module(&self, module: &Module) -> Option<(f64, f64)> {
        let place = module.place.as_ref()?;
        self.at(place.on_earth(), place.on_picture())
    }
}

impl SpatialPlan {
    /// The rules of the page.
    fn css(&self) -> String {
        let (width, height) = self.ground.size();
        let mut css = format!(".geo{{--ratio:{};{}}}", percent(width, height * 100.0), self.look);
        css.push_str(&self.pins.rules());
        for (index, (_, (x, y))) in self.days().enumerate() {
            css.push_str(&format!(
                ".geo-day-{}{{left:{}%;top:{}%}}",
                index + 1,
                percent(x, width),
                percent(y, height)
            ));
        }
        css
    }

    fn days(&self) -> impl Iterator<Item = (jiff::civil::Date, (f64, f64))> {
        let size = self.ground.size();
        self.lines.iter().flat_map(|line| line.days.iter().copied()).filter(move |(_, at)| is_on(*at, size))
    }

    /// What is drawn over the land: routes, and the lines that join pins to their places.
    fn over(&self) -> String {
        let mut svg = String::new();
        for line in &self.lines {
            let mut path = String::new();
            line.pieces.iter().for_each(|piece| write_line(&mut path, piece));
            if path.is_empty() {
                continue;
            }
            svg.push_str(if line.dashed {
                "<g class=\"geo-route is-dashed\">"
            } else {
                "<g class=\"geo-route\">"
            });
            if !line.name.is_empty() {
                svg.push_str("<title>");
                crate::html::escape(&line.name, &mut svg);
                svg.push_str("</title>");
            }
            svg.push_str(&format!("<path d=\"{path}\"/>"));
            let heads: String =
                line.pieces.iter().filter(|_| line.arrows).map(|piece| arrows(piece)).collect();
            if !heads.is_empty() {
                svg.push_str(&format!("<path class=\"geo-arrows\" d=\"{heads}\"/>"));
            }
            svg.push_str("</g>");
        }
        svg.push_str(&self.pins.leads());
        svg
    }

    /// The map alone, as one `svg` element with everything that is drawn on it; nothing for a page's own picture.
    pub fn svg(&self, archives: &TileArchives, root: &str) -> Option<String> {
        match &self.ground {
            Ground::Map(sheet) => Some(sheet.svg(&sheet.tiles(archives, root), &self.over())),
            Ground::Picture { .. } => None,
        }
    }

    /// The sheet, when it is a map.
    pub fn sheet(&self) -> Option<&Sheet> {
        match &self.ground {
            Ground::Map(sheet) => Some(sheet),
            Ground::Picture { .. } => None,
        }
    }

    /// The sheet's projection, when it is a map.
    pub fn frame(&self) -> Option<&accid_geo::Frame> {
        match &self.ground {
            Ground::Map(sheet) => Some(&sheet.frame),
            Ground::Picture { .. } => None,
        }
    }

    /// Width and height in units.
    pub fn size(&self) -> (f64, f64) {
        self.ground.size()
    }

    /// Writes the map and the list of its places, with the modules in it.
    pub fn write<'a>(&self, to: &mut Renderer<'a>, modules: &[&'a Module]) {
        let words = story_words(to.view.language());
        to.html.open("div").class("spatial");
        to.html.open("div").class(format!("geo {}", self.height).trim_end());
        to.html.open("div").class("geo-sheet");
        match &self.ground {
            Ground::Map(sheet) => {
                let tiles = sheet.tiles(&to.site.told().archives, to.view.root());
                to.html.trusted(&sheet.svg(&tiles, &self.over()));
            }
            Ground::Picture { image, size } => {
                let place = Place { share: 0.55, ..Place::TOP };
                to.picture(image, place, Loading::First, "spatial/picture");
                to.html.trusted(&over_nothing(*size, &self.over()));
            }
        }
        self.write_days(&mut to.html, words);
        self.pins.write(
            &mut to.html,
            words.places_on_map,
            if self.names { Names::Shown } else { Names::OnDemand },
        );
        to.html.close();
        if let Ground::Map(sheet) = &self.ground {
            write_credit(&mut to.html, sheet);
        }
        to.html.close();
        let by_id: HashMap<&str, &'a Module> =
            modules.iter().map(|module| (module.id.as_str(), *module)).collect();
        if !self.stops.is_empty() {
            to.html.open("ol").class("stops").attr("aria-label", words.stops);
        }
        for (index, stop) in self.stops.iter().enumerate() {
            let Some(module) = by_id.get(stop.module.as_str()).copied() else { continue };
            self.write_stop(to, words, index, module);
        }
        if !self.stops.is_empty() {
            to.html.close();
        }
        to.html.close();
    }

    fn write_days(&self, html: &mut Html, words: &StoryWords) {
        for (index, (day, _)) in self.days().enumerate() {
            html.open("span").class(&format!("geo-day geo-day-{}", index + 1)).attr("aria-hidden", "true");
            html.text(&words.short_day(day)).close();
        }
    }

    fn write_stop<'a>(&self, to: &mut Renderer<'a>, words: &StoryWords, index: usize, module: &'a Module) {
        let (pin, stop) = (&self.pins.all[index], &self.stops[index]);
        to.html.open("li").class(&format!("stop stop-{}", index + 1)).attr("id", &pin.target);
        to.html.open("div").class("stop-head");
        pin.write_head(&mut to.html, Hidden::FromReaders);
        if stop.is_nameless {
            to.note_heading(2, "place/label");
            to.html.open("h2").class("stop-name").text(&pin.label).close();
        }
        if let Some(day) = stop.day {
            to.html.open("time").class("stop-day").attr("datetime", &day.to_string());
            to.html.text(&words.long_day(day)).close();
        }
        to.html.close();
        to.module(module, top_place(to.view.page, module));
        to.html.close();
    }
}

/// The id in HTML of what a module's pin leads to; names in addresses never have an underscore.
fn stop_id(module: &Id) -> String {
    format!("m_{module}_stop")
}

/// The map of a page as the page shows it, and where its places are on it.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
pub struct SpatialMap {
    /// The `svg` element; empty when the page shows its own picture.
    pub svg: String,
    /// Width in units of the sheet, which all points are in.
    pub width: f64,
    /// Height in the same units.
    pub height: f64,
    /// How degrees become points; missing when the page shows its own picture.
    pub projection: Option<MapProjection>,
    /// The pins, in their order.
    pub pins: Vec<MapPin>,
}

/// How degrees become points of a map, by d3-geo's names and formulas.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
pub struct MapProjection {
    /// `mercator`, `equirectangular`, `natural-earth`, `conic-conformal` or `conic-equal-area`.
    pub kind: String,
    /// The meridian in the middle, in degrees.
    pub meridian: f64,
    /// The parallels on which a conic projection is true, in degrees.
    pub parallels: [f64; 2],
    /// Units per radian.
    pub scale: f64,
    /// Where the middle meridian meets the equator.
    pub translate: [f64; 2],
    /// West, south, east, north of what is shown, in degrees.
    pub bounds: [f64; 4],
}

/// A pin of a page's map.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
pub struct MapPin {
    /// The module it leads to.
    pub module: Id,
    /// What it is called.
    pub label: String,
    /// What stands on it.
    pub number: String,
    /// Where its place is.
    pub x: f64,
    /// Where its place is.
    pub y: f64,
    /// Where it is shown, when another pin would touch it.
    pub shown: [f64; 2],
}

/// The map of a page; nothing when the page is not spatial.
pub(crate) fn map_of(site: &Site, view: &PageView<'_>) -> Option<SpatialMap> {
    let plan = view.spatial.as_ref()?;
    let projection = plan.frame().map(|frame| {
        let (projection, bounds) = (frame.projection, frame.bounds);
        MapProjection {
            kind: projection.kind.name().to_owned(),
            meridian: projection.meridian,
            parallels: projection.parallels,
            scale: projection.scale,
            translate: projection.translate,
            bounds: [bounds.west, bounds.south, bounds.east, bounds.north],
        }
    });
    let pin = |(pin, stop): (&Pin, &Stop)| MapPin {
        module: stop.module.clone(),
        label: pin.label.clone(),
        number: pin.number.clone(),
        x: pin.at.0,
        y: pin.at.1,
        shown: [pin.shown_at.0, pin.shown_at.1],
    };
    let (width, height) = plan.size();
    Some(SpatialMap {
        svg: plan.svg(&site.told().archives, view.root()).unwrap_or_default(),
        width,
        height,
        projection,
        pins: plan.pins.all.iter().zip(&plan.stops).map(pin).collect(),
    })
}
