//! Where a module stands, and what follows from it for its headings and pictures. Must not know any kind.

use accid_model::Module;

use crate::kind::Kind;

/// Where a module stands: what its headings and pictures depend on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    /// Level of a heading here.
    pub level: u8,
    /// How many modules it is in.
    pub depth: usize,
    /// Greatest width in pixels; none at the edge of the window.
    pub width: Option<f64>,
    /// Share of the window's width above phones, from 0 to 1.
    pub share: f64,
    /// Share of the window's width on phones, from 0 to 1.
    pub phone: f64,
}

impl Place {
    /// The place of a module that is not inside another.
    pub const TOP: Self = Self { level: 2, depth: 0, width: None, share: 1.0, phone: 1.0 };

    /// The place when it is narrowed to a named width.
    #[must_use]
    pub fn narrowed(self, width: &str) -> Self {
        let pixels = match width {
            "narrow" => 704.0,
            "normal" => 1056.0,
            "wide" => 1344.0,
            _ => return self,
        };
        Self { width: Some(self.width.map_or(pixels, |width| width.min(pixels))), ..self }
    }

    /// The place in a part of it.
    #[must_use]
    pub fn part(self, share: f64) -> Self {
        Self { width: self.width.map(|width| width * share), share: self.share * share, ..self }
    }

    /// The `sizes` of a picture that fills the place, on a phone.
    pub fn phone_sizes(self) -> String {
        format!("{}vw", (self.phone * 100.0).ceil())
    }

    /// The `sizes` of a picture that fills the place.
    pub fn sizes(self) -> String {
        let (share, phone) = ((self.share * 100.0).ceil(), (self.phone * 100.0).ceil());
        let wide = self.width.map(|width| (width.ceil(), (width / self.share + 96.0).ceil()));
        let wide =
            wide.map_or_else(String::new, |(width, from)| format!("(min-width: {from}px) {width}px, "));
        if share >= phone {
            format!("{wide}{phone}vw")
        } else {
            format!("{wide}(min-width: 640px) {share}vw, {phone}vw")
        }
    }
}

/// A module in its place.
pub(crate) struct Spot<'a> {
    pub module: &'a Module,
    pub kind: &'static Kind,
    pub place: Place,
    /// Its width by name.
    pub width: &'static str,
    /// What the ids of its parts begin with.
    pub key: String,
}

impl Spot<'_> {
    /// An id in HTML of a part of the module; names in addresses never have an underscore.
    pub fn part_id(&self, part: &str) -> String {
        format!("{}_{part}", self.key)
    }

    /// The place of its own content.
    pub fn content(&self) -> Place {
        self.place.narrowed(self.width)
    }
}

/// When a picture is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loading {
    /// Before all others.
    First,
    /// At once.
    Now,
    /// When it comes near the window.
    Lazy,
}

/// The name of a width, if it is one.
pub(crate) fn named_width(width: &str) -> Option<&'static str> {
    ["narrow", "normal", "wide", "full"].into_iter().find(|name| *name == width)
}
